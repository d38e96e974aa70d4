//! Signatures of another version or vendor than the server expects, and refusals no signature explains.

use crate::{
    explain::{
        context::Context,
        inspect::{Note, Notes},
    },
    family::endpoint,
    phrase::{Phrase, phrase},
    providers,
};
use alloc::format;

/// The regions of Amazon that still take Signature Version 2; later ones take version 4 alone.
static TAKES_V2: [&str; 9] = [
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
    "us-gov-west-1",
];

/// Mismatch codes of OSS: the scheme the server verified by, and how its schemes begin here.
static VERIFIED_AS: [(&str, Phrase, &str); 8] = [
    ("0002-00000040", phrase!("OSS V1"), "oss-v1"),
    ("0002-00000101", phrase!("OSS V2"), "oss-v2"),
    ("0002-00000201", phrase!("OSS V4"), "oss-v4"),
    ("0002-00000307", phrase!("the S3-compatible version 2"), "s3-v2"),
    ("0002-00000429", phrase!("the S3-compatible version 4"), "s3-v4"),
    ("0002-00000430", phrase!("the S3-compatible version 4"), "s3-v4"),
    ("0002-00000431", phrase!("the S3-compatible version 4"), "s3-v4"),
    ("0002-00000034", phrase!("OSS V4 in headers, the only one taken there"), "oss-v4-header"),
];

/// How servers say that they take version 4 alone: Amazon, and Garage of headers, URLs and forms.
static TAKES_V4: [&str; 4] = [
    "Please use AWS4-HMAC-SHA256",
    "Unsupported authorization method",
    "Garage does not support anonymous access",
    "Missing X-Amz-Algorithm",
];

/// The server verifies by other rules than the request was signed by.
pub(super) fn seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let scheme = context.claim.scheme;
    let facts = |note: Note, other: Phrase| note.data("signed", format!("`{}`", scheme.id())).fact("other", other);
    if let Some(answer) = context.answer() {
        let code = answer.ec.as_deref();
        if let Some((_, name, prefix)) = VERIFIED_AS.iter().find(|(own, ..)| code == Some(*own))
            && !context.scheme_is(prefix)
        {
            notes.push(
                facts(Note::server(), phrase!("the server verified it by {scheme}").with("scheme", name.clone())).refused(),
            );
        } else if context.claim.scope.is_none()
            && answer.message.as_deref().is_some_and(|text| TAKES_V4.iter().any(|words| text.contains(words)))
        {
            notes.push(facts(Note::server(), phrase!("the server takes Signature Version 4 alone")).refused());
        }
    }
    let Some(request) = context.request() else { return };
    let host = endpoint::host_name(request);
    let Some(endpoint) = endpoint::recognise(&host) else { return };
    let vendor = providers::provider(endpoint.vendor).map_or(endpoint.vendor, |provider| provider.name);
    if endpoint.vendor == "s3" && context.scheme_is("s3-v2") {
        if let Some(region) = endpoint.region.filter(|region| !TAKES_V2.contains(region)) {
            notes.push(
                facts(Note::seen(), phrase!("`{region}` takes Signature Version 4 alone").data("region", region)).refused(),
            );
        }
    } else if endpoint.vendor == "oss" && scheme.provider() == "s3" {
        let other = phrase!("{vendor}, whose host this is, verifies such requests by its S3-compatible rules");
        let note = facts(Note::seen(), other.with("vendor", Phrase::of(vendor)));
        notes.push(note.fact("do", phrase!("this is no fault; the vendor's own signer is for what these rules lack")));
    } else if endpoint.vendor != scheme.provider() && scheme.provider() != "s3" {
        notes.push(facts(Note::seen(), phrase!("the host belongs to {vendor}").with("vendor", Phrase::of(vendor))).refused());
    }
}

/// What a refusal says that depends on who asks and from where.
static CONDITIONS: [(&str, Phrase); 8] = [
    ("referer policy", phrase!("the `Referer`")),
    ("bucket policy", phrase!("a policy of the bucket")),
    ("bucket acl", phrase!("the access rules of the bucket")),
    ("authorizer's policy", phrase!("the policy of the temporary credentials")),
    ("explicit deny", phrase!("a policy that denies it")),
    ("VPC", phrase!("the network it comes from")),
    ("source IP", phrase!("the address it comes from")),
    ("source address", phrase!("the address it comes from")),
];

/// Codes that say the same.
static CONDITION_CODES: [(&str, Phrase); 5] = [
    ("0002-00000904", phrase!("the address it comes from")),
    ("0003-00000201", phrase!("a policy of the account")),
    ("0003-00000501", phrase!("the `Referer`")),
    ("0003-00000502", phrase!("the `Referer`")),
    ("0003-00000503", phrase!("the `Referer`")),
];

/// The server refused what no signature shows.
pub(super) fn refused_elsewhere(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(answer) = context.answer() else { return };
    let message = answer.message.as_deref().unwrap_or_default();
    let code = answer.ec.as_deref();
    let by_code = CONDITION_CODES.iter().find(|(own, _)| code == Some(*own));
    if let Some((_, what)) = by_code.or_else(|| CONDITIONS.iter().find(|(words, _)| message.contains(words))) {
        notes.push(Note::likely().refused().fact("what", what.clone()));
    }
}

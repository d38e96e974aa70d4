//! KS3 signature version 2, in headers and URLs.
//!
//! Follows documents 2321 and 27870 of docs.ksyun.com and, where they are silent, the SDKs for Python
//! (1.18.0), Go, Java and PHP. Other than S3 and OSS: the key is signed escaped, with a double slash as
//! `/%2F`, KS3's own headers are signed unchanged, and `+` is a blank in the values of a query.

use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    family::{
        endpoint,
        lines::{self, Form, HeaderScheme, HeadersInQuery, KeyRule, OwnDate, OwnValues, Plus, Rules},
    },
    pen::{Document, List, Origin, Pen, Role, line, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    wire::text::Text,
};
use alloc::borrow::Cow;

/// `ks3-v2-header`: `Authorization: KSS id:signature`.
pub static V2_HEADER: HeaderScheme = HeaderScheme { id: "ks3-v2-header", provider: "ks3", rules: &RULES };
/// `ks3-v2-url`
pub static V2_URL: Url = Url;

/// The parameter, or form field, with the access key id.
pub(super) const ID: &str = "KSSAccessKeyId";
/// What two older code paths of the SDKs call it in URLs.
const OLD_ID: &str = "AccessKeyId";
/// The parameter that makes a signed URL a share URL: the encoded policy.
const POLICY: &str = "X-Kss-Policy";

static RULES: Rules = Rules {
    word: "KSS",
    own_prefix: "x-kss-",
    date_header: "x-kss-date",
    // SDKs keep `Date` in its line beside `x-kss-date`; document 27870 tells clients to leave the line empty.
    own_date: OwnDate::Ignored,
    token_header: "x-kss-security-token",
    token_param: "security-token",
    id_params: &[ID, OLD_ID],
    sub_resources: SUB_RESOURCES,
    sub_resource_prefix: None,
    key: KeyRule::Recoded,
    headers_in_query: HeadersInQuery::No,
    own_values: OwnValues::First,
    plus: Plus::Blank,
    is_domain_bucket: false,
};

/// The list of the Python SDK 1.18.0, which is the newest, and five names that other SDKs sign: `copy`,
/// `pfop`, `querypfop`, `security-token` and `transfer`. Names that only the Go SDK signs are left
/// out: it has them from another vendor's SDK, and most do not exist here.
static SUB_RESOURCES: &[&str] = &[
    "BucketPublicNetworkBlock",
    "PublicNetworkBlock",
    "VpcAccessBlock",
    "accessmonitor",
    "acl",
    "action",
    "adp",
    "append",
    "archiveDirectRead",
    "asyntask",
    "bucketqos",
    "clear",
    "compose",
    "copy",
    "cors",
    "crr",
    "dataAccelerator",
    "dataRedundancySwitch",
    "dataRedundancyTransition",
    "decompresspolicy",
    "defaultObjectAcl",
    "delete",
    "domain",
    "encryption",
    "fetch",
    "http2",
    "id",
    "inventory",
    "jobId",
    "jobs",
    "lifecycle",
    "location",
    "logging",
    "migration",
    "mirror",
    "notification",
    "partNumber",
    "pfop",
    "policy",
    "position",
    "priority",
    "queryadp",
    "querypfop",
    "querytask",
    "quota",
    "recover",
    "recycle",
    "requestPayment",
    "requesterqos",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "retention",
    "security-token",
    "storageClass",
    "tagging",
    "thumbnail",
    "torrent",
    "transfer",
    "transferAcceleration",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
    "websiteConfig",
    "worm",
    "wormExtend",
    "wormId",
    "x-kss-process",
];

/// `ks3-v2-url`: parameters `KSSAccessKeyId`, `Expires` and `Signature`.
///
/// With `X-Kss-Policy` the URL is a share URL: it serves every request the policy allows.
pub struct Url;

impl Scheme for Url {
    fn id(&self) -> &'static str {
        "ks3-v2-url"
    }

    fn provider(&self) -> &'static str {
        "ks3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(lines::SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request().filter(|request| names_key(request)) else { return Ok(None) };
        let mut claim = lines::read_url(&V2_URL, &RULES, request, hints)?;
        if let Some(claim) = &mut claim {
            take_policy(claim, request);
        }
        Ok(claim)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        lines::state_url(&RULES, request, who, terms, claim)?;
        take_policy(claim, request);
        Ok(())
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        lines::place_params(&RULES, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        match policy(request) {
            Some(policy) => draft_share(request, &policy, claim, pen),
            None => lines::draft(&RULES, Form::Url, request, claim, pen),
        }
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        lines::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }
}

/// Whether the URL names an access key as KS3 does.
///
/// `KSSAccessKeyId` is KS3's alone. `AccessKeyId` is in the APIs of other vendors too: it counts with the
/// two other parameters beside it, on hosts of KS3 and of nobody we know, which may be bound domains.
/// `AWSAccessKeyId` comes with `x-amz-*` headers whatever the host, so that `s3-v2-url` reads it.
fn names_key(request: &Request<'_>) -> bool {
    let has = |name: &&str| request.param(name).is_some();
    let elsewhere = || endpoint::recognise(&endpoint::host_name(request)).is_some_and(|host| host.vendor != "ks3");
    has(&ID) || ([OLD_ID, lines::EXPIRES, lines::SIGNATURE].iter().all(has) && !elsewhere())
}

/// The encoded policy of a share URL. A `+` is one: the Python SDK escapes nothing of the Base64 text.
fn policy<'a>(request: &Request<'a>) -> Option<Cow<'a, [u8]>> {
    request.param(POLICY).map(|param| param.value().unwrap_or_default())
}

fn take_policy<'a>(claim: &mut Claim<'a>, request: &Request<'a>) {
    claim.document = policy(request).map(Text::from);
}

/// Writes what is signed of a share URL: expiry, bucket and policy, but no verb, header or key.
///
/// The Go SDK signs a session token, too. Its place is published nowhere: that of a sub-resource is assumed.
fn draft_share(request: &Request<'_>, policy: &[u8], claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let expires = claim.expires_text.as_ref().ok_or(DraftError::Missing(words!("the expiry")))?;
    let bucket = claim.bucket.as_ref().ok_or(DraftError::BucketNeeded)?;
    pen.open(Document::StringToSign);
    line(pen, Role::Date, Origin::Request, expires);
    pen.part(Role::Bucket, &[], bucket.origin);
    pen.write(b"/");
    pen.write(&bucket.name);
    part(pen, Role::Path, Origin::Scheme, b"/");
    let token = request.param(RULES.token_param).map(|param| RULES.value(&param));
    let mut list = List::new("?", "&");
    for (name, value) in [(POLICY, Some(policy)), (RULES.token_param, token.as_deref())] {
        let Some(value) = value else { continue };
        pen.item(&mut list);
        pen.part(Role::Query, name.as_bytes(), Origin::Request);
        for piece in [name.as_bytes(), b"=", value] {
            pen.write(piece);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_resources_are_sorted_for_the_search() {
        assert!(SUB_RESOURCES.is_sorted());
        // 70 names of the Python SDK and the five of others.
        assert_eq!(SUB_RESOURCES.len(), 75);
    }
}

//! Causes that only OSS can have.

use super::V4_URL;
use crate::{
    explain::{About, At, Cause, Context, Edit, Edits, IdForm, Note, Notes, Said, Saying, Slot, put_in, two_ways},
    pen::Role,
    phrase::{Phrase, phrase},
    providers::ExplainBody,
    scheme::Scheme,
    time,
};
use alloc::{format, vec, vec::Vec};

pub(crate) static IDS: &[IdForm] = &[
    IdForm { vendor: "oss", product: phrase!("an id of Alibaba Cloud"), temporary: None, fits: |id| id.starts_with("LTAI") },
    IdForm {
        vendor: "oss",
        product: phrase!("an id of Alibaba Cloud"),
        temporary: Some("STS."),
        fits: |id| id.starts_with("STS."),
    },
];

pub(crate) static CAUSES: &[Cause] = &[
    Cause::seen("expiry-argument-misread", 5, Slot::Time, long_life_of_temporary),
    Cause::seen("header-added-after-signing", 7, Slot::Header, header_beside_url),
    Cause::tried("header-sort-wrong", 7, Slot::Header, unsorted_list),
    Cause::tried("signature-version-wrong", 9, Slot::Header, signed_as_aws),
];

fn header_beside_url(context: &Context<'_>, notes: &mut Notes<'_>) {
    if context.scheme_is("oss-v") {
        two_ways(context, notes);
    }
}

/// Edits with another list of additional headers.
fn with_list(context: &Context<'_>, edit: Edit, list: &[u8]) -> Option<Edit> {
    let mut listed = context.parts(Role::SignedHeader);
    if let Some(first) = listed.next() {
        return Some(edit.set_range(first, listed.last().unwrap_or(first).part, list));
    }
    // An empty line follows the headers, then the list, a line end and the payload.
    let payload = context.first(Role::Payload)?;
    Some(edit.add(At { part: payload.part.checked_sub(2)?, ..payload }, list))
}

/// The list as it was sent, which the server sorts.
fn unsorted_list(context: &Context<'_>, edits: &mut Edits<'_>) {
    let listed = context.claim.signed_headers.as_deref().filter(|_| context.scheme_is("oss-v4"));
    if let Some(edit) = listed.and_then(|listed| with_list(context, Edit::new().alone(), listed)) {
        edits.push(edit.fact("how", phrase!("with their list in the order it was sent in")));
    }
}

/// The host signed without being listed, and every signed header listed, as AWS does.
fn signed_as_aws(context: &Context<'_>, edits: &mut Edits<'_>) {
    if !context.scheme_is("oss-v4") || context.header("host").is_some() {
        return;
    }
    let Some(host) = context.request().and_then(|request| request.host()) else { return };
    let with_host = || put_in(context, Edit::new().alone(), "host", &host);
    let told = |edit: Edit, signed: Phrase, other: Phrase| edit.fact("signed", signed).fact("other", other);
    let unlisted = phrase!("OSS signs `host` only if the list of additional headers names it");
    edits.extend(with_host().map(|edit| told(edit, phrase!("AWS, which always signs `host`"), unlisted)));
    let mut names: Vec<&[u8]> = context.parts(Role::Header).filter_map(|at| Some(context.part(at)?.name.as_slice())).collect();
    names.push(b"host");
    names.sort_unstable();
    let listed = phrase!("OSS lists only those that it does not sign anyway");
    let edit = with_host().and_then(|edit| with_list(context, edit, &names.join(&b';')));
    edits.extend(edit.map(|edit| told(edit, phrase!("AWS, which lists all signed headers"), listed)));
}

/// The longest life of a V4 URL signed with temporary credentials, by current documents: "Add signatures to a URL" (V4), read
/// 2026-11. Older ones know no limit but the week.
const LIFE_OF_TEMPORARY: i64 = 43_200;
/// The longest life of any.
const LIFE: i64 = 604_800;

fn long_life_of_temporary(context: &Context<'_>, notes: &mut Notes<'_>) {
    let claim = context.claim;
    let Some(life) = claim.expires_text.as_ref().and_then(|text| time::seconds(text)) else { return };
    if claim.scheme.id() == V4_URL.id() && claim.token.is_some() && (LIFE_OF_TEMPORARY + 1..=LIFE).contains(&life) {
        let note = Note::seen().data("name", "x-oss-expires").data("value", format!("{life}"));
        let what = phrase!("it is longer than the 12 hours that current documents of OSS allow temporary credentials");
        notes.push(note.fact("what", what).fact("want", phrase!("a life of at most 43200 seconds")));
    }
}

pub(crate) static SAYINGS: &[Saying] = &[
    Saying {
        schemes: "oss-",
        about: About::All,
        said: Said::Code("SecondLevelDomainForbidden"),
        cause: "addressing-style-wrong",
        facts: |_, _| {
            let style = phrase!("with the bucket in the path");
            vec![
                ("verb", phrase!("sent").into()),
                ("style", style.into()),
                ("other", phrase!("the server takes it in the host alone").into()),
            ]
        },
    },
    Saying::of_form("oss-", Said::Words("policy condition failed"), "policy-condition-failed"),
    Saying::of_form("oss-", Said::Words("extra input fields"), "policy-extra-field"),
    Saying::of_form("oss-", Said::Words("policy expired"), "policy-expired"),
    Saying::of_form("oss-", Said::Words("check the order of the fields"), "policy-field-order"),
    Saying::of_form("oss-", Said::Words("exactly one file upload"), "form-malformed"),
    Saying::of_form("oss-", Said::Code("InvalidPolicyDocument"), "policy-type-wrong"),
    Saying::of_form("oss-", Said::Code("MalformedPOSTRequest"), "form-malformed"),
    Saying::of_form("oss-", Said::Code("EntityTooSmall"), "policy-condition-failed"),
    Saying::of_form("oss-", Said::Code("EntityTooLarge"), "policy-condition-failed"),
    Saying::of_form("oss-", Said::Code("FieldItemTooLong"), "form-malformed"),
];

pub(crate) const EXPLAIN_BODY: Option<ExplainBody> = None;

#[cfg(test)]
mod tests {
    use crate::{Inquiry, Request, explain};
    use alloc::format;

    #[test]
    fn a_url_of_temporary_credentials_lives_half_a_day() {
        let codes = |life: u32, token: &str| {
            let url = format!(
                "https://photos-ex.oss-cn-hangzhou.aliyuncs.com/a.jpg?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=\
                 CSIDEXAMPLE0001%2F20260501%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-date=20260501T083015Z&x-oss-expires={life}\
                 {token}&x-oss-signature=00"
            );
            let request = Request::new("GET", &url).unwrap();
            explain(&Inquiry::new(request.into())).unwrap().findings.iter().any(|own| own.code == "expiry-argument-misread")
        };
        let token = "&x-oss-security-token=madeUpToken";
        assert!(codes(43_201, token) && codes(604_801, token) && codes(604_801, ""));
        assert!(!codes(43_200, token) && !codes(43_201, ""));
    }
}

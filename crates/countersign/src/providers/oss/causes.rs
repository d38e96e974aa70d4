//! Causes that only OSS can have.

use super::V4_URL;
use crate::{
    explain::{About, Cause, Context, IdForm, Note, Notes, Said, Saying, Slot, two_ways},
    phrase::phrase,
    providers::ExplainBody,
    scheme::Scheme,
    time,
};
use alloc::{format, vec};

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
];

fn header_beside_url(context: &Context<'_>, notes: &mut Notes<'_>) {
    if context.scheme_is("oss-v") {
        two_ways(context, notes);
    }
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

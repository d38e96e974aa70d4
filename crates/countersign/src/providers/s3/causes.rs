//! Causes that only S3 can have.

use crate::{
    explain::{About, Cause, Context, Edit, Edits, IdForm, Notes, Said, Saying, Slot, two_ways},
    family::endpoint,
    pen::Role,
    phrase::{Phrase, phrase},
    providers::ExplainBody,
};
use alloc::vec::Vec;

pub(crate) static IDS: &[IdForm] = &[
    IdForm { vendor: "s3", product: AMAZON, temporary: None, fits: |id| is_amazons(id, "AKIA") },
    IdForm { vendor: "s3", product: AMAZON, temporary: Some("ASIA"), fits: |id| is_amazons(id, "ASIA") },
    // Whose storage speaks the same protocol.
    IdForm {
        vendor: "gcs",
        product: phrase!("an id of Google Cloud Storage"),
        temporary: None,
        fits: |id| id.starts_with("GOOG1"),
    },
];

const AMAZON: Phrase = phrase!("an id of Amazon Web Services");

fn is_amazons(id: &str, prefix: &str) -> bool {
    id.starts_with(prefix) && id.len() == 20 && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

pub(crate) static CAUSES: &[Cause] = &[
    Cause::seen("header-added-after-signing", 7, Slot::Header, header_beside_url),
    Cause::tried("payload-hash-literal-wrong", 3, Slot::Payload, hash_of_data),
];

/// A body in chunks, signed with the hash of its data in place of the word that stands for it.
fn hash_of_data(context: &Context<'_>, edits: &mut Edits<'_>) {
    let body = context.request().and_then(|request| request.body().bytes());
    let Some((line, body)) = context.first(Role::Payload).zip(body) else { return };
    let Some(hash) = super::chunked::hash_of_data(context.bytes(line), body) else { return };
    let edit = || Edit::new().set(line, hash.as_str()).fact("how", phrase!("signed as the hash of the data in the chunks"));
    edits.push(edit());
    if let Some(header) = context.header("x-amz-content-sha256") {
        edits.push(edit().set(header, ["x-amz-content-sha256:", &hash].concat()));
    }
}

/// Of servers that speak the protocol, not all look at both.
fn header_beside_url(context: &Context<'_>, notes: &mut Notes<'_>) {
    let at_home = |host: &str| endpoint::recognise(host).is_some_and(|endpoint| endpoint.vendor == "s3");
    if context.scheme_is("s3-") && context.host_name().is_some_and(|host| at_home(&host)) {
        two_ways(context, notes);
    }
}

pub(crate) static SAYINGS: &[Saying] = &[
    Saying::of_form("s3-", Said::Words("policy condition failed"), "policy-condition-failed"),
    Saying::of_form("s3-", Said::Words("extra input fields"), "policy-extra-field"),
    Saying::of_form("s3-", Said::Words("policy expired"), "policy-expired"),
    Saying::of_form("s3-", Said::Words("check the order of the fields"), "policy-field-order"),
    Saying::of_form("s3-", Said::Words("exactly one file upload"), "form-malformed"),
    Saying::of_form("s3-", Said::Code("InvalidPolicyDocument"), "policy-type-wrong"),
    Saying::of_form("s3-", Said::Code("MalformedPOSTRequest"), "form-malformed"),
    Saying::of_form("s3-", Said::Code("EntityTooSmall"), "policy-condition-failed"),
    Saying::of_form("s3-", Said::Code("EntityTooLarge"), "policy-condition-failed"),
    Saying::of_form("s3-", Said::Code("MaxPostPreDataLengthExceeded"), "form-malformed"),
    // Garage has words of its own.
    Saying {
        schemes: "s3-",
        about: About::All,
        said: Said::Words("forbidden: invalid signature"),
        cause: "secret-wrong",
        facts: |_, _| Vec::new(),
    },
    Saying::of_form("s3-", Said::Words("required in policy, but no value"), "policy-condition-failed"),
    Saying::of_form("s3-", Said::Words("has value not allowed in policy"), "policy-condition-failed"),
    Saying::of_form("s3-", Said::Words("file size does not match policy"), "policy-condition-failed"),
    Saying::of_form("s3-", Said::Words("' is not allowed in policy"), "policy-extra-field"),
    Saying::of_form("s3-", Said::Words("expiration date is in the past"), "policy-expired"),
];

pub(crate) const EXPLAIN_BODY: Option<ExplainBody> = Some(super::chunked::explain_body);

#[cfg(test)]
mod tests {
    use crate::{Inquiry, Request, explain};
    use alloc::format;

    #[test]
    fn amazon_takes_one_way_to_sign_alone() {
        let codes = |host: &str, header: &str| {
            let message = format!(
                "GET /a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=CSIDEXAMPLE0001%2F20260501%2Feu-west-1%2Fs3%2Faws4_request\
                 &X-Amz-Date=20260501T083015Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00 HTTP/1.1\nHost: {host}\n\
                 {header}\n"
            );
            let request = Request::parse(message.as_bytes()).unwrap();
            explain(&Inquiry::new(request.into())).unwrap().findings.iter().any(|own| own.code == "header-added-after-signing")
        };
        let (amazon, basic) = ("bkt-ex.s3.eu-west-1.amazonaws.com", "Authorization: Basic Ym9iOnB3\n");
        assert!(codes(amazon, basic) && !codes(amazon, ""));
        // Other servers look at the URL first.
        assert!(!codes("minio.example.com", basic));
    }
}

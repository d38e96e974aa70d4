//! Causes that only S3 can have.

use crate::{
    explain::{Cause, IdForm, Said, Saying},
    phrase::{Phrase, phrase},
    providers::ExplainBody,
};

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

pub(crate) static CAUSES: &[Cause] = &[];

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
];

pub(crate) const EXPLAIN_BODY: Option<ExplainBody> = Some(super::chunked::explain_body);

//! Causes that only OSS can have.

use crate::{
    explain::{Cause, IdForm, Said, Saying},
    phrase::phrase,
    providers::ExplainBody,
};

pub(crate) static IDS: &[IdForm] = &[
    IdForm { vendor: "oss", product: phrase!("an id of Alibaba Cloud"), temporary: None, fits: |id| id.starts_with("LTAI") },
    IdForm {
        vendor: "oss",
        product: phrase!("an id of Alibaba Cloud"),
        temporary: Some("STS."),
        fits: |id| id.starts_with("STS."),
    },
];

pub(crate) static CAUSES: &[Cause] = &[];

pub(crate) static SAYINGS: &[Saying] = &[
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

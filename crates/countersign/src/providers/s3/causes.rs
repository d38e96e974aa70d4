//! Causes that only S3 can have.

use crate::{
    explain::{Cause, Said, Saying},
    providers::ExplainBody,
};

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

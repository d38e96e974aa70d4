//! Upload forms whose encoded policy is the signed text.
//!
//! The Base64 text is signed as it stands in the form, so that every blank of the JSON counts. What the
//! policy demands, its expiration included, is not looked at here. Names of fields are found in any case:
//! vendors' own pages and SDKs spell them in several.

mod id;
mod v4;

pub use id::IdForm;
pub(crate) use v4::V4Fields;
pub use v4::V4Form;

use crate::{
    error::{ClaimError, DraftError, Fault, SignError},
    pen::{Document, Origin, Pen, Role, part},
    phrase::words,
    scheme::Additions,
    subject::{Form, Subject},
    wire::base64,
};
use alloc::vec::Vec;

/// The field with the encoded policy.
pub(crate) const POLICY: &str = "policy";

/// A policy as it stands in a form.
#[expect(clippy::slow_vector_initialization, reason = "what pages load has `resize` and need not have `alloc_zeroed`")]
pub(crate) fn encoded(policy: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::new();
    encoded.resize(base64::encoded_len(policy.len()), 0);
    base64::fill(policy, &base64::STANDARD, &mut encoded);
    encoded
}

/// Writes the encoded policy: all that is signed.
fn draft(subject: &Subject<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let form = subject.form().ok_or(DraftError::WrongSubject)?;
    pen.open(Document::StringToSign);
    part(pen, Role::Policy, Origin::Request, form.value(POLICY).ok_or(DraftError::Missing(words!("the policy")))?);
    Ok(())
}

/// The encoded policy of a form that is to be signed.
pub(crate) fn policy<'a>(form: &Form<'a>) -> Result<&'a [u8], SignError> {
    form.value(POLICY).ok_or(SignError::Terms(words!("a `policy` field")))
}

/// Adds a field unless the form has it.
pub(crate) fn add<'c>(form: &Form<'_>, name: &'static str, pieces: &[&'c [u8]], additions: &mut Additions<'c>) {
    if form.value(name).is_none() {
        additions.param(name, pieces);
    }
}

/// The value of a field that must be there once and say something.
pub(crate) fn needed<'a>(form: &Form<'a>, name: &'static str) -> Result<&'a [u8], ClaimError> {
    match only(form, name)?.ok_or(ClaimError::new(name, Fault::Missing, b""))? {
        b"" => Err(ClaimError::new(name, Fault::Empty, b"")),
        value => Ok(value),
    }
}

/// The value of a field. Which of two would count is not known, so there must not be two.
pub(crate) fn only<'a>(form: &Form<'a>, name: &'static str) -> Result<Option<&'a [u8]>, ClaimError> {
    one_of(name, form.fields().filter(|(own, _)| own.eq_ignore_ascii_case(name)))
}

/// The value of the only one of these fields.
fn one_of<'a>(name: &'static str, mut fields: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Option<&'a [u8]>, ClaimError> {
    let Some((_, value)) = fields.next() else { return Ok(None) };
    match fields.next() {
        Some(_) => Err(ClaimError::new(name, Fault::Twice, value)),
        None => Ok(Some(value)),
    }
}

//! The callback of KS3 after an upload.
//!
//! Follows "Upload callback processing" (Kingsoft Cloud KS3, document 956, read 2026-11), of whose part on
//! authorization no readable copy was found.

use crate::{
    answer::VendorAnswer,
    callback::{self, Answer, AnswerBody, AnswerFault, AnswerFaultKind, AnswerRules},
};
use alloc::vec::Vec;
use core::time::Duration;

/// Why there is no function that verifies the callback of KS3 (`x-kss-callbackauth: 1`), for messages.
pub const CALLBACK_AUTHORIZATION: &str = "how KS3 signs its callbacks is not established: neither its documents nor its SDKs say it, and such a callback cannot be judged";

static RULES: AnswerRules =
    AnswerRules { time: Some(Duration::from_secs(3)), length: None, content_type: None, body: AnswerBody::ResultTrue, outcome };

/// Everything that is wrong with the answer to a callback of KS3, and what KS3 tells the uploader.
///
/// KS3 takes an object for stored only after `{"result":true}`. Without an answer it asks twice more.
///
/// ```
/// use countersign::{callback::Answer, providers::ks3};
///
/// let answer = Answer { status: 200, headers: &[], body: br#"{"result":true}"#, elapsed: None };
/// assert!(ks3::check_callback_answer(&answer).is_empty());
///
/// let faults = ks3::check_callback_answer(&Answer { body: b"OK", ..answer });
/// assert_eq!(faults[0].outcome.code, Some("CallbackFail"));
/// ```
#[must_use]
pub fn check_callback_answer(answer: &Answer<'_>) -> Vec<AnswerFault> {
    callback::check_answer(answer, &RULES)
}

/// The codes are known by the names of classes in the SDK for Java.
fn outcome(kind: &AnswerFaultKind) -> VendorAnswer {
    let code = if matches!(kind, AnswerFaultKind::TooSlow { .. }) { "CallbackTimeout" } else { "CallbackFail" };
    VendorAnswer { code: Some(code), ..VendorAnswer::UNKNOWN }
}

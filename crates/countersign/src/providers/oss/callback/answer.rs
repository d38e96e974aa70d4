//! What OSS demands of the answer to its callback.
//!
//! Follows "Upload callbacks" and "Errors returned with HTTP status code 203" (Alibaba Cloud OSS, read 2026-11).

use crate::{
    answer::VendorAnswer,
    callback::{self, Answer, AnswerBody, AnswerFault, AnswerFaultKind, AnswerRules},
};
use alloc::{format, vec::Vec};
use core::time::Duration;

/// The limit of the page on this error. Another page says 3 MB.
const MOST: u64 = 1 << 20;

static RULES: AnswerRules = AnswerRules {
    time: Some(Duration::from_secs(5)),
    length: Some(MOST),
    content_type: Some("application/json"),
    body: AnswerBody::Json,
    outcome,
};

/// Everything that is wrong with the answer to a callback of OSS, and what OSS tells the uploader.
///
/// The object is stored whatever the answer is. OSS asks once and does not ask again.
///
/// ```
/// use countersign::{callback::Answer, providers::oss::callback::check_answer, wire::header::Header};
///
/// let headers = [Header::new("Content-Type", b"application/json"), Header::new("Content-Length", b"9")];
/// let answer = Answer { status: 200, headers: &headers, body: br#"{"a":"b"}"#, elapsed: None };
/// assert!(check_answer(&answer).is_empty());
///
/// let faults = check_answer(&Answer { status: 302, ..answer });
/// assert_eq!(faults[0].outcome.message.as_deref(), Some("Error status : 302."));
/// ```
#[must_use]
pub fn check_answer(answer: &Answer<'_>) -> Vec<AnswerFault> {
    callback::check_answer(answer, &RULES)
}

fn outcome(kind: &AnswerFaultKind) -> VendorAnswer {
    use AnswerFaultKind as Kind;
    let failed = || VendorAnswer::new(203, "CallbackFailed");
    match kind {
        // OSS writes the address of the server and its own measurement.
        Kind::TooSlow { .. } => failed()
            .message("Error status : -1 <address> reply timeout, cost:5000ms, timeout:5000ms (err -4, errno115)")
            .ec("0007-00000202"),
        Kind::Redirect { status, .. } | Kind::Status(status) => failed().message(format!("Error status : {status}.")),
        Kind::NoContentLength(_) | Kind::TooLong { .. } => {
            failed().message("Error Status : 400.User server return too long content-length value")
        }
        Kind::ByteOrderMark | Kind::Empty | Kind::NotJson { .. } => {
            failed().message("Response body is not valid json format.").ec("0007-00000205")
        }
        // That these fail is said nowhere in so many words.
        _ => VendorAnswer::UNKNOWN,
    }
}

//! Explaining: why is the signature another one, and is that proved?
//!
//! An explanation is a proof: apply a known mistake to the request in hand, sign again, and compare
//! with the signature the client sent. If they are equal, byte for byte, the client signed exactly that.

#[cfg_attr(not(test), expect(dead_code, reason = "the search is to be its caller"))]
mod compare;
mod language;
mod readback;
mod report;
mod server;

pub use language::{CauseText, Language, fill};
pub use report::{Certainty, Facts, Finding, Report, Searched, Verdict};
pub use server::{Agreement, AnswerError, MAX_ANSWER, Quoted, QuotedFrom, ServerAnswer};

use crate::{error::VerifyError, providers::Among, secret::SecretKey, subject::Subject, terms::Hints, time::Timestamp};

/// What is known about a refused request: the input of [`explain`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Inquiry<'a> {
    /// The request, as captured.
    pub subject: Subject<'a>,
    /// What is known beside it.
    pub hints: Hints<'a>,
    /// Which schemes to look for.
    pub among: Among<'a>,
    /// Secrets to try, the most likely first. Without one, only inspection and the server's answer speak.
    pub secrets: &'a [SecretKey],
    /// The server's answer.
    pub answer: Option<&'a ServerAnswer>,
    /// The clock to judge by.
    pub at: Option<Timestamp>,
    /// How many mistakes at once: 0 verifies, 2 is usual, 3 takes long.
    pub depth: u8,
    /// The most signatures to compute.
    pub budget: u64,
    /// Other requests of the same capture, whose values may have been mixed up with this one's.
    pub related: &'a [Subject<'a>],
}

impl<'a> Inquiry<'a> {
    /// An inquiry about `subject` with the usual depth and nothing else known.
    #[must_use]
    pub const fn new(subject: Subject<'a>) -> Self {
        Self {
            subject,
            hints: Hints::NONE,
            among: Among::All,
            secrets: &[],
            answer: None,
            at: None,
            depth: 2,
            budget: 1_000_000,
            related: &[],
        }
    }
}

/// Explains why a signature does not match, or says that it does.
///
/// # Errors
///
/// When there is no signature, or one that cannot be judged.
pub fn explain(inquiry: &Inquiry<'_>) -> Result<Report, VerifyError> {
    let _ = inquiry;
    Err(VerifyError::NoClaim)
}

//! Explaining: why is the signature another one, and is that proved?
//!
//! An explanation is a proof: apply a known mistake to the request in hand, sign again, and compare
//! with the signature the client sent. If they are equal, byte for byte, the client signed exactly that.
//! A match on a part of a signature is never claimed, and a report is for the holder of the secret, not
//! for the caller of a verifying server.

mod catalog;
mod cause;
mod compare;
mod context;
mod edit;
mod hearing;

mod inspect;
mod language;
mod link;
mod proof;
mod readback;
mod report;
mod sealing;
mod search;
mod server;

pub use language::{CauseText, Language, fill};
pub use report::{Certainty, Facts, Finding, Report, Searched, Verdict};
pub use server::{Agreement, AnswerError, MAX_ANSWER, Quoted, QuotedFrom, ServerAnswer};

pub(crate) use cause::{Cause, Slot};
pub(crate) use edit::{At, Edit, Edits, Variant};
pub(crate) use link::Sealed;

use crate::{
    error::VerifyError,
    providers::{self, Among},
    secret::SecretKey,
    subject::Subject,
    terms::Hints,
    time::Timestamp,
    transcript::transcript,
};

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

    /// The same inquiry without the server's answer.
    pub(crate) fn without_answer(&self) -> Inquiry<'_> {
        Inquiry { answer: None, ..self.about(self.subject.clone()) }
    }

    /// The same inquiry about another subject.
    fn about<'b>(&'b self, subject: Subject<'b>) -> Inquiry<'b> {
        Inquiry {
            subject,
            hints: self.hints,
            among: self.among,
            secrets: self.secrets,
            answer: self.answer,
            at: self.at,
            depth: self.depth,
            budget: self.budget,
            related: self.related,
        }
    }
}

/// Explains why a signature does not match, or says that it does.
///
/// ```
/// use countersign::{Inquiry, Request, SecretKey, explain, explain::Verdict};
///
/// // Signed with a line feed behind the secret.
/// let request = Request::parse(
///     b"GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Mon, 18 Sep 2017 08:00:00 GMT\n\
///       Authorization: OSS CSIDEXAMPLE0001:MyNpT/7rcKqVXUtYGiv8l/YB6s8=\n\n",
/// )?;
/// let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
/// let mut inquiry = Inquiry::new(request.into());
/// inquiry.secrets = &secrets;
///
/// let report = explain(&inquiry)?;
/// assert_eq!(report.verdict, Verdict::Mismatch);
/// assert_eq!(report.findings[0].code, "secret-surrounding-whitespace");
///
/// // What carries no signature cannot be explained.
/// assert!(explain(&Inquiry::new(Request::new("GET", "https://example.com/")?.into())).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When there is no signature, or one that cannot be judged.
pub fn explain(inquiry: &Inquiry<'_>) -> Result<Report, VerifyError> {
    let claim = providers::read(&inquiry.subject, &inquiry.hints, inquiry.among)?.ok_or(VerifyError::NoClaim)?;
    let transcript = transcript(&inquiry.subject, &claim)?;
    proof::prove(inquiry, &claim, &transcript)
}

/// The codes of all causes in the catalogue.
pub fn codes() -> impl Iterator<Item = &'static str> {
    catalog::causes().map(|cause| cause.code)
}

//! The report of `explain` and `verify`: what is drawn, as text or as JSON.

pub mod curl;
pub mod json;
mod side_by_side;
pub mod summary;
pub mod text;
pub mod visible;
pub mod wrap;
pub mod zone;

pub use side_by_side::Titles;

use countersign::{
    Report, Scheme, Timestamp, Written,
    explain::{Certainty, Language, Searched, Verdict},
};
use std::time::Duration;

/// Everything a report shows. Both verbs make one, so that both are drawn alike.
#[derive(Debug)]
pub struct View {
    pub verdict: Verdict,
    pub scheme: &'static dyn Scheme,
    pub access_key_id: String,
    pub signed_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub provided: String,
    /// The right signature; needs a secret.
    pub expected: Option<String>,
    /// The signed text as the rules give it for the request.
    pub documents: Vec<Written>,
    /// The signed text that gives the sent signature, when it was found and differs.
    pub signed_documents: Vec<Written>,
    pub findings: Vec<Shown>,
    pub searched: Searched,
    pub work: Work,
}

/// A finding with its sentences.
#[derive(Clone, Debug)]
pub struct Shown {
    pub code: &'static str,
    pub certainty: Certainty,
    pub group: usize,
    /// Whether the server refuses such a request even if its signature is right.
    pub refusal: bool,
    pub title: String,
    pub help: String,
    pub signed: Option<String>,
    pub sent: Option<String>,
    pub also: Vec<&'static str>,
}

/// What the command had and did.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    pub task: Task,
    pub has_secret: bool,
    pub has_answer: bool,
    /// The clock it judged by.
    pub at: Timestamp,
    pub elapsed: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    Explain,
    Verify,
}

impl View {
    /// Shows the report of the library.
    pub fn of_report(report: Report, language: Language, work: Work) -> Self {
        let shown = report.findings.iter().map(|finding| Shown {
            code: finding.code,
            certainty: finding.certainty,
            group: finding.group,
            refusal: finding.refusal,
            title: language.title(finding),
            help: language.help(finding),
            signed: finding.signed.clone(),
            sent: finding.sent.clone(),
            also: finding.also.clone(),
        });
        Self {
            findings: shown.collect(),
            verdict: report.verdict,
            scheme: report.scheme,
            access_key_id: report.access_key_id,
            signed_at: report.signed_at,
            expires_at: report.expires_at,
            provided: report.provided_signature,
            expected: report.expected_signature,
            documents: report.documents,
            signed_documents: report.signed_documents.map(|signed| signed.documents).unwrap_or_default(),
            searched: report.searched,
            work,
        }
    }
}

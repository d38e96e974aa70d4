//! The report of `explain` and `verify`: what is drawn, as text or as JSON.

pub mod curl;
pub mod forms;
pub mod html;
pub mod html_form;
pub mod json;
pub mod redact;
mod side_by_side;
pub mod steps;
pub mod summary;
pub mod text;
pub mod visible;
pub mod wrap;
pub mod zone;

pub use side_by_side::Titles;

use crate::{secrets::Offered, stack::Stack, text::Words};
use countersign::{
    Fingerprint, Report, Scheme, Timestamp, Written,
    explain::{Certainty, Facts, Matter, Searched, Verdict, matter},
};
use std::time::Duration;
use steps::Step;

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
    /// The secret that gives the signature, or the one that was used.
    pub secret: Option<Used>,
    /// The way to the right signature, if it was asked for.
    pub steps: Vec<Step>,
    /// Whether what is private in it is hidden.
    pub redacted: bool,
    pub work: Work,
}

/// A finding with its sentences.
#[derive(Clone, Debug)]
pub struct Shown {
    pub code: &'static str,
    pub certainty: Certainty,
    pub matter: Matter,
    pub group: usize,
    /// Whether the server refuses such a request even if its signature is right.
    pub refusal: bool,
    /// Title and help with places for the facts.
    pub sentences: (&'static str, &'static str),
    pub facts: Facts,
    pub title: String,
    pub help: String,
    pub signed: Option<String>,
    pub sent: Option<String>,
    pub also: Vec<&'static str>,
    /// What to change, and in what.
    pub fixes: Vec<(Stack, String)>,
}

/// A secret that was used, as far as it is shown.
#[derive(Clone, Debug)]
pub struct Used {
    pub source: String,
    pub print: Fingerprint,
    /// Of how many.
    pub of: usize,
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
    /// Whether the search was ended from the keyboard.
    pub interrupted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    Explain,
    Verify,
}

impl View {
    /// Shows the report of the library.
    pub fn of_report(report: Report, words: &dyn Words, work: Work) -> Self {
        let language = words.language();
        let shown = report.findings.iter().map(|finding| Shown {
            code: finding.code,
            certainty: finding.certainty,
            matter: matter(finding.code),
            group: finding.group,
            refusal: finding.refusal,
            sentences: language.cause(finding.code).map(|text| (text.title, text.help)).unwrap_or_default(),
            facts: finding.facts.clone(),
            title: language.title(finding),
            help: language.help(finding),
            signed: finding.signed.clone(),
            sent: finding.sent.clone(),
            also: finding.also.clone(),
            fixes: Vec::new(),
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
            secret: None,
            steps: Vec::new(),
            redacted: false,
            work,
        }
    }

    /// Names the secret that was used: the one that gives the signature, or the first.
    pub fn with_secret(mut self, offered: &[Offered], right: Option<usize>, words: &dyn Words) -> Self {
        let used = offered.get(right.unwrap_or_default()).filter(|_| right.is_some() || offered.len() == 1);
        self.secret = used.map(|one| Used { source: words.source(&one.source), print: one.print.clone(), of: offered.len() });
        self
    }

    /// Adds the lines to change for these stacks to the findings that explain.
    pub fn with_fixes(mut self, stacks: &[Stack], words: &dyn Words) -> Self {
        for finding in self.findings.iter_mut().filter(|finding| finding.group == 0) {
            let name = finding.facts.iter().find(|(own, _)| *own == "name").map(|(_, value)| value.to_string());
            let line = |stack: &Stack| Some((*stack, named(words.fix(finding.code, *stack)?, name.as_deref())));
            finding.fixes = stacks.iter().filter_map(line).collect();
        }
        self
    }

    /// The stacks there would be a line for.
    pub fn known_stacks(&self, words: &dyn Words) -> Vec<Stack> {
        let best = self.findings.iter().filter(|finding| finding.group == 0);
        let codes: Vec<_> = best.map(|finding| finding.code).collect();
        let has = |stack: &Stack| codes.iter().any(|code| words.fix(code, *stack).is_some());
        Stack::ALL.iter().copied().filter(has).collect()
    }
}

/// `{name|NAME}` replaced by the name the finding tells, or by `NAME`. Other braces are code.
fn named(line: &str, name: Option<&str>) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{name|") {
        out.push_str(before);
        let (otherwise, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(name.unwrap_or(otherwise));
        rest = after;
    }
    out + rest
}

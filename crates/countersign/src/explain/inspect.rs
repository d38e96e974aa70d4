//! What can be seen without computing anything.

use super::{
    cause::Cause,
    context::Context,
    report::{Certainty, Facts, Finding},
};
use alloc::{string::String, vec::Vec};

/// Collects what the causes see.
#[derive(Debug)]
pub(crate) struct Notes<'n> {
    findings: &'n mut Vec<Finding>,
    cause: &'static Cause,
}

/// One thing seen, before it is reported.
#[derive(Debug)]
pub(crate) struct Note {
    certainty: Certainty,
    refusal: bool,
    facts: Facts,
    signed: Option<String>,
    sent: Option<String>,
}

impl Note {
    /// It is visible in the request.
    pub(crate) const fn seen() -> Self {
        Self { certainty: Certainty::Seen, refusal: false, facts: Vec::new(), signed: None, sent: None }
    }

    /// The server says so.
    pub(crate) fn server() -> Self {
        Self { certainty: Certainty::Server, ..Self::seen() }
    }

    /// It fits, no more.
    pub(crate) fn likely() -> Self {
        Self { certainty: Certainty::Likely, ..Self::seen() }
    }

    /// The server refuses this even if the signature is right.
    pub(crate) const fn refused(mut self) -> Self {
        self.refusal = true;
        self
    }

    /// Fills a place of the sentences.
    pub(crate) fn fact(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }

    /// Shows what was signed beside what was sent.
    pub(crate) fn shows(mut self, signed: Option<String>, sent: Option<String>) -> Self {
        (self.signed, self.sent) = (signed, sent);
        self
    }
}

impl Notes<'_> {
    /// Reports what was seen.
    pub(crate) fn push(&mut self, note: Note) {
        self.findings.push(Finding {
            code: self.cause.code,
            certainty: note.certainty,
            group: 0,
            refusal: note.refusal,
            facts: note.facts,
            signed: note.signed,
            sent: note.sent,
            also: Vec::new(),
        });
    }
}

/// Lets every cause look at the request.
pub(crate) fn inspect(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for cause in super::catalog::causes() {
        (cause.inspect)(context, &mut Notes { findings: &mut findings, cause });
    }
    findings
}

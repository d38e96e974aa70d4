//! What can be seen without computing anything.

use super::{
    ServerAnswer,
    catalog::{self, answer::SECRET_WRONG},
    cause::Cause,
    context::Context,
    report::{Certainty, Finding},
};
use crate::{
    phrase::{Facts, Value, phrase},
    providers,
};
use alloc::{boxed::Box, format, string::String, vec, vec::Vec};

/// Collects what the causes see.
#[derive(Debug)]
pub(crate) struct Notes<'n> {
    findings: &'n mut Vec<Finding>,
    cause: &'static Cause,
}

/// One thing seen, before it is reported: a finding that lacks its code. It is in a box for the same reason as an edit.
#[derive(Debug)]
pub(crate) struct Note(Box<Finding>);

impl Note {
    /// It is visible in the request.
    pub(crate) fn seen() -> Self {
        Self::of(Certainty::Seen)
    }

    /// The server says so.
    pub(crate) fn server() -> Self {
        Self::of(Certainty::Server)
    }

    /// It fits, no more.
    pub(crate) fn likely() -> Self {
        Self::of(Certainty::Likely)
    }

    fn of(certainty: Certainty) -> Self {
        let (code, facts, also) = ("", Vec::new(), Vec::new());
        Self(Box::new(Finding { code, certainty, group: 0, refusal: false, facts, signed: None, sent: None, also }))
    }

    /// The server refuses this even if the signature is right.
    pub(crate) fn refused(mut self) -> Self {
        self.0.refusal = true;
        self
    }

    /// Fills a place of the sentences with what every language says in its own way.
    pub(crate) fn fact(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.told(name, value.into())
    }

    fn told(mut self, name: &'static str, value: Value) -> Self {
        self.0.facts.push((name, value));
        self
    }

    /// Fills a place with what is the same in every language.
    pub(crate) fn data(self, name: &'static str, text: impl Into<String>) -> Self {
        self.fact(name, Value::Text(text.into()))
    }

    /// Shows what was signed beside what was sent.
    pub(crate) fn shows(mut self, signed: Option<String>, sent: Option<String>) -> Self {
        (self.0.signed, self.0.sent) = (signed, sent);
        self
    }

    fn finding(self, code: &'static str) -> Finding {
        Finding { code, ..*self.0 }
    }
}

impl Notes<'_> {
    /// Reports what was seen.
    pub(crate) fn push(&mut self, note: Note) {
        self.findings.push(note.finding(self.cause.code));
    }

    /// Reports it as another cause, of which it is a vendor's own form.
    pub(crate) fn push_as(&mut self, code: &'static str, note: Note) {
        learn(self.findings, note.finding(code));
    }
}

/// Adds a finding, or puts it in the place of a less certain one of the same cause, whose facts it completes.
fn learn(findings: &mut Vec<Finding>, mut finding: Finding) {
    match findings.iter_mut().find(|own| own.code == finding.code) {
        Some(own) if own.certainty < finding.certainty => own.refusal |= finding.refusal,
        Some(own) => {
            let missing = own.facts.iter().filter(|(name, _)| finding.facts.iter().all(|(new, _)| new != name));
            let missing: Facts = missing.cloned().collect();
            finding.facts.extend(missing);
            finding.refusal |= own.refusal;
            finding.signed = finding.signed.or(own.signed.take());
            finding.sent = finding.sent.or(own.sent.take());
            *own = finding;
        }
        None => findings.push(finding),
    }
}

/// What a vendor's server says when it refuses a request for a known cause.
pub(crate) struct Saying {
    /// How the ids of the schemes begin that it is said of.
    pub(crate) schemes: &'static str,
    /// What it is said of.
    pub(crate) about: About,
    /// The server's words.
    pub(crate) said: Said,
    /// The code of the cause. [`SECRET_WRONG`]: the signature is another one, and no more is said.
    pub(crate) cause: &'static str,
    /// What is filled into the cause's sentences.
    pub(crate) facts: fn(&Context<'_>, &ServerAnswer) -> Facts,
}

/// The words themselves, and the field behind them.
fn of_form(_: &Context<'_>, answer: &ServerAnswer) -> Facts {
    let (code, message) = (answer.code.as_deref(), answer.message.as_deref());
    let said = [code, message].into_iter().flatten().collect::<Vec<_>>().join(": ");
    let mut facts = vec![
        ("what", phrase!("the server says `{said}`").data("said", message.or(code).unwrap_or_default()).into()),
        ("answer", Value::Text(format!("`{said}`"))),
    ];
    if let Some((_, field)) = message.and_then(|message| message.split_once("Extra input fields: ")) {
        facts.extend([("field", Value::Text(field.into())), ("fields", Value::Text(format!("`{field}`")))]);
    }
    facts
}

/// What a server speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Whatever is signed.
    All,
    /// Upload forms alone: of others the same words say something else.
    Forms,
}

/// The words of a server.
pub(crate) enum Said {
    /// This code.
    Code(&'static str),
    /// A message with these words in it, in lower case.
    Words(&'static str),
}

impl Saying {
    /// What is said of a form or its policy.
    pub(crate) const fn of_form(schemes: &'static str, said: Said, cause: &'static str) -> Self {
        Self { schemes, about: About::Forms, said, cause, facts: of_form }
    }

    fn fits(&self, context: &Context<'_>, answer: &ServerAnswer) -> bool {
        let said = match self.said {
            Said::Code(code) => answer.code.as_deref() == Some(code),
            Said::Words(words) => answer.message.as_deref().is_some_and(|text| text.to_ascii_lowercase().contains(words)),
        };
        let about = self.about == About::All || context.inquiry.subject.form().is_some();
        said && about && context.scheme_is(self.schemes)
    }
}

/// What the server's answer names in its vendor's words.
fn sayings<'c>(context: &'c Context<'_>) -> impl Iterator<Item = (&'static Saying, &'c ServerAnswer)> {
    let answer = context.answer();
    answer.into_iter().flat_map(move |answer| {
        providers::sayings().filter(move |saying| saying.fits(context, answer)).map(move |saying| (saying, answer))
    })
}

/// Whether the server says that the signature is another one, in its vendor's words.
pub(crate) fn says_mismatch(context: &Context<'_>) -> bool {
    sayings(context).any(|(saying, _)| saying.cause == SECRET_WRONG)
}

/// Lets every cause look at the request, and hears what the server names.
pub(crate) fn inspect(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for cause in catalog::causes() {
        (cause.inspect)(context, &mut Notes { findings: &mut findings, cause });
    }
    for (saying, answer) in sayings(context).filter(|(saying, _)| saying.cause != SECRET_WRONG) {
        let mut finding = Note::server().refused().finding(saying.cause);
        finding.facts = (saying.facts)(context, answer);
        // What was seen is told more exactly than what the server names.
        if findings.iter().any(|own| own.code == saying.cause && own.facts.iter().any(|(name, _)| *name == "what")) {
            finding.facts.retain(|(name, _)| *name != "what");
        }
        learn(&mut findings, finding);
    }
    // What only fits does not stand before what is seen.
    findings.sort_by_key(|finding| finding.certainty == Certainty::Likely);
    findings
}

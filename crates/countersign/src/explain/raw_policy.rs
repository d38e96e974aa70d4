//! Forms whose policy is not in the Base64 that a scheme reads: no claim can be read from them.
//!
//! Where the Base64 text itself is signed, every text is read, and the catalogue says what is wrong with it.

use super::{
    catalog::policy::{NOT_BASE64, name},
    report::{Certainty, Finding, Report, Verdict},
};
use crate::{
    family::form::POLICY,
    phrase::{Facts, Phrase, phrase},
    signature::Encoding,
    subject::Form,
};
use alloc::{string::String, vec, vec::Vec};

/// A policy in the Base64 that is due, and what was wrong with it.
pub(super) struct Repaired {
    pub(super) policy: String,
    code: &'static str,
    facts: Facts,
    /// Whether a server is sure not to take it.
    refusal: bool,
}

impl Repaired {
    /// The policy of a form, if it can be read in another way.
    pub(super) fn of(form: &Form<'_>) -> Option<Self> {
        let sent = form.value(POLICY)?;
        let told = |json: &[u8], what: Phrase| {
            let facts = vec![("what", what.into()), ("wants", name(Encoding::Base64).into())];
            Some(Self { policy: Encoding::Base64.encode(json), code: NOT_BASE64, facts, refusal: true })
        };
        if sent.trim_ascii_start().starts_with(b"{") {
            return told(sent, phrase!("as JSON"));
        }
        let joined: Vec<u8> = sent.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        if let Some(json) = Encoding::Base64.decode(&joined) {
            let policy = Encoding::Base64.encode(&json);
            return Some(Self {
                policy,
                code: "base64-line-wrapped",
                facts: vec![("what", phrase!("the policy").into())],
                refusal: false,
            });
        }
        told(&Encoding::Base64Url.decode(sent)?, phrase!("in the URL-safe alphabet"))
    }

    /// The form with the repaired policy in its place.
    pub(super) fn form<'a>(&'a self, form: &Form<'a>) -> Form<'a> {
        let before = form.fields_before_file().count();
        let mut fields = form.fields().map(|(name, value)| match name.eq_ignore_ascii_case(POLICY) {
            true => (name, self.policy.as_bytes()),
            false => (name, value),
        });
        let add = |form: Form<'a>, (name, value): (&'a str, &'a [u8])| form.field(name, value);
        let front = fields.by_ref().take(before).fold(Form::new(), add);
        let front = form.file_part().into_iter().fold(front, Form::file);
        fields.fold(front, add)
    }

    /// The report on the repaired form as one on the form that was sent.
    pub(super) fn accuse(self, mut report: Report) -> Report {
        report.findings.iter_mut().for_each(|finding| finding.group += 1);
        let Self { code, facts, refusal, .. } = self;
        let certainty = Certainty::Seen;
        let finding = Finding { code, certainty, group: 0, refusal, facts, signed: None, sent: None, also: Vec::new() };
        report.findings.insert(0, finding);
        if report.verdict == Verdict::Valid && refusal {
            report.verdict = Verdict::Rejected;
        }
        report
    }
}

//! What the server's answer tells: its strings laid beside ours, and whether they can be trusted.

use super::{
    compare::{self, shown},
    context::Context,
    report::{Certainty, Finding},
    server::{Agreement, Quoted, QuotedFrom, ServerAnswer},
};
use crate::{
    pen::{Document, Role},
    phrase::{Facts, Phrase, Value, phrase},
    transcript::Transcript,
};
use alloc::{string::String, vec, vec::Vec};

/// What was heard.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The server's strings as parts; `None` when it quotes none, or those of another request.
    pub(super) theirs: Option<Transcript>,
    /// Where they differ from the ones that follow from the request.
    pub(super) differences: Vec<Finding>,
    /// What is wrong with the answer itself.
    pub(super) remarks: Vec<Finding>,
}

/// Listens to the server's answer, if there is one.
pub(super) fn hear(context: &Context<'_>) -> Heard {
    let mut heard = Heard::default();
    let Some(answer) = context.answer() else { return heard };
    if let Agreement::Differ { found, stated } = answer.signature_agreement(context.claim) {
        let facts = vec![("found", Value::Text(found)), ("stated", Value::Text(stated))];
        heard.remarks.push(finding("answer-of-another-request", Certainty::Seen, facts));
        return heard;
    }
    if let Some(what) = altered(answer) {
        heard.remarks.push(finding("answer-altered", Certainty::Seen, vec![("what", what.into())]));
    }
    if answer.string_to_sign.is_none() && answer.canonical_request.is_none() {
        return heard;
    }
    let theirs = answer.transcript(context.transcript);
    for written in &theirs.documents {
        let Some(ours) = context.document(written.document) else { continue };
        let quotes_canonical = answer.canonical_request.is_some();
        let quoted =
            if written.document == Document::CanonicalRequest { &answer.canonical_request } else { &answer.string_to_sign };
        let as_text = quoted.as_ref().is_some_and(|quoted| quoted.from == QuotedFrom::Text);
        if as_text && ours.text != written.text && compare::differ_in_blanks_alone(&ours.text, &written.text) {
            let what =
                phrase!("the text it quotes differs from the request's in blanks and line ends alone, which copying alters");
            heard.remarks.push(finding("answer-altered", Certainty::Seen, vec![("what", what.into())]));
            return heard;
        }
        for difference in compare::compare(ours, written) {
            // The digest only repeats what the document before it shows.
            if difference.role == Role::Digest && quotes_canonical {
                continue;
            }
            let code = shown::cause(&difference, ours);
            let Some(code) = code.filter(|code| !heard.differences.iter().any(|own| own.code == *code)) else { continue };
            let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let mut found = finding(code, Certainty::Server, facts(&difference));
            (found.signed, found.sent) = (difference.ours.map(lossy), difference.theirs.map(lossy));
            heard.differences.push(found);
        }
    }
    heard.theirs = Some(theirs);
    heard
}

/// Which part differs, and what stands in it.
pub(super) fn facts(difference: &compare::Difference<'_>) -> Facts {
    let lossy = |bytes: &[u8]| Value::Text(String::from_utf8_lossy(bytes).into_owned());
    let own = difference.ours.or(difference.theirs).unwrap_or_default();
    let mut facts = Facts::new();
    if !difference.name.is_empty() {
        facts.push(("name", lossy(difference.name)));
    }
    match difference.role {
        Role::Query => facts.push(("value", lossy(own))),
        Role::Bucket => facts.push(("bucket", lossy(own.strip_prefix(b"/").unwrap_or(own)))),
        Role::Host | Role::Header => facts.push(("host", lossy(&shown::header_value(own)))),
        _ => {}
    }
    facts
}

/// What shows that the answer was altered on its way here.
fn altered(answer: &ServerAnswer) -> Option<Phrase> {
    let against = |quoted: &Option<Quoted>| quoted.as_ref().is_some_and(|quoted| quoted.from == QuotedFrom::BytesAgainstText);
    if against(&answer.string_to_sign) {
        Some(phrase!("`StringToSign` is not what `StringToSignBytes` says"))
    } else if against(&answer.canonical_request) {
        Some(phrase!("`CanonicalRequest` is not what `CanonicalRequestBytes` says"))
    } else if matches!(answer.digest_agreement(), Agreement::Differ { .. }) {
        Some(phrase!("the digest in `StringToSign` is not that of the text quoted beside it"))
    } else {
        None
    }
}

/// A finding with facts.
pub(super) fn finding(code: &'static str, certainty: Certainty, facts: Facts) -> Finding {
    Finding {
        code,
        certainty,
        group: 0,
        refusal: certainty == Certainty::Server,
        facts,
        signed: None,
        sent: None,
        also: Vec::new(),
    }
}

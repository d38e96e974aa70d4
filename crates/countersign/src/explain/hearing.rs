//! What the server's answer tells: its strings laid beside ours, and whether they can be trusted.

use super::{
    compare::{self, shown},
    context::Context,
    report::{Certainty, Finding},
    server::{Agreement, Quoted, QuotedFrom, ServerAnswer},
};
use crate::{
    pen::{Document, Role},
    transcript::Transcript,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

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
        heard.remarks.push(finding("answer-of-another-request", Certainty::Seen, &[("found", found), ("stated", stated)]));
        return heard;
    }
    if let Some(what) = altered(answer) {
        heard.remarks.push(finding("answer-altered", Certainty::Seen, &[("what", what.to_string())]));
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
            let what = "the text it quotes differs from the request's in blanks and line ends alone, which copying alters";
            heard.remarks.push(finding("answer-altered", Certainty::Seen, &[("what", what.to_string())]));
            return heard;
        }
        for difference in compare::compare(ours, written) {
            // The digest only repeats what the document before it shows.
            if difference.role == Role::Digest && quotes_canonical {
                continue;
            }
            let code = shown::cause(&difference, ours);
            let Some(code) = code.filter(|code| !heard.differences.iter().any(|own| own.code == *code)) else { continue };
            let name = String::from_utf8_lossy(difference.name).into_owned();
            let mut found = finding(code, Certainty::Server, &[("name", name), ("what", difference.role.as_str().to_string())]);
            let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (found.signed, found.sent) = (difference.ours.map(lossy), difference.theirs.map(lossy));
            heard.differences.push(found);
        }
    }
    heard.theirs = Some(theirs);
    heard
}

/// What shows that the answer was altered on its way here.
fn altered(answer: &ServerAnswer) -> Option<&'static str> {
    let against = |quoted: &Option<Quoted>| quoted.as_ref().is_some_and(|quoted| quoted.from == QuotedFrom::BytesAgainstText);
    if against(&answer.string_to_sign) {
        Some("`StringToSign` is not what `StringToSignBytes` says")
    } else if against(&answer.canonical_request) {
        Some("`CanonicalRequest` is not what `CanonicalRequestBytes` says")
    } else if matches!(answer.digest_agreement(), Agreement::Differ { .. }) {
        Some("the digest in `StringToSign` is not that of the text quoted beside it")
    } else {
        None
    }
}

/// A finding with facts.
pub(super) fn finding(code: &'static str, certainty: Certainty, facts: &[(&'static str, String)]) -> Finding {
    Finding {
        code,
        certainty,
        group: 0,
        refusal: certainty == Certainty::Server,
        facts: facts.iter().filter(|(_, value)| !value.is_empty()).cloned().collect(),
        signed: None,
        sent: None,
        also: Vec::new(),
    }
}

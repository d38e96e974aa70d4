//! What the server's answer tells: its strings laid beside ours, and whether they can be trusted.

use super::{
    Inquiry,
    compare::{self, shown},
    context::Context,
    report::{Certainty, Finding},
    server::{Agreement, Quoted, QuotedFrom, ServerAnswer},
};
use crate::{
    family::endpoint,
    pen::{Document, Origin, Role},
    phrase::{Facts, Phrase, Value, phrase},
    terms::{Addressing, Claim, Hints},
    transcript::{Transcript, transcript},
};
use alloc::{string::String, vec, vec::Vec};

/// The answer is about another request than the one in hand.
const OTHER_REQUEST: &str = "answer-of-another-request";

/// What was heard.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The server's strings as parts; `None` when it quotes none, or those of another request.
    pub(super) theirs: Option<Transcript>,
    /// Where they differ from the ones that follow from the request.
    pub(super) differences: Vec<Finding>,
    /// What is wrong with the answer itself.
    pub(super) remarks: Vec<Finding>,
    /// Whether all it quotes is what follows from the request.
    pub(super) is_equal: bool,
    /// Whether it is about another signature.
    pub(super) is_foreign: bool,
}

/// Listens to the server's answer, if there is one.
pub(super) fn hear(context: &Context<'_>) -> Heard {
    let mut heard = Heard::default();
    let Some(answer) = context.answer() else { return heard };
    if let Agreement::Differ { found, stated } = answer.signature_agreement(context.claim) {
        let facts = vec![("found", Value::Text(found)), ("stated", Value::Text(stated))];
        heard.remarks.push(finding(OTHER_REQUEST, Certainty::Seen, facts));
        heard.is_foreign = true;
        return heard;
    }
    if let Some(what) = altered(answer) {
        heard.alter(what);
    }
    let theirs = answer.transcript(context.transcript);
    let mut is_equal = !theirs.documents.is_empty();
    for (document, quoted) in
        [(Document::CanonicalRequest, &answer.canonical_request), (Document::StringToSign, &answer.string_to_sign)]
    {
        let (Some(quoted), Some(ours)) = (quoted, context.document(document)) else { continue };
        let as_text = quoted.from == QuotedFrom::Text;
        let Some(written) = theirs.document(document) else {
            heard.alter(phrase!("the text it quotes lost line ends, and is not the request's: it cannot be used"));
            is_equal = false;
            continue;
        };
        // What stands around a text is the answer's.
        if as_text && ours.text.trim_ascii() == quoted.bytes.trim_ascii() {
            continue;
        }
        if as_text && compare::differ_in_blanks_alone(&ours.text, &written.text) {
            heard.alter(phrase!(
                "the text it quotes differs from the request's in blanks and line ends alone, which copying alters"
            ));
            is_equal = false;
            continue;
        }
        if as_text && written.text.trim_ascii() != quoted.bytes.trim_ascii() {
            heard.alter(phrase!("the text it quotes lost line ends, which are taken from the request's"));
        }
        is_equal &= ours.text == written.text;
        for difference in compare::compare(ours, written) {
            if is_masked(&difference) {
                heard.alter(phrase!("a part of the text it quotes is masked"));
                continue;
            }
            let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let (signed, sent) = (difference.ours.map(lossy), difference.theirs.map(lossy));
            let (code, facts) = if difference.role == Role::Digest {
                // The digest only repeats what the document before it shows.
                if answer.canonical_request.is_some() || answer.is_about_a_chunk() {
                    continue;
                }
                let text = |digest: &Option<String>| Value::Text(digest.clone().unwrap_or_default());
                let name = phrase!("the digest in its `StringToSign`");
                (OTHER_REQUEST, vec![("name", name.into()), ("found", text(&signed)), ("stated", text(&sent))])
            } else {
                let Some(code) = shown::cause(&difference, ours) else { continue };
                (code, facts(&difference))
            };
            if heard.differences.iter().any(|own| own.code == code) {
                continue;
            }
            let mut found = finding(code, Certainty::Server, facts);
            (found.signed, found.sent) = (signed, sent);
            heard.differences.push(found);
        }
    }
    heard.is_equal = is_equal;
    heard.theirs = (!theirs.documents.is_empty()).then_some(theirs);
    heard
}

/// The bucket that the answer names, where neither host nor hint does.
pub(super) fn bucket(inquiry: &Inquiry<'_>, claim: &Claim<'_>) -> Option<String> {
    let (answer, request) = (inquiry.answer?, inquiry.subject.request()?);
    let is_open = claim.bucket.as_ref().is_none_or(|bucket| bucket.origin == Origin::Assumed);
    let is_foreign = matches!(answer.signature_agreement(claim), Agreement::Differ { .. });
    let host = endpoint::host_name(request);
    if !is_open || is_foreign || inquiry.hints.bucket.is_some() || endpoint::tells_bucket(host.as_bytes()) {
        return None;
    }
    let resource = |transcript: &Transcript| {
        let written = transcript.documents.iter().find(|written| written.part(Role::Bucket).is_some())?;
        let [bucket, path] = [Role::Bucket, Role::Path].map(|role| written.part(role).map(|part| written.bytes(part).to_vec()));
        Some((bucket?, path))
    };
    let quoted = || {
        let (segment, _) = resource(&answer.transcript(&transcript(&inquiry.subject, claim).ok()?))?;
        let name = String::from_utf8(segment.strip_prefix(b"/")?.to_vec()).ok()?;
        let hints = Hints { bucket: Some(&name), ..inquiry.hints };
        let named = Claim { bucket: endpoint::bucket(request, &hints), ..claim.clone() };
        let ours = transcript(&inquiry.subject, &named).ok()?;
        let (own, theirs) = (resource(&ours)?, resource(&answer.transcript(&ours))?);
        // What is no bucket leaves another path.
        let is_custom = inquiry.hints.addressing == Some(Addressing::CustomDomain);
        (own.0 == theirs.0 && (is_custom || own == theirs)).then_some(name)
    };
    quoted().or_else(|| answer.bucket.clone())
}

impl Heard {
    /// Remarks that the answer was altered, once.
    fn alter(&mut self, what: Phrase) {
        if self.remarks.is_empty() {
            self.remarks.push(finding("answer-altered", Certainty::Seen, vec![("what", what.into())]));
        }
    }
}

/// Whether who posted the answer put `***` or `xxx` for what stood there.
fn is_masked(difference: &compare::Difference<'_>) -> bool {
    let has = |text: Option<&[u8]>| {
        let mut runs = text.unwrap_or_default().windows(3);
        runs.any(|run| matches!(run, b"***" | b"xxx" | b"XXX"))
    };
    has(difference.theirs) && !has(difference.ours)
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

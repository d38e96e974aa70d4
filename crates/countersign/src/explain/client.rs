//! What a client printed of its own signing, laid beside the request: where they differ, the client signed something
//! else. It is proved when the printed text gives the signature that was sent.

use super::{
    compare::{self, shown},
    context::Context,
    hearing::{facts, finding},
    readback::read_back,
    report::{Certainty, Finding},
};
use crate::{
    crypto,
    pen::{Document, Role},
    transcript::{Transcript, Written},
    wire::hex,
};
use alloc::{string::String, vec::Vec};

/// The texts a client printed before it signed them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientTexts {
    /// The canonical request, or the `FormatString` of COS.
    pub canonical_request: Option<Vec<u8>>,
    /// The string to sign.
    pub string_to_sign: Option<Vec<u8>>,
}

/// The client's texts as parts; `None` when it printed none.
pub(super) fn transcript(context: &Context<'_>) -> Option<Transcript> {
    let texts = context.inquiry.client?;
    let base = context.transcript;
    let canonical = texts.canonical_request.as_deref().map(|text| read_back(base, Document::CanonicalRequest, text));
    let string = match (&texts.string_to_sign, &canonical) {
        (Some(text), _) => Some(read_back(base, Document::StringToSign, text)),
        // It follows from the request's own, with another digest.
        (None, Some(canonical)) => base.document(Document::StringToSign).and_then(|own| with_digest(context, own, canonical)),
        (None, None) => None,
    };
    let documents: Vec<_> = canonical.into_iter().chain(string).collect();
    (!documents.is_empty()).then_some(Transcript { documents })
}

/// A string to sign with the digest of another canonical request.
fn with_digest(context: &Context<'_>, own: &Written, canonical: &Written) -> Option<Written> {
    let part = own.parts.iter().find(|part| part.role == Role::Digest)?;
    let mut text = own.text.get(..part.start)?.to_vec();
    hex::encode(&crypto::digest(context.claim.scheme.seal(context.claim).hash, &canonical.text), &mut text);
    text.extend_from_slice(own.text.get(part.end..)?);
    Some(read_back(context.transcript, Document::StringToSign, &text))
}

/// Where the client's texts differ from those that follow from the request.
pub(super) fn differences(context: &Context<'_>, client: &Transcript, certainty: Certainty) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let has_canonical = client.document(Document::CanonicalRequest).is_some();
    for signed in &client.documents {
        let Some(sent) = context.document(signed.document) else { continue };
        for difference in compare::compare(signed, sent) {
            // The digest only repeats what the document before it shows.
            if difference.role == Role::Digest && has_canonical {
                continue;
            }
            let code = shown::cause(&difference, signed).filter(|code| !findings.iter().any(|own| own.code == *code));
            let Some(code) = code else { continue };
            let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let mut found = finding(code, certainty, facts(&difference));
            (found.signed, found.sent) = (difference.ours.map(lossy), difference.theirs.map(lossy));
            // What is only printed does not make the server refuse; a text that was signed does.
            found.refusal = certainty == Certainty::Proved;
            findings.push(found);
        }
    }
    findings
}

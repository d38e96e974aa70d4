//! The recording pen: the signed text with its parts.

use crate::{
    error::DraftError,
    pen::{Document, List, Origin, Pen, Role},
    subject::Subject,
    terms::Claim,
    wire::{Ink, hex},
};
use alloc::vec::Vec;

/// One part of a document.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Which one, for headers and parameters: lower-case header name, decoded parameter name.
    pub name: Vec<u8>,
    /// Offset of its first byte.
    pub start: usize,
    /// Offset behind its last byte.
    pub end: usize,
    /// Where its bytes come from.
    pub origin: Origin,
    /// The list it is an item of.
    pub(crate) list: Option<List>,
}

/// A document and its parts, in byte order. Bytes between parts are separators of a list.
#[derive(Clone, Debug)]
pub struct Written {
    /// Which document.
    pub document: Document,
    /// All its bytes.
    pub text: Vec<u8>,
    /// Its parts.
    pub parts: Vec<Part>,
}

impl Written {
    /// The bytes of a part.
    #[must_use]
    pub fn bytes(&self, part: &Part) -> &[u8] {
        self.text.get(part.start..part.end).unwrap_or_default()
    }

    /// The first part with this role.
    #[must_use]
    pub fn part(&self, role: Role) -> Option<&Part> {
        self.parts.iter().find(|part| part.role == role)
    }
}

/// Everything a scheme wrote: the documents, the string to sign last.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// The documents in order.
    pub documents: Vec<Written>,
}

impl Transcript {
    /// The text the key seals.
    #[must_use]
    pub fn string_to_sign(&self) -> &[u8] {
        self.documents.last().map(|written| written.text.as_slice()).unwrap_or_default()
    }

    /// The document of this kind.
    #[must_use]
    pub fn document(&self, document: Document) -> Option<&Written> {
        self.documents.iter().find(|written| written.document == document)
    }
}

/// Writes down the signed text of a claim, part by part.
///
/// ```
/// use countersign::{Hints, Request, Role, decode, transcript};
///
/// let request = Request::parse(
///     b"GET /photos/a%20b.jpg HTTP/1.1\nHost: demo.oss-cn-hangzhou.aliyuncs.com\n\
///       Date: Fri, 15 Mar 2024 08:30:45 GMT\nAuthorization: OSS CSIDEXAMPLE0001:26NBxoKdsyly4EDv6inkoDft/yA=\n\n",
/// )?;
/// let subject = request.into();
/// let claim = decode(&subject, &Hints::default())?;
/// let transcript = transcript(&subject, &claim)?;
/// assert_eq!(transcript.string_to_sign(), b"GET\n\n\nFri, 15 Mar 2024 08:30:45 GMT\n/demo/photos/a b.jpg");
/// let document = &transcript.documents[0];
/// assert_eq!(document.part(Role::Bucket).map(|part| document.bytes(part)), Some(&b"/demo"[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When a piece of the text is not known.
pub fn transcript(subject: &Subject<'_>, claim: &Claim<'_>) -> Result<Transcript, DraftError> {
    let mut drafted = Ok(());
    let transcript = recorded(claim.scheme.seal(claim).hash, |pen| drafted = claim.scheme.draft(subject, claim, pen));
    drafted.map(|()| transcript)
}

/// What `draft` writes.
pub(crate) fn recorded(hash: crate::crypto::HashName, draft: impl FnOnce(&mut dyn Pen)) -> Transcript {
    let mut pen = RecordingPen { transcript: Transcript::default(), hash, lead: None };
    draft(&mut pen);
    pen.transcript
}

/// Keeps all that is written.
struct RecordingPen {
    transcript: Transcript,
    hash: crate::crypto::HashName,
    lead: Option<List>,
}

impl Ink for RecordingPen {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(written) = self.transcript.documents.last_mut() {
            written.text.extend_from_slice(bytes);
            if let Some(part) = written.parts.last_mut() {
                part.end = written.text.len();
            }
        }
    }
}

impl Pen for RecordingPen {
    fn open(&mut self, document: Document) {
        self.transcript.documents.push(Written { document, text: Vec::new(), parts: Vec::new() });
    }

    fn part(&mut self, role: Role, name: &[u8], origin: Origin) {
        if let Some(written) = self.transcript.documents.last_mut() {
            let start = written.text.len();
            written.parts.push(Part { role, name: name.to_vec(), start, end: start, origin, list: self.lead.take() });
        }
    }

    fn item(&mut self, list: &mut List) {
        self.lead = Some(*list);
        if let Some(written) = self.transcript.documents.last_mut() {
            written.text.extend_from_slice(list.lead().as_bytes());
        }
    }

    fn close_digest(&mut self) {
        let mut documents = self.transcript.documents.iter().rev().skip(1);
        if let Some(before) = documents.next() {
            let digest = crate::crypto::digest(self.hash, &before.text);
            let mut text = Vec::with_capacity(64);
            hex::encode(&digest, &mut text);
            self.write(&text);
        }
    }
}

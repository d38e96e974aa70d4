//! The signed text, kept with its parts.

use crate::{
    crypto::MacBytes,
    error::DraftError,
    pen::{Document, List, Origin, Page, Pen, Reader, Role},
    subject::Subject,
    terms::Claim,
};
use alloc::vec::Vec;

/// One part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
pub(crate) fn recorded(hash: crate::crypto::HashName, draft: impl FnOnce(&mut Pen<'_>)) -> Transcript {
    let mut recorder = Recorder { transcript: Transcript::default(), hash, list: None };
    let mut pen = Pen::new(&mut recorder);
    draft(&mut pen);
    pen.end();
    recorder.transcript
}

/// Keeps all that is written.
struct Recorder {
    transcript: Transcript,
    hash: crate::crypto::HashName,
    /// The list whose item the next part is.
    list: Option<List>,
}

impl Reader for Recorder {
    fn by_part(&self) -> bool {
        true
    }

    fn read(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        if let Some(written) = self.transcript.documents.last_mut() {
            written.text.extend_from_slice(bytes);
            if let Some(part) = written.parts.last_mut() {
                part.end = written.text.len();
            }
        }
    }

    fn open(&mut self, document: Document, page: &mut Page, filled: usize) {
        self.end(page, filled);
        self.transcript.documents.push(Written { document, text: Vec::new(), parts: Vec::new() });
    }

    fn end(&mut self, page: &mut Page, filled: usize) {
        self.read(page.get(..filled).unwrap_or_default());
    }

    fn digest(&self, digest: &mut MacBytes) {
        if let Some(before) = self.transcript.documents.iter().rev().nth(1) {
            *digest = crate::crypto::digest(self.hash, &before.text);
        }
    }

    fn part(&mut self, role: Role, name: &[u8], origin: Origin) {
        if let Some(written) = self.transcript.documents.last_mut() {
            let start = written.text.len();
            written.parts.push(Part { role, name: name.to_vec(), start, end: start, origin, list: self.list.take() });
        }
    }

    fn item(&mut self, list: List, lead: &str) {
        self.list = Some(list);
        if let Some(written) = self.transcript.documents.last_mut() {
            written.text.extend_from_slice(lead.as_bytes());
        }
    }
}

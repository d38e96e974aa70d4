//! What a cause may look at.

use super::{At, Inquiry, ServerAnswer};
use crate::{
    family::endpoint,
    pen::{Document, Role},
    subject::{BodyDigest, Request, Subject},
    terms::{Bucket, Claim},
    time::Timestamp,
    transcript::{Part, Transcript, Written},
};
use alloc::string::String;
use core::cell::OnceCell;

/// The request in hand, what it claims, and the text its rules give.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// What was asked.
    pub(crate) inquiry: &'a Inquiry<'a>,
    /// What the request claims.
    pub(crate) claim: &'a Claim<'a>,
    /// The text that edits start from: the request's own, or what the server quotes.
    pub(crate) transcript: &'a Transcript,
    /// The secret in use.
    pub(crate) secret: Option<&'a [u8]>,
    /// The digests of the body, from when they are first asked for: bodies are long.
    pub(crate) digest: &'a OnceCell<Option<BodyDigest>>,
    /// Whether a mistake is taken for granted: the rules are those of another scheme. What is tried by itself is not tried then.
    pub(crate) is_second: bool,
}

impl<'a> Context<'a> {
    /// The request, if the subject is one.
    pub(crate) fn request(&self) -> Option<&'a Request<'a>> {
        self.inquiry.subject.request()
    }

    /// The digests of the body, if anything is known of it.
    pub(crate) fn body(&self) -> Option<BodyDigest> {
        *self.digest.get_or_init(|| self.request()?.body().digest())
    }

    /// The server's answer.
    pub(crate) fn answer(&self) -> Option<&'a ServerAnswer> {
        self.inquiry.answer
    }

    /// The clock to judge by: the one given, else the one of the server's answer.
    pub(crate) fn now(&self) -> Option<Timestamp> {
        self.inquiry.at.or_else(|| self.answer()?.date)
    }

    /// Whether the scheme is of the V4 shape.
    pub(crate) fn is_v4(&self) -> bool {
        self.claim.scope.is_some()
    }

    /// Whether the scheme is of the V2 shape: lines, headers, and a resource with some of the parameters.
    pub(crate) fn is_lines(&self) -> bool {
        self.first(Role::ContentMd5).is_some()
    }

    /// Whether the scheme's id starts with `prefix`: `oss-`, `s3-v2-`.
    pub(crate) fn scheme_is(&self, prefix: &str) -> bool {
        self.claim.scheme.id().starts_with(prefix)
    }

    /// The bucket of the request: as claimed, else as host and path tell.
    pub(crate) fn bucket(&self) -> Option<Bucket<'a>> {
        match &self.claim.bucket {
            Some(bucket) => Some(bucket.clone()),
            None => endpoint::bucket(self.request()?, &self.inquiry.hints),
        }
    }

    /// The host that request or form went to, in lower case and without the port.
    pub(crate) fn host_name(&self) -> Option<String> {
        match &self.inquiry.subject {
            Subject::Form(form) => {
                let host = form.host()?;
                Some(host.split_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase())
            }
            _ => self.request().map(endpoint::host_name),
        }
    }

    /// Whether the signature travels in the URL.
    pub(crate) fn in_url(&self) -> bool {
        self.claim.scheme.carrier().param_for(self.claim).is_some()
    }

    /// All parts with this role, in all documents.
    pub(crate) fn parts(&self, role: Role) -> impl Iterator<Item = At> + use<'a> {
        self.all_parts().filter(move |(_, part)| part.role == role).map(|(at, _)| at)
    }

    /// All parts of all documents.
    pub(crate) fn all_parts(&self) -> Parts<'a> {
        Parts { transcript: self.transcript, next: At { document: 0, part: 0 } }
    }

    /// The first part with this role.
    pub(crate) fn first(&self, role: Role) -> Option<At> {
        self.parts(role).next()
    }

    /// The part with this role and name.
    pub(crate) fn named(&self, role: Role, name: &str) -> Option<At> {
        self.parts(role).find(|at| self.part(*at).is_some_and(|part| part.name == name.as_bytes()))
    }

    /// The header line with this lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<At> {
        self.named(Role::Header, name)
    }

    /// A part.
    pub(crate) fn part(&self, at: At) -> Option<&'a Part> {
        self.written(at)?.parts.get(at.part)
    }

    /// The document a part is in.
    pub(crate) fn written(&self, at: At) -> Option<&'a Written> {
        self.transcript.documents.get(at.document)
    }

    /// The bytes of a part.
    pub(crate) fn bytes(&self, at: At) -> &'a [u8] {
        self.written(at).zip(self.part(at)).map(|(written, part)| written.bytes(part)).unwrap_or_default()
    }

    /// The value behind the colon of a header line.
    pub(crate) fn header_value(&self, at: At) -> &'a [u8] {
        crate::wire::split_once(self.bytes(at), b':').1.unwrap_or_default()
    }

    /// The name of a part as text.
    pub(crate) fn name(&self, at: At) -> String {
        self.part(at).map(|part| String::from_utf8_lossy(&part.name).into_owned()).unwrap_or_default()
    }

    /// The document with this name.
    pub(crate) fn document(&self, document: Document) -> Option<&'a Written> {
        self.transcript.document(document)
    }
}

/// The parts of a transcript. Nearly every cause goes through them: a type of its own is compiled once for all of them.
pub(crate) struct Parts<'a> {
    transcript: &'a Transcript,
    next: At,
}

impl<'a> Iterator for Parts<'a> {
    type Item = (At, &'a Part);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.next;
            let written = self.transcript.documents.get(at.document)?;
            if let Some(part) = written.parts.get(at.part) {
                self.next.part += 1;
                return Some((at, part));
            }
            self.next = At { document: at.document + 1, part: 0 };
        }
    }
}

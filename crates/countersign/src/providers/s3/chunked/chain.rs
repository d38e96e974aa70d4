//! The chain of signatures: each covers the one before it, the first one the seed.

use super::{Piece, SeedError, V4_CHUNKED};
use crate::{
    crypto::{self, Hash, Sha256Hash, Signs},
    family::v4,
    pen::{Document, Origin, Pen, Role, line, line_end},
    providers::s3::V4_HEADER,
    scheme::Scheme,
    secret::SecretKey,
    signature::{Encoding, Signature},
    terms::{Claim, Scope},
    wire::{hex, text::Text},
};
use alloc::{string::String, vec::Vec};

/// First line of what is signed for a chunk.
pub(super) const CHUNK_ALGORITHM: &str = "AWS4-HMAC-SHA256-PAYLOAD";
/// First line of what is signed for the trailers.
pub(super) const TRAILER_ALGORITHM: &str = "AWS4-HMAC-SHA256-TRAILER";

/// The lines that all signatures of one upload share.
pub(super) struct Lines {
    time: Text<'static>,
    scope: Scope<'static>,
}

impl Lines {
    pub(super) fn of(claim: &Claim<'_>) -> Result<Self, SeedError> {
        let own = [V4_HEADER.id(), V4_CHUNKED.id()].contains(&claim.scheme.id());
        let scope = claim.scope.clone().filter(|_| own).ok_or(SeedError::OtherScheme(claim.scheme.id()))?;
        let time = claim.time_text.clone().ok_or(SeedError::TimeMissing)?;
        let scope = Scope {
            date: scope.date.into_owned(),
            region: scope.region.into_owned(),
            service: scope.service.into_owned(),
            terminator: scope.terminator.into_owned(),
        };
        Ok(Self { time: time.into_owned(), scope })
    }

    /// Writes what is signed for a chunk.
    ///
    /// The digest of nothing stands where headers of the chunk would be hashed, if chunks had any.
    pub(super) fn chunk(&self, previous: &[u8], data: &[u8], pen: &mut Pen<'_>) {
        v4::opening(CHUNK_ALGORITHM, &self.time, &self.scope, pen);
        line(pen, Role::PreviousSignature, Origin::Request, previous);
        pen.part(Role::EmptyDigest, &[], Origin::Scheme);
        hex::encode(&Sha256Hash::end(Sha256Hash::digest()), pen);
        line_end(pen);
        pen.part(Role::Payload, &[], Origin::Computed);
        hex::encode(data, pen);
    }

    /// Writes what is signed for the trailers, which are sorted by their lower-case names.
    ///
    /// Every line of them ends in a line feed alone, whatever ends it in the body.
    pub(super) fn trailers(&self, previous: &[u8], trailers: &[(String, String)], pen: &mut Pen<'_>) {
        pen.open(Document::CanonicalRequest);
        for (name, value) in trailers {
            pen.part(Role::Header, name.as_bytes(), Origin::Request);
            for piece in [name, ":", value] {
                pen.write(piece.as_bytes());
            }
            line_end(pen);
        }
        v4::opening(TRAILER_ALGORITHM, &self.time, &self.scope, pen);
        line(pen, Role::PreviousSignature, Origin::Request, previous);
        pen.part(Role::Digest, &[], Origin::Computed);
        pen.close_digest();
    }
}

/// The key of an upload. Made once: chunks are many.
pub(super) struct Key(<Sha256Hash as Signs>::Sealer);

impl Key {
    pub(super) fn new(claim: &Claim<'_>, secret: &SecretKey) -> Self {
        Self(Sha256Hash::sealer(&claim.scheme.seal(claim).key, secret))
    }

    /// The signature of what `draft` writes.
    pub(super) fn seal(&self, draft: impl FnOnce(&mut Pen<'_>)) -> Signature {
        let mut signature = Signature::empty();
        signature.fill(Encoding::Hex, |mac| crypto::sealed_by(&mut self.0.clone(), mac, draft));
        signature
    }
}

/// Where the chain stands.
pub(super) struct Chain {
    key: Key,
    lines: Lines,
    previous: Vec<u8>,
    link: Option<Piece>,
}

impl Chain {
    /// A chain that starts at the seed of `claim`.
    pub(super) fn new(claim: &Claim<'_>, secret: &SecretKey) -> Result<Self, SeedError> {
        Ok(Self { key: Key::new(claim, secret), lines: Lines::of(claim)?, previous: claim.signature.to_vec(), link: None })
    }

    /// The signature of the next chunk.
    pub(super) fn chunk(&self, data: &[u8]) -> Signature {
        self.key.seal(|pen| self.lines.chunk(&self.previous, data, pen))
    }

    /// The signature of the trailers.
    pub(super) fn trailers(&self, trailers: &[(String, String)]) -> Signature {
        self.key.seal(|pen| self.lines.trailers(&self.previous, trailers, pen))
    }

    /// Goes on to the signature of `piece`.
    pub(super) fn extend(&mut self, piece: Piece, signature: &[u8]) {
        self.previous.clear();
        self.previous.extend_from_slice(signature);
        self.link = Some(piece);
    }

    /// The piece the next signature covers the signature of; `None` for the seed.
    pub(super) fn link(&self) -> Option<Piece> {
        self.link
    }

    /// What is signed for the next chunk, as text.
    pub(super) fn chunk_text(&self, data: &[u8]) -> Vec<u8> {
        text(|pen| self.lines.chunk(&self.previous, data, pen))
    }

    /// What is signed for the trailers, as text.
    pub(super) fn trailers_text(&self, trailers: &[(String, String)]) -> Vec<u8> {
        text(|pen| self.lines.trailers(&self.previous, trailers, pen))
    }
}

fn text(draft: impl FnOnce(&mut Pen<'_>)) -> Vec<u8> {
    let transcript = crate::transcript::recorded(crypto::HashName::Sha256, draft);
    transcript.string_to_sign().to_vec()
}

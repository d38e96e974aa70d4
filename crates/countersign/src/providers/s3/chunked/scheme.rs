//! The seed: the head of a chunked upload, signed as `s3-v4-header` with the text of a [`Mode`] for a payload hash.

use super::{
    Mode,
    head::{DECODED_LENGTH, STREAMING, TRAILER},
};
use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    pen::Pen,
    phrase::words,
    providers::s3::V4_HEADER,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Payload, Terms},
    wire::Ink,
};

/// `s3-v4-chunked`
pub static V4_CHUNKED: Chunked = Chunked;

/// `s3-v4-chunked`: what `s3-v4-header` is, for requests that announce chunks.
///
/// Signing with it needs the length of the data in the request and takes the mode from
/// `x-amz-content-sha256` or the terms; without either, chunks are signed, and trailers if any are announced.
/// Reading leaves these requests to `s3-v4-header` unless this scheme is asked for.
pub struct Chunked;

impl Scheme for Chunked {
    fn id(&self) -> &'static str {
        "s3-v4-chunked"
    }

    fn provider(&self) -> &'static str {
        "s3"
    }

    fn carrier(&self) -> Carrier {
        V4_HEADER.carrier()
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let payload = subject.request().and_then(|request| request.header_value("x-amz-content-sha256"));
        if !payload.is_some_and(|payload| payload.starts_with(STREAMING)) {
            return Ok(None);
        }
        let claim = V4_HEADER.read(subject, hints)?;
        Ok(claim.map(|claim| Claim { scheme: &V4_CHUNKED, ..claim }))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        request.header_value(DECODED_LENGTH).ok_or(SignError::Terms(words!("the header `x-amz-decoded-content-length`")))?;
        let mode = match (request.header_value("x-amz-content-sha256"), terms.payload) {
            (Some(text), _) => Mode::from_payload(text),
            (None, Payload::Text(text)) => Mode::from_payload(text.as_bytes()),
            (None, Payload::Unsigned) => Some(Mode::UnsignedTrailer),
            (None, Payload::Body) if request.header_value(TRAILER).is_some() => Some(Mode::SignedTrailer),
            (None, Payload::Body) => Some(Mode::Signed),
        };
        let mode =
            mode.ok_or(SignError::Terms(words!("a payload text for chunks, such as `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`,")))?;
        V4_HEADER.state(request, who, &terms.clone().payload(Payload::Text(mode.payload())), claim)
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        V4_HEADER.place(request, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        V4_HEADER.draft(subject, claim, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        V4_HEADER.seal(claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        V4_HEADER.carry(claim, signature, out);
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["s3-v4-header"]
    }
}

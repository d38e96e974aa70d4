//! What the head of the request says of the body behind it.

use super::{Mode, SeedError};
use crate::{subject::Request, terms::Claim, wire::number};
use alloc::{string::String, vec::Vec};

/// Where the length of the data is said, framing not counted.
pub(super) const DECODED_LENGTH: &str = "x-amz-decoded-content-length";
/// Where the names of the trailers are announced.
pub(super) const TRAILER: &str = "x-amz-trailer";
/// How every payload text begins that stands for a body in chunks.
pub(super) const STREAMING: &[u8] = b"STREAMING-";

/// What is announced.
#[derive(Clone, Debug)]
pub(super) struct Announced {
    pub(super) mode: Mode,
    /// Length of the data of all chunks.
    pub(super) decoded_len: u64,
    /// Names of the trailers in lower case.
    pub(super) trailers: Vec<String>,
}

impl Announced {
    pub(super) fn read(request: &Request<'_>, claim: &Claim<'_>) -> Result<Self, SeedError> {
        let payload = claim.payload.as_deref().unwrap_or_default();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let other = || if payload.starts_with(STREAMING) { SeedError::OtherMode } else { SeedError::NotChunked };
        let mode = Mode::from_payload(payload).ok_or_else(|| other()(text(payload)))?;
        let digits = request.header_value(DECODED_LENGTH).ok_or(SeedError::DecodedLengthMissing)?;
        let decoded_len = number(digits).ok_or_else(|| SeedError::DecodedLength(text(digits)))?;
        let lists = request.headers_named(TRAILER).flat_map(|field| field.value.split(|b| *b == b','));
        let names = lists.map(|name| text(&name.trim_ascii().to_ascii_lowercase()));
        Ok(Self { mode, decoded_len, trailers: names.filter(|name| !name.is_empty()).collect() })
    }

    /// Whether a trailer is announced.
    pub(super) fn has(&self, name: &str) -> bool {
        self.trailers.iter().any(|own| own == name)
    }

    /// The first announced trailer that is not in `there`.
    pub(super) fn missing(&self, there: &[(String, String)]) -> Option<&String> {
        self.trailers.iter().find(|name| !there.iter().any(|(own, _)| own == *name))
    }
}

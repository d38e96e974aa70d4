//! Chunked uploads: a body in chunks, a signature for each, and trailers behind them.
//!
//! Follows "Transferring Payload in Multiple Chunks" and "Including Trailing Headers", S3 API
//! Reference (sigv4-streaming, sigv4-streaming-trailers), read 2026-11; where the second page and the
//! SDKs disagree about line ends, both are taken and the SDKs' are written.
//!
//! The signature in the `Authorization` header is the seed. The signature of a chunk covers its data and
//! the signature before it, so that no chunk can be changed, lost, repeated or moved.
//!
//! - [`ChunkSigner`] writes the body, [`encoded_len`] tells its length beforehand,
//! - [`ChunkVerifier`] takes a body piece by piece and checks it, holding none of it,
//! - [`explain_chunks`] says which chunk is wrong and why,
//! - [`V4_CHUNKED`] signs and reads the seed.

mod chain;
mod checksum;
mod error;
mod explain;
mod head;
mod lines;
mod scheme;
mod sign;
mod trailers;
mod verify;

pub use checksum::{Checksum, ChecksumKind};
pub use error::{ChunkError, ChunkFault, FrameError, Mismatch, Piece, SeedError};
pub use explain::{ChunkFinding, ChunkInquiryError, ChunkReport, PieceReport, PieceState, codes, explain_chunks};
pub(crate) use explain::{explain_body, hash_of_data};
pub use scheme::V4_CHUNKED;
pub use sign::{ChunkSigner, encoded_len};
pub use verify::{ChunkVerifier, Received};

/// The least length of a chunk. Only the last one with data may be shorter.
pub const MIN_CHUNK: u64 = 8192;

/// How the chunks of an upload are protected: what `x-amz-content-sha256` says instead of a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Every chunk is signed.
    Signed,
    /// Every chunk is signed, and so are the trailers.
    SignedTrailer,
    /// Nothing behind the head is signed; a checksum in the trailers protects from accidents alone.
    UnsignedTrailer,
}

impl Mode {
    const ALL: [Self; 3] = [Self::Signed, Self::SignedTrailer, Self::UnsignedTrailer];

    /// The value of `x-amz-content-sha256`.
    #[must_use]
    pub const fn payload(self) -> &'static str {
        match self {
            Self::Signed => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            Self::SignedTrailer => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            Self::UnsignedTrailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        }
    }

    /// The mode that a value of `x-amz-content-sha256` names.
    #[must_use]
    pub fn from_payload(payload: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.payload().as_bytes() == payload)
    }

    /// Whether chunks carry signatures.
    #[must_use]
    pub const fn signs(self) -> bool {
        !matches!(self, Self::UnsignedTrailer)
    }

    /// Whether trailers follow the last chunk.
    #[must_use]
    pub const fn has_trailers(self) -> bool {
        !matches!(self, Self::Signed)
    }
}

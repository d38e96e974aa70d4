//! What is wrong with a chunked body: where, and why.

use super::MIN_CHUNK;
use crate::signature::Signature;
use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

/// A piece of a chunked body that has a signature of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A chunk; the first one is chunk 1, the empty one at the end is counted, too.
    Chunk(u64),
    /// The trailers behind the last chunk.
    Trailers,
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chunk(number) => write!(f, "chunk {number}"),
            Self::Trailers => f.write_str("the trailers"),
        }
    }
}

/// The first thing that is wrong with a chunked body.
///
/// A verifying server tells its caller only the vendor's coarse error: this one may hold the right signature.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChunkError {
    /// The piece it is in.
    pub piece: Piece,
    /// Offset of the first byte of the piece in the encoded body.
    pub offset: u64,
    /// What is wrong.
    pub fault: ChunkFault,
}

/// What is wrong with a piece of a chunked body.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ChunkFault {
    /// A chunk does not begin as chunks do.
    Header {
        /// The line found there.
        found: String,
        /// The form expected.
        wanted: &'static str,
    },
    /// The signature is missing.
    SignatureMissing,
    /// A chunk carries a signature although the request says that none does.
    SignatureUnexpected,
    /// The signature is not the one the secret gives.
    SignatureMismatch(Box<Mismatch>),
    /// Something other than a line end follows the data: it is longer or shorter than said.
    DataUnended {
        /// The length the chunk says.
        said: u64,
    },
    /// The body ends inside the data.
    DataCut {
        /// The length the chunk says.
        said: u64,
        /// The bytes that are there.
        found: u64,
    },
    /// The body ends inside the framing.
    Cut {
        /// What it ends in.
        inside: &'static str,
    },
    /// The body ends without the empty chunk that marks the end.
    FinalChunkMissing,
    /// The chunk has fewer than [`MIN_CHUNK`] bytes and is not the last one with data.
    TooShort {
        /// Its length.
        len: u64,
    },
    /// All data together is not as long as `x-amz-decoded-content-length` says.
    DecodedLength {
        /// The length the header says.
        said: u64,
        /// The length of the data up to and with this piece.
        found: u64,
    },
    /// A line behind the last chunk is not a trailer.
    Trailer {
        /// The line.
        found: String,
        /// The form expected.
        wanted: &'static str,
    },
    /// A trailer is not named in `x-amz-trailer`.
    TrailerNotAnnounced {
        /// Its name.
        name: String,
    },
    /// A trailer stands there twice.
    TrailerTwice {
        /// Its name.
        name: String,
    },
    /// A trailer that `x-amz-trailer` names is not there.
    TrailerMissing {
        /// Its name.
        name: String,
    },
    /// A checksum is not that of the data.
    Checksum {
        /// The trailer.
        name: String,
        /// Its value.
        sent: String,
        /// The checksum of the data.
        found: String,
    },
    /// Something follows the end of the body.
    AfterEnd,
}

impl ChunkFault {
    pub(super) const LENGTH_WRONG: &str = "chunk-length-wrong";

    /// The codes of all faults but a signature that differs: that has causes.
    pub(super) const CODES: [&str; 14] = [
        "chunk-header-malformed",
        "chunk-signature-missing",
        "chunk-signature-unexpected",
        Self::LENGTH_WRONG,
        "chunked-body-cut",
        "final-chunk-missing",
        "chunk-too-short",
        "decoded-length-differs",
        "trailer-malformed",
        "trailer-not-announced",
        "trailer-repeated",
        "trailer-missing",
        "checksum-differs",
        "body-goes-on",
    ];

    /// The fault in a word, for reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Header { .. } => "chunk-header-malformed",
            Self::SignatureMissing => "chunk-signature-missing",
            Self::SignatureUnexpected => "chunk-signature-unexpected",
            Self::SignatureMismatch(_) => "chunk-signature-mismatch",
            Self::DataUnended { .. } => Self::LENGTH_WRONG,
            Self::DataCut { .. } | Self::Cut { .. } => "chunked-body-cut",
            Self::FinalChunkMissing => "final-chunk-missing",
            Self::TooShort { .. } => "chunk-too-short",
            Self::DecodedLength { .. } => "decoded-length-differs",
            Self::Trailer { .. } => "trailer-malformed",
            Self::TrailerNotAnnounced { .. } => "trailer-not-announced",
            Self::TrailerTwice { .. } => "trailer-repeated",
            Self::TrailerMissing { .. } => "trailer-missing",
            Self::Checksum { .. } => "checksum-differs",
            Self::AfterEnd => "body-goes-on",
        }
    }
}

/// A signature that differs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Mismatch {
    /// The signature that was sent.
    pub sent: String,
    /// The signature the secret gives. Do not show it to the sender.
    pub expected: Signature,
    /// The text it seals.
    pub string_to_sign: Vec<u8>,
    /// The piece whose signature, as sent, it covers; `None` for the seed.
    pub chained_to: Option<Piece>,
}

impl fmt::Display for ChunkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at offset {} of the body: {}", self.piece, self.offset, self.fault)
    }
}

impl fmt::Display for ChunkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header { found, wanted } => write!(f, "it begins with `{found}`; expected {wanted}"),
            Self::SignatureMissing => f.write_str("the signature is missing"),
            Self::SignatureUnexpected => {
                f.write_str("it carries a signature, and `x-amz-content-sha256` says that chunks carry none")
            }
            Self::SignatureMismatch(mismatch) => match mismatch.chained_to {
                Some(piece) => write!(f, "the signature does not match what follows from the data and the signature of {piece}"),
                None => f.write_str("the signature does not match what follows from the data and the seed"),
            },
            Self::DataUnended { said } => {
                write!(f, "no line end follows the {said} bytes of data it says: the data is longer or shorter")
            }
            Self::DataCut { said, found } => write!(f, "the body ends after {found} of the {said} bytes of data it says"),
            Self::Cut { inside } => write!(f, "the body ends inside {inside}"),
            Self::FinalChunkMissing => f.write_str("the body ends here; expected another chunk, an empty one at the end"),
            Self::TooShort { len } => {
                write!(f, "it has {len} bytes; expected at least {MIN_CHUNK} in all chunks but the last one with data")
            }
            Self::DecodedLength { said, found } => {
                write!(f, "the data has {found} bytes up to here; expected {said}, as `x-amz-decoded-content-length` says")
            }
            Self::Trailer { found, wanted } => write!(f, "it has the line `{found}`; expected {wanted}"),
            Self::TrailerNotAnnounced { name } => write!(f, "`{name}` is not named in `x-amz-trailer`"),
            Self::TrailerTwice { name } => write!(f, "`{name}` occurs twice; expected once"),
            Self::TrailerMissing { name } => write!(f, "`{name}` is missing, and `x-amz-trailer` names it"),
            Self::Checksum { name, sent, found } => write!(f, "`{name}` is `{sent}`; the data gives `{found}`"),
            Self::AfterEnd => f.write_str("something follows the end"),
        }
    }
}

/// Why a chunked body cannot be begun or judged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SeedError {
    /// The seed is signed in another scheme than `s3-v4-header`.
    OtherScheme(&'static str),
    /// The request does not say when it was signed.
    TimeMissing,
    /// The payload is not announced as chunks; what is said instead.
    NotChunked(String),
    /// The payload is announced as chunks of a kind that is not known here.
    OtherMode(String),
    /// `x-amz-decoded-content-length` is missing.
    DecodedLengthMissing,
    /// `x-amz-decoded-content-length` is not a number; what it is.
    DecodedLength(String),
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherScheme(id) => write!(f, "the request is signed with `{id}`; expected `s3-v4-header`"),
            Self::TimeMissing => f.write_str("`x-amz-date` is missing"),
            Self::NotChunked(found) => write!(f, "`x-amz-content-sha256` is `{found}`; expected `STREAMING-...`"),
            Self::OtherMode(found) => {
                f.write_str("`x-amz-content-sha256` is `")?;
                write!(f, "{found}`; expected one of")?;
                super::Mode::ALL.iter().try_for_each(|mode| write!(f, " `{}`", mode.payload()))
            }
            Self::DecodedLengthMissing => f.write_str("`x-amz-decoded-content-length` is missing"),
            Self::DecodedLength(found) => {
                write!(f, "`x-amz-decoded-content-length` is `{found}`; expected the number of bytes of data")
            }
        }
    }
}

/// Why a chunked body cannot be written as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// A chunk of fewer than [`MIN_CHUNK`] bytes was not the last one with data.
    TooShort {
        /// Its length.
        len: u64,
    },
    /// All data together is not as long as `x-amz-decoded-content-length` says.
    DecodedLength {
        /// The length the header says.
        said: u64,
        /// The length of the data given.
        found: u64,
    },
    /// This trailer is not named in `x-amz-trailer`.
    TrailerNotAnnounced(String),
    /// This trailer is given twice.
    TrailerTwice(String),
    /// This trailer is named in `x-amz-trailer` and not given.
    TrailerMissing(String),
    /// The value of this trailer holds a line end.
    TrailerValue(String),
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { len } => {
                write!(f, "a chunk of {len} bytes; expected at least {MIN_CHUNK} in all chunks but the last one with data")
            }
            Self::DecodedLength { said, found } => {
                write!(f, "{found} bytes of data; expected {said}, as `x-amz-decoded-content-length` says")
            }
            Self::TrailerNotAnnounced(name) => write!(f, "the trailer `{name}` is not named in `x-amz-trailer`"),
            Self::TrailerTwice(name) => write!(f, "the trailer `{name}` is given twice; expected once"),
            Self::TrailerMissing(name) => write!(f, "the trailer `{name}` is named in `x-amz-trailer` and missing"),
            Self::TrailerValue(name) => write!(f, "the value of the trailer `{name}` holds a line end"),
        }
    }
}

impl core::error::Error for ChunkError {}
impl core::error::Error for SeedError {}
impl core::error::Error for FrameError {}

//! What is wrong with a chunked body: where, and why.

use super::MIN_CHUNK;
use crate::{
    phrase::{Phrase, Told, phrase, tell_in_english},
    signature::Signature,
};
use alloc::{boxed::Box, string::String, vec::Vec};

/// A piece of a chunked body that has a signature of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A chunk; the first one is chunk 1, the empty one at the end is counted, too.
    Chunk(u64),
    /// The trailers behind the last chunk.
    Trailers,
}

impl Told for Piece {
    fn told(&self) -> Phrase {
        match self {
            Self::Chunk(number) => phrase!("chunk {number}").with("number", *number),
            Self::Trailers => phrase!("the trailers"),
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

impl Told for ChunkError {
    fn told(&self) -> Phrase {
        phrase!("{piece}, at offset {offset} of the body: {fault}")
            .with("piece", self.piece.told())
            .with("offset", self.offset)
            .with("fault", self.fault.told())
    }
}

impl Told for ChunkFault {
    fn told(&self) -> Phrase {
        match self {
            Self::Header { found, wanted } => {
                phrase!("it begins with `{found}`; expected {wanted}").shown("found", found).with("wanted", Phrase::of(wanted))
            }
            Self::SignatureMissing => phrase!("the signature is missing"),
            Self::SignatureUnexpected => {
                phrase!("it carries a signature, and `x-amz-content-sha256` says that chunks carry none")
            }
            Self::SignatureMismatch(mismatch) => match mismatch.chained_to {
                Some(piece) => phrase!("the signature does not match what follows from the data and the signature of {piece}")
                    .with("piece", piece.told()),
                None => phrase!("the signature does not match what follows from the data and the seed"),
            },
            Self::DataUnended { said } => {
                phrase!("no line end follows the {said} bytes of data it says: the data is longer or shorter").shown("said", said)
            }
            Self::DataCut { said, found } => phrase!("the body ends after {found} of the {said} bytes of data it says")
                .shown("found", found)
                .shown("said", said),
            Self::Cut { inside } => phrase!("the body ends inside {inside}").with("inside", Phrase::of(inside)),
            Self::FinalChunkMissing => phrase!("the body ends here; expected another chunk, an empty one at the end"),
            Self::TooShort { len } => {
                phrase!("it has {len} bytes; expected at least {limit} in all chunks but the last one with data")
                    .shown("len", len)
                    .shown("limit", MIN_CHUNK)
            }
            Self::DecodedLength { said, found } => {
                phrase!("the data has {found} bytes up to here; expected {said}, as `x-amz-decoded-content-length` says")
                    .shown("found", found)
                    .shown("said", said)
            }
            Self::Trailer { found, wanted } => {
                phrase!("it has the line `{found}`; expected {wanted}").shown("found", found).with("wanted", Phrase::of(wanted))
            }
            Self::TrailerNotAnnounced { name } => phrase!("`{name}` is not named in `x-amz-trailer`").shown("name", name),
            Self::TrailerTwice { name } => phrase!("`{name}` occurs twice; expected once").shown("name", name),
            Self::TrailerMissing { name } => phrase!("`{name}` is missing, and `x-amz-trailer` names it").shown("name", name),
            Self::Checksum { name, sent, found } => phrase!("`{name}` is `{sent}`; the data gives `{found}`")
                .shown("name", name)
                .shown("sent", sent)
                .shown("found", found),
            Self::AfterEnd => phrase!("something follows the end"),
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

impl Told for SeedError {
    fn told(&self) -> Phrase {
        match self {
            Self::OtherScheme(id) => phrase!("the request is signed with `{id}`; expected `s3-v4-header`").shown("id", id),
            Self::TimeMissing => phrase!("`x-amz-date` is missing"),
            Self::NotChunked(found) => {
                phrase!("`x-amz-content-sha256` is `{found}`; expected `STREAMING-...`").shown("found", found)
            }
            Self::OtherMode(found) => {
                let modes: Vec<_> = super::Mode::ALL.iter().map(|mode| ["`", mode.payload(), "`"].concat()).collect();
                phrase!("`x-amz-content-sha256` is `{found}`; expected one of {modes}")
                    .shown("found", found)
                    .data("modes", modes.join(" "))
            }
            Self::DecodedLengthMissing => phrase!("`x-amz-decoded-content-length` is missing"),
            Self::DecodedLength(found) => {
                phrase!("`x-amz-decoded-content-length` is `{found}`; expected the number of bytes of data").shown("found", found)
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

impl Told for FrameError {
    fn told(&self) -> Phrase {
        match self {
            Self::TooShort { len } => {
                phrase!("a chunk of {len} bytes; expected at least {limit} in all chunks but the last one with data")
                    .shown("len", len)
                    .shown("limit", MIN_CHUNK)
            }
            Self::DecodedLength { said, found } => {
                phrase!("{found} bytes of data; expected {said}, as `x-amz-decoded-content-length` says")
                    .shown("found", found)
                    .shown("said", said)
            }
            Self::TrailerNotAnnounced(name) => {
                phrase!("the trailer `{name}` is not named in `x-amz-trailer`").shown("name", name)
            }
            Self::TrailerTwice(name) => phrase!("the trailer `{name}` is given twice; expected once").shown("name", name),
            Self::TrailerMissing(name) => {
                phrase!("the trailer `{name}` is named in `x-amz-trailer` and missing").shown("name", name)
            }
            Self::TrailerValue(name) => phrase!("the value of the trailer `{name}` holds a line end").shown("name", name),
        }
    }
}

tell_in_english!(Piece, ChunkError, ChunkFault, SeedError, FrameError);
impl core::error::Error for ChunkError {}
impl core::error::Error for SeedError {}
impl core::error::Error for FrameError {}

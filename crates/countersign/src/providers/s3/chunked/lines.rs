//! The lines between the data: those that start chunks, and trailers.

use super::{ChunkFault, Mode};
use crate::phrase::words;
use alloc::string::String;

/// What stands between the length of a chunk and its signature.
pub(super) const SIGNATURE: &[u8] = b";chunk-signature=";
/// The trailer that carries the signature of the others.
pub(super) const TRAILER_SIGNATURE: &str = "x-amz-trailer-signature";
/// The longest line that starts a chunk. A right one has 97 bytes at most.
pub(super) const MAX_CHUNK_LINE: usize = 256;
/// The most bytes of all trailers together.
pub(super) const MAX_TRAILERS: usize = 16_384;

const SIGNED_FORM: &str = words!("`<length in hexadecimal>;chunk-signature=<signature>` and CR LF");
const UNSIGNED_FORM: &str = words!("`<length in hexadecimal>` and CR LF");
const TRAILER_FORM: &str = words!("`<name>:<value>` in UTF-8");
const TRAILERS_LIMIT: &str = words!("at most 16384 bytes of trailers");

/// What the line that starts a chunk says.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChunkLine<'l> {
    pub(super) len: u64,
    /// Empty where chunks carry none.
    pub(super) signature: &'l [u8],
}

/// Reads the line that starts a chunk, with its line end.
pub(super) fn chunk_line(line: &[u8], mode: Mode) -> Result<ChunkLine<'_>, ChunkFault> {
    let bad = || bad_chunk_line(line, mode);
    let text = line.strip_suffix(b"\r\n").ok_or_else(bad)?;
    let digits = text.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    let (digits, rest) = text.split_at_checked(digits).unwrap_or_default();
    let len = length(digits).ok_or_else(bad)?;
    match (rest.strip_prefix(SIGNATURE), mode.signs()) {
        (None, false) if rest.is_empty() => Ok(ChunkLine { len, signature: b"" }),
        (None, true) if rest.is_empty() => Err(ChunkFault::SignatureMissing),
        (Some(b""), true) => Err(ChunkFault::SignatureMissing),
        (Some(signature), true) => Ok(ChunkLine { len, signature }),
        (Some(_), false) => Err(ChunkFault::SignatureUnexpected),
        (None, _) => Err(bad()),
    }
}

/// The fault of a line that does not start a chunk.
fn bad_chunk_line(line: &[u8], mode: Mode) -> ChunkFault {
    ChunkFault::Header { found: shown(line), wanted: if mode.signs() { SIGNED_FORM } else { UNSIGNED_FORM } }
}

/// A line without its end, which may be a line feed alone.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Reads a trailer: its name in lower case and its value, both without blanks around.
pub(super) fn trailer_line(line: &[u8]) -> Result<(String, String), ChunkFault> {
    let both = core::str::from_utf8(without_end(line)).ok().and_then(|line| line.split_once(':'));
    let (name, value) = both.ok_or_else(|| bad_trailer(line))?;
    let trimmed = |text: &str| String::from(text.trim_matches([' ', '\t']));
    let name = trimmed(name).to_ascii_lowercase();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(bad_trailer(line));
    }
    Ok((name, trimmed(value)))
}

/// The fault of a line that is not a trailer.
fn bad_trailer(line: &[u8]) -> ChunkFault {
    ChunkFault::Trailer { found: shown(line), wanted: TRAILER_FORM }
}

/// The fault of a line that goes beyond what trailers may have.
pub(super) fn too_many_trailers(line: &[u8]) -> ChunkFault {
    ChunkFault::Trailer { found: shown(line), wanted: TRAILERS_LIMIT }
}

/// A length of one to sixteen hexadecimal digits.
fn length(digits: &[u8]) -> Option<u64> {
    let digits = core::str::from_utf8(digits).ok().filter(|digits| digits.len() <= 16)?;
    u64::from_str_radix(digits, 16).ok()
}

/// The start of a line, for messages.
fn shown(line: &[u8]) -> String {
    let start = line.get(..line.len().min(80)).unwrap_or_default();
    String::from_utf8_lossy(start.trim_ascii_end()).into_owned()
}

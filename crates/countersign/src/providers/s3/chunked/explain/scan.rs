//! A whole body taken apart, as far as it goes: faults in its framing are passed over where the next chunk can be found.

use crate::providers::s3::chunked::{
    Mode,
    lines::{ChunkLine, MAX_CHUNK_LINE, MAX_TRAILERS, TRAILER_SIGNATURE, chunk_line, trailer_line},
};
use alloc::{string::String, vec::Vec};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Scan<'b> {
    pub(super) chunks: Vec<Chunk<'b>>,
    /// What follows the empty chunk.
    pub(super) trailers: Option<Trailers<'b>>,
}

/// A chunk.
#[derive(Debug)]
pub(super) struct Chunk<'b> {
    pub(super) offset: usize,
    /// The length it says as text, and as a number.
    pub(super) digits: &'b [u8],
    pub(super) said: u64,
    /// Empty when it carries none.
    pub(super) signature: &'b [u8],
    /// The data that is there.
    pub(super) data: &'b [u8],
    /// The body ends in the data.
    pub(super) cut: bool,
}

impl Chunk<'_> {
    /// Whether another chunk follows, but not where the length says.
    pub(super) fn is_resized(&self) -> bool {
        !self.cut && self.said != self.data.len() as u64
    }
}

/// The trailers.
#[derive(Debug)]
pub(super) struct Trailers<'b> {
    pub(super) offset: usize,
    /// The lines as sent, without line ends.
    pub(super) lines: Vec<&'b [u8]>,
    /// Names in lower case and values, sorted.
    pub(super) list: Vec<(String, String)>,
    pub(super) signature: Option<String>,
}

/// Takes a body apart.
pub(super) fn scan(body: &[u8], mode: Mode) -> Scan<'_> {
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some((line, rest)) = first_line(body.get(at..).unwrap_or_default()) {
        let Some(ChunkLine { len: said, signature }) = lenient(line) else { break };
        let digits = line.iter().position(|b| !b.is_ascii_hexdigit()).and_then(|end| line.get(..end)).unwrap_or_default();
        let offset = at;
        at += line.len();
        if said == 0 {
            scan.chunks.push(Chunk { offset, digits, said, signature, data: &[], cut: false });
            scan.trailers = mode.has_trailers().then(|| trailers(rest, at, mode));
            break;
        }
        let len = usize::try_from(said).unwrap_or(usize::MAX);
        let ended = rest.get(len..).is_some_and(|behind| behind.starts_with(b"\r\n"));
        let found = if ended { Some(len) } else { next_chunk(rest, mode) };
        let data = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
        scan.chunks.push(Chunk { offset, digits, said, signature, data, cut: found.is_none() });
        if found.is_none() {
            break;
        }
        at += data.len() + 2;
    }
    scan
}

/// A line with its line end, and what follows it.
fn first_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().take(MAX_CHUNK_LINE).position(|b| *b == b'\n')?;
    bytes.split_at_checked(end + 1)
}

/// The line of a chunk in whatever mode it is written.
fn lenient(line: &[u8]) -> Option<ChunkLine<'_>> {
    chunk_line(line, Mode::Signed).or_else(|_| chunk_line(line, Mode::UnsignedTrailer)).ok()
}

/// Where data ends whose length is wrong: before the first line end that is followed by the line of another chunk.
fn next_chunk(bytes: &[u8], mode: Mode) -> Option<usize> {
    let ends = bytes.windows(2).enumerate().filter(|(_, two)| two == b"\r\n").map(|(at, _)| at);
    let starts_chunk = |line: &[u8]| chunk_line(line, mode).is_ok_and(|chunk| !mode.signs() || chunk.signature.len() == 64);
    ends.into_iter().find(|at| bytes.get(at + 2..).and_then(first_line).is_some_and(|(line, _)| starts_chunk(line)))
}

fn trailers(bytes: &[u8], offset: usize, mode: Mode) -> Trailers<'_> {
    let mut found = Trailers { offset, lines: Vec::new(), list: Vec::new(), signature: None };
    for line in bytes.get(..bytes.len().min(MAX_TRAILERS)).unwrap_or_default().split(|b| *b == b'\n') {
        let Ok((name, value)) = trailer_line(line) else { continue };
        if mode.signs() && name == TRAILER_SIGNATURE {
            found.signature = Some(value);
            break;
        }
        found.lines.push(line.strip_suffix(b"\r").unwrap_or(line));
        found.list.push((name, value));
    }
    found.list.sort();
    found
}

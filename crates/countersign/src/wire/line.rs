//! A text put together in place.

use super::{
    Ink, copy,
    percent::{self, Kept},
};
use alloc::vec::Vec;
use core::fmt;

/// So many bytes are held without an allocation: none where little code counts more.
const SHORT: usize = if cfg!(feature = "compact") { 0 } else { 512 };

/// A text that is put together and then written. Few are so long that it has to go to the heap.
///
/// A `SmallVec` would do, but takes twice as long for pieces of some bytes.
#[derive(Clone)]
pub(crate) struct Line {
    short: [u8; SHORT],
    /// How much of it is written: all, once the text is longer.
    len: usize,
    /// The whole of a longer text.
    long: Vec<u8>,
}

impl Line {
    pub(crate) const fn new() -> Self {
        Self { short: [0; SHORT], len: 0, long: Vec::new() }
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        if self.long.is_empty() { self.short.get(..self.len).unwrap_or_default() } else { &self.long }
    }

    /// Writes `bytes` with everything outside `kept` as `%XX`.
    pub(crate) fn encode(&mut self, bytes: &[u8], kept: &Kept) {
        if kept.holds(bytes) {
            self.write(bytes);
        } else {
            self.escape(bytes, kept);
        }
    }

    #[inline(never)]
    fn escape(&mut self, bytes: &[u8], kept: &Kept) {
        match self.short.get_mut(self.len..self.len + 3 * bytes.len()) {
            Some(place) => self.len += percent::fill(bytes, kept, place),
            None => percent::encode(bytes, kept, self),
        }
    }

    /// Writes `bytes` between two others.
    #[inline]
    pub(crate) fn write_between(&mut self, first: u8, bytes: &[u8], last: u8) {
        let end = self.len + bytes.len() + 2;
        match self.short.get_mut(self.len..end) {
            Some([before, place @ .., behind]) => {
                (*before, *behind) = (first, last);
                copy(place, bytes);
                self.len = end;
            }
            _ => [&[first], bytes, &[last]].into_iter().for_each(|piece| self.write_long(piece)),
        }
    }

    #[inline(never)]
    fn write_long(&mut self, bytes: &[u8]) {
        if self.long.is_empty() {
            self.long.extend_from_slice(self.short.get(..self.len).unwrap_or_default());
            // No room is left there.
            self.len = SHORT;
        }
        self.long.extend_from_slice(bytes);
    }
}

impl Default for Line {
    fn default() -> Self {
        Self::new()
    }
}

impl Ink for Line {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        match self.short.get_mut(self.len..end) {
            Some(place) => {
                copy(place, bytes);
                self.len = end;
            }
            None => self.write_long(bytes),
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.as_slice().escape_ascii())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::percent::UNRESERVED;

    #[test]
    fn long_lines_are_whole() {
        let pieces: [&[u8]; 5] = [b"a/b", b"", b"~\xff c", &[b'x'; 300], &[b'/'; 90]];
        for turns in 1..6 {
            let (mut line, mut plain) = (Line::new(), Vec::new());
            for piece in pieces.iter().cycle().take(turns * 5) {
                line.write(b"&");
                line.encode(piece, &UNRESERVED);
                line.write(piece);
                plain.push(b'&');
                percent::encode(piece, &UNRESERVED, &mut plain);
                plain.extend_from_slice(piece);
                assert_eq!(line.as_slice(), plain);
            }
        }
    }
}

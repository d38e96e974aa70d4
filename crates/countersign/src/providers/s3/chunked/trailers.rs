//! The trailers behind the last chunk, as they come in.
//!
//! SDKs write `name:value` lines ended by CR LF, then their signature, then an empty line. Others end
//! values by a line feed and write an empty line before the signature, as the vendor's page does, which also
//! prints one before the first trailer. Signed are the names and values alone, so all of these are taken.

use super::{
    ChunkFault,
    head::Announced,
    lines::{MAX_TRAILERS, TRAILER_SIGNATURE, too_many_trailers, trailer_line, without_end},
};
use crate::phrase::words;
use alloc::{string::String, vec::Vec};

/// What a line behind the last chunk is.
pub(super) enum Line {
    /// A trailer or an empty line: nothing to be done yet.
    Taken,
    /// The signature of the trailers before it.
    Signature(String),
}

/// Trailers taken so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Trailers {
    list: Vec<(String, String)>,
    taken: usize,
    signed: bool,
    /// The empty line at the end was there.
    closed: bool,
}

impl Trailers {
    /// Takes a line with its line end.
    pub(super) fn take(&mut self, line: &[u8], announced: &Announced) -> Result<Line, ChunkFault> {
        self.taken = self.taken.saturating_add(line.len());
        if self.taken > MAX_TRAILERS {
            return Err(too_many_trailers(line));
        }
        let signs = announced.mode.signs();
        if without_end(line).is_empty() {
            self.closed = self.signed || !signs;
            return Ok(Line::Taken);
        }
        // The page's empty line before the first trailer is not the end.
        if self.closed && (signs || !self.list.is_empty()) {
            return Err(ChunkFault::AfterEnd);
        }
        self.closed = false;
        let (name, value) = trailer_line(line)?;
        if self.signed {
            return Err(ChunkFault::AfterEnd);
        }
        if signs && name == TRAILER_SIGNATURE {
            self.signed = true;
            self.list.sort();
            return Ok(Line::Signature(value));
        }
        if !announced.has(&name) {
            return Err(ChunkFault::TrailerNotAnnounced { name });
        }
        if self.list.iter().any(|(own, _)| *own == name) {
            return Err(ChunkFault::TrailerTwice { name });
        }
        self.list.push((name, value));
        Ok(Line::Taken)
    }

    /// All trailers; sorted by name once their signature was there.
    pub(super) fn list(&self) -> &[(String, String)] {
        &self.list
    }

    /// Whether all that must be there was there when the body ended.
    pub(super) fn finish(self, announced: &Announced) -> Result<Vec<(String, String)>, ChunkFault> {
        if let Some(name) = announced.missing(&self.list) {
            return Err(ChunkFault::TrailerMissing { name: name.clone() });
        }
        if announced.mode.signs() && !self.signed {
            return Err(ChunkFault::SignatureMissing);
        }
        if !self.closed {
            return Err(ChunkFault::Cut { inside: words!("the empty line at the end") });
        }
        Ok(self.list)
    }
}

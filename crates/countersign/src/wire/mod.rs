//! What travels on the wire, byte for byte: escapes, parameters, header values, messages.
//!
//! Nothing here knows a vendor, a key or a hash.

pub mod header;
pub mod hex;
pub mod http;
pub(crate) mod json;
pub mod percent;
pub mod query;
pub mod text;
pub mod url;

use alloc::vec::Vec;

/// Something bytes can be written to: a buffer, a hash, a record.
pub trait Ink {
    /// Takes the next bytes.
    fn write(&mut self, bytes: &[u8]);
}

impl Ink for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// Splits `bytes` around the first `separator`; the second half is `None` when there is none.
pub(crate) fn split_once(bytes: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    let mut halves = bytes.splitn(2, |b| *b == separator);
    (halves.next().unwrap_or_default(), halves.next())
}

/// `bytes` without the first `prefix`, compared without regard to ASCII case.
pub(crate) fn strip_prefix_ignore_case<'a>(bytes: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let (head, tail) = bytes.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

/// `text` with every `from` replaced by `to`.
pub(crate) fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((first, tail)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(behind) => {
                out.extend_from_slice(to);
                rest = behind;
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

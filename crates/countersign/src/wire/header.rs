//! Header fields as they stand on the wire, and the ways vendors tidy their values.

use super::Ink;
use smallvec::SmallVec;

/// One header field as received: name in its own case, value with its blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// The field name.
    pub name: &'a str,
    /// Everything after the colon and the one blank that clients write behind it, without the line
    /// end. May hold further blanks and folded lines.
    pub value: &'a [u8],
}

impl<'a> Header<'a> {
    /// A field from its name and value.
    #[must_use]
    pub const fn new(name: &'a str, value: &'a [u8]) -> Self {
        Self { name, value }
    }

    /// Whether the field has this name; case does not matter.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value without blanks around it.
    #[must_use]
    pub fn trimmed(&self) -> &'a [u8] {
        self.value.trim_ascii()
    }
}

/// Whether `name` starts with the lower-case `prefix`; case does not matter.
#[must_use]
pub fn has_prefix(name: &str, prefix: &str) -> bool {
    name.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// Byte order of two names in lower case.
#[must_use]
pub fn cmp_names(a: &str, b: &str) -> core::cmp::Ordering {
    a.bytes().map(|b| b.to_ascii_lowercase()).cmp(b.bytes().map(|b| b.to_ascii_lowercase()))
}

/// A lower-case name for a moment.
pub(crate) type Name = SmallVec<[u8; 48]>;

/// `name` in lower case.
pub(crate) fn lower_name(name: &str) -> Name {
    let mut text = Name::new();
    lower(name.as_bytes(), &mut text);
    text
}

/// Whether there is a capital among the ASCII letters. All bytes are looked at: that is quicker than to stop.
pub(crate) fn has_upper(text: &[u8]) -> bool {
    text.iter().fold(false, |any, byte| any | byte.is_ascii_uppercase())
}

/// Writes `text` in lower case.
pub fn lower(text: &[u8], ink: &mut (impl Ink + ?Sized)) {
    if !has_upper(text) {
        return ink.write(text);
    }
    for chunk in text.chunks(32) {
        let mut lower = [0; 32];
        for (to, from) in lower.iter_mut().zip(chunk) {
            *to = from.to_ascii_lowercase();
        }
        ink.write(lower.get(..chunk.len()).unwrap_or_default());
    }
}

/// Writes `value` trimmed, with every run of blanks, tabs and line folds as one blank.
pub fn collapsed(value: &[u8], ink: &mut (impl Ink + ?Sized)) {
    let blank = |b: &u8| b.is_ascii_whitespace();
    // Most values are clean.
    let value = value.trim_ascii();
    if !value.iter().zip(value.iter().skip(1)).any(|(a, b)| blank(b) && (blank(a) || *b != b' ')) {
        return ink.write(value);
    }
    let mut words = value.split(blank).filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        ink.write(first);
    }
    for word in words {
        ink.write(b" ");
        ink.write(word);
    }
}

/// Writes `value` trimmed, with line folds removed and inner blanks as they are.
pub fn unfolded(value: &[u8], ink: &mut (impl Ink + ?Sized)) {
    let value = value.trim_ascii();
    if !value.iter().any(|b| matches!(b, b'\r' | b'\n')) {
        return ink.write(value);
    }
    let mut lines = value.split(|b| matches!(b, b'\r' | b'\n')).filter(|l| !l.is_empty());
    if let Some(first) = lines.next() {
        ink.write(first);
    }
    for line in lines {
        ink.write(b" ");
        ink.write(line.trim_ascii());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn collapsing_joins_runs_and_folds() {
        let mut out = Vec::new();
        collapsed(b"  a  b\t c\r\n   d ", &mut out);
        assert_eq!(out, b"a b c d");
        for (value, wanted) in [(&b" a b "[..], &b"a b"[..]), (b"a\tb", b"a b"), (b"a  b", b"a b"), (b"", b""), (b" ", b"")] {
            let mut out = Vec::new();
            collapsed(value, &mut out);
            assert_eq!(out, wanted);
        }
    }

    #[test]
    fn unfolding_keeps_inner_blanks() {
        let mut out = Vec::new();
        unfolded(b" two  inner\r\n   folded\t", &mut out);
        assert_eq!(out, b"two  inner folded");
    }

    #[test]
    fn prefix_ignores_case_and_length_is_safe() {
        assert!(has_prefix("X-OSS-Meta-a", "x-oss-"));
        assert!(!has_prefix("x-os", "x-oss-"));
        assert!(!has_prefix("\u{e9}\u{e9}\u{e9}", "x-oss-"));
    }
}

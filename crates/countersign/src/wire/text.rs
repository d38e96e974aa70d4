//! A piece of signed text: borrowed from the request, or made on the spot.

use super::{Ink, copy, decimal, percent};
use alloc::{borrow::Cow, string::String, vec::Vec};
use core::{fmt, ops::Deref};

/// Bytes of one fact of a request, exactly as they are signed.
///
/// What stands in the request is borrowed. Short texts a signer makes (dates, numbers, the hash of a body, the names
/// of a few headers) are kept in place, so that signing needs no allocation for them.
#[derive(Clone)]
pub struct Text<'a>(Repr<'a>);

const SHORT: usize = 70;

#[derive(Clone)]
enum Repr<'a> {
    Borrowed(&'a [u8]),
    Short(u8, [u8; SHORT]),
    Owned(Vec<u8>),
}

impl<'a> Text<'a> {
    /// The empty text.
    pub const EMPTY: Self = Self(Repr::Borrowed(&[]));

    /// The same bytes for as long as `self` lives, without copying them.
    #[must_use]
    pub fn by_ref(&self) -> Text<'_> {
        Text(Repr::Borrowed(self))
    }

    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    #[must_use]
    pub fn to_str(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self)
    }

    /// A copy of `bytes`.
    #[must_use]
    #[inline]
    pub fn copied(bytes: &[u8]) -> Self {
        let mut text = Self::EMPTY;
        text.set(bytes);
        text
    }

    /// Becomes a copy of `bytes`. To fill in a text where it lies is quicker than to move one there.
    #[inline]
    pub(crate) fn set(&mut self, bytes: &[u8]) {
        match self.shortened(bytes.len()) {
            Some(place) => copy(place, bytes),
            None => self.0 = Repr::Owned(bytes.to_vec()),
        }
    }

    /// Becomes the decimal digits of `number`.
    pub(crate) fn set_decimal(&mut self, number: u64) {
        // At most 20 digits.
        if let Some(place) = self.shortened(digits(number)) {
            decimal(number, place);
        }
    }

    /// Becomes two numbers, `from;to`.
    pub(crate) fn set_interval(&mut self, from: u64, to: u64) {
        // At most 20 digits each.
        let front = digits(from);
        let text = self.shortened(front + 1 + digits(to));
        if let Some((own, [separator, rest @ ..])) = text.and_then(|text| text.split_at_mut_checked(front)) {
            decimal(from, own);
            *separator = b';';
            decimal(to, rest);
        }
    }

    /// Becomes so many bytes in place, to be filled; `None` where there is no room for them.
    #[inline]
    fn shortened(&mut self, len: usize) -> Option<&mut [u8]> {
        if len > SHORT {
            return None;
        }
        // At most SHORT, which is 70.
        self.0 = Repr::Short(len as u8, [0; SHORT]);
        match &mut self.0 {
            Repr::Short(_, short) => short.get_mut(..len),
            _ => None,
        }
    }

    /// `raw` without its escapes; borrowed if it has none.
    #[must_use]
    pub fn unescaped(raw: &'a [u8]) -> Self {
        if !raw.contains(&b'%') {
            return Self(Repr::Borrowed(raw));
        }
        let mut text = Self::EMPTY;
        percent::write_decoded(raw, &mut text);
        text
    }

    /// Owns the bytes.
    #[must_use]
    pub fn into_owned(self) -> Text<'static> {
        match self.0 {
            Repr::Short(len, bytes) => Text(Repr::Short(len, bytes)),
            Repr::Borrowed(bytes) => Text(Repr::Owned(bytes.to_vec())),
            Repr::Owned(bytes) => Text(Repr::Owned(bytes)),
        }
    }
}

impl Ink for Text<'_> {
    fn write(&mut self, bytes: &[u8]) {
        let len = self.len();
        match &mut self.0 {
            Repr::Short(end, short) if len + bytes.len() <= SHORT => {
                if let Some(place) = short.get_mut(len..len + bytes.len()) {
                    place.copy_from_slice(bytes);
                }
                // At most SHORT, which is 70.
                *end = (len + bytes.len()) as u8;
            }
            Repr::Owned(owned) => owned.extend_from_slice(bytes),
            Repr::Borrowed(before) if len + bytes.len() <= SHORT => {
                let before = *before;
                self.0 = Repr::Short(0, [0; SHORT]);
                self.write(before);
                self.write(bytes);
            }
            Repr::Borrowed(_) | Repr::Short(..) => {
                let mut owned = Vec::with_capacity((len + bytes.len()).max(2 * SHORT));
                owned.extend_from_slice(self);
                owned.extend_from_slice(bytes);
                self.0 = Repr::Owned(owned);
            }
        }
    }
}

impl Deref for Text<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Repr::Borrowed(bytes) => bytes,
            Repr::Short(len, bytes) => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Repr::Owned(bytes) => bytes,
        }
    }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self(Repr::Borrowed(bytes))
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Repr::Borrowed(text.as_bytes()))
    }
}

impl<'a> From<Cow<'a, [u8]>> for Text<'a> {
    fn from(bytes: Cow<'a, [u8]>) -> Self {
        match bytes {
            Cow::Borrowed(bytes) => Self(Repr::Borrowed(bytes)),
            Cow::Owned(bytes) => Self(Repr::Owned(bytes)),
        }
    }
}

impl From<Vec<u8>> for Text<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Repr::Owned(bytes))
    }
}

impl From<u64> for Text<'_> {
    /// The decimal digits of `number`.
    fn from(number: u64) -> Self {
        let len = digits(number);
        let mut short = [0; SHORT];
        decimal(number, short.get_mut(..len).unwrap_or_default());
        // At most 20 digits.
        Self(Repr::Short(len as u8, short))
    }
}

/// How many decimal digits a number has.
fn digits(number: u64) -> usize {
    // As many as a time has.
    if (1_000_000_000..10_000_000_000).contains(&number) {
        return 10;
    }
    number.checked_ilog10().unwrap_or_default() as usize + 1
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text<'_> {}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.escape_ascii())
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_str())
    }
}

/// The beginning of `text`, short enough for a message.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => [text.get(..at).unwrap_or_default(), "..."].concat(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0_u64, 7, 10, 1_709_210_396, u64::MAX] {
            assert_eq!(Text::from(number).to_str(), alloc::format!("{number}"));
            let mut text = Text::EMPTY;
            text.set_interval(number, 7);
            assert_eq!(text.to_str(), alloc::format!("{number};7"));
            text.set_interval(99, number);
            assert_eq!(text.to_str(), alloc::format!("99;{number}"));
        }
    }

    #[test]
    fn long_text_moves_to_the_heap_unharmed() {
        let mut text = Text::EMPTY;
        for _ in 0..30 {
            text.write(b"abc");
        }
        assert_eq!(text.len(), 90);
        assert_eq!(*text, *b"abc".repeat(30));
        let mut borrowed = Text::from(&b"ab"[..]);
        borrowed.write(b"c");
        assert_eq!(*borrowed, *b"abc");
    }
}

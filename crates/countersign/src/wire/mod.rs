//! What travels on the wire, byte for byte: escapes, parameters, header values, messages.
//!
//! Nothing here knows a vendor, a key or a hash.

pub mod base64;
mod few;
pub mod header;
pub mod hex;
pub mod http;
pub mod json;
pub(crate) mod line;
pub mod percent;
pub mod query;
pub mod text;
pub mod url;

use alloc::{string::String, vec::Vec};
use core::cmp::Ordering;
use smallvec::{Array, SmallVec};

pub use few::Few;
pub(crate) use few::steps;

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

impl Ink for String {
    /// What is not UTF-8 becomes U+FFFD.
    fn write(&mut self, bytes: &[u8]) {
        self.push_str(&Self::from_utf8_lossy(bytes));
    }
}

/// A buffer of a fixed size. What does not fit is left out and counted.
///
/// ```
/// use countersign::wire::{Ink, Slice};
///
/// let mut buffer = [0; 8];
/// let mut slice = Slice::new(&mut buffer);
/// slice.write(b"12345");
/// assert_eq!(slice.written(), Ok(&b"12345"[..]));
/// slice.write(b"6789");
/// // So many bytes are needed.
/// assert_eq!(slice.written(), Err(9));
/// ```
#[derive(Debug)]
pub struct Slice<'b> {
    buffer: &'b mut [u8],
    len: usize,
}

impl<'b> Slice<'b> {
    /// Writes to `buffer`, from its beginning.
    #[must_use]
    pub const fn new(buffer: &'b mut [u8]) -> Self {
        Self { buffer, len: 0 }
    }

    /// What was written.
    ///
    /// # Errors
    ///
    /// When the buffer is too small: so many bytes are needed.
    pub fn written(&self) -> Result<&[u8], usize> {
        self.buffer.get(..self.len).ok_or(self.len)
    }
}

impl Ink for Slice<'_> {
    fn write(&mut self, bytes: &[u8]) {
        let end = self.len.saturating_add(bytes.len());
        if let Some(place) = self.buffer.get_mut(self.len..end) {
            place.copy_from_slice(bytes);
        }
        self.len = end;
    }
}

impl<A: Array<Item = u8>> Ink for SmallVec<A> {
    fn write(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// `items` in the order of `cmp`; equal ones stay in theirs.
///
/// One sort over their numbers serves all that is sorted here: each kind of item would have a sort of its own.
pub(crate) fn sorted<T>(items: &[T], cmp: impl Fn(&T, &T) -> Ordering) -> impl Iterator<Item = &T> {
    let at = |number: u32| items.get(number as usize);
    let mut numbers = Order::new();
    order(items.len(), &mut numbers, &|a, b| match (at(a), at(b)) {
        (Some(a), Some(b)) => cmp(a, b),
        _ => Ordering::Equal,
    });
    numbers.into_iter().filter_map(at)
}

/// Numbers of items: few lists are longer.
pub(crate) type Order = Few<u32, 32>;

/// Lists the numbers below `count` in the order of `cmp`; equal ones stay in theirs.
pub(crate) fn order(count: usize, numbers: &mut Order, cmp: &dyn Fn(u32, u32) -> Ordering) {
    numbers.extend(0..u32::try_from(count).unwrap_or(u32::MAX));
    if count > 1 {
        numbers.sort_unstable_by(|a, b| cmp(*a, *b).then(a.cmp(b)));
    }
}

/// Fills `digits` with the last decimal digits of `number`.
pub(crate) fn decimal(mut number: u64, digits: &mut [u8]) {
    // Four by four, from the end: each step waits for the one before.
    let (first, fours) = digits.as_rchunks_mut();
    for four in fours.iter_mut().rev() {
        let rest = (number % 10_000) as u32;
        let ([a, b], [c, d]) = (two_digits((rest / 100) as u8), two_digits((rest % 100) as u8));
        *four = [a, b, c, d];
        number /= 10_000;
    }
    for place in first.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// The decimal digits of a number below 100.
#[cfg(not(feature = "compact"))]
pub(crate) fn two_digits(number: u8) -> [u8; 2] {
    static PAIRS: [[u8; 2]; 100] = {
        let mut pairs = [[0; 2]; 100];
        let mut number = 0;
        while number < 100 {
            #[expect(clippy::indexing_slicing, reason = "the number is below 100")]
            {
                pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
            }
            number += 1;
        }
        pairs
    };
    PAIRS.get(usize::from(number)).copied().unwrap_or_default()
}

/// The same without a table.
#[cfg(feature = "compact")]
pub(crate) fn two_digits(number: u8) -> [u8; 2] {
    [b'0' + number / 10, b'0' + number % 10]
}

/// The number written as `digits`. `parse` would take a sign, too.
pub(crate) fn number(digits: &[u8]) -> Option<u64> {
    let add = |sum: u64, digit: &u8| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    };
    if digits.is_empty() { None } else { digits.iter().try_fold(0, add) }
}

/// Copies `from` to `to`, which is as long. Most pieces of a text are short: a call costs more than they do.
#[inline]
pub(crate) fn copy(to: &mut [u8], from: &[u8]) {
    let len = from.len();
    if len > 32 {
        to.copy_from_slice(from);
    } else if len >= 16 {
        copy_ends::<16>(to, from);
    } else if len >= 8 {
        copy_ends::<8>(to, from);
    } else if len >= 4 {
        copy_ends::<4>(to, from);
    } else if len >= 2 {
        copy_ends::<2>(to, from);
    } else if let ([to], [from]) = (to, from) {
        *to = *from;
    }
}

/// Copies the first and the last bytes, which may overlap.
#[inline]
fn copy_ends<const N: usize>(to: &mut [u8], from: &[u8]) {
    if let (Some(place), Some(bytes)) = (to.first_chunk_mut::<N>(), from.first_chunk()) {
        *place = *bytes;
    }
    if let (Some(place), Some(bytes)) = (to.last_chunk_mut::<N>(), from.last_chunk()) {
        *place = *bytes;
    }
}

/// Where the first byte is that `is` wants. Whole groups are looked at, which compilers make one step of each.
#[inline]
pub(crate) fn position(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    const GROUP: usize = 16;
    let (groups, _) = bytes.as_chunks::<GROUP>();
    let has_none = |group: &[u8; GROUP]| !group.iter().fold(false, |any, byte| any | is(*byte));
    let whole = groups.iter().take_while(|group| has_none(group)).count();
    // Mostly there is none. The last group may overlap with the one before.
    if whole == groups.len() && bytes.last_chunk().is_some_and(has_none) {
        return None;
    }
    let before = GROUP * whole;
    let rest = bytes.get(before..).unwrap_or_default();
    rest.iter().position(|byte| is(*byte)).map(|at| before + at)
}

/// The high bit of each byte of `word` that is `byte`.
#[cfg(not(feature = "compact"))]
pub(crate) const fn marks(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
    let other = word ^ u64::from_ne_bytes([byte; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

/// One of 64 bits that stands for a name: names with two bits are two.
pub(crate) fn name_bit(name: &[u8]) -> u64 {
    bit(name.len(), name.last().copied().unwrap_or_default())
}

/// The same of its length and its last byte.
pub(crate) fn bit(len: usize, last: u8) -> u64 {
    // Any number will do: of a length that does not fit, what does.
    1 << (((len as u8).wrapping_mul(5) ^ last) % 64)
}

/// Splits `bytes` around the first `separator`; the second half is `None` when there is none.
pub(crate) fn split_once(bytes: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    let at = position(bytes, |byte| byte == separator);
    let halves = at.and_then(|at| Some((bytes.get(..at)?, bytes.get(at + 1..)?)));
    halves.map_or((bytes, None), |(before, behind)| (before, Some(behind)))
}

/// `bytes` without the first `prefix`, compared without regard to ASCII case.
pub(crate) fn strip_prefix_ignore_case<'a>(bytes: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let (head, tail) = bytes.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

/// `text` with every `from`, which is not empty, replaced by `to`.
pub(crate) fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 16);
    let mut rest = text;
    let next = |rest: &[u8]| position(rest, |byte| from.first() == Some(&byte));
    while let Some((before, found)) = next(rest).and_then(|at| rest.split_at_checked(at)) {
        out.extend_from_slice(before);
        let (new, behind) = match found.strip_prefix(from) {
            Some(behind) => (to, behind),
            None => found.split_at_checked(1).unwrap_or_default(),
        };
        out.extend_from_slice(new);
        rest = behind;
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_every_length_are_whole() {
        let from: Vec<u8> = (1..=80).collect();
        for len in 0..=from.len() {
            let mut to = [0; 80];
            copy(&mut to[..len], &from[..len]);
            assert_eq!(&to[..len], &from[..len]);
            assert!(to[len..].iter().all(|byte| *byte == 0));
        }
    }

    #[test]
    fn the_first_position_is_found_wherever_it_is() {
        for len in 0..70 {
            for at in 0..=len {
                let mut text = [b'a'; 70];
                if let Some(place) = text.get_mut(at) {
                    *place = b'%';
                }
                text[69] = b'%';
                let wanted = text[..len].iter().position(|byte| *byte == b'%');
                assert_eq!(position(&text[..len], |byte| byte == b'%'), wanted);
            }
        }
    }
}

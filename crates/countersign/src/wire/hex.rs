//! Lower-case hexadecimal text.

use super::Ink;
use alloc::vec::Vec;

/// The two digits of every byte.
#[cfg(not(feature = "compact"))]
static PAIRS: [[u8; 2]; 256] = {
    let digit = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "byte < 256, and four bits index 16 digits")]
        {
            pairs[byte] = [digit[byte >> 4], digit[byte & 15]];
        }
        byte += 1;
    }
    pairs
};

/// Writes `bytes` as lower-case hexadecimal digits.
pub fn encode(bytes: &[u8], ink: &mut (impl Ink + ?Sized)) {
    for chunk in bytes.chunks(32) {
        let mut text = [0; 64];
        fill(chunk, &mut text);
        ink.write(text.get(..2 * chunk.len()).unwrap_or_default());
    }
}

/// Fills the front of `text` with the digits of `bytes`; what does not fit is left out.
pub fn fill(bytes: &[u8], text: &mut [u8]) {
    #[cfg(not(feature = "compact"))]
    let (bytes, text) = fill_sixteens(bytes, text);
    for (two, byte) in text.as_chunks_mut().0.iter_mut().zip(bytes) {
        *two = pair(*byte);
    }
}

/// The same for as many times sixteen bytes as there are, if all of them fit; the rest of both.
#[cfg(not(feature = "compact"))]
fn fill_sixteens<'b, 't>(bytes: &'b [u8], text: &'t mut [u8]) -> (&'b [u8], &'t mut [u8]) {
    let (sixteens, rest) = bytes.as_chunks();
    let len = 32 * sixteens.len();
    if len > text.len() {
        return (bytes, text);
    }
    let (front, behind) = text.split_at_mut(len);
    for (place, sixteen) in front.as_chunks_mut().0.iter_mut().zip(sixteens) {
        *place = pairs_of(sixteen);
    }
    (rest, behind)
}

/// The digits of sixteen bytes: compilers make a few steps of it.
#[cfg(not(feature = "compact"))]
fn pairs_of(bytes: &[u8; 16]) -> [u8; 32] {
    // Both halves of a byte, the first one as the lower byte of a word.
    let halves = bytes.map(|byte| u16::from(byte) >> 4 | (u16::from(byte) & 15) << 8);
    // Six more make ten and above carry into the next four bits: letters stand behind the digits, with 39 characters between.
    let digits = halves.map(|two| two + 0x3030 + 39 * ((two + 0x0606) >> 4 & 0x0101));
    let mut text = [0; 32];
    for (place, two) in text.as_chunks_mut().0.iter_mut().zip(digits) {
        *place = two.to_le_bytes();
    }
    text
}

/// The two digits of one byte.
#[cfg(feature = "compact")]
#[must_use]
pub fn pair(byte: u8) -> [u8; 2] {
    const fn digit(half: u8) -> u8 {
        b'0' + half + if half > 9 { b'a' - b'9' - 1 } else { 0 }
    }
    [digit(byte >> 4), digit(byte & 15)]
}

/// The two digits of one byte.
#[cfg(not(feature = "compact"))]
#[must_use]
#[expect(clippy::indexing_slicing, reason = "a byte indexes 256 pairs")]
pub fn pair(byte: u8) -> [u8; 2] {
    PAIRS[usize::from(byte)]
}

/// The sixteen digits of a number.
pub(crate) fn pairs(number: u64) -> [u8; 16] {
    let mut digits = [0; 16];
    fill(&number.to_be_bytes(), &mut digits);
    digits
}

/// Reads hexadecimal digits of either case; `None` unless all of `text` is such pairs.
#[must_use]
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let nibble = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_undoes_encoding() {
        let all: Vec<u8> = (0..=255).collect();
        let mut text = Vec::new();
        encode(&all, &mut text);
        assert!(text.starts_with(b"000102") && text.ends_with(b"fdfeff"));
        assert_eq!(decode(&text), Some(all));
        assert_eq!(decode(b"AbC"), None);
        assert_eq!(decode(b"zz"), None);
    }
}

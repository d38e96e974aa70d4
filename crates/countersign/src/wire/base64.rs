//! Base64 text, as signatures write it. Reading it is `signature::Encoding`'s business.

use super::Ink;

/// With `+` and `/`.
pub static STANDARD: Alphabet = Alphabet(*b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
/// With `-` and `_`.
pub static URL_SAFE: Alphabet = Alphabet(*b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

/// The 64 characters.
#[derive(Debug)]
pub struct Alphabet([u8; 64]);

impl Alphabet {
    #[expect(clippy::indexing_slicing, reason = "six bits index 64 characters")]
    fn at(&self, bits: u32) -> u8 {
        self.0[(bits & 63) as usize]
    }

    fn four(&self, three: [u8; 3]) -> [u8; 4] {
        let [a, b, c] = three.map(u32::from);
        let bits = a << 16 | b << 8 | c;
        [self.at(bits >> 18), self.at(bits >> 12), self.at(bits >> 6), self.at(bits)]
    }
}

/// How long the padded text of so many bytes is.
#[must_use]
pub const fn encoded_len(len: usize) -> usize {
    len.div_ceil(3) * 4
}

/// Fills the front of `text` with the padded Base64 text of `bytes`; what does not fit is left out.
pub fn fill(bytes: &[u8], alphabet: &Alphabet, text: &mut [u8]) {
    let (threes, rest) = bytes.as_chunks();
    let (fours, _) = text.as_chunks_mut();
    let mut fours = fours.iter_mut();
    for (three, four) in threes.iter().zip(&mut fours) {
        *four = alphabet.four(*three);
    }
    let Some(last) = fours.next() else { return };
    match *rest {
        [a] => {
            let [first, second, ..] = alphabet.four([a, 0, 0]);
            *last = [first, second, b'=', b'='];
        }
        [a, b] => {
            let [first, second, third, _] = alphabet.four([a, b, 0]);
            *last = [first, second, third, b'='];
        }
        _ => {}
    }
}

/// Writes the padded Base64 text of `bytes`.
pub fn encode(bytes: &[u8], alphabet: &Alphabet, ink: &mut (impl Ink + ?Sized)) {
    for chunk in bytes.chunks(48) {
        let mut text = [0; 64];
        fill(chunk, alphabet, &mut text);
        ink.write(text.get(..encoded_len(chunk.len())).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use base64::{Engine, engine::general_purpose};

    #[test]
    fn the_text_is_that_of_the_base64_crate() {
        let all: Vec<u8> = (0..=255).rev().collect();
        for len in 0..all.len() {
            for (alphabet, theirs) in [(&STANDARD, general_purpose::STANDARD), (&URL_SAFE, general_purpose::URL_SAFE)] {
                let mut text = Vec::new();
                encode(&all[..len], alphabet, &mut text);
                assert_eq!(text, theirs.encode(&all[..len]).as_bytes());
                assert_eq!(text.len(), encoded_len(len));
            }
        }
    }
}

//! Percent-encoding with the escape sets the vendors use.

use super::{Ink, position};
use alloc::{borrow::Cow, vec::Vec};

/// The bytes a percent-encoder leaves as they are; all others become `%XX`.
#[derive(Clone, Debug)]
pub struct Kept([bool; 256]);

impl Kept {
    /// ASCII letters and digits, and the bytes of `extra`.
    #[must_use]
    pub const fn alphanumeric_and(extra: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut byte = 0_u8;
        while byte < 128 {
            #[expect(clippy::indexing_slicing, reason = "byte < 128 and the table has 256 entries")]
            {
                table[byte as usize] = byte.is_ascii_alphanumeric();
            }
            byte += 1;
        }
        Self(table).with(extra)
    }

    /// The same set and the bytes of `extra`.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a u8 indexes 256 entries; `at` stays below the length")]
    pub const fn with(mut self, extra: &[u8]) -> Self {
        let mut at = 0;
        while at < extra.len() {
            self.0[extra[at] as usize] = true;
            at += 1;
        }
        self
    }

    /// The same set without the bytes of `fewer`.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a u8 indexes 256 entries; `at` stays below the length")]
    pub const fn without(mut self, fewer: &[u8]) -> Self {
        let mut at = 0;
        while at < fewer.len() {
            self.0[fewer[at] as usize] = false;
            at += 1;
        }
        self
    }

    /// How many bytes at the beginning of `bytes` are left as they are.
    pub(crate) fn run(&self, bytes: &[u8]) -> usize {
        let (eights, _) = bytes.as_chunks::<8>();
        // Eight in one go: most texts have few bytes to escape.
        let whole = 8 * eights.iter().take_while(|eight| self.has_all(eight)).count();
        let rest = bytes.get(whole..).unwrap_or_default();
        whole + rest.iter().position(|byte| !self.contains(*byte)).unwrap_or(rest.len())
    }

    /// Whether all of `bytes` are left as they are. The last of them are looked at first: Base64 shows there that it is not.
    pub(crate) fn holds(&self, bytes: &[u8]) -> bool {
        match bytes.last_chunk::<8>() {
            Some(last) => self.has_all(last) && bytes.as_chunks::<8>().0.iter().all(|eight| self.has_all(eight)),
            None => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
                (Some(first), Some(last)) => self.has_all(first) && self.has_all(last),
                _ => bytes.iter().all(|byte| self.contains(*byte)),
            },
        }
    }

    fn has_all<const N: usize>(&self, bytes: &[u8; N]) -> bool {
        bytes.iter().fold(true, |all, byte| all & self.contains(*byte))
    }

    /// Whether `byte` is left as it is.
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte indexes 256 entries")]
    pub fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }
}

/// RFC 3986 unreserved: what every vendor leaves bare in names and values.
pub static UNRESERVED: Kept = Kept::alphanumeric_and(b"-._~");
/// Unreserved and `/`: what the vendors leave bare in paths.
pub static PATH: Kept = Kept::alphanumeric_and(b"-._~/");

/// Writes `bytes` with everything outside `kept` as `%XX`, upper-case.
pub fn encode(bytes: &[u8], kept: &Kept, ink: &mut (impl Ink + ?Sized)) {
    let mut rest = bytes;
    loop {
        let (bare, tail) = rest.split_at_checked(kept.run(rest)).unwrap_or((rest, &[]));
        if !bare.is_empty() {
            ink.write(bare);
        }
        if tail.is_empty() {
            return;
        }
        // Where one byte has to be escaped, others do: texts that are not English are full of them.
        let (some, tail) = tail.split_at_checked(MIXED).unwrap_or((tail, &[]));
        let mut escaped = [0; 3 * MIXED];
        let len = fill(some, kept, &mut escaped);
        ink.write(escaped.get(..len).unwrap_or_default());
        rest = tail;
    }
}

/// Fills the front of `text`, which has room for three times as many bytes, with `bytes` escaped; how many that makes.
pub(crate) fn fill(bytes: &[u8], kept: &Kept, text: &mut [u8]) -> usize {
    let (fours, rest) = bytes.as_chunks::<4>();
    let mut len = 0;
    for four in fours {
        if let Some(place) = text.get_mut(len..).and_then(<[u8]>::first_chunk_mut)
            && kept.has_all(four)
        {
            *place = *four;
            len += 4;
        } else {
            fill_each(four, kept, text, &mut len);
        }
    }
    fill_each(rest, kept, text, &mut len);
    len
}

fn fill_each(bytes: &[u8], kept: &Kept, text: &mut [u8], len: &mut usize) {
    for byte in bytes {
        let Some(place) = text.get_mut(*len..).and_then(<[u8]>::first_chunk_mut::<3>) else { break };
        if kept.contains(*byte) {
            let [first, ..] = place;
            *first = *byte;
            *len += 1;
        } else {
            *place = escape(*byte);
            *len += 3;
        }
    }
}

/// So many bytes are escaped together.
const MIXED: usize = 24;

/// `%XX`, upper-case.
const fn escape(byte: u8) -> [u8; 3] {
    [b'%', digit(byte >> 4), digit(byte & 15)]
}

/// The upper-case digit of four bits.
const fn digit(four: u8) -> u8 {
    if four < 10 { b'0' + four } else { b'A' - 10 + four }
}

/// [`encode`] into a new buffer.
#[must_use]
pub fn encoded(bytes: &[u8], kept: &Kept) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 16);
    encode(bytes, kept, &mut out);
    out
}

/// Undoes `%XX` once. A `%` that starts no escape stays as it is, as servers do.
#[must_use]
pub fn decode(text: &[u8]) -> Cow<'_, [u8]> {
    // The search for nothing is the quick one.
    if !text.contains(&b'%') {
        return Cow::Borrowed(text);
    }
    percent_encoding::percent_decode(text).into()
}

/// Writes what [`decode`] gives.
pub fn write_decoded(text: &[u8], ink: &mut (impl Ink + ?Sized)) {
    let mut rest = text;
    while let Some(at) = position(rest, |byte| byte == b'%') {
        let (plain, mut tail) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        if !plain.is_empty() {
            ink.write(plain);
        }
        // Escapes come in rows.
        let mut bytes = [0; MIXED];
        let mut len = 0;
        for place in &mut bytes {
            let [b'%', ..] = tail else { break };
            (*place, tail) = escaped(tail).unwrap_or((b'%', tail.get(1..).unwrap_or_default()));
            len += 1;
        }
        ink.write(bytes.get(..len).unwrap_or_default());
        rest = tail;
    }
    if !rest.is_empty() {
        ink.write(rest);
    }
}

/// The byte of the escape at the beginning of `text`, and what follows it.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let ([b'%', high, low], rest) = text.split_first_chunk()? else { return None };
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    Some((digit(*high)? << 4 | digit(*low)?, rest))
}

/// Undoes `%XX` and then writes the bytes escaped with `kept`: one spelling for all.
///
/// Text already in that spelling is written in one piece, without decoding.
pub fn recode(text: &[u8], kept: &Kept, ink: &mut (impl Ink + ?Sized)) {
    if is_encoded(text, kept) {
        return ink.write(text);
    }
    let mut rest = text;
    while let Some(at) = position(rest, |byte| byte == b'%') {
        let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        encode(plain, kept, ink);
        let (byte, behind) = escaped(tail).unwrap_or((b'%', tail.get(1..).unwrap_or_default()));
        encode(&[byte], kept, ink);
        rest = behind;
    }
    encode(rest, kept, ink);
}

/// Whether [`recode`] would leave `text` as it is.
#[must_use]
pub fn is_encoded(text: &[u8], kept: &Kept) -> bool {
    let upper = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    let mut rest = text;
    loop {
        rest = rest.get(kept.run(rest)..).unwrap_or_default();
        if rest.is_empty() {
            return true;
        }
        let before = rest.len();
        // Escapes come in rows.
        while let Some(([b'%', high, low], behind)) = rest.split_first_chunk() {
            let (Some(high), Some(low)) = (upper(*high), upper(*low)) else { break };
            if kept.contains(high << 4 | low) {
                return false;
            }
            rest = behind;
        }
        // Something that is no escape, or one in lower case.
        if rest.len() == before {
            return false;
        }
    }
}

/// Orders two raw texts by what [`recode`] would write, without writing it.
#[must_use]
pub fn cmp_recoded(a: &[u8], b: &[u8], kept: &Kept) -> core::cmp::Ordering {
    // Mostly the first bytes that differ are written as they are, and so are those before them.
    let same = a.iter().zip(b).take_while(|(a, b)| a == b && kept.contains(**a)).count();
    if let (Some(a), Some(b)) = (a.get(same), b.get(same))
        && kept.contains(*a)
        && kept.contains(*b)
    {
        return a.cmp(b);
    }
    if is_encoded(a, kept) && is_encoded(b, kept) {
        return a.cmp(b);
    }
    cmp_each(a, b, kept)
}

/// Few texts come to this: where little code counts, they are written.
#[cfg(feature = "compact")]
fn cmp_each(a: &[u8], b: &[u8], kept: &Kept) -> core::cmp::Ordering {
    let [a, b] = [a, b].map(|text| {
        let mut out = Vec::new();
        recode(text, kept, &mut out);
        out
    });
    a.cmp(&b)
}

/// The same byte by byte.
#[cfg(not(feature = "compact"))]
fn cmp_each(a: &[u8], b: &[u8], kept: &Kept) -> core::cmp::Ordering {
    recoded_bytes(a, kept).cmp(recoded_bytes(b, kept))
}

#[cfg(not(feature = "compact"))]
fn recoded_bytes<'a>(text: &'a [u8], kept: &'a Kept) -> impl Iterator<Item = u8> + 'a {
    percent_encoding::percent_decode(text).flat_map(|byte| {
        let escape = percent_encoding::percent_encode_byte(byte).bytes();
        let bare = kept.contains(byte);
        escape.take(if bare { 0 } else { 3 }).chain(core::iter::once(byte).take(usize::from(bare)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn recoded(text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        recode(text, &PATH, &mut out);
        out
    }

    #[test]
    fn one_spelling_for_every_escape_of_a_byte() {
        assert_eq!(recoded(b"/a%7eb(%28 %2f"), b"/a~b%28%28%20/");
        assert_eq!(recoded("/\u{1234}".as_bytes()), b"/%E1%88%B4");
        assert_eq!(recoded(b"/100%"), b"/100%25");
    }

    #[test]
    fn runs_end_at_the_first_byte_that_is_not_kept() {
        for kept in [&UNRESERVED, &PATH, &Kept::alphanumeric_and(b":[]%").with(b"~"), &PATH.clone().without(b"~-")] {
            for len in 0..70 {
                for at in 0..=len {
                    for byte in [b'/', b'~', b'%', b'[', b'@', b'`', b'{', b':', b' ', 0, 0x80, 0xff] {
                        let mut text = b"Az09-._".repeat(10);
                        text.truncate(len);
                        if let Some(place) = text.get_mut(at) {
                            *place = byte;
                        }
                        let plain = text.iter().position(|byte| !kept.contains(*byte)).unwrap_or(len);
                        assert_eq!(kept.run(&text), plain, "{}", text.escape_ascii());
                        assert_eq!(kept.holds(&text), plain == len, "{}", text.escape_ascii());
                    }
                }
            }
        }
    }

    #[test]
    fn encoding_by_runs_is_encoding_byte_by_byte() {
        let text: Vec<u8> = (0..=255).chain(*b"photos/2026/05/holiday/a.jpg").collect();
        for (start, len) in (0..text.len()).flat_map(|start| [1, 2, 25, 49, 300].map(|len| (start, len))) {
            let piece = &text[start..(start + len).min(text.len())];
            let plain: Vec<u8> = piece
                .iter()
                .flat_map(|byte| if PATH.contains(*byte) { vec![*byte] } else { alloc::format!("%{byte:02X}").into_bytes() })
                .collect();
            assert_eq!(encoded(piece, &PATH), plain);
        }
    }

    #[test]
    fn recoding_is_idempotent_and_the_fast_path_agrees() {
        for text in [&b"/a%20b"[..], b"%2f", b"%2F", b"%7E", b"a+b", b"%", b"%4", b"%zz"] {
            let once = recoded(text);
            assert!(is_encoded(&once, &PATH), "{}", text.escape_ascii());
            assert_eq!(recoded(&once), once);
            assert_eq!(is_encoded(text, &PATH), once == text, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn decoding_in_place_is_decoding() {
        for text in [&b"/a%7eb(%28 %2f"[..], b"%", b"%4", b"%zz%41", b"a%%41b", b"", b"100%"] {
            let mut written = Vec::new();
            write_decoded(text, &mut written);
            assert_eq!(written, *decode(text), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn order_is_that_of_the_written_text() {
        for (a, b) in
            [(&b"a%2Bb"[..], &b"aZ"[..]), (b"%7e", b"%41"), (b"", b"a"), (b"p%20", b"p-"), (b"a%7eb", b"a~c"), (b"a%", b"aZ")]
        {
            let written = |t: &[u8]| encoded(&decode(t), &UNRESERVED);
            assert_eq!(cmp_recoded(a, b, &UNRESERVED), written(a).cmp(&written(b)));
        }
    }
}

//! A text as it was meant: decoded, and without what people and programs put around it.

use crate::{
    http,
    note::{Decoration, Note},
};
use std::borrow::Cow;

/// The text as UTF-8 or whatever bytes it has, without a byte order mark.
pub(crate) fn decoded<'t>(bytes: &'t [u8], notes: &mut Vec<Note>) -> Cow<'t, [u8]> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Cow::Borrowed(rest);
    }
    let order = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xfe, 0xff, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        [a, 0, b, 0, ..] if a.is_ascii_graphic() && b.is_ascii_graphic() => {
            Some((bytes, u16::from_le_bytes as fn([u8; 2]) -> u16))
        }
        [0, a, 0, b, ..] if a.is_ascii_graphic() && b.is_ascii_graphic() => {
            Some((bytes, u16::from_be_bytes as fn([u8; 2]) -> u16))
        }
        _ => None,
    };
    let Some((rest, unit)) = order else { return Cow::Borrowed(bytes) };
    notes.push(Note::Utf16);
    let units = rest
        .chunks_exact(2)
        .map(|pair| unit([pair.first().copied().unwrap_or_default(), pair.last().copied().unwrap_or_default()]));
    let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Cow::Owned(text.into_bytes())
}

/// The text without marks that stand before each of its lines.
pub(crate) fn undecorated<'t>(text: &'t [u8], notes: &mut Vec<Note>) -> Cow<'t, [u8]> {
    let mut text = Cow::Borrowed(text);
    // A quoted text may be numbered, or quoted twice.
    for _ in 0..3 {
        let found = marked(&text).map(|mark| (mark, Decoration::QuoteMarks));
        let Some((mark, decoration)) = found.or_else(|| numbered(&text).then_some((Mark::Number, Decoration::LineNumbers)))
        else {
            break;
        };
        notes.push(Note::Undecorated(decoration));
        text = Cow::Owned(without(&text, mark));
    }
    unindented(text)
}

#[derive(Clone, Copy)]
enum Mark {
    /// This sign and a blank.
    Sign(u8),
    /// A number, a sign or none, and a blank.
    Number,
}

/// The sign that every line starts with. The `>` of `curl -v` goes away with it, and its `<` shows that it is no quote.
fn marked(text: &[u8]) -> Option<Mark> {
    [b'>', b'|']
        .into_iter()
        .find(|sign| full_lines(text).all(|line| line.first() == Some(sign)) && full_lines(text).nth(1).is_some())
        .map(Mark::Sign)
}

/// Whether every line starts with its number.
fn numbered(text: &[u8]) -> bool {
    let mut numbers =
        http::lines(text).filter(|line| !line.trim_ascii().is_empty()).map(|line| number(line).map(|(number, _)| number));
    let Some(Some(first)) = numbers.next() else { return false };
    let mut last = first;
    let mut count = 1;
    for next in numbers {
        // An empty line may have lost its number.
        match next {
            Some(next) if next > last && next - last <= 3 => last = next,
            _ => return false,
        }
        count += 1;
    }
    count > 1
}

/// The number before a line, and what follows it.
fn number(line: &[u8]) -> Option<(u32, &[u8])> {
    let line = line.trim_ascii_start();
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (front, rest) = line.split_at_checked(digits).filter(|_| (1..=6).contains(&digits))?;
    let number = std::str::from_utf8(front).ok()?.parse().ok()?;
    let plain = rest
        .strip_prefix(b" |")
        .or_else(|| rest.strip_prefix(b"|"))
        .or_else(|| rest.strip_prefix(b":"))
        .or_else(|| rest.strip_prefix(b"."));
    let rest = plain.unwrap_or(rest);
    match rest.first() {
        Some(b' ' | b'\t') => Some((number, rest.trim_ascii_start())),
        None => Some((number, rest)),
        _ => None,
    }
}

fn without(text: &[u8], mark: Mark) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
        if at > 0 {
            out.push(b'\n');
        }
        out.extend_from_slice(match mark {
            Mark::Sign(sign) => {
                let rest = line.trim_ascii_start().strip_prefix(&[sign]).unwrap_or(line);
                rest.strip_prefix(b" ").unwrap_or(rest)
            }
            Mark::Number => number(line).map_or(line, |(_, rest)| rest),
        });
    }
    out
}

/// The text without the blanks that all its lines start with: a block in Markdown is indented.
fn unindented(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let depth = |line: &[u8]| line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let lines = || http::lines(&text).filter(|line| !line.trim_ascii().is_empty());
    let Some(common) = lines().map(depth).min().filter(|common| *common > 0) else { return text };
    let mut out = Vec::with_capacity(text.len());
    for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
        if at > 0 {
            out.push(b'\n');
        }
        out.extend_from_slice(line.get(common.min(depth(line))..).unwrap_or_default());
    }
    Cow::Owned(out)
}

fn full_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    http::lines(text).map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

/// Whether the first line is UTF-8 without control characters.
pub(crate) fn is_text(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    std::str::from_utf8(line).is_ok_and(|line| !line.contains(|c: char| c.is_control() && c != '\t'))
}

/// The first line, cut where it is too long to show.
pub(crate) fn first_line(text: &[u8]) -> String {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    let mut shown = String::from_utf8_lossy(line).into_owned();
    if let Some((cut, _)) = shown.char_indices().nth(60) {
        shown.truncate(cut);
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        String::from_utf8(undecorated(text.as_bytes(), &mut Vec::new()).into_owned()).unwrap()
    }

    #[test]
    fn utf16_is_decoded_with_and_without_a_mark() {
        let text = "GET / HTTP/1.1\r\n你";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [le.clone(), be.clone(), [&b"\xff\xfe"[..], &le].concat(), [&b"\xfe\xff"[..], &be].concat()] {
            let mut notes = Vec::new();
            assert_eq!(decoded(&bytes, &mut notes), text.as_bytes());
            assert_eq!(notes, [Note::Utf16]);
        }
        assert_eq!(decoded(b"\xef\xbb\xbfa", &mut Vec::new()), &b"a"[..]);
    }

    #[test]
    fn marks_before_every_line_are_taken_off() {
        assert_eq!(plain("> GET / HTTP/1.1\n> Host: h\n>\n> body"), "GET / HTTP/1.1\nHost: h\n\nbody");
        assert_eq!(plain("| a\n| b\n"), "a\nb\n");
        assert_eq!(plain("  1  GET / HTTP/1.1\n  2  Host: h\n  3\n  4  x"), "GET / HTTP/1.1\nHost: h\n\nx");
        assert_eq!(plain("9: a\n10: b"), "a\nb");
        assert_eq!(plain("    a\n      b\n\n    c"), "a\n  b\n\nc");
        for whole in ["> GET /\n< HTTP/1.1 403", "1 a\nb", "2 a\n1 b", "a\n  b"] {
            assert_eq!(plain(whole), whole);
        }
    }

    #[test]
    fn a_long_first_line_is_cut_where_it_is_shown() {
        let shown = first_line("é".repeat(100).as_bytes());
        assert_eq!(shown.chars().count(), 61);
        assert_eq!(first_line(b"a b \nc"), "a b");
    }
}

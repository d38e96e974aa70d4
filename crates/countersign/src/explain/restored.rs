//! A quoted text that lost line ends or empty lines on its way: what stands between its words is taken from the request's
//! own text. It is told where the two differ in one place, or in words of which neither has more.

use crate::{pen::Role, transcript::Written};
use alloc::vec::Vec;
use core::ops::Range;

/// How many line ends a text has, those around it left out.
fn line_ends(text: &[u8]) -> usize {
    text.trim_ascii().iter().filter(|b| **b == b'\n').count()
}

/// The quoted text with the line ends it lost. `None` when it lost none, or nobody can tell where.
pub(super) fn restored(ours: &Written, quoted: &[u8]) -> Option<Vec<u8>> {
    aligned(ours, quoted).filter(|whole| line_ends(whole) > line_ends(quoted))
}

/// The words of `quoted` with the gaps of `ours`.
fn aligned(ours: &Written, quoted: &[u8]) -> Option<Vec<u8>> {
    let text = ours.text.as_slice();
    let (own, theirs) = (words(text), words(quoted));
    let own_word = |at: &Range<usize>| text.get(at.clone()).unwrap_or_default();
    let word = |at: &Range<usize>| quoted.get(at.clone()).unwrap_or_default();
    let front = own.iter().zip(&theirs).take_while(|(a, b)| own_word(a) == word(b)).count();
    let (own_rest, rest) = (own.get(front..)?, theirs.get(front..)?);
    let back = own_rest.iter().rev().zip(rest.iter().rev()).take_while(|(a, b)| own_word(a) == word(b)).count();
    let (lost, new) = (own_rest.get(..own_rest.len() - back)?, rest.get(..rest.len() - back)?);
    let new_words: Vec<&[u8]> = new.iter().map(word).collect();
    // What of our text gives way, and what comes to stand there.
    let (start, end, put) = match (lost, new) {
        ([], []) => (0, 0, Vec::new()),
        ([], _) => {
            let (before, behind) = (own.get(front.checked_sub(1)?)?.end, own.get(front)?.start);
            let breaks: Vec<usize> = (before..behind).filter(|at| text.get(*at) == Some(&b'\n')).collect();
            match breaks.as_slice() {
                [] => return None,
                [at] => (*at, *at, [b"\n", new_words.join(&b' ').as_slice()].concat()),
                // Of several empty lines the first is for a digest.
                [first, .., last] => {
                    let is_digest = new_words.first()?.ends_with(b"==");
                    let line = if is_digest { first + 1 } else { *last };
                    (line, line, new_words.join(&b' '))
                }
            }
        }
        ([first, .., last], _) if new.len() == lost.len() => {
            let gaps = lost.windows(2).filter_map(|pair| text.get(pair.first()?.end..pair.get(1)?.start)).chain([&b""[..]]);
            let put = new_words.iter().zip(gaps).flat_map(|(word, gap)| [*word, gap]).collect::<Vec<_>>().concat();
            (first.start, last.end, put)
        }
        ([first, ..], _) => {
            let end = lost.last()?.end;
            let inner = text.get(first.start..end)?;
            if inner.contains(&b'\n') {
                return None;
            }
            // A header goes with its line end; of other lines the place stays.
            let is_header = ours.parts.iter().any(|part| part.role == Role::Header && part.start == first.start);
            let end = if new.is_empty() && is_header { end + 1 } else { end };
            (first.start, end, new_words.join(&b' '))
        }
    };
    Some([text.get(..start)?, &put, text.get(end..)?].concat())
}

/// Where the words of a text stand: what is neither blank nor line end.
fn words(text: &[u8]) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, byte) in text.iter().chain(b" ").enumerate() {
        match (start, byte.is_ascii_whitespace()) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{explain::readback::read_back, pen::Document, transcript::Transcript};
    use alloc::string::String;

    fn told(document: Document, ours: &str, quoted: &str) -> Option<String> {
        let ours = read_back(&Transcript::default(), document, ours.as_bytes());
        restored(&ours, quoted.as_bytes()).map(|text| String::from_utf8(text).unwrap())
    }

    #[test]
    fn words_say_where_lines_ended() {
        let lines = "PUT\n\ntext/plain\nSat, 08 Sep 2012 08:47:22 GMT\nx-oss-acl:private\nx-oss-meta-a:1 2\n/demo/a?acl";
        for (from, to) in [
            ("text/plain", "text/plain"),
            ("text/plain", "text/html;charset=UTF-8"),
            ("text/plain", "text/html; charset=UTF-8"),
            ("text/plain\n", "\n"),
            ("PUT\n\n", "PUT\nkAFQmDzST7DWlj99KOF/cg==\n"),
            ("x-oss-acl:private\n", ""),
            ("GMT\n", "GMT\nx-oss-a:b c\n"),
            ("/demo/a?acl", "/demo/b"),
        ] {
            let sent = lines.replacen(from, to, 1);
            let words: Vec<&str> = sent.split_ascii_whitespace().collect();
            assert_eq!(told(Document::StringToSign, lines, &words.join(" ")), Some(sent.clone()), "{to}");
            // What is whole is taken as it is.
            assert_eq!(told(Document::StringToSign, lines, &sent), None, "{to}");
        }
        let bare = "PUT\n\n\nSat, 08 Sep 2012 08:47:22 GMT\n/demo/a";
        for line in ["PUT\n\napplication/json\nSat", "PUT\nkAFQmDzST7DWlj99KOF/cg==\n\nSat"] {
            let sent = bare.replacen("PUT\n\n\nSat", line, 1);
            assert_eq!(told(Document::StringToSign, bare, &sent.replace("\n\n", "\n")), Some(sent), "{line}");
        }
        for other in ["garbage", "", "PUT text/html Sat, 08 Sep 2012 08:47:22 GMT /other/b"] {
            assert_eq!(told(Document::StringToSign, bare, other), None, "{other}");
        }
    }

    #[test]
    fn a_canonical_request_gets_its_empty_lines_back() {
        let ours = "GET\n/a\n\nhost:h.example\nx-amz-date:20180521T195540Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD";
        for (from, to) in [("h.example", "10.0.0.7:80"), ("/a\n\n", "/a\nx=1\n"), ("195540Z", "195540Z")] {
            let sent = ours.replacen(from, to, 1);
            for quoted in [sent.replace("\n\n", "\n"), sent.replace('\n', " ")] {
                assert_eq!(told(Document::CanonicalRequest, ours, &quoted), Some(sent.clone()), "{to}");
            }
        }
    }
}

//! The target of a request as its client sends it, whatever was written for it.

use crate::{Note, walk::Out};
use countersign::wire::percent::{self, Kept};
use std::borrow::Cow;

/// What a client makes of the URL it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// `curl` resolves dots, and sends all other bytes as they are.
    Curl,
    /// `wget` resolves dots and escapes what is unsafe.
    Wget,
    /// Python's requests spells every escape anew, too.
    Requests,
    /// Browsers and Node follow the URL standard.
    Standard,
}

/// What path and query may hold by the URL standard: of the rest, a backslash becomes a slash before it comes to that.
static STANDARD: [Kept; 2] =
    [Kept::alphanumeric_and(b"-._~!$&'()*+,;=:@/%[]^|"), Kept::alphanumeric_and(b"-._~!$&()*+,;=:@/?%[]^|\\`{}")];
static WGET: [Kept; 2] = [Kept::alphanumeric_and(b"-._~!$&'()*+,;=:@/%[]"), Kept::alphanumeric_and(b"-._~!$&'()*+,;=:@/?%[]")];
static REQUESTS: [Kept; 2] = [Kept::alphanumeric_and(b"-._~!$&'()*+,;=:@/%"), Kept::alphanumeric_and(b"-._~!$&'()*+,;=:@/?%")];
/// All that can be seen in ASCII.
static VISIBLE: Kept = Kept::alphanumeric_and(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/// A URL as any client sends it: nothing but ASCII, and no blanks.
pub(crate) fn escaped(url: &[u8]) -> Vec<u8> {
    // A host is no text to escape.
    let host = url.windows(3).position(|piece| piece == b"://").map_or(0, |at| at + 3);
    let end = url.iter().skip(host).position(|byte| b"/?#".contains(byte)).map_or(url.len(), |at| host + at);
    let (front, rest) = url.split_at_checked(end).unwrap_or((url, &[]));
    [front, &percent::encoded(rest, &VISIBLE)].concat()
}

impl Out {
    /// The target as a client with this name sends it; what it changes is said.
    pub(crate) fn sent(&mut self, habit: Habit, client: &'static str, given: Vec<u8>) -> Vec<u8> {
        let (path, query) = parted(&given);
        let resolved = habit.resolved(path);
        let mut sent = habit.spelled(0, &resolved);
        if let Some(query) = query {
            sent.push(b'?');
            sent.extend(habit.spelled(1, query));
        }
        if *resolved != *path {
            self.notes.push(Note::DotSegments(client));
            self.resolved.push((parted(&sent).0.to_vec(), path.to_vec()));
        }
        if sent != [&resolved, given.get(path.len()..).unwrap_or_default()].concat() {
            self.notes.push(Note::UrlRespelled(client));
        }
        sent
    }
}

impl Habit {
    /// The path without its dot segments.
    fn resolved(self, path: &[u8]) -> Cow<'_, [u8]> {
        let is_standard = self == Self::Standard;
        let dots = |segment: &[u8]| match segment {
            b"." => 1,
            b".." => 2,
            // An escaped dot is one by the standard alone.
            _ if is_standard && segment.len() <= 6 && segment.contains(&b'%') => match segment.to_ascii_lowercase().as_slice() {
                b"%2e" => 1,
                b".%2e" | b"%2e." | b"%2e%2e" => 2,
                _ => 0,
            },
            _ => 0,
        };
        let is_separator = |byte: &u8| *byte == b'/' || (is_standard && *byte == b'\\');
        let has_backslash = is_standard && path.contains(&b'\\');
        if !has_backslash && !path.split(is_separator).any(|segment| dots(segment) > 0) {
            return Cow::Borrowed(path);
        }
        let mut kept: Vec<&[u8]> = Vec::new();
        let mut segments = path.split(is_separator).skip(1).peekable();
        while let Some(segment) = segments.next() {
            let count = dots(segment);
            if count == 2 {
                kept.pop();
            }
            if count == 0 {
                kept.push(segment);
            } else if segments.peek().is_none() {
                kept.push(b"");
            }
        }
        Cow::Owned([b"/", kept.join(&b'/').as_slice()].concat())
    }

    /// Path (0) or query (1) with the escapes this client puts there.
    fn spelled(self, which: usize, text: &[u8]) -> Vec<u8> {
        let encoded =
            |sets: &[Kept; 2], text: &[u8]| sets.get(which).map(|kept| percent::encoded(text, kept)).unwrap_or_default();
        match self {
            Self::Curl => text.to_vec(),
            Self::Standard => encoded(&STANDARD, text),
            Self::Wget => encoded(&WGET, &lone_signs(text)),
            // With one sign that is no escape, it takes none for one.
            Self::Requests if lone_signs(text) != text => requoted(&encoded(&REQUESTS, &every_sign(text))),
            Self::Requests => requoted(&encoded(&REQUESTS, text)),
        }
    }
}

fn parted(target: &[u8]) -> (&[u8], Option<&[u8]>) {
    let end = target.iter().position(|byte| *byte == b'?').unwrap_or(target.len());
    let (path, rest) = target.split_at_checked(end).unwrap_or((target, &[]));
    (path, rest.get(1..))
}

/// The value of an escape at the start of a text.
fn escape(text: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(text.strip_prefix(b"%")?.get(..2)?).ok()?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
}

/// Every `%` that begins no escape, escaped.
fn lone_signs(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (at, byte) in text.iter().enumerate() {
        out.push(*byte);
        if *byte == b'%' && text.get(at..).and_then(escape).is_none() {
            out.extend_from_slice(b"25");
        }
    }
    out
}

fn every_sign(text: &[u8]) -> Vec<u8> {
    text.split(|byte| *byte == b'%').collect::<Vec<_>>().join(&b"%25"[..])
}

/// Escapes in capitals, and none where none is needed.
fn requoted(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match escape(&[&[*byte], tail.get(..2).unwrap_or_default()].concat()) {
            Some(value) => {
                rest = tail.get(2..).unwrap_or_default();
                if percent::UNRESERVED.contains(value) {
                    out.push(value);
                } else {
                    out.extend(format!("%{value:02X}").into_bytes());
                }
            }
            None => out.push(*byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each client was seen to send: requests 2.34, Node 20, wget 1.21, curl 7.88.
    #[test]
    fn targets_are_those_the_clients_send() {
        let dots = ["/x/b.txt"; 4];
        for (given, [requests, standard, wget, curl]) in [
            ("/x/./a/../b.txt", dots),
            (
                "/照 a.jpg?q=照 b'c|d\"e`f{g}^h[i]\\j",
                [
                    "/%E7%85%A7%20a.jpg?q=%E7%85%A7%20b'c%7Cd%22e%60f%7Bg%7D%5Eh%5Bi%5D%5Cj",
                    "/%E7%85%A7%20a.jpg?q=%E7%85%A7%20b%27c|d%22e`f{g}^h[i]\\j",
                    "/%E7%85%A7%20a.jpg?q=%E7%85%A7%20b'c%7Cd%22e%60f%7Bg%7D%5Eh[i]%5Cj",
                    "/照 a.jpg?q=照 b'c|d\"e`f{g}^h[i]\\j",
                ],
            ),
            (
                "/a%2e%2E/%e7%7e%7E%41b|c^d`e{f}\"g<h>[i]\\j'k",
                [
                    "/a../%E7~~Ab%7Cc%5Ed%60e%7Bf%7D%22g%3Ch%3E%5Bi%5D%5Cj'k",
                    "/a%2e%2E/%e7%7e%7E%41b|c^d%60e%7Bf%7D%22g%3Ch%3E[i]/j'k",
                    "/a%2e%2E/%e7%7e%7E%41b%7Cc%5Ed%60e%7Bf%7D%22g%3Ch%3E[i]%5Cj'k",
                    "/a%2e%2E/%e7%7e%7E%41b|c^d`e{f}\"g<h>[i]\\j'k",
                ],
            ),
            ("/a/%2e%2e/b", ["/a/../b", "/b", "/a/%2e%2e/b", "/a/%2e%2e/b"]),
            ("/a//b/../c?x=../y", ["/a//c?x=../y"; 4]),
            ("/a\\b", ["/a%5Cb", "/a/b", "/a%5Cb", "/a\\b"]),
            ("/a%zz%?b%zz", ["/a%25zz%25?b%25zz", "/a%zz%?b%zz", "/a%25zz%25?b%25zz", "/a%zz%?b%zz"]),
        ] {
            for (habit, sent) in
                [(Habit::Requests, requests), (Habit::Standard, standard), (Habit::Wget, wget), (Habit::Curl, curl)]
            {
                let mut out = Out::default();
                let found = String::from_utf8(out.sent(habit, "x", given.into())).unwrap();
                assert_eq!(found, sent, "{habit:?} {given}");
                assert_eq!(out.notes.is_empty(), given == sent, "{habit:?} {given}");
            }
        }
    }

    #[test]
    fn a_url_alone_is_escaped_behind_its_host() {
        let escaped = |url: &str| String::from_utf8(escaped(url.as_bytes())).unwrap();
        assert_eq!(escaped("https://照.example/照 a/../<b>?c=照"), "https://照.example/%E7%85%A7%20a/../<b>?c=%E7%85%A7");
        assert_eq!(escaped("照"), "照");
    }
}

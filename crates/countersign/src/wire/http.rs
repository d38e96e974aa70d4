//! A raw HTTP/1.1 message cut into its pieces, in order, nothing tidied.

use super::{header::Header, split_once};
use crate::phrase::{Phrase, Told, phrase, tell_in_english};
use alloc::vec::Vec;

/// The most bytes of request line and headers that are read.
pub const MAX_HEAD: usize = 16 << 20;

/// The head of a request message.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// The verb.
    pub method: &'a str,
    /// The request target as written: `/path?query`, or a whole URL.
    pub target: &'a [u8],
    /// The header fields in order, with duplicates.
    pub headers: Vec<Header<'a>>,
}

/// Why bytes are not an HTTP request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpError {
    /// The first line is not `METHOD target HTTP/1.1`.
    RequestLine,
    /// A header line has no colon; its number, counted from 1.
    NoColon(usize),
    /// A header name holds a character no name can have; the line's number.
    BadName(usize),
    /// The head is larger than [`MAX_HEAD`].
    TooLarge,
}

impl Told for HttpError {
    fn told(&self) -> Phrase {
        match self {
            Self::RequestLine => phrase!("line 1 is not an HTTP request line; expected `METHOD /path HTTP/1.1`"),
            Self::NoColon(line) => phrase!("line {line} is not a header; expected `Name: value`").shown("line", line),
            Self::BadName(line) => {
                phrase!("the header name in line {line} holds a character no name can have").shown("line", line)
            }
            Self::TooLarge => phrase!("request line and headers exceed the limit of {limit} MiB").shown("limit", MAX_HEAD >> 20),
        }
    }
}

tell_in_english!(HttpError);
impl core::error::Error for HttpError {}

/// Splits a message at the empty line: the head (with its last line end) and the body.
///
/// `None` for the body when there is no empty line: a capture of the head alone.
#[must_use]
pub fn split_head(message: &[u8]) -> (&[u8], Option<&[u8]>) {
    let mut from = 0;
    while let Some(at) = message.get(from..).and_then(|rest| rest.iter().position(|b| *b == b'\n')) {
        let end = from + at + 1;
        let rest = message.get(end..).unwrap_or_default();
        for empty in [&b"\n"[..], b"\r\n"] {
            if let Some(body) = rest.strip_prefix(empty) {
                return (message.get(..end).unwrap_or_default(), Some(body));
            }
        }
        from = end;
    }
    (message, None)
}

/// Reads the request line and headers. Lines may end in LF or CRLF; a line that starts with a
/// blank continues the header before it.
///
/// # Errors
///
/// When the bytes are not such a head; the error names the line.
pub fn parse_head(head: &[u8]) -> Result<Head<'_>, HttpError> {
    if head.len() > MAX_HEAD {
        return Err(HttpError::TooLarge);
    }
    let mut lines = Lines { rest: head, number: 0 };
    let (_, first) = lines.next().ok_or(HttpError::RequestLine)?;
    let (method, rest) = split_once(first, b' ');
    let rest = rest.ok_or(HttpError::RequestLine)?.trim_ascii();
    // A target may hold raw blanks, which is a fault worth explaining: only the last word is the version.
    let version = rest.iter().rposition(|b| *b == b' ').filter(|at| rest.get(at + 1..).is_some_and(|v| v.starts_with(b"HTTP/")));
    let target = version.and_then(|at| rest.get(..at)).unwrap_or(rest).trim_ascii();
    let method = core::str::from_utf8(method).ok().filter(|method| is_method(method));
    let looks_right = target.starts_with(b"/") || target == b"*" || super::strip_prefix_ignore_case(target, b"http").is_some();
    let method = method.filter(|_| looks_right).ok_or(HttpError::RequestLine)?;
    let mut headers = Vec::new();
    for (number, line) in lines {
        let (name, value) = split_once(line, b':');
        let value = value.ok_or(HttpError::NoColon(number))?;
        let name = core::str::from_utf8(name.trim_ascii_end()).map_err(|_| HttpError::BadName(number))?;
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(HttpError::BadName(number));
        }
        // Clients write `Name: value`; further blanks belong to the value, and some vendors sign them.
        headers.push(Header::new(name, value.strip_prefix(b" ").unwrap_or(value)));
    }
    Ok(Head { method, target, headers })
}

/// Whether a text can be the verb of a request.
pub(crate) fn is_method(text: &str) -> bool {
    match text.as_bytes() {
        // Those of nearly all requests.
        [b'G', b'E', b'T'] | [b'P', b'U', b'T'] | [b'H', b'E', b'A', b'D'] | [b'P', b'O', b'S', b'T'] => true,
        bytes => !bytes.is_empty() && bytes.iter().copied().all(is_token),
    }
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Logical lines: folds stay inside a line, the line end is cut off.
struct Lines<'a> {
    rest: &'a [u8],
    number: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let first = self.number + 1;
        let mut end = 0;
        loop {
            let tail = self.rest.get(end..).unwrap_or_default();
            end += tail.iter().position(|b| *b == b'\n').map_or(tail.len(), |at| at + 1);
            self.number += 1;
            // The request line (number 1) cannot be folded.
            if first == 1 || !self.rest.get(end).is_some_and(|b| matches!(b, b' ' | b'\t')) {
                break;
            }
        }
        let (line, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() { None } else { Some((first, line)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_duplicates_and_folds_are_kept() {
        let message = b"PUT /a b?x HTTP/1.1\r\nHost: h\r\nX-A:  1\r\n  2\r\nx-a:3\r\n\r\nbody";
        let (head, body) = split_head(message);
        assert_eq!(body, Some(&b"body"[..]));
        let head = parse_head(head).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((head.method, head.target), ("PUT", &b"/a b?x"[..]));
        let names: Vec<_> = head.headers.iter().map(|h| (h.name, h.value)).collect();
        assert_eq!(names, [("Host", &b"h"[..]), ("X-A", b" 1\r\n  2"), ("x-a", b"3")]);
    }

    #[test]
    fn faults_are_named_by_line() {
        let fault = |m: &[u8]| parse_head(m).err();
        assert_eq!(fault(b"hello"), Some(HttpError::RequestLine));
        assert_eq!(fault(b""), Some(HttpError::RequestLine));
        assert_eq!(fault(b"\xff\xfe / HTTP/1.1\n"), Some(HttpError::RequestLine));
        assert_eq!(fault(b"GET / HTTP/1.1\nHost: x\nnonsense\n"), Some(HttpError::NoColon(3)));
        assert_eq!(fault(b"GET / HTTP/1.1\nHo st: x\n"), Some(HttpError::BadName(2)));
    }

    #[test]
    fn a_head_alone_has_no_body() {
        assert_eq!(split_head(b"GET / HTTP/1.1\nHost: x\n").1, None);
        assert_eq!(split_head(b"GET / HTTP/1.1\nHost: x\n\n").1, Some(&b""[..]));
    }
}

//! Tells a raw request, a URL, a header value and a token apart.
//!
//! What a scheme's header value or token looks like is the library's business: a line is one when
//! some scheme reads it as one, even if damaged.

use super::{Kind, NO_REQUEST};
use crate::trouble::{Source, Trouble};
use countersign::{
    Hints, Request, RequestError, Subject, providers,
    providers::Among,
    wire::http::HttpError,
    wire::url::{Url, UrlError},
};

/// Says what `head` is and returns the text that counts.
pub fn recognise(head: Vec<u8>, source: &Source) -> Result<(Kind, Vec<u8>), Trouble> {
    let head = without_byte_order_mark(head);
    let line = head.trim_ascii();
    if line.is_empty() {
        return Err(Trouble::Empty(source.clone()));
    }
    if line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff") {
        return Err(Trouble::Utf16(source.clone()));
    }
    let is_line = !line.contains(&b'\n');
    if is_line && is_url(line) {
        Url::parse(line).map_err(|error| Trouble::Url(source.clone(), error))?;
        return Ok((Kind::Url, line.to_vec()));
    }
    match Request::parse_head(&head) {
        Ok(_) => return Ok((Kind::Request, head)),
        Err(RequestError::Http(HttpError::RequestLine)) => {}
        Err(error) => return Err(super::request_error(source.clone(), error)),
    }
    if !is_text(line) {
        return Err(Trouble::NotText(source.clone(), line.get(..8).unwrap_or(line).to_vec()));
    }
    let unknown = || Trouble::NotRecognised(source.clone(), first_line(line));
    if !is_line {
        return Err(unknown());
    }
    if let Some(value) = after_name(line) {
        return Ok((Kind::Header, value.to_vec()));
    }
    if is_token(line) {
        return Ok((Kind::Token, line.to_vec()));
    }
    let holder = Request::parse_head(NO_REQUEST).map_err(|error| super::request_error(source.clone(), error))?;
    if is_claim(&holder.header("Authorization", line).into()) {
        return Ok((Kind::Header, line.to_vec()));
    }
    Err(unknown())
}

/// Whether a text starts like a URL.
pub fn is_url(text: &[u8]) -> bool {
    !matches!(Url::parse(text.trim_ascii_start()), Err(UrlError::NoScheme))
}

/// Whether some scheme sees a claim here, sound or damaged.
fn is_claim(subject: &Subject<'_>) -> bool {
    !matches!(providers::read(subject, &Hints::NONE, Among::All), Ok(None))
}

/// Whether some scheme reads this as a token of its own. There is no word in front of it that would
/// tell a damaged one from any other text.
fn is_token(line: &[u8]) -> bool {
    let read = providers::read(&Subject::Token(line), &Hints::NONE, Among::All);
    !line.contains(&b' ') && matches!(read, Ok(Some(_)))
}

/// What follows `Authorization:` in a header line.
fn after_name(line: &[u8]) -> Option<&[u8]> {
    let (name, value) = line.split_at_checked(b"authorization:".len())?;
    name.eq_ignore_ascii_case(b"authorization:").then(|| value.trim_ascii())
}

/// Some editors put a mark before UTF-8 text; it is not part of the text.
fn without_byte_order_mark(head: Vec<u8>) -> Vec<u8> {
    match head.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => head,
    }
}

/// Whether the first line is UTF-8 without control characters.
fn is_text(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    std::str::from_utf8(line).is_ok_and(|line| !line.contains(|c: char| c.is_control() && c != '\t'))
}

/// The first line, cut where it is too long to show.
fn first_line(text: &[u8]) -> String {
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

    fn kind(text: &str) -> Option<Kind> {
        recognise(text.as_bytes().to_vec(), &Source::StandardInput).ok().map(|(kind, _)| kind)
    }

    #[test]
    fn content_tells_what_it_is() {
        for (text, expected) in [
            ("GET / HTTP/1.1\r\nHost: x\r\n", Kind::Request),
            ("\u{feff}GET / HTTP/1.1\nHost: x\n", Kind::Request),
            ("GET https://h/a HTTP/1.1\n", Kind::Request),
            ("GET /a\u{1}b HTTP/1.1\n", Kind::Request),
            ("  https://h/a b?x \r\n", Kind::Url),
            ("HTTP://h", Kind::Url),
            ("rtmp://h/live/a?x", Kind::Url),
            ("OSS id:c2lnbmF0dXJl", Kind::Header),
            ("authorization:  AWS id:c2lnbmF0dXJl\n", Kind::Header),
            ("CSIDEXAMPLE0001:c2lnbmF0dXJl:eyJzY29wZSI6InBob3RvcyJ9", Kind::Token),
            ("Authorization: Basic bWFkZTp1cA==", Kind::Header),
            ("AWS4-HMAC-SHA256 Credential=malformed", Kind::Header),
        ] {
            assert_eq!(kind(text), Some(expected), "{text}");
        }
        for text in
            ["hello", "https://a/\nhttps://b/", "Host: x\nAuthorization: AWS a:b", "ftp://h/a", "time: 08:30:15", "host:8080"]
        {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        let trouble = |bytes: &[u8]| recognise(bytes.to_vec(), &Source::Argument).err();
        assert!(matches!(trouble(b"\x7fELF\x02\x01"), Some(Trouble::NotText(..))));
        assert!(matches!(trouble(b"\x89PNG\r\n"), Some(Trouble::NotText(..))));
        assert!(matches!(trouble(b"\xff\xfeG\0E\0T\0"), Some(Trouble::Utf16(_))));
        assert!(matches!(trouble(b" \r\n\t"), Some(Trouble::Empty(_))));
        assert!(matches!(trouble(b"https:///x"), Some(Trouble::Url(..))));
        assert!(matches!(trouble(b"GET / HTTP/1.1\nnonsense\n"), Some(Trouble::Http(_, HttpError::NoColon(2)))));
    }

    #[test]
    fn a_long_first_line_is_cut_where_it_is_shown() {
        let shown = first_line("é".repeat(100).as_bytes());
        assert_eq!(shown.chars().count(), 61);
        assert_eq!(first_line(b"a b \nc"), "a b");
    }
}

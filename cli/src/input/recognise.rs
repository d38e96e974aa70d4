//! Tells a raw request, a URL, a header value, a form and tokens apart.
//!
//! What a scheme's header value or token looks like is the library's business: a line is one when
//! some scheme reads it as one, even if damaged.

use super::{Kind, NO_REQUEST};
use crate::trouble::{Source, Trouble};
use countersign::{
    Carrier, Encoding, Hints, Request, RequestError, Scheme, Subject,
    providers::{self, Among, cos, kodo},
    wire::http::HttpError,
    wire::url::{Url, UrlError},
};

/// Says what `head` is and returns the text that counts. Who asks for a scheme of tokens has a token,
/// whatever it looks like.
pub fn recognise(head: Vec<u8>, source: &Source, asked: Option<&'static dyn Scheme>) -> Result<(Kind, Vec<u8>), Trouble> {
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
    if line.starts_with(b"{") {
        return Ok((Kind::Form, head));
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
    if let Some(value) = after_name(line).filter(|_| is_line) {
        return Ok((Kind::Header, value.to_vec()));
    }
    let asks_for_token = asked.is_some_and(|scheme| scheme.carrier() == Carrier::Token);
    if let Some(first) = token_lines(line).next().filter(|first| asks_for_token || is_token(first)) {
        return Ok(if is_line { (Kind::Token, first.to_vec()) } else { (Kind::Tokens, line.to_vec()) });
    }
    if !is_line {
        return Err(unknown());
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

/// Whether this is a token, sound or damaged.
fn is_token(line: &[u8]) -> bool {
    !line.contains(&b' ') && token_scheme(line).is_some()
}

/// The scheme a token is of. There is no word in front of it: a damaged one must show something that no
/// other text has by chance.
pub fn token_scheme(token: &[u8]) -> Option<&'static dyn Scheme> {
    let scheme: &dyn Scheme = match providers::read(&Subject::Token(token), &Hints::NONE, Among::All) {
        Ok(Some(claim)) => claim.scheme,
        _ => {
            let upload = kodo::UploadToken::decode(token);
            let is_hmac = |text: &[u8]| Encoding::Base64Url.decode(text).is_some_and(|bytes| bytes.len() == 20);
            if cos::json::Decoded::parse(token).is_ok_and(|said| said.order.len() >= 3) {
                &cos::JSON_MULTI
            } else if upload.policy.is_some() || upload.signature.is_some_and(|text| is_hmac(&text)) {
                &kodo::UPLOAD_TOKEN
            } else {
                return None;
            }
        }
    };
    (scheme.carrier() == Carrier::Token).then_some(scheme)
}

/// The tokens in a text, one on each line that is not empty, without what people and programs write
/// before them.
pub fn token_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let without = |line, word: &str| strip_word(line, word).unwrap_or(line);
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    lines.map(move |line| ["token: ", "uptoken: ", "uptoken "].into_iter().fold(line, without))
}

/// A list is one when nothing stands in it but tokens.
pub fn check_tokens(text: &[u8], source: &Source) -> Result<(), Trouble> {
    match token_lines(text).find(|line| !is_text(line) || line.contains(&b' ')) {
        Some(line) => Err(Trouble::NotAToken(source.clone(), first_line(line))),
        None => Ok(()),
    }
}

/// What follows `Authorization:` in a header line.
fn after_name(line: &[u8]) -> Option<&[u8]> {
    strip_word(line, "authorization:").map(<[u8]>::trim_ascii)
}

/// What follows `word`, whose case does not matter.
fn strip_word<'l>(line: &'l [u8], word: &str) -> Option<&'l [u8]> {
    let (start, rest) = line.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word.as_bytes()).then(|| rest.trim_ascii_start())
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
        recognise(text.as_bytes().to_vec(), &Source::StandardInput, None).ok().map(|(kind, _)| kind)
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
            ("Token: CSIDEXAMPLE0001:c2lnbmF0dXJl:eyJzY29wZSI6InBob3RvcyJ9", Kind::Token),
            ("UpToken CSIDEXAMPLE0001:c2lnbmF0dXJl:eyJzY29wZSI6InBob3RvcyJ9", Kind::Token),
            ("a:c2ln:eyJ9\nb:c2ln:eyJ9", Kind::Tokens),
            // Cut off behind a signature of 20 bytes, and without a signature.
            ("CSIDEXAMPLE0001:RZa7PfHGi9k13f76qW_6LT2gAxk=", Kind::Token),
            ("CSIDEXAMPLE0001::eyJzY29wZSI6InBob3RvcyJ9", Kind::Token),
            // Of the JSON API, without `e` and `t`.
            ("MDEyMzQ1Njc4OTAxMjM0NTY3ODlhPTEmYj1uJms9QUtJRA==", Kind::Token),
            ("{\"key\":\"a\"}", Kind::Form),
            ("q-sign-algorithm=sha1&q-ak=AKID", Kind::Header),
            ("Authorization: Basic bWFkZTp1cA==", Kind::Header),
            ("AWS4-HMAC-SHA256 Credential=malformed", Kind::Header),
        ] {
            assert_eq!(kind(text), Some(expected), "{text}");
        }
        for text in [
            "hello",
            "https://a/\nhttps://b/",
            "Host: x\nAuthorization: AWS a:b",
            "ftp://h/a",
            "time: 08:30:15",
            "host:8080",
            "CSIDEXAMPLE0001:26NBxoKdsyly4EDv6inkoDft/yA=",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn who_asks_for_a_token_has_one() {
        let asked = |text: &str, id| recognise(text.as_bytes().to_vec(), &Source::Argument, providers::scheme(id)).ok();
        assert_eq!(asked("hello", "kodo-upload-token"), Some((Kind::Token, b"hello".to_vec())));
        assert_eq!(asked("a\nb", "cos-json-once").map(|(kind, _)| kind), Some(Kind::Tokens));
        assert_eq!(asked("hello", "kodo-qbox"), None);
        assert_eq!(asked("https://h/a", "cos-json-once").map(|(kind, _)| kind), Some(Kind::Url));
    }

    #[test]
    fn a_list_holds_tokens_and_nothing_else() {
        let lines: Vec<_> = token_lines(b"token: a\r\n\n  b \nUPTOKEN:  c\nUpToken d\ntoken:e\n").collect();
        assert_eq!(lines, [&b"a"[..], b"b", b"c", b"d", b"token:e"]);
        assert!(check_tokens(b"a:b:c\n\na", &Source::Argument).is_ok());
        let trouble = check_tokens(b"a:b:c\nand this one", &Source::Argument).err();
        assert!(matches!(trouble, Some(Trouble::NotAToken(_, line)) if line == "and this one"));
        assert!(check_tokens(b"a:b:c\n\xff", &Source::Argument).is_err());
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        let trouble = |bytes: &[u8]| recognise(bytes.to_vec(), &Source::Argument, None).err();
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

//! Reads bytes: what is short enough is captured as a whole; of a message with a long body the head alone is
//! text, and of the body the digests are kept.

use super::{Held, Input, Kind, Read as Captured, policy};
use crate::{
    secrets::veiled,
    trouble::{Source, Trouble},
};
use countersign::{
    BodyHasher, Carrier, Request, RequestError, Scheme,
    wire::http::{HttpError, MAX_HEAD},
};
use countersign_capture::{self as capture, CaptureError, Thing};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// A body up to this size is kept; of a longer one only the digests.
pub const MAX_BODY: usize = 16 << 20;

/// Reads the input named on the command line. The scheme that is asked for helps to recognise it.
pub fn read(name: &Path, asked: Option<&'static dyn Scheme>) -> Result<Captured, Trouble> {
    if name.as_os_str() == "-" {
        return captured(&mut io::stdin().lock(), Source::StandardInput, asked);
    }
    let text = name.as_os_str().as_encoded_bytes();
    if capture::is_url(text) {
        return captured(&mut &*text, Source::Argument, asked);
    }
    match std::fs::metadata(name) {
        Ok(found) if found.is_dir() => Err(Trouble::Directory(name.to_owned())),
        Ok(_) => {
            let source = Source::File(name.to_owned());
            let file = File::open(name).map_err(|error| Trouble::Unreadable(source.clone(), error))?;
            captured(&mut BufReader::new(file), source, asked)
        }
        Err(error) if is_absent(&error) => match captured(&mut &*text, Source::Argument, asked) {
            Err(Trouble::NotRecognised(..) | Trouble::Empty(_)) => Err(Trouble::NoInput(name.to_owned())),
            other => other,
        },
        Err(error) => Err(Trouble::Unreadable(Source::File(name.to_owned()), error)),
    }
}

/// Recognises what was read already.
pub fn from_bytes(bytes: &[u8], source: Source, asked: Option<&'static dyn Scheme>) -> Result<Input, Trouble> {
    captured(&mut &*bytes, source, asked)?.only()
}

/// All of a file, or its first `most` bytes.
pub fn start_of(path: &Path, most: usize) -> Result<Vec<u8>, Trouble> {
    let file = File::open(path).map_err(|error| file_error(path, error))?;
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes).map_err(|error| file_error(path, error))?;
    Ok(bytes)
}

/// All of a file, or of standard input, that is no longer than `most`.
pub fn contents(name: &Path, most: usize) -> Result<(Vec<u8>, Source), Trouble> {
    let (bytes, source) = if name.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(most as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| Trouble::Unreadable(Source::StandardInput, error))?;
        (bytes, Source::StandardInput)
    } else {
        (start_of(name, most + 1)?, Source::File(name.to_owned()))
    };
    if bytes.len() > most { Err(Trouble::TooLong(source, most)) } else { Ok((bytes, source)) }
}

/// Why a file cannot be read.
pub fn file_error(path: &Path, error: io::Error) -> Trouble {
    match error.kind() {
        io::ErrorKind::NotFound => Trouble::NoFile(path.to_owned()),
        io::ErrorKind::IsADirectory => Trouble::Directory(path.to_owned()),
        _ => Trouble::Unreadable(Source::File(path.to_owned()), error),
    }
}

/// Whether there is no such file; a text given in place of a file name may be none at all.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput
    )
}

fn captured(reader: &mut impl BufRead, source: Source, asked: Option<&'static dyn Scheme>) -> Result<Captured, Trouble> {
    let unreadable = |error| Trouble::Unreadable(source.clone(), error);
    let (head, empty_line) = read_head(reader).map_err(unreadable)?;
    let mut text = head;
    if is_message(&text) {
        if text.len() > MAX_HEAD {
            return Err(Trouble::Http(source, HttpError::TooLarge));
        }
        if let Some(empty_line) = empty_line {
            match read_body(reader, MAX_BODY).map_err(unreadable)? {
                Held::Bytes(body) => {
                    text.extend_from_slice(empty_line);
                    text.extend(body);
                }
                long => return Ok(Input { body: long, ..Input::new(Kind::Request, source, text) }.into()),
            }
        }
    } else {
        text.extend_from_slice(empty_line.unwrap_or_default());
        let room = (capture::MAX_TEXT + 1).saturating_sub(text.len()) as u64;
        reader.take(room).read_to_end(&mut text).map_err(unreadable)?;
    }
    recognised(&text, source, asked)
}

/// Who asks for a scheme of tokens has a token, whatever it looks like.
fn recognised(text: &[u8], source: Source, asked: Option<&'static dyn Scheme>) -> Result<Captured, Trouble> {
    if policy::is_policy(text) {
        return Ok(Input::new(Kind::Policy, source, text.trim_ascii().to_vec()).into());
    }
    let asks_for_token = asked.is_some_and(|scheme| scheme.carrier() == Carrier::Token);
    match capture::read(text) {
        Err(CaptureError::NotRecognised(_) | CaptureError::NotAToken(_)) if asks_for_token => {
            let list: Vec<_> = capture::token_lines(text).collect();
            match list.iter().find(|line| list.len() > 1 && line.contains(&b' ')) {
                Some(line) => Err(Trouble::NotAToken(source, String::from_utf8_lossy(line).into_owned())),
                None => Ok(super::tokens(&list, source).into()),
            }
        }
        Ok(found) if asks_for_token && matches!(found.found.as_slice(), [only] if matches!(only.thing, Thing::Header(_))) => {
            Ok(super::tokens(&[text.trim_ascii()], source).into())
        }
        Ok(found) => Ok(Captured::new(found, source)),
        Err(fault) => Err(trouble(fault, source)),
    }
}

fn trouble(fault: CaptureError, source: Source) -> Trouble {
    match fault {
        CaptureError::Empty => Trouble::Empty(source),
        CaptureError::NotText(start) => Trouble::NotText(source, start),
        CaptureError::NotAToken(line) => Trouble::NotAToken(source, veiled(&line)),
        CaptureError::TooLarge => Trouble::TooLarge(source, capture::MAX_TEXT),
        CaptureError::Http(fault) => Trouble::Http(source, fault),
        CaptureError::Url(fault) => Trouble::Url(source, fault),
        CaptureError::Form(fault) => Trouble::Form(source, fault),
        CaptureError::NotRecognised(line) => Trouble::NotRecognised(source, veiled(&line)),
        // The enum may grow; its own sentence is better than none.
        other => Trouble::NotRecognised(source, other.to_string()),
    }
}

/// Whether a head is that of a request, or was going to be one.
fn is_message(head: &[u8]) -> bool {
    let line = head.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    let start = line.get(..line.len().min(MAX_HEAD)).unwrap_or_default();
    let has_version = line.trim_ascii_end().rsplit(|byte| *byte == b' ').next().is_some_and(|word| word.starts_with(b"HTTP/"));
    has_version && !matches!(Request::parse_head(start), Err(RequestError::Http(HttpError::RequestLine)))
}

/// Everything before the first empty line, with its last line end; empty lines before it are skipped.
/// The second answer is the empty line, if there was one.
fn read_head(reader: &mut impl BufRead) -> io::Result<(Vec<u8>, Option<&'static [u8]>)> {
    let mut head = Vec::new();
    loop {
        let start = head.len();
        // One byte over the limit, so that the parser of heads sees that it is too long.
        let room = (MAX_HEAD + 1).saturating_sub(start) as u64;
        reader.take(room).read_until(b'\n', &mut head)?;
        let empty_line: &'static [u8] = match head.get(start..).unwrap_or_default() {
            b"" => return Ok((head, None)),
            b"\n" => b"\n",
            b"\r\n" => b"\r\n",
            _ => continue,
        };
        head.truncate(start);
        if !head.is_empty() {
            return Ok((head, Some(empty_line)));
        }
    }
}

fn read_body(reader: &mut impl BufRead, limit: usize) -> io::Result<Held> {
    let mut kept = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut kept)?;
    if kept.len() <= limit {
        return Ok(Held::Bytes(kept));
    }
    let mut hasher = BodyHasher::default();
    hasher.update(&kept);
    drop(kept);
    loop {
        let chunk = reader.fill_buf()?;
        let length = chunk.len();
        if length == 0 {
            return Ok(Held::Digest(hasher.finish()));
        }
        hasher.update(chunk);
        reader.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign::providers;

    fn kind(text: &[u8]) -> Result<Kind, Trouble> {
        captured(&mut &*text, Source::StandardInput, None).map(|read| read.inputs[0].kind)
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
            ("Host: x\nAuthorization: AWS a:b", Kind::Header),
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
            ("<Error><Code>SignatureDoesNotMatch</Code></Error>", Kind::Answer),
        ] {
            assert_eq!(kind(text.as_bytes()).ok(), Some(expected), "{text}");
        }
        for text in ["hello", "ftp://h/a", "time: 08:30:15", "host:8080", "CSIDEXAMPLE0001:26NBxoKdsyly4EDv6inkoDft/yA="] {
            assert!(matches!(kind(text.as_bytes()), Err(Trouble::NotRecognised(..))), "{text}");
        }
    }

    #[test]
    fn who_asks_for_a_token_has_one() {
        let asked = |text: &str, id| captured(&mut text.as_bytes(), Source::Argument, providers::scheme(id)).ok();
        let first = |text, id| asked(text, id).map(|read| (read.inputs[0].kind, read.inputs[0].text().to_vec()));
        assert_eq!(first("hello", "kodo-upload-token"), Some((Kind::Token, b"hello".to_vec())));
        assert_eq!(first("a\nb", "cos-json-once").map(|(kind, _)| kind), Some(Kind::Tokens));
        assert!(asked("hello", "kodo-qbox").is_none());
        assert_eq!(first("https://h/a", "cos-json-once").map(|(kind, _)| kind), Some(Kind::Url));
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        assert!(matches!(kind(b"\x7fELF\x02\x01"), Err(Trouble::NotText(..))));
        assert!(matches!(kind(b"\x89PNG\r\n"), Err(Trouble::NotText(..))));
        assert!(matches!(kind(b" \r\n\t"), Err(Trouble::Empty(_))));
        assert!(matches!(kind(b"https:///x"), Err(Trouble::Url(..))));
        assert!(matches!(kind(b"GET / HTTP/1.1\nnonsense\n"), Err(Trouble::Http(_, HttpError::NoColon(2)))));
    }

    #[test]
    fn a_head_ends_at_the_first_empty_line() {
        for (message, head, body) in [
            (&b"a\r\nb\r\n\r\nbody\n\nmore"[..], &b"a\r\nb\r\n"[..], Some(&b"body\n\nmore"[..])),
            (b"a\nb\n\n", b"a\nb\n", Some(b"")),
            (b"\n\r\na\nb", b"a\nb", None),
            (b"", b"", None),
            (b"\n\n", b"", None),
        ] {
            let mut reader = message;
            let (found, empty_line) = read_head(&mut reader).unwrap();
            assert_eq!((&found[..], empty_line.map(|_| reader)), (head, body), "{}", message.escape_ascii());
        }
    }

    #[test]
    fn a_head_over_the_limit_is_refused_by_the_librarys_message() {
        let mut message = b"GET / HTTP/1.1\nX: ".to_vec();
        message.resize(MAX_HEAD + 10, b'x');
        let trouble = captured(&mut &*message, Source::StandardInput, None).err();
        assert!(matches!(trouble, Some(Trouble::Http(_, HttpError::TooLarge))), "{trouble:?}");
    }

    #[test]
    fn a_body_over_the_limit_is_digested() {
        let body = vec![7; 100_000];
        assert_eq!(read_body(&mut &*body, 100_000).unwrap(), Held::Bytes(body.clone()));
        let mut hasher = BodyHasher::default();
        hasher.update(&body);
        // A small buffer, so that the digest is made in many steps.
        let mut reader = BufReader::with_capacity(1_000, &*body);
        assert_eq!(read_body(&mut reader, 99_999).unwrap(), Held::Digest(hasher.finish()));
    }
}

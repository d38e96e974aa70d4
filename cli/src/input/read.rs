//! Reads bytes: the head up to its limit, the body as far as it can be kept, the rest as digests.

use super::{Held, Input, Kind, form, recognise};
use crate::trouble::{Source, Trouble};
use countersign::{BodyHasher, Scheme, wire::http::MAX_HEAD};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// A body up to this size is kept; of a longer one only the digests.
pub const MAX_BODY: usize = 16 << 20;

/// Reads the input named on the command line. The scheme that is asked for helps to recognise it.
pub fn read(name: &Path, asked: Option<&'static dyn Scheme>) -> Result<Input, Trouble> {
    if name.as_os_str() == "-" {
        return recognised(&mut io::stdin().lock(), Source::StandardInput, asked);
    }
    let text = name.as_os_str().as_encoded_bytes();
    if recognise::is_url(text) {
        return recognised(&mut &*text, Source::Argument, asked);
    }
    match std::fs::metadata(name) {
        Ok(found) if found.is_dir() => Err(Trouble::Directory(name.to_owned())),
        Ok(_) => {
            let source = Source::File(name.to_owned());
            let file = File::open(name).map_err(|error| Trouble::Unreadable(source.clone(), error))?;
            recognised(&mut BufReader::new(file), source, asked)
        }
        Err(error) if is_absent(&error) => match recognised(&mut &*text, Source::Argument, asked) {
            Err(Trouble::NotRecognised(..) | Trouble::Empty(_)) => Err(Trouble::NoInput(name.to_owned())),
            other => other,
        },
        Err(error) => Err(Trouble::Unreadable(Source::File(name.to_owned()), error)),
    }
}

/// Recognises what was read already.
pub fn from_bytes(bytes: &[u8], source: Source, asked: Option<&'static dyn Scheme>) -> Result<Input, Trouble> {
    recognised(&mut &*bytes, source, asked)
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

fn recognised(reader: &mut impl BufRead, source: Source, asked: Option<&'static dyn Scheme>) -> Result<Input, Trouble> {
    let unreadable = |error| Trouble::Unreadable(source.clone(), error);
    let (head, empty_line) = read_head(reader).map_err(unreadable)?;
    let (mut kind, mut text) = recognise::recognise(head, &source, asked)?;
    let mut body = if empty_line { read_body(reader, MAX_BODY).map_err(unreadable)? } else { Held::Unknown };
    let blank = |body: &Held| matches!(body, Held::Bytes(bytes) if bytes.trim_ascii().is_empty());
    if kind != Kind::Request && body != Held::Unknown && !blank(&body) {
        // An empty line ends a head, but not a list of tokens, nor JSON.
        let rest = match std::mem::replace(&mut body, Held::Unknown) {
            Held::Bytes(rest) if matches!(kind, Kind::Token | Kind::Tokens | Kind::Form) => rest,
            _ => return Err(Trouble::MoreThanOne(source)),
        };
        text.push(b'\n');
        text.extend(rest);
        if kind == Kind::Token {
            kind = Kind::Tokens;
        }
    }
    let fields = match kind {
        Kind::Form => form::parse(&text).map_err(|fault| Trouble::Form(source.clone(), fault))?,
        _ => Vec::new(),
    };
    if kind == Kind::Tokens {
        recognise::check_tokens(&text, &source)?;
    }
    Ok(Input { kind, source, text, fields, body, method: None, transport: None, headers: Vec::new(), host: None })
}

/// Everything before the first empty line, with its last line end; empty lines before it are skipped.
/// The second answer is whether there was an empty line.
fn read_head(reader: &mut impl BufRead) -> io::Result<(Vec<u8>, bool)> {
    let mut head = Vec::new();
    loop {
        let start = head.len();
        // One byte over the limit, so that the parser of heads sees that it is too long.
        let room = (MAX_HEAD + 1).saturating_sub(start) as u64;
        reader.take(room).read_until(b'\n', &mut head)?;
        match head.get(start..).unwrap_or_default() {
            b"" => return Ok((head, false)),
            b"\n" | b"\r\n" => {
                head.truncate(start);
                if !head.is_empty() {
                    return Ok((head, true));
                }
            }
            _ => {}
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
    use countersign::wire::http::HttpError;

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
            assert_eq!((&found[..], empty_line.then_some(reader)), (head, body), "{}", message.escape_ascii());
        }
    }

    #[test]
    fn a_head_over_the_limit_is_refused_by_the_librarys_message() {
        let mut message = b"GET / HTTP/1.1\nX: ".to_vec();
        message.resize(MAX_HEAD + 10, b'x');
        let trouble = recognised(&mut &*message, Source::StandardInput, None).err();
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

//! Files that hold nothing but secrets.

use super::Found;
use crate::{
    input::file_error,
    trouble::{Note, SecretFault, SecretSource, Trouble},
};
use countersign::SecretKey;
use std::{
    fs::File,
    io::{self, ErrorKind, Read},
    path::Path,
};
use zeroize::Zeroizing;

/// No secret is longer; a file that is was named by mistake.
const LIMIT: usize = 64 << 10;

/// The secret in a file: its bytes, without one line end at their end, which editors write.
pub fn secret(path: &Path, notes: &mut Vec<Note>) -> Result<SecretKey, Trouble> {
    let bytes = contents(path, notes)?;
    let secret = without_line_end(&bytes);
    if secret.is_empty() {
        return Err(Trouble::SecretFile(path.to_owned(), SecretFault::Empty));
    }
    notes.extend(doubts(secret, path));
    Ok(SecretKey::new(secret))
}

/// What may not belong to a secret, and is used as a part of it.
fn doubts(secret: &[u8], path: &Path) -> impl Iterator<Item = Note> {
    let path = || path.to_owned();
    let trimmed = secret.trim_ascii();
    let all = [
        (trimmed.len() != secret.len()).then(|| Note::BlankInSecret(SecretSource::File(path()))),
        secret.starts_with(b"\xef\xbb\xbf").then(|| Note::MarkInSecret(path())),
        trimmed.contains(&b'\n').then(|| Note::LinesInSecret(path())),
        is_more_than_a_secret(secret).then(|| Note::NoBareSecret(path())),
    ];
    all.into_iter().flatten()
}

/// Whether a text looks like `NAME=secret` or `id:secret`. No vendor's secrets have a colon, and `=` at their end alone.
fn is_more_than_a_secret(text: &[u8]) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b' ');
    match text.iter().position(|byte| matches!(byte, b'=' | b':')) {
        Some(at) => {
            let (name, secret) = text.split_at(at);
            let rest = secret.get(1..).unwrap_or_default().trim_ascii();
            !name.is_empty() && name.iter().all(is_name) && rest.len() >= SHORTEST && rest.first() != Some(&b'=')
        }
        None => false,
    }
}

/// No vendor's secrets are shorter.
const SHORTEST: usize = 16;

/// The secrets in a file, one on each line.
pub fn candidates(path: &Path, notes: &mut Vec<Note>) -> Result<Vec<Found>, Trouble> {
    let bytes = contents(path, notes)?;
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').map(without_line_end).zip(1..);
    let found: Vec<_> = lines
        .filter(|(line, _)| !line.is_empty())
        .map(|(line, number)| Found {
            id: None,
            secret: SecretKey::new(line),
            token: None,
            source: SecretSource::Line(path.to_owned(), number),
        })
        .collect();
    if found.is_empty() { Err(Trouble::SecretFile(path.to_owned(), SecretFault::Empty)) } else { Ok(found) }
}

/// What a file gives whoever reads it as a secret, or as one on each line. A pipe is left for whoever reads it once.
pub fn known(path: &Path) -> Vec<SecretKey> {
    if !path.is_file() {
        return Vec::new();
    }
    let read = |all: &mut Vec<SecretKey>| -> Result<(), Trouble> {
        all.push(secret(path, &mut Vec::new())?);
        all.extend(candidates(path, &mut Vec::new())?.into_iter().map(|found| found.secret));
        Ok(())
    };
    let mut all = Vec::new();
    // Whoever needs the file says what is wrong with it.
    let _ = read(&mut all);
    all
}

fn without_line_end(bytes: &[u8]) -> &[u8] {
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    if line.len() == bytes.len() { line } else { line.strip_suffix(b"\r").unwrap_or(line) }
}

fn contents(path: &Path, notes: &mut Vec<Note>) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let bytes = bytes(path, notes).map_err(|error| match error.kind() {
        // What is given as the name may be the secret itself.
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename | ErrorKind::InvalidInput => {
            Trouble::NoSecretFile
        }
        _ => file_error(path, error),
    })?;
    if bytes.len() > LIMIT {
        return Err(Trouble::SecretFile(path.to_owned(), SecretFault::TooLong(LIMIT)));
    }
    let order = match bytes.first_chunk() {
        Some([0xff, 0xfe]) => u16::from_le_bytes,
        Some([0xfe, 0xff]) => u16::from_be_bytes,
        _ => return Ok(bytes),
    };
    notes.push(Note::SecretInUtf16(path.to_owned()));
    decoded(&bytes, order).ok_or_else(|| Trouble::SecretFile(path.to_owned(), SecretFault::NotUtf16))
}

/// A text in UTF-16 in UTF-8, without its mark. `>` of PowerShell writes it.
fn decoded(bytes: &[u8], order: fn([u8; 2]) -> u16) -> Option<Zeroizing<Vec<u8>>> {
    let (units, rest) = bytes.as_chunks();
    // A unit takes three bytes at the most: nothing is copied to a larger place.
    let mut text = Zeroizing::new(Vec::with_capacity(units.len() * 3));
    for meant in char::decode_utf16(units.iter().skip(1).map(|unit| order(*unit))) {
        let mut place = Zeroizing::new([0; 4]);
        text.extend_from_slice(meant.ok()?.encode_utf8(&mut *place).as_bytes());
    }
    rest.is_empty().then_some(text)
}

/// The bytes of a file, one over the limit at most, with a warning where others can read them.
pub fn bytes(path: &Path, notes: &mut Vec<Note>) -> io::Result<Zeroizing<Vec<u8>>> {
    let file = File::open(path)?;
    if is_open_to_others(&file.metadata()?) {
        notes.push(Note::OpenToOthers(path.to_owned()));
    }
    // Room for all of it at once: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LIMIT + 1));
    file.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn is_open_to_others(found: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    // A pipe (`<(pass show key)`) is read once, by us.
    found.is_file() && found.permissions().mode() & 0o044 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_is_not_part_of_the_secret() {
        for (bytes, secret) in [
            (&b"key"[..], &b"key"[..]),
            (b"key\n", b"key"),
            (b"key\r\n", b"key"),
            (b"key\n\n", b"key\n"),
            (b"key\r", b"key\r"),
            (b" key ", b" key "),
            (b"\n", b""),
        ] {
            assert_eq!(without_line_end(bytes), secret, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn what_may_not_belong_to_a_secret_is_told() {
        let told = |bytes: &[u8]| {
            let kinds = doubts(bytes, Path::new("file")).map(|note| match note {
                Note::BlankInSecret(_) => "blank",
                Note::MarkInSecret(_) => "mark",
                Note::LinesInSecret(_) => "lines",
                Note::NoBareSecret(_) => "more",
                other => panic!("{other:?}"),
            });
            kinds.collect::<Vec<_>>()
        };
        assert_eq!(told(b"madeUpSecretOnlyForThisExample"), [""; 0]);
        assert_eq!(told(b"madeUpSecret\n"), ["blank"]);
        assert_eq!(told(b"\xef\xbb\xbfmadeUpSecret"), ["mark"]);
        assert_eq!(told(b"madeUpSecret\nmadeUpOther"), ["lines"]);
        assert_eq!(told(b"\xef\xbb\xbfmadeUp\r\nSecret "), ["blank", "mark", "lines"]);
        assert_eq!(told(b"secret=madeUpSecretOnlyForThisExample"), ["more"]);
    }

    #[test]
    fn a_setting_and_a_pair_are_more_than_a_secret() {
        for (text, is_more) in [
            ("OSS_ACCESS_KEY_SECRET=madeUpSecretOnlyForThisExample", true),
            ("CSIDEXAMPLE0001:madeUpSecretOnlyForThisExample", true),
            ("secret: madeUpSecretOnlyForThisExample", true),
            ("madeUpSecretOnlyForThisExample", false),
            ("madeUp/Secret+Only/ForThisExample==", false),
            ("=madeUpSecretOnlyForThisExample", false),
        ] {
            assert_eq!(is_more_than_a_secret(text.as_bytes()), is_more, "{text}");
        }
    }

    #[test]
    fn utf_16_is_read_in_both_orders_and_refused_where_it_is_damaged() {
        let little: Vec<u8> = "\u{feff}key\u{5bc6}\u{1f511}\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = little.chunks(2).flat_map(|unit| [unit[1], unit[0]]).collect();
        let text = Some("key\u{5bc6}\u{1f511}\r\n".as_bytes().to_vec());
        let read = |bytes: &[u8], order| decoded(bytes, order).map(|text| text.to_vec());
        assert_eq!(read(&little, u16::from_le_bytes), text);
        assert_eq!(read(&big, u16::from_be_bytes), text);
        // Half a unit, and half a character.
        for damaged in [&b"\xff\xfek\0e"[..], b"\xff\xfe\0\xd8k\0"] {
            assert_eq!(read(damaged, u16::from_le_bytes), None);
        }
    }
}

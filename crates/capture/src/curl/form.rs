//! The forms of `-F`, written as `curl` sends them.

use crate::Note;

/// One `-F` or `--form-string`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    name: Vec<u8>,
    value: Vec<u8>,
    file: Option<Vec<u8>>,
    media: Option<Vec<u8>>,
}

/// What stands between the parts; `curl` takes another one each time.
pub(super) const BOUNDARY: &str = "------------------------countersign0000000000";

impl Part {
    /// Reads `name=value`, `name=@file` and `name=<file`, with `;type=` and `;filename=`.
    pub(super) fn parse(text: &[u8], notes: &mut Vec<Note>) -> Option<Self> {
        let (name, rest) = cut(text, b'=')?;
        let mut part = Self { name: name.to_vec(), value: Vec::new(), file: None, media: None };
        let (sign, rest) = match rest.split_first() {
            Some((sign @ (b'@' | b'<'), rest)) => (*sign, rest),
            _ => (b'=', rest),
        };
        let (value, mut rest) = word(rest);
        if sign == b'=' {
            part.value = value;
        } else {
            let path = String::from_utf8_lossy(&value).into_owned();
            notes.push(Note::FileInForm { field: String::from_utf8_lossy(name).into_owned(), file: path });
            if sign == b'@' {
                let base = value.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or(&value);
                part.file = Some(base.to_vec());
                part.media = Some(media_type(base).as_bytes().to_vec());
            }
        }
        while let Some(option) = rest.strip_prefix(b";") {
            let option = option.trim_ascii_start();
            let Some((name, after)) = cut(option, b'=') else { break };
            let (value, after) = word(after);
            match name.trim_ascii() {
                b"type" => part.media = Some(value),
                b"filename" => part.file = Some(value),
                // It is no option, but text behind a semicolon.
                _ if sign == b'=' => {
                    part.value.extend_from_slice(rest);
                    break;
                }
                _ => {}
            }
            rest = after;
        }
        Some(part)
    }

    /// `--form-string`: nothing in the value means anything.
    pub(super) fn plain(text: &[u8]) -> Option<Self> {
        let (name, value) = cut(text, b'=')?;
        Some(Self { name: name.to_vec(), value: value.to_vec(), file: None, media: None })
    }
}

/// The body of the parts.
pub(super) fn body(parts: &[Part]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        out.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"").as_bytes());
        quote(&part.name, &mut out);
        out.push(b'"');
        if let Some(file) = &part.file {
            out.extend_from_slice(b"; filename=\"");
            quote(file, &mut out);
            out.push(b'"');
        }
        if let Some(media) = &part.media {
            out.extend_from_slice(b"\r\nContent-Type: ");
            out.extend_from_slice(media);
        }
        out.extend_from_slice(b"\r\n\r\n");
        out.extend_from_slice(&part.value);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    out
}

fn quote(text: &[u8], out: &mut Vec<u8>) {
    for byte in text {
        match byte {
            b'"' => out.extend_from_slice(b"%22"),
            b'\r' => out.extend_from_slice(b"%0D"),
            b'\n' => out.extend_from_slice(b"%0A"),
            _ => out.push(*byte),
        }
    }
}

/// A value up to the next semicolon, or in quotes; and what follows it.
fn word(text: &[u8]) -> (Vec<u8>, &[u8]) {
    if let Some(quoted) = text.strip_prefix(b"\"") {
        let mut value = Vec::new();
        let mut bytes = quoted.iter().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
                b'\\' => value.extend(bytes.next().map(|(_, byte)| *byte)),
                _ => value.push(*byte),
            }
        }
    }
    let end = text.iter().position(|byte| *byte == b';').unwrap_or(text.len());
    let (value, rest) = text.split_at_checked(end).unwrap_or((text, &[]));
    (value.to_vec(), rest)
}

fn cut(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let position = text.iter().position(|byte| *byte == at)?;
    Some((text.get(..position)?, text.get(position + 1..)?))
}

/// The types `curl` knows by the end of the name.
fn media_type(file: &[u8]) -> &'static str {
    const KNOWN: [(&[u8], &str); 9] = [
        (b".gif", "image/gif"),
        (b".jpg", "image/jpeg"),
        (b".jpeg", "image/jpeg"),
        (b".png", "image/png"),
        (b".svg", "image/svg+xml"),
        (b".txt", "text/plain"),
        (b".html", "text/html"),
        (b".pdf", "application/pdf"),
        (b".xml", "application/xml"),
    ];
    let lower = file.to_ascii_lowercase();
    KNOWN.iter().find(|(end, _)| lower.ends_with(end)).map_or("application/octet-stream", |(_, media)| media)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Part {
        Part::parse(text.as_bytes(), &mut Vec::new()).unwrap()
    }

    fn plain(name: &str, value: &str) -> Part {
        Part { name: name.into(), value: value.into(), file: None, media: None }
    }

    #[test]
    fn every_way_to_write_a_part_is_read() {
        assert_eq!(part("key=a b"), plain("key", "a b"));
        assert_eq!(part("key=\"a;b\""), plain("key", "a;b"));
        assert_eq!(part("key=a;b=c"), plain("key", "a;b=c"));
        assert_eq!(part("key=a;type=text/plain"), Part { media: Some(b"text/plain".to_vec()), ..plain("key", "a") });
        let file = part("file=@\"/tmp/a b.jpg\";filename=c.bin");
        assert_eq!((file.file, file.media), (Some(b"c.bin".to_vec()), Some(b"image/jpeg".to_vec())));
        assert_eq!(Part::plain(b"key=@a;type=b"), Some(plain("key", "@a;type=b")));
        assert_eq!(Part::parse(b"key", &mut Vec::new()), None);
    }

    #[test]
    fn the_body_is_written_as_curl_writes_it() {
        let body = String::from_utf8(body(&[part("key=v"), part("file=@a.txt")])).unwrap();
        let boundary = format!("--{BOUNDARY}");
        let expected = format!(
            "{boundary}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nv\r\n{boundary}\r\nContent-Disposition: form-data; \
             name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n\r\n{boundary}--\r\n"
        );
        assert_eq!(body, expected);
    }
}

//! The forms of `-F`, written as `curl` sends them.

use crate::{Note, http};

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

/// Options of a part that change nothing of what is read here.
const OWN: [&str; 2] = ["headers=", "encoder="];

impl Part {
    /// Reads `name=value`, `name=@file` and `name=<file`, with `;type=` and `;filename=`, as `curl` does: what else stands behind
    /// a semicolon is not sent.
    pub(super) fn parse(text: &[u8], notes: &mut Vec<Note>) -> Option<Self> {
        let (name, rest) = cut(text, b'=')?;
        let field = || String::from_utf8_lossy(name).into_owned();
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
            notes.push(Note::FileInForm { field: field(), file: path });
            if sign == b'@' {
                let base = value.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or(&value);
                part.file = Some(base.to_vec());
                part.media = Some(media_type(base).as_bytes().to_vec());
            }
        }
        let mut is_type_open = false;
        while let Some(option) = rest.strip_prefix(b";") {
            let option = option.trim_ascii_start();
            let end = option.iter().position(|byte| *byte == b';').unwrap_or(option.len());
            let whole = option.get(..end).unwrap_or_default().trim_ascii_end();
            rest = option.get(end..).unwrap_or_default();
            if let Some(media) = http::strip(whole, "type=").filter(|_| !is_type_open) {
                part.media = Some(media.trim_ascii_start().to_vec());
                is_type_open = true;
            } else if let Some(file) = http::strip(option, "filename=") {
                let (file, after) = word(file);
                part.file = Some(file);
                rest = after;
                is_type_open = false;
            } else if let Some(after) = OWN.iter().find_map(|own| http::strip(option, own)) {
                rest = word(after).1;
                is_type_open = false;
            } else if let Some(media) = part.media.as_mut().filter(|_| is_type_open) {
                // A type has parameters of its own, as `charset`; the blanks before them are sent, too.
                let start = text.len() - rest.len() - end;
                let blanks = text.get(..start).unwrap_or_default().iter().rev().take_while(|byte| **byte == b' ').count();
                media.extend([&b";"[..], &b" ".repeat(blanks), whole].concat());
            } else {
                if !whole.is_empty() {
                    notes.push(Note::FormTextCut { field: field(), rest: String::from_utf8_lossy(whole).into_owned() });
                }
                rest = word(option).1;
            }
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

/// A value up to the next semicolon without the blanks around it, or in quotes; and what follows it.
fn word(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let until = |text: &[u8]| text.iter().position(|byte| *byte == b';').unwrap_or(text.len());
    let text = text.trim_ascii_start();
    if let Some(quoted) = text.strip_prefix(b"\"") {
        let mut value = Vec::new();
        let mut bytes = quoted.iter().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match (byte, quoted.get(at + 1)) {
                (b'"', _) => {
                    // What is left up to the semicolon is not sent.
                    let rest = quoted.get(at + 1..).unwrap_or_default();
                    return (value, rest.get(until(rest)..).unwrap_or_default());
                }
                (b'\\', Some(b'"' | b'\\')) => value.extend(bytes.next().map(|(_, byte)| *byte)),
                _ => value.push(*byte),
            }
        }
    }
    let (value, rest) = text.split_at_checked(until(text)).unwrap_or((text, &[]));
    (value.trim_ascii_end().to_vec(), rest)
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
        assert_eq!(part("key=a;type=text/plain"), Part { media: Some(b"text/plain".to_vec()), ..plain("key", "a") });
        let file = part("file=@\"/tmp/a b.jpg\";filename=c.bin");
        assert_eq!((file.file, file.media), (Some(b"c.bin".to_vec()), Some(b"image/jpeg".to_vec())));
        let typed = |media: &str| Part { media: Some(media.into()), ..plain("key", "a") };
        for (text, media) in [
            ("key=a;type=text/plain;charset=utf-8", "text/plain;charset=utf-8"),
            ("key=a; type= text/plain; charset=utf-8 ", "text/plain; charset=utf-8"),
            ("key=a;b=c;TYPE=text/x", "text/x"),
            ("key=a;;type=text/x;lue", "text/x;lue"),
        ] {
            assert_eq!(part(text), typed(media), "{text}");
        }
        assert_eq!(part("key= a ;type=x/y;filename= z ;w"), Part { file: Some(b"z".to_vec()), ..typed("x/y") });
        assert_eq!(part("key=\"a\\\"b\\\\c\\d\"e;f"), plain("key", "a\"b\\c\\d"));
        assert_eq!(part("key=\"a;b"), plain("key", "\"a"));
        assert_eq!(Part::plain(b"key=@a;type=b"), Some(plain("key", "@a;type=b")));
        assert_eq!(Part::parse(b"key", &mut Vec::new()), None);
    }

    /// What curl 7.88 was seen to send.
    #[test]
    fn what_stands_behind_a_semicolon_is_not_sent_and_said() {
        for (text, value, rest) in [
            ("key=va;lue", "va", Some("lue")),
            ("key=a;b=c", "a", Some("b=c")),
            ("key=va;lue;type=text/y", "va", Some("lue")),
            ("key=;a", "", Some("a")),
            ("key=a\"b;c\"d", "a\"b", Some("c\"d")),
            ("key=\"va;lue\"", "va;lue", None),
            ("key=a,b", "a,b", None),
            ("key=a;headers=\"X-A: b\"", "a", None),
        ] {
            let mut notes = Vec::new();
            let found = Part::parse(text.as_bytes(), &mut notes).unwrap();
            assert_eq!(found.value, value.as_bytes(), "{text}");
            let expected = rest.map(|rest| Note::FormTextCut { field: "key".into(), rest: rest.into() });
            assert_eq!(notes, Vec::from_iter(expected), "{text}");
        }
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

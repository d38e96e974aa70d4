//! What a client prints of its own signing: the canonical request and the string to sign.

use crate::{
    http,
    walk::{self, Out, Piece},
};

/// Which text of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Canonical,
    ToSign,
}

/// What stands before them, without regard to case; a colon, an equals sign or a bracket follows.
const LABELS: [(&str, Kind); 12] = [
    ("canonicalrequest", Kind::Canonical),
    ("canonical request", Kind::Canonical),
    ("canonical_request", Kind::Canonical),
    ("canonical string", Kind::Canonical),
    ("format str", Kind::Canonical),
    ("stringtosign", Kind::ToSign),
    ("string to sign", Kind::ToSign),
    ("string_to_sign", Kind::ToSign),
    ("string to be signed", Kind::ToSign),
    ("signstr", Kind::ToSign),
    ("canonicalstring", Kind::ToSign),
    ("sign str", Kind::ToSign),
];

/// The most lines of such a text.
const MOST_LINES: usize = 300;

/// The label in a line, and what follows it.
pub(crate) fn label(line: &[u8]) -> Option<(Kind, &[u8])> {
    const LONGEST: usize = 400;
    let lower = line.get(..LONGEST.min(line.len()))?.to_ascii_lowercase();
    LABELS.iter().find_map(|(word, kind)| {
        let at = http::find(&lower, word.as_bytes())?;
        let is_start = at == 0 || line.get(at - 1).is_some_and(|byte| b" \t[].-]".contains(byte));
        let rest = line.get(at + word.len()..)?.trim_ascii_start();
        // `---[ STRING TO SIGN ]---`
        let rest = match rest.strip_prefix(b"]") {
            Some(rest) if rest.iter().all(|byte| *byte == b'-' || byte.is_ascii_whitespace()) => &[],
            Some(_) => return None,
            None => rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"="))?,
        };
        is_start.then_some((*kind, rest))
    })
}

/// Takes a text and its label.
pub(crate) fn text(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, after) = http::line(text);
    let (kind, rest) = label(line)?;
    let rest = rest.trim_ascii_start();
    let open = rest.iter().take_while(|byte| matches!(byte, b'\'' | b'"' | b'`')).count();
    let rest = rest.get(open..)?;
    if http::find(rest, b"\\n").is_some() {
        let shown = String::from_utf8_lossy(closed(rest)).replace("\\n", "\n");
        out.pieces.push(Piece::Text(kind, shown.into_bytes()));
        return Some(text.len() - after.len());
    }
    let begin = if rest.is_empty() { text.len() - after.len() } else { line.len() - rest.len() };
    let body = text.get(begin..)?;
    let (found, used) = lines(kind, body)?;
    out.pieces.push(Piece::Text(kind, found));
    Some(begin + used)
}

/// Takes as many lines as the text has by its form.
fn lines(kind: Kind, text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut found: Vec<&[u8]> = Vec::new();
    let mut rest = text;
    let first = http::line(text).0.trim_ascii();
    // Algorithm, time, scope and digest.
    let is_v4 = first.ends_with(b"-HMAC-SHA256") || first == b"sha1";
    let is_method = first.len() >= 3 && first.iter().all(u8::is_ascii_uppercase)
        || (kind == Kind::Canonical && first.iter().all(u8::is_ascii_lowercase));
    if !is_v4 && !is_method {
        return None;
    }
    while !rest.is_empty() && found.len() < MOST_LINES {
        let (line, after) = http::line(rest);
        if found.len() > 2 && (walk::is_log(line) || line.starts_with(b"---")) {
            break;
        }
        let plain = closed(line);
        found.push(plain);
        rest = after;
        let is_last = match kind {
            _ if is_v4 => found.len() == if first == b"sha1" { 3 } else { 4 },
            Kind::Canonical => found.len() > 4 && is_payload(plain),
            Kind::ToSign => found.len() > 4 && plain.starts_with(b"/"),
        };
        if is_last || plain.len() < line.len() {
            break;
        }
    }
    let mut joined = found.join(&b'\n');
    if first == b"sha1" {
        joined.push(b'\n');
    }
    Some((joined, text.len() - rest.len()))
}

/// The last line of a canonical request.
fn is_payload(line: &[u8]) -> bool {
    (line.len() == 64 && line.iter().all(u8::is_ascii_hexdigit)) || line == b"UNSIGNED-PAYLOAD" || line.starts_with(b"STREAMING-")
}

/// A line without the quotes that close a text.
fn closed(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|byte| !matches!(byte, b'\'' | b'"' | b'`')).map_or(0, |at| at + 1);
    line.get(..end).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(log: &str) -> Option<(Kind, String, String)> {
        let mut out = Out::default();
        let used = text(log.as_bytes(), &mut out)?;
        match out.pieces.pop() {
            Some(Piece::Text(kind, found)) => Some((kind, String::from_utf8(found).unwrap(), log[used..].to_owned())),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn texts_end_where_their_form_says() {
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let canonical = format!("GET\n/\n\nhost:h\nx-amz-date:d\n\nhost;x-amz-date\n{hash}");
        for label in [
            "12:00:00 - botocore.auth - DEBUG - CanonicalRequest:\n",
            "DEBUG: Canonical Request:\n",
            "---[ CANONICAL STRING  ]-----\n",
            "TRACE a: canonical_request=",
        ] {
            let found = taken(&format!("{label}{canonical}\nrest"));
            assert_eq!(found, Some((Kind::Canonical, canonical.clone(), "rest".into())), "{label}");
        }
        let quoted = taken(&format!("AWS4 Canonical Request: '\"{canonical}\"\nrest")).unwrap();
        assert_eq!(quoted.1, canonical);
        let string = format!("AWS4-HMAC-SHA256\n20130816T100330Z\n20130816/us-west-2/s3/aws4_request\n{hash}");
        let found = taken(&format!("a StringToSign:\n{string}\n2013-08-16 x"));
        assert_eq!(found, Some((Kind::ToSign, string, "2013-08-16 x".into())));
        let lines = "PUT\n\ntext/plain\nFri, 01 May 2026 08:30:15 GMT\nx-oss-a:b\n/b/k?acl";
        let found = taken(&format!("DEBUG Make signature: string to be signed = {lines}\nx"));
        assert_eq!(found, Some((Kind::ToSign, lines.into(), "x".into())));
        let escaped = taken(&format!("[Req:0xc0]signStr:{}\nx", lines.replace('\n', "\\n")));
        assert_eq!(escaped, Some((Kind::ToSign, lines.into(), "x".into())));
    }

    #[test]
    fn answers_and_prose_have_no_label() {
        for line in [
            "<StringToSign>GET",
            "\"StringToSign\": \"GET\"",
            "'StringToSign': 'GET",
            "the string to sign differs",
            "StringToSign: what is it?",
        ] {
            assert_eq!(taken(line), None, "{line}");
        }
    }
}

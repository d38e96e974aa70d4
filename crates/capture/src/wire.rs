//! Logs of what clients send and receive, line by line: `curl -v`, Apache HttpClient, Python, OkHttp.

use crate::{
    Note, Origin, answer, http, literal,
    request::{Body, Request, absent_body_of_sent},
    walk::{self, Out},
};
use std::borrow::Cow;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Sent,
    Received,
}

/// Who marks lines so. Each logs whole messages, so that those of two are not mixed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `> Host: h`
    Curl,
    /// `http-outgoing-0 >> "Host: h[\r][\n]"`
    Wire,
    /// `http-outgoing-0 >> Host: h`
    Headers,
    /// `send: b'...'`, `reply: '...'`, `header: ...`
    Python,
}

struct Marked<'l> {
    way: Way,
    style: Style,
    text: Cow<'l, [u8]>,
}

/// Whether a line is one of a dialogue that stands for itself: not one of a single sign, as prose has them.
pub(crate) fn is_marked(line: &[u8]) -> bool {
    is_remark(line) || mark(line).is_some_and(|marked| marked.style != Style::Curl || is_first(&marked.text))
}

/// What `curl -v` says beside the messages.
fn is_remark(line: &[u8]) -> bool {
    line.starts_with(b"* ") || line.starts_with(b"{ [") || line.starts_with(b"} [")
}

fn is_first(text: &[u8]) -> bool {
    let (line, _) = http::line(text);
    http::status_line(line).is_some() || http::request_line(line).is_some_and(|line| line.has_version)
}

fn mark(line: &[u8]) -> Option<Marked<'_>> {
    let with_end = |text: &[u8]| Cow::Owned([text, b"\r\n"].concat());
    for (sign, way) in [(b'>', Way::Sent), (b'<', Way::Received)] {
        if let Some(rest) = line.strip_prefix(&[sign]) {
            let text = rest.strip_prefix(b" ").or_else(|| rest.is_empty().then_some(rest))?;
            return Some(Marked { way, style: Style::Curl, text: with_end(text) });
        }
    }
    for (word, way) in [("send: ", Way::Sent), ("reply: ", Way::Received)] {
        if let Some(rest) = http::strip(line, word) {
            return Some(Marked { way, style: Style::Python, text: Cow::Owned(literal::string(rest)?.0) });
        }
    }
    if let Some(rest) = http::strip(line, "header: ") {
        return Some(Marked { way: Way::Received, style: Style::Python, text: with_end(rest) });
    }
    for (sign, way) in [(&b" >> "[..], Way::Sent), (b" << ", Way::Received)] {
        let Some(at) = http::find(line, sign) else { continue };
        let (before, rest) = line.split_at_checked(at)?;
        let rest = rest.get(sign.len()..)?.trim_ascii_end();
        if let Some(quoted) = rest.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) {
            return Some(Marked { way, style: Style::Wire, text: Cow::Owned(unbracketed(quoted)) });
        }
        let is_client = http::find(before, b"http-outgoing-").is_some() || http::find(before, b"httpclient").is_some();
        return is_client.then(|| Marked { way, style: Style::Headers, text: with_end(rest) });
    }
    None
}

/// `[\r]`, `[\n]` and `[0x41]` undone.
fn unbracketed(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, tail)) = rest.split_first() {
        let escape = match rest {
            [b'[', b'\\', b'r', b']', tail @ ..] => Some((b'\r', tail)),
            [b'[', b'\\', b'n', b']', tail @ ..] => Some((b'\n', tail)),
            [b'[', b'0', b'x', tail @ ..] => hex_byte(tail),
            _ => None,
        };
        let (meant, tail) = escape.unwrap_or((*byte, tail));
        out.push(meant);
        rest = tail;
    }
    out
}

/// `c3]` or `9]`.
fn hex_byte(text: &[u8]) -> Option<(u8, &[u8])> {
    let end = text.iter().take(3).position(|byte| *byte == b']')?;
    let byte = u8::from_str_radix(std::str::from_utf8(text.get(..end)?).ok()?, 16).ok()?;
    Some((byte, text.get(end + 1..)?))
}

/// A message that was sent or received, if the text begins with one.
pub(crate) fn dialogue(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, _) = http::line(text);
    let first = mark(line).filter(|marked| is_first(&marked.text))?;
    // A quoted status line stands behind the same sign as the request.
    let way = if http::status_line(http::line(&first.text).0).is_some() { Way::Received } else { Way::Sent };
    let (stream, used) = stream(text, first.style);
    match way {
        Way::Sent => sent(&stream, out),
        Way::Received => {
            let body = if first.style == Style::Curl { tail(text.get(used..).unwrap_or_default()) } else { (Vec::new(), 0) };
            answer::push(&[stream.as_slice(), &body.0].concat(), out);
            return Some(used + body.1);
        }
    }
    Some(used)
}

/// The bytes of a message whose lines are marked in a style, and how much of the text they take.
fn stream(text: &[u8], style: Style) -> (Vec<u8>, usize) {
    /// Lines of other parts of a program between two of a message.
    const MOST_BETWEEN: usize = 40;
    let (mut stream, mut rest, mut used) = (Vec::new(), text, 0);
    let mut way = None;
    let mut between = 0;
    while !rest.is_empty() && between < MOST_BETWEEN {
        let (line, after) = http::line(rest);
        match mark(line) {
            Some(marked) if marked.style == style => {
                let is_other = way.is_some_and(|way| way != marked.way) || (!stream.is_empty() && is_first(&marked.text));
                if is_other {
                    break;
                }
                way = Some(marked.way);
                stream.extend_from_slice(&marked.text);
                used = text.len() - after.len();
                between = 0;
                // What follows the head of an answer is its body, unmarked.
                if style == Style::Curl && marked.text.as_ref() == b"\r\n" {
                    break;
                }
            }
            Some(_) => between += 1,
            None if style == Style::Curl && !is_remark(line) => break,
            None => between += 1,
        }
        rest = after;
    }
    (stream, used)
}

fn sent(stream: &[u8], out: &mut Out) {
    let (head, body) = http_split(stream);
    let Some(line) = http::request_line(http::line(head).0) else { return };
    let body =
        if body.is_empty() { absent_body_of_sent(head, line.method, &mut out.notes) } else { known(head, body, &mut out.notes) };
    out.request(Request { head: head.to_vec(), body, transport: None }, Origin::Log);
}

/// A logged body counts when all of it is there.
fn known(head: &[u8], body: &[u8], notes: &mut Vec<Note>) -> Body {
    match http::content_length(head) {
        Some(stated) if stated != body.len() as u64 => {
            notes.push(Note::BodyMissing(Some(stated)));
            Body::Unknown
        }
        _ => Body::Bytes(body.to_vec()),
    }
}

/// Head with its last line end, and body.
fn http_split(stream: &[u8]) -> (&[u8], &[u8]) {
    let (head, body) = countersign::wire::http::split_head(stream);
    (head, body.unwrap_or_default())
}

/// The unmarked body behind the head of an answer, up to what `curl` says next.
fn tail(text: &[u8]) -> (Vec<u8>, usize) {
    let (mut body, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (line, after) = http::line(rest);
        let is_data = line.starts_with(b"{ [") || line.starts_with(b"} [");
        if !is_data && walk::begins(line) {
            break;
        }
        if !is_data {
            body.extend_from_slice(rest.get(..rest.len() - after.len()).unwrap_or_default());
        }
        rest = after;
    }
    (body, text.len() - rest.len())
}

/// A message as the logging interceptor of OkHttp shows it.
pub(crate) fn okhttp(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, mut rest) = http::line(text);
    let (arrow, way) =
        [(&b"--> "[..], Way::Sent), (b"<-- ", Way::Received)].into_iter().find(|(arrow, _)| http::find(line, arrow).is_some())?;
    let at = http::find(line, arrow)?;
    let (before, first) = line.split_at_checked(at)?;
    let first = first.get(arrow.len()..)?.trim_ascii();
    let words: Vec<&[u8]> = first.split(|byte| *byte == b' ').collect();
    let mut message = match way {
        Way::Sent => {
            let (method, url) = (words.first()?, words.get(1)?);
            if !http::is_url(url) {
                return None;
            }
            [method, &b" "[..], url, b" HTTP/1.1\r\n"].concat()
        }
        Way::Received => {
            let status = words.first().filter(|status| status.len() == 3 && status.iter().all(u8::is_ascii_digit))?;
            [b"HTTP/1.1 ", *status, b"\r\n"].concat()
        }
    };
    // The tag of the log, which stands on every line, behind a time that differs.
    let tag = before.get(before.len().saturating_sub(8)..).unwrap_or_default();
    let end = [arrow, b"END"].concat();
    let mut is_body = false;
    while !rest.is_empty() {
        let (line, after) = http::line(rest);
        let line = match http::find(line, tag).filter(|_| !tag.is_empty()) {
            Some(at) => line.get(at + tag.len()..).unwrap_or_default(),
            None => line,
        };
        rest = after;
        if http::find(line, &end).is_some() {
            break;
        }
        if is_body {
            message.extend_from_slice(line);
            message.push(b'\n');
        } else {
            is_body = line.trim_ascii().is_empty();
            message.extend_from_slice(line);
            message.extend_from_slice(b"\r\n");
        }
    }
    let used = text.len() - rest.len();
    match way {
        Way::Sent => {
            let (head, body) = http_split(&message);
            let body = body.strip_suffix(b"\n").unwrap_or(body);
            let message = if body.is_empty() { head.to_vec() } else { [head, b"\r\n", body].concat() };
            sent(&message, out);
        }
        Way::Received => answer::push(&message, out),
    }
    Some(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_wire_logs_are_undone() {
        assert_eq!(unbracketed(b"a: [b] [0xe4][0x9]c[\\r][\\n]"), b"a: [b] \xe4\tc\r\n");
        assert_eq!(unbracketed(b"[0xzz][\\x"), b"[0xzz][\\x");
    }

    #[test]
    fn lines_are_told_by_their_marks() {
        let way = |line: &'static str| {
            mark(line.as_bytes()).map(|marked| (marked.way, String::from_utf8(marked.text.into_owned()).unwrap()))
        };
        assert_eq!(way("> Host: h"), Some((Way::Sent, "Host: h\r\n".into())));
        assert_eq!(way("<"), Some((Way::Received, "\r\n".into())));
        assert_eq!(way("a http-outgoing-0 >> \"Host: h[\\r][\\n]\""), Some((Way::Sent, "Host: h\r\n".into())));
        assert_eq!(way("a http-outgoing-12 << HTTP/1.1 403"), Some((Way::Received, "HTTP/1.1 403\r\n".into())));
        assert_eq!(way("send: b'GET / HTTP/1.1\\r\\n'"), Some((Way::Sent, "GET / HTTP/1.1\r\n".into())));
        for line in ["<Error>", ">x", "a >> b", "* >"] {
            assert_eq!(way(line), None, "{line}");
        }
    }
}

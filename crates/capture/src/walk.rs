//! Goes through a text line by line and takes what it knows.

use crate::{
    Answer, Candidate, Note, Origin, Thing, answer, claim, code, curl, devtools, http, logged, own,
    request::{self, Body, Request},
    url, wire,
};
use countersign::Timestamp;

/// What was taken so far.
#[derive(Debug, Default)]
pub(crate) struct Out {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) notes: Vec<Note>,
    pub(crate) secrets: Vec<Candidate>,
    /// A URL without a signature: what there is if there is nothing else.
    pub(crate) url: Option<Vec<u8>>,
    /// Signed URLs that stand in code or a log where nothing else of their requests is read.
    pub(crate) alone: Vec<Vec<u8>>,
    /// The host a client said it connects to.
    pub(crate) host: Option<String>,
    /// Calls of source code that were looked at.
    pub(crate) calls: usize,
    /// Names in them that were looked for.
    pub(crate) names: usize,
    /// Variables of source code that hold a signed URL.
    pub(crate) variables: Vec<(Vec<u8>, Vec<u8>)>,
    /// Paths whose dots were resolved, as they are sent and as they were written.
    pub(crate) resolved: Vec<(Vec<u8>, Vec<u8>)>,
}

/// A piece of a text, in the order they stand there.
#[derive(Debug)]
pub(crate) enum Piece {
    Thing { thing: Thing, origin: Origin, sent: Option<Timestamp> },
    Answer(Answer),
    Text(own::Kind, Vec<u8>),
}

impl Out {
    pub(crate) fn thing(&mut self, thing: Thing, origin: Origin) {
        self.pieces.push(Piece::Thing { thing, origin, sent: None });
    }

    /// The URL in a variable, as it was set last.
    pub(crate) fn address(&self, name: &[u8]) -> Option<Vec<u8>> {
        self.variables.iter().rev().find(|(own, _)| own == name).map(|(_, url)| url.clone())
    }

    pub(crate) fn request(&mut self, request: Request, origin: Origin) {
        for name in ["Authorization", "x-amz-security-token", "x-oss-security-token"] {
            if request.header(name).is_some_and(is_masked) {
                self.notes.push(Note::Masked(name.to_owned()));
            }
        }
        self.thing(Thing::Request(request), origin);
    }
}

/// Whether a value was made unreadable before it was shown to others.
fn is_masked(value: &[u8]) -> bool {
    let all = |sign: u8| value.len() > 2 && value.iter().all(|byte| *byte == sign);
    all(b'X')
        || all(b'x')
        || ["***", "REDACTED", "[Redacted]", "<redacted>", "HIDDEN"]
            .iter()
            .any(|mask| http::find(value, mask.as_bytes()).is_some())
}

/// The most pieces that are taken: a log may repeat itself.
const MOST: usize = 1_000;

/// What takes the beginning of a text, if it knows it, and says how many bytes.
type Reader = fn(&[u8], &mut Out) -> Option<usize>;

const READERS: [Reader; 8] =
    [curl::command, wire::okhttp, wire::dialogue, own::text, message, devtools::fields, devtools::panel, answer::with_head];

/// Takes what is known in a text.
pub(crate) fn walk(text: &[u8], out: &mut Out) {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty() && out.pieces.len() < MOST) {
        at += step(text, at, rest, out).max(1);
        // What is left of a line is looked at for words alone: each line is offered to the readers once.
        let is_start = text.get(at - 1).is_none_or(|byte| *byte == b'\n');
        if !is_start {
            let rest = text.get(at..).unwrap_or_default();
            let (line, after) = http::line(rest);
            words(line, out);
            at += rest.len() - after.len();
        }
    }
}

fn step(text: &[u8], at: usize, rest: &[u8], out: &mut Out) -> usize {
    let (line, after) = http::line(rest);
    let whole = rest.len() - after.len();
    if is_blank_or_fence(line) {
        return whole;
    }
    let taken = READERS.iter().find_map(|reader| reader(rest, out));
    // What a name in a call stands for is found above it.
    let taken = taken.or_else(|| code::call(text, at, out)).or_else(|| logged::line(rest, out));
    taken.or_else(|| answer::bare(rest, out)).unwrap_or_else(|| {
        words(line, out);
        whole
    })
}

fn is_blank_or_fence(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.is_empty() || line.starts_with(b"```") || line.starts_with(b"~~~")
}

/// Whether a line begins something of its own, so that what stands before it has ended.
pub(crate) fn begins(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"```")
        || line.starts_with(b"---")
        || http::status_line_in(line).is_some()
        || http::request_line_in(line).is_some()
        || curl::starts(line)
        || wire::is_marked(line)
        || own::label(line).is_some()
        || is_log(line)
}

/// Whether a line starts with the time, as those of logs do.
pub(crate) fn is_log(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"[").unwrap_or(line);
    let line = line.strip_prefix(b"SDK ").unwrap_or(line);
    let shape: Vec<u8> = line.iter().take(10).map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte }).collect();
    [&b"0000-00-00"[..], b"0000/00/00"].contains(&shape.as_slice())
        || shape.starts_with(b"00:00:00")
        || shape.starts_with(b"00-00 00:0")
        || line.starts_with(b"DEBUG")
        || line.starts_with(b"mc: <DEBUG>")
}

/// A raw request among other text: request line, fields, and the body where its length is known.
fn message(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, mut rest) = http::line(text);
    let begin = if http::request_line(line).is_some() { 0 } else { http::request_line_in(line)? };
    let (before, first) = line.split_at_checked(begin)?;
    let first = first.trim_ascii();
    let request = http::request_line(first)?;
    let mut head = [first, b"\r\n"].concat();
    let mut fields = 0;
    let mut is_ended = false;
    while !rest.is_empty() {
        let (line, after) = http::line(rest);
        let line = line.strip_prefix(before).unwrap_or(line);
        if line.trim_ascii().is_empty() {
            is_ended = true;
            rest = after;
            break;
        }
        if !field(line, fields, &mut head) {
            break;
        }
        fields += 1;
        rest = after;
    }
    let is_alone = fields == 0 && !claim::is_signed_url(request.target);
    if is_alone && !request.has_version {
        return None;
    }
    let method = request.method;
    let (body, used) = if is_ended {
        body(&head, method, rest, &mut out.notes)
    } else {
        (request::absent_body(&head, method, &mut out.notes), 0)
    };
    out.request(Request { head, body, transport: None }, Origin::Http);
    Some(text.len() - rest.len() + used)
}

/// Adds a line to a head, if it is a field or goes on with the one before.
pub(crate) fn field(line: &[u8], fields: usize, head: &mut Vec<u8>) -> bool {
    let is_indented = line.starts_with(b" ") || line.starts_with(b"\t");
    let trimmed = line.trim_ascii();
    if http::header_line(trimmed).is_some() {
        head.extend_from_slice(if is_indented { trimmed } else { line });
        head.extend_from_slice(b"\r\n");
        return true;
    }
    // Documents show a long `Authorization` on several lines.
    const PARTS: [&str; 5] = ["Credential=", "SignedHeaders=", "Signature=", "AdditionalHeaders=", "q-"];
    let goes_on = is_indented || PARTS.iter().any(|part| http::starts_with(trimmed, part));
    if fields == 0 || !goes_on {
        return false;
    }
    head.truncate(head.len() - 2);
    let is_cut = head.ends_with(b"&") || head.ends_with(b";") || head.ends_with(b"=");
    head.extend_from_slice(if is_cut { b"" } else { b" " });
    head.extend_from_slice(trimmed);
    head.extend_from_slice(b"\r\n");
    true
}

/// The body in text that goes on behind it, and the bytes it takes.
fn body(head: &[u8], method: &str, text: &[u8], notes: &mut Vec<Note>) -> (Body, usize) {
    if let Some(length) = http::content_length(head).filter(|length| *length > 0)
        && let Some((body, rest)) = usize::try_from(length).ok().and_then(|length| text.split_at_checked(length))
    {
        let is_end = rest.is_empty() || rest.starts_with(b"\n") || rest.starts_with(b"\r\n") || body.ends_with(b"\n");
        if is_end && !http::lines(body).any(begins) {
            return (Body::Bytes(body.to_vec()), body.len());
        }
    }
    if let Some(end) = boundary(head).and_then(|boundary| {
        let close = [b"--", boundary, b"--"].concat();
        http::find(text, &close).map(|at| at + close.len())
    }) {
        let body = text.get(..end).unwrap_or_default();
        return (Body::Bytes([body, b"\r\n"].concat()), end);
    }
    (request::absent_body_of_sent(head, method, notes), 0)
}

/// What parts a multipart body.
fn boundary(head: &[u8]) -> Option<&[u8]> {
    let value = http::field(head, "content-type").filter(|value| http::starts_with(value, "multipart/"))?;
    let at = http::find(value, b"boundary=")?;
    let text = value.get(at + 9..)?.split(|byte| *byte == b';').next()?;
    Some(text.trim_ascii())
        .map(|text| text.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\"")).unwrap_or(text))
        .filter(|text| !text.is_empty())
}

/// Header values, URLs and tokens in a line of prose.
pub(crate) fn words(line: &[u8], out: &mut Out) {
    let trimmed = line.trim_ascii();
    if let Some(value) = http::strip(trimmed, "authorization:").map(<[u8]>::trim_ascii)
        && claim::is_header(value)
    {
        return out.thing(Thing::Header(value.to_vec()), Origin::Text);
    }
    url::urls(line, out);
    for word in line.split(|byte| byte.is_ascii_whitespace() || b"\"'`,;<>()[]{}".contains(byte)) {
        if claim::is_sound_token(word) {
            out.thing(Thing::Token(word.to_vec()), Origin::Text);
        }
    }
}

//! The server's answers in a text, with and without their heads. What they say is the library's business.

use crate::{
    Answer, http, literal,
    walk::{self, Out, Piece},
};
use countersign::{
    Timestamp,
    explain::{MAX_ANSWER, ServerAnswer},
};
use serde_json::Value;

impl Answer {
    /// An answer with a head, which may have no body.
    fn new(message: &[u8]) -> Self {
        let (head, _) = countersign::wire::http::split_head(message);
        let date = http::field(head, "date").and_then(Timestamp::from_http_date);
        Self { bytes: message.get(..MAX_ANSWER).unwrap_or(message).to_vec(), date }
    }

    /// Whether the library reads it as a refusal.
    pub(crate) fn is_refusal(&self) -> bool {
        ServerAnswer::parse(&self.bytes).is_ok()
    }
}

/// Takes a whole message. What only says that the body may come is no answer.
pub(crate) fn push(message: &[u8], out: &mut Out) {
    let is_final = http::status_line(http::line(message).0).is_none_or(|status| status >= 200);
    if is_final {
        out.pieces.push(Piece::Answer(Answer::new(message)));
    }
}

/// An answer that begins with its status line.
pub(crate) fn with_head(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, mut rest) = http::line(text);
    let at = http::status_line_in(line)?;
    let (before, first) = line.split_at_checked(at)?;
    let mut message = [first.trim_ascii(), b"\r\n"].concat();
    let mut fields = 0;
    while !rest.is_empty() {
        let (line, after) = http::line(rest);
        let line = line.strip_prefix(before).unwrap_or(line);
        if line.trim_ascii().is_empty() {
            rest = after;
            break;
        }
        if !walk::field(line, fields, &mut message) {
            break;
        }
        fields += 1;
        rest = after;
    }
    message.extend_from_slice(b"\r\n");
    let (body, used) = body(rest);
    message.extend_from_slice(&body);
    push(&message, out);
    Some(text.len() - rest.len() + used)
}

/// What follows a head, up to what begins something else.
fn body(text: &[u8]) -> (Vec<u8>, usize) {
    let mut rest = text;
    let mut blank = false;
    while !rest.is_empty() {
        let (line, after) = http::line(rest);
        // The body of an error has no empty line but those in the texts it quotes.
        if walk::begins(line) || (blank && crate::url::first(line).is_some()) {
            break;
        }
        blank = line.trim_ascii().is_empty();
        rest = after;
    }
    let used = text.len() - rest.len();
    let body = text.get(..used).unwrap_or_default();
    (unescaped(body).unwrap_or_else(|| body.to_vec()), used)
}

/// The body of an error alone: XML, JSON or a printed object, wherever in the line it begins.
pub(crate) fn bare(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, _) = http::line(text);
    let markup = ["<?xml", "<Error", "&lt;?xml", "&lt;Error", "<Code>"]
        .iter()
        .filter_map(|start| http::find(line, start.as_bytes()))
        .min();
    let object = line.iter().position(|byte| *byte == b'{');
    // A printed object may hold the XML.
    let found = object.filter(|object| markup.is_none_or(|markup| *object < markup)).and_then(|at| printed_object(text, at));
    let (at, answer, used) = match (found, markup) {
        (Some((answer, used)), _) => (object?, answer, used),
        (None, Some(at)) => {
            let (body, used) = xml(text, at)?;
            (at, Answer { bytes: body, date: None }, used)
        }
        (None, None) => return None,
    };
    if !answer.is_refusal() {
        return None;
    }
    walk::words(line.get(..at).unwrap_or_default(), out);
    out.pieces.push(Piece::Answer(answer));
    Some(used)
}

/// JSON, or an object as a program prints it, that begins at `at`; and where the text goes on.
fn printed_object(text: &[u8], at: usize) -> Option<(Answer, usize)> {
    const MEMBERS: [&str; 12] = [
        "\"error\"",
        "\"code\"",
        "\"Code\"",
        "\"message\"",
        "'Code'",
        "'code'",
        "Code:",
        "code:",
        "'status'",
        "'Error'",
        "'data'",
        "'headers'",
    ];
    let head = text.get(at..(at + 4096).min(text.len())).unwrap_or_default();
    if !MEMBERS.iter().any(|member| http::find(head, member.as_bytes()).is_some()) {
        return None;
    }
    let (mut value, rest) = literal::value(text.get(at..)?)?;
    flatten(&mut value);
    let answer = printed(&value).unwrap_or_else(|| Answer { bytes: serde_json::to_vec(&value).unwrap_or_default(), date: None });
    Some((answer, text.len() - rest.len()))
}

/// A whole answer that a client printed as an object: status, headers and the body as a text.
fn printed(value: &Value) -> Option<Answer> {
    let body = ["data", "body", "content"]
        .iter()
        .find_map(|name| value.get(name)?.as_str())
        .filter(|body| body.starts_with(['<', '{']))?;
    let status = ["status", "statusCode", "status_code"].iter().find_map(|name| value.get(name)?.as_u64()).unwrap_or_default();
    let mut message = format!("HTTP/1.1 {status}\r\n").into_bytes();
    for (name, value) in value.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default().replace(['\r', '\n'], " ");
        message.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    message.extend_from_slice(b"\r\n");
    message.extend_from_slice(body.as_bytes());
    Some(Answer::new(&message))
}

/// Lists of one, as XML parsers of JavaScript make them, are that one.
fn flatten(value: &mut Value) {
    if let Value::Array(items) = value
        && items.len() == 1
        && let Some(only) = items.pop()
    {
        *value = only;
        return flatten(value);
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(flatten),
        Value::Object(members) => members.values_mut().for_each(flatten),
        _ => {}
    }
}

/// XML from `at` to its end, without the escapes of what it was printed in; and where the text goes on.
fn xml(text: &[u8], at: usize) -> Option<(Vec<u8>, usize)> {
    let (before, rest) = text.split_at_checked(at)?;
    // A program printed it as a string.
    if before.ends_with(b"\"") || before.ends_with(b"'") {
        let (value, after) = literal::string(text.get(at - 1..)?).filter(|_| is_escaped(rest))?;
        return Some((value, text.len() - after.len()));
    }
    for close in [&b"</Error>"[..], b"&lt;/Error&gt;"] {
        if let Some(end) = http::find(rest, close) {
            let body = rest.get(..end + close.len())?;
            return Some((unescaped(body).unwrap_or_else(|| body.to_vec()), at + body.len()));
        }
    }
    let (body, used) = body(rest);
    Some((body, at + used))
}

/// Whether the line ends of a printed text are escapes.
fn is_escaped(text: &[u8]) -> bool {
    let (line, _) = http::line(text);
    http::find(line, b"\\n").is_some() || http::find(line, b"\\\"").is_some() || line.ends_with(b"'") || line.ends_with(b"\"")
}

/// XML that was escaped to be shown in a page, as it was.
fn unescaped(body: &[u8]) -> Option<Vec<u8>> {
    let is_shown = http::find(body, b"&lt;Code&gt;").is_some() && http::find(body, b"<Code>").is_none();
    let text = is_shown.then(|| String::from_utf8_lossy(body))?;
    Some(text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&").into_bytes())
}

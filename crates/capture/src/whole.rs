//! What a text is as a whole, tried before it is searched for pieces.

use crate::{
    Answer, Capture, CaptureError, Found, Note, Origin, Thing, claim, collection, form, har, http, page, pair,
    request::{Body, Request, absent_body, absent_body_of_sent, is_bodiless},
    url,
    walk::{self, Out},
};
use countersign::{
    RequestError,
    wire::{
        http::{HttpError, split_head},
        json::Json,
        percent,
        url::Url,
    },
};

/// Reads a decoded text.
pub(crate) fn read(text: &[u8]) -> Result<Capture, CaptureError> {
    let trimmed = text.trim_ascii();
    if trimmed.is_empty() {
        return Err(CaptureError::Empty);
    }
    let fault = match message(text) {
        Ok(Some(capture)) => return Ok(capture),
        Ok(None) => None,
        Err(fault) => Some(CaptureError::Http(fault)),
    };
    if !page::is_text(trimmed) && fault.is_none() {
        return Err(CaptureError::NotText(trimmed.get(..8).unwrap_or(trimmed).to_vec()));
    }
    if fault.is_none() {
        if trimmed.first().is_some_and(|first| matches!(first, b'{' | b'['))
            && let Some(outcome) = json(text)
        {
            return outcome;
        }
        if let Some(token) = mended_token(trimmed) {
            return Ok(one(Thing::Token(token), Origin::Text, vec![Note::TokenMended]));
        }
        if let Some(outcome) = line(trimmed) {
            return outcome;
        }
    }
    let list = tokens(trimmed);
    if let Some(Ok(capture)) = list {
        return Ok(capture);
    }
    let mut out = Out::default();
    let plain = page::undecorated(text, &mut out.notes);
    walk::walk(&plain, &mut out);
    let capture = pair::capture(out);
    // Among tokens, a line that is none may be a damaged one.
    let is_more = capture.found.iter().any(|found| !matches!(found.thing, Thing::Token(_)) || found.answer.is_some());
    if let Some(Err(fault)) = list.filter(|_| !is_more) {
        return Err(fault);
    }
    let is_signed = capture.found.iter().any(|found| pair::is_signed(&found.thing));
    match fault {
        Some(fault) if !is_signed => Err(fault),
        None if capture.found.is_empty() => Err(CaptureError::NotRecognised(page::first_line(trimmed))),
        _ => Ok(capture),
    }
}

/// One thing and nothing else.
fn one(thing: Thing, origin: Origin, notes: Vec<Note>) -> Capture {
    Capture {
        found: vec![Found { thing, origin, answer: None, sent: None, texts: None, given: None }],
        secrets: Vec::new(),
        notes,
    }
}

/// A raw message that begins with the text. Its body may be anything.
fn message(text: &[u8]) -> Result<Option<Capture>, HttpError> {
    let blank = text.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    let text = text.get(blank..).unwrap_or_default();
    let (head, rest) = split_head(text);
    let (first, _) = http::line(head);
    let has_version = first
        .trim_ascii_end()
        .rsplit(|byte| *byte == b' ')
        .next()
        .is_some_and(|word| http::starts_with(word, "http/") && word.len() <= 8);
    let is_request = has_version || http::request_line(first).is_some();
    let parsed = match countersign::Request::parse_head(head) {
        Ok(request) if is_request => request,
        Ok(_) | Err(RequestError::Http(HttpError::RequestLine)) => return Ok(None),
        Err(RequestError::Http(fault)) if is_request => return Err(fault),
        Err(_) => return Ok(None),
    };
    // What goes on is put together elsewhere: a list of fields without a request, and a line broken by a page.
    let is_folded =
        http::lines(head).skip(1).any(|line| line.starts_with(b" ") && http::header_line(line.trim_ascii()).is_some());
    if is_folded && page::undecorated(text, &mut Vec::new()) != text {
        return Ok(None);
    }
    let mut out = Out::default();
    let (body, tail) = body(head, parsed.method(), rest, &mut out.notes);
    out.request(Request { head: head.to_vec(), body, transport: None }, Origin::Http);
    walk::walk(tail, &mut out);
    Ok(Some(pair::capture(out)))
}

/// The body of a message, and the text that follows it.
fn body<'t>(head: &[u8], method: &str, rest: Option<&'t [u8]>, notes: &mut Vec<Note>) -> (Body, &'t [u8]) {
    const NOTHING: &[u8] = &[];
    let Some(rest) = rest else { return (Body::Unknown, NOTHING) };
    let stated = http::content_length(head);
    let split = stated.and_then(|length| usize::try_from(length).ok()).and_then(|length| rest.split_at_checked(length));
    if let (Some((body, tail)), Some(stated)) = (split, stated) {
        if tail.is_empty() {
            return (Body::Bytes(body.to_vec()), NOTHING);
        }
        if matches!(tail, b"\n" | b"\r\n") {
            notes.push(Note::LineEndLeftOut);
            return (Body::Bytes(body.to_vec()), NOTHING);
        }
        if body.is_empty() || body.ends_with(b"\n") || tail.starts_with(b"\n") || tail.starts_with(b"\r\n") {
            return (Body::Bytes(body.to_vec()), tail);
        }
        notes.push(Note::BodyLength { stated, found: rest.len() as u64 });
        return (Body::Bytes(rest.to_vec()), NOTHING);
    }
    let is_chunked = http::field(head, "transfer-encoding").is_some();
    if rest.trim_ascii().is_empty() && (stated.is_some() || is_bodiless(method)) {
        return (absent_body(head, method, notes), NOTHING);
    }
    // What follows a request that has no body is something else, if it is anything known.
    if stated.is_none() && is_bodiless(method) && !is_chunked {
        let mut out = Out::default();
        walk::walk(rest, &mut out);
        if !out.pieces.is_empty() {
            return (Body::Bytes(Vec::new()), rest);
        }
    }
    let cut = answer_start(rest);
    let (body, tail) = rest.split_at_checked(cut.unwrap_or(rest.len())).unwrap_or((rest, NOTHING));
    if cut.is_some() && body.trim_ascii().is_empty() {
        return (absent_body_of_sent(head, method, notes), tail);
    }
    // The empty line before an answer parts it from the body.
    let trimmed = cut.and_then(|_| body.strip_suffix(b"\r\n\r\n").or_else(|| body.strip_suffix(b"\n\n")));
    let body = trimmed.unwrap_or(body);
    if let Some(stated) = stated.filter(|stated| *stated != body.len() as u64) {
        notes.push(Note::BodyLength { stated, found: body.len() as u64 });
    }
    (Body::Bytes(body.to_vec()), tail)
}

/// Where a server's answer begins behind a body.
fn answer_start(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let plain = line.strip_prefix(b"< ").unwrap_or(line);
        let is_xml = plain.starts_with(b"<?xml") || plain.starts_with(b"<Error");
        let shown = text.get(at..(at + 300).min(text.len())).unwrap_or_default();
        if http::status_line(plain).is_some()
            || (is_xml && http::find(shown, b"<Error").is_some() && http::find(shown, b"<Code>").is_some())
        {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// A text that is JSON as a whole; `None` when it only starts like it and holds something else.
fn json(text: &[u8]) -> Option<Result<Capture, CaptureError>> {
    if let Some(capture) = har::read(text).or_else(|| collection::read(text)) {
        return Some(Ok(capture));
    }
    let fields = form::parse(text);
    if let Ok(fields) = &fields {
        let token = fields.iter().find(|(name, value)| {
            matches!(&*name.to_ascii_lowercase().replace('_', ""), "uptoken" | "uploadtoken") && claim::is_token(value.as_bytes())
        });
        if let Some((_, token)) = token {
            return Some(Ok(one(Thing::Token(token.clone().into_bytes()), Origin::Text, Vec::new())));
        }
        if pair::is_signed_form(fields) {
            return Some(Ok(one(Thing::Form(fields.clone()), Origin::Text, Vec::new())));
        }
    }
    let answer = Answer { bytes: text.to_vec(), date: None };
    // Some servers answer in GBK. What is read of an answer is read from its bytes.
    let is_whole = Json::read(&String::from_utf8_lossy(text)).is_ok();
    if is_whole && answer.is_refusal() {
        let mut capture = one(Thing::Missing, Origin::Text, Vec::new());
        capture.found.iter_mut().for_each(|found| found.answer = Some(answer.clone()));
        return Some(Ok(capture));
    }
    let mut out = Out::default();
    walk::walk(text, &mut out);
    let capture = pair::capture(out);
    if capture.found.iter().any(|found| pair::is_signed(&found.thing)) {
        return Some(Ok(capture));
    }
    // A list in brackets may be one of tokens, and a line may start with the time in brackets.
    if text.trim_ascii_start().starts_with(b"[") && fields.is_err() {
        return None;
    }
    Some(fields.map(|fields| one(Thing::Form(fields), Origin::Text, Vec::new())).map_err(CaptureError::Form))
}

/// A text of one line: a URL or a header value.
fn line(line: &[u8]) -> Option<Result<Capture, CaptureError>> {
    if line.contains(&b'\n') {
        return None;
    }
    let mut notes = Vec::new();
    if let Some(url) = url::alone(line, &mut notes) {
        return Some(match Url::parse(&url) {
            Ok(_) => Ok(one(Thing::Url(url), Origin::Text, notes)),
            Err(fault) => Err(CaptureError::Url(fault)),
        });
    }
    if claim::token_lines(line).next().is_some_and(claim::is_token) {
        return None;
    }
    if let Some(value) = http::strip(line, "authorization:").map(<[u8]>::trim_ascii) {
        return Some(Ok(one(Thing::Header(value.to_vec()), Origin::Text, notes)));
    }
    claim::is_header(line).then(|| Ok(one(Thing::Header(line.to_vec()), Origin::Text, notes)))
}

/// An upload token that is percent-encoded, or broken into lines as programs for mail do, and nothing else.
fn mended_token(text: &[u8]) -> Option<Vec<u8>> {
    const LONGEST: usize = 64 << 10;
    let lines: Vec<&[u8]> = claim::token_lines(text.get(..LONGEST.min(text.len()))?).collect();
    // A line that is a token goes with no other.
    if lines.iter().any(|line| claim::is_whole_upload_token(line)) {
        return None;
    }
    // Some of these programs write `=` at the ends of lines they break, and `=3D` for itself.
    let quoted: Vec<&[u8]> = lines.iter().map(|line| line.strip_suffix(b"=").unwrap_or(line)).collect();
    let quoted = String::from_utf8_lossy(&quoted.concat()).replace("=3D", "=");
    let forms = [percent::decode(&lines.concat()).into_owned(), quoted.into_bytes()];
    forms.into_iter().find(|plain| claim::is_whole_upload_token(plain))
}

/// A list of tokens, one on each line, and nothing else.
fn tokens(text: &[u8]) -> Option<Result<Capture, CaptureError>> {
    claim::token_lines(text).next().filter(|first| claim::is_token(first))?;
    if let Some(line) = claim::token_lines(text).find(|line| !page::is_text(line) || line.contains(&b' ')) {
        return Some(Err(CaptureError::NotAToken(page::first_line(line))));
    }
    let found = claim::token_lines(text).map(|token| Found {
        thing: Thing::Token(token.to_vec()),
        origin: Origin::Text,
        answer: None,
        sent: None,
        texts: None,
        given: None,
    });
    Some(Ok(Capture { found: found.collect(), secrets: Vec::new(), notes: Vec::new() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_however_it_was_handed_on() {
        let token = "CSIDEXAMPLE0001:RZa7PfHGi9k13f76qW_6LT2gAxk=:eyJzY29wZSI6InBob3RvcyIsImRlYWRsaW5lIjoxNzc3NjMxNDE1fQ==";
        let escaped = token.replace(':', "%3A").replace('=', "%3D");
        let (front, back) = token.split_at(70);
        let quoted = token.replace('=', "=3D");
        let (quoted_front, quoted_back) = quoted.split_at(70);
        for (text, mended) in [
            (token.to_owned(), false),
            (format!("UpToken {token}"), false),
            (format!("Authorization: UpToken {token}"), false),
            (escaped.clone(), true),
            (format!("authorization: UpToken {escaped}"), true),
            (format!("UpToken {front}\r\n{back}\r\n"), true),
            (format!("  {front}\n  {back}"), true),
            (format!("{quoted_front}=\n{quoted_back}"), true),
        ] {
            let capture = read(text.as_bytes()).unwrap();
            let [found] = capture.found.as_slice() else { panic!("{text}: {:?}", capture.found) };
            assert_eq!(found.thing, Thing::Token(token.into()), "{text}");
            assert_eq!(capture.notes, if mended { vec![Note::TokenMended] } else { Vec::new() }, "{text}");
        }
        // Several are a list, and half of one is what it is.
        assert_eq!(read(format!("{token}\n{token}\n").as_bytes()).unwrap().found.len(), 2);
        assert_eq!(read(front.as_bytes()).unwrap().found.len(), 1);
    }

    #[test]
    fn a_refusal_need_not_be_utf_8() {
        // A sentence in GBK behind the first line, which alone tells what a text is.
        let refusal = b"{\n \"code\": \"SignatureDoesNotMatch\",\n \"message\": \"\xc7\xa9\xc3\xfb\xb4\xed\xce\xf3\"\n}\n";
        let capture = read(refusal).unwrap();
        let [found] = capture.found.as_slice() else { panic!("{:?}", capture.found) };
        assert!(matches!(found.thing, Thing::Missing), "{found:?}");
        assert_eq!(found.answer.as_ref().map(|answer| &*answer.bytes), Some(&refusal[..]));
    }
}

//! HAR files: every request with its answer.

use crate::{
    Answer, Capture, Found, Note, Origin, Thing, http, pair,
    request::{Body, Head, Request, is_bodiless, split_url},
};
use base64::Engine;
use countersign::{Timestamp, explain::MAX_ANSWER, wire::json::Json};

/// A header, as it is written there.
struct Pair {
    name: String,
    value: String,
}

/// The fields of a message; `None` when a field has no name.
fn fields(message: Json<'_>) -> Option<Vec<Pair>> {
    let Some(list) = message.member("headers") else { return Some(Vec::new()) };
    list.items()?
        .into_iter()
        .map(|field| Some(Pair { name: text(field, "name")?, value: text(field, "value").unwrap_or_default() }))
        .collect()
}

/// A text among the members of an object.
fn text(object: Json<'_>, name: &str) -> Option<String> {
    object.member(name)?.text()
}

/// A number among the members of an object: some programs write those of bytes with a fraction.
fn number(object: Json<'_>, name: &str) -> Option<u64> {
    let written = object.member(name)?.as_str();
    written.split('.').next()?.parse().ok()
}

/// The requests of a HAR file, of a single entry or a list of entries; `None` when it is none of them.
pub(crate) fn read(json: &[u8]) -> Option<Capture> {
    let file = Json::read(std::str::from_utf8(json).ok()?).ok()?;
    let entries = file.member("log").and_then(|log| log.member("entries")?.items()).or_else(|| file.items());
    let entries: Vec<Entry<'_>> = entries.unwrap_or_else(|| vec![file]).into_iter().map(Entry::read).collect::<Option<_>>()?;
    if entries.is_empty() {
        return None;
    }
    let mut capture = Capture::default();
    for entry in entries {
        capture.found.extend(found(entry, &mut capture.notes));
    }
    // Only what is said of the requests that are kept helps.
    let all = std::mem::take(&mut capture.notes);
    pair::tidy(&mut capture);
    let is_single = capture.found.len() == 1;
    capture.notes.extend(all.into_iter().filter(|_| is_single));
    Some(capture)
}

/// One request, and what came back.
struct Entry<'j> {
    whole: Json<'j>,
    request: Json<'j>,
    method: String,
    url: String,
    fields: Vec<Pair>,
}

impl<'j> Entry<'j> {
    /// `None` when it is no entry.
    fn read(whole: Json<'j>) -> Option<Self> {
        let request = whole.member("request")?;
        Some(Self { whole, request, method: text(request, "method")?, url: text(request, "url")?, fields: fields(request)? })
    }
}

fn found(entry: Entry<'_>, notes: &mut Vec<Note>) -> Option<Found> {
    let Entry { whole, request, method, url, fields } = entry;
    let (target, authority, transport) = split_url(url.as_bytes())?;
    let mut head = Head::new(&method, target);
    let fields: Vec<&Pair> = fields.iter().filter(|field| !field.name.starts_with(':')).collect();
    if !fields.iter().any(|field| field.name.eq_ignore_ascii_case("host")) {
        head.add("Host", authority);
    }
    for field in fields {
        head.add(&field.name, &field.value);
    }
    let origin = Origin::Har;
    let answer = whole.member("response").and_then(answer);
    let sent = text(whole, "startedDateTime").and_then(|started| time(&started));
    let data = request.member("postData");
    if let Some(fields) = data.and_then(form).filter(|fields| pair::is_signed_form(fields)) {
        return Some(Found { thing: Thing::Form(fields), origin, answer, sent, texts: None });
    }
    let head = head.write();
    let body = body(&method, request, data, &head, notes);
    let thing = Thing::Request(Request { head, body, transport: Some(transport) });
    Some(Found { thing, origin, answer, sent, texts: None })
}

/// The fields of a form, where they are all there is of it.
fn form(data: Json<'_>) -> Option<Vec<(String, String)>> {
    let params = data.member("params").filter(|_| text(data, "text").is_none())?.items()?;
    let fields = params.into_iter().filter(|param| param.member("fileName").is_none());
    fields.map(|param| Some((text(param, "name")?, text(param, "value").unwrap_or_default()))).collect()
}

/// A time to the second, whatever its zone and fraction.
fn time(text: &str) -> Option<Timestamp> {
    Timestamp::from_rfc3339(text).or_else(|| {
        let second = text.get(..19)?;
        Timestamp::from_rfc3339(&format!("{second}Z"))
    })
}

/// The body, if the file holds all of it: browsers leave files out.
fn body(method: &str, request: Json<'_>, data: Option<Json<'_>>, head: &[u8], notes: &mut Vec<Note>) -> Body {
    let stated = http::content_length(head).or_else(|| number(request, "bodySize"));
    match (data.and_then(content), stated) {
        (Some(bytes), Some(stated)) if stated > 0 && stated != bytes.len() as u64 => {
            notes.push(Note::BodyMissing(Some(stated)));
            Body::Unknown
        }
        (Some(bytes), _) => Body::Bytes(bytes),
        (None, Some(0)) => Body::Bytes(Vec::new()),
        (None, _) if is_bodiless(method) => Body::Bytes(Vec::new()),
        (None, stated) => {
            notes.push(Note::BodyMissing(stated));
            Body::Unknown
        }
    }
}

/// The bytes of a body.
fn content(data: Json<'_>) -> Option<Vec<u8>> {
    let bytes = text(data, "text")?.into_bytes();
    if text(data, "encoding").as_deref() == Some("base64") {
        return base64::engine::general_purpose::STANDARD.decode(bytes).ok();
    }
    Some(bytes)
}

fn answer(received: Json<'_>) -> Option<Answer> {
    let status = number(received, "status").and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
    let reason = text(received, "statusText").unwrap_or_default();
    let mut bytes = format!("HTTP/1.1 {status} {reason}\r\n").into_bytes();
    let mut date = None;
    for field in fields(received)?.iter().filter(|field| !field.name.starts_with(':')) {
        if field.name.eq_ignore_ascii_case("date") {
            date = Timestamp::from_http_date(field.value.trim().as_bytes());
        }
        let value = field.value.replace(['\r', '\n'], " ");
        bytes.extend_from_slice(format!("{}: {value}\r\n", field.name).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    if let Some(body) = received.member("content") {
        bytes.extend_from_slice(&content(body).unwrap_or_default());
        bytes.truncate(MAX_ANSWER);
    }
    Some(Answer { bytes, date })
}

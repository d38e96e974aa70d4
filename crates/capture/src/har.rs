//! HAR files: every request with its answer.

use crate::{
    Answer, Capture, Found, Note, Origin, Thing, http, pair,
    request::{Body, Head, Request, is_bodiless, split_url},
};
use base64::Engine;
use countersign::{Timestamp, explain::MAX_ANSWER};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "startedDateTime")]
    started: Option<String>,
    request: Sent,
    response: Option<Received>,
}

#[derive(Deserialize)]
struct Sent {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Pair>,
    #[serde(rename = "postData")]
    data: Option<Data>,
    #[serde(rename = "bodySize")]
    size: Option<f64>,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
struct Data {
    text: Option<String>,
    encoding: Option<String>,
    #[serde(default)]
    params: Vec<Param>,
}

#[derive(Deserialize)]
struct Param {
    name: String,
    value: Option<String>,
    #[serde(rename = "fileName")]
    file: Option<String>,
}

#[derive(Deserialize)]
struct Received {
    #[serde(default)]
    status: f64,
    #[serde(rename = "statusText", default)]
    reason: String,
    #[serde(default)]
    headers: Vec<Pair>,
    content: Option<Content>,
}

#[derive(Deserialize)]
struct Content {
    text: Option<String>,
    encoding: Option<String>,
}

/// The requests of a HAR file, of a single entry or a list of entries; `None` when it is none of them.
pub(crate) fn read(json: &[u8]) -> Option<Capture> {
    let entries = serde_json::from_slice::<File>(json).map(|file| file.log.entries);
    let entries = entries.or_else(|_| serde_json::from_slice::<Vec<Entry>>(json));
    let entries = entries
        .or_else(|_| serde_json::from_slice::<Entry>(json).map(|entry| vec![entry]))
        .ok()
        .filter(|entries| !entries.is_empty())?;
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

fn found(entry: Entry, notes: &mut Vec<Note>) -> Option<Found> {
    let Entry { started, request, response } = entry;
    let (target, authority, transport) = split_url(request.url.as_bytes())?;
    let mut head = Head::new(&request.method, target);
    let fields: Vec<&Pair> = request.headers.iter().filter(|field| !field.name.starts_with(':')).collect();
    if !fields.iter().any(|field| field.name.eq_ignore_ascii_case("host")) {
        head.add("Host", authority);
    }
    for field in fields {
        head.add(&field.name, &field.value);
    }
    if let Some(data) = request.data.as_ref().filter(|data| data.text.is_none() && !data.params.is_empty()) {
        let (thing, origin) = (Thing::Form(form(data)), Origin::Har);
        if let Thing::Form(fields) = &thing
            && pair::is_signed_form(fields)
        {
            return Some(Found {
                thing,
                origin,
                answer: response.map(answer),
                sent: started.as_deref().and_then(time),
                texts: None,
            });
        }
    }
    let head = head.write();
    let body = body(&request, &head, notes);
    let thing = Thing::Request(Request { head, body, transport: Some(transport) });
    Some(Found { thing, origin: Origin::Har, answer: response.map(answer), sent: started.as_deref().and_then(time), texts: None })
}

fn form(data: &Data) -> Vec<(String, String)> {
    let fields = data.params.iter().filter(|param| param.file.is_none());
    fields.map(|param| (param.name.clone(), param.value.clone().unwrap_or_default())).collect()
}

/// A time to the second, whatever its zone and fraction.
fn time(text: &str) -> Option<Timestamp> {
    Timestamp::from_rfc3339(text).or_else(|| {
        let second = text.get(..19)?;
        Timestamp::from_rfc3339(&format!("{second}Z"))
    })
}

/// The body, if the file holds all of it: browsers leave files out.
fn body(request: &Sent, head: &[u8], notes: &mut Vec<Note>) -> Body {
    let stated = http::content_length(head).or_else(|| request.size.filter(|size| *size >= 0.0).map(|size| size as u64));
    let bytes = request.data.as_ref().and_then(|data| {
        let text = data.text.as_ref()?;
        if data.encoding.as_deref() == Some("base64") {
            return base64::engine::general_purpose::STANDARD.decode(text).ok();
        }
        Some(text.clone().into_bytes())
    });
    match (bytes, stated) {
        (Some(bytes), Some(stated)) if stated > 0 && stated != bytes.len() as u64 => {
            notes.push(Note::BodyMissing(Some(stated)));
            Body::Unknown
        }
        (Some(bytes), _) => Body::Bytes(bytes),
        (None, Some(0)) => Body::Bytes(Vec::new()),
        (None, _) if is_bodiless(&request.method) => Body::Bytes(Vec::new()),
        (None, stated) => {
            notes.push(Note::BodyMissing(stated));
            Body::Unknown
        }
    }
}

fn answer(received: Received) -> Answer {
    let mut bytes = format!("HTTP/1.1 {} {}\r\n", received.status as u16, received.reason).into_bytes();
    let mut date = None;
    for field in received.headers.iter().filter(|field| !field.name.starts_with(':')) {
        if field.name.eq_ignore_ascii_case("date") {
            date = Timestamp::from_http_date(field.value.trim().as_bytes());
        }
        let value = field.value.replace(['\r', '\n'], " ");
        bytes.extend_from_slice(format!("{}: {value}\r\n", field.name).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    if let Some(content) = received.content {
        let text = content.text.unwrap_or_default();
        let is_base64 = content.encoding.as_deref() == Some("base64");
        let body = if is_base64 {
            base64::engine::general_purpose::STANDARD.decode(&text).unwrap_or_default()
        } else {
            text.into_bytes()
        };
        bytes.extend_from_slice(&body);
        bytes.truncate(MAX_ANSWER);
    }
    Answer { bytes, date }
}

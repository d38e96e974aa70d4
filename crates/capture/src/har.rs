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

/// The fields of a message; `None` when one has no name, or a value that is not one text.
fn fields(message: Json<'_>) -> Option<Vec<Pair>> {
    let Some(list) = message.member("headers") else { return Some(Vec::new()) };
    list.items()?.into_iter().map(|field| Some(Pair { name: text(field, "name")?, value: value(field)? })).collect()
}

/// The value of a field, which may be left out; a number or truth value stands for its text.
fn value(field: Json<'_>) -> Option<String> {
    field.member("value").map_or_else(|| Some(String::new()), Json::plain)
}

/// A text among the members of an object.
fn text(object: Json<'_>, name: &str) -> Option<String> {
    object.member(name)?.text()
}

/// A whole number among the members of an object.
fn number(object: Json<'_>, name: &str) -> Option<u64> {
    whole(object.member(name)?.as_str())
}

/// A whole number, however it is written: where all numbers are doubles it is `12.0`, and from ten million on `1.2345678E7`.
fn whole(number: &str) -> Option<u64> {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (front, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let shift = exponent.parse::<u32>().ok()?.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    [front, fraction].concat().parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(shift)?)
}

/// The requests of a HAR file, of a single entry or a list of entries; `None` when it is none of them.
pub(crate) fn read(json: &[u8]) -> Option<Capture> {
    let text = String::from_utf8_lossy(json);
    let file = Json::read(&text).ok()?;
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
    if let Err(error) = std::str::from_utf8(json) {
        capture.notes.push(Note::NotUtf8(error.valid_up_to()));
    }
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
        return Some(Found { thing: Thing::Form(fields), origin, answer, sent, texts: None, given: None });
    }
    let head = head.write();
    let body = body(&method, request, data, &head, notes);
    let thing = Thing::Request(Request { head, body, transport: Some(transport) });
    Some(Found { thing, origin, answer, sent, texts: None, given: None })
}

/// The fields of a form, where they are all there is of it and each is one text.
fn form(data: Json<'_>) -> Option<Vec<(String, String)>> {
    let params = data.member("params").filter(|_| text(data, "text").is_none())?.items()?;
    let fields = params.into_iter().filter(|param| param.member("fileName").is_none());
    fields.map(|param| Some((text(param, "name")?, value(param)?))).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A request with an `Authorization`, with more members of it and of its entry.
    fn entry(headers: &str, request: &str, more: &str) -> String {
        let signed = r#"{"name":"Authorization","value":"OSS CSIDEXAMPLE0001:bWFkZSB1cCBzaWduYXR1cmU="}"#;
        format!(r#"{{"request":{{"method":"PUT","url":"https://h/a","headers":[{signed}{headers}]{request}}}{more}}}"#)
    }

    fn first(json: &str) -> (Found, Vec<Note>) {
        let mut capture = read(json.as_bytes()).unwrap_or_else(|| panic!("{json} is no HAR file"));
        (capture.found.swap_remove(0), capture.notes)
    }

    fn request(found: Found) -> Request {
        let Thing::Request(request) = found.thing else { panic!("{found:?}") };
        request
    }

    #[test]
    fn the_signed_among_thousands_are_kept_in_order() {
        let url = |number: usize| match number % 150 {
            7 => format!("https://h/{number}?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415&Signature=bWFkZSB1cA%3D%3D"),
            _ => format!("https://app.example.com/{number}.js?v={number}"),
        };
        let entries = (0..3_000).map(|number| {
            format!(
                r#"{{"request":{{"method":"GET","url":"{}","headers":[{{"name":"accept","value":"*/*"}}]}},"response":{{"status":200}}}}"#,
                url(number)
            )
        });
        let json = format!(r#"{{"log":{{"entries":[{}]}}}}"#, entries.collect::<Vec<_>>().join(","));
        let capture = read(json.as_bytes()).unwrap();
        let heads = capture.found.into_iter().map(|found| String::from_utf8(request(found).head).unwrap());
        let numbers: Vec<usize> = heads.map(|head| head[5..head.find('?').unwrap()].parse().unwrap()).collect();
        assert_eq!(numbers, (0..20).map(|number| number * 150 + 7).collect::<Vec<_>>());
        assert_eq!(capture.notes, [Note::Unsigned(2_980)]);
    }

    #[test]
    fn whole_numbers_are_read_however_they_are_written() {
        for (written, number) in [
            ("0", Some(0)),
            ("12", Some(12)),
            ("12.0", Some(12)),
            ("12.00", Some(12)),
            ("1.2E7", Some(12_000_000)),
            ("1.2345678E7", Some(12_345_678)),
            ("4.03E2", Some(403)),
            ("4.030E+2", Some(403)),
            ("1e3", Some(1000)),
            ("-1", None),
            ("-1.0", None),
            ("12.5", None),
            ("1.25e1", None),
            ("1e99", None),
            ("18446744073709551616", None),
            ("null", None),
            (r#""12""#, None),
        ] {
            assert_eq!(whole(written), number, "{written}");
        }
    }

    #[test]
    fn a_body_is_kept_when_its_size_is_a_double() {
        let body = "a".repeat(12_000_000);
        let data = format!(r#","bodySize":1.2E7,"postData":{{"text":"{body}"}}"#);
        let (found, notes) = first(&entry("", &data, r#","response":{"status":4.03E2,"statusText":"Forbidden","headers":[]}"#));
        assert_eq!(notes, []);
        assert!(found.answer.as_ref().is_some_and(|answer| answer.bytes.starts_with(b"HTTP/1.1 403 Forbidden\r\n")));
        assert!(matches!(request(found).body, Body::Bytes(bytes) if bytes == body.into_bytes()));
    }

    #[test]
    fn a_value_is_its_text_and_nothing_else_is_taken_for_an_empty_one() {
        let headers = r#",{"name":"x-oss-meta-n","value":1.10},{"name":"x-oss-meta-e"},{"name":"x-oss-meta-z","value":null}"#;
        let head = request(first(&entry(headers, "", "")).0).head;
        let head = String::from_utf8(head).unwrap();
        assert!(head.contains("\r\nx-oss-meta-n: 1.10\r\nx-oss-meta-e: \r\nx-oss-meta-z: \r\n"), "{head}");
        for headers in [r#",{"name":"a","value":["b"]}"#, r#",{"name":"a","value":{}}"#, r#",{"value":"b"}"#, r#",{"name":1}"#] {
            assert!(read(entry(headers, "", "").as_bytes()).is_none(), "{headers}");
        }
        assert!(read(br#"{"request":{"method":"GET","url":"https://h/a","headers":{"Host":"h"}}}"#).is_none());
        assert!(read(br#"{"request":{"method":"GET","url":"https://h/a?Signature=a"}}"#).is_some(), "without headers");
    }

    #[test]
    fn the_fields_of_a_form_are_their_texts() {
        let form = |value: &str| {
            let params = [("OSSAccessKeyId", r#""CSIDEXAMPLE0001""#), ("policy", r#""e30=""#), ("Signature", r#""YQ==""#)];
            let params = params.map(|(name, value)| format!(r#"{{"name":"{name}","value":{value}}}"#)).join(",");
            let params = format!(r#"{params},{{"name":"success_action_status","value":{value}}}"#);
            first(&entry("", &format!(r#","postData":{{"params":[{params}]}}"#), "")).0
        };
        for (value, text) in [("201", "201"), (r#""201""#, "201"), ("null", "")] {
            let Thing::Form(fields) = form(value).thing else { panic!("{value}: no form") };
            assert_eq!(fields.last().map(|(name, text)| (&**name, &**text)), Some(("success_action_status", text)));
        }
        // A value that is several is not known, and so the body is not.
        assert!(matches!(request(form("[201]")).body, Body::Unknown));
    }

    #[test]
    fn bad_bytes_where_nobody_reads_lose_no_request() {
        let text = entry("", "", r#","comment":"?""#);
        let at = text.find('?').unwrap();
        let text = text.replace('?', "\u{fffd}").into_bytes();
        let bad: Vec<u8> = [&text[..at], b"\xd5\xd5", &text[at + 3..]].concat();
        let capture = read(&bad).unwrap();
        assert_eq!((capture.found.len(), &*capture.notes), (1, &[Note::BodyMissing(None), Note::NotUtf8(at)][..]));
        assert_eq!(read(&text).unwrap().notes, [Note::BodyMissing(None)]);
    }
}

//! Requests as Postman and Insomnia keep them, in the files they export.

use crate::{
    Capture, Found, Note, Origin, Thing, pair,
    request::{Body, Head, Request, is_bodiless, split_url},
};
use countersign::wire::json::Json;

/// Deeper folders are not read.
const DEEPEST: usize = 16;

/// The requests of a collection; `None` when the text is none.
pub(crate) fn read(json: &[u8]) -> Option<Capture> {
    let text = String::from_utf8_lossy(json);
    let file = Json::read(&text).ok()?;
    let mut capture = Capture::default();
    if let Some(items) = file.member("item") {
        postman(items, 0, &mut capture);
    } else {
        for resource in file.member("resources")?.items()? {
            if text_of(resource, "_type").as_deref() == Some("request") {
                add(resource, &mut capture);
            }
        }
    }
    if capture.found.is_empty() {
        return None;
    }
    pair::tidy(&mut capture);
    Some(capture)
}

/// Requests and folders of requests.
fn postman(items: Json<'_>, depth: usize, capture: &mut Capture) {
    for item in items.items().filter(|_| depth < DEEPEST).unwrap_or_default() {
        if let Some(request) = item.member("request") {
            add(request, capture);
        }
        if let Some(inner) = item.member("item") {
            postman(inner, depth + 1, capture);
        }
    }
}

/// Adds a request, if it has a URL.
fn add(request: Json<'_>, capture: &mut Capture) -> Option<()> {
    let url = request.member("url")?;
    let url = url.text().or_else(|| text_of(url, "raw"))?;
    let method = text_of(request, "method").unwrap_or_else(|| "GET".to_owned());
    let (target, authority, transport) = split_url(url.as_bytes())?;
    let fields = request.member("header").or_else(|| request.member("headers")).and_then(Json::items).unwrap_or_default();
    let is_off = |field: &Json<'_>| field.member("disabled").is_some_and(|off| off.as_str() == "true");
    let fields: Vec<(String, String)> = fields.into_iter().filter(|field| !is_off(field)).filter_map(pair_of).collect();
    let names = |name: &str| fields.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    let mut head = Head::new(&method, target);
    if !names("host") {
        head.add("Host", authority);
    }
    for (name, value) in &fields {
        head.add(name, value);
    }
    for text in fields.iter().map(|(_, value)| value).chain([&url]) {
        capture.notes.extend(variable(text).map(|name| Note::Expression(name.to_owned())));
    }
    let body = match request.member("body") {
        Some(body) => text_of(body, "raw").or_else(|| text_of(body, "text")),
        None => Some(String::new()),
    };
    if body.as_ref().is_none_or(|body| !body.is_empty()) && !names("content-type") {
        capture.notes.push(Note::TypeNotNamed);
    }
    let body = match body {
        Some(body) => Body::Bytes(body.into_bytes()),
        None if is_bodiless(&method) => Body::Bytes(Vec::new()),
        None => {
            capture.notes.push(Note::BodyMissing(None));
            Body::Unknown
        }
    };
    let thing = Thing::Request(Request { head: head.write(), body, transport: Some(transport) });
    capture.found.push(Found { thing, origin: Origin::Har, answer: None, sent: None, texts: None, given: None });
    Some(())
}

/// A header, whose name is called `key` by one and `name` by the other.
fn pair_of(field: Json<'_>) -> Option<(String, String)> {
    Some((text_of(field, "key").or_else(|| text_of(field, "name"))?, text_of(field, "value").unwrap_or_default()))
}

/// The first variable that is filled in when the request is sent.
fn variable(text: &str) -> Option<&str> {
    let begin = text.find("{{")?;
    let end = text.get(begin..)?.find("}}")?;
    text.get(begin..begin + end + 2)
}

/// A text among the members of an object.
fn text_of(object: Json<'_>, name: &str) -> Option<String> {
    object.member(name)?.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str =
        "https://h.example/a?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415&Signature=bWFkZSB1cCBzaWduYXR1cmU%3D";

    fn only(json: &str) -> (String, Vec<Note>) {
        let capture = read(json.replace("URL", URL).as_bytes()).unwrap_or_else(|| panic!("{json} is no collection"));
        let [Found { thing: Thing::Request(request), .. }] = capture.found.as_slice() else { panic!("{capture:?}") };
        let text = String::from_utf8(request.to_bytes()).unwrap().replace("\r\n", "\n");
        (text.replace(URL.split_at(17).1, "/").replace(" HTTP/1.1\nHost: h.example", ""), capture.notes)
    }

    #[test]
    fn requests_of_both_programs_are_read_in_folders_too() {
        let postman = r#"{"method":"PUT","header":[{"key":"Content-Type","value":"x/y"},{"key":"x-a","value":"b","disabled":true}],"body":{"mode":"raw","raw":"a=1"},"url":{"raw":"URL","host":["h"]}}"#;
        let insomnia = r#"{"_type":"request","method":"PUT","url":"URL","headers":[{"name":"Content-Type","value":"x/y"}],"body":{"mimeType":"x/y","text":"a=1"}}"#;
        for json in [
            format!(r#"{{"info":{{}},"item":[{{"name":"put","request":{postman}}}]}}"#),
            format!(r#"{{"item":[{{"name":"folder","item":[{{"request":{postman},"response":[]}}]}}]}}"#),
            format!(r#"{{"_type":"export","resources":[{{"_type":"workspace"}},{insomnia}]}}"#),
        ] {
            assert_eq!(only(&json), ("PUT /\nContent-Type: x/y\n\na=1".into(), Vec::new()), "{json}");
        }
        assert_eq!(only(r#"{"item":[{"request":{"url":"URL"}}]}"#), ("GET /\n\n".into(), Vec::new()));
    }

    #[test]
    fn what_is_not_in_the_file_is_said() {
        let json = r#"{"item":[{"request":{"method":"PUT","header":[{"key":"x-a","value":"{{b}}"}],"body":{"mode":"file"},"url":"URL"}}]}"#;
        let expected = vec![Note::Expression("{{b}}".into()), Note::TypeNotNamed, Note::BodyMissing(None)];
        assert_eq!(only(json), ("PUT /\nx-a: {{b}}\n".into(), expected));
        for other in [r#"{"item":[]}"#, r#"{"item":[{"request":{"url":5}}]}"#, r#"{"resources":"a"}"#, "[]", "{"] {
            assert!(read(other.as_bytes()).is_none(), "{other}");
        }
    }
}

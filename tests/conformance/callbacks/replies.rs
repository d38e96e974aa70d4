//! What an application answers to a callback, and what the uploader is told in consequence.

use countersign::{
    callback::{Answer, AnswerFault, AnswerFaultKind as Kind},
    providers::{kodo, ks3, oss},
    wire::header::Header,
};
use proptest::prelude::*;
use std::time::Duration;

const JSON: &[u8] = b"{\"Status\": \"OK\"}";

/// An answer with these headers; `None` for the length of its body.
struct Reply<'a> {
    status: u16,
    headers: &'a [(&'a str, &'a str)],
    body: &'a [u8],
    millis: Option<u64>,
}

impl Default for Reply<'_> {
    fn default() -> Self {
        Self { status: 200, headers: &[("Content-Type", "application/json"), ("Content-Length", "16")], body: JSON, millis: None }
    }
}

impl Reply<'_> {
    fn check(&self, check: fn(&Answer<'_>) -> Vec<AnswerFault>) -> Vec<AnswerFault> {
        let headers: Vec<_> = self.headers.iter().map(|(name, value)| Header::new(name, value.as_bytes())).collect();
        let elapsed = self.millis.map(Duration::from_millis);
        check(&Answer { status: self.status, headers: &headers, body: self.body, elapsed })
    }
}

/// The messages are those of the guide "Upload callbacks" and of the page on status 203; the causes, too.
#[test]
fn oss_says_what_its_guide_says() {
    const JSON_TYPE: (&str, &str) = ("Content-Type", "application/json");
    const NOT_JSON: (&str, Option<&str>) = ("Response body is not valid json format.", Some("0007-00000205"));
    const NO_LENGTH: (&str, Option<&str>) = ("Error Status : 400.User server return too long content-length value", None);
    let long = format!("\"{}\"", "x".repeat((1 << 20) - 1));
    let table = [
        (Reply::default(), None),
        (Reply { millis: Some(5000), ..Reply::default() }, None),
        (
            Reply {
                headers: &[("content-type", "Application/JSON; charset=utf-8"), ("CONTENT-LENGTH", " 16 ")],
                ..Reply::default()
            },
            None,
        ),
        (Reply { headers: &[JSON_TYPE, ("Content-Length", "1")], body: b"1", ..Reply::default() }, None),
        (
            Reply { millis: Some(5001), ..Reply::default() },
            Some((
                "Error status : -1 <address> reply timeout, cost:5000ms, timeout:5000ms (err -4, errno115)",
                Some("0007-00000202"),
            )),
        ),
        (Reply { status: 400, ..Reply::default() }, Some(("Error status : 400.", None))),
        (Reply { status: 404, body: b"<html>", ..Reply::default() }, Some(("Error status : 404.", None))),
        (Reply { status: 502, headers: &[], body: b"", ..Reply::default() }, Some(("Error status : 502.", None))),
        (Reply { status: 201, ..Reply::default() }, Some(("Error status : 201.", None))),
        (Reply { status: 204, headers: &[], body: b"", ..Reply::default() }, Some(("Error status : 204.", None))),
        (
            Reply { status: 302, headers: &[("Location", "/login")], body: b"", ..Reply::default() },
            Some(("Error status : 302.", None)),
        ),
        (Reply { headers: &[JSON_TYPE], ..Reply::default() }, Some(NO_LENGTH)),
        (Reply { headers: &[JSON_TYPE, ("Transfer-Encoding", "chunked")], ..Reply::default() }, Some(NO_LENGTH)),
        (
            Reply { headers: &[JSON_TYPE, ("Content-Length", "1048577")], body: long.as_bytes(), ..Reply::default() },
            Some(NO_LENGTH),
        ),
        (Reply { headers: &[JSON_TYPE, ("Content-Length", "2")], body: b"OK", ..Reply::default() }, Some(NOT_JSON)),
        (Reply { headers: &[JSON_TYPE, ("Content-Length", "0")], body: b"", ..Reply::default() }, Some(NOT_JSON)),
        (Reply { headers: &[JSON_TYPE, ("Content-Length", "5")], body: b"\xef\xbb\xbf{}", ..Reply::default() }, Some(NOT_JSON)),
        (Reply { headers: &[JSON_TYPE, ("Content-Length", "7")], body: b"{'a':1}", ..Reply::default() }, Some(NOT_JSON)),
        (Reply { headers: &[JSON_TYPE, ("Content-Length", "4")], body: b"{}{}", ..Reply::default() }, Some(NOT_JSON)),
        (Reply { headers: &[JSON_TYPE, ("Content-Length", "3")], body: b"\"\xff\"", ..Reply::default() }, Some(NOT_JSON)),
    ];
    for (reply, expected) in table {
        let faults = reply.check(oss::callback::check_answer);
        let about = format!("{} {:?} {}", reply.status, reply.headers, reply.body.len());
        let Some((message, ec)) = expected else {
            assert_eq!(faults, [], "{about}");
            continue;
        };
        let [fault] = faults.as_slice() else { panic!("{about}: {faults:?}") };
        assert_eq!((fault.outcome.status, fault.outcome.code), (Some(203), Some("CallbackFailed")), "{about}");
        assert_eq!((fault.outcome.message.as_deref(), fault.outcome.ec), (Some(message), ec), "{about}");
    }
}

#[test]
fn every_fault_is_told_by_its_cause() {
    let kinds =
        |reply: Reply<'_>| -> Vec<_> { reply.check(oss::callback::check_answer).into_iter().map(|fault| fault.kind).collect() };
    let location = Some("https://app.example.com/login".to_owned());
    let headers = [("Location", "https://app.example.com/login")];
    assert_eq!(kinds(Reply { status: 302, headers: &headers, ..Reply::default() }), [Kind::Redirect { status: 302, location }]);
    assert_eq!(
        kinds(Reply { headers: &[("Transfer-Encoding", "chunked")], ..Reply::default() }),
        [Kind::NoContentLength(Some("chunked".into())), Kind::ContentType(None)]
    );
    assert_eq!(
        kinds(Reply { headers: &[("Content-Type", "text/html"), ("Content-Length", "many")], ..Reply::default() }),
        [Kind::ContentLength("many".into()), Kind::ContentType(Some("text/html".into()))]
    );
    // Counted in characters, not in bytes.
    let text = "{\"a\":\"\u{e9}\"}".as_bytes();
    let headers = [("Content-Type", "application/json"), ("Content-Length", "9")];
    assert_eq!(kinds(Reply { headers: &headers, body: text, ..Reply::default() }), [Kind::OtherLength { stated: 9, len: 10 }]);
    let headers = [("Content-Type", "application/json"), ("Content-Length", "5")];
    let marked = kinds(Reply { headers: &headers, body: b"\xef\xbb\xbfOK", ..Reply::default() });
    assert!(matches!(marked.as_slice(), [Kind::ByteOrderMark, Kind::NotJson { found, .. }] if found == "OK"), "{marked:?}");
    let late = kinds(Reply { status: 500, millis: Some(9000), ..Reply::default() });
    let limit = Duration::from_secs(5);
    assert_eq!(late, [Kind::TooSlow { elapsed: Duration::from_secs(9), limit }, Kind::Status(500)]);
}

#[test]
fn ks3_wants_a_true_result_within_three_seconds() {
    let outcome = |body: &'static [u8], millis| {
        let faults = Reply { headers: &[], body, millis, ..Reply::default() }.check(ks3::check_callback_answer);
        faults.into_iter().map(|fault| (fault.kind, fault.outcome.code.unwrap())).collect::<Vec<_>>()
    };
    for body in [&b"{\"result\":true}"[..], b" { \"id\" : 7, \"result\" : true }\n"] {
        assert_eq!(outcome(body, Some(3000)), []);
    }
    for body in
        [&b"{\"result\":false}"[..], b"{\"result\":\"true\"}", b"{\"Result\":true}", b"true", b"{}", b"[{\"result\":true}]"]
    {
        let found = String::from_utf8_lossy(body).into_owned();
        assert_eq!(outcome(body, None), [(Kind::NotTrue { found }, "CallbackFail")]);
    }
    assert_eq!(outcome(b"", None), [(Kind::Empty, "CallbackFail")]);
    let limit = Duration::from_secs(3);
    let slow = Kind::TooSlow { elapsed: Duration::from_millis(3001), limit };
    assert_eq!(outcome(b"{\"result\":true}", Some(3001)), [(slow, "CallbackTimeout")]);
    assert!(ks3::CALLBACK_AUTHORIZATION.contains("not established"));
}

#[test]
fn kodo_wants_json_and_stores_the_object_nevertheless() {
    let kinds = |reply: Reply<'_>| {
        let faults = reply.check(kodo::check_callback_answer);
        assert!(faults.iter().all(|fault| fault.outcome.status == Some(579)), "{faults:?}");
        faults.into_iter().map(|fault| fault.kind).collect::<Vec<_>>()
    };
    let json = &[("Content-Type", "application/json")][..];
    assert_eq!(kinds(Reply { headers: json, millis: Some(60_000), ..Reply::default() }), []);
    assert_eq!(
        kinds(Reply { headers: &[("Content-Type", "text/plain")], ..Reply::default() }),
        [Kind::ContentType(Some("text/plain".into()))]
    );
    assert_eq!(kinds(Reply { headers: json, status: 403, ..Reply::default() }), [Kind::Status(403)]);
    assert!(matches!(
        kinds(Reply { headers: json, body: b"{success:true}", ..Reply::default() }).as_slice(),
        [Kind::NotJson { .. }]
    ));
}

proptest! {
    #[test]
    fn no_answer_makes_a_checker_panic(
        status in any::<u16>(),
        body in proptest::collection::vec(any::<u8>(), 0..60),
        value in proptest::collection::vec(any::<u8>(), 0..20),
        name in "Content-(Type|Length)|Transfer-Encoding|Location",
        millis in proptest::option::of(any::<u64>()),
    ) {
        let headers = [Header::new(&name, &value)];
        let answer = Answer { status, headers: &headers, body: &body, elapsed: millis.map(Duration::from_millis) };
        for check in [oss::callback::check_answer, kodo::check_callback_answer, ks3::check_callback_answer] {
            let faults = check(&answer);
            prop_assert!(status == 200 || !faults.is_empty());
            prop_assert!(faults.iter().all(|fault| !fault.to_string().is_empty()));
        }
    }
}

//! Callbacks through the command: those of the vectors, and parameters read back as a server does.

use crate::run::{countersign, folder, run, run_with};
use countersign::{Encoding, Request, providers::oss::callback::Given};
use countersign_tests::load;
use serde_json::{Value, json};

#[test]
fn every_callback_of_oss_is_judged_as_expected_and_for_the_reason_expected() {
    let folder = folder("callbacks");
    let mut judged = 0;
    for case in load("oss").cases.into_iter().filter(|case| case.scheme == "oss-callback") {
        let key = folder.join(format!("{}.pem", case.id));
        std::fs::write(&key, case.rest["public_key_pem"].as_str().unwrap()).unwrap();
        let message = case.request.as_ref().unwrap();
        let target = message.url.splitn(4, '/').nth(3).unwrap_or_default();
        let headers: String = message.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let body = message.body.as_deref().unwrap_or_default();
        let raw = format!("{} /{target} HTTP/1.1\r\n{headers}\r\n{body}", message.method);
        let args = ["callback", "verify", "--provider=oss", "--format=json", "--public-key", key.to_str().unwrap()];
        let seen = run_with(&mut countersign(args), raw.as_bytes());
        let report: Value = serde_json::from_str(&seen.out).unwrap_or_else(|error| panic!("{}: {error}: {seen:?}", case.id));
        let reason = case.expect.rest["reason"].as_str().map(|reason| json!(format!("callback-{reason}")));
        assert_eq!(seen.status, Some(i32::from(reason.is_some())), "{}: {seen:?}", case.id);
        assert_eq!(report["findings"][0]["code"], reason.unwrap_or(Value::Null), "{}", case.id);
        assert_eq!(report["verdict"] == "valid", case.expect.rest["valid"] == true, "{}", case.id);
        judged += 1;
    }
    assert_eq!(judged, 32);
}

/// Headers, query and fields say the same, and a reader finds nothing wrong with any.
#[test]
fn what_is_made_reads_back() {
    let body = r#"{"key":${object},"user":${x:user},"note":${x:note}}"#;
    let args = [
        "callback",
        "make",
        "--url=https://app.example.com/x",
        "--body",
        body,
        "--body-type=json",
        "--var=x:user=47 11/+",
        "--var=x:note=é\"",
        "--set=object=a\"b.jpg",
        "--format=json",
    ];
    let seen = run(&mut countersign(args));
    assert_eq!((seen.status, &*seen.err), (Some(0), ""), "{seen:?}");
    let made: Value = serde_json::from_str(&seen.out).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let headers: Vec<_> = made["headers"].as_array().unwrap().iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect();
    let plain = Request::new("PUT", "https://photos.oss-cn-hangzhou.aliyuncs.com/a").unwrap();
    let by_headers = headers.iter().fold(plain, |request, (name, value)| request.header(name, value));
    let url = format!("https://photos.oss-cn-hangzhou.aliyuncs.com/a?{}", text(&made["query"]));
    let by_query = Request::new("PUT", &url).unwrap();
    for given in [Given::in_request(&by_headers).unwrap(), Given::in_request(&by_query).unwrap()] {
        assert_eq!((given.problems(), given.fields().body.as_deref()), (&[][..], Some(body)));
        assert_eq!(given.fields().variables, [("x:user".into(), "47 11/+".into()), ("x:note".into(), "é\"".into())]);
    }
    assert_eq!(made["fields"][0][1], made["headers"][0][1]);
    assert_eq!(made["fields"][1], json!(["x:user", "47 11/+"]));
    assert_eq!(made["callback"]["callbackBody"], body);
    assert_eq!(made["preview"]["body"], "{\"key\":\"a\\\"b.jpg\",\"user\":\"47 11/+\",\"note\":\"é\\\"\"}");
    let encoded = Encoding::Base64.encode(made["callback"].to_string().as_bytes());
    assert!(!encoded.is_empty());
}

/// The messages of the guides, as an uploader gets them.
#[test]
fn every_cause_of_a_failed_callback_is_named() {
    for (message, code) in [
        ("Response body is not valid json format.", "callback-answer-not-json"),
        ("Error status : -1.OSS can not connect to your callbackUrl, please check it.", "callback-not-connected"),
        (
            "Error status : -1 8.8.8.8:9090 reply timeout, cost:5000ms, timeout:5000ms (err -4, errno115)",
            "callback-answer-too-slow",
        ),
        ("Error status : 403.", "callback-answer-status"),
        ("Error status : 502.", "callback-answer-status"),
        ("Error Status : 400.User server return too long content-length value", "callback-answer-length"),
        ("Cost too long time", "callback-answer-too-slow"),
        ("Too many callback requests", "callback-service-overloaded"),
        ("Get image info failed", "callback-image-info"),
        ("something new", "callback-failed"),
    ] {
        let body = format!("<Error><Code>CallbackFailed</Code><Message>{message}</Message></Error>");
        let raw = format!("HTTP/1.1 203 Non-Authoritative Information\r\nContent-Type: application/xml\r\n\r\n{body}");
        for input in [body, raw] {
            let seen = run_with(&mut countersign(["callback", "verify", "--response=-", "--format=json"]), input.as_bytes());
            let report: Value = serde_json::from_str(&seen.out).unwrap_or_else(|error| panic!("{message}: {error}: {seen:?}"));
            assert_eq!((seen.status, &report["findings"][0]["code"]), (Some(1), &json!(code)), "{message}");
            assert_eq!(report["findings"][0]["said"], message);
            assert!(!report["findings"][0]["help"].as_str().unwrap().is_empty());
        }
    }
}

/// A callback is given to the verbs for requests, too.
#[test]
fn a_callback_of_oss_is_verified_where_a_key_is_given_and_known_where_none_is() {
    let callback = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/callback.http");
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/callback_pub_key_v1.pem");
    for verb in ["explain", "verify"] {
        let seen = run(&mut countersign([verb, callback, "--public-key", key]));
        let own = run(&mut countersign(["callback", "verify", callback, "--public-key", key]));
        assert_eq!((seen.status, &seen.out, seen.err.as_str()), (Some(0), &own.out, ""), "{seen:?}");
        let seen = run(&mut countersign([verb, callback]));
        assert!(seen.status == Some(2) && seen.err.contains("is a callback of OSS"), "{seen:?}");
    }
}

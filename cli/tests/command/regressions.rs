//! The cases from public reports through the command, with the inputs their people had: with secret and the server's body,
//! with the secret alone, with the body alone, and with a wrong secret, which must not claim proof.

use crate::run::{Seen, countersign, folder, run, run_with};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

const WRONG: &str = "csAnotherMadeUpSecretOfTheSameLength0000";

/// A case, what its secret proves, the verdict with it and what it tells in any case.
const CASES: [(&str, &[&str], &str, &str); 20] = [
    ("r01", &["content-md5-hex", "signed-header-not-sent"], "mismatch", "clock-skew"),
    ("r03", &["bucket-duplicated-in-resource"], "mismatch", "expired"),
    ("r05", &["expires-in-milliseconds"], "mismatch", "expires-in-milliseconds"),
    ("r07a", &["secret-truncated"], "mismatch", "clock-skew"),
    ("r07b", &["secret-base64-decoded"], "mismatch", "clock-skew"),
    ("r09", &["content-type-added-by-client"], "mismatch", "expired"),
    ("r11", &["query-empty-value-no-equals"], "mismatch", "clock-skew"),
    ("r11-token", &["query-empty-value-no-equals"], "mismatch", "clock-skew"),
    // Signed as it was sent: what makes it fail is on the way, or in the clock of whoever tries it today.
    ("r13", &[], "rejected", "accept-encoding-rewritten"),
    ("r15", &["plus-vs-space"], "mismatch", "clock-skew"),
    ("r17", &["header-sort-wrong"], "mismatch", "clock-skew"),
    ("r19", &["kodo-manage-absolute-url", "string-to-sign-newline-wrong"], "mismatch", "kodo-manage-absolute-url"),
    ("r19-half", &["string-to-sign-newline-wrong"], "mismatch", "string-to-sign-newline-wrong"),
    // It has the signature of the next one, which is right.
    ("r21", &[], "mismatch", "secret-wrong"),
    ("r21-other", &[], "rejected", "clock-skew"),
    ("r23", &["secret-lookalike-character"], "mismatch", "expired"),
    ("r25a", &["secret-surrounding-whitespace"], "mismatch", "clock-skew"),
    ("r25b", &["secret-surrounding-whitespace"], "mismatch", "clock-skew"),
    ("r25c", &["secret-surrounding-whitespace"], "mismatch", "clock-skew"),
    ("r25e", &[], "mismatch", "secret-wrong"),
];

/// What the server's body locates without a secret, and how certainly. The bodies of all other cases agree with the request.
const LOCATED: [(&str, &str, &str); 4] = [
    ("r01", "answer-altered", "seen"),
    ("r03", "bucket-duplicated-in-resource", "server"),
    ("r05", "expires-in-milliseconds", "seen"),
    ("r13", "accept-encoding-rewritten", "server"),
];

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/regressions").join(name)
}

fn file(name: &str, files: &[&str]) -> Option<PathBuf> {
    files.iter().map(|file| place(name).join(file)).find(|path| path.is_file())
}

fn secret(name: &str) -> String {
    fs::read_to_string(place(name).join("secret")).unwrap()
}

fn request(name: &str) -> PathBuf {
    file(name, &["request.http", "request.url", "request.token"]).unwrap()
}

/// The clocks of the cases whose signature is right, a few seconds after signing.
const CLOCKS: [(&str, &str); 3] =
    [("r21", "2015-08-07T14:16:40Z"), ("r23", "2016-08-09T10:02:30Z"), ("r25d", "2017-09-18T08:00:10Z")];

fn clock(name: &str) -> &'static str {
    CLOCKS.iter().find(|(own, _)| *own == name).map(|(_, at)| *at).unwrap()
}

fn explained(input: &Path, answer: Option<&Path>, secret: Option<&str>, at: Option<&str>) -> Value {
    let mut args = vec!["explain", input.to_str().unwrap(), "--format", "json"];
    args.extend(at.iter().flat_map(|at| ["--at", at]));
    if let Some(answer) = answer {
        args.extend(["--error", answer.to_str().unwrap()]);
    }
    let mut command = countersign(args);
    let seen = run(match secret {
        Some(secret) => command.env("COUNTERSIGN_SECRET_KEY", secret),
        None => &mut command,
    });
    parsed(&seen)
}

fn parsed(seen: &Seen) -> Value {
    serde_json::from_str(&seen.out).unwrap_or_else(|error| panic!("{error}: {seen:?}"))
}

fn with(report: &Value, certainty: &str) -> Vec<String> {
    let all = report["findings"].as_array().unwrap().iter().filter(|own| own["certainty"] == certainty);
    all.map(|own| own["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_case_in_every_way() {
    for (name, codes, verdict, told) in CASES {
        let (input, answer) = (request(name), file(name, &["answer.xml", "answer.json"]));
        let secret = secret(name);
        for answer in [None].into_iter().chain(answer.as_deref().map(Some)) {
            let report = explained(&input, answer, Some(&secret), None);
            assert_eq!(with(&report, "proved"), codes, "{name} {report}");
            assert_eq!(report["verdict"], verdict, "{name} {report}");
            assert!(report["findings"].as_array().unwrap().iter().any(|own| own["code"] == told), "{name} {report}");
            let report = explained(&input, answer, Some(WRONG), None);
            assert_eq!(with(&report, "proved"), [""; 0], "{name} {report}");
            // With another bucket than the one assumed it may be right, and is too old all the same.
            let is_open = answer.is_none() && report.to_string().contains(r#""origin":"assumed""#);
            assert_eq!(report["verdict"], if is_open { "rejected" } else { "mismatch" }, "{name}");
        }
        if let Some(answer) = &answer {
            let report = explained(&input, Some(answer), None, None);
            match LOCATED.iter().find(|(own, ..)| *own == name) {
                Some((_, code, certainty)) => assert!(with(&report, certainty).contains(&(*code).to_owned()), "{name} {report}"),
                None => assert_eq!(with(&report, "server"), [""; 0], "{name} {report}"),
            }
        }
    }
}

/// The server holds another secret for this id.
#[test]
fn a_right_signature_that_is_refused_accuses_the_secret() {
    let answer = file("r25d", &["answer.xml"]);
    let report = explained(&request("r25d"), answer.as_deref(), Some(&secret("r25d")), Some(clock("r25d")));
    assert_eq!((&report["verdict"], with(&report, "proved")), (&json!("rejected"), vec!["secret-wrong".to_owned()]));
    assert_eq!(explained(&request("r25d"), None, Some(&secret("r25d")), Some(clock("r25d")))["verdict"], "valid");
}

/// An error body alone shows whether its text is that of its bytes; explained, it says that the request is missing.
#[test]
fn an_answer_alone_is_told_apart_from_its_copy() {
    let answer = file("r03", &["answer.xml"]).unwrap();
    let seen = run(&mut countersign(["error", answer.to_str().unwrap()]));
    assert_eq!(seen.status, Some(0), "{seen:?}");
    assert!(seen.out.contains("altered"), "{seen:?}");
    let seen = run(&mut countersign(["explain", answer.to_str().unwrap()]));
    assert_eq!(seen.status, Some(2), "{seen:?}");
    assert!(seen.err.contains("is a server's answer alone; expected the request it answers as well"), "{seen:?}");
}

/// A HAR file of a browser holds the preflight, too.
#[test]
fn r09_as_a_browser_keeps_it() {
    let url = "https://dev-ex.s3.amazonaws.com/tmp/file?AWSAccessKeyId=CSIDEXAMPLE0001&Expires=1364064748\
               &Signature=B%2FUs27tMK10rrpVOnC%2FJZlLLdwI%3D";
    let entry = |method: &str, headers: Value, status: u16, body: &str| {
        json!({
            "startedDateTime": "2013-03-23T18:00:00.000Z",
            "request": {"method": method, "url": url, "httpVersion": "HTTP/1.1", "headers": headers, "bodySize": 0},
            "response": {"status": status, "headers": [], "content": {"mimeType": "application/xml", "text": body}},
        })
    };
    let preflight = json!([{"name": "Origin", "value": "https://www.example.com"},
                           {"name": "Access-Control-Request-Method", "value": "PUT"}]);
    let headers = json!([{"name": "Content-Type", "value": "application/x-www-form-urlencoded; charset=UTF-8"}]);
    let refused = fs::read_to_string(place("r09").join("answer.xml")).unwrap();
    for body in [refused.as_str(), ""] {
        let entries = [entry("OPTIONS", preflight.clone(), 200, ""), entry("PUT", headers.clone(), 403, body)];
        let har = json!({"log": {"version": "1.2", "entries": entries}}).to_string();
        let seen =
            run_with(countersign(["explain", "--format", "json"]).env("COUNTERSIGN_SECRET_KEY", secret("r09")), har.as_bytes());
        assert_eq!(with(&parsed(&seen), "proved"), ["content-type-added-by-client"], "{seen:?}");
    }
}

#[test]
fn r11_as_a_curl_command() {
    let head = fs::read_to_string(request("r11")).unwrap();
    let fields = head.lines().skip(1).filter(|line| !line.trim().is_empty() && !line.starts_with("Host:"));
    let options: String = fields.map(|line| format!(" -H '{}'", line.trim())).collect();
    let line =
        format!("curl --aws-sigv4 'aws:amz:us-east-1:s3'{options} 'https://bkt-ex.s3.us-east-1.amazonaws.com/?versioning'\n");
    let seen =
        run_with(countersign(["explain", "--format", "json"]).env("COUNTERSIGN_SECRET_KEY", secret("r11")), line.as_bytes());
    assert_eq!(with(&parsed(&seen), "proved"), ["query-empty-value-no-equals"], "{seen:?}");
}

/// Two uploads that ran at the same time stand in one log or HAR file, with one signature.
#[test]
fn r21_beside_the_request_the_signature_belongs_to() {
    let heads = ["r21", "r21-other"].map(|name| fs::read_to_string(request(name)).unwrap());
    let lines = |head: &str| head.trim().lines().map(|line| format!("> {}\n", line.trim_end())).collect::<String>();
    let log = heads.iter().map(|head| format!("{}> \n* upload completely sent off\n< HTTP/1.1 403 Forbidden\n< \n", lines(head)));
    let entry = |head: &str| {
        let fields: Vec<(&str, &str)> = head.lines().skip(1).filter_map(|line| line.trim_end().split_once(": ")).collect();
        let host = fields.iter().find(|(name, _)| *name == "Host").unwrap().1;
        let headers: Vec<Value> = fields.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        json!({"request": {"method": "PUT", "url": format!("https://{host}/u1/events.json"), "headers": headers, "bodySize": 0},
               "response": {"status": 403, "headers": []}})
    };
    let har = json!({"log": {"entries": heads.each_ref().map(|head| entry(head))}}).to_string();
    for input in [log.collect::<String>(), har] {
        let mut command = countersign(["explain", "--format", "json", "--at", clock("r21")]);
        let seen = run_with(command.env("COUNTERSIGN_SECRET_KEY", secret("r21")), input.as_bytes());
        let list = parsed(&seen);
        let verdicts: Vec<_> = list.as_array().unwrap().iter().map(|report| report["verdict"].as_str().unwrap()).collect();
        assert_eq!(verdicts, ["mismatch", "valid"], "{seen:?}");
        assert_eq!(with(&list[0], "proved"), ["bucket-of-another-request"], "{seen:?}");
        let mut command = countersign(["explain", "--format", "json"]);
        let seen = run_with(command.env("COUNTERSIGN_SECRET_KEY", WRONG), input.as_bytes());
        assert!(parsed(&seen).as_array().unwrap().iter().all(|report| with(report, "proved").is_empty()), "{seen:?}");
    }
}

/// The secret as the client retyped it fits; then the server holds another.
#[test]
fn r23_both_ways_round() {
    let client = secret("r23").replace("nl88", "n188");
    assert_eq!(explained(&request("r23"), None, Some(&client), Some(clock("r23")))["verdict"], "valid");
    let input = folder("regression-23").join("token.txt");
    fs::write(&input, fs::read(request("r23")).unwrap()).unwrap();
    let seen = run(countersign(["explain", input.to_str().unwrap()]).env("COUNTERSIGN_SECRET_KEY", secret("r23")));
    assert!(seen.out.contains("position 10"), "{seen:?}");
}

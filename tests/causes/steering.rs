//! What the servers of Kodo and COS say steers the explanation, in their own words and numbers.

use countersign::{
    Body, Credentials, Inquiry, Report, Request, SecretKey, Subject, Timestamp, explain,
    explain::{Certainty, Finding, ServerAnswer, Verdict},
    providers::{cos::json, kodo},
};

const SECRET: &str = "csMadeUpSecretForAnswersOnly000000000000";
const DEADLINE: i64 = 1_700_003_600;

fn who() -> Credentials {
    Credentials::new("AKIDEXAMPLE", SecretKey::new(SECRET))
}

fn upload_token() -> String {
    kodo::sign_policy(br#"{"scope":"photos:a.jpg","deadline":1700003600}"#, &who())
}

fn cos_token() -> String {
    let issued = Timestamp::from_unix(1_700_000_000);
    json::Grant::new(1_250_000_000, "photos", json::Expiry::At(issued.plus(3600)), issued, 7).sign(&who()).unwrap()
}

fn asked(subject: Subject<'_>, answer: &str, secrets: &[SecretKey]) -> Report {
    let answer = ServerAnswer::parse(answer.as_bytes()).unwrap();
    let mut inquiry = Inquiry::new(subject);
    inquiry.answer = Some(&answer);
    inquiry.secrets = secrets;
    explain(&inquiry).unwrap()
}

/// What the server names, when nothing else is known.
fn named(subject: Subject<'_>, answer: &str) -> Finding {
    let report = asked(subject, answer, &[]);
    assert_eq!(report.verdict, Verdict::Rejected, "{answer}");
    let said: Vec<_> = report.findings.into_iter().filter(|finding| finding.certainty == Certainty::Server).collect();
    let [finding] = said.try_into().unwrap_or_else(|found| panic!("{answer}: {found:?}"));
    finding
}

fn fact(finding: &Finding, name: &str) -> String {
    finding.facts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.to_string()).unwrap_or_default()
}

#[test]
fn messages_of_kodo_name_their_causes() {
    let token = upload_token();
    for (message, code) in [
        ("expired token", "expired"),
        ("token out of date", "expired"),
        ("token expired 120 seconds ago", "expired"),
        ("key doesn't match with scope", "policy-condition-failed"),
        ("invalid put policy encoding", "policy-type-wrong"),
    ] {
        let found = named(Subject::Token(token.as_bytes()), &format!("{{\"error\":\"{message}\"}}"));
        assert_eq!(found.code, code, "{message}");
    }
    let link = "https://img.example.com/a.jpg?e=1700003600&token=AKIDEXAMPLE:qBm3uLs2J3A4RgnOWNscRhE9HE0=";
    let link = || Request::new("GET", link).unwrap().into();
    assert_eq!(named(link(), r#"{"error":"download token auth failed"}"#).code, "kodo-download-url-differs");
    assert_eq!(named(link(), r#"{"error":"expired token"}"#).code, "expired");
    let request = Request::new("GET", "https://api.qiniu.com/v2/certs").unwrap();
    let request = request.header("Authorization", "Qiniu AKIDEXAMPLE:qBm3uLs2J3A4RgnOWNscRhE9HE0=");
    assert_eq!(named(request.into(), r#"{"error":"request time too skewed"}"#).code, "clock-skew");
}

#[test]
fn hours_of_a_zone_are_told_from_drift() {
    let token = upload_token();
    let ago = |seconds: i64| {
        let answer = format!("{{\"error\":\"token expired {seconds} seconds ago\"}}");
        fact(&named(Subject::Token(token.as_bytes()), &answer), "ago")
    };
    for seconds in [25_201, 28_805] {
        assert!(ago(seconds).contains("8 hours") && ago(seconds).contains(&seconds.to_string()), "{}", ago(seconds));
    }
    assert_eq!(ago(120), " 120 seconds ago");
    // Without a number in the message, the clock of the answer tells it.
    let answer = "HTTP/1.1 401 Unauthorized\nDate: Wed, 15 Nov 2023 06:13:21 GMT\n\n{\"error\":\"expired token\"}";
    let found = named(Subject::Token(token.as_bytes()), answer);
    let late = Timestamp::from_rfc3339("2023-11-15T06:13:21Z").unwrap().unix() - DEADLINE;
    assert!(fact(&found, "ago").starts_with(&format!(" {late} seconds ago")), "{}", fact(&found, "ago"));
}

#[test]
fn numbers_of_the_json_api_name_their_causes() {
    let token = cos_token();
    for (number, code) in [
        (-96, "expired"),
        (-83, "token-malformed"),
        (-82, "cos-appid-wrong"),
        (-81, "token-malformed"),
        (-80, "cos-appid-wrong"),
        (-77, "cos-once-multi-confused"),
        (-76, "cos-once-multi-confused"),
        (-75, "cos-once-multi-confused"),
        (-74, "cos-once-multi-confused"),
        (-73, "cos-once-multi-confused"),
        (-70, "cos-appid-wrong"),
        (-63, "cos-file-wrong"),
        (-62, "cos-appid-wrong"),
        (-61, "cos-bucket-wrong"),
        (-60, "token-malformed"),
        (-5998, "token-malformed"),
    ] {
        let answer = format!("{{\"code\":{number},\"message\":\"ERROR_PROXY\"}}");
        let found = named(Subject::Token(token.as_bytes()), &answer);
        assert_eq!(found.code, code, "{number}");
        assert!(code == "expired" || fact(&found, "what").contains(&number.to_string()), "{number}");
    }
    // The same numbers say nothing of other schemes.
    let report = asked(Subject::Token(upload_token().as_bytes()), r#"{"code":-96,"message":"x"}"#, &[]);
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[test]
fn what_is_seen_is_told_more_exactly_than_what_is_said() {
    let delete = Request::new("POST", "http://sh.file.myqcloud.com/files/v2/1250000000/photos/a.jpg").unwrap();
    let token = cos_token();
    let delete = delete.header("Authorization", &token).with_body(Body::Bytes(br#"{"op":"delete"}"#));
    let found = named(delete.into(), r#"{"code":-73,"message":"ERROR_PROXY_AUTH_ONCESIGN_EXPIREDNOTEMPTY"}"#);
    assert_eq!(found.code, "cos-once-multi-confused");
    assert!(fact(&found, "what").starts_with("`delete` needs a signature for one use"), "{}", fact(&found, "what"));
}

/// A token carries all that it signs: if our secret fits and the server's does not, they are two.
#[test]
fn a_right_token_that_is_refused_shows_another_secret() {
    let bad =
        [(upload_token(), r#"{"error":"bad token"}"#), (cos_token(), r#"{"code":-97,"message":"ERROR_PROXY_AUTH_FAILED"}"#)];
    for (token, answer) in bad {
        let subject = || Subject::Token(token.as_bytes());
        let report = asked(subject(), answer, &[SecretKey::new(SECRET)]);
        assert_eq!(report.verdict, Verdict::Rejected);
        let said: Vec<_> = report.findings.iter().map(|finding| (finding.code, finding.certainty)).collect();
        assert_eq!(said, [("secret-wrong", Certainty::Likely)]);
        // What else the server refuses is told, and shows nothing of the secret.
        let other = asked(subject(), r#"{"error":"no such bucket"}"#, &[SecretKey::new(SECRET)]);
        let said: Vec<_> = other.findings.iter().map(|finding| (finding.code, finding.certainty)).collect();
        assert_eq!(other.verdict, Verdict::Rejected);
        assert_eq!(said, [("server-side-condition-not-visible", Certainty::Server)]);
        // Without a secret it says no more than that the signature is another one.
        assert!(asked(subject(), answer, &[]).findings.is_empty());
    }
}

#[test]
fn signatures_of_one_api_on_hosts_of_the_other_are_seen() {
    let token = cos_token();
    fn request<'a>(url: &'a str, authorization: &'a str) -> Request<'a> {
        Request::new("GET", url).unwrap().header("Authorization", authorization)
    }
    let xml = "q-sign-algorithm=sha1&q-ak=AKIDEXAMPLE&q-sign-time=1700000000;1700000900&q-key-time=1700000000;1700000900\
               &q-header-list=host&q-url-param-list=&q-signature=3b8851a11a569213c17ba8fa7dcf2abec6935172";
    for request in [
        request("https://photos-1250000000.cos.ap-beijing.myqcloud.com/a.jpg", &token),
        request("http://sh.file.myqcloud.com/files/v2/1250000000/photos/a.jpg", xml),
    ] {
        let report = explain(&Inquiry::new(request.into())).unwrap();
        let found = report.findings.iter().find(|finding| finding.code == "signature-version-wrong").expect("the finding");
        assert_eq!((found.certainty, report.verdict), (Certainty::Seen, Verdict::Rejected));
    }
    // The bucket's own domain is none of them.
    let report = explain(&Inquiry::new(request("https://photos-1250000000.file.myqcloud.com/a.jpg", xml).into())).unwrap();
    assert!(report.findings.iter().all(|finding| finding.code != "signature-version-wrong"), "{:?}", report.findings);
}

#[test]
fn times_in_other_units_are_named_with_their_fields() {
    let units = |subject: Subject<'_>, code: &str| {
        let report = explain(&Inquiry::new(subject)).unwrap();
        let found = report.findings.iter().find(|finding| finding.code == code);
        let found = found.unwrap_or_else(|| panic!("no {code} in {:?}", report.findings));
        assert!(found.refusal);
        fact(found, "name")
    };
    let token = kodo::sign_policy(br#"{"scope":"photos","deadline":1700003600000}"#, &who());
    assert_eq!(units(Subject::Token(token.as_bytes()), "expires-in-milliseconds"), "deadline");
    // 20 bytes in the place of the MAC: nothing here looks at them.
    let cos = |original: &str| countersign::Encoding::Base64.encode(&[&[0xaa; 20], original.as_bytes()].concat());
    let token = cos("a=1250000000&b=photos&k=AKIDEXAMPLE&e=1700000600000&t=1700000000&r=1&f=");
    assert_eq!(units(Subject::Token(token.as_bytes()), "expires-in-milliseconds"), "e");
    let token = cos("a=1250000000&b=photos&k=AKIDEXAMPLE&e=300&t=1700000000&r=1&f=");
    assert_eq!(units(Subject::Token(token.as_bytes()), "expiry-argument-misread"), "e");
    let interval = "1700000000000%3B1700000900000";
    let url = format!(
        "https://photos-1250000000.cos.ap-beijing.myqcloud.com/a.jpg?q-sign-algorithm=sha1&q-ak=AKIDEXAMPLE&q-sign-time={interval}\
         &q-key-time={interval}&q-header-list=host&q-url-param-list=&q-signature=3b8851a11a569213c17ba8fa7dcf2abec6935172"
    );
    let request = Request::new("GET", &url).unwrap();
    assert_eq!(units(request.into(), "expires-in-milliseconds"), "q-key-time");
}

//! Usual mistakes, made against real servers: what they answer, and what an explanation makes of request and answer.

use crate::{
    message::{Answer, Message},
    server::{BUCKET, ID, SECRET, Server, now, servers, terms, terms_at, who},
};
use countersign::{
    Addressing, Credentials, Encoding, Form, Hints, Inquiry, Request, Scheme, SecretKey, Subject,
    explain::{Certainty, Verdict},
    policy::{Dialect, PolicyBuilder},
    providers::s3,
    sign_form,
};
use countersign_tests::table::{BOUNDARY, write_end, write_part};

/// Asserts what radosgw and s3s-fs answer, and what is found.
#[track_caller]
fn check(
    server: &Server,
    subject: Subject<'_>,
    answer: &Answer,
    answers: [(u16, &str); 2],
    verdict: Verdict,
    finding: (&str, Certainty),
) {
    let expected = if server.name == "radosgw" { answers[0] } else { answers[1] };
    assert_eq!(answer.code(), (expected.0, expected.1.to_owned()), "{}: {answer}", server.name);
    let (error, secrets) = (answer.error(), [SecretKey::new(SECRET)]);
    let mut inquiry = Inquiry::new(subject);
    inquiry.hints = Hints { bucket: Some(BUCKET), addressing: Some(Addressing::Path), ..Hints::default() };
    inquiry.secrets = &secrets;
    inquiry.answer = Some(&error);
    inquiry.at = Some(now());
    let report = countersign::explain(&inquiry).unwrap();
    assert_eq!(report.verdict, verdict, "{}: {:?}", server.name, report.findings);
    let first = &report.findings[0];
    assert_eq!((first.code, first.certainty), finding, "{}: {:?}", server.name, report.findings);
}

fn send(server: &Server, message: &Message, answers: [(u16, &str); 2], verdict: Verdict, finding: (&str, Certainty)) {
    let sent = message.bytes();
    let subject = Request::parse(&sent).unwrap().into();
    check(server, subject, &server.send(message), answers, verdict, finding);
}

const HEADERS: [&dyn Scheme; 2] = [&s3::V4_HEADER, &s3::V2_HEADER];
const URLS: [&dyn Scheme; 2] = [&s3::V4_URL, &s3::V2_URL];
const MISMATCH: [(u16, &str); 2] = [(403, "SignatureDoesNotMatch"); 2];

#[test]
fn another_secret() {
    let broken = Credentials::new(ID, SecretKey::new(format!("{SECRET}\n")));
    let other = Credentials::new(ID, SecretKey::new("madeUpSecretOfSomebodyElse"));
    for server in servers() {
        for scheme in HEADERS.into_iter().chain(URLS) {
            let get = Message::new("GET", server.url("a%20b.txt"));
            let finding = ("secret-surrounding-whitespace", Certainty::Proved);
            send(server, &get.signed(scheme, &broken, &terms()), MISMATCH, Verdict::Mismatch, finding);
            let finding = ("secret-wrong", Certainty::Likely);
            send(server, &get.signed(scheme, &other, &terms()), MISMATCH, Verdict::Mismatch, finding);
        }
    }
}

#[test]
fn an_id_nobody_has() {
    let nobody = Credentials::new("CSIDEXAMPLENOBODY001", SecretKey::new(SECRET));
    let unknown = [(403, "InvalidAccessKeyId"), (403, "NotSignedUp")];
    for server in servers() {
        for scheme in HEADERS.into_iter().chain(URLS) {
            let get = Message::new("GET", server.url("a.txt")).signed(scheme, &nobody, &terms());
            send(server, &get, unknown, Verdict::Rejected, ("access-key-unknown", Certainty::Server));
        }
    }
}

#[test]
fn a_clock_that_is_wrong() {
    for server in servers() {
        for seconds in [3600, -3600] {
            let get = Message::new("GET", server.url("nothing")).signed(&s3::V4_HEADER, &who(), &terms_at(now().plus(-seconds)));
            let skewed = [(403, "RequestTimeTooSkewed"); 2];
            send(server, &get, skewed, Verdict::Rejected, ("clock-skew", Certainty::Server));
        }
        // s3s-fs does not look at the time of V2: it is seen in the request.
        let get = Message::new("GET", server.url("nothing")).signed(&s3::V2_HEADER, &who(), &terms_at(now().plus(-3600)));
        let certainty = if server.name == "radosgw" { Certainty::Server } else { Certainty::Seen };
        let skewed = [(403, "RequestTimeTooSkewed"), (404, "NoSuchKey")];
        send(server, &get, skewed, Verdict::Rejected, ("clock-skew", certainty));
    }
}

#[test]
fn a_url_that_has_expired() {
    for server in servers() {
        for scheme in URLS {
            let get = Message::new("GET", server.url("a.txt")).signed(scheme, &who(), &terms_at(now().plus(-3600)));
            // radosgw says no more than the code.
            let certainty = if server.name == "radosgw" { Certainty::Seen } else { Certainty::Server };
            send(server, &get, [(403, "AccessDenied"); 2], Verdict::Rejected, ("expired", certainty));
        }
    }
}

#[test]
fn a_request_changed_after_signing() {
    for server in servers() {
        let put = Message::new("PUT", server.url("a.txt")).header("Content-Type", "text/plain").body("hello");
        for scheme in HEADERS {
            let mut sent = put.signed(scheme, &who(), &terms());
            sent.headers[0].1 += "; charset=utf-8";
            send(server, &sent, MISMATCH, Verdict::Mismatch, ("content-type-charset-appended", Certainty::Proved));
        }
        let mut sent = Message::new("GET", server.url("a%2520b.txt")).signed(&s3::V4_HEADER, &who(), &terms());
        sent.url = server.url("a%20b.txt");
        send(server, &sent, MISMATCH, Verdict::Mismatch, ("double-encoded-path", Certainty::Proved));

        // s3s-fs stores while it hashes, and takes the difference for a fault of its own.
        let mut sent = put.signed(&s3::V4_HEADER, &who(), &terms());
        sent.body = b"hullo".to_vec();
        let certainty = if server.name == "radosgw" { Certainty::Server } else { Certainty::Seen };
        let answers = [(400, "XAmzContentSHA256Mismatch"), (500, "InternalError")];
        send(server, &sent, answers, Verdict::Rejected, ("payload-changed-after-hashing", certainty));
    }
}

#[test]
fn a_form_of_another_secret() {
    let broken = Credentials::new(ID, SecretKey::new(format!("{SECRET}\n")));
    let terms = terms();
    for server in servers() {
        for scheme in [&s3::V4_POST as &dyn Scheme, &s3::V2_POST] {
            let policy = PolicyBuilder::new(Dialect::S3, now().plus(300)).bucket(BUCKET).eq("key", "a.txt");
            let policy = policy.signing_with(scheme, &broken, &terms).unwrap().build().unwrap();
            let policy = Encoding::Base64.encode(policy.as_bytes());
            let form = Form::new().field("key", "a.txt").field("policy", &policy);
            let signed = sign_form(scheme, &form, &broken, &terms).unwrap();
            let form = signed.fields.iter().fold(form, |form, (name, value)| form.field(name, value));
            let mut body = Vec::new();
            for (name, value) in form.fields() {
                write_part(&mut body, name, None, value);
            }
            write_part(&mut body, "file", None, b"hello");
            write_end(&mut body);
            let kind = format!("multipart/form-data; boundary={BOUNDARY}");
            let answer = server.send(&Message::new("POST", server.url("")).header("Content-Type", kind).body(body));
            let finding = ("secret-surrounding-whitespace", Certainty::Proved);
            check(server, form.into(), &answer, [(403, "AccessDenied"), MISMATCH[1]], Verdict::Mismatch, finding);
        }
    }
}

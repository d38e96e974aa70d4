//! What comes first in a report, where several things are seen.

use countersign::{Inquiry, Report, Request, SecretKey, Subject, Timestamp, explain, explain::Language};

const SECRET: &str = "cs7EXAMPLEsecretKEY/with+signs0123456789";

fn report(subject: Subject<'_>, at: i64) -> Report {
    let secrets = [SecretKey::new(SECRET)];
    let mut inquiry = Inquiry::new(subject);
    inquiry.secrets = &secrets;
    inquiry.at = Some(Timestamp::from_unix(at));
    explain(&inquiry).unwrap()
}

fn request(text: &str) -> Subject<'_> {
    Request::parse(text.as_bytes()).unwrap().into()
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.code).collect()
}

/// Taken as seconds it would be a clock that is fifty thousand years ahead.
#[test]
fn an_interval_in_milliseconds_is_no_wrong_clock() {
    let text = "GET /a.jpg HTTP/1.1\nHost: photos-1250000000.cos.ap-guangzhou.myqcloud.com\n\
                Authorization: q-sign-algorithm=sha1&q-ak=CSIDEXAMPLE0001&q-sign-time=1773486000000;1773504000000\
                &q-key-time=1773486000000;1773504000000&q-header-list=host&q-url-param-list=\
                &q-signature=252c8af6d5bc3a9e9353ba8300150138d87f3b5b\n\n";
    assert_eq!(codes(&report(request(text), 1_773_490_000)), ["expires-in-milliseconds"]);
}

/// Its value is known to nobody but the client, so that nothing can be proved.
#[test]
fn a_signed_header_that_is_not_there_comes_before_another_secret() {
    let text = "GET /a.jpg HTTP/1.1\nHost: photos-ex.s3.eu-central-1.amazonaws.com\nX-Amz-Date: 20260314T150926Z\n\
                X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\nAuthorization: AWS4-HMAC-SHA256 \
                Credential=CSIDEXAMPLE0001/20260314/eu-central-1/s3/aws4_request, \
                SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-meta-zz, \
                Signature=b42b5de0cd77be6a846f5bfd8d6a78080e35f8aaaa8b6091d2e4813a14800d41\n\n";
    assert_eq!(codes(&report(request(text), 1_773_500_966)), ["signed-header-not-sent", "secret-wrong"]);
}

/// What is left of its deadline is none.
#[test]
fn a_token_that_is_cut_short_is_not_taken_for_an_old_one() {
    let token = "CSIDEXAMPLE0001:sydD-MJZ1uIQOxRYe323grl3_Uc=:\
                 eyJzY29wZSI6InBob3RvczphL2IuanBnIiwiZGVhZGxpbmUiOjE3NzM1MDQwMDB9";
    assert!(codes(&report(Subject::Token(token.as_bytes()), 1_773_490_000)).is_empty());
    for len in 1..14 {
        let cut = &token.as_bytes()[..token.len() - len];
        assert_eq!(codes(&report(Subject::Token(cut), 1_773_490_000))[0], "token-malformed", "{len}");
    }
}

/// Of three requests the first has the signature of the last.
#[test]
fn requests_are_counted_as_the_capture_does() {
    let get = |path: &str, signature: &str| {
        format!(
            "GET {path} HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Mon, 18 Sep 2017 08:00:00 GMT\n\
             Authorization: OSS CSIDEXAMPLE0001:{signature}\n\n"
        )
    };
    let [mixed, other, owner] = [get("/", "@"), get("/b", "@"), get("/c/d", "@")].map(|text| text.replace('@', SIGNED));
    let [mixed, other, owner] = [&mixed, &other, &owner].map(|text| request(text));
    let secrets = [SecretKey::new(SECRET)];
    let told = |before: usize| {
        let related = [other.clone(), owner.clone()];
        let mut inquiry = Inquiry::new(mixed.clone());
        (inquiry.secrets, inquiry.related, inquiry.before) = (&secrets, &related, before);
        let report = explain(&inquiry).unwrap();
        assert_eq!(report.findings[0].code, "bucket-of-another-request");
        Language::English.title(&report.findings[0])
    };
    // Before both, between them, and behind them.
    for (before, number) in [(0, 3), (1, 3), (2, 2)] {
        assert!(told(before).contains(&format!("(number {number})")), "{}", told(before));
    }
}

/// The signature of `/c/d`, made with Python's hmac.
const SIGNED: &str = "Iloai3NbNJNPt2swvLmSkIUVvmM=";

//! What a server's answer shows is said first, is shown as the server has it, and is hidden where all is hidden.

use crate::run::{countersign, folder, run};
use serde_json::Value;
use std::fs;

const SECRET: &str = "cs7EXAMPLEsecretKEY/with+signs0123456789";
/// Nobody knows the secret of this one.
const REQUEST: &str = "GET /a HTTP/1.1\nHost: photos.s3.eu-west-1.amazonaws.com\nx-amz-date: 20260501T083015Z\n\
    x-amz-content-sha256: UNSIGNED-PAYLOAD\nAuthorization: AWS4-HMAC-SHA256 \
    Credential=CSIDEXAMPLE0001/20260501/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
    Signature=05deb275b337d2f9e1a9e8c5c8092939f13cd2c0c024cc6c162ed9cc7b947865\n\n";
const CANONICAL: &str = "GET\n/a\n\nhost:gateway.private.example:8080\nx-amz-content-sha256:UNSIGNED-PAYLOAD\n\
    x-amz-date:20260501T083015Z\n\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD";

#[test]
fn without_a_secret_the_server_tells_the_cause() {
    let folder = folder("answers");
    let (request, answer) = (folder.join("request.http"), folder.join("answer.xml"));
    fs::write(&request, REQUEST).unwrap();
    let error = format!("<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{CANONICAL}</CanonicalRequest></Error>");
    fs::write(&answer, error).unwrap();
    let args = ["explain", request.to_str().unwrap(), "--error", answer.to_str().unwrap(), "--at", "2026-05-01T08:33:00Z"];
    let seen = run(&mut countersign(args));
    let first = "DOES NOT MATCH  (transport, said by the server) the host was signed as";
    assert!(seen.status == Some(1) && seen.out.starts_with(first), "{seen:?}");
    let row = seen.out.lines().find(|line| line.contains("> 4  header")).unwrap();
    assert!(row.contains("host:photos.s3.eu-west-1") && row.contains("host:gateway.private"), "{row}");
    let json = run(&mut countersign(args.into_iter().chain(["--format", "json"])));
    let report: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["documents"][0]["text"], CANONICAL);
    for form in ["text", "json"] {
        let hidden = run(&mut countersign(args.into_iter().chain(["--redact", "--format", form])));
        for word in ["gateway", "private", "8080", "photos"] {
            assert!(!hidden.out.contains(word), "{word} in {hidden:?}");
        }
    }
}

#[test]
fn an_upload_to_another_region_is_sent_to_its_host() {
    let folder = folder("answer-region");
    let answer = folder.join("answer.json");
    fs::write(&answer, r#"{"error":"incorrect region, please use up-z2.qiniup.com, bucket is: photos"}"#).unwrap();
    // {"scope":"photos","deadline":1796068800}
    let token = "CSIDEXAMPLE0001:DfKplhEbczlcPF4zSRg4WS-KMQU=:eyJzY29wZSI6InBob3RvcyIsImRlYWRsaW5lIjoxNzk2MDY4ODAwfQ==";
    let seen = run(&mut countersign(["explain", token, "--error", answer.to_str().unwrap(), "--at", "2026-05-01T08:33:00Z"]));
    assert!(seen.out.contains("help: send it to the host the server names: `up-z2.qiniup.com`"), "{seen:?}");
    assert!(!seen.out.contains("R2"), "{seen:?}");
}

/// The signature is made with Python's hmac: of PUT with a content type, sent as GET without one.
#[test]
fn a_header_that_was_not_sent_is_a_place_of_its_own() {
    let url = "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg?x-oss-credential=CSIDEXAMPLE0001%2F20260501%2Fcn-hangzhou\
        %2Foss%2Faliyun_v4_request&x-oss-date=20260501T083015Z&x-oss-expires=3600&x-oss-signature-version=OSS4-HMAC-SHA256\
        &x-oss-signature=1a25c5c819d74a7437217c762c4b43409f1c8155954261435fab65c42baca4a2";
    let args = ["explain", url, "--method", "PUT", "--at", "2026-05-01T08:33:00Z"];
    let seen = run(countersign(args).env("COUNTERSIGN_SECRET_KEY", SECRET));
    let (head, _) = seen.out.split_once("\n\n").unwrap();
    assert!(head.split_whitespace().collect::<Vec<_>>().join(" ").ends_with("in one place: header `content-type`"), "{seen:?}");
    assert!(!seen.out.contains("line-end"), "{seen:?}");
}

//! Servers' answers: read as they were received, and laid beside the text that follows from the request.
//!
//! `tests/vectors/error-bodies` holds one folder per server, named with its version, of answers to requests with a
//! known fault, and `rebuilt`: bodies from public reports with other names and keys.

use countersign::{
    Document, Hints, Part, Request, Subject, Timestamp, Transcript, Written, decode,
    explain::{Agreement, AnswerError, Quoted, QuotedFrom, ServerAnswer},
    transcript,
};
use countersign_tests::folder;
use proptest::prelude::*;

/// Every file, with the status and code its text shows. Without a code it is plain text.
const ANSWERS: [(&str, Option<u16>, Option<&str>); 48] = [
    ("ceph-rgw-16.2.15/post_v4_cond_unmet.http", Some(403), Some("AccessDenied")),
    ("ceph-rgw-16.2.15/v4_header_bad_payload_hash.http", Some(400), Some("XAmzContentSHA256Mismatch")),
    ("ceph-rgw-16.2.15/v4_header_badsecret.http", Some(403), Some("SignatureDoesNotMatch")),
    ("ceph-rgw-16.2.15/v4_header_skew_1d.http", Some(403), Some("RequestTimeTooSkewed")),
    ("ceph-rgw-16.2.15/v4_header_unknown_key.http", Some(403), Some("InvalidAccessKeyId")),
    ("garage-2.5.0/post_v4_cond_missing_field.http", Some(400), Some("InvalidRequest")),
    ("garage-2.5.0/v4_header_wrong_region.http", Some(400), Some("AuthorizationHeaderMalformed")),
    ("garage-2.5.0/v4_presign_get_badsecret.http", Some(403), Some("AccessDenied")),
    ("rebuilt/gcs-v4-accept-encoding.xml", None, Some("SignatureDoesNotMatch")),
    ("rebuilt/oss-s3-v2-bucket-duplicated.xml", None, Some("SignatureDoesNotMatch")),
    ("rebuilt/oss-v1-content-md5-hex.xml", None, Some("SignatureDoesNotMatch")),
    ("rebuilt/s3-v2-content-type-added.xml", None, Some("SignatureDoesNotMatch")),
    ("s3s-fs-0.14.1/chunked_badsecret.http", Some(403), Some("SignatureDoesNotMatch")),
    ("s3s-fs-0.14.1/post_v4_extra_field.http", Some(403), Some("AccessDenied")),
    ("s3s-fs-0.14.1/v2_presign_expired.http", Some(403), Some("AccessDenied")),
    ("s3s-fs-0.14.1/v4_header_skew_20min.http", Some(403), Some("RequestTimeTooSkewed")),
    ("s3s-fs-0.14.1/v4_header_wrong_service.http", Some(501), Some("NotImplemented")),
    ("swift-2.38.3-s3api/chunked_bad_chunk_sig.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/chunked_badsecret.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/chunked_tampered_data.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/post_v2_badsecret.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v2_expired.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_badsecret.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_cond_missing_field.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_cond_unmet.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_expired.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_extra_field.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_filename_var.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_key_prefix_mismatch.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_ok.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_status201.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_too_large.http", Some(400), None),
    ("swift-2.38.3-s3api/post_v4_too_small.http", Some(400), None),
    ("swift-2.38.3-s3api/v2_header_badsecret.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/v2_header_skew_1d.http", Some(403), Some("RequestTimeTooSkewed")),
    ("swift-2.38.3-s3api/v2_presign_badsecret.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/v2_presign_expired.http", Some(403), Some("AccessDenied")),
    ("swift-2.38.3-s3api/v4_header_bad_payload_hash.http", Some(400), Some("XAmzContentSHA256Mismatch")),
    ("swift-2.38.3-s3api/v4_header_badsecret.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/v4_header_skew_1d.http", Some(403), Some("RequestTimeTooSkewed")),
    ("swift-2.38.3-s3api/v4_header_skew_20min.http", Some(403), Some("RequestTimeTooSkewed")),
    ("swift-2.38.3-s3api/v4_header_unknown_key.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/v4_header_wrong_region.http", Some(400), Some("AuthorizationHeaderMalformed")),
    ("swift-2.38.3-s3api/v4_header_wrong_service.http", Some(400), Some("AuthorizationHeaderMalformed")),
    ("swift-2.38.3-s3api/v4_malformed_auth.http", Some(403), Some("AccessDenied")),
    ("swift-2.38.3-s3api/v4_presign_get_badsecret.http", Some(403), Some("SignatureDoesNotMatch")),
    ("swift-2.38.3-s3api/v4_presign_get_expired.http", Some(403), Some("AccessDenied")),
    ("swift-2.38.3-s3api/v4_presign_tampered_query.http", Some(403), Some("SignatureDoesNotMatch")),
];

/// Files that are no refusals.
const ACCEPTED: [&str; 2] = ["ceph-rgw-16.2.15/post_v4_ok.http", "ceph-rgw-16.2.15/post_v4_status201.http"];

fn bytes(name: &str) -> Vec<u8> {
    let path = folder().join("error-bodies").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn parsed(name: &str) -> ServerAnswer {
    ServerAnswer::parse(&bytes(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn parse(text: &str) -> ServerAnswer {
    ServerAnswer::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

#[test]
fn every_answer_gives_its_status_and_code() {
    let mut files = 0;
    for folder in std::fs::read_dir(folder().join("error-bodies")).unwrap() {
        files += std::fs::read_dir(folder.unwrap().path()).unwrap().count();
    }
    assert_eq!(files, ANSWERS.len() + ACCEPTED.len(), "a file no test reads");
    for (name, status, code) in ANSWERS {
        let answer = parsed(name);
        assert_eq!((answer.status, answer.code.as_deref()), (status, code), "{name}");
        assert_eq!(answer.date.is_some(), status.is_some(), "{name}");
        assert_eq!(answer.elements.is_empty(), code.is_none(), "{name}");
    }
    for name in ACCEPTED {
        assert_eq!(ServerAnswer::parse(&bytes(name)).err(), Some(AnswerError::NotAnAnswer), "{name}");
    }
}

/// The answers of Swift that quote what it computed.
fn quoting() -> impl Iterator<Item = (&'static str, ServerAnswer)> {
    let swift = ANSWERS.into_iter().filter(|(name, ..)| name.starts_with("swift"));
    swift.map(|(name, ..)| (name, parsed(name))).filter(|(_, answer)| answer.signature_provided.is_some())
}

#[test]
fn bytes_and_text_of_a_real_answer_agree_and_the_digest_holds() {
    assert_eq!(quoting().count(), 9);
    for (name, mut answer) in quoting() {
        let file = String::from_utf8(bytes(name)).unwrap();
        let shown = |element: &str| {
            let (_, rest) = file.split_once(&format!("<{element}>"))?;
            rest.split_once(&format!("</{element}>")).map(|(text, _)| text.replace("&amp;", "&"))
        };
        for (quoted, element) in [(&answer.string_to_sign, "StringToSign"), (&answer.canonical_request, "CanonicalRequest")] {
            let expected = shown(element).map(|text| Quoted { bytes: text.into_bytes(), from: QuotedFrom::Bytes });
            assert_eq!(*quoted, expected, "{name} {element}");
        }
        let of_a_chunk = name.contains("bad_chunk") || name.contains("tampered_data");
        let expected = if of_a_chunk || name.contains("v2_") { Agreement::Unknown } else { Agreement::Agree };
        assert_eq!(answer.digest_agreement(), expected, "{name}");
        if let (Agreement::Agree, Some(canonical)) = (expected, &mut answer.canonical_request) {
            canonical.bytes.push(b' ');
            assert!(matches!(answer.digest_agreement(), Agreement::Differ { .. }), "{name}");
        }
    }
}

/// The requests behind Swift's answers, as far as their headers are signed.
const SENT: [(&str, &str); 7] = [
    (
        "v4_header_badsecret",
        "GET /probe-bucket/a%20b%2Bc/%C3%BC.txt HTTP/1.1\nHost: 127.0.0.1:8018\nx-amz-date: 20261120T112315Z\n\
         x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n\
         Authorization: AWS4-HMAC-SHA256 Credential=test:tester/20261120/us-east-1/s3/aws4_request, \
         SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
         Signature=ae370ec6b51b4aab19eaf88a4144ffed07c663584cb7cd3ff646156b4088ac59\n\n",
    ),
    (
        "v4_header_unknown_key",
        "GET /probe-bucket/a%20b%2Bc/%C3%BC.txt HTTP/1.1\nHost: 127.0.0.1:8018\nx-amz-date: 20261120T112315Z\n\
         x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n\
         Authorization: AWS4-HMAC-SHA256 Credential=NOSUCHACCESSKEY00001/20261120/us-east-1/s3/aws4_request, \
         SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
         Signature=2d332a72bc49cfa23fdbe46b4db9ea9b1bb0afa23fe2e3f775f84655966966de\n\n",
    ),
    (
        "chunked_badsecret",
        "PUT /probe-bucket/chunked HTTP/1.1\nHost: 127.0.0.1:8018\nContent-Encoding: aws-chunked\nx-amz-date: 20261120T112316Z\n\
         x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\nx-amz-decoded-content-length: 70000\n\
         Authorization: AWS4-HMAC-SHA256 Credential=test:tester/20261120/us-east-1/s3/aws4_request, \
         SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length, \
         Signature=4e4573bd2fd443bbb6269ee6bc53d343d4b8e3cec55152050a3df9f8efd0a827\n\n",
    ),
    (
        "v4_presign_get_badsecret",
        "GET /probe-bucket/x2?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%3Atester%2F20261120%2Fus-east-1%2Fs3%2F\
         aws4_request&X-Amz-Date=20261120T112315Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=\
         fadbb78f68782db4d96f1211ae19e7db393d3139c2ef22c52120c4e7348a7932 HTTP/1.1\nHost: 127.0.0.1:8018\n\n",
    ),
    (
        "v4_presign_tampered_query",
        "GET /probe-bucket/x2?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%3Atester%2F20261120%2Fus-east-1%2Fs3%2F\
         aws4_request&X-Amz-Date=20261120T112315Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&response-content-type=text%2Fevil\
         &X-Amz-Signature=00a9679eec39ec4d8ead5bfed33ab78743f6461fe82d64542736e506f06df5ba HTTP/1.1\nHost: 127.0.0.1:8018\n\n",
    ),
    (
        "v2_header_badsecret",
        "GET /probe-bucket/x2 HTTP/1.1\nHost: 127.0.0.1:8018\nDate: Fri, 20 Nov 2026 11:23:15 GMT\n\
         Authorization: AWS test:tester:FEMP5JJkKdL9pyS01XIr6uiuNFU=\n\n",
    ),
    (
        "v2_presign_badsecret",
        "GET /probe-bucket/x2?AWSAccessKeyId=test%3Atester&Expires=1795174095&Signature=n7Q6D%2F3BrMPWn%2FDk1fGxSkLM9D8%3D \
         HTTP/1.1\nHost: 127.0.0.1:8018\n\n",
    ),
];

fn written(request: &str) -> Transcript {
    let subject = Subject::from(Request::parse(request.as_bytes()).unwrap());
    let claim = decode(&subject, &Hints::default()).unwrap();
    transcript(&subject, &claim).unwrap()
}

fn outline(document: &Written) -> Vec<(&str, &[u8], &[u8])> {
    document.parts.iter().map(|part: &Part| (part.role.as_str(), part.name.as_slice(), document.bytes(part))).collect()
}

#[test]
fn a_server_that_saw_the_same_request_quotes_our_text_part_by_part() {
    for (name, request) in SENT {
        let answer = parsed(&format!("swift-2.38.3-s3api/{name}.http"));
        let ours = written(request);
        let theirs = answer.transcript(&ours);
        assert_eq!(theirs.documents.len(), ours.documents.len(), "{name}");
        for (ours, theirs) in ours.documents.iter().zip(&theirs.documents) {
            assert_eq!(ours.document, theirs.document, "{name}");
            assert_eq!(ours.text.escape_ascii().to_string(), theirs.text.escape_ascii().to_string(), "{name}");
            assert_eq!(outline(ours), outline(theirs), "{name}");
        }
        for (other, request) in SENT {
            let subject = Subject::from(Request::parse(request.as_bytes()).unwrap());
            let agreement = answer.signature_agreement(&decode(&subject, &Hints::default()).unwrap());
            assert_eq!(agreement == Agreement::Agree, name == other, "{name} and the request of {other}: {agreement:?}");
        }
    }
}

/// Reading a text back gives the parts it was written in. Called for every text of every vector.
pub(crate) fn assert_reads_back(written: &Transcript, id: &str) {
    let quoted =
        |document| written.document(document).map(|written| Quoted { bytes: written.text.clone(), from: QuotedFrom::Bytes });
    let mut answer = ServerAnswer::default();
    answer.canonical_request = quoted(Document::CanonicalRequest);
    answer.string_to_sign = quoted(Document::StringToSign);
    let read = answer.transcript(written);
    assert_eq!(read.documents.len(), written.documents.len(), "{id}");
    for (read, written) in read.documents.iter().zip(&written.documents) {
        assert_eq!(outline(read), outline(written), "{id}");
        assert!(read.parts.iter().zip(&written.parts).all(|(a, b)| (a.start, a.origin) == (b.start, b.origin)), "{id}");
    }
}

#[test]
fn an_honest_list_of_bytes_wins_over_a_damaged_text() {
    let answer = parsed("rebuilt/oss-v1-content-md5-hex.xml");
    let quoted = answer.string_to_sign.as_ref().unwrap();
    assert_eq!(quoted.from, QuotedFrom::BytesAgainstText);
    assert_eq!(quoted.bytes, b"PUT\n\ntext/plain\nSat, 08 Sep 2012 08:47:22 GMT\n/listen-ex/1.txt");
    assert_eq!(answer.access_key_id.as_deref(), Some("CSIDEXAMPLE0001"));

    let answer = parsed("rebuilt/oss-s3-v2-bucket-duplicated.xml");
    let quoted = answer.string_to_sign.as_ref().unwrap();
    assert_eq!(quoted.from, QuotedFrom::BytesAgainstText);
    assert_eq!(quoted.bytes, b"GET\n\n\n1708795817\n/filebox-ex/filebox-ex/share/data/a.webp");
    assert_eq!(answer.ec.as_deref(), Some("0002-00000307"));

    let answer = parsed("rebuilt/s3-v2-content-type-added.xml");
    let quoted = answer.string_to_sign.as_ref().unwrap();
    assert_eq!(quoted.from, QuotedFrom::Bytes);
    let expected = b"PUT\n\napplication/x-www-form-urlencoded; charset=UTF-8\n1364064748\n/dev-ex/tmp/file";
    assert_eq!(quoted.bytes, expected);
}

#[test]
fn a_text_that_lost_line_ends_is_not_cut_into_parts() {
    for name in ["oss-v1-content-md5-hex", "oss-s3-v2-bucket-duplicated"] {
        let mut answer = parsed(&format!("rebuilt/{name}.xml"));
        assert_eq!(answer.transcript(&Transcript::default()).documents.len(), 1, "{name}");
        let shown = answer.element("StringToSign").unwrap().to_owned();
        answer.string_to_sign = Some(Quoted { bytes: shown.into_bytes(), from: QuotedFrom::Text });
        assert!(answer.transcript(&Transcript::default()).documents.is_empty(), "{name}");
    }
}

#[test]
fn what_a_front_end_changed_shows_in_one_part() {
    let answer = parsed("rebuilt/gcs-v4-accept-encoding.xml");
    assert_eq!(answer.canonical_request.as_ref().map(|quoted| quoted.from), Some(QuotedFrom::Text));
    assert_eq!(answer.digest_agreement(), Agreement::Agree, "the text is as the server wrote it");
    let ours = written(
        "PUT /bk-ex/snap.db?x-id=PutObject HTTP/1.1\nHost: storage.googleapis.com\nAccept-Encoding: identity\n\
         x-amz-content-sha256: UNSIGNED-PAYLOAD\nx-amz-date: 20180521T195540Z\n\
         Authorization: AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/20180521/auto/s3/aws4_request, \
         SignedHeaders=accept-encoding;host;x-amz-content-sha256;x-amz-date, \
         Signature=763bb141610275e7ed13a7e0251eeddd1fae9b43a7e3164715eb11bdb9fdc835\n\n",
    );
    let theirs = answer.transcript(&ours);
    let (ours, theirs) = (&ours.documents[0], &theirs.documents[0]);
    let (ours, theirs) = (outline(ours), outline(theirs));
    let differ: Vec<_> = ours.iter().zip(&theirs).filter(|(a, b)| a != b).collect();
    assert_eq!(ours.len(), theirs.len());
    assert_eq!(
        differ,
        [(
            &("header", &b"accept-encoding"[..], &b"accept-encoding:identity"[..]),
            &("header", &b"accept-encoding"[..], &b"accept-encoding:identity,gzip(gfe)"[..])
        )]
    );
}

#[test]
fn values_beside_the_strings_have_their_fields() {
    let answer = parsed("swift-2.38.3-s3api/v4_header_bad_payload_hash.http");
    let hash = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    assert_eq!(answer.client_sha256.as_deref(), Some(hash));
    let hash = "a821c62e8104f8519d639b4c0948aece641b143f6601fa145993bb2e2c7299d4";
    assert_eq!(answer.server_sha256.as_deref(), Some(hash));
    assert_eq!(answer.date, Timestamp::from_rfc3339("2026-11-20T11:23:15Z"));
    for name in ["swift-2.38.3-s3api/v4_header_wrong_region.http", "garage-2.5.0/v4_header_wrong_region.http"] {
        assert_eq!(parsed(name).region.as_deref(), Some("us-east-1"), "{name}");
    }
    let message = parsed("garage-2.5.0/post_v4_cond_missing_field.http").message;
    assert!(message.is_some_and(|text| text.starts_with("Bad request: Key 'x-amz-meta-must' is required")));
    assert_eq!(parsed("ceph-rgw-16.2.15/v4_header_badsecret.http").message, None);
    let answer = parse(
        "<Error><Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message>\
         <HeadersNotSigned>x-amz-acl, x-amz-meta-a</HeadersNotSigned><Bucket>b-ex</Bucket>\
         <Endpoint>oss-cn-beijing.aliyuncs.com</Endpoint></Error>",
    );
    assert_eq!(answer.headers_not_signed, ["x-amz-acl", "x-amz-meta-a"]);
    assert_eq!(answer.bucket.as_deref().zip(answer.endpoint.as_deref()), Some(("b-ex", "oss-cn-beijing.aliyuncs.com")));
}

#[test]
fn an_answer_to_head_is_read_from_its_headers() {
    let answer = parse(
        "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 403 Forbidden\r\nServer: AliyunOSS\r\n\
         Date: Sun, 22 Sep 2024 06:32:38 GMT\r\nx-oss-ec: 0002-00000504\r\nX-Oss-Err: PD94bWwgdmVyc2lvbj0iMS4wIiBlbmNvZGluZz0iVVRG\
         LTgiPz4KPEVycm9yPjxDb2RlPlJlcXVlc3RUaW1lVG9vU2tld2VkPC9Db2RlPjxNYXhBbGxvd2VkU2tld01pbGxpc2Vjb25kcz45MDAwMDA8L01heEFsbG93\
         ZWRTa2V3TWlsbGlzZWNvbmRzPjxSZXF1ZXN0VGltZT4yMDI0LTA5LTIyVDA2OjAyOjM4LjAwMFo8L1JlcXVlc3RUaW1lPjxTZXJ2ZXJUaW1lPjIwMjQtMDkt\
         MjJUMDY6MzI6MzguMDAwWjwvU2VydmVyVGltZT48L0Vycm9yPg==\r\n\r\n",
    );
    assert_eq!((answer.status, answer.code.as_deref()), (Some(403), Some("RequestTimeTooSkewed")));
    assert_eq!(answer.ec.as_deref(), Some("0002-00000504"));
    assert_eq!(answer.max_skew_ms, Some(900_000));
    assert_eq!(answer.request_time, Timestamp::from_rfc3339("2024-09-22T06:02:38Z"));
    assert_eq!(answer.server_time, Timestamp::from_rfc3339("2024-09-22T06:32:38Z"));
    assert_eq!(answer.server_time, answer.date);

    let bare = parse("HTTP/2 403\ndate: Sun, 22 Sep 2024 06:32:38 GMT\n\n");
    assert_eq!((bare.status, bare.date, bare.code), (Some(403), answer.date, None));
}

#[test]
fn every_vendors_form_is_read() {
    // The canonical request and its digest are those of vector cos-xh-acl.
    let cos = parse(
        "Content-Type: application/xml\nDate: Tue, 14 Nov 2023 22:13:20 GMT\n\n<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n\
         \t<Code>SignatureDoesNotMatch</Code>\n\t<Message>The Signature you specified is invalid.</Message>\n\
         \t<StringToSign>sha1\n1700000000;1700010060\n15cd8f2a2bd80d6ce40b89ee40cd7b676c08192b\n</StringToSign>\n\
         \t<FormatString>get\n/k\nacl=\nhost=vecbucket-1250000000.cos.ap-guangzhou.myqcloud.com\n</FormatString>\n</Error>",
    );
    assert_eq!(cos.digest_agreement(), Agreement::Agree);
    assert_eq!(cos.date, Timestamp::from_rfc3339("2023-11-14T22:13:20Z"));

    let json = parse(r#"{"code":-97,"message":"ERROR_PROXY_AUTH_FAILED","data":{}}"#);
    assert_eq!((json.code.as_deref(), json.message.as_deref()), (Some("-97"), Some("ERROR_PROXY_AUTH_FAILED")));
    let kodo = parse("HTTP/1.1 401 Unauthorized\r\nX-Reqid: aaa\r\n\r\n{\"error\":\"bad token\"}");
    assert_eq!((kodo.status, kodo.code, kodo.message.as_deref()), (Some(401), None, Some("bad token")));
    let tos = parse(r#"{"Code":"SignatureDoesNotMatch","EC":"0002-00000040","StringToSign":"TOS4-HMAC-SHA256\na\nb\nc"}"#);
    assert_eq!(tos.string_to_sign.map(|quoted| quoted.bytes), Some(b"TOS4-HMAC-SHA256\na\nb\nc".to_vec()));
    let ibm = parse("<Error><Code>X</Code><StringToSignBytes>71 69 84 10 10 10 49 10 47 98 47 107</StringToSignBytes></Error>");
    assert_eq!(ibm.string_to_sign.map(|quoted| quoted.bytes), Some(b"GET\n\n\n1\n/b/k".to_vec()));
    let aws = parse(
        "{\"__type\":\"InvalidSignatureException\",\"message\":\"The request signature we calculated does not match.\\n\\n\
         The Canonical String for this request should have been\\n'GET\\n/it''s\\n\\nhost:h\\n\\nhost\\nab'\\n\\n\
         The String-to-Sign should have been\\n'AWS4-HMAC-SHA256\\nt\\ns\\ncd'\\n\"}",
    );
    assert_eq!(aws.code.as_deref(), Some("InvalidSignatureException"));
    assert_eq!(aws.canonical_request.map(|quoted| quoted.bytes), Some(b"GET\n/it''s\n\nhost:h\n\nhost\nab".to_vec()));
    assert_eq!(aws.string_to_sign.map(|quoted| quoted.bytes), Some(b"AWS4-HMAC-SHA256\nt\ns\ncd".to_vec()));
    let log = parse(r"b'<Error><Code>X</Code><StringToSign>GET\n\n\n1\n/b/k</StringToSign></Error>'");
    assert_eq!(log.string_to_sign.map(|quoted| quoted.bytes), Some(b"GET\n\n\n1\n/b/k".to_vec()));
}

#[test]
fn what_is_no_answer_is_refused() {
    for text in [
        "",
        "SignatureDoesNotMatch: bad\n\nsignature",
        "{\"code\":0,\"message\":\"\"}",
        "<html><p>403</p></html>",
        "{\"hash\":\"F\"}",
    ] {
        assert_eq!(ServerAnswer::parse(text.as_bytes()).err(), Some(AnswerError::NotAnAnswer), "{text}");
    }
    let masked = "<Error><Code>X</Code><StringToSignBytes>47 xx 54</StringToSignBytes></Error>";
    assert_eq!(ServerAnswer::parse(masked.as_bytes()).err(), Some(AnswerError::BadBytes("StringToSignBytes")));
    let large = vec![b' '; countersign::explain::MAX_ANSWER + 1];
    assert_eq!(ServerAnswer::parse(&large).err(), Some(AnswerError::TooLarge));
}

/// Parts in order, with at most one separator between two of them, from the first byte to the last.
fn assert_covered(read: &Transcript) {
    for document in &read.documents {
        let mut at = 0;
        for part in &document.parts {
            let gap = &document.text[at..part.start];
            assert!(gap.is_empty() || matches!(gap, b"&" | b";" | b"?" | b"/"), "{}", gap.escape_ascii());
            assert!(part.end >= part.start);
            at = part.end;
        }
        assert_eq!(at, document.text.len());
    }
}

/// Texts made of what matters to a reader of signed texts.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "\n",
            "\n\n",
            "/",
            "&",
            ";",
            "=",
            "?",
            ":",
            "GET",
            "AWS4-HMAC-SHA256",
            "x-amz-a:1",
            "/probe-bucket"
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_without_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = ServerAnswer::parse(&body);
        for start in ["<Error><Code>", "{\"error\":\"", "HTTP/1.1 403\r\n\r\n<StringToSignBytes>"] {
            let _ = ServerAnswer::parse(&[start.as_bytes(), &body].concat());
        }
    }

    #[test]
    fn a_cut_answer_quotes_the_same_texts_or_none(file in prop::sample::select(ANSWERS.to_vec()), cut in any::<prop::sample::Index>()) {
        let whole = bytes(file.0);
        let answer = parsed(file.0);
        if let Ok(part) = ServerAnswer::parse(&whole[..cut.index(whole.len())]) {
            for (part, whole) in [(part.string_to_sign, answer.string_to_sign), (part.canonical_request, answer.canonical_request)] {
                let of_text = whole.as_ref().is_some_and(|whole| whole.from == QuotedFrom::BytesAgainstText);
                prop_assert!(part.is_none() || of_text || part.map(|p| p.bytes) == whole.map(|w| w.bytes));
            }
            prop_assert!(part.code.is_none() || part.code == answer.code);
            prop_assert!(part.signature_provided.is_none() || part.signature_provided == answer.signature_provided);
        }
    }

    #[test]
    fn any_text_is_read_back_whole(canonical in text(), string in text(), model in 0..SENT.len() + 1) {
        let base = SENT.get(model).map(|(_, request)| written(request)).unwrap_or_default();
        let mut answer = ServerAnswer::default();
        answer.canonical_request = Some(Quoted { bytes: canonical.clone(), from: QuotedFrom::Bytes });
        answer.string_to_sign = Some(Quoted { bytes: string.clone(), from: QuotedFrom::Bytes });
        let read = answer.transcript(&base);
        prop_assert_eq!(&read.documents[0].text, &canonical);
        prop_assert_eq!(&read.documents[1].text, &string);
        assert_covered(&read);
    }
}

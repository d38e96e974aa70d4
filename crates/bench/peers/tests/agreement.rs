//! Nobody is timed for a wrong answer: for the same input at the same time, every peer comes to the signature that
//! Countersign comes to. Where a peer signs other headers than we do, ours is signed over those.

use countersign::{Claim, Hints, Request, SecretKey, Subject, Verification, providers::{cos, kodo, oss, s3}, verify};
use countersign_bench::{
    inputs::{COS_URL, Clock, KEY, KODO_URL, OSS_URL, POST_POLICY, PUT_HEADERS, PUT_POLICY, S3_URL, SECRET},
    own::{self, Operation},
};
use countersign_bench_peers::{
    LIFE, Place, aws_sign_v4, aws_sigv4, object_store, qcos, qiniu_built, qiniu_decoded, qiniu_private_url, qiniu_ready,
    reqsign_cos, reqsign_oss_v1, reqsign_oss_v4, reqsign_s3_v4, rusty_s3, s3s_policy, s3s_verify,
};
use http::{Method, header::HeaderMap, request::Parts};

/// Both in the same second, at the fifth try at the latest.
fn agree(mut ours: impl FnMut() -> String, mut theirs: impl FnMut() -> String) {
    let mut last = (ours(), theirs());
    for _ in 0..4 {
        if last.0 == last.1 {
            return;
        }
        last = (ours(), theirs());
    }
    assert_eq!(last.0, last.1, "ours and theirs");
}

/// The signature of a request that is right.
fn signature(request: Request<'_>) -> String {
    let subject = Subject::from(request);
    match verify(&subject, &SecretKey::new(SECRET), &Hints::NONE) {
        Ok(Verification::Matches(verified)) => text(verified.claim()),
        Ok(Verification::Differs { claim, expected }) => panic!("{} was sent, {expected:?} is right", text(&claim)),
        Err(error) => panic!("{error}"),
    }
}

fn text(claim: &Claim<'_>) -> String {
    String::from_utf8_lossy(&claim.signature).into_owned()
}

fn of_url(url: &str) -> String {
    signature(Request::new("GET", url).expect("a sound URL"))
}

fn of_put(url: &str, headers: &HeaderMap) -> String {
    let request = Request::new("PUT", url).expect("a sound URL");
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().expect("plain text")));
    signature(headers.fold(request, |request, (name, value)| request.header(name, value)))
}

fn of_parts(parts: &Parts) -> String {
    if parts.method == Method::GET { of_url(&parts.uri.to_string()) } else { of_put(&parts.uri.to_string(), &parts.headers) }
}

/// Our signature over the same headers as theirs, their own left out.
fn resigned(operation: Operation<'_>, headers: &HeaderMap) -> String {
    let _ = (operation, headers);
    String::new()
}

fn ours(operation: Operation<'_>) -> impl FnMut() -> String {
    let who = own::who();
    move || of_url(&operation.presigned(&who))
}

#[test]
fn oss() {
    let url = Operation::get(&oss::V1_URL, "cn-hangzhou", OSS_URL);
    let mut theirs = reqsign_oss_v1(Method::GET, OSS_URL, &[], Some(LIFE));
    agree(ours(url), || of_parts(&theirs()));
}

#[test]
fn oss_v4_urls() {
    let url = Operation::get(&oss::V4_URL, "cn-hangzhou", OSS_URL);
    let mut theirs = reqsign_oss_v4(Method::GET, OSS_URL, &[], Some(LIFE));
    agree(ours(url), || of_parts(&theirs()));
}

#[test]
fn s3_v4_urls() {
    let url = Operation::get(&s3::V4_URL, "us-east-1", S3_URL);
    let mut theirs = rusty_s3(KEY);
    agree(ours(url), || of_url(theirs().as_str()));
}
#[test]
fn s3_v4_urls1() {
    let url = Operation::get(&s3::V4_URL, "us-east-1", S3_URL);
    let mut theirs = object_store(KEY);
    agree(ours(url), || of_url(theirs().as_str()));
}
#[test]
fn s3_v4_urls2() {
    let url = Operation::get(&s3::V4_URL, "us-east-1", S3_URL);
    let mut theirs = reqsign_s3_v4(Method::GET, S3_URL, &[], Some(LIFE));
    agree(ours(url), || of_parts(&theirs()));
}
#[test]
fn s3_v4_urls3() {
    let url = Operation::get(&s3::V4_URL, "us-east-1", S3_URL);
    let mut theirs = aws_sigv4("GET", S3_URL, &[], Place::Url);
    agree(ours(url), || {
        let params = theirs();
        let params: Vec<_> = params.iter().map(|(n, v)| format!("{n}={}", v.replace('/', "%2F"))).collect();
        of_url(&format!("{S3_URL}?{}", params.join("&")))
    });
}
#[test]
fn cos_urls() {
    let url = Operation::get(&cos::XML_URL, "ap-guangzhou", COS_URL);
    let mut theirs = reqsign_cos(Method::GET, COS_URL, &[], Some(LIFE));
    agree(ours(url), || of_parts(&theirs()));
}
#[test]
fn cos_urls2() {
    let url = Operation::get(&cos::XML_URL, "ap-guangzhou", COS_URL);
    let mut theirs = qcos(KEY);
    agree(ours(url), || of_url(&theirs()));
}
#[test]
fn kodo_urls() {
    let url = Operation::get(&kodo::PRIVATE_URL, "", KODO_URL);
    let mut theirs = qiniu_private_url(KODO_URL);
    agree(ours(url), || of_url(&theirs().to_string()));
}
#[test]
fn puts_oss() {
    let mut t = reqsign_oss_v1(Method::PUT, OSS_URL, PUT_HEADERS, None);
    let p = t(); println!("{:?}", p.headers); of_parts(&p);
}
#[test]
fn puts_oss4() {
    let mut t = reqsign_oss_v4(Method::PUT, OSS_URL, PUT_HEADERS, None);
    let p = t(); println!("{:?}", p.headers); of_parts(&p);
}
#[test]
fn puts_s3() {
    let mut t = reqsign_s3_v4(Method::PUT, S3_URL, PUT_HEADERS, None);
    let p = t(); println!("{:?}", p.headers); of_parts(&p);
}
#[test]
fn puts_cos() {
    let mut t = reqsign_cos(Method::PUT, COS_URL, PUT_HEADERS, None);
    let p = t(); println!("{:?}", p.headers); of_parts(&p);
}
#[test]
fn puts_sigv4() {
    let mut t = aws_sigv4("PUT", S3_URL, PUT_HEADERS, Place::Headers);
    let p = t(); println!("{:?}", p);
    let mut map = HeaderMap::new(); for (n,v) in PUT_HEADERS { map.insert(*n, v.parse().unwrap()); }
    for (n,v) in p { map.insert(http::HeaderName::try_from(n).unwrap(), v.parse().unwrap()); }
    of_put(S3_URL, &map);
}
#[test]
fn puts_sign_v4() {
    let mut t = aws_sign_v4("PUT", S3_URL, PUT_HEADERS);
    let (mut map, a) = t(); println!("{map:?} {a}");
    map.insert("authorization", a.parse().unwrap());
    of_put(S3_URL, &map);
}
#[test]
fn tokens() {
    let who = own::who();
    assert_eq!(own::kodo_ready(&who), qiniu_ready(PUT_POLICY)());
    println!("{} {}", own::kodo_built(&who, Clock::System), qiniu_built()());
    assert!(qiniu_decoded(own::kodo_ready(&who))());
    assert_eq!(s3s_policy(POST_POLICY)(), 4);
    let url = Operation::get(&s3::V4_URL, "us-east-1", S3_URL).presigned(&who);
    assert!(s3s_verify(&url)());
    assert!(!s3s_verify(&url.replace("a.jpg", "b.jpg"))());
    let _ = resigned;
}

//! Nobody is timed for a wrong answer: for the same input in the same second, every peer comes to the signature that
//! Countersign comes to. Where a peer signs other headers than we do, its signature is verified instead.

use countersign::{
    Claim, Hints, Request, Scheme, SecretKey, SignedHeaders, Subject, Verification,
    policy::Dialect,
    providers::{cos, kodo, oss, s3},
    verify,
};
use countersign_bench::{
    inputs::{COS_URL, Clock, KEY, KODO_URL, OSS_URL, POST_POLICY, PUT_HEADERS, PUT_POLICY, S3_URL, SECRET},
    own::{self, Operation},
};
use countersign_bench_peers::{
    LIFE, Place, aws_sign_v4, aws_sigv4, object_store, qcos, qiniu_built, qiniu_decoded, qiniu_many, qiniu_private_url,
    qiniu_ready, reqsign_cos, reqsign_oss_v1, reqsign_oss_v4, reqsign_s3_v4, rusty_s3, s3s_policy, s3s_verify,
};
use http::{HeaderName, Method, header::HeaderMap, request::Parts};

/// Both in the same second, at the fifth try at the latest.
#[track_caller]
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
#[track_caller]
fn signature(request: Request<'_>) -> String {
    let subject = Subject::from(request);
    let text = |claim: &Claim<'_>| String::from_utf8_lossy(&claim.signature).into_owned();
    match verify(&subject, &SecretKey::new(SECRET), &Hints::NONE) {
        Ok(Verification::Matches(verified)) => text(verified.claim()),
        Ok(Verification::Differs { claim, expected }) => panic!("{} was sent, {} is right", text(&claim), expected.text()),
        Err(error) => panic!("{error}"),
    }
}

fn of_url(url: &str) -> String {
    signature(Request::new("GET", url).expect("a sound URL"))
}

fn of_put(url: &str, headers: &HeaderMap) -> String {
    let request = Request::new("PUT", url).expect("a sound URL");
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().expect("plain text")));
    signature(headers.fold(request, |request, (name, value)| request.header(name, value)))
}

fn ours(scheme: &'static dyn Scheme, region: &'static str, url: &'static str) -> impl FnMut() -> String {
    let who = own::who();
    move || of_url(&Operation::get(scheme, region, url).presigned(&who))
}

fn url_of(mut theirs: impl FnMut() -> Parts) -> impl FnMut() -> String {
    move || of_url(&theirs().uri.to_string())
}

#[test]
fn urls_of_oss() {
    agree(ours(&oss::V1_URL, "cn-hangzhou", OSS_URL), url_of(reqsign_oss_v1(Method::GET, OSS_URL, &[], Some(LIFE))));
    // It signs the host, too, which V4 leaves to the signer.
    let ours = Operation::get(&oss::V4_URL, "cn-hangzhou", OSS_URL).signing(SignedHeaders::Only(&["host"]));
    agree(|| of_url(&ours.presigned(&own::who())), url_of(reqsign_oss_v4(Method::GET, OSS_URL, &[], Some(LIFE))));
}

#[test]
fn urls_of_s3() {
    let ours = || ours(&s3::V4_URL, "us-east-1", S3_URL);
    agree(ours(), url_of(reqsign_s3_v4(Method::GET, S3_URL, &[], Some(LIFE))));
    let mut theirs = rusty_s3(KEY);
    agree(ours(), || of_url(theirs().as_str()));
    let mut theirs = object_store(KEY);
    agree(ours(), || of_url(theirs().as_str()));
    let mut theirs = aws_sigv4("GET", S3_URL, &[], Place::Url);
    agree(ours(), || {
        let (_, params) = theirs().into_parts();
        let params: Vec<_> = params.iter().map(|(name, value)| format!("{name}={}", value.replace('/', "%2F"))).collect();
        of_url(&format!("{S3_URL}?{}", params.join("&")))
    });
}

#[test]
fn urls_of_cos() {
    let ours = || ours(&cos::XML_URL, "ap-guangzhou", COS_URL);
    agree(ours(), url_of(reqsign_cos(Method::GET, COS_URL, &[], Some(LIFE))));
    let mut theirs = qcos(KEY);
    agree(ours(), || of_url(&theirs()));
}

#[test]
fn urls_of_kodo() {
    let mut theirs = qiniu_private_url(KODO_URL);
    agree(ours(&kodo::PRIVATE_URL, "", KODO_URL), || of_url(&theirs().to_string()));
}

#[test]
fn uploads() {
    for mut theirs in [
        Box::new(reqsign_oss_v1(Method::PUT, OSS_URL, PUT_HEADERS, None)) as Box<dyn FnMut() -> Parts>,
        Box::new(reqsign_oss_v4(Method::PUT, OSS_URL, PUT_HEADERS, None)),
        Box::new(reqsign_s3_v4(Method::PUT, S3_URL, PUT_HEADERS, None)),
        Box::new(reqsign_cos(Method::PUT, COS_URL, PUT_HEADERS, None)),
    ] {
        let parts = theirs();
        of_put(&parts.uri.to_string(), &parts.headers);
    }
    let mut headers = HeaderMap::new();
    let (added, _) = aws_sigv4("PUT", S3_URL, PUT_HEADERS, Place::Headers)().into_parts();
    let added = added.iter().map(|header| (header.name(), header.value()));
    for (name, value) in PUT_HEADERS.iter().copied().chain(added) {
        headers.insert(HeaderName::try_from(name).expect("a sound name"), value.parse().expect("a sound value"));
    }
    of_put(S3_URL, &headers);
    let (mut headers, authorization) = aws_sign_v4("PUT", S3_URL, PUT_HEADERS)();
    headers.insert("authorization", authorization.parse().expect("a sound value"));
    of_put(S3_URL, &headers);
}

#[test]
fn tokens_of_kodo() {
    let who = own::who();
    assert_eq!(own::kodo_ready(&who), qiniu_ready(PUT_POLICY)());
    let policy = |token: String| {
        let fields = kodo::UploadToken::decode(&token).policy.expect("a policy");
        fields.members().iter().map(|(name, value)| format!("{name}={value}\n")).collect::<String>()
    };
    let mut theirs = qiniu_built();
    agree(|| policy(own::kodo_built(&who, Clock::System)), || policy(theirs()));
    let keys = own::kodo_keys(3);
    let secret = SecretKey::new(SECRET);
    let told = |each: &mut dyn FnMut(&mut dyn FnMut(String))| {
        let mut told = String::new();
        each(&mut |token| {
            assert!(own::verified_token(token.as_bytes(), &secret), "{token}");
            told.push_str(&policy(token));
        });
        told
    };
    let mut theirs = qiniu_many(keys.clone());
    let mut theirs = || told(&mut theirs);
    agree(|| told(&mut |take| own::kodo_one_by_one(&keys, &who, Clock::System, take)), &mut theirs);
    let mut made = own::KodoTokens::default();
    let mut at_once = |take: &mut dyn FnMut(String)| {
        made.make(&keys, &who, Clock::System);
        made.each().map(str::to_owned).for_each(take);
    };
    agree(|| told(&mut at_once), theirs);
    assert!(qiniu_decoded(own::kodo_ready(&who))());
}

#[test]
fn verifying_s3() {
    let url = Operation::get(&s3::V4_URL, "us-east-1", S3_URL).presigned(&own::who());
    let changed = url.replace("a.jpg", "b.jpg");
    let secret = SecretKey::new(SECRET);
    assert!(own::verified_url("GET", &url, &secret) && s3s_verify(&url)());
    assert!(!own::verified_url("GET", &changed, &secret) && !s3s_verify(&changed)());
}

#[test]
fn policies() {
    assert_eq!(own::policy_read(Dialect::S3), s3s_policy(POST_POLICY)());
}

//! The operations, and who does them.

use crate::rounds::Group;
use countersign::{
    Encoding, Scheme, SecretKey, SignedHeaders, Signer, Verifier,
    policy::Dialect,
    providers::{cos, kodo, ks3, oss, s3},
};
use countersign_bench::{
    floor,
    inputs::{COS_URL, Clock, KEY, KODO_URL, KS3_URL, OSS_URL, POST_POLICY, PUT_HEADERS, PUT_POLICY, S3_URL, SECRET},
    own::{self, Operation},
};
use countersign_bench_peers::{
    LIFE, Place, aws_sign_v4, aws_sigv4, object_store, qcos, qiniu_built, qiniu_decoded, qiniu_many, qiniu_private_url,
    qiniu_ready, reqsign_cos, reqsign_oss_v1, reqsign_oss_v4, reqsign_s3_v4, rusty_s3, s3s_policy, s3s_verify,
};
use http::Method;

const CLOCK: Clock = Clock::System;
/// The room of a buffer that is used again and again.
const ROOM: usize = 4096;

/// All groups, in the order of the report.
pub fn all() -> Vec<Group> {
    vec![
        oss_v1_url(OSS_URL),
        oss_v1_put(PUT_HEADERS),
        presigned(named("OSS V4 URL", OSS_V4_URL), OSS_V4_URL)
            .peer("reqsign", reqsign_oss_v4(Method::GET, OSS_URL, &[], Some(LIFE))),
        signed(named("OSS V4 PUT", OSS_V4_PUT), OSS_V4_PUT)
            .peer("reqsign", reqsign_oss_v4(Method::PUT, OSS_URL, PUT_HEADERS, None)),
        s3_v4_url(S3_URL, KEY),
        s3_v4_put(PUT_HEADERS),
        presigned(named("S3 V2 URL", S3_V2_URL), S3_V2_URL),
        cos_url(COS_URL, KEY),
        signed(named("COS PUT", COS_PUT), COS_PUT).peer("reqsign", reqsign_cos(Method::PUT, COS_URL, PUT_HEADERS, None)),
        cos_json(),
        signed(named("KS3 PUT", KS3_PUT), KS3_PUT),
        kodo_ready(),
        kodo_built(),
        kodo_many(),
        kodo_decoded(),
        presigned(named("Kodo private URL", KODO_PRIVATE), KODO_PRIVATE).peer("qiniu-credential", qiniu_private_url(KODO_URL)),
        verified("S3 V4 verify", Operation::get(&s3::V4_URL, "us-east-1", S3_URL)),
        verified_put("S3 V4 PUT verify", PUT_HEADERS),
        verified("OSS V4 verify", OSS_V4_URL),
        verified("OSS V1 verify", Operation::get(&oss::V1_URL, "cn-hangzhou", OSS_URL)),
        verified("COS verify", Operation::get(&cos::XML_URL, "ap-guangzhou", COS_URL)),
        kodo_verified(),
        form_signed("OSS form signed", &oss::POST_V1, "cn-hangzhou"),
        form_signed("S3 V4 form signed", &s3::V4_POST, "us-east-1"),
        policy(),
    ]
}

/// With the host, which reqsign signs.
const OSS_V4_URL: Operation<'static> =
    Operation::get(&oss::V4_URL, "cn-hangzhou", OSS_URL).signing(SignedHeaders::Only(&["host"]));
const OSS_V4_PUT: Operation<'static> = Operation::put(&oss::V4_HEADER, "cn-hangzhou", OSS_URL, PUT_HEADERS);
const S3_V2_URL: Operation<'static> = Operation::get(&s3::V2_URL, "us-east-1", S3_URL);
const COS_PUT: Operation<'static> = Operation::put(&cos::XML_HEADER, "ap-guangzhou", COS_URL, PUT_HEADERS);
const KS3_PUT: Operation<'static> = Operation::put(&ks3::V2_HEADER, "BEIJING", KS3_URL, PUT_HEADERS);
const KODO_PRIVATE: Operation<'static> = Operation::get(&kodo::PRIVATE_URL, "", KODO_URL);

/// A group with the floor of an operation.
pub fn named(name: &str, operation: Operation<'static>) -> Group {
    let (canonical, to_sign) = operation.lengths();
    let group = Group::new(name);
    match operation.scheme.provider() {
        "cos" => group
            .floor("HMAC, key kept", floor::cos_kept(canonical, to_sign))
            .floor("HMAC, key derived", floor::cos_derived(canonical, to_sign)),
        _ if canonical > 0 => group
            .floor("HMAC, key kept", floor::v4_kept(canonical, to_sign))
            .floor("HMAC, key derived", floor::v4_derived(canonical, to_sign)),
        _ => group.floor("HMAC, key kept", floor::sha1_kept(to_sign)).floor("HMAC, key set up", floor::sha1_derived(to_sign)),
    }
}

fn presigned(group: Group, operation: Operation<'static>) -> Group {
    let (who, kept) = (own::who(), own::who().prepared());
    let (signer, mut buffer) = (Signer::new(operation.scheme, own::who()), Vec::with_capacity(ROOM));
    group
        .own("convenient", move || operation.presigned(&who))
        .own("kept key", move || operation.presigned(&kept))
        .own("buffer", move || operation.presigned_into(&signer, &mut buffer))
}

fn signed(group: Group, operation: Operation<'static>) -> Group {
    let (who, kept) = (own::who(), own::who().prepared());
    let (signer, mut buffer) = (Signer::new(operation.scheme, own::who()), Vec::with_capacity(ROOM));
    group
        .own("convenient", move || operation.signed(&who))
        .own("kept key", move || operation.signed(&kept))
        .own("buffer", move || operation.signed_into(&signer, &mut buffer))
}

/// A URL of OSS V1.
pub fn oss_v1_url(url: &'static str) -> Group {
    let operation = Operation::get(&oss::V1_URL, "cn-hangzhou", url);
    presigned(named("OSS V1 URL", operation), operation).peer("reqsign", reqsign_oss_v1(Method::GET, url, &[], Some(LIFE)))
}

/// An upload with OSS V1.
pub fn oss_v1_put(headers: &'static [(&'static str, &'static str)]) -> Group {
    let operation = Operation::put(&oss::V1_HEADER, "cn-hangzhou", OSS_URL, headers);
    signed(named("OSS V1 PUT", operation), operation).peer("reqsign", reqsign_oss_v1(Method::PUT, OSS_URL, headers, None))
}

/// A URL of S3 V4; the key is that of the URL, without escapes.
pub fn s3_v4_url(url: &'static str, key: &str) -> Group {
    let operation = Operation::get(&s3::V4_URL, "us-east-1", url);
    presigned(named("S3 V4 URL", operation), operation)
        .peer("rusty-s3", rusty_s3(key))
        .peer("aws-sigv4", aws_sigv4("GET", url, &[], Place::Url))
        .peer("reqsign", reqsign_s3_v4(Method::GET, url, &[], Some(LIFE)))
        .peer("object_store", object_store(key))
}

/// An upload with S3 V4.
pub fn s3_v4_put(headers: &'static [(&'static str, &'static str)]) -> Group {
    let operation = Operation::put(&s3::V4_HEADER, "us-east-1", S3_URL, headers);
    signed(named("S3 V4 PUT", operation), operation)
        .peer("aws-sigv4", aws_sigv4("PUT", S3_URL, headers, Place::Headers))
        .peer("aws-sign-v4", aws_sign_v4("PUT", S3_URL, headers))
        .peer("reqsign", reqsign_s3_v4(Method::PUT, S3_URL, headers, None))
}

/// A URL of COS; the key is that of the URL, without escapes.
pub fn cos_url(url: &'static str, key: &str) -> Group {
    let operation = Operation::get(&cos::XML_URL, "ap-guangzhou", url);
    presigned(named("COS URL", operation), operation)
        .peer("reqsign", reqsign_cos(Method::GET, url, &[], Some(LIFE)))
        .peer("qcos", qcos(key))
}

/// A group with the floor of one HMAC-SHA1.
fn one_hmac(name: &str, len: usize) -> Group {
    Group::new(name).floor("HMAC, key kept", floor::sha1_kept(len)).floor("HMAC, key set up", floor::sha1_derived(len))
}

fn encoded(len: usize) -> usize {
    len.div_ceil(3) * 4
}

fn cos_json() -> Group {
    let (who, kept, buffered) = (own::who(), own::who().prepared(), own::who().prepared());
    let original = own::cos_json(&who, CLOCK).len() / 4 * 3 - 20;
    let mut buffer = Vec::with_capacity(ROOM);
    one_hmac("COS JSON", original)
        .own("convenient", move || own::cos_json(&who, CLOCK))
        .own("kept key", move || own::cos_json(&kept, CLOCK))
        .own("buffer", move || own::cos_json_into(&buffered, CLOCK, &mut buffer))
}

fn kodo_ready() -> Group {
    let (who, kept, buffered) = (own::who(), own::who().prepared(), own::who().prepared());
    let mut buffer = String::with_capacity(ROOM);
    one_hmac("Kodo token, policy ready", encoded(PUT_POLICY.len()))
        .own("convenient", move || own::kodo_ready(&who))
        .own("kept key", move || own::kodo_ready(&kept))
        .own("buffer", move || own::kodo_ready_into(&buffered, &mut buffer))
        .peer("qiniu-credential", qiniu_ready(PUT_POLICY))
}

fn kodo_built() -> Group {
    let (who, kept) = (own::who(), own::who().prepared());
    let policy = own::kodo_built(&who, CLOCK).rsplit(':').next().map_or(0, str::len);
    one_hmac("Kodo token, policy built", policy)
        .own("convenient", move || own::kodo_built(&who, CLOCK))
        .own("kept key", move || own::kodo_built(&kept, CLOCK))
        .peer("qiniu-upload-token", qiniu_built())
}

/// Tokens for so many keys.
const KEYS: usize = 100;

fn kodo_many() -> Group {
    let (who, kept, buffered) = (own::who(), own::who().prepared(), own::who().prepared());
    let keys = own::kodo_keys(KEYS);
    let (same, again) = (keys.clone(), keys.clone());
    let mut made = own::KodoTokens::default();
    let mut theirs = qiniu_many(own::kodo_keys(KEYS));
    made.make(&keys, &who, CLOCK);
    let policy = made.tokens.rsplit(|byte| *byte == b':').next().map_or(0, <[u8]>::len);
    let hundred = |mut one: Box<dyn FnMut() -> [u8; 20]>| move || (0..KEYS).fold(0, |sum, _| sum ^ one()[0]);
    Group::new("Kodo tokens, 100 keys")
        .floor("HMAC, key kept", hundred(Box::new(floor::sha1_kept(policy))))
        .floor("HMAC, key set up", hundred(Box::new(floor::sha1_derived(policy))))
        .own("one by one", move || length(&mut |take| own::kodo_one_by_one(&keys, &who, CLOCK, take)))
        .own("one by one, kept key", move || length(&mut |take| own::kodo_one_by_one(&same, &kept, CLOCK, take)))
        .own("at once, kept key", move || made.make(&again, &buffered, CLOCK))
        .peer("qiniu-upload-token", move || length(&mut theirs))
}

/// How long the tokens are together.
fn length(each: &mut dyn FnMut(&mut dyn FnMut(String))) -> usize {
    let mut length = 0;
    each(&mut |token| length += token.len());
    length
}

fn kodo_decoded() -> Group {
    let token = own::kodo_ready(&own::who());
    let ours = token.clone();
    Group::new("Kodo token, decoded")
        .own("convenient", move || own::kodo_decoded(&ours))
        .peer("qiniu-upload-token", qiniu_decoded(token))
}

fn verified(name: &str, operation: Operation<'static>) -> Group {
    let url = operation.presigned(&own::who());
    let (same, secret) = (url.clone(), SecretKey::new(SECRET));
    let verifier = Verifier::new(&[operation.scheme], SecretKey::new(SECRET));
    let theirs = (operation.scheme.id() == "s3-v4-url").then(|| s3s_verify(&url));
    let group = named(name, operation)
        .own("convenient", move || own::verified_url(operation.method, &url, &secret))
        .own("kept key", move || own::verified_url_by(&verifier, operation.method, &same));
    match theirs {
        Some(theirs) => group.peer("s3s, its whole service", theirs),
        None => group,
    }
}

/// An upload that is signed in its headers.
fn verified_put(name: &str, headers: &'static [(&'static str, &'static str)]) -> Group {
    let operation = Operation::put(&s3::V4_HEADER, "us-east-1", S3_URL, headers);
    let received = own::Received::of(&operation);
    let (same, secret) = (received.clone(), SecretKey::new(SECRET));
    let verifier = Verifier::new(&[operation.scheme], SecretKey::new(SECRET));
    named(name, operation)
        .own("convenient", move || own::verified_headers(&received, &secret))
        .own("kept key", move || own::verified_headers_by(&same, &verifier))
}

fn kodo_verified() -> Group {
    let token = own::kodo_ready(&own::who());
    let (same, secret) = (token.clone(), SecretKey::new(SECRET));
    let verifier = Verifier::new(&[&kodo::UPLOAD_TOKEN], SecretKey::new(SECRET));
    one_hmac("Kodo verify", encoded(PUT_POLICY.len()))
        .own("convenient", move || own::verified_token(token.as_bytes(), &secret))
        .own("kept key", move || own::verified_token_by(&verifier, same.as_bytes()))
}

fn form_signed(name: &str, scheme: &'static dyn Scheme, region: &'static str) -> Group {
    let (who, kept) = (own::who(), own::who().prepared());
    let (signer, mut fields) = (Signer::new(scheme, own::who()), Vec::with_capacity(ROOM));
    let encoded = Encoding::Base64.encode(POST_POLICY.as_bytes());
    let policy = encoded.len();
    let group = match scheme.id() {
        "s3-v4-post" => Group::new(name)
            .floor("HMAC, key kept", floor::sha256_kept(policy))
            .floor("HMAC, key derived", floor::sha256_derived(policy)),
        _ => one_hmac(name, policy),
    };
    group
        .own("convenient", move || own::form_signed(scheme, region, &who, CLOCK))
        .own("kept key", move || own::form_signed(scheme, region, &kept, CLOCK))
        .own("buffer", move || own::form_signed_into(&signer, encoded.as_bytes(), region, CLOCK, &mut fields))
}

fn policy() -> Group {
    Group::new("POST policy")
        .own("read", || own::policy_read(Dialect::S3))
        .own("read and judged", || own::form_allowed(Dialect::S3))
        .peer("s3s, read only", s3s_policy(POST_POLICY))
}

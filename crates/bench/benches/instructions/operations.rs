//! What is counted. The clock stands still.

use countersign::{
    Credentials, Encoding, SecretKey, Signer, Verifier,
    policy::Dialect,
    providers::{cos, kodo, ks3, oss, s3},
};
use countersign_bench::{
    explain,
    inputs::{COS_URL, Clock, KODO_URL, KS3_URL, OSS_URL, POST_POLICY, PUT_HEADERS, S3_URL, SECRET},
    own::{self, Operation},
};
use std::hint::black_box;

/// An operation and its name.
pub type Named = (&'static str, Box<dyn FnMut()>);

/// The names in order.
pub fn names() -> Vec<&'static str> {
    all().into_iter().map(|(name, _)| name).collect()
}

/// All of them: with the key set up each time, and, as `-buffer` and `-kept`, with what is derived from it kept.
pub fn all() -> Vec<Named> {
    let clock = Clock::FIXED;
    let get = |scheme, region, url| Operation::get(scheme, region, url).at(clock);
    let put = |scheme, region, url| Operation::put(scheme, region, url, PUT_HEADERS).at(clock);
    let oss_v1 = get(&oss::V1_URL, "cn-hangzhou", OSS_URL);
    let oss_v4 = get(&oss::V4_URL, "cn-hangzhou", OSS_URL);
    let s3_v4 = get(&s3::V4_URL, "us-east-1", S3_URL);
    let cos_url = get(&cos::XML_URL, "ap-guangzhou", COS_URL);
    let oss_v1_put = put(&oss::V1_HEADER, "cn-hangzhou", OSS_URL);
    let s3_v4_put = put(&s3::V4_HEADER, "us-east-1", S3_URL);
    vec![
        presign("oss-v1-url", oss_v1),
        presign_into("oss-v1-url-buffer", oss_v1),
        sign("oss-v1-put", oss_v1_put),
        sign_into("oss-v1-put-buffer", oss_v1_put),
        presign("oss-v4-url", oss_v4),
        presign_into("oss-v4-url-buffer", oss_v4),
        sign("oss-v4-put", put(&oss::V4_HEADER, "cn-hangzhou", OSS_URL)),
        presign("s3-v4-url", s3_v4),
        presign_into("s3-v4-url-buffer", s3_v4),
        sign("s3-v4-put", s3_v4_put),
        sign_into("s3-v4-put-buffer", s3_v4_put),
        presign("s3-v2-url", get(&s3::V2_URL, "us-east-1", S3_URL)),
        presign("cos-url", cos_url),
        presign_into("cos-url-buffer", cos_url),
        sign("cos-put", put(&cos::XML_HEADER, "ap-guangzhou", COS_URL)),
        keyed("cos-json", own::who(), move |who| own::cos_json(who, clock)),
        sign("ks3-put", put(&ks3::V2_HEADER, "BEIJING", KS3_URL)),
        keyed("kodo-token-ready", own::who(), own::kodo_ready),
        keyed("kodo-token-ready-kept", own::who().prepared(), own::kodo_ready),
        keyed("kodo-token-built", own::who(), move |who| own::kodo_built(who, clock)),
        token("kodo-token-decoded", |token, _| own::kodo_decoded(token)),
        presign("kodo-private-url", get(&kodo::PRIVATE_URL, "", KODO_URL)),
        verify("s3-v4-verify", s3_v4),
        verify_by("s3-v4-verify-kept", s3_v4),
        verify("oss-v1-verify", oss_v1),
        verify_by("oss-v1-verify-kept", oss_v1),
        verify("cos-verify", cos_url),
        verify_by("cos-verify-kept", cos_url),
        token("kodo-verify", |token, secret| own::verified_token(token.as_bytes(), secret)),
        kodo_verify_by("kodo-verify-kept"),
        verify_headers_by("s3-v4-put-verify-kept", s3_v4_put),
        verify_headers_by("s3-v4-put-verify-40-headers", Operation { headers: many_headers(), ..s3_v4_put }),
        kodo_tokens("kodo-tokens-100-keys"),
        keyed("form-signed", own::who(), move |who| own::form_signed(&oss::POST_V1, "cn-hangzhou", who, clock)),
        form_into("form-signed-buffer"),
        plain("form-judged", || own::form_allowed(Dialect::Oss)),
        plain("policy-read", || own::policy_read(Dialect::S3)),
        search("explain-s3-v4-depth-1", "s3-v4-header"),
        search("explain-oss-v1-depth-1", "oss-v1-header"),
    ]
}

fn plain<R>(name: &'static str, mut run: impl FnMut() -> R + 'static) -> Named {
    (name, Box::new(move || _ = black_box(run())))
}

fn keyed<R>(name: &'static str, who: Credentials, run: impl Fn(&Credentials) -> R + 'static) -> Named {
    plain(name, move || run(&who))
}

fn presign(name: &'static str, operation: Operation<'static>) -> Named {
    keyed(name, own::who(), move |who| operation.presigned(who))
}

fn presign_into(name: &'static str, operation: Operation<'static>) -> Named {
    let (signer, mut buffer) = (Signer::new(operation.scheme, own::who()), Vec::with_capacity(1024));
    plain(name, move || operation.presigned_into(&signer, &mut buffer))
}

fn sign(name: &'static str, operation: Operation<'static>) -> Named {
    keyed(name, own::who(), move |who| operation.signed(who))
}

fn sign_into(name: &'static str, operation: Operation<'static>) -> Named {
    let (signer, mut buffer) = (Signer::new(operation.scheme, own::who()), Vec::with_capacity(1024));
    plain(name, move || operation.signed_into(&signer, &mut buffer))
}

fn verify(name: &'static str, operation: Operation<'static>) -> Named {
    let url = operation.presigned(&own::who());
    let secret = SecretKey::new(SECRET);
    plain(name, move || own::verified_url(operation.method, &url, &secret))
}

fn verify_by(name: &'static str, operation: Operation<'static>) -> Named {
    let url = operation.presigned(&own::who());
    let verifier = Verifier::new(&[operation.scheme], SecretKey::new(SECRET));
    plain(name, move || own::verified_url_by(&verifier, operation.method, &url))
}

fn token(name: &'static str, run: impl Fn(&str, &SecretKey) -> bool + 'static) -> Named {
    let token = own::kodo_ready(&own::who());
    let secret = SecretKey::new(SECRET);
    plain(name, move || run(&token, &secret))
}

fn kodo_verify_by(name: &'static str) -> Named {
    let token = own::kodo_ready(&own::who());
    let verifier = Verifier::new(&[&kodo::UPLOAD_TOKEN], SecretKey::new(SECRET));
    plain(name, move || own::verified_token_by(&verifier, token.as_bytes()))
}

fn verify_headers_by(name: &'static str, operation: Operation<'static>) -> Named {
    let received = own::Received::of(&operation);
    let verifier = Verifier::new(&[operation.scheme], SecretKey::new(SECRET));
    plain(name, move || own::verified_headers_by(&received, &verifier))
}

/// Forty headers that are signed, not in the order in which they are.
fn many_headers() -> &'static [(&'static str, &'static str)] {
    let header = |at: usize| (&*format!("x-amz-meta-field-{at:02}").leak(), "a value of some length");
    Vec::leak((0..40).map(|at| header(at * 7 % 41)).collect())
}

fn kodo_tokens(name: &'static str) -> Named {
    let (keys, who, mut made) = (own::kodo_keys(100), own::who().prepared(), own::KodoTokens::default());
    plain(name, move || made.make(&keys, &who, Clock::FIXED))
}

fn form_into(name: &'static str) -> Named {
    let (signer, mut fields) = (Signer::new(&oss::POST_V1, own::who()), Vec::with_capacity(1024));
    let policy = Encoding::Base64.encode(POST_POLICY.as_bytes());
    plain(name, move || own::form_signed_into(&signer, policy.as_bytes(), "cn-hangzhou", Clock::FIXED, &mut fields))
}

fn search(name: &'static str, scheme: &str) -> Named {
    let refused = explain::refused_of(scheme);
    plain(name, move || explain::searched(refused.message, 1))
}

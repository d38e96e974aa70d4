//! reqsign's services, without their loading of credentials.

use countersign_bench::inputs::{ID, SECRET};
use futures::FutureExt as _;
use http::{Method, Request, Uri, request::Parts};
use reqsign_core::{Context, SignRequest};
use std::time::Duration;

fn reqsign<S: SignRequest>(
    signer: S,
    credential: S::Credential,
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    life: Option<Duration>,
) -> impl FnMut() -> Parts + use<S> {
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let parts = request.body(()).expect("a sound request").into_parts().0;
    let context = Context::new();
    move || {
        let mut parts = parts.clone();
        let signed = signer.sign_request(&context, &mut parts, Some(&credential), life);
        signed.now_or_never().expect("nothing to wait for").expect("a sound request");
        parts
    }
}

fn oss_credential() -> reqsign_aliyun_oss::Credential {
    reqsign_aliyun_oss::Credential {
        access_key_id: ID.into(),
        access_key_secret: SECRET.into(),
        security_token: None,
        expires_in: None,
    }
}

/// OSS V1; in the URL if it has a life.
pub fn reqsign_oss_v1(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    life: Option<Duration>,
) -> impl FnMut() -> Parts + use<> {
    reqsign(reqsign_aliyun_oss::RequestSigner::new("photos"), oss_credential(), method, url, headers, life)
}

/// OSS V4; in the URL if it has a life.
pub fn reqsign_oss_v4(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    life: Option<Duration>,
) -> impl FnMut() -> Parts + use<> {
    let signer = reqsign_aliyun_oss::RequestSigner::new("photos")
        .with_region("cn-hangzhou")
        .with_signing_version(reqsign_aliyun_oss::SigningVersion::V4);
    reqsign(signer, oss_credential(), method, url, headers, life)
}

/// S3 V4; in the URL if it has a life.
pub fn reqsign_s3_v4(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    life: Option<Duration>,
) -> impl FnMut() -> Parts + use<> {
    let credential = reqsign_aws_v4::Credential {
        access_key_id: ID.into(),
        secret_access_key: SECRET.into(),
        session_token: None,
        expires_in: None,
    };
    reqsign(reqsign_aws_v4::RequestSigner::new("s3", "us-east-1"), credential, method, url, headers, life)
}

/// COS; in the URL if it has a life. It signs the headers that are given: the host is given, as the SDKs of COS sign it.
pub fn reqsign_cos(method: Method, url: &str, headers: &[(&str, &str)], life: Option<Duration>) -> impl FnMut() -> Parts + use<> {
    let host = url.parse::<Uri>().expect("a sound URL").host().expect("the URL of an object").to_owned();
    let headers: Vec<_> = headers.iter().copied().chain([("host", &*host)]).collect();
    let credential = reqsign_tencent_cos::Credential {
        secret_id: ID.into(),
        secret_key: SECRET.into(),
        security_token: None,
        expires_in: None,
    };
    reqsign(reqsign_tencent_cos::RequestSigner::new(), credential, method, url, &headers, life)
}

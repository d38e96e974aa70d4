//! The other signers, each used as its documentation shows, with all that can be kept between calls kept.

use futures::{FutureExt as _, executor::block_on};
use http::{Method, Request, header::HeaderMap};
use object_store::signer::Signer as _;
use qiniu_upload_token::{ToStringOptions, UploadPolicy, UploadTokenProvider as _, credential};
use reqsign_core::{Context, SignRequest};
use std::time::{Duration, SystemTime};

pub const ID: &str = "CSIDEXAMPLE0001";
pub const SECRET: &str = "madeUpSecretOnlyForThisBenchmark";
pub const LIFE: Duration = Duration::from_secs(900);

/// A signer of reqsign without its loading of credentials.
fn reqsign<S: SignRequest>(
    signer: S,
    credential: S::Credential,
    method: Method,
    url: &str,
    headers: &[(&'static str, &'static str)],
    life: Option<Duration>,
) -> impl FnMut() -> http::request::Parts + use<S> {
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

pub fn reqsign_oss_v1(
    method: Method,
    url: &str,
    headers: &[(&'static str, &'static str)],
    life: Option<Duration>,
) -> impl FnMut() -> http::request::Parts + use<> {
    reqsign(reqsign_aliyun_oss::RequestSigner::new("photos"), oss_credential(), method, url, headers, life)
}

pub fn reqsign_oss_v4(
    method: Method,
    url: &str,
    headers: &[(&'static str, &'static str)],
    life: Option<Duration>,
) -> impl FnMut() -> http::request::Parts + use<> {
    let signer = reqsign_aliyun_oss::RequestSigner::new("photos")
        .with_region("cn-hangzhou")
        .with_signing_version(reqsign_aliyun_oss::SigningVersion::V4);
    reqsign(signer, oss_credential(), method, url, headers, life)
}

fn oss_credential() -> reqsign_aliyun_oss::Credential {
    reqsign_aliyun_oss::Credential {
        access_key_id: ID.into(),
        access_key_secret: SECRET.into(),
        security_token: None,
        expires_in: None,
    }
}

pub fn reqsign_s3_v4(
    method: Method,
    url: &str,
    headers: &[(&'static str, &'static str)],
    life: Option<Duration>,
) -> impl FnMut() -> http::request::Parts + use<> {
    let credential = reqsign_aws_v4::Credential {
        access_key_id: ID.into(),
        secret_access_key: SECRET.into(),
        session_token: None,
        expires_in: None,
    };
    reqsign(reqsign_aws_v4::RequestSigner::new("s3", "us-east-1"), credential, method, url, headers, life)
}

pub fn reqsign_cos(
    method: Method,
    url: &str,
    headers: &[(&'static str, &'static str)],
    life: Option<Duration>,
) -> impl FnMut() -> http::request::Parts + use<> {
    let credential = reqsign_tencent_cos::Credential {
        secret_id: ID.into(),
        secret_key: SECRET.into(),
        security_token: None,
        expires_in: None,
    };
    reqsign(reqsign_tencent_cos::RequestSigner::new(), credential, method, url, headers, life)
}

pub fn rusty_s3(key: &str) -> impl FnMut() -> url::Url + use<> {
    use rusty_s3::S3Action as _;
    let endpoint = "https://s3.us-east-1.amazonaws.com".parse().expect("a sound URL");
    let bucket =
        rusty_s3::Bucket::new(endpoint, rusty_s3::UrlStyle::VirtualHost, "photos", "us-east-1").expect("a sound endpoint");
    let credentials = rusty_s3::Credentials::new(ID, SECRET);
    let key = key.to_owned();
    move || bucket.get_object(Some(&credentials), &key).sign(LIFE)
}

/// What `aws-sigv4` is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Url,
    Headers,
}

pub fn aws_sigv4(
    method: &'static str,
    url: &str,
    headers: &'static [(&'static str, &'static str)],
    place: Place,
) -> impl FnMut() -> String + use<> {
    use aws_sigv4::{
        http_request::{
            PayloadChecksumKind, SignableBody, SignableRequest, SignatureLocation, SigningSettings, UriPathNormalizationMode,
            sign,
        },
        sign::v4::SigningParams,
    };
    let identity = aws_credential_types::Credentials::new(ID, SECRET, None, None, "benchmark").into();
    let url = url.to_owned();
    move || {
        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = aws_sigv4::http_request::PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        if place == Place::Url {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(LIFE);
        } else {
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        let identity: &aws_smithy_runtime_api::client::identity::Identity = &identity;
        let params = SigningParams::builder().identity(identity).region("us-east-1").name("s3").time(SystemTime::now());
        let params = params.settings(settings).build().expect("all is given").into();
        let request =
            SignableRequest::new(method, &url, headers.iter().copied(), SignableBody::UnsignedPayload).expect("a sound request");
        let (instructions, signature) = sign(request, &params).expect("a sound request").into_parts();
        drop(instructions);
        signature
    }
}

pub fn aws_sign_v4(method: &'static str, url: &str, headers: &[(&'static str, &'static str)]) -> impl FnMut() -> String + use<> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().expect("a sound value"));
    }
    let url = url.to_owned();
    move || {
        let now = chrono::Utc::now();
        aws_sign_v4::AwsSign::new(method, &url, &now, &map, "us-east-1", ID, SECRET, "s3", "").sign()
    }
}

pub fn object_store(key: &str) -> impl FnMut() -> url::Url + use<> {
    let store = object_store::aws::AmazonS3Builder::new()
        .with_bucket_name("photos")
        .with_region("us-east-1")
        .with_access_key_id(ID)
        .with_secret_access_key(SECRET)
        .build()
        .expect("all is given");
    let path = object_store::path::Path::from(key);
    move || block_on(store.signed_url(Method::GET, &path, LIFE)).expect("a sound path")
}

pub fn qiniu_ready(policy: &'static str) -> impl FnMut() -> String {
    let credential = credential::Credential::new(ID, SECRET);
    move || credential.sign_with_data(policy.as_bytes())
}

pub fn qiniu_built() -> impl FnMut() -> String {
    let credential = credential::Credential::new(ID, SECRET);
    move || {
        let policy = UploadPolicy::new_for_object("photos", "u/1042/a.jpg", LIFE).build();
        let provider = policy.into_dynamic_upload_token_provider(credential.clone());
        provider.to_token_string(ToStringOptions::default()).expect("a sound policy").into_owned()
    }
}

pub fn qiniu_decoded(token: String) -> impl FnMut() -> bool {
    use qiniu_upload_token::{GetPolicyOptions, StaticUploadTokenProvider};
    move || {
        let provider = StaticUploadTokenProvider::new(token.clone());
        provider.policy(GetPolicyOptions::default()).expect("a sound token").bucket().is_some()
    }
}

pub fn qiniu_private_url(url: &'static str) -> impl FnMut() -> http_0_2::Uri {
    let credential = credential::Credential::new(ID, SECRET);
    let url: http_0_2::Uri = url.parse().expect("a sound URL");
    move || credential.sign_download_url(url.clone(), LIFE)
}

pub fn qcos(key: &str) -> impl FnMut() -> String + use<> {
    let client = qcos::client::Client::new(ID, SECRET, "photos-1250000000", "ap-guangzhou");
    let key = key.to_owned();
    move || client.get_presigned_download_url(&key, 900)
}

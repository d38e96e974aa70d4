//! Signers for Amazon S3.

use super::{Headers, LIFE};
use aws_sigv4::http_request::SigningInstructions;
use countersign_bench::inputs::{ID, SECRET};
use futures::executor::block_on;
use http::{
    Method,
    header::{HOST, HeaderMap, HeaderName, HeaderValue},
};
use object_store::signer::Signer as _;
use std::time::SystemTime;
use url::Url;

/// A URL of `rusty-s3`.
pub fn rusty_s3(key: &str) -> impl FnMut() -> Url + use<> {
    use rusty_s3::S3Action as _;
    let endpoint = "https://s3.us-east-1.amazonaws.com".parse().expect("a sound URL");
    let bucket =
        rusty_s3::Bucket::new(endpoint, rusty_s3::UrlStyle::VirtualHost, "photos", "us-east-1").expect("a sound endpoint");
    let credentials = rusty_s3::Credentials::new(ID, SECRET);
    let key = key.to_owned();
    move || bucket.get_object(Some(&credentials), &key).sign(LIFE)
}

/// Where `aws-sigv4` puts the signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the URL.
    Url,
    /// In a header.
    Headers,
}

/// What `aws-sigv4` says is to be added to a request: parameters or headers.
pub fn aws_sigv4(method: &'static str, url: &str, headers: Headers, place: Place) -> impl FnMut() -> SigningInstructions + use<> {
    use aws_sigv4::{
        http_request::{
            PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
            UriPathNormalizationMode, sign,
        },
        sign::v4::SigningParams,
    };
    let identity = aws_credential_types::Credentials::new(ID, SECRET, None, None, "benchmark").into();
    let url = url.to_owned();
    move || {
        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = PercentEncodingMode::Single;
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
        let body = if place == Place::Url { SignableBody::UnsignedPayload } else { SignableBody::Bytes(b"") };
        let request = SignableRequest::new(method, &url, headers.iter().copied(), body).expect("a sound request");
        sign(request, &params).expect("a sound request").into_parts().0
    }
}

/// The `Authorization` header of `aws-sign-v4`, with the headers it is over: it adds none.
pub fn aws_sign_v4(method: &'static str, url: &str, headers: Headers) -> impl FnMut() -> (HeaderMap, String) + use<> {
    const EMPTY: HeaderValue = HeaderValue::from_static("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let host = Url::parse(url).expect("a sound URL").host_str().expect("it has a host").parse().expect("a sound host");
    let host: HeaderValue = host;
    let url = url.to_owned();
    move || {
        let now = chrono::Utc::now();
        let mut map = HeaderMap::with_capacity(headers.len() + 3);
        for (name, value) in headers {
            map.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        map.insert(HOST, host.clone());
        let date = now.format("%Y%m%dT%H%M%SZ").to_string().try_into().expect("a sound value");
        map.insert("x-amz-date", date);
        map.insert("x-amz-content-sha256", EMPTY);
        let authorization = aws_sign_v4::AwsSign::new(method, &url, &now, &map, "us-east-1", ID, SECRET, "s3", "").sign();
        (map, authorization)
    }
}

/// A URL of `object_store`.
pub fn object_store(key: &str) -> impl FnMut() -> Url + use<> {
    let store = object_store::aws::AmazonS3Builder::new()
        .with_bucket_name("photos")
        .with_region("us-east-1")
        .with_access_key_id(ID)
        .with_secret_access_key(SECRET)
        .with_virtual_hosted_style_request(true)
        .build()
        .expect("all is given");
    let path = object_store::path::Path::parse(key).expect("a sound path");
    move || block_on(store.signed_url(Method::GET, &path, LIFE)).expect("a sound path")
}

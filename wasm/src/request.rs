//! Requests and URLs.

use crate::reply::{Fields, Refused, number};
use alloc::vec::Vec;
use countersign::{
    Addressing, Body, Credentials, Payload, Request, Scheme, SignedHeaders, Terms, Timestamp, providers, wire::header::Header,
};

/// What this file of WebAssembly signs requests with.
static SCHEMES: &[&dyn Scheme] = &[
    #[cfg(feature = "cos")]
    &providers::cos::XML_HEADER,
    #[cfg(feature = "cos")]
    &providers::cos::XML_URL,
    #[cfg(feature = "kodo")]
    &providers::kodo::MAC,
    #[cfg(feature = "kodo")]
    &providers::kodo::QBOX,
    #[cfg(feature = "kodo")]
    &providers::kodo::PRIVATE_URL,
    #[cfg(feature = "ks3")]
    &providers::ks3::V2_HEADER,
    #[cfg(feature = "ks3")]
    &providers::ks3::V2_URL,
    #[cfg(feature = "ks3")]
    &providers::ks3::V4_HEADER,
    #[cfg(feature = "ks3")]
    &providers::ks3::V4_URL,
    #[cfg(feature = "oss")]
    &providers::oss::V1_HEADER,
    #[cfg(feature = "oss")]
    &providers::oss::V1_URL,
    #[cfg(feature = "oss")]
    &providers::oss::V4_HEADER,
    #[cfg(feature = "oss")]
    &providers::oss::V4_URL,
    #[cfg(feature = "s3")]
    &providers::s3::V4_HEADER,
    #[cfg(feature = "s3")]
    &providers::s3::V4_URL,
];

/// Fields: scheme, method, URL, region, service, bucket, addressing, life in seconds, clock in Unix seconds, what stands for
/// the payload (`body`, or the text itself), the names of the signed headers separated by `;` or nothing for the usual
/// ones; then names and values of headers.
///
/// Answer: the URL, then names and values of the headers to add.
pub(crate) fn sign(who: &Credentials, fields: &str, body: &[u8]) -> Result<Fields, Refused> {
    let mut fields = fields.split('\0');
    let mut next = || fields.next().unwrap_or_default();
    let id = next();
    let scheme = SCHEMES.iter().copied().find(|scheme| scheme.id() == id).ok_or_else(|| Refused::new("internal", id))?;
    let (method, url, region, service, bucket, addressing) = (next(), next(), next(), next(), next(), next());
    let (life, at, payload, names) = (next(), next(), next(), next());
    let names: Vec<_> = names.split(';').filter(|name| !name.is_empty()).collect();

    let mut terms = Terms::at(Timestamp::from_unix(at.parse().unwrap_or_default()));
    terms.expires_in = number(life);
    terms.region = given(region);
    terms.service = given(service);
    terms.bucket = given(bucket);
    terms.addressing = match addressing {
        "path" => Some(Addressing::Path),
        "custom-domain" => Some(Addressing::CustomDomain),
        _ => None,
    };
    if payload != "body" {
        terms.payload = if payload.is_empty() { Payload::Unsigned } else { Payload::Text(payload) };
    }
    if !names.is_empty() {
        terms.signed_headers = SignedHeaders::Only(&names);
    }
    let mut headers = Vec::new();
    while let (Some(name), Some(value)) = (fields.next(), fields.next()) {
        headers.push(Header::new(name, value.as_bytes()));
    }
    let request = Request::new(method, url).map_err(|_| Refused::new("url-unusable", url))?;
    let request = request.with_headers(&headers).with_body(Body::Bytes(body));
    let signed = countersign::sign(scheme, &request, who, &terms)?;
    let mut answer = Fields::new();
    answer.push(signed.url.as_deref().unwrap_or(url));
    for (name, value) in &signed.headers {
        answer.push(name);
        answer.push(value);
    }
    Ok(answer)
}

fn given(field: &str) -> Option<&str> {
    Some(field).filter(|field| !field.is_empty())
}

//! Requests and URLs.

use crate::{
    desk::{answered, text},
    reply::{Refused, field},
};
use countersign::{
    Addressing, Body, Credentials, Payload, Request, Scheme, SignedHeaders, Terms, Timestamp, providers, wire::header::Header,
};
use wasm_bindgen::prelude::wasm_bindgen;

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

/// Completes a request, or makes a signed URL. The question has the fields scheme, method, URL, region, service, bucket,
/// addressing, what stands for the payload (`body`, or the text itself), the names of the signed headers separated by `;` or
/// nothing for the usual ones; then names and values of headers. The body stands behind it. Clock and life are in seconds;
/// no life is below zero.
///
/// The answer has the URL, then names and values of the headers to add.
#[wasm_bindgen]
#[must_use]
pub fn sign(key: usize, question: usize, body: usize, clock: f64, life: f64) -> usize {
    answered(key, question + body, |who, all, answer| {
        let (question, body) = all.split_at_checked(question).unwrap_or_default();
        let life = (life >= 0.0).then_some(life as u64);
        if let Err(refused) = sign_into(who, question, body, clock as i64, life, answer) {
            refused.write(answer);
        }
    })
}

fn sign_into(
    who: &Credentials,
    question: &[u8],
    body: &[u8],
    clock: i64,
    life: Option<u64>,
    answer: &mut Vec<u8>,
) -> Result<(), Refused> {
    let mut fields = question.split(|byte| *byte == 0).map(text);
    let mut next = || fields.next().unwrap_or_default();
    let id = next();
    let scheme = SCHEMES.iter().copied().find(|scheme| scheme.id() == id).ok_or(Refused::INTERNAL)?;
    let (method, url, region, service, bucket, addressing) = (next(), next(), next(), next(), next(), next());
    let (payload, names) = (next(), next());
    let names: Vec<_> = names.as_bytes().split(|byte| *byte == b';').filter(|name| !name.is_empty()).map(text).collect();

    let mut terms = Terms::at(Timestamp::from_unix(clock));
    terms.expires_in = life;
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
    let request = Request::new(method, url).map_err(|_| Refused::new("url-unusable", ""))?;
    let request = request.with_headers(&headers).with_body(Body::Bytes(body));
    let (mut signed, mut added) = (Vec::new(), Vec::new());
    countersign::sign_into(scheme, &request, who, &terms, &mut signed, |name, value| {
        field(&mut added, &[name.as_bytes()]);
        field(&mut added, &[value]);
    })?;
    field(answer, &[if signed.is_empty() { url.as_bytes() } else { &signed }, &added]);
    Ok(())
}

fn given(field: &str) -> Option<&str> {
    Some(field).filter(|field| !field.is_empty())
}

//! Signing: completes a request or a form, or makes a signed URL.

use crate::{
    error::SignError,
    family::marks,
    phrase::words,
    scheme::{Additions, Carrier, Scheme},
    secret::Credentials,
    signature::Signature,
    subject::{Added, Form, Request, Subject},
    terms::{Claim, Terms},
    wire::{percent, url::Transport},
};
use alloc::{string::String, vec::Vec};

/// What signing gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Signed {
    /// The scheme it was signed with.
    pub scheme: &'static dyn Scheme,
    /// The signature.
    pub signature: Signature,
    /// Header fields to add to the request, in order; `Authorization` comes last.
    pub headers: Vec<(String, String)>,
    /// The signed URL, for schemes that put the signature there.
    pub url: Option<String>,
    /// Fields to add to the form, in order; the signature comes last.
    pub fields: Vec<(String, String)>,
}

/// Signs a request.
///
/// Headers the scheme needs (date, payload hash, session token) are added unless the request has
/// them; their values are then taken as they are.
///
/// ```
/// use countersign::{Credentials, Request, SecretKey, Terms, Timestamp, providers::oss, sign};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let request = Request::new("PUT", "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg")?
///     .header("Content-Type", "image/jpeg");
/// let at = Timestamp::from_unix(1_773_500_966);
///
/// let signed = sign(&oss::V1_HEADER, &request, &who, &Terms::at(at))?;
/// let names: Vec<_> = signed.headers.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names, ["Date", "Authorization"]);
///
/// // V4 has the region in its key.
/// assert!(sign(&oss::V4_HEADER, &request, &who, &Terms::at(at)).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the terms lack something the scheme needs, or the request is signed already.
pub fn sign(
    scheme: &'static dyn Scheme,
    request: &Request<'_>,
    who: &Credentials,
    terms: &Terms<'_>,
) -> Result<Signed, SignError> {
    if let Some(carrier) = marks::on_request(scheme, request) {
        return Err(SignError::AlreadySigned(carrier.as_str()));
    }
    let claim = scheme.state(request, who, terms)?;
    let mut additions = Additions::default();
    scheme.place(request, &claim, &mut additions);
    let params = additions.plain_params();
    let complete = Subject::Request(request.with_added(Added { headers: &additions.headers, params: &params }));
    let mac = scheme.mac(&complete, &claim, who.secret())?;
    let signature = Signature::new(&mac, scheme.seal(&claim).encoding);
    Ok(carry(scheme, request, &claim, &additions, signature))
}

/// Makes a signed URL that lives for `terms.expires_in` seconds.
///
/// ```
/// use countersign::{Credentials, Request, SecretKey, Terms, Timestamp, presign, providers::s3};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let request = Request::new("GET", "https://photos.s3.us-east-1.amazonaws.com/a.jpg")?;
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1").expires_in(900);
///
/// let url = presign(&s3::V4_URL, &request, &who, &terms)?;
/// assert!(url.contains("&X-Amz-Expires=900&") && url.contains("&X-Amz-Signature="));
///
/// // A week is the longest life V4 knows.
/// assert!(presign(&s3::V4_URL, &request, &who, &terms.expires_in(604_801)).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`sign`], and when the scheme puts its signature elsewhere than in the URL.
pub fn presign(
    scheme: &'static dyn Scheme,
    request: &Request<'_>,
    who: &Credentials,
    terms: &Terms<'_>,
) -> Result<String, SignError> {
    let signed = sign(scheme, request, who, terms)?;
    signed.url.ok_or(SignError::Terms(words!("a scheme that puts its signature in the URL")))
}

/// Signs an upload form that has its policy.
///
/// ```
/// use countersign::{Credentials, Encoding, Form, SecretKey, Terms, Timestamp, providers::{ks3, oss}, sign_form};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let policy = r#"{"expiration":"2026-03-14T16:00:00.000Z","conditions":[{"bucket":"photos"}]}"#;
/// let policy = Encoding::Base64.encode(policy.as_bytes());
/// let form = Form::new().field("key", "a.jpg").field("policy", &policy);
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966));
///
/// let signed = sign_form(&ks3::POST, &form, &who, &terms)?;
/// let names: Vec<_> = signed.fields.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names, ["KSSAccessKeyId", "signature"]);
///
/// // A scheme for requests signs no forms.
/// assert!(sign_form(&oss::V1_HEADER, &form, &who, &terms).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the scheme signs no forms, the form lacks its policy, or it is signed already.
pub fn sign_form(
    scheme: &'static dyn Scheme,
    form: &Form<'_>,
    who: &Credentials,
    terms: &Terms<'_>,
) -> Result<Signed, SignError> {
    if let Some(carrier) = marks::on_form(form) {
        return Err(SignError::AlreadySigned(carrier.as_str()));
    }
    let subject = Subject::Form(form.clone());
    let claim = scheme.state_form(form, who, terms)?;
    let mut additions = Additions::default();
    scheme.place_fields(form, &claim, &mut additions);
    let mac = scheme.mac(&subject, &claim, who.secret())?;
    let signature = Signature::new(&mac, scheme.seal(&claim).encoding);
    let text = |pieces: &[&[u8]]| String::from_utf8_lossy(&pieces.concat()).into_owned();
    let mut fields: Vec<_> = additions.params.iter().map(|(name, pieces)| (String::from(*name), text(pieces))).collect();
    if let Carrier::Field(name) = scheme.carrier() {
        let mut carried = String::new();
        scheme.carry(&claim, &signature.text(), &mut carried);
        fields.push((name.into(), carried));
    }
    Ok(Signed { scheme, signature, headers: Vec::new(), url: None, fields })
}

fn carry(
    scheme: &'static dyn Scheme,
    request: &Request<'_>,
    claim: &Claim<'_>,
    additions: &Additions<'_>,
    signature: Signature,
) -> Signed {
    let text = signature.text();
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut headers: Vec<_> = additions.headers.iter().map(|field| (String::from(field.name), lossy(field.value))).collect();
    let mut carried = String::new();
    scheme.carry(claim, &text, &mut carried);
    let url = match scheme.carrier().param_for(claim) {
        Some(name) => {
            Some(scheme.url(request, claim, &carried).unwrap_or_else(|| signed_url(request, additions, name, &carried)))
        }
        None => {
            headers.push(("Authorization".into(), carried));
            None
        }
    };
    Signed { scheme, signature, headers, url, fields: Vec::new() }
}

/// What is left bare in the values of an RTMP URL.
static RTMP_VALUE: percent::Kept = percent::Kept::alphanumeric_and(b"-._~;");

/// The URL of the request with the added parameters and the signature behind it.
fn signed_url(request: &Request<'_>, additions: &Additions<'_>, name: &str, signature: &str) -> String {
    let mut url = Vec::with_capacity(512);
    url.extend_from_slice(request.transport().map_or("https", Transport::as_str).as_bytes());
    url.extend_from_slice(b"://");
    url.extend_from_slice(&request.host().unwrap_or_default());
    url.extend_from_slice(if request.path().is_empty() { b"/" } else { request.path() });
    let mut lead = b'?';
    if let Some(query) = request.query().filter(|query| !query.is_empty()) {
        url.push(lead);
        url.extend_from_slice(query);
        lead = b'&';
    }
    // Vendors leave `;` bare in RTMP URLs, which are not taken apart as those of HTTP are.
    let kept = if request.transport() == Some(Transport::Rtmp) { &RTMP_VALUE } else { &percent::UNRESERVED };
    for (added, pieces) in &additions.params {
        url.push(lead);
        percent::encode(added.as_bytes(), &percent::UNRESERVED, &mut url);
        url.push(b'=');
        for piece in pieces {
            percent::encode(piece, kept, &mut url);
        }
        lead = b'&';
    }
    url.push(lead);
    url.extend_from_slice(name.as_bytes());
    url.push(b'=');
    percent::encode(signature.as_bytes(), &percent::UNRESERVED, &mut url);
    String::from_utf8(url).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

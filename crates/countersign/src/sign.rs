//! Signing: completes a request or a form, or makes a signed URL.

use crate::{
    error::{DraftError, SignError},
    family::marks,
    fields::Fields,
    pen::{List, Origin},
    phrase::words,
    scheme::{Additions, Carrier, Link, Scheme, seal_into},
    secret::Credentials,
    signature::{Encoded, Signature},
    subject::{Form, Request, Subject},
    terms::{Claim, Terms, check_id},
    wire::{Ink, line::Line, text::Text, url::Transport},
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
    pub headers: Fields,
    /// The signed URL, for schemes that put the signature there.
    pub url: Option<String>,
    /// Fields to add to the form, in order; the signature comes last.
    pub fields: Fields,
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
/// let names: Vec<_> = signed.headers.iter().map(|(name, _)| name).collect();
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
    complete(scheme, request, who, terms, |complete| {
        let mut headers = Fields::with_capacity(complete.headers_len());
        complete.headers(&mut |name, value| headers.push(name, value));
        let url = complete.in_url().map(|name| complete.url(name));
        Signed { scheme, signature: complete.signature.clone(), headers, url, fields: Fields::default() }
    })
}

/// Signs a request, gives each header field to add, in order, to `take`, and writes the signed URL to `url`, for schemes that
/// put the signature there.
///
/// # Errors
///
/// As [`sign`]. Nothing is written then.
pub fn sign_into(
    scheme: &'static dyn Scheme,
    request: &Request<'_>,
    who: &Credentials,
    terms: &Terms<'_>,
    url: &mut dyn Ink,
    mut take: impl FnMut(&str, &[u8]),
) -> Result<(), SignError> {
    complete(scheme, request, who, terms, |complete| {
        if let Some(name) = complete.in_url() {
            complete.write_url(name, url);
        }
        complete.headers(&mut take);
    })
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
    complete(scheme, request, who, terms, |complete| complete.in_url().map(|name| complete.url(name)))?.ok_or(NO_URL)
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
/// let names: Vec<_> = signed.fields.iter().map(|(name, _)| name).collect();
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
    complete_form(scheme, form, who, terms, |signature, complete| {
        let mut fields = Fields::with_capacity(512);
        complete(&mut |name, value| fields.push(name, value));
        Signed { scheme, signature: signature.clone(), headers: Fields::default(), url: None, fields }
    })
}

/// Why [`presign`] makes no URL.
pub(crate) const NO_URL: SignError = SignError::Terms(words!("another scheme, which puts its signature in the URL,"));
/// Why [`Signer::sign_into`](crate::Signer::sign_into) has no headers to give.
pub(crate) const NO_HEADERS: SignError = SignError::Terms(words!("another scheme, which puts its signature in the headers,"));

/// The header that carries signatures.
const AUTHORIZATION: &str = "Authorization";

/// Takes a name and its value.
pub(crate) type Take<'t> = dyn FnMut(&str, &[u8]) + 't;

/// A request and all that signing adds to it.
pub(crate) struct Complete<'r, 'a, 'c> {
    scheme: &'static dyn Scheme,
    request: &'r Request<'a>,
    claim: &'r Claim<'a>,
    additions: &'r Additions<'c>,
    pub(crate) signature: &'r Signature,
}

/// Signs a request, and gives what was made to `take`: nothing of it outlives this call.
pub(crate) fn complete<R>(
    scheme: &'static dyn Scheme,
    request: &Request<'_>,
    who: &Credentials,
    terms: &Terms<'_>,
    take: impl FnOnce(Complete<'_, '_, '_>) -> R,
) -> Result<R, SignError> {
    if let Some(carrier) = marks::on_request(scheme, request) {
        return Err(SignError::AlreadySigned(carrier.as_str()));
    }
    terms.check_time()?;
    // What reads a signed URL tells a push by its transport, and would not find another scheme's signature in it.
    match (scheme.link(), request.is_push()) {
        (Link::Push, false) => return Err(SignError::Terms(words!("an `rtmp://` URL"))),
        (Link::Escaped, true) => return Err(SignError::Terms(words!("an `https://` or `http://` URL"))),
        _ => {}
    }
    let mut claim = Claim::new(scheme, Text::from(who.access_key_id()));
    scheme.state(request, who, terms, &mut claim)?;
    check_stated(&claim, who, terms)?;
    // The first segment of a path is not signed as the bucket because nothing else is known.
    if claim.bucket.as_ref().is_some_and(|bucket| bucket.origin == Origin::Assumed)
        && (terms.addressing.is_some() || !scheme.signs_path_as_sent())
    {
        return Err(DraftError::BucketNeeded.into());
    }
    let mut additions = match scheme.link().kept() {
        Some(kept) => Additions::escaped(kept),
        None => Additions::default(),
    };
    scheme.place(request, &claim, &mut additions);
    check_params(scheme, request, &claim, &additions)?;
    let subject = &request.with_added(additions.added());
    let mut signature = Signature::empty();
    seal_into(&mut signature, scheme, who.secret(), &Subject::Borrowed(subject), &claim)?;
    let signature = &signature;
    if let Some(name) = scheme.carrier().param_for(&claim)
        && scheme.link() != Link::SignatureFirst
    {
        additions.carry(name, signature.encoding(), |value| scheme.carry(&claim, signature.encoded(&mut Encoded::new()), value));
    }
    Ok(take(Complete { scheme, request, claim: &claim, additions: &additions, signature }))
}

/// Signs a form. `take` is given a function that lists the fields to add.
pub(crate) fn complete_form<R>(
    scheme: &'static dyn Scheme,
    form: &Form<'_>,
    who: &Credentials,
    terms: &Terms<'_>,
    take: impl FnOnce(&Signature, &dyn Fn(&mut Take<'_>)) -> R,
) -> Result<R, SignError> {
    if let Some(carrier) = marks::on_form(form) {
        return Err(SignError::AlreadySigned(carrier.as_str()));
    }
    terms.check_time()?;
    let mut claim = Claim::new(scheme, Text::from(who.access_key_id()));
    scheme.state_form(form, who, terms, &mut claim)?;
    check_stated(&claim, who, terms)?;
    let mut additions = Additions::default();
    scheme.place_fields(form, &claim, &mut additions);
    let mut signature = Signature::empty();
    seal_into(&mut signature, scheme, who.secret(), &Subject::Form(form.by_ref()), &claim)?;
    Ok(take(&signature, &|take| {
        for (name, value) in additions.params() {
            take(name, value);
        }
        if let Carrier::Field(name) = scheme.carrier() {
            let mut carried = Line::new();
            scheme.carry(&claim, signature.encoded(&mut Encoded::new()), &mut carried);
            take(name, carried.as_slice());
        }
    }))
}

/// Refuses a URL that has a parameter of the signature's own. Where the query is signed as it stands, servers read the last one.
fn check_params(
    scheme: &dyn Scheme,
    request: &Request<'_>,
    claim: &Claim<'_>,
    additions: &Additions<'_>,
) -> Result<(), SignError> {
    if scheme.link() == Link::AsIs || request.query().is_none_or(<[u8]>::is_empty) {
        return Ok(());
    }
    let added = || additions.params().map(|(name, _)| name).chain(scheme.carrier().param_for(claim));
    match request.params().find_map(|param| added().find(|name| param.is(name))) {
        Some(name) => Err(SignError::ParamTaken(name)),
        None => Ok(()),
    }
}

/// Refuses what no server takes: a life that is over, and a key of nobody or one whose session token has no place.
fn check_stated(claim: &Claim<'_>, who: &Credentials, terms: &Terms<'_>) -> Result<(), SignError> {
    // V4 writes the life itself.
    terms.check_life(claim.expires_at.filter(|_| claim.scope.is_none()))?;
    if !claim.scheme.names_nobody() {
        check_id(who)?;
    }
    if who.token().is_some() && claim.token.is_none() {
        return Err(SignError::Terms(words!("a long-lived key, as no place for a session token is documented,")));
    }
    Ok(())
}

impl Complete<'_, '_, '_> {
    /// The parameter with the signature, if it travels in the URL.
    pub(crate) fn in_url(&self) -> Option<&'static str> {
        self.scheme.carrier().param_for(self.claim)
    }

    /// Lists the header fields to add.
    pub(crate) fn headers(&self, take: &mut Take<'_>) {
        for field in &self.additions.headers {
            take(field.name, field.value);
        }
        if self.in_url().is_none() {
            let mut carried = Line::new();
            self.scheme.carry(self.claim, self.signature.encoded(&mut Encoded::new()), &mut carried);
            take(AUTHORIZATION, carried.as_slice());
        }
    }

    /// About how long those are.
    fn headers_len(&self) -> usize {
        let added: usize = self.additions.headers.iter().map(|field| field.name.len() + field.value.len()).sum();
        if self.in_url().is_some() { added } else { added + 320 }
    }

    /// The signed URL; what is not UTF-8 in that of the request becomes U+FFFD.
    pub(crate) fn url(&self, name: &str) -> String {
        let own = self.request.path().len() + self.request.query().map_or(0, <[u8]>::len);
        let mut url = Vec::with_capacity(own + self.additions.query().len() + 256);
        self.write_url(name, &mut url);
        String::from_utf8(url).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Writes the URL of the request with the added parameters and the signature behind it.
    pub(crate) fn write_url(&self, name: &str, url: &mut dyn Ink) {
        let request = self.request;
        let link = self.scheme.link();
        let is_escaped = link.kept().is_some();
        match request.plain() {
            Some(front) if !request.path().is_empty() => url.write(front),
            _ => {
                url.write(request.transport().map_or("https", Transport::as_str).as_bytes());
                url.write(b"://");
                url.write(&request.host().unwrap_or_default());
                url.write(if is_escaped && request.path().is_empty() { b"/" } else { request.path() });
            }
        }
        let mut list = List::new("?", "&");
        // Nothing is tidied where all is taken as it is.
        if let Some(query) = request.query().filter(|query| !is_escaped || !query.is_empty()) {
            url.write(list.lead().as_bytes());
            url.write(query);
        }
        if link == Link::SignatureFirst {
            for piece in [list.lead(), name, "="] {
                url.write(piece.as_bytes());
            }
            self.scheme.carry(self.claim, self.signature.encoded(&mut Encoded::new()), url);
        }
        if !self.additions.query().is_empty() {
            url.write(list.lead().as_bytes());
            url.write(self.additions.query());
        }
    }
}

//! Countersign, as its documentation shows it.

use crate::inputs::{Clock, ID, LIFE, POST_POLICY, PUT_POLICY, SECRET};
use countersign::{
    Credentials, Document, Encoding, Form, Hints, Request, Scheme, SecretKey, Subject, Terms, Verification,
    policy::{Dialect, FilePart, Policy, Submission, evaluate},
    presign,
    providers::{
        self,
        cos::json::{Decoded, Expiry, Grant},
        kodo,
    },
    sign, sign_form, transcript, verify,
};

/// The credentials of all operations.
#[must_use]
pub fn who() -> Credentials {
    Credentials::new(ID, SecretKey::new(SECRET))
}

/// A request that is signed or verified, and how.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The scheme.
    pub scheme: &'static dyn Scheme,
    /// The verb.
    pub method: &'a str,
    /// The region, where the scheme has one.
    pub region: &'a str,
    /// The URL.
    pub url: &'a str,
    /// The headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// The time of signing.
    pub clock: Clock,
}

impl<'a> Operation<'a> {
    /// A download.
    #[must_use]
    pub const fn get(scheme: &'static dyn Scheme, region: &'a str, url: &'a str) -> Self {
        Self { scheme, method: "GET", region, url, headers: &[], clock: Clock::System }
    }

    /// An upload.
    #[must_use]
    pub const fn put(scheme: &'static dyn Scheme, region: &'a str, url: &'a str, headers: &'a [(&'a str, &'a str)]) -> Self {
        Self { scheme, method: "PUT", region, url, headers, clock: Clock::System }
    }

    /// The same at a time of one's own.
    #[must_use]
    pub const fn at(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    fn request(&self) -> Request<'a> {
        let request = Request::new(self.method, self.url).expect("a sound URL");
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    fn terms(&self) -> Terms<'a> {
        Terms::at(self.clock.now()).region(self.region)
    }

    /// The signed URL, all from the beginning: the request is put together, too.
    #[must_use]
    pub fn presigned(&self, who: &Credentials) -> String {
        presign(self.scheme, &self.request(), who, &self.terms().expires_in(LIFE)).expect("all is given")
    }

    /// The headers that sign the request.
    #[must_use]
    pub fn signed(&self, who: &Credentials) -> Vec<(String, String)> {
        let mut terms = self.terms();
        if self.scheme.provider() == "cos" {
            terms = terms.expires_in(LIFE);
        }
        sign(self.scheme, &self.request(), who, &terms).expect("all is given").headers
    }

    /// How many bytes are hashed: of the canonical request, and of the string to sign.
    #[must_use]
    pub fn lengths(&self) -> (usize, usize) {
        let (url, headers);
        let request = if self.scheme.carrier() == countersign::Carrier::Authorization {
            headers = self.signed(&who());
            headers.iter().fold(self.request(), |request, (name, value)| request.header(name, value))
        } else {
            url = self.presigned(&who());
            Request::new(self.method, &url).expect("a sound URL")
        };
        let subject = Subject::from(request);
        let claim = providers::read(&subject, &Hints::NONE, providers::Among::Scheme(self.scheme.id()));
        let claim = claim.expect("it is sound").expect("it is signed");
        let written = transcript(&subject, &claim).expect("all is known").documents;
        let length = |document| written.iter().find(|own| own.document == document).map_or(0, |own| own.text.len());
        (length(Document::CanonicalRequest), length(Document::StringToSign))
    }
}

/// Whether a signed URL is right.
#[must_use]
pub fn verified_url(method: &str, url: &str, secret: &SecretKey) -> bool {
    verified(&Request::new(method, url).expect("a sound URL").into(), secret)
}

/// Whether an upload token, or a signature of the COS JSON API, is right.
#[must_use]
pub fn verified_token(token: &[u8], secret: &SecretKey) -> bool {
    verified(&Subject::Token(token), secret)
}

fn verified(subject: &Subject<'_>, secret: &SecretKey) -> bool {
    matches!(verify(subject, secret, &Hints::NONE), Ok(Verification::Matches(_)))
}

/// An upload token of Kodo for a policy that is JSON already.
#[must_use]
pub fn kodo_ready(who: &Credentials) -> String {
    kodo::sign_policy(PUT_POLICY.as_bytes(), who)
}

/// An upload token of Kodo, its policy built.
#[must_use]
pub fn kodo_built(who: &Credentials, clock: Clock) -> String {
    let deadline = clock.now().plus(LIFE.cast_signed());
    kodo::PutPolicy::for_key("photos", "u/1042/a.jpg", deadline).build().expect("a sound policy").token(who)
}

/// Whether an upload token of Kodo can be read and names what may be uploaded.
#[must_use]
pub fn kodo_decoded(token: &str) -> bool {
    kodo::UploadToken::decode(token).scope().is_some()
}

/// A signature of the COS JSON API.
#[must_use]
pub fn cos_json(who: &Credentials, clock: Clock) -> String {
    let now = clock.now();
    Grant::new(200_001, "photos", Expiry::At(now.plus(LIFE.cast_signed())), now, 490_258_943).sign(who).expect("a sound grant")
}

/// Whether a signature of the COS JSON API can be read and names its bucket.
#[must_use]
pub fn cos_json_decoded(signature: &str) -> bool {
    Decoded::parse(signature.as_bytes()).is_ok_and(|decoded| decoded.bucket.is_some())
}

/// The fields of an upload form, its policy in JSON.
#[must_use]
pub fn form_signed(scheme: &'static dyn Scheme, region: &str, who: &Credentials, clock: Clock) -> Vec<(String, String)> {
    let policy = Encoding::Base64.encode(POST_POLICY.as_bytes());
    let form = Form::new().field("key", "u/1042/a.jpg").field("policy", &policy);
    sign_form(scheme, &form, who, &Terms::at(clock.now()).region(region)).expect("all is given").fields
}

/// Whether a policy allows an upload: it is read and judged.
#[must_use]
pub fn form_allowed() -> bool {
    let policy = Policy::parse(POST_POLICY.as_bytes(), Dialect::Oss).expect("a sound policy");
    let upload = Submission::to("photos").field("key", "u/1042/a.jpg").field("Content-Type", "image/jpeg");
    let Clock::At(now) = Clock::FIXED else { return false };
    evaluate(&policy, &upload.file(FilePart::new(12_345)), now).is_ok()
}

//! Countersign, as its documentation shows it.

use crate::inputs::{Clock, ID, LIFE, POST_POLICY, PUT_POLICY, SECRET};
use countersign::{
    Carrier, Credentials, Document, Encoding, Fields, Form, Hints, Request, Scheme, SecretKey, SignedHeaders, Signer, Subject,
    Terms, Verification, Verifier, VerifyError,
    policy::{Dialect, FilePart, Policy, Submission, evaluate},
    presign,
    providers::{
        self,
        cos::json::{Expiry, Grant},
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
    /// Which of them are signed.
    pub signed: SignedHeaders<'a>,
    /// The time of signing.
    pub clock: Clock,
}

impl<'a> Operation<'a> {
    /// A download.
    #[must_use]
    pub const fn get(scheme: &'static dyn Scheme, region: &'a str, url: &'a str) -> Self {
        Self { scheme, method: "GET", region, url, headers: &[], signed: SignedHeaders::Usual, clock: Clock::System }
    }

    /// An upload.
    #[must_use]
    pub const fn put(scheme: &'static dyn Scheme, region: &'a str, url: &'a str, headers: &'a [(&'a str, &'a str)]) -> Self {
        Self { scheme, method: "PUT", region, url, headers, signed: SignedHeaders::Usual, clock: Clock::System }
    }

    /// The same with these headers signed.
    #[must_use]
    pub const fn signing(self, signed: SignedHeaders<'a>) -> Self {
        Self { signed, ..self }
    }

    /// The same at a time of one's own.
    #[must_use]
    pub const fn at(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    fn request(&self) -> Request<'a> {
        let mut request = Request::new(self.method, self.url).expect("a sound URL");
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request
    }

    fn terms(&self) -> Terms<'a> {
        Terms::at(self.clock.now()).region(self.region).signed_headers(self.signed)
    }

    /// The terms of a signed URL, or of one of its headers.
    fn terms_for_life(&self) -> Terms<'a> {
        let terms = self.terms();
        // Only COS gives a header a life.
        if self.in_header() && self.scheme.provider() != "cos" { terms } else { terms.expires_in(LIFE) }
    }

    fn in_header(&self) -> bool {
        self.scheme.carrier() == Carrier::Authorization
    }

    /// The signed URL, all from the beginning: the request is put together, too.
    #[must_use]
    pub fn presigned(&self, who: &Credentials) -> String {
        presign(self.scheme, &self.request(), who, &self.terms_for_life()).expect("all is given")
    }

    /// The same with a signer, into a buffer that is used again and again.
    pub fn presigned_into(&self, signer: &Signer, url: &mut Vec<u8>) {
        url.clear();
        signer.presign_into(&self.request(), &self.terms_for_life(), url).expect("all is given");
    }

    /// The headers that sign the request.
    #[must_use]
    pub fn signed(&self, who: &Credentials) -> Fields {
        sign(self.scheme, &self.request(), who, &self.terms_for_life()).expect("all is given").headers
    }

    /// The same with a signer, into a buffer that is used again and again.
    pub fn signed_into(&self, signer: &Signer, head: &mut Vec<u8>) {
        head.clear();
        let write = |name: &str, value: &[u8]| {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        };
        signer.sign_into(&self.request(), &self.terms_for_life(), write).expect("all is given");
    }

    /// How many bytes are hashed: of the canonical request, and of the string to sign.
    #[must_use]
    pub fn lengths(&self) -> (usize, usize) {
        let (url, headers);
        let request = if self.in_header() {
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
    is_right(verify(&Request::new(method, url).expect("a sound URL").into(), secret, &Hints::NONE))
}

/// The same with a verifier.
#[must_use]
pub fn verified_url_by(verifier: &Verifier, method: &str, url: &str) -> bool {
    is_right(verifier.verify(&Request::new(method, url).expect("a sound URL").into(), &Hints::NONE))
}

/// Whether an upload token, or a signature of the COS JSON API, is right.
#[must_use]
pub fn verified_token(token: &[u8], secret: &SecretKey) -> bool {
    is_right(verify(&Subject::Token(token), secret, &Hints::NONE))
}

/// The same with a verifier.
#[must_use]
pub fn verified_token_by(verifier: &Verifier, token: &[u8]) -> bool {
    is_right(verifier.verify(&Subject::Token(token), &Hints::NONE))
}

/// A request that is signed in its headers, as it is received.
#[derive(Clone, Debug)]
pub struct Received<'a> {
    method: &'a str,
    url: &'a str,
    headers: Vec<(String, String)>,
}

impl<'a> Received<'a> {
    /// The request of an operation, signed.
    #[must_use]
    pub fn of(operation: &Operation<'a>) -> Self {
        let sent = operation.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let signed = operation.signed(&who());
        let added = signed.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self { method: operation.method, url: operation.url, headers: sent.chain(added).collect() }
    }

    fn subject(&self) -> Subject<'_> {
        let request = Request::new(self.method, self.url).expect("a sound URL");
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value)).into()
    }
}

/// Whether a request is rightly signed in its headers.
#[must_use]
pub fn verified_headers(received: &Received<'_>, secret: &SecretKey) -> bool {
    is_right(verify(&received.subject(), secret, &Hints::NONE))
}

/// The same with a verifier.
#[must_use]
pub fn verified_headers_by(received: &Received<'_>, verifier: &Verifier) -> bool {
    is_right(verifier.verify(&received.subject(), &Hints::NONE))
}

fn is_right(verification: Result<Verification<'_>, VerifyError>) -> bool {
    matches!(verification, Ok(Verification::Matches(_)))
}

/// An upload token of Kodo for a policy that is JSON already.
#[must_use]
pub fn kodo_ready(who: &Credentials) -> String {
    kodo::sign_policy(PUT_POLICY.as_bytes(), who)
}

/// The same into a buffer that is used again and again.
pub fn kodo_ready_into(who: &Credentials, token: &mut String) {
    token.clear();
    kodo::write_upload_token(PUT_POLICY.as_bytes(), who, token);
}

/// An upload token of Kodo, its policy built.
#[must_use]
pub fn kodo_built(who: &Credentials, clock: Clock) -> String {
    let deadline = clock.now().plus(LIFE.cast_signed());
    kodo::PutPolicy::for_key("photos", "u/1042/a.jpg", deadline).build().expect("a sound policy").token(who)
}

/// Upload tokens of Kodo for many keys: into buffers that are used again and again.
#[derive(Debug, Default)]
pub struct KodoTokens {
    /// The tokens, one behind the other.
    pub tokens: Vec<u8>,
    /// Where each of them ends.
    pub ends: Vec<usize>,
}

impl KodoTokens {
    /// Makes the tokens.
    pub fn make(&mut self, keys: &[String], who: &Credentials, clock: Clock) {
        self.tokens.clear();
        self.ends.clear();
        let deadline = clock.now().plus(LIFE.cast_signed());
        let policy = kodo::PutPolicy::for_key("photos", "any", deadline).build().expect("a sound policy");
        let keys = keys.iter().map(String::as_str);
        policy.tokens_for_keys(keys, who, &mut self.tokens, &mut self.ends).expect("keys of ordinary length");
    }

    /// Each of the tokens.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| {
            let token = self.tokens.get(start..*end).and_then(|token| str::from_utf8(token).ok());
            token.expect("a token ends where it is said to")
        })
    }
}

/// The same one by one.
pub fn kodo_one_by_one(keys: &[String], who: &Credentials, clock: Clock, take: impl FnMut(String)) {
    let deadline = clock.now().plus(LIFE.cast_signed());
    let token = |key: &String| kodo::PutPolicy::for_key("photos", key, deadline).build().expect("a sound policy").token(who);
    keys.iter().map(token).for_each(take);
}

/// The object keys of so many tokens.
#[must_use]
pub fn kodo_keys(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("u/1042/{number:05}.jpg")).collect()
}

/// Whether an upload token of Kodo can be read and names what may be uploaded.
#[must_use]
pub fn kodo_decoded(token: &str) -> bool {
    kodo::UploadToken::decode(token).scope().is_some()
}

/// A signature of the COS JSON API.
#[must_use]
pub fn cos_json(who: &Credentials, clock: Clock) -> String {
    grant(clock).sign(who).expect("a sound grant")
}

/// The same into a buffer that is used again and again.
pub fn cos_json_into(who: &Credentials, clock: Clock, signature: &mut Vec<u8>) {
    signature.clear();
    grant(clock).sign_into(who, signature).expect("a sound grant");
}

fn grant(clock: Clock) -> Grant<'static> {
    let now = clock.now();
    Grant::new(200_001, "photos", Expiry::At(now.plus(LIFE.cast_signed())), now, 490_258_943)
}

/// The fields of an upload form whose policy is JSON already.
#[must_use]
pub fn form_signed(scheme: &'static dyn Scheme, region: &str, who: &Credentials, clock: Clock) -> Fields {
    let policy = Encoding::Base64.encode(POST_POLICY.as_bytes());
    let own = [("key", &b"u/1042/a.jpg"[..]), ("policy", policy.as_bytes())];
    sign_form(scheme, &Form::new().with_fields(&own), who, &Terms::at(clock.now()).region(region)).expect("all is given").fields
}

/// The same with a signer, into a buffer that is used again and again; the caller has the encoded policy.
pub fn form_signed_into(signer: &Signer, policy: &[u8], region: &str, clock: Clock, fields: &mut Vec<u8>) {
    fields.clear();
    let own = [("key", &b"u/1042/a.jpg"[..]), ("policy", policy)];
    let write = |name: &str, value: &[u8]| {
        fields.extend_from_slice(name.as_bytes());
        fields.extend_from_slice(b"=");
        fields.extend_from_slice(value);
        fields.extend_from_slice(b"\n");
    };
    signer.sign_form_into(&Form::new().with_fields(&own), &Terms::at(clock.now()).region(region), write).expect("all is given");
}

/// Whether a policy allows an upload: it is read and judged.
#[must_use]
pub fn form_allowed(dialect: Dialect) -> bool {
    let policy = Policy::parse(POST_POLICY.as_bytes(), dialect).expect("a sound policy");
    let upload = Submission::to("photos").field("key", "u/1042/a.jpg").field("Content-Type", "image/jpeg");
    evaluate(&policy, &upload.file(FilePart::new(12_345)), Clock::FIXED.now()).is_ok()
}

/// How many conditions a policy has: it is read only.
#[must_use]
pub fn policy_read(dialect: Dialect) -> usize {
    Policy::parse(POST_POLICY.as_bytes(), dialect).expect("a sound policy").conditions.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{COS_URL, KEY, KODO_URL, OSS_URL, PUT_HEADERS, S3_URL};
    use countersign::providers::{cos, oss, s3};

    /// The key of the inputs stands in all URLs, so that who is given the key signs the same.
    #[test]
    fn every_url_ends_with_the_key() {
        for url in [OSS_URL, S3_URL, COS_URL, KODO_URL] {
            assert!(url.ends_with(&format!("/{KEY}")), "{url}");
        }
    }

    #[test]
    fn what_is_timed_is_right_in_all_its_variants() {
        let secret = || SecretKey::new(SECRET);
        let cases: [(&'static dyn Scheme, &str, &str); 5] = [
            (&oss::V1_URL, "cn-hangzhou", OSS_URL),
            (&oss::V4_URL, "cn-hangzhou", OSS_URL),
            (&s3::V4_URL, "us-east-1", S3_URL),
            (&cos::XML_URL, "", COS_URL),
            (&kodo::PRIVATE_URL, "", KODO_URL),
        ];
        for (scheme, region, url) in cases {
            let operation = Operation::get(scheme, region, url).at(Clock::FIXED);
            let signed = operation.presigned(&who());
            let (signer, mut buffer) = (Signer::new(scheme, who()), Vec::new());
            for _ in 0..2 {
                operation.presigned_into(&signer, &mut buffer);
                assert_eq!(String::from_utf8_lossy(&buffer), signed);
            }
            let verifier = Verifier::new(&[scheme], secret());
            assert!(verified_url("GET", &signed, &secret()) && verified_url_by(&verifier, "GET", &signed));
            assert!(!verified_url("PUT", &signed.replace("a.jpg", "b.jpg"), &secret()));
            assert!(!verified_url_by(&verifier, "GET", &signed.replace("a.jpg", "b.jpg")));
        }
        let mut token = String::new();
        kodo_ready_into(&who().prepared(), &mut token);
        assert_eq!(token, kodo_ready(&who()));
        assert!(verified_token(token.as_bytes(), &secret()) && kodo_decoded(&token));
        assert!(verified_token_by(&Verifier::new(&[&kodo::UPLOAD_TOKEN], secret()), token.as_bytes()));
        let mut signature = Vec::new();
        cos_json_into(&who().prepared(), Clock::FIXED, &mut signature);
        assert_eq!(String::from_utf8_lossy(&signature), cos_json(&who(), Clock::FIXED));
        assert!(verified_token(&signature, &secret()));
        let keys = kodo_keys(3);
        let mut many = KodoTokens::default();
        many.make(&keys, &who(), Clock::FIXED);
        let mut alone = Vec::new();
        kodo_one_by_one(&keys, &who(), Clock::FIXED, |token| alone.push(token));
        assert_eq!((many.each().count(), alone.len()), (3, 3));
        for (token, alone) in many.each().zip(&alone) {
            assert_eq!(token, alone);
        }
        let put = Operation::put(&s3::V4_HEADER, "us-east-1", S3_URL, PUT_HEADERS).at(Clock::FIXED);
        let received = Received::of(&put);
        assert!(verified_headers(&received, &secret()));
        assert!(verified_headers_by(&received, &Verifier::new(&[&s3::V4_HEADER], secret())));
        let policy = Encoding::Base64.encode(POST_POLICY.as_bytes());
        for (scheme, region) in [(&oss::POST_V1 as &'static dyn Scheme, "cn-hangzhou"), (&s3::V4_POST, "us-east-1")] {
            let signed = form_signed(scheme, region, &who(), Clock::FIXED);
            let signed: String = signed.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
            let mut fields = Vec::new();
            form_signed_into(&Signer::new(scheme, who()), policy.as_bytes(), region, Clock::FIXED, &mut fields);
            assert_eq!(String::from_utf8_lossy(&fields), signed);
        }
        assert!(form_allowed(Dialect::Oss) && form_allowed(Dialect::S3) && policy_read(Dialect::S3) == 4);
    }
}

//! One key and one scheme, for many signatures.

use crate::{
    error::SignError,
    scheme::Scheme,
    secret::Credentials,
    sign::{self, NO_HEADERS, NO_URL, Signed},
    subject::{Form, Request},
    terms::Terms,
    wire::Ink,
};
use alloc::{string::String, sync::Arc, vec::Vec};

/// Signs with one key, again and again: what is derived from the key is kept.
///
/// A clone shares it. So may threads, which do not wait for each other. The calls that write into a buffer allocate
/// nothing for ordinary requests: what they put together themselves (an `Authorization` header, a list of signed
/// names) has some hundred bytes of room.
///
/// ```
/// use countersign::{Credentials, Request, SecretKey, Signer, Terms, Timestamp, providers::s3};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let request = Request::new("GET", "https://photos.s3.us-east-1.amazonaws.com/a.jpg")?;
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1").expires_in(900);
///
/// let signer = Signer::new(&s3::V4_URL, who);
/// let url = signer.presign(&request, &terms)?;
///
/// let mut buffer = Vec::with_capacity(1024);
/// signer.presign_into(&request, &terms, &mut buffer)?;
/// assert_eq!(buffer, url.as_bytes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Signer {
    scheme: &'static dyn Scheme,
    who: Arc<Credentials>,
}

impl Signer {
    /// A signer for this scheme.
    #[must_use]
    pub fn new(scheme: &'static dyn Scheme, who: Credentials) -> Self {
        Self { scheme, who: Arc::new(who.prepared()) }
    }

    /// The same key for another scheme; both share what is kept.
    #[must_use]
    pub fn with_scheme(&self, scheme: &'static dyn Scheme) -> Self {
        Self { scheme, who: Arc::clone(&self.who) }
    }

    /// Who signs, for what is no request: upload tokens, policies.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.who
    }

    /// Signs a request: [`sign()`](crate::sign()) with this key.
    ///
    /// # Errors
    ///
    /// When the terms lack something the scheme needs, or the request is signed already.
    pub fn sign(&self, request: &Request<'_>, terms: &Terms<'_>) -> Result<Signed, SignError> {
        sign::sign(self.scheme, request, &self.who, terms)
    }

    /// Signs a request and gives each header field to add, in order, to `take`.
    ///
    /// ```
    /// use countersign::{Credentials, Request, SecretKey, Signer, Terms, Timestamp, providers::oss};
    ///
    /// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
    /// let signer = Signer::new(&oss::V1_HEADER, who);
    /// let request = Request::new("GET", "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg")?;
    /// let mut head = Vec::new();
    /// signer.sign_into(&request, &Terms::at(Timestamp::from_unix(1_773_500_966)), |name, value| {
    ///     head.extend_from_slice(&[name.as_bytes(), b": ", value, b"\r\n"].concat());
    /// })?;
    /// assert!(head.starts_with(b"Date: Sat, 14 Mar 2026 15:09:26 GMT\r\nAuthorization: OSS CSIDEXAMPLE0001:"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign), and when the scheme puts its signature in the URL: see [`presign_into`](Self::presign_into).
    pub fn sign_into(
        &self,
        request: &Request<'_>,
        terms: &Terms<'_>,
        mut take: impl FnMut(&str, &[u8]),
    ) -> Result<(), SignError> {
        sign::complete(self.scheme, request, &self.who, terms, |complete| match complete.in_url() {
            Some(_) => Err(NO_HEADERS),
            None => {
                complete.headers(&mut take);
                Ok(())
            }
        })?
    }

    /// Makes a signed URL: [`presign`](crate::presign) with this key.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign), and when the scheme puts its signature elsewhere than in the URL.
    pub fn presign(&self, request: &Request<'_>, terms: &Terms<'_>) -> Result<String, SignError> {
        sign::presign(self.scheme, request, &self.who, terms)
    }

    /// Writes a signed URL behind what `out` holds: a `Vec`, a `String`, or a [`Slice`](crate::wire::Slice).
    ///
    /// # Errors
    ///
    /// As [`presign`](Self::presign). Nothing is written then.
    pub fn presign_into(&self, request: &Request<'_>, terms: &Terms<'_>, out: &mut dyn Ink) -> Result<(), SignError> {
        sign::complete(self.scheme, request, &self.who, terms, |complete| {
            complete.in_url().map(|name| complete.write_url(name, out)).ok_or(NO_URL)
        })?
    }

    /// Writes signed URLs for many requests, one behind the other, and where each of them ends.
    ///
    /// They are signed one after the other. To take the blocks of two texts in turns was measured to be no faster than
    /// to hash each text at once: the block function for SHA instructions keeps the processor busy alone.
    ///
    /// ```
    /// use countersign::{Credentials, Request, SecretKey, Signer, Terms, Timestamp, providers::kodo};
    ///
    /// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
    /// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).expires_in(900);
    /// let keys = ["https://cdn.example.com/a.jpg", "https://cdn.example.com/b.jpg"];
    /// let requests = keys.iter().map(|url| Request::new("GET", *url).expect("a sound URL"));
    ///
    /// let (mut text, mut ends) = (Vec::new(), Vec::new());
    /// Signer::new(&kodo::PRIVATE_URL, who).presign_all(requests, &terms, &mut text, &mut ends)?;
    /// assert!(text[ends[0]..ends[1]].starts_with(b"https://cdn.example.com/b.jpg?e=1773501866&token="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`presign`](Self::presign), for the first request that cannot be signed. Those before it are written.
    pub fn presign_all<'r>(
        &self,
        requests: impl IntoIterator<Item = Request<'r>>,
        terms: &Terms<'_>,
        text: &mut Vec<u8>,
        ends: &mut Vec<usize>,
    ) -> Result<(), SignError> {
        for request in requests {
            self.presign_into(&request, terms, text)?;
            ends.push(text.len());
        }
        Ok(())
    }

    /// Signs an upload form: [`sign_form`](crate::sign_form) with this key.
    ///
    /// # Errors
    ///
    /// When the scheme signs no forms, the form lacks its policy, or it is signed already.
    pub fn sign_form(&self, form: &Form<'_>, terms: &Terms<'_>) -> Result<Signed, SignError> {
        sign::sign_form(self.scheme, form, &self.who, terms)
    }

    /// Signs an upload form and gives each field to add, in order, to `take`.
    ///
    /// # Errors
    ///
    /// As [`sign_form`](Self::sign_form).
    pub fn sign_form_into(&self, form: &Form<'_>, terms: &Terms<'_>, mut take: impl FnMut(&str, &[u8])) -> Result<(), SignError> {
        sign::complete_form(self.scheme, form, &self.who, terms, |_, list| list(&mut take))
    }
}

//! What signer and verifier agree on beside the request, and what a request claims.

use crate::{
    error::SignError, phrase::words, scheme::Scheme, secret::Credentials, subject::Request, time::Timestamp, wire::text::Text,
};

/// Where the bucket's name stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressing {
    /// First label of the host: `bucket.endpoint/key`.
    VirtualHost,
    /// First segment of the path: `endpoint/bucket/key`.
    Path,
    /// Nowhere: the host is a domain of the bucket's owner.
    CustomDomain,
}

/// What the payload line of a V4 signature says about the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload<'a> {
    /// The body is not signed: `UNSIGNED-PAYLOAD`.
    Unsigned,
    /// The SHA-256 of the body given with the request.
    Body,
    /// This text: a hash computed elsewhere, or a `STREAMING-...` literal.
    Text(&'a str),
}

/// What a service other than S3 does to the path before it signs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathForm {
    /// Dot segments and double slashes are resolved, as most services want.
    #[default]
    Normalized,
    /// The path is taken as it was sent.
    AsSent,
}

/// Which headers a V4 signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedHeaders<'a> {
    /// All that the vendor's own SDK signs.
    Usual,
    /// These names, lower-case, with `host` and what signing adds; for OSS and COS these names alone.
    Only(&'a [&'a str]),
}

/// Which parameters of the query a COS signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedParams<'a> {
    /// All of them.
    All,
    /// Those with these names, without escapes. The others can be changed without harm to the signature.
    Only(&'a [&'a str]),
}

/// What a signature is to say: the input of `sign` and `presign`.
///
/// ```
/// use countersign::{Terms, Timestamp};
///
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("cn-hangzhou").expires_in(900);
/// assert_eq!(terms.expires_in, Some(900));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Terms<'a> {
    /// The time of signing.
    pub time: Timestamp,
    /// Life of a signed URL, or of a COS key, in seconds.
    pub expires_in: Option<u64>,
    /// Region of a V4 scope.
    pub region: Option<&'a str>,
    /// Service of a V4 scope; the scheme's own when not given.
    pub service: Option<&'a str>,
    /// The bucket, where host and path do not tell it.
    pub bucket: Option<&'a str>,
    /// Where the bucket stands, where that is not evident.
    pub addressing: Option<Addressing>,
    /// What is said about the body by schemes of V4 in headers, unless the request has the header that says it. Signed URLs,
    /// and OSS always, leave the body unsigned.
    pub payload: Payload<'a>,
    /// Which headers are covered.
    pub signed_headers: SignedHeaders<'a>,
    /// Which parameters are covered; matters to COS alone.
    pub signed_params: SignedParams<'a>,
    /// What becomes of dot segments and double slashes; matters to `aws-v4-generic` alone.
    pub path_form: PathForm,
}

impl<'a> Terms<'a> {
    /// Terms with a time and nothing else.
    #[must_use]
    pub const fn at(time: Timestamp) -> Self {
        Self {
            time,
            expires_in: None,
            region: None,
            service: None,
            bucket: None,
            addressing: None,
            payload: Payload::Body,
            path_form: PathForm::Normalized,
            signed_headers: SignedHeaders::Usual,
            signed_params: SignedParams::All,
        }
    }

    /// Refuses a time that no date can say, or no number of seconds.
    pub(crate) fn check_time(&self) -> Result<(), SignError> {
        let is_known = self.time.unix() >= 0 && self.time.has_four_digits();
        if is_known { Ok(()) } else { Err(SignError::Terms(words!("a time from 1970 to 9999"))) }
    }

    /// Refuses a life that is over at once, or whose end, where it is written, no date can say.
    pub(crate) fn check_life(&self, end: Option<Timestamp>) -> Result<(), SignError> {
        match self.expires_in {
            Some(asked) if asked == 0 || end.is_some_and(|end| !end.has_four_digits()) => {
                let limit = u64::try_from(Timestamp::LAST.since(self.time)).unwrap_or_default();
                Err(SignError::Life { asked, limit })
            }
            _ => Ok(()),
        }
    }

    /// Sets the region of a V4 scope.
    #[must_use]
    pub const fn region(mut self, region: &'a str) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets the service of a V4 scope.
    #[must_use]
    pub const fn service(mut self, service: &'a str) -> Self {
        self.service = Some(service);
        self
    }

    /// Sets the bucket.
    #[must_use]
    pub const fn bucket(mut self, bucket: &'a str) -> Self {
        self.bucket = Some(bucket);
        self
    }

    /// Says where the bucket stands.
    #[must_use]
    pub const fn addressing(mut self, addressing: Addressing) -> Self {
        self.addressing = Some(addressing);
        self
    }

    /// Sets the life of a signed URL, or of a COS key, in seconds.
    #[must_use]
    pub const fn expires_in(mut self, seconds: u64) -> Self {
        self.expires_in = Some(seconds);
        self
    }

    /// Says what is signed of the body.
    #[must_use]
    pub const fn payload(mut self, payload: Payload<'a>) -> Self {
        self.payload = payload;
        self
    }

    /// Says which headers are signed.
    #[must_use]
    pub const fn signed_headers(mut self, signed: SignedHeaders<'a>) -> Self {
        self.signed_headers = signed;
        self
    }

    /// Says which parameters are signed (COS alone).
    #[must_use]
    pub const fn signed_params(mut self, signed: SignedParams<'a>) -> Self {
        self.signed_params = signed;
        self
    }

    /// Says what becomes of dot segments and double slashes (`aws-v4-generic` alone).
    #[must_use]
    pub const fn path_form(mut self, form: PathForm) -> Self {
        self.path_form = form;
        self
    }

    /// What of these terms a verifier needs to know, too.
    #[must_use]
    pub const fn hints(&self) -> Hints<'a> {
        Hints {
            bucket: self.bucket,
            addressing: self.addressing,
            region: self.region,
            service: self.service,
            endpoint: None,
            path_form: self.path_form,
        }
    }
}

/// Refuses a key of nobody, and one that would break the line it stands in.
#[cfg(not(feature = "compact"))]
pub(crate) fn check_id(who: &Credentials) -> Result<(), SignError> {
    let needed = if who.access_key_id().is_empty() { Some(words!("an access key id")) } else { who.fault() };
    needed.map_or(Ok(()), |needed| Err(SignError::Terms(needed)))
}

/// Pages, where little code counts, have no such keys.
#[cfg(feature = "compact")]
pub(crate) fn check_id(_: &Credentials) -> Result<(), SignError> {
    Ok(())
}

/// What a verifier knows that the request may not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The bucket, for custom domains.
    pub bucket: Option<&'a str>,
    /// Where the bucket stands.
    pub addressing: Option<Addressing>,
    /// The region the server expects; only an explanation looks at it.
    pub region: Option<&'a str>,
    /// The service the server expects; only an explanation looks at it.
    pub service: Option<&'a str>,
    /// The endpoint the client is configured with; only an explanation looks at it.
    pub endpoint: Option<&'a str>,
    /// What the service does to the path (`aws-v4-generic` alone).
    pub path_form: PathForm,
}

impl Hints<'_> {
    /// Nothing is known.
    pub const NONE: Self =
        Self { bucket: None, addressing: None, region: None, service: None, endpoint: None, path_form: PathForm::Normalized };
}

/// The four parts of a V4 scope, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// `YYYYMMDD`.
    pub date: Text<'a>,
    /// The region.
    pub region: Text<'a>,
    /// The service, or product.
    pub service: Text<'a>,
    /// The constant last word.
    pub terminator: Text<'a>,
}

impl Scope<'_> {
    /// The parts in order.
    #[must_use]
    #[inline]
    pub fn parts(&self) -> [&[u8]; 4] {
        [&self.date, &self.region, &self.service, &self.terminator]
    }
}

/// What a request says about its own signature. Nothing of it is checked: see `verify`.
///
/// All texts are exactly those that are signed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Claim<'a> {
    /// The scheme it is written in.
    pub scheme: &'static dyn Scheme,
    /// The public id of the key.
    pub access_key_id: Text<'a>,
    /// The signature as sent; empty in a claim that is being signed.
    pub signature: Text<'a>,
    /// The session token, where the request carries one.
    pub token: Option<Text<'a>>,
    /// The time of signing as written: date line, `x-amz-date`, ...
    pub time_text: Option<Text<'a>>,
    /// The interval a COS key is valid for, as written.
    pub key_time: Option<Text<'a>>,
    /// The time of signing as a point in time, when it can be read.
    pub signed_at: Option<Timestamp>,
    /// The expiry as written.
    pub expires_text: Option<Text<'a>>,
    /// The same as a point in time, when it can be read.
    pub expires_at: Option<Timestamp>,
    /// The scope of a V4 signature.
    pub scope: Option<Scope<'a>>,
    /// The names of the signed headers, in the claim's order.
    pub signed_headers: Option<Text<'a>>,
    /// The names of the signed parameters, in the claim's order.
    pub signed_params: Option<Text<'a>>,
    /// The text in the payload line.
    pub payload: Option<Text<'a>>,
    /// The bucket and what makes us think so.
    pub bucket: Option<Bucket<'a>>,
    /// What the service does to the path.
    pub path_form: PathForm,
    /// The text that carries the claim of a token, or the encoded policy of a form or URL.
    pub document: Option<Text<'a>>,
    /// Which form of the signed text is meant, where a scheme has several; `None` for the usual one.
    pub dialect: Option<&'static str>,
}

/// A bucket, where it stands, and who says so.
#[derive(Clone, Debug)]
pub struct Bucket<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Where it stands.
    pub addressing: Addressing,
    /// Who says so.
    pub origin: crate::pen::Origin,
}

impl<'a> Claim<'a> {
    /// The claim that a request will make when `who` signs it.
    ///
    /// # Errors
    ///
    /// When the terms lack something the scheme needs.
    pub fn stated(
        scheme: &'static dyn Scheme,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
    ) -> Result<Self, SignError> {
        let mut claim = Self::new(scheme, Text::from(who.access_key_id()));
        scheme.state(request, who, terms, &mut claim)?;
        Ok(claim)
    }

    /// A claim of `scheme` for `access_key_id` that says nothing else yet.
    #[must_use]
    #[inline]
    pub fn new(scheme: &'static dyn Scheme, access_key_id: Text<'a>) -> Self {
        Self {
            scheme,
            access_key_id,
            signature: Text::EMPTY,
            token: None,
            time_text: None,
            key_time: None,
            signed_at: None,
            expires_text: None,
            expires_at: None,
            scope: None,
            signed_headers: None,
            signed_params: None,
            payload: None,
            bucket: None,
            path_form: PathForm::Normalized,
            document: None,
            dialect: None,
        }
    }
}

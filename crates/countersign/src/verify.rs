//! Verifying: is the signature the one this secret gives?

use crate::{
    error::{DraftError, VerifyError},
    family::lines::READINGS,
    pen::Origin,
    providers::{self, Among},
    scheme::{self, Scheme},
    secret::SecretKey,
    signature::{Match, Signature},
    subject::Subject,
    terms::{Bucket, Claim, Hints},
};
use alloc::sync::Arc;

/// A claim whose signature is right. Only [`verify`] makes one.
#[derive(Clone, Debug)]
pub struct Verified<'a> {
    claim: Claim<'a>,
    spelling: Match,
}

impl<'a> Verified<'a> {
    /// What the request says. The signed text is known to come from the holder of the secret. Access key id and session token
    /// are a part of it in some schemes alone: the id tells which secret to check with, and proves nothing by itself.
    #[must_use]
    pub fn claim(&self) -> &Claim<'a> {
        &self.claim
    }

    /// Whether the signature was sent in its exact spelling or in another one of the same bytes.
    #[must_use]
    pub fn spelling(&self) -> Match {
        self.spelling
    }
}

/// The answer of [`verify`].
#[derive(Clone, Debug)]
pub enum Verification<'a> {
    /// The signature is right. Whether the request came in time is another question.
    Matches(Verified<'a>),
    /// The signature is another one.
    Differs {
        /// What the request says.
        claim: Claim<'a>,
        /// The signature the secret gives. Do not show it to the sender.
        expected: Signature,
    },
}

/// Checks the signature of a request, in whatever scheme it is written.
///
/// Only the signature is checked. What else a server looks at is left to whoever asks:
///
/// - Expiry and clock: compare `claim().expires_at` and `claim().signed_at` with yours. In an upload form the policy alone is
///   signed, and tells when the form ends; its date is not, so that [`policy::evaluate`](crate::policy::evaluate) must judge it.
/// - The body against the hash that a header tells of it, headers that a server wants signed, the region:
///   [`explain`](crate::explain()) looks at these as well, even at depth 0, where it searches for nothing.
/// - Whose secret it is: look it up by the id that the claim names. Most schemes do not sign the id.
///
/// Where SDKs of a vendor write the signed text in forms of their own, these are accepted, too. They
/// may cover less of the request: `claim().dialect` is `None` for the documented form.
///
/// ```
/// use countersign::{Hints, Request, SecretKey, Verification, verify};
///
/// // The example of "Authenticating Requests: Using Query Parameters", S3 API Reference.
/// let url = "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
///     &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
///     &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
///     &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
/// let secret = SecretKey::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
///
/// let get = Request::new("GET", url)?;
/// assert!(matches!(verify(&get.into(), &secret, &Hints::default())?, Verification::Matches(_)));
///
/// // The verb is signed.
/// let head = Request::new("HEAD", url)?;
/// assert!(matches!(verify(&head.into(), &secret, &Hints::default())?, Verification::Differs { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When there is no signature, or one that cannot be judged: on a domain of the bucket's owner the bucket must be named in
/// `hints`, where it is signed.
pub fn verify<'a>(subject: &Subject<'a>, secret: &SecretKey, hints: &Hints<'a>) -> Result<Verification<'a>, VerifyError> {
    let claim = providers::read(subject, hints, Among::All)?.ok_or(VerifyError::NoClaim)?;
    verify_claim(subject, claim, secret)
}

/// Checks requests signed with one key, many of them.
///
/// It looks for the schemes it is given alone, and keeps what is derived from the key. It is cheap to clone, and
/// threads may share it: they do not wait for each other.
///
/// ```
/// use countersign::{Credentials, Hints, Request, SecretKey, Terms, Timestamp, Verification, Verifier, presign, providers::s3};
///
/// let secret = "madeUpSecretOnlyForThisExample";
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new(secret));
/// let request = Request::new("GET", "https://photos.s3.us-east-1.amazonaws.com/a.jpg")?;
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1").expires_in(900);
/// let url = presign(&s3::V4_URL, &request, &who, &terms)?;
///
/// let verifier = Verifier::new(&[&s3::V4_URL, &s3::V4_HEADER], SecretKey::new(secret));
/// let received = Request::new("GET", &url)?.into();
/// assert!(matches!(verifier.verify(&received, &Hints::NONE)?, Verification::Matches(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Verifier {
    schemes: Arc<[&'static dyn Scheme]>,
    secret: Arc<SecretKey>,
}

impl Verifier {
    /// A verifier for these schemes; [`PROVIDERS`](providers::PROVIDERS) has those of each vendor.
    #[must_use]
    pub fn new(schemes: &[&'static dyn Scheme], secret: SecretKey) -> Self {
        Self { schemes: schemes.into(), secret: Arc::new(secret.prepared()) }
    }

    /// Checks the signature of a request, as [`verify`] does.
    ///
    /// # Errors
    ///
    /// When there is no signature of these schemes, or one that cannot be judged.
    pub fn verify<'a>(&self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Verification<'a>, VerifyError> {
        match scheme::read(&mut self.schemes.iter().copied(), subject, hints) {
            Ok(Some(claim)) => verify_claim(subject, claim, &self.secret),
            Ok(None) => Err(VerifyError::NoneOfSchemes),
            Err(error) => Err(error.into()),
        }
    }
}

/// Checks a claim that was read before.
///
/// Where a vendor's documents and SDKs disagree, either way of signing is accepted; `claim().dialect`
/// says which one was found.
///
/// A server that has many keys reads the claim first, and looks up the secret that belongs to its id:
///
/// ```
/// use countersign::{Hints, Request, SecretKey, Verification, decode, verify_claim};
///
/// // The first example of "Signing and Authenticating REST Requests", S3 Developer Guide.
/// let message = b"GET /photos/puppy.jpg HTTP/1.1\r\nHost: awsexamplebucket1.us-west-1.s3.amazonaws.com\r\n\
///     Date: Tue, 27 Mar 2007 19:36:42 +0000\r\n\
///     Authorization: AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=\r\n\r\n";
/// let subject = Request::parse(message)?.into();
/// let hints = Hints { bucket: Some("awsexamplebucket1"), ..Hints::NONE };
///
/// let claim = decode(&subject, &hints)?;
/// let secret = match &*claim.access_key_id {
///     b"AKIAIOSFODNN7EXAMPLE" => SecretKey::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
///     _ => return Err("nobody has this id".into()),
/// };
/// assert!(matches!(verify_claim(&subject, claim, &secret)?, Verification::Matches(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the signed text cannot be written, or differs and nothing tells which bucket is in it.
pub fn verify_claim<'a>(subject: &Subject<'a>, claim: Claim<'a>, secret: &SecretKey) -> Result<Verification<'a>, VerifyError> {
    match compare(subject, claim, secret)? {
        // With another bucket than the one that is assumed, the signature may be right.
        Verification::Differs { claim, .. } if assumed_bucket(&claim).is_some() => Err(DraftError::BucketNeeded.into()),
        verification => Ok(verification),
    }
}

/// The same with the bucket that is assumed, where nothing tells it.
pub(crate) fn compare<'a>(subject: &Subject<'a>, claim: Claim<'a>, secret: &SecretKey) -> Result<Verification<'a>, VerifyError> {
    let expected = scheme::sealed(claim.scheme, secret, subject, &claim)?;
    let spelling = expected.check(&claim.signature);
    if spelling != Match::Different {
        return Ok(Verification::Matches(Verified { claim, spelling }));
    }
    Ok(match in_a_dialect(subject, &claim, secret) {
        Some(verified) => Verification::Matches(verified),
        None => Verification::Differs { claim, expected },
    })
}

/// The bucket that is signed, if nothing tells that it is the right one. A scheme that tries every reading of a host needs none.
pub(crate) fn assumed_bucket<'c, 'a>(claim: &'c Claim<'a>) -> Option<&'c Bucket<'a>> {
    let bucket = claim.bucket.as_ref().filter(|bucket| bucket.origin == Origin::Assumed)?;
    (claim.scheme.dialects() != READINGS).then_some(bucket)
}

/// The claim in the first dialect of its scheme that gives the signature. A dialect whose text cannot be
/// written (it signs a body that is not here) is passed over.
fn in_a_dialect<'a>(subject: &Subject<'a>, claim: &Claim<'a>, secret: &SecretKey) -> Option<Verified<'a>> {
    claim.scheme.dialects().iter().find_map(|dialect| {
        let claim = claim.scheme.in_dialect(subject, claim, dialect)?;
        match scheme::sealed(claim.scheme, secret, subject, &claim).ok()?.check(&claim.signature) {
            Match::Different => None,
            spelling => Some(Verified { claim, spelling }),
        }
    })
}

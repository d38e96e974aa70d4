//! The signature of an RTMP push URL, `rtmp://<bucket>.<endpoint>/live/<channel>`.
//!
//! Follows "RTMP ingest URLs and signatures" (Alibaba Cloud OSS, API Reference, LiveChannel-related
//! operations, read 2026-11). How a session token travels is taken from the Python SDK 2.19: as
//! `security-token`, which is signed. The page names a parameter `SecurityToken` that is not.

use super::v1;
use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    family::{
        endpoint,
        lines::{self, EXPIRES, SIGNATURE},
    },
    pen::{Document, Origin, Pen, Role, line, line_end},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Link, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Addressing, Bucket, Claim, Hints, Terms},
    wire::{Few, percent, query::Param},
};
use alloc::borrow::Cow;

/// `oss-rtmp-url`
pub static RTMP_URL: Push = Push;

const ID: &str = "OSSAccessKeyId";
/// The parameter with the session token. Being none of [`UNSIGNED`], it is signed.
const TOKEN: &str = "security-token";
/// The parameters the page leaves out of the signed text.
const UNSIGNED: [&str; 4] = [ID, EXPIRES, SIGNATURE, "SecurityToken"];

/// `oss-rtmp-url`: parameters `OSSAccessKeyId`, `Expires` and `Signature`.
///
/// ```
/// use countersign::{Credentials, Hints, Request, SecretKey, Terms, Timestamp, Verification, presign, providers::oss, verify};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let channel = "rtmp://photos.oss-cn-hangzhou.aliyuncs.com/live/camera-1?playlistName=today.m3u8";
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).expires_in(3600);
///
/// let url = presign(&oss::RTMP_URL, &Request::new("PUBLISH", channel)?, &who, &terms)?;
/// let push = Request::new("PUBLISH", &url)?.into();
/// assert!(matches!(verify(&push, who.secret(), &Hints::default())?, Verification::Matches(_)));
///
/// // The channel is signed.
/// let other = url.replace("camera-1", "camera-2");
/// let push = Request::new("PUBLISH", &other)?.into();
/// assert!(matches!(verify(&push, who.secret(), &Hints::default())?, Verification::Differs { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Push;

impl Scheme for Push {
    fn id(&self) -> &'static str {
        "oss-rtmp-url"
    }

    fn provider(&self) -> &'static str {
        "oss"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request().filter(|request| request.is_push()) else { return Ok(None) };
        let claim = lines::read_url(&RTMP_URL, &v1::RULES, request, hints)?;
        Ok(claim.map(|claim| Claim { bucket: bucket(request, hints), ..claim }))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        lines::state_url(&v1::RULES, request, who, terms, claim)?;
        claim.bucket = bucket(request, &terms.hints());
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if let Some(token) = claim.token.as_ref().filter(|_| request.param(TOKEN).is_none()) {
            additions.param(TOKEN, &[token]);
        }
        additions.param(ID, &[&claim.access_key_id]);
        if let Some(expires) = &claim.expires_text {
            additions.param(EXPIRES, &[expires]);
        }
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        let bucket = claim.bucket.as_ref().ok_or(DraftError::BucketNeeded)?;
        let channel =
            request.path().strip_prefix(b"/live/").ok_or(DraftError::Missing(words!("the channel in `/live/<channel>`")))?;
        let expires = claim.expires_text.as_ref().ok_or(DraftError::Missing(words!("the expiry")))?;
        pen.open(Document::StringToSign);
        line(pen, Role::Date, Origin::Request, expires);
        params(request, pen);
        pen.part(Role::Bucket, &[], bucket.origin);
        pen.write(b"/");
        pen.write(&bucket.name);
        // Without `live`, which stands in the URL alone.
        pen.part(Role::Path, &[], Origin::Request);
        pen.write(b"/");
        pen.write(&percent::decode(channel));
        Ok(())
    }

    fn link(&self) -> Link {
        Link::Push
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        lines::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }
}

/// Writes the parameters: `name:value` and a line end each, without escapes, sorted by name.
fn params(request: &Request<'_>, pen: &mut Pen<'_>) {
    let is_signed = |param: &Param<'_>| !UNSIGNED.iter().any(|own| param.is(own));
    let mut list: Few<(Cow<'_, [u8]>, Param<'_>), 4> =
        request.params().filter(is_signed).map(|param| (param.name(), param)).collect();
    // The page wants every name once. Of a repeated one all are written, so that none goes unsigned.
    list.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, param) in &list {
        pen.part(Role::Query, name, Origin::Request);
        pen.write(name);
        pen.write(b":");
        pen.write(&param.value().unwrap_or_default());
        line_end(pen);
    }
}

/// The bucket of the host, or the one named beside the request: the path has no place for it.
fn bucket<'a>(request: &Request<'a>, hints: &Hints<'a>) -> Option<Bucket<'a>> {
    endpoint::bucket(request, hints).filter(|bucket| bucket.addressing != Addressing::Path || bucket.origin == Origin::Terms)
}

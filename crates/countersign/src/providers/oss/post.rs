//! Upload forms of OSS (PostObject), in signature versions 1 and 4.
//!
//! Follows "PostObject" (Alibaba Cloud OSS, API Reference, 2021 edition) and "POST V4 signature" of the
//! current help, read 2026-11. One document says that case matters in the names of fields, another that it
//! does not: names are written as documented and read in any case.

use super::v4::RULES;
use crate::{
    crypto::{Seal, Sha1Hash, Sha256Hash},
    error::{ClaimError, DraftError, SignError},
    family::{
        form::{self, IdFields, V4Fields},
        lines, v4,
    },
    pen::Pen,
    scheme::{Additions, Carrier, Scheme, seal_with},
    secret::{Credentials, SecretKey},
    signature::Signature,
    subject::{Form, Request, Subject},
    terms::{Claim, Hints, Terms},
    upload::{TakeField, UploadScheme},
};

/// `oss-post-v1`
pub static POST_V1: V1Post = V1Post;
/// `oss-post-v4`
pub static POST_V4: V4Post = V4Post;

static V1_FIELDS: IdFields = IdFields { id: "OSSAccessKeyId", token: Some("x-oss-security-token"), signature: "Signature" };
static V4_FIELDS: V4Fields = V4Fields {
    algorithm: "x-oss-signature-version",
    credential: "x-oss-credential",
    date: "x-oss-date",
    token: "x-oss-security-token",
    signature: "x-oss-signature",
};

/// `oss-post-v1`: fields `OSSAccessKeyId`, `policy` and `Signature`.
pub struct V1Post;

impl Scheme for V1Post {
    fn id(&self) -> &'static str {
        "oss-post-v1"
    }

    fn provider(&self) -> &'static str {
        "oss"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(V1_FIELDS.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        form::read_id(&POST_V1, &V1_FIELDS, form)
    }

    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, _: &Terms<'a>, _: &mut Claim<'a>) -> Result<(), SignError> {
        Err(DraftError::WrongSubject.into())
    }

    fn place<'c>(&self, _: &Request<'_>, _: &'c Claim<'_>, _: &mut Additions<'c>) {}

    fn state_form<'a>(
        &self,
        form: &Form<'a>,
        who: &'a Credentials,
        _: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        form::state_id(&V1_FIELDS, form, who, claim)
    }

    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        form::place_id(&V1_FIELDS, form, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, _: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        form::draft(subject, pen)
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        lines::seal()
    }

    fn seal_with(
        &self,
        secret: &SecretKey,
        subject: &Subject<'_>,
        claim: &Claim<'_>,
        signature: &mut Signature,
    ) -> Result<(), DraftError> {
        seal_with::<Sha1Hash>(self, secret, subject, claim, signature)
    }
}

impl UploadScheme for V1Post {
    fn sign_policy(&self, policy: &[u8], who: &Credentials, _: &Terms<'_>, take: &mut TakeField<'_>) -> Result<(), SignError> {
        form::sign_id(&V1_FIELDS, policy, who, take)
    }
}

/// `oss-post-v4`: fields `x-oss-signature-version` to `x-oss-signature`.
pub struct V4Post;

impl Scheme for V4Post {
    fn id(&self) -> &'static str {
        "oss-post-v4"
    }

    fn provider(&self) -> &'static str {
        "oss"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(V4_FIELDS.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        form::read_v4(&POST_V4, &RULES, &V4_FIELDS, form)
    }

    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, _: &Terms<'a>, _: &mut Claim<'a>) -> Result<(), SignError> {
        Err(DraftError::WrongSubject.into())
    }

    fn place<'c>(&self, _: &Request<'_>, _: &'c Claim<'_>, _: &mut Additions<'c>) {}

    fn state_form<'a>(
        &self,
        form: &Form<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        form::state_v4(&RULES, &V4_FIELDS, form, who, terms, claim)
    }

    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        form::place_v4(&RULES, &V4_FIELDS, form, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, _: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        form::draft(subject, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        v4::seal(&RULES, claim)
    }

    fn seal_with(
        &self,
        secret: &SecretKey,
        subject: &Subject<'_>,
        claim: &Claim<'_>,
        signature: &mut Signature,
    ) -> Result<(), DraftError> {
        seal_with::<Sha256Hash>(self, secret, subject, claim, signature)
    }
}

impl UploadScheme for V4Post {
    fn sign_policy(
        &self,
        policy: &[u8],
        who: &Credentials,
        terms: &Terms<'_>,
        take: &mut TakeField<'_>,
    ) -> Result<(), SignError> {
        form::sign_v4(&RULES, &V4_FIELDS, policy, who, terms, take)
    }
}

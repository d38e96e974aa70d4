//! Upload forms of S3, in Signature Versions 4 and 2.
//!
//! Follows "Browser-Based Uploads Using POST" (sigv4-HTTPPOSTConstructPolicy, sigv4-post-example) and, for
//! version 2, "Browser-Based Uploads Using POST" of the Developer Guide (HTTPPOSTForms), read 2026-11.

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

/// `s3-v4-post`
///
/// ```
/// use countersign::{Credentials, Encoding, Form, SecretKey, Terms, Timestamp, providers::s3, sign_form};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let policy = Encoding::Base64.encode(br#"{"expiration":"2026-03-14T16:00:00Z","conditions":[{"bucket":"photos"}]}"#);
/// let form = Form::new().field("key", "a.jpg").field("policy", &policy);
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966));
///
/// let signed = sign_form(&s3::V4_POST, &form, &who, &terms.clone().region("us-east-1"))?;
/// let names: Vec<_> = signed.fields.iter().map(|(name, _)| name).collect();
/// assert_eq!(names, ["x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature"]);
///
/// // The key is made for one region.
/// assert!(sign_form(&s3::V4_POST, &form, &who, &terms).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub static V4_POST: V4Post = V4Post;
/// `s3-v2-post`
pub static V2_POST: V2Post = V2Post;

static V4_FIELDS: V4Fields = V4Fields {
    algorithm: "x-amz-algorithm",
    credential: "x-amz-credential",
    date: "x-amz-date",
    token: "x-amz-security-token",
    signature: "x-amz-signature",
};
static V2_FIELDS: IdFields = IdFields { id: "AWSAccessKeyId", token: Some("x-amz-security-token"), signature: "signature" };

/// `s3-v4-post`: fields `x-amz-algorithm` to `x-amz-signature`.
pub struct V4Post;

impl Scheme for V4Post {
    fn id(&self) -> &'static str {
        "s3-v4-post"
    }

    fn provider(&self) -> &'static str {
        "s3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(V4_FIELDS.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        form::read_v4(&V4_POST, &RULES, &V4_FIELDS, form)
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

/// `s3-v2-post`: fields `AWSAccessKeyId`, `policy` and `signature`.
pub struct V2Post;

impl Scheme for V2Post {
    fn id(&self) -> &'static str {
        "s3-v2-post"
    }

    fn provider(&self) -> &'static str {
        "s3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(V2_FIELDS.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        form::read_id(&V2_POST, &V2_FIELDS, form)
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
        form::state_id(&V2_FIELDS, form, who, claim)
    }

    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        form::place_id(&V2_FIELDS, form, claim, additions);
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

impl UploadScheme for V2Post {
    fn sign_policy(&self, policy: &[u8], who: &Credentials, _: &Terms<'_>, take: &mut TakeField<'_>) -> Result<(), SignError> {
        form::sign_id(&V2_FIELDS, policy, who, take)
    }
}

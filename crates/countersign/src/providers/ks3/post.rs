//! KS3 upload forms: the encoded policy is signed, and nothing else.
//!
//! Follows documents 42321 and 27936 of docs.ksyun.com and the form functions of the SDKs for Java,
//! PHP, Node.js and browsers. The Base64 text is signed as it stands in the form, so that every blank of
//! the JSON counts. What the policy demands, its expiration included, is not looked at here.

use super::v2::ID;
use crate::{
    crypto::{Seal, Sha1Hash},
    error::{ClaimError, DraftError, SignError},
    family::{
        form::{self, IdFields},
        lines,
    },
    pen::Pen,
    scheme::{Additions, Carrier, Scheme, seal_with},
    secret::{Credentials, SecretKey},
    signature::Signature,
    subject::{Form, Request, Subject},
    terms::{Claim, Hints, Terms},
    upload::{TakeField, UploadScheme},
    wire::text::Text,
};

/// `ks3-post`
pub static POST: Post = Post;

/// The field with the signature. PHP and the documents write `Policy` and `Signature`; case does not matter.
const SIGNATURE: &str = "signature";
static FIELDS: IdFields = IdFields { id: ID, token: None, signature: SIGNATURE };

/// `ks3-post`: fields `KSSAccessKeyId`, `policy` and `signature`.
pub struct Post;

impl Scheme for Post {
    fn id(&self) -> &'static str {
        "ks3-post"
    }

    fn provider(&self) -> &'static str {
        "ks3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        // The only one of the three names whose case matters.
        let Some(id) = form::one_of(ID, form.fields().filter(|(name, _)| *name == ID))? else { return Ok(None) };
        let mut claim = Claim::new(&POST, Text::from(id));
        claim.document = Some(Text::from(form::needed(form, form::POLICY)?));
        claim.signature = Text::from(form::needed(form, SIGNATURE)?);
        Ok(Some(claim))
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
        form::state_id(&FIELDS, form, who, claim)
    }

    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if form.fields().all(|(name, _)| name != ID) {
            additions.param(ID, &[&claim.access_key_id]);
        }
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

impl UploadScheme for Post {
    fn sign_policy(&self, policy: &[u8], who: &Credentials, _: &Terms<'_>, take: &mut TakeField<'_>) -> Result<(), SignError> {
        form::sign_id(&FIELDS, policy, who, take)
    }
}

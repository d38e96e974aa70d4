//! Upload forms of COS (POST Object).
//!
//! Follows "POST Object" (Tencent Cloud COS, product 436, document 14690, read 2026-11) and the vendor's
//! sample server for upload policies. Other than with every other vendor the JSON itself is signed, not
//! its Base64 text. The interval a key is valid for is the field `q-key-time` and, with the same
//! value, the condition `q-sign-time`.

use super::{
    pairs::{self, ALGORITHM, ID, KEY_TIME, SHA1, SIGNATURE},
    xml::{self, TOKEN},
};
use crate::{
    crypto::{self, Seal},
    error::{ClaimError, DraftError, Fault, SignError},
    family::form,
    pen::{Document, Origin, Pen, Role, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Form, Subject},
    terms::{Claim, Hints, Terms, check_id},
    upload::{TakeField, UploadScheme},
    wire::{hex, text::Text},
};
use zeroize::Zeroizing;

/// `cos-post`
pub static POST: Post = Post;

/// `cos-post`: fields `policy`, `q-sign-algorithm`, `q-ak`, `q-key-time` and `q-signature`.
pub struct Post;

impl Scheme for Post {
    fn id(&self) -> &'static str {
        "cos-post"
    }

    fn provider(&self) -> &'static str {
        "cos"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        let Some(algorithm) = form::only(form, ALGORITHM)? else { return Ok(None) };
        if algorithm != SHA1 {
            return Err(ClaimError::new(ALGORITHM, Fault::Form(words!("`sha1`")), algorithm));
        }
        let policy = form::needed(form, form::POLICY)?;
        if Encoding::Base64.decode_short(policy).is_none() {
            return Err(ClaimError::new(form::POLICY, Fault::Form(words!("Base64 text")), policy));
        }
        let mut claim = Claim::new(&POST, Text::from(form::needed(form, ID)?));
        take_key_time(&mut claim, form::needed(form, KEY_TIME)?);
        claim.document = Some(Text::from(policy));
        claim.signature = Text::from(form::needed(form, SIGNATURE)?);
        claim.token = form::only(form, TOKEN)?.map(Text::from);
        Ok(Some(claim))
    }

    /// The key is valid from `terms.time` on: who wants room for slow clocks gives an earlier time. A key
    /// time that the form has is taken as it is: its policy names it.
    fn state_form<'a>(
        &self,
        form: &Form<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        match form.value(KEY_TIME) {
            Some(there) => take_key_time(claim, there),
            None => pairs::state(who, terms, claim)?,
        }
        claim.document = Some(Text::from(form::policy(form)?));
        claim.token = who.token().map(Text::from);
        Ok(())
    }

    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        let Some(key_time) = &claim.key_time else { return };
        list(&claim.access_key_id, key_time, claim.token.as_deref(), &mut |name, value| {
            form::add(form, name, &[value], additions)
        });
    }

    fn draft(&self, subject: &Subject<'_>, _: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let form = subject.form().ok_or(DraftError::WrongSubject)?;
        let policy = form.value(form::POLICY).ok_or(DraftError::Missing(words!("the policy")))?;
        let json = Encoding::Base64.decode_short(policy).ok_or(DraftError::Missing(words!("the policy in Base64")))?;
        pen.open(Document::CanonicalRequest);
        part(pen, Role::Policy, Origin::Request, &json);
        pen.open(Document::StringToSign);
        pen.part(Role::Digest, &[], Origin::Computed);
        pen.close_digest();
        Ok(())
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        xml::seal(claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }
}

impl UploadScheme for Post {
    fn sign_policy(
        &self,
        policy: &[u8],
        who: &Credentials,
        terms: &Terms<'_>,
        take: &mut TakeField<'_>,
    ) -> Result<(), SignError> {
        check_id(who)?;
        let mut key_time = Text::EMPTY;
        let end = pairs::state_interval(terms, &mut key_time)?;
        terms.check_life(Some(end))?;
        take(form::POLICY, &[&form::encoded(policy)]);
        let token = who.token().map(str::as_bytes);
        list(who.access_key_id().as_bytes(), &key_time, token, &mut |name, value| take(name, &[value]));
        // Each is 20 bytes, in hexadecimal.
        let (mut key, mut text) = (Zeroizing::new([0; 40]), [0; 40]);
        let mac = Zeroizing::new(crypto::mac_of(&crypto::SHA1, who.secret().expose(), &key_time));
        hex::fill(&mac, &mut *key);
        hex::fill(&crypto::digest_of(&crypto::SHA1, policy), &mut text);
        hex::fill(&crypto::mac_of(&crypto::SHA1, &*key, &text), &mut text);
        take(SIGNATURE, &[&text]);
        Ok(())
    }
}

/// Lists the fields of a form, the policy and the signature excepted.
fn list<'v>(id: &'v [u8], key_time: &'v [u8], token: Option<&'v [u8]>, take: &mut dyn FnMut(&'static str, &'v [u8])) {
    take(ALGORITHM, SHA1);
    take(ID, id);
    take(KEY_TIME, key_time);
    if let Some(token) = token {
        take(TOKEN, token);
    }
}

/// The interval is one field: it stands for both of those other forms have.
fn take_key_time<'a>(claim: &mut Claim<'a>, interval: &'a [u8]) {
    let ends = pairs::interval(interval);
    claim.signed_at = ends.map(|(start, _)| start);
    claim.expires_at = ends.map(|(_, end)| end);
    claim.time_text = Some(Text::from(interval));
    claim.key_time = Some(Text::from(interval));
}

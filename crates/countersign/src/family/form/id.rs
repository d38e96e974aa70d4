//! Forms that name the access key in a field of its own, signed by HMAC-SHA1.

use super::{POLICY, add, draft, encoded, needed, one_of, only, policy};
use crate::{
    crypto::{self, Seal},
    error::{ClaimError, DraftError, SignError},
    family::lines,
    pen::Pen,
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Form, Subject},
    terms::{Claim, Hints, Terms, check_id},
    upload::{TakeField, UploadScheme},
    wire::{base64, text::Text},
};

/// A scheme of upload forms: fields for the id of the access key, the policy, and a signature of it.
pub struct IdForm {
    pub(crate) id: &'static str,
    pub(crate) provider: &'static str,
    /// The field with the id of the access key.
    pub(crate) key_id: &'static str,
    /// Whether the case of this name matters.
    pub(crate) is_key_id_exact: bool,
    /// The field with a session token; none where forms have no place for one.
    pub(crate) token: Option<&'static str>,
    /// The field with the signature.
    pub(crate) signature: &'static str,
}

impl IdForm {
    /// Refuses temporary credentials where no field for their token is known: servers refuse what comes without it.
    fn check_token(&self, who: &Credentials) -> Result<(), SignError> {
        match (self.token, who.token()) {
            (None, Some(_)) => Err(SignError::Terms(words!("a long-lived key, as no field for a session token is documented,"))),
            _ => Ok(()),
        }
    }

    /// Lists the fields of a form, the policy and the signature excepted.
    fn list<'v>(&self, id: &'v [u8], token: Option<&'v [u8]>, take: &mut dyn FnMut(&'static str, &[&'v [u8]])) {
        take(self.key_id, &[id]);
        if let (Some(name), Some(token)) = (self.token, token) {
            take(name, &[token]);
        }
    }
}

impl Scheme for IdForm {
    fn id(&self) -> &'static str {
        self.id
    }

    fn provider(&self) -> &'static str {
        self.provider
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(self.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        let name = self.key_id;
        let id = one_of(name, form.fields().filter(|(own, _)| is_named(own, name, self.is_key_id_exact)))?;
        let Some(id) = id else { return Ok(None) };
        let mut claim = Claim::new(self, Text::from(id));
        claim.document = Some(Text::from(needed(form, POLICY)?));
        claim.signature = Text::from(needed(form, self.signature)?);
        if let Some(token) = self.token {
            claim.token = only(form, token)?.map(Text::from);
        }
        Ok(Some(claim))
    }

    fn state_form<'a>(
        &self,
        form: &Form<'a>,
        who: &'a Credentials,
        _: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        self.check_token(who)?;
        claim.document = Some(Text::from(policy(form)?));
        claim.token = who.token().map(Text::from);
        Ok(())
    }

    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        self.list(&claim.access_key_id, claim.token.as_deref(), &mut |name, pieces| {
            if !(name == self.key_id && self.is_key_id_exact) {
                add(form, name, pieces, additions);
            } else if form.fields().all(|(own, _)| own != name) {
                additions.param(name, pieces);
            }
        });
    }

    fn draft(&self, subject: &Subject<'_>, _: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        draft(subject, pen)
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        lines::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }
}

fn is_named(own: &str, name: &str, is_exact: bool) -> bool {
    if is_exact { own == name } else { own.eq_ignore_ascii_case(name) }
}

impl UploadScheme for IdForm {
    fn sign_policy(&self, policy: &[u8], who: &Credentials, _: &Terms<'_>, take: &mut TakeField<'_>) -> Result<(), SignError> {
        self.check_token(who)?;
        check_id(who)?;
        let encoded = encoded(policy);
        take(POLICY, &[&encoded]);
        self.list(who.access_key_id().as_bytes(), who.token().map(str::as_bytes), take);
        let mac = crypto::mac_of(&crypto::SHA1, who.secret().expose(), &encoded);
        // 20 bytes in Base64.
        let mut signature = [0; 28];
        base64::fill(&mac, &base64::STANDARD, &mut signature);
        take(self.signature, &[&signature]);
        Ok(())
    }
}

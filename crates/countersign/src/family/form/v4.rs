//! Forms of V4, whose key is derived for a day, a region and a service.

use super::{POLICY, add, draft, encoded, needed, only, policy};
use crate::{
    crypto::{self, Seal},
    error::{ClaimError, DraftError, Fault, SignError},
    family::v4::{self, Rules},
    pen::Pen,
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Form, Subject},
    terms::{Claim, Hints, Terms, check_id},
    time::Timestamp,
    upload::{TakeField, UploadScheme},
    wire::{hex, text::Text},
};

/// A scheme of upload forms: fields for algorithm, credential and date, the policy, and a signature of it.
pub struct V4Form {
    pub(crate) id: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) rules: &'static Rules,
    pub(crate) fields: V4Fields,
}

/// Names of the fields of a V4 form.
pub(crate) struct V4Fields {
    pub(crate) algorithm: &'static str,
    pub(crate) credential: &'static str,
    pub(crate) date: &'static str,
    pub(crate) token: &'static str,
    pub(crate) signature: &'static str,
}

/// What the fields of a V4 form say beside the policy.
struct Values<'v> {
    id: &'v [u8],
    scope: [&'v [u8]; 4],
    date: &'v [u8],
    token: Option<&'v [u8]>,
}

impl V4Form {
    /// Lists the fields of a form in the order SDKs write them, the policy and the signature excepted.
    fn list<'v>(&self, values: &Values<'v>, take: &mut dyn FnMut(&'static str, &[&'v [u8]])) {
        let names = &self.fields;
        let [date, region, service, terminator] = values.scope;
        take(names.algorithm, &[self.rules.algorithm.as_bytes()]);
        take(names.credential, &[values.id, b"/", date, b"/", region, b"/", service, b"/", terminator]);
        take(names.date, &[values.date]);
        if let Some(token) = values.token {
            take(names.token, &[token]);
        }
    }
}

impl Scheme for V4Form {
    fn id(&self) -> &'static str {
        self.id
    }

    fn provider(&self) -> &'static str {
        self.provider
    }

    fn carrier(&self) -> Carrier {
        Carrier::Field(self.fields.signature)
    }

    /// `None` when the form names no algorithm, or another one.
    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(form) = subject.form() else { return Ok(None) };
        let names = &self.fields;
        match only(form, names.algorithm)? {
            Some(algorithm) if algorithm == self.rules.algorithm.as_bytes() => {}
            Some(_) => return Ok(None),
            // A signature of this name belongs to no other scheme: what is missing must be named.
            None if form.value(names.signature).is_some() && form.value(names.credential).is_some() => {
                return Err(ClaimError::new(names.algorithm, Fault::Missing, b""));
            }
            None => return Ok(None),
        }
        let (id, scope) = v4::cut_credential(needed(form, names.credential)?, names.credential, self.rules)?;
        let mut claim = Claim::new(self, id);
        claim.scope = Some(scope);
        let date = needed(form, names.date)?;
        claim.signed_at = Timestamp::from_iso_basic(date);
        claim.time_text = Some(Text::from(date));
        claim.document = Some(Text::from(needed(form, POLICY)?));
        claim.signature = Text::from(needed(form, names.signature)?);
        claim.token = only(form, names.token)?.map(Text::from);
        Ok(Some(claim))
    }

    /// A date and a credential that the form has are taken as they are: its policy names them.
    fn state_form<'a>(
        &self,
        form: &Form<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        let names = &self.fields;
        let document = Text::from(policy(form)?);
        v4::state(self.rules, who, terms, form.value(names.date).map(Text::from), claim)?;
        if let Some(credential) = form.value(names.credential) {
            claim.scope = match v4::cut_credential(credential, names.credential, self.rules) {
                Ok((id, scope)) if id == claim.access_key_id => Some(scope),
                _ => return Err(SignError::Terms(words!("a credential field of the access key that signs, or none,"))),
            };
        }
        claim.document = Some(document);
        Ok(())
    }

    fn place_fields<'c>(&self, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        let (Some(scope), Some(date)) = (&claim.scope, &claim.time_text) else { return };
        let stated = Values { id: &claim.access_key_id, scope: scope.parts(), date, token: claim.token.as_deref() };
        self.list(&stated, &mut |name, pieces| add(form, name, pieces, additions));
    }

    fn draft(&self, subject: &Subject<'_>, _: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        draft(subject, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        v4::seal(self.rules, claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }
}

impl UploadScheme for V4Form {
    fn sign_policy(
        &self,
        policy: &[u8],
        who: &Credentials,
        terms: &Terms<'_>,
        take: &mut TakeField<'_>,
    ) -> Result<(), SignError> {
        terms.check_time()?;
        check_id(who)?;
        let (region, service) = v4::region_and_service(self.rules, terms)?;
        let date = terms.time.iso_digits();
        let day = date.get(..8).unwrap_or_default();
        let scope = [day, region.as_bytes(), service.as_bytes(), self.rules.terminator.as_bytes()];
        let token = who.token().map(str::as_bytes);
        let encoded = encoded(policy);
        take(POLICY, &[&encoded]);
        self.list(&Values { id: who.access_key_id().as_bytes(), scope, date: &date, token }, take);
        let mac = crypto::chain_mac(&crypto::SHA256, self.rules.key_prefix, who.secret(), scope, &encoded);
        // 32 bytes in hexadecimal.
        let mut signature = [0; 64];
        hex::fill(&mac, &mut signature);
        take(self.fields.signature, &[&signature]);
        Ok(())
    }
}

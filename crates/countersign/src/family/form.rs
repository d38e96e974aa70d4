//! Upload forms whose encoded policy is the signed text.
//!
//! The Base64 text is signed as it stands in the form, so that every blank of the JSON counts. What the
//! policy demands, its expiration included, is not looked at here. Names of fields are found in any case:
//! vendors' own pages and SDKs spell them in several.

use super::v4::{self, Rules};
use crate::{
    crypto,
    error::{ClaimError, DraftError, Fault, SignError},
    pen::{Document, Origin, Pen, Role, part},
    phrase::words,
    scheme::{Additions, Scheme},
    secret::Credentials,
    subject::{Form, Subject},
    terms::{Claim, Terms},
    time::Timestamp,
    upload::TakeField,
    wire::{base64, hex, text::Text},
};
use alloc::vec::Vec;

/// The field with the encoded policy.
pub(crate) const POLICY: &str = "policy";

/// Names of the fields that carry an id, a session token and a signature.
pub(crate) struct IdFields {
    pub(crate) id: &'static str,
    /// None where forms have no place for a token.
    pub(crate) token: Option<&'static str>,
    pub(crate) signature: &'static str,
}

impl IdFields {
    /// Refuses temporary credentials where no field for their token is known: servers refuse what comes without it.
    fn check_token(&self, who: &Credentials) -> Result<(), SignError> {
        match (self.token, who.token()) {
            (None, Some(_)) => Err(SignError::Terms(words!("a long-lived key, as no field for a session token is documented,"))),
            _ => Ok(()),
        }
    }
}

/// Names of the fields of a V4 form.
pub(crate) struct V4Fields {
    pub(crate) algorithm: &'static str,
    pub(crate) credential: &'static str,
    pub(crate) date: &'static str,
    pub(crate) token: &'static str,
    pub(crate) signature: &'static str,
}

/// Reads the claim of a form that names the access key in a field of its own.
pub(crate) fn read_id<'a>(
    scheme: &'static dyn Scheme,
    names: &IdFields,
    form: &Form<'a>,
) -> Result<Option<Claim<'a>>, ClaimError> {
    let Some(id) = only(form, names.id)? else { return Ok(None) };
    let mut claim = Claim::new(scheme, Text::from(id));
    claim.document = Some(Text::from(needed(form, POLICY)?));
    claim.signature = Text::from(needed(form, names.signature)?);
    if let Some(token) = names.token {
        claim.token = only(form, token)?.map(Text::from);
    }
    Ok(Some(claim))
}

/// States the claim of such a form.
pub(crate) fn state_id<'a>(
    names: &IdFields,
    form: &Form<'a>,
    who: &'a Credentials,
    claim: &mut Claim<'a>,
) -> Result<(), SignError> {
    names.check_token(who)?;
    claim.document = Some(Text::from(policy(form)?));
    claim.token = who.token().map(Text::from);
    Ok(())
}

/// Lists the fields of such a form that it lacks.
pub(crate) fn place_id<'c>(names: &IdFields, form: &Form<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
    list_id(names, &claim.access_key_id, claim.token.as_deref(), &mut |name, pieces| add(form, name, pieces, additions));
}

/// Lists the fields of such a form, the policy and the signature excepted.
fn list_id<'v>(names: &IdFields, id: &'v [u8], token: Option<&'v [u8]>, take: &mut dyn FnMut(&'static str, &[&'v [u8]])) {
    take(names.id, &[id]);
    if let (Some(name), Some(token)) = (names.token, token) {
        take(name, &[token]);
    }
}

/// Makes such a form of its policy.
pub(crate) fn sign_id(names: &IdFields, policy: &[u8], who: &Credentials, take: &mut TakeField<'_>) -> Result<(), SignError> {
    names.check_token(who)?;
    let encoded = encoded(policy);
    take(POLICY, &[&encoded]);
    list_id(names, who.access_key_id().as_bytes(), who.token().map(str::as_bytes), take);
    let mac = crypto::mac_of(&crypto::SHA1, who.secret().expose(), &encoded);
    // 20 bytes in Base64.
    let mut signature = [0; 28];
    base64::fill(&mac, &base64::STANDARD, &mut signature);
    take(names.signature, &[&signature]);
    Ok(())
}

/// A policy as it stands in a form.
#[expect(clippy::slow_vector_initialization, reason = "what pages load has `resize` and need not have `alloc_zeroed`")]
pub(crate) fn encoded(policy: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::new();
    encoded.resize(base64::encoded_len(policy.len()), 0);
    base64::fill(policy, &base64::STANDARD, &mut encoded);
    encoded
}

/// Reads the claim of a V4 form; `None` when the form names no algorithm, or another one.
pub(crate) fn read_v4<'a>(
    scheme: &'static dyn Scheme,
    rules: &Rules,
    names: &V4Fields,
    form: &Form<'a>,
) -> Result<Option<Claim<'a>>, ClaimError> {
    match only(form, names.algorithm)? {
        Some(algorithm) if algorithm == rules.algorithm.as_bytes() => {}
        Some(_) => return Ok(None),
        // A signature of this name belongs to no other scheme: what is missing must be named.
        None if form.value(names.signature).is_some() && form.value(names.credential).is_some() => {
            return Err(ClaimError::new(names.algorithm, Fault::Missing, b""));
        }
        None => return Ok(None),
    }
    let (id, scope) = v4::cut_credential(needed(form, names.credential)?, names.credential, rules)?;
    let mut claim = Claim::new(scheme, id);
    claim.scope = Some(scope);
    let date = needed(form, names.date)?;
    claim.signed_at = Timestamp::from_iso_basic(date);
    claim.time_text = Some(Text::from(date));
    claim.document = Some(Text::from(needed(form, POLICY)?));
    claim.signature = Text::from(needed(form, names.signature)?);
    claim.token = only(form, names.token)?.map(Text::from);
    Ok(Some(claim))
}

/// States the claim of a V4 form. A date and a credential that the form has are taken as they are: its
/// policy names them.
pub(crate) fn state_v4<'a>(
    rules: &Rules,
    names: &V4Fields,
    form: &Form<'a>,
    who: &'a Credentials,
    terms: &Terms<'a>,
    claim: &mut Claim<'a>,
) -> Result<(), SignError> {
    let document = Text::from(policy(form)?);
    v4::state(rules, who, terms, form.value(names.date).map(Text::from), claim)?;
    if let Some(credential) = form.value(names.credential) {
        claim.scope = match v4::cut_credential(credential, names.credential, rules) {
            Ok((id, scope)) if id == claim.access_key_id => Some(scope),
            _ => return Err(SignError::Terms(words!("a credential field of the access key that signs, or none,"))),
        };
    }
    claim.document = Some(document);
    Ok(())
}

/// Lists the fields of a V4 form that it lacks.
pub(crate) fn place_v4<'c>(
    rules: &'static Rules,
    names: &V4Fields,
    form: &Form<'_>,
    claim: &'c Claim<'_>,
    additions: &mut Additions<'c>,
) {
    let (Some(scope), Some(date)) = (&claim.scope, &claim.time_text) else { return };
    let stated = V4Values { id: &claim.access_key_id, scope: scope.parts(), date, token: claim.token.as_deref() };
    list_v4(rules, names, &stated, &mut |name, pieces| add(form, name, pieces, additions));
}

/// What the fields of a V4 form say beside the policy.
struct V4Values<'v> {
    id: &'v [u8],
    scope: [&'v [u8]; 4],
    date: &'v [u8],
    token: Option<&'v [u8]>,
}

/// Lists the fields of a V4 form in the order SDKs write them, the policy and the signature excepted.
fn list_v4<'v>(rules: &'static Rules, names: &V4Fields, values: &V4Values<'v>, take: &mut dyn FnMut(&'static str, &[&'v [u8]])) {
    let [date, region, service, terminator] = values.scope;
    take(names.algorithm, &[rules.algorithm.as_bytes()]);
    take(names.credential, &[values.id, b"/", date, b"/", region, b"/", service, b"/", terminator]);
    take(names.date, &[values.date]);
    if let Some(token) = values.token {
        take(names.token, &[token]);
    }
}

/// Makes a V4 form of its policy.
pub(crate) fn sign_v4(
    rules: &'static Rules,
    names: &V4Fields,
    policy: &[u8],
    who: &Credentials,
    terms: &Terms<'_>,
    take: &mut TakeField<'_>,
) -> Result<(), SignError> {
    terms.check_time()?;
    let (region, service) = v4::region_and_service(rules, terms)?;
    let date = terms.time.iso_digits();
    let scope = [date.get(..8).unwrap_or_default(), region.as_bytes(), service.as_bytes(), rules.terminator.as_bytes()];
    let token = who.token().map(str::as_bytes);
    let encoded = encoded(policy);
    take(POLICY, &[&encoded]);
    list_v4(rules, names, &V4Values { id: who.access_key_id().as_bytes(), scope, date: &date, token }, take);
    let mac = crypto::chain_mac(&crypto::SHA256, rules.key_prefix, who.secret(), scope, &encoded);
    // 32 bytes in hexadecimal.
    let mut signature = [0; 64];
    hex::fill(&mac, &mut signature);
    take(names.signature, &[&signature]);
    Ok(())
}

/// Writes the encoded policy: all that is signed.
pub(crate) fn draft(subject: &Subject<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let form = subject.form().ok_or(DraftError::WrongSubject)?;
    pen.open(Document::StringToSign);
    part(pen, Role::Policy, Origin::Request, form.value(POLICY).ok_or(DraftError::Missing(words!("the policy")))?);
    Ok(())
}

/// The encoded policy of a form that is to be signed.
pub(crate) fn policy<'a>(form: &Form<'a>) -> Result<&'a [u8], SignError> {
    form.value(POLICY).ok_or(SignError::Terms(words!("a `policy` field")))
}

/// Adds a field unless the form has it.
pub(crate) fn add<'c>(form: &Form<'_>, name: &'static str, pieces: &[&'c [u8]], additions: &mut Additions<'c>) {
    if form.value(name).is_none() {
        additions.param(name, pieces);
    }
}

/// The value of a field that must be there once and say something.
pub(crate) fn needed<'a>(form: &Form<'a>, name: &'static str) -> Result<&'a [u8], ClaimError> {
    match only(form, name)?.ok_or(ClaimError::new(name, Fault::Missing, b""))? {
        b"" => Err(ClaimError::new(name, Fault::Empty, b"")),
        value => Ok(value),
    }
}

/// The value of a field. Which of two would count is not known, so there must not be two.
pub(crate) fn only<'a>(form: &Form<'a>, name: &'static str) -> Result<Option<&'a [u8]>, ClaimError> {
    one_of(name, form.fields().filter(|(own, _)| own.eq_ignore_ascii_case(name)))
}

/// The value of the only one of these fields.
pub(crate) fn one_of<'a>(
    name: &'static str,
    mut fields: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Result<Option<&'a [u8]>, ClaimError> {
    let Some((_, value)) = fields.next() else { return Ok(None) };
    match fields.next() {
        Some(_) => Err(ClaimError::new(name, Fault::Twice, value)),
        None => Ok(Some(value)),
    }
}

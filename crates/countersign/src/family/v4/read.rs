//! Reads what a signed request claims.

use super::Rules;
use crate::{
    error::{ClaimError, Fault},
    family::authorization,
    phrase::words,
    scheme::Scheme,
    subject::Request,
    terms::{Claim, Scope},
    time::{self, Timestamp},
    wire::{
        header::Repeats,
        percent,
        query::{self, Param, Times},
        text::Text,
    },
};

/// Cuts `<id>/<date>/<region>/<service>/<terminator>` apart.
pub(crate) fn cut_credential<'a>(
    text: &'a [u8],
    place: &'static str,
    rules: &Rules,
) -> Result<(Text<'a>, Scope<'a>), ClaimError> {
    let parts = cut(text, |text| text.iter().rposition(|b| *b == b'/').map(|at| (at, 1)));
    let [id, date, region, service, terminator] =
        parts.ok_or_else(|| ClaimError::new(place, Fault::Form(rules.credential_form), text))?.map(Text::from);
    Ok((id, Scope { date, region, service, terminator }))
}

/// The same of a credential in a URL, whose slashes are mostly escaped.
fn cut_escaped<'a>(raw: &'a [u8], place: &'static str, rules: &Rules) -> Result<(Text<'a>, Scope<'a>), ClaimError> {
    let slash = |at: usize, text: &[u8]| match text.get(at..)? {
        [b'/', ..] => Some((at, 1)),
        [b'%', b'2', b'F' | b'f', ..] => Some((at, 3)),
        _ => None,
    };
    let parts = cut(raw, |text| (0..text.len()).rev().find_map(|at| slash(at, text)));
    let form = || ClaimError::new(place, Fault::Form(rules.credential_form), &percent::decode(raw));
    let [id, date, region, service, terminator] = parts.ok_or_else(form)?.map(Text::unescaped);
    Ok((id, Scope { date, region, service, terminator }))
}

/// The five parts of a credential; `last_slash` finds a slash and its length. The id may hold further slashes.
fn cut(mut rest: &[u8], last_slash: impl Fn(&[u8]) -> Option<(usize, usize)>) -> Option<[&[u8]; 5]> {
    let mut parts: [&[u8]; 5] = [&[]; 5];
    let [id, others @ ..] = &mut parts;
    for part in others.iter_mut().rev() {
        let (at, len) = last_slash(rest)?;
        *part = rest.get(at + len..)?;
        rest = rest.get(..at)?;
    }
    *id = rest;
    (!id.is_empty()).then_some(parts)
}

/// Refuses a list of signed headers that names one of them twice: no signer writes such a list.
fn check_list(names: &[u8], place: &'static str) -> Result<(), ClaimError> {
    match Repeats::in_list(names) {
        Repeats::Never => Ok(()),
        _ => Err(ClaimError::new(place, Fault::Form(words!("a list that names each header once")), names)),
    }
}

/// Whether a request with a scope is one of the scheme, where several share names and constants.
pub(crate) type IsOwn = fn(&Request<'_>, &Scope<'_>) -> bool;

/// Every scope is.
pub(crate) fn any_scope(_: &Request<'_>, _: &Scope<'_>) -> bool {
    true
}

/// Reads the claim of the header form.
pub(crate) fn read_header<'a>(
    scheme: &'static dyn Scheme,
    rules: &Rules,
    request: &Request<'a>,
    is_own: IsOwn,
) -> Result<Option<Claim<'a>>, ClaimError> {
    let Some(items) = authorization::after_word(request, rules.algorithm)? else { return Ok(None) };
    let [credential, names, signature] = authorization::items(items, ["Credential", "SignedHeaders", "Signature"]);
    let (id, scope) = cut_credential(credential.needed()?, "Credential", rules)?;
    if !is_own(request, &scope) {
        return Ok(None);
    }
    let mut claim = Claim::new(scheme, id);
    claim.scope = Some(scope);
    let names = names.needed()?;
    check_list(names, "SignedHeaders")?;
    claim.signed_headers = Some(Text::from(names));
    claim.signature = Text::from(signature.needed()?);
    read_header_fields(rules, request, &mut claim)?;
    Ok(Some(claim))
}

/// Time, payload and token, which stand in headers of their own. A header value that was copied
/// alone has none of them.
pub(crate) fn read_header_fields<'a>(rules: &Rules, request: &Request<'a>, claim: &mut Claim<'a>) -> Result<(), ClaimError> {
    let [date, payload, token] = rules.headers;
    if let Some(text) = request.header_value(date) {
        claim.time_text = Some(Text::from(text));
        claim.signed_at = Timestamp::from_iso_basic(text);
    } else if let Some(text) = request.header_value("date") {
        claim.signed_at = Timestamp::from_http_date(text).or_else(|| Timestamp::from_iso_basic(text));
        claim.time_text = Some(match claim.signed_at {
            Some(at) => at.iso_basic(),
            None => Text::from(text),
        });
    }
    claim.payload = request.header_value(payload).map(Text::from);
    claim.token = request.header_value(token).map(Text::from);
    Ok(())
}

/// Reads the claim of the URL form.
pub(crate) fn read_url<'a>(
    scheme: &'static dyn Scheme,
    rules: &Rules,
    request: &Request<'a>,
    is_own: IsOwn,
) -> Result<Option<Claim<'a>>, ClaimError> {
    let names = &rules.params;
    let [_, payload, _] = rules.headers;
    if request.param(names.algorithm).is_none_or(|param| *param.text() != *rules.algorithm.as_bytes()) {
        return Ok(None);
    }
    let wanted = [names.credential, names.signature, names.date, names.expires, names.signed_headers, names.token];
    let [credential, signature, date, expires, signed_headers, token] = query::find(request.params(), wanted);
    let needed = |name: &'static str, found: Option<(Param<'a>, Times)>| {
        let (param, times) = found.ok_or(ClaimError::new(name, Fault::Missing, b""))?;
        let raw = param.raw_value().unwrap_or_default();
        match times {
            Times::More => Err(ClaimError::new(name, Fault::Twice, &percent::decode(raw))),
            Times::Once if raw.is_empty() => Err(ClaimError::new(name, Fault::Empty, b"")),
            Times::Once => Ok(raw),
        }
    };
    let (id, scope) = cut_escaped(needed(names.credential, credential)?, names.credential, rules)?;
    if !is_own(request, &scope) {
        return Ok(None);
    }
    let mut claim = Claim::new(scheme, id);
    claim.scope = Some(scope);
    claim.signature = Text::unescaped(needed(names.signature, signature)?);
    let date = Text::unescaped(needed(names.date, date)?);
    claim.signed_at = Timestamp::from_iso_basic(&date);
    claim.time_text = Some(date);
    let expires = Text::unescaped(needed(names.expires, expires)?);
    claim.expires_at = claim.signed_at.zip(time::seconds(&expires)).map(|(at, life)| at.plus(life));
    claim.expires_text = Some(expires);
    claim.signed_headers = signed_headers.map(|(param, _)| param.text());
    if let Some(list) = &claim.signed_headers {
        check_list(list, names.signed_headers)?;
    }
    claim.token = token.map(|(param, _)| param.text());
    let hoisted = request.param_in_any_case(payload);
    let hoisted = hoisted.filter(|param| param.raw_value().is_some()).map(|param| param.text());
    claim.payload = hoisted.or_else(|| request.header_value(payload).map(Text::from));
    Ok(Some(claim))
}

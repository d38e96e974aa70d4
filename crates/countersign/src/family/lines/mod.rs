//! The V2 shape: five lines, the vendor's own headers, the resource; HMAC-SHA1 and Base64.
//!
//! Amazon's "Signing and authenticating REST requests" (S3 Developer Guide, read 2026-11) is the
//! origin; OSS V1 and KS3 V2 follow it with their own names and escapes.

mod rules;
mod scheme;

pub(crate) use rules::{HeadersInQuery, KeyRule, OwnDate, OwnValues, Plus, Rules};
pub use scheme::{HeaderScheme, UrlScheme};

use crate::{
    crypto::{HashName, Key, Seal},
    error::{ClaimError, DraftError, Fault, SignError},
    family::{authorization, endpoint},
    pen::{Document, List, Origin, Pen, Role, line, line_end},
    phrase::words,
    scheme::{Additions, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::Request,
    terms::{Addressing, Bucket, Claim, Hints, Terms},
    time::{self, Timestamp},
    wire::{
        Few, Ink,
        header::{self, Header, has_prefix},
        percent,
        query::Param,
        sorted, split_once,
        text::Text,
    },
};
use alloc::{borrow::Cow, vec::Vec};

/// The dialect in which the date line is empty although there is a `Date` header: the vendor's own date stands for it.
pub(crate) const EMPTY_DATE: &str = "empty-date";
/// The dialect in which a domain of no known vendor has the name of its bucket.
pub(crate) const BOUND_DOMAIN: &str = "bound-domain";
/// The dialect in which the first label of a host of nobody we know is the bucket.
pub(crate) const VIRTUAL_HOST: &str = "virtual-host";
/// What a host of nobody we know may be, beside an endpoint with the bucket in the path.
pub(crate) const READINGS: &[&str] = &[VIRTUAL_HOST, BOUND_DOMAIN];
/// The parameter with the expiry in a signed URL.
pub(crate) const EXPIRES: &str = "Expires";
/// The parameter with the signature in a signed URL.
pub(crate) const SIGNATURE: &str = "Signature";

/// Reads `WORD id:signature`.
pub(crate) fn read_header<'a>(
    scheme: &'static dyn Scheme,
    rules: &Rules,
    request: &Request<'a>,
    hints: &Hints<'a>,
) -> Result<Option<Claim<'a>>, ClaimError> {
    let Some(value) = authorization::after_word(request, rules.word)? else { return Ok(None) };
    let form =
        || ClaimError::new("Authorization", Fault::Form(words!("`<access key id>:<signature>` after the first word")), value);
    let colon = value.iter().rposition(|b| *b == b':').ok_or_else(form)?;
    let (id, signature) = value.split_at_checked(colon).ok_or_else(form)?;
    let signature = signature.strip_prefix(b":").unwrap_or_default();
    if id.is_empty() || signature.is_empty() {
        return Err(form());
    }
    let mut claim = Claim::new(scheme, Text::from(id));
    claim.signature = Text::from(signature);
    claim.token = request.header_value(rules.token_header).map(Text::from);
    if let Some(text) = date(rules, request) {
        claim.time_text = Some(Text::from(text));
        claim.signed_at = Timestamp::from_http_date(text);
    }
    claim.bucket = bucket(rules, request, hints);
    Ok(Some(claim))
}

/// Reads the parameters of a signed URL.
pub(crate) fn read_url<'a>(
    scheme: &'static dyn Scheme,
    rules: &Rules,
    request: &Request<'a>,
    hints: &Hints<'a>,
) -> Result<Option<Claim<'a>>, ClaimError> {
    // If one of the parameters is given several times, servers take the first.
    let value_of = |name: &str| request.param(name).map(|param| rules.value(&param));
    let Some(id) = rules.id_params.iter().find_map(|name| value_of(name)) else { return Ok(None) };
    let needed = |name: &'static str| match value_of(name) {
        None => Err(ClaimError::new(name, Fault::Missing, b"")),
        Some(value) if value.is_empty() => Err(ClaimError::new(name, Fault::Empty, b"")),
        Some(value) => Ok(value),
    };
    let mut claim = Claim::new(scheme, id);
    claim.signature = needed(SIGNATURE)?;
    let expires = needed(EXPIRES)?;
    claim.expires_at = time::seconds(&expires).map(Timestamp::from_unix);
    claim.expires_text = Some(expires);
    claim.token = value_of(rules.token_param).or_else(|| request.header_value(rules.token_header).map(Text::from));
    claim.bucket = bucket(rules, request, hints);
    Ok(Some(claim))
}

/// The bucket of a request: where a domain has the name of its bucket, the host of what is said to be such a domain.
fn bucket<'a>(rules: &Rules, request: &Request<'a>, hints: &Hints<'a>) -> Option<Bucket<'a>> {
    if rules.is_domain_bucket && hints.bucket.is_none() && hints.addressing == Some(Addressing::CustomDomain) {
        let host = endpoint::lower_host(request);
        if !host.is_empty() && !endpoint::tells_bucket(&host) {
            let (name, addressing) = (Text::copied(&host), Addressing::CustomDomain);
            return Some(Bucket { name, addressing, origin: Origin::Terms });
        }
    }
    endpoint::bucket(request, hints)
}

/// The forms of the signed text that are accepted beside the documented one.
#[cfg(feature = "verify")]
fn dialects(rules: &Rules) -> &'static [&'static str] {
    match (rules.own_date, rules.is_domain_bucket) {
        (OwnDate::Ignored, _) => &[EMPTY_DATE],
        (_, true) => READINGS,
        _ => &[],
    }
}

/// The claim on a host that has the name of the bucket, or starts with it, where nothing says whether it does.
#[cfg(feature = "verify")]
fn in_reading<'a>(request: &Request<'a>, claim: &Claim<'a>, reading: &'static str) -> Option<Claim<'a>> {
    let host = endpoint::host_name(request);
    let is_open = claim.bucket.as_ref().is_none_or(|bucket| bucket.origin == Origin::Assumed);
    if !is_open || endpoint::tells_bucket(host.as_bytes()) {
        return None;
    }
    let (name, addressing) = match host.split_once('.') {
        // An endpoint has a dot of its own.
        Some((label, rest)) if reading == VIRTUAL_HOST => (rest.contains('.').then_some(label)?, Addressing::VirtualHost),
        _ => (host.as_str(), Addressing::CustomDomain),
    };
    let name = Text::copied(name.as_bytes());
    let bucket = Some(Bucket { name, addressing, origin: Origin::Assumed });
    Some(Claim { dialect: Some(reading), bucket, ..claim.clone() })
}

/// The time of signing: the vendor's own header before `Date`, unless the vendor ignores it.
fn date<'a>(rules: &Rules, request: &Request<'a>) -> Option<&'a [u8]> {
    let (own, usual) = (request.header_value(rules.date_header), request.header_value("date"));
    match rules.own_date {
        // An empty `Date` must not hide the other one, which is signed in any case.
        OwnDate::Ignored => usual.filter(|text| !text.is_empty()).or(own),
        _ => own.or(usual),
    }
}

/// States the claim of a request signed in its headers.
pub(crate) fn state_header<'a>(
    rules: &Rules,
    request: &Request<'a>,
    who: &'a Credentials,
    terms: &Terms<'a>,
    claim: &mut Claim<'a>,
) {
    claim.token = who.token().map(Text::from);
    let there = date(rules, request).map(Text::from);
    claim.signed_at = there.as_ref().map_or(Some(terms.time), |text| Timestamp::from_http_date(text));
    claim.time_text = Some(there.unwrap_or_else(|| terms.time.http_date()));
    claim.bucket = bucket(rules, request, &terms.hints());
}

/// States the claim of a signed URL.
pub(crate) fn state_url<'a>(
    rules: &Rules,
    request: &Request<'a>,
    who: &'a Credentials,
    terms: &Terms<'a>,
    claim: &mut Claim<'a>,
) -> Result<(), SignError> {
    let life = terms.expires_in.ok_or(SignError::Terms(words!("a life in seconds")))?;
    claim.token = who.token().map(Text::from);
    let end = terms.time.plus(i64::try_from(life).unwrap_or(i64::MAX));
    claim.expires_text.insert(Text::EMPTY).set_decimal(u64::try_from(end.unix()).unwrap_or_default());
    claim.expires_at = Some(end);
    claim.bucket = bucket(rules, request, &terms.hints());
    Ok(())
}

/// Adds the date and token headers, unless the request has them already.
pub(crate) fn place_headers<'c>(rules: &Rules, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
    let dated = request.header_value("date").or_else(|| request.header_value(rules.date_header)).is_some();
    if let Some(date) = claim.time_text.as_ref().filter(|_| !dated) {
        additions.header("Date", date);
    }
    if let Some(token) = claim.token.as_ref().filter(|_| request.header_value(rules.token_header).is_none()) {
        additions.header(rules.token_header, token);
    }
}

/// Adds the parameters of a signed URL, the signature excepted.
pub(crate) fn place_params<'c>(rules: &'static Rules, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
    let id = rules.id_params.first().copied().unwrap_or_default();
    additions.param(id, &[&claim.access_key_id]);
    if let Some(expires) = &claim.expires_text {
        additions.plain_param(EXPIRES, expires);
    }
    if let Some(token) = &claim.token {
        additions.param(rules.token_param, &[token]);
    }
}

/// `WORD id:signature`
pub(crate) fn carry_header(rules: &Rules, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
    for piece in [rules.word.as_bytes(), b" ", &claim.access_key_id, b":", signature] {
        out.write(piece);
    }
}

/// Whether a request is signed in its headers or in its URL.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Header,
    Url,
}

/// Writes the string to sign.
pub(crate) fn draft(
    rules: &Rules,
    form: Form,
    request: &Request<'_>,
    claim: &Claim<'_>,
    pen: &mut Pen<'_>,
) -> Result<(), DraftError> {
    let line_value = |name: &str| -> Cow<'_, [u8]> {
        match request.header_value(name) {
            Some(value) => Cow::Borrowed(value),
            None if rules.headers_in_query == HeadersInQuery::Yes && form == Form::Url => {
                header_param(request, name).unwrap_or_default()
            }
            None => Cow::default(),
        }
    };
    pen.open(Document::StringToSign);
    line(pen, Role::Method, Origin::Request, request.method().as_bytes());
    line(pen, Role::ContentMd5, Origin::Request, &line_value("content-md5"));
    line(pen, Role::ContentType, Origin::Request, &line_value("content-type"));
    match form {
        Form::Url => {
            let expires = claim.expires_text.as_ref().ok_or(DraftError::Missing(words!("the expiry")))?;
            line(pen, Role::Date, Origin::Request, expires);
        }
        Form::Header => line(pen, Role::Date, Origin::Request, date_line(rules, request, claim.dialect)),
    }
    own_headers(rules, form, request, pen);
    resource(rules, request, claim.bucket.as_ref(), pen)
}

/// What stands in the date line of a request signed in its headers.
fn date_line<'a>(rules: &Rules, request: &Request<'a>, dialect: Option<&str>) -> &'a [u8] {
    let own = request.header_value(rules.date_header);
    match (own, rules.own_date) {
        (Some(_), OwnDate::Empties) => b"",
        (Some(_), OwnDate::Ignored) if dialect == Some(EMPTY_DATE) => b"",
        (Some(own), OwnDate::Fills) => own,
        _ => request.header_value("date").unwrap_or_default(),
    }
}

/// A header that travels as a parameter.
fn header_param<'a>(request: &Request<'a>, name: &str) -> Option<Cow<'a, [u8]>> {
    request.param_in_any_case(name)?.value()
}

/// Writes the vendor's own headers: lower-case, sorted by name, `name:value` and a line end each.
fn own_headers(rules: &Rules, form: Form, request: &Request<'_>, pen: &mut Pen<'_>) {
    if form == Form::Url && rules.headers_in_query == HeadersInQuery::Yes && own_params(rules, request).next().is_some() {
        return own_headers_and_params(rules, request, pen);
    }
    let mut fields: Few<&Header<'_>, 16> = Few::new();
    for field in request.headers() {
        if has_prefix(field.name, rules.own_prefix) {
            fields.push(field);
        }
    }
    if fields.is_empty() {
        return;
    }
    let mut in_order = Few::new();
    header::by_name(&fields, |field| field.name, &mut in_order);
    let mut rest = in_order.as_slice();
    while let Some((field, tail)) = rest.split_first() {
        let same = tail.iter().take_while(|other| other.is(field.name)).count();
        let (repeated, tail) = tail.split_at_checked(same).unwrap_or((tail, &[]));
        let name = header::lower_name(field.name);
        begin_header(&name, pen);
        match rules.own_values {
            OwnValues::First => pen.write(field.value),
            OwnValues::Joined => {
                header::unfolded(field.value, pen);
                for other in repeated {
                    pen.write(b",");
                    header::unfolded(other.value, pen);
                }
            }
        }
        line_end(pen);
        rest = tail;
    }
}

/// The parameters that count as headers, with their names in lower case.
fn own_params<'r, 'a>(rules: &Rules, request: &'r Request<'a>) -> impl Iterator<Item = (Vec<u8>, Param<'a>)> + use<'r, 'a> {
    let prefix = rules.own_prefix;
    let begins = move |param: &Param<'_>| {
        let name = param.name();
        name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    request.params().filter(begins).map(|param| (param.name().to_ascii_lowercase(), param))
}

/// The same where parameters of the URL count as headers.
fn own_headers_and_params(rules: &Rules, request: &Request<'_>, pen: &mut Pen<'_>) {
    let fields = request.headers().filter(|field| has_prefix(field.name, rules.own_prefix));
    let mut all: Vec<(Vec<u8>, Vec<u8>)> = fields
        .map(|field| {
            let mut value = Vec::new();
            header::unfolded(field.value, &mut value);
            (field.name.to_ascii_lowercase().into_bytes(), value)
        })
        .collect();
    for (name, param) in own_params(rules, request) {
        if !all.iter().any(|(own, _)| *own == name) {
            all.push((name, param.value().unwrap_or_default().into_owned()));
        }
    }
    let all: Vec<_> = sorted(&all, |a, b| a.0.cmp(&b.0)).collect();
    let mut rest = all.as_slice();
    while let Some(((name, value), tail)) = rest.split_first() {
        let same = tail.iter().take_while(|(other, _)| other == name).count();
        let (repeated, tail) = tail.split_at_checked(same).unwrap_or((tail, &[]));
        begin_header(name, pen);
        pen.write(value);
        for (_, other) in repeated {
            pen.write(b",");
            pen.write(other);
        }
        line_end(pen);
        rest = tail;
    }
}

fn begin_header(lower: &[u8], pen: &mut Pen<'_>) {
    pen.part(Role::Header, lower, Origin::Request);
    pen.write(lower);
    pen.write(b":");
}

/// Writes `/bucket/key?sub-resources`.
fn resource(rules: &Rules, request: &Request<'_>, bucket: Option<&Bucket<'_>>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let path = request.path();
    let key = match bucket {
        Some(bucket) if bucket.addressing == Addressing::Path => {
            let (_, key) = split_once(path.strip_prefix(b"/").unwrap_or(path), b'/');
            key.unwrap_or_default()
        }
        _ => path.strip_prefix(b"/").unwrap_or(path),
    };
    match bucket {
        Some(bucket) => {
            pen.part(Role::Bucket, &[], bucket.origin);
            pen.write(b"/");
            pen.write(&bucket.name);
        }
        None if !key.is_empty() => return Err(DraftError::BucketNeeded),
        None => {}
    }
    pen.part(Role::Path, &[], Origin::Request);
    pen.write(b"/");
    match rules.key {
        KeyRule::AsSent => pen.write(key),
        KeyRule::Decoded => percent::write_decoded(key, pen),
        KeyRule::Recoded => percent::recode(key, &percent::PATH, &mut Resource { ink: pen, after_slash: true }),
    }
    sub_resources(rules, request, pen);
    Ok(())
}

/// KS3 replaces `//` by `/%2F` in the escaped resource, left to right, the slash before the key included.
struct Resource<'p, I: Ink + ?Sized> {
    ink: &'p mut I,
    after_slash: bool,
}

impl<I: Ink + ?Sized> Ink for Resource<'_, I> {
    fn write(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'/') {
            if piece == b"/" && self.after_slash {
                self.ink.write(b"%2F");
                self.after_slash = false;
            } else {
                self.ink.write(piece);
                self.after_slash = piece.ends_with(b"/");
            }
        }
    }
}

/// Writes the parameters that belong to the resource, sorted by name, values without escapes.
fn sub_resources(rules: &Rules, request: &Request<'_>, pen: &mut Pen<'_>) {
    // Of what a signer adds, a token alone can be one.
    if request.only_added().is_some_and(|added| added.ends.iter().all(|(name, _)| *name != rules.token_param)) {
        return;
    }
    let mut taken: Few<(Cow<'_, [u8]>, Param<'_>), 8> = Few::new();
    for param in request.params() {
        let name = param.name();
        if is_sub_resource(rules, &name) {
            taken.push((name, param));
        }
    }
    if taken.is_empty() {
        return;
    }
    let mut list = List::new("?", "&");
    for (name, param) in sorted(&taken, |a, b| a.0.cmp(&b.0)) {
        pen.item(&mut list);
        pen.part(Role::Query, name, Origin::Request);
        pen.write(name);
        if !param.is_empty() {
            pen.write(b"=");
            match rules.plus {
                Plus::Itself => param.write_plain_value(pen),
                Plus::Blank => pen.write(&rules.value(param)),
            }
        }
    }
}

/// Whether a parameter belongs to the resource. Names are case-sensitive.
pub(crate) fn is_sub_resource(rules: &Rules, name: &[u8]) -> bool {
    // What every signed URL has is not worth a search.
    if [EXPIRES.as_bytes(), SIGNATURE.as_bytes()].contains(&name) || rules.id_params.iter().any(|own| own.as_bytes() == name) {
        return false;
    }
    let listed = rules.sub_resources.binary_search_by(|own| own.as_bytes().cmp(name)).is_ok();
    listed || rules.sub_resource_prefix.is_some_and(|prefix| name.starts_with(prefix.as_bytes()))
}

/// HMAC-SHA1 keyed with the secret, in Base64.
pub(crate) const fn seal() -> Seal<'static> {
    Seal { hash: HashName::Sha1, key: Key::Secret, encoding: Encoding::Base64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ks3_writes_every_second_slash_of_a_run_as_an_escape() {
        let recoded = |key: &[u8]| {
            let mut out = Vec::new();
            percent::recode(key, &percent::PATH, &mut Resource { ink: &mut out, after_slash: true });
            out
        };
        assert_eq!(recoded(b"a//b///c"), b"a/%2Fb/%2F/c");
        assert_eq!(recoded(b"/lead"), b"%2Flead");
        // Written in several pieces, too.
        assert_eq!(recoded(b"%61%2F/b ///"), b"a/%2Fb%20/%2F/");
    }
}

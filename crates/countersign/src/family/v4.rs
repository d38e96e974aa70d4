//! The V4 shape: a canonical request, its digest in a string to sign, and a key chained from a scope.
//!
//! AWS invented it ("Authenticating requests: Signature Version 4", S3 API Reference, read
//! 2026-11); OSS and KS3 changed names and details.

use crate::{
    crypto::{HashName, Key, Seal},
    error::{ClaimError, DraftError, Fault, SignError},
    family::authorization,
    pen::{Document, List, Origin, Pen, Role, line, line_end, part},
    phrase::words,
    scheme::{Additions, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Body, Request},
    terms::{Claim, Hints, PathForm, Payload, Scope, SignedHeaders, Terms},
    time::{self, Timestamp},
    wire::{
        Ink,
        header::{self, Named, has_prefix},
        hex, percent,
        query::{self, Equals, Param, Times},
        sorted,
        text::Text,
    },
};
use core::cmp::Ordering;
use smallvec::SmallVec;

/// The names and constants of one vendor's V4.
pub(crate) struct Rules {
    /// First word of the header and first line of the string to sign.
    pub(crate) algorithm: &'static str,
    /// Put before the secret to start the key chain.
    pub(crate) key_prefix: &'static str,
    /// Last word of the scope.
    pub(crate) terminator: &'static str,
    /// The service of the scope, where the vendor has but one.
    pub(crate) service: Option<&'static str>,
    /// The form of a scope, for messages.
    pub(crate) credential_form: &'static str,
    /// Headers with this prefix are the vendor's own.
    pub(crate) own_prefix: &'static str,
    /// Header names: time, payload hash, session token.
    pub(crate) headers: [&'static str; 3],
    /// Parameter names of the URL form.
    pub(crate) params: ParamNames,
    /// How the path is written.
    pub(crate) path: PathRule,
    /// What becomes of runs of blanks inside a header's value.
    pub(crate) blanks: Blanks,
    /// Separator between the items of the `Authorization` header.
    pub(crate) item_separator: &'static str,
}

/// Parameter names of the URL form.
#[derive(Clone, Copy)]
pub(crate) struct ParamNames {
    pub(crate) algorithm: &'static str,
    pub(crate) credential: &'static str,
    pub(crate) date: &'static str,
    pub(crate) expires: &'static str,
    pub(crate) signed_headers: &'static str,
    pub(crate) token: &'static str,
    pub(crate) signature: &'static str,
}

/// How the path becomes the canonical URI.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathRule {
    /// Decoded and encoded once: S3 and its compatibles.
    Once,
    /// The encoded path encoded again, after resolving dot segments: every other AWS service.
    Twice,
}

/// What becomes of runs of blanks inside a header's value. Those around it are always dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// Each run is written as one blank (AWS).
    Joined,
    /// They stay (OSS, KS3).
    Kept,
}

/// The longest life of a signed URL: a week.
pub(crate) const MAX_LIFE: u64 = 604_800;
/// In place of a body hash.
pub(crate) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Headers that SDKs leave unsigned, because proxies and clients change them.
static NEVER_SIGNED: [&str; 17] = [
    "authorization",
    "baggage",
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
    "x-amzn-trace-id",
];

const HOST: &str = "host";

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

/// Whether a scope is one of the scheme, where several share names and constants.
pub(crate) type IsOwn = fn(&Scope<'_>) -> bool;

/// Every scope is.
pub(crate) fn any_scope(_: &Scope<'_>) -> bool {
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
    let (id, scope) = cut_credential(authorization::item(items, "Credential")?, "Credential", rules)?;
    if !is_own(&scope) {
        return Ok(None);
    }
    let mut claim = Claim::new(scheme, id);
    claim.scope = Some(scope);
    claim.signed_headers = Some(Text::from(authorization::item(items, "SignedHeaders")?));
    claim.signature = Text::from(authorization::item(items, "Signature")?);
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
    if !is_own(&scope) {
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
    claim.token = token.map(|(param, _)| param.text());
    let hoisted = request.param_in_any_case(payload);
    let hoisted = hoisted.filter(|param| param.raw_value().is_some()).map(|param| param.text());
    claim.payload = hoisted.or_else(|| request.header_value(payload).map(Text::from));
    Ok(Some(claim))
}

/// What the payload line says when a request is signed in its headers.
pub(crate) fn state_payload<'a>(payload: Payload<'a>, body: Body<'_>) -> Result<Text<'a>, SignError> {
    match payload {
        Payload::Unsigned => Ok(Text::from(UNSIGNED_PAYLOAD)),
        Payload::Text(text) => Ok(Text::from(text)),
        Payload::Body => Ok(body_hash(body).ok_or(DraftError::BodyNeeded)?),
    }
}

/// The hexadecimal SHA-256 of a body.
pub(crate) fn body_hash(body: Body<'_>) -> Option<Text<'static>> {
    let mut text = Text::EMPTY;
    hex::encode(&body.sha256()?, &mut text);
    Some(text)
}

/// The claim both forms state: who, when, where.
pub(crate) fn state<'a>(
    rules: &Rules,
    who: &'a Credentials,
    terms: &Terms<'a>,
    time_text: Option<Text<'a>>,
    claim: &mut Claim<'a>,
) -> Result<(), SignError> {
    let scope = claim.scope.insert(Scope::empty());
    scope.region = Text::from(terms.region.ok_or(SignError::Terms(words!("a region")))?);
    scope.service = Text::from(terms.service.or(rules.service).ok_or(SignError::Terms(words!("a service")))?);
    scope.terminator = Text::from(rules.terminator);
    if let Some(there) = time_text {
        scope.date = Text::copied(there.get(..8).unwrap_or_default());
        claim.signed_at = Timestamp::from_iso_basic(&there);
        claim.time_text = Some(there);
    } else {
        let iso = terms.time.iso_digits();
        let [date @ .., _, _, _, _, _, _, _, _] = &iso;
        scope.date = Text::copied(date);
        claim.signed_at = Some(terms.time);
        claim.time_text = Some(Text::copied(&iso));
    }
    claim.token = who.token().map(Text::from);
    claim.path_form = terms.path_form;
    Ok(())
}

/// Region and service of the scope.
pub(crate) fn place<'a>(rules: &Rules, terms: &Terms<'a>) -> Result<(&'a str, &'a str), SignError> {
    let region = terms.region.ok_or(SignError::Terms(words!("a region")))?;
    let service = terms.service.or(rules.service).ok_or(SignError::Terms(words!("a service")))?;
    Ok((region, service))
}

/// Life of a signed URL, checked against the vendor's limit.
pub(crate) fn state_life(terms: &Terms<'_>) -> Result<u64, SignError> {
    let asked = terms.expires_in.ok_or(SignError::Terms(words!("a life in seconds")))?;
    if asked == 0 || asked > MAX_LIFE { Err(SignError::Life { asked, limit: MAX_LIFE }) } else { Ok(asked) }
}

/// States the claim of the header form, which asks for the payload's hash in a header of its own, and signs it.
pub(crate) fn state_header<'a>(
    rules: &Rules,
    request: &Request<'a>,
    who: &'a Credentials,
    terms: &Terms<'a>,
    usual: fn(&str) -> bool,
    claim: &mut Claim<'a>,
) -> Result<(), SignError> {
    let [date, payload, token] = rules.headers;
    state(rules, who, terms, request.header_value(date).map(Text::from), claim)?;
    claim.payload = Some(match request.header_value(payload) {
        Some(there) => Text::from(there),
        None => state_payload(terms.payload, request.body())?,
    });
    let own = [date, payload, token];
    let count = if claim.token.is_some() { 3 } else { 2 };
    claim.signed_headers = Some(signed_names(request, terms, own.get(..count).unwrap_or_default(), usual));
    Ok(())
}

/// States the claim of the URL form, which leaves the body unsigned unless the request has its hash.
pub(crate) fn state_url<'a>(
    rules: &Rules,
    request: &Request<'a>,
    who: &'a Credentials,
    terms: &Terms<'a>,
    usual: fn(&str) -> bool,
    claim: &mut Claim<'a>,
) -> Result<(), SignError> {
    state(rules, who, terms, None, claim)?;
    let life = state_life(terms)?;
    claim.expires_text = Some(Text::from(life));
    claim.expires_at = claim.signed_at.map(|at| at.plus(i64::try_from(life).unwrap_or(i64::MAX)));
    claim.signed_headers = Some(signed_names(request, terms, &[], usual));
    let [_, payload, _] = rules.headers;
    claim.payload = request.header_value(payload).map(Text::from);
    Ok(())
}

/// Whether a header is one that SDKs sign, AWS's and most others.
pub(crate) fn usually_signed(name: &str) -> bool {
    !NEVER_SIGNED.iter().any(|never| name.eq_ignore_ascii_case(never))
}

/// The names of the headers to sign: those asked for, or those the vendor's SDK signs.
pub(crate) fn signed_names<'n>(
    request: &'n Request<'_>,
    terms: &Terms<'n>,
    added: &[&'n str],
    usual: fn(&str) -> bool,
) -> Text<'static> {
    let mut names: SmallVec<[&str; 24]> = SmallVec::new();
    match terms.signed_headers {
        SignedHeaders::Only(only) => names.extend_from_slice(only),
        SignedHeaders::Usual => {
            for field in request.headers() {
                if usual(field.name) {
                    names.push(field.name);
                }
            }
            names.extend_from_slice(added);
            names.push(HOST);
        }
    }
    // What every signed URL has.
    if *names == [HOST] { Text::from(HOST) } else { join_names(&names) }
}

/// Gives header names to `take`, sorted without regard to case, each of them once.
pub(crate) fn each_name<'n>(names: &[&'n str], mut take: impl FnMut(&'n str)) {
    let mut in_order = SmallVec::new();
    header::by_name(names, |name| name, &mut in_order);
    let mut before = None;
    for name in in_order {
        if !before.replace(name).is_some_and(|before: &str| before.eq_ignore_ascii_case(name)) {
            take(name);
        }
    }
}

/// `a;b;c` in lower case, sorted.
pub(crate) fn join_names(names: &[&str]) -> Text<'static> {
    let mut joined = Text::EMPTY;
    let mut list = List::new("", ";");
    each_name(names, |name| {
        joined.write(list.lead().as_bytes());
        header::lower(name.as_bytes(), &mut joined);
    });
    joined
}

/// Adds the headers that go with the header form, unless the request has them already.
pub(crate) fn place_headers<'c>(rules: &Rules, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
    let values = [&claim.time_text, &claim.payload, &claim.token];
    for (name, value) in rules.headers.into_iter().zip(values) {
        if let Some(value) = value.as_ref().filter(|_| request.header_value(name).is_none()) {
            additions.header(name, value);
        }
    }
}

/// Adds the parameters of the URL form, the signature excepted, in the order SDKs write them.
pub(crate) fn place_params<'c>(rules: &'static Rules, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
    let names = &rules.params;
    additions.param(names.algorithm, &[rules.algorithm.as_bytes()]);
    if let Some(scope) = &claim.scope {
        let [date, region, service, terminator] = scope.parts();
        additions.param(names.credential, &[&claim.access_key_id, b"/", date, b"/", region, b"/", service, b"/", terminator]);
    }
    let rest = [
        (names.date, &claim.time_text),
        (names.expires, &claim.expires_text),
        (names.signed_headers, &claim.signed_headers),
        (names.token, &claim.token),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            additions.param(name, &[value]);
        }
    }
}

/// The value of the `Authorization` header.
pub(crate) fn carry_header(rules: &Rules, claim: &Claim<'_>, list_name: &str, signature: &[u8], out: &mut dyn Ink) {
    let scope = claim.scope.as_ref().map(Scope::parts).unwrap_or_default();
    out.write(rules.algorithm.as_bytes());
    out.write(b" Credential=");
    out.write(&claim.access_key_id);
    for piece in scope {
        out.write(b"/");
        out.write(piece);
    }
    let separator = rules.item_separator.as_bytes();
    if let Some(names) = claim.signed_headers.as_ref().filter(|names| !names.is_empty()) {
        for piece in [separator, list_name.as_bytes(), b"=", names] {
            out.write(piece);
        }
    }
    for piece in [separator, b"Signature=", signature] {
        out.write(piece);
    }
}

/// Writes the canonical request and the string to sign as AWS defines them.
pub(crate) fn draft(
    rules: &Rules,
    request: &Request<'_>,
    claim: &Claim<'_>,
    payload: &Payload<'_>,
    pen: &mut Pen<'_>,
) -> Result<(), DraftError> {
    pen.open(Document::CanonicalRequest);
    line(pen, Role::Method, Origin::Request, request.method().as_bytes());
    path(rules.path, request, claim.path_form, pen);
    line_end(pen);
    query(request, Some(rules.params.signature), Equals::Always, pen);
    line_end(pen);
    let names = claim.signed_headers.as_ref().ok_or(DraftError::Missing(words!("the list of signed headers")))?;
    let mut fields = Named::new();
    fields.extend(request.headers());
    for name in names.split(|b| *b == b';').filter(|name| !name.is_empty()) {
        header_line(rules, request, &fields, name, pen);
    }
    line_end(pen);
    let mut list = List::new("", ";");
    for name in names.split(|b| *b == b';').filter(|name| !name.is_empty()) {
        pen.item(&mut list);
        pen.part(Role::SignedHeader, name, Origin::Request);
        pen.write(name);
    }
    line_end(pen);
    match (&claim.payload, payload) {
        (Some(text), _) => part(pen, Role::Payload, Origin::Request, text),
        (None, Payload::Text(text)) => part(pen, Role::Payload, Origin::Scheme, text.as_bytes()),
        (None, Payload::Unsigned) => part(pen, Role::Payload, Origin::Scheme, UNSIGNED_PAYLOAD.as_bytes()),
        (None, Payload::Body) => {
            part(pen, Role::Payload, Origin::Computed, &body_hash(request.body()).ok_or(DraftError::BodyNeeded)?)
        }
    }
    string_to_sign(rules.algorithm, claim, pen)
}

/// Writes the string to sign: algorithm, time, scope, digest.
pub(crate) fn string_to_sign(algorithm: &str, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let scope = claim.scope.as_ref().ok_or(DraftError::Missing(words!("the scope")))?;
    let time = claim.time_text.as_ref().ok_or(DraftError::Missing(words!("the time")))?;
    opening(algorithm, time, scope, pen);
    pen.part(Role::Digest, &[], Origin::Computed);
    pen.close_digest();
    Ok(())
}

/// Writes the lines that every string to sign begins with: algorithm, time, scope.
pub(crate) fn opening(algorithm: &str, time: &Text<'_>, scope: &Scope<'_>, pen: &mut Pen<'_>) {
    pen.open(Document::StringToSign);
    line(pen, Role::Algorithm, Origin::Scheme, algorithm.as_bytes());
    line(pen, Role::Time, Origin::Request, time);
    let mut list = List::new("", "/");
    let roles = [Role::ScopeDate, Role::Region, Role::Service, Role::Terminator];
    for (role, piece) in roles.into_iter().zip(scope.parts()) {
        pen.item(&mut list);
        part(pen, role, Origin::Request, piece);
    }
    line_end(pen);
}

/// Writes the canonical URI.
fn path(rule: PathRule, request: &Request<'_>, form: PathForm, pen: &mut Pen<'_>) {
    pen.part(Role::Path, &[], Origin::Request);
    let raw = request.path();
    if raw.is_empty() {
        pen.write(b"/");
    } else if rule == PathRule::Once {
        percent::recode(raw, &percent::PATH, pen);
    } else if form == PathForm::AsSent {
        percent::encode(raw, &percent::PATH, pen);
    } else {
        percent::encode(&normalized(raw), &percent::PATH, pen);
    }
}

/// Resolves dot segments and double slashes.
pub(crate) fn normalized(path: &[u8]) -> SmallVec<[u8; 256]> {
    let mut kept: SmallVec<[&[u8]; 16]> = SmallVec::new();
    for segment in path.split(|b| *b == b'/') {
        match segment {
            b"" | b"." => {}
            b".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let mut out = SmallVec::new();
    for segment in &kept {
        out.push(b'/');
        out.extend_from_slice(segment);
    }
    if out.is_empty() || path.ends_with(b"/") {
        out.push(b'/');
    }
    out
}

/// Writes all parameters but `except`, sorted by encoded name and value.
///
/// AWS writes `name=` for a parameter without a value, OSS `name`.
pub(crate) fn query(request: &Request<'_>, except: Option<&str>, equals: Equals, pen: &mut Pen<'_>) {
    // Most requests have no parameters but those that a signer adds, and the signature is not among these yet.
    if let Some(added) = request.only_added().filter(|added| (*added).is_sorted_by(|a, b| a.cmp_encoded(b) == Ordering::Less)) {
        return pen.params(added, Origin::Request);
    }
    let mut params = Params::new();
    for param in request.params() {
        if !except.is_some_and(|name| param.is(name)) {
            params.push(param);
        }
    }
    sorted_params(&params, equals, pen);
}

/// The parameters of a request: few have more.
pub(crate) type Params<'a> = SmallVec<[Param<'a>; 16]>;

/// Writes `params` sorted by encoded name and value.
pub(crate) fn sorted_params(params: &[Param<'_>], equals: Equals, pen: &mut Pen<'_>) {
    let mut list = List::new("", "&");
    for param in sorted(params, Param::cmp_encoded) {
        pen.item(&mut list);
        pen.param(param, Origin::Request);
        param.write_pair(equals, pen);
    }
}

/// Writes `name:value` and a line end; repeated headers are joined with commas.
pub(crate) fn header_line(rules: &Rules, request: &Request<'_>, fields: &Named<'_, '_>, name: &[u8], pen: &mut Pen<'_>) {
    let text = core::str::from_utf8(name).unwrap_or_default();
    pen.part(Role::Header, name, Origin::Request);
    pen.write(name);
    pen.write(b":");
    if text.eq_ignore_ascii_case("host") {
        request.write_host(pen);
    } else {
        let mut list = List::new("", ",");
        for field in fields.get(text) {
            pen.write(list.lead().as_bytes());
            match rules.blanks {
                Blanks::Joined => header::collapsed(field.value, pen),
                Blanks::Kept => header::unfolded(field.value, pen),
            }
        }
    }
    line_end(pen);
}

/// The key chain and the hexadecimal signature of V4.
pub(crate) fn seal<'c>(rules: &Rules, claim: &'c Claim<'_>) -> Seal<'c> {
    let steps = claim.scope.as_ref().map(Scope::parts).unwrap_or_default();
    Seal { hash: HashName::Sha256, key: key(rules, steps), encoding: Encoding::Hex }
}

/// The key chain for a scope.
pub(crate) const fn key<'s>(rules: &Rules, scope: [&'s [u8]; 4]) -> Key<'s> {
    Key::Chain { prefix: rules.key_prefix, steps: scope }
}

/// Whether a header belongs to the vendor.
pub(crate) fn is_own(rules: &Rules, name: &str) -> bool {
    has_prefix(name, rules.own_prefix)
}

/// Takes over what only the verifier knows.
pub(crate) fn hinted<'a>(mut claim: Claim<'a>, hints: &Hints<'a>) -> Claim<'a> {
    claim.path_form = hints.path_form;
    claim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalising_follows_rfc_3986() {
        for (path, wanted) in
            [("/./", "/"), ("//example//", "/example/"), ("/a/../b/./c", "/b/c"), ("/../..", "/"), ("/a/..", "/"), ("", "/")]
        {
            assert_eq!(normalized(path.as_bytes()).as_slice(), wanted.as_bytes(), "{path}");
        }
    }
}

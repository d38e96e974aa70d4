//! States what a signed request will claim, and places it in the request.

use super::{MAX_LIFE, Rules, UNSIGNED_PAYLOAD, body_hash};
use crate::{
    error::{DraftError, SignError},
    pen::List,
    phrase::words,
    scheme::Additions,
    secret::Credentials,
    subject::{Body, Request},
    terms::{Claim, Payload, Scope, SignedHeaders, Terms},
    time::Timestamp,
    wire::{Few, Ink, header, text::Text},
};

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

/// What the payload line says when a request is signed in its headers.
pub(crate) fn state_payload<'a>(payload: Payload<'a>, body: Body<'_>) -> Result<Text<'a>, SignError> {
    match payload {
        Payload::Unsigned => Ok(Text::from(UNSIGNED_PAYLOAD)),
        Payload::Text(text) => Ok(Text::from(text)),
        Payload::Body => Ok(body_hash(body).ok_or(DraftError::BodyNeeded)?),
    }
}

/// The claim both forms state: who, when, where.
pub(crate) fn state<'a>(
    rules: &Rules,
    who: &'a Credentials,
    terms: &Terms<'a>,
    time_text: Option<Text<'a>>,
    claim: &mut Claim<'a>,
) -> Result<(), SignError> {
    let (region, service) = region_and_service(rules, terms)?;
    let [region, service, terminator] = [region, service, rules.terminator].map(Text::from);
    let scope = claim.scope.insert(Scope { date: Text::EMPTY, region, service, terminator });
    if let Some(there) = time_text {
        scope.date.set(there.get(..8).unwrap_or_default());
        claim.signed_at = Timestamp::from_iso_basic(&there);
        claim.time_text = Some(there);
    } else {
        let iso = terms.time.iso_digits();
        let [day @ .., _, _, _, _, _, _, _, _] = &iso;
        scope.date.set(day);
        claim.signed_at = Some(terms.time);
        claim.time_text.insert(Text::EMPTY).set(&iso);
    }
    claim.token = who.token().map(Text::from);
    claim.path_form = terms.path_form;
    Ok(())
}

/// Region and service of the scope.
pub(crate) fn region_and_service<'a>(rules: &Rules, terms: &Terms<'a>) -> Result<(&'a str, &'a str), SignError> {
    let region = terms.region.ok_or(SignError::Terms(words!("a region")))?;
    let service = terms.service.or(rules.service).ok_or(SignError::Terms(words!("a service")))?;
    // Pages, where little code counts, look at what they are given before they sign.
    if cfg!(not(feature = "compact")) {
        check_scope(region, service)?;
    }
    Ok((region, service))
}

/// Refuses what a scope cannot say: nothing, or a slash, at which it is cut apart.
fn check_scope(region: &str, service: &str) -> Result<(), SignError> {
    let needed = match (region, service) {
        ("", _) => words!("a region"),
        (_, "") => words!("a service"),
        _ if region.contains('/') => words!("a region without `/`"),
        _ if service.contains('/') => words!("a service without `/`"),
        _ => return Ok(()),
    };
    Err(SignError::Terms(needed))
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
    claim.expires_text.insert(Text::EMPTY).set_decimal(life);
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
    // What every signed URL has.
    if terms.signed_headers == SignedHeaders::Usual && added.is_empty() && !request.has_headers() {
        return Text::from(HOST);
    }
    let mut names: Few<&str, 24> = Few::new();
    match terms.signed_headers {
        SignedHeaders::Only(only) => names.extend_from_slice(only),
        SignedHeaders::Usual => {
            for field in request.headers() {
                if usual(field.name) {
                    names.push(field.name);
                }
            }
        }
    }
    // Servers refuse a request without these.
    names.extend_from_slice(added);
    names.push(HOST);
    join_names(&names)
}

/// Gives header names to `take`, sorted without regard to case, each of them once.
pub(crate) fn each_name<'n>(names: &[&'n str], mut take: impl FnMut(&'n str)) {
    let mut in_order = Few::new();
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

/// Adds the parameters of the URL form, the signature excepted, in the order in which they are signed.
pub(crate) fn place_params<'c>(rules: &'static Rules, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
    let names = &rules.params;
    let algorithm = |additions: &mut Additions<'c>| additions.plain_param(names.algorithm, rules.algorithm.as_bytes());
    let list = |additions: &mut Additions<'c>| {
        if let Some(list) = &claim.signed_headers {
            additions.param(names.signed_headers, &[list]);
        }
    };
    if rules.is_list_first {
        list(additions)
    } else {
        algorithm(additions)
    }
    if let Some(scope) = &claim.scope {
        let [date, region, service, terminator] = scope.parts();
        additions.path_param(names.credential, &[&claim.access_key_id, date, region, service, terminator]);
    }
    // Of these two all are digits, but for a letter or two.
    for (name, value) in [(names.date, &claim.time_text), (names.expires, &claim.expires_text)] {
        if let Some(value) = value {
            additions.plain_param(name, value);
        }
    }
    if let Some(token) = &claim.token {
        additions.param(names.token, &[token]);
    }
    if rules.is_list_first {
        algorithm(additions)
    } else {
        list(additions)
    }
    additions.are_params_sorted = true;
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

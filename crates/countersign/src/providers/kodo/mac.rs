//! The management credential `Qiniu`: verb, target, host, type, `X-Qiniu-` headers and body.
//!
//! Follows "Management credential" (developer.qiniu.com, Kodo, access-token; the same in the manuals
//! of Pili and Fusion) and `QiniuMacAuth.token_of_request` of the Python SDK 7.18.

use super::{FORM, PathRule, qbox};
use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    family::authorization,
    pen::{Document, Origin, Pen, Role, line_end, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, SignedHeaders, Terms},
    time::Timestamp,
    wire::{
        Few, Ink,
        header::{self, Header, has_prefix},
        sorted,
        text::Text,
    },
};

/// `kodo-mac`
pub static MAC: Mac = Mac;

/// The first word of the header.
pub(super) const WORD: &str = "Qiniu";
/// Headers with this prefix and something behind it are signed.
const OWN_PREFIX: &str = "x-qiniu-";
/// With this header the service refuses a request that comes 15 minutes late.
const DATE: &str = "X-Qiniu-Date";

/// `kodo-mac`: `Authorization: Qiniu id:signature`.
///
/// Signing adds what the SDKs add: the form type to a request without `Content-Type`, and
/// `X-Qiniu-Date`. [`SignedHeaders::Only`] without that name leaves the date out, as the switch of
/// the SDKs does.
///
/// The Go SDK leaves all bodies but forms and JSON out of the signature. Its requests verify, with
/// `Claim::dialect` saying so.
pub struct Mac;

/// What an SDK signs.
pub(super) struct Rules {
    path: PathRule,
    /// The type that is signed when the request names none.
    absent_type: Option<&'static str>,
    body: BodyRule,
}

/// For which types the body is signed.
enum BodyRule {
    /// Every type but `application/octet-stream`.
    AllButOctets,
    /// Forms and JSON, spelled exactly so.
    FormAndJson,
}

/// As documented, and as Python and PHP do.
pub(super) static DOCUMENTED: Rules = Rules { path: PathRule::AsSent, absent_type: None, body: BodyRule::AllButOctets };

/// The names of `Scheme::dialects`, and what these SDKs do.
static DIALECTS: [&str; 3] = ["go", "java", "node"];
static GO: Rules = Rules { path: PathRule::Decoded, absent_type: Some(FORM), body: BodyRule::FormAndJson };
static JAVA: Rules = Rules { path: PathRule::Decoded, absent_type: None, body: BodyRule::AllButOctets };
static NODE: Rules = Rules { path: PathRule::NeverEmpty, absent_type: Some(FORM), body: BodyRule::AllButOctets };

impl Scheme for Mac {
    fn id(&self) -> &'static str {
        "kodo-mac"
    }

    fn provider(&self) -> &'static str {
        "kodo"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Authorization
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        read(&MAC, request)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        _: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        let dated = match terms.signed_headers {
            SignedHeaders::Usual => true,
            SignedHeaders::Only(names) => names.iter().any(|name| name.eq_ignore_ascii_case(DATE)),
        };
        let there = request.header_value(DATE).map(Text::from);
        claim.time_text = there.or_else(|| dated.then(|| terms.time.iso_basic()));
        claim.signed_at = claim.time_text.as_deref().and_then(Timestamp::from_iso_basic);
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if request.header_value("content-type").is_none() {
            additions.header("Content-Type", FORM.as_bytes());
        }
        if let Some(date) = claim.time_text.as_ref().filter(|_| request.header_value(DATE).is_none()) {
            additions.header(DATE, date);
        }
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        let rules = match claim.dialect {
            Some("go") => &GO,
            Some("java") => &JAVA,
            Some("node") => &NODE,
            _ => &DOCUMENTED,
        };
        draft(rules, request, pen)
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        qbox::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        super::write_pair(WORD, claim, signature, out);
    }

    #[cfg(feature = "verify")]
    fn dialects(&self) -> &'static [&'static str] {
        &DIALECTS
    }
}

/// Reads the header; the claim is one of `scheme`.
pub(super) fn read<'a>(scheme: &'static dyn Scheme, request: &Request<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
    let Some(pair) = authorization::after_word(request, WORD)? else { return Ok(None) };
    let mut claim = super::read_pair(scheme, pair.into(), "Authorization")?;
    claim.time_text = request.header_value(DATE).map(Text::from);
    claim.signed_at = claim.time_text.as_deref().and_then(Timestamp::from_iso_basic);
    Ok(Some(claim))
}

/// Writes the lines of the request, an empty line, and the body.
pub(super) fn draft(rules: &Rules, request: &Request<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let host = request.host().ok_or(DraftError::Missing(words!("the host")))?;
    let method: Few<u8, 16> = request.method().bytes().map(|b| b.to_ascii_uppercase()).collect();
    pen.open(Document::StringToSign);
    part(pen, Role::Method, Origin::Request, &method);
    part(pen, Role::Punctuation, Origin::Scheme, b" ");
    super::target(request, rules.path, pen);
    line_end(pen);
    part(pen, Role::Punctuation, Origin::Scheme, b"Host: ");
    part(pen, Role::Host, Origin::Request, &host);
    let sent_type = request.header_value("content-type").filter(|text| !text.is_empty());
    let content_type = sent_type.or(rules.absent_type.map(str::as_bytes));
    if let Some(text) = content_type {
        let origin = if sent_type.is_some() { Origin::Request } else { Origin::Assumed };
        line_end(pen);
        part(pen, Role::Punctuation, Origin::Scheme, b"Content-Type: ");
        part(pen, Role::ContentType, origin, text);
    }
    own_headers(request, pen);
    line_end(pen);
    line_end(pen);
    let signed = content_type.is_some_and(|text| match rules.body {
        BodyRule::AllButOctets => text != b"application/octet-stream",
        BodyRule::FormAndJson => text == FORM.as_bytes() || text == b"application/json",
    });
    if signed {
        part(pen, Role::Body, Origin::Request, super::body(request)?);
    }
    Ok(())
}

/// Writes each `X-Qiniu-` header as a line of its own, sorted by name. The bare prefix is no header of these.
fn own_headers(request: &Request<'_>, pen: &mut Pen<'_>) {
    let own = |field: &&Header<'_>| has_prefix(field.name, OWN_PREFIX) && field.name.len() > OWN_PREFIX.len();
    let fields: Few<&Header<'_>, 8> = request.headers().filter(own).collect();
    for field in sorted(&fields, |a, b| canonical(a.name).cmp(canonical(b.name))) {
        line_end(pen);
        pen.part(Role::Header, &header::lower_name(field.name), Origin::Request);
        pen.write(&canonical(field.name).collect::<Few<u8, 48>>());
        pen.write(b": ");
        pen.write(field.trimmed());
    }
}

/// A header name as Go writes it: each word with a capital.
fn canonical(name: &str) -> impl Iterator<Item = u8> {
    let mut starts = true;
    name.bytes().map(move |byte| {
        let cased = if starts { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
        starts = byte == b'-';
        cased
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_name_has_a_capital() {
        assert!(canonical("x-QINIU-meta-oWNER").eq(*b"X-Qiniu-Meta-Owner"));
    }
}

//! The signature of the JSON API ("v4"), which carries the text it signs.
//!
//! `Base64(HMAC-SHA1(secret, Original) || Original)`, where `Original` is seven fields `a=..&b=..`
//! in any order. Nothing of the request is signed: the server compares appid, bucket and file with
//! it afterwards. Follows "Signature algorithm" and "Multi and once signatures" of the COS JSON API
//! product document (2016).
//!
//! [`Grant`] makes such a signature, [`Decoded`] takes one apart, [`Operation`] says which kind an
//! operation needs.

mod decoded;
mod field;
mod grant;
mod operation;

pub use decoded::{Decoded, Problem, TextError};
pub use field::{Field, Kind, Order};
pub use grant::{Escapes, Expiry, File, Grant, GrantError};
pub use operation::{Needs, Operation};

use crate::{
    crypto::{HashName, Key, Seal},
    error::{ClaimError, DraftError, Fault, SignError},
    pen::{Document, List, Origin, Pen, Role},
    phrase::words,
    scheme::{Carrier, Hashing, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    time::{self, Timestamp},
    wire::{Ink, base64, hex, percent, split_once, text::Text},
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// `cos-json-multi`
///
/// ```
/// use countersign::{Hints, SecretKey, Subject, Verification, verify};
///
/// // The worked example of the 2016 document.
/// let token = b"v6+um3VE3lxGz97PmnSg6+/V9PZhPTIwMDAwMSZiPW5ld2J1Y2tldCZrPUFLSURVZkxVRVVpZ1FpWHFtN0NWU3NwS0pudWFp\
///     SUt0eHFBdiZlPTE0NzA3MzcwMDAmdD0xNDcwNzM2OTQwJnI9NDkwMjU4OTQzJmY9";
/// let subject = Subject::Token(token);
/// let secret = SecretKey::new("bLcPnl88WU30VY57ipRhSePfPdOfSruK");
/// assert!(matches!(verify(&subject, &secret, &Hints::default())?, Verification::Matches(_)));
///
/// // Read with the digit 1 for the letter l, as its listing is printed, the secret verifies nothing.
/// let secret = SecretKey::new("bLcPn188WU30VY57ipRhSePfPdOfSruK");
/// assert!(matches!(verify(&subject, &secret, &Hints::default())?, Verification::Differs { .. }));
/// # Ok::<(), countersign::VerifyError>(())
/// ```
pub static JSON_MULTI: Json = Json { kind: Kind::Multi };
/// `cos-json-once`
pub static JSON_ONCE: Json = Json { kind: Kind::Once };

/// Length of the MAC in front of the text.
const MAC: usize = 20;

/// `cos-json-multi` and `cos-json-once`, which differ by the expiry: `e=0` is once.
pub struct Json {
    kind: Kind,
}

impl Scheme for Json {
    fn id(&self) -> &'static str {
        match self.kind {
            Kind::Multi => "cos-json-multi",
            Kind::Once => "cos-json-once",
        }
    }

    fn provider(&self) -> &'static str {
        "cos"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Token
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let mut found = candidates(subject).filter_map(|(place, text)| Some((place, split_original(&text)?)));
        let Some((place, (mac, original))) = found.next() else { return Ok(None) };
        if let Some((second, _)) = found.next() {
            return Err(ClaimError { place, fault: Fault::TwoSignatures { other: second }, found: String::new() });
        }
        for field in Field::ALL {
            only(&original, field)?;
        }
        let expiry = Text::from(only(&original, Field::Expiry)?.to_vec());
        if Kind::of(&expiry) != self.kind {
            return Ok(None);
        }
        let time = Text::from(only(&original, Field::Issued)?.to_vec());
        let mut claim = Claim::new(self.kind.scheme(), Text::from(only(&original, Field::SecretId)?.to_vec()));
        claim.signed_at = time::seconds(&time).map(Timestamp::from_unix);
        claim.time_text = Some(time);
        // The 0 of a signature for one use is no time.
        if self.kind == Kind::Multi {
            claim.expires_at = time::seconds(&expiry).map(Timestamp::from_unix);
            claim.expires_text = Some(expiry);
        }
        let mut signature = Vec::with_capacity(2 * MAC);
        hex::encode(&mac, &mut signature);
        claim.signature = Text::from(signature);
        claim.document = Some(Text::from(original));
        Ok(Some(claim))
    }

    /// What this scheme signs is no request: see [`Grant`].
    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, _: &Terms<'a>, _: &mut Claim<'a>) -> Result<(), SignError> {
        Err(SignError::Terms(words!("a `cos::json::Grant`")))
    }

    fn draft(&self, _: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let original = claim.document.as_ref().ok_or(DraftError::Missing(words!("the text of the fields")))?;
        pen.open(Document::StringToSign);
        let mut list = List::new("", "&");
        for pair in original.split(|b| *b == b'&') {
            pen.item(&mut list);
            pen.part(Role::Field, split_once(pair, b'=').0, Origin::Request);
            pen.write(pair);
        }
        Ok(())
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        Seal { hash: HashName::Sha1, key: Key::Secret, encoding: Encoding::Hex }
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        let mac = hex::decode(signature).unwrap_or_default();
        let original = claim.document.as_deref().unwrap_or_default();
        base64::encode(&[&mac, original].concat(), &base64::STANDARD, out);
    }
}

/// The texts that may be such a signature, with their places.
fn candidates<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'static str, Cow<'a, [u8]>)> {
    let request = subject.request();
    let headers = request.into_iter().flat_map(|request| request.headers_named("authorization"));
    let headers = headers.map(|field| ("the `Authorization` header", Cow::Borrowed(field.value)));
    let param = request.and_then(|request| request.param("sign")?.value()).map(|value| ("the URL", value));
    let token = subject.token().map(|token| ("the token", Cow::Borrowed(token)));
    token.into_iter().chain(headers).chain(param)
}

/// MAC and text of a signature; `None` for texts of other origin. Three of the fields tell them apart.
///
/// A MAC of another length matches nothing.
fn split_original(text: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let bytes = decode(text).or_else(|error| in_standard_alphabet(text).map_or(Err(error), |text| decode(&text))).ok()?;
    let (mac, original) = bytes.split_at_checked(mac_length(&bytes))?;
    let (mac, original) = (mac.to_vec(), original.to_vec());
    let there = Field::ALL.iter().filter(|field| values(&original, **field).next().is_some());
    (there.count() >= 3).then_some((mac, original))
}

/// A text in the URL-safe alphabet, which the service does not read, in the one it does; `None` for all others.
fn in_standard_alphabet(text: &[u8]) -> Option<Vec<u8>> {
    let standard = |byte: &u8| match *byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte,
    };
    // Tokens of Kodo have colons.
    let is_other = !text.contains(&b':') && text.iter().any(|byte| matches!(byte, b'-' | b'_'));
    is_other.then(|| text.iter().map(standard).collect())
}

/// Whether a subject carries its signature in the URL-safe alphabet.
#[cfg(feature = "verify")]
pub(super) fn is_url_safe(subject: &Subject<'_>) -> bool {
    candidates(subject).any(|(_, text)| decode(&text).is_err() && split_original(&text).is_some())
}

/// Where the MAC ends: behind 20 bytes, twice as many hexadecimal digits, or those of another hash function.
fn mac_length(bytes: &[u8]) -> usize {
    if bytes.get(..2 * MAC).is_some_and(|front| front.iter().all(u8::is_ascii_hexdigit)) {
        return 2 * MAC;
    }
    let is_field = |len: &usize| match bytes.get(*len..) {
        Some([letter, b'=', ..]) => Field::ALL.iter().any(|field| field.letter().as_bytes() == [*letter]),
        _ => false,
    };
    [MAC, 16, 32, 64].into_iter().find(is_field).unwrap_or(MAC)
}

/// Undoes Base64. There is a MAC, and something behind it.
fn decode(text: &[u8]) -> Result<Vec<u8>, TextError> {
    // Base64 has no `%`: the text was copied out of a URL.
    let text = percent::decode(text.trim_ascii());
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let padding = text.iter().position(|byte| !is_digit(byte)).unwrap_or(text.len());
    if let Some((at, found)) = text.iter().copied().enumerate().skip(padding).find(|(_, byte)| *byte != b'=') {
        return Err(TextError::NotBase64 { at, found });
    }
    let bytes = Encoding::Base64.decode(text.get(..padding).unwrap_or_default()).ok_or(TextError::CutOff { len: padding })?;
    if bytes.len() > MAC { Ok(bytes) } else { Err(TextError::TooShort { len: bytes.len() }) }
}

/// The pairs of the text: everything before the first `=`, everything behind it.
fn pairs(original: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    original.split(|b| *b == b'&').map(|pair| split_once(pair, b'=')).map(|(name, value)| (name, value.unwrap_or_default()))
}

fn values(original: &[u8], field: Field) -> impl Iterator<Item = &[u8]> {
    pairs(original).filter(move |(name, _)| *name == field.letter().as_bytes()).map(|(_, value)| value)
}

/// The only value of a field.
fn only(original: &[u8], field: Field) -> Result<&[u8], ClaimError> {
    let mut values = values(original, field);
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value),
        (None, _) => Err(ClaimError::new(field.letter(), Fault::Missing, b"")),
        (Some(value), Some(_)) => Err(ClaimError::new(field.letter(), Fault::Twice, value)),
    }
}

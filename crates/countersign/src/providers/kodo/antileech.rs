//! Links for the CDN with a time limit: MD5 over key, path and expiry.
//!
//! Follows "Timestamp hotlink protection" (developer.qiniu.com, Fusion manual 3841) and
//! `create_timestamp_anti_leech_url` of the Python SDK 7.18.

use crate::{
    crypto::{HashName, Key, Seal},
    error::{ClaimError, DraftError, Fault, SignError},
    pen::{Document, Origin, Pen, Role, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Link, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    time::Timestamp,
    wire::{hex, text::Text},
};

/// `kodo-cdn-antileech`
pub static CDN_ANTILEECH: CdnAntileech = CdnAntileech;

/// The parameter with the signature.
const SIGN: &str = "sign";
/// The parameter with the expiry, in hexadecimal.
const TIME: &str = "t";

/// `kodo-cdn-antileech`: parameters `sign` and `t` at the end of the URL.
///
/// The secret is the key of the CDN domain, not that of the account, and no id travels: the one in
/// [`Credentials`] is not used. The path is signed as it will be requested: escape it first. The
/// query is not signed.
///
/// A link to a private bucket behind such a domain is signed twice, first as `kodo-private-url`.
/// It is then read as that one; ask for this scheme by its id to check the other signature.
pub struct CdnAntileech;

impl Scheme for CdnAntileech {
    fn id(&self) -> &'static str {
        "kodo-cdn-antileech"
    }

    fn provider(&self) -> &'static str {
        "kodo"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(SIGN)
    }

    fn names_nobody(&self) -> bool {
        true
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request().filter(|request| request.param(SIGN).is_some()) else { return Ok(None) };
        // They are appended to whatever query there is, which may have parameters of these names.
        let last = |name: &str| request.params().filter(|param| param.is(name)).last().and_then(|param| param.value());
        // Other vendors have a `sign`, too; none but this is an MD5.
        let Some(sign) = last(SIGN).filter(|text| text.len() == 32 && text.iter().all(u8::is_ascii_hexdigit)) else {
            return Ok(None);
        };
        let time = last(TIME).ok_or(ClaimError::new(TIME, Fault::Missing, b""))?;
        if time.is_empty() || !time.iter().all(u8::is_ascii_hexdigit) {
            return Err(ClaimError::new(TIME, Fault::Form(words!("Unix seconds in hexadecimal digits")), &time));
        }
        let mut claim = Claim::new(&CDN_ANTILEECH, Text::EMPTY);
        claim.signature = Text::from(sign);
        let seconds = core::str::from_utf8(&time).ok().and_then(|text| i64::from_str_radix(text, 16).ok());
        claim.expires_at = seconds.map(Timestamp::from_unix);
        claim.expires_text = Some(Text::from(time));
        Ok(Some(claim))
    }

    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, terms: &Terms<'a>, claim: &mut Claim<'a>) -> Result<(), SignError> {
        let end = super::end_of_life(terms)?;
        claim.access_key_id = Text::EMPTY;
        let digits = hex::pairs(u64::try_from(end.unix()).unwrap_or_default());
        let first = digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len() - 1);
        claim.expires_text = Some(Text::copied(digits.get(first..).unwrap_or_default()));
        claim.expires_at = Some(end);
        Ok(())
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if let Some(text) = &claim.expires_text {
            additions.param(TIME, &[text]);
        }
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        let time = claim.expires_text.as_ref().ok_or(DraftError::Missing(words!("the expiry")))?;
        // A client that is given a URL without a path asks for `/`.
        let path = if request.path().is_empty() { b"/" } else { request.path() };
        pen.open(Document::StringToSign);
        part(pen, Role::Path, Origin::Request, path);
        part(pen, Role::Date, Origin::Request, time);
        Ok(())
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        Seal { hash: HashName::Md5, key: Key::Before, encoding: Encoding::Hex }
    }

    fn hashing(&self) -> Hashing {
        Hashing::MD5_LINK
    }

    fn link(&self) -> Link {
        Link::SignatureFirst
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["kodo-private-url"]
    }
}

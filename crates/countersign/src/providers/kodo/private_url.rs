//! Private download links: the whole URL up to the token is signed, letter by letter.
//!
//! Follows "Download token" (developer.qiniu.com, Kodo manual 1202) and
//! `Auth.private_download_url` of the Python SDK 7.18.

use super::qbox;
use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, Fault, SignError},
    pen::{Document, List, Origin, Pen, Role, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Link, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    time::{self, Timestamp},
    wire::{
        Ink, percent,
        query::{self, Equals, Param},
        split_once,
        text::Text,
    },
};

/// `kodo-private-url`
pub static PRIVATE_URL: PrivateUrl = PrivateUrl;

/// The parameter with the expiry, the last one that is signed.
pub(super) const EXPIRY: &str = "e";
/// The parameter with key id and signature. The service ignores what follows it.
pub(super) const TOKEN: &str = "token";
/// What such a token looks like, when there is no expiry to tell it by: 20 bytes in Base64.
const SIGNATURE_LENGTHS: core::ops::RangeInclusive<usize> = 27..=28;

/// `kodo-private-url`: parameters `e` and `token` at the end of the URL.
///
/// The URL is signed as it is given, path and query untouched: escape the key first. A request
/// captured on the wire does not say whether it came over HTTP or HTTPS, which is signed, too:
/// see [`Request::with_transport`].
pub struct PrivateUrl;

impl Scheme for PrivateUrl {
    fn id(&self) -> &'static str {
        "kodo-private-url"
    }

    fn provider(&self) -> &'static str {
        "kodo"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(TOKEN)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let request = subject.request().filter(|request| request.param(TOKEN).is_some());
        let Some((signed, token)) = request.and_then(|request| cut(request.query()?)) else { return Ok(None) };
        let token = percent::decode(token);
        let last_of = |query| query::params(query).filter(|param| param.is(EXPIRY)).last().and_then(|param| param.value());
        let (expiry, is_signed) = match last_of(signed) {
            Some(expiry) => (expiry, true),
            // Many services have a parameter of this name; this shape is ours.
            None if !split_once(&token, b':').1.is_some_and(|signature| SIGNATURE_LENGTHS.contains(&signature.len())) => {
                return Ok(None);
            }
            None => {
                let behind = request.and_then(Request::query).and_then(last_of);
                (behind.ok_or(ClaimError::new(EXPIRY, Fault::Missing, b""))?, false)
            }
        };
        let mut claim = super::read_pair(&PRIVATE_URL, token, TOKEN)?;
        // Behind the token nothing is signed, and the service looks for none of it: what is written there ends nothing.
        claim.expires_at = time::seconds(&expiry).filter(|_| is_signed).map(Timestamp::from_unix);
        claim.expires_text = Some(Text::from(expiry));
        Ok(Some(claim))
    }

    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, terms: &Terms<'a>, claim: &mut Claim<'a>) -> Result<(), SignError> {
        let end = super::end_of_life(terms)?;
        claim.expires_text.insert(Text::EMPTY).set_decimal(u64::try_from(end.unix()).unwrap_or_default());
        claim.expires_at = Some(end);
        Ok(())
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if let Some(text) = &claim.expires_text {
            additions.param(EXPIRY, &[text]);
        }
    }

    fn draft(&self, subject: &Subject<'_>, _: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        let transport = request.transport().ok_or(DraftError::TransportNeeded)?;
        let host = request.host().ok_or(DraftError::Missing(words!("the host")))?;
        pen.open(Document::StringToSign);
        part(pen, Role::Transport, Origin::Request, transport.as_str().as_bytes());
        part(pen, Role::Punctuation, Origin::Scheme, b"://");
        part(pen, Role::Host, Origin::Request, &host);
        part(pen, Role::Path, Origin::Request, request.path());
        let mut list = List::new("?", "&");
        let mut added = request.params().filter(|param| matches!(param, Param::Added(..))).peekable();
        let signed = match (request.query(), added.peek()) {
            // A URL being signed has no token of ours yet, even if it has a parameter of that name.
            (Some(query), None) => match cut(query) {
                Some((signed, _)) => Some(signed).filter(|signed| !signed.is_empty()),
                None => Some(query),
            },
            (query, _) => query,
        };
        if let Some(query) = signed {
            super::raw_query(query, &mut list, pen);
        }
        for param in added {
            pen.item(&mut list);
            pen.param(&param, Origin::Request);
            param.write_pair(Equals::Always, pen);
        }
        Ok(())
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        qbox::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        for piece in [&*claim.access_key_id, b":", signature] {
            out.write(piece);
        }
    }

    fn link(&self) -> Link {
        Link::AsIs
    }
}

/// Cuts a query at the last `token`: what is signed of it, and the token, still escaped.
fn cut(query: &[u8]) -> Option<(&[u8], &[u8])> {
    let (signed, rest) = match query.windows(7).rposition(|piece| piece == b"&token=") {
        Some(at) => (query.get(..at)?, query.get(at + 7..)?),
        None => (&[][..], query.strip_prefix(b"token=")?),
    };
    Some((signed, split_once(rest, b'&').0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_token_ends_the_signed_text() {
        let cut = |query: &'static str| cut(query.as_bytes());
        assert_eq!(cut("e=1&token=1&e=2&token=a:b&x=3"), Some((&b"e=1&token=1&e=2"[..], &b"a:b"[..])));
        assert_eq!(cut("token=a:b"), Some((&b""[..], &b"a:b"[..])));
        assert_eq!(cut("e=2&xtoken=a:b"), None);
        assert_eq!(cut(""), None);
    }
}

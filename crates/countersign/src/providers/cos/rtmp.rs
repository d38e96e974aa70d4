//! The signature of an RTMP push URL, `rtmp://<bucket>.cos.<region>.myqcloud.com/live/<channel>`.
//!
//! Follows "RTMP push address and signature" (Tencent Cloud COS, product 436, document 50892, read
//! 2026-11). The key is the secret itself, as in the formula of that page and in the official
//! Python SDK; a block of pseudocode further down says `SignKey`.

use super::pairs::{self, PAIRS, Pairs};
use crate::{
    crypto::{HashName, Key, Seal},
    error::{ClaimError, DraftError, SignError},
    family::endpoint,
    pen::{Document, List, Origin, Pen, Role, line_end, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Link, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Request, Subject},
    terms::{Addressing, Bucket, Claim, Hints, Terms},
    wire::percent,
};

/// `cos-rtmp-url`
pub static RTMP_URL: Push = Push;

/// The parameter with the session token. Being none of the signature's own, it is signed.
const TOKEN: &str = "q-token";

/// `cos-rtmp-url`: parameters `q-sign-algorithm` to `q-signature`, without lists.
pub struct Push;

impl Scheme for Push {
    fn id(&self) -> &'static str {
        "cos-rtmp-url"
    }

    fn provider(&self) -> &'static str {
        "cos"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(pairs::SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request().filter(|request| request.is_push()) else { return Ok(None) };
        let Some(mut pairs) = Pairs::in_query(request) else { return Ok(None) };
        let mut claim = pairs.claim(&RTMP_URL)?;
        claim.token = request.param(TOKEN).and_then(|param| param.value()).map(Into::into);
        claim.bucket = bucket(request, hints);
        Ok(Some(claim))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        pairs::state(who, terms, claim)?;
        claim.bucket = bucket(request, &terms.hints());
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if let Some(token) = claim.token.as_ref().filter(|_| request.param(TOKEN).is_none()) {
            additions.param(TOKEN, &[token]);
        }
        pairs::place(claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        let bucket = claim.bucket.as_ref().ok_or(DraftError::BucketNeeded)?;
        let channel =
            request.path().strip_prefix(b"/live/").ok_or(DraftError::Missing(words!("the channel in `/live/<channel>`")))?;
        pen.open(Document::CanonicalRequest);
        pen.part(Role::Bucket, &[], bucket.origin);
        pen.write(b"/");
        pen.write(&bucket.name);
        part(pen, Role::Path, Origin::Request, b"/");
        pen.write(&percent::decode(channel));
        line_end(pen);
        let mut list = List::new("", "&");
        for param in request.params().filter(|param| !PAIRS.iter().any(|own| param.is(own))) {
            let name = param.name();
            pen.item(&mut list);
            pen.part(Role::Query, &name, Origin::Request);
            pen.write(&name);
            pen.write(b"=");
            pen.write(&param.value().unwrap_or_default());
        }
        line_end(pen);
        pairs::string_to_sign(Role::KeyTime, claim.key_time.as_ref(), pen)
    }

    fn link(&self) -> Link {
        Link::Push
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        Seal { hash: HashName::Sha1, key: Key::Secret, encoding: Encoding::Hex }
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }
}

/// The bucket of the host, or the one named beside the request: the path has no place for it.
fn bucket<'a>(request: &Request<'a>, hints: &Hints<'a>) -> Option<Bucket<'a>> {
    endpoint::bucket(request, hints).filter(|bucket| bucket.addressing != Addressing::Path || bucket.origin == Origin::Terms)
}

//! Qiniu Kodo.
//!
//! Four ways of signing: upload tokens, which carry their own policy; the management credentials
//! `QBox` and `Qiniu`, in which callbacks come, too; private download links; links for the CDN.

mod antileech;
mod callback;
#[cfg(feature = "verify")]
mod causes;
mod contradictions;
mod decode;
mod evaluate;
mod fields;
mod hosts;
#[cfg(feature = "policy")]
mod lint;
mod mac;
mod many;
mod private_url;
mod problem;
mod put_policy;
mod qbox;
mod upload_token;

pub use antileech::CDN_ANTILEECH;
pub use callback::{CALLBACK, check_callback_answer};
#[cfg(feature = "verify")]
pub(crate) use causes::{CAUSES, EXPLAIN_BODY, IDS, SAYINGS};
pub use decode::UploadToken;
pub use evaluate::{Existing, Judgement, KeySource, ObjectKey, Open, Reason, Refusal, Ruling, Upload, UploadWay, evaluate};
pub use fields::{PolicyFields, UploadScope};
pub(crate) use hosts::HOSTS;
pub use hosts::{upload_host, upload_regions};
#[cfg(feature = "policy")]
pub use lint::lint;
pub use mac::MAC;
pub use many::write_upload_tokens;
pub use private_url::PRIVATE_URL;
pub use problem::Problem;
pub use put_policy::{CallbackBodyType, DetectMime, FileType, PersistentType, PolicyBuilder, PolicyError, PutPolicy};
pub use qbox::QBOX;
pub use upload_token::{UPLOAD_TOKEN, sign_policy, upload_token_into, upload_token_len, write_upload_token};

use super::Provider;
use crate::{
    error::{ClaimError, DraftError, Fault, SignError},
    pen::{List, Origin, Pen, Role, part},
    phrase::words,
    scheme::Scheme,
    subject::{Body, Request},
    terms::{Claim, Terms},
    time::Timestamp,
    wire::{Ink, percent, split_once, text::Text},
};
use alloc::borrow::Cow;

/// Qiniu Kodo. Its schemes name no region; the S3 gateway is signed as `s3` is.
pub static PROVIDER: Provider = Provider {
    id: "kodo",
    name: words!("Qiniu Kodo"),
    schemes: &[&UPLOAD_TOKEN, &QBOX, &MAC, &PRIVATE_URL, &CDN_ANTILEECH, &CALLBACK],
    regions: &[],
};

/// The type of forms, for which both management credentials sign the body.
const FORM: &str = "application/x-www-form-urlencoded";

/// How an SDK writes the path into the signed text.
#[derive(Clone, Copy)]
enum PathRule {
    /// As it stands in the URL, an empty one included.
    AsSent,
    /// Without escapes.
    Decoded,
    /// As it stands in the URL, `/` for none.
    NeverEmpty,
}

/// Writes the path and, unless it is empty, the query.
fn target(request: &Request<'_>, rule: PathRule, pen: &mut Pen<'_>) {
    let path = request.path();
    let path = match rule {
        PathRule::Decoded => percent::decode(path),
        PathRule::NeverEmpty if path.is_empty() => Cow::Borrowed(&b"/"[..]),
        PathRule::AsSent | PathRule::NeverEmpty => Cow::Borrowed(path),
    };
    part(pen, Role::Path, Origin::Request, &path);
    if let Some(query) = request.query().filter(|query| !query.is_empty()) {
        raw_query(query, &mut List::new("?", "&"), pen);
    }
}

/// Writes a query as it stands in the URL, each parameter a part. Empty pieces are kept: every byte counts.
fn raw_query(query: &[u8], list: &mut List, pen: &mut Pen<'_>) {
    for piece in query.split(|b| *b == b'&') {
        pen.item(list);
        pen.part(Role::Query, &percent::decode(split_once(piece, b'=').0), Origin::Request);
        pen.write(piece);
    }
}

/// The bytes of the body. Digests will not do: the body itself is signed.
fn body<'a>(request: &Request<'a>) -> Result<&'a [u8], DraftError> {
    match request.body() {
        Body::Bytes(bytes) => Ok(bytes),
        Body::Digest(digest) if digest.len == 0 => Ok(&[]),
        _ => Err(DraftError::BodyNeeded),
    }
}

/// Reads `<access key id>:<signature>`.
fn read_pair<'a>(scheme: &'static dyn Scheme, pair: Cow<'a, [u8]>, place: &'static str) -> Result<Claim<'a>, ClaimError> {
    let halves = match &pair {
        Cow::Borrowed(pair) => halves(pair).map(|(id, signature)| (Text::from(id), Text::from(signature))),
        Cow::Owned(pair) => halves(pair).map(|(id, signature)| (Text::from(id.to_vec()), Text::from(signature.to_vec()))),
    };
    let (id, signature) =
        halves.ok_or_else(|| ClaimError::new(place, Fault::Form(words!("`<access key id>:<signature>`")), &pair))?;
    let mut claim = Claim::new(scheme, id);
    claim.signature = signature;
    Ok(claim)
}

/// Two texts around the only colon.
fn halves(pair: &[u8]) -> Option<(&[u8], &[u8])> {
    let (id, signature) = split_once(pair, b':');
    let signature = signature.filter(|signature| !signature.is_empty() && !signature.contains(&b':'))?;
    (!id.is_empty()).then_some((id, signature))
}

/// Writes `WORD id:signature`.
fn write_pair(word: &str, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
    for piece in [word.as_bytes(), b" ", &claim.access_key_id, b":", signature] {
        out.write(piece);
    }
}

/// When a link made on these terms ends.
fn end_of_life(terms: &Terms<'_>) -> Result<Timestamp, SignError> {
    let life = terms.expires_in.ok_or(SignError::Terms(words!("a life in seconds")))?;
    Ok(terms.time.plus(i64::try_from(life).unwrap_or(i64::MAX)))
}

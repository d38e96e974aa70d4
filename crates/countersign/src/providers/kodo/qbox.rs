//! The management credential `QBox`: path, query and form body. Host, verb and headers are not signed.
//!
//! Follows "Management credential (history)" (developer.qiniu.com, Kodo, access-token)
//! and `Auth.token_of_request` of the Python SDK 7.18.

use super::{FORM, PathRule};
use crate::{
    crypto::{HashName, Key, Seal},
    error::{ClaimError, DraftError, SignError},
    family::authorization,
    pen::{Document, Origin, Pen, Role, line_end, part},
    scheme::{Carrier, Hashing, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    wire::Ink,
};

/// `kodo-qbox`
pub static QBOX: QBox = QBox;

/// The first word of the header.
pub(super) const WORD: &str = "QBox";

/// `kodo-qbox`: `Authorization: QBox id:signature`.
pub struct QBox;

/// What an SDK signs.
pub(super) struct Rules {
    path: PathRule,
    body: BodyRule,
}

/// For which types the body is signed.
enum BodyRule {
    /// The form type, spelled exactly so: a charset behind it keeps the body out.
    Form,
    /// The form type in any case.
    FormInAnyCase,
    /// Every type.
    Any,
}

/// As documented, and as Python and PHP do.
pub(super) static DOCUMENTED: Rules = Rules { path: PathRule::AsSent, body: BodyRule::Form };

/// The names of `Scheme::dialects`, and what these SDKs do.
static DIALECTS: [&str; 3] = ["go", "java", "node"];
static GO: Rules = Rules { path: PathRule::Decoded, body: BodyRule::Form };
static JAVA: Rules = Rules { path: PathRule::AsSent, body: BodyRule::FormInAnyCase };
static NODE: Rules = Rules { path: PathRule::NeverEmpty, body: BodyRule::Any };

impl Scheme for QBox {
    fn id(&self) -> &'static str {
        "kodo-qbox"
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
        read(&QBOX, request)
    }

    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, _: &Terms<'a>, _: &mut Claim<'a>) -> Result<(), SignError> {
        Ok(())
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
        seal()
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
    super::read_pair(scheme, pair.into(), "Authorization").map(Some)
}

/// Writes `path?query`, a line end, and the body of a form.
pub(super) fn draft(rules: &Rules, request: &Request<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    pen.open(Document::StringToSign);
    super::target(request, rules.path, pen);
    line_end(pen);
    let content_type = request.header_value("content-type").unwrap_or_default();
    let signed = match rules.body {
        BodyRule::Form => content_type == FORM.as_bytes(),
        BodyRule::FormInAnyCase => content_type.eq_ignore_ascii_case(FORM.as_bytes()),
        BodyRule::Any => true,
    };
    if signed {
        part(pen, Role::Body, Origin::Request, super::body(request)?);
    }
    Ok(())
}

/// HMAC-SHA1 keyed with the secret, in URL-safe Base64.
pub(super) const fn seal() -> Seal<'static> {
    Seal { hash: HashName::Sha1, key: Key::Secret, encoding: Encoding::Base64Url }
}

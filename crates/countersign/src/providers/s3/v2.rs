//! Signature Version 2 of S3, in headers and URLs. Off at Amazon for newer regions, alive elsewhere.
//!
//! Follows "Signing and Authenticating REST Requests", S3 Developer Guide (RESTAuthentication),
//! read 2026-11. The key is signed as it stands in the request line, escapes and all; values of
//! sub-resources are signed without escapes.

use crate::{
    crypto::{Seal, Sha1Hash},
    error::{ClaimError, DraftError, SignError},
    family::lines::{self, Form, HeadersInQuery, KeyRule, OwnDate, OwnValues, Plus, Rules},
    pen::Pen,
    scheme::{Additions, Carrier, Scheme, seal_with},
    secret::{Credentials, SecretKey},
    signature::Signature,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    wire::Ink,
};

/// `s3-v2-header`
pub static V2_HEADER: Header = Header;
/// `s3-v2-url`
pub static V2_URL: Url = Url;

static RULES: Rules = Rules {
    word: "AWS",
    own_prefix: "x-amz-",
    date_header: "x-amz-date",
    own_date: OwnDate::Empties,
    token_header: "x-amz-security-token",
    token_param: "x-amz-security-token",
    id_params: &["AWSAccessKeyId"],
    sub_resources: SUB_RESOURCES,
    sub_resource_prefix: None,
    key: KeyRule::AsSent,
    headers_in_query: HeadersInQuery::Yes,
    own_values: OwnValues::Joined,
    plus: Plus::Itself,
};

/// The union of what the documentation and the SDKs list, sorted.
static SUB_RESOURCES: &[&str] = &[
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "defaultObjectAcl",
    "delete",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "partNumber",
    "policy",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "select",
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/// `s3-v2-header`: `Authorization: AWS id:signature`.
pub struct Header;

impl Scheme for Header {
    fn id(&self) -> &'static str {
        "s3-v2-header"
    }

    fn provider(&self) -> &'static str {
        "s3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Authorization
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        lines::read_header(&V2_HEADER, &RULES, request, hints)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        lines::state_header(&RULES, request, who, terms, claim);
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        lines::place_headers(&RULES, request, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        lines::draft(&RULES, Form::Header, request, claim, pen)
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        lines::seal()
    }

    fn seal_with(
        &self,
        secret: &SecretKey,
        subject: &Subject<'_>,
        claim: &Claim<'_>,
        signature: &mut Signature,
    ) -> Result<(), DraftError> {
        seal_with::<Sha1Hash>(self, secret, subject, claim, signature)
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        lines::carry_header(&RULES, claim, signature, out);
    }
}

/// `s3-v2-url`: parameters `AWSAccessKeyId`, `Expires` and `Signature`.
pub struct Url;

impl Scheme for Url {
    fn id(&self) -> &'static str {
        "s3-v2-url"
    }

    fn provider(&self) -> &'static str {
        "s3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(lines::SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        lines::read_url(&V2_URL, &RULES, request, hints)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        lines::state_url(request, who, terms, claim)
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        lines::place_params(&RULES, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        lines::draft(&RULES, Form::Url, request, claim, pen)
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        lines::seal()
    }

    fn seal_with(
        &self,
        secret: &SecretKey,
        subject: &Subject<'_>,
        claim: &Claim<'_>,
        signature: &mut Signature,
    ) -> Result<(), DraftError> {
        seal_with::<Sha1Hash>(self, secret, subject, claim, signature)
    }
}

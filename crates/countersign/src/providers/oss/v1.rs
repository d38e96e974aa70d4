//! OSS signature version 1, in headers and URLs.
//!
//! Follows "Add a signature to the header" and "Add signatures to a URL" (Alibaba Cloud OSS, API
//! Reference, Access control, 2021 edition and current pages, read 2026-11). The bucket is always in
//! the resource, whatever the URL looks like, and the key is signed without escapes.

use super::rtmp;
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

/// `oss-v1-header`
pub static V1_HEADER: Header = Header;
/// `oss-v1-url`
pub static V1_URL: Url = Url;

pub(super) static RULES: Rules = Rules {
    word: "OSS",
    own_prefix: "x-oss-",
    date_header: "x-oss-date",
    own_date: OwnDate::Fills,
    token_header: "x-oss-security-token",
    token_param: "security-token",
    id_params: &["OSSAccessKeyId"],
    sub_resources: SUB_RESOURCES,
    sub_resource_prefix: Some("x-oss-"),
    key: KeyRule::Decoded,
    headers_in_query: HeadersInQuery::No,
    own_values: OwnValues::Joined,
    plus: Plus::Itself,
};

/// The union of the lists of the documentation and of seven SDKs, sorted. Every parameter that
/// starts with `x-oss-` counts, too.
static SUB_RESOURCES: &[&str] = &[
    "accessPoint",
    "accessPointPolicy",
    "acl",
    "append",
    "asyncFetch",
    "bucketArchiveDirectRead",
    "bucketInfo",
    "callback",
    "callback-var",
    "cloudboxes",
    "cname",
    "comp",
    "continuation-token",
    "cors",
    "delete",
    "encryption",
    "endTime",
    "group",
    "httpsConfig",
    "img",
    "inventory",
    "inventoryId",
    "lifecycle",
    "link",
    "live",
    "location",
    "logging",
    "metaQuery",
    "objectInfo",
    "objectMeta",
    "partNumber",
    "policy",
    "policyStatus",
    "position",
    "processConfiguration",
    "publicAccessBlock",
    "qos",
    "qosInfo",
    "qosRequester",
    "redundancyTransition",
    "referer",
    "regionList",
    "replication",
    "replicationLocation",
    "replicationProgress",
    "requestPayment",
    "requesterQosInfo",
    "resourceGroup",
    "resourcePool",
    "resourcePoolBuckets",
    "resourcePoolInfo",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "responseHeader",
    "restore",
    "rtc",
    "seal",
    "security-token",
    "sequential",
    "startTime",
    "stat",
    "status",
    "style",
    "styleName",
    "symlink",
    "tagging",
    "transferAcceleration",
    "udf",
    "udfApplication",
    "udfApplicationLog",
    "udfId",
    "udfImage",
    "udfImageDesc",
    "udfName",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "vip",
    "vod",
    "vpcip",
    "website",
    "withHashContext",
    "worm",
    "wormExtend",
    "wormId",
];

/// `oss-v1-header`: `Authorization: OSS id:signature`.
pub struct Header;

impl Scheme for Header {
    fn id(&self) -> &'static str {
        "oss-v1-header"
    }

    fn provider(&self) -> &'static str {
        "oss"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Authorization
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        lines::read_header(&V1_HEADER, &RULES, request, hints)
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

/// `oss-v1-url`: parameters `OSSAccessKeyId`, `Expires` and `Signature`.
pub struct Url;

impl Scheme for Url {
    fn id(&self) -> &'static str {
        "oss-v1-url"
    }

    fn provider(&self) -> &'static str {
        "oss"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(lines::SIGNATURE)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request().filter(|request| !rtmp::is_push(request)) else { return Ok(None) };
        lines::read_url(&V1_URL, &RULES, request, hints)
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

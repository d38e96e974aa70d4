//! Signature Version 4 of S3, in headers and URLs, and of the other AWS services.
//!
//! Follows "Authenticating Requests: Using the Authorization Header" and "Using Query Parameters",
//! S3 API Reference (sig-v4-header-based-auth, sigv4-query-string-auth), read 2026-11. The one big
//! difference between S3 and the rest is the path: S3 encodes it once and never tidies it.

use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    family::{
        endpoint,
        v4::{self, Blanks, HeaderScheme, ParamNames, PathRule, Rules},
    },
    pen::Pen,
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Payload, Scope, Terms},
    wire::{Few, Ink, text::Text},
};

/// `s3-v4-header`: `Authorization: AWS4-HMAC-SHA256 ...`.
pub static V4_HEADER: HeaderScheme = HeaderScheme {
    id: "s3-v4-header",
    provider: "s3",
    rules: &RULES,
    #[cfg(feature = "verify")]
    is_own_scope: is_s3,
    is_usually_signed: v4::usually_signed,
};
/// `s3-v4-url`
pub static V4_URL: Url = Url;
/// `aws-v4-generic`: any AWS service that is not S3, in headers or URLs.
pub static GENERIC: Generic = Generic;

const PARAMS: ParamNames = ParamNames {
    algorithm: "X-Amz-Algorithm",
    credential: "X-Amz-Credential",
    date: "X-Amz-Date",
    expires: "X-Amz-Expires",
    signed_headers: "X-Amz-SignedHeaders",
    token: "X-Amz-Security-Token",
    signature: "X-Amz-Signature",
};

const S3: Rules = Rules {
    algorithm: "AWS4-HMAC-SHA256",
    key_prefix: "AWS4",
    terminator: "aws4_request",
    service: Some("s3"),
    credential_form: words!("`<access key id>/<YYYYMMDD>/<region>/<service>/aws4_request`"),
    own_prefix: "x-amz-",
    headers: ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token"],
    params: PARAMS,
    is_list_first: PARAMS.is_list_first(),
    path: PathRule::Once,
    blanks: Blanks::Joined,
    item_separator: ", ",
};
pub(super) static RULES: Rules = S3;
static OTHER: Rules = Rules { service: None, path: PathRule::Twice, ..S3 };

/// Services that treat paths as S3 does.
static S3_SERVICES: [&[u8]; 4] = [b"s3", b"s3express", b"s3-outposts", b"s3-object-lambda"];

/// A host of object storage reads every scope so, and names a service that is not its own.
fn is_s3(request: &Request<'_>, scope: &Scope<'_>) -> bool {
    S3_SERVICES.contains(&&*scope.service) || endpoint::recognise(&endpoint::host_name(request)).is_some()
}

fn is_other(_: &Request<'_>, scope: &Scope<'_>) -> bool {
    !S3_SERVICES.contains(&&*scope.service)
}

/// `s3-v4-url`: parameters `X-Amz-Algorithm` to `X-Amz-Signature`.
pub struct Url;

impl Scheme for Url {
    fn id(&self) -> &'static str {
        "s3-v4-url"
    }

    fn provider(&self) -> &'static str {
        "s3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(RULES.params.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        v4::read_url(&V4_URL, &RULES, request, is_s3)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        v4::state_url(&RULES, request, who, terms, v4::usually_signed, claim)
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        v4::place_params(&RULES, claim, additions);
    }

    /// The body of a presigned request is not signed unless its hash is in the request.
    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        v4::draft(&RULES, request, claim, &Payload::Unsigned, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        v4::seal(&RULES, claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }
}

/// `aws-v4-generic`: the path is encoded twice and the body is hashed.
///
/// Which of the two forms is meant shows from the terms: a life makes it a URL.
pub struct Generic;

impl Scheme for Generic {
    fn id(&self) -> &'static str {
        "aws-v4-generic"
    }

    fn provider(&self) -> &'static str {
        "s3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Either(OTHER.params.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        let claim = match v4::read_header(&GENERIC, &OTHER, request, is_other)? {
            Some(claim) => Some(claim),
            None => v4::read_url(&GENERIC, &OTHER, request, is_other)?,
        };
        Ok(claim.map(|claim| v4::hinted(claim, hints)))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        if terms.expires_in.is_some() {
            return v4::state_url(&OTHER, request, who, terms, v4::usually_signed, claim);
        }
        let [date, payload, token] = OTHER.headers;
        v4::state(&OTHER, who, terms, request.header_value(date).map(Text::from), claim)?;
        claim.payload = match (request.header_value(payload), terms.payload) {
            (Some(there), _) => Some(Text::from(there)),
            (None, Payload::Body) => None,
            (None, said) => Some(v4::state_payload(said, request.body())?),
        };
        let mut own: Few<&str, 3> = Few::new();
        own.push(date);
        own.extend(claim.payload.as_ref().map(|_| payload));
        own.extend(claim.token.as_ref().map(|_| token));
        claim.signed_headers = Some(v4::signed_names(request, terms, &own, v4::usually_signed));
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        if claim.expires_text.is_some() {
            v4::place_params(&OTHER, claim, additions);
        } else {
            v4::place_headers(&OTHER, request, claim, additions);
        }
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        v4::draft(&OTHER, request, claim, &Payload::Body, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        v4::seal(&OTHER, claim)
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["s3-v4-header", "s3-v4-url"]
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        if claim.expires_text.is_some() {
            out.write(signature);
        } else {
            v4::carry_header(&OTHER, claim, "SignedHeaders", signature, out);
        }
    }
}

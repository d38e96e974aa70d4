//! KS3 signature version 4 with KS3's own names, in headers and URLs.
//!
//! Follows documents 6890 and 37402 of docs.ksyun.com and `signer_v4.go` of the Go SDK (2026). It is
//! the V4 of S3 under other names, except that blanks inside header values stay, fewer headers are
//! signed and there are share URLs. Where nothing is published, which goes for the longest life of a
//! URL and for repeated headers, the rule is that of S3.

use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    family::v4::{self, Blanks, HeaderScheme, ParamNames, PathRule, Rules},
    pen::{Document, Origin, Pen, Role, line_end, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Payload, Terms},
    wire::{query::Equals, text::Text},
};

/// `ks3-v4-header`: `Authorization: KSS4-HMAC-SHA256 ...`.
pub static V4_HEADER: HeaderScheme = HeaderScheme {
    id: "ks3-v4-header",
    provider: "ks3",
    rules: &RULES,
    #[cfg(feature = "verify")]
    is_own_scope: v4::any_scope,
    is_usually_signed: usually_signed,
};
/// `ks3-v4-url`
pub static V4_URL: Url = Url;

const PARAMS: ParamNames = ParamNames {
    algorithm: "X-Kss-Algorithm",
    credential: "X-Kss-Credential",
    date: "X-Kss-Date",
    expires: "X-Kss-Expires",
    signed_headers: "X-Kss-SignedHeaders",
    token: "X-Kss-Security-Token",
    signature: "X-Kss-Signature",
};

static RULES: Rules = Rules {
    algorithm: "KSS4-HMAC-SHA256",
    key_prefix: "KSS4",
    terminator: "kss4_request",
    service: Some("ks3"),
    credential_form: words!("`<access key id>/<YYYYMMDD>/<region>/ks3/kss4_request`"),
    own_prefix: "x-kss-",
    headers: ["x-kss-date", "x-kss-content-sha256", "x-kss-security-token"],
    params: PARAMS,
    is_list_first: PARAMS.is_list_first(),
    path: PathRule::Once,
    blanks: Blanks::Kept,
    item_separator: ", ",
};

/// The parameter that makes a signed URL a share URL: the encoded policy.
const POLICY: &str = "X-Kss-Policy";

/// The headers the Go SDK signs, beside `host`.
fn usually_signed(name: &str) -> bool {
    v4::is_own(&RULES, name) || name.eq_ignore_ascii_case("content-type")
}

/// `ks3-v4-url`: parameters `X-Kss-Algorithm` to `X-Kss-Signature`.
///
/// With `X-Kss-Policy` the URL is a share URL: it serves every request the policy allows.
pub struct Url;

impl Scheme for Url {
    fn id(&self) -> &'static str {
        "ks3-v4-url"
    }

    fn provider(&self) -> &'static str {
        "ks3"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(RULES.params.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        let mut claim = v4::read_url(&V4_URL, &RULES, request, v4::any_scope)?;
        if let Some(claim) = &mut claim {
            take_policy(claim, request);
        }
        Ok(claim)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        v4::state_url(&RULES, request, who, terms, usually_signed, claim)?;
        take_policy(claim, request);
        Ok(())
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        v4::place_params(&RULES, claim, additions);
    }

    /// The body of a presigned request is not signed unless its hash is in the request.
    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        if request.param(POLICY).is_some() {
            return draft_share(request, claim, pen);
        }
        v4::draft(&RULES, request, claim, &Payload::Unsigned, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        v4::seal(&RULES, claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }
}

/// Takes over the policy of a share URL, which signs no headers and no body.
fn take_policy<'a>(claim: &mut Claim<'a>, request: &Request<'a>) {
    if let Some(policy) = request.param(POLICY) {
        claim.document = Some(Text::from(policy.value().unwrap_or_default()));
        claim.signed_headers = None;
        claim.payload = None;
    }
}

/// Writes what is signed of a share URL: its own parameters, but no verb, path, header or body.
fn draft_share(request: &Request<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let names = &RULES.params;
    let signed = [names.algorithm, names.credential, names.date, names.expires, POLICY, names.token];
    pen.open(Document::CanonicalRequest);
    let params: v4::Params<'_> = request.params().filter(|param| signed.iter().any(|name| param.is(name))).collect();
    v4::sorted_params(&params, Equals::Always, pen);
    line_end(pen);
    part(pen, Role::Payload, Origin::Scheme, v4::UNSIGNED_PAYLOAD.as_bytes());
    v4::string_to_sign(RULES.algorithm, claim, pen)
}

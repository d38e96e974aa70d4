//! OSS signature version 4, in headers and URLs.
//!
//! Follows "Include a V4 signature in the Authorization header" and "V4 signatures in presigned
//! URLs" (Alibaba Cloud OSS help, read 2026-11). Other than AWS: the bucket is in the path in every
//! URL style, a parameter without a value has no `=`, all `x-oss-*` headers, `content-type` and
//! `content-md5` are always signed, and only further ones are listed.

use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    family::{
        authorization, endpoint,
        v4::{self, Blanks, ParamNames, PathRule, Rules},
    },
    pen::{Document, List, Origin, Pen, Role, line, line_end, part},
    phrase::words,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Addressing, Claim, Hints, SignedHeaders, Terms},
    time::Timestamp,
    wire::{
        Few, Ink,
        header::{self, Named, has_prefix},
        percent,
        query::Equals,
        sorted, split_once,
        text::Text,
    },
};

/// `oss-v4-header`
pub static V4_HEADER: Header = Header;
/// `oss-v4-url`
pub static V4_URL: Url = Url;

const PARAMS: ParamNames = ParamNames {
    algorithm: "x-oss-signature-version",
    credential: "x-oss-credential",
    date: "x-oss-date",
    expires: "x-oss-expires",
    signed_headers: "x-oss-additional-headers",
    token: "x-oss-security-token",
    signature: "x-oss-signature",
};

pub(super) static RULES: Rules = Rules {
    algorithm: "OSS4-HMAC-SHA256",
    key_prefix: "aliyun_v4",
    terminator: "aliyun_v4_request",
    service: Some("oss"),
    credential_form: words!("`<access key id>/<YYYYMMDD>/<region>/oss/aliyun_v4_request`"),
    own_prefix: "x-oss-",
    headers: ["x-oss-date", "x-oss-content-sha256", "x-oss-security-token"],
    params: PARAMS,
    is_list_first: PARAMS.is_list_first(),
    path: PathRule::Once,
    blanks: Blanks::Kept,
    item_separator: ",",
};

/// The header that is always there.
const HOST: &str = "host";

/// Headers that are signed without being listed.
fn always_signed(name: &str) -> bool {
    has_prefix(name, RULES.own_prefix) || name.eq_ignore_ascii_case("content-type") || name.eq_ignore_ascii_case("content-md5")
}

/// `oss-v4-header`: `Authorization: OSS4-HMAC-SHA256 ...`.
pub struct Header;

impl Scheme for Header {
    fn id(&self) -> &'static str {
        "oss-v4-header"
    }

    fn provider(&self) -> &'static str {
        "oss"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Authorization
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        let Some(items) = authorization::after_word(request, RULES.algorithm)? else { return Ok(None) };
        let [credential, signature, names] = authorization::items(items, ["Credential", "Signature", "AdditionalHeaders"]);
        let (id, scope) = v4::cut_credential(credential.needed()?, "Credential", &RULES)?;
        let mut claim = Claim::new(&V4_HEADER, id);
        claim.scope = Some(scope);
        claim.signature = Text::from(signature.needed()?);
        claim.signed_headers = names.value()?.map(Text::from);
        v4::read_header_fields(&RULES, request, &mut claim)?;
        claim.bucket = endpoint::bucket(request, hints);
        Ok(Some(claim))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        let [date, payload, _] = RULES.headers;
        v4::state(&RULES, who, terms, request.header_value(date).map(Text::from), claim)?;
        claim.payload = Some(request.header_value(payload).map_or(Text::from(v4::UNSIGNED_PAYLOAD), Text::from));
        claim.signed_headers = additional_names(request, terms);
        claim.bucket = endpoint::bucket(request, &terms.hints());
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        v4::place_headers(&RULES, request, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        draft(subject, claim, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        v4::seal(&RULES, claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        v4::carry_header(&RULES, claim, "AdditionalHeaders", signature, out);
    }
}

/// `oss-v4-url`: parameters `x-oss-signature-version` to `x-oss-signature`.
pub struct Url;

impl Scheme for Url {
    fn id(&self) -> &'static str {
        "oss-v4-url"
    }

    fn provider(&self) -> &'static str {
        "oss"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(RULES.params.signature)
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        let Some(mut claim) = v4::read_url(&V4_URL, &RULES, request, v4::any_scope)? else { return Ok(None) };
        claim.bucket = endpoint::bucket(request, hints);
        Ok(Some(claim))
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        v4::state(&RULES, who, terms, None, claim)?;
        let life = v4::state_life(terms)?;
        claim.expires_text.insert(Text::EMPTY).set_decimal(life);
        claim.expires_at = claim.signed_at.map(|at: Timestamp| at.plus(i64::try_from(life).unwrap_or(i64::MAX)));
        claim.signed_headers = additional_names(request, terms);
        claim.bucket = endpoint::bucket(request, &terms.hints());
        Ok(())
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        v4::place_params(&RULES, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        draft(subject, claim, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        v4::seal(&RULES, claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }
}

/// The further headers to sign: those asked for that are in the request and not signed anyway.
fn additional_names(request: &Request<'_>, terms: &Terms<'_>) -> Option<Text<'static>> {
    let SignedHeaders::Only(names) = terms.signed_headers else { return None };
    // What is asked for mostly.
    if names == [HOST] {
        return Some(Text::from(HOST));
    }
    let listed = |name: &&str| !always_signed(name) && (name.eq_ignore_ascii_case(HOST) || request.header_value(name).is_some());
    let names: Few<&str, 24> = names.iter().copied().filter(listed).collect();
    Some(v4::join_names(&names)).filter(|joined| !joined.is_empty())
}

/// Writes the canonical request and the string to sign.
fn draft(subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let request = subject.request().ok_or(DraftError::WrongSubject)?;
    pen.open(Document::CanonicalRequest);
    line(pen, Role::Method, Origin::Request, request.method().as_bytes());
    path(request, claim, pen)?;
    line_end(pen);
    v4::query(request, Some(RULES.params.signature), Equals::WithValue, pen);
    line_end(pen);
    // One SDK lists the names in another order than it signs them: sorted is what counts.
    let listed = claim.signed_headers.as_deref().unwrap_or_default();
    if listed == HOST.as_bytes() && !request.has_headers() {
        v4::header_line(&RULES, request, &Named::new(), listed, pen);
        line_end(pen);
        pen.part(Role::SignedHeader, listed, Origin::Request);
        pen.write(listed);
    } else {
        let additional: Few<&[u8], 8> = listed.split(|b| *b == b';').filter(|name| !name.is_empty()).collect();
        headers(request, &additional, pen);
        line_end(pen);
        let mut list = List::new("", ";");
        for name in sorted(&additional, Ord::cmp) {
            pen.item(&mut list);
            pen.part(Role::SignedHeader, name, Origin::Request);
            pen.write(name);
        }
    }
    line_end(pen);
    match &claim.payload {
        Some(text) => part(pen, Role::Payload, Origin::Request, text),
        None => part(pen, Role::Payload, Origin::Scheme, v4::UNSIGNED_PAYLOAD.as_bytes()),
    }
    v4::string_to_sign(RULES.algorithm, claim, pen)
}

/// Writes `/bucket/key`, escaped once, wherever the bucket stands in the request.
fn path(request: &Request<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
    let raw = request.path().strip_prefix(b"/").unwrap_or(request.path());
    let key = match &claim.bucket {
        Some(bucket) if bucket.addressing == Addressing::Path => split_once(raw, b'/').1.unwrap_or_default(),
        _ => raw,
    };
    match &claim.bucket {
        Some(bucket) => {
            pen.part(Role::Bucket, &[], bucket.origin);
            pen.write(b"/");
            percent::encode(&bucket.name, &percent::UNRESERVED, pen);
        }
        None if !key.is_empty() => return Err(DraftError::BucketNeeded),
        None => {}
    }
    pen.part(Role::Path, &[], Origin::Request);
    pen.write(b"/");
    percent::recode(key, &percent::PATH, pen);
    Ok(())
}

/// Writes the headers that are always signed and the additional ones, sorted by name.
fn headers(request: &Request<'_>, additional: &[&[u8]], pen: &mut Pen<'_>) {
    let listed = additional.iter().filter_map(|name| core::str::from_utf8(name).ok());
    let always = request.headers().map(|field| field.name).filter(|name| always_signed(name));
    let names: Few<&str, 24> = always.chain(listed).collect();
    let mut fields = Named::new();
    fields.extend(request.headers());
    v4::each_name(&names, |name| v4::header_line(&RULES, request, &fields, &header::lower_name(name), pen));
}

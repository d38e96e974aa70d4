//! Schemes that sign requests.

use crate::every;
use countersign::{
    Addressing, Document, Hints, PathForm, Request, Scheme, SignedHeaders, Subject, Terms, Transcript, Verification, providers,
    sign, transcript, verify, wire,
};
use countersign_tests::{Case, load};
use std::collections::BTreeSet;

/// The schemes of a file, with the number of cases it must hold for each: a lost case is a failure.
const COVERED: [(&str, &str, usize); 11] = [
    ("s3", "s3-v4-header", 49),
    ("s3", "s3-v4-url", 35),
    ("s3", "s3-v2-header", 29),
    ("s3", "s3-v2-url", 14),
    ("s3", "aws-v4-generic", 76),
    ("oss", "oss-v1-header", 52),
    ("oss", "oss-v1-url", 25),
    ("oss", "oss-v4-header", 43),
    ("oss", "oss-v4-url", 30),
    ("ks3", "ks3-v2-header", 43),
    ("ks3", "ks3-v2-url", 19),
];

fn cases() -> impl Iterator<Item = (Case, &'static dyn Scheme)> {
    COVERED.into_iter().flat_map(|(file, id, count)| {
        let scheme = providers::scheme(id).unwrap_or_else(|| panic!("{id} is not registered"));
        let cases: Vec<_> = load(file).cases.into_iter().filter(|case| case.scheme == id).collect();
        assert_eq!(cases.len(), count, "{file}.json holds another number of {id} cases");
        cases.into_iter().map(move |case| (case, scheme))
    })
}

fn addressing(case: &Case) -> Option<Addressing> {
    match (case.addressing.as_deref(), case.option("virtual_host")) {
        (Some("path"), _) | (_, Some(false)) => Some(Addressing::Path),
        (Some("cname"), _) => Some(Addressing::CustomDomain),
        (Some("virtual"), _) | (_, Some(true)) => Some(Addressing::VirtualHost),
        _ => None,
    }
}

/// Names from `SignedHeaders` or `AdditionalHeaders` of what the SDK wrote: the list is an input.
fn listed(case: &Case) -> Option<Vec<String>> {
    let authorization = case.expect.authorization.as_deref().unwrap_or_default();
    let url = case.expect.url.as_deref().unwrap_or_default();
    let in_header = ["SignedHeaders=", "AdditionalHeaders="].into_iter().find_map(|item| {
        authorization.split_once(item).map(|(_, rest)| rest.split([',', ' ']).next().unwrap_or_default().to_owned())
    });
    let in_url = wire::query::params(url.split_once('?').map_or("", |(_, query)| query).as_bytes())
        .find(|p| p.is("X-Amz-SignedHeaders") || p.is("x-oss-additional-headers"))
        .and_then(|p| p.value())
        .map(|v| String::from_utf8_lossy(&v).into_owned());
    let names = in_header.or(in_url)?;
    Some(names.split(';').map(str::to_owned).collect())
}

/// What a test needs to know of a case, kept alive while requests borrow from it.
struct Setting {
    case: Case,
    names: Option<Vec<String>>,
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Setting {
    fn new(case: &Case) -> Self {
        let message = case.request.clone().expect("a request");
        // The SDK adds the policy of a share URL itself; to us it is part of the URL to be signed.
        let policy = case.expect.rest.get("fields").and_then(|fields| fields.get("X-Kss-Policy")?.as_str());
        Self {
            names: listed(case),
            method: message.method,
            url: policy.map_or(message.url.clone(), |policy| format!("{}?X-Kss-Policy={policy}", message.url)),
            headers: message.headers,
            body: message.body.unwrap_or_default().into_bytes(),
            case: case.clone(),
        }
    }

    fn request(&self) -> Request<'_> {
        self.request_for(&self.url)
    }

    fn request_for<'a>(&'a self, url: &'a str) -> Request<'a> {
        let request = Request::new(&self.method, url).unwrap_or_else(|e| panic!("{}: {e}", self.case.id));
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        request.with_body(countersign::Body::Bytes(&self.body))
    }

    fn terms<'a>(&'a self, names: &'a [&'a str]) -> Terms<'a> {
        let case = &self.case;
        let mut terms = Terms::at(case.clock());
        terms.region = case.region.as_deref();
        terms.service = case.service.as_deref().or(case.product.as_deref());
        terms.bucket = case.bucket.as_deref().filter(|b| !b.is_empty());
        terms.addressing = addressing(case);
        terms.expires_in = case.expires.map(|life| life.try_into().expect("a life that is not over"));
        if case.option("normalize") == Some(false) {
            terms.path_form = PathForm::AsSent;
        }
        if self.names.is_some() {
            terms.signed_headers = SignedHeaders::Only(names);
        }
        terms
    }

    fn names(&self) -> Vec<&str> {
        self.names.iter().flatten().map(String::as_str).collect()
    }

    /// The pair without its token where the vendor's rule leaves the token out of the signature.
    fn who(&self) -> countersign::Credentials {
        let mut case = self.case.clone();
        if case.option("omit_session_token") == Some(true) {
            case.credentials.security_token = None;
        }
        case.who()
    }
}

/// This documentation example puts `x-amz-date` in the date line, against the page's own rule; it is
/// explained (see the explanation tests), not verified.
fn contradicts_its_page(case: &Case) -> bool {
    case.option("date_from_amz") == Some(true)
}

fn text_of(transcript: &Transcript, document: Document) -> Option<String> {
    transcript.document(document).map(|written| String::from_utf8_lossy(&written.text).into_owned())
}

/// Items of an `Authorization` header, regardless of order and blanks.
fn items(authorization: &str) -> BTreeSet<String> {
    let (word, rest) = authorization.split_once(' ').unwrap_or((authorization, ""));
    let sorted = |item: &str| match item.split_once("AdditionalHeaders=") {
        // One SDK lists these in another order than it signs them.
        Some((_, names)) => {
            let mut names: Vec<_> = names.split(';').collect();
            names.sort_unstable();
            format!("AdditionalHeaders={}", names.join(";"))
        }
        None => item.to_owned(),
    };
    std::iter::once(word.to_owned()).chain(rest.split(',').map(|item| sorted(item.trim()))).collect()
}

/// The decoded parameters of a URL as a set, and what stands before them.
fn url_parts(url: &str) -> (String, BTreeSet<[Vec<u8>; 2]>) {
    let (front, query) = url.split_once('?').unwrap_or((url, ""));
    let params = wire::query::params(query.as_bytes());
    (front.to_owned(), params.map(|p| [p.name().into_owned(), p.value().unwrap_or_default().into_owned()]).collect())
}

#[test]
fn signing_gives_what_the_sdk_gave() {
    for (case, scheme) in cases().filter(|(case, _)| !contradicts_its_page(case)) {
        let setting = Setting::new(&case);
        let names = setting.names();
        let signed = every::sign(scheme, &setting.request(), setting.who(), &setting.terms(&names))
            .unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(Some(signed.signature.text()), case.expect.signature, "{}", case.id);
        if let Some(expected) = &case.expect.authorization {
            let (_, authorization) = signed.headers.last().expect("an Authorization header");
            assert_eq!(items(authorization), items(expected), "{}", case.id);
        }
        if let Some(expected) = &case.expect.url {
            let (ours, theirs) = (url_parts(signed.url.as_deref().expect("a URL")), url_parts(expected));
            let plain = |front: &str| front.replace("%2F", "/").replace(":443/", "/");
            assert_eq!(plain(&ours.0), plain(&theirs.0), "{}", case.id);
            // botocore moves headers into the query, the IoT rule appends the token unsigned; all we write must be there.
            assert!(ours.1.is_subset(&theirs.1), "{}: {ours:?} is not within {theirs:?}", case.id);
        }
    }
}

#[test]
fn the_signed_text_is_the_sdks_and_verification_accepts_it() {
    for (case, scheme) in cases().filter(|(case, _)| !contradicts_its_page(case)) {
        let setting = Setting::new(&case);
        let names = setting.names();
        let terms = setting.terms(&names);
        let url = case.expect.url.clone().unwrap_or_else(|| setting.url.clone());
        // The IoT rule: the token in the URL is not part of the signature. A verifier that follows S3 would refuse it.
        let url = if case.options.get("omit_query").is_some() { without_param(&url, "X-Amz-Security-Token") } else { url };
        let authorization = case.expect.authorization.clone().unwrap_or_default();
        let mut request = setting.request_for(&url);
        if !authorization.is_empty() {
            request = request.header("Authorization", &authorization);
        }
        let subject = Subject::from(request);
        let hints = terms.hints();
        let claim = countersign::decode(&subject, &hints).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(claim.scheme.id(), scheme.id(), "{}", case.id);
        let written = transcript(&subject, &claim).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        if let Some(expected) = &case.expect.canonical_request {
            assert_eq!(text_of(&written, Document::CanonicalRequest).as_ref(), Some(expected), "{}", case.id);
        }
        if let Some(expected) = &case.expect.string_to_sign {
            assert_eq!(text_of(&written, Document::StringToSign).as_ref(), Some(expected), "{}", case.id);
        }
        let who = case.who();
        match verify(&subject, who.secret(), &hints).unwrap_or_else(|e| panic!("{}: {e}", case.id)) {
            Verification::Matches(verified) => {
                assert_eq!(verified.claim().access_key_id.to_str(), who.access_key_id(), "{}", case.id)
            }
            Verification::Differs { expected, .. } => panic!("{}: expected {}", case.id, expected.text()),
        }
        assert!(every::accepts(&subject, case.secret(), &hints), "{}", case.id);
        assert_parts_cover_the_text(&written, &case.id);
        // The two lines of a KS3 share URL have nothing that tells bucket from policy; no server is known to quote them.
        if !case.id.contains("policy") {
            crate::answers::assert_reads_back(&written, &case.id);
        }
        let wrong = countersign::SecretKey::new("another secret");
        assert!(matches!(verify(&subject, &wrong, &hints), Ok(Verification::Differs { .. })), "{}", case.id);
    }
}

fn without_param(url: &str, name: &str) -> String {
    let (front, query) = url.split_once('?').unwrap_or((url, ""));
    let kept: Vec<_> = query.split('&').filter(|p| !p.starts_with(name)).collect();
    format!("{front}?{}", kept.join("&"))
}

/// Parts follow one another; only separators of lists lie between them.
fn assert_parts_cover_the_text(written: &Transcript, id: &str) {
    for document in &written.documents {
        let mut at = 0;
        for part in &document.parts {
            assert!(part.start >= at && part.start - at <= 1, "{id}: a gap before {}", part.role.as_str());
            at = part.end;
        }
        assert_eq!(at, document.text.len(), "{id}");
    }
}

#[test]
fn any_change_of_a_signed_part_is_refused() {
    let mut changed = 0;
    for (case, _) in cases().filter(|(case, _)| !contradicts_its_page(case)) {
        let setting = Setting::new(&case);
        let names = setting.names();
        let terms = setting.terms(&names);
        let url = case.expect.url.clone().unwrap_or_else(|| setting.url.clone());
        let url = if case.options.get("omit_query").is_some() { without_param(&url, "X-Amz-Security-Token") } else { url };
        let authorization = case.expect.authorization.clone().unwrap_or_default();
        let who = case.who();
        let accepts = |method: &str, url: &str, headers: &[(String, String)]| {
            let Ok(request) = Request::new(method, url) else { return false };
            let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
            let mut request = request.with_body(countersign::Body::Bytes(&setting.body));
            if !authorization.is_empty() {
                request = request.header("Authorization", &authorization);
            }
            matches!(verify(&request.into(), who.secret(), &terms.hints()), Ok(Verification::Matches(_)))
        };
        assert!(accepts(&setting.method, &url, &setting.headers), "{}: the unchanged request is refused", case.id);
        // A share URL of KS3 serves every verb.
        let any_verb = url.contains("X-Kss-Policy=");
        assert_eq!(accepts("PATCH", &url, &setting.headers), any_verb, "{}: another verb", case.id);
        // The last byte of the path, wherever it is a letter.
        let (front, query) = url.split_once('?').map_or((url.as_str(), None), |(f, q)| (f, Some(q)));
        let is_object = case.rest.get("key").is_some_and(|key| key.as_str().is_some_and(|k| !k.is_empty()));
        if is_object && front.ends_with(|c: char| c.is_ascii_lowercase()) {
            let other = format!("{}Z{}", &front[..front.len() - 1], query.map(|q| format!("?{q}")).unwrap_or_default());
            assert!(!accepts(&setting.method, &other, &setting.headers), "{}: another path is accepted", case.id);
            changed += 1;
        }
        // Every signed header, found in the written text by its part.
        let mut request = setting.request_for(&url);
        if !authorization.is_empty() {
            request = request.header("Authorization", &authorization);
        }
        let subject = Subject::from(request);
        let claim = countersign::decode(&subject, &terms.hints()).unwrap();
        let written = transcript(&subject, &claim).unwrap();
        let signed: BTreeSet<_> =
            written.documents.iter().flat_map(|d| &d.parts).map(|p| (p.role.as_str(), p.name.clone())).collect();
        for (at, (name, value)) in setting.headers.iter().enumerate() {
            let lower = name.to_ascii_lowercase();
            if !signed.contains(&("header", lower.clone().into_bytes())) {
                continue;
            }
            let mut headers = setting.headers.clone();
            headers[at].1 = format!("{value}x");
            assert!(!accepts(&setting.method, &url, &headers), "{}: another {name} is accepted", case.id);
            changed += 1;
        }
    }
    assert!(changed > 400, "only {changed} changes were tried");
}

#[test]
fn header_order_and_name_case_do_not_matter() {
    for (case, _) in cases().filter(|(case, _)| !contradicts_its_page(case)) {
        let setting = Setting::new(&case);
        let repeated =
            setting.headers.iter().any(|(a, _)| setting.headers.iter().filter(|(b, _)| a.eq_ignore_ascii_case(b)).count() > 1);
        if repeated {
            continue;
        }
        let names = setting.names();
        let who = setting.who();
        let headers: Vec<_> =
            setting.headers.iter().rev().map(|(name, value)| (name.to_ascii_uppercase(), value.clone())).collect();
        let request = Request::new(&setting.method, &setting.url).unwrap();
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let request = request.with_body(countersign::Body::Bytes(&setting.body));
        let signed = sign(providers::scheme(&case.scheme).unwrap(), &request, &who, &setting.terms(&names)).unwrap();
        assert_eq!(Some(signed.signature.text()), case.expect.signature, "{}", case.id);
    }
}

#[test]
fn decoding_gives_the_terms_signing_was_given() {
    for (case, scheme) in cases().filter(|(case, _)| !contradicts_its_page(case)) {
        let setting = Setting::new(&case);
        let names = setting.names();
        let terms = setting.terms(&names);
        let who = setting.who();
        let request = setting.request();
        let signed = sign(scheme, &request, &who, &terms).unwrap();
        let url = signed.url.clone().unwrap_or_else(|| setting.url.clone());
        let complete = setting.request_for(&url);
        let complete = signed.headers.iter().fold(complete, |request, (name, value)| request.header(name, value));
        let subject = Subject::from(complete);
        let claim =
            countersign::decode(&subject, &Hints { bucket: terms.bucket, addressing: terms.addressing, ..Hints::default() })
                .unwrap();
        assert_eq!(claim.scheme.id(), scheme.id());
        assert_eq!(claim.access_key_id.to_str(), who.access_key_id());
        assert_eq!(claim.signature.to_str(), signed.signature.text());
        if let Some(scope) = &claim.scope {
            assert_eq!(Some(scope.region.to_str().as_ref()), terms.region, "{}", case.id);
        }
        if let Some(life) = case.expires {
            assert_eq!(claim.expires_at, Some(terms.time.plus(life)), "{}", case.id);
        } else if claim.signed_at.is_some() {
            assert_eq!(claim.signed_at, Some(terms.time), "{}", case.id);
        }
        if case.option("omit_session_token") == Some(true) {
            continue;
        }
        assert_eq!(claim.token.as_ref().map(|t| t.to_str().into_owned()).as_deref(), who.token(), "{}", case.id);
    }
}

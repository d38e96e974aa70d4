//! Tencent COS: the XML API and the RTMP push.

mod json;

use crate::every;
use countersign::{
    ClaimError, Document, Fault, Hints, Key, Part, Request, Scheme, SecretKey, SignedHeaders, SignedParams, Subject, Terms,
    Timestamp, Transcript, Verification, VerifyError, Written, decode,
    providers::{self, cos},
    sign, transcript, verify,
    wire::{self, percent, query},
};
use countersign_tests::{Case, load};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use std::collections::BTreeSet;

/// The number of cases each scheme must have: a lost case is a failure.
const COVERED: [(&str, usize); 2] = [("cos-xml-header", 40), ("cos-xml-url", 19)];

fn cases() -> impl Iterator<Item = (Case, &'static dyn Scheme)> {
    COVERED.into_iter().flat_map(|(id, count)| {
        let scheme = providers::scheme(id).unwrap_or_else(|| panic!("{id} is not registered"));
        let cases: Vec<_> = load("cos").cases.into_iter().filter(|case| case.scheme == id).collect();
        assert_eq!(cases.len(), count, "cos.json holds another number of {id} cases");
        cases.into_iter().map(move |case| (case, scheme))
    })
}

fn text<'c>(map: &'c serde_json::Map<String, serde_json::Value>, name: &str) -> &'c str {
    map.get(name).and_then(|value| value.as_str()).unwrap_or_else(|| panic!("{name} is missing"))
}

/// The request of a case as it goes over the wire, signed by the SDK.
fn wire_parts(case: &Case) -> (String, String, Vec<(String, String)>) {
    let message = case.request.clone().expect("a request");
    let mut headers = message.headers;
    if let Some(authorization) = &case.expect.authorization {
        headers.push(("Authorization".into(), authorization.clone()));
    }
    (message.method, case.expect.url.clone().unwrap_or(message.url), headers)
}

fn request<'a>(method: &'a str, url: &'a str, headers: &'a [(String, String)]) -> Request<'a> {
    let request = Request::new(method, url).unwrap_or_else(|e| panic!("{url}: {e}"));
    headers.iter().fold(request, |request, (name, value)| request.header(name, value))
}

fn accepts(method: &str, url: &str, headers: &[(String, String)], secret: &SecretKey) -> bool {
    let subject = Subject::from(request(method, url, headers));
    matches!(verify(&subject, secret, &Hints::default()), Ok(Verification::Matches(_)))
}

/// What was chosen by hand where the SDK's own choice of headers was not taken.
fn chosen_headers(case: &Case) -> Option<Vec<&str>> {
    let by_hand = ["cos-xh-nosignhost", "cos-xa-nohost", "cos-xu-nohost", "cos-doc-put", "cos-doc-get"];
    let list = text(&case.expect.rest, "header_list");
    by_hand.contains(&case.id.as_str()).then(|| list.split(';').filter(|name| !name.is_empty()).collect())
}

fn terms<'a>(case: &Case, headers: &'a Option<Vec<&'a str>>) -> Terms<'a> {
    let (start, end) = text(&case.rest, "key_time").split_once(';').expect("two times");
    let [start, end] = [start, end].map(|time| time.parse::<i64>().expect("seconds"));
    let mut terms = Terms::at(Timestamp::from_unix(start)).expires_in((end - start).try_into().expect("a life"));
    if let Some(names) = headers {
        terms = terms.signed_headers(SignedHeaders::Only(names));
    }
    // In these two the SDK was told to sign no parameter.
    if ["cos-xh-service", "cos-xh-nosignparams"].contains(&case.id.as_str()) {
        terms = terms.signed_params(SignedParams::Only(&[]));
    }
    terms
}

/// What stands before the parameters of a URL, and the parameters without escapes.
fn url_parts(url: &str) -> (&str, BTreeSet<String>) {
    let (front, query) = url.split_once('?').unwrap_or((url, ""));
    let plain =
        |param: query::Param<'_>| format!("{}={}", param.name().escape_ascii(), param.value().unwrap_or_default().escape_ascii());
    (front, query::params(query.as_bytes()).map(plain).collect())
}

/// The names of the signature's own parameters in their order.
fn own_names(url: &str) -> Vec<&str> {
    let (_, query) = url.split_once('?').unwrap_or_default();
    query.split('&').filter_map(|pair| pair.split('=').next()).filter(|name| name.starts_with("q-")).collect()
}

#[test]
fn signing_gives_what_the_sdk_gave() {
    let mut by_default = 0;
    for (case, scheme) in cases() {
        let message = case.request.clone().unwrap();
        let headers = chosen_headers(&case);
        by_default += usize::from(headers.is_none());
        let request = request(&message.method, &message.url, &message.headers);
        let signed =
            every::sign(scheme, &request, case.who(), &terms(&case, &headers)).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(Some(signed.signature.text()), case.expect.signature, "{}", case.id);
        if let Some(expected) = &case.expect.authorization {
            assert_eq!(signed.headers.iter().collect::<Vec<_>>(), [("Authorization", &**expected)], "{}", case.id);
        }
        if let Some(expected) = &case.expect.url {
            let url = signed.url.expect("a URL");
            assert_eq!(url_parts(&url), url_parts(expected), "{}", case.id);
            assert_eq!(own_names(&url), own_names(expected), "{}", case.id);
            assert_eq!(own_names(&url).len(), 7, "{}", case.id);
        }
    }
    assert_eq!(by_default, 54, "headers were chosen by hand in more cases than needed");
}

#[test]
fn the_session_token_is_added_and_signed() {
    let mut added = 0;
    for (case, scheme) in cases() {
        let Some(token) = case.credentials.security_token.clone() else { continue };
        let mut message = case.request.clone().unwrap();
        message.headers.retain(|(name, _)| name != "x-cos-security-token");
        message.url = message.url.split("?x-cos-security-token=").next().unwrap().to_owned();
        let request = request(&message.method, &message.url, &message.headers);
        let signed = every::sign(scheme, &request, case.who(), &terms(&case, &None)).unwrap();
        if let Some(expected) = &case.expect.authorization {
            let headers = [("x-cos-security-token".to_owned(), token), ("Authorization".to_owned(), expected.clone())];
            assert_eq!(signed.headers.into_iter().collect::<Vec<_>>(), headers, "{}", case.id);
        } else if case.id == "cos-xu-token" {
            let url = signed.url.unwrap();
            assert_eq!(url_parts(&url), url_parts(case.expect.url.as_deref().unwrap()), "{}", case.id);
        } else {
            // This URL has its token in a header, which only the caller can send.
            assert_eq!(case.id, "cos-xu-token-hdr");
            continue;
        }
        added += 1;
    }
    assert_eq!(added, 6);
}

#[test]
fn every_stage_is_that_of_the_sdk_and_verification_accepts_it() {
    for (case, scheme) in cases() {
        let (method, url, headers) = wire_parts(&case);
        let subject = Subject::from(request(&method, &url, &headers));
        let claim = decode(&subject, &Hints::default()).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(claim.scheme.id(), scheme.id(), "{}", case.id);
        let expect = &case.expect;
        let key_time = text(&case.rest, "key_time");
        assert_eq!(claim.time_text.as_ref().unwrap().to_str(), key_time, "{}", case.id);
        assert_eq!(claim.key_time.as_ref().unwrap().to_str(), key_time, "{}", case.id);
        assert_eq!(format!("{};{}", claim.signed_at.unwrap().unix(), claim.expires_at.unwrap().unix()), key_time);
        assert_eq!(claim.signed_headers.as_ref().unwrap().to_str(), text(&expect.rest, "header_list"), "{}", case.id);
        assert_eq!(claim.signed_params.as_ref().unwrap().to_str(), text(&expect.rest, "url_param_list"), "{}", case.id);
        let token = claim.token.as_ref().map(|token| token.to_str().into_owned());
        assert_eq!(token, case.credentials.security_token, "{}", case.id);

        let written = transcript(&subject, &claim).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        let http_string = &written.document(Document::CanonicalRequest).expect("an HttpString").text;
        assert_eq!(String::from_utf8_lossy(http_string), expect.canonical_request.as_deref().unwrap(), "{}", case.id);
        let string_to_sign = String::from_utf8_lossy(written.string_to_sign());
        assert_eq!(string_to_sign, expect.string_to_sign.as_deref().unwrap(), "{}", case.id);
        assert_parts_cover_the_text(&written, &case.id);

        // The key that seals it, by another implementation of HMAC.
        let Key::HexOf(keyed) = claim.scheme.seal(&claim).key else { panic!("{}: another key", case.id) };
        let sign_key = hmac_sha1(case.credentials.secret.as_deref().unwrap().as_bytes(), keyed);
        assert_eq!(sign_key, text(&expect.rest, "sign_key"), "{}", case.id);

        let who = case.who();
        match verify(&subject, who.secret(), &Hints::default()).unwrap_or_else(|e| panic!("{}: {e}", case.id)) {
            Verification::Matches(verified) => {
                assert_eq!(verified.claim().access_key_id.to_str(), who.access_key_id(), "{}", case.id);
            }
            Verification::Differs { expected, .. } => panic!("{}: expected {}", case.id, expected.text()),
        }
        assert!(!accepts(&method, &url, &headers, &SecretKey::new("another secret")), "{}", case.id);
    }
}

fn hmac_sha1(key: &[u8], text: &[u8]) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).unwrap();
    mac.update(text);
    let mut digits = Vec::new();
    wire::hex::encode(&mac.finalize().into_bytes(), &mut digits);
    String::from_utf8(digits).unwrap()
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
    for (case, _) in cases() {
        let (method, url, headers) = wire_parts(&case);
        let who = case.who();
        let secret = who.secret();
        assert!(accepts(&method, &url, &headers, secret), "{}: the unchanged request is refused", case.id);
        assert!(!accepts("PATCH", &url, &headers, secret), "{}: another verb is accepted", case.id);
        let (front, query) =
            url.split_once('?').map_or((url.as_str(), String::new()), |(front, query)| (front, format!("?{query}")));
        assert!(!accepts(&method, &format!("{front}x{query}"), &headers, secret), "{}: another path is accepted", case.id);
        // Both times, one by one and together.
        let claim_text = case.expect.authorization.clone().unwrap_or(query.clone());
        let (start, _) = text(&case.rest, "key_time").split_once(';').unwrap();
        let later = format!("{}9", &start[..start.len() - 1]);
        for names in [&["q-sign-time"][..], &["q-key-time"], &["q-sign-time", "q-key-time"]] {
            let forged = names
                .iter()
                .fold(claim_text.clone(), |text, name| text.replace(&format!("{name}={start}"), &format!("{name}={later}")));
            assert_ne!(forged, claim_text);
            let (url, headers) = match case.expect.authorization {
                Some(_) => (url.clone(), replaced(&headers, "Authorization", &forged)),
                None => (format!("{front}{forged}"), headers.clone()),
            };
            assert!(!accepts(&method, &url, &headers, secret), "{}: another {names:?} is accepted", case.id);
            changed += 1;
        }
        // Every signed header and parameter: another value, none, one more of the name.
        for name in text(&case.expect.rest, "header_list").split(';').filter(|name| !name.is_empty()) {
            let value = headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
            let host = front.split('/').nth(2).unwrap().to_owned();
            let other = replaced(&headers, name, &format!("{}x", value.unwrap_or(host)));
            assert!(!accepts(&method, &url, &other, secret), "{}: another {name} is accepted", case.id);
            let mut more = headers.clone();
            more.push((name.to_owned(), "y".to_owned()));
            assert!(!accepts(&method, &url, &more, secret), "{}: two {name} are accepted", case.id);
            let without: Vec<_> = headers.iter().filter(|(own, _)| !own.eq_ignore_ascii_case(name)).cloned().collect();
            if without.len() < headers.len() && name != "host" {
                assert!(!accepts(&method, &url, &without, secret), "{}: no {name} is accepted", case.id);
            }
            changed += 1;
        }
        for name in text(&case.expect.rest, "url_param_list").split(';').filter(|name| !name.is_empty()) {
            let mut pairs: Vec<_> = query[1..].split('&').map(str::to_owned).collect();
            let at = pairs.iter().position(|pair| pair.split('=').next().unwrap().eq_ignore_ascii_case(name)).unwrap();
            let value = pairs[at].clone();
            pairs[at] = format!("{value}x");
            assert!(!accepts(&method, &format!("{front}?{}", pairs.join("&")), &headers, secret), "{}: {name}", case.id);
            pairs[at] = format!("{value}&{value}");
            assert!(!accepts(&method, &format!("{front}?{}", pairs.join("&")), &headers, secret), "{}: {name}", case.id);
            // Without a value, a parameter that is listed counts as one that is not there.
            pairs.remove(at);
            let without = format!("{front}?{}", pairs.join("&"));
            assert_eq!(accepts(&method, &without, &headers, secret), value.ends_with('='), "{}: {name}", case.id);
            changed += 1;
        }
    }
    assert_eq!(changed, 321, "another number of changes was tried");
}

/// The headers with another value for one of them, which is added if need be.
fn replaced(headers: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut headers: Vec<_> = headers.iter().filter(|(own, _)| !own.eq_ignore_ascii_case(name)).cloned().collect();
    headers.push((name.to_owned(), value.to_owned()));
    headers
}

#[test]
fn order_and_case_of_headers_and_order_of_parameters_do_not_matter() {
    for (case, _) in cases() {
        let (method, url, headers) = wire_parts(&case);
        let headers: Vec<_> = headers.into_iter().rev().map(|(name, value)| (name.to_ascii_uppercase(), value)).collect();
        let url = match url.split_once('?') {
            Some((front, query)) => format!("{front}?{}", query.split('&').rev().collect::<Vec<_>>().join("&")),
            None => url,
        };
        assert!(accepts(&method, &url, &headers, case.who().secret()), "{}", case.id);
    }
}

#[test]
fn other_carriers_of_the_same_pairs_are_accepted() {
    for (case, _) in cases() {
        let (method, url, mut headers) = wire_parts(&case);
        let who = case.who();
        let escaped = |text: &str| String::from_utf8(percent::encoded(text.as_bytes(), &percent::UNRESERVED)).unwrap();
        if let Some(authorization) = &case.expect.authorization {
            let once_more = replaced(&headers, "Authorization", &escaped(authorization));
            assert!(accepts(&method, &url, &once_more, who.secret()), "{}: escaped once more", case.id);
            // All pairs in one parameter, as the PHP SDK writes URLs.
            headers.retain(|(name, _)| name != "Authorization");
            let lead = if url.contains('?') { '&' } else { '?' };
            let url = format!("{url}{lead}sign={}", escaped(authorization));
            assert!(accepts(&method, &url, &headers, who.secret()), "{}: in one parameter", case.id);
            let subject = Subject::from(request(&method, &url, &headers));
            assert_eq!(decode(&subject, &Hints::default()).unwrap().scheme.id(), "cos-xml-url");
        } else {
            // Not every client escapes the semicolon.
            assert!(accepts(&method, &url.replace("%3B", ";"), &headers, who.secret()), "{}: bare semicolons", case.id);
        }
    }
}

#[test]
fn a_value_of_its_own_can_be_decoded_and_not_verified() {
    let (case, _) = cases().find(|(case, _)| case.id == "cos-doc-get").unwrap();
    let subject = Subject::Token(case.expect.authorization.as_ref().unwrap().as_bytes());
    let claim = decode(&subject, &Hints::default()).unwrap();
    assert_eq!(claim.signed_headers.unwrap().to_str(), "date;host");
    assert!(matches!(verify(&subject, case.who().secret(), &Hints::default()), Err(VerifyError::Draft(_))));
}

#[test]
fn damaged_pairs_are_named() {
    let (case, _) = cases().find(|(case, _)| case.id == "cos-doc-put").unwrap();
    let authorization = case.expect.authorization.clone().unwrap();
    let fault = |authorization: &str| {
        let headers = [("Authorization".to_owned(), authorization.to_owned())];
        match decode(&Subject::from(request("GET", "https://b.cos.ap-x.myqcloud.com/", &headers)), &Hints::default()) {
            Err(VerifyError::Claim(ClaimError { place, fault, .. })) => Some((place, fault)),
            other => panic!("{authorization}: {other:?}"),
        }
    };
    let pairs: Vec<_> = authorization.split('&').collect();
    for (at, pair) in pairs.iter().enumerate().skip(1) {
        let (name, _) = pair.split_once('=').unwrap();
        let mut fewer = pairs.clone();
        fewer.remove(at);
        assert_eq!(fault(&fewer.join("&")).unwrap(), (name, Fault::Missing));
        assert_eq!(fault(&format!("{authorization}&{pair}")).unwrap(), (name, Fault::Twice));
        if !name.ends_with("-list") {
            let empty = authorization.replace(pair, &format!("{name}="));
            assert_eq!(fault(&empty).unwrap(), (name, Fault::Empty));
        }
    }
    assert_eq!(fault(&authorization.replace("=sha1", "=md5")).unwrap(), ("q-sign-algorithm", Fault::Form("`sha1`")));
    // A signature in the header and one in the URL.
    let headers = [("Authorization".to_owned(), authorization.clone())];
    let url = format!("https://b.cos.ap-x.myqcloud.com/?{authorization}");
    let error = decode(&Subject::from(request("GET", &url, &headers)), &Hints::default()).unwrap_err();
    assert!(matches!(error, VerifyError::Claim(ClaimError { fault: Fault::TwoSignatures { .. }, .. })));
    // Times that cannot be read leave the claim without an end; nothing takes them for an early or late one.
    for times in ["1;x", "1557989151", ";", "1557989151000;1557996351", "-1;2"] {
        let odd = authorization.replace("1557989151;1557996351", times);
        let claim = decode(&Subject::Token(odd.as_bytes()), &Hints::default()).unwrap();
        assert_eq!(claim.expires_at.is_some(), times.starts_with("1557989151000"), "{times}");
    }
    for end in 0..authorization.len() {
        let _ = decode(&Subject::Token(&authorization.as_bytes()[..end]), &Hints::default());
    }
}

#[test]
fn the_nearer_of_both_ends_counts() {
    let claim = |sign: &str, key: &str| {
        let pairs = format!(
            "q-sign-algorithm=sha1&q-ak=x&q-sign-time={sign}&q-key-time={key}&q-header-list=&q-url-param-list=&q-signature=0"
        );
        decode(&Subject::Token(pairs.as_bytes()), &Hints::default()).unwrap().expires_at.map(Timestamp::unix)
    };
    assert_eq!(claim("10;20", "10;30"), Some(20));
    assert_eq!(claim("10;30", "10;20"), Some(20));
    assert_eq!(claim("10;30", "later"), None);
}

#[test]
fn repeated_parameters_are_all_signed() {
    let who = countersign::Credentials::new("AKIDexample", SecretKey::new("madeUp"));
    let terms = Terms::at(Timestamp::from_unix(1_700_000_000)).expires_in(60);
    let url = "https://b-1.cos.ap-x.myqcloud.com/?a=2&b=x&a=1";
    let signed = sign(&cos::XML_HEADER, &request("GET", url, &[]), &who, &terms).unwrap();
    let headers: Vec<_> = signed.headers.into_iter().collect();
    // As the Go SDK lists and sorts them.
    assert!(headers[0].1.contains("&q-url-param-list=a;a;b&"));
    let subject_text = |url: &str| {
        let subject = Subject::from(request("GET", url, &headers));
        let written = transcript(&subject, &decode(&subject, &Hints::default()).unwrap()).unwrap();
        String::from_utf8(written.documents[0].text.clone()).unwrap()
    };
    assert_eq!(subject_text(url), "get\n/\na=1&a=2&b=x\nhost=b-1.cos.ap-x.myqcloud.com\n");
    assert!(accepts("GET", url, &headers, who.secret()));
    assert!(!accepts("GET", &format!("{url}&b=y"), &headers, who.secret()));
}

#[test]
fn data_processing_has_a_token_header_of_its_own() {
    let who = countersign::Credentials::new("AKIDexample", SecretKey::new("madeUp")).with_token("madeUpToken");
    let terms = Terms::at(Timestamp::from_unix(1_700_000_000)).expires_in(60);
    let url = "https://b-1.ci.ap-guangzhou.myqcloud.com/queue";
    let signed = sign(&cos::XML_HEADER, &request("GET", url, &[]), &who, &terms).unwrap();
    let headers: Vec<_> = signed.headers.into_iter().collect();
    assert_eq!(headers[0], ("x-ci-security-token".to_owned(), "madeUpToken".to_owned()));
    assert!(headers[1].1.contains("&q-header-list=host;x-ci-security-token&"));
    assert!(accepts("GET", url, &headers, who.secret()));
}

#[test]
fn parts_are_named_for_headers_and_parameters() {
    let (case, _) = cases().find(|(case, _)| case.id == "cos-xu-ci").unwrap();
    let (method, url, headers) = wire_parts(&case);
    let subject = Subject::from(request(&method, &url, &headers));
    let written = transcript(&subject, &decode(&subject, &Hints::default()).unwrap()).unwrap();
    let http_string: &Written = written.document(Document::CanonicalRequest).unwrap();
    let named = |part: &Part| (part.role.as_str(), String::from_utf8(part.name.clone()).unwrap());
    let names: Vec<_> = http_string.parts.iter().map(named).filter(|(_, name)| !name.is_empty()).collect();
    assert_eq!(names, [("query", "imagemogr2/thumbnail/!50p".to_owned()), ("header", "host".to_owned())]);
}

/// The page prints no signature. This one was computed with Python's `hmac` from its formula.
#[test]
fn a_push_is_signed_with_the_secret_itself() {
    let who = countersign::Credentials::new("AKIDexample", SecretKey::new("vecXmlSecretKeyExample0000000002"));
    let terms = Terms::at(Timestamp::from_unix(1_700_000_000)).expires_in(3600);
    let plain = "rtmp://vecbucket-1250000000.cos.ap-guangzhou.myqcloud.com/live/ch1";
    let with_params = format!("{plain}?q-token=vecTokenExample&presign=60");
    for (url, digest, signature) in [
        (plain, "ba1c797256df603c5f266a4af1cd19e75740c3c1", "b7f8af62c74790ca33d2c79da99bbe03f35ed216"),
        (&with_params, "05dd3dc7d9f0bf923b6bcb595e4460509250ce71", "595fab1ffe8b4f253895479aa74c32052dc80b6e"),
    ] {
        let signed = sign(&cos::RTMP_URL, &request("PUBLISH", url, &[]), &who, &terms).unwrap().url.unwrap();
        let lead = if url.contains('?') { '&' } else { '?' };
        let pairs = "q-sign-algorithm=sha1&q-ak=AKIDexample&q-sign-time=1700000000;1700003600&q-key-time=1700000000;1700003600";
        assert_eq!(signed, format!("{url}{lead}{pairs}&q-signature={signature}"));
        let subject = Subject::from(request("PUBLISH", &signed, &[]));
        let claim = decode(&subject, &Hints::default()).unwrap();
        assert_eq!(claim.scheme.id(), "cos-rtmp-url");
        let written = transcript(&subject, &claim).unwrap();
        assert_eq!(written.string_to_sign(), format!("sha1\n1700000000;1700003600\n{digest}\n").as_bytes());
        assert_parts_cover_the_text(&written, url);
        assert!(accepts("PUBLISH", &signed, &[], who.secret()));
        // Of both times the key time is signed; the nearer end bounds the other.
        for (from, to) in
            [("/ch1", "/ch2"), ("vecbucket", "vecbuckex"), ("q-key-time=17", "q-key-time=18"), ("presign=60", "presign=61")]
        {
            let forged = signed.replace(from, to);
            assert!(forged == signed || !accepts("PUBLISH", &forged, &[], who.secret()), "{to}");
        }
    }
    let token =
        sign(&cos::RTMP_URL, &request("PUBLISH", plain, &[]), &who.with_token("madeUpToken"), &terms).unwrap().url.unwrap();
    assert!(token.starts_with(&format!("{plain}?q-token=madeUpToken&q-sign-algorithm=sha1&")));
}

/// Computed with Python's `hmac`. Long lists are met with the names in order: what stands twice, in capitals or escaped is found.
#[test]
fn a_long_list_means_what_a_short_one_does() {
    const SIGNATURE: &str = "1e6fd89204a9452f757cae4e1648c8b41e1cb990";
    let host = "v-1250000000.cos.ap-guangzhou.myqcloud.com";
    let params: Vec<_> = (0..40).map(|number| format!("P%20a{number:02}={number}")).collect();
    let url = format!("https://{host}/a.jpg?{}&p%20A07=again", params.join("&"));
    let mut headers: Vec<_> = (0..40).map(|number| (format!("X-Cos-Meta-{number:02}"), format!("v {number}"))).collect();
    let secret = SecretKey::new("madeUpSecretOnlyForThisExample");

    let who = countersign::Credentials::new("AKIDexample", SecretKey::new("madeUpSecretOnlyForThisExample"));
    let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).expires_in(900);
    let signed = sign(&cos::XML_HEADER, &request("PUT", &url, &headers), &who, &terms).unwrap();
    assert_eq!(signed.signature.text(), SIGNATURE);

    let (_, authorization) = signed.headers.iter().last().unwrap();
    headers.push(("Authorization".to_owned(), authorization.to_owned()));
    assert!(accepts("PUT", &url, &headers, &secret));
    for forged in [url.replace("=again", "=other"), url.replace("a39=39", "a39=40"), url.replace("a00=0&", "")] {
        assert!(!accepts("PUT", &forged, &headers, &secret), "{forged}");
    }
}

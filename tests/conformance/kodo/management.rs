//! Management requests (`QBox`, `Qiniu`) and callbacks, which come in the same header.

use super::{accepts, accepts_as, assert_text, cases, claim, request, url};
use crate::every;
use countersign::{
    Body, ClaimError, Credentials, DraftError, Fault, Hints, Request, SecretKey, SignError, Signed, SignedHeaders, Subject,
    Terms, Timestamp, Verification, VerifyError, decode,
    providers::{self, Among, kodo},
    sign, verify, verify_claim,
};
use countersign_tests::Case;

fn management() -> Vec<Case> {
    let both = [cases("kodo-qbox"), cases("kodo-mac")];
    both.concat()
}

/// Signs the request of a case. A case without `X-Qiniu-Date` was made with that header switched off.
fn signed(case: &Case, request: &Request<'_>) -> Signed {
    let scheme = providers::scheme(&case.scheme).unwrap();
    let terms = Terms::at(case.clock()).signed_headers(SignedHeaders::Only(&[]));
    every::sign(scheme, request, case.who(), &terms).unwrap_or_else(|e| panic!("{}: {e}", case.id))
}

#[test]
fn signing_gives_what_the_sdk_gave() {
    for case in management() {
        let signed = signed(&case, &request(&case, url(&case), &[]));
        assert_eq!(Some(signed.signature.text()), case.expect.signature, "{}", case.id);
        let authorization = case.expect.authorization.clone().unwrap();
        assert_eq!(signed.headers.iter().collect::<Vec<_>>(), [("Authorization", &*authorization)], "{}", case.id);
    }
}

#[test]
fn the_signed_text_is_the_sdks_and_verification_accepts_it() {
    for case in management() {
        let added = [("Authorization".to_owned(), case.expect.authorization.clone().unwrap())];
        let subject = Subject::from(request(&case, url(&case), &added));
        let said = decode(&subject, &Hints::default()).unwrap();
        assert_eq!(said.scheme.id(), case.scheme);
        assert_text(&subject, &said, case.expect.string_to_sign.as_deref().unwrap(), &case.id);
        assert!(accepts(&case, &subject), "{}", case.id);
    }
}

#[test]
fn the_default_additions_are_those_of_the_sdk() {
    let case = cases("kodo-mac").into_iter().find(|case| case.id == "kodo-mac-get-default-ct").unwrap();
    let scheme = providers::scheme("kodo-mac").unwrap();
    let bare = Request::new("GET", url(&case)).unwrap();
    let signed = sign(scheme, &bare, &case.who(), &Terms::at(case.clock())).unwrap();
    let expected = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("X-Qiniu-Date", "20241105T012358Z"),
        ("Authorization", case.expect.authorization.as_deref().unwrap()),
    ];
    assert_eq!(signed.headers.iter().collect::<Vec<_>>(), expected);
    let complete = signed.headers.iter().fold(bare, |request, (name, value)| request.header(name, value));
    let said = claim(&complete.into(), "kodo-mac");
    assert_eq!(said.signed_at, Some(case.clock()));
}

/// Whether the request with one change is still accepted, by the verifier that takes every dialect.
fn still_accepted(case: &Case, method: &str, url: &str, headers: &[(String, String)], body: &str) -> bool {
    let authorization = case.expect.authorization.clone().unwrap();
    let request = Request::new(method, url).unwrap().header("Authorization", &authorization);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    let subject = request.with_body(Body::Bytes(body.as_bytes())).into();
    matches!(verify(&subject, case.who().secret(), &Hints::default()), Ok(Verification::Matches(_)))
}

#[test]
fn what_is_signed_cannot_change_and_what_is_not_can() {
    for case in management() {
        let message = case.request.clone().unwrap();
        let body = message.body.clone().unwrap_or_default();
        let text = case.expect.string_to_sign.clone().unwrap();
        let accepted =
            |method: &str, url: &str, headers: &[(String, String)], body: &str| still_accepted(&case, method, url, headers, body);
        assert!(accepted(&message.method, &message.url, &message.headers, &body), "{}", case.id);
        let is_mac = case.scheme == "kodo-mac";
        assert_eq!(accepted("PATCH", &message.url, &message.headers, &body), !is_mac, "{}: verb", case.id);
        let lead = if message.url.contains('?') { '&' } else { '?' };
        let longer = format!("{}{lead}z=1", message.url);
        assert!(!accepted(&message.method, &longer, &message.headers, &body), "{}: query", case.id);
        let signs_body = !body.is_empty() && text.ends_with(&body);
        let other_body = format!("{body}x");
        if !body.is_empty() {
            assert_eq!(accepted(&message.method, &message.url, &message.headers, &other_body), !signs_body, "{}: body", case.id);
        }
        for (at, (name, value)) in message.headers.iter().enumerate() {
            let mut headers = message.headers.clone();
            headers[at].1 = format!("{value}x");
            // QBox signs no header, but the type decides whether the body is signed.
            let signed = if is_mac { text.contains(&format!(": {value}")) } else { name == "Content-Type" && signs_body };
            let bare = name == "X-Qiniu-" || name == "X-Qiniu";
            let kept = accepted(&message.method, &message.url, &headers, &body);
            assert_eq!(kept, !signed || bare || node_agrees(&case, name), "{}: {name}", case.id);
        }
        if is_mac {
            let mut headers = message.headers.clone();
            headers.push(("x-qiniu-extra".into(), "1".into()));
            assert!(!accepted(&message.method, &message.url, &headers, &body), "{}: another header", case.id);
        }
    }
}

/// The Node SDK signs a body of any type with QBox: to a signature with body, the type makes no
/// difference then. Only a URL without a path it writes in another way.
fn node_agrees(case: &Case, name: &str) -> bool {
    case.scheme == "kodo-qbox" && name == "Content-Type" && !request(case, url(case), &[]).path().is_empty()
}

#[test]
fn header_order_and_name_case_do_not_matter() {
    for case in management() {
        let message = case.request.clone().unwrap();
        let headers: Vec<_> = message.headers.iter().rev().map(|(n, v)| (n.to_ascii_lowercase(), v.clone())).collect();
        let request = Request::new(&message.method, &message.url).unwrap();
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let request = request.with_body(Body::Bytes(message.body.as_deref().unwrap_or_default().as_bytes()));
        assert_eq!(Some(signed(&case, &request).signature.text()), case.expect.signature, "{}", case.id);
    }
}

/// What single SDKs sign. The texts are written out by the known rules of each SDK, not recorded from it;
/// the signatures are HMAC-SHA1 of these texts as Python's `hmac` computes it.
#[test]
fn the_dialects_of_the_sdks_are_accepted_from_clients_but_not_in_callbacks() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let secret = SecretKey::new("csTestSecretKey_0123456789abcdefghijklmn");
    let host = "https://ai.qiniuapi.com";
    for (word, dialect, method, target, content_type, body, signature, text) in [
        (
            "Qiniu",
            "go",
            "POST",
            "/v1/text",
            Some("text/plain"),
            "hello",
            "GjRIUlShEfKefDHaRPPvPJkX_fU=",
            "POST /v1/text\nHost: ai.qiniuapi.com\nContent-Type: text/plain\n\n",
        ),
        (
            "Qiniu",
            "go",
            "GET",
            "/v1/a%20b",
            None,
            "",
            "LAWNqxMPgcpkHmJz1eSbSww4udk=",
            "GET /v1/a b\nHost: ai.qiniuapi.com\nContent-Type: application/x-www-form-urlencoded\n\n",
        ),
        (
            "Qiniu",
            "java",
            "POST",
            "/v1/a%20b?x=%20",
            Some("text/plain"),
            "hello",
            "O_HbVnOx1BTBqmsRYPCyz_Q3uG4=",
            "POST /v1/a b?x=%20\nHost: ai.qiniuapi.com\nContent-Type: text/plain\n\nhello",
        ),
        (
            "Qiniu",
            "node",
            "GET",
            "/v1/a%20b",
            None,
            "",
            "9QBd19inyBtq6Lz1nwrWNNbcPgY=",
            "GET /v1/a%20b\nHost: ai.qiniuapi.com\nContent-Type: application/x-www-form-urlencoded\n\n",
        ),
        ("QBox", "go", "POST", "/v1/a%20b?x=%20", None, "", "8Zr34cclFdRjEqQvwFTGrjO1PWY=", "/v1/a b?x=%20\n"),
        (
            "QBox",
            "java",
            "POST",
            "/batch",
            Some("Application/X-WWW-Form-Urlencoded"),
            "op=/stat/x",
            "Y9LgtuILdPPj7PWog87BNHJjgOs=",
            "/batch\nop=/stat/x",
        ),
        (
            "QBox",
            "node",
            "POST",
            "/batch",
            Some("application/json"),
            "{\"a\":1}",
            "WQrnQGOU_2JlSebloFu8FCOZrhU=",
            "/batch\n{\"a\":1}",
        ),
        ("QBox", "node", "POST", "?go=1", None, "{\"a\":1}", "yGzl_bQzGkkGpDyLtRzfQIvLIf0=", "/?go=1\n{\"a\":1}"),
    ] {
        let url = format!("{host}{target}");
        let authorization = format!("{word} ak:{signature}");
        let request = Request::new(method, &url).unwrap().header("Authorization", &authorization);
        let request = content_type.into_iter().fold(request, |request, value| request.header("Content-Type", value));
        let subject = request.with_body(Body::Bytes(body.as_bytes())).into();
        let Ok(Verification::Matches(verified)) = verify(&subject, &secret, &Hints::default()) else {
            panic!("{word} of {dialect} is refused");
        };
        assert_eq!(verified.claim().dialect, Some(dialect), "{word}");
        assert_text(&subject, verified.claim(), text, dialect);
        let callback = claim(&subject, "kodo-callback");
        assert!(matches!(verify_claim(&subject, callback, &secret), Ok(Verification::Differs { .. })), "{word} of {dialect}");
    }
    // No form of the text goes unused: what is documented is tried first.
    let documented = Request::new("POST", "https://rs-z0.qiniuapi.com/batch").unwrap().header("Content-Type", FORM);
    let who = Credentials::new("ak", secret);
    let signed = sign(&kodo::QBOX, &documented, &who, &Terms::at(Timestamp::from_unix(0))).unwrap();
    let complete = signed.headers.iter().fold(documented.clone(), |request, (name, value)| request.header(name, value));
    match verify(&complete.into(), who.secret(), &Hints::default()) {
        Ok(Verification::Matches(verified)) => assert_eq!(verified.claim().dialect, None),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_unknown_body_is_asked_for_where_it_is_signed() {
    let who = Credentials::new("ak", SecretKey::new("sk"));
    let terms = Terms::at(Timestamp::from_unix(1_730_769_838));
    let form = Request::new("POST", "https://rs-z0.qiniuapi.com/batch")
        .unwrap()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .with_body(Body::Unknown);
    let json = form.clone().with_headers(&[]).header("Content-Type", "application/json");
    let octets = form.clone().with_headers(&[]).header("Content-Type", "application/octet-stream");
    let needed = |scheme, request: &Request<'_>| match sign(scheme, request, &who, &terms) {
        Err(SignError::Draft(DraftError::BodyNeeded)) => true,
        Ok(_) => false,
        Err(error) => panic!("{error}"),
    };
    assert!(needed(&kodo::QBOX, &form) && !needed(&kodo::QBOX, &json) && !needed(&kodo::QBOX, &octets));
    assert!(needed(&kodo::MAC, &form) && needed(&kodo::MAC, &json) && !needed(&kodo::MAC, &octets));
    // A digest does not tell the bytes.
    let mut hasher = countersign::BodyHasher::default();
    hasher.update(b"op=/stat/x");
    assert!(needed(&kodo::QBOX, &form.clone().with_body(Body::Digest(hasher.finish()))));
    assert!(!needed(&kodo::QBOX, &form.with_body(Body::Digest(countersign::BodyHasher::default().finish()))));
}

#[test]
fn callbacks_are_judged_as_the_sdk_judges_them() {
    let mut valid = 0;
    for case in cases("kodo-callback") {
        let subject = Subject::from(request(&case, url(&case), &[]));
        let expected = case.expect.rest["valid"].as_bool().unwrap();
        assert_eq!(accepts_as(&case, &subject, "kodo-callback"), expected, "{}", case.id);
        valid += usize::from(expected);
        if let Some(text) = &case.expect.string_to_sign {
            assert_text(&subject, &claim(&subject, "kodo-callback"), text, &case.id);
            assert_eq!(Some(claim(&subject, "kodo-callback").signature.to_str().into_owned()), case.expect.signature);
        }
    }
    assert_eq!(valid, 10);
}

#[test]
fn one_header_is_one_signature() {
    for case in cases("kodo-callback") {
        let subject = Subject::from(request(&case, url(&case), &[]));
        for among in [Among::All, Among::Provider("kodo")] {
            let said = providers::read(&subject, &Hints::default(), among).unwrap().unwrap();
            assert!(matches!(said.scheme.id(), "kodo-qbox" | "kodo-mac"), "{}", said.scheme.id());
        }
    }
}

#[test]
fn a_callback_made_for_a_test_verifies() {
    let who = Credentials::new("ak", SecretKey::new("sk"));
    let callback = Request::new("POST", "https://app.example.com/cb")
        .unwrap()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .with_body(Body::Bytes(b"key=a.jpg"));
    let signed = sign(&kodo::CALLBACK, &callback, &who, &Terms::at(Timestamp::from_unix(0))).unwrap();
    let complete = signed.headers.iter().fold(callback, |request, (name, value)| request.header(name, value));
    let subject = Subject::from(complete.clone());
    let said = claim(&subject, "kodo-callback");
    assert!(matches!(verify_claim(&subject, said, who.secret()), Ok(Verification::Matches(_))));
    // There is one header for it; a second signature has no place.
    let again = sign(&kodo::CALLBACK, &complete, &who, &Terms::at(Timestamp::from_unix(0)));
    assert!(matches!(again, Err(SignError::AlreadySigned(_))));
}

#[test]
fn a_damaged_header_is_an_error_that_shows_it() {
    for damaged in ["QBox ak", "QBox :sig", "Qiniu ak:", "Qiniu ak:sig:data", "UpToken ak:sig"] {
        let request = Request::new("GET", "https://uc.qiniuapi.com/buckets").unwrap().header("Authorization", damaged);
        let error = decode(&request.into(), &Hints::default()).unwrap_err();
        let found = damaged.split_once(' ').unwrap().1;
        assert!(
            matches!(&error, VerifyError::Claim(ClaimError { fault: Fault::Form(_), found: f, .. }) if f == found),
            "{error}"
        );
    }
}

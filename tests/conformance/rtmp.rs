//! RTMP push URLs of OSS. Those of COS are with its other schemes.

use crate::every;
use countersign::{
    ClaimError, Document, DraftError, Fault, Hints, Request, Scheme, SecretKey, SignError, Subject, Terms, Timestamp,
    Verification, VerifyError, decode, presign,
    providers::{self, oss},
    sign, transcript, verify,
};
use countersign_tests::{Case, load};

fn cases() -> Vec<Case> {
    let cases: Vec<_> = load("oss").extra.into_iter().filter(|case| case.scheme == "oss-rtmp-url").collect();
    assert_eq!(cases.len(), 3, "oss.json holds another number of oss-rtmp-url cases");
    cases
}

fn terms(case: &Case) -> Terms<'static> {
    Terms::at(case.clock()).expires_in(case.expires.and_then(|life| life.try_into().ok()).expect("a life"))
}

fn push(url: &str) -> Subject<'_> {
    Request::new("PUBLISH", url).unwrap_or_else(|e| panic!("{url}: {e}")).into()
}

fn accepts(url: &str, secret: &SecretKey) -> bool {
    matches!(verify(&push(url), secret, &Hints::default()), Ok(Verification::Matches(_)))
}

#[test]
fn signing_gives_what_the_sdk_gave() {
    for case in cases() {
        let message = case.request.clone().unwrap();
        let request = Request::new(&message.method, &message.url).unwrap();
        let url = every::sign(&oss::RTMP_URL, &request, case.who(), &terms(&case)).unwrap().url.unwrap();
        assert_eq!(Some(url), case.expect.url, "{}", case.id);
    }
}

#[test]
fn the_signed_text_is_the_sdks_and_verification_accepts_it() {
    for case in cases() {
        let (url, who) = (case.expect.url.clone().unwrap(), case.who());
        let subject = push(&url);
        let said = decode(&subject, &Hints::default()).unwrap();
        assert_eq!(said.scheme.id(), "oss-rtmp-url");
        assert_eq!(said.access_key_id.to_str(), who.access_key_id());
        assert_eq!(said.expires_at, Some(case.clock().plus(case.expires.unwrap())));
        assert_eq!(said.token.as_ref().map(|token| token.to_str().into_owned()), case.credentials.security_token);
        let written = transcript(&subject, &said).unwrap();
        assert_eq!(String::from_utf8_lossy(written.string_to_sign()), case.expect.string_to_sign.clone().unwrap());
        let document = written.document(Document::StringToSign).unwrap();
        let parts: Vec<_> = document.parts.iter().map(|part| document.bytes(part)).collect();
        assert_eq!(parts.concat(), document.text, "{}: the parts are not all of the text", case.id);
        assert!(accepts(&url, who.secret()), "{}", case.id);
        assert!(!accepts(&url, &SecretKey::new("another secret")), "{}", case.id);
    }
}

#[test]
fn what_is_signed_cannot_change() {
    let mut changed = 0;
    for case in cases() {
        let (url, who) = (case.expect.url.clone().unwrap(), case.who());
        for (from, to) in [
            ("Expires=17", "Expires=18"),
            ("/live/test-channel", "/live/test-channem"),
            ("/live/ch-2", "/live/ch-3"),
            ("/live/", "/other/"),
            ("cs-demo-bucket", "cs-demo-buckat"),
            ("playlistName=p", "playlistName=q"),
            ("playlistName", "playlistname"),
            ("security-token=CAIS", "security-token=CAIT"),
            ("OSSAccessKeyId", "a=b&OSSAccessKeyId"),
            ("?playlistName=", "?playlistName=x&playlistName="),
        ] {
            let forged = url.replace(from, to);
            if forged != url {
                assert!(!accepts(&forged, who.secret()), "{}: {to}", case.id);
                changed += 1;
            }
        }
    }
    assert_eq!(changed, 22);
}

/// The text is written out by the page's rule, the signature is HMAC-SHA1 of it as Python's `hmac` computes it.
#[test]
fn names_are_sorted_values_unescaped_and_a_token_of_the_other_name_is_not_signed() {
    let url = "rtmp://push.example.com/live/caf%C3%A9?b=2%202&a=&SecurityToken=any&B=1\
               &OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1773504566&Signature=";
    let text = "1773504566\nB:1\na:\nb:2 2\n/cs-demo-bucket/caf\u{e9}";
    let signed = format!("{url}{}", "gbpD5UhqoCYl6PDoEyxgUenSJU0%3D");
    let subject = push(&signed);
    // The host is the owner's own.
    let hints = Hints { bucket: Some("cs-demo-bucket"), ..Hints::default() };
    let said = decode(&subject, &hints).unwrap();
    assert_eq!(String::from_utf8_lossy(transcript(&subject, &said).unwrap().string_to_sign()), text);
    let secret = SecretKey::new("madeUpSecretOnlyForThisExample");
    assert!(matches!(verify(&subject, &secret, &hints), Ok(Verification::Matches(_))));
    let nameless = verify(&subject, &secret, &Hints::default());
    assert!(matches!(nameless, Err(VerifyError::Draft(DraftError::BucketNeeded))), "{nameless:?}");
}

#[test]
fn the_same_parameters_on_http_are_a_request_of_version_1() {
    let case = cases().swap_remove(0);
    let url = case.expect.url.clone().unwrap().replace("rtmp://", "http://");
    let said = decode(&push(&url), &Hints::default()).map(|claim| claim.scheme.id());
    assert_eq!(said, Ok("oss-v1-url"));
    assert!(!accepts(&url, case.who().secret()));
}

#[test]
fn what_is_missing_is_named() {
    let who = cases().swap_remove(0).who();
    let at = Terms::at(Timestamp::from_unix(1_773_500_966));
    let sign = |url: &str, terms: &Terms<'_>| presign(&oss::RTMP_URL, &Request::new("PUBLISH", url).unwrap(), &who, terms);
    let host = "rtmp://cs-demo-bucket.oss-cn-hangzhou.aliyuncs.com";
    assert_eq!(sign(&format!("{host}/live/a"), &at), Err(SignError::Terms("a life in seconds")));
    let no_channel = sign(&format!("{host}/a"), &at.clone().expires_in(60));
    assert!(matches!(no_channel, Err(SignError::Draft(DraftError::Missing(_)))), "{no_channel:?}");
    let signed = sign(&format!("{host}/live/a"), &at.clone().expires_in(60)).unwrap();
    assert!(matches!(sign(&signed, &at.expires_in(60)), Err(SignError::AlreadySigned(_))));
    for (from, to, fault) in [("Expires=1773501026", "", Fault::Missing), ("Expires=1773501026", "Expires=", Fault::Empty)] {
        let damaged = signed.replace(from, to);
        let error = decode(&push(&damaged), &Hints::default()).unwrap_err();
        assert!(matches!(&error, VerifyError::Claim(ClaimError { fault: found, .. }) if *found == fault), "{error}");
    }
    assert_eq!(providers::scheme("oss-rtmp-url").map(|scheme| scheme.provider()), Some("oss"));
}

#[test]
fn a_push_is_signed_by_its_own_scheme_alone() {
    let who = cases().swap_remove(0).who();
    let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("cn-hangzhou").service("s3").expires_in(60);
    let host = "photos.oss-cn-hangzhou.aliyuncs.com/live/a";
    let signs = |scheme: &'static dyn Scheme, transport: &str| {
        sign(scheme, &Request::new("GET", &format!("{transport}://{host}")).unwrap(), &who, &terms).map(|_| ())
    };
    for scheme in providers::schemes() {
        match scheme.id() {
            "oss-rtmp-url" | "cos-rtmp-url" => {
                assert_eq!(signs(scheme, "rtmp"), Ok(()));
                assert_eq!(signs(scheme, "https"), Err(SignError::Terms("an `rtmp://` URL")));
            }
            "oss-v1-url" | "oss-v4-url" | "cos-xml-header" | "s3-v4-url" | "s3-v2-header" => {
                assert_eq!(signs(scheme, "https"), Ok(()));
                assert_eq!(signs(scheme, "rtmp"), Err(SignError::Terms("an `https://` or `http://` URL")));
            }
            _ => {}
        }
    }
}

//! Private download links and links for the CDN.

use super::{accepts, accepts_as, assert_text, cases, claim, request, url};
use crate::every;
use countersign::{
    Credentials, DraftError, Hints, Request, SecretKey, SignError, Subject, Terms, Timestamp, Verification, VerifyError, decode,
    presign,
    providers::{self, Among, kodo},
    verify, verify_claim,
    wire::{percent, url::Transport},
};
use countersign_tests::Case;

const PRIVATE: &str = "kodo-private-url";
const CDN: &str = "kodo-cdn-antileech";

/// Terms that end when the link of the case ends.
fn terms(case: &Case) -> Terms<'static> {
    let fields = &case.expect.rest["fields"];
    let end = fields.get("e").or(fields.get("deadline")).and_then(|end| end.as_i64()).unwrap();
    if let (Some(life), Some(_)) = (case.expires, &case.time) {
        assert_eq!(case.clock().plus(life).unix(), end, "{}", case.id);
    }
    Terms::at(Timestamp::from_unix(end - 3600)).expires_in(3600)
}

/// The URL that is signed: for the CDN with the path the SDK makes of the file name.
fn plain_url(case: &Case) -> String {
    let given = url(case);
    if case.scheme == PRIVATE {
        return given.to_owned();
    }
    let path = case.expect.rest["fields"]["path"].as_str().unwrap();
    let key = case.rest["key"].as_str().unwrap();
    assert_eq!(percent::encoded(format!("/{key}").as_bytes(), &percent::PATH), path.as_bytes(), "{}", case.id);
    let host = given.find('/').map(|at| at + 2).and_then(|at| given[at..].find('/').map(|end| at + end)).unwrap();
    let query = given.find('?').map_or("", |at| &given[at..]);
    format!("{}{path}{query}", &given[..host])
}

/// The signed text as the SDK has it: for the CDN the secret stands before what a scheme writes.
fn text(case: &Case) -> String {
    let text = case.expect.string_to_sign.clone().unwrap();
    let secret = case.credentials.secret.as_deref().unwrap();
    if case.scheme == CDN { text.strip_prefix(secret).unwrap().to_owned() } else { text }
}

fn links() -> Vec<Case> {
    [cases(PRIVATE), cases(CDN)].concat()
}

#[test]
fn signing_gives_the_url_of_the_sdk() {
    for case in links() {
        let (plain, scheme) = (plain_url(&case), providers::scheme(&case.scheme).unwrap());
        let signed = every::sign(scheme, &request(&case, &plain, &[]), case.who(), &terms(&case)).unwrap();
        assert_eq!(signed.url, case.expect.url, "{}", case.id);
    }
}

#[test]
fn the_signed_text_is_the_sdks_and_verification_accepts_it() {
    for case in links() {
        let link = case.expect.url.clone().unwrap();
        let subject = Subject::from(request(&case, &link, &[]));
        let said = decode(&subject, &Hints::default()).unwrap();
        assert_eq!(said.scheme.id(), case.scheme);
        assert_eq!(Some(said.signature.to_str().into_owned()), case.expect.signature, "{}", case.id);
        let end = terms(&case);
        assert_eq!(said.expires_at, Some(end.time.plus(3600)), "{}", case.id);
        if let Some(t) = case.expect.rest["fields"]["t"].as_str() {
            assert_eq!(said.expires_text.as_ref().map(|text| text.to_str()).as_deref(), Some(t), "{}", case.id);
        }
        assert_text(&subject, &said, &text(&case), &case.id);
        assert!(accepts(&case, &subject), "{}", case.id);
    }
}

#[test]
fn every_letter_of_a_private_link_is_signed() {
    for case in cases(PRIVATE) {
        let link = case.expect.url.clone().unwrap();
        let accepted = |url: &str| accepts(&case, &request(&case, url, &[]).into());
        let scheme_changed = match link.strip_prefix("https") {
            Some(rest) => format!("http{rest}"),
            None => link.replacen("http", "https", 1),
        };
        for changed in [
            scheme_changed,
            link.replacen("://", "://x", 1),
            link.replacen("&token=", "&attname=x&token=", 1),
            link.replacen("e=1", "e=2", 1),
            link.replacen('?', "x?", 1),
        ] {
            assert_ne!(changed, link, "{}", case.id);
            assert!(!accepted(&changed), "{}: {changed} is accepted", case.id);
        }
        // The service ignores what follows the token; clients escape its colon.
        assert!(accepted(&format!("{link}&attname=x")), "{}", case.id);
        let (front, token) = link.rsplit_once("&token=").unwrap();
        let escaped = format!("{front}&token={}", token.replace(':', "%3A").replace('=', "%3D"));
        assert!(accepted(&escaped), "{}", case.id);
    }
}

#[test]
fn path_and_expiry_of_a_cdn_link_are_signed_and_its_query_is_not() {
    for case in cases(CDN) {
        let link = case.expect.url.clone().unwrap();
        let accepted = |url: &str| accepts(&case, &request(&case, url, &[]).into());
        assert!(accepted(&link.replacen('?', "?added=1&", 1)), "{}", case.id);
        assert!(accepted(&format!("{link}&added=1")), "{}", case.id);
        assert!(accepted(&link.replacen("://", "://other.", 1)), "{}", case.id);
        assert!(!accepted(&link.replacen('?', "x?", 1)), "{}", case.id);
        let (front, t) = link.rsplit_once("&t=").unwrap();
        assert!(!accepted(&format!("{front}&t=f{t}")), "{}", case.id);
        // An earlier parameter of the same name is the application's.
        assert!(accepted(&link.replacen('?', "?t=1&sign=2&", 1)), "{}", case.id);
    }
}

/// A URL may have a parameter of the same name before it is signed.
#[test]
fn a_token_of_the_application_is_signed_with_the_rest() {
    let who = Credentials::new("ak", SecretKey::new("sk"));
    let terms = Terms::at(Timestamp::from_unix(1_730_769_838)).expires_in(3600);
    let plain = "https://img.example.com/a.m3u8?x=1&token=1";
    let link = presign(&kodo::PRIVATE_URL, &Request::new("GET", plain).unwrap(), &who, &terms).unwrap();
    assert!(link.starts_with("https://img.example.com/a.m3u8?x=1&token=1&e=1730773438&token=ak:"), "{link}");
    let accepted = |link: &str| {
        let subject = Request::new("GET", link).unwrap().into();
        matches!(verify(&subject, who.secret(), &Hints::default()), Ok(Verification::Matches(_)))
    };
    assert!(accepted(&link));
    assert!(!accepted(&link.replacen("token=1", "token=2", 1)));
}

/// The archived page of 2016 prints a signature that does not belong to its URL; the right one is known.
#[test]
fn the_wrong_sample_of_an_old_page_does_not_verify() {
    let secret = SecretKey::new("MY_SECRET_KEY");
    let link =
        |signature: &str| format!("http://developer.qiniu.com/resource/flower.jpg?e=1451491200&token=MY_ACCESS_KEY:{signature}");
    for (signature, right) in [("v24Hqj-H6oM96pmWC-QgDm5JLbk=", true), ("yN9WtB0lQheegAwva64yBuH3ZgU=", false)] {
        let link = link(signature);
        let subject = Request::new("GET", &link).unwrap().into();
        let answer = verify(&subject, &secret, &Hints::default()).unwrap();
        assert_eq!(matches!(answer, Verification::Matches(_)), right, "{signature}");
    }
}

#[test]
fn a_link_to_a_private_bucket_behind_a_guarded_domain_is_signed_twice() {
    let account = Credentials::new("ak", SecretKey::new("sk"));
    let domain = Credentials::new("", SecretKey::new("12345678"));
    let terms = Terms::at(Timestamp::from_unix(1_438_354_800)).expires_in(3600);
    let plain = Request::new("GET", "http://cdn.example.com/DIR1/dir2/vodfile.mp4?v=1").unwrap();

    let private = presign(&kodo::PRIVATE_URL, &plain, &account, &terms).unwrap();
    let both = presign(&kodo::CDN_ANTILEECH, &Request::new("GET", &private).unwrap(), &domain, &terms).unwrap();
    // The documented value for this path and time.
    assert_eq!(both, format!("{private}&sign=19eb212771e87cc3d478b9f32d6c7bf9&t=55bb9b80"));

    let subject = Subject::from(Request::new("GET", &both).unwrap());
    let said = providers::read(&subject, &Hints::default(), Among::All).unwrap().unwrap();
    assert_eq!(said.scheme.id(), PRIVATE);
    assert!(matches!(verify_claim(&subject, said, account.secret()), Ok(Verification::Matches(_))));
    let said = claim(&subject, CDN);
    assert!(matches!(verify_claim(&subject, said, domain.secret()), Ok(Verification::Matches(_))));

    // The other way round the private signature would cover the guard's, and come last.
    let guarded = presign(&kodo::CDN_ANTILEECH, &plain, &domain, &terms).unwrap();
    let wrong = presign(&kodo::PRIVATE_URL, &Request::new("GET", &guarded).unwrap(), &account, &terms);
    assert!(matches!(wrong, Err(SignError::AlreadySigned(_))));
    let twice = presign(&kodo::PRIVATE_URL, &Request::new("GET", &private).unwrap(), &account, &terms);
    assert!(matches!(twice, Err(SignError::AlreadySigned(_))));
}

#[test]
fn a_message_that_does_not_tell_http_from_https_cannot_be_judged_as_a_private_link() {
    let case = cases(PRIVATE).into_iter().find(|case| case.id == "kodo-priv-query").unwrap();
    let link = case.expect.url.clone().unwrap();
    let target = link.strip_prefix("https://img.example.com").unwrap();
    let message = format!("GET {target} HTTP/1.1\r\nHost: img.example.com\r\n\r\n");
    let raw = Request::parse(message.as_bytes()).unwrap();
    let answer = verify(&raw.clone().into(), case.who().secret(), &Hints::default());
    assert!(matches!(answer, Err(VerifyError::Draft(DraftError::TransportNeeded))));
    assert!(accepts_as(&case, &raw.clone().with_transport(Transport::Https).into(), PRIVATE));
    assert!(!accepts_as(&case, &raw.with_transport(Transport::Http).into(), PRIVATE));
}

#[test]
fn parameters_of_the_same_names_elsewhere_are_not_taken_for_signatures() {
    let read = |url: &'static str| decode(&Request::new("GET", url).unwrap().into(), &Hints::default());
    for other in [
        "https://api.example.com/x?token=abcdef",
        "https://api.example.com/x?token=a:b",
        "https://api.example.com/x?sign=q2&t=5",
        "https://api.example.com/x?e=5&t=5",
    ] {
        assert!(matches!(read(other), Err(VerifyError::NoClaim)), "{other}");
    }
    for damaged in [
        "https://img.example.com/a?token=ak:438dd8pXocjYuF-6dTcKMtETB2g=",
        "https://img.example.com/a?e=5&token=ak",
        "https://img.example.com/a?e=5&token=ak:438dd8pXocjYuF-6dTcKMtETB2g=:eyJ9",
        "https://cdn.example.com/a?sign=19eb212771e87cc3d478b9f32d6c7bf9",
        "https://cdn.example.com/a?sign=19eb212771e87cc3d478b9f32d6c7bf9&t=soon",
    ] {
        assert!(matches!(read(damaged), Err(VerifyError::Claim(_))), "{damaged}");
    }
    let who = Credentials::new("ak", SecretKey::new("sk"));
    let request = Request::new("GET", "https://img.example.com/a").unwrap();
    for scheme in [PRIVATE, CDN] {
        let endless = presign(providers::scheme(scheme).unwrap(), &request, &who, &Terms::at(Timestamp::from_unix(0)));
        assert!(matches!(endless, Err(SignError::Terms("a life in seconds"))));
    }
}

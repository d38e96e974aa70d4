//! Qiniu Kodo: upload tokens, management requests, callbacks and links.

mod links;
mod management;
mod tokens;

use countersign::{
    Body, Claim, Hints, Request, Scheme, SecretKey, Subject, Verification,
    providers::{self, Among},
    transcript, verify, verify_claim,
};
use countersign_tests::{Case, load};

/// The schemes of the file, with the number of cases it must hold for each: a lost case is a failure.
const COVERED: [(&str, usize); 6] = [
    ("kodo-upload-token", 35),
    ("kodo-qbox", 15),
    ("kodo-mac", 21),
    ("kodo-private-url", 11),
    ("kodo-cdn-antileech", 11),
    ("kodo-callback", 21),
];

/// The cases of one scheme.
fn cases(id: &str) -> Vec<Case> {
    let count = COVERED.iter().find(|(scheme, _)| *scheme == id).expect("a covered scheme").1;
    let cases: Vec<_> = load("kodo").cases.into_iter().filter(|case| case.scheme == id).collect();
    assert_eq!(cases.len(), count, "kodo.json holds another number of {id} cases");
    cases
}

#[test]
fn every_case_belongs_to_a_scheme_that_is_covered() {
    let all = load("kodo");
    assert_eq!(all.cases.len() + all.extra.len(), COVERED.iter().map(|(_, count)| count).sum::<usize>());
    for (id, _) in COVERED {
        assert_eq!(providers::scheme(id).map(Scheme::provider), Some("kodo"), "{id}");
    }
}

/// The request of a case, with what signing added to it.
fn request<'a>(case: &'a Case, url: &'a str, added: &'a [(String, String)]) -> Request<'a> {
    let message = case.request.as_ref().expect("a request");
    let request = Request::new(&message.method, url).unwrap_or_else(|e| panic!("{}: {e}", case.id));
    let headers = message.headers.iter().chain(added);
    let request = headers.fold(request, |request, (name, value)| request.header(name, value));
    request.with_body(Body::Bytes(message.body.as_deref().unwrap_or_default().as_bytes()))
}

fn url(case: &Case) -> &str {
    &case.request.as_ref().expect("a request").url
}

/// The claim of a subject that is known to be of this scheme.
fn claim<'a>(subject: &Subject<'a>, id: &str) -> Claim<'a> {
    providers::read(subject, &Hints::default(), Among::Scheme(id)).unwrap().unwrap_or_else(|| panic!("no claim of {id}"))
}

/// Checks the signed text of a claim, and that its parts are all there is of it.
fn assert_text(subject: &Subject<'_>, claim: &Claim<'_>, expected: &str, id: &str) {
    let written = transcript(subject, claim).unwrap_or_else(|e| panic!("{id}: {e}"));
    assert_eq!(String::from_utf8_lossy(written.string_to_sign()), expected, "{id}");
    let document = written.documents.last().expect("a document");
    let mut at = 0;
    for part in &document.parts {
        assert!(part.start >= at && part.start - at <= 1, "{id}: a gap before {}", part.role.as_str());
        at = part.end;
    }
    assert_eq!(at, document.text.len(), "{id}");
}

/// Whether the secret of the case gives the signature, in whatever scheme, and another secret does not.
fn accepts(case: &Case, subject: &Subject<'_>) -> bool {
    let other = verify(subject, &SecretKey::new("another secret"), &Hints::default());
    assert!(matches!(other, Ok(Verification::Differs { .. })), "{}: another secret is accepted", case.id);
    match verify(subject, case.who().secret(), &Hints::default()).unwrap_or_else(|e| panic!("{}: {e}", case.id)) {
        Verification::Matches(verified) => {
            assert_eq!(verified.claim().scheme.id(), case.scheme, "{}", case.id);
            assert_eq!(verified.claim().dialect, None, "{}", case.id);
            verified.claim().access_key_id.to_str() == case.who().access_key_id()
        }
        _ => false,
    }
}

/// The same for one scheme that is asked for by its id.
fn accepts_as(case: &Case, subject: &Subject<'_>, id: &str) -> bool {
    let claim = claim(subject, id);
    let known = claim.access_key_id.to_str() == case.who().access_key_id();
    known && matches!(verify_claim(subject, claim, case.who().secret()), Ok(Verification::Matches(_)))
}

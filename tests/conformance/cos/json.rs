//! The JSON API, whose signatures carry the text they sign.

use countersign::{
    ClaimError, Encoding, Fault, Hints, SecretKey, Subject, Timestamp, Verification, VerifyError, decode,
    providers::cos::json::{Decoded, Expiry, Field, File, Grant, Kind, Needs, Operation, Order, Problem, TextError},
    sign, transcript, verify,
    wire::{hex, percent},
};
use countersign_tests::{Case, load};
use serde_json::{Map, Value};

/// The number of cases each scheme must have: a lost case is a failure.
const COVERED: [(&str, usize); 2] = [("cos-json-multi", 26), ("cos-json-once", 17)];

fn cases() -> impl Iterator<Item = Case> {
    COVERED.into_iter().flat_map(|(id, count)| {
        let cases: Vec<_> = load("cos").cases.into_iter().filter(|case| case.scheme == id).collect();
        assert_eq!(cases.len(), count, "cos.json holds another number of {id} cases");
        cases
    })
}

fn case(id: &str) -> Case {
    cases().find(|case| case.id == id).unwrap_or_else(|| panic!("{id} is missing"))
}

fn token(case: &Case) -> &str {
    case.expect.authorization.as_deref().expect("a signature")
}

fn fields(case: &Case) -> &Map<String, Value> {
    case.rest["json_api"].as_object().expect("fields")
}

fn number(case: &Case, name: &str) -> i64 {
    fields(case)[name].as_i64().expect("a number")
}

fn word<'c>(case: &'c Case, name: &str) -> &'c str {
    fields(case)[name].as_str().expect("a text")
}

fn order(case: &Case) -> Order {
    match word(case, "order") {
        "a,b,k,e,t,r,f" => Order::Formula,
        "a,k,e,t,r,f,b" => Order::Python,
        "a,b,k,t,e,r,f" => Order::JavaScript,
        other => panic!("the order {other} is new"),
    }
}

fn grant(case: &Case) -> Grant<'_> {
    let appid = word(case, "appid").parse().unwrap();
    let expiry = match number(case, "e") {
        0 => Expiry::Once,
        end => Expiry::At(Timestamp::from_unix(end)),
    };
    let bucket = case.bucket.as_deref().unwrap();
    let issued = Timestamp::from_unix(number(case, "t"));
    let random = number(case, "r").try_into().unwrap();
    let file = word(case, "fileid");
    let file = match file.strip_prefix(&format!("/{appid}/{bucket}")) {
        Some(path) => File::Object(path),
        None if file.is_empty() => File::Any,
        None => File::Bare(file),
    };
    Grant::new(appid, bucket, expiry, issued, random).file(file).order(order(case))
}

fn accepts(token: &[u8], secret: &SecretKey) -> bool {
    matches!(verify(&Subject::Token(token), secret, &Hints::default()), Ok(Verification::Matches(_)))
}

#[test]
fn signing_gives_what_the_sdk_gave() {
    let mut kinds_of_file = [0; 3];
    for case in cases() {
        let grant = grant(&case);
        kinds_of_file[match grant.file {
            File::Any => 0,
            File::Object(_) => 1,
            File::Bare(_) => 2,
        }] += 1;
        assert_eq!(grant.sign(&case.who()).as_deref(), Ok(token(&case)), "{}", case.id);
    }
    assert_eq!(kinds_of_file, [4, 33, 6]);
    // The PHP SDK adds the slash a path lacks.
    for id in ["cos-json-php-noslash", "cos-json-php-oncenoslash"] {
        let case = case(id);
        let grant = grant(&case);
        let File::Object(path) = grant.file else { panic!("{id}: another file") };
        let without = grant.clone().file(File::Object(path.strip_prefix('/').unwrap()));
        assert_eq!(without.sign(&case.who()).as_deref(), Ok(token(&case)), "{id}");
    }
}

#[test]
fn every_stage_is_that_of_the_sdk_and_verification_accepts_it() {
    for case in cases() {
        let text = token(&case);
        let subject = Subject::Token(text.as_bytes());
        let claim = decode(&subject, &Hints::default()).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(claim.scheme.id(), case.scheme, "{}", case.id);
        assert_eq!(claim.signature.to_str(), case.expect.rest["mac_hex"].as_str().unwrap(), "{}", case.id);
        assert_eq!(claim.signed_at.map(Timestamp::unix), Some(number(&case, "t")), "{}", case.id);
        let end = Some(number(&case, "e")).filter(|end| *end != 0);
        assert_eq!(claim.expires_at.map(Timestamp::unix), end, "{}", case.id);
        let written = transcript(&subject, &claim).unwrap();
        let original = String::from_utf8_lossy(written.string_to_sign()).into_owned();
        assert_eq!(Some(&original), case.expect.string_to_sign.as_ref(), "{}", case.id);
        let letters: Vec<_> = written.documents[0].parts.iter().map(|part| String::from_utf8_lossy(&part.name)).collect();
        assert_eq!(letters.join(","), word(&case, "order"), "{}", case.id);
        super::assert_parts_cover_the_text(&written, &case.id);

        let who = case.who();
        let Ok(Verification::Matches(verified)) = verify(&subject, who.secret(), &Hints::default()) else {
            panic!("{} is refused", case.id)
        };
        assert_eq!(verified.claim().access_key_id.to_str(), who.access_key_id(), "{}", case.id);
        assert!(!accepts(text.as_bytes(), &SecretKey::new("another secret")), "{}", case.id);
    }
}

#[test]
fn header_and_parameter_carry_it_too() {
    for case in cases() {
        let message = case.request.clone().unwrap();
        let who = case.who();
        let header = [("Authorization".to_owned(), token(&case).to_owned())];
        assert!(super::accepts(&message.method, &message.url, &header, who.secret()), "{}: header", case.id);
        let escaped = String::from_utf8(percent::encoded(token(&case).as_bytes(), &percent::UNRESERVED)).unwrap();
        for value in [&escaped, token(&case)] {
            let url = format!("{}?sign={value}", message.url);
            assert!(super::accepts("GET", &url, &[], who.secret()), "{}: parameter", case.id);
            let both = Subject::from(super::request("GET", &url, &header));
            let error = decode(&both, &Hints::default()).unwrap_err();
            assert!(matches!(error, VerifyError::Claim(ClaimError { fault: Fault::TwoSignatures { .. }, .. })), "{}", case.id);
            // A text copied out of a URL.
            assert_eq!(Decoded::parse(value.as_bytes()).map(|decoded| decoded.problems), Ok(vec![]), "{}", case.id);
        }
    }
}

#[test]
fn any_change_of_a_byte_is_refused() {
    for case in cases() {
        let who = case.who();
        let bytes = Encoding::Base64.decode(token(&case).as_bytes()).unwrap();
        for at in 0..bytes.len() {
            let mut forged = bytes.clone();
            forged[at] ^= 1;
            assert!(!accepts(Encoding::Base64.encode(&forged).as_bytes(), who.secret()), "{}: byte {at}", case.id);
        }
    }
}

#[test]
fn decoding_gives_the_fields_and_finds_nothing_wrong() {
    for case in cases() {
        let decoded = Decoded::parse(token(&case).as_bytes()).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(decoded.problems, [], "{}", case.id);
        let mut mac = Vec::new();
        hex::encode(&decoded.mac, &mut mac);
        assert_eq!(String::from_utf8(mac).unwrap(), case.expect.rest["mac_hex"].as_str().unwrap(), "{}", case.id);
        assert_eq!(decoded.original, case.expect.string_to_sign.as_deref().unwrap().as_bytes(), "{}", case.id);
        assert_eq!(decoded.order, order(&case).fields(), "{}", case.id);
        let expected = [
            (Field::Appid, word(&case, "appid").to_owned()),
            (Field::Bucket, case.bucket.clone().unwrap()),
            (Field::SecretId, case.credentials.access_key_id.clone().unwrap()),
            (Field::Expiry, number(&case, "e").to_string()),
            (Field::Issued, number(&case, "t").to_string()),
            (Field::Random, number(&case, "r").to_string()),
            (Field::File, word(&case, "fileid_encoded").to_owned()),
        ];
        for (field, value) in expected {
            assert_eq!(decoded.field(field), Some(value.as_str()), "{}: {field}", case.id);
        }
        let kind = if case.scheme == "cos-json-once" { Kind::Once } else { Kind::Multi };
        assert_eq!(decoded.kind(), Some(kind), "{}", case.id);
        for operation in Operation::ALL {
            let fits = match operation.needs() {
                Needs::Multi => kind == Kind::Multi,
                Needs::Once => kind == Kind::Once,
                Needs::Nothing | Needs::Either => true,
            };
            assert_eq!(decoded.problem_with(operation).is_none(), fits, "{}: {operation:?}", case.id);
        }
    }
}

#[test]
fn the_once_signature_of_the_document_verifies_only_when_repaired() {
    let case = case("cos-json-doc-once");
    let repaired = token(&case);
    assert!(accepts(repaired.as_bytes(), case.who().secret()));
    // As the text of the document has it: two letters in the wrong case, a capital I for an l.
    let printed = repaired.replace("CkZ0/", "ckz0/").replace("BdiZlPTA", "BdiZIPTA");
    assert_eq!(printed.bytes().zip(repaired.bytes()).filter(|(a, b)| a != b).count(), 3);
    let decoded = Decoded::parse(printed.as_bytes()).unwrap();
    let unknown = Problem::Unknown { name: "H".into(), value: "0".into() };
    assert_eq!(decoded.problems, [unknown, Problem::Missing(Field::Expiry)]);
    let error = verify(&Subject::Token(printed.as_bytes()), case.who().secret(), &Hints::default()).unwrap_err();
    assert_eq!(error.to_string(), "`e` is missing");
    // With the expiry alone repaired it can be read, and the MAC is another one.
    let halfway = repaired.replace("CkZ0/", "ckz0/");
    let verification = verify(&Subject::Token(halfway.as_bytes()), case.who().secret(), &Hints::default());
    assert!(matches!(verification, Ok(Verification::Differs { .. })));
}

/// A signature with this text and no right MAC.
fn with_text(original: &str) -> String {
    Encoding::Base64.encode(&[&[0xff; 20], original.as_bytes()].concat())
}

fn problems(original: &str) -> Vec<Problem> {
    Decoded::parse(with_text(original).as_bytes()).unwrap().problems
}

#[test]
fn what_a_server_would_refuse_is_named() {
    let right = "a=200001&b=newbucket&k=AKIDexample&e=1470737000&t=1470736940&r=490258943&f=";
    assert_eq!(problems(right), []);
    let with = |from: &str, to: &str| {
        let changed = right.replace(from, to);
        assert_ne!(changed, right);
        let problems = problems(&changed);
        assert_eq!(problems.len(), 1, "{changed}: {problems:?}");
        problems[0].clone()
    };
    for (field, pair) in Field::ALL.into_iter().zip(right.split('&')) {
        let without: Vec<_> = right.split('&').filter(|other| *other != pair).collect();
        assert_eq!(problems(&without.join("&")), [Problem::Missing(field)]);
        let second = pair.split_once('=').unwrap().1.to_owned();
        assert_eq!(with(pair, &format!("{pair}&{pair}")), Problem::Doubled { field, second: second.clone() });
        if field != Field::File {
            assert_eq!(with(pair, &format!("{field}=")), Problem::Empty(field));
        }
    }
    let found = |text: &str| text.to_owned();
    for field in [Field::Expiry, Field::Issued] {
        let from = if field == Field::Expiry { "e=1470737000" } else { "t=1470736940" };
        let milliseconds = format!("{from}000");
        let expected = Problem::NotSeconds { field, found: milliseconds[2..].to_owned() };
        assert_eq!(with(from, &milliseconds), expected);
        assert!(expected.to_string().contains(", 13 digits; expected seconds since 1970"), "{expected}");
    }
    assert_eq!(with("t=1470736940", "t=now"), Problem::NotANumber { field: Field::Issued, found: found("now") });
    assert_eq!(with("a=200001", "a=AKID1"), Problem::NotANumber { field: Field::Appid, found: found("AKID1") });
    assert_eq!(with("r=490258943", "r=49025894312"), Problem::RandomTooLong { found: found("49025894312") });
    assert_eq!(with("e=1470737000", "e=1478512941"), Problem::LifeTooLong { seconds: 7_776_001 });
    assert_eq!(problems(&right.replace("e=1470737000", "e=1478512940")), []);
    // One SDK writes the period where the end belongs.
    let (expiry, issued_at) = (Timestamp::from_unix(300), Timestamp::from_unix(1_470_736_940));
    assert_eq!(with("e=1470737000", "e=300"), Problem::Over { expiry, issued_at });
    assert_eq!(with("e=1470737000", "e=0"), Problem::OnceWithoutFile);
    assert_eq!(problems(&right.replace("e=1470737000", "e=0").replace("f=", "f=/200001/newbucket/a")), []);
    let elsewhere = problems(&right.replace("e=1470737000", "e=0").replace("f=", "f=/a"));
    assert_eq!(elsewhere, [Problem::FileElsewhere { file: found("/a"), expected: found("/200001/newbucket/") }]);
    let appended = Problem::BucketWithAppid { found: found("newbucket-200001"), expected: found("newbucket") };
    assert_eq!(with("b=newbucket", "b=newbucket-200001"), appended);
}

#[test]
fn a_mac_in_hexadecimal_is_recognised_and_not_accepted() {
    let case = case("cos-json-doc-multi");
    let mac = case.expect.rest["mac_hex"].as_str().unwrap();
    let token = Encoding::Base64.encode(format!("{mac}{}", case.expect.string_to_sign.as_deref().unwrap()).as_bytes());
    assert_eq!(Decoded::parse(token.as_bytes()).unwrap().problems, [Problem::HexMac]);
    assert!(!accepts(token.as_bytes(), case.who().secret()));
}

#[test]
fn texts_that_cannot_be_taken_apart_are_named() {
    let case = case("cos-json-doc-multi");
    let right = token(&case);
    let error = |text: &str| Decoded::parse(text.as_bytes()).unwrap_err();
    assert_eq!(error(""), TextError::TooShort { len: 0 });
    assert_eq!(error(&Encoding::Base64.encode(&[7; 20])), TextError::TooShort { len: 20 });
    assert_eq!(error(&right[..77]), TextError::CutOff { len: 77 });
    assert_eq!(error(&right.replacen("um3V", "um3\n", 1)), TextError::NotBase64 { at: 6, found: b'\n' });
    // The alphabet for URLs is another one.
    assert_eq!(error(&right.replacen('+', "-", 1)), TextError::NotBase64 { at: 2, found: b'-' });
    assert_eq!(error(&right.replacen("um3V", "=m3V", 1)), TextError::NotBase64 { at: 4, found: b'm' });
    let message = error(&right.replacen("um3V", "um3\n", 1)).to_string();
    assert_eq!(message, "the signature holds `\\n` at offset 6; expected Base64 with `+` and `/` and no line breaks");
    for end in 0..right.len() {
        let cut = &right.as_bytes()[..end];
        assert!(!accepts(cut, case.who().secret()) || right[end..].bytes().all(|b| b == b'='), "{end}");
        let _ = Decoded::parse(cut).map(|decoded| decoded.problems.iter().map(ToString::to_string).collect::<Vec<_>>());
    }
}

#[test]
fn ordinary_headers_are_not_taken_for_one() {
    let random = Encoding::Base64.encode(&[b'x'; 64]);
    let two_fields = with_text("a=1&k=2&x=3");
    for value in
        ["Basic dXNlcjpwYXNz", "Bearer abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123", "", "=", &random, &two_fields]
    {
        let headers = [("Authorization".to_owned(), value.to_owned())];
        let url = format!("https://example.com/?sign={}", value.replace(' ', "%20"));
        for subject in [
            Subject::from(super::request("GET", "https://example.com/", &headers)),
            Subject::from(super::request("GET", &url, &[])),
            Subject::Token(value.as_bytes()),
        ] {
            assert_eq!(decode(&subject, &Hints::default()).unwrap_err(), VerifyError::NoClaim, "{value}");
        }
    }
}

#[test]
fn a_damaged_signature_is_named_and_not_verified() {
    let secret = SecretKey::new("madeUp");
    let fault = |text: &str| match verify(&Subject::Token(with_text(text).as_bytes()), &secret, &Hints::default()) {
        Err(VerifyError::Claim(error)) => (error.place, error.fault),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(fault("a=1&b=x&k=AKID&e=0&t=1&r=1"), ("f", Fault::Missing));
    assert_eq!(fault("a=1&b=x&k=AKID&e=0&t=1&r=1&f=&e=9"), ("e", Fault::Twice));
}

#[test]
fn requests_cannot_be_signed_with_it() {
    let case = case("cos-json-doc-multi");
    let message = case.request.clone().unwrap();
    let request = super::request(&message.method, &message.url, &[]);
    let scheme = countersign::providers::scheme(&case.scheme).unwrap();
    let error = sign(scheme, &request, &case.who(), &countersign::Terms::at(case.clock())).unwrap_err();
    assert_eq!(error.to_string(), "a `cos::json::Grant` is needed to sign");
}

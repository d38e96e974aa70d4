//! Upload forms of all vendors but KS3, whose forms `ks3` covers.

use crate::every;
use countersign::{
    Credentials, Document, Encoding, Form, Hints, Request, Scheme, SecretKey, SignError, Subject, Terms, Timestamp, UploadScheme,
    Verification, VerifyError, decode, presign,
    providers::{self, cos, ks3, oss, s3},
    sign_form, transcript, verify,
};
use countersign_tests::{Case, load};

/// The schemes of a file, with the number of cases it must hold for each: a lost case is a failure.
const COVERED: [(&str, &str, usize); 5] = [
    ("s3", "s3-v4-post", 15),
    ("s3", "s3-v2-post", 8),
    ("oss", "oss-post-v1", 9),
    ("oss", "oss-post-v4", 8),
    ("cos", "cos-post", 9),
];

fn cases() -> impl Iterator<Item = (Case, &'static dyn Scheme)> {
    COVERED.into_iter().flat_map(|(file, id, count)| {
        let scheme = providers::scheme(id).unwrap_or_else(|| panic!("{id} is not registered"));
        let cases: Vec<_> = load(file).cases.into_iter().filter(|case| case.scheme == id).collect();
        assert_eq!(cases.len(), count, "{file}.json holds another number of {id} cases");
        cases.into_iter().map(move |case| (case, scheme))
    })
}

fn case(id: &str) -> Case {
    cases().map(|(case, _)| case).find(|case| case.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

/// The JSON of the case's policy, byte for byte.
fn policy(case: &Case) -> &str {
    ["policy", "policy_json"].iter().find_map(|name| case.rest.get(*name)?.as_str()).expect("a policy")
}

fn form(fields: &[(String, String)]) -> Form<'_> {
    fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value))
}

fn accepts(case: &Case, fields: &[(String, String)]) -> bool {
    matches!(verify(&form(fields).into(), case.who().secret(), &Hints::default()), Ok(Verification::Matches(_)))
}

/// The fields a signer adds.
fn is_signers(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let v4 = ["signature-version", "algorithm", "credential", "date", "signature", "security-token"];
    matches!(&*name, "signature" | "awsaccesskeyid" | "ossaccesskeyid" | "x-cos-security-token")
        || name.starts_with("q-")
        || ["x-amz-", "x-oss-"].iter().any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| v4.contains(&rest)))
}

fn lower_sorted(fields: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut fields: Vec<_> = fields.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    fields.sort();
    fields
}

fn terms(case: &Case) -> Terms<'_> {
    let mut terms = Terms::at(case.clock());
    terms.region = case.region.as_deref();
    terms.expires_in = case.expires.and_then(|life| life.try_into().ok());
    terms
}

#[test]
fn forms_are_signed_as_the_sdks_sign_them() {
    for (case, scheme) in cases() {
        let encoded = Encoding::Base64.encode(policy(&case).as_bytes());
        let all = case.fields();
        let sent = all.iter().find(|(name, _)| name.eq_ignore_ascii_case("policy")).map(|(_, value)| value);
        assert_eq!(sent, Some(&encoded), "{}", case.id);
        let unsigned: Vec<_> = all.iter().filter(|(name, _)| !is_signers(name)).cloned().collect();
        let signed =
            every::sign_form(scheme, &form(&unsigned), case.who(), &terms(&case)).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(Some(signed.signature.text()), case.expect.signature, "{}", case.id);
        let expected = all.into_iter().filter(|(name, _)| is_signers(name));
        assert_eq!(lower_sorted(signed.fields), lower_sorted(expected), "{}", case.id);
    }
}

#[test]
fn forms_made_of_a_policy_are_those_of_the_sdks() {
    let schemes: [(&str, &dyn UploadScheme); 5] = [
        ("s3-v4-post", &s3::V4_POST),
        ("s3-v2-post", &s3::V2_POST),
        ("oss-post-v1", &oss::POST_V1),
        ("oss-post-v4", &oss::POST_V4),
        ("cos-post", &cos::POST),
    ];
    for (case, scheme) in cases() {
        let (_, upload) = schemes.iter().find(|(id, _)| *id == scheme.id()).unwrap();
        let mut made = Vec::new();
        let mut take = |name: &str, value: &[&[u8]]| made.push((name.to_owned(), String::from_utf8(value.concat()).unwrap()));
        upload.sign_policy(policy(&case).as_bytes(), &case.who(), &terms(&case), &mut take).unwrap();
        assert_eq!(made.last().map(|(_, value)| value), case.expect.signature.as_ref(), "{}", case.id);
        let expected = case.fields().into_iter().filter(|(name, _)| is_signers(name) || name.eq_ignore_ascii_case("policy"));
        assert_eq!(lower_sorted(made.clone()), lower_sorted(expected), "{}", case.id);
        let encoded = Encoding::Base64.encode(policy(&case).as_bytes());
        let completed = sign_form(scheme, &Form::new().field("policy", &encoded), &case.who(), &terms(&case)).unwrap();
        assert_eq!(made.get(1..), Some(&*completed.fields.into_iter().collect::<Vec<_>>()), "{}: the order", case.id);
    }
}

#[test]
fn forms_verify_with_the_signed_text_of_the_sdk() {
    for (case, scheme) in cases() {
        let fields = case.fields();
        let subject = Subject::from(form(&fields));
        let claim = decode(&subject, &Hints::default()).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(claim.scheme.id(), scheme.id(), "{}", case.id);
        assert_eq!(Some(claim.access_key_id.to_str().into_owned()), case.credentials.access_key_id, "{}", case.id);
        assert_eq!(claim.token.as_ref().map(|token| token.to_string()), case.credentials.security_token, "{}", case.id);
        if let Some(scope) = &claim.scope {
            assert_eq!(Some(scope.region.to_str().as_ref()), case.region.as_deref(), "{}", case.id);
            assert_eq!(claim.signed_at, Some(case.clock()), "{}", case.id);
        }
        let written = transcript(&subject, &claim).unwrap();
        let text = |document| written.document(document).map(|written| String::from_utf8(written.text.clone()).unwrap());
        assert_eq!(text(Document::StringToSign), case.expect.string_to_sign, "{}", case.id);
        assert!(accepts(&case, &fields), "{}", case.id);
        assert!(every::accepts(&subject, case.secret(), &Hints::NONE), "{}", case.id);
        assert!(matches!(verify(&subject, &SecretKey::new("another"), &Hints::default()), Ok(Verification::Differs { .. })));
    }
}

#[test]
fn every_byte_of_the_policy_counts_and_other_fields_do_not() {
    for (case, _) in cases() {
        let fields = case.fields();
        for (at, (name, value)) in fields.iter().enumerate() {
            let is_policy = name.eq_ignore_ascii_case("policy");
            if !is_policy && is_signers(name) {
                continue;
            }
            for byte in 0..if is_policy { value.len() } else { 0 } {
                let mut changed = fields.clone();
                let other = if value.as_bytes()[byte] == b'A' { "B" } else { "A" };
                changed[at].1.replace_range(byte..=byte, other);
                assert!(!accepts(&case, &changed), "{}: byte {byte} of the policy", case.id);
            }
            let mut changed = fields.clone();
            changed[at].1.push('x');
            assert_eq!(accepts(&case, &changed), !is_policy, "{}: {name}", case.id);
        }
    }
}

#[test]
fn the_scope_of_a_v4_form_is_signed() {
    for (case, scheme) in cases().filter(|(_, scheme)| scheme.id().contains("v4")) {
        let fields = case.fields();
        let is_credential = |name: &str| name.to_ascii_lowercase().ends_with("-credential");
        let (at, (_, credential)) = fields.iter().enumerate().find(|(_, (name, _))| is_credential(name)).unwrap();
        let pieces: Vec<_> = credential.split('/').collect();
        for piece in 1..pieces.len() {
            let mut other: Vec<_> = pieces.iter().map(|piece| (*piece).to_owned()).collect();
            other[piece].push('x');
            let mut changed = fields.clone();
            changed[at].1 = other.join("/");
            assert!(!accepts(&case, &changed), "{} {}: {}", scheme.id(), case.id, changed[at].1);
        }
    }
}

#[test]
fn names_of_fields_are_found_in_any_case() {
    for (case, _) in cases() {
        let upper: Vec<_> = case.fields().into_iter().map(|(name, value)| (name.to_ascii_uppercase(), value)).collect();
        assert!(accepts(&case, &upper), "{}", case.id);
    }
}

#[test]
fn a_printed_signature_with_stray_bits_is_accepted_and_told() {
    let case = case("aws-doc-v2-post-text");
    let mut fields = case.fields();
    let printed = "qA7FWXKq6VvU68lI9KdveT1cWgF=";
    fields.iter_mut().find(|(name, _)| name == "Signature").unwrap().1 = printed.into();
    let subject = form(&fields).into();
    let Ok(Verification::Matches(verified)) = verify(&subject, case.who().secret(), &Hints::default()) else { panic!("refused") };
    assert_eq!(verified.spelling(), countersign::Match::SameBytes);
}

#[test]
fn faults_of_forms_are_named() {
    for (id, missing, message) in [
        ("v4p-min", "policy", "`policy` is missing"),
        ("v4p-min", "x-amz-algorithm", "`x-amz-algorithm` is missing"),
        ("v4p-min", "x-amz-credential", "`x-amz-credential` is missing"),
        ("v4p-min", "x-amz-date", "`x-amz-date` is missing"),
        ("v4p-min", "x-amz-signature", "`x-amz-signature` is missing"),
        ("v2p-plain", "signature", "`signature` is missing"),
        ("v2p-plain", "policy", "`policy` is missing"),
        ("post1-minimal", "Signature", "`Signature` is missing"),
        ("post4-minimal", "x-oss-signature", "`x-oss-signature` is missing"),
        ("post4-minimal", "x-oss-date", "`x-oss-date` is missing"),
        ("cos-post-doc", "policy", "`policy` is missing"),
        ("cos-post-doc", "q-ak", "`q-ak` is missing"),
        ("cos-post-doc", "q-key-time", "`q-key-time` is missing"),
        ("cos-post-doc", "q-signature", "`q-signature` is missing"),
    ] {
        let case = case(id);
        let fault = |fields: &[(String, String)]| {
            verify(&form(fields).into(), case.who().secret(), &Hints::default()).expect_err("a fault").to_string()
        };
        let mut fields = case.fields();
        let (_, value) = fields.iter().find(|(name, _)| name == missing).cloned().unwrap();
        fields.retain(|(name, _)| name != missing);
        assert_eq!(fault(&fields), message, "{id}");
        if missing != "x-amz-algorithm" {
            fields.push((missing.into(), String::new()));
            assert_eq!(fault(&fields), message.replace("missing", "empty"), "{id}");
        }
        fields.retain(|(name, _)| name != missing);
        fields.extend([(missing.into(), value.clone()), (missing.to_ascii_uppercase(), value)]);
        assert_eq!(fault(&fields), format!("`{missing}` occurs twice; expected once"), "{id}");
    }
}

#[test]
fn what_cos_cannot_have_signed_is_named() {
    let case = case("cos-post-doc");
    let fault = |name: &str, value: &str| {
        let mut fields = case.fields();
        fields.iter_mut().find(|(own, _)| own == name).unwrap().1 = value.into();
        verify(&form(&fields).into(), case.who().secret(), &Hints::default()).expect_err("a fault").to_string()
    };
    assert_eq!(fault("q-sign-algorithm", "sha256"), "`q-sign-algorithm` is `sha256`; expected `sha1`");
    assert_eq!(fault("policy", "{}"), "`policy` is `{}`; expected Base64 text");
    let unsigned = Form::new().field("key", "a").field("policy", "e30=");
    let error = sign_form(&providers::cos::POST, &unsigned, &case.who(), &Terms::at(case.clock())).unwrap_err();
    assert_eq!(error, SignError::Terms("a life in seconds"));
}

#[test]
fn a_form_of_nobody_carries_no_claim() {
    let form = Form::new().field("key", "a").field("policy", "e30=").field("signature", "AAAA");
    assert_eq!(decode(&form.into(), &Hints::default()).err(), Some(VerifyError::NoClaim));
}

#[test]
fn date_and_credential_of_the_form_are_taken_as_they_are() {
    let case = case("v4p-min");
    let mut fields = case.fields();
    fields.retain(|(name, _)| name != "x-amz-signature");
    let later = Terms::at(case.clock().plus(86_400)).region("another-region");
    let signed = sign_form(&s3::V4_POST, &form(&fields), &case.who(), &later).unwrap();
    assert_eq!(Some(signed.signature.text()), case.expect.signature);
    assert_eq!(signed.fields.len(), 1);
    let credential = fields.iter_mut().find(|(name, _)| name == "x-amz-credential").unwrap();
    credential.1 = credential.1.replace("AKIA", "ASIA");
    assert!(matches!(sign_form(&s3::V4_POST, &form(&fields), &case.who(), &later), Err(SignError::Terms(_))));
}

#[test]
fn what_no_field_can_say_is_refused() {
    let policy = r#"{"expiration":"2026-03-14T16:00:00.000Z","conditions":[{"bucket":"photos"}]}"#;
    let encoded = Encoding::Base64.encode(policy.as_bytes());
    let form = Form::new().field("key", "a.jpg").field("policy", &encoded);
    let who = || Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
    let terms = |unix| Terms::at(Timestamp::from_unix(unix)).region("us-east-1").expires_in(60);
    let upload = |scheme: &dyn UploadScheme, who: &Credentials, unix| {
        scheme.sign_policy(policy.as_bytes(), who, &terms(unix), &mut |_, _| {})
    };
    // The forms of KS3 have no field for a token, and are refused without it.
    let temporary = who().with_token("madeUpSessionTokenOnlyForThisExample");
    let refused = sign_form(&ks3::POST, &form, &temporary, &terms(1_773_500_966)).map(|_| ()).unwrap_err();
    assert!(matches!(refused, SignError::Terms(_)), "{refused}");
    assert_eq!(upload(&ks3::POST, &temporary, 1_773_500_966), Err(refused));
    assert_eq!(upload(&ks3::POST, &who(), 1_773_500_966), Ok(()));
    assert_eq!(upload(&s3::V2_POST, &temporary, 1_773_500_966), Ok(()));
    // A second before the year 10000, and its first one.
    for (unix, is_signed) in [(253_402_300_799, true), (253_402_300_800, false)] {
        assert_eq!(upload(&s3::V4_POST, &who(), unix).is_ok(), is_signed);
        assert_eq!(sign_form(&s3::V4_POST, &form, &who(), &terms(unix)).is_ok(), is_signed);
        let request = Request::new("GET", "https://photos.s3.us-east-1.amazonaws.com/a.jpg").unwrap();
        assert_eq!(presign(&s3::V4_URL, &request, &who(), &terms(unix)).is_ok(), is_signed);
    }
}

//! Upload tokens and put policies.

use super::{accepts, assert_text, cases, claim};
use countersign::{
    Credentials, DraftError, Hints, Request, SecretKey, SignError, Subject, Terms, Timestamp, VerifyError, decode,
    providers::kodo::{self, FileType, PersistentType, Problem, PutPolicy, UploadToken},
    sign,
};
use countersign_tests::Case;
use serde_json::{Value, json};

const ID: &str = "kodo-upload-token";

fn text<'a>(case: &'a Case, name: &str) -> &'a str {
    case.rest.get(name).or_else(|| case.expect.rest.get(name)).and_then(Value::as_str).expect("text")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn signing_a_policy_gives_the_token_of_the_sdk() {
    for case in cases(ID) {
        let token = kodo::sign_policy(text(&case, "policy_text").as_bytes(), &case.who());
        assert_eq!(token, text(&case, "token"), "{}", case.id);
    }
}

#[test]
fn tokens_verify_alone_and_in_a_request_and_no_byte_can_change() {
    for case in cases(ID) {
        let token = text(&case, "token");
        let subject = Subject::Token(token.as_bytes());
        let said = claim(&subject, ID);
        assert_eq!(Some(said.signature.to_str().into_owned()), case.expect.signature, "{}", case.id);
        assert_eq!(said.expires_at.map(Timestamp::unix), case.expect.rest["fields"]["deadline"].as_i64(), "{}", case.id);
        assert_text(&subject, &said, case.expect.string_to_sign.as_deref().unwrap(), &case.id);
        assert!(accepts(&case, &subject), "{}", case.id);

        let header = format!("UpToken {token}");
        let upload = Request::new("POST", "https://up-z0.qiniup.com/mkblk/4194304").unwrap().header("Authorization", &header);
        assert!(accepts(&case, &upload.into()), "{}", case.id);
        assert!(accepts(&case, &Subject::Token(header.as_bytes())), "{}", case.id);

        let policy = token.len() - said.document.as_ref().unwrap().len();
        for at in policy..token.len() {
            let mut changed = token.as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(!accepts(&case, &Subject::Token(&changed)), "{}: another byte {at} is accepted", case.id);
        }
    }
}

#[test]
fn decoding_gives_what_the_sdk_was_told() {
    for case in cases(ID) {
        let said = UploadToken::decode(text(&case, "token"));
        assert_eq!(said.problems, [], "{}", case.id);
        assert_eq!(said.access_key_id.unwrap().to_str(), case.who().access_key_id());
        assert_eq!(said.signature.map(|s| s.to_str().into_owned()), case.expect.signature);
        assert_eq!(said.encoded_policy.map(|p| p.to_str().into_owned()), case.expect.string_to_sign);
        assert_eq!(said.policy_text.as_deref(), Some(text(&case, "policy_text").as_bytes()), "{}", case.id);
        assert_eq!(said.deadline.map(Timestamp::unix), case.rest["policy"]["deadline"].as_i64(), "{}", case.id);
        if let Some(text) = case.expect.rest["fields"]["deadline_rfc3339"].as_str() {
            assert_eq!(said.deadline.map(|d| d.to_string()).as_deref(), Some(text), "{}", case.id);
        }
        let policy = said.policy.unwrap();
        assert_eq!(policy.others, [], "{}: a field is not known", case.id);
        let scope = policy.scope.unwrap();
        assert_eq!(Some(scope.to_string().as_str()), case.rest["policy"]["scope"].as_str(), "{}", case.id);
        // One case overrides the scope, and so has another bucket and key than the arguments.
        if !case.id.ends_with("policy-scope-non-strict") {
            assert_eq!(Some(&*scope.bucket), case.bucket.as_deref(), "{}", case.id);
            let key = case.rest.get("key").and_then(Value::as_str);
            assert_eq!(scope.key.as_deref(), key, "{}", case.id);
        }
    }
}

#[test]
fn a_policy_that_is_read_says_the_same_when_it_is_written() {
    for case in cases(ID) {
        let policy = PutPolicy::parse(text(&case, "policy_text")).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        assert_eq!(json(&policy.to_json()), case.rest["policy"], "{}", case.id);
        let token = policy.token(&case.who());
        assert!(accepts(&case, &Subject::Token(token.as_bytes())), "{}", case.id);
        assert_eq!(UploadToken::decode(&token).policy.as_ref(), Some(policy.fields()), "{}", case.id);
    }
}

#[test]
fn the_builder_says_what_the_sdk_says() {
    let at = Timestamp::from_unix(1_730_773_438);
    let built = [
        ("kodo-up-scope-bucket", PutPolicy::for_bucket("demo-bucket", at)),
        ("kodo-up-insert-only", PutPolicy::for_key("demo-bucket", "once.txt", at).insert_only()),
        ("kodo-up-prefixal", PutPolicy::for_prefix("demo-bucket", "user/42/", Timestamp::from_unix(1_730_777_038))),
        (
            "kodo-up-persistent-type-idle",
            PutPolicy::for_key("demo-bucket", "v2.mp4", at)
                .persistent_ops("avthumb/flv")
                .persistent_notify_url("https://app.example.com/pfop")
                .persistent_type(PersistentType::Idle),
        ),
        ("kodo-up-force-save-key", PutPolicy::for_bucket("demo-bucket", at).force_save_key("$(x:tenant)/$(etag)")),
        (
            "kodo-up-file-type-4",
            PutPolicy::for_key("demo-bucket", "arch.bin", at).file_type(FileType::ArchiveDirectRead).delete_after_days(30),
        ),
        ("kodo-up-key-with-quote-slash", PutPolicy::for_key("demo-bucket", "dir/\"q\"\\x.txt", at)),
        ("kodo-up-unicode-key-escaped", PutPolicy::for_key("demo-bucket", "照片/日落.jpg", at)),
    ];
    let cases = cases(ID);
    for (id, builder) in built {
        let case = cases.iter().find(|case| case.id == id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(json(&builder.build().unwrap().to_json()), case.rest["policy"], "{id}");
    }
}

/// Section "which option sets the deadline" of the Node SDK: a `deadline` is ignored, `expires` counts.
/// The deadlines are those of nine tokens from a support case.
#[test]
fn nine_tokens_tell_their_deadlines() {
    let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisTest"));
    let nine = [
        (1_730_769_838, "2024-11-05T09:23:58"),
        (1_730_770_166, "2024-11-05T09:29:26"),
        (1_730_770_356, "2024-11-05T09:32:36"),
        (1_730_770_564, "2024-11-05T09:36:04"),
        (1_730_770_761, "2024-11-05T09:39:21"),
        (1_730_770_926, "2024-11-05T09:42:06"),
        (1_730_817_558, "2024-11-05T22:39:18"),
        (1_730_774_990, "2024-11-05T10:49:50"),
        (1_730_769_783, "2024-11-05T09:23:03"),
    ];
    let deadlines = nine.map(|(seconds, east_of_utc)| {
        let token = kodo::sign_policy(json!({ "scope": "test", "deadline": seconds }).to_string().as_bytes(), &who);
        let said = UploadToken::decode(&token);
        assert_eq!(said.problems, []);
        let deadline = said.deadline.unwrap();
        assert_eq!(deadline.unix(), seconds);
        // The table gives the time of the office, UTC+8.
        assert_eq!(deadline.plus(8 * 3600).to_string(), format!("{east_of_utc}Z"));
        deadline
    });
    // Where the table names the time of making, the life is known: 1800 s were asked for, 3600 s came.
    let made = |clock: &str| Timestamp::from_rfc3339(&format!("2024-11-05T{clock}+08:00")).unwrap();
    assert_eq!(deadlines[0].since(made("08:23:58")), 3600);
    assert_eq!(deadlines[6].since(made("08:45:58")), 50_000);
    assert_eq!(deadlines[7].since(made("08:49:50")), 7200);
    assert_eq!(deadlines[8].since(made("08:53:03")), 1800);
}

/// The token for a policy text, whatever it says.
fn token(policy: impl AsRef<[u8]>) -> String {
    kodo::sign_policy(policy.as_ref(), &Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecret")))
}

fn problems(token: &str) -> Vec<Problem> {
    UploadToken::decode(token).problems
}

#[test]
fn the_form_of_a_token_is_reported_and_read_as_far_as_it_goes() {
    let good = token(r#"{"scope":"b:k","deadline":1730773438}"#);
    let pieces: Vec<_> = good.split(':').collect();

    let two = format!("{}:{}", pieces[0], pieces[1]);
    let said = UploadToken::decode(&two);
    assert_eq!(said.problems, [Problem::Pieces(2)]);
    assert!(said.access_key_id.is_some() && said.policy.is_none() && said.deadline.is_none());

    let four = format!("1380000000:{good}");
    let said = UploadToken::decode(&four);
    assert_eq!(said.problems, [Problem::Pieces(4)]);
    assert_eq!(said.access_key_id.as_ref().map(|id| id.to_str()).as_deref(), Some("CSIDEXAMPLE0001"));
    assert_eq!(said.deadline, Some(Timestamp::from_unix(1_730_773_438)));

    assert_eq!(problems(""), [Problem::Pieces(1)]);
    assert_eq!(
        problems("::"),
        [Problem::EmptyPiece("access key id"), Problem::EmptyPiece("signature"), Problem::EmptyPiece("policy")]
    );
    assert_eq!(problems(&format!("  UpToken {good}\n")), []);

    let found = problems(&good.replacen(pieces[1], "c10e287f2b1e7f547b20a9ebce2aada26ab20ef2", 1));
    assert_eq!(found, [Problem::SignatureLength { found: "c10e287f2b1e7f547b20a9ebce2aada26ab20ef2".into(), len: 30 }]);
    assert_eq!(
        found[0].to_string(),
        "the signature `c10e287f2b1e7f547b20a9ebce2aada26ab20ef2` has 30 bytes; expected the 20 of an HMAC-SHA1"
    );
}

#[test]
fn other_spellings_of_base64_are_read_and_reported() {
    let policy = r#"{"scope":"b:???>~~~?","deadline":1730773438}"#;
    let good = token(policy);
    let standard = good.replace('-', "+").replace('_', "/");
    let at = standard.rsplit(':').next().unwrap().find(['+', '/']).expect("a character in which the alphabets differ");
    let said = UploadToken::decode(&standard);
    let in_policy = said.problems.iter().find(|p| matches!(p, Problem::StandardAlphabet { piece: "policy", .. }));
    assert!(matches!(in_policy, Some(Problem::StandardAlphabet { at: found, .. }) if *found == at), "{:?}", said.problems);
    assert_eq!(said.policy_text.as_deref(), Some(policy.as_bytes()));

    let unpadded = token(r#"{"scope":"b","deadline":1730773438}"#);
    assert!(unpadded.ends_with('='), "this policy needs padding");
    let cut = unpadded.trim_end_matches('=');
    let len = cut.rsplit(':').next().unwrap().len();
    assert_eq!(problems(cut), [Problem::PaddingMissing { piece: "policy", len }]);
    assert!(UploadToken::decode(cut).policy.is_some());

    let wrapped = format!("{}\n{}", &good[..good.len() - 8], &good[good.len() - 8..]);
    assert!(matches!(problems(&wrapped).as_slice(), [Problem::NotBase64 { piece: "policy", found, .. }] if found == "\\n"));
    let escaped = unpadded.replace('=', "%3D");
    assert!(problems(&escaped).iter().any(|p| matches!(p, Problem::NotBase64 { piece: "policy", found, .. } if found == "%")));
}

#[test]
fn a_policy_that_is_no_json_object_is_reported() {
    let of = |policy: &[u8]| problems(&token(policy));
    match of(b"scope=b").as_slice() {
        [Problem::NotJson { found, reason }] => assert!(found == "scope=b" && reason.contains("line 1 column 1"), "{reason}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(of(br#"{"scope":"b","deadline":1,}"#).as_slice(), [Problem::NotJson { .. }]));
    assert!(matches!(of(br#"{"scope":"b"} {"deadline":1}"#).as_slice(), [Problem::NotJson { .. }]));
    assert_eq!(of(b"[1]"), [Problem::NotAnObject { found: "[1]".into() }]);
    assert_eq!(of(b"null"), [Problem::NotAnObject { found: "null".into() }]);
    assert_eq!(of(b"{\"scope\":\"\xff\"}"), [Problem::NotUtf8 { at: 10 }]);
    assert_eq!(of(b"{}"), [Problem::Missing { field: "scope" }, Problem::Missing { field: "deadline" }]);
}

#[test]
fn values_of_the_wrong_kind_are_reported_and_numbers_in_quotes_read() {
    let said = |members: &str| {
        let token = token(format!(r#"{{"scope":"b","deadline":1730773438,{members}}}"#));
        let said = UploadToken::decode(&token);
        (said.policy.unwrap(), said.problems)
    };
    let (policy, found) = said(r#""fsizeLimit":"1048576""#);
    assert_eq!(found, [Problem::QuotedNumber { field: "fsizeLimit", found: "\"1048576\"".into() }]);
    assert_eq!(policy.fsize_limit, Some(1_048_576));

    let wrong = |field, expected, found: &str| Problem::WrongType { field, expected, found: found.into() };
    let whole = "a whole number";
    for (members, expected) in [
        (r#""fsizeLimit":1.5"#, wrong("fsizeLimit", whole, "1.5")),
        (r#""fsizeLimit":99999999999999999999"#, wrong("fsizeLimit", whole, "99999999999999999999")),
        (r#""insertOnly":true"#, wrong("insertOnly", whole, "true")),
        (r#""persistentType":"idle""#, wrong("persistentType", whole, "\"idle\"")),
        (r#""forceSaveKey":1"#, wrong("forceSaveKey", "`true` or `false`", "1")),
        (r#""endUser":7"#, wrong("endUser", "text in quotes", "7")),
        (r#""callbackUrl":null"#, wrong("callbackUrl", "text in quotes", "null")),
        (r#""keylimit":"k""#, wrong("keylimit", "a list of texts in quotes", "\"k\"")),
    ] {
        assert_eq!(said(members).1, [expected], "{members}");
    }
    let (_, found) = said(r#""returnBody":{"key":"$(key)"}"#);
    assert_eq!(found, [wrong("returnBody", "text in quotes", r#"{"key":"$(key)"}"#)]);

    let (policy, found) = said(r#""endUser":"a","endUser":"b""#);
    assert_eq!(found, [Problem::Twice { field: "endUser".into(), found: "\"b\"".into() }]);
    assert_eq!(policy.end_user.as_deref(), Some("b"));

    // A field of the wrong type is not called missing as well.
    let found = problems(&token(r#"{"scope":["b"],"deadline":false}"#));
    assert_eq!(found, [wrong("scope", "text in quotes", r#"["b"]"#), wrong("deadline", whole, "false")]);
}

#[test]
fn a_deadline_that_cannot_be_is_reported_and_not_taken() {
    let said = |deadline: &str| {
        let token = token(format!(r#"{{"scope":"b","deadline":{deadline}}}"#));
        let said = UploadToken::decode(&token);
        (said.deadline, said.policy.unwrap().deadline, said.problems)
    };
    let (deadline, written, found) = said("1730773438000");
    assert_eq!((deadline, written), (None, Some(1_730_773_438_000)));
    assert_eq!(found, [Problem::DeadlineInMilliseconds { found: 1_730_773_438_000 }]);
    assert_eq!(
        found[0].to_string(),
        "`deadline` is `1730773438000`, which is milliseconds; expected seconds since 1970, ten digits"
    );
    for outside in ["-1", "4294967296"] {
        let (deadline, _, found) = said(outside);
        assert!(matches!(found.as_slice(), [Problem::Value { field: "deadline", found, .. }] if found == outside));
        assert_eq!(deadline, None);
    }
}

#[test]
fn contradictions_in_a_token_are_reported() {
    let of = |members: &str| problems(&token(format!(r#"{{"scope":"b","deadline":1730773438,{members}}}"#)));
    let without = |field, needs| Problem::Without { field, needs };
    assert_eq!(of(r#""callbackUrl":"http://h/""#), [without("callbackUrl", "callbackBody")]);
    assert_eq!(of(r#""forceSaveKey":true"#), [without("forceSaveKey", "saveKey")]);
    assert_eq!(
        of(r#""callbackUrl":"http://h/","callbackBody":"k=1","returnUrl":"http://h/","returnBody":"{}""#),
        ["returnUrl", "returnBody"].map(|other| Problem::Together { field: "callbackUrl", other })
    );
    // Empty text counts as absent.
    assert_eq!(of(r#""callbackUrl":"","returnUrl":"http://h/","callbackBody":"""#), []);
    let value = |field, found: &str, members: &str| {
        let list = of(members);
        assert!(matches!(list.as_slice(), [Problem::Value { field: f, found: v, .. }] if *f == field && v == found), "{list:?}");
    };
    value("trafficLimit", "100", r#""trafficLimit":100"#);
    value("fileType", "6", r#""fileType":6"#);
    value("detectMime", "2", r#""detectMime":2"#);
    value("fsizeMin", "9", r#""fsizeMin":9,"fsizeLimit":3"#);
    value("callbackBodyType", "text/xml", r#""callbackUrl":"http://h/","callbackBody":"k","callbackBodyType":"text/xml""#);
}

#[test]
fn deprecated_and_unknown_fields_are_kept() {
    let text = r#"{"scope":"b","deadline":1730773438,"asyncOps":"avthumb/flv","uphosts":["http://u"],"checksum": "MD5:x" ,"global":  true}"#;
    let said = UploadToken::decode(&token(text)).policy.unwrap();
    assert_eq!(said.async_ops.as_deref(), Some("avthumb/flv"));
    let others: Vec<_> = said.others.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(others, [("uphosts", "[\"http://u\"]"), ("checksum", "\"MD5:x\""), ("global", "true")]);
    assert_eq!(json(&PutPolicy::parse(text).unwrap().to_json()), json(text));
}

#[test]
fn damaged_tokens_never_stop_the_decoder() {
    let good = token(r#"{"scope":"b:k","deadline":1730773438,"insertOnly":1,"keylimit":["a"],"forceSaveKey":false}"#);
    for at in 0..good.len() {
        assert!(!problems(&good[..at]).is_empty(), "{} is taken for a whole token", &good[..at]);
        for byte in [0, b':', b'=', b'+', b'A', 0xff] {
            let mut changed = good.clone().into_bytes();
            changed[at] = byte;
            let said = UploadToken::decode(&changed);
            assert!(said.problems.iter().all(|p| !p.to_string().is_empty()));
            let _ = decode(&Subject::Token(&changed), &Hints::default());
        }
    }
}

#[test]
fn what_is_no_upload_token_is_not_read_as_one() {
    let read = |token: &'static str| decode(&Subject::Token(token.as_bytes()), &Hints::default());
    assert!(matches!(read("bm90IGEgdG9rZW4="), Err(VerifyError::NoClaim)));
    assert!(matches!(read("OSS CSIDEXAMPLE0001:26NBxoKdsyly4EDv6inkoDft/yA="), Err(VerifyError::NoClaim)));
    assert!(matches!(read("ak:sig"), Err(VerifyError::Claim(_))));
    assert!(matches!(read("ak::pol"), Err(VerifyError::Claim(_))));
}

#[test]
fn a_request_is_not_signed_with_a_token() {
    let who = Credentials::new("ak", SecretKey::new("sk"));
    let request = Request::new("POST", "https://up-z0.qiniup.com/").unwrap();
    let error = sign(&kodo::UPLOAD_TOKEN, &request, &who, &Terms::at(Timestamp::from_unix(0))).unwrap_err();
    assert!(matches!(error, SignError::Terms(_)), "{error}");
    let claim = countersign::Claim::new(&kodo::UPLOAD_TOKEN, "ak".into());
    let error = countersign::transcript(&Subject::Token(b""), &claim).unwrap_err();
    assert_eq!(error, DraftError::Missing("the policy"));
}

//! Laws that hold for any input.

use countersign::{
    Encoding, Form, Timestamp,
    policy::{Dialect, FilePart, Policy, PolicyBuilder, Submission, evaluate, lint},
};
use proptest::prelude::*;

fn dialect() -> impl Strategy<Value = Dialect> {
    prop::sample::select(Dialect::ALL.to_vec())
}

/// Text that looks like a policy and is often none.
fn nearly_json() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n",
        "\"",
        "\\",
        "\\$",
        "\\v",
        "\\ud800",
        "\"expiration\"",
        "\"conditions\"",
        "\"2026-03-14T16:00:00Z\"",
        "\"eq\"",
        "\"starts-with\"",
        "\"in\"",
        "\"content-length-range\"",
        "\"$key\"",
        "\"key\"",
        "\"\"",
        "0",
        "-1",
        "1e9",
        "18446744073709551616",
        "null",
        "true",
        "é",
        "\u{feff}",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

/// Text that looks like a form and is often none.
fn nearly_form() -> impl Strategy<Value = Vec<u8>> {
    let word = prop::sample::select(vec![
        &b"--x"[..],
        b"--x--",
        b"--",
        b"\r\n",
        b"\n",
        b"\r",
        b"\r\n\r\n",
        b"Content-Disposition: form-data; name=\"",
        b"\"",
        b"; filename=\"",
        b"file",
        b"key",
        b":",
        b";",
        b"=",
        b"\\",
        b"\xff",
        b"Content-Type: a/b",
        b"\r\n--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n",
    ]);
    prop::collection::vec(word, 0..30).prop_map(|words| [b"--x", words.concat().as_slice()].concat())
}

const NOW: Timestamp = Timestamp::from_unix(1_773_500_966);

/// Reads a policy, and if it is one does everything with it.
fn everything(json: &[u8], dialect: Dialect) {
    match Policy::parse(json, dialect) {
        Err(fault) => {
            assert!(fault.at <= json.len(), "{fault:?}");
            assert!(!fault.to_string().is_empty());
        }
        Ok(policy) => {
            let form = Submission::to("b").field("key", "a").field("policy", "x").file(FilePart::new(1));
            let _ = evaluate(&policy, &form, NOW).map_err(|refusal| refusal.to_string());
            for lint in lint(&policy, Some(&Form::new().field("key", "a")), NOW) {
                assert!(!lint.why().to_string().is_empty() && !lint.mend().to_string().is_empty());
            }
            for condition in &policy.conditions {
                assert!(condition.at < json.len());
                let quoted = condition.quoted();
                assert!(quoted.starts_with('[') && quoted.ends_with(']'));
            }
            let encoded = Encoding::Base64.encode(json);
            assert_eq!(Policy::decode(encoded.as_bytes(), dialect), Ok(policy));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), dialect in dialect()) {
        everything(&bytes, dialect);
        let _ = Policy::decode(&bytes, dialect);
        let _ = Submission::parse(&bytes, &bytes, "b", dialect);
        let _ = Submission::parse(b"multipart/form-data; boundary=x", &bytes, "b", dialect);
    }

    #[test]
    fn what_looks_like_a_policy_is_read_without_a_panic(text in nearly_json(), dialect in dialect()) {
        everything(text.as_bytes(), dialect);
        let within = format!(r#"{{"expiration":"2026-03-14T16:00:00Z","conditions":[{text}]}}"#);
        everything(within.as_bytes(), dialect);
        let condition = format!(r#"{{"expiration":"2026-03-14T16:00:00Z","conditions":[["eq",{text}]]}}"#);
        everything(condition.as_bytes(), dialect);
    }

    #[test]
    fn what_looks_like_a_form_is_read_without_a_panic(body in nearly_form(), dialect in dialect()) {
        if let Ok(form) = Submission::parse(b"multipart/form-data; boundary=x", &body, "b", dialect) {
            let total: usize = form.fields().map(|(name, value)| name.len() + value.len()).sum();
            prop_assert!(total <= body.len());
        }
    }

    #[test]
    fn what_is_built_reads_back_and_its_form_meets_it(
        key in "[^\\x00]{1,20}", name in "[a-z][a-z-]{1,8}", value in ".{0,20}", max in any::<u64>(), dialect in dialect(),
    ) {
        let name = format!("x-meta-{name}");
        let mut builder = PolicyBuilder::new(dialect, NOW).bucket("b").starts_with("key", &key).eq(&name, &value).size(0..=max);
        let mut form = Submission::to("b").field("key", &key).field(&name, &value);
        if dialect == Dialect::Cos {
            builder = builder.eq("q-sign-algorithm", "sha1").eq("q-ak", "id").eq("q-sign-time", "1;2");
            form = form.field("policy", "x").field("q-sign-algorithm", "sha1").field("q-ak", "id");
            form = form.field("q-key-time", "1;2").field("q-signature", "00");
        }
        let json = builder.build().unwrap();
        let policy = Policy::parse(json.as_bytes(), dialect).unwrap();
        prop_assert_eq!(policy.expiration.time, NOW);
        let form = form.file(FilePart::new(0));
        prop_assert!(evaluate(&policy, &form, NOW).is_ok());
        // One byte more, another bucket, a second later: no longer.
        let longer = format!("{value}x");
        let other = Submission::to("b").field(&name, &longer).field("key", &key).file(FilePart::new(0));
        prop_assert!(evaluate(&policy, &other, NOW).is_err());
        prop_assert!(evaluate(&policy, &form, NOW.plus(1)).is_err());
    }
}

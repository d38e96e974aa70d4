//! Uploads held against put policies of Kodo.
//!
//! Each case of `kodo.json` is a policy (which ends at 2026-03-14T16:00:00Z), an upload, and what follows
//! from the `rule`: `accepted`, `undecided`, or the status and `error` of the answer as far as they are
//! published. What decides where something is open is named, and nothing else may be.

use countersign::{
    Timestamp,
    providers::kodo::{Existing, KeySource, PutPolicy, Ruling, Upload, UploadWay, evaluate},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

/// How many cases there must be: a lost case is a failure.
const CASES: usize = 140;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    rule: String,
    policy: Value,
    upload: Given,
    now: Option<String>,
    expect: Expect,
    /// How many reasons there are to refuse.
    reasons: Option<usize>,
    #[serde(default)]
    open: Vec<String>,
    key: Option<String>,
    source: Option<String>,
    #[serde(default)]
    unknown: Vec<String>,
    /// `null` for a type that is not known.
    #[serde(default, rename = "type", deserialize_with = "given")]
    content_type: Option<Option<String>>,
}

fn given<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(reader).map(Some)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    key: Option<String>,
    bucket: Option<String>,
    size: Option<u64>,
    file: Option<String>,
    named: Option<String>,
    found: Option<String>,
    etag: Option<String>,
    existing: Option<String>,
    way: Option<String>,
    #[serde(default)]
    variables: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expect {
    Word(String),
    Answer { status: Option<u16>, error: Option<String> },
}

impl Given {
    fn upload(&self) -> Upload<'_> {
        let mut upload = Upload::new();
        upload.key = self.key.as_deref();
        upload.bucket = self.bucket.as_deref();
        upload.size = self.size;
        upload.file_name = self.file.as_deref();
        upload.content_type = self.named.as_deref();
        upload.detected_type = self.found.as_deref();
        upload.etag = self.etag.as_deref();
        upload.existing = self.existing.as_deref().map(|existing| match existing {
            "nothing" => Existing::Nothing,
            "same" => Existing::SameContent,
            "other" => Existing::OtherContent,
            "something" => Existing::Something,
            other => panic!("{other}"),
        });
        upload.way = self.way.as_deref().map(|way| match way {
            "form" => UploadWay::Form,
            "v1" => UploadWay::MultipartV1,
            "v2" => UploadWay::MultipartV2,
            other => panic!("{other}"),
        });
        self.variables.iter().fold(upload, |upload, (name, value)| upload.variable(name, value))
    }
}

const fn source(source: KeySource) -> &'static str {
    match source {
        KeySource::Callback => "callback",
        KeySource::ForcedTemplate => "forced",
        KeySource::Client => "client",
        KeySource::Template => "template",
        KeySource::ContentHash => "hash",
    }
}

#[test]
fn uploads_get_the_answer_of_the_rule() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/kodo.json");
    let cases: Vec<Case> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(cases.len(), CASES, "kodo.json holds another number of cases");
    for case in &cases {
        let whose = format!("{}: {}", case.id, case.rule);
        let mut policy = case.policy.clone();
        policy["deadline"] = json!(1_773_504_000);
        let policy = PutPolicy::parse(&policy.to_string()).unwrap_or_else(|error| panic!("{whose}: {error}"));
        let now = Timestamp::from_rfc3339(case.now.as_deref().unwrap_or("2026-03-14T15:00:00Z")).unwrap();
        let judged = evaluate(policy.fields(), &case.upload.upload(), now);

        let open: Vec<_> = judged.open.iter().map(|open| format!("{open:?}")).collect();
        let names: Vec<_> = open.iter().map(|open| open.split([' ', '{']).next().unwrap()).collect();
        assert_eq!(names, case.open, "{whose}");
        match &case.expect {
            Expect::Word(word) => {
                let ruling = if word == "accepted" { Ruling::Accepted } else { Ruling::Undecided };
                assert!(word == "accepted" || word == "undecided", "{whose}");
                assert_eq!((judged.ruling(), judged.answer()), (ruling, None), "{whose}: {:?}", judged.refusals);
            }
            Expect::Answer { status, error } => {
                let answer = judged.answer().unwrap_or_else(|| panic!("{whose}: not refused"));
                assert_eq!((answer.status, answer.message.as_ref()), (*status, error.as_ref()), "{whose}");
                assert_eq!((answer.code, answer.ec, answer.elements.len()), (None, None, 0), "{whose}");
                assert_eq!((judged.ruling(), judged.refusals.len()), (Ruling::Refused, case.reasons.unwrap_or(1)), "{whose}");
            }
        }
        if let Some(key) = &case.key {
            assert_eq!(judged.key.text, *key, "{whose}");
            assert_eq!(judged.key.unknown, case.unknown, "{whose}");
        }
        if let Some(wanted) = &case.source {
            assert_eq!(source(judged.key.source), wanted, "{whose}");
        }
        if let Some(content_type) = &case.content_type {
            assert_eq!(judged.content_type, *content_type, "{whose}");
        }
    }
}

#[test]
fn reasons_and_questions_have_their_sentences() {
    let policy = PutPolicy::parse(
        r#"{"scope": "b:u/", "isPrefixalScope": 1, "deadline": 1773504000, "fsizeLimit": 4, "mimeLimit": "image/*"}"#,
    )
    .unwrap();
    let upload = Upload::new().key("v/a").size(5).content_type("image/png").detected_type("text/html");
    let judged = evaluate(policy.fields(), &upload, Timestamp::from_unix(1_773_504_010));
    let refusals: Vec<_> = judged.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(
        refusals,
        [
            "the deadline was 2026-03-14T16:00:00Z, 10 seconds before the upload was complete",
            "the key is `v/a`, and `scope` wants it to start with `u/`",
            "the upload has 5 bytes, and `fsizeLimit` is 4",
        ]
    );
    let open: Vec<_> = judged.open.iter().map(ToString::to_string).collect();
    assert_eq!(
        open,
        [
            "whether `mimeLimit` is for the type the client names, `image/png`, or for `text/html`, which the service finds, is not published; `detectMime` 1 leaves but one",
            "whether `v/a` is in the bucket already decides: it would not be replaced",
        ]
    );
}

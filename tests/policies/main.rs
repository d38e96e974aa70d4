//! Policies held against forms: what the vendors' servers answer.
//!
//! Each file (but `kodo.json`, see `put`) is a list of cases for one vendor: a policy (`conditions` alone stand in a policy that ends at
//! 2026-03-14T16:00:00.000Z), a form in the order of its parts, and the answer that follows from the
//! `rule`. Rules are those of the vendors' pages; `recorded` marks answers of the service itself in public
//! reports, `s3-tests` what Ceph's tests of compatible servers expect. An answer lists all that is published
//! of it; what it does not list must not be claimed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at a fault"
)]

mod laws;
mod put;
mod vectors;

use countersign::{
    Timestamp, VendorAnswer,
    policy::{Dialect, FilePart, Policy, Submission, evaluate, lint},
};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// The files, with the number of cases they must hold: a lost case is a failure.
const FILES: [(Dialect, usize); 4] = [(Dialect::S3, 104), (Dialect::Oss, 91), (Dialect::Ks3, 24), (Dialect::Cos, 24)];

#[derive(Deserialize)]
struct Case {
    id: String,
    rule: String,
    conditions: Option<Value>,
    policy: Option<Encoded>,
    form: Vec<Part>,
    content_length: Option<u64>,
    now: Option<String>,
    expect: Expect,
    /// Where the fault is.
    at: Option<usize>,
}

/// The policy of a case, where it is not JSON in UTF-8.
#[derive(Deserialize)]
#[serde(untagged)]
enum Encoded {
    Json(String),
    Hex { hex: String },
    Base64 { base64: String },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    File { file: File },
    Field(Text, Text),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Repeat { repeat: (String, usize) },
}

impl Text {
    fn text(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Repeat { repeat: (text, times) } => text.repeat(*times),
        }
    }
}

#[derive(Deserialize)]
struct File {
    size: u64,
    name: Option<String>,
    #[serde(rename = "type")]
    content_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expect {
    Word(String),
    Answer(Expected),
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    ec: Option<String>,
    #[serde(default)]
    elements: Vec<(String, String)>,
}

impl From<&VendorAnswer> for Expected {
    fn from(answer: &VendorAnswer) -> Self {
        Self {
            status: answer.status,
            code: answer.code.map(str::to_owned),
            message: answer.message.clone(),
            ec: answer.ec.map(str::to_owned),
            elements: answer.elements.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }
}

fn load(dialect: Dialect, count: usize) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").join(format!("{}.json", dialect.provider()));
    let cases: Vec<Case> =
        serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(cases.len(), count, "{} holds another number of cases", path.display());
    cases
}

fn cases() -> impl Iterator<Item = (Dialect, Case)> {
    FILES.into_iter().flat_map(|(dialect, count)| load(dialect, count).into_iter().map(move |case| (dialect, case)))
}

impl Case {
    fn read(&self, dialect: Dialect) -> Result<Policy, countersign::policy::PolicyFault> {
        match (&self.policy, &self.conditions) {
            (Some(Encoded::Json(json)), None) => Policy::parse(json.as_bytes(), dialect),
            (Some(Encoded::Hex { hex }), None) => {
                Policy::parse(&countersign::wire::hex::decode(hex.as_bytes()).unwrap(), dialect)
            }
            (Some(Encoded::Base64 { base64 }), None) => Policy::decode(base64.as_bytes(), dialect),
            (None, Some(conditions)) => {
                let json = format!(r#"{{"expiration":"2026-03-14T16:00:00.000Z","conditions":{conditions}}}"#);
                Policy::parse(json.as_bytes(), dialect)
            }
            _ => panic!("{}: a policy or conditions", self.id),
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_rfc3339(self.now.as_deref().unwrap_or("2026-03-14T15:00:00Z")).unwrap()
    }

    /// The answer of the server to the form, which is given as built by `form`.
    fn answer(&self, dialect: Dialect, form: &Submission<'_>) -> Option<(Expected, Option<usize>)> {
        match self.read(dialect) {
            Err(fault) => {
                assert!(!fault.to_string().is_empty());
                Some((Expected::from(&*fault.answer), Some(fault.at)))
            }
            Ok(policy) => {
                // Whatever the policy is, looking through it stops at nothing.
                let _ = lint(&policy, Some(&form.form()), self.now());
                let refusal = evaluate(&policy, form, self.now()).err()?;
                assert!(!refusal.to_string().is_empty());
                Some((Expected::from(&*refusal.answer), None))
            }
        }
    }

    fn check(&self, dialect: Dialect, answer: Option<(Expected, Option<usize>)>) {
        let name = format!("{} {} ({})", dialect.provider(), self.id, self.rule);
        match (&self.expect, answer) {
            (Expect::Word(word), None) => assert_eq!(word, "accepted", "{name}"),
            (Expect::Word(_), Some((answer, _))) => panic!("{name}: refused with {answer:?}"),
            (Expect::Answer(wanted), None) => panic!("{name}: accepted; expected {wanted:?}"),
            (Expect::Answer(wanted), Some((answer, at))) => {
                assert_eq!(&answer, wanted, "{name}");
                if self.at.is_some() {
                    assert_eq!(at, self.at, "{name}");
                }
            }
        }
    }

    /// The parts with their long texts written out.
    fn texts(&self) -> Vec<(String, String)> {
        let text = |part: &Part| match part {
            Part::File { .. } => None,
            Part::Field(name, value) => Some((name.text(), value.text())),
        };
        self.form.iter().filter_map(text).collect()
    }
}

#[test]
fn forms_are_answered_as_the_vendors_servers_do() {
    for (dialect, case) in cases() {
        let texts = case.texts();
        let mut fields = texts.iter();
        let mut form = Submission::to("b");
        for part in &case.form {
            form = match part {
                Part::Field(..) => {
                    let (name, value) = fields.next().unwrap();
                    form.field(name, value)
                }
                Part::File { file } => {
                    let mut part = FilePart::new(file.size);
                    part.filename = file.name.as_deref();
                    part.content_type = file.content_type.as_deref();
                    form.file(part)
                }
            };
        }
        if let Some(length) = case.content_length {
            form = form.content_length(length);
        }
        let answer = case.answer(dialect, &form);
        case.check(dialect, answer);
    }
}

#[test]
fn captured_bodies_are_answered_alike() {
    let mut read = 0;
    for (dialect, case) in cases() {
        let sizes: Vec<_> =
            case.form.iter().filter_map(|part| if let Part::File { file } = part { Some(file.size) } else { None }).collect();
        // KS3 measures the body, which these cases give in figures; and nobody writes a file of 5 GiB here.
        let is_ks3_range = dialect == Dialect::Ks3 && case.id.contains("range");
        if is_ks3_range || sizes.iter().any(|size| *size > 1 << 20) {
            continue;
        }
        let mut body = Vec::new();
        let mut texts = case.texts().into_iter();
        for part in &case.form {
            body.extend_from_slice(b"--boundary\r\nContent-Disposition: form-data; name=\"");
            match part {
                Part::Field(..) => {
                    let (name, value) = texts.next().unwrap();
                    body.extend_from_slice(format!("{name}\"\r\n\r\n{value}").as_bytes());
                }
                Part::File { file } => {
                    let filename = file.name.as_ref().map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
                    let kind = file.content_type.as_ref().map(|kind| format!("\r\nContent-Type: {kind}")).unwrap_or_default();
                    body.extend_from_slice(format!("file\"{filename}{kind}\r\n\r\n").as_bytes());
                    body.extend(std::iter::repeat_n(b'\n', file.size as usize));
                }
            }
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--boundary--\r\n");
        let answer = match Submission::parse(b"multipart/form-data; boundary=boundary", &body, "b", dialect) {
            Ok(form) => case.answer(dialect, &form),
            Err(refusal) => Some((Expected::from(&*refusal.answer), None)),
        };
        case.check(dialect, answer);
        read += 1;
    }
    assert_eq!(read, 238);
}

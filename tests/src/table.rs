//! The table of `tests/policies`: policies, forms and what the vendors' servers answer.

use countersign::{Timestamp, policy::Dialect, wire::hex};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// One case of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// The vendor's rule the answer follows from.
    pub rule: String,
    conditions: Option<Value>,
    policy: Option<Encoded>,
    /// The parts of the form, in order.
    pub form: Vec<Part>,
    /// How long the request content is, where that is measured.
    pub content_length: Option<u64>,
    now: Option<String>,
    /// What the vendor's server answers.
    pub expect: Expect,
    /// Where the fault is.
    pub at: Option<usize>,
    /// The servers of others that are known to answer in another way than the vendor's.
    #[serde(default)]
    pub elsewhere: BTreeMap<String, Elsewhere>,
}

/// The policy of a case, where it is not conditions alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Encoded {
    Json(String),
    Hex { hex: String },
    Base64 { base64: String },
}

/// The text of a policy.
pub enum PolicyText {
    /// Still to be encoded.
    Json(Vec<u8>),
    /// What the field of the form holds.
    Field(String),
}

/// A part of a form.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Part {
    /// The file.
    File {
        /// What is known of it.
        file: File,
    },
    /// A field.
    Field(Text, Text),
}

/// A name or value.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// As written.
    Plain(String),
    /// A text so many times.
    Repeat {
        /// The text and the number.
        repeat: (String, usize),
    },
}

impl Text {
    /// The text written out.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Repeat { repeat: (text, times) } => text.repeat(*times),
        }
    }
}

/// The file of a form.
#[derive(Deserialize)]
pub struct File {
    /// How many bytes it has.
    pub size: u64,
    /// The name the client gives it.
    pub name: Option<String>,
    /// The type the client gives it.
    #[serde(rename = "type")]
    pub content_type: Option<String>,
}

/// What a server answers.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Expect {
    /// `accepted`
    Word(String),
    /// A refusal.
    Answer(Expected),
}

/// A refusal, as far as it is published.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The HTTP status.
    pub status: Option<u16>,
    /// `Code`
    pub code: Option<String>,
    /// `Message`
    pub message: Option<String>,
    /// `EC` of OSS.
    pub ec: Option<String>,
    /// Further elements.
    #[serde(default)]
    pub elements: Vec<(String, String)>,
}

/// Another server's answer and why it is another one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// Whether it takes the form.
    pub accepts: bool,
    /// The key it stores the file under, if not the one of the form.
    pub key: Option<String>,
    /// Whether the file can be read back as it was sent.
    #[serde(default = "always")]
    pub gives_back: bool,
    /// Why.
    pub reason: String,
}

fn always() -> bool {
    true
}

/// Reads the table of a vendor.
///
/// # Panics
///
/// When the file is not there or not of the form described here: the tests cannot go on.
#[must_use]
#[expect(clippy::panic, reason = "without its data a test cannot go on")]
pub fn load(dialect: Dialect) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").join(format!("{}.json", dialect.provider()));
    let text = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

impl Case {
    /// The policy as the case gives it.
    ///
    /// # Panics
    ///
    /// When the case has not one policy.
    #[must_use]
    #[expect(clippy::panic, clippy::expect_used, reason = "without its data a test cannot go on")]
    pub fn policy(&self) -> PolicyText {
        match (&self.policy, &self.conditions) {
            (Some(Encoded::Json(json)), None) => PolicyText::Json(json.clone().into_bytes()),
            (Some(Encoded::Hex { hex }), None) => PolicyText::Json(hex::decode(hex.as_bytes()).expect("hexadecimal digits")),
            (Some(Encoded::Base64 { base64 }), None) => PolicyText::Field(base64.clone()),
            (None, Some(conditions)) => {
                let json = format!(r#"{{"expiration":"2026-03-14T16:00:00.000Z","conditions":{conditions}}}"#);
                PolicyText::Json(json.into_bytes())
            }
            _ => panic!("{}: a policy or conditions", self.id),
        }
    }

    /// The clock of the case.
    ///
    /// # Panics
    ///
    /// When it cannot be read.
    #[must_use]
    #[expect(clippy::expect_used, reason = "without its data a test cannot go on")]
    pub fn now(&self) -> Timestamp {
        Timestamp::from_rfc3339(self.now.as_deref().unwrap_or("2026-03-14T15:00:00Z")).expect("a time")
    }

    /// The fields with their long texts written out.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, String)> {
        let text = |part: &Part| match part {
            Part::File { .. } => None,
            Part::Field(name, value) => Some((name.text(), value.text())),
        };
        self.form.iter().filter_map(text).collect()
    }

    /// The files, of which there should be one.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.form.iter().filter_map(|part| if let Part::File { file } = part { Some(file) } else { None })
    }

    /// Whether the vendor's server takes the form.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self.expect, Expect::Word(_))
    }
}

/// What stands between the parts of a form.
pub const BOUNDARY: &str = "boundary";

/// Writes a part behind others.
pub fn write_part(body: &mut Vec<u8>, name: &str, file: Option<&File>, content: &[u8]) {
    let filename = file.and_then(|file| file.name.as_ref()).map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
    let kind =
        file.and_then(|file| file.content_type.as_ref()).map(|kind| format!("\r\nContent-Type: {kind}")).unwrap_or_default();
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{filename}{kind}\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}

/// Writes the end of a form.
pub fn write_end(body: &mut Vec<u8>) {
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
}

//! The JSON form of a report, schema `countersign.report/1`.

use crate::{steps::What, view::View};
use countersign::{Timestamp, Written, wire::hex};
use serde::{Serialize, Serializer};

/// The whole report. A value that is not known is `null`.
#[derive(Serialize)]
pub struct Report<'v> {
    schema: &'static str,
    verdict: &'static str,
    provider: &'static str,
    scheme: &'static str,
    access_key_id: &'v str,
    signed_at: Option<String>,
    expires_at: Option<String>,
    provided_signature: &'v str,
    expected_signature: Option<&'v str>,
    documents: Vec<Document>,
    findings: Vec<Finding<'v>>,
    searched: Searched,
    /// The secret that gives the signature, or the one that was used; never the secret itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<Secret<'v>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<Step<'v>>,
}

#[derive(Serialize)]
struct Secret<'v> {
    source: &'v str,
    length: usize,
    fingerprint: &'v str,
}

/// A step towards the right signature: a command, and what it prints unless that is a key.
#[derive(Serialize)]
struct Step<'v> {
    what: String,
    command: &'v str,
    value: Option<String>,
}

/// The line to change in what the request is made with or goes through.
#[derive(Serialize)]
struct Fix<'v> {
    stack: &'static str,
    line: &'v str,
}

/// A signed text. `hex` has its bytes when they are no UTF-8; offsets count bytes.
#[derive(Serialize)]
pub struct Document {
    name: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    role: &'static str,
    start: usize,
    end: usize,
    origin: &'static str,
}

#[derive(Serialize)]
struct Finding<'v> {
    code: &'static str,
    matter: &'static str,
    certainty: &'static str,
    group: usize,
    title: &'v str,
    help: &'v str,
    signed: Option<&'v str>,
    sent: Option<&'v str>,
    also: &'v [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'v>>,
}

#[derive(Serialize)]
struct Searched {
    variants: u64,
    causes: usize,
    depth: u8,
    elapsed_us: u64,
}

/// Writes a report. `words` says what a step gives.
#[must_use]
pub fn report(view: &View, words: &dyn Fn(What) -> String) -> Vec<u8> {
    write(&Report::of(view, words))
}

impl<'v> Report<'v> {
    /// The report of a view. `words` says what a step gives.
    pub fn of(view: &'v View, words: &dyn Fn(What) -> String) -> Self {
        let findings = view.findings.iter().map(|finding| Finding {
            code: finding.code,
            matter: finding.matter.as_str(),
            certainty: finding.certainty.as_str(),
            group: finding.group,
            title: &finding.title,
            help: &finding.help,
            signed: finding.signed.as_deref(),
            sent: finding.sent.as_deref(),
            also: &finding.also,
            fixes: finding.fixes.iter().map(|(stack, line)| Fix { stack, line }).collect(),
        });
        let steps = view.steps.iter().map(|step| Step {
            what: words(step.what),
            command: &step.command,
            value: step.value.as_ref().map(|value| String::from_utf8_lossy(value).into_owned()),
        });
        Self {
            schema: "countersign.report/1",
            verdict: view.verdict.as_str(),
            provider: view.scheme.provider(),
            scheme: view.scheme.id(),
            access_key_id: &view.access_key_id,
            signed_at: time(view.signed_at),
            expires_at: time(view.expires_at),
            provided_signature: &view.provided,
            expected_signature: view.expected.as_deref(),
            documents: documents(&view.documents),
            findings: findings.collect(),
            searched: Searched {
                variants: view.searched.variants,
                causes: view.searched.causes,
                depth: view.searched.depth,
                elapsed_us: u64::try_from(view.work.elapsed.as_micros()).unwrap_or(u64::MAX),
            },
            secret: view.secret.as_ref().map(|used| Secret {
                source: &used.source,
                length: used.print.length,
                fingerprint: &used.print.hash,
            }),
            steps: steps.collect(),
        }
    }
}

/// Signed texts with their parts.
pub fn documents(written: &[Written]) -> Vec<Document> {
    let document = |written: &Written| {
        let (text, hex) = text_and_hex(&written.text);
        let parts = written.parts.iter().map(|part| Part {
            role: part.role.as_str(),
            start: part.start,
            end: part.end,
            origin: part.origin.as_str(),
        });
        Document { name: written.document.as_str(), text, hex, parts: parts.collect() }
    };
    written.iter().map(document).collect()
}

/// Bytes as text; their hexadecimal form as well, when the text does not say all of them.
pub fn text_and_hex(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => {
            let mut digits = Vec::with_capacity(bytes.len() * 2);
            hex::encode(bytes, &mut digits);
            (String::from_utf8_lossy(bytes).into_owned(), Some(String::from_utf8_lossy(&digits).into_owned()))
        }
    }
}

/// A time as JSON has it.
pub fn time(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| at.to_string())
}

/// Names with their values as an object, in order.
pub struct Members<'m>(pub &'m [(&'m str, &'m str)]);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        writer.collect_map(self.0.iter().copied())
    }
}

/// Writes any of our values, with a line end.
pub fn write(value: &impl Serialize) -> Vec<u8> {
    // Strings, numbers and lists: nothing in our types can fail to be written.
    let mut out = serde_json::to_vec_pretty(value).unwrap_or_default();
    out.push(b'\n');
    out
}

//! Planted mistakes: each is explained, and with a wrong secret nothing is claimed.
//!
//! The cases are written by `tests/plant/plant.py`, which signs the wrong texts with Python's own hmac.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at a fault"
)]

mod chinese;
mod forms;
mod large;
mod ranks;
mod reports;
mod steering;
mod watched;

use countersign::{
    Addressing, Encoding, FilePart, Form, Inquiry, Report, Request, SecretKey, Subject, Timestamp, explain,
    explain::{Certainty, Language, ServerAnswer},
    providers::Among,
};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha1::Sha1;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[derive(Deserialize)]
struct About {
    expect: Vec<String>,
    certainty: String,
    verdict: String,
    depth: u8,
    at: Option<String>,
    expected_life: Option<u64>,
    hints: Hints,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Hints {
    bucket: Option<String>,
    region: Option<String>,
    addressing: Option<String>,
    endpoint: Option<String>,
    scheme: Option<String>,
}

struct Planted {
    code: String,
    folder: PathBuf,
    about: About,
    message: Message,
    secret: Vec<u8>,
    answer: Option<Vec<u8>>,
    related: Vec<Vec<u8>>,
}

/// What was captured.
enum Message {
    Http(Vec<u8>),
    Url(Vec<u8>),
    Token(Vec<u8>),
    Form(Vec<FormPart>),
}

/// A field, or what is known of the file.
#[derive(Deserialize)]
#[serde(untagged)]
enum FormPart {
    Field(String, String),
    File { file: File },
}

#[derive(Deserialize)]
struct File {
    size: u64,
    name: Option<String>,
    r#type: Option<String>,
}

impl File {
    fn part(&self) -> FilePart<'_> {
        let file = self.name.iter().fold(FilePart::new(self.size), |file, name| file.named(name));
        self.r#type.iter().fold(file, |file, content_type| file.content_type(content_type))
    }
}

impl Message {
    fn load(folder: &Path) -> Self {
        let read = |name: &str| fs::read(folder.join(name)).ok();
        let url = || Some(Self::Url(read("request.url")?.trim_ascii().to_vec()));
        let token = || read("request.token").map(Self::Token);
        let form = || Some(Self::Form(serde_json::from_slice(&read("request.form")?).expect("fields and a file")));
        read("request.http").map(Self::Http).or_else(url).or_else(token).or_else(form).expect("a request")
    }

    fn subject(&self) -> Subject<'_> {
        match self {
            Self::Http(message) => Request::parse(message).expect("a request").into(),
            Self::Url(url) => Request::new("GET", url).expect("a URL").into(),
            Self::Token(token) => Subject::Token(token),
            Self::Form(parts) => parts
                .iter()
                .fold(Form::new(), |form, part| match part {
                    FormPart::Field(name, value) => form.field(name, value),
                    FormPart::File { file } => form.file(file.part()),
                })
                .into(),
        }
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut list: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    list.sort();
    list
}

fn planted() -> Vec<Planted> {
    let causes = countersign_tests::folder().join("causes");
    let mut all = Vec::new();
    for code in sorted(&causes) {
        for folder in sorted(&code) {
            let read = |name: &str| fs::read(folder.join(name)).ok();
            let about = serde_json::from_slice(&read("case.json").expect("case.json")).unwrap();
            all.push(Planted {
                code: code.file_name().unwrap().to_string_lossy().into_owned(),
                about,
                message: Message::load(&folder),
                secret: read("secret").expect("a secret"),
                answer: read("answer.xml").or_else(|| read("answer.json")),
                related: (1..).map_while(|number| read(&format!("related-{number}.http"))).collect(),
                folder,
            });
        }
    }
    assert!(!all.is_empty());
    all
}

impl Planted {
    fn explain(&self, secrets: &[SecretKey], depth: u8) -> Report {
        let answer = self
            .answer
            .as_deref()
            .map(|text| ServerAnswer::parse(text).unwrap_or_else(|e| panic!("{}: {e}", self.folder.display())));
        let others: Vec<Subject<'_>> =
            self.related.iter().map(|message| Request::parse(message).expect("a related request").into()).collect();
        let mut inquiry = Inquiry::new(self.message.subject());
        inquiry.secrets = secrets;
        inquiry.related = &others;
        inquiry.depth = depth;
        inquiry.answer = answer.as_ref();
        inquiry.at = self.about.at.as_deref().map(|at| Timestamp::from_rfc3339(at).expect("RFC 3339"));
        inquiry.expected_life = self.about.expected_life;
        inquiry.among = self.about.hints.scheme.as_deref().map_or(Among::All, Among::Scheme);
        inquiry.hints.bucket = self.about.hints.bucket.as_deref();
        inquiry.hints.region = self.about.hints.region.as_deref();
        inquiry.hints.addressing = self.about.hints.addressing.as_deref().map(|word| match word {
            "virtual" => Addressing::VirtualHost,
            "path" => Addressing::Path,
            _ => Addressing::CustomDomain,
        });
        inquiry.hints.endpoint = self.about.hints.endpoint.as_deref();
        explain(&inquiry).unwrap_or_else(|e| panic!("{}: {e}", self.folder.display()))
    }
}

fn certainty(word: &str) -> Certainty {
    match word {
        "proved" => Certainty::Proved,
        "server" => Certainty::Server,
        "seen" => Certainty::Seen,
        "likely" => Certainty::Likely,
        other => panic!("unknown certainty {other}"),
    }
}

#[test]
fn every_planted_mistake_is_explained() {
    let mut failures = Vec::new();
    for case in planted() {
        let report = case.explain(&[SecretKey::new(case.secret.clone())], case.about.depth);
        let wanted = certainty(&case.about.certainty);
        let has = |code: &String| {
            report.findings.iter().any(|f| f.certainty == wanted && (f.code == *code || f.also.contains(&code.as_str())))
        };
        let said: Vec<_> = report.findings.iter().map(|f| format!("{} {} {:?}", f.code, f.certainty.as_str(), f.also)).collect();
        if !case.about.expect.iter().all(has) {
            failures.push(format!(
                "{}: expected {:?} {}, found {said:?}",
                case.folder.display(),
                case.about.expect,
                case.about.certainty
            ));
        } else if report.verdict.as_str() != case.about.verdict {
            failures.push(format!(
                "{}: expected {}, found {}",
                case.folder.display(),
                case.about.verdict,
                report.verdict.as_str()
            ));
        } else if wanted == Certainty::Proved {
            let proved: Vec<_> = report.findings.iter().filter(|f| f.certainty == Certainty::Proved).collect();
            if proved.len() > case.about.expect.len() || proved.iter().any(|f| f.group != 0) {
                failures.push(format!("{}: a longer explanation than planted: {said:?}", case.folder.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// The report shows the text that was signed: with the secret it gives the signature that was sent, unless the key or the MAC is
/// at fault.
#[test]
fn the_text_shown_as_signed_gives_the_signature() {
    let of_another_key = |code: &str| code.starts_with("secret-") || code == "signature-version-wrong";
    let (mut shown, mut wrong) = (0, BTreeSet::new());
    for case in planted().iter().filter(|case| !case.about.expect.iter().any(|code| of_another_key(code))) {
        let report = case.explain(&[SecretKey::new(case.secret.clone())], case.about.depth);
        let is_plain = ["oss-v1-header", "oss-v1-url", "s3-v2-header", "s3-v2-url", "ks3-v2-header", "ks3-v2-url"];
        let Some(signed) = report.signed_documents.as_ref().filter(|_| is_plain.contains(&report.scheme.id())) else { continue };
        let mut mac = Hmac::<Sha1>::new_from_slice(&case.secret).expect("a key of any length");
        mac.update(signed.string_to_sign());
        let given = Encoding::Base64.encode(&mac.finalize().into_bytes());
        if given == report.provided_signature.trim() {
            shown += 1;
        } else {
            let codes: Vec<_> = report.findings.iter().filter(|f| f.certainty == Certainty::Proved).map(|f| f.code).collect();
            wrong.insert(format!("{} {codes:?}", case.folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(shown > 200, "{shown} alone show a text");
}

#[test]
fn with_another_secret_nothing_is_proved() {
    // Where the id itself is the key, or a word for nothing, the proof needs no secret.
    let is_free = |case: &&Planted| {
        let name = case.folder.file_name().unwrap().to_string_lossy();
        let of_nothing = ["-empty", "-none", "-undefined", "-null", "-nil"].iter().any(|end| name.ends_with(end));
        case.code == "ak-sk-swapped" || (case.code == "secret-truncated" && of_nothing)
    };
    for case in planted().iter().filter(|case| !is_free(case)) {
        let report = case.explain(&[SecretKey::new("csAnotherMadeUpSecretOfTheSameLength0000")], 2);
        let proved: Vec<_> = report.findings.iter().filter(|f| f.certainty == Certainty::Proved).map(|f| f.code).collect();
        assert!(proved.is_empty(), "{}: {proved:?}", case.folder.display());
    }
}

#[test]
fn every_cause_has_a_planted_case_and_sentences() {
    let folders: BTreeSet<String> = planted().into_iter().map(|case| case.code).collect();
    let mut codes = BTreeSet::new();
    for code in explain::codes() {
        assert!(codes.insert(code), "{code} is in the catalogue twice");
        let text = Language::English.cause(code).unwrap_or_else(|| panic!("{code} has no sentences"));
        assert!(!text.title.is_empty() && !text.title.ends_with('.') && !text.help.is_empty(), "{code}");
        assert!(folders.contains(code), "{code} has no planted case");
    }
    for folder in &folders {
        assert!(codes.contains(folder.as_str()), "{folder} is planted and not in the catalogue");
    }
}

#[test]
fn what_is_seen_without_a_secret_is_listed_as_such() {
    let listed: Vec<_> = explain::causes().into_iter().map(|cause| (cause.code(), Language::English.tell(&cause))).collect();
    let mut wrong = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for mut case in planted() {
        case.answer = None;
        for finding in case.explain(&[], 0).findings.iter().filter(|finding| finding.certainty == Certainty::Seen) {
            let (_, how) = listed.iter().find(|(code, _)| *code == finding.code).expect("a cause of the catalogue");
            seen.insert(finding.code);
            if !how.contains("it shows in the request") {
                wrong.insert(format!("{}: {how}", finding.code));
            }
        }
    }
    assert!(seen.len() > 40, "{seen:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_report_shows_the_secret() {
    for case in planted() {
        let secret = String::from_utf8_lossy(&case.secret).trim().to_owned();
        let report = format!("{:?}", case.explain(&[SecretKey::new(case.secret.clone())], 2));
        assert!(secret.is_empty() || !report.contains(&secret), "{}", case.folder.display());
    }
}

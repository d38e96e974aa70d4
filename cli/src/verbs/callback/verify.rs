//! `callback verify`: does a callback come from the service?

use crate::{
    args::{CallbackVerify, Common, Format, Pick},
    input::{self, Input, Kind},
    report::{forms, json},
    trouble::{FormTrouble, Trouble},
    verbs::{Answer, Outcome, setting::Setting, verify},
};
use countersign::{
    Request,
    explain::{Certainty, Matter},
    providers::oss::callback::{CallbackFault, CallbackVerified, PublicKey, public_key_url, verify_callback},
};
use serde::Serialize;
use std::time::{Duration, Instant};

/// Fetches what stands at a URL.
type Fetch<'f> = &'f dyn Fn(&str) -> Result<Vec<u8>, FormTrouble>;

/// No key is longer; a file that is was named by mistake.
const LIMIT: usize = 64 << 10;

pub fn run(args: &CallbackVerify, fetch: Fetch<'_>, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let input = setting.inputs(&args.request, None, &Pick { request: None })?.only()?;
    if input.kind != Kind::Request {
        return Err(FormTrouble::NoCallback(input.source).into());
    }
    let request = input.request()?;
    match setting.common.provider.as_deref().or_else(|| vendor(&request)) {
        Some("oss") => oss(&request, args.fetch_key.then_some(fetch), Schema::Callback, setting),
        Some("kodo") => {
            let common = Common { scheme: Some("kodo-callback".to_owned()), ..setting.common.clone() };
            verify::judged(&input, &args.secret, &Setting { common: &common, ..*setting })
        }
        Some("ks3") => Err(FormTrouble::Unverifiable.into()),
        _ => Err(FormTrouble::NoCallback(input.source).into()),
    }
}

/// Judges a callback of OSS that another verb was given with a key.
pub fn of_oss(input: &Input, setting: &Setting<'_>) -> Option<Result<Answer, Trouble>> {
    setting.common.public_key.as_ref()?;
    let request = (input.kind == Kind::Request).then(|| input.request().ok())??;
    (vendor(&request) == Some("oss")).then(|| oss(&request, None, Schema::Report, setting))
}

/// Whose callback a request looks like.
fn vendor(request: &Request<'_>) -> Option<&'static str> {
    if request.header_value("x-oss-pub-key-url").is_some() {
        return Some("oss");
    }
    let word = request.header_value("authorization")?.split(|byte| *byte == b' ').next()?;
    let is = |name: &[u8]| word.eq_ignore_ascii_case(name);
    (is(b"QBox") || is(b"Qiniu")).then_some("kodo")
}

/// Which verb is answered in JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Schema {
    /// `callback verify`: `countersign.callback-report/1`.
    Callback,
    /// `explain` and `verify`, whose reports have the same members whatever they are about: `countersign.report/1`.
    Report,
}

fn oss(request: &Request<'_>, fetch: Option<Fetch<'_>>, schema: Schema, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let begun = Instant::now();
    let mut checked = Checked::default();
    let verified = match public_key_url(request) {
        Ok(url) => {
            let key = key(&url, fetch, setting)?;
            checked.key_url = Some(url);
            checked.key_bits = Some(key.bits());
            verify_callback(request, &key)
        }
        Err(fault) => Err(fault),
    };
    checked.conclude(verified.as_ref(), setting);
    let text = match setting.common.format {
        Format::Json if schema == Schema::Report => json::write(&Report::of(&checked, request, begun.elapsed())),
        Format::Json => json::write(&checked),
        Format::Text => forms::callback(&checked.shown(request, setting), verified.as_ref().err(), setting.canvas()).into_bytes(),
    };
    Ok(Answer { text, outcome: checked.outcome })
}

/// The key to check with.
fn key(url: &str, fetch: Option<Fetch<'_>>, setting: &Setting<'_>) -> Result<PublicKey, Trouble> {
    if let Some(path) = &setting.common.public_key {
        let (pem, _) = input::contents(path, LIMIT)?;
        return PublicKey::from_pem(&pem).map_err(|error| FormTrouble::PublicKey(path.clone(), error).into());
    }
    let fetch = fetch.ok_or(FormTrouble::KeyNeeded)?;
    PublicKey::from_pem(&fetch(url)?).map_err(|error| FormTrouble::FetchedKey(url.to_owned(), error).into())
}

/// What became of a callback of OSS.
#[derive(Serialize)]
struct Checked {
    schema: &'static str,
    verdict: &'static str,
    provider: &'static str,
    scheme: &'static str,
    key_url: Option<String>,
    key_bits: Option<u32>,
    findings: Vec<Finding>,
    /// How the target was read, where the page leaves it open.
    reading: Option<&'static str>,
    #[serde(skip)]
    key_from: String,
    #[serde(skip)]
    outcome: Outcome,
}

#[derive(Serialize)]
struct Finding {
    code: String,
    title: String,
    help: Option<String>,
}

/// The same as a report of `explain` and `verify`, with what only a callback has behind it.
#[derive(Serialize)]
struct Report<'c> {
    schema: &'static str,
    verdict: &'static str,
    provider: &'static str,
    scheme: &'static str,
    /// A callback names nobody.
    access_key_id: &'static str,
    signed_at: Option<String>,
    expires_at: Option<String>,
    provided_signature: String,
    /// Nobody but the service can make one.
    expected_signature: Option<String>,
    documents: Vec<json::Document>,
    findings: Vec<Seen<'c>>,
    searched: Searched,
    key_url: Option<&'c str>,
    key_bits: Option<u32>,
    reading: Option<&'static str>,
}

#[derive(Serialize)]
struct Seen<'c> {
    code: &'c str,
    matter: &'static str,
    certainty: &'static str,
    group: usize,
    title: &'c str,
    help: &'c str,
    signed: Option<&'c str>,
    sent: Option<&'c str>,
    also: [&'c str; 0],
}

#[derive(Serialize)]
struct Searched {
    variants: u64,
    causes: usize,
    depth: u8,
    elapsed_us: u64,
}

impl<'c> Report<'c> {
    fn of(checked: &'c Checked, request: &Request<'_>, elapsed: Duration) -> Self {
        let seen = |finding: &'c Finding| Seen {
            code: &finding.code,
            matter: Matter::Text.as_str(),
            certainty: Certainty::Seen.as_str(),
            group: 0,
            title: &finding.title,
            help: finding.help.as_deref().unwrap_or_default(),
            signed: None,
            sent: None,
            also: [],
        };
        Self {
            schema: "countersign.report/1",
            verdict: checked.verdict,
            provider: checked.provider,
            scheme: checked.scheme,
            access_key_id: "",
            signed_at: None,
            expires_at: None,
            provided_signature: String::from_utf8_lossy(request.header_value("authorization").unwrap_or_default()).into_owned(),
            expected_signature: None,
            documents: Vec::new(),
            findings: checked.findings.iter().map(seen).collect(),
            searched: Searched {
                variants: 1,
                causes: 0,
                depth: 0,
                elapsed_us: u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX),
            },
            key_url: checked.key_url.as_deref(),
            key_bits: checked.key_bits,
            reading: checked.reading,
        }
    }
}

impl Default for Checked {
    fn default() -> Self {
        Self {
            schema: "countersign.callback-report/1",
            verdict: "valid",
            provider: "oss",
            scheme: "oss-callback",
            key_url: None,
            key_bits: None,
            findings: Vec::new(),
            reading: None,
            key_from: String::new(),
            outcome: Outcome::Yes,
        }
    }
}

impl Checked {
    fn conclude(&mut self, verified: Result<&CallbackVerified, &CallbackFault>, setting: &Setting<'_>) {
        self.key_from = match &setting.common.public_key {
            Some(path) => format!("`{}`", path.display()),
            None => self.key_url.clone().unwrap_or_default(),
        };
        let fault = match verified {
            Ok(verified) => {
                self.reading = setting.words.reading(verified.reading());
                return;
            }
            Err(fault) => fault,
        };
        (self.verdict, self.outcome) = match fault {
            CallbackFault::BodyUnknown => ("undecided", Outcome::Unknown),
            CallbackFault::Signature(_) => ("mismatch", Outcome::No),
            _ => ("rejected", Outcome::No),
        };
        self.findings.push(Finding {
            code: format!("callback-{}", fault.reason()),
            title: setting.words.language().tell(fault),
            help: setting.words.callback_help(fault),
        });
    }

    fn shown<'s>(&'s self, request: &Request<'_>, setting: &Setting<'_>) -> forms::ShownCallback<'s> {
        let query = request.query().map(|query| format!("?{}", String::from_utf8_lossy(query))).unwrap_or_default();
        let target = format!("{} {}{query}", request.method(), String::from_utf8_lossy(request.path()));
        forms::ShownCallback {
            code: self.findings.first().map(|finding| finding.code.as_str()),
            help: self.findings.first().and_then(|finding| finding.help.as_deref()),
            is_undecided: self.outcome == Outcome::Unknown,
            scheme: self.scheme,
            key: self.key_bits.map(|bits| setting.words.key_bits(bits, &self.key_from)),
            target,
            reading: self.reading,
            warning: self
                .key_bits
                .filter(|bits| *bits < 1_024 && self.outcome == Outcome::Yes)
                .map(|bits| setting.words.weak_key(bits)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        args::{CallbackVerb, Cli, Verb},
        trouble::FetchFault,
        verbs::callback::fetch::{get, tests::serve},
    };
    use clap::Parser;
    use std::{cell::RefCell, time::Duration};

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs");

    /// Verifies a callback with a key that is fetched from a server of this test; what was asked for.
    fn fetched(callback: &str, answer: &[u8]) -> (Result<Outcome, Trouble>, Vec<String>) {
        let args = ["countersign", "callback", "verify", &format!("{FOLDER}/{callback}"), "--fetch-key"];
        let Verb::Callback(args) = Cli::parse_from(args).verb else { panic!("another verb") };
        let CallbackVerb::Verify(args) = args.verb else { panic!("another verb") };
        let asked = RefCell::new(Vec::new());
        let fetch = |url: &str| {
            asked.borrow_mut().push(url.to_owned());
            let here = serve(answer.to_vec(), Duration::ZERO);
            get(&here, Duration::from_secs(5)).map_err(|fault| FormTrouble::Fetch(url.to_owned(), fault))
        };
        let outcome = run(&args, &fetch, &Setting::new(&args.common, Some(&args.secret))).map(|answer| answer.outcome);
        (outcome, asked.into_inner())
    }

    fn ok(body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    #[test]
    fn a_key_is_fetched_from_where_the_callback_says() {
        let key = std::fs::read(format!("{FOLDER}/callback_pub_key_v1.pem")).unwrap();
        let url = "http://gosspublic.alicdn.com/callback_pub_key_v1.pem";
        let (outcome, asked) = fetched("oss-callback.http", &ok(&key));
        assert_eq!((outcome.unwrap(), asked), (Outcome::Yes, vec![url.to_owned()]));
        let (outcome, _) = fetched("oss-callback-changed.http", &ok(&key));
        assert_eq!(outcome.unwrap(), Outcome::No);
    }

    #[test]
    fn nothing_is_fetched_from_anywhere_else() {
        let (outcome, asked) = fetched("oss-callback-foreign-key.http", b"");
        assert_eq!((outcome.unwrap(), asked), (Outcome::No, Vec::new()));
    }

    #[test]
    fn what_is_no_key_is_trouble() {
        let (outcome, _) = fetched("oss-callback.http", &ok(b"<html>"));
        assert!(matches!(outcome, Err(Trouble::Upload(FormTrouble::FetchedKey(..)))), "{outcome:?}");
        let (outcome, _) = fetched("oss-callback.http", b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        assert!(matches!(outcome, Err(Trouble::Upload(FormTrouble::Fetch(_, FetchFault::Status(503))))), "{outcome:?}");
    }
}

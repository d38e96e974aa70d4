//! One cell in one form: the text is read as the command reads it, and explained.

use crate::{
    cells::{Cell, Planted},
    forms::Form,
};
use countersign::{
    Addressing, Hints, Inquiry, Report, Request, SecretKey, Subject, Timestamp, explain,
    explain::{Certainty, Finding, ServerAnswer},
    policy::{Dialect, Submission},
    providers::{self, Among},
    wire::url::Transport,
};
use countersign_capture::{Body, Found, Thing, read};
use std::collections::HashMap;

pub const SECRET: &str = "cs7EXAMPLEsecretKEY/with+signs0123456789";

/// Schemes whose requests are read as those of another one unless they are asked for.
const ASKED_FOR: [&str; 4] = ["kodo-callback", "s3-v4-chunked", "aws-v4-generic", "kodo-cdn-antileech"];

/// How a cell was explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The planted cause is named.
    Named,
    /// Another cause is named, which signs the very same bytes.
    SameBytes,
}

/// Reads and explains. Forms that were read to the same thing share an explanation.
pub struct Judge<'a> {
    planted: &'a Planted,
    cell: &'a Cell,
    known: HashMap<String, Result<Outcome, String>>,
}

impl<'a> Judge<'a> {
    pub fn new(planted: &'a Planted, cell: &'a Cell) -> Self {
        Self { planted, cell, known: HashMap::new() }
    }

    /// What the tool says of the cell in this form.
    pub fn run(&mut self, form: Form, with_answer: bool) -> Result<Outcome, String> {
        let told = self.cell.answer.as_deref().filter(|_| with_answer).map(with_bytes);
        let inside = told.as_deref().filter(|_| form.holds_answer());
        let text = form.write(self.cell, inside);
        let capture = read(text.as_bytes()).map_err(|error| format!("{error}"))?;
        let mut found = capture.found;
        let last = found.pop().ok_or("nothing was found")?;
        if found.len() != self.cell.related.len() {
            return Err(format!("{} requests were found beside it", found.len()));
        }
        // An answer without a text, as Kodo's, says too little to stand beside a request; the command takes it, too.
        let beside = match inside {
            Some(_) => last.answer.as_ref().map(|answer| answer.bytes.clone()),
            None => told.as_ref().map(|text| text.clone().into_bytes()),
        };
        let answer = beside.and_then(|bytes| ServerAnswer::parse(&bytes).ok());
        if inside.is_some() && answer.is_none() && ServerAnswer::parse(inside.unwrap_or_default().as_bytes()).is_ok() {
            return Err("its answer was not found".to_owned());
        }
        let key = format!("{:?} {:?} {answer:?}", last.thing, found.iter().map(|found| &found.thing).collect::<Vec<_>>());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let outcome = self.explained(&last, &found, answer.as_ref());
        self.known.insert(key, outcome.clone());
        outcome
    }

    fn explained(&self, last: &Found, others: &[Found], answer: Option<&ServerAnswer>) -> Result<Outcome, String> {
        with_subjects(&self.planted.scheme, last, others, |subject, related| {
            let report = self.report(subject, related, answer, Some(self.cell.secret.as_deref().unwrap_or(SECRET)))?;
            verdict(self.cell, &report)
        })
    }

    /// What is reported of the cell in this form, with the answer it is given.
    pub fn pair(&self, form: Form) -> Result<Report, String> {
        let text = form.write(self.cell, None);
        let capture = read(text.as_bytes()).map_err(|error| format!("{error}"))?;
        let (last, others) = capture.found.split_last().ok_or("nothing was found")?;
        let answer = self.cell.answer.as_deref().and_then(|text| ServerAnswer::parse(text.as_bytes()).ok());
        with_subjects(&self.planted.scheme, last, others, |subject, related| {
            self.report(subject, related, answer.as_ref(), Some(self.cell.secret.as_deref().unwrap_or(SECRET)))
        })
    }

    fn report(
        &self,
        subject: Subject<'_>,
        related: &[Subject<'_>],
        answer: Option<&ServerAnswer>,
        secret: Option<&str>,
    ) -> Result<Report, String> {
        let cell = self.cell;
        let secrets: Vec<SecretKey> = secret.map(SecretKey::new).into_iter().collect();
        let mut inquiry = Inquiry::new(subject);
        inquiry.secrets = &secrets;
        // All mistakes of one number are finished before two are looked for.
        inquiry.depth = cell.depth.unwrap_or(1);
        inquiry.related = related;
        inquiry.answer = answer;
        inquiry.at = cell.at.as_deref().and_then(Timestamp::from_rfc3339);
        inquiry.expected_life = cell.life;
        inquiry.hints.bucket = cell.hints.bucket.as_deref();
        inquiry.hints.addressing = cell.hints.addressing.as_deref().map(|word| match word {
            "virtual" => Addressing::VirtualHost,
            "path" => Addressing::Path,
            _ => Addressing::CustomDomain,
        });
        if ASKED_FOR.contains(&&*self.planted.scheme) {
            inquiry.among = Among::Scheme(&self.planted.scheme);
        }
        explain(&inquiry).map_err(|error| error.to_string())
    }
}

/// Servers of the S3 kind show the bytes of each text beside it.
fn with_bytes(answer: &str) -> String {
    let mut out = answer.to_owned();
    for name in ["StringToSign", "CanonicalRequest"] {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        if answer.contains("<FormatString>") || answer.contains(&format!("<{name}Bytes>")) {
            continue;
        }
        if let Some((_, rest)) = answer.split_once(&open)
            && let Some((text, _)) = rest.split_once(&close)
        {
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let bytes: Vec<String> = text.bytes().map(|byte| format!("{byte:02X}")).collect();
            out = out.replacen(&close, &format!("{close}<{name}Bytes>{}</{name}Bytes>", bytes.join(" ")), 1);
        }
    }
    out
}

/// Gives what was found as the library sees it.
fn with_subjects<T>(
    scheme: &str,
    last: &Found,
    others: &[Found],
    look: impl FnOnce(Subject<'_>, &[Subject<'_>]) -> Result<T, String>,
) -> Result<T, String> {
    let related: Result<Vec<Subject<'_>>, String> = others.iter().map(|found| subject(scheme, &found.thing)).collect();
    look(subject(scheme, &last.thing)?, &related?)
}

fn subject<'t>(scheme: &str, thing: &'t Thing) -> Result<Subject<'t>, String> {
    match thing {
        Thing::Request(captured) => {
            let mut request = captured.parse().map_err(|error| error.to_string())?;
            // A raw message does not tell; the command has an option for it.
            if scheme == "kodo-private-url" && captured.transport.is_none() {
                request = request.with_transport(Transport::Https);
            }
            let own = Subject::from(request.clone());
            let media = request.header_value("content-type").unwrap_or_default();
            let is_form = request.method() == "POST" && media.starts_with(b"multipart/form-data");
            if let (true, Body::Bytes(body), Ok(None)) =
                (is_form, &captured.body, providers::read(&own, &Hints::NONE, Among::All))
            {
                let vendor = providers::vendor(&request).and_then(Dialect::of_provider).unwrap_or(Dialect::Cos);
                let media = captured_type(captured);
                let read = Submission::parse(media, body, "", vendor).map_err(|refusal| format!("{refusal:?}"))?;
                return Ok(read.form().into());
            }
            Ok(own)
        }
        Thing::Url(url) => Ok(Request::new("GET", url).map_err(|error| error.to_string())?.into()),
        Thing::Header(value) => {
            Ok(Request::parse_head(b"GET / HTTP/1.1\n").map_err(|error| error.to_string())?.header("Authorization", value).into())
        }
        Thing::Token(token) => Ok(Subject::Token(token)),
        Thing::Form(fields) => {
            Ok(fields.iter().fold(countersign::Form::new(), |form, (name, value)| form.field(name, value)).into())
        }
        other => Err(format!("{other:?}")),
    }
}

/// The type of a captured form, which lives as long as the capture.
fn captured_type(captured: &countersign_capture::Request) -> &[u8] {
    let lines = captured.head.split(|byte| *byte == b'\n');
    let is_type = |line: &&[u8]| line.len() > 13 && line[..13].eq_ignore_ascii_case(b"content-type:");
    lines.into_iter().find(is_type).map(|line| line[13..].trim_ascii()).unwrap_or_default()
}

/// The finding that names a cause.
pub fn told<'r>(report: &'r Report, code: &str) -> Option<&'r Finding> {
    report.findings.iter().find(|own| own.code == code || own.also.contains(&code))
}

/// Whether a report explains what was planted: proved where it is to be proved, and nothing else proved beside it.
fn verdict(cell: &Cell, report: &Report) -> Result<Outcome, String> {
    let said: Vec<String> =
        report.findings.iter().map(|own| format!("{} {} {:?}", own.code, own.certainty.as_str(), own.also)).collect();
    let wanted = match &*cell.certainty {
        "proved" => Certainty::Proved,
        "server" => Certainty::Server,
        "seen" => Certainty::Seen,
        _ => Certainty::Likely,
    };
    let proved: Vec<_> = report.findings.iter().filter(|own| own.certainty == Certainty::Proved).collect();
    let is_planted = |code: &str, also: &[&str]| code == cell.cause || also.contains(&&*cell.cause);
    if wanted == Certainty::Proved {
        return match proved.as_slice() {
            [only] if is_planted(only.code, &only.also) => Ok(Outcome::Named),
            // One mistake that gives the signature signs the same bytes with the same key.
            [_] => Ok(Outcome::SameBytes),
            _ => Err(format!("{said:?}")),
        };
    }
    let is_told = report.findings.iter().any(|own| own.certainty <= wanted && is_planted(own.code, &own.also));
    if is_told && proved.is_empty() { Ok(Outcome::Named) } else { Err(format!("{said:?}")) }
}

/// The request that is signed rightly is taken for right.
pub fn control(planted: &Planted) -> Result<(), String> {
    let forms = crate::forms::FORMS.iter().map(|(form, ..)| *form);
    let form = forms.into_iter().find(|form| form.takes(&planted.control.sent)).ok_or("no form takes it")?;
    let text = form.write(&planted.control, None);
    let mut capture = read(text.as_bytes()).map_err(|error| error.to_string())?;
    let last = capture.found.pop().ok_or("nothing was found")?;
    with_subjects(&planted.scheme, &last, &[], |subject, _| {
        let judge = Judge::new(planted, &planted.control);
        let report = judge.report(subject, &[], None, Some(SECRET))?;
        let is_right = report.expected_signature.as_deref() == Some(&*report.provided_signature);
        if is_right && report.scheme.id() == planted.scheme { Ok(()) } else { Err(format!("{report:#?}")) }
    })
}

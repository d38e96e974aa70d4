//! `decode`: what a signature says of itself. Needs no secret, proves nothing.

mod claim;
mod json_api;
mod policy;
mod table;
mod upload_token;

use super::{Answer, Outcome, setting::Setting, several::about, verify::no_signature};
use crate::{
    args::{Decode, Format},
    input::{Input, Kind, Read, token_lines, token_scheme},
    report::{
        json,
        summary::{self, Line},
        visible::on_one_line,
        wrap::{lines, padded},
        zone::Zoned,
    },
    trouble::Trouble,
};
use countersign::{Carrier, Claim, Scheme, Timestamp, providers, providers::cos::json::Decoded, wire::text::Text};
use serde::Serialize;
use serde_json::value::RawValue;
use unicode_width::UnicodeWidthStr;

pub fn run(args: &Decode, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let read = setting.inputs(&args.input.input, None, &args.pick)?;
    let [input] = read.inputs.as_slice() else { return several(&read, args, setting) };
    let (own, note) = setting.by_clock_of(input, None);
    note.iter().for_each(|note| setting.note(note));
    let reader = Reader { setting: &own, expected_life: args.expected_life };
    if input.kind == Kind::Tokens {
        return table::run(input, &reader);
    }
    let said = reader.one(input).map_err(|trouble| no_signature(Some(trouble), input, &read.notes))?;
    let text = match setting.common.format {
        Format::Json => json::write(&said.output),
        Format::Text => said.text(setting).into_bytes(),
    };
    Ok(Answer { text, outcome: said.outcome })
}

/// What each of several requests says.
fn several(read: &Read, args: &Decode, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let mut outcome = Outcome::Yes;
    let mut claims = Vec::new();
    let mut text = String::new();
    for (input, number) in read.inputs.iter().zip(1..) {
        let (own, _) = setting.by_clock_of(input, None);
        let reader = Reader { setting: &own, expected_life: args.expected_life };
        let (method, url) = about(input);
        let line = Line { method, url, result: summary::Result::Unreadable };
        text.push_str(summary::title(number, &line, setting.canvas()).trim_start_matches(if number == 1 { "\n" } else { "" }));
        match reader.one(input) {
            Ok(said) => {
                outcome = outcome.max(said.outcome);
                text.push_str(&said.text(&own));
                claims.push(said.output);
            }
            Err(trouble) => {
                outcome = Outcome::Unknown;
                match setting.common.format {
                    Format::Json => setting.complain(&trouble),
                    Format::Text => text.push_str(&setting.complaint(&trouble)),
                }
            }
        }
    }
    let text = match setting.common.format {
        Format::Json => json::write(&claims),
        Format::Text => text.into_bytes(),
    };
    Ok(Answer { text, outcome })
}

/// What a signature is read with.
struct Reader<'s> {
    setting: &'s Setting<'s>,
    /// The life in seconds that was asked for.
    expected_life: Option<u64>,
}

impl Reader<'_> {
    fn one(&self, input: &Input) -> Result<Said, Trouble> {
        if input.kind == Kind::Policy {
            self.setting.among()?;
            return Ok(policy::said(input, self.setting));
        }
        if input.kind == Kind::Token {
            return self.token(input.text(), input);
        }
        let place = self.setting.place(input)?;
        let hints = self.setting.hints(&place);
        let subject = input.subject()?;
        let claim = self.setting.claim(&subject, &hints, &input.source)?;
        if claim.scheme.carrier() == Carrier::Token {
            return self.token(token_of(&claim).as_bytes(), input);
        }
        Ok(claim::said(&claim, self.setting))
    }

    /// A token, which may be damaged: as much is read as can be read.
    fn token(&self, token: &[u8], input: &Input) -> Result<Said, Trouble> {
        match self.scheme(token)?.provider() {
            "cos" => {
                let decoded = Decoded::parse(token).map_err(|error| Trouble::Token(input.source.clone(), error))?;
                Ok(json_api::said(&decoded, self.setting))
            }
            _ => Ok(upload_token::said(token, self)),
        }
    }

    /// The scheme of a token: the one that is asked for, if one is, and it is not evidently another.
    fn scheme(&self, token: &[u8]) -> Result<&'static dyn Scheme, Trouble> {
        self.setting.among()?;
        let common = self.setting.common;
        let asked = common.scheme.as_deref().and_then(providers::scheme);
        let found = token_scheme(token);
        let differs = |found: &dyn Scheme| {
            asked.is_some_and(|asked| asked.id() != found.id())
                || common.provider.as_ref().is_some_and(|id| id != found.provider())
        };
        match (found, asked) {
            (Some(found), _) if differs(found) => {
                let asked = common.scheme.as_ref().or(common.provider.as_ref());
                Err(Trouble::OtherScheme(asked.cloned().unwrap_or_default(), found.id()))
            }
            (Some(scheme), _) | (None, Some(scheme)) => Ok(scheme),
            (None, None) => Ok(&providers::kodo::UPLOAD_TOKEN),
        }
    }
}

/// The token in a request or form, as its claim says it.
fn token_of(claim: &Claim<'_>) -> String {
    let mut token = String::new();
    claim.scheme.carry(claim, &claim.signature, &mut token);
    token
}

/// What a signature says, ready to be drawn.
struct Said {
    rows: Vec<Row>,
    output: Output,
    problems: Vec<String>,
    hint: Option<Hint>,
    outcome: Outcome,
    /// Where an upload may go, for a table.
    scope: Option<String>,
    /// When it ends, for a table.
    ends: Option<Timestamp>,
}

/// A line: a label, or none if it goes on from the line before, and text.
type Row = (String, String);

fn row(label: &str, text: impl Into<String>) -> Row {
    (label.to_owned(), text.into())
}

/// A time on three lines: by UTC, in China, where we are. `utc` is the first one.
fn times(label: &str, utc: String, time: Timestamp, setting: &Setting<'_>) -> [Row; 3] {
    [row(label, utc), row("", Zoned::plus_8(time).utc()), row("", setting.words.local(&Zoned::local(time).utc()))]
}

/// The first row: the scheme, and whose it is.
fn scheme_row(scheme: &'static dyn Scheme, setting: &Setting<'_>) -> Row {
    let vendor = providers::provider(scheme.provider()).map(|provider| setting.words.language().tell(provider));
    row(setting.words.labels().claim.scheme, setting.words.remarked(scheme.id(), vendor.as_deref().unwrap_or(scheme.provider())))
}

impl Said {
    /// One line for each thing it says, then what is wrong.
    fn text(&self, setting: &Setting<'_>) -> String {
        let canvas = setting.canvas();
        let labels = setting.words.labels();
        let problems = self.problems.iter().map(|problem| row(labels.problem, problem));
        let hint = self.hint.iter().flat_map(|hint| [row(labels.hint, &hint.title), row(labels.help, hint.help)]);
        let about: Vec<Row> = problems.chain(hint).collect();
        let width = self.rows.iter().chain(&about).map(|(label, _)| label.width()).max().unwrap_or(0);
        let mut out = String::new();
        for (label, text) in &self.rows {
            out.push_str(&format!("{}  {}\n", padded(label, width), on_one_line(text)));
        }
        for (label, text) in &about {
            // These are sentences, which may be long, and nobody copies them.
            let room = canvas.width.saturating_sub(width + 2).max(20);
            for (index, line) in lines(text, room).iter().enumerate() {
                let label = padded(if index == 0 { label } else { "" }, width);
                out.push_str(&format!("{}  {line}\n", canvas.paint.strong(&label)));
            }
        }
        out
    }
}

/// A signature as JSON, schema `countersign.claim/1`. What it does not say is `null`.
#[derive(Serialize)]
struct Output {
    schema: &'static str,
    provider: Option<&'static str>,
    scheme: Option<&'static str>,
    access_key_id: Option<String>,
    signature: Option<String>,
    signed: Option<Moment>,
    expires: Option<Moment>,
    key_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_interval: Option<Interval>,
    scope: Option<Scope>,
    signed_headers: Option<Vec<String>>,
    signed_params: Option<Vec<String>>,
    payload: Option<String>,
    session_token: Option<SessionToken>,
    bucket: Option<Bucket>,
    document: Option<Document>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upload: Option<Upload>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant: Option<Grant>,
}

/// A time: as it is written, as a point in time, by other clocks, and the seconds from ours to it.
#[derive(Serialize)]
struct Moment {
    text: Option<String>,
    at: Option<String>,
    at_plus_8: Option<String>,
    at_local: Option<String>,
    seconds_from_now: Option<i64>,
}

/// The interval a key is valid for.
#[derive(Serialize)]
struct Interval {
    start: Moment,
    end: Moment,
    seconds: i64,
}

#[derive(Serialize)]
struct Scope {
    date: String,
    region: String,
    service: String,
    terminator: String,
}

/// A session token is a credential: only its length is told.
#[derive(Serialize)]
struct SessionToken {
    bytes: usize,
}

#[derive(Serialize)]
struct Bucket {
    name: String,
    addressing: Option<String>,
    origin: &'static str,
}

#[derive(Serialize)]
struct Document {
    text: String,
    /// The same without Base64, if it is text.
    decoded: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
}

/// What an upload token of Kodo allows.
#[derive(Serialize)]
struct Upload {
    scope: Option<String>,
    bucket: Option<String>,
    key: Option<String>,
    prefix: Option<String>,
    /// All fields, as they were written; `null` if the policy is not JSON.
    policy: Option<Box<RawValue>>,
    /// The life in seconds that was asked for.
    expected_life: Option<u64>,
    hint: Option<Hint>,
    problems: Vec<String>,
}

/// What is not wrong with a token, but with how it was made.
#[derive(Clone, Serialize)]
struct Hint {
    code: &'static str,
    title: String,
    help: &'static str,
}

/// What a signature of the JSON API of COS allows.
#[derive(Serialize)]
struct Grant {
    kind: Option<&'static str>,
    order: Vec<&'static str>,
    appid: Option<String>,
    bucket: Option<String>,
    secret_id: Option<String>,
    expiry: Option<String>,
    issued: Option<String>,
    random: Option<String>,
    file: Option<String>,
    life: Option<i64>,
    problems: Vec<String>,
}

impl Output {
    /// A signature that says nothing yet.
    fn of(scheme: &'static dyn Scheme) -> Self {
        Self { scheme: Some(scheme.id()), ..Self::without_scheme(Some(scheme.provider())) }
    }

    /// A text without a signature that says nothing yet.
    fn without_scheme(provider: Option<&'static str>) -> Self {
        Self {
            schema: "countersign.claim/1",
            provider,
            scheme: None,
            access_key_id: None,
            signature: None,
            signed: None,
            expires: None,
            key_time: None,
            key_interval: None,
            scope: None,
            signed_headers: None,
            signed_params: None,
            payload: None,
            session_token: None,
            bucket: None,
            document: None,
            upload: None,
            grant: None,
        }
    }
}

impl Moment {
    /// `None` when there is neither a time nor a text for one.
    fn new(time: Option<Timestamp>, text: Option<String>, now: Timestamp) -> Option<Self> {
        (time.is_some() || text.is_some()).then(|| Self {
            text,
            at: json::time(time),
            at_plus_8: time.map(|time| Zoned::plus_8(time).rfc3339()),
            at_local: time.map(|time| Zoned::local(time).rfc3339()),
            seconds_from_now: time.map(|time| time.since(now)),
        })
    }
}

impl Document {
    fn new(bytes: &[u8], decoded: Option<String>) -> Self {
        let (text, hex) = json::text_and_hex(bytes);
        Self { text, decoded, hex }
    }
}

fn owned(text: &Text<'_>) -> String {
    text.to_str().into_owned()
}

/// Whether everything is as it should be, or cannot be told.
fn outcome(problems: &[String]) -> Outcome {
    if problems.is_empty() { Outcome::Yes } else { Outcome::No }
}

/// The tokens of a list.
fn tokens(input: &Input) -> impl Iterator<Item = &[u8]> {
    token_lines(input.text())
}

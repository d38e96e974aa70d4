//! What is known of an error as JSON, schema `countersign.error/1`.

use super::{
    Asked, Lookup,
    cause::Told,
    draw::{TELLING, is_altered},
    vendor,
};
use crate::{report::json, verbs::setting::Setting};
use countersign::explain::{Language, ServerAnswer};
use countersign_errors::{By, Entry, Hit, Sentence, Trait};
use serde::Serialize;

#[derive(Serialize)]
struct Output<'o> {
    schema: &'static str,
    known: bool,
    /// How it was found.
    by: &'static str,
    /// Whether the answer itself shows that the first entry is its vendor's.
    decided: bool,
    entries: Vec<Known<'o>>,
    /// Further codes with the status that was asked for.
    same_status: Vec<Name<'o>>,
    answer: Option<Answered<'o>>,
    /// The cause that was asked for by its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Cause<'o>>,
    /// Codes of causes that come near the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest_causes: Vec<&'o str>,
}

#[derive(Serialize)]
struct Cause<'o> {
    code: &'o str,
    title: &'o str,
    how: &'o str,
    help: &'o str,
}

#[derive(Serialize)]
struct Name<'o> {
    provider: &'o str,
    vendor: &'o str,
    code: Option<&'o str>,
    ec: Option<&'o str>,
    status: Option<u16>,
    area: Option<&'o str>,
    messages: &'o [String],
    meaning: &'o str,
}

#[derive(Serialize)]
struct Known<'o> {
    #[serde(flatten)]
    name: Name<'o>,
    /// What stands in the places of the message.
    values: json::Members<'o>,
    causes: Vec<&'o str>,
    checks: Vec<&'o str>,
    related: &'o [String],
    commands: Vec<String>,
    variants: Vec<Name<'o>>,
    /// What in the answer shows this vendor.
    shown_by: Vec<String>,
}

/// What the answer itself gives away.
#[derive(Serialize)]
struct Answered<'o> {
    status: Option<u16>,
    code: Option<&'o str>,
    message: Option<&'o str>,
    ec: Option<&'o str>,
    elements: json::Members<'o>,
    string_to_sign: bool,
    canonical_request: bool,
    altered: bool,
    /// How far the request's time is behind the server's.
    skew_seconds: Option<i64>,
}

pub fn write(asked: &Asked<'_>, found: &Lookup, setting: &Setting<'_>) -> Vec<u8> {
    let language = setting.words.language();
    let values: Vec<Vec<(&str, &str)>> =
        found.hits.iter().map(|hit| hit.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()).collect();
    let entries = found.hits.iter().zip(&values).map(|(hit, values)| known(hit, values, asked, found, language)).collect();
    let telling: Vec<(&str, &str)> = asked
        .answer
        .map(|answer| TELLING.iter().filter_map(|name| Some((*name, answer.element(name)?))).collect())
        .unwrap_or_default();
    json::write(&Output {
        schema: "countersign.error/1",
        known: found.is_known(),
        by: by(found.by),
        decided: found.is_decided(),
        entries,
        same_status: found.of_status.iter().map(|entry| name(entry, language)).collect(),
        answer: asked.answer.map(|answer| answered(answer, &telling)),
        cause: None,
        nearest_causes: asked.causes.iter().map(|cause| cause.code).collect(),
    })
}

/// A cause of the catalogue, which is no vendor's code.
pub fn cause(told: &Told) -> Vec<u8> {
    json::write(&Output {
        schema: "countersign.error/1",
        known: true,
        by: "cause",
        decided: false,
        entries: Vec::new(),
        same_status: Vec::new(),
        answer: None,
        cause: Some(Cause { code: told.code, title: &told.title, how: &told.how, help: &told.help }),
        nearest_causes: Vec::new(),
    })
}

fn known<'o>(hit: &'o Hit, values: &'o [(&str, &str)], asked: &Asked<'_>, found: &Lookup, language: Language) -> Known<'o> {
    let advice = &hit.entry.advice;
    let texts = |all: &'o [Sentence]| all.iter().map(|text| text.of(language)).collect();
    let origin = found.origins.iter().find(|(id, _)| *id == hit.entry.provider);
    Known {
        name: name(hit.entry, language),
        values: json::Members(values),
        causes: texts(&advice.causes),
        checks: texts(&advice.checks),
        related: &advice.related,
        commands: hit.entry.commands.iter().map(|command| asked.command(command)).collect(),
        variants: hit.variants.iter().map(|entry| name(entry, language)).collect(),
        shown_by: origin.map(|(_, traits)| traits.iter().map(shown).collect()).unwrap_or_default(),
    }
}

fn name(entry: &Entry, language: Language) -> Name<'_> {
    Name {
        provider: entry.provider,
        vendor: vendor(entry.provider),
        code: entry.code.as_deref(),
        ec: entry.ec.as_deref(),
        status: entry.status,
        area: entry.area.as_deref().map(|area| area.of(language)),
        messages: &entry.messages,
        meaning: entry.meaning.of(language),
    }
}

fn answered<'o>(answer: &'o ServerAnswer, telling: &'o [(&str, &str)]) -> Answered<'o> {
    Answered {
        status: answer.status,
        code: answer.code.as_deref(),
        message: answer.message.as_deref(),
        ec: answer.ec.as_deref(),
        elements: json::Members(telling),
        string_to_sign: answer.string_to_sign.is_some(),
        canonical_request: answer.canonical_request.is_some(),
        altered: is_altered(answer),
        skew_seconds: answer.request_time.zip(answer.server_time).map(|(request, server)| server.since(request)),
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Code => "code",
        By::Ec => "ec",
        By::Status => "status",
        By::Message => "message",
        By::Contained => "contained",
        _ => "nearest",
    }
}

/// `header x-oss-request-id`
fn shown(own: &Trait) -> String {
    match own {
        Trait::Header(name) => format!("header {name}"),
        Trait::Host(name) => format!("host {name}"),
        Trait::Element(name) => format!("element {name}"),
        _ => String::new(),
    }
}

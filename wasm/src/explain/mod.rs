//! Everything about a request that is there: explain, decode, check, lint.
//!
//! Questions and answers are JSON, secrets are bytes: they are never part of a text that JavaScript keeps.

mod ask;
mod form;
mod said;
mod stack;
mod view;
mod words;

use ask::{Ask, Fault, Reading, lang};
use countersign::{
    Inquiry, SecretKey,
    explain::{Agreement, ServerAnswer, explain, explain_url},
    providers, transcript,
};
use countersign_capture::Thing;
use countersign_report::{Task, View, Work, redact::Mask, steps::steps};
use countersign_stacks::Stack;
use serde::Serialize;
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;

/// Explains, or with depth 0 verifies. `secrets` are those to try, each behind its length in four bytes, the lowest
/// first.
#[wasm_bindgen]
#[must_use]
pub fn explain_request(ask: &str, input: &[u8], error: &[u8], secrets: Vec<u8>) -> String {
    answer(Ask::read(ask).and_then(|ask| explained(&ask, input, error, parted(secrets))))
}

/// Decodes what a signature says of itself.
#[wasm_bindgen]
#[must_use]
pub fn decode_request(ask: &str, input: &[u8]) -> String {
    answer(Ask::read(ask).and_then(|ask| said::decoded(&ask, input)).map(|decoded| json(&decoded)))
}

/// Judges the fields of a form, or without `file` the policy alone.
#[wasm_bindgen]
#[must_use]
pub fn check_form(question: &str) -> String {
    answer(form::checked(question).map(|judged| json(&judged)))
}

/// Takes the sentences of a language, and says whether they are such.
#[wasm_bindgen]
#[must_use]
pub fn load_sentences(fields: &str) -> bool {
    words::load(fields)
}

/// Takes the lines to change, and says whether they are such.
#[wasm_bindgen]
#[must_use]
pub fn load_lines(json: &str) -> bool {
    stack::load(json)
}

/// The names of all stacks.
#[wasm_bindgen]
#[must_use]
pub fn all_stacks() -> String {
    json(&stack::names(Stack::ALL))
}

/// All schemes.
#[wasm_bindgen]
#[must_use]
pub fn all_schemes() -> String {
    #[derive(Serialize)]
    struct One {
        provider: &'static str,
        id: &'static str,
    }
    let all: Vec<_> = providers::schemes().map(|scheme| One { provider: scheme.provider(), id: scheme.id() }).collect();
    json(&all)
}

fn answer(result: Result<String, Fault>) -> String {
    result.unwrap_or_else(|fault| json(&fault))
}

fn json(value: &impl Serialize) -> String {
    // Strings, numbers and lists: nothing of it can fail to be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// The secrets, of which no other copy stays.
fn parted(joined: Vec<u8>) -> Vec<SecretKey> {
    let joined = zeroize::Zeroizing::new(joined);
    let mut rest = joined.as_slice();
    let mut all = Vec::new();
    while let Some((length, behind)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let Some((secret, behind)) = behind.split_at_checked(length) else { break };
        all.push(SecretKey::new(secret));
        rest = behind;
    }
    all
}

fn explained(ask: &Ask, input: &[u8], error: &[u8], mut secrets: Vec<SecretKey>) -> Result<String, Fault> {
    let mut reading = Reading::of(ask, input)?;
    let offered = secrets.len();
    secrets.extend(reading.secrets.drain(..).map(|candidate| candidate.secret));
    let found = reading.picked()?;
    let place = reading.place(found)?;
    let hints = reading.hints(&place);
    let subject = reading.subject(found)?;
    let given = if error.is_empty() {
        None
    } else {
        Some(ServerAnswer::parse(error).map_err(|fault| Fault::new("not-recognised", &fault.to_string()))?)
    };
    let own = found.answer.as_ref().and_then(|answer| ServerAnswer::parse(&answer.bytes).ok());
    let (mut related, mut before) = (Vec::new(), 0);
    for other in &reading.all {
        if std::ptr::eq(other, found) {
            before = related.len();
        } else {
            related.extend(reading.subject(other));
        }
    }
    let claim = reading.claim(&subject, &hints);
    // Of several requests, the answer belongs to the one whose signature it quotes.
    let is_quoted =
        |answer: &ServerAnswer| claim.as_ref().is_ok_and(|claim| answer.signature_agreement(claim) == Agreement::Agree);
    let given = given.as_ref().filter(|answer| related.is_empty() || is_quoted(answer));
    let answer = given.or(own.as_ref());

    let mut inquiry = Inquiry::new(subject.clone());
    inquiry.hints = hints;
    inquiry.among = ask.among();
    inquiry.at = Some(reading.clock(found, given));
    inquiry.secrets = &secrets;
    inquiry.answer = answer;
    inquiry.client = found.texts.as_ref();
    inquiry.related = &related;
    inquiry.before = before;
    inquiry.given_path = found.given.as_deref();
    inquiry.depth = ask.depth.min(3);
    inquiry.budget = ask.budget.unwrap_or(1_000_000);
    let unknown = reading.unknown();
    inquiry.unknown = &unknown;
    // What the server saw, its answer may tell.
    let is_of_any_verb = matches!(found.thing, Thing::Url(_)) && ask.method.is_none() && answer.is_none();
    let explained = if is_of_any_verb { explain_url(&inquiry) } else { explain(&inquiry) };
    let report = explained.map_err(|error| Fault::of(&error, ask))?;

    let language = lang(ask);
    let work = Work {
        task: if ask.depth == 0 { Task::Verify } else { Task::Explain },
        has_secret: !secrets.is_empty(),
        has_answer: answer.is_some(),
        has_client_text: found.texts.is_some(),
        at: reading.clock(found, given),
        // There is no clock here: JavaScript has one.
        elapsed: Duration::ZERO,
        interrupted: false,
    };
    let right = report.secret.filter(|right| *right < offered);
    let mut view = View::of_report(report, language, work);
    let claim = claim.ok();
    let stacks = stack::Stacks::of(ask, &subject, &mut view, language)?;
    if ask.redact {
        let beside = [&ask.bucket, &ask.endpoint, &ask.host].map(|option| option.as_deref());
        let beside: Vec<_> = beside.into_iter().flatten().collect();
        // The commands would show what the texts hide.
        Mask::of(&inquiry, claim.as_ref(), &beside).hide(&mut view, language);
    } else if let Some(claim) = &claim
        && view.verb().is_none()
        && let Ok(transcript) = transcript(&subject, claim)
    {
        view.steps = steps(&subject, claim, &transcript, view.expected.as_deref());
    }
    view.cover(&secrets);
    Ok(json(&view::Explanation::of(&view, &reading, stacks, right, language)))
}

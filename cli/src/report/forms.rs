//! The reports of `policy check`, as text and as JSON (schema `countersign.policy/1`), and of `callback`.

use super::{
    json,
    text::{Canvas, Page},
    visible::on_one_line,
    wrap::{elided, padded},
};
use crate::{
    text::{Ruling, SignatureState, Upload},
    verbs::ShownLint,
};
use countersign::{
    Timestamp, VendorAnswer,
    providers::oss::callback::{CallbackFault, Problem, Weight},
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use unicode_width::UnicodeWidthStr;

/// What became of a form, or of a policy alone.
#[derive(Serialize)]
pub struct Checked {
    schema: &'static str,
    pub verdict: Verdict,
    pub provider: &'static str,
    pub scheme: Option<&'static str>,
    pub access_key_id: Option<String>,
    pub bucket: Option<String>,
    #[serde(serialize_with = "word")]
    pub signature: Option<SignatureState>,
    #[serde(serialize_with = "time")]
    pub policy_expires_at: Option<Timestamp>,
    pub file: Option<File>,
    /// Why it would be refused, in the server's order.
    pub refusals: Vec<Fault>,
    /// What decides and is not known.
    pub open: Vec<String>,
    pub lints: Vec<ShownLint>,
    /// The clock it was judged by.
    #[serde(skip)]
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Accepted,
    Refused,
    Undecided,
}

#[derive(Serialize)]
pub struct File {
    pub name: Option<String>,
    pub size: u64,
    #[serde(rename = "type")]
    pub content_type: Option<String>,
    /// Whether the size is only one that the policy allows.
    #[serde(skip)]
    pub is_assumed: bool,
}

/// One reason to refuse a form.
#[derive(Serialize)]
pub struct Fault {
    pub code: &'static str,
    pub title: String,
    pub help: Option<String>,
    pub field: Option<String>,
    pub condition: Option<String>,
    pub sent: Option<String>,
    /// Where the condition stands in the policy, in bytes; of what cannot be read, where the fault is.
    pub at: Option<usize>,
    /// Whether it is a limit of ours, and what a server says is not known.
    #[serde(skip)]
    pub is_own_limit: bool,
    #[serde(serialize_with = "answer")]
    pub answer: VendorAnswer,
}

impl Fault {
    pub fn new(code: &'static str, title: String, help: Option<String>) -> Self {
        let answer = VendorAnswer::default();
        Self { code, title, help, field: None, condition: None, sent: None, at: None, is_own_limit: false, answer }
    }
}

impl Checked {
    pub fn of(provider: &'static str, at: Timestamp) -> Self {
        Self {
            schema: "countersign.policy/1",
            verdict: Verdict::Undecided,
            provider,
            scheme: None,
            access_key_id: None,
            bucket: None,
            signature: None,
            policy_expires_at: None,
            file: None,
            refusals: Vec::new(),
            open: Vec::new(),
            lints: Vec::new(),
            at,
        }
    }
}

fn word<S: Serializer>(state: &Option<SignatureState>, writer: S) -> Result<S::Ok, S::Error> {
    state.map(SignatureState::as_str).serialize(writer)
}

fn time<S: Serializer>(at: &Option<Timestamp>, writer: S) -> Result<S::Ok, S::Error> {
    json::time(*at).serialize(writer)
}

/// The answer of a vendor's server. What is published nowhere is `null`.
pub fn answer<S: Serializer>(answer: &VendorAnswer, writer: S) -> Result<S::Ok, S::Error> {
    let mut map = writer.serialize_map(None)?;
    map.serialize_entry("status", &answer.status)?;
    map.serialize_entry("code", &answer.code)?;
    map.serialize_entry("message", &answer.message)?;
    map.serialize_entry("ec", &answer.ec)?;
    map.serialize_entry("elements", &answer.elements)?;
    map.end()
}

/// `403 AccessDenied (0006-00000227)`, the message, and further elements; empty when nothing is published.
pub fn answer_lines(answer: &VendorAnswer) -> Vec<String> {
    let status = answer.status.map(|status| status.to_string());
    let number = answer.ec.map(|ec| format!("({ec})"));
    let first: Vec<_> = status.into_iter().chain(answer.code.map(str::to_owned)).chain(number).collect();
    let elements = answer.elements.iter().map(|(name, value)| format!("{name}: {value}"));
    let first = Some(first.join(" ")).filter(|first| !first.is_empty());
    let lines = match (first, &answer.message) {
        // What has no code is short.
        (Some(first), Some(message)) if answer.code.is_none() => vec![format!("{first}: {message}")],
        (first, message) => first.into_iter().chain(message.clone()).collect(),
    };
    lines.into_iter().chain(elements).collect()
}

/// Draws the report.
pub fn text(checked: &Checked, canvas: Canvas<'_>) -> String {
    let mut page = Page::new(canvas);
    head(checked, &mut page);
    for (index, fault) in checked.refusals.iter().enumerate() {
        draw_fault(fault, index > 0, &mut page);
    }
    if !checked.open.is_empty() {
        page.gap();
        for open in &checked.open {
            page.advice(canvas.words.form_labels().open, open);
        }
    }
    for lint in &checked.lints {
        page.gap();
        page.line(&format!("{}  {}", canvas.paint.strong(lint.code), canvas.words.form_labels().lint));
        page.labelled("", "", 0, &lint.why);
        page.advice(canvas.words.labels().help, &lint.help);
    }
    foot(checked, &mut page);
    page.out
}

fn head(checked: &Checked, page: &mut Page<'_>) {
    let Canvas { words, paint, .. } = page.canvas;
    let labels = words.form_labels();
    let state = checked.signature;
    let ruling = match (checked.verdict, checked.refusals.first(), state) {
        (_, Some(first), _) => Ruling::Refused(&first.title),
        (_, None, None) => Ruling::PolicyAlone(checked.lints.len()),
        (Verdict::Accepted, None, Some(state)) => Ruling::Accepted(state),
        (_, None, Some(state)) => Ruling::Undecided(state),
    };
    let (verdict, painted) = match checked.verdict {
        Verdict::Accepted if state.is_none() && checked.lints.is_empty() => (labels.fine, paint.good(labels.fine)),
        Verdict::Accepted if state.is_none() => (labels.readable, paint.doubtful(labels.readable)),
        Verdict::Accepted => (labels.accepted, paint.good(labels.accepted)),
        Verdict::Refused => (labels.refused, paint.bad(labels.refused)),
        Verdict::Undecided => (words.labels().undecided, paint.doubtful(words.labels().undecided)),
    };
    page.verdict(verdict, &painted, "", &words.ruling(&ruling));
}

fn draw_fault(fault: &Fault, titled: bool, page: &mut Page<'_>) {
    let Canvas { words, paint, .. } = page.canvas;
    let labels = words.form_labels();
    page.gap();
    page.line(&paint.strong(fault.code));
    // The first line of the report has said the first one.
    if titled {
        page.labelled("", "", 0, &fault.title);
    }
    let answer = match answer_lines(&fault.answer) {
        _ if fault.is_own_limit => Vec::new(),
        lines if lines.is_empty() => vec![words.unpublished().to_owned()],
        lines => lines,
    };
    // What is wrong with a document says itself where.
    let place = fault.at.filter(|_| fault.condition.is_some()).map(|at| words.offset(at));
    let mut rows: Vec<(&str, String)> = Vec::new();
    let mut row = |label, text: Option<String>| rows.extend(text.map(|text| (label, text)));
    row(labels.condition, fault.condition.clone());
    row(labels.field, fault.field.clone());
    row(labels.sent, fault.sent.clone());
    row(labels.place, place);
    rows.extend(beside(labels.answer, answer));
    draw_rows(&rows, page);
    help(fault.help.as_deref(), page);
}

/// What to do, if anything is to be done.
fn help(text: Option<&str>, page: &mut Page<'_>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        page.gap();
        page.advice(page.canvas.words.labels().help, text);
    }
}

/// Labels with texts of others beside them, which stay on one line: people search for them.
fn draw_rows(rows: &[(&str, String)], page: &mut Page<'_>) {
    let width = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
    for (label, text) in rows {
        page.line(&format!("  {}  {}", padded(label, width), on_one_line(text)));
    }
}

/// Lines under one label.
fn beside(label: &str, lines: Vec<String>) -> Vec<(&str, String)> {
    lines.into_iter().enumerate().map(|(at, line)| (if at == 0 { label } else { "" }, line)).collect()
}

/// What is known of the signature, then scheme, id, bucket, file and end of the policy.
fn foot(checked: &Checked, page: &mut Page<'_>) {
    let Canvas { words, paint, .. } = page.canvas;
    let labels = words.form_labels();
    let is_said = |state: &SignatureState| match (checked.verdict, state) {
        (Verdict::Accepted, SignatureState::Right) | (Verdict::Undecided, SignatureState::Missing) => true,
        _ => checked.refusals.iter().any(|fault| fault.code == "signature-wrong"),
    };
    if let Some(state) = checked.signature.filter(|state| !is_said(state)) {
        page.gap();
        page.advice(words.labels().note, words.signature(state));
    }
    let mut items = vec![checked.scheme.unwrap_or(checked.provider).to_owned()];
    items.extend(checked.access_key_id.as_ref().map(|id| format!("{} {}", words.labels().id, elided(&on_one_line(id), 24))));
    items.extend(checked.bucket.as_ref().map(|bucket| format!("{} {}", labels.bucket, on_one_line(bucket))));
    items.extend(checked.file.as_ref().filter(|file| !file.is_assumed).map(|file| {
        let facts = words.file(file.name.as_deref(), file.size, file.content_type.as_deref());
        format!("{} {}", labels.file, on_one_line(&facts))
    }));
    items.extend(checked.policy_expires_at.map(|time| words.policy_ends(time, checked.at)));
    page.gap();
    for line in page.joined(&items) {
        page.line(&paint.faint(&line));
    }
}

/// The report as JSON.
pub fn json(checked: &Checked) -> Vec<u8> {
    json::write(checked)
}

/// What is wrong with the parameters of a callback, the worst first.
pub fn callback_problems(problems: &[Problem], canvas: Canvas<'_>) -> String {
    let Canvas { words, paint, .. } = canvas;
    let labels = words.form_labels();
    let mut page = Page::new(canvas);
    let sentences: Vec<_> = problems.iter().map(|problem| words.language().tell(problem)).collect();
    let worst = problems.first().map_or(Weight::Advice, Problem::weight);
    let verdict = if worst == Weight::Refused { labels.refused } else { labels.failed };
    let first = sentences.first().map(String::as_str).unwrap_or_default();
    page.verdict(verdict, &paint.bad(verdict), "", &words.callback_refused(worst, first));
    for (index, (problem, sentence)) in problems.iter().zip(&sentences).enumerate() {
        let answer = problem.outcome().map(|answer| answer_lines(&answer)).unwrap_or_default();
        if index > 0 {
            page.gap();
            page.labelled("", "", 0, sentence);
        }
        if index == 0 && !answer.is_empty() {
            page.gap();
        }
        draw_rows(&beside(labels.answer, answer), &mut page);
    }
    page.out
}

/// A callback of OSS, as it is drawn.
pub struct ShownCallback<'s> {
    pub code: Option<&'s str>,
    pub help: Option<&'s str>,
    pub is_undecided: bool,
    pub scheme: &'static str,
    pub key: Option<String>,
    pub target: String,
    pub reading: Option<&'s str>,
    pub warning: Option<String>,
}

/// Draws whether a callback comes from OSS.
pub fn callback(shown: &ShownCallback<'_>, fault: Option<&CallbackFault>, canvas: Canvas<'_>) -> String {
    let Canvas { words, paint, .. } = canvas;
    let (labels, own) = (words.labels(), words.form_labels());
    let (label, painted) = match fault {
        None => (labels.matches, paint.good(labels.matches)),
        Some(_) if shown.is_undecided => (labels.undecided, paint.doubtful(labels.undecided)),
        Some(CallbackFault::Signature(_)) => (labels.differs, paint.bad(labels.differs)),
        Some(_) => (own.not_genuine, paint.bad(own.not_genuine)),
    };
    let mut page = Page::new(canvas);
    let said = fault.map_or_else(|| words.callback_right().to_owned(), |fault| words.language().tell(fault));
    page.verdict(label, &painted, "", &said);
    page.gap();
    if let Some(code) = shown.code {
        page.line(&paint.strong(code));
    }
    let rows = [(own.key, shown.key.as_deref()), (own.target, Some(&*shown.target)), ("", shown.reading)];
    let rows: Vec<_> = rows.into_iter().filter_map(|(label, text)| Some((label, text?.to_owned()))).collect();
    draw_rows(&rows, &mut page);
    help(shown.help, &mut page);
    if let Some(warning) = &shown.warning {
        page.gap();
        page.advice(labels.note, warning);
    }
    page.gap();
    page.line(&paint.faint(shown.scheme));
    page.out
}

/// Draws what the service makes of an answer.
pub fn callback_answer(faults: &[Fault], upload: Upload, canvas: Canvas<'_>) -> String {
    let Canvas { words, paint, .. } = canvas;
    let labels = words.form_labels();
    let mut page = Page::new(canvas);
    let (verdict, painted) = match faults {
        [] => (labels.fine, paint.good(labels.fine)),
        _ => (labels.failed, paint.bad(labels.failed)),
    };
    page.verdict(verdict, &painted, "", &words.answer_ruling(faults.len(), upload));
    for fault in faults {
        page.gap();
        page.line(&paint.strong(fault.code));
        page.labelled("", "", 0, &fault.title);
        let told = match (&fault.sent, answer_lines(&fault.answer)) {
            (Some(said), _) => vec![said.clone()],
            (None, lines) if lines.is_empty() => vec![words.unpublished().to_owned()],
            (None, lines) => lines,
        };
        draw_rows(&beside(labels.uploader, told), &mut page);
        help(fault.help.as_deref(), &mut page);
    }
    page.out
}

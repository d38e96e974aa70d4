//! A report as JavaScript gets it: what a page draws, as data.

use super::{ask::Reading, stack::Stacks, words};
use countersign::{
    Hints, Role, Written,
    explain::{Language, Verdict},
    providers,
};
use countersign_capture::{Found, Note, Thing};
use countersign_report::{
    Place, View, json,
    pairs::{Order, Pair, pairs, parting, parts},
    visible::{self, BLANK, Blanks, Glyph, LINE_END, NOTHING},
};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation<'v> {
    report: json::Report<'v>,
    headline: Headline,
    tables: Vec<Table>,
    requests: Vec<Captured>,
    picked: usize,
    notes: Vec<&'static str>,
    stacks: Stacks,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<usize>,
    redacted: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Headline {
    verdict: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    matter: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certainty: Option<&'static str>,
    /// Where the signed texts differ.
    places: Vec<Where>,
    /// Whether they differ in their order alone.
    is_order: bool,
    /// Whether nothing is proved.
    is_open: bool,
}

#[derive(Serialize)]
struct Where {
    role: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Table {
    document: &'static str,
    is_pair: bool,
    rows: Vec<Row>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parting: Option<Parting>,
    legend: Vec<Sign>,
}

#[derive(Serialize)]
struct Row {
    line: Option<usize>,
    role: &'static str,
    same: bool,
    signed: Option<Vec<Segment>>,
    right: Option<Vec<Segment>>,
}

#[derive(Serialize)]
struct Segment {
    text: String,
    differs: bool,
}

#[derive(Serialize)]
struct Parting {
    offset: usize,
    signed: Option<String>,
    right: Option<String>,
}

#[derive(Serialize)]
struct Sign {
    sign: String,
    name: String,
}

/// One thing of the input.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Captured {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
    has_answer: bool,
}

pub fn kind(thing: &Thing) -> &'static str {
    match thing {
        Thing::Request(_) => "request",
        Thing::Url(_) => "url",
        Thing::Header(_) => "header",
        Thing::Token(_) => "token",
        Thing::Form(_) => "form",
        _ => "answer",
    }
}

impl<'v> Explanation<'v> {
    pub fn of(view: &'v View, reading: &Reading<'_>, stacks: Stacks, secret: Option<usize>, language: Language) -> Self {
        let best = view.findings.first();
        let report = json::Report::of(view, &|what| words::step(what, language));
        let (places, order) = view.differences();
        let places = places.into_iter().map(|place| match place {
            Place::Part(role, name) => {
                Where { role: role.as_str(), name: if view.redacted { String::new() } else { name }, line: None }
            }
            Place::Line(line) => Where { role: "", name: String::new(), line: Some(line) },
        });
        Self {
            report,
            headline: Headline {
                verdict: view.verdict.as_str(),
                title: best.filter(|_| view.verdict != Verdict::Valid).map(|best| best.title.clone()).unwrap_or_default(),
                matter: best.map(|best| best.matter.as_str()),
                certainty: best.map(|best| best.certainty.as_str()),
                places: places.collect(),
                is_order: order == Order::Other,
                is_open: view.is_open(),
            },
            tables: view.documents.iter().map(|right| table(view.signed_beside(right), right, view.redacted)).collect(),
            requests: reading.all.iter().map(|found| captured(found, reading, view.redacted)).collect(),
            picked: reading.pick(),
            notes: reading.notes.iter().map(Note::code).chain(view.verb().map(|_| "verb-assumed")).collect(),
            stacks,
            secret,
            redacted: view.redacted,
        }
    }
}

/// One thing of the input, in short. What is private in a URL is not hidden there, so that it is left out.
fn captured(found: &Found, reading: &Reading<'_>, is_redacted: bool) -> Captured {
    let request = reading.request(found).ok().filter(|_| matches!(found.thing, Thing::Request(_) | Thing::Url(_)));
    let subject = reading.subject(found).ok();
    let claim = subject.as_ref().and_then(|subject| providers::read(subject, &Hints::NONE, reading.ask.among()).ok().flatten());
    let url = |request: &countersign::Request<'_>| {
        let host = request.host().unwrap_or_default();
        String::from_utf8_lossy(&[&host, request.path()].concat()).into_owned()
    };
    Captured {
        kind: kind(&found.thing),
        method: request.as_ref().map(|request| request.method().to_owned()),
        url: request.as_ref().filter(|_| !is_redacted).map(url),
        provider: claim.as_ref().map(|claim| claim.scheme.provider()),
        scheme: claim.as_ref().map(|claim| claim.scheme.id()),
        has_answer: found.answer.is_some(),
    }
}

fn table(signed: Option<&Written>, right: &Written, is_redacted: bool) -> Table {
    let signed = signed.filter(|signed| signed.text != right.text);
    let all = match signed {
        Some(signed) => pairs(signed, right),
        None => parts(right).into_iter().map(|piece| Pair { signed: Some(piece), right: Some(piece) }).collect(),
    };
    let (mut rows, mut shown, mut last_line) = (Vec::new(), String::new(), 0);
    for pair in all {
        let Some(piece) = pair.piece() else { continue };
        // A line end is shown where one side lacks it.
        if piece.role == Some(Role::LineEnd) && pair.is_same() {
            continue;
        }
        let line = pair.right.map(|piece| piece.line).filter(|line| *line != last_line);
        last_line = line.unwrap_or(last_line);
        let same = pair.is_same();
        let blanks = if same { Blanks::Doubtful } else { Blanks::All };
        let mut own = pair.signed.map(|piece| visible::glyphs(piece.bytes, blanks));
        let mut other = pair.right.map(|piece| visible::glyphs(piece.bytes, blanks));
        if !same {
            visible::mark(own.as_deref_mut().unwrap_or_default(), other.as_deref_mut().unwrap_or_default());
        }
        let mut segments = |glyphs: Option<Vec<Glyph>>| glyphs.map(|glyphs| segments(&glyphs, &mut shown));
        rows.push(Row {
            line,
            role: piece.role.map_or("", Role::as_str),
            same,
            signed: if signed.is_some() { segments(own) } else { None },
            right: segments(other),
        });
    }
    // Where letters are hidden, texts part somewhere else.
    let parting = signed.filter(|_| !is_redacted).and_then(|signed| parting(signed, right));
    Table {
        document: right.document.as_str(),
        is_pair: signed.is_some(),
        rows,
        parting: parting.map(|(offset, signed, right)| Parting { offset, signed, right }),
        legend: legend(&shown),
    }
}

fn segments(glyphs: &[Glyph], shown: &mut String) -> Vec<Segment> {
    if glyphs.is_empty() {
        shown.push_str(NOTHING);
    }
    let runs = glyphs.chunk_by(|a, b| a.differs == b.differs);
    let segment = |run: &[Glyph]| {
        let text: String = run.iter().map(|glyph| glyph.shown.as_str()).collect();
        shown.push_str(&text);
        Segment { text, differs: run.first().is_some_and(|glyph| glyph.differs) }
    };
    runs.map(segment).collect()
}

fn legend(shown: &str) -> Vec<Sign> {
    let signs = [(BLANK, "blank"), (LINE_END, "line-end"), (NOTHING, "nothing")];
    let signs = signs.iter().filter(|(sign, _)| shown.contains(sign));
    let signs = signs.map(|(sign, name)| Sign { sign: (*sign).to_owned(), name: (*name).to_owned() });
    let escapes = visible::legend(shown).into_iter().filter_map(|entry| {
        let (number, name) = entry.split_once(' ')?;
        Some(Sign { sign: format!("<{number}>"), name: name.to_owned() })
    });
    signs.chain(escapes).collect()
}

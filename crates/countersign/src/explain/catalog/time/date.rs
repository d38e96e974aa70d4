//! The date of signing: its zone, its language, its form, and whether it is the one that was sent.

use super::{
    names::LOCALISED,
    spelling::{self, Pieces, ZONES, numeric_zone, offsets},
    with_value,
};
use crate::{
    explain::{
        At,
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
    },
    pen::Role,
    time::Timestamp,
};
use alloc::{borrow::Cow, format, string::String, vec::Vec};

/// How far from GMT zones are, in minutes.
const FURTHEST: core::ops::RangeInclusive<i64> = -12 * 60..=14 * 60;

/// What a request says of its date, in schemes that have one.
struct Dated<'a> {
    /// The date as sent; `None` when there is none.
    text: Option<Cow<'a, str>>,
    /// What it may mean.
    instants: Vec<Timestamp>,
    /// The places in the signed text that hold it, in the groups that a mistake may change.
    groups: Vec<Vec<At>>,
    /// Whether the form is `20180521T195540Z`.
    is_basic: bool,
}

fn dated<'a>(context: &Context<'a>) -> Option<Dated<'a>> {
    let is_basic = context.is_v4();
    let line = if is_basic { context.first(Role::Time)? } else { context.first(Role::Date).filter(|_| !context.in_url())? };
    let text = context.claim.time_text.as_ref().map(|text| text.to_str());
    let instants = match (context.claim.signed_at, text.as_deref().and_then(spelling::read)) {
        (Some(at), _) => [at].into(),
        (None, Some(read)) => offsets(read.zone).into_iter().map(|minutes| read.at.plus(-minutes * 60)).collect(),
        (None, None) => Vec::new(),
    };
    let is_here = |at: &At| text.as_deref().is_some_and(|text| value(context, *at) == text.as_bytes());
    let is_date = |at: &At| context.part(*at).is_some_and(|part| part.name.to_ascii_lowercase().ends_with(b"date"));
    let copies = context.parts(Role::Header).chain(context.parts(Role::Query)).filter(is_date).filter(is_here);
    let all: Vec<At> = core::iter::once(line).filter(is_here).chain(copies).collect();
    let mut groups: Vec<Vec<At>> = Vec::new();
    if all.len() > 1 && all.first() == Some(&line) {
        groups.push([line].into());
    }
    groups.push(all);
    groups.retain(|group| !group.is_empty());
    Some(Dated { text, instants, groups, is_basic })
}

/// What stands behind the name of a header or parameter, or the whole line.
fn value<'a>(context: &Context<'a>, at: At) -> &'a [u8] {
    match context.part(at).map(|part| part.role) {
        Some(Role::Header) => context.header_value(at),
        Some(Role::Query) => crate::wire::split_once(context.bytes(at), b'=').1.unwrap_or_default(),
        _ => context.bytes(at),
    }
}

impl Dated<'_> {
    /// Another date in every group of places.
    fn with_date(&self, context: &Context<'_>, text: &str) -> impl Iterator<Item = Edit> {
        self.groups
            .iter()
            .map(move |group| group.iter().fold(Edit::new(), |edit, at| with_value(context, edit, *at, text.as_bytes())))
    }

    /// Tries a date.
    fn try_date(&self, context: &Context<'_>, edits: &mut Edits<'_>, text: &str, side: &str, fact: (&'static str, &str)) {
        for edit in self.with_date(context, text) {
            edits.push(edit.alone().fact("side", side).fact("form", self.form()).fact(fact.0, fact.1));
        }
    }

    /// Tries a date that was signed in a wrong spelling.
    fn signed(&self, context: &Context<'_>, edits: &mut Edits<'_>, text: &str, fact: (&'static str, &str)) {
        self.try_date(context, edits, text, "signed", fact);
    }

    /// Tries the right spelling: it was signed, and what was sent is wrong.
    fn sent(&self, context: &Context<'_>, edits: &mut Edits<'_>, fact: (&'static str, &str)) {
        for at in &self.instants {
            let right = if self.is_basic { at.iso_basic() } else { at.http_date() };
            self.try_date(context, edits, &right.to_str(), "sent", fact);
        }
    }

    /// An example of the right form: this very date, if it can be read.
    fn form(&self) -> String {
        let at = self.instants.first().copied().unwrap_or(Timestamp::from_unix(1_780_387_200));
        if self.is_basic { at.iso_basic().to_str().into() } else { at.http_date().to_str().into() }
    }
}

/// What is wrong with a date that can be seen.
enum Fault {
    Zone(String),
    Language(&'static str),
    Form(String),
}

fn faults(dated: &Dated<'_>) -> Vec<Fault> {
    let Some(text) = dated.text.as_deref() else { return [Fault::Form("there is none".into())].into() };
    if dated.is_basic {
        return basic_fault(text).into_iter().collect();
    }
    if Timestamp::from_http_date(text.as_bytes()).is_some() {
        return Vec::new();
    }
    let Some(read) = spelling::read(text) else {
        return [if text.is_ascii() { Fault::Form(format!("`{text}`")) } else { Fault::Language("another language") }].into();
    };
    let mut faults: Vec<Fault> = read.language.map(Fault::Language).into_iter().collect();
    if offsets(read.zone) != [0] {
        faults.push(Fault::Zone(if read.zone.is_empty() { "no zone".into() } else { format!("the zone `{}`", read.zone) }));
    }
    if faults.is_empty() {
        faults.push(Fault::Form(format!("`{text}`")));
    }
    faults
}

/// What is wrong with `20180521T195540Z`.
fn basic_fault(text: &str) -> Option<Fault> {
    if Timestamp::from_iso_basic(text.as_bytes()).is_some() {
        return None;
    }
    let zone = text.get(15..).filter(|zone| !zone.is_empty());
    let as_utc = text.get(..15).map(|front| format!("{front}Z"));
    match (zone, as_utc.and_then(|utc| Timestamp::from_iso_basic(utc.as_bytes()))) {
        (Some(zone), Some(_)) => Some(Fault::Zone(format!("the zone `{zone}`"))),
        _ => Some(Fault::Form(format!("`{text}`"))),
    }
}

/// Servers want GMT. Amazon's documents write `+0000`, so that a numeric zone is not taken for refused there.
pub(super) fn zone(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(dated) = dated(context) else { return };
    for fault in faults(&dated) {
        if let Fault::Zone(what) = fault {
            let tolerated = context.scheme_is("s3-v2") && what.contains(['+', '-']);
            let note = Note::seen().fact("side", "sent").fact("what", what).fact("form", dated.form());
            notes.push(if tolerated { note } else { note.refused() });
        }
    }
}

pub(super) fn localised(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(dated) = dated(context) else { return };
    for fault in faults(&dated) {
        if let Fault::Language(language) = fault {
            notes.push(Note::seen().refused().fact("side", "sent").fact("language", language).fact("form", dated.form()));
        }
    }
}

/// How servers say that they cannot read a date.
static UNREADABLE: [&str; 3] = ["valid Date", "MissingDateHeader", "InvalidDateFormat"];

pub(super) fn format(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(dated) = dated(context) else { return };
    let answer = context.answer().map(|answer| [&answer.code, &answer.message].map(|text| text.as_deref().unwrap_or_default()));
    let said = answer.is_some_and(|texts| texts.iter().any(|text| UNREADABLE.iter().any(|words| text.contains(words))));
    let found = faults(&dated).into_iter().find_map(|fault| match fault {
        Fault::Form(what) => Some(what),
        _ => None,
    });
    if let Some(what) = found {
        let note = if said { Note::server() } else { Note::seen() };
        notes.push(note.refused().fact("side", "sent").fact("what", what).fact("form", dated.form()));
    }
}

pub(super) fn zone_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(dated) = dated(context) else { return };
    if !faults(&dated).is_empty() {
        let other = faults(&dated).into_iter().find_map(|fault| match fault {
            Fault::Zone(what) => Some(what),
            _ => None,
        });
        if let Some(what) = other {
            dated.sent(context, edits, ("what", &what));
        }
        return;
    }
    let Some(at) = dated.instants.first().copied() else { return };
    for minutes in FURTHEST.step_by(30) {
        let local = at.plus(minutes * 60);
        let zone = numeric_zone(minutes);
        let what =
            if minutes == 0 { "its zone is not written as servers want it".into() } else { format!("it is local time, {zone}") };
        let mut signed = |text: &str| dated.signed(context, edits, text, ("what", &what));
        if dated.is_basic {
            let local = local.iso_basic();
            let local = local.to_str();
            let bare = local.trim_end_matches('Z');
            signed(&local);
            if minutes == 0 {
                ["", "UTC", "GMT", "+00"].iter().for_each(|zone| signed(&format!("{bare}{zone}")));
            } else if minutes % 60 == 0 {
                signed(&format!("{bare}{}", zone.get(..3).unwrap_or_default()));
            }
            continue;
        }
        let local = local.http_date();
        let bare = local.to_str();
        let bare = bare.trim_end_matches(" GMT");
        let names = ZONES.iter().filter(|(_, own)| *own == minutes).map(|(name, _)| *name);
        for suffix in ["GMT", "UTC", &zone].into_iter().chain(names) {
            signed(&format!("{bare} {suffix}"));
        }
        signed(bare);
    }
    if !dated.is_basic {
        let gmt = at.http_date();
        let gmt = gmt.to_str();
        for (name, _) in ZONES.iter().skip(1) {
            let what = format!("it is GMT under the name `{name}`");
            dated.signed(context, edits, &gmt.replace("GMT", name), ("what", &what));
        }
    }
}

pub(super) fn localised_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(dated) = dated(context).filter(|dated| !dated.is_basic) else { return };
    for at in &dated.instants {
        let pieces = Pieces::of(*at);
        for names in &LOCALISED {
            dated.signed(context, edits, &format!("{} GMT", pieces.with(names)), ("language", names.language));
        }
    }
    if let Some(language) = dated.text.as_deref().and_then(spelling::read).and_then(|read| read.language) {
        dated.sent(context, edits, ("language", language));
    }
}

pub(super) fn format_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(dated) = dated(context) else { return };
    for fault in faults(&dated) {
        if let Fault::Form(what) = fault {
            dated.sent(context, edits, ("what", &what));
        }
    }
    for at in &dated.instants {
        let right = at.http_date();
        let extended = format!("{at}");
        let bare = extended.trim_end_matches('Z');
        for text in [extended.clone(), format!("{bare}.000Z"), bare.into()] {
            dated.signed(context, edits, &text, ("what", "the extended form of ISO 8601"));
        }
        if dated.is_basic {
            dated.signed(context, edits, &at.date().to_str(), ("what", "the day alone"));
            continue;
        }
        for (text, what) in Pieces::of(*at).other_forms() {
            if *text != *right.to_str() {
                dated.signed(context, edits, &text, ("what", what));
            }
        }
    }
}

/// How many seconds two calls of a clock may lie apart.
const APART: i64 = 120;
/// How many they usually do.
const NEAR: i64 = 5;
/// Where the time of day ends in `Mon, 21 May 2018 19:55:40 GMT`.
const CLOCK_END: usize = 25;

pub(super) fn other_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    // What is told more exactly comes first: of equal texts the first is told.
    place_edits(context, edits);
    later_edits(context, edits);
}

/// The date of another header, in another place, or in the form of another place.
fn place_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(dated) = dated(context) else { return };
    if dated.is_basic {
        for at in &dated.instants {
            dated.signed(context, edits, &at.http_date().to_str(), ("what", "the form of the `Date` header was signed"));
        }
        return;
    }
    let Some(line) = context.first(Role::Date) else { return };
    let Some(request) = context.request() else { return };
    let set = |value: &[u8], what: &str| Edit::new().set(line, value).fact("what", what);
    if !context.bytes(line).is_empty() {
        edits.push(set(b"", "the date line was left empty"));
    }
    for at in &dated.instants {
        edits.push(set(&at.iso_basic(), "the form `20060102T150405Z` was signed").alone());
    }
    let is_date = |name: &str| name.eq_ignore_ascii_case("date") || OWN_DATES.iter().any(|own| name.eq_ignore_ascii_case(own));
    for field in request.headers().filter(|field| is_date(field.name)) {
        let name = field.name.to_ascii_lowercase();
        let value = field.trimmed();
        if value != context.bytes(line) {
            edits.push(set(value, &format!("the value of `{name}` stood in the date line")));
        }
        for own in OWN_DATES.iter().filter_map(|own| context.header(own)) {
            let what = format!("the value of `{name}` stood in the date line, and `{}` was left out", context.name(own));
            edits.push(set(value, &what).cut(own));
        }
    }
    // Signed in the vendor's own header, sent in the common one.
    let own = OWN_DATES.iter().find(|own| **own == own_date(context)).filter(|own| context.header(own).is_none());
    if let (Some(own), Some(text)) = (own, dated.text.as_deref()) {
        for in_line in [&b""[..], text.as_bytes()] {
            let edit = set(in_line, &format!("`{own}` was signed and not sent"));
            if let Some(edit) = context.with_header(edit, own, text.as_bytes()) {
                edits.push(edit);
            }
        }
    }
}

/// The vendors' own date headers.
static OWN_DATES: [&str; 3] = ["x-amz-date", "x-oss-date", "x-kss-date"];

fn own_date(context: &Context<'_>) -> &'static str {
    match context.claim.scheme.provider() {
        "oss" => "x-oss-date",
        "ks3" => "x-kss-date",
        _ => "x-amz-date",
    }
}

/// The clock was read twice, and a second had passed; or the expiry was computed twice.
fn later_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let mut moved = |by: i64, edit: Edit| {
        let edit = edit.fact("what", format!("it is {} {}", super::span(by), if by > 0 { "later" } else { "earlier" }));
        edits.push(if by.abs() <= NEAR { edit.alone() } else { edit.unpaired() });
    };
    let seconds = (1..=APART).flat_map(|seconds| [seconds, -seconds]);
    if let Some(line) = context.first(Role::Date).filter(|_| context.in_url()) {
        let Some(end) = crate::time::seconds(context.bytes(line)) else { return };
        seconds.for_each(|by| moved(by, Edit::new().set(line, format!("{}", end.saturating_add(by)))));
        return;
    }
    let Some(dated) = dated(context) else { return };
    let (Some(at), Some(text)) = (context.claim.signed_at, dated.text.as_deref()) else { return };
    for by in seconds {
        let spelled = if dated.is_basic { at.plus(by).iso_basic() } else { at.plus(by).http_date() };
        let mut spelled = spelled.to_str().into_owned();
        if !dated.is_basic {
            // What stands behind the clock stays: `GMT` or `+0000`.
            spelled.truncate(CLOCK_END);
            spelled.push_str(text.get(CLOCK_END..).unwrap_or_default());
        }
        dated.with_date(context, &spelled).for_each(|edit| moved(by, edit));
    }
}

//! The date of signing: its zone, its language, its form, and whether it is the one that was sent.

use super::{
    names::{LOCALISED, Names, SPOKEN, zones_of},
    spelling::{self, Pieces, ZONES, numeric_zone, offsets},
    with_value,
};
use crate::{
    explain::{
        At,
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::put_in,
    },
    pen::Role,
    phrase::{Facts, Phrase, Told, Value, phrase},
    providers,
    terms::Claim,
    time::Timestamp,
};
use alloc::{borrow::Cow, format, rc::Rc, string::String, vec::Vec};

/// Which of two dates is the wrong one.
#[derive(Clone, Copy)]
enum Side {
    Signed,
    Sent,
}

impl Told for Side {
    fn told(&self) -> Phrase {
        match self {
            Self::Signed => phrase!("signed"),
            Self::Sent => phrase!("sent"),
        }
    }
}

/// How far from GMT zones are, in minutes.
const FURTHEST: core::ops::RangeInclusive<i64> = -12 * 60..=14 * 60;

/// Zones in which so many people sign that local time is tried beside other mistakes, too: China, Japan, India, and the
/// coasts of Europe and America, in minutes. Greenwich is among them: its time may have another name.
const PEOPLED: [i64; 8] = [480, 540, 330, 60, 120, -300, -480, 0];

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
    /// An example of the right form: this very date, if it can be read.
    form: String,
}

fn dated<'a>(context: &Context<'a>) -> Option<Dated<'a>> {
    let is_date = |at: &At| context.part(*at).is_some_and(|part| part.name.to_ascii_lowercase().ends_with(b"date"));
    // Kodo's management requests have the time in a header alone.
    let is_kodo = context.scheme_is("kodo-mac");
    let is_basic = context.is_v4() || is_kodo;
    let line = match is_basic {
        true if is_kodo => context.parts(Role::Header).find(is_date)?,
        true => context.first(Role::Time)?,
        false => context.first(Role::Date).filter(|_| !context.in_url())?,
    };
    let text = context.claim.time_text.as_ref().map(|text| text.to_str());
    let instants = match (context.claim.signed_at, text.as_deref().and_then(spelling::read)) {
        (Some(at), _) => [at].into(),
        (None, Some(read)) => {
            let zones = match read.language.filter(|_| read.zone.is_empty()) {
                Some(language) => zones_of(language).into(),
                None => offsets(read.zone),
            };
            zones.into_iter().map(|minutes| read.at.plus(-minutes * 60)).collect()
        }
        (None, None) => Vec::new(),
    };
    let is_here = |at: &At| text.as_deref().is_some_and(|text| value(context, *at) == text.as_bytes());
    let copies =
        context.parts(Role::Header).chain(context.parts(Role::Query)).filter(is_date).filter(|at| *at != line).filter(is_here);
    let all: Vec<At> = core::iter::once(line).filter(is_here).chain(copies).collect();
    let mut groups: Vec<Vec<At>> = Vec::new();
    if all.len() > 1 && all.first() == Some(&line) {
        groups.push([line].into());
    }
    groups.push(all);
    groups.retain(|group| !group.is_empty());
    let at = instants.first().copied().unwrap_or(Timestamp::from_unix(1_780_387_200));
    let form = if is_basic { at.iso_basic() } else { at.http_date() };
    Some(Dated { text, instants, groups, is_basic, form: form.to_str().into() })
}

/// The same where it stands in the signed text.
fn signed_date<'a>(context: &Context<'a>) -> Option<Dated<'a>> {
    dated(context).filter(|dated| !dated.groups.is_empty())
}

/// What stands behind the name of a header or parameter, or the whole line.
fn value<'a>(context: &Context<'a>, at: At) -> &'a [u8] {
    match context.part(at).map(|part| part.role) {
        Some(Role::Header) => context.header_value(at).trim_ascii_start(),
        Some(Role::Query) => crate::wire::split_once(context.bytes(at), b'=').1.unwrap_or_default(),
        _ => context.bytes(at),
    }
}

/// What an edit is tried with.
type Company = fn(Edit) -> Edit;

impl Dated<'_> {
    /// Another date in every group of places.
    fn with_date(&self, context: &Context<'_>, text: &str) -> impl Iterator<Item = Edit> {
        self.groups
            .iter()
            .map(move |group| group.iter().fold(Edit::new(), |edit, at| with_value(context, edit, *at, text.as_bytes())))
    }

    /// What is told of dates. There are hundreds, and many are told alike.
    fn facts(&self, side: Side, name: &'static str, what: Phrase) -> Rc<Facts> {
        Rc::new([("side", side.told().into()), ("form", Value::Text(self.form.clone())), (name, what.into())].into())
    }

    /// Tries a date, in the company that is made for it.
    fn try_date(&self, context: &Context<'_>, edits: &mut Edits<'_>, text: &str, company: Company, facts: &Rc<Facts>) {
        edits.extend(self.with_date(context, text).map(|edit| company(edit).facts(facts)));
    }

    /// Tries a date that was signed in a wrong spelling.
    fn signed(&self, context: &Context<'_>, edits: &mut Edits<'_>, text: &str, (name, what): (&'static str, Phrase)) {
        self.try_date(context, edits, text, Edit::paired, &self.facts(Side::Signed, name, what));
    }

    /// Tries the right spelling: it was signed, and what was sent is wrong.
    fn sent(&self, context: &Context<'_>, edits: &mut Edits<'_>, (name, what): (&'static str, Phrase)) {
        let facts = self.facts(Side::Sent, name, what);
        for at in &self.instants {
            let right = if self.is_basic { at.iso_basic() } else { at.http_date() };
            self.try_date(context, edits, &right.to_str(), Edit::paired, &facts);
        }
    }
}

/// What is wrong with a date that can be seen.
enum Fault {
    /// Whether it is a numeric one.
    Zone(Phrase, bool),
    Language(Phrase),
    Form(Phrase),
}

fn faults(dated: &Dated<'_>) -> Vec<Fault> {
    let Some(text) = dated.text.as_deref() else { return [Fault::Form(phrase!("there is none"))].into() };
    if dated.is_basic {
        return basic_fault(text).into_iter().collect();
    }
    if Timestamp::from_http_date(text.as_bytes()).is_some() {
        return Vec::new();
    }
    let Some(read) = spelling::read(text) else {
        return [if text.is_ascii() { Fault::Form(quoted(text)) } else { Fault::Language(phrase!("another language")) }].into();
    };
    let mut faults: Vec<Fault> = read.language.map(Phrase::of).map(Fault::Language).into_iter().collect();
    if offsets(read.zone) != [0] {
        faults.push(if read.zone.is_empty() { Fault::Zone(phrase!("no zone"), false) } else { Fault::zone(read.zone) });
    }
    if faults.is_empty() {
        faults.push(Fault::Form(quoted(text)));
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
        (Some(zone), Some(_)) => Some(Fault::zone(zone)),
        _ => Some(Fault::Form(quoted(text))),
    }
}

impl Fault {
    fn zone(zone: &str) -> Self {
        Self::Zone(phrase!("the zone `{zone}`").data("zone", zone), zone.contains(['+', '-']))
    }
}

fn quoted(text: &str) -> Phrase {
    phrase!("`{text}`").data("text", text)
}

/// Servers want GMT. Amazon's documents write `+0000`, so that a numeric zone is not taken for refused there.
pub(super) fn zone(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(dated) = dated(context) else { return };
    for fault in faults(&dated) {
        if let Fault::Zone(what, is_numeric) = fault {
            let tolerated = context.scheme_is("s3-v2") && is_numeric;
            let note = Note::seen().fact("side", Side::Sent.told()).fact("what", what).data("form", &*dated.form);
            notes.push(if tolerated { note } else { note.refused() });
        }
    }
}

pub(super) fn localised(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(dated) = dated(context) else { return };
    for fault in faults(&dated) {
        if let Fault::Language(language) = fault {
            notes.push(
                Note::seen().refused().fact("side", Side::Sent.told()).fact("language", language).data("form", &*dated.form),
            );
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
        notes.push(note.refused().fact("side", Side::Sent.told()).fact("what", what).data("form", &*dated.form));
    } else if let Some(zone) = other_name_of_gmt(context, &dated) {
        let what = phrase!("the zone `{zone}`").data("zone", zone);
        // Amazon's documents write `+0000`, and do not say whether its servers read `UTC`.
        let note = if context.scheme_is("s3-v2") { Note::likely() } else { Note::seen().refused() };
        notes.push(note.fact("side", Side::Sent.told()).fact("what", what).data("form", &*dated.form));
    }
}

/// A zone that means GMT, where the vendor's documents want it by this name.
fn other_name_of_gmt<'d>(context: &Context<'_>, dated: &'d Dated<'_>) -> Option<&'d str> {
    let zone = dated.text.as_deref().filter(|_| !dated.is_basic)?.rsplit(' ').next()?;
    (zone == "UTC" || (zone == "+0000" && !context.scheme_is("s3-v2"))).then_some(zone)
}

pub(super) fn zone_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(dated) = signed_date(context) else { return };
    if !faults(&dated).is_empty() {
        let other = faults(&dated).into_iter().find_map(|fault| match fault {
            Fault::Zone(what, _) => Some(what),
            _ => None,
        });
        if let Some(what) = other {
            dated.sent(context, edits, ("what", what));
        }
        return;
    }
    let Some(at) = dated.instants.first().copied() else { return };
    // The others are rare.
    for minutes in FURTHEST.step_by(30).filter(|minutes| !context.is_second || PEOPLED.contains(minutes)) {
        let local = at.plus(minutes * 60);
        let zone = numeric_zone(minutes);
        let what = match minutes {
            0 => phrase!("its zone is not written as servers want it"),
            _ => local_time(&zone),
        };
        let facts = dated.facts(Side::Signed, "what", what);
        let is_peopled = PEOPLED.contains(&minutes);
        let text = if dated.is_basic { local.iso_basic() } else { local.http_date() };
        let often: Company = if is_peopled { Edit::often } else { Edit::alone };
        dated.try_date(context, edits, &text.to_str(), often, &facts);
        let mut signed = |text: &str, is_met: bool| {
            let company: Company = if is_met { Edit::paired } else { Edit::alone };
            dated.try_date(context, edits, text, company, &facts);
        };
        if dated.is_basic {
            let local = local.iso_basic();
            let local = local.to_str();
            let bare = local.trim_end_matches('Z');
            if minutes == 0 {
                ["", "UTC", "GMT", "+00"].iter().for_each(|zone| signed(&format!("{bare}{zone}"), false));
            } else if minutes % 60 == 0 {
                signed(&format!("{bare}{}", zone.get(..3).unwrap_or_default()), false);
            }
            continue;
        }
        let local = local.http_date();
        let bare = local.to_str();
        let bare = bare.trim_end_matches(" GMT");
        signed(&format!("{bare} {zone}"), is_peopled);
        let mut is_usual = is_peopled;
        for (name, _) in ZONES.iter().filter(|(_, own)| *own == minutes) {
            signed(&format!("{bare} {name}"), is_usual);
            is_usual = false;
        }
        signed(&format!("{bare} UTC"), minutes == 0);
        signed(bare, minutes == 0);
    }
    if !dated.is_basic && !context.is_second {
        let gmt = at.http_date();
        let gmt = gmt.to_str();
        for (name, _) in ZONES.iter().skip(1) {
            let what = phrase!("it is GMT under the name `{name}`").data("name", *name);
            let facts = dated.facts(Side::Signed, "what", what);
            dated.try_date(context, edits, &gmt.replace("GMT", name), Edit::alone, &facts);
        }
    }
}

fn local_time(zone: &str) -> Phrase {
    phrase!("it is local time, {zone}").data("zone", zone)
}

pub(super) fn localised_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(dated) = signed_date(context).filter(|dated| !dated.is_basic) else { return };
    for at in &dated.instants {
        let pieces = Pieces::of(*at);
        for names in &LOCALISED {
            dated.signed(context, edits, &format!("{} GMT", pieces.with(names)), ("language", Phrase::of(names.language)));
        }
        if !context.is_second {
            localised_local_edits(context, &dated, *at, edits);
        }
    }
    if let Some(language) = dated.text.as_deref().and_then(spelling::read).and_then(|read| read.language) {
        dated.sent(context, edits, ("language", Phrase::of(language)));
    }
}

/// Language and zone of the machine at once, as formatters write dates that are told nothing; or the clock was read twice.
fn localised_local_edits(context: &Context<'_>, dated: &Dated<'_>, at: Timestamp, edits: &mut Edits<'_>) {
    let facts = |names: &Names, second: &'static str, (name, what): (&'static str, Phrase)| {
        let mut facts = dated.facts(Side::Signed, "language", Phrase::of(names.language));
        Rc::make_mut(&mut facts).push((name, what.into()));
        (second, facts)
    };
    let mut signed = |text: &str, (second, facts): &(&'static str, Rc<Facts>)| {
        edits.extend(dated.with_date(context, text).map(|edit| edit.alone().with(second).facts(facts)));
    };
    for minutes in SPOKEN {
        let (pieces, zone) = (Pieces::of(at.plus(minutes * 60)), numeric_zone(minutes));
        let (hours, rest) = zone.split_at_checked(3).unwrap_or_default();
        let what = local_time(&zone);
        for names in LOCALISED.iter().filter(|names| zones_of(names.language).contains(&minutes)) {
            let local = pieces.with(names);
            let facts = facts(names, "date-not-gmt", ("what", what.clone()));
            let mut signed = |text: &str| signed(text, &facts);
            signed(&local);
            for suffix in ["GMT", &zone, &format!("GMT{hours}:{rest}"), &format!("GMT{:+}", minutes / 60)] {
                signed(&format!("{local} {suffix}"));
            }
            for (name, _) in ZONES.iter().filter(|(_, own)| *own == minutes) {
                signed(&format!("{local} {name}"));
            }
        }
    }
    for by in [-1, 1] {
        let pieces = Pieces::of(at.plus(by));
        for names in &LOCALISED {
            let facts = facts(names, "date-signed-not-date-sent", ("how", later(by)));
            signed(&format!("{} GMT", pieces.with(names)), &facts);
        }
    }
}

pub(super) fn format_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(dated) = signed_date(context) else { return };
    for fault in faults(&dated) {
        if let Fault::Form(what) = fault {
            dated.sent(context, edits, ("what", what));
        }
    }
    for at in &dated.instants {
        let right = at.http_date();
        let extended = format!("{at}");
        let bare = extended.trim_end_matches('Z');
        let rarely: Company = if dated.is_basic { Edit::alone } else { Edit::paired };
        let mut signed = |text: &str, company: Company, what: Phrase| {
            dated.try_date(context, edits, text, company, &dated.facts(Side::Signed, "what", what));
        };
        for (text, company) in [(&*extended, Edit::paired as Company), (&format!("{bare}.000Z"), rarely), (bare, rarely)] {
            signed(text, company, phrase!("the extended form of ISO 8601"));
        }
        if dated.is_basic {
            signed(&at.date().to_str(), rarely, phrase!("the day alone"));
            continue;
        }
        for (text, what) in Pieces::of(*at).other_forms() {
            if *text != *right.to_str() {
                signed(&text, rarely, what);
            }
        }
    }
}

/// The vendors' own date headers.
static OWN_DATES: [&str; 3] = ["x-amz-date", "x-oss-date", "x-kss-date"];

/// How many seconds two calls of a clock may lie apart.
const APART: i64 = 120;
/// How many they usually do.
const NEAR: i64 = 5;
/// How many are tried in pairs.
const MET: i64 = 2;
/// The most other requests whose dates are tried.
const MOST_RELATED: usize = 8;
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
            dated.signed(
                context,
                edits,
                &at.http_date().to_str(),
                ("how", phrase!(": the form of the `Date` header was signed")),
            );
        }
        return;
    }
    let Some(line) = context.first(Role::Date) else { return };
    let Some(request) = context.request() else { return };
    let set = |value: &[u8], how: Phrase| Edit::new().set(line, value).fact("how", how);
    if !context.bytes(line).is_empty() {
        edits.push(set(b"", phrase!(": the date line was left empty")));
    }
    for at in &dated.instants {
        edits.push(set(&at.iso_basic(), phrase!(": the form `20060102T150405Z` was signed")).paired());
    }
    let is_date = |name: &str| name.eq_ignore_ascii_case("date") || OWN_DATES.iter().any(|own| name.eq_ignore_ascii_case(own));
    for field in request.headers().filter(|field| is_date(field.name)) {
        let name = field.name.to_ascii_lowercase();
        let value = field.trimmed();
        if value != context.bytes(line) {
            edits.push(set(value, phrase!(": the value of `{name}` stood in the date line").data("name", name.as_str())));
        }
        for own in OWN_DATES.iter().filter_map(|own| context.header(own)) {
            let how = phrase!(": the value of `{name}` stood in the date line, and `{own}` was left out");
            edits.push(set(value, how.data("name", name.as_str()).data("own", context.name(own))).cut(own));
        }
    }
    // Signed in the vendor's own header, sent in the common one.
    let own = format!("{}date", context.own_prefix());
    if let (None, Some(text)) = (context.header(&own), dated.text.as_deref()) {
        for in_line in [&b""[..], text.as_bytes()] {
            let edit = set(in_line, phrase!(": `{own}` was signed and not sent").data("own", own.as_str()));
            edits.extend(put_in(context, edit, &own, text.as_bytes()));
        }
    }
}

/// The clock was read twice, and a second had passed; or the expiry was computed twice.
fn later_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let mut moved = |by: i64, edit: Edit| {
        let edit = edit.fact("how", later(by));
        let distance = by.abs();
        edits.push(if distance <= MET {
            edit.paired()
        } else if distance <= NEAR {
            edit.alone()
        } else {
            edit.unpaired()
        });
    };
    let mut apart = Vec::new();
    for by in 1..=if context.is_second { NEAR } else { APART } {
        apart.extend_from_slice(&[by, -by]);
    }
    if let Some(line) = context.first(Role::Date).filter(|_| context.in_url()) {
        let Some(end) = crate::time::seconds(context.bytes(line)) else { return };
        apart.into_iter().for_each(|by| moved(by, Edit::new().set(line, format!("{}", end.saturating_add(by)))));
        return;
    }
    let Some(dated) = signed_date(context) else { return };
    let (Some(at), Some(text)) = (context.claim.signed_at, dated.text.as_deref()) else { return };
    // The date of a wrong clock was signed, and put right by hand before it was sent.
    if let Some((answer, signed)) = context.answer().and_then(|answer| Some((answer, answer.request_time?))) {
        for by in -NEAR..=NEAR {
            let signed = signed.plus(by);
            apart.extend_from_slice(&[signed.since(at), signed.since(answer.server_time.unwrap_or(at))]);
        }
    }
    let inquiry = context.inquiry;
    for other in inquiry.related.iter().take(MOST_RELATED) {
        if let Ok(Some(Claim { signed_at: Some(signed), .. })) = providers::read(other, &inquiry.hints, inquiry.among) {
            apart.push(signed.since(at));
        }
    }
    if let Some(signed) = context.request().and_then(|request| Timestamp::from_http_date(request.header_value("date")?)) {
        apart.push(signed.since(at));
    }
    for by in apart {
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

fn later(by: i64) -> Phrase {
    let how = if by > 0 { phrase!(": it is {span} later") } else { phrase!(": it is {span} earlier") };
    how.with("span", Value::span(by))
}

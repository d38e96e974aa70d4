//! The expiry in the wrong unit, or a life where a moment is due.

use super::{life_param, with_value};
use crate::{
    explain::{
        At,
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::lossy,
    },
    pen::Role,
    phrase::{Phrase, phrase},
    time,
    wire::split_once,
};
use alloc::{format, string::String};

/// The longest life of a V4 URL.
const WEEK: i64 = 604_800;
/// The year 2001: no signature of object storage is older.
const OLDEST: i64 = 1_000_000_000;
/// The year 2100.
const FAR: i64 = 4_102_444_800;

/// The expiry in the signed text and its number: an absolute time, or a life in V4.
fn expiry(context: &Context<'_>) -> Option<(At, i64)> {
    let text = context.claim.expires_text.as_ref()?;
    // A parameter where the whole URL is signed.
    let in_query = || context.parts(Role::Query).filter(|at| split_once(context.bytes(*at), b'=').1 == Some(&**text)).last();
    let at = if context.is_v4() { life_param(context)? } else { context.first(Role::Date).or_else(in_query)? };
    Some((at, time::seconds(text)?))
}

/// The name of the parameter that ends a URL, for messages.
fn param(context: &Context<'_>) -> String {
    if let Some(at) = life_param(context).filter(|_| context.is_v4()) {
        return context.name(at);
    }
    let stands = |name: &&str| context.request().is_some_and(|request| request.param(name).is_some());
    let name = match context.claim.document {
        Some(_) if context.scheme_is("kodo-upload") => "deadline",
        Some(_) if context.scheme_is("cos-json") => "e",
        _ => ["Expires", "e", "t"].into_iter().find(stands).unwrap_or("Expires"),
    };
    name.into()
}

/// What the text says, unless it is read in another way than as decimal seconds.
fn number(context: &Context<'_>, text: &[u8]) -> Option<i64> {
    let value = read(text)?;
    let end = context.claim.expires_at.filter(|_| !context.is_v4());
    end.is_none_or(|end| time::seconds(text) == Some(end.unix())).then_some(value)
}

/// Whether a life stands where the moment of the end is due: no signature ended decades ago.
pub(super) fn is_life_for_moment(context: &Context<'_>) -> bool {
    let value = context.claim.expires_text.as_ref().filter(|_| !context.is_v4()).and_then(|text| number(context, text));
    value.is_some_and(|value| value < OLDEST)
}

pub(super) fn misread(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(text) = &context.claim.expires_text else { return };
    let Some(value) = number(context, text) else {
        // Links of Kodo and tokens write their end in other ways.
        if context.is_v4() || context.is_lines() {
            let note = Note::seen().refused().data("name", param(context)).data("value", format!("`{}`", lossy(text)));
            notes.push(note.fact("what", phrase!("it is not a number of seconds")).fact("want", wanted(context)));
        }
        return;
    };
    let (what, want, refused) = if context.is_v4() {
        match value {
            OLDEST..FAR => (phrase!("it is a moment"), phrase!("a life in seconds"), true),
            604_801.. if !is_life_in_milliseconds(value) => {
                (phrase!("it is longer than the week that is allowed"), phrase!("a life of at most 604800 seconds"), true)
            }
            _ => return,
        }
    } else {
        match value {
            ..100_000_000 => {
                (phrase!("taken as a moment it lies before 1974"), phrase!("the moment of the end, in seconds since 1970"), true)
            }
            100_000_000..OLDEST => {
                (phrase!("taken as a moment it lies before 2001"), phrase!("the moment of the end, in seconds since 1970"), true)
            }
            OLDEST..FAR if context.now().is_some_and(|now| value >= now.unix().saturating_add(OLDEST)) => (
                phrase!("it lies more than thirty years ahead"),
                phrase!("the moment of the end; do not add the clock to it again"),
                false,
            ),
            FAR..1_000_000_000_000 | i64::MAX => (
                phrase!("it lies beyond the year 2100"),
                phrase!("the moment of the end; do not add the clock to it again"),
                false,
            ),
            _ => return,
        }
    };
    let note = if refused { Note::seen().refused() } else { Note::seen() };
    notes.push(note.data("name", param(context)).data("value", lossy(text)).fact("what", what).fact("want", want));
}

/// What the text says; what is too long for a number is as far away as can be said.
fn read(text: &[u8]) -> Option<i64> {
    let is_number = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    is_number.then(|| time::seconds(text).unwrap_or(i64::MAX))
}

fn wanted(context: &Context<'_>) -> Phrase {
    if context.is_v4() { phrase!("a life in seconds") } else { phrase!("the moment of the end, in seconds since 1970") }
}

/// Lives that programs pass.
const LIVES: [i64; 10] = [60, 300, 600, 900, 1_800, 3_600, 7_200, 43_200, 86_400, WEEK];

pub(super) fn misread_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some((at, sent)) = expiry(context) else { return };
    let mut signed = |value: i64, what: Phrase| {
        let value = format!("{value}");
        let edit = with_value(context, Edit::new().alone(), at, value.as_bytes());
        edits.push(edit.data("name", param(context)).data("value", value).fact("what", what).fact("want", wanted(context)));
    };
    if !context.is_v4() {
        for life in LIVES.into_iter().filter(|_| sent >= OLDEST) {
            signed(life, phrase!("a life was signed and a moment was sent"));
        }
    } else if let Some(issued) = context.claim.signed_at {
        if sent < OLDEST {
            signed(issued.plus(sent).unix(), phrase!("a moment was signed and a life was sent"));
        } else {
            signed(sent.saturating_sub(issued.unix()), phrase!("a life was signed and a moment was sent"));
        }
    }
}

/// Whole minutes in milliseconds. Below a thousand days, whole days are rather meant in seconds: 2592000 is a month.
fn is_life_in_milliseconds(value: i64) -> bool {
    let is_days = value % 86_400 == 0 && value < 86_400_000;
    value > WEEK && value % 60_000 == 0 && value / 1_000 <= WEEK && !is_days
}

fn is_in_milliseconds(context: &Context<'_>, value: i64) -> bool {
    if context.is_v4() { is_life_in_milliseconds(value) } else { value >= 1_000_000_000_000 }
}

/// Not a fault of the signature if it is signed, too: the server takes the number for a moment far away.
pub(super) fn milliseconds(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(value) = context.claim.expires_text.as_ref().and_then(|text| time::seconds(text)) else { return };
    if is_in_milliseconds(context, value) {
        let note = Note::seen()
            .data("name", param(context))
            .data("value", format!("{value}"))
            .fact("what", phrase!("is in milliseconds"));
        notes.push(if context.is_v4() { note.refused() } else { note });
    }
}

pub(super) fn millisecond_edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some((at, sent)) = expiry(context) else { return };
    let (signed, what) = if is_in_milliseconds(context, sent) {
        (sent / 1_000, phrase!("was signed in seconds and sent in milliseconds"))
    } else {
        (sent.saturating_mul(1_000), phrase!("was signed in milliseconds and sent in seconds"))
    };
    let edit = with_value(context, Edit::new(), at, format!("{signed}").as_bytes());
    edits.push(edit.data("name", param(context)).data("value", format!("{sent}")).fact("what", what));
}

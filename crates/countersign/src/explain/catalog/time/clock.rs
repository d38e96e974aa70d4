//! The time of signing and the end of the signature against the clock.

use super::expiry;
use crate::{
    explain::{
        ServerAnswer,
        context::Context,
        inspect::{Note, Notes},
    },
    phrase::{Value, phrase},
    time::{self, Timestamp},
};

/// What servers allow between their clock and the time of signing.
const ALLOWED: i64 = 900;
/// Seconds since 1970 that no clock shows, but that are moments of these years in milliseconds.
const MILLISECONDS: i64 = 1_000_000_000_000;

fn says(answer: Option<&ServerAnswer>, texts: &[&str]) -> bool {
    let Some(answer) = answer else { return false };
    let said = [&answer.code, &answer.message].map(|text| text.as_deref().unwrap_or_default().to_ascii_lowercase());
    texts.iter().any(|text| said.iter().any(|said| said.contains(text)))
}

/// `Signature expired: A is now earlier than B (C - 15 min.)` and its opposite: C is the server's time.
fn in_message(message: &str) -> Option<Timestamp> {
    let (_, behind) = message.split_once('(')?;
    Timestamp::from_iso_basic(behind.get(..16)?.as_bytes())
}

pub(super) fn skew(context: &Context<'_>, notes: &mut Notes<'_>) {
    let answer = context.answer();
    let said = says(answer, &["requesttimetooskewed", "signature expired", "not yet current", "not yet valid"])
        || says(answer, &["difference between the request time and the"])
        || (context.claim.expires_at.is_none() && says(answer, &[TOO_OLD]));
    let server = answer.filter(|_| said);
    let clock = server
        .and_then(|answer| answer.server_time.or_else(|| in_message(answer.message.as_deref()?)).or(answer.date))
        .or(context.now());
    let signed = server.and_then(|answer| answer.request_time).or(context.claim.signed_at);
    // A time in milliseconds is told as such: no clock is thousands of years off.
    let signed = signed.filter(|signed| signed.unix() < MILLISECONDS);
    let off = signed.zip(clock).map(|(signed, clock)| signed.since(clock));
    // A URL or a form may be used long after it was signed, but not before.
    let lasts = context.claim.expires_at.is_some() || context.request().is_none();
    let within = |off: i64| off.abs() <= ALLOWED || (off < 0 && lasts);
    let note = if said { Note::server() } else { Note::seen() };
    // It ended early because it was signed by a slow clock: that only fits, for it may as well be used late.
    let is_slow = |off: i64| !said && off < 0 && is_zone(off) && over_since(context).is_some();
    match off {
        Some(off) if !within(off) || is_slow(off) => {
            let size = match (said, off > 0) {
                (true, true) => phrase!("{span} ahead of the clock of the server"),
                (true, false) => phrase!("{span} behind the clock of the server"),
                (false, true) => phrase!("{span} ahead of the clock it is judged by"),
                (false, false) => phrase!("{span} behind the clock it is judged by"),
            };
            let note = if within(off) { Note::likely() } else { note.refused() };
            let note = note.fact("size", size.with("span", Value::span(off)));
            let zone = is_zone(off).then_some(phrase!(": as far as time zones lie apart"));
            notes.push(zone.into_iter().fold(note, |note, zone| note.fact("zone", zone)));
        }
        _ if said => notes.push(note.refused().fact("size", phrase!("more than 15 minutes away from the clock of the server"))),
        _ => {}
    }
}

/// Whether a difference is one of zones: whole hours, or half hours far from Greenwich, give or take a minute on the way.
fn is_zone(seconds: i64) -> bool {
    let nearest = (seconds.abs() + 900) / 1_800 * 1_800;
    let exists = nearest % 3_600 == 0 || nearest > 3 * 3_600;
    exists && (3_600..15 * 3_600).contains(&nearest) && (seconds.abs() - nearest).abs() <= 60
}

/// How many seconds ago the signature ended.
fn over_since(context: &Context<'_>) -> Option<i64> {
    let end = context.claim.expires_at.or_else(|| {
        // OSS takes the V4 signature of a form for a week, whatever its policy says.
        let signed = context.claim.signed_at.filter(|_| context.scheme_is("oss-post-v4"));
        signed.map(|at| at.plus(7 * 86_400))
    });
    Some(context.now()?.since(end?)).filter(|ago| *ago > 0)
}

static TOKEN_OVER: [&str; 3] = ["expiredtoken", "securitytokenexpired", "tokenexpired"];
static OVER: [&str; 4] = ["has expired", "urlexpired", "expired token", "out of date"];

/// What Garage says of both: a time far from its own, and the end of a URL.
const TOO_OLD: &str = "bad request: date is too old";

fn says_over(context: &Context<'_>) -> bool {
    let of_url = context.claim.expires_at.is_some() && says(context.answer(), &[TOO_OLD]);
    of_url || (says(context.answer(), &OVER) && !says(context.answer(), &["policy"]))
}

pub(super) fn expired(context: &Context<'_>, notes: &mut Notes<'_>) {
    if says(context.answer(), &TOKEN_OVER) {
        notes.push(Note::server().refused().fact("what", phrase!("session token")));
        return;
    }
    // That it ended in the seventies is no cause of its own.
    if expiry::is_life_for_moment(context) {
        return;
    }
    let ago = over_since(context);
    let said = says_over(context);
    if ago.is_some() || said {
        let note = if said { Note::server() } else { Note::seen() };
        let note = note.refused().fact("what", phrase!("signature"));
        let ago = ago.map(|ago| phrase!(" {span} ago").with("span", Value::span(ago)));
        notes.push(ago.into_iter().fold(note, |note, ago| note.fact("ago", ago)));
    }
}

/// The very same signature in other requests of the capture, and it is over.
pub(super) fn cached(context: &Context<'_>, notes: &mut Notes<'_>) {
    if over_since(context).is_none() && !says_over(context) && !says(context.answer(), &TOKEN_OVER) {
        return;
    }
    let inquiry = context.inquiry;
    // The same signature is one of the same scheme.
    let claims = inquiry.related.iter().filter_map(|other| context.claim.scheme.read(other, &inquiry.hints).ok().flatten());
    let same = claims.filter(|claim| claim.signature == context.claim.signature).count();
    if same > 0 {
        let times = if same == 1 { phrase!("another request") } else { phrase!("{count} other requests").with("count", same) };
        notes.push(Note::seen().refused().fact("count", times));
    }
}

/// Lives that SDKs give when the caller names none, and the longest that V4 allows.
const DEFAULTS: [i64; 3] = [3_600, 900, 604_800];

/// Only told of a URL that ended too early for its user.
pub(super) fn default_life(context: &Context<'_>, notes: &mut Notes<'_>) {
    let life = context.claim.expires_text.as_ref().filter(|_| context.is_v4()).and_then(|life| time::seconds(life));
    let Some(life) = life.filter(|life| DEFAULTS.contains(life)) else { return };
    if over_since(context).is_some() || says_over(context) {
        let whose =
            if life == 604_800 { phrase!("the longest there is") } else { phrase!("what SDKs give when none is asked for") };
        notes.push(Note::likely().fact("life", Value::span(life)).fact("whose", whose));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_hours_are_zones_and_drift_is_not() {
        assert!(is_zone(28_800) && is_zone(-28_790) && is_zone(19_812));
        assert!(!is_zone(1_800) && !is_zone(1_200) && !is_zone(5_400) && !is_zone(86_400 * 3));
    }
}

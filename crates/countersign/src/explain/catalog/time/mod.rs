//! Times: the clock of the signer, the life of the signature, and the spelling of dates.

mod clock;
mod date;
mod expiry;
mod names;
mod spelling;

use crate::{
    explain::{
        At,
        cause::{Cause, Slot},
        context::Context,
        edit::Edit,
    },
    pen::Role,
    wire::{
        percent::{self, UNRESERVED},
        split_once,
    },
};
use alloc::vec::Vec;

pub(super) static CAUSES: &[Cause] = &[
    Cause::seen("clock-skew", 17, Slot::Time, clock::skew),
    Cause::seen("expired", 7, Slot::Time, clock::expired),
    Cause::seen("token-cached-past-deadline", 1, Slot::Time, clock::cached),
    Cause::seen("deadline-default-3600", 2, Slot::Time, clock::default_life),
    Cause::tried("expiry-argument-misread", 5, Slot::Time, expiry::misread_edits).or_seen(expiry::misread),
    Cause::tried("expires-in-milliseconds", 2, Slot::Time, expiry::millisecond_edits).or_seen(expiry::milliseconds),
    Cause::tried("date-not-gmt", 6, Slot::Time, date::zone_edits).or_seen(date::zone),
    Cause::tried("date-localised", 7, Slot::Time, date::localised_edits).or_seen(date::localised),
    Cause::tried("date-format-invalid", 2, Slot::Time, date::format_edits).or_seen(date::format),
    Cause::tried("date-signed-not-date-sent", 2, Slot::Time, date::other_edits),
];

/// The life of a V4 URL, as it stands in its query: `X-Amz-Expires` and its like.
fn life_param(context: &Context<'_>) -> Option<At> {
    let is_life = |name: &[u8]| {
        let name = name.to_ascii_lowercase();
        name.starts_with(b"x-") && name.ends_with(b"-expires")
    };
    context.parts(Role::Query).find(|at| context.part(*at).is_some_and(|part| is_life(&part.name)))
}

/// Writes another value behind the name that a header or parameter starts with.
fn with_value(context: &Context<'_>, edit: Edit, at: At, value: &[u8]) -> Edit {
    let old = context.bytes(at);
    let new: Vec<u8> = match context.part(at).map(|part| part.role) {
        Some(Role::Header) => {
            let (name, old) = split_once(old, b':');
            // Kodo writes a blank behind the colon.
            let lead: &[u8] = if old.is_some_and(|old| old.starts_with(b" ")) { b": " } else { b":" };
            [name, lead, value].concat()
        }
        Some(Role::Query) => [split_once(old, b'=').0, b"=", &percent::encoded(value, &UNRESERVED)].concat(),
        _ => value.to_vec(),
    };
    edit.set(at, new)
}

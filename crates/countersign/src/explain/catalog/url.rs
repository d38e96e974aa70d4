//! A URL damaged on its way.

use crate::{
    crypto,
    explain::{
        cause::{Cause, Slot},
        context::Context,
        inspect::{Note, Notes},
    },
    phrase::phrase,
};

pub(super) static CAUSES: &[Cause] = &[
    // Found before a claim can be read, by `explain::transport`.
    Cause::judged("url-ampersand-escaped", 3, Slot::Query).or_seen_elsewhere(),
    Cause::seen("url-truncated", 3, Slot::Query, see_truncated),
];

/// A signature that was cut is never compared with the beginning of the right one.
fn see_truncated(context: &Context<'_>, notes: &mut Notes<'_>) {
    if !context.in_url() {
        return;
    }
    let seal = context.claim.scheme.seal(context.claim);
    let whole = seal.encoding.encode(&crypto::digest(seal.hash, b""));
    let sent = context.claim.signature.to_str();
    let due = whole.len();
    // Padding may be missing, which is harmless.
    let what = if is_cut_in_escape(&sent) {
        phrase!("it ends within an escape, `{escape}`").data("escape", sent.trim_start_matches(|c| c != '%'))
    } else if sent.len() < whole.trim_end_matches('=').len() && !sent.ends_with('=') {
        phrase!("its signature has {found} characters and should have {due}").with("found", sent.len()).with("due", due)
    } else {
        return;
    };
    notes.push(Note::seen().refused().fact("what", what).shows(None, Some(sent.into_owned())));
}

/// Whether the text ends in `%` or `%X`.
fn is_cut_in_escape(text: &str) -> bool {
    let rest = text.strip_suffix(|c: char| c.is_ascii_hexdigit()).unwrap_or(text);
    text.ends_with('%') || rest.ends_with('%')
}

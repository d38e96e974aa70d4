//! The verb.

use crate::{
    explain::{
        cause::{Cause, Slot},
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
    },
    pen::Role,
    wire::split_once,
};
use alloc::{string::String, vec::Vec};

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("method-mismatch", 13, Slot::Method, other_verb),
    Cause::tried("method-case", 1, Slot::Method, other_case),
    Cause::seen("method-rewritten-by-proxy", 2, Slot::Method, rewritten),
];

static VERBS: [&str; 7] = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"];

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn other_verb(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(at) = context.first(Role::Method) else { return };
    let sent = context.bytes(at);
    // COS writes verbs in lower case.
    let is_lower = sent.iter().all(u8::is_ascii_lowercase);
    for verb in VERBS.iter().filter(|verb| !sent.eq_ignore_ascii_case(verb.as_bytes())) {
        let signed = if is_lower { verb.to_ascii_lowercase() } else { (*verb).into() };
        edits.push(Edit::new().set(at, signed).fact("verb", *verb).fact("sent", lossy(sent).to_ascii_uppercase()));
    }
}

fn other_case(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(at) = context.first(Role::Method) else { return };
    let sent = context.bytes(at);
    let mut capitalised = sent.to_ascii_lowercase();
    capitalised.iter_mut().take(1).for_each(|first| first.make_ascii_uppercase());
    let mut tried: Vec<Vec<u8>> = [sent.to_vec()].into();
    for signed in [sent.to_ascii_lowercase(), capitalised, sent.to_ascii_uppercase()] {
        if !tried.contains(&signed) {
            edits.push(Edit::new().set(at, signed.clone()).fact("verb", lossy(&signed)).fact("sent", lossy(sent)));
            tried.push(signed);
        }
    }
}

/// The text the server quotes starts with the verb it saw.
fn rewritten(context: &Context<'_>, notes: &mut Notes<'_>) {
    let (Some(answer), Some(at)) = (context.answer(), context.first(Role::Method)) else { return };
    let other_attempt = answer.signature_provided.as_ref().is_some_and(|sent| sent.as_bytes() != &*context.claim.signature);
    let quoted = if context.is_v4() { &answer.canonical_request } else { &answer.string_to_sign };
    let Some(quoted) = quoted.as_ref().filter(|_| !other_attempt) else { return };
    let (seen, sent) = (split_once(&quoted.bytes, b'\n').0, context.bytes(at));
    let is_verb = VERBS.iter().any(|verb| seen.eq_ignore_ascii_case(verb.as_bytes()));
    if is_verb && !seen.eq_ignore_ascii_case(sent) {
        let (seen, sent) = (lossy(seen).to_ascii_uppercase(), lossy(sent).to_ascii_uppercase());
        notes.push(Note::server().refused().fact("verb", seen).fact("sent", sent));
    }
}

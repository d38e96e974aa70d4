//! The verb.

use crate::{
    explain::{
        cause::{Cause, Slot},
        context::Context,
        edit::{Edit, Edits},
        signed::lossy,
    },
    pen::Role,
    phrase::phrase,
};

/// A signature for another verb.
pub(in crate::explain) const METHOD_MISMATCH: &str = "method-mismatch";

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried(METHOD_MISMATCH, 13, Slot::Method, other_verb),
    Cause::tried("method-case", 1, Slot::Method, other_case),
    Cause::judged("method-rewritten-by-proxy", 2, Slot::Method),
];

pub(in crate::explain) static VERBS: [&str; 7] = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"];

fn other_verb(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(at) = context.first(Role::Method) else { return };
    let sent = context.bytes(at);
    // COS writes verbs in lower case.
    let is_lower = sent.iter().all(u8::is_ascii_lowercase);
    for verb in VERBS.iter().filter(|verb| !sent.eq_ignore_ascii_case(verb.as_bytes())) {
        let signed = if is_lower { verb.to_ascii_lowercase() } else { (*verb).into() };
        edits.push(Edit::new().set(at, signed).data("verb", *verb).data("sent", lossy(sent).to_ascii_uppercase()));
    }
}

fn other_case(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(at) = context.first(Role::Method) else { return };
    let sent = context.bytes(at);
    let mut capitalised = sent.to_ascii_lowercase();
    capitalised.iter_mut().take(1).for_each(|first| first.make_ascii_uppercase());
    let case = |verb: &[u8]| phrase!(" as `{verb}`").data("verb", lossy(verb));
    for signed in [sent.to_ascii_lowercase(), capitalised, sent.to_ascii_uppercase()] {
        let edit = Edit::new().fact("signed", case(&signed)).fact("sent", case(sent));
        edits.push(edit.set(at, signed));
    }
}

//! Causes that only KS3 can have.

use crate::{
    explain::{Cause, Context, IdForm, Note, Notes, Said, Saying, Slot},
    phrase::phrase,
    providers::ExplainBody,
};

pub(crate) static IDS: &[IdForm] = &[IdForm {
    vendor: "ks3",
    product: phrase!("an id of Kingsoft Cloud or Volcengine"),
    temporary: None,
    fits: |id| id.starts_with("AKLT"),
}];

pub(crate) static CAUSES: &[Cause] = &[
    Cause::seen("ks3-two-dates", 0, Slot::Time, two_dates),
    Cause::seen("ks3-callback-unverifiable", 0, Slot::Header, callback),
];

pub(crate) static SAYINGS: &[Saying] = &[
    Saying::of_form("ks3-", Said::Code("ExpirationError"), "policy-expired"),
    Saying::of_form("ks3-", Said::Code("FormUnmatchPolicy"), "policy-condition-failed"),
    Saying::of_form("ks3-", Said::Code("InvalidPolicyDocument"), "policy-type-wrong"),
];

pub(crate) const EXPLAIN_BODY: Option<ExplainBody> = None;

/// SDKs sign both, one document wants the date line empty: with one date there is no such question.
fn two_dates(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(request) = context.request().filter(|_| context.scheme_is("ks3-v2-header")) else { return };
    let (Some(date), Some(own)) = (request.header_value("date"), request.header_value("x-kss-date")) else { return };
    let same = if date == own { phrase!("the same") } else { phrase!("another") };
    notes.push(Note::likely().fact("same", same));
}

/// What makes KS3 call back, as headers of a request or fields of a form.
const URL: &str = "x-kss-callbackurl";
const BODY: &str = "x-kss-callbackbody";
const AUTHORIZATION: &str = "x-kss-callbackauth";

fn callback(context: &Context<'_>, notes: &mut Notes<'_>) {
    if context.claim.scheme.provider() != "ks3" {
        return;
    }
    let has = |name: &str| {
        let in_form = || context.inquiry.subject.form().is_some_and(|form| form.value(name).is_some());
        context.request().is_some_and(|request| request.header_value(name).is_some()) || in_form()
    };
    for (given, missing) in [(URL, BODY), (BODY, URL)] {
        if has(given) && !has(missing) {
            notes.push(
                Note::seen().fact(
                    "what",
                    phrase!("`{given}` is given without `{missing}`, and both are needed")
                        .data("given", given)
                        .data("missing", missing),
                ),
            );
            return;
        }
    }
    if has(AUTHORIZATION) {
        let what = phrase!("`{header}` asks for a signed callback, and how KS3 signs it is not established")
            .data("header", AUTHORIZATION);
        notes.push(Note::seen().fact("what", what));
    }
}

//! Forms held against the policy they carry. A right signature does not help a form that its policy refuses.

use crate::{
    explain::{
        context::Context,
        inspect::{Note, Notes},
    },
    phrase::{Phrase, Told, phrase},
    policy::{Dialect, FaultKind, Judgement, Policy, Reason, Refusal, Signed, Submission, judge, lint},
    scheme::Carrier,
    subject::Form,
    time::Timestamp,
};
use alloc::{format, string::String, vec::Vec};

use super::NOT_BASE64;
use crate::explain::catalog::text::LINE_WRAPPED;

pub(super) const CONDITION: &str = "policy-condition-failed";
pub(super) const EXTRA: &str = "policy-extra-field";
pub(super) const EXPIRED: &str = "policy-expired";
pub(super) const ORDER: &str = "policy-field-order";
pub(super) const TYPE: &str = "policy-type-wrong";
pub(super) const FORM: &str = "form-malformed";

/// The cause a refusal belongs to; `None` for what others find.
fn cause(reason: &Reason) -> Option<&'static str> {
    match reason {
        Reason::Expired { .. } | Reason::ExpirationNotUtc(_) => Some(EXPIRED),
        Reason::ConditionMissing(_) | Reason::ConditionFailed { .. } | Reason::TooSmall { .. } | Reason::TooLarge { .. } => {
            Some(CONDITION)
        }
        Reason::ExtraField(_) => Some(EXTRA),
        // A field of the signature is missed where it stands behind the file: without it there is no claim.
        Reason::BehindFile(_) | Reason::KeyMissing | Reason::SigningFieldMissing(_) => Some(ORDER),
        Reason::PolicyUnreadable(fault) => match fault.kind {
            FaultKind::NotBase64(_) => None,
            _ => Some(TYPE),
        },
        Reason::NameTooLong(_)
        | Reason::ValueTooLong { .. }
        | Reason::FieldsTooLong(_)
        | Reason::FileCount(_)
        | Reason::OverPostLimit { .. }
        | Reason::EncryptionUnknown(_) => Some(FORM),
        _ => None,
    }
}

/// What the server would refuse the form for, as far as that is certain.
pub(super) fn judged(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(form) = context.inquiry.subject.form() else { return };
    let Some(dialect) = Dialect::of_provider(context.claim.scheme.provider()) else { return };
    let bucket = context.inquiry.hints.bucket;
    // Without a clock nothing is over.
    let now = context.now().unwrap_or(Timestamp::from_unix(i64::MIN));
    let submission = Submission::of(form, bucket.unwrap_or_default());
    let Judgement { policy, mut refusals, .. } = judge(&submission, dialect, Signed::Unknown, now);
    if let Some(name) = signature_behind_file(context, form) {
        notes.push_as(
            ORDER,
            Note::seen()
                .refused()
                .fact("what", phrase!("`{name}` stands behind the file, where nobody reads it").data("name", name)),
        );
    }
    refusals.retain(|refusal| is_certain(&refusal.reason, form, bucket, dialect));
    for code in [CONDITION, EXTRA, EXPIRED, ORDER, TYPE, FORM] {
        let found: Vec<&Refusal> = refusals.iter().filter(|refusal| cause(&refusal.reason) == Some(code)).collect();
        if let Some(first) = found.first() {
            notes.push_as(code, note(first, &found));
        }
    }
    for refusal in &refusals {
        let Reason::PolicyUnreadable(fault) = &refusal.reason else { continue };
        match fault.kind {
            FaultKind::NotBase64(Some(b'-' | b'_')) => notes.push_as(NOT_BASE64, Note::seen().refused()),
            // Many decoders pass over line ends: they are refused where the vendor has an answer for them.
            FaultKind::NotBase64(Some(b'\r' | b'\n')) if refusal.answer.ec.is_some() => {
                notes.push_as(LINE_WRAPPED, Note::seen().refused());
            }
            _ => {}
        }
    }
    if let Some(what) = policy.and_then(|policy| other_case(&policy, form, now)) {
        notes.push_as(ORDER, Note::likely().fact("what", what));
    }
}

/// The field with the signature, when the server takes the form for one without.
fn signature_behind_file(context: &Context<'_>, form: &Form<'_>) -> Option<&'static str> {
    match context.claim.scheme.carrier() {
        Carrier::Field(name) => {
            Some(name).filter(|name| form.fields_before_file().all(|(own, _)| !own.eq_ignore_ascii_case(name)))
        }
        _ => None,
    }
}

/// Whether what is not known of the upload could make a refusal untrue.
fn is_certain(reason: &Reason, form: &Form<'_>, bucket: Option<&str>, dialect: Dialect) -> bool {
    match reason {
        Reason::FileCount(0) => form.whole_length().is_some(),
        Reason::ExtraField(name) => !name.eq_ignore_ascii_case("file"),
        Reason::ConditionFailed { field, .. } if field.eq_ignore_ascii_case("bucket") => bucket.is_some(),
        Reason::ConditionFailed { wanted, found: Some(found), .. } => {
            // OSS puts the name in after it has looked.
            let named = dialect == Dialect::Oss || form.file_part().is_some_and(|file| file.filename.is_some());
            let known = found.split_once("${filename}").filter(|_| !named).map(|(known, _)| known);
            known.is_none_or(|known| !known.starts_with(wanted) && !wanted.starts_with(known))
        }
        // KS3 counts all that is sent, which is more than the file.
        Reason::TooSmall { .. } => dialect != Dialect::Ks3 || form.whole_length().is_some(),
        _ => true,
    }
}

/// All refusals of one cause, the first of which the server names.
fn note(first: &Refusal, all: &[&Refusal]) -> Note {
    let fields: Vec<String> = all.iter().filter_map(|refusal| refusal.reason.field()).map(|field| format!("`{field}`")).collect();
    let mut note = Note::seen().refused().data("fields", fields.join(", "));
    if let Some(what) = Phrase::joined(all.iter().map(|refusal| refusal.told()), &phrase!("{first}; {rest}")) {
        note = note.fact("what", what);
    }
    if let Some(field) = first.reason.field() {
        note = note.data("field", field);
    }
    if let Some(answer) = first.answer.line() {
        note = note.data("answer", format!("`{answer}`"));
    }
    match &first.reason {
        Reason::ConditionFailed { quoted, found, .. } => {
            note.data("condition", format!("`{quoted}`")).shows(Some(quoted.clone()), found.clone())
        }
        _ => note,
    }
}

/// A field that policy and form spell in different cases, where it is not published whether that matters.
fn other_case(policy: &Policy, form: &Form<'_>, now: Timestamp) -> Option<Phrase> {
    let lints = lint(policy, Some(form), now);
    let found = lints.iter().find(|lint| lint.code == "field-name-case")?;
    let told = phrase!("policy and form spell `{name}` in different cases, and it is not published whether that matters");
    Some(told.shown("name", &found.what))
}

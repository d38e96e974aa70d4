//! What a put policy must not say, field by field and field against field.
//!
//! Follows "Put policy" (developer.qiniu.com, Kodo, put-policy). Empty text counts as absent.

use super::{
    fields::{PolicyFields, UploadScope},
    problem::{MAX_KEY, Problem},
};
use crate::phrase::words;
use alloc::{borrow::Cow, string::ToString, vec::Vec};
use core::ops::RangeInclusive;

/// The longest `keylimit`.
const MAX_KEYS: usize = 20;
/// The deadlines of 13 digits.
const MILLISECONDS: RangeInclusive<i64> = 1_000_000_000_000..=9_999_999_999_999;

/// Adds everything that is wrong with `fields` to `problems`.
pub(super) fn find(fields: &PolicyFields<'_>, problems: &mut Vec<Problem>) {
    required(fields, problems);
    numbers(fields, problems);
    answers(fields, problems);
    processing(fields, problems);
    if fields.force_save_key == Some(true) && !given(&fields.save_key) {
        problems.push(Problem::Without { field: "forceSaveKey", needs: "saveKey" });
    }
    if let Some(keys) = fields.key_limit.as_ref().filter(|keys| keys.len() > MAX_KEYS) {
        problems.push(Problem::Value { field: "keylimit", expected: words!("at most 20 keys"), found: keys.len().to_string() });
    }
}

fn given(text: &Option<Cow<'_, str>>) -> bool {
    text.as_ref().is_some_and(|text| !text.is_empty())
}

/// Scope and deadline.
fn required(fields: &PolicyFields<'_>, problems: &mut Vec<Problem>) {
    for (field, absent) in [("scope", fields.scope.is_none()), ("deadline", fields.deadline.is_none())] {
        // One of the wrong type was there, and that was said.
        if absent && !problems.iter().any(|problem| problem.field() == Some(field)) {
            problems.push(Problem::Missing { field });
        }
    }
    if let Some(own) = &fields.scope {
        scope(own, problems);
    }
    match fields.deadline {
        Some(found) if MILLISECONDS.contains(&found) => problems.push(Problem::DeadlineInMilliseconds { found }),
        deadline => {
            number("deadline", deadline, 0..=i64::from(u32::MAX), words!("seconds since 1970, 0 to 4294967295"), problems)
        }
    }
}

/// Adds what is wrong with a scope.
pub(super) fn scope(scope: &UploadScope<'_>, problems: &mut Vec<Problem>) {
    if scope.bucket.is_empty() || scope.bucket.contains(':') {
        let expected = match scope.bucket.is_empty() {
            true => words!("a bucket, and a key or prefix behind a colon"),
            false => words!("a bucket without a colon, before the key or prefix"),
        };
        problems.push(Problem::Value { field: "scope", expected, found: scope.to_string() });
    }
    if let Some(key) = scope.key.as_ref().filter(|key| key.len() > MAX_KEY) {
        problems.push(Problem::KeyTooLong { len: key.len() });
    }
}

fn number(
    field: &'static str,
    value: Option<i64>,
    range: RangeInclusive<i64>,
    expected: &'static str,
    problems: &mut Vec<Problem>,
) {
    if let Some(value) = value.filter(|value| !range.contains(value)) {
        problems.push(Problem::Value { field, expected, found: value.to_string() });
    }
}

/// Numbers with a range.
fn numbers(fields: &PolicyFields<'_>, problems: &mut Vec<Problem>) {
    const SIZE: &str = words!("a number of bytes");
    number("isPrefixalScope", fields.is_prefixal_scope, 0..=1, words!("0 or 1"), problems);
    number("callbackFetchKey", fields.callback_fetch_key, 0..=1, words!("0 or 1"), problems);
    number("persistentType", fields.persistent_type, 0..=1, words!("0 or 1"), problems);
    number("detectMime", fields.detect_mime, -1..=1, words!("-1, 0 or 1"), problems);
    number("fileType", fields.file_type, 0..=5, words!("0 to 5"), problems);
    number("fsizeMin", fields.fsize_min, 0..=i64::MAX, SIZE, problems);
    number("fsizeLimit", fields.fsize_limit, 0..=i64::MAX, SIZE, problems);
    number("deleteAfterDays", fields.delete_after_days, 0..=i64::MAX, words!("a number of days"), problems);
    number("trafficLimit", fields.traffic_limit, 819_200..=838_860_800, words!("819200 to 838860800 bits a second"), problems);
    if let (Some(least), Some(most)) = (fields.fsize_min, fields.fsize_limit)
        && least > most
    {
        problems.push(Problem::Value { field: "fsizeMin", expected: words!("at most `fsizeLimit`"), found: least.to_string() });
    }
}

/// The answer to the client: a callback, or what the policy says itself.
fn answers(fields: &PolicyFields<'_>, problems: &mut Vec<Problem>) {
    let called = given(&fields.callback_url);
    let parts = [
        ("callbackBody", given(&fields.callback_body)),
        ("callbackHost", given(&fields.callback_host)),
        ("callbackBodyType", given(&fields.callback_body_type)),
        ("callbackFetchKey", fields.callback_fetch_key.is_some_and(|on| on != 0)),
    ];
    for (field, _) in parts.into_iter().filter(|(_, given)| *given && !called) {
        problems.push(Problem::Without { field, needs: "callbackUrl" });
    }
    if called && !given(&fields.callback_body) {
        problems.push(Problem::Without { field: "callbackUrl", needs: "callbackBody" });
    }
    for (other, given) in [("returnUrl", given(&fields.return_url)), ("returnBody", given(&fields.return_body))] {
        if called && given {
            problems.push(Problem::Together { field: "callbackUrl", other });
        }
    }
    let body_type = fields.callback_body_type.as_deref().unwrap_or_default();
    if !matches!(body_type, "" | "application/x-www-form-urlencoded" | "application/json") {
        let expected = words!("`application/x-www-form-urlencoded` or `application/json`");
        problems.push(Problem::Value { field: "callbackBodyType", expected, found: body_type.into() });
    }
}

/// Processing after the upload.
fn processing(fields: &PolicyFields<'_>, problems: &mut Vec<Problem>) {
    if !given(&fields.persistent_ops) {
        return;
    }
    if given(&fields.persistent_workflow_template_id) {
        problems.push(Problem::Together { field: "persistentOps", other: "persistentWorkflowTemplateID" });
    }
    if let Some(archive @ 2..=3) = fields.file_type {
        let expected = words!("a type that can be processed: 0, 1, 4 or 5, as `persistentOps` is given");
        problems.push(Problem::Value { field: "fileType", expected, found: archive.to_string() });
    }
}

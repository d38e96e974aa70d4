//! Signatures of the XML API and of RTMP pushes: the key that is made from `q-key-time`.

use crate::{
    explain::{Context, Edit, Edits, KeyMaking, Note, Notes, Sealing},
    family::endpoint,
    pen::Role,
    phrase::{Phrase, phrase},
    time,
    wire::split_once,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Both ends of `start;end` in seconds.
fn ends(interval: &[u8]) -> Option<(i64, i64)> {
    let (start, end) = split_once(interval, b';');
    Some((time::seconds(start)?, time::seconds(end?)?))
}

/// The interval in other forms, each with what it is.
fn forms(interval: &[u8]) -> Vec<(String, Phrase)> {
    let text = String::from_utf8_lossy(interval).into_owned();
    let mut forms = Vec::from([
        (format!("{text}\n"), phrase!("the interval and a line feed")),
        (text.replace(';', "%3B"), phrase!("the interval with `;` as `%3B`")),
        (text.replace(';', "%3b"), phrase!("the interval with `;` as `%3b`")),
        (text.replace(';', ","), phrase!("the interval with `,` for `;`")),
        (text.replace(';', "-"), phrase!("the interval with `-` for `;`")),
    ]);
    let Some((start, end)) = ends(interval) else { return forms };
    for ((start, end), what) in [
        ((start.saturating_mul(1_000), end.saturating_mul(1_000)), phrase!("the interval in milliseconds")),
        ((start / 1_000, end / 1_000), phrase!("the interval in seconds, and milliseconds were sent")),
        ((end, start), phrase!("the interval with its ends exchanged")),
        ((start, end.saturating_sub(start)), phrase!("the start and the life in seconds")),
    ] {
        forms.push((format!("{start};{end}"), what));
    }
    forms.push((start.to_string(), phrase!("the start alone")));
    forms.push((end.to_string(), phrase!("the end alone")));
    forms
}

/// How far two readings of the clock are apart.
const DRIFT: i64 = 5;

pub(super) fn key_time(context: &Context<'_>, edits: &mut Edits<'_>) {
    let (Some(key_time), Some(sign_time)) = (&context.claim.key_time, &context.claim.time_text) else { return };
    let right = Sealing::of(&context.claim.scheme.seal(context.claim));
    let mut key = |key: KeyMaking, what: Phrase| {
        edits.push(Edit::new().sealing(Sealing { key, ..right.clone() }).fact("what", what));
    };
    let made = |text: &[u8]| KeyMaking::HexOf(text.to_vec());
    key(KeyMaking::RawOf(key_time.to_vec()), phrase!("the key was used as its 20 bytes, and not as 40 hexadecimal digits"));
    match right.key {
        KeyMaking::Secret => {
            key(made(key_time), phrase!("the key was made in two steps, with `SignKey`, which a push does not have"))
        }
        _ => key(KeyMaking::Secret, phrase!("the key was the secret itself")),
    }
    if sign_time != key_time {
        key(made(sign_time), phrase!("the key was made from `q-sign-time`"));
    }
    for (form, what) in forms(key_time) {
        key(made(form.as_bytes()), phrase!("the key was made from {interval}").with("interval", what));
    }
    if let Some((start, end)) = ends(key_time) {
        for off in (-DRIFT..=DRIFT).filter(|off| *off != 0) {
            for (start, end) in [(start + off, end + off), (start + off, end), (start, end + off)] {
                let made = made(format!("{start};{end}").as_bytes());
                let what = phrase!("the key was made from `{interval}`, another reading of the clock");
                let what = what.data("interval", format!("{start};{end}"));
                edits.push(Edit::new().sealing(Sealing { key: made, ..right.clone() }).alone().fact("what", what));
            }
        }
    }
    in_text(context, sign_time, key_time, edits);
}

/// The interval as it stands in the string to sign.
fn in_text(context: &Context<'_>, sign_time: &[u8], key_time: &[u8], edits: &mut Edits<'_>) {
    let Some(at) = context.first(Role::Time).or_else(|| context.first(Role::KeyTime)) else { return };
    let mut text = |bytes: &[u8], what: Phrase| {
        let what = phrase!("the string to sign has {interval}").with("interval", what);
        edits.push(Edit::new().set(at, bytes).fact("what", what));
    };
    text(key_time, phrase!("`q-key-time` in its second line"));
    text(sign_time, phrase!("`q-sign-time` in its second line"));
    for (form, what) in forms(context.bytes(at)) {
        text(form.as_bytes(), what);
    }
    // Both are wrong when the interval is, as long as it is not what is sent.
    let right = Sealing::of(&context.claim.scheme.seal(context.claim));
    if matches!(right.key, KeyMaking::HexOf(_)) {
        for (form, what) in forms(key_time) {
            let sealing = Sealing { key: KeyMaking::HexOf(form.clone().into_bytes()), ..right.clone() };
            let what = phrase!("key and string were made with {interval}").with("interval", what);
            edits.push(Edit::new().sealing(sealing).set(at, form).fact("what", what));
        }
    }
}

pub(super) fn key_time_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let (Some(key_time), Some(sign_time)) = (&context.claim.key_time, &context.claim.time_text) else { return };
    if sign_time != key_time {
        let what = phrase!("`q-sign-time` is `{signed}`, and `q-key-time` is `{key}`");
        let what = what.data("signed", sign_time.to_str()).data("key", key_time.to_str());
        notes.push(Note::seen().fact("what", what));
    }
    // Read as seconds, the key is valid from a time thousands of years ahead.
    let in_milliseconds = |interval: &[u8]| ends(interval).is_some_and(|(start, _)| start >= 1_000_000_000_000);
    let named = [("q-key-time", key_time), ("q-sign-time", sign_time)];
    if let Some((name, interval)) = named.into_iter().find(|(_, interval)| in_milliseconds(interval)) {
        let note = Note::seen().refused().data("name", name).data("value", interval.to_str());
        notes.push_as("expires-in-milliseconds", note.fact("what", phrase!("is in milliseconds")));
    }
    let Some(host) = context.request().map(endpoint::host_name) else { return };
    // A domain of a bucket has its name and the number of its owner there.
    let in_json_api = host.strip_suffix(".file.myqcloud.com").is_some_and(|front| !front.contains(['-', '.']));
    if in_json_api && context.scheme_is("cos-xml-") {
        let note = Note::seen().refused().data("signed", format!("`{}`", context.claim.scheme.id()));
        notes.push_as(
            "signature-version-wrong",
            note.fact("other", phrase!("`{host}` is a host of the JSON API").data("host", host)),
        );
    }
}

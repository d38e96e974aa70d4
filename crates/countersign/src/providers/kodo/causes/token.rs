//! Upload tokens: what their policy says, held against the form of a policy, the clock and the upload.

use super::super::{
    decode::UploadToken,
    problem::Problem,
};
use crate::{
    explain::{Context, Note, Notes},
    phrase::{Phrase, Told, phrase},
    signature::Encoding,
    wire::{hex, text::shown},
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Takes the token of the claim apart, wherever it travels.
fn read<T>(context: &Context<'_>, look: impl FnOnce(&UploadToken<'_>) -> T) -> Option<T> {
    let claim = context.claim;
    context.scheme_is("kodo-upload-token").then(|| {
        let mut token = String::new();
        claim.scheme.carry(claim, &claim.signature.to_str(), &mut token);
        look(&UploadToken::decode(&token))
    })
}

/// Which cause a problem belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The form of the token.
    Form,
    /// The content of the policy.
    Policy,
    /// One of those that every scheme can have.
    Other,
}

/// The kind of a problem, and whether the service refuses it for certain.
fn kind(problem: &Problem) -> (Kind, bool) {
    match problem {
        // How signature and policy are spelled.
        Problem::StandardAlphabet { .. } | Problem::PaddingMissing { piece: "signature", .. } => (Kind::Other, false),
        Problem::SignatureLength { found, .. } if is_hexadecimal(found) => (Kind::Other, false),
        Problem::NotBase64 { piece: "policy", at: 0, found } if found == "{" => (Kind::Other, true),
        // With four pieces and more it is an administrative form.
        Problem::DeadlineInMilliseconds { .. } | Problem::Pieces(4..) => (Kind::Other, false),
        // Some decoders take it.
        Problem::PaddingMissing { .. } => (Kind::Form, false),
        Problem::Pieces(_)
        | Problem::EmptyPiece(_)
        | Problem::NotBase64 { .. }
        | Problem::CutOff { .. }
        | Problem::SignatureLength { .. }
        | Problem::NotUtf8 { .. }
        | Problem::NotJson { .. }
        | Problem::NotAnObject { .. } => (Kind::Form, true),
        Problem::QuotedNumber { .. } | Problem::WrongType { .. } | Problem::Missing { .. } => (Kind::Policy, true),
        Problem::Twice { .. }
        | Problem::Value { .. }
        | Problem::KeyTooLong { .. }
        | Problem::Without { .. }
        | Problem::Together { .. } => (Kind::Policy, false),
    }
}

/// Whether a signature is the hexadecimal text of a MAC, encoded or not.
fn is_hexadecimal(signature: &str) -> bool {
    let decoded = Encoding::Base64.decode(signature.as_bytes()).and_then(|text| hex::decode(&text));
    hex::decode(signature.as_bytes()).or(decoded).is_some()
}

/// All problems of one kind in one note.
fn note(problems: &[Problem], wanted: Kind) -> Option<Note> {
    let found = || problems.iter().filter(|problem| kind(problem).0 == wanted);
    let what = Phrase::joined(found().map(Told::told).collect::<Vec<_>>(), &phrase!("{first}; {rest}"))?;
    let note = Note::seen().fact("what", what);
    Some(if found().any(|problem| kind(problem).1) { note.refused() } else { note })
}

/// What is wrong with the token and its policy.
pub(super) fn problems(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(problems) = read(context, |token| token.problems.clone()) else { return };
    if let Some(note) = note(&problems, Kind::Policy) {
        notes.push(note);
    }
    if let Some(note) = note(&problems, Kind::Form) {
        notes.push_as("token-malformed", note);
    }
    for problem in &problems {
        if let Problem::DeadlineInMilliseconds { found } = problem {
            let note = Note::seen().refused().data("name", "deadline").data("value", found.to_string());
            notes.push_as("expires-in-milliseconds", note.fact("what", phrase!("is in milliseconds")));
        }
    }
}

/// What every SDK takes when no life is given, in seconds.
const DEFAULT: i64 = 3_600;
/// How long after it was made a token is looked at, at most, for its life to be told.
const FRESH: i64 = 600;

/// The token has the life of an hour although another was asked for. A token tells its end and not its
/// beginning: the clock must be near that.
pub(super) fn default_life(context: &Context<'_>, notes: &mut Notes<'_>) {
    let asked = context.inquiry.expected_life.and_then(|life| i64::try_from(life).ok()).filter(|life| *life != DEFAULT);
    let left = read(context, |token| token.deadline).flatten().zip(context.now()).map(|(deadline, now)| deadline.since(now));
    let (Some(asked), Some(left)) = (asked, left) else { return };
    let note = match left {
        DEFAULT => Note::seen(),
        // It has more left than it was to live in all, or was made a few minutes ago.
        _ if left < DEFAULT && left > if asked < DEFAULT { asked } else { DEFAULT - FRESH } => Note::likely(),
        _ => return,
    };
    let life = |seconds: i64| phrase!("{seconds} s").with("seconds", seconds.unsigned_abs());
    let note = note.fact("life", life(DEFAULT)).fact("whose", phrase!("what SDKs give when none is asked for"));
    let left = (left != DEFAULT).then(|| phrase!(", of which {life} are left").with("life", life(left)));
    let note = left.into_iter().fold(note, |note, left| note.fact("left", left));
    notes.push(note.fact("asked", phrase!(", and not the {life} that were asked for").with("life", life(asked))));
}

/// An upload as far as its request names it: the bucket, and the key if the client chose one.
struct Upload {
    bucket: Option<String>,
    key: Option<String>,
}

impl Upload {
    fn of(context: &Context<'_>) -> Option<Self> {
        if let Some(form) = context.inquiry.subject.form() {
            let key = form.value("key").map(|key| String::from_utf8_lossy(key).into_owned());
            return Some(Self { bucket: None, key });
        }
        let path = core::str::from_utf8(context.request()?.path()).ok()?;
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match segments.as_slice() {
            // Multipart, version 2.
            ["buckets", bucket, "objects", key, "uploads", ..] => Some(Self { bucket: Some((*bucket).into()), key: unencoded(key) }),
            // Version 1, and uploads of Base64 text.
            ["mkfile" | "putb64" | "put", _, pairs @ ..] => {
                let key = pairs.chunks_exact(2).find_map(|pair| match pair {
                    ["key", key] => Some(*key),
                    _ => None,
                });
                Some(Self { bucket: None, key: key.and_then(unencoded) })
            }
            _ => None,
        }
    }
}

/// A key in a path. `~` stands for none.
fn unencoded(key: &str) -> Option<String> {
    String::from_utf8(Encoding::Base64Url.decode(key.as_bytes())?).ok().filter(|_| key != "~")
}

/// The key of the upload against the scope of the token.
pub(super) fn scope(context: &Context<'_>, notes: &mut Notes<'_>) {
    if let Some((what, scope, sent)) = mismatch(context) {
        notes.push(Note::seen().refused().fact("what", what).shows(Some(scope), Some(sent)));
    }
}

/// What of the upload the token does not allow, its scope, and what was sent.
pub(super) fn mismatch(context: &Context<'_>) -> Option<(Phrase, String, String)> {
    let upload = Upload::of(context)?;
    read(context, |token| {
        let (policy, scope) = (token.policy.as_ref()?, token.scope()?);
        let differs = |what: Phrase, sent: String| Some((what, scope.to_string(), sent));
        if let Some(bucket) = upload.bucket.filter(|bucket| *bucket != *scope.bucket) {
            let what = phrase!("the bucket is `{sent}`, and `scope` is for `{bucket}`");
            return differs(what.data("sent", bucket.as_str()).data("bucket", scope.bucket.to_string()), bucket);
        }
        // With `forceSaveKey` the service names the object itself.
        let key = upload.key.filter(|_| policy.force_save_key != Some(true))?;
        let wants = match &scope.key {
            Some(prefix) if policy.is_prefixal_scope == Some(1) && !key.starts_with(&**prefix) => {
                phrase!("the key is `{key}`, and `scope` wants it to start with `{prefix}`").data("prefix", shown(prefix))
            }
            Some(only) if policy.is_prefixal_scope != Some(1) && *only != key => phrase!("the key is `{key}`, and `scope` wants `{only}`").data("only", shown(only)),
            _ => {
                let keys = policy.key_limit.as_ref()?;
                if keys.is_empty() || keys.iter().any(|own| **own == *key) {
                    return None;
                }
                phrase!("the key is `{key}`, and `keylimit` names {count} others").with("count", keys.len())
            }
        };
        differs(wants.data("key", shown(&key)), key)
    })
    .flatten()
}

/// The scope of the token, as it is written.
pub(super) fn scope_text(context: &Context<'_>) -> Option<String> {
    read(context, |token| token.scope().map(ToString::to_string)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_paths_are_url_safe_base64() {
        assert_eq!(unencoded("c3VuZmxvd2VyLmpwZw==").as_deref(), Some("sunflower.jpg"));
        assert_eq!(unencoded("c3VuZmxvd2VyLmpwZw").as_deref(), Some("sunflower.jpg"));
        assert_eq!((unencoded("~"), unencoded("a/b")), (None, None));
    }
}

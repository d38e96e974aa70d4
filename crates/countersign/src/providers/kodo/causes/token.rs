//! Upload tokens: what their policy says, held against the form of a policy, the clock and the upload.

use super::super::{
    decode::UploadToken,
    evaluate::{Reason, Refusal, Upload, UploadWay, evaluate},
    problem::Problem,
};
use crate::{
    explain::{Context, Note, Notes},
    phrase::{Phrase, Told, phrase},
    signature::Encoding,
    time::Timestamp,
    wire::hex,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Takes the token of the claim apart, wherever it travels.
fn read<T>(context: &Context<'_>, look: impl FnOnce(&UploadToken<'_>) -> T) -> Option<T> {
    let claim = context.claim;
    context.scheme_is("kodo-upload-token").then(|| {
        let mut token = String::new();
        claim.scheme.carry(claim, &claim.signature, &mut token);
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
        Problem::QuotedNumber { .. }
        | Problem::WrongType { .. }
        | Problem::Missing { .. }
        | Problem::Value { field: "trafficLimit", .. }
        | Problem::Without { field: "callbackUrl", .. } => (Kind::Policy, true),
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

/// An upload as far as its request names it.
#[derive(Default)]
struct Named {
    bucket: Option<String>,
    key: Option<String>,
    size: Option<u64>,
    file_name: Option<String>,
    content_type: Option<String>,
    way: Option<UploadWay>,
}

impl Named {
    fn of(context: &Context<'_>) -> Option<Self> {
        if let Some(form) = context.inquiry.subject.form() {
            let key = form.value("key").map(|key| String::from_utf8_lossy(key).into_owned());
            let file = form.file_part();
            return Some(Self {
                key,
                size: file.map(|file| file.size),
                file_name: file.and_then(|file| file.filename).map(String::from),
                content_type: file.and_then(|file| file.content_type).map(String::from),
                way: Some(UploadWay::Form),
                ..Self::default()
            });
        }
        let path = core::str::from_utf8(context.request()?.path()).ok()?;
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match segments.as_slice() {
            // Multipart, version 2.
            ["buckets", bucket, "objects", key, "uploads", ..] => Some(Self {
                bucket: Some((*bucket).into()),
                key: unencoded(key),
                way: Some(UploadWay::MultipartV2),
                ..Self::default()
            }),
            // Version 1, and uploads of Base64 text.
            [verb @ ("mkfile" | "putb64" | "put"), size, pairs @ ..] => {
                let named = |name: &str| {
                    let value = pairs.chunks_exact(2).find_map(|pair| match pair {
                        [own, value] if *own == name => Some(*value),
                        _ => None,
                    });
                    value.and_then(unencoded)
                };
                Some(Self {
                    key: named("key"),
                    size: size.parse().ok(),
                    file_name: named("fname"),
                    content_type: named("mimeType"),
                    way: (*verb == "mkfile").then_some(UploadWay::MultipartV1),
                    ..Self::default()
                })
            }
            _ => None,
        }
    }

    fn upload(&self) -> Upload<'_> {
        let mut upload = Upload::new();
        upload.bucket = self.bucket.as_deref();
        upload.key = self.key.as_deref();
        upload.size = self.size;
        upload.file_name = self.file_name.as_deref();
        upload.content_type = self.content_type.as_deref();
        upload.way = self.way;
        upload
    }
}

/// Base64 in a path. `~` stands for no key.
fn unencoded(text: &str) -> Option<String> {
    String::from_utf8(Encoding::Base64Url.decode(text.as_bytes())?).ok().filter(|_| text != "~")
}

/// The upload against the policy of the token.
pub(super) fn upload(context: &Context<'_>, notes: &mut Notes<'_>) {
    let refused = refusals(context);
    let Some(first) = refused.first() else { return };
    let note = Note::seen().refused();
    let note = told(&refused).into_iter().fold(note, |note, what| note.fact("what", what));
    let note = match first.answer.line() {
        Some(answer) => note.data("answer", format!("`{answer}`")),
        None => note,
    };
    let sent = match &first.reason {
        Reason::KeyOutOfScope { key, .. } | Reason::KeyNotListed { key, .. } => Some(key.clone()),
        Reason::OtherBucket { bucket, .. } => Some(bucket.clone()),
        _ => None,
    };
    notes.push(if sent.is_some() { note.shows(scope_text(context), sent) } else { note });
}

/// What the token does not allow of the upload, beside its deadline, which every signature may have.
fn refusals(context: &Context<'_>) -> Vec<Refusal> {
    let judged = Named::of(context).and_then(|named| {
        read(context, |token| {
            let policy = token.policy.as_ref()?;
            // Before all time nothing is over.
            Some(evaluate(policy, &named.upload(), Timestamp::from_unix(i64::MIN)).refusals)
        })?
    });
    judged.unwrap_or_default()
}

fn told(refusals: &[Refusal]) -> Option<Phrase> {
    Phrase::joined(refusals.iter().map(Told::told), &phrase!("{first}; {rest}"))
}

/// What of the upload the token does not allow.
pub(super) fn mismatch(context: &Context<'_>) -> Option<Phrase> {
    told(&refusals(context))
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

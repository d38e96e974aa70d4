//! Upload callbacks: what an application's server answers, and what the uploader is told in consequence.
//!
//! After an upload the object store posts to the application, waits for its answer and passes it on to the
//! uploader. Each vendor checks that answer by rules of its own: see `check_answer` of
//! [`oss::callback`](crate::providers::oss::callback), and `check_callback_answer` of
//! [`kodo`](crate::providers::kodo) and [`ks3`](crate::providers::ks3).

use crate::{
    answer::VendorAnswer,
    phrase::{Phrase, Told, Value, phrase, tell_in_english},
    wire::{
        header::Header,
        json::{self, Members},
        text::shown,
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::time::Duration;
use serde_core::de::IgnoredAny;

/// What an application's server answered.
///
/// ```
/// use countersign::{callback::{Answer, AnswerFaultKind}, providers::oss::callback::check_answer, wire::header::Header};
///
/// let headers = [Header::new("Content-Type", b"application/json"), Header::new("Content-Length", b"15")];
/// let answer = Answer { status: 200, headers: &headers, body: br#"{"Status":"OK"}"#, elapsed: None };
/// assert!(check_answer(&answer).is_empty());
///
/// // A byte-order mark: an editor put it before the first line of a PHP file.
/// let headers = [Header::new("Content-Type", b"application/json"), Header::new("Content-Length", b"18")];
/// let answer = Answer { status: 200, headers: &headers, body: b"\xef\xbb\xbf{\"Status\":\"OK\"}", elapsed: None };
/// let faults = check_answer(&answer);
/// assert_eq!(faults[0].kind, AnswerFaultKind::ByteOrderMark);
/// assert_eq!(faults[0].outcome.message.as_deref(), Some("Response body is not valid json format."));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// All header fields.
    pub headers: &'a [Header<'a>],
    /// The body, as it was sent.
    pub body: &'a [u8],
    /// How long the answer took, if that is known.
    pub elapsed: Option<Duration>,
}

/// What is wrong with an answer, and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerFault {
    /// What is wrong.
    pub kind: AnswerFaultKind,
    /// What the uploader is told.
    pub outcome: VendorAnswer,
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerFaultKind {
    /// It came too late.
    TooSlow {
        /// How long it took.
        elapsed: Duration,
        /// How long the service waits.
        limit: Duration,
    },
    /// It sends the service elsewhere, which is another status than 200.
    Redirect {
        /// The status.
        status: u16,
        /// Where to.
        location: Option<String>,
    },
    /// It has another status than 200.
    Status(u16),
    /// It has no `Content-Length`; which transfer coding it has instead.
    NoContentLength(Option<String>),
    /// Its `Content-Length` is no number.
    ContentLength(String),
    /// Its `Content-Length` is not the length of its body.
    OtherLength {
        /// What the header says.
        stated: u64,
        /// How many bytes the body has.
        len: u64,
    },
    /// Its body is too long.
    TooLong {
        /// How many bytes it has.
        len: u64,
        /// How many the service takes.
        limit: u64,
    },
    /// Its `Content-Type` is not that of JSON; `None` when there is none.
    ContentType(Option<String>),
    /// Its body begins with a byte-order mark, which no JSON does.
    ByteOrderMark,
    /// Its body is empty.
    Empty,
    /// Its body is not JSON.
    NotJson {
        /// How it begins.
        found: String,
        /// What the reader says, with line and column.
        reason: String,
    },
    /// Its body is JSON, but not what makes the service take the upload for done.
    NotTrue {
        /// How it begins.
        found: String,
    },
}

impl AnswerFaultKind {
    /// A name for it, which does not change.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooSlow { .. } => "callback-answer-too-slow",
            Self::Redirect { .. } => "callback-answer-redirect",
            Self::Status(_) => "callback-answer-status",
            Self::NoContentLength(_) => "callback-answer-length-missing",
            Self::ContentLength(_) => "callback-answer-length-malformed",
            Self::OtherLength { .. } => "callback-answer-length-wrong",
            Self::TooLong { .. } => "callback-answer-too-long",
            Self::ContentType(_) => "callback-answer-content-type",
            Self::ByteOrderMark => "callback-answer-byte-order-mark",
            Self::Empty => "callback-answer-empty",
            Self::NotJson { .. } => "callback-answer-not-json",
            Self::NotTrue { .. } => "callback-answer-not-true",
        }
    }
}

impl Told for AnswerFaultKind {
    fn told(&self) -> Phrase {
        match self {
            Self::TooSlow { elapsed, limit } => phrase!("the answer took {elapsed} ms; expected at most {limit}")
                .shown("elapsed", elapsed.as_millis())
                .shown("limit", limit.as_millis()),
            Self::Redirect { status, location: Some(location) } => {
                phrase!("the answer is a {status} to `{location}`; expected a 200 from the URL of the callback itself")
                    .shown("status", status)
                    .shown("location", location)
            }
            Self::Redirect { status, location: None } | Self::Status(status) => {
                phrase!("the status is {status}; expected 200").shown("status", status)
            }
            Self::NoContentLength(None) => phrase!("`Content-Length` is missing; expected the length of the body"),
            Self::NoContentLength(Some(coding)) => {
                phrase!("`Content-Length` is missing and `Transfer-Encoding` is `{coding}`; expected the length of the body")
                    .shown("coding", coding)
            }
            Self::ContentLength(found) => {
                phrase!("`Content-Length` is `{found}`; expected a number of bytes").shown("found", found)
            }
            Self::OtherLength { stated, len } => {
                phrase!("`Content-Length` is {stated} and the body has {len} bytes; expected the same")
                    .shown("stated", stated)
                    .shown("len", len)
            }
            Self::TooLong { len, limit } => {
                phrase!("the body has {len} bytes; expected at most {limit}").shown("len", len).shown("limit", limit)
            }
            Self::ContentType(None) => phrase!("`Content-Type` is missing; expected `application/json`"),
            Self::ContentType(Some(found)) => {
                phrase!("`Content-Type` is `{found}`; expected `application/json`").shown("found", found)
            }
            Self::ByteOrderMark => {
                phrase!("the body begins with the byte-order mark `ef bb bf`; expected JSON from the first byte on")
            }
            Self::Empty => phrase!("the body is empty; expected JSON"),
            Self::NotJson { found, reason } => phrase!("the body `{found}` is not JSON ({reason})")
                .shown("found", found)
                .with("reason", Value::Reader(reason.clone())),
            Self::NotTrue { found } => phrase!("the body is `{found}`; expected `{\"result\":true}`").shown("found", found),
        }
    }
}

impl Told for AnswerFault {
    fn told(&self) -> Phrase {
        self.kind.told()
    }
}

/// What a vendor demands of an answer. A 200 all of them do.
pub(crate) struct AnswerRules {
    /// How long the service waits, if that is published.
    pub(crate) time: Option<Duration>,
    /// The most bytes, for a vendor that demands a `Content-Length`.
    pub(crate) length: Option<u64>,
    /// The type, if the vendor demands one.
    pub(crate) content_type: Option<&'static str>,
    /// What the body must be.
    pub(crate) body: AnswerBody,
    /// What the uploader is told.
    pub(crate) outcome: fn(&AnswerFaultKind) -> VendorAnswer,
}

/// What the body of an answer must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerBody {
    /// JSON of any kind.
    Json,
    /// An object in which `result` is `true`.
    ResultTrue,
}

/// Everything that is wrong with an answer, what the service sees first at the beginning.
///
/// The page that comes with another status than 200 is not looked at.
pub(crate) fn check_answer(answer: &Answer<'_>, rules: &AnswerRules) -> Vec<AnswerFault> {
    let mut kinds = Vec::new();
    if let (Some(elapsed), Some(limit)) = (answer.elapsed, rules.time)
        && elapsed > limit
    {
        kinds.push(AnswerFaultKind::TooSlow { elapsed, limit });
    }
    match answer.status {
        200 => {
            lengths(answer, rules, &mut kinds);
            content_type(answer, rules, &mut kinds);
            body(answer.body, rules.body, &mut kinds);
        }
        status @ 300..400 => {
            kinds.push(AnswerFaultKind::Redirect { status, location: header(answer, "location").map(lossy) });
        }
        status => kinds.push(AnswerFaultKind::Status(status)),
    }
    kinds.into_iter().map(|kind| AnswerFault { outcome: (rules.outcome)(&kind), kind }).collect()
}

fn lengths(answer: &Answer<'_>, rules: &AnswerRules, kinds: &mut Vec<AnswerFaultKind>) {
    let len = answer.body.len() as u64;
    match header(answer, "content-length") {
        None if rules.length.is_some() => {
            kinds.push(AnswerFaultKind::NoContentLength(header(answer, "transfer-encoding").map(lossy)));
        }
        None => {}
        Some(text) => match number(text) {
            None => kinds.push(AnswerFaultKind::ContentLength(lossy(text))),
            Some(stated) if stated != len => kinds.push(AnswerFaultKind::OtherLength { stated, len }),
            Some(_) => {}
        },
    }
    if let Some(limit) = rules.length.filter(|limit| len > *limit) {
        kinds.push(AnswerFaultKind::TooLong { len, limit });
    }
}

fn content_type(answer: &Answer<'_>, rules: &AnswerRules, kinds: &mut Vec<AnswerFaultKind>) {
    let Some(expected) = rules.content_type else { return };
    let found = header(answer, "content-type");
    let essence = |value: &[u8]| value.split(|b| *b == b';').next().unwrap_or_default().trim_ascii().to_ascii_lowercase();
    if found.map(essence).as_deref() != Some(expected.as_bytes()) {
        kinds.push(AnswerFaultKind::ContentType(found.map(lossy)));
    }
}

fn body(bytes: &[u8], expected: AnswerBody, kinds: &mut Vec<AnswerFaultKind>) {
    let without_mark = bytes.strip_prefix(b"\xef\xbb\xbf");
    if without_mark.is_some() {
        kinds.push(AnswerFaultKind::ByteOrderMark);
    }
    let bytes = without_mark.unwrap_or(bytes);
    if bytes.is_empty() {
        return kinds.push(AnswerFaultKind::Empty);
    }
    let found = || shown(&String::from_utf8_lossy(bytes));
    let text = match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return kinds.push(AnswerFaultKind::NotJson { found: found(), reason: error.to_string() }),
    };
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        kinds.push(AnswerFaultKind::NotJson { found: found(), reason: error.to_string() });
    } else if expected == AnswerBody::ResultTrue && !result_is_true(text) {
        kinds.push(AnswerFaultKind::NotTrue { found: found() });
    }
}

fn result_is_true(json: &str) -> bool {
    // Of several `result` the last is that of most readers.
    let result = json::members(json).ok().and_then(|Members(list)| list.into_iter().rfind(|(name, _)| name == "result"));
    result.is_some_and(|(_, value)| value == "true")
}

fn header<'a>(answer: &Answer<'a>, name: &str) -> Option<&'a [u8]> {
    answer.headers.iter().find(|field| field.is(name)).map(Header::trimmed)
}

fn number(digits: &[u8]) -> Option<u64> {
    let text = core::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|b| b.is_ascii_digit()))?;
    text.parse().ok()
}

fn lossy(bytes: &[u8]) -> String {
    shown(&String::from_utf8_lossy(bytes))
}

tell_in_english!(AnswerFaultKind, AnswerFault);

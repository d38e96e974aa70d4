//! Why a policy cannot be read, in our words and in those of the vendor's server.
//!
//! The words of OSS are those of its guide "PostObject errors", its numbers those of the pages
//! 0006-000002xx. The words of S3 are those of its recorded answers; its documents give none.

use super::{
    dialect::Dialect,
    text::{Expected, MAX_DEPTH, MAX_SIZE},
};
use crate::{
    answer::VendorAnswer,
    phrase::{Phrase, Told, phrase, tell_in_english},
};
use alloc::{boxed::Box, format, string::String};

/// A policy that cannot be read.
///
/// ```
/// use countersign::policy::{Dialect, Policy};
///
/// // A quote is missing before `expiration`.
/// let fault = Policy::parse(br#"{expiration": "2026-03-14T16:00:00Z", "conditions": []}"#, Dialect::Oss).unwrap_err();
/// assert_eq!((fault.answer.code, fault.answer.ec), (Some("InvalidPolicyDocument"), Some("0006-00000204")));
/// assert_eq!(fault.answer.message.as_deref(), Some("Invalid Policy: Invalid JSON: unknown char e"));
/// assert_eq!(fault.to_string(), "the policy is not JSON: found `e` at offset 1; expected a value in quotes");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyFault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in bytes from the start of the JSON; for [`FaultKind::NotBase64`], of the Base64 text.
    pub at: usize,
    /// What the server answers.
    pub answer: Box<VendorAnswer>,
}

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// It is longer than [`MAX_SIZE`]: a limit of this reader.
    TooLong,
    /// Values lie deeper in one another than [`MAX_DEPTH`]: a limit of this reader.
    TooDeep,
    /// The field is not standard Base64; the byte that is not.
    NotBase64(Option<u8>),
    /// It is not UTF-8.
    NotUtf8,
    /// It is not JSON.
    NotJson {
        /// The character found; `None` at the end.
        found: Option<char>,
        /// What was expected there.
        expected: Expected,
    },
    /// It is not an object.
    NotAnObject,
    /// The member named here is missing.
    MemberMissing(&'static str),
    /// Both members are missing.
    MembersMissing,
    /// The member named here occurs twice.
    MemberTwice(String),
    /// The member named here is not one of the two.
    MemberUnknown(String),
    /// `expiration` is not a string.
    ExpirationNotText,
    /// `expiration` is empty.
    ExpirationEmpty,
    /// `expiration` is no time.
    ExpirationForm(String),
    /// `conditions` is not a list.
    ConditionsNotList,
    /// `conditions` is an empty list.
    ConditionsEmpty,
    /// A condition is neither a list nor an object.
    ConditionShape,
    /// A condition in the form of an object has not exactly one member, but so many.
    NotOneMember(usize),
    /// The value of a condition in the form of an object is no string; the name of its field.
    ValueNotText(String),
    /// A condition in the form of a list does not begin with an operator.
    OperatorMissing,
    /// The operator is not known.
    OperatorUnknown(String),
    /// The operator wants another number of arguments.
    ArgumentCount {
        /// The operator.
        operator: &'static str,
        /// How many arguments there are.
        found: usize,
    },
    /// An argument is of a type the operator does not take.
    ArgumentType {
        /// The operator.
        operator: &'static str,
        /// What it wants there.
        wanted: &'static str,
    },
    /// A bound of `content-length-range` is not a whole number of bytes; the bound as written.
    Bound(String),
    /// The lower bound of `content-length-range` is above the upper one.
    RangeReversed {
        /// The lower bound.
        min: u64,
        /// The upper bound.
        max: u64,
    },
}

impl PolicyFault {
    pub(super) fn new(dialect: Dialect, kind: FaultKind, at: usize) -> Self {
        let answer = match dialect {
            _ if matches!(kind, FaultKind::TooLong | FaultKind::TooDeep) => VendorAnswer::UNKNOWN,
            Dialect::S3 => s3(&kind),
            Dialect::Oss => oss(&kind),
            // Known by the names of classes in the SDK for Java.
            Dialect::Ks3 => VendorAnswer::new(403, DOCUMENT),
            Dialect::Cos => cos(&kind),
        };
        Self { kind, at, answer: Box::new(answer) }
    }
}

const DOCUMENT: &str = "InvalidPolicyDocument";
const ONE_PROPERTY: &str =
    "Invalid Policy: Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.";

fn s3(kind: &FaultKind) -> VendorAnswer {
    let answer = VendorAnswer::new(400, DOCUMENT);
    match kind {
        FaultKind::NotJson { .. } => answer.message("Invalid Policy: Invalid JSON."),
        FaultKind::MemberUnknown(name) => answer.message(format!("Invalid Policy: Unexpected: '{}'", name.to_ascii_lowercase())),
        FaultKind::ExpirationForm(text) => answer.message(invalid_expiration(text)),
        FaultKind::NotOneMember(_) => answer.message(ONE_PROPERTY),
        FaultKind::ValueNotText(_) => answer.message("Invalid Policy: Invalid Simple-Condition: value must be a string."),
        FaultKind::Bound(text) if text.contains('.') => answer.message("Invalid Policy: Invalid JSON."),
        _ => answer,
    }
}

/// What S3 says of an expiration that is not in its form.
pub(super) fn invalid_expiration(text: &str) -> String {
    format!("Invalid Policy: Invalid 'expiration' value: '{text}'")
}

fn oss(kind: &FaultKind) -> VendorAnswer {
    let answer = VendorAnswer::new(400, DOCUMENT);
    match kind {
        FaultKind::NotBase64(_) => answer.ec("0006-00000202"),
        FaultKind::NotUtf8 => answer.ec("0006-00000203"),
        FaultKind::NotJson { found, expected } => {
            let answer = answer.ec("0006-00000204");
            match (found, expected) {
                (_, Expected::CommaOrEndOfArray) => answer.message("Invalid Policy: Invalid JSON: , or ] expected"),
                (Some(found), Expected::Value) => answer.message(format!("Invalid Policy: Invalid JSON: unknown char {found}")),
                _ => answer,
            }
        }
        FaultKind::NotAnObject => answer.ec("0006-00000204"),
        FaultKind::MemberMissing("conditions") => answer.ec("0006-00000207"),
        FaultKind::MemberMissing(_) => answer.ec("0006-00000208"),
        FaultKind::MembersMissing => answer.ec("0006-00000209"),
        FaultKind::ExpirationNotText => answer.ec("0006-00000210"),
        FaultKind::ExpirationEmpty => answer.ec("0006-00000211"),
        FaultKind::ConditionsNotList => answer.ec("0006-00000214"),
        FaultKind::ConditionsEmpty => answer.ec("0006-00000215").message(ONE_PROPERTY),
        FaultKind::OperatorMissing => answer.ec("0006-00000216"),
        FaultKind::OperatorUnknown(_) => answer.ec("0006-00000217"),
        FaultKind::ArgumentCount { .. } => answer.ec("0006-00000218"),
        FaultKind::RangeReversed { .. } => answer.ec("0006-00000219"),
        // The pages tell a bound that is a string from one that is a list.
        FaultKind::Bound(text) if text.starts_with(['[', '{']) => answer.ec("0006-00000223"),
        FaultKind::Bound(_) => answer.ec("0006-00000221"),
        FaultKind::ConditionShape => answer.ec("0006-00000222"),
        FaultKind::ArgumentType { .. } => answer.ec("0006-00000224"),
        FaultKind::NotOneMember(_) => answer.message(ONE_PROPERTY),
        _ => answer,
    }
}

fn cos(kind: &FaultKind) -> VendorAnswer {
    let answer = VendorAnswer::new(400, DOCUMENT);
    match kind {
        FaultKind::ConditionsEmpty | FaultKind::MemberMissing("conditions") => {
            answer.message("You must provide condition if you specify a policy in post object request.")
        }
        _ => answer,
    }
}

impl Told for PolicyFault {
    fn told(&self) -> Phrase {
        let at = self.at;
        match &self.kind {
            FaultKind::TooLong => {
                phrase!("the policy is longer than {limit} bytes, the most this reader takes").shown("limit", MAX_SIZE)
            }
            FaultKind::TooDeep => {
                phrase!("the policy nests deeper than {limit} levels at offset {at}, the most this reader takes")
                    .shown("limit", MAX_DEPTH)
                    .shown("at", at)
            }
            FaultKind::NotBase64(Some(byte)) => phrase!(
                "the policy field is not Base64: found `{byte}` at offset {at}; expected `A-Z a-z 0-9 + /` and `=` at the end"
            )
            .shown("byte", byte.escape_ascii())
            .shown("at", at),
            FaultKind::NotBase64(None) => phrase!("the policy field is not Base64: it ends in the middle of a byte"),
            FaultKind::NotUtf8 => phrase!("the policy is not UTF-8 at offset {at}").shown("at", at),
            FaultKind::NotJson { found, expected } => {
                phrase!("the policy is not JSON: found {found} at offset {at}; expected {expected}")
                    .with("found", shown(*found))
                    .shown("at", at)
                    .with("expected", expected.told())
            }
            FaultKind::NotAnObject => {
                phrase!("the policy is JSON, but no object; expected `{\"expiration\": ..., \"conditions\": [...]}`")
            }
            FaultKind::MemberMissing(name) => phrase!("`{name}` is missing; case matters in this name").shown("name", name),
            FaultKind::MembersMissing => phrase!("`expiration` and `conditions` are missing; case matters in these names"),
            FaultKind::MemberTwice(name) => {
                phrase!("`{name}` occurs again at offset {at}; expected once").shown("name", name).shown("at", at)
            }
            FaultKind::MemberUnknown(name) => {
                phrase!("`{name}` at offset {at} is no member of a policy; expected `expiration` and `conditions`")
                    .shown("name", name)
                    .shown("at", at)
            }
            FaultKind::ExpirationNotText => {
                phrase!("`expiration` at offset {at} is no string; expected {time}").shown("at", at).with("time", TIME)
            }
            FaultKind::ExpirationEmpty => phrase!("`expiration` is empty; expected {time}").with("time", TIME),
            FaultKind::ExpirationForm(text) => {
                phrase!("`expiration` is `{text}`; expected {time}").shown("text", text).with("time", TIME)
            }
            FaultKind::ConditionsNotList => phrase!("`conditions` at offset {at} is no list; expected `[...]`").shown("at", at),
            FaultKind::ConditionsEmpty => phrase!("`conditions` is empty; expected at least one condition"),
            FaultKind::ConditionShape => phrase!("the condition at offset {at} is neither a list nor an object").shown("at", at),
            FaultKind::NotOneMember(count) => {
                phrase!("the condition at offset {at} has {count} members; expected one: write an object for each field")
                    .shown("at", at)
                    .shown("count", count)
            }
            FaultKind::ValueNotText(field) => phrase!("the value of `{field}` at offset {at} is no string; write it in quotes")
                .shown("field", field)
                .shown("at", at),
            FaultKind::OperatorMissing => {
                phrase!("the condition at offset {at} has no operator; expected `[\"eq\", \"$field\", \"value\"]`")
                    .shown("at", at)
            }
            FaultKind::OperatorUnknown(operator) => {
                phrase!("`{operator}` at offset {at} is no operator of this vendor").shown("operator", operator).shown("at", at)
            }
            FaultKind::ArgumentCount { operator, found } => {
                phrase!("`{operator}` at offset {at} has {found} arguments; expected 2")
                    .shown("operator", operator)
                    .shown("at", at)
                    .shown("found", found)
            }
            FaultKind::ArgumentType { operator, wanted } => {
                phrase!("an argument of `{operator}` at offset {at} is of the wrong type; expected {wanted}")
                    .shown("operator", operator)
                    .shown("at", at)
                    .with("wanted", Phrase::of(wanted))
            }
            FaultKind::Bound(text) => phrase!("`{text}` at offset {at} is no size; expected a whole number of bytes")
                .shown("text", text)
                .shown("at", at),
            FaultKind::RangeReversed { min, max } => phrase!("the range at offset {at} allows no size: {min} is above {max}")
                .shown("at", at)
                .shown("min", min)
                .shown("max", max),
        }
    }
}

tell_in_english!(PolicyFault);
impl core::error::Error for PolicyFault {}

const TIME: Phrase = phrase!("a time in UTC such as `2026-03-14T16:00:00Z`");

/// A character as a person sees it, or the code of one that cannot be seen.
fn shown(found: Option<char>) -> Phrase {
    match found {
        None => phrase!("the end"),
        Some(visible) if visible.is_ascii_graphic() || visible.is_alphanumeric() => phrase!("`{sign}`").data("sign", visible),
        Some(other) => phrase!("U+{code}").data("code", format!("{:04X}", u32::from(other))),
    }
}

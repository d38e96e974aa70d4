//! Why a policy cannot be read, in our words and in those of the vendor's server.
//!
//! The words of OSS are those of its guide "PostObject errors", its numbers those of the pages
//! 0006-000002xx. The words of S3 are those of its recorded answers; its documents give none.

use super::{
    dialect::Dialect,
    text::{Expected, MAX_DEPTH, MAX_SIZE},
};
use crate::answer::VendorAnswer;
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
};
use core::fmt;

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

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at;
        match &self.kind {
            FaultKind::TooLong => write!(f, "the policy is longer than {MAX_SIZE} bytes, the most this reader takes"),
            FaultKind::TooDeep => {
                write!(f, "the policy nests deeper than {MAX_DEPTH} levels at offset {at}, the most this reader takes")
            }
            FaultKind::NotBase64(Some(byte)) => {
                write!(
                    f,
                    "the policy field is not Base64: found `{}` at offset {at}; expected `A-Z a-z 0-9 + /` and `=` at the end",
                    byte.escape_ascii()
                )
            }
            FaultKind::NotBase64(None) => f.write_str("the policy field is not Base64: it ends in the middle of a byte"),
            FaultKind::NotUtf8 => write!(f, "the policy is not UTF-8 at offset {at}"),
            FaultKind::NotJson { found, expected } => {
                write!(f, "the policy is not JSON: found {} at offset {at}; expected {}", shown(*found), expected.as_str())
            }
            FaultKind::NotAnObject => {
                f.write_str("the policy is JSON, but no object; expected `{\"expiration\": ..., \"conditions\": [...]}`")
            }
            FaultKind::MemberMissing(name) => write!(f, "`{name}` is missing; case matters in this name"),
            FaultKind::MembersMissing => f.write_str("`expiration` and `conditions` are missing; case matters in these names"),
            FaultKind::MemberTwice(name) => write!(f, "`{name}` occurs again at offset {at}; expected once"),
            FaultKind::MemberUnknown(name) => {
                write!(f, "`{name}` at offset {at} is no member of a policy; expected `expiration` and `conditions`")
            }
            FaultKind::ExpirationNotText => write!(f, "`expiration` at offset {at} is no string; expected {TIME}"),
            FaultKind::ExpirationEmpty => write!(f, "`expiration` is empty; expected {TIME}"),
            FaultKind::ExpirationForm(text) => write!(f, "`expiration` is `{text}`; expected {TIME}"),
            FaultKind::ConditionsNotList => write!(f, "`conditions` at offset {at} is no list; expected `[...]`"),
            FaultKind::ConditionsEmpty => f.write_str("`conditions` is empty; expected at least one condition"),
            FaultKind::ConditionShape => write!(f, "the condition at offset {at} is neither a list nor an object"),
            FaultKind::NotOneMember(count) => {
                write!(f, "the condition at offset {at} has {count} members; expected one: write an object for each field")
            }
            FaultKind::ValueNotText(field) => write!(f, "the value of `{field}` at offset {at} is no string; write it in quotes"),
            FaultKind::OperatorMissing => {
                write!(f, "the condition at offset {at} has no operator; expected `[\"eq\", \"$field\", \"value\"]`")
            }
            FaultKind::OperatorUnknown(operator) => write!(f, "`{operator}` at offset {at} is no operator of this vendor"),
            FaultKind::ArgumentCount { operator, found } => {
                write!(f, "`{operator}` at offset {at} has {found} arguments; expected 2")
            }
            FaultKind::ArgumentType { operator, wanted } => {
                write!(f, "an argument of `{operator}` at offset {at} is of the wrong type; expected {wanted}")
            }
            FaultKind::Bound(text) => write!(f, "`{text}` at offset {at} is no size; expected a whole number of bytes"),
            FaultKind::RangeReversed { min, max } => write!(f, "the range at offset {at} allows no size: {min} is above {max}"),
        }
    }
}

impl core::error::Error for PolicyFault {}

const TIME: &str = "a time in UTC such as `2026-03-14T16:00:00Z`";

/// A character as a person sees it, or the code of one that cannot be seen.
fn shown(found: Option<char>) -> String {
    match found {
        None => "the end".to_string(),
        Some(visible) if visible.is_ascii_graphic() || visible.is_alphanumeric() => format!("`{visible}`"),
        Some(other) => format!("U+{:04X}", u32::from(other)),
    }
}

//! What can be wrong with an upload token or a put policy.

use crate::{
    answer::VendorAnswer,
    phrase::{Phrase, Told, Value, phrase, tell_in_english},
};
use alloc::string::String;

/// One fault of an upload token or a put policy, with the piece it is about.
///
/// A policy can be wrong in all these ways and still be signed rightly: the signature covers its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The token has another number of pieces than three. With four or more it is an administrative
    /// form, which is read.
    Pieces(usize),
    /// A piece of the token, named here, is empty.
    EmptyPiece(&'static str),
    /// A piece is written in the standard alphabet of Base64, at this offset first. It is read.
    StandardAlphabet {
        /// Which piece.
        piece: &'static str,
        /// Where.
        at: usize,
        /// `+` or `/`.
        found: char,
    },
    /// A piece lacks `=` at its end. It is read.
    PaddingMissing {
        /// Which piece.
        piece: &'static str,
        /// Its length.
        len: usize,
    },
    /// A piece holds a byte that no Base64 has in that place.
    NotBase64 {
        /// Which piece.
        piece: &'static str,
        /// Where.
        at: usize,
        /// The byte, escaped if it is not printable.
        found: String,
    },
    /// A piece of Base64 ends in the middle of a byte: something was cut off.
    CutOff {
        /// Which piece.
        piece: &'static str,
        /// Its length.
        len: usize,
    },
    /// The signature has not the 20 bytes of an HMAC-SHA1.
    SignatureLength {
        /// As sent.
        found: String,
        /// How many bytes it has.
        len: usize,
    },
    /// The policy is not UTF-8, from this offset.
    NotUtf8 {
        /// Where.
        at: usize,
    },
    /// The policy is not JSON.
    NotJson {
        /// How it begins.
        found: String,
        /// What the reader says, with line and column.
        reason: String,
    },
    /// The policy is JSON but no object.
    NotAnObject {
        /// How it begins.
        found: String,
    },
    /// A field is there several times. The last is read.
    Twice {
        /// Which field.
        field: String,
        /// The last value.
        found: String,
    },
    /// A number stands in quotes. It is read; the service answers 401 `invalid put policy encoding`.
    QuotedNumber {
        /// Which field.
        field: &'static str,
        /// As written.
        found: String,
    },
    /// A field has a value of the wrong type.
    WrongType {
        /// Which field.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
        /// As written.
        found: String,
    },
    /// A field that every policy needs is not there.
    Missing {
        /// Which field.
        field: &'static str,
    },
    /// A field has a value the service does not take.
    Value {
        /// Which field.
        field: &'static str,
        /// What it takes.
        expected: &'static str,
        /// The value.
        found: String,
    },
    /// The deadline has the 13 digits of milliseconds.
    DeadlineInMilliseconds {
        /// As written.
        found: i64,
    },
    /// The key part of the scope is too long.
    KeyTooLong {
        /// Its length in bytes.
        len: usize,
    },
    /// A field makes no sense without another.
    Without {
        /// Which field.
        field: &'static str,
        /// What it needs.
        needs: &'static str,
    },
    /// Two fields exclude each other.
    Together {
        /// One.
        field: &'static str,
        /// The other.
        other: &'static str,
    },
}

impl Problem {
    /// The field of the policy it is about, if it is about one.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Twice { field, .. } => Some(field),
            Self::QuotedNumber { field, .. }
            | Self::WrongType { field, .. }
            | Self::Missing { field }
            | Self::Value { field, .. }
            | Self::Without { field, .. }
            | Self::Together { field, .. } => Some(field),
            Self::DeadlineInMilliseconds { .. } => Some("deadline"),
            Self::KeyTooLong { .. } => Some("scope"),
            _ => None,
        }
    }
}

impl Problem {
    /// The cause in the catalogue that it belongs to: of the token, or of the fields in its policy.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::QuotedNumber { .. }
            | Self::WrongType { .. }
            | Self::Missing { .. }
            | Self::Twice { .. }
            | Self::Value { .. }
            | Self::KeyTooLong { .. }
            | Self::Without { .. }
            | Self::Together { .. } => "policy-type-wrong",
            _ => "token-malformed",
        }
    }

    /// What the service answers, as far as that is published.
    #[must_use]
    pub fn answer(&self) -> VendorAnswer {
        match self {
            Self::QuotedNumber { .. } | Self::WrongType { .. } => {
                VendorAnswer { status: Some(401), ..VendorAnswer::UNKNOWN }.message("invalid put policy encoding")
            }
            _ => VendorAnswer::UNKNOWN,
        }
    }
}

impl Told for Problem {
    fn told(&self) -> Phrase {
        match self {
            Self::Pieces(count) => phrase!(
                "the number of pieces between colons in the token is {count}; expected 3: access key id, signature and policy"
            )
            .shown("count", count),
            Self::EmptyPiece(piece) => {
                phrase!("the {piece} of the token is empty; expected text between the colons").with("piece", Phrase::of(piece))
            }
            Self::StandardAlphabet { piece, at, found } => {
                phrase!("the {piece} holds `{found}` at offset {at}; expected URL-safe Base64, with `-` and `_`")
                    .with("piece", Phrase::of(piece))
                    .shown("found", found)
                    .shown("at", at)
            }
            Self::PaddingMissing { piece, len } => {
                phrase!("the {piece} has {len} characters and no `=` at its end; expected Base64 with padding")
                    .with("piece", Phrase::of(piece))
                    .shown("len", len)
            }
            Self::NotBase64 { piece, at, found } => {
                phrase!("the {piece} holds `{found}` at offset {at}; expected URL-safe Base64")
                    .with("piece", Phrase::of(piece))
                    .shown("found", found)
                    .shown("at", at)
            }
            Self::CutOff { piece, len } => {
                phrase!("the {piece} ends in the middle of a byte, after {len} characters; expected the whole of its Base64")
                    .with("piece", Phrase::of(piece))
                    .shown("len", len)
            }
            Self::SignatureLength { found, len } => {
                phrase!("the signature `{found}` has {len} bytes; expected the 20 of an HMAC-SHA1")
                    .shown("found", found)
                    .shown("len", len)
            }
            Self::NotUtf8 { at } => phrase!("the policy is not UTF-8 at offset {at}; expected JSON in UTF-8").shown("at", at),
            Self::NotJson { found, reason } => {
                phrase!("the policy `{found}` is not JSON ({reason}); expected an object with `scope` and `deadline`")
                    .shown("found", found)
                    .with("reason", Value::Reader(reason.clone()))
            }
            Self::NotAnObject { found } => {
                phrase!("the policy is `{found}`; expected a JSON object with `scope` and `deadline`").shown("found", found)
            }
            Self::Twice { field, found } => phrase!("`{field}` occurs more than once, last as `{found}`; expected once")
                .shown("field", field)
                .shown("found", found),
            Self::QuotedNumber { field, found } => {
                phrase!("`{field}` is `{found}`; expected the number without quotes").shown("field", field).shown("found", found)
            }
            Self::WrongType { field, expected, found } => phrase!("`{field}` is `{found}`; expected {expected}")
                .shown("field", field)
                .shown("found", found)
                .with("expected", Phrase::of(expected)),
            Self::Missing { field } => phrase!("`{field}` is missing; expected in every policy").shown("field", field),
            Self::Value { field, expected, found } => phrase!("`{field}` is `{found}`; expected {expected}")
                .shown("field", field)
                .shown("found", found)
                .with("expected", Phrase::of(expected)),
            Self::DeadlineInMilliseconds { found } => {
                phrase!("`deadline` is `{found}`, which is milliseconds; expected seconds since 1970, ten digits")
                    .shown("found", found)
            }
            Self::KeyTooLong { len } => {
                phrase!("the key in `scope` has {len} bytes; expected at most {limit}").shown("len", len).shown("limit", MAX_KEY)
            }
            Self::Without { field, needs } => {
                phrase!("`{field}` is given without `{needs}`; expected both or none").shown("field", field).shown("needs", needs)
            }
            Self::Together { field, other } => phrase!("`{field}` and `{other}` are both given; expected one of them")
                .shown("field", field)
                .shown("other", other),
        }
    }
}

tell_in_english!(Problem);
impl core::error::Error for Problem {}

/// The longest object key, in bytes.
pub(super) const MAX_KEY: usize = 750;

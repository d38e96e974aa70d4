//! JSON as far as vendors put it into tokens, headers and answers.
//!
//! Writing does without a JSON library, so that a program which makes such values need not carry one.

use alloc::{
    borrow::Cow,
    string::{String, ToString},
};
use core::fmt::{self, Write};
use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use smallvec::SmallVec;

/// Why a text has no members.
pub(crate) enum NoMembers<'j> {
    /// It is not JSON; what the reader says, with line and column.
    NotJson(String),
    /// It is JSON but no object.
    NotAnObject(&'j str),
}

/// The members of an object in order, repeated ones included, with their values as they are written.
pub(crate) struct Members<'j>(pub(crate) SmallVec<[(Cow<'j, str>, &'j RawValue); 8]>);

/// Reads the members of an object.
pub(crate) fn members(json: &str) -> Result<Members<'_>, NoMembers<'_>> {
    serde_json::from_str(json).map_err(|error| {
        // What is no JSON at all is told as one who looks for nothing particular sees it.
        match serde_json::from_str::<&RawValue>(json) {
            Ok(value) if !value.get().starts_with('{') => NoMembers::NotAnObject(value.get()),
            other => NoMembers::NotJson(other.err().unwrap_or(error).to_string()),
        }
    })
}

/// The text of a value that is a string of JSON, borrowed unless it has escapes; `None` for other values.
pub(crate) fn text(value: &str) -> Option<Cow<'_, str>> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    if inner.as_bytes().contains(&b'\\') { serde_json::from_str(value).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(inner)) }
}

/// A name, borrowed unless it has escapes.
struct Name<'j>(Cow<'j, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.into())))
            }
        }

        reader.deserialize_str(Text)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut list = SmallVec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    list.push((name, value));
                }
                Ok(Members(list))
            }
        }

        reader.deserialize_map(InOrder)
    }
}

/// Writes what stands before the value of a member: its name, and a brace or a comma.
pub(crate) fn write_name(name: &str, json: &mut String) {
    json.push(if json.is_empty() { '{' } else { ',' });
    write_string(&[name], json);
    json.push(':');
}

/// Writes a string in pieces.
pub(crate) fn write_string(pieces: &[&str], json: &mut String) {
    json.push('"');
    for piece in pieces {
        let mut rest = *piece;
        while let Some(at) = rest.bytes().position(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
            let (bare, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let mut chars = tail.chars();
            json.push_str(bare);
            match chars.next() {
                Some(mark @ ('"' | '\\')) => json.extend(['\\', mark]),
                // Writing to a `String` does not fail.
                control => drop(write!(json, "\\u{:04x}", control.map_or(0, u32::from))),
            }
            rest = chars.as_str();
        }
        json.push_str(rest);
    }
    json.push('"');
}

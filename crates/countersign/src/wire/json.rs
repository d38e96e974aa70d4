//! JSON as far as vendors put it into tokens, headers and answers.
//!
//! Writing does without a JSON library, so that a program which makes such values need not carry one.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Write};
use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Why a text has no members.
pub(crate) enum NoMembers<'j> {
    /// It is not JSON; what the reader says, with line and column.
    NotJson(String),
    /// It is JSON but no object.
    NotAnObject(&'j str),
}

/// The members of an object in order, repeated ones included, with their values as they are written.
pub(crate) fn members(json: &str) -> Result<Vec<(String, &RawValue)>, NoMembers<'_>> {
    let not_json = |error: serde_json::Error| NoMembers::NotJson(error.to_string());
    let value: &RawValue = serde_json::from_str(json).map_err(not_json)?;
    if !value.get().starts_with('{') {
        return Err(NoMembers::NotAnObject(value.get()));
    }
    serde_json::from_str(json).map(|Members(list)| list).map_err(not_json)
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut list = Vec::new();
                while let Some(member) = map.next_entry()? {
                    list.push(member);
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

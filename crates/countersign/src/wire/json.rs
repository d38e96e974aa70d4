//! JSON as far as vendors put it into tokens, headers and answers, and people into what they paste.
//!
//! Reading is by need: a value is its text until somebody asks for what is in it. What nobody asks for costs no memory,
//! and a program has one reader for all its kinds of JSON.
//!
//! Writing does without a JSON library, so that a program which makes such values need not carry one.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::{
    fmt::{self, Write},
    str::FromStr,
};
use serde_core::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'t>(&'t str);

impl<'t> Json<'t> {
    /// Takes a text that is one value.
    ///
    /// ```
    /// use countersign::wire::json::Json;
    ///
    /// let json = Json::read(r#"{ "log": { "entries": [1, "a"] } }"#)?;
    /// let entries = json.member("log").and_then(|log| log.member("entries")?.items()).unwrap();
    /// assert_eq!(entries[1].text().as_deref(), Some("a"));
    /// assert_eq!(Json::read("[1").unwrap_err(), "EOF while parsing a list at line 1 column 2");
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What the reader says of a text that is no JSON, with line and column.
    pub fn read(text: &'t str) -> Result<Self, String> {
        serde_json::from_str::<&RawValue>(text).map(Self::of).map_err(|error| error.to_string())
    }

    fn of(raw: &'t RawValue) -> Self {
        Self(raw.get())
    }

    /// The value as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'t str {
        self.0
    }

    /// The members of an object in order, repeated ones included.
    #[must_use]
    pub fn members(self) -> Option<Vec<(String, Self)>> {
        let Members(list) = serde_json::from_str(self.0).ok()?;
        Some(list.into_iter().map(|(name, value)| (name, Self::of(value))).collect())
    }

    /// The first member of an object with this name, unless it is `null`.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Self> {
        let found = self.members()?.into_iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value).filter(|value| value.0 != "null")
    }

    /// The items of a list.
    #[must_use]
    pub fn items(self) -> Option<Vec<Self>> {
        let items: Vec<&'t RawValue> = serde_json::from_str(self.0).ok()?;
        Some(items.into_iter().map(Self::of).collect())
    }

    /// A string.
    #[must_use]
    pub fn text(self) -> Option<String> {
        serde_json::from_str(self.0).ok()
    }

    /// The text of a string, a number or a truth value.
    #[must_use]
    pub fn plain(self) -> Option<String> {
        match self.0.bytes().next()? {
            b'"' => self.text(),
            b't' | b'f' => Some(self.0.into()),
            _ => serde_json::from_str(self.0).ok().map(|number: serde_json::Number| number.to_string()),
        }
    }

    /// A number that has no fraction, or what else is written as Rust writes it.
    #[must_use]
    pub fn parse<T: FromStr>(self) -> Option<T> {
        self.0.parse().ok()
    }
}

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

//! JSON as far as vendors put it into tokens, headers and answers, and people into what they paste.
//!
//! Reading is by need: a value is its text until somebody asks for what is in it. What nobody asks for costs no memory,
//! and a program has one reader for nearly all its kinds of JSON.
//!
//! Writing does without a JSON library, so that a program which makes such values need not carry one.

mod outline;

pub(crate) use outline::Outline;

use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::{fmt::Write, str::FromStr};
use smallvec::SmallVec;

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
        Outline::of(text, 0).map_err(|error| error.to_string())?;
        Ok(Self(text.trim_ascii()))
    }

    /// The value as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'t str {
        self.0
    }

    /// The members of an object in order, repeated ones included; `None` for any other value.
    ///
    /// A name with half a character (`"\ud83d"`), which no text can hold, stands there as it is written. Each call reads the
    /// object anew, with all that is in it: asking level by level costs the depth times the length.
    #[must_use]
    pub fn members(self) -> Option<Vec<(String, Self)>> {
        if !self.0.starts_with('{') {
            return None;
        }
        let outline = self.outline();
        let member = |(name, value)| {
            let own = Self(outline.value(name, self.0));
            let text = own.text().unwrap_or_else(|| own.0.trim_matches('"').to_string());
            (text, Self(outline.value(value, self.0)))
        };
        Some(outline.members(0).map(member).collect())
    }

    /// The member of an object with this name, unless it is `null`: the first, where most readers take the last. It is looked
    /// for among [`members`](Self::members), so that whoever wants several asks for these once.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Self> {
        let found = self.members()?.into_iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value).filter(|value| value.0 != "null")
    }

    /// The items of a list.
    #[must_use]
    pub fn items(self) -> Option<Vec<Self>> {
        if !self.0.starts_with('[') {
            return None;
        }
        let outline = self.outline();
        Some(outline.inside(0).map(|item| Self(outline.value(item, self.0))).collect())
    }

    fn outline(self) -> Outline {
        // It was read before, and is JSON.
        Outline::of(self.0, 1).unwrap_or_default()
    }

    /// A string.
    #[must_use]
    pub fn text(self) -> Option<String> {
        text(self.0).ok().map(Cow::into_owned)
    }

    /// The text of a string, a number as it is written or a truth value.
    ///
    /// ```
    /// use countersign::wire::json::Json;
    ///
    /// let json = Json::read(r#"["a\nb", 1.10, 12345678901234567890123, true, null, []]"#)?;
    /// let plain: Vec<_> = json.items().unwrap().into_iter().map(Json::plain).collect();
    /// let some = |text: &str| Some(text.to_owned());
    /// assert_eq!(plain, [some("a\nb"), some("1.10"), some("12345678901234567890123"), some("true"), None, None]);
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn plain(self) -> Option<String> {
        match self.0.bytes().next()? {
            b'"' => self.text(),
            b't' | b'f' | b'-' | b'0'..=b'9' => Some(self.0.into()),
            _ => None,
        }
    }

    /// A value that Rust writes as JSON does: a truth value, a number. A whole number with a fraction or an exponent (`12.0`,
    /// `1e3`) is none for Rust.
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
pub(crate) struct Members<'j>(pub(crate) SmallVec<[(Cow<'j, str>, &'j str); 8]>);

/// Reads the members of an object.
pub(crate) fn members(json: &str) -> Result<Members<'_>, NoMembers<'_>> {
    let mut outline = Outline::default();
    outline.read(json, 1).map_err(|error| NoMembers::NotJson(error.to_string()))?;
    let whole = outline.value(0, json);
    if !whole.starts_with('{') {
        return Err(NoMembers::NotAnObject(whole));
    }
    let mut list = SmallVec::new();
    for (name, value) in outline.members(0) {
        let place = outline.start(name);
        let name = match outline.quoted(name, json) {
            Some(name) if !outline.has_escapes => Cow::Borrowed(name),
            _ => text(outline.value(name, json)).map_err(|error| NoMembers::NotJson(placed(&error, json, place)))?,
        };
        list.push((name, outline.value(value, json)));
    }
    Ok(Members(list))
}

/// What the reader says of a part of a text, with line and column in the whole of it.
fn placed(error: &serde_json::Error, json: &str, start: usize) -> String {
    let before = json.get(..start).unwrap_or_default();
    let lines = before.bytes().filter(|byte| *byte == b'\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + error.column();
    let words = error.to_string();
    let words = words.split_once(" at line ").map_or(&*words, |(words, _)| words);
    format!("{words} at line {} column {column}", lines + 1)
}

/// The text of a string of JSON, borrowed unless it has escapes.
///
/// # Errors
///
/// When it is another value, or holds half a character. What is no JSON at all is not noticed.
pub(crate) fn text(value: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.as_bytes().contains(&b'\\') => Ok(Cow::Borrowed(inner)),
        _ => serde_json::from_str(value).map(Cow::Owned),
    }
}

/// The length of a string whose opening quote was read.
pub(crate) fn string_len(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += special_len(text.get(at..)?)?;
        match text.get(at)? {
            b'"' => return Some(at),
            // Whatever it is that follows, it ends nothing.
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// How far it is to the first byte that stands for something else in a string, or for nothing: a quote, a backslash, a
/// control character.
fn special_len(text: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let repeated = |byte: u8| u64::from(byte) * ONES;
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let Some(eight) = rest.first_chunk() else {
            return rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')).map(|found| at + found);
        };
        let word = u64::from_le_bytes(*eight);
        // A byte below another has its high bit after the subtraction, and had not before. The first such byte is right: what is
        // borrowed is borrowed by those behind it.
        let below = |word: u64, byte: u8| word.wrapping_sub(repeated(byte)) & !word;
        let special = below(word ^ repeated(b'"'), 1) | below(word ^ repeated(b'\\'), 1) | below(word, b' ');
        let special = special & repeated(0x80);
        if special != 0 {
            return Some(at + special.trailing_zeros() as usize / 8);
        }
        at += 8;
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

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use serde_core::de::IgnoredAny;

    #[test]
    fn faults_of_names_are_told_with_their_place() {
        // As the reader tells them who reads the names at once.
        for json in [r#"{"\ud83d": 1}"#, "{\n \"a\":1,\n  \"b\\udead\": 2}"] {
            let theirs = serde_json::from_str::<alloc::collections::BTreeMap<String, IgnoredAny>>(json).unwrap_err();
            let Err(NoMembers::NotJson(ours)) = members(json) else { panic!("{json} has members") };
            assert_eq!(ours, theirs.to_string());
        }
    }

    #[test]
    fn the_first_special_byte_is_found_wherever_it_is() {
        for len in 0..20 {
            for at in 0..len {
                for byte in 0..=255 {
                    let mut text = [b'!'; 20];
                    (text[at], text[len]) = (byte, b'"');
                    let wanted = text[..len].iter().position(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\'));
                    assert_eq!(special_len(&text[..len]), wanted);
                    assert_eq!(special_len(&text), wanted.or(Some(len)));
                }
            }
        }
    }

    #[test]
    fn values_are_as_they_are_written() {
        for number in ["1.10", "1E3", "-0", "12345678901234567890123", "1e400", "0.30000000000000000001"] {
            assert_eq!(Json::read(number).unwrap().plain().as_deref(), Some(number));
        }
        let written = r#"{"\ud83d":1,"log":"a","\ud83d\ude00":"\ud83d"}"#;
        let json = Json::read(written).unwrap();
        let names: Vec<_> = json.members().unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [r"\ud83d", "log", "\u{1f600}"]);
        assert_eq!(json.member("log").and_then(Json::text).as_deref(), Some("a"));
        assert_eq!(json.member("\u{1f600}").and_then(Json::plain), None, "no text holds half a character");
        assert_eq!((Json::read("{}").unwrap().members(), Json::read("[]").unwrap().members()), (Some(Vec::new()), None));
    }

    #[test]
    fn strings_end_at_the_first_quote_without_a_backslash() {
        for (text, len) in [
            (r#"""#, Some(0)),
            (r#"a":"b""#, Some(1)),
            (r#"12345678", x"#, Some(8)),
            (r#"1234567\"9" "#, Some(10)),
            (r#"\\\\\\\\\\" "#, Some(10)),
            (r#"1234567\\" "#, Some(9)),
            (r#"12345678\"1"""#, Some(11)),
            (r"1234567\", None),
            ("no end, however long it is", None),
            ("", None),
        ] {
            assert_eq!(string_len(text.as_bytes()), len, "{text}");
        }
    }
}

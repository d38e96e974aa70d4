//! The JSON text of a policy: its bounds, escapes that are not JSON, and where each value stands.

use super::{
    dialect::Dialect,
    fault::{FaultKind, PolicyFault},
};
use crate::{
    phrase::{Phrase, phrase},
    wire::json::{self, Outline},
};
use alloc::{borrow::Cow, string::String, vec::Vec};
use smallvec::SmallVec;

/// The longest policy that is read, in bytes of JSON. No vendor publishes a limit; S3 takes no form with
/// more than 20 KiB of fields.
pub const MAX_SIZE: usize = 64 << 10;
/// How deep values may lie in one another. A policy needs three or four.
pub const MAX_DEPTH: usize = 16;

/// A text that is JSON, with the way back to the offsets of the text it was made from.
pub(super) struct Source<'t> {
    dialect: Dialect,
    text: Cow<'t, str>,
    /// Where in `text` an escape of the vendor's was written as one of JSON's, which is longer.
    lengthened: Vec<usize>,
    outline: Outline,
}

/// How much longer JSON's spelling of an escape (`\u0024`) is than the vendor's (`\$`).
const LONGER: usize = 4;

/// A member: its name, and its value.
pub(super) type Member<'s> = (Cow<'s, str>, Node<'s>);

/// A value and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Node<'s> {
    source: &'s Source<'s>,
    /// Its number in the outline.
    number: usize,
}

impl<'t> Source<'t> {
    /// Takes bytes that are JSON within the bounds.
    #[inline]
    pub(super) fn new(json: &'t [u8], dialect: Dialect) -> Result<Self, PolicyFault> {
        let fault = |kind, at| PolicyFault::new(dialect, kind, at);
        if json.len() > MAX_SIZE {
            return Err(fault(FaultKind::TooLong, MAX_SIZE));
        }
        let text = core::str::from_utf8(json).map_err(|error| fault(FaultKind::NotUtf8, error.valid_up_to()))?;
        let mut source = Self { dialect, text: Cow::Borrowed(text), lengthened: Vec::new(), outline: Outline::default() };
        let mut read = source.outline.read(text, MAX_DEPTH);
        if read.is_err() {
            source.lengthen(text);
            read = source.outline.read(&source.text, MAX_DEPTH);
        }
        // How deep it is counts more than what else is wrong.
        if (read.is_err() || source.outline.depth > MAX_DEPTH)
            && let Some(at) = too_deep(json)
        {
            return Err(fault(FaultKind::TooDeep, at));
        }
        read.map_err(|error| source.not_json(&error, 0))?;
        Ok(source)
    }

    /// Writes the vendor's own escapes as JSON's.
    fn lengthen(&mut self, text: &str) {
        let escapes = self.dialect.rules().escapes;
        let (mut in_string, mut copied) = (false, 0);
        let mut rewritten = String::new();
        let mut bytes = text.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'"' => in_string = !in_string,
                b'\\' if in_string => {
                    let Some((_, letter)) = bytes.next() else { break };
                    if let Some((_, json)) = escapes.iter().find(|(own, _)| *own == letter) {
                        rewritten.push_str(text.get(copied..at).unwrap_or_default());
                        self.lengthened.push(rewritten.len());
                        rewritten.push_str(json);
                        copied = at + 2;
                    }
                }
                _ => {}
            }
        }
        if !self.lengthened.is_empty() {
            rewritten.push_str(text.get(copied..).unwrap_or_default());
            self.text = Cow::Owned(rewritten);
        }
    }

    /// The whole text as a value.
    pub(super) fn root(&self) -> Node<'_> {
        Node { source: self, number: 0 }
    }

    /// The offset in the original text of an offset in this one.
    fn original(&self, at: usize) -> usize {
        let before = self.lengthened.iter().filter(|start| **start + 2 + LONGER <= at).count();
        let within = self.lengthened.iter().find(|start| (**start..**start + 2 + LONGER).contains(&at));
        within.copied().unwrap_or(at) - before * LONGER
    }

    /// What the JSON reader did not like, with the character it met.
    fn not_json(&self, error: &serde_json::Error, base: usize) -> PolicyFault {
        let text = self.text.get(base..).unwrap_or_default();
        // Line and column are counted from 1; the column counts bytes.
        let lines: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let mut at = if error.is_eof() { text.len() } else { (lines + error.column().saturating_sub(1)).min(text.len()) };
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let found = text.get(at..).and_then(|rest| rest.chars().next());
        PolicyFault::new(self.dialect, FaultKind::NotJson { found, expected: Expected::of(error) }, self.original(base + at))
    }
}

/// Where the first value is that lies too deep.
fn too_deep(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        match text.get(at)? {
            b'"' => at += 1 + json::string_len(text.get(at + 1..)?)?,
            b'{' | b'[' if depth == MAX_DEPTH => return Some(at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
}

/// What the JSON reader wanted where the text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A value, or the name of a member.
    Value,
    /// A comma, or the end of an array.
    CommaOrEndOfArray,
    /// A comma, or the end of an object.
    CommaOrEndOfObject,
    /// Nothing more.
    End,
    /// Something else: a colon, a known escape, more digits.
    Other,
}

impl Expected {
    /// The reader tells the kinds of its syntax errors in words alone.
    fn of(error: &serde_json::Error) -> Self {
        let words = alloc::format!("{error}");
        let starts = |start: &str| words.starts_with(start);
        if starts("expected `,` or `]`") {
            Self::CommaOrEndOfArray
        } else if starts("expected `,` or `}`") {
            Self::CommaOrEndOfObject
        } else if starts("expected value") || starts("key must be a string") {
            Self::Value
        } else if starts("trailing characters") {
            Self::End
        } else {
            Self::Other
        }
    }

    pub(super) const fn told(self) -> Phrase {
        match self {
            Self::Value => phrase!("a value in quotes"),
            Self::CommaOrEndOfArray => phrase!("`,` or `]`"),
            Self::CommaOrEndOfObject => phrase!("`,` or `}`"),
            Self::End => phrase!("the end"),
            Self::Other => phrase!("JSON"),
        }
    }
}

impl<'s> Node<'s> {
    /// The offset of the value in the original text.
    pub(super) fn at(&self) -> usize {
        self.source.original(self.start())
    }

    /// The value as it is written.
    pub(super) fn raw(&self) -> &'s str {
        self.source.outline.value(self.number, &self.source.text)
    }

    /// A fault here.
    pub(super) fn fault(&self, kind: FaultKind) -> PolicyFault {
        PolicyFault::new(self.source.dialect, kind, self.at())
    }

    /// The members of an object in order, with repetitions; `None` when this is no object.
    pub(super) fn members(&self) -> Result<Option<SmallVec<[Member<'s>; 2]>>, PolicyFault> {
        if self.first() != Some(b'{') {
            return Ok(None);
        }
        let mut members = SmallVec::new();
        let source = self.source;
        for (name, number) in source.outline.members(self.number) {
            let name = Self { source, number: name }.string()?.unwrap_or_default();
            members.push((name, Self { source, number }));
        }
        Ok(Some(members))
    }

    /// The items of an array; `None` when this is no array.
    pub(super) fn items(&self) -> Option<impl Iterator<Item = Self> + Clone + use<'s>> {
        let source = self.source;
        let items = source.outline.inside(self.number).map(|number| Self { source, number });
        (self.first() == Some(b'[')).then_some(items)
    }

    /// The string; `None` when this is none.
    pub(super) fn string(&self) -> Result<Option<Cow<'s, str>>, PolicyFault> {
        match self.source.outline.quoted(self.number, &self.source.text) {
            Some(text) if !self.source.outline.has_escapes => Ok(Some(Cow::Borrowed(text))),
            Some(_) => json::text(self.raw()).map(Some).map_err(|error| self.source.not_json(&error, self.start())),
            None => Ok(None),
        }
    }

    fn first(&self) -> Option<u8> {
        self.source.outline.first(self.number, &self.source.text)
    }

    /// The offset in the text that was read.
    fn start(&self) -> usize {
        self.source.outline.start(self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::ToString, vec};

    fn fault(json: &str, dialect: Dialect) -> (FaultKind, usize) {
        let fault = Source::new(json.as_bytes(), dialect).map(drop).unwrap_err();
        (fault.kind, fault.at)
    }

    fn not_json(found: impl Into<Option<char>>, expected: Expected) -> FaultKind {
        FaultKind::NotJson { found: found.into(), expected }
    }

    #[test]
    fn faults_are_told_with_place_and_character() {
        for (json, at, found, expected) in [
            ("{expiration: 1}", 1, Some('e'), Expected::Value),
            ("{\"a\":\n tom}", 8, Some('o'), Expected::Other),
            ("{\"a\": eric}", 6, Some('e'), Expected::Value),
            ("[1 2]", 3, Some('2'), Expected::CommaOrEndOfArray),
            ("[\n\"\u{952e}\" 2]", 8, Some('2'), Expected::CommaOrEndOfArray),
            ("{\"a\": 1 \"b\": 2}", 8, Some('"'), Expected::CommaOrEndOfObject),
            ("{} {}", 3, Some('{'), Expected::End),
            ("[1, ]", 4, Some(']'), Expected::Value),
            ("[1", 2, None, Expected::Other),
            ("", 0, None, Expected::Other),
            ("\u{feff}{}", 0, Some('\u{feff}'), Expected::Value),
            ("'a'", 0, Some('\''), Expected::Value),
        ] {
            assert_eq!(fault(json, Dialect::S3), (not_json(found, expected), at), "{json}");
        }
    }

    #[test]
    fn escapes_are_those_of_the_vendor() {
        let texts = |json: &str, dialect| {
            let source = Source::new(json.as_bytes(), dialect).unwrap();
            let items = source.root().items().unwrap();
            items.map(|item| (item.string().unwrap().unwrap().into_owned(), item.at())).collect::<Vec<_>>()
        };
        let wanted = |a: &str, b: &str| vec![(a.to_string(), 1), (b.to_string(), 10)];
        assert_eq!(texts(r#"["\$a\$", "\$b"]"#, Dialect::Oss), wanted("$a$", "$b"));
        assert_eq!(texts(r#"["\va\v", "\vb"]"#, Dialect::S3), wanted("\u{b}a\u{b}", "\u{b}b"));
        assert_eq!(texts(r#"["\\$a",  "\\$b"]"#, Dialect::S3), wanted("\\$a", "\\$b"));
        assert_eq!(fault(r#"["\$a"]"#, Dialect::Cos), (not_json('$', Expected::Other), 3));
        assert_eq!(fault(r#"["\va"]"#, Dialect::Oss), (not_json('v', Expected::Other), 3));
        // Behind a lengthened escape offsets are still those of the text as given.
        assert_eq!(fault(r#"["\$", "\$" x]"#, Dialect::Oss), (not_json('x', Expected::CommaOrEndOfArray), 12));
        assert_eq!(fault(r#"["\$\q"]"#, Dialect::Oss), (not_json('q', Expected::Other), 5));
    }

    #[test]
    fn repeated_members_are_kept_in_order() {
        let source = Source::new(br#" {"b": 1, "a": [2], "b": {"c" : 3}} "#, Dialect::S3).unwrap();
        let members = source.root().members().unwrap().unwrap();
        let shown: Vec<_> = members.iter().map(|(name, node)| format!("{name}={}@{}", node.raw(), node.at())).collect();
        assert_eq!(shown, ["b=1@7", "a=[2]@15", "b={\"c\" : 3}@25"]);
    }

    #[test]
    fn bounds_are_kept() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Source::new(nested(MAX_DEPTH).as_bytes(), Dialect::S3).is_ok());
        assert_eq!(fault(&nested(MAX_DEPTH + 1), Dialect::S3), (FaultKind::TooDeep, MAX_DEPTH));
        assert!(Source::new(format!("\"{}\"", "[".repeat(99)).as_bytes(), Dialect::S3).is_ok());
        let long = |len: usize| format!("\"{}\"", "a".repeat(len - 2));
        assert!(Source::new(long(MAX_SIZE).as_bytes(), Dialect::S3).is_ok());
        assert_eq!(fault(&long(MAX_SIZE + 1), Dialect::S3), (FaultKind::TooLong, MAX_SIZE));
        let latin = Source::new(b"[\"\xe9\"]", Dialect::S3).map(drop).unwrap_err();
        assert_eq!((latin.kind, latin.at), (FaultKind::NotUtf8, 2));
    }

    #[test]
    fn half_a_character_is_no_text() {
        let source = Source::new(br#"["a", "\ud83d"]"#, Dialect::S3).unwrap();
        let mut items = source.root().items().unwrap();
        assert!(matches!(items.nth(1).unwrap().string().unwrap_err().kind, FaultKind::NotJson { .. }));
    }
}

//! What is told to a person: English where it stands in the code, any other language from a table.
//!
//! The English text of a [`Phrase`] is its key: the tables of other languages hold, for each one, a text with the same
//! places. Nothing is put together until somebody reads it, so that the search can make a phrase for everything it
//! tries. What comes from the request, and the words of formats and options, are [`Value::Text`] and the same in every
//! language.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Write};

/// Named things that fill the places of a sentence.
pub type Facts = Vec<(&'static str, Value)>;

/// What fills a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// The same in every language: names, values, bytes of the request.
    Text(String),
    /// A number.
    Number(u64),
    /// A span of time, in seconds.
    Span(u64),
    /// Words.
    Phrase(Phrase),
    /// What a reader of JSON or UTF-8 says of a text that it cannot read, in its own English words.
    Reader(String),
}

/// A piece of a sentence, or a whole one, with what fills its places.
///
/// In English it is its `Display`; [`Language::tell`](crate::explain::Language::tell) knows the other languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    english: &'static str,
    facts: Facts,
}

/// A phrase in English words, with places like `{name}` for facts.
///
/// A test finds the phrases by this macro, and demands each of them of every language.
macro_rules! phrase {
    ($english:literal) => {
        $crate::phrase::Phrase::of($english)
    };
}
pub(crate) use phrase;

/// English words that become a phrase later, by [`Phrase::of`]. The test finds them, too.
macro_rules! words {
    ($english:literal) => {
        $english
    };
}
pub(crate) use words;

impl Phrase {
    /// Of words that stand in [`phrase!`] or [`words!`].
    // There are a thousand of them, and for pages a call is less to load than what it does.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) const fn of(english: &'static str) -> Self {
        Self { english, facts: Vec::new() }
    }

    /// Fills a place with what every language says in its own way.
    pub(crate) fn with(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.told_with(name, value.into())
    }

    fn told_with(mut self, name: &'static str, value: Value) -> Self {
        self.facts.push((name, value));
        self
    }

    /// Fills a place with what is the same in every language.
    pub(crate) fn data(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Value::Text(text.into()))
    }

    /// Fills a place with what looks the same in every language.
    pub(crate) fn shown(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.data(name, value.to_string())
    }

    /// Several as one, with this phrase for two of them: it has the places `{first}` and `{rest}`.
    pub(crate) fn joined(all: impl IntoIterator<Item = Self, IntoIter: DoubleEndedIterator>, two: &Self) -> Option<Self> {
        all.into_iter().rev().reduce(|rest, first| two.clone().with("first", first).with("rest", rest))
    }

    /// Writes it in a language.
    pub(crate) fn write(&self, tongue: &dyn Tongue, out: &mut dyn Write) -> fmt::Result {
        fill(tongue.text(self.english), &self.facts, tongue, out)
    }
}

/// What can be told in every language.
pub trait Told {
    /// The words for it.
    fn told(&self) -> Phrase;
}

impl Told for Phrase {
    fn told(&self) -> Phrase {
        self.clone()
    }
}

/// Shows what can be told in English, where nobody asked for a language.
macro_rules! tell_in_english {
    ($($name:ty),* $(,)?) => {
        $(impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&$crate::phrase::Told::told(self), f)
            }
        })*
    };
}
pub(crate) use tell_in_english;

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&English, f)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&English, f)
    }
}

impl From<Phrase> for Value {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl Value {
    /// The time between two moments, whichever was first.
    pub(crate) const fn span(seconds: i64) -> Self {
        Self::Span(seconds.unsigned_abs())
    }

    /// Lets `change` rewrite every text that was taken from somewhere: the words around them stay.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Text(text) => change(text),
            Self::Phrase(phrase) => phrase.facts.iter_mut().for_each(|(_, value)| value.each_text(change)),
            Self::Number(_) | Self::Span(_) | Self::Reader(_) => {}
        }
    }

    fn write(&self, tongue: &dyn Tongue, out: &mut dyn Write) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Number(number) => out.write_str(&number.to_string()),
            Self::Span(seconds) => out.write_str(&tongue.span(*seconds)),
            Self::Phrase(phrase) => phrase.write(tongue, out),
            Self::Reader(said) => tongue.reader(said, out),
        }
    }
}

/// A language. The tables are behind it, so that programs that only show English do without them.
pub(crate) trait Tongue {
    /// Its words for English ones.
    fn text(&self, english: &'static str) -> &'static str;
    /// A span of time in its largest unit and the one below.
    fn span(&self, seconds: u64) -> String;
    /// What a reader of JSON or UTF-8 says.
    fn reader(&self, said: &str, out: &mut dyn Write) -> fmt::Result {
        out.write_str(said)
    }
    /// Whether a blank belongs between what fills a place and the words beside it, which end and begin so.
    fn needs_blank(&self, _before: char, _behind: char) -> bool {
        false
    }
}

/// English.
pub(crate) struct English;

impl Tongue for English {
    fn text(&self, english: &'static str) -> &'static str {
        english
    }

    fn span(&self, seconds: u64) -> String {
        let counted = |count: u64, unit: &str| {
            let plural = if count == 1 { "" } else { "s" };
            [&*count.to_string(), " ", unit, plural].concat()
        };
        in_units(seconds, ["day", "hour", "minute", "second"], counted, " ")
    }
}

/// A span of time in the largest unit that fits and the one below, if there is something left for it.
pub(crate) fn in_units(seconds: u64, names: [&str; 4], counted: impl Fn(u64, &str) -> String, between: &str) -> String {
    let [day, hour, minute, second] = names;
    let units = [(86_400, day, 3_600, hour), (3_600, hour, 60, minute), (60, minute, 1, second)];
    let Some((size, name, next, next_name)) = units.into_iter().find(|(size, ..)| seconds >= *size) else {
        return counted(seconds, second);
    };
    match seconds % size / next {
        0 => counted(seconds / size, name),
        rest => [&*counted(seconds / size, name), between, &counted(rest, next_name)].concat(),
    }
}

/// Writes a sentence with its facts in their places. A place without its fact holds what stands behind its `|`;
/// without that, it stays as it is.
pub(crate) fn fill(sentence: &str, facts: &[(&'static str, Value)], tongue: &dyn Tongue, out: &mut dyn Write) -> fmt::Result {
    let mut out = Seams { out, tongue, last: None };
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('{') {
        out.words(before)?;
        let Some((place, after)) = place(behind) else {
            out.words("{")?;
            rest = behind;
            continue;
        };
        match (facts.iter().find(|(own, _)| *own == place.name), place.otherwise) {
            (Some((_, value)), _) => value.write(tongue, &mut Filling { seams: &mut out, begun: false })?,
            (None, Some(otherwise)) => Filling { seams: &mut out, begun: false }.write_str(otherwise)?,
            (None, None) => ["{", place.name, "}"].into_iter().try_for_each(|piece| out.words(piece))?,
        }
        rest = after;
    }
    out.words(rest)
}

/// Where the words of a sentence and what fills its places meet: some languages want a blank there or none, which
/// depends on what comes.
struct Seams<'o> {
    out: &'o mut dyn Write,
    tongue: &'o dyn Tongue,
    /// The last character so far, and whether it is a word's or a filling's.
    last: Option<(char, Piece)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Words,
    Filling,
}

impl Seams<'_> {
    fn words(&mut self, text: &str) -> fmt::Result {
        self.meet(text, Piece::Words)?;
        self.write(text, Piece::Words)
    }

    /// Writes the blank that is wanted before `text`. A backtick of the words that touches a place belongs around it.
    fn meet(&mut self, text: &str, piece: Piece) -> fmt::Result {
        let (Some((before, last)), Some(behind)) = (self.last, text.chars().next()) else { return Ok(()) };
        let is_around = |c: char, own: Piece| c == '`' && own == Piece::Words;
        let at_seam = piece != last || piece == Piece::Filling;
        let wanted = at_seam && !is_around(before, last) && !is_around(behind, piece) && self.tongue.needs_blank(before, behind);
        if wanted { self.out.write_char(' ') } else { Ok(()) }
    }

    fn write(&mut self, text: &str, piece: Piece) -> fmt::Result {
        self.last = text.chars().next_back().map(|last| (last, piece)).or(self.last);
        self.out.write_str(text)
    }
}

/// What fills one place.
struct Filling<'s, 'o> {
    seams: &'s mut Seams<'o>,
    /// Whether there was a character of it: within it, it minds its own seams.
    begun: bool,
}

impl Write for Filling<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !self.begun {
            self.seams.meet(text, Piece::Filling)?;
            self.begun = !text.is_empty();
        }
        self.seams.write(text, Piece::Filling)
    }
}

/// A place for a fact.
pub(crate) struct Place<'t> {
    pub(crate) name: &'t str,
    pub(crate) otherwise: Option<&'t str>,
}

/// The place that a text begins with behind its brace, and what follows it. Other braces belong to the text.
pub(crate) fn place(text: &str) -> Option<(Place<'_>, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c == '_'))?;
    let (name, rest) = text.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
    match rest.strip_prefix('|') {
        Some(rest) => {
            let (otherwise, after) = rest.split_once('}')?;
            Some((Place { name, otherwise: Some(otherwise) }, after))
        }
        None => Some((Place { name, otherwise: None }, rest.strip_prefix('}')?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(sentence: &str, facts: &Facts) -> String {
        let mut out = String::new();
        fill(sentence, facts, &English, &mut out).unwrap();
        out
    }

    #[test]
    fn a_place_without_its_fact_holds_the_other_words() {
        let facts = alloc::vec![("name", Value::Text("x-oss-acl".into()))];
        assert_eq!(filled("`{name}` was {what|changed}{where|}, {", &facts), "`x-oss-acl` was changed, {");
        assert_eq!(
            filled("{what} `{\"{name}\": \"${filename}\"}` {http.request.host}", &facts),
            "{what} `{\"x-oss-acl\": \"${filename}\"}` {http.request.host}"
        );
    }

    #[test]
    fn phrases_hold_phrases() {
        let item = |name: &str| phrase!("`{name}`").data("name", name);
        let list = Phrase::joined(["a", "b", "c"].map(item), &phrase!("{first}, {rest}")).unwrap();
        let whole = phrase!("{count} of {list}, {ago} ago").with("count", 3_usize).with("list", list);
        assert_eq!(whole.with("ago", Value::span(-61)).to_string(), "3 of `a`, `b`, `c`, 1 minute 1 second ago");
    }

    #[test]
    fn spans_are_told_in_two_units() {
        for (seconds, told) in [(28_805, "8 hours"), (90_061, "1 day 1 hour"), (61, "1 minute 1 second"), (0, "0 seconds")] {
            assert_eq!(English.span(seconds), told);
        }
    }
}

//! Reading JSON once: whether it is any, and where its values stand.
//!
//! It takes what the reader of `serde_json` takes, and leaves to that reader to say why it does not take the rest.

use super::special_len;
use core::ops::ControlFlow;
use serde_core::de::{Error as _, IgnoredAny};
use smallvec::SmallVec;

/// Where the values of a text stand, each before those inside it. In an object, names and values take turns.
#[derive(Default)]
pub(crate) struct Outline {
    places: SmallVec<[Place; 32]>,
    /// How many lists and objects lie in one another where there are most.
    pub(crate) depth: usize,
    /// Whether there is an escape.
    pub(crate) has_escapes: bool,
}

/// Where a value stands.
struct Place {
    start: usize,
    end: usize,
    /// The number of the value that follows behind all that is inside this one.
    next: usize,
}

impl Outline {
    /// Reads a text that is one value, and remembers the places of those inside it that lie in at most `levels` lists and
    /// objects.
    ///
    /// # Errors
    ///
    /// What the reader of `serde_json` says of a text that is no JSON.
    pub(crate) fn of(text: &str, levels: usize) -> Result<Self, serde_json::Error> {
        let mut outline = Self::default();
        outline.read(text, levels)?;
        Ok(outline)
    }

    /// The same in its place: an outline is large, and each move of it a copy.
    pub(crate) fn read(&mut self, text: &str, levels: usize) -> Result<(), serde_json::Error> {
        self.places.clear();
        (self.depth, self.has_escapes) = (0, false);
        let mut reader = Reader { text: text.as_bytes(), at: 0, levels, open: NOTHING, outer: SmallVec::new(), outline: self };
        reader.read().ok_or_else(|| why_not(text))
    }

    /// The value with this number as it is written in `text`, which was read. The outermost has the number 0.
    pub(crate) fn value<'t>(&self, number: usize, text: &'t str) -> &'t str {
        self.places.get(number).and_then(|place| text.get(place.start..place.end)).unwrap_or_default()
    }

    /// What stands between its quotes, if it is a string.
    #[inline]
    pub(crate) fn quoted<'t>(&self, number: usize, text: &'t str) -> Option<&'t str> {
        let place = self.places.get(number)?;
        text.as_bytes().get(place.start).filter(|first| **first == b'"')?;
        text.get(place.start + 1..place.end - 1)
    }

    /// Its first character, which tells what kind of value it is.
    #[cfg(feature = "policy")]
    pub(crate) fn first(&self, number: usize, text: &str) -> Option<u8> {
        text.as_bytes().get(self.start(number)).copied()
    }

    /// Where it stands in the text.
    pub(crate) fn start(&self, number: usize) -> usize {
        self.places.get(number).map_or(0, |place| place.start)
    }

    /// The numbers of the values that lie directly in this one.
    pub(crate) fn inside(&self, number: usize) -> impl Iterator<Item = usize> + Clone {
        let end = self.places.get(number).map_or(0, |place| place.next);
        let next = |number: &usize| self.places.get(*number).map(|place| place.next);
        core::iter::successors(Some(number + 1), next).take_while(move |number| *number < end)
    }

    /// The numbers of the names and values of an object.
    pub(crate) fn members(&self, number: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut inside = self.inside(number);
        core::iter::from_fn(move || inside.next().zip(inside.next()))
    }
}

#[cold]
fn why_not(text: &str) -> serde_json::Error {
    // A test holds the two readers to take the same texts.
    serde_json::from_str::<IgnoredAny>(text).err().unwrap_or_else(|| serde_json::Error::custom("it is no JSON"))
}

struct Reader<'t, 'o> {
    text: &'t [u8],
    at: usize,
    levels: usize,
    /// The list or object around the next value, and those around that.
    open: Open,
    outer: SmallVec<[Open; 16]>,
    outline: &'o mut Outline,
}

/// A list or an object that is not at its end.
#[derive(Clone, Copy)]
struct Open {
    /// Its number; that of no value if its place is not remembered.
    number: usize,
    closing: u8,
}

/// What is around the outermost value.
const NOTHING: Open = Open { number: usize::MAX, closing: 0 };

impl Reader<'_, '_> {
    fn read(&mut self) -> Option<()> {
        loop {
            let first = self.mark()?;
            let start = self.at;
            self.at += 1;
            let mut closing = None;
            match first {
                b'{' => closing = Some(b'}'),
                b'[' => closing = Some(b']'),
                b'"' => self.string()?,
                b'-' | b'0'..=b'9' => self.number(first)?,
                b't' => self.word(b"rue")?,
                b'f' => self.word(b"alse")?,
                b'n' => self.word(b"ull")?,
                _ => return None,
            }
            let number = self.keep(start);
            if let Some(closing) = closing {
                self.outer.push(core::mem::replace(&mut self.open, Open { number, closing }));
                self.outline.depth = self.outline.depth.max(self.outer.len());
            }
            if self.go_on(closing.is_some())?.is_break() {
                return Some(());
            }
        }
    }

    /// Goes on to the next value, past all lists and objects that end here.
    fn go_on(&mut self, mut is_empty: bool) -> Option<ControlFlow<()>> {
        loop {
            let Open { number, closing } = self.open;
            if closing == NOTHING.closing {
                return self.mark().is_none().then_some(ControlFlow::Break(()));
            }
            if self.mark()? != closing {
                if !is_empty {
                    self.take(b',')?;
                }
                if closing == b'}' {
                    self.name()?;
                }
                return Some(ControlFlow::Continue(()));
            }
            self.at += 1;
            self.open = self.outer.pop().unwrap_or(NOTHING);
            is_empty = false;
            let next = self.outline.places.len();
            if let Some(place) = self.outline.places.get_mut(number) {
                (place.end, place.next) = (self.at, next);
            }
        }
    }

    /// The name of a member and the colon behind it.
    fn name(&mut self) -> Option<()> {
        self.take_mark(b'"')?;
        let start = self.at - 1;
        self.string()?;
        self.keep(start);
        self.take_mark(b':')
    }

    /// The rest of a string whose opening quote was read.
    fn string(&mut self) -> Option<()> {
        loop {
            self.at += special_len(self.text.get(self.at..)?)?;
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                _ => return None,
            }
        }
    }

    /// The rest of an escape.
    #[cold]
    fn escape(&mut self) -> Option<()> {
        self.outline.has_escapes = true;
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => (0..4).try_for_each(|_| self.next().filter(u8::is_ascii_hexdigit).map(drop)),
            _ => None,
        }
    }

    /// The rest of a number.
    fn number(&mut self, first: u8) -> Option<()> {
        match if first == b'-' { self.next()? } else { first } {
            b'0' => {}
            b'1'..=b'9' => self.digits(),
            _ => return None,
        }
        if self.take(b'.').is_some() {
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.get(self.at) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Some(())
    }

    fn some_digits(&mut self) -> Option<()> {
        self.next().filter(u8::is_ascii_digit)?;
        self.digits();
        Some(())
    }

    fn digits(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
    }

    /// The rest of a word.
    fn word(&mut self, rest: &[u8]) -> Option<()> {
        rest.iter().try_for_each(|byte| self.take(*byte))
    }

    /// The next byte that is no blank, which is not taken.
    fn mark(&mut self) -> Option<u8> {
        loop {
            match *self.text.get(self.at)? {
                mark @ b'!'.. => return Some(mark),
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                other => return Some(other),
            }
        }
    }

    fn take_mark(&mut self, wanted: u8) -> Option<()> {
        self.mark().filter(|mark| *mark == wanted)?;
        self.at += 1;
        Some(())
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at)?;
        self.at += 1;
        Some(*byte)
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        self.text.get(self.at).filter(|byte| **byte == wanted)?;
        self.at += 1;
        Some(())
    }

    /// Remembers a value that began at `start`; its number.
    fn keep(&mut self, start: usize) -> usize {
        if self.outer.len() > self.levels {
            return NOTHING.number;
        }
        let number = self.outline.places.len();
        self.outline.places.push(Place { start, end: self.at, next: number + 1 });
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::String, vec::Vec};
    use serde_json::value::RawValue;

    #[test]
    fn what_is_json_is_so_to_both_readers() {
        const PIECES: [&str; 24] = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\", "\\n", "\\ud83", "0", "1", "-", ".5", "e", "E+", "true", "fals",
            "e", "null", "\n ", "\u{b}", "\u{952e}",
        ];
        let judge = |text: &str| {
            let theirs = serde_json::from_str::<IgnoredAny>(text);
            assert_eq!(Outline::of(text, 1).is_ok(), theirs.is_ok(), "{text}");
        };
        // All that can be put together of four pieces.
        let mut texts: Vec<String> = [String::new()].into();
        for _ in 0..4 {
            texts = texts.iter().flat_map(|text| PIECES.map(|piece| [text, piece].concat())).collect();
            texts.iter().for_each(|text| judge(text));
        }
        // And a longer text with each piece in every place, put between or instead of a character.
        let long = r#" {"a\"b" : [ -1.5e3, "12345678\u00e9", [ ], {} ,{"":0}], "cd":[[true],null , false]} "#;
        for at in 0..long.len() {
            let (before, behind) = long.split_at(at);
            for piece in PIECES.into_iter().chain([""]) {
                judge(&[before, piece, behind].concat());
                judge(&[before, piece, &behind[1..]].concat());
            }
        }
    }

    #[test]
    fn values_are_those_of_the_reader() {
        for json in ["[]", " [ ] ", r#"[1, "a,]\"", [2,[3]], {"b" : [4 , 5]} , null, -0.5e-7]"#, "[\n\"\u{952e},\" , -1.5e3\t]"] {
            let theirs: Vec<&RawValue> = serde_json::from_str(json).unwrap();
            for levels in 1..4 {
                let outline = Outline::of(json, levels).unwrap();
                let ours = outline.inside(0).map(|number| outline.value(number, json));
                assert!(ours.eq(theirs.iter().map(|value| value.get())), "{json}");
            }
        }
        let inside = |json| {
            let outline = Outline::of(json, 1).unwrap();
            outline.inside(0).map(|number| outline.value(number, json)).collect::<Vec<_>>()
        };
        assert_eq!(inside(r#" { "a" : 1,"b\":":{"c":2} , "":[ ]}"#), [r#""a""#, "1", r#""b\":""#, r#"{"c":2}"#, r#""""#, "[ ]"]);
        assert!(inside("{}").is_empty() && inside("1").is_empty());
    }
}

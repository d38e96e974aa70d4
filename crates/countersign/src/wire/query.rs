//! The parameters of a query string, in their order and spelling.

use super::{Ink, percent, split_once, text::Text};
use alloc::{borrow::Cow, vec::Vec};
use core::cmp::Ordering;

/// One parameter of a query.
#[derive(Clone, Copy, Debug)]
pub enum Param<'a> {
    /// As it stands in the URL, still escaped. `None` when there is no `=`.
    Wire(&'a [u8], Option<&'a [u8]>),
    /// One that a signer adds: the plain name, and the plain value in pieces.
    Plain(&'a str, &'a [&'a [u8]]),
}

impl<'a> Param<'a> {
    /// The name without escapes.
    #[must_use]
    pub fn name(&self) -> Cow<'a, [u8]> {
        match *self {
            Self::Wire(name, _) => percent::decode(name),
            Self::Plain(name, _) => Cow::Borrowed(name.as_bytes()),
        }
    }

    /// The value without escapes as a text of its own; empty when the parameter has no `=`.
    #[must_use]
    pub fn text(&self) -> Text<'a> {
        match *self {
            Self::Wire(_, value) => Text::unescaped(value.unwrap_or_default()),
            Self::Plain(_, [one]) => Text::from(*one),
            Self::Plain(_, pieces) => {
                let mut text = Text::EMPTY;
                pieces.iter().for_each(|piece| text.write(piece));
                text
            }
        }
    }

    /// Writes the value without escapes; nothing when there is none.
    pub fn write_plain_value(&self, ink: &mut (impl Ink + ?Sized)) {
        match *self {
            Self::Wire(_, value) => percent::write_decoded(value.unwrap_or_default(), ink),
            Self::Plain(_, pieces) => pieces.iter().for_each(|piece| ink.write(piece)),
        }
    }

    /// The value without escapes; `None` when the parameter has no `=`.
    #[must_use]
    pub fn value(&self) -> Option<Cow<'a, [u8]>> {
        match *self {
            Self::Wire(_, value) => value.map(percent::decode),
            Self::Plain(_, [one]) => Some(Cow::Borrowed(one)),
            Self::Plain(_, pieces) => Some(Cow::Owned(pieces.concat())),
        }
    }

    /// The value as servers read it that take a query for a form: a bare `+` is a blank.
    #[must_use]
    pub fn form_value(&self) -> Option<Cow<'a, [u8]>> {
        match *self {
            Self::Wire(_, Some(raw)) if raw.contains(&b'+') => {
                let blanks: Vec<u8> = raw.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect();
                Some(Cow::Owned(percent::decode(&blanks).into_owned()))
            }
            _ => self.value(),
        }
    }

    /// Whether the name, without escapes, is `name`.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        match *self {
            Self::Wire(raw, _) => raw == name.as_bytes() || (raw.contains(&b'%') && *percent::decode(raw) == *name.as_bytes()),
            Self::Plain(own, _) => own == name,
        }
    }

    /// Whether there is no value, or an empty one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match *self {
            Self::Wire(_, value) => value.is_none_or(<[u8]>::is_empty),
            Self::Plain(_, pieces) => pieces.iter().all(|piece| piece.is_empty()),
        }
    }

    /// Writes the name escaped.
    pub fn write_name(&self, ink: &mut (impl Ink + ?Sized)) {
        match *self {
            Self::Wire(name, _) => percent::recode(name, &percent::UNRESERVED, ink),
            Self::Plain(name, _) => percent::encode(name.as_bytes(), &percent::UNRESERVED, ink),
        }
    }

    /// Writes the value escaped; nothing when there is none.
    pub fn write_value(&self, ink: &mut (impl Ink + ?Sized)) {
        match *self {
            Self::Wire(_, value) => percent::recode(value.unwrap_or_default(), &percent::UNRESERVED, ink),
            Self::Plain(_, pieces) => {
                for piece in pieces {
                    percent::encode(piece, &percent::UNRESERVED, ink);
                }
            }
        }
    }

    /// Byte order of the escaped names, then of the escaped values.
    #[must_use]
    pub fn cmp_encoded(&self, other: &Self) -> Ordering {
        // The name of an added parameter is made of unreserved characters: it is its own escape.
        let name = |param: &Self| match *param {
            Self::Wire(name, _) => name,
            Self::Plain(name, _) => name.as_bytes(),
        };
        percent::cmp_recoded(name(self), name(other), &percent::UNRESERVED).then_with(|| match (self, other) {
            (Self::Wire(_, a), Self::Wire(_, b)) => {
                percent::cmp_recoded(a.unwrap_or_default(), b.unwrap_or_default(), &percent::UNRESERVED)
            }
            _ => self.value().cmp(&other.value()),
        })
    }
}

/// The parameters of a raw query string, in order. Empty pieces (`a&&b`) are none.
pub fn params(query: &[u8]) -> Params<'_> {
    Params { rest: Some(query) }
}

/// The parameters of a raw query string. A type of its own: the code is the same wherever they are gone through.
#[derive(Clone, Debug)]
pub struct Params<'a> {
    rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Params<'a> {
    type Item = Param<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (piece, rest) = split_once(self.rest?, b'&');
            self.rest = rest;
            if !piece.is_empty() {
                let (name, value) = split_once(piece, b'=');
                return Some(Param::Wire(name, value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_spelling_and_absence_are_kept() {
        let list: Vec<_> = params(b"b=%7e&&a&a=&%2Bx=1=2").collect();
        assert_eq!(list.len(), 4);
        assert!(list[0].is("b") && *list[0].value().unwrap_or_default() == *b"~");
        assert!(list[1].value().is_none() && list[1].is_empty());
        assert!(list[2].value().is_some() && list[2].is_empty());
        assert!(list[3].is("+x") && *list[3].value().unwrap_or_default() == *b"1=2");
    }

    #[test]
    fn a_plus_is_a_blank_in_forms_alone() {
        let list: Vec<_> = params(b"v=a+b%2Bc%20d").collect();
        assert_eq!(list[0].value().as_deref(), Some(&b"a+b+c d"[..]));
        assert_eq!(list[0].form_value().as_deref(), Some(&b"a b+c d"[..]));
    }

    #[test]
    fn sorting_compares_what_is_written() {
        let mut list: Vec<_> = params(b"a-b=1&a=2&%61=1&A=3&%c3%bc=0").collect();
        list.sort_by(Param::cmp_encoded);
        let names: Vec<_> = list.iter().map(|p| (p.name().into_owned(), p.value())).collect();
        assert_eq!(names[0].0, "\u{fc}".as_bytes());
        assert_eq!(names[1].0, b"A");
        assert_eq!(names[2].1.as_deref(), Some(&b"1"[..]));
        assert_eq!(names[4].0, b"a-b");
    }
}

//! The parameters of a query string, in their order and spelling.

#[cfg(not(feature = "compact"))]
mod cut;
#[cfg(feature = "compact")]
mod whole;

#[cfg(not(feature = "compact"))]
pub(crate) use cut::Query;
#[cfg(feature = "compact")]
pub(crate) use whole::Query;

use super::{Ink, percent, split_once, text::Text};
use alloc::{borrow::Cow, vec::Vec};
use core::cmp::Ordering;

/// One parameter of a query.
#[derive(Clone, Copy, Debug)]
pub enum Param<'a> {
    /// As it stands in the URL, still escaped. `None` when there is no `=`.
    Wire(&'a [u8], Option<&'a [u8]>),
    /// One that a signer adds: its name, which needs no escapes, and `name=value` with the value escaped.
    Added(&'a str, &'a [u8]),
}

impl<'a> Param<'a> {
    /// The name without escapes.
    #[must_use]
    pub fn name(&self) -> Cow<'a, [u8]> {
        match *self {
            Self::Wire(name, _) => percent::decode(name),
            Self::Added(name, _) => Cow::Borrowed(name.as_bytes()),
        }
    }

    /// The value as it is escaped; `None` when the parameter has no `=`.
    #[must_use]
    pub fn raw_value(&self) -> Option<&'a [u8]> {
        match *self {
            Self::Wire(_, value) => value,
            Self::Added(name, pair) => pair.get(name.len() + 1..),
        }
    }

    /// The value without escapes; `None` when the parameter has no `=`.
    #[must_use]
    pub fn value(&self) -> Option<Cow<'a, [u8]>> {
        self.raw_value().map(percent::decode)
    }

    /// The value without escapes as a text of its own; empty when the parameter has no `=`.
    #[must_use]
    pub fn text(&self) -> Text<'a> {
        Text::unescaped(self.raw_value().unwrap_or_default())
    }

    /// Writes the value without escapes; nothing when there is none.
    pub fn write_plain_value(&self, ink: &mut (impl Ink + ?Sized)) {
        percent::write_decoded(self.raw_value().unwrap_or_default(), ink);
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
            Self::Wire(raw, _) if may_be_escaped(raw, name) => *percent::decode(raw) == *name.as_bytes(),
            Self::Wire(raw, _) => raw == name.as_bytes(),
            Self::Added(own, _) => own == name,
        }
    }

    /// The same without regard to case.
    #[must_use]
    pub fn is_in_any_case(&self, name: &str) -> bool {
        match *self {
            Self::Wire(raw, _) if may_be_escaped(raw, name) => percent::decode(raw).eq_ignore_ascii_case(name.as_bytes()),
            Self::Wire(raw, _) => raw.eq_ignore_ascii_case(name.as_bytes()),
            Self::Added(own, _) => own.eq_ignore_ascii_case(name),
        }
    }

    /// Whether there is no value, or an empty one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw_value().is_none_or(<[u8]>::is_empty)
    }

    /// Writes the name escaped.
    pub fn write_name(&self, ink: &mut (impl Ink + ?Sized)) {
        match *self {
            Self::Wire(name, _) => percent::recode(name, &percent::UNRESERVED, ink),
            Self::Added(name, _) => ink.write(name.as_bytes()),
        }
    }

    /// Writes name and value escaped, with the equals sign that belongs between them if there is a value.
    pub fn write_pair(&self, equals: Equals, ink: &mut (impl Ink + ?Sized)) {
        match *self {
            Self::Added(_, pair) => ink.write(pair),
            Self::Wire(_, value) => {
                self.write_name(ink);
                if equals == Equals::Always || !self.is_empty() {
                    ink.write(b"=");
                    percent::recode(value.unwrap_or_default(), &percent::UNRESERVED, ink);
                }
            }
        }
    }

    /// Byte order of the escaped names, then of the escaped values.
    #[must_use]
    pub fn cmp_encoded(&self, other: &Self) -> Ordering {
        // Those that a signer adds have names of their own, which need no escapes.
        if let (Self::Added(a, _), Self::Added(b, _)) = (self, other) {
            match a.cmp(b) {
                Ordering::Equal => {}
                order => return order,
            }
        }
        let name = |param: &Self| match *param {
            Self::Wire(name, _) => name,
            Self::Added(name, _) => name.as_bytes(),
        };
        percent::cmp_recoded(name(self), name(other), &percent::UNRESERVED).then_with(|| {
            let value = |param: &Self| param.raw_value().unwrap_or_default();
            percent::cmp_recoded(value(self), value(other), &percent::UNRESERVED)
        })
    }
}

/// Whether a name that is escaped so may be `name`: each escape is two bytes longer than what it stands for.
fn may_be_escaped(raw: &[u8], name: &str) -> bool {
    let longer = raw.len().wrapping_sub(name.len());
    raw.len() > name.len() && longer.is_multiple_of(2) && raw.contains(&b'%')
}

/// The parameters that a signer adds, in their order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pairs<'a> {
    /// All of them as they stand in a query.
    pub(crate) query: &'a [u8],
    /// The name of each, and where it ends in the query.
    pub(crate) ends: &'a [(&'static str, usize)],
    /// How much of the query is gone through.
    pub(crate) start: usize,
    /// Whether they are known to be in the byte order of their names.
    pub(crate) are_sorted: bool,
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Param<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let ((name, end), rest) = self.ends.split_first()?;
        let pair = self.query.get(self.start..*end).unwrap_or_default();
        (self.ends, self.start) = (rest, end + 1);
        Some(Param::Added(name, pair))
    }
}

/// Whether a parameter without a value is written with an equals sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equals {
    /// Every parameter has one.
    Always,
    /// Only one with a value has one.
    WithValue,
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

/// Where some names stand in a query, found in one pass.
///
/// What is there twice is there as the first one, and marked.
pub(crate) fn find<'a, const N: usize>(
    params: impl Iterator<Item = Param<'a>>,
    names: [&str; N],
) -> [Option<(Param<'a>, Times)>; N] {
    find_by(params, names, Param::is)
}

/// The same with another way to compare names.
pub(crate) fn find_by<'a, const N: usize>(
    params: impl Iterator<Item = Param<'a>>,
    names: [&str; N],
    is: impl Fn(&Param<'a>, &str) -> bool,
) -> [Option<(Param<'a>, Times)>; N] {
    let mut found = [None; N];
    for param in params {
        if let Some((place, _)) = found.iter_mut().zip(names).find(|(_, name)| is(&param, name)) {
            *place = Some(place.map_or((param, Times::Once), |(first, _)| (first, Times::More)));
        }
    }
    found
}

/// How often a parameter is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Times {
    Once,
    More,
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

//! A query string, cut into its parameters once.

use super::{Param, Params};
use crate::wire::{bit, marks, name_bit};

/// A query string, cut into its parameters once.
///
/// All who look for a parameter would have to cut it again: reading a signature takes dozens of look-ups, most of
/// them for what is not there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query<'a> {
    raw: Option<&'a [u8]>,
    /// Where each of the first pieces begins, where its name ends, and where it ends itself.
    places: [[u16; 3]; FEW],
    count: usize,
    /// Where the pieces begin that have no place.
    rest: usize,
    /// The bit of each name that has a place; all bits where names are escaped or have no place.
    names: u64,
}

/// So many pieces have a place: signed URLs have some eight.
const FEW: usize = 12;

impl<'a> Query<'a> {
    /// No query at all.
    pub(crate) const NONE: Self = Self { raw: None, places: [[0; 3]; FEW], count: 0, rest: 0, names: 0 };

    /// Cuts a raw query.
    pub(crate) fn cut(raw: Option<&'a [u8]>) -> Self {
        match raw {
            Some(text) if !text.is_empty() => Self::cut_some(text),
            _ => Self { raw, ..Self::NONE },
        }
    }

    fn cut_some(text: &'a [u8]) -> Self {
        let mut query = Self { raw: Some(text), ..Self::NONE };
        // Places are short numbers.
        if text.len() > usize::from(u16::MAX) {
            query.names = u64::MAX;
            return query;
        }
        let (words, tail) = text.as_chunks::<8>();
        let mut last = [0; 8];
        last.iter_mut().zip(tail).for_each(|(to, from)| *to = *from);
        let (mut start, mut equals) = (0, None);
        for (number, word) in words.iter().chain([&last]).enumerate() {
            let word = u64::from_le_bytes(*word);
            let (ends, escapes) = (marks(word, b'&'), marks(word, b'%'));
            let mut found = ends | escapes | marks(word, b'=');
            while found != 0 {
                let first = found & found.wrapping_neg();
                let at = 8 * number + first.trailing_zeros() as usize / 8;
                found ^= first;
                if escapes & first != 0 {
                    // What a name is that has escapes, nobody looks at here.
                    query.names |= if equals.is_none() { u64::MAX } else { 0 };
                } else if ends & first == 0 {
                    equals = equals.or(Some(at));
                } else if query.place(text, [start, equals.take().unwrap_or(at), at]) {
                    start = at + 1;
                } else {
                    return query;
                }
            }
        }
        query.place(text, [start, equals.unwrap_or(text.len()), text.len()]);
        query
    }

    /// Keeps the place of a piece, if there is room for it. Empty pieces need none.
    fn place(&mut self, text: &[u8], piece: [usize; 3]) -> bool {
        let [start, equals, end] = piece;
        if start < end {
            let Some(place) = self.places.get_mut(self.count) else {
                self.names = u64::MAX;
                return false;
            };
            // `cut` takes no text that is too long.
            *place = piece.map(|at| at as u16);
            self.count += 1;
            self.names |= name_bit(text.get(start..equals).unwrap_or_default());
        }
        self.rest = end + 1;
        true
    }

    /// As it stands in the URL.
    pub(crate) const fn raw(&self) -> Option<&'a [u8]> {
        self.raw
    }

    /// Whether a parameter of this name may be there. Mostly it is, if the answer is yes.
    pub(crate) fn may_have(&self, name: &str) -> bool {
        self.names & name_bit(name.as_bytes()) != 0
    }

    /// The same without regard to case.
    pub(crate) fn may_have_in_any_case(&self, name: &str) -> bool {
        let bits = |byte: u8| bit(name.len(), byte.to_ascii_lowercase()) | bit(name.len(), byte.to_ascii_uppercase());
        self.names & name.bytes().last().map_or(u64::MAX, bits) != 0
    }

    /// The parameters in order, as [`params`] gives them.
    pub(crate) fn params(&self) -> impl Iterator<Item = Param<'a>> + Clone + use<'_, 'a> {
        let raw = self.raw.unwrap_or_default();
        let placed = self.places.iter().take(self.count).map(move |place| {
            let [start, equals, end] = place.map(usize::from);
            let name = raw.get(start..equals).unwrap_or_default();
            Param::Wire(name, if equals < end { raw.get(equals + 1..end) } else { None })
        });
        placed.chain(Params { rest: raw.get(self.rest..).filter(|rest| !rest.is_empty()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::query::params;
    use alloc::string::String;

    #[test]
    fn a_query_that_was_cut_has_the_same_parameters() {
        let many = "k=v&".repeat(FEW + 3);
        let long = alloc::format!("a=1&{}=2&&c", "x".repeat(70_000));
        // Bytes one apart from the delimiters, and the highest, beside them.
        let beside = "%=&'<\u{1}=>&\u{a6}&\u{3fd}=\u{7f}&\u{0}=&\u{1}";
        let texts = ["", "&", "a", "=", "a=b=c&&d&", "&=x&%61=1&last=", "12345678=12345678&1234567=", beside, &many, &long];
        for text in texts.iter().map(|text| text.as_bytes()) {
            let query = Query::cut(Some(text));
            let pair = |param: Param<'_>| (param.name().into_owned(), param.raw_value().map(<[u8]>::to_vec));
            assert!(query.params().map(pair).eq(params(text).map(pair)), "{}", text.escape_ascii());
            for param in params(text) {
                let name = String::from_utf8(param.name().into_owned()).unwrap();
                assert!(query.may_have(&name), "{}", text.escape_ascii());
                let other = if name.is_ascii() { name.to_ascii_uppercase() } else { name };
                assert!(query.may_have_in_any_case(&other), "{}", text.escape_ascii());
            }
        }
        assert!(Query::NONE.raw().is_none() && Query::NONE.params().next().is_none() && !Query::NONE.may_have("a"));
    }
}

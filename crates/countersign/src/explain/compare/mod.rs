//! Two texts laid side by side: where the server's differs from the one that follows from the request.

pub(crate) mod shown;

use crate::{
    pen::Role,
    transcript::{Part, Written},
};
use alloc::{
    collections::{BTreeMap, VecDeque},
    vec,
    vec::Vec,
};

/// One difference between two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference<'w> {
    /// What kind of part differs.
    pub(crate) role: Role,
    /// Which one, for headers and parameters.
    pub(crate) name: &'w [u8],
    /// What of it differs.
    pub(crate) kind: Kind,
    /// Our bytes; `None` when only they have the part.
    pub(crate) ours: Option<&'w [u8]>,
    /// Their bytes; `None` when only we have the part.
    pub(crate) theirs: Option<&'w [u8]>,
    /// Offset of the first byte that differs, within these bytes.
    pub(crate) at: usize,
}

/// What of a part differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Its bytes, or whether it is there.
    Bytes,
    /// Its place: the same items stand in another order. The bytes are those of the whole list.
    Order,
    /// Everything: the two follow different schemes. The bytes are those of the whole text.
    Scheme,
    /// The line ends alone. The bytes are those of the whole text.
    LineEnds,
}

impl<'w> Difference<'w> {
    fn new(role: Role, name: &'w [u8], kind: Kind, ours: Option<&'w [u8]>, theirs: Option<&'w [u8]>) -> Self {
        let (a, b) = (ours.unwrap_or_default(), theirs.unwrap_or_default());
        let at = a.iter().zip(b).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len()));
        Self { role, name, kind, ours, theirs, at }
    }
}

/// Compares part by part: parts of one role and name belong together, in their order. First what we have, in our order,
/// then what only they have, then lists in another order; line ends only if nothing else differs.
pub(crate) fn compare<'w>(ours: &'w Written, theirs: &'w Written) -> Vec<Difference<'w>> {
    let (left, right) = (parts(ours), parts(theirs));
    if left.first().map(|part| part.role) != right.first().map(|part| part.role) {
        return vec![Difference::new(Role::Algorithm, &[], Kind::Scheme, Some(&ours.text), Some(&theirs.text))];
    }
    let (pairs, free) = pair(ours, &left, theirs, &right);
    let mut found = Vec::new();
    for (part, partner) in left.iter().zip(&pairs) {
        let (a, b) = (ours.bytes(part), partner.and_then(|at| right.get(at)).map(|part| theirs.bytes(part)));
        if b != Some(a) {
            found.push(Difference::new(part.role, &part.name, Kind::Bytes, Some(a), b));
        }
    }
    let added = right.iter().zip(&free).filter(|(_, free)| **free).map(|(part, _)| *part);
    found.extend(added.map(|part| Difference::new(part.role, &part.name, Kind::Bytes, None, Some(theirs.bytes(part)))));
    for role in [Role::Query, Role::Header, Role::SignedHeader] {
        let places = left.iter().zip(&pairs).filter(|(part, _)| part.role == role).filter_map(|(_, at)| *at);
        if !places.is_sorted() {
            found.push(Difference::new(role, &[], Kind::Order, Some(block(ours, role)), Some(block(theirs, role))));
        }
    }
    if found.is_empty() && ours.text != theirs.text {
        found.push(Difference::new(Role::LineEnd, &[], Kind::LineEnds, Some(&ours.text), Some(&theirs.text)));
    }
    found
}

/// Whether two texts differ in blanks and line ends at most: what copying alters in a text that is quoted as such.
pub(crate) fn differ_in_blanks_alone(a: &[u8], b: &[u8]) -> bool {
    let told = |text: &[u8]| text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect::<Vec<_>>();
    told(a) == told(b)
}

/// The parts that say something.
fn parts(written: &Written) -> Vec<&Part> {
    written.parts.iter().filter(|part| !matches!(part.role, Role::LineEnd | Role::Punctuation)).collect()
}

/// For each of our parts, the index of theirs; and which of theirs stay alone. Equal ones find each other first, so
/// that repeated names do not shift.
fn pair(ours: &Written, left: &[&Part], theirs: &Written, right: &[&Part]) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut pairs = vec![None; left.len()];
    let mut free = vec![true; right.len()];
    for with_bytes in [true, false] {
        let key = |written: &Written, part: &Part| {
            // Names are told apart without their case: some schemes sign them in lower case.
            let bytes = with_bytes.then(|| written.bytes(part).to_vec());
            (part.role.as_str(), part.name.to_ascii_lowercase(), bytes)
        };
        let mut waiting: BTreeMap<_, VecDeque<usize>> = BTreeMap::new();
        for (at, part) in right.iter().enumerate().filter(|(at, _)| free.get(*at) == Some(&true)) {
            waiting.entry(key(theirs, part)).or_default().push_back(at);
        }
        for (part, partner) in left.iter().zip(&mut pairs).filter(|(_, partner)| partner.is_none()) {
            *partner = waiting.get_mut(&key(ours, part)).and_then(VecDeque::pop_front);
            if let Some(free) = partner.and_then(|at| free.get_mut(at)) {
                *free = false;
            }
        }
    }
    (pairs, free)
}

/// All bytes from the first to the last part of a role.
fn block(written: &Written, role: Role) -> &[u8] {
    let mut parts = written.parts.iter().filter(|part| part.role == role);
    let first = parts.next();
    let last = parts.next_back().or(first);
    first.zip(last).and_then(|(first, last)| written.text.get(first.start..last.end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{explain::readback::read_back, pen::Document, transcript::Transcript};

    fn lines(text: &str) -> Written {
        read_back(&Transcript::default(), Document::StringToSign, text.as_bytes())
    }

    #[test]
    fn a_difference_names_part_and_offset() {
        let (ours, theirs) = (lines("GET\n\n\n1\nx-oss-a:one\n/b/k"), lines("GET\n\n\n1\nx-oss-a:oNe\n/b/k"));
        let found = compare(&ours, &theirs);
        let expected = Difference {
            role: Role::Header,
            name: b"x-oss-a",
            kind: Kind::Bytes,
            ours: Some(b"x-oss-a:one"),
            theirs: Some(b"x-oss-a:oNe"),
            at: 9,
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn repeated_names_do_not_shift() {
        let (ours, theirs) = (lines("GET\n\n\n1\n/b/k?a=1&a=2&a=3"), lines("GET\n\n\n1\n/b/k?a=1&a=3"));
        let found: Vec<_> = compare(&ours, &theirs).iter().map(|d| (d.kind, d.ours, d.theirs)).collect();
        assert_eq!(found, [(Kind::Bytes, Some(&b"a=2"[..]), None)]);
    }

    #[test]
    fn another_order_is_one_difference() {
        let (ours, theirs) = (lines("GET\n\n\n1\n/b/k?a=1&b&c"), lines("GET\n\n\n1\n/b/k?b&c&a=1"));
        let found: Vec<_> = compare(&ours, &theirs).iter().map(|d| (d.kind, d.ours, d.theirs, d.at)).collect();
        assert_eq!(found, [(Kind::Order, Some(&b"a=1&b&c"[..]), Some(&b"b&c&a=1"[..]), 0)]);
    }

    #[test]
    fn copying_alters_blanks_alone() {
        assert!(differ_in_blanks_alone(b"PUT\n\ntext/plain\n/b/a  b", b"PUT text/plain /b/a b"));
        assert!(!differ_in_blanks_alone(b"PUT\n\ntext/plain", b"PUT text/html"));
    }

    #[test]
    fn a_lost_item_is_no_change_of_order() {
        let (ours, theirs) = (lines("GET\n\n\n1\n/b/k?a=1&b&c"), lines("GET\n\n\n1\n/b/k?b&c"));
        let found: Vec<_> = compare(&ours, &theirs).iter().map(|d| (d.kind, d.ours, d.theirs)).collect();
        assert_eq!(found, [(Kind::Bytes, Some(&b"a=1"[..]), None)]);
    }
}

//! A signed text beside the right one, piece by piece.

use crate::visible::name_of_first;
use countersign::{Part, Role, Written};

/// A piece of a signed text: a part, or a whole line where the parts are not known.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'w> {
    /// What part it is; `None` of a line.
    pub role: Option<Role>,
    /// The name of a header or parameter.
    pub name: &'w [u8],
    /// Its text.
    pub bytes: &'w [u8],
    /// The line it starts in, from 1.
    pub line: usize,
}

impl Piece<'_> {
    /// Whether it is what stands between parts.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        matches!(self.role, Some(Role::LineEnd | Role::Punctuation))
    }

    /// Whether both are the same part; of lines, whether they are equal.
    fn is_like(&self, other: &Self) -> bool {
        self.role == other.role && self.name == other.name && (self.role.is_some() || self.bytes == other.bytes)
    }
}

/// A piece of one text and its partner in the other.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'w> {
    /// What was signed.
    pub signed: Option<Piece<'w>>,
    /// What the rules give.
    pub right: Option<Piece<'w>>,
}

impl<'w> Pair<'w> {
    /// What it is, for messages.
    #[must_use]
    pub fn piece(&self) -> Option<Piece<'w>> {
        self.right.or(self.signed)
    }

    /// Whether both sides say the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        matches!((self.signed, self.right), (Some(signed), Some(right)) if signed.bytes == right.bytes)
    }
}

/// The pieces of both texts, each with its partner.
pub fn pairs<'w>(signed: &'w Written, right: &'w Written) -> Vec<Pair<'w>> {
    // A text that is one part is a text whose parts are not known.
    let is_whole = |written: &Written| written.parts.len() < 2;
    if is_whole(signed) && !is_whole(right) || signed.parts.is_empty() || right.parts.is_empty() {
        return joined(aligned(&lines(signed), &lines(right)));
    }
    aligned(&parts(signed), &parts(right))
}

/// Whether two texts have the same pieces in another order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What differs is more than the order, or nothing.
    Same,
    /// What differs is the order alone.
    Other,
}

/// Whether what differs is the order alone.
pub(crate) fn order(signed: &Written, right: &Written) -> Order {
    let pairs: Vec<_> = pairs(signed, right).into_iter().filter(|pair| !pair.is_same()).collect();
    let own = |piece: Piece<'_>| [piece.role.map_or("", Role::as_str).as_bytes(), piece.name, piece.bytes].join(&0);
    let mut theirs: Vec<_> = pairs.iter().filter_map(|pair| pair.signed.map(own)).collect();
    let mut ours: Vec<_> = pairs.iter().filter_map(|pair| pair.right.map(own)).collect();
    theirs.sort();
    ours.sort();
    if !theirs.is_empty() && theirs == ours { Order::Other } else { Order::Same }
}

/// The parts of a text.
pub fn parts(written: &Written) -> Vec<Piece<'_>> {
    let (mut line, mut counted) = (1, 0);
    let line_of = |part: &Part| {
        let passed = written.text.get(counted..part.start).unwrap_or_default();
        line += passed.iter().filter(|byte| **byte == b'\n').count();
        counted = counted.max(part.start);
        line
    };
    let lines: Vec<usize> = written.parts.iter().map(line_of).collect();
    let pieces = written.parts.iter().zip(lines);
    pieces.map(|(part, line)| Piece { role: Some(part.role), name: &part.name, bytes: written.bytes(part), line }).collect()
}

fn lines(written: &Written) -> Vec<Piece<'_>> {
    let lines = written.text.split_inclusive(|byte| *byte == b'\n').zip(1..);
    lines.map(|(bytes, line)| Piece { role: None, name: b"", bytes, line }).collect()
}

/// Both lists in order, with those that are alike beside each other as often as that is possible.
fn aligned<'w>(signed: &[Piece<'w>], right: &[Piece<'w>]) -> Vec<Pair<'w>> {
    let alike = |(a, b): &(&Piece<'w>, &Piece<'w>)| a.is_like(b);
    let both = |(a, b): (&Piece<'w>, &Piece<'w>)| Pair { signed: Some(*a), right: Some(*b) };
    let start = signed.iter().zip(right).take_while(alike).count();
    let most = signed.len().min(right.len()) - start;
    let end = signed.iter().rev().zip(right.iter().rev()).take(most).take_while(alike).count();
    let middle = |pieces: &'_ [Piece<'w>]| pieces.get(start..pieces.len() - end).unwrap_or_default().to_vec();
    let mut all: Vec<Pair<'w>> = signed.iter().zip(right).take(start).map(both).collect();
    all.extend(common_subsequence(&middle(signed), &middle(right)));
    all.extend(signed.iter().skip(signed.len() - end).zip(right.iter().skip(right.len() - end)).map(both));
    all
}

/// The longest common subsequence, with the rest between.
fn common_subsequence<'w>(a: &[Piece<'w>], b: &[Piece<'w>]) -> Vec<Pair<'w>> {
    /// Beyond this the table would take longer to make than to read.
    const MOST: usize = 1 << 20;
    let only_signed = |piece: &Piece<'w>| Pair { signed: Some(*piece), right: None };
    let only_right = |piece: &Piece<'w>| Pair { signed: None, right: Some(*piece) };
    if a.len().saturating_mul(b.len()) > MOST {
        return a.iter().map(only_signed).chain(b.iter().map(only_right)).collect();
    }
    // lengths[i][j]: of the common subsequence of a[i..] and b[j..].
    let mut lengths = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    let length = |lengths: &[Vec<usize>], i: usize, j: usize| lengths.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let longest = if x.is_like(y) {
                length(&lengths, i + 1, j + 1) + 1
            } else {
                length(&lengths, i + 1, j).max(length(&lengths, i, j + 1))
            };
            if let Some(slot) = lengths.get_mut(i).and_then(|row| row.get_mut(j)) {
                *slot = longest;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut all = Vec::new();
    loop {
        match (a.get(i), b.get(j)) {
            (None, None) => return all,
            (Some(x), Some(y)) if x.is_like(y) => {
                all.push(Pair { signed: Some(*x), right: Some(*y) });
                (i, j) = (i + 1, j + 1);
            }
            (Some(x), None) => {
                all.push(only_signed(x));
                i += 1;
            }
            (Some(x), Some(_)) if length(&lengths, i + 1, j) >= length(&lengths, i, j + 1) => {
                all.push(only_signed(x));
                i += 1;
            }
            (_, Some(y)) => {
                all.push(only_right(y));
                j += 1;
            }
        }
    }
}

/// Lines that differ have no partner yet: the first of one side goes with the first of the other.
fn joined(pairs: Vec<Pair<'_>>) -> Vec<Pair<'_>> {
    let mut all = Vec::with_capacity(pairs.len());
    for run in pairs.chunk_by(|a, b| a.is_same() == b.is_same()) {
        if run.iter().all(Pair::is_same) {
            all.extend_from_slice(run);
            continue;
        }
        let signed: Vec<_> = run.iter().filter_map(|pair| pair.signed).collect();
        let right: Vec<_> = run.iter().filter_map(|pair| pair.right).collect();
        let longer = signed.len().max(right.len());
        all.extend((0..longer).map(|at| Pair { signed: signed.get(at).copied(), right: right.get(at).copied() }));
    }
    all
}

/// The pieces that differ.
pub fn pieces<'w>(signed: &'w Written, right: &'w Written) -> impl Iterator<Item = Piece<'w>> {
    let pairs = pairs(signed, right).into_iter().filter(|pair| !pair.is_same());
    pairs.filter_map(|pair| pair.piece())
}

/// Where two texts part, and the characters there.
pub fn parting(signed: &Written, right: &Written) -> Option<(usize, Option<String>, Option<String>)> {
    let (own, other) = (signed.text.as_slice(), right.text.as_slice());
    let mut at = own.iter().zip(other).take_while(|(a, b)| a == b).count();
    if at == own.len() && at == other.len() {
        return None;
    }
    // Back to where a character begins.
    let continues = |byte: Option<&u8>| byte.is_some_and(|byte| byte & 0xc0 == 0x80);
    while at > 0 && (continues(own.get(at)) || continues(other.get(at))) {
        at -= 1;
    }
    let name = |text: &[u8]| text.get(at..).filter(|rest| !rest.is_empty()).map(name_of_first);
    Some((at, name(own), name(other)))
}

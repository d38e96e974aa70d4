//! Every combination of changes of the long text, each hashed from the first byte in which it differs from those before.

use super::{
    Base, Combination, Kind, MOST, Run,
    closing::{Closing, End},
};
use crate::{
    crypto::resumed::{Digested, Hasher, Taken},
    explain::edit::{Splice, merged, pieces, spliced},
};
use alloc::vec::Vec;

/// What all combinations of one pass have in common.
struct Pass<'p, 's> {
    /// In the order of the first bytes they change.
    list: &'p [Text<'s>],
    closings: &'p [Closing],
}

/// A change of the long text.
#[derive(Clone, Copy)]
struct Text<'s> {
    number: usize,
    splices: &'s [Splice],
    slot: u32,
    /// Whether it is tried with few others.
    alone: bool,
    sides: Sides,
}

/// The two lists of which a pair takes one each: what is a text of, or what a text may still be of.
#[derive(Clone, Copy)]
struct Sides([bool; 2]);

impl Sides {
    /// All texts go with all others.
    const BOTH: Self = Self([true; 2]);

    /// Of which lists a text must be that goes with one of these.
    const fn opposite(self) -> Self {
        let Self([these, those]) = self;
        Self([those, these])
    }

    const fn meet(self, other: Self) -> bool {
        let (Self([a, b]), Self([c, d])) = (self, other);
        (a & c) | (b & d)
    }
}

impl Text<'_> {
    fn start(&self) -> usize {
        self.splices.first().map_or(0, |splice| splice.start)
    }
}

/// Changes of the long text that are tried together.
#[derive(Clone, Copy)]
struct Chosen {
    numbers: [usize; MOST],
    count: usize,
    slots: u32,
    alone: bool,
    /// Of which lists the next one is to be.
    wanted: Sides,
}

impl Chosen {
    const NONE: Self = Self { numbers: [0; MOST], count: 0, slots: 0, alone: false, wanted: Sides::BOTH };

    fn with(mut self, text: &Text<'_>) -> Self {
        if let Some(number) = self.numbers.get_mut(self.count) {
            *number = text.number;
        }
        let (slots, alone) = (self.slots | text.slot, self.alone | text.alone);
        Self { count: self.count + 1, slots, alone, wanted: text.sides.opposite(), ..self }
    }

    fn numbers(&self) -> &[usize] {
        self.numbers.get(..self.count).unwrap_or_default()
    }

    fn takes(&self, text: &Text<'_>) -> bool {
        self.slots & text.slot == 0 && self.wanted.meet(text.sides)
    }

    fn fits(&self, closing: &Closing) -> bool {
        self.slots & closing.slots == 0 && !(self.alone && closing.alone)
    }
}

/// How far the texts of some chosen variants are hashed, and what is still to be written of them.
struct Stand<'m> {
    taken: Taken,
    at: usize,
    mine: &'m [Splice],
}

impl<'s> Run<'s> {
    /// Every combination of `count` of these variants of the long text, with every closing.
    pub(super) fn texts(&mut self, variants: &[usize], count: usize, closings: &[Closing]) {
        let list = variants.iter().filter_map(|number| self.text(*number, Sides::BOTH)).collect();
        self.each_text(list, count, closings);
    }

    /// Every one of these variants of the long text with every one of those, which are none of them.
    pub(super) fn pairs_of_texts(&mut self, these: &[usize], those: &[usize]) {
        let sides = [(these, Sides([true, false])), (those, Sides([false, true]))];
        let all = sides.into_iter().flat_map(|(numbers, sides)| numbers.iter().map(move |number| (*number, sides)));
        let list = all.filter_map(|(number, sides)| self.text(number, sides)).collect();
        let base = Closing::new(self, &[]);
        self.each_text(list, 2, base.as_slice());
    }

    fn text(&self, number: usize, sides: Sides) -> Option<Text<'s>> {
        debug_assert!(self.kinds.get(number) == Some(&Kind::Text), "it changes the long text");
        let variant = self.variant(number)?;
        let splices = variant.splices.first()?.as_slice();
        Some(Text { number, splices, slot: variant.cause.slot.bit(), alone: variant.alone && !variant.paired, sides })
    }

    fn each_text(&mut self, mut list: Vec<Text<'s>>, count: usize, closings: &[Closing]) {
        list.sort_by_key(Text::start);
        if self.base.chained.is_some() {
            let taken = self.hasher.start();
            self.pass(&Pass { list: &list, closings }, count, taken);
        } else {
            // The key stands before the text: every closing goes through the texts by itself.
            for closing in closings {
                let End::Key(key) = &closing.end else { continue };
                self.pass(&Pass { list: &list, closings: core::slice::from_ref(closing) }, count, key.taken.clone());
            }
        }
    }

    fn pass(&mut self, pass: &Pass<'_, 's>, count: usize, taken: Taken) {
        let stand = Stand { taken, at: 0, mine: &[] };
        if count == 0 {
            self.finish(pass, &stand, &[], &Chosen::NONE);
        } else {
            self.texts_behind(pass, 0, count, stand, &Chosen::NONE);
        }
    }

    /// The chosen variants with `left` more of those from `from` on.
    fn texts_behind(&mut self, pass: &Pass<'_, 's>, from: usize, left: usize, mut stand: Stand<'_>, chosen: &Chosen) {
        for (position, text) in pass.list.iter().enumerate().skip(from) {
            if !chosen.takes(text) {
                continue;
            }
            let further = chosen.with(text);
            if !pass.closings.iter().any(|closing| further.fits(closing)) {
                continue;
            }
            if self.spent() {
                return;
            }
            self.go_to(&mut stand, text.start());
            if left == 1 {
                self.finish(pass, &stand, text.splices, &further);
            } else if let Some(both) = merged(self.base.main, stand.mine, text.splices) {
                let stand = Stand { taken: stand.taken.clone(), at: stand.at, mine: &both };
                self.texts_behind(pass, position + 1, left - 1, stand, &further);
            }
        }
    }

    /// Hashes what all further texts begin with: the next of them change nothing before `place`.
    fn go_to(&mut self, stand: &mut Stand<'_>, place: usize) {
        let text = self.base.main;
        while let Some((splice, rest)) = stand.mine.split_first().filter(|(splice, _)| splice.end <= place) {
            self.hasher.take(&mut stand.taken, text.get(stand.at..splice.start).unwrap_or_default());
            self.hasher.take(&mut stand.taken, &splice.bytes);
            (stand.at, stand.mine) = (splice.end, rest);
        }
        let free = stand.mine.first().map_or(place, |splice| place.min(splice.start));
        if free > stand.at {
            self.hasher.take(&mut stand.taken, text.get(stand.at..free).unwrap_or_default());
            stand.at = free;
        }
    }

    /// Hashes the rest of one text, in which the last of the chosen writes `last`, and tries every closing on it.
    fn finish(&mut self, pass: &Pass<'_, 's>, stand: &Stand<'_>, last: &[Splice], chosen: &Chosen) {
        let text = self.base.main;
        self.hasher.go_on(&stand.taken);
        let (mut at, mut mine, mut theirs) = (stand.at, stand.mine, last);
        loop {
            let next = match (mine.split_first(), theirs.split_first()) {
                (None, None) => break,
                (Some((own, rest)), other) if other.is_none_or(|(other, _)| own.start < other.start) => {
                    mine = rest;
                    own
                }
                (_, Some((other, rest))) => {
                    theirs = rest;
                    other
                }
                (Some(_), None) => break,
            };
            if next.start < at {
                if stand.mine.iter().chain(last).any(Splice::is_head) {
                    self.cut_together(pass, chosen);
                }
                return;
            }
            if at < next.start {
                self.hasher.write(text.get(at..next.start).unwrap_or_default());
            }
            self.hasher.write(&next.bytes);
            at = next.end;
        }
        self.hasher.write(text.get(at..).unwrap_or_default());
        let digest = self.hasher.finish(&stand.taken);
        let digest = self.digest(digest);
        for closing in pass.closings.iter().filter(|closing| chosen.fits(closing)) {
            if self.spent() {
                return;
            }
            let mac = self.close(closing, &digest);
            self.judge(&mac, chosen.numbers(), &closing.variants);
        }
    }

    /// Two write to the same place. That is a text only where both leave items out of one list.
    fn cut_together(&mut self, pass: &Pass<'_, 's>, chosen: &Chosen) {
        for closing in pass.closings.iter().filter(|closing| chosen.fits(closing)) {
            if self.spent() {
                return;
            }
            let all: Combination = chosen.numbers().iter().chain(&closing.variants).copied().collect();
            _ = self.whole(&all);
        }
    }
}

/// States on the way through the request's own text, to go on from with what changes late in it.
pub(super) struct Milestones {
    /// Bytes between two of them.
    apart: usize,
    states: Vec<Taken>,
}

impl Milestones {
    /// However long the text is, they are no more.
    const MOST: usize = 64;

    /// None for a text whose hashing starts with the key.
    pub(super) fn new(base: &Base<'_>, hasher: &mut Hasher) -> Self {
        let text = if base.chained.is_some() { base.main } else { &[] };
        let apart = (text.len() / Self::MOST + 1).next_multiple_of(64);
        let mut taken = hasher.start();
        let states = text.chunks_exact(apart).map(|piece| {
            let before = taken.clone();
            hasher.take(&mut taken, piece);
            before
        });
        let mut states: Vec<_> = states.collect();
        states.push(taken);
        Self { apart, states }
    }

    /// The digest of the text with these changes.
    pub(super) fn digest(&self, text: &[u8], splices: &[Splice], hasher: &mut Hasher) -> Digested {
        let start = splices.first().map_or(text.len(), |splice| splice.start) / self.apart;
        let Some(taken) = self.states.get(start) else { return hasher.digest(&hasher.start(), &[&spliced(text, splices)]) };
        hasher.go_on(taken);
        pieces(text, start * self.apart..text.len(), splices, &mut |piece| hasher.write(piece));
        hasher.finish(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{HashName, digest};

    #[test]
    fn milestones_lead_to_the_digest_of_the_changed_text() {
        let text: Vec<u8> = (0..=u8::MAX).cycle().take(10_000).collect();
        let mut hasher = Hasher::new(HashName::Sha256);
        let milestones = Milestones::new(&Base { main: &text, chained: Some((b"", 0..0)) }, &mut hasher);
        // The last one lies behind the text, where nothing is kept.
        for start in [0, 1, 63, 64, 4_999, 9_999, 10_000, 30_000] {
            let splices = [Splice::new(start, start, b"more".to_vec())];
            let changed = spliced(&text, &splices);
            assert_ne!(changed, text);
            let found = milestones.digest(&text, &splices, &mut hasher);
            assert_eq!(*hasher.bytes(&found), *digest(HashName::Sha256, &changed), "{start}");
        }
        let found = milestones.digest(&text, &[], &mut hasher);
        assert_eq!(*hasher.bytes(&found), *digest(HashName::Sha256, &text));
    }
}

//! Every combination of changes of the long text, each hashed from the first byte in which it differs from those before.

use super::{Combination, Kind, Run, Variant, closing::Closing, combine, merged};
use crate::{crypto::resumed::Taken, explain::edit::Splice, wire::hex};
use alloc::vec::Vec;

/// What all combinations of one pass have in common.
struct Pass<'p> {
    /// The variants, in the order of the first bytes they change.
    list: Vec<usize>,
    closings: &'p [Closing],
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
        debug_assert!(variants.iter().all(|number| self.kinds.get(*number) == Some(&Kind::Text)), "they change one text");
        let mut list = variants.to_vec();
        list.sort_by_key(|number| self.first_change(*number));
        if self.base.chained.is_some() {
            let taken = self.hasher.start();
            self.pass(&Pass { list, closings }, count, taken);
        } else {
            // The key stands before the text: every closing goes through the texts by itself.
            for closing in closings {
                let taken = closing.key.taken.clone();
                let closings = core::slice::from_ref(closing);
                self.pass(&Pass { list: list.clone(), closings }, count, taken);
            }
        }
    }

    fn pass(&mut self, pass: &Pass<'_>, count: usize, taken: Taken) {
        let stand = Stand { taken, at: 0, mine: &[] };
        if count == 0 {
            self.finish(pass, &stand, &[], &Combination::new());
        } else {
            self.texts_behind(pass, 0, count, stand, &mut Combination::new());
        }
    }

    fn first_change(&self, number: usize) -> usize {
        self.variant(number).and_then(|v| v.splices.first()?.first()).map_or(0, |splice| splice.start)
    }

    /// The chosen variants with `left` more of those from `from` on.
    fn texts_behind(&mut self, pass: &Pass<'_>, from: usize, left: usize, mut stand: Stand<'_>, chosen: &mut Combination) {
        let text = self.base.main;
        for (position, number) in pass.list.iter().enumerate().skip(from) {
            let Some(variant) = self.variant(*number) else { continue };
            let Some(theirs) = variant.splices.first().map(|splices| splices.as_slice()) else { continue };
            if !chosen.iter().filter_map(|other| self.variant(*other)).all(|other| combine(variant, other)) {
                continue;
            }
            if self.spent() {
                return;
            }
            self.go_to(&mut stand, theirs.first().map_or(0, |splice| splice.start));
            chosen.push(*number);
            if left == 1 {
                self.finish(pass, &stand, theirs, chosen);
            } else if let Some(both) = merged(text, stand.mine, theirs) {
                let further = Stand { taken: stand.taken.clone(), at: stand.at, mine: &both };
                self.texts_behind(pass, position + 1, left - 1, further, chosen);
            }
            chosen.pop();
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

    /// Hashes the rest of one text, in which the last variant writes `last`, and tries every closing on it.
    fn finish(&mut self, pass: &Pass<'_>, stand: &Stand<'_>, last: &[Splice], chosen: &Combination) {
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
            self.hasher.write(text.get(at..next.start).unwrap_or_default());
            self.hasher.write(&next.bytes);
            at = next.end;
        }
        self.hasher.write(text.get(at..).unwrap_or_default());
        let digest = self.hasher.finish(&stand.taken);
        if self.base.chained.is_none() {
            for closing in pass.closings {
                if self.fits(closing, chosen) {
                    let mac = self.hasher.close(&closing.key.outer, digest);
                    self.judge(mac.as_bytes(), &both(chosen, closing));
                }
            }
            return;
        }
        let mut hexed = [0; 64];
        let digits = digest.as_bytes().iter().map(|byte| hex::pair(*byte));
        hexed.as_chunks_mut().0.iter_mut().zip(digits).for_each(|(to, digits)| *to = digits);
        let hexed = hexed.get(..digest.as_bytes().len() * 2).unwrap_or_default();
        for closing in pass.closings {
            if self.spent() {
                return;
            }
            if self.fits(closing, chosen) {
                let mac = self.close_digest(closing, hexed);
                self.judge(mac.as_bytes(), &both(chosen, closing));
            }
        }
    }

    fn fits(&self, closing: &Closing, chosen: &Combination) -> bool {
        let variant = |number: &usize| self.variant(*number);
        let fits = |text: &Variant| closing.variants.iter().filter_map(variant).all(|other| combine(text, other));
        chosen.iter().filter_map(variant).all(|text| fits(text) && !(text.alone && closing.alone))
    }

    /// Two write to the same place. That is a text only where both leave items out of one list.
    fn cut_together(&mut self, pass: &Pass<'_>, chosen: &Combination) {
        for closing in pass.closings {
            let all = both(chosen, closing);
            if self.fits(closing, chosen)
                && let Some(mac) = self.whole(&all)
            {
                self.judge(&mac, &all);
            }
        }
    }
}

fn both(chosen: &Combination, closing: &Closing) -> Combination {
    chosen.iter().chain(&closing.variants).copied().collect()
}

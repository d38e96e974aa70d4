//! What makes a signature of the long text: a key, and what surrounds the text's digest where it is signed by its digest.

use super::{Combination, Kind, Run};
use crate::{
    crypto::resumed::{Digested, Ending, Hasher, Keyed},
    explain::edit::{Splice, pieces},
};
use alloc::vec::Vec;
use core::ops::Range;

/// All that some variants change which leave the long text alone.
pub(super) struct Closing {
    pub(super) variants: Combination,
    pub(super) end: End,
    /// The slots of the variants.
    pub(super) slots: u32,
    /// Whether one of the variants is tried with few others.
    pub(super) alone: bool,
}

/// Where the key meets the long text.
pub(super) enum End {
    /// Before it, in all that is hashed.
    Key(Keyed),
    /// In a second text, which has the digest of the long one in it.
    Digest(Ending),
}

/// What variants change beside their texts.
struct Changes {
    slots: u32,
    alone: bool,
    /// Those of them that change secret and way.
    key: [Option<usize>; 2],
}

impl Closing {
    /// Of variants together; none at all for the base. `None` when they cannot be combined.
    pub(super) fn new(run: &mut Run<'_>, numbers: &[usize]) -> Option<Self> {
        let changes = run.changes(numbers)?;
        let mut key = run.keyed(&changes);
        let end = match run.base.chained.clone() {
            None => End::Key(key),
            Some((text, digest)) => {
                let splices = run.together(numbers, 1, text)?;
                let (front, back) = around(&digest, &splices)?;
                pieces(text, 0..digest.start, front, &mut |piece| run.hasher.take(&mut key.taken, piece));
                run.hasher.go_on(&key.taken);
                let digits = [0; 64];
                run.hasher.write(digits.get(..run.hasher.digits()).unwrap_or_default());
                pieces(text, digest.end..text.len(), back, &mut |piece| run.hasher.write(piece));
                End::Digest(run.hasher.ending(&key))
            }
        };
        let Changes { slots, alone, .. } = changes;
        Some(Self { variants: Combination::from_slice(numbers), end, slots, alone })
    }
}

/// The splices before the digest, and those behind it.
fn around<'s>(digest: &Range<usize>, splices: &'s [Splice]) -> Option<(&'s [Splice], &'s [Splice])> {
    splices.split_at_checked(splices.partition_point(|splice| splice.end <= digest.start))
}

impl Run<'_> {
    fn changes(&self, numbers: &[usize]) -> Option<Changes> {
        let mut changes = Changes { slots: 0, alone: false, key: [None; 2] };
        for number in numbers {
            let variant = self.variant(*number)?;
            changes.slots |= variant.cause.slot.bit();
            changes.alone |= variant.alone && !variant.paired;
            let [secret, sealing] = &mut changes.key;
            *secret = variant.secret.as_ref().map(|_| *number).or(*secret);
            *sealing = variant.sealing.as_ref().map(|_| *number).or(*sealing);
        }
        Some(changes)
    }

    /// A MAC with the secret and the way of variants. That of one of very many is not kept.
    fn keyed(&mut self, changes: &Changes) -> Keyed {
        // A pair of numbers in one, which is compared at once.
        let [secret, sealing] = changes.key.map(|number| number.map_or(0, |number| number as u64 + 1));
        let place = secret << 32 | sealing;
        if let Some(keyed) = self.keys.get(&place) {
            return keyed.clone();
        }
        let [secret, sealing] = changes.key.map(|number| self.variant(number?));
        let secret = secret.and_then(|variant| variant.secret.as_ref()).map_or(self.search.secret, |secret| secret);
        let sealing = sealing.and_then(|variant| variant.sealing.as_ref()).unwrap_or(self.search.sealing);
        let key = sealing.key(secret, Some(&mut self.hasher));
        let keyed = sealing.hash.keyed(&mut self.hasher, &key);
        if self.keeps_keys || !changes.alone {
            self.keys.insert(place, keyed.clone());
        }
        keyed
    }

    /// The signature with the secret and the way of variants, over what `write` puts together. `None` when they cannot be
    /// combined.
    pub(super) fn signed(&mut self, numbers: &[usize], write: impl FnOnce(&mut Hasher)) -> Option<Digested> {
        let changes = self.changes(numbers)?;
        let key = self.keyed(&changes);
        self.hasher.go_on(&key.taken);
        write(&mut self.hasher);
        let inner = self.hasher.finish(&key.taken);
        Some(self.hasher.close(&key.outer, inner))
    }

    /// The signature of variants over a second text with these digits in it. `None` when they cannot be combined.
    pub(super) fn closed(&mut self, numbers: &[usize], digits: &[u8; 64]) -> Option<Digested> {
        let (text, digest) = self.base.chained.clone()?;
        let splices = self.together(numbers, 1, text)?;
        let (front, back) = around(&digest, &splices)?;
        self.signed(numbers, |hasher| {
            pieces(text, 0..digest.start, front, &mut |piece| hasher.write(piece));
            hasher.write(digits.get(..hasher.digits()).unwrap_or_default());
            pieces(text, digest.end..text.len(), back, &mut |piece| hasher.write(piece));
        })
    }

    /// All of so many variants together, for combinations of `depth`.
    pub(super) fn closings(&mut self, count: usize, depth: usize) -> Vec<Closing> {
        let numbers = match (count, depth) {
            (0, _) => return Closing::new(self, &[]).into_iter().collect(),
            // One of very many changed keys is tried with the texts of other causes, and those of the string with none. The
            // likelier come first: a long text may use the budget up.
            (1, 2) => {
                let many = self.of_kind(Kind::Closing, &|variant| variant.alone && !variant.unpaired && !variant.is_text_only());
                [self.of_kind(Kind::Closing, &|variant| variant.is_free(depth)), many].concat()
            }
            _ => self.of_kind(Kind::Closing, &|variant| variant.is_free(depth)),
        };
        let mut closings = Vec::new();
        let mut chosen = Combination::new();
        self.closings_behind(&numbers, count, 0, &mut chosen, &mut |run, chosen| closings.extend(Closing::new(run, chosen)));
        closings
    }

    /// Tries so many variants together that leave the long text alone.
    pub(super) fn closings_alone(&mut self, count: usize) {
        let numbers = self.of_kind(Kind::Closing, &|variant| variant.is_free(count));
        self.closings_behind(&numbers, count, 0, &mut Combination::new(), &mut |run, chosen| {
            if !run.spent() {
                _ = run.whole(chosen);
            }
        });
    }

    fn closings_behind(
        &mut self,
        numbers: &[usize],
        left: usize,
        slots: u32,
        chosen: &mut Combination,
        each: &mut dyn FnMut(&mut Self, &Combination),
    ) {
        let mut rest = numbers;
        while let Some((number, behind)) = rest.split_first() {
            rest = behind;
            let slot = self.variant(*number).map_or(u32::MAX, |variant| variant.cause.slot.bit());
            if slots & slot != 0 {
                continue;
            }
            chosen.push(*number);
            if left > 1 {
                self.closings_behind(rest, left - 1, slots | slot, chosen, each);
            } else {
                each(self, chosen);
            }
            chosen.pop();
        }
    }

    /// The signature over a text with this digest.
    pub(super) fn close(&mut self, closing: &Closing, digest: &Digest) -> Digested {
        match &closing.end {
            End::Key(key) => self.hasher.close(&key.outer, digest.plain),
            End::Digest(ending) => self.hasher.fill(ending, digest.digits.get(..self.hasher.digits()).unwrap_or_default()),
        }
    }

    /// The digest of a long text, as it is signed.
    pub(super) fn digest(&self, plain: Digested) -> Digest {
        let digits = if self.base.chained.is_some() { self.hasher.hex(&plain) } else { [0; 64] };
        Digest { plain, digits }
    }
}

/// The digest of a long text.
pub(super) struct Digest {
    plain: Digested,
    /// The same in hexadecimal digits, where these are signed.
    digits: [u8; 64],
}

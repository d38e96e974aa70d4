//! What makes a signature of the long text: a key, and what surrounds the text's digest where it is signed by its digest.

use super::{Combination, Kind, Run};
use crate::{
    crypto::resumed::{Digested, Ending, Keyed},
    explain::edit::pieces,
};
use alloc::vec::Vec;

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

impl Closing {
    /// Of variants together; none at all for the base. `None` when they cannot be combined.
    pub(super) fn new(run: &mut Run<'_>, numbers: &[usize]) -> Option<Self> {
        let (mut slots, mut alone, mut changed) = (0, false, [None; 2]);
        for number in numbers {
            let variant = run.variant(*number)?;
            slots |= variant.cause.slot.bit();
            alone |= variant.alone && !variant.paired;
            let [secret, sealing] = &mut changed;
            *secret = variant.secret.as_ref().map(|_| *number).or(*secret);
            *sealing = variant.sealing.as_ref().map(|_| *number).or(*sealing);
        }
        let mut key = run.keyed(changed, alone && !run.keeps_keys);
        let end = match run.base.chained.clone() {
            None => End::Key(key),
            Some((text, digest)) => {
                let splices = run.together(numbers, 1, text)?;
                let (front, back) = splices.split_at_checked(splices.partition_point(|splice| splice.end <= digest.start))?;
                pieces(text, 0..digest.start, front, &mut |piece| run.hasher.take(&mut key.taken, piece));
                run.hasher.go_on(&key.taken);
                let digits = [0; 64];
                run.hasher.write(digits.get(..run.hasher.digits()).unwrap_or_default());
                pieces(text, digest.end..text.len(), back, &mut |piece| run.hasher.write(piece));
                End::Digest(run.hasher.ending(&key))
            }
        };
        Some(Self { variants: Combination::from_slice(numbers), end, slots, alone })
    }
}

impl Run<'_> {
    /// A MAC with the secret and the way of these variants. That of one of very many is not kept.
    pub(super) fn keyed(&mut self, changed: [Option<usize>; 2], is_one_of_many: bool) -> Keyed {
        if let Some(keyed) = self.keys.get(&changed) {
            return keyed.clone();
        }
        let [secret, sealing] = changed.map(|number| self.variant(number?));
        let secret = secret.and_then(|variant| variant.secret.as_ref()).map_or(self.search.secret, |secret| secret);
        let sealing = sealing.and_then(|variant| variant.sealing.as_ref()).unwrap_or(self.search.sealing);
        let key = sealing.key(secret, Some(&mut self.hasher));
        let keyed = sealing.hash.keyed(&mut self.hasher, &key);
        if !is_one_of_many {
            self.keys.insert(changed, keyed.clone());
        }
        keyed
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
        self.closings_behind(&numbers, count, 0, &mut Combination::new(), &mut closings);
        closings
    }

    fn closings_behind(
        &mut self,
        numbers: &[usize],
        left: usize,
        slots: u32,
        chosen: &mut Combination,
        closings: &mut Vec<Closing>,
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
                self.closings_behind(rest, left - 1, slots | slot, chosen, closings);
            } else {
                closings.extend(Closing::new(self, chosen));
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

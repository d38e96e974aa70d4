//! What makes a signature of the long text: a key, and what surrounds the text's digest where it is signed by its digest.

use super::{Combination, How, Kind, Run, Splice, Splices, Variant, combine, merged, spliced};
use crate::crypto::resumed::{Digested, Keyed};
use alloc::vec::Vec;

/// All that some variants change which leave the long text alone.
pub(super) struct Closing {
    pub(super) variants: Combination,
    /// The key, and what stands before the digest.
    pub(super) key: Keyed,
    /// What stands behind the digest.
    after: Vec<u8>,
    /// Whether one of the variants is tried with few others.
    pub(super) alone: bool,
}

impl Closing {
    /// Of variants together; none at all for the base. `None` when they cannot be combined.
    pub(super) fn new(run: &mut Run<'_>, numbers: &[usize]) -> Option<Self> {
        let (mut sealing, mut secret, mut splices) = (run.search.sealing, run.search.secret, Splices::new());
        let mut alone = false;
        let chained = run.base.chained.clone();
        for number in numbers {
            let variant = run.variant(*number)?;
            sealing = variant.sealing.as_ref().unwrap_or(sealing);
            secret = variant.secret.as_ref().map_or(secret, |secret| secret);
            alone |= variant.alone;
            if let (Some((text, _)), [_, more]) = (&chained, &variant.splices) {
                splices = merged(text, &splices, more)?;
            }
        }
        let key = sealing.key(secret, &mut run.hasher.blocks);
        let mut key = sealing.hash.keyed(&mut run.hasher, &key);
        let mut after = Vec::new();
        if let Some((text, digest)) = chained {
            let (front, back): (Splices, Splices) = splices.into_iter().partition(|splice| splice.end <= digest.start);
            run.hasher.take(&mut key.taken, &spliced(text.get(..digest.start).unwrap_or_default(), &front));
            let shifted: Vec<Splice> = back.into_iter().map(|splice| splice.moved_left(digest.end)).collect();
            after = spliced(text.get(digest.end..).unwrap_or_default(), &shifted);
        }
        Some(Self { variants: Combination::from_slice(numbers), key, after, alone })
    }
}

impl Run<'_> {
    /// Whether a variant leaves the long text and its digest alone, and the signature is a MAC of the same kind.
    pub(super) fn closes(&self, variant: &Variant) -> bool {
        let [main, behind] = &variant.splices;
        let sealing = variant.sealing.as_ref().unwrap_or(self.search.sealing);
        let apart = |splice: &Splice| match &self.base.chained {
            Some((_, digest)) => splice.end <= digest.start || splice.start >= digest.end,
            None => true,
        };
        sealing.how == How::Mac
            && sealing.hash == self.search.sealing.hash
            && main.is_empty()
            && variant.rewrite.is_none()
            && variant.signature.is_none()
            && behind.iter().all(apart)
    }

    /// All of so many variants together, for combinations of `depth`.
    pub(super) fn closings(&mut self, count: usize, depth: usize) -> Vec<Closing> {
        let numbers = match (count, depth) {
            (0, _) => return Closing::new(self, &[]).into_iter().collect(),
            // One of very many changed keys is tried with the texts of other causes, and those of the string with none.
            (1, 2) => self.of_kind(Kind::Closing, |variant| !(variant.unpaired || (variant.alone && variant.is_text_only()))),
            _ => self.of_kind(Kind::Closing, |variant| !variant.alone),
        };
        let mut closings = Vec::new();
        self.closings_behind(&numbers, count, &mut Combination::new(), &mut closings);
        closings
    }

    fn closings_behind(&mut self, numbers: &[usize], left: usize, chosen: &mut Combination, closings: &mut Vec<Closing>) {
        let mut rest = numbers;
        while let Some((number, behind)) = rest.split_first() {
            rest = behind;
            let fits = |other: &usize| self.variant(*other).zip(self.variant(*number)).is_some_and(|(a, b)| combine(a, b));
            if !chosen.iter().all(fits) {
                continue;
            }
            chosen.push(*number);
            if left > 1 {
                self.closings_behind(rest, left - 1, chosen, closings);
            } else {
                closings.extend(Closing::new(self, chosen));
            }
            chosen.pop();
        }
    }

    /// The signature over a text by its digest, in hexadecimal digits.
    pub(super) fn close_digest(&mut self, closing: &Closing, hexed: &[u8]) -> Digested {
        let inner = self.hasher.digest(&closing.key.taken, &[hexed, &closing.after]);
        self.hasher.close(&closing.key.outer, inner)
    }
}

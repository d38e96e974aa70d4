//! What is changed on both sides, and what fits neither.

use super::{Combination, Kind, Run};
use crate::{
    explain::{
        edit::{Rewrite, Splice, merged, pieces, spliced},
        sealing::How,
    },
    pen::Document,
    wire::hex,
};
use alloc::{borrow::Cow, vec::Vec};
use core::ops::Range;

impl<'s> Run<'s> {
    /// Every combination of so many from `all` with one of the first `wholes` in it.
    pub(super) fn wholes(&mut self, all: &[usize], wholes: usize, depth: usize) {
        self.wholes_behind(all, 0..wholes, depth, 0, &mut Combination::new());
    }

    fn wholes_behind(&mut self, all: &[usize], range: Range<usize>, left: usize, slots: u32, chosen: &mut Combination) {
        for position in range {
            let Some((number, variant)) = all.get(position).and_then(|number| Some((*number, self.variant(*number)?))) else {
                return;
            };
            let slot = variant.cause.slot.bit();
            if slots & slot != 0 {
                continue;
            }
            if self.spent() {
                return;
            }
            chosen.push(number);
            if left > 1 {
                self.wholes_behind(all, position + 1..all.len(), left - 1, slots | slot, chosen);
            } else {
                _ = self.whole(chosen);
            }
            chosen.pop();
        }
    }

    /// What variants change together in a document with this text. `None` when they cannot be combined.
    pub(super) fn together(&self, numbers: &[usize], document: usize, text: &[u8]) -> Option<Cow<'s, [Splice]>> {
        let mut all = Cow::Borrowed(&[][..]);
        for number in numbers {
            let more = self.variant(*number)?.splices.get(document).map(|list| list.as_slice()).unwrap_or_default();
            if all.is_empty() {
                all = Cow::Borrowed(more);
            } else if !more.is_empty() {
                all = Cow::Owned(merged(text, &all, more)?);
            }
        }
        Some(all)
    }

    /// Tries variants together. `None` when they cannot be combined.
    pub(super) fn whole(&mut self, numbers: &[usize]) -> Option<()> {
        let main = self.together(numbers, 0, self.base.main)?;
        if self.base.chained.is_none() || numbers.iter().any(|number| self.kinds.get(*number) == Some(&Kind::Whole)) {
            return self.in_full(numbers, &main, None, &[]);
        }
        let digits = match &*main {
            [] => self.base_digits,
            changed => {
                let digest = self.milestones.digest(self.base.main, changed, &mut self.hasher);
                self.hasher.hex(&digest)
            }
        };
        let mac = self.closed(numbers, &digits)?;
        self.judge(&mac, numbers, &[]);
        Some(())
    }

    /// Tries one, and then what the other does to all lines of it.
    pub(super) fn one_after_the_other(&mut self, first: usize, last: usize) -> Option<()> {
        let main = self.together(&[first], 0, self.base.main)?;
        self.in_full(&[first], &main, self.variant(last)?.afterwards, &[last])
    }

    /// Works out everything in full, with a change of one text after the others, which is that of `after`.
    fn in_full(&mut self, numbers: &[usize], main: &[Splice], mut rewrite: Option<Rewrite>, after: &[usize]) -> Option<()> {
        let (mut sealing, mut secret) = (self.search.sealing, self.search.secret);
        for number in numbers {
            let variant = self.variant(*number)?;
            secret = variant.secret.as_deref().map_or(secret, Vec::as_slice);
            sealing = variant.sealing.as_ref().unwrap_or(sealing);
            rewrite = variant.rewrite.or(rewrite);
        }
        let is_usual = sealing.how == How::Mac && sealing.hash == self.search.sealing.hash;
        if self.base.chained.is_none() && rewrite.is_none() && is_usual {
            let text = self.base.main;
            let mac = self.signed(numbers, |hasher| pieces(text, 0..text.len(), main, &mut |piece| hasher.write(piece)))?;
            self.judge(&mac, numbers, after);
            return Some(());
        }
        let rewritten = |document: Document, text: Vec<u8>| match rewrite {
            Some((which, change)) if which == document => change(&text),
            _ => text,
        };
        let text = match &self.base.chained {
            None => rewritten(Document::StringToSign, spliced(self.base.main, main)),
            Some((text, digest)) => {
                let behind = self.together(numbers, 1, text)?;
                let canonical = rewritten(Document::CanonicalRequest, spliced(self.base.main, main));
                let start = self.hasher.start();
                let mut hexed = Vec::with_capacity(64);
                let own = self.hasher.digest(&start, &[&canonical]);
                hex::encode(&self.hasher.bytes(&own), &mut hexed);
                let new_digest = Splice::new(digest.start, digest.end, hexed);
                // A variant that writes the digest itself is taken at its word.
                let all = merged(text, &behind, core::slice::from_ref(&new_digest)).map_or(behind, Cow::Owned);
                rewritten(Document::StringToSign, spliced(text, &all))
            }
        };
        if is_usual {
            let mac = self.signed(numbers, |hasher| hasher.write(&text))?;
            self.judge(&mac, numbers, after);
            return Some(());
        }
        let mut hasher = sealing.hash.hasher();
        let mac = sealing.mac_by(hasher.as_mut(), secret, &text);
        self.hasher.blocks += hasher.map_or(0, |hasher| hasher.blocks);
        self.judge_bytes(&mac, numbers, after);
        Some(())
    }
}

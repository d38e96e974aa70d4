//! The search: which mistakes, singly or combined, give the signature that was sent?
//!
//! All mistakes of one number are finished before the search stops, so that explanations which cost
//! the same are all seen. Texts that share a beginning are hashed from where they part.

use super::{
    Watch,
    cause::Slot,
    edit::{Splice, Splices, Variant, merged, spliced},
    sealing::{How, Sealing, with_hash},
};
use crate::{
    crypto::{Hash, MacBytes},
    pen::{Document, Role},
    transcript::Transcript,
    wire::hex,
};
use alloc::vec::Vec;
use core::ops::Range;

/// What the search starts from and looks for.
#[derive(Debug)]
pub(crate) struct Search<'s> {
    pub(crate) transcript: &'s Transcript,
    pub(crate) sealing: &'s Sealing,
    pub(crate) secret: &'s [u8],
    pub(crate) variants: &'s [Variant],
    /// The bytes of the signature that was sent.
    pub(crate) target: &'s [u8],
    pub(crate) depth: u8,
    pub(crate) budget: u64,
    pub(crate) watch: Option<Watch<'s>>,
    /// Signatures computed by searches before this one.
    pub(crate) before: u64,
}

/// Signatures between two questions to whoever watches: a few milliseconds.
const BETWEEN_LOOKS: u64 = 1 << 12;

/// Numbers of the variants that together give the signature; none means the base gives it.
pub(crate) type Combination = smallvec::SmallVec<[usize; 3]>;

/// What the search found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// All combinations of the least number of mistakes.
    pub(crate) combinations: Vec<Combination>,
    /// Signatures computed.
    pub(crate) tried: u64,
    /// Whether it ended before everything was tried.
    pub(crate) cut_short: bool,
}

impl Search<'_> {
    /// Runs the search.
    pub(crate) fn run(&self) -> Outcome {
        with_hash!(self.sealing.hash, H => Run::<H>::new(self).run())
    }
}

/// The texts that variants are applied to.
struct Base<'s> {
    /// The text that is long and mostly edited: the canonical request, or the only document.
    main: &'s [u8],
    /// The string to sign behind it, and where the digest stands in it.
    chained: Option<(&'s [u8], Range<usize>)>,
}

/// A key and what surrounds the digest: all that a variant changes which leaves the main text alone.
struct Tail<H: Hash> {
    variant: Option<usize>,
    /// Keyed, and fed with what stands before the digest.
    before: H::Mac,
    /// What stands behind the digest.
    after: Vec<u8>,
}

struct Run<'s, H: Hash> {
    search: &'s Search<'s>,
    base: Base<'s>,
    /// Other readings of the sent signature.
    readings: Vec<(usize, &'s [u8])>,
    found: [Vec<Combination>; 4],
    tried: u64,
    /// Whoever watches has seen enough.
    stopped: bool,
    tail: Option<Tail<H>>,
}

impl<'s, H: Hash> Run<'s, H> {
    fn new(search: &'s Search<'s>) -> Self {
        let documents = &search.transcript.documents;
        let main = documents.first().map(|written| written.text.as_slice()).unwrap_or_default();
        let chained = documents.get(1).and_then(|written| {
            let digest = written.parts.iter().find(|part| part.role == Role::Digest)?;
            Some((written.text.as_slice(), digest.start..digest.end))
        });
        let readings = search.variants.iter().enumerate().filter_map(|(n, v)| Some((n, v.signature.as_deref()?))).collect();
        let mut run = Self {
            search,
            base: Base { main, chained },
            readings,
            found: Default::default(),
            tried: 0,
            stopped: false,
            tail: None,
        };
        run.tail = run.tail_of(None);
        run
    }

    fn run(mut self) -> Outcome {
        self.singles();
        for depth in 2..=self.search.depth.min(3) {
            if self.done() {
                break;
            }
            if depth == 2 { self.all_pairs() } else { self.triples() }
        }
        let cut_short = self.spent() && self.found.iter().all(Vec::is_empty);
        let combinations = self.found.into_iter().find(|list| !list.is_empty()).unwrap_or_default();
        Outcome { combinations, tried: self.tried, cut_short }
    }

    fn done(&self) -> bool {
        self.spent() || self.found.iter().take(3).any(|list| !list.is_empty())
    }

    fn spent(&self) -> bool {
        self.stopped || self.tried >= self.search.budget
    }

    /// Counts a signature and keeps the combination if it is the one that was sent.
    fn judge(&mut self, mac: &[u8], combination: &[usize]) {
        self.tried += 1;
        if self.tried.is_multiple_of(BETWEEN_LOOKS) {
            self.stopped |= self.search.watch.is_some_and(|Watch(goes_on)| !goes_on(self.search.before + self.tried));
        }
        let number = combination.len();
        if mac == self.search.target {
            if let Some(list) = self.found.get_mut(number) {
                list.push(Combination::from_slice(combination));
            }
        } else {
            for (reading, bytes) in &self.readings {
                if mac == *bytes
                    && let Some(list) = self.found.get_mut(number + 1)
                {
                    let mut both = Combination::from_slice(combination);
                    both.push(*reading);
                    list.push(both);
                }
            }
        }
    }

    fn variant(&self, number: usize) -> Option<&'s Variant> {
        self.search.variants.get(number)
    }

    /// Numbers of the variants that change nothing but the main text, by the place of their first change.
    fn in_main(&self) -> Vec<usize> {
        let changes_main_alone = |v: &Variant| {
            let [main, chained] = &v.splices;
            v.is_text_only() && !main.is_empty() && chained.is_empty()
        };
        let variants = self.search.variants.iter().enumerate();
        let mut numbers: Vec<usize> = variants.filter(|(_, v)| changes_main_alone(v)).map(|(n, _)| n).collect();
        numbers.sort_by_key(|n| self.first_change(*n));
        numbers
    }

    fn first_change(&self, number: usize) -> usize {
        self.variant(number).and_then(|v| v.splices.first()?.first()).map_or(0, |splice| splice.start)
    }

    /// The tail of a variant that leaves the main text alone.
    fn tail_of(&self, number: Option<usize>) -> Option<Tail<H>> {
        let variant = match number {
            Some(number) => Some(self.variant(number)?),
            None => None,
        };
        let sealing = variant.and_then(|v| v.sealing.as_ref()).unwrap_or(self.search.sealing);
        if sealing.how != How::Mac || sealing.hash != self.search.sealing.hash {
            return None;
        }
        if variant
            .is_some_and(|v| v.rewrite.is_some() || v.signature.is_some() || v.splices.first().is_some_and(|s| !s.is_empty()))
        {
            return None;
        }
        let secret = variant.and_then(|v| v.secret.as_ref()).map_or(self.search.secret, |secret| secret);
        let mut before = H::mac(&sealing.key_with::<H>(secret));
        let mut after = Vec::new();
        if let Some((text, digest)) = &self.base.chained {
            let splices = variant.and_then(|v| v.splices.get(1)).cloned().unwrap_or_default();
            let (front, back): (Splices, Splices) = splices.into_iter().partition(|s| s.end <= digest.start);
            if back.iter().any(|s| s.start < digest.end) {
                return None;
            }
            H::feed_mac(&mut before, &spliced(text.get(..digest.start).unwrap_or_default(), &front));
            let shifted: Vec<Splice> = back.into_iter().map(|s| s.moved_left(digest.end)).collect();
            after = spliced(text.get(digest.end..).unwrap_or_default(), &shifted);
        }
        Some(Tail { variant: number, before, after })
    }

    /// The signature of a finished digest.
    fn seal_digest(tail: &Tail<H>, digest: &[u8]) -> MacBytes {
        let mut mac = tail.before.clone();
        let mut text = [0; 128];
        let mut hexed = Vec::new();
        if digest.len() * 2 <= text.len() {
            for (pair, byte) in text.chunks_exact_mut(2).zip(digest) {
                pair.copy_from_slice(&hex::pair(*byte));
            }
            H::feed_mac(&mut mac, text.get(..digest.len() * 2).unwrap_or_default());
        } else {
            hex::encode(digest, &mut hexed);
            H::feed_mac(&mut mac, &hexed);
        }
        H::feed_mac(&mut mac, &tail.after);
        H::end_mac(mac)
    }

    /// The signature of variants together, worked out in full. `None` when they cannot be combined.
    fn whole(&self, numbers: &[usize]) -> Option<MacBytes> {
        let mut splices = <[Splices; 2]>::default();
        let (mut sealing, mut secret, mut rewrite) = (self.search.sealing, self.search.secret, None);
        let chained = self.base.chained.as_ref().map(|(text, _)| *text).unwrap_or_default();
        for number in numbers {
            let variant = self.variant(*number)?;
            for ((list, more), text) in splices.iter_mut().zip(&variant.splices).zip([self.base.main, chained]) {
                if !more.is_empty() {
                    *list = merged(text, list, more)?;
                }
            }
            sealing = variant.sealing.as_ref().unwrap_or(sealing);
            secret = variant.secret.as_ref().map_or(secret, |secret| secret);
            rewrite = variant.rewrite.or(rewrite);
        }
        let [main, behind] = splices;
        let rewritten = |document: Document, text: Vec<u8>| match rewrite {
            Some((which, change)) if which == document => change(&text),
            _ => text,
        };
        let text = match &self.base.chained {
            None => rewritten(Document::StringToSign, spliced(self.base.main, &main)),
            Some((text, digest)) => {
                let canonical = rewritten(Document::CanonicalRequest, spliced(self.base.main, &main));
                let mut state = H::digest();
                H::feed(&mut state, &canonical);
                let mut hexed = Vec::with_capacity(128);
                hex::encode(&H::end(state), &mut hexed);
                let new_digest = Splice::new(digest.start, digest.end, hexed);
                let all = match merged(text, &behind, core::slice::from_ref(&new_digest)) {
                    Some(all) => all,
                    // A variant that writes the digest itself is taken at its word.
                    None => behind,
                };
                rewritten(Document::StringToSign, spliced(text, &all))
            }
        };
        Some(sealing.mac(secret, &text))
    }

    /// The base by itself, then every variant alone.
    fn singles(&mut self) {
        if let Some(mac) = self.whole(&[]) {
            self.judge(&mac, &[]);
        }
        for number in 0..self.search.variants.len() {
            let Some(variant) = self.variant(number) else { break };
            if self.spent() {
                return;
            }
            if variant.signature.is_none()
                && let Some(mac) = self.whole(&[number])
            {
                self.judge(&mac, &[number]);
            }
        }
    }

    fn all_pairs(&mut self) {
        let main = self.in_main();
        let paired: Vec<usize> = main.iter().copied().filter(|n| self.variant(*n).is_some_and(|v| !v.alone)).collect();
        if let Some(tail) = self.tail.take() {
            self.pairs_in_main(&paired, &[], &tail, &[]);
            self.tail = Some(tail);
        }
        self.main_with_tails(&main);
        self.rest_with_all(&main);
    }

    /// Every two variants of the main text, from the first byte in which they part.
    fn pairs_in_main(&mut self, list: &[usize], fixed: &[Splice], tail: &Tail<H>, with: &[usize]) {
        match self.base.chained {
            Some(_) => self.roll(list, fixed, with, H::digest(), H::feed, |state| Self::seal_digest(tail, &H::end(state))),
            None => self.roll(list, fixed, with, tail.before.clone(), H::feed_mac, H::end_mac),
        }
    }

    fn roll<S: Clone>(
        &mut self,
        list: &[usize],
        fixed: &[Splice],
        with: &[usize],
        start: S,
        feed: fn(&mut S, &[u8]),
        end: impl Fn(S) -> MacBytes,
    ) {
        let text = self.base.main;
        let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        for (position, first) in list.iter().enumerate() {
            let Some(a) = self.variant(*first) else { continue };
            let Some(mine) = merged(text, fixed, a.splices.first().map(|s| s.as_slice()).unwrap_or_default()) else { continue };
            let (mut state, mut at) = (start.clone(), 0);
            let mut mine = mine.as_slice();
            for second in list.iter().skip(position + 1) {
                let Some(b) = self.variant(*second) else { continue };
                if !combine(a, b) {
                    continue;
                }
                if self.spent() {
                    return;
                }
                let Some(mut theirs) = b.splices.first().map(|s| s.as_slice()) else { continue };
                let place = theirs.first().map_or(0, |splice| splice.start);
                while let Some((splice, rest)) = mine.split_first().filter(|(splice, _)| splice.end <= place) {
                    feed(&mut state, piece(at, splice.start));
                    feed(&mut state, &splice.bytes);
                    (at, mine) = (splice.end, rest);
                }
                if place < at || mine.first().is_some_and(|splice| splice.start < place) {
                    continue;
                }
                feed(&mut state, piece(at, place));
                at = place;
                // From here on the two differ from every other pair.
                let (mut state, mut at, mut mine) = (state.clone(), at, mine);
                let fits = loop {
                    let next = match (mine.split_first(), theirs.split_first()) {
                        (None, None) => break true,
                        (Some((m, rest)), t) if t.is_none_or(|(t, _)| m.start < t.start) => {
                            mine = rest;
                            m
                        }
                        (_, Some((t, rest))) => {
                            theirs = rest;
                            t
                        }
                        (Some(_), None) => break false,
                    };
                    if next.start < at {
                        break false;
                    }
                    feed(&mut state, piece(at, next.start));
                    feed(&mut state, &next.bytes);
                    at = next.end;
                };
                if fits {
                    feed(&mut state, piece(at, text.len()));
                    let mac = end(state);
                    let mut combination = Combination::from_slice(with);
                    combination.extend([*first, *second]);
                    self.judge(&mac, &combination);
                }
            }
        }
    }

    /// Every variant of the main text with every variant that leaves it alone.
    fn main_with_tails(&mut self, main: &[usize]) {
        // What stands alone is paired with keys, and those are among the tails.
        let paired = |n: &usize| self.variant(*n).is_some_and(|v| !(v.unpaired || (v.alone && v.is_text_only())));
        let numbers = (0..self.search.variants.len()).filter(paired);
        let tails: Vec<Tail<H>> = numbers.filter_map(|n| self.tail_of(Some(n))).collect();
        for number in main {
            let Some(variant) = self.variant(*number).filter(|v| !v.unpaired) else { continue };
            let Some(splices) = variant.splices.first() else { continue };
            let text = spliced(self.base.main, splices);
            let digest = self.base.chained.is_some().then(|| {
                let mut state = H::digest();
                H::feed(&mut state, &text);
                H::end(state)
            });
            for tail in &tails {
                let Some(other) = tail.variant.and_then(|n| self.variant(n)) else { continue };
                if !combine(variant, other) || (variant.alone && other.alone) {
                    continue;
                }
                if self.spent() {
                    return;
                }
                let mac = match &digest {
                    Some(digest) => Self::seal_digest(tail, digest),
                    None => {
                        let mut mac = tail.before.clone();
                        H::feed_mac(&mut mac, &text);
                        H::end_mac(mac)
                    }
                };
                self.judge(&mac, &[*number, tail.variant.unwrap_or_default()]);
            }
        }
    }

    /// All other pairs: changes of whole texts, of both documents, of keys with scopes.
    fn rest_with_all(&mut self, main: &[usize]) {
        let usable = |n: &usize| self.variant(*n).is_some_and(|v| v.signature.is_none() && !v.alone);
        let numbers: Vec<usize> = (0..self.search.variants.len()).filter(usable).collect();
        let is_main = |n: &usize| main.contains(n);
        let is_tail: Vec<bool> = numbers.iter().map(|n| self.tail_of(Some(*n)).is_some()).collect();
        for (position, a) in numbers.iter().enumerate() {
            for (offset, b) in numbers.iter().enumerate().skip(position + 1) {
                let tails = (is_tail.get(position) == Some(&true), is_tail.get(offset) == Some(&true));
                let seen = match (is_main(a), is_main(b)) {
                    (true, true) => true,
                    (true, false) => tails.1,
                    (false, true) => tails.0,
                    (false, false) => false,
                };
                let (Some(x), Some(y)) = (self.variant(*a), self.variant(*b)) else { continue };
                if seen || !combine(x, y) {
                    continue;
                }
                if self.spent() {
                    return;
                }
                if let Some(mac) = self.whole(&[*a, *b]) {
                    self.judge(&mac, &[*a, *b]);
                }
            }
        }
    }

    /// Three mistakes: every pair of the main text together with every further variant.
    fn triples(&mut self) {
        let main: Vec<usize> = self.in_main().into_iter().filter(|n| self.variant(*n).is_some_and(|v| !v.alone)).collect();
        for number in 0..self.search.variants.len() {
            let Some(third) = self.variant(number).filter(|v| !v.alone) else { continue };
            if let Some(tail) = self.tail_of(Some(number)) {
                let others: Vec<usize> =
                    main.iter().copied().filter(|n| self.variant(*n).is_some_and(|v| combine(v, third))).collect();
                self.pairs_in_main(&others, &[], &tail, &[number]);
            } else if let Some(position) = main.iter().position(|n| *n == number) {
                let others = main.iter().copied().skip(position + 1);
                let others: Vec<usize> = others.filter(|n| self.variant(*n).is_some_and(|v| combine(v, third))).collect();
                let Some(tail) = self.tail.take() else { continue };
                self.pairs_in_main(&others, third.splices.first().map(|s| s.as_slice()).unwrap_or_default(), &tail, &[number]);
                self.tail = Some(tail);
            }
            if self.spent() {
                return;
            }
        }
    }
}

/// Whether two causes may be at work together: one for each slot, but two for headers.
fn combine(a: &Variant, b: &Variant) -> bool {
    a.cause.slot != b.cause.slot || a.cause.slot == Slot::Header
}

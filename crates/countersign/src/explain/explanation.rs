//! From what causes want to try to a proved explanation.

use super::{
    catalog::{self, scope::OTHER_SCHEME},
    cause::{Cause, Slot, known_pair},
    context::Context,
    edit::{Edits, Splice, Variant, merged},
    readback::read_back,
    report::{Certainty, Finding, Searched},
    sealing::Sealing,
    search::{Budget, Combination, FEW, Search},
};
use crate::{
    crypto,
    pen::Role,
    transcript::{Part, Transcript, Written},
    wire::hex,
};
use alloc::{collections::BTreeMap, vec::Vec};
use core::cmp::Reverse;
use zeroize::Zeroizing;

/// A proved explanation.
pub(super) struct Explanation {
    pub(super) findings: Vec<Finding>,
    /// The texts that were signed; `None` when they are those of the request.
    pub(super) documents: Option<Transcript>,
}

/// The bytes of the signature that was sent, as the scheme writes them.
pub(super) fn sent_bytes(context: &Context<'_>) -> Option<Vec<u8>> {
    context.claim.scheme.seal(context.claim).encoding.decode(&context.claim.signature)
}

/// What some causes want to try on a transcript.
pub(super) fn variants(context: &Context<'_>, wanted: fn(&Cause) -> bool) -> Vec<Variant> {
    let mut variants = Vec::new();
    for cause in catalog::causes().filter(|cause| wanted(cause)) {
        let before = variants.len();
        (cause.edits)(context, &mut Edits { transcript: context.transcript, cause, variants: &mut variants });
        if context.is_second {
            leave_out_rare(&mut variants, before);
        }
    }
    variants
}

/// Leaves out what a cause tries by itself alone, and the rare dates if they are not few: what pairs are made of is left.
fn leave_out_rare(variants: &mut Vec<Variant>, before: usize) {
    let own = variants.split_off(before);
    let is_few = own.iter().filter(|variant| variant.is_rare()).nth(FEW).is_none();
    let is_left = |variant: &Variant| is_few || !variant.is_rare() || variant.cause.slot != Slot::Time;
    variants.extend(own.into_iter().filter(|variant| !variant.unpaired && is_left(variant)));
}

/// Variants that change the same are one; the others are kept as further names of it.
fn distinct(mut variants: Vec<&Variant>) -> (Vec<&Variant>, BTreeMap<usize, Vec<&'static Cause>>) {
    variants.sort_by_key(|variant| Reverse(variant.cause.rank));
    let marked = variants.iter().enumerate().map(|(number, variant)| (*variant.mark, number));
    let mut alike: Zeroizing<Vec<(u64, usize)>> = Zeroizing::new(marked.collect());
    alike.sort_unstable();
    // The number of the first that is the same, for those that are not the first.
    let mut repeated: BTreeMap<usize, usize> = BTreeMap::new();
    for group in alike.chunk_by(|(a, _), (b, _)| a == b).filter(|group| group.len() > 1) {
        let mut firsts: Vec<(usize, &Variant)> = Vec::new();
        for (number, variant) in group.iter().filter_map(|(_, number)| Some((*number, *variants.get(*number)?))) {
            // What is another mistake in another slot fits beside other mistakes.
            match firsts.iter().find(|(_, first)| first.same_as(variant) && first.cause.slot == variant.cause.slot) {
                Some((first, _)) => _ = repeated.insert(number, *first),
                None => firsts.push((number, variant)),
            }
        }
    }
    let mut aliases: BTreeMap<usize, Vec<&'static Cause>> = BTreeMap::new();
    // Where each that is kept comes to stand. The first of those that are the same stands before them.
    let mut places: Vec<usize> = Vec::with_capacity(variants.len());
    let (mut number, mut kept) = (0.., 0);
    variants.retain(|variant| {
        let first = number.next().and_then(|number| repeated.get(&number));
        places.push(kept);
        match first.and_then(|first| places.get(*first)) {
            Some(place) => aliases.entry(*place).or_default().push(variant.cause),
            None => kept += 1,
        }
        first.is_none()
    });
    (variants, aliases)
}

/// The most changes of the long text that are tried together for one cause. Ordinary requests have fewer headers.
const MOST_TOGETHER: usize = 256;

/// Sets apart what a cause tries of each of very many headers or parameters. They have as many pairs as the square of their
/// number, each with a text to be hashed that is longer the more of them there are.
fn set_apart(variants: &mut [Variant], transcript: &Transcript) {
    // Where the text is not signed by its digest, it is hashed again for every key that is tried with it.
    let is_dear = transcript.documents.len() < 2;
    for of_cause in variants.chunk_by_mut(|a, b| core::ptr::eq(a.cause, b.cause)) {
        let of_text =
            of_cause.iter_mut().filter(|variant| !variant.alone && variant.splices.first().is_some_and(|list| !list.is_empty()));
        let mut of_text: Vec<&mut Variant> = of_text.collect();
        if of_text.len() > MOST_TOGETHER {
            of_text.iter_mut().for_each(|variant| (variant.alone, variant.unpaired) = (true, is_dear));
        }
    }
}

/// Searches for up to `depth` mistakes that together give the signature, those with the secret among them.
pub(super) fn search(context: &Context<'_>, secrets: &[Variant], depth: u8, searched: &mut Searched) -> Option<Explanation> {
    let secret = context.secret?;
    let mut own = if depth == 0 { Vec::new() } else { variants(context, |cause| !cause.is_of_secret) };
    set_apart(&mut own, context.transcript);
    let secrets = if depth == 0 { &[] } else { secrets };
    let secrets = secrets.iter().filter(|secret| !(context.is_second && secret.unpaired));
    let (variants, aliases) = distinct(secrets.chain(&own).collect());
    let sealing = Sealing::of(&context.claim.scheme.seal(context.claim));
    let target = sent_bytes(context).unwrap_or_default();
    let mut codes: Vec<_> = variants.iter().map(|variant| variant.cause.code).collect();
    // Those of one cause stand together, and are many.
    codes.dedup();
    codes.sort_unstable();
    codes.dedup();
    searched.causes = searched.causes.max(codes.len());
    searched.tried.extend(codes);
    searched.tried.sort_unstable();
    searched.tried.dedup();
    let search = Search {
        transcript: context.transcript,
        sealing: &sealing,
        secret,
        variants: &variants,
        target: &target,
        depth,
        budget: Budget::left(context.inquiry.budget, searched),
        watch: context.inquiry.watch,
        before: searched.variants,
    };
    let outcome = search.run();
    searched.variants += outcome.tried;
    searched.blocks += outcome.blocks;
    searched.apart += outcome.apart;
    searched.cut_short |= outcome.cut_short;
    // Of equals, the first one is told.
    let mut all = outcome.combinations;
    let best = all.iter().rev().max_by_key(|combination| weight(&variants, combination))?.clone();
    if best.len() > 1 {
        all.extend(search.instead(&best));
    }
    Some(explained(context, &variants, &aliases, &best, &all))
}

/// How likely a combination is: met together before all else, then how often each was met.
fn weight(variants: &[&Variant], combination: &Combination) -> (bool, u32) {
    let chosen = || combination.iter().filter_map(|n| variants.get(*n));
    let codes: Vec<_> = chosen().flat_map(|variant| variant.codes()).collect();
    let known = matches!(codes.as_slice(), [a, b] if known_pair(a, b));
    (known, chosen().map(|variant| u32::from(variant.cause.rank)).sum())
}

fn explained(
    context: &Context<'_>,
    variants: &[&Variant],
    aliases: &BTreeMap<usize, Vec<&'static Cause>>,
    best: &Combination,
    all: &[Combination],
) -> Explanation {
    let own: Vec<_> = best.iter().filter_map(|n| variants.get(*n)).flat_map(|variant| variant.codes()).collect();
    let mut findings = Vec::new();
    for number in best {
        let Some(variant) = variants.get(*number) else { continue };
        let mut also: Vec<&'static str> = aliases.get(number).into_iter().flatten().map(|cause| cause.code).collect();
        // Another combination with the rest alike says the same in other words.
        let others = all.iter().filter(|other| best.iter().all(|n| n == number || other.contains(n)));
        also.extend(others.flatten().filter_map(|n| variants.get(*n)).map(|variant| variant.cause.code));
        also.retain(|code| !own.contains(code));
        also.sort_unstable();
        also.dedup();
        let (signed, sent) = variant.shown(context.transcript);
        for code in variant.codes() {
            findings.push(Finding {
                code,
                certainty: Certainty::Proved,
                group: 0,
                refusal: true,
                facts: variant.facts(context.transcript),
                signed: signed.clone(),
                sent: sent.clone(),
                also: core::mem::take(&mut also),
            });
        }
    }
    let chosen: Vec<_> = best.iter().filter_map(|n| variants.get(*n)).copied().collect();
    Explanation { findings, documents: edited(context, &chosen) }
}

/// The mistake by the request's own rules that signs the very text of `wanted`, which follows from other rules.
pub(super) fn own_mistake(context: &Context<'_>, wanted: &Transcript) -> Option<Finding> {
    let all = variants(context, |cause| !cause.is_of_secret);
    let signs = |variant: &&Variant| {
        let signed = variant.is_text_only().then(|| edited(context, &[variant])).flatten();
        signed.is_some_and(|signed| signed.string_to_sign() == wanted.string_to_sign())
    };
    let same: Vec<&Variant> = all.iter().filter(signs).collect();
    let best = same.iter().min_by_key(|variant| Reverse(variant.cause.rank))?;
    let mut also: Vec<&'static str> = same.iter().map(|variant| variant.cause.code).chain([OTHER_SCHEME]).collect();
    also.retain(|code| *code != best.cause.code);
    also.sort_unstable();
    also.dedup();
    let (signed, sent) = best.shown(context.transcript);
    let facts = best.facts(context.transcript);
    Some(Finding { code: best.cause.code, certainty: Certainty::Proved, group: 0, refusal: true, facts, signed, sent, also })
}

/// The transcript as it was signed; `None` when the text is the same.
fn edited(context: &Context<'_>, variants: &[&Variant]) -> Option<Transcript> {
    // What changes all lines comes behind what writes some of them, unless these kept their ends: the signature tells.
    let last =
        variants.iter().position(|own| variants.iter().any(|other| own.cause.slot != other.cause.slot && own.follows(other)));
    let behind = laid_out(context, variants, last);
    let is_signed = |transcript: &Transcript| signs(context, variants, transcript.string_to_sign());
    if last.is_none() || behind.as_ref().is_some_and(is_signed) { behind } else { laid_out(context, variants, None) }
}

/// Whether a text gives the signature that was sent, with what the variants make of key and MAC.
fn signs(context: &Context<'_>, variants: &[&Variant], text: &[u8]) -> bool {
    let Some(own) = context.secret else { return false };
    let secret = variants.iter().find_map(|variant| variant.secret.as_deref()).map_or(own, Vec::as_slice);
    let usual = Sealing::of(&context.claim.scheme.seal(context.claim));
    let sealing = variants.iter().find_map(|variant| variant.sealing.as_ref()).unwrap_or(&usual);
    sent_bytes(context).is_some_and(|sent| *sealing.mac(secret, text) == *sent)
}

/// The transcript with all splices, the lines of the `last` one changed when all else is written.
fn laid_out(context: &Context<'_>, variants: &[&Variant], last: Option<usize>) -> Option<Transcript> {
    let all_lines = last.and_then(|last| variants.get(last)?.afterwards);
    let mut documents: Vec<Written> = Vec::new();
    let mut changed = false;
    for (number, written) in context.transcript.documents.iter().enumerate() {
        let mut splices: Vec<Splice> = Vec::new();
        for (_, variant) in variants.iter().enumerate().filter(|(place, _)| Some(*place) != last) {
            if let Some(more) = variant.splices.get(number) {
                splices = merged(&written.text, &splices, more)?;
            }
        }
        let digest = written.parts.iter().position(|part| part.role == Role::Digest);
        if let Some((part, before)) = digest.zip(documents.last()) {
            let at = written.parts.get(part)?;
            let mut text = Vec::with_capacity(64);
            hex::encode(&crypto::digest(context.claim.scheme.seal(context.claim).hash, &before.text), &mut text);
            let new = Splice::new(at.start, at.end, text).of_parts(part, part);
            splices = merged(&written.text, &splices, &[new]).unwrap_or(splices);
        }
        let mut written = respliced(context.transcript, written, &splices);
        for (document, change) in variants.iter().filter_map(|variant| variant.rewrite).chain(all_lines) {
            if document == written.document {
                written = Written { document, text: change(&written.text), parts: Vec::new() };
            }
        }
        changed |= context.transcript.documents.get(number).is_some_and(|own| own.text != written.text);
        documents.push(written);
    }
    changed.then_some(Transcript { documents })
}

/// A document with its splices. Parts are moved along; where several were written as one, the text is read anew.
fn respliced(base: &Transcript, written: &Written, splices: &[Splice]) -> Written {
    let text = super::edit::spliced(&written.text, splices);
    // A line that is put behind a line end is a part of its own.
    let is_line = |splice: &Splice| {
        let is_end = written.parts.get(splice.parts.0).is_some_and(|part| part.role == Role::LineEnd);
        is_end && splice.bytes.len() > 1 && splice.bytes.ends_with(b"\n")
    };
    if splices.iter().any(|splice| splice.parts.0 != splice.parts.1 || is_line(splice)) {
        return read_back(base, written.document, &text);
    }
    // Where a byte of the old text stands in the new one. A splice that ends there comes before it if it belongs to
    // a part before it, or to this part and the byte is the part's end.
    let moved = |at: usize, part: usize, is_end: bool| {
        let mut shift: isize = 0;
        for splice in splices {
            let (old, new) = (splice.end.cast_signed() - splice.start.cast_signed(), splice.bytes.len().cast_signed());
            let owner = splice.parts.0;
            if splice.end < at || (splice.end == at && (owner < part || (owner == part && is_end))) {
                shift += new - old;
            } else if splice.start < at {
                return (splice.start.cast_signed() + shift + new).max(0).cast_unsigned();
            }
        }
        (at.cast_signed() + shift).max(0).cast_unsigned()
    };
    let parts = written.parts.iter().enumerate().map(|(number, part)| Part {
        start: moved(part.start, number, false),
        end: moved(part.end, number, true),
        ..part.clone()
    });
    Written { document: written.document, parts: parts.collect(), text }
}

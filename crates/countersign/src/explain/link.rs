//! Proving what was sealed in place of one link of a chain of signatures, which no scheme writes by itself.

use super::{
    Inquiry,
    context::Context,
    edit::Variant,
    explanation,
    report::{Certainty, Finding, Searched},
    sealing::Sealing,
    search::{Budget, Combination, Search},
};
use crate::{secret::SecretKey, terms::Claim, transcript::Transcript};
use alloc::vec::Vec;
use core::{cell::OnceCell, cmp::Reverse};

/// A text, and a signature that is not its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sealed<'q> {
    pub(crate) inquiry: &'q Inquiry<'q>,
    pub(crate) claim: &'q Claim<'q>,
    pub(crate) transcript: &'q Transcript,
    pub(crate) secret: &'q SecretKey,
    /// The bytes of the signature.
    pub(crate) target: &'q [u8],
}

impl Sealed<'_> {
    /// The mistakes of the catalogue that change the key alone: it is the same for every link.
    pub(crate) fn key_mistakes(&self) -> Vec<Variant> {
        let Self { inquiry, claim, transcript, secret, .. } = *self;
        let digest = OnceCell::new();
        let context = Context { inquiry, claim, transcript, secret: Some(secret.expose()), digest: &digest, is_second: false };
        let mut variants = explanation::variants(&context, |_| true);
        variants.retain(|variant| variant.secret.is_some() || variant.sealing.is_some());
        variants
    }

    /// The mistakes among `variants` that, singly or together, give the signature.
    pub(crate) fn prove(&self, variants: &[Variant], searched: &mut Searched) -> Option<Vec<Finding>> {
        let variants: Vec<&Variant> = variants.iter().collect();
        let search = Search {
            transcript: self.transcript,
            sealing: &Sealing::of(&self.claim.scheme.seal(self.claim)),
            secret: self.secret.expose(),
            variants: &variants,
            target: self.target,
            depth: self.inquiry.depth,
            budget: Budget::left(self.inquiry.budget, searched),
            watch: self.inquiry.watch,
            before: searched.variants,
        };
        let outcome = search.run();
        searched.variants += outcome.tried;
        searched.blocks += outcome.blocks;
        searched.apart += outcome.apart;
        searched.cut_short |= outcome.cut_short;
        let chosen =
            |combination: &Combination| -> Vec<_> { combination.iter().filter_map(|n| variants.get(*n)).copied().collect() };
        let weight = |combination: &Combination| chosen(combination).iter().map(|v| u32::from(v.cause.rank)).sum::<u32>();
        // Of equal ones the first: mistakes are listed with the likelier ones in front.
        let best = outcome.combinations.iter().max_by_key(|combination| (weight(combination), Reverse(*combination)))?;
        let findings = chosen(best).into_iter().map(|variant| {
            let (signed, sent) = variant.shown(self.transcript);
            Finding {
                code: variant.cause.code,
                certainty: Certainty::Proved,
                group: 0,
                refusal: true,
                facts: variant.facts(self.transcript),
                signed,
                sent,
                also: Vec::new(),
            }
        });
        let mut findings: Vec<_> = findings.collect();
        findings.sort_by_key(|finding| finding.code);
        let own: Vec<_> = findings.iter().map(|finding| finding.code).collect();
        let mut also: Vec<_> = outcome.combinations.iter().flat_map(chosen).map(|v| v.cause.code).collect();
        also.retain(|code| !own.contains(code));
        also.sort_unstable();
        also.dedup();
        if let Some(first) = findings.first_mut() {
            first.also = also;
        }
        Some(findings)
    }
}

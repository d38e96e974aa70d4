//! A host that may have the name of its bucket, start with it, or be an endpoint with the bucket in the path: nothing tells.
//!
//! All readings are explained, and the one that takes the fewest mistakes is reported.

use super::{Inquiry, Report, Watch, is_settled, judge_claim};
use crate::{
    error::VerifyError,
    family::lines::READINGS,
    terms::Claim,
    verify::{Verification, verify_claim},
};
use alloc::vec::Vec;

/// The claim with the bucket in the host. None where it cannot be, or where it is right as it is, which is judged before.
pub(super) fn claims<'a>(inquiry: &Inquiry<'a>, claim: &Claim<'a>) -> Vec<Claim<'a>> {
    if inquiry.depth == 0 || inquiry.secrets.is_empty() || claim.scheme.dialects() != READINGS {
        return Vec::new();
    }
    let bound: Vec<_> = READINGS.iter().filter_map(|reading| claim.scheme.in_dialect(&inquiry.subject, claim, reading)).collect();
    let is_right = || {
        let mut secrets = inquiry.secrets.iter();
        secrets.any(|secret| matches!(verify_claim(&inquiry.subject, claim.clone(), secret), Ok(Verification::Matches(_))))
    };
    if bound.is_empty() || is_right() { Vec::new() } else { bound }
}

/// One mistake by each reading, then as many as are asked for.
pub(super) fn judge(inquiry: &Inquiry<'_>, claim: &Claim<'_>, bound: &[Claim<'_>]) -> Result<Report, VerifyError> {
    let most = inquiry.depth;
    let (mut variants, mut blocks) = (0, 0);
    let mut unsettled = None;
    for depth in [1, most].into_iter().skip(usize::from(most == 1)) {
        for reading in [claim].into_iter().chain(bound) {
            let goes_on = |count| inquiry.watch.is_none_or(|Watch(goes_on)| goes_on(variants + count));
            let part = Inquiry {
                depth,
                budget: inquiry.budget.saturating_sub(variants),
                watch: inquiry.watch.map(|_| Watch(&goes_on)),
                ..inquiry.about(inquiry.subject.clone())
            };
            let mut report = judge_claim(&part, reading)?;
            variants += report.searched.variants;
            blocks += report.searched.blocks;
            (report.searched.variants, report.searched.blocks, report.searched.depth) = (variants, blocks, most);
            if is_settled(&report) || report.searched.cut_short {
                return Ok(report);
            }
            if core::ptr::eq(reading, claim) {
                unsettled = Some(report);
            } else if let Some(report) = &mut unsettled {
                report.searched.variants = variants;
                report.searched.blocks = blocks;
            }
        }
    }
    unsettled.ok_or(VerifyError::NoClaim)
}

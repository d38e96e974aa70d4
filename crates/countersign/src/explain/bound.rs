//! A domain that may have the name of its bucket, or be an endpoint with the bucket in the path: nothing tells.
//!
//! Both readings are explained, and the one that takes fewer mistakes is reported.

use super::{Inquiry, Report, Watch, is_settled, judge_claim};
use crate::{
    error::VerifyError,
    family::lines::BOUND_DOMAIN,
    terms::Claim,
    verify::{Verification, verify_claim},
};

/// The claim with the domain as the bucket. `None` where it cannot be, or where it is right as it is, which is judged before.
pub(super) fn claim<'a>(inquiry: &Inquiry<'a>, claim: &Claim<'a>) -> Option<Claim<'a>> {
    let is_open = inquiry.depth > 0 && !inquiry.secrets.is_empty() && claim.scheme.dialects().contains(&BOUND_DOMAIN);
    let bound = is_open.then(|| claim.scheme.in_dialect(&inquiry.subject, claim, BOUND_DOMAIN)).flatten()?;
    let is_right = inquiry
        .secrets
        .iter()
        .any(|secret| matches!(verify_claim(&inquiry.subject, claim.clone(), secret), Ok(Verification::Matches(_))));
    (!is_right).then_some(bound)
}

/// One mistake by either reading, then as many as are asked for.
pub(super) fn judge(inquiry: &Inquiry<'_>, claim: &Claim<'_>, bound: &Claim<'_>) -> Result<Report, VerifyError> {
    let most = inquiry.depth;
    let (mut variants, mut blocks) = (0, 0);
    let mut unsettled = None;
    for depth in [1, most].into_iter().skip(usize::from(most == 1)) {
        for reading in [claim, bound] {
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

//! Two signatures on one request, in its URL and in its header: there are servers that refuse it whatever they are.

use super::{Inquiry, proof, report::Report};
use crate::{
    scheme::{self, Carrier},
    terms::Claim,
    transcript::transcript,
    verify::{Verification, verify_claim},
};

/// What both claim: first the one in the URL.
pub(super) fn claims<'a>(inquiry: &Inquiry<'a>) -> Option<[Claim<'a>; 2]> {
    inquiry.subject.request()?.header_value("authorization")?;
    let read = |is_there: fn(Carrier) -> bool| {
        let mut schemes = inquiry.among.schemes().filter(|scheme| is_there(scheme.carrier()));
        scheme::read(&mut schemes, &inquiry.subject, &inquiry.hints).ok().flatten()
    };
    Some([read(|carrier| matches!(carrier, Carrier::Param(_)))?, read(|carrier| carrier == Carrier::Authorization)?])
}

/// Whether one of the secrets gives the signature.
pub(super) fn is_right(inquiry: &Inquiry<'_>, claim: &Claim<'_>) -> bool {
    let verified = |secret| verify_claim(&inquiry.subject, claim.clone(), secret);
    inquiry.secrets.iter().any(|secret| matches!(verified(secret), Ok(Verification::Matches(_))))
}

/// The report on the one that is right, else on the one in the URL; `None` where nothing says that the server refuses both.
pub(super) fn report(inquiry: &Inquiry<'_>) -> Option<Report> {
    let [in_url, in_header] = claims(inquiry)?;
    let is_first = is_right(inquiry, &in_url) || !is_right(inquiry, &in_header);
    let claim = if is_first { in_url } else { in_header };
    let report = proof::prove(inquiry, &claim, &transcript(&inquiry.subject, &claim).ok()?).ok()?;
    report.findings.iter().any(|finding| finding.refusal).then_some(report)
}

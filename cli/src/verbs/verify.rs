//! `verify`: is the signature right? Yes or no, no search.

use super::{Answer, explain, setting::Setting};
use crate::{
    args::{self, Verify},
    input::{Input, Kind},
    report::{Task, View, Work},
    secrets::{Found, Need},
    trouble::Trouble,
};
use countersign::{Claim, Hints, Inquiry, Report, SecretKey, Subject, Verification, VerifyError, explain::Verdict, verify_claim};
use std::{slice, time::Instant};

pub fn run(args: &Verify, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let input = setting.input(&args.input.input, Some(&args.url))?;
    must_be_whole(&input)?;
    judged(&input, &args.secret, setting)
}

/// Judges the signature an input carries.
pub fn judged(input: &Input, secret: &args::Secret, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let place = setting.place(input)?;
    let hints = setting.hints(&place);
    let subject = input.subject()?;
    let claim = setting.claim(&subject, &hints)?;
    let id = claim.access_key_id.to_str();
    let found = setting.secrets(secret, &input.source, claim.scheme.provider(), Some(&id), Need::Required, &|secret| {
        matches!(verify_claim(&subject, claim.clone(), secret), Ok(Verification::Matches(_)))
    })?;

    let offered: Vec<_> = found.iter().map(Found::offered).collect();
    let begun = Instant::now();
    let compared = compare(&subject, &claim, &found).map_err(Trouble::Claim)?;
    // A right head may stand before chunks that are signed wrongly: they need the secret, too.
    let right = compared.right.and_then(|index| found.get(index)).map(|found| slice::from_ref(&found.secret)).unwrap_or_default();
    let report = inspect(subject.clone(), hints, right, setting)?;
    let work = Work {
        task: Task::Verify,
        has_secret: true,
        has_answer: false,
        at: setting.at,
        elapsed: begun.elapsed(),
        interrupted: false,
    };
    let mut view = View::of_report(report, setting.words, work).with_secret(&offered, compared.right, setting.words);
    view.expected.get_or_insert(compared.expected);
    view.searched.variants = compared.count;
    view.verdict = match compared.right {
        None => Verdict::Mismatch,
        Some(_) if view.verdict == Verdict::Mismatch => Verdict::Mismatch,
        Some(_) if view.findings.iter().any(|finding| finding.refusal) => Verdict::Rejected,
        Some(_) => Verdict::Valid,
    };
    // Which of the candidates it is, the user does not know yet.
    setting.name_secret(&offered, compared.right);
    Ok(explain::drawn(&view, setting))
}

/// What can be seen beside the signature of the head: if it is right, the request may still be refused.
fn inspect<'a>(
    subject: Subject<'a>,
    hints: Hints<'a>,
    right: &'a [SecretKey],
    setting: &'a Setting<'_>,
) -> Result<Report, Trouble> {
    let mut inquiry = Inquiry::new(subject);
    inquiry.hints = hints;
    inquiry.among = setting.among()?;
    inquiry.at = Some(setting.at);
    inquiry.secrets = right;
    inquiry.depth = 0;
    countersign::explain(&inquiry).map_err(Trouble::Claim)
}

/// What comparing with every secret gave.
struct Compared {
    /// The secret that is right.
    right: Option<usize>,
    /// The signature that secret gives, or the first one.
    expected: String,
    /// Signatures computed.
    count: u64,
}

fn compare(subject: &Subject<'_>, claim: &Claim<'_>, secrets: &[Found]) -> Result<Compared, VerifyError> {
    let mut compared = Compared { right: None, expected: String::new(), count: 0 };
    for (index, found) in secrets.iter().enumerate() {
        compared.count += 1;
        match verify_claim(subject, claim.clone(), &found.secret)? {
            Verification::Matches(_) => {
                compared.right = Some(index);
                compared.expected = claim.signature.to_str().into_owned();
                break;
            }
            Verification::Differs { expected, .. } if index == 0 => compared.expected = expected.text(),
            Verification::Differs { .. } => {}
        }
    }
    Ok(compared)
}

/// A header value alone says nothing of the request it signs, and of several tokens none is meant.
pub fn must_be_whole(input: &Input) -> Result<(), Trouble> {
    match input.kind {
        Kind::Header => Err(Trouble::HeaderAlone(input.source.clone())),
        Kind::Tokens => Err(Trouble::MoreThanOne(input.source.clone())),
        _ => Ok(()),
    }
}

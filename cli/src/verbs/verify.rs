//! `verify`: is the signature right? Yes or no, no search.

use super::{
    Answer, callback, explain,
    keys::{Held, Keys, Wanted},
    setting::Setting,
    several,
};
use crate::{
    args::{self, Verify},
    input::{Input, Kind},
    report::{Completed, Task, View, Work},
    secrets::Need,
    trouble::Trouble,
};
use countersign::{
    Claim, DraftError, Hints, Inquiry, Report, SecretKey, Subject, Verification, VerifyError,
    explain::{Verdict, explain_url},
    verify_claim,
};
use countersign_capture::Note as Captured;
use std::{slice, time::Instant};

pub fn run(args: &Verify, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let mut read = setting.inputs(&args.input.input, Some(&args.url), &args.pick)?;
    let mut keys = Keys::new(&args.secret, std::mem::take(&mut read.secrets));
    if let [input] = read.inputs.as_slice() {
        must_be_whole(input)?;
        if let Some(answer) = callback::verify::of_oss(input, setting) {
            return answer;
        }
        let (own, note) = setting.by_clock_of(input, None);
        note.iter().for_each(|note| setting.note(note));
        return Ok(explain::drawn(&view(input, &read.notes, &explain::unknown(&read), &mut keys, &own)?, &own));
    }
    several::run(&read, several::Names::Shown, setting, |input, setting| view(input, &read.notes, &[], &mut keys, setting))
}

/// Judges the signature an input carries.
pub fn judged(input: &Input, secret: &args::Secret, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    Ok(explain::drawn(&view(input, &[], &[], &mut Keys::new(secret, Vec::new()), setting)?, setting))
}

fn view(
    input: &Input,
    notes: &[Captured],
    unknown: &[&str],
    keys: &mut Keys<'_>,
    setting: &Setting<'_>,
) -> Result<View, Trouble> {
    let place = setting.place(input)?;
    let hints = setting.hints(&place);
    let subject = input.subject()?;
    let claim = setting.claim(&subject, &hints, &input.source);
    let claim = match claim {
        Ok(claim) => claim,
        Err(trouble) => return damaged(input, hints, keys, setting).ok_or_else(|| no_signature(Some(trouble), input, notes)),
    };
    let id = claim.access_key_id.to_str();
    let wanted =
        Wanted { provider: claim.scheme.provider(), id: &id, need: Need::Required, subject: &subject, claim: Some(&claim) };
    let held = keys.of(&wanted, input, setting)?;

    let begun = Instant::now();
    let mut compared = compare(&subject, &claim, &held).map_err(Trouble::Claim)?;
    if compared.right.is_none() && input.is_of_any_verb() {
        compared.right = inspect(input, &subject, hints, &held.secrets, unknown, setting)?.secret;
    }
    // A right head may stand before chunks that are signed wrongly: they need the secret, too.
    let right = compared.right.and_then(|index| held.secrets.get(index)).map(slice::from_ref).unwrap_or_default();
    let report = inspect(input, &subject, hints, right, unknown, setting)?;
    let mut view = View::of_report(report, setting.words.language(), work(begun, setting)).with_secret(
        &held.offered,
        compared.right,
        setting.words,
    );
    // With another bucket, or with values that are not known here, it may be right.
    let is_open = compared.right.is_none() && (compared.is_open || !unknown.is_empty());
    if !is_open {
        view.expected = view.expected.take().or(compared.expected);
    }
    view.searched.variants = compared.count;
    view.verdict = match compared.right {
        None if !is_open => Verdict::Mismatch,
        _ => view.verdict,
    };
    setting.name_secret(&held.offered, compared.right);
    view.cover(&held.secrets);
    Ok(view)
}

/// What can be seen of a signature that cannot be read as it stands there: it was cut off, or there are two.
fn damaged(input: &Input, hints: Hints<'_>, keys: &mut Keys<'_>, setting: &Setting<'_>) -> Option<View> {
    let subject = input.subject().ok()?;
    let begun = Instant::now();
    let seen = inspect(input, &subject, hints, &[], &[], setting).ok()?;
    let (provider, id) = (seen.scheme.provider(), seen.access_key_id.as_str());
    let wanted = Wanted { provider, id, need: Need::Optional, subject: &subject, claim: None };
    let held = keys.of(&wanted, input, setting).ok()?;
    let report = inspect(input, &subject, hints, &held.secrets, &[], setting).ok()?;
    let right = report.secret;
    let work = Work { has_secret: !held.offered.is_empty(), ..work(begun, setting) };
    let mut view = View::of_report(report, setting.words.language(), work).with_secret(&held.offered, right, setting.words);
    setting.name_secret(&held.offered, right);
    view.cover(&held.secrets);
    (view.verdict != Verdict::Undecided).then_some(view)
}

fn work(begun: Instant, setting: &Setting<'_>) -> Work {
    Work {
        task: Task::Verify,
        has_secret: true,
        has_answer: false,
        has_client_text: false,
        at: setting.at,
        elapsed: begun.elapsed(),
        interrupted: false,
    }
}

/// Why there is no signature: a command that makes `curl` sign has none yet.
pub fn no_signature(trouble: Option<Trouble>, input: &Input, notes: &[Captured]) -> Trouble {
    let is_signed_by_curl = notes.iter().any(|note| matches!(note, Captured::SignedByCurl(_)));
    match trouble {
        Some(Trouble::NoSignature(None)) | None if is_signed_by_curl => Trouble::SignedByCurl(input.source.clone()),
        Some(trouble) => trouble,
        None => Trouble::NoSignature(None),
    }
}

/// What can be seen beside the signature of the head: if it is right, the request may still be refused.
fn inspect<'a>(
    input: &Input,
    subject: &Subject<'a>,
    hints: Hints<'a>,
    right: &'a [SecretKey],
    unknown: &'a [&'a str],
    setting: &'a Setting<'_>,
) -> Result<Report, Trouble> {
    let mut inquiry = Inquiry::new(subject.clone());
    inquiry.hints = hints;
    inquiry.among = setting.among()?;
    inquiry.at = Some(setting.at);
    inquiry.secrets = right;
    inquiry.unknown = unknown;
    inquiry.depth = 0;
    let explained = if input.is_of_any_verb() { explain_url(&inquiry) } else { countersign::explain(&inquiry) };
    explained.map_err(Trouble::Claim)
}

/// What comparing with every secret gave.
struct Compared {
    /// The secret that is right.
    right: Option<usize>,
    /// The signature that secret gives, or the only one. Of several that are wrong none is meant.
    expected: Option<String>,
    /// Whether nothing tells the bucket, which is signed.
    is_open: bool,
    /// Signatures computed.
    count: u64,
}

fn compare(subject: &Subject<'_>, claim: &Claim<'_>, held: &Held) -> Result<Compared, VerifyError> {
    let mut compared = Compared { right: None, expected: None, is_open: false, count: 0 };
    for (index, secret) in held.secrets.iter().enumerate() {
        compared.count += 1;
        match verify_claim(subject, claim.clone(), secret) {
            Ok(Verification::Matches(_)) => {
                compared.right = Some(index);
                compared.expected = Some(claim.signature.to_str().into_owned());
                break;
            }
            Ok(Verification::Differs { expected, .. }) if held.secrets.len() == 1 => compared.expected = Some(expected.text()),
            Ok(Verification::Differs { .. }) => {}
            Err(VerifyError::Draft(DraftError::BucketNeeded)) if claim.bucket.is_some() => compared.is_open = true,
            Err(error) => return Err(error),
        }
    }
    Ok(compared)
}

/// A header value alone says nothing of the request it signs, and of several tokens none is meant.
pub fn must_be_whole(input: &Input) -> Result<(), Trouble> {
    match input.kind {
        Kind::Header => Err(Trouble::HeaderAlone(input.source.clone())),
        Kind::Tokens => Err(Trouble::MoreThanOne(input.source.clone())),
        Kind::Answer => Err(Trouble::AnswerAlone(input.source.clone())),
        _ => Ok(()),
    }
}

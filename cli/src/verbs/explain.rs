//! `explain`: why does this request not verify?

use super::{
    Answer, Outcome,
    setting::Setting,
    verify,
    watch::{Watching, budget},
};
use crate::{
    args::{Explain, Format},
    input,
    report::{self, Task, View, Work, redact::Mask, steps::steps},
    secrets::{Found, Need},
    stack::{self, Stack},
    trouble::{Note, Trouble},
};
use countersign::{
    Claim, Inquiry, SecretKey, Subject, Verification, explain,
    explain::{MAX_ANSWER, ServerAnswer, Watch},
    transcript, verify_claim,
};
use std::{path::Path, time::Instant};

pub fn run(args: &Explain, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let input = setting.input(&args.input.input, Some(&args.url))?;
    verify::must_be_whole(&input)?;
    let place = setting.place(&input)?;
    let hints = setting.hints(&place);
    let subject = input.subject()?;
    let mut inquiry = Inquiry::new(subject.clone());
    inquiry.hints = hints;
    inquiry.among = setting.among()?;
    inquiry.at = Some(setting.at);
    let claim = setting.claim(&subject, &hints);
    let (provider, id) = match &claim {
        Ok(claim) => (claim.scheme.provider(), claim.access_key_id.to_str().into_owned()),
        // A URL that was damaged on its way is mended by the explanation; its parameters cannot be read before.
        Err(_) => match explain(&inquiry) {
            Ok(report) => (report.scheme.provider(), report.access_key_id),
            Err(_) => return Err(claim.err().unwrap_or(Trouble::NoSignature(None))),
        },
    };
    let claim = claim.ok();
    let fits = |secret: &SecretKey| match &claim {
        Some(claim) => matches!(verify_claim(&subject, claim.clone(), secret), Ok(Verification::Matches(_))),
        None => true,
    };
    let found = setting.secrets(&args.secret, &input.source, provider, Some(&id), Need::Optional, &fits)?;
    let answer = setting.common.error.as_deref().map(server_answer).transpose()?;

    let offered: Vec<_> = found.iter().map(Found::offered).collect();
    let secrets: Vec<SecretKey> = found.into_iter().map(|found| found.secret).collect();
    inquiry.secrets = &secrets;
    inquiry.answer = answer.as_ref();
    inquiry.expected_life = args.expected_life;
    inquiry.depth = setting.common.depth;
    inquiry.budget = budget(inquiry.depth);
    let watching = Watching::begin(setting);
    let goes_on = |variants| watching.goes_on(variants);
    inquiry.watch = Some(Watch(&goes_on));
    let begun = Instant::now();
    let report = explain(&inquiry).map_err(Trouble::Claim)?;
    let elapsed = begun.elapsed();
    let interrupted = watching.end();
    if interrupted {
        setting.note(&Note::Interrupted);
    }
    let work = Work {
        task: Task::Explain,
        has_secret: !offered.is_empty(),
        has_answer: answer.is_some(),
        at: setting.at,
        elapsed,
        interrupted,
    };
    setting.name_secret(&offered, report.secret);
    let right = report.secret;
    let mut view = View::of_report(report, setting.words, work)
        .with_secret(&offered, right, setting.words)
        .with_fixes(&stacks(args, &subject), setting.words);
    if args.shown.steps
        && let Some(claim) = &claim
    {
        view.steps = derivation(&subject, claim, view.expected.as_deref())?;
    }
    if args.shown.redact {
        let beside = [&setting.common.bucket, &setting.common.endpoint, &setting.common.host].map(|option| option.as_deref());
        let beside: Vec<_> = beside.into_iter().flatten().collect();
        Mask::of(&subject, claim.as_ref(), answer.as_ref(), &beside).hide(&mut view, setting.words.language());
    }
    if let Some(path) = &args.shown.html {
        let page = report::html::page(&view, setting.words);
        std::fs::write(path, page).map_err(|error| Trouble::Page(path.clone(), error))?;
    }
    Ok(drawn(&view, setting))
}

/// What was named, else what the request itself tells.
fn stacks(args: &Explain, subject: &Subject<'_>) -> Vec<Stack> {
    if args.shown.stack.is_empty() { subject.request().map(stack::guess).unwrap_or_default() } else { args.shown.stack.clone() }
}

fn derivation(subject: &Subject<'_>, claim: &Claim<'_>, expected: Option<&str>) -> Result<Vec<report::steps::Step>, Trouble> {
    let transcript = transcript(subject, claim).map_err(|error| Trouble::Claim(error.into()))?;
    Ok(steps(subject, claim, &transcript, expected))
}

/// The report in the form asked for.
pub fn drawn(view: &View, setting: &Setting<'_>) -> Answer {
    let text = match setting.common.format {
        Format::Json => report::json::report(view, setting.words),
        Format::Text => report::text::report(view, setting.canvas()).into_bytes(),
    };
    let outcome = Outcome::from(view.verdict);
    // Of a search that was ended nothing is known but what it found.
    let is_open = report::text::is_open(view);
    Answer { text, outcome: if view.work.interrupted && is_open { Outcome::Unknown } else { outcome } }
}

/// One byte over the library's limit is read, so that it sees what is too long.
fn server_answer(path: &Path) -> Result<ServerAnswer, Trouble> {
    let bytes = input::start_of(path, MAX_ANSWER + 1)?;
    ServerAnswer::parse(&bytes).map_err(|error| Trouble::Answer(path.to_owned(), error))
}

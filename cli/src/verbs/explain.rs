//! `explain`: why does this request not verify?

use super::{Answer, Outcome, setting::Setting, verify};
use crate::{
    args::{Explain, Format},
    input,
    report::{self, Task, View, Work},
    secrets::Need,
    trouble::Trouble,
};
use countersign::{
    Inquiry, SecretKey, explain,
    explain::{MAX_ANSWER, ServerAnswer},
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
    let (provider, id) = match setting.claim(&subject, &hints) {
        Ok(claim) => (claim.scheme.provider(), claim.access_key_id.to_str().into_owned()),
        // A URL that was damaged on its way is mended by the explanation; its parameters cannot be read before.
        Err(trouble) => match explain(&inquiry) {
            Ok(report) => (report.scheme.provider(), report.access_key_id),
            Err(_) => return Err(trouble),
        },
    };
    let found = setting.secrets(&args.secret, &input.source, provider, Some(&id), Need::Optional)?;
    let secrets: Vec<SecretKey> = found.into_iter().map(|found| found.secret).collect();
    let answer = setting.common.error.as_deref().map(server_answer).transpose()?;

    inquiry.secrets = &secrets;
    inquiry.answer = answer.as_ref();
    inquiry.expected_life = args.expected_life;
    inquiry.depth = setting.common.depth;
    let begun = Instant::now();
    let report = explain(&inquiry).map_err(Trouble::Claim)?;
    let work = Work {
        task: Task::Explain,
        has_secret: !secrets.is_empty(),
        has_answer: answer.is_some(),
        at: setting.at,
        elapsed: begun.elapsed(),
    };
    Ok(drawn(&View::of_report(report, setting.words.language(), work), setting))
}

/// The report in the form asked for.
pub fn drawn(view: &View, setting: &Setting<'_>) -> Answer {
    let text = match setting.common.format {
        Format::Json => report::json::report(view),
        Format::Text => report::text::report(view, setting.canvas()).into_bytes(),
    };
    Answer { text, outcome: Outcome::from(view.verdict) }
}

/// One byte over the library's limit is read, so that it sees what is too long.
fn server_answer(path: &Path) -> Result<ServerAnswer, Trouble> {
    let bytes = input::start_of(path, MAX_ANSWER + 1)?;
    ServerAnswer::parse(&bytes).map_err(|error| Trouble::Answer(path.to_owned(), error))
}

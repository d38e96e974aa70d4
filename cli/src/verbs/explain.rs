//! `explain`: why does this request not verify?

use super::{
    Answer, Outcome,
    keys::Keys,
    setting::Setting,
    several,
    verify::{self, no_signature},
};
use crate::{
    args::{Explain, Format},
    input::{self, Input, Read},
    report::{self, Task, View, Work},
    secrets::Need,
    trouble::{Note, Trouble},
};
use countersign::{
    Inquiry, Subject, explain,
    explain::{Agreement, MAX_ANSWER, ServerAnswer},
};
use std::{path::Path, time::Instant};

pub fn run(args: &Explain, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let mut read = setting.inputs(&args.input.input, Some(&args.url), &args.pick)?;
    let given = setting.common.error.as_deref().map(server_answer).transpose()?;
    let mut job = Job { args, given: given.as_ref(), keys: Keys::new(&args.secret, std::mem::take(&mut read.secrets)) };
    if let [input] = read.inputs.as_slice() {
        verify::must_be_whole(input)?;
        let (own, note) = setting.by_clock_of(input, given.as_ref().and_then(|answer| answer.date));
        if given.is_none() && own_answer(input).is_some() {
            setting.note(&Note::AnswerTaken);
        }
        note.iter().for_each(|note| setting.note(note));
        let view = job.view(input, &read, &own)?;
        return Ok(drawn(&view, &own));
    }
    several::run(&read, setting, |input, setting| job.view(input, &read, setting))
}

struct Job<'a> {
    args: &'a Explain,
    /// The answer that is named by an option.
    given: Option<&'a ServerAnswer>,
    keys: Keys<'a>,
}

impl Job<'_> {
    /// Explains one request; others of the same capture may have been mixed up with it.
    fn view(&mut self, input: &Input, read: &Read, setting: &Setting<'_>) -> Result<View, Trouble> {
        let place = setting.place(input)?;
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
                Err(_) => return Err(no_signature(claim.err(), input, read)),
            },
        };
        let held = self.keys.of(provider, Some(&id), Need::Optional, input, setting)?;
        // Of several requests, the answer belongs to the one whose signature it quotes.
        let given = self.given.filter(|given| {
            read.inputs.len() == 1 || claim.is_ok_and(|claim| given.signature_agreement(&claim) == Agreement::Agree)
        });
        let own = own_answer(input);
        let related: Vec<Subject<'_>> =
            read.inputs.iter().filter(|other| !std::ptr::eq(*other, input)).filter_map(|other| other.subject().ok()).collect();
        inquiry.secrets = &held.secrets;
        inquiry.answer = given.or(own.as_ref());
        inquiry.client = input.client.as_ref();
        inquiry.related = &related;
        inquiry.expected_life = self.args.expected_life;
        inquiry.depth = setting.common.depth;
        let begun = Instant::now();
        let report = explain(&inquiry).map_err(Trouble::Claim)?;
        let work = Work {
            task: Task::Explain,
            has_secret: !held.secrets.is_empty(),
            has_answer: inquiry.answer.is_some(),
            at: setting.at,
            elapsed: begun.elapsed(),
        };
        Ok(View::of_report(report, setting.words.language(), work))
    }
}

/// The report in the form asked for.
pub fn drawn(view: &View, setting: &Setting<'_>) -> Answer {
    let text = match setting.common.format {
        Format::Json => report::json::report(view),
        Format::Text => report::text::report(view, setting.canvas()).into_bytes(),
    };
    Answer { text, outcome: Outcome::from(view.verdict) }
}

/// The answer beside a request, if it refuses it.
fn own_answer(input: &Input) -> Option<ServerAnswer> {
    ServerAnswer::parse(&input.answer.as_ref()?.bytes).ok()
}

/// One byte over the library's limit is read, so that it sees what is too long.
fn server_answer(path: &Path) -> Result<ServerAnswer, Trouble> {
    let bytes = input::start_of(path, MAX_ANSWER + 1)?;
    ServerAnswer::parse(&bytes).map_err(|error| Trouble::Answer(path.to_owned(), error))
}

//! `explain`: why does this request not verify?

use super::{
    Answer, Outcome, callback, error,
    keys::{Keys, Wanted},
    setting::Setting,
    several,
    verify::{self, no_signature},
    watch::{Watching, budget},
};
use crate::{
    args::{Explain, Format},
    input::{self, Input, Kind, Read},
    report::{self, Completed, Mask, Shown, Task, View, Work, steps::steps},
    secrets::Need,
    trouble::{Note, Source, Trouble},
};
use countersign::{
    Claim, Inquiry, Subject, explain,
    explain::{Agreement, Certainty, MAX_ANSWER, ServerAnswer, Verdict, Watch, explain_url},
    transcript,
};
use countersign_capture::Note as Captured;
use countersign_stacks::{Lines, Stack, guess};
use std::{cell::RefCell, path::Path, time::Instant};

pub fn run(args: &Explain, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    if !args.shown.redact {
        return answer(args, setting);
    }
    let kept = RefCell::default();
    let hushed = Setting { kept: Some(&kept), ..*setting };
    let answer = answer(args, &hushed);
    // Of what was said before a request was read, nothing is known but its shape.
    hushed.say_kept(&mut Mask::default());
    answer.or_else(|trouble| {
        hushed.complain(&trouble);
        Ok(Answer { text: Vec::new(), outcome: Outcome::Unknown })
    })
}

fn answer(args: &Explain, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let mut read = setting.inputs(&args.input.input, Some(&args.url), &args.pick)?;
    let given = setting.common.error.as_deref().map(server_answer).transpose()?;
    let keys = Keys::new(&args.secret, std::mem::take(&mut read.secrets));
    let mut job = Job { args, given: given.as_ref(), keys };
    let mut related = Related::of(&read);
    if let [input] = read.inputs.as_slice() {
        if let Some(answer) =
            input.answer.as_ref().filter(|_| input.kind == Kind::Answer && setting.common.format == Format::Text)
        {
            // What it means can be said without the request; whether the signature is right cannot.
            let about = match ServerAnswer::parse(&answer.bytes).ok().and_then(|answer| answer.code) {
                // The rest of the answer is private.
                Some(code) if args.shown.redact => error::about(code.as_bytes(), Source::Argument, setting)?,
                _ if args.shown.redact => return Err(Trouble::AnswerAlone(input.source.clone())),
                _ => error::about(&answer.bytes, input.source.clone(), setting)?,
            };
            setting.complain(&Trouble::AnswerAlone(input.source.clone()));
            return Ok(Answer { outcome: Outcome::Unknown, ..about });
        }
        verify::must_be_whole(input)?;
        if let Some(answer) = callback::verify::of_oss(input, setting).filter(|_| !args.shown.redact) {
            return answer;
        }
        let (own, note) = setting.by_clock_of(input, given.as_ref().and_then(|answer| answer.date));
        if given.is_none() && own_answer(input).is_some() {
            setting.note(&Note::AnswerTaken);
        }
        note.iter().for_each(|note| setting.note(note));
        let view = job.view(input, &read, &mut related, &own)?;
        let is_of_time =
            |finding: &Shown| matches!(finding.code, "clock-skew" | "expired") && finding.certainty == Certainty::Seen;
        if note.is_none() && setting.common.at.is_none() && view.findings.iter().any(is_of_time) {
            setting.note(&Note::ClockOfMachine);
        }
        if let Some(path) = &args.shown.html {
            let page = report::html::page(&view, own.words);
            if path.as_os_str() == "-" {
                return Ok(Answer { text: page.into_bytes(), ..drawn(&view, &own) });
            }
            std::fs::write(path, page).map_err(|error| Trouble::Page(path.clone(), error))?;
        }
        return Ok(drawn(&view, &own));
    }
    if args.shown.html.is_some() {
        return Err(Trouble::OnePage(args.input.input.clone()));
    }
    let names = if args.shown.redact { several::Names::Hidden } else { several::Names::Shown };
    several::run(&read, names, setting, |input, setting| job.view(input, &read, &mut related, setting))
}

struct Job<'a> {
    args: &'a Explain,
    /// The answer that is named by an option.
    given: Option<&'a ServerAnswer>,
    keys: Keys<'a>,
}

/// The requests of a capture but for one, which moves on from the first to the last.
struct Related<'a> {
    /// Each with the input it is read from.
    all: Vec<(&'a Input, Subject<'a>)>,
    others: Vec<Subject<'a>>,
    /// Which is left out; of many, none is read again.
    out: usize,
}

impl<'a> Related<'a> {
    fn of(read: &'a Read) -> Self {
        let all: Vec<_> = read.inputs.iter().filter_map(|input| Some((input, input.subject().ok()?))).collect();
        let others = all.iter().skip(1).map(|(_, subject)| subject.clone()).collect();
        Self { all, others, out: 0 }
    }

    /// The others, and how many of them come before it.
    fn beside(&mut self, input: &Input) -> (&[Subject<'a>], usize) {
        let before = self.all.iter().position(|(own, _)| std::ptr::eq(*own, input)).unwrap_or_default();
        while self.out != before {
            let from = self.out;
            self.out = if from < before { from + 1 } else { from - 1 };
            if let (Some(place), Some((_, subject))) = (self.others.get_mut(from.min(self.out)), self.all.get(from)) {
                *place = subject.clone();
            }
        }
        (&self.others, before)
    }
}

impl Job<'_> {
    /// Explains one request; others of the same capture may have been mixed up with it.
    fn view(&mut self, input: &Input, read: &Read, related: &mut Related<'_>, setting: &Setting<'_>) -> Result<View, Trouble> {
        let place = setting.place(input)?;
        let hints = setting.hints(&place);
        let subject = input.subject()?;
        let mut inquiry = Inquiry::new(subject.clone());
        inquiry.hints = hints;
        inquiry.among = setting.among()?;
        inquiry.at = Some(setting.at);
        let claim = setting.claim(&subject, &hints, &input.source);
        let (provider, id) = match &claim {
            Ok(claim) => (claim.scheme.provider(), claim.access_key_id.to_str().into_owned()),
            // A URL that was damaged on its way is mended by the explanation; its parameters cannot be read before.
            Err(_) => match explain(&inquiry) {
                Ok(report) => (report.scheme.provider(), report.access_key_id),
                Err(_) => return Err(no_signature(claim.err(), input, &read.notes)),
            },
        };
        let claim = claim.ok();
        let wanted = Wanted { provider, id: &id, need: Need::Optional, subject: &subject, claim: claim.as_ref() };
        let held = self.keys.of(&wanted, input, setting)?;
        // Of several requests, the answer belongs to the one whose signature it quotes.
        let is_quoted =
            |given: &ServerAnswer| claim.as_ref().is_some_and(|claim| given.signature_agreement(claim) == Agreement::Agree);
        let given = self.given.filter(|given| read.inputs.len() == 1 || is_quoted(given));
        let own = own_answer(input);
        let answer = given.or(own.as_ref());
        let unknown = unknown(read);
        (inquiry.related, inquiry.before) = related.beside(input);
        inquiry.secrets = &held.secrets;
        inquiry.answer = answer;
        inquiry.client = input.client.as_ref();
        inquiry.given_path = input.given_path.as_deref();
        inquiry.unknown = &unknown;
        inquiry.expected_life = self.args.expected_life;
        inquiry.depth = setting.common.depth;
        inquiry.budget = budget(inquiry.depth);
        let watching = Watching::begin(setting);
        let goes_on = |variants| watching.goes_on(variants);
        inquiry.watch = Some(Watch(&goes_on));
        let begun = Instant::now();
        // What the server saw, its answer may tell.
        let is_of_any_verb = input.is_of_any_verb() && answer.is_none();
        let report = if is_of_any_verb { explain_url(&inquiry) } else { explain(&inquiry) }.map_err(Trouble::Claim)?;
        let elapsed = begun.elapsed();
        let interrupted = watching.end();
        if interrupted {
            setting.note(&Note::Interrupted);
        }
        let work = Work {
            task: Task::Explain,
            has_secret: !held.offered.is_empty(),
            has_answer: answer.is_some(),
            has_client_text: input.client.is_some(),
            at: setting.at,
            elapsed,
            interrupted,
        };
        setting.name_secret(&held.offered, report.secret);
        let right = report.secret;
        let mut view = View::of_report(report, setting.words.language(), work).with_secret(&held.offered, right, setting.words);
        Lines::own().add(&mut view, &self.stacks(&subject), setting.words.language());
        if view.verdict != Verdict::Valid {
            let has_line =
                |stack: &&Stack| view.findings.iter().any(|own| own.fixes.iter().any(|(name, _)| *name == stack.as_str()));
            let without: Vec<_> = self.args.shown.stack.iter().filter(|stack| !has_line(stack)).copied().collect();
            if !without.is_empty() {
                setting.note(&Note::NoLineFor(without));
            }
        }
        if self.args.shown.steps
            && let Some(claim) = &claim
        {
            let verb = view.verb();
            let other = verb.as_deref().and_then(|verb| Some(subject.request()?.clone().with_method(verb).into()));
            view.steps = derivation(other.as_ref().unwrap_or(&subject), claim, view.expected.as_deref())?;
        }
        view.cover(&held.secrets);
        if input.is_of_any_verb() && view.findings.iter().any(|finding| finding.group == 0 && finding.code == "method-mismatch") {
            setting.note(&Note::VerbAssumed);
        }
        if self.args.shown.redact {
            let beside = [&setting.common.bucket, &setting.common.endpoint, &setting.common.host].map(|option| option.as_deref());
            let beside: Vec<_> = beside.into_iter().flatten().collect();
            let mut mask = Mask::of(&inquiry, claim.as_ref(), &beside);
            mask.hide(&mut view, setting.words.language());
            setting.say_kept(&mut mask);
        }
        Ok(view)
    }

    /// What was named, else what the request itself tells.
    fn stacks(&self, subject: &Subject<'_>) -> Vec<Stack> {
        let named = &self.args.shown.stack;
        if named.is_empty() { subject.request().map(guess).unwrap_or_default() } else { named.clone() }
    }
}

fn derivation(subject: &Subject<'_>, claim: &Claim<'_>, expected: Option<&str>) -> Result<Vec<report::steps::Step>, Trouble> {
    let transcript = transcript(subject, claim).map_err(|error| Trouble::Claim(error.into()))?;
    Ok(steps(subject, claim, &transcript, expected))
}

/// The report in the form asked for.
pub fn drawn(view: &View, setting: &Setting<'_>) -> Answer {
    let text = match setting.common.format {
        Format::Json => report::json::report(view, &|what| setting.words.step(what)),
        Format::Text => report::text::report(view, setting.canvas()).into_bytes(),
    };
    let outcome = Outcome::from(view.verdict);
    // Of a search that was ended nothing is known but what it found.
    let is_open = view.is_open();
    Answer { text, outcome: if view.work.interrupted && is_open { Outcome::Unknown } else { outcome } }
}

/// The headers of a call whose values are not told.
pub fn unknown(read: &Read) -> Vec<&str> {
    let notes = if read.inputs.len() == 1 { read.notes.as_slice() } else { &[] };
    notes.iter().filter_map(Captured::unknown).collect()
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

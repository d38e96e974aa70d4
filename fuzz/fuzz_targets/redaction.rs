//! Whatever is pasted can be explained and shown with all that is private hidden, and the secret is not in it.
#![no_main]

use countersign::{
    Hints, Inquiry, SecretKey, Timestamp,
    explain::{Language, ServerAnswer, explain},
    providers::{self, Among},
};
use countersign_capture::{Thing, read};
use countersign_report::{Task, View, Work, redact::Mask};
use libfuzzer_sys::fuzz_target;
use std::time::Duration;

const SECRET: &str = "madeUpSecretForFuzzing";

fuzz_target!(|input: (&[u8], &[u8])| {
    let (pasted, answer) = input;
    if [pasted, answer].iter().any(|text| text.windows(SECRET.len()).any(|word| word == SECRET.as_bytes())) {
        return;
    }
    let Ok(capture) = read(pasted) else { return };
    let answer = ServerAnswer::parse(answer).ok();
    for found in &capture.found {
        let Thing::Request(request) = &found.thing else { continue };
        let Ok(request) = request.parse() else { continue };
        let subject = request.into();
        let at = Timestamp::from_unix(1_777_624_380);
        let secrets = [SecretKey::new(SECRET)];
        let mut inquiry = Inquiry::new(subject);
        inquiry.at = Some(at);
        inquiry.secrets = &secrets;
        inquiry.answer = answer.as_ref();
        // What is hidden does not hang on how long was searched.
        inquiry.depth = 1;
        inquiry.budget = 1_000;
        let Ok(report) = explain(&inquiry) else { continue };
        let claim = providers::read(&inquiry.subject, &Hints::NONE, Among::All).ok().flatten();
        let work = Work {
            task: Task::Explain,
            has_secret: true,
            has_answer: answer.is_some(),
            has_client_text: false,
            at,
            elapsed: Duration::ZERO,
            interrupted: false,
        };
        for language in [Language::English, Language::Chinese] {
            let mut view = View::of_report(report.clone(), language, work.clone());
            Mask::of(&inquiry, claim.as_ref(), &[]).hide(&mut view, language);
            assert!(!format!("{view:?}").contains(SECRET));
        }
    }
});

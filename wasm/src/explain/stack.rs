//! The line to change in what a request is made with and goes through.

use super::ask::{Ask, Fault};
use countersign::{Subject, explain::Language};
use countersign_report::View;
use countersign_stacks::{Lines, Stack, guess};
use serde::Serialize;
use std::sync::OnceLock;

/// The lines: a page that shows none does without them.
static LINES: OnceLock<Lines> = OnceLock::new();

/// Takes what the file `stacks.json` holds, and says whether they are lines.
pub fn load(json: &str) -> bool {
    LINES.get().is_some() || Lines::read(json).is_some_and(|read| LINES.set(read).is_ok())
}

pub fn names(stacks: &[Stack]) -> Vec<&'static str> {
    stacks.iter().map(|stack| stack.as_str()).collect()
}

/// The stacks of an explanation.
#[derive(Serialize)]
pub struct Stacks {
    /// Those that were named, or else what the request tells.
    used: Vec<&'static str>,
    /// Those there would be a line for.
    known: Vec<&'static str>,
}

impl Stacks {
    /// Adds the lines to change to a report.
    pub fn of(ask: &Ask, subject: &Subject<'_>, view: &mut View, language: Language) -> Result<Self, Fault> {
        let lines = LINES.get();
        if lines.is_none() && !ask.stack.is_empty() {
            return Err(Fault::new("stacks-not-loaded", "the lines are not loaded; await `loadStacks()` first"));
        }
        let guessed = || subject.request().map(guess).unwrap_or_default();
        let used = if ask.stack.is_empty() { guessed() } else { ask.stack.clone() };
        let known = lines.map(|lines| {
            lines.add(view, &used, language);
            lines.known(view)
        });
        Ok(Self { used: names(&used), known: names(&known.unwrap_or_default()) })
    }
}

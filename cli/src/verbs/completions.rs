//! `completions`: a script for a shell.

use super::{Answer, Outcome};
use crate::args::{self, Completions, Lang};

pub fn run(args: &Completions, lang: Lang) -> Answer {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut args::command(lang), "countersign", &mut text);
    Answer { text, outcome: Outcome::Yes }
}

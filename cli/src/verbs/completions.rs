//! `completions`: a script for a shell.

use super::{Answer, Outcome};
use crate::args::{Cli, Completions};
use clap::CommandFactory;

pub fn run(args: &Completions) -> Answer {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "countersign", &mut text);
    Answer { text, outcome: Outcome::Yes }
}

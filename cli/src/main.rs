//! The command `countersign`.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault"))]

mod args;
mod input;
mod report;
mod secrets;
mod text;
mod trouble;
mod verbs;

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    verbs::run(&args::parse(&env::args_os().collect::<Vec<_>>()))
}

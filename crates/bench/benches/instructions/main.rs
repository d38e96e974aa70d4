//! Counts the instructions of each operation and holds them against a baseline: `cargo bench -p countersign-bench
//! --bench instructions`, which needs valgrind. With `-- --write`, the baseline is renewed.
//!
//! A count is the same on a busy machine and on an idle one, which no time is. Valgrind has no SHA instructions, so
//! that hashing is done in software there; what the compression functions take is counted apart, and the figure that
//! is compared is all the rest: what Countersign adds to the hashing.

mod baseline;
mod callgrind;
mod operations;

use baseline::{Baseline, Built};
use std::{hint::black_box, process::ExitCode};

/// Told to this program by itself, under valgrind.
const COUNT: &str = "--count";

fn main() -> ExitCode {
    let asked = |option: &str| std::env::args().any(|argument| argument == option);
    if asked(COUNT) {
        run_all();
        return ExitCode::SUCCESS;
    }
    let counts = match callgrind::count(COUNT, &operations::names()) {
        Ok(counts) => counts,
        Err(trouble) => return fail(&trouble),
    };
    if asked("--write") {
        return Baseline { built: Built::here(), counts }.write().map_or_else(|trouble| fail(&trouble), |()| ExitCode::SUCCESS);
    }
    match Baseline::load() {
        Ok(baseline) => baseline.judge(&counts),
        Err(trouble) => fail(&trouble),
    }
}

fn fail(trouble: &str) -> ExitCode {
    eprintln!("instructions: {trouble}");
    ExitCode::from(2)
}

/// Valgrind writes out what it counted when `next` is entered, and counts within `counted` alone: the functions
/// are named in `callgrind`. The first run of each operation is not counted, for what is set up once only.
fn run_all() {
    for (_, mut run) in operations::all() {
        run();
        next();
        counted(&mut run);
    }
    next();
}

#[inline(never)]
fn next() {
    black_box(());
}

#[inline(never)]
fn counted(run: &mut dyn FnMut()) {
    run();
}

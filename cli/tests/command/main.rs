//! The command as it is run: the vectors of the SDKs through it,
//! where secrets come from, and what it does with pipes and long bodies.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at a fault"
)]

mod answers;
mod callbacks;
mod captures;
mod forms;
mod language;
mod page;
mod presign;
mod profiles;
mod redact;
mod regressions;
mod run;
mod secrets;
#[cfg(unix)]
mod serve;
mod steps;
mod streams;
mod tokens;
mod vectors;
mod watch;

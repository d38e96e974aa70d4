//! Signing and verifying with a kept key and into the caller's buffers: the same bytes as without, and nothing
//! allocated.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at a fault")]

mod allocations;
mod counting;
mod laws;
mod threads;

use countersign::{Credentials, SecretKey, Timestamp};

#[global_allocator]
static COUNTING: counting::Counting = counting::Counting;

const SECRET: &str = "madeUpSecretOnlyForThisExample";
const NOW: Timestamp = Timestamp::from_unix(1_773_500_966);

fn who() -> Credentials {
    Credentials::new("CSIDEXAMPLE0001", SecretKey::new(SECRET))
}

//! How long it takes to search every mistake, every pair and every triple of mistakes when none of them is it.
//!
//! Beside the time stands what the hashing alone takes, and how much a variant costs above that. The search counts
//! the blocks it hashes, and a plain run over as many blocks is measured before and after it, in the same process.
//!
//! `cargo bench -p countersign --bench explain`

mod requests;

use countersign::{Inquiry, Request, SecretKey, explain, explain::Searched};
use requests::{ALL, Hash, Refused};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Runs of which the median is shown.
const RUNS: usize = 9;
const BLOCK: [u8; 64] = [0x5a; 64];

fn main() {
    println!("                             variants   blocks     total    bare   ns/variant  above bare");
    for Refused { scheme, hash, message } in ALL {
        // Depth 1 tries each mistake by itself, and all of depth 2 and 3 comes on top of it.
        for depth in 1..=3 {
            let mut runs: Vec<Run> = (0..RUNS).map(|_| run(message, hash, depth)).collect();
            runs.sort_by_key(|run| run.total);
            let Some(Run { searched, total, block }) = runs.get(RUNS / 2) else { unreachable!("there are runs") };
            let each = |time: f64| time / count(searched.variants);
            let (total, bare) = (nanoseconds(*total), nanoseconds(*block) * count(searched.blocks) / count(BLOCKS));
            println!(
                "{scheme:<15} depth {depth}  {:>9} {:>9} {:>7.1}ms {:>6.1}ms {:>9.0} {:>11.0}",
                searched.variants,
                searched.blocks,
                total / 1e6,
                bare / 1e6,
                each(total),
                each(total - bare)
            );
        }
    }
}

struct Run {
    searched: Searched,
    total: Duration,
    /// For [`BLOCKS`] blocks and nothing else.
    block: Duration,
}

fn run(message: &[u8], hash: Hash, depth: u8) -> Run {
    let Ok(request) = Request::parse(message) else { unreachable!("the request is well-formed") };
    let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
    let mut inquiry = Inquiry::new(request.into());
    inquiry.secrets = &secrets;
    inquiry.depth = depth;
    inquiry.budget = u64::MAX;
    let before = blocks(hash);
    let begun = Instant::now();
    let Ok(report) = explain(&inquiry) else { unreachable!("the request carries a signature") };
    let total = begun.elapsed();
    assert!(!report.searched.cut_short, "all of it is searched");
    Run { searched: report.searched, total, block: (before + blocks(hash)) / 2 }
}

/// A few milliseconds of hashing.
const BLOCKS: u64 = 50_000;

/// The time of blocks one after the other, eight at a time as in a text of ordinary length.
fn blocks(hash: Hash) -> Duration {
    let text = black_box([BLOCK; 8]);
    let begun = Instant::now();
    match hash {
        Hash::Sha1 => {
            let mut state = [0; 5];
            (0..BLOCKS / 8).for_each(|_| sha1::block_api::compress(&mut state, &text));
            black_box(state);
        }
        Hash::Sha256 => {
            let mut state = [0; 8];
            (0..BLOCKS / 8).for_each(|_| sha2::block_api::compress256(&mut state, &text));
            black_box(state);
        }
    }
    begun.elapsed()
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

#[expect(clippy::cast_precision_loss, reason = "a count of what was computed within seconds")]
fn count(number: u64) -> f64 {
    number as f64
}

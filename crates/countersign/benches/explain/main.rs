//! How long it takes to search every mistake, every pair and every triple of mistakes when none of them is it.
//!
//! Beside the time stands what the hashing alone takes, and how much a variant costs above that. The search counts
//! the blocks it hashes, and a plain run over as many blocks is measured before and after it, in the same process.
//!
//! `cargo bench -p countersign --bench explain`, or with ` -- s3-v4` for some of the schemes.

mod requests;

use countersign::{Inquiry, Request, SecretKey, explain, explain::Searched};
use requests::{ALL, Hash, Refused};
use std::{
    env, fs,
    hint::black_box,
    sync::LazyLock,
    time::{Duration, Instant},
};

/// Runs of which the median is shown.
const RUNS: usize = 5;
const BLOCK: [u8; 64] = [0x5a; 64];

fn main() {
    let wanted: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let is_wanted = |request: &Refused| wanted.is_empty() || wanted.iter().any(|word| request.scheme.contains(word.as_str()));
    println!("                             variants   blocks     total    bare   ns/variant  above bare");
    for Refused { scheme, hash, message } in ALL.into_iter().filter(is_wanted) {
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
    // What Linux tells of the most memory in use at any time, all of it at depth 3.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
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
    // Linux counts the time on a processor in steps of some milliseconds.
    let repeats = match depth {
        1 => 50,
        2 => 10,
        _ => 1,
    };
    let explained = || explain(&inquiry).unwrap_or_else(|_| unreachable!("the request carries a signature"));
    let searched = explained().searched;
    assert!(!searched.cut_short, "all of it is searched");
    let before = blocks(hash);
    let begun = busy();
    (0..repeats).for_each(|_| drop(black_box(explained())));
    let total = (busy() - begun) / repeats;
    Run { searched, total, block: (before + blocks(hash)) / 2 }
}

/// Some hundred milliseconds of hashing.
const BLOCKS: u64 = 1_000_000;

/// The time of blocks one after the other, eight at a time as in a text of ordinary length.
fn blocks(hash: Hash) -> Duration {
    let text = black_box([BLOCK; 8]);
    let begun = busy();
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
    busy() - begun
}

/// How long this program has been on a processor, where Linux tells; elsewhere how long it runs. What others do
/// meanwhile is no part of it.
fn busy() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split_ascii_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

fn nanoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e9
}

#[expect(clippy::cast_precision_loss, reason = "a count of what was computed within seconds")]
fn count(number: u64) -> f64 {
    number as f64
}

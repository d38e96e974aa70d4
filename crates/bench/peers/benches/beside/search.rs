//! What a search costs: every mistake, every pair of mistakes, every triple, when none of them is it.

use countersign_bench::{
    explain::{self, Refused},
    floor,
};
use std::time::Instant;

/// A search that goes all the way.
pub struct Search {
    /// The scheme of the request.
    pub scheme: &'static str,
    /// How many mistakes at once.
    pub depth: u8,
    /// Signatures computed and compared.
    pub variants: u64,
    /// Blocks hashed for them.
    pub blocks: u64,
    /// All of it, the median of the rounds.
    pub nanoseconds: f64,
    /// As many blocks and nothing else.
    pub floor: f64,
}

impl Search {
    /// What each variant takes, and how much of it is not hashing.
    pub fn each(&self) -> (f64, f64) {
        let each = |nanoseconds: f64| nanoseconds / self.variants as f64;
        (each(self.nanoseconds), each(self.nanoseconds - self.floor))
    }
}

/// All requests at all depths, with the hashing in between. The third depth, which takes seconds, takes one round.
pub fn measure(rounds: usize) -> Vec<Search> {
    let depths = explain::refused().flat_map(|refused| [1, 2, 3].map(|depth| (refused, depth)));
    depths.map(|(refused, depth)| search(refused, depth, if depth == 3 { 1 } else { rounds })).collect()
}

fn search(Refused { scheme, message, sha256 }: Refused, depth: u8, rounds: usize) -> Search {
    const BLOCKS: u64 = 200_000;
    let searched = explain::searched(message, depth);
    assert!(!searched.cut_short, "all of it is searched");
    let (mut times, mut block) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        block.push(timed(|| floor::compress(BLOCKS, sha256)) / BLOCKS as f64);
        times.push(timed(|| drop(explain::searched(message, depth))));
    }
    let floor = median(block) * searched.blocks as f64;
    Search { scheme, depth, variants: searched.variants, blocks: searched.blocks, nanoseconds: median(times), floor }
}

fn timed(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e9
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

//! What a search costs: every mistake, every pair of mistakes, every triple, when none of them is it.

use countersign::{Hints, Request, Subject, Transcript, decode, transcript};
use countersign_bench::{explain, floor};
use std::time::Instant;

/// A search that goes all the way.
pub struct Search {
    /// The scheme of the request.
    pub scheme: &'static str,
    /// How many mistakes at once.
    pub depth: u8,
    /// Signatures computed and compared.
    pub variants: u64,
    /// The median, in milliseconds.
    pub milliseconds: f64,
    /// The same for one variant, in nanoseconds.
    pub variant: f64,
    /// The hashing alone of one variant, in nanoseconds: the whole signed text, the key kept.
    pub floor: f64,
}

/// Both requests at all depths, with the hashing in between. The third depth takes one round.
pub fn measure(rounds: usize) -> Vec<Search> {
    let mut searches = Vec::new();
    for (scheme, message) in [("s3-v4-header", explain::S3_V4), ("oss-v1-header", explain::OSS_V1)] {
        for depth in 1..=3 {
            searches.push(search(scheme, message, depth, if depth == 3 { 1 } else { rounds }));
        }
    }
    searches
}

fn search(scheme: &'static str, message: &[u8], depth: u8, rounds: usize) -> Search {
    let mut hashing = hashing(message);
    let (mut times, mut floors, mut variants) = (Vec::new(), Vec::new(), 0);
    for _ in 0..rounds {
        const HASHES: u32 = 2000;
        let begun = Instant::now();
        (0..HASHES).for_each(|_| hashing());
        floors.push(begun.elapsed().as_secs_f64() * 1e9 / f64::from(HASHES));
        let begun = Instant::now();
        variants = explain::searched(message, depth).variants;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    floors.sort_by(f64::total_cmp);
    let (milliseconds, floor) = (times[times.len() / 2], floors[floors.len() / 2]);
    Search { scheme, depth, variants, milliseconds, variant: milliseconds * 1e6 / variants as f64, floor }
}

/// The hashing of the request as it is.
fn hashing(message: &[u8]) -> Box<dyn FnMut()> {
    let subject = Subject::from(Request::parse(message).expect("a well-formed request"));
    let claim = decode(&subject, &Hints::NONE).expect("it carries a signature");
    let Transcript { documents, .. } = transcript(&subject, &claim).expect("all is known");
    match &documents[..] {
        [to_sign] => black_boxed(floor::sha1_kept(to_sign.text.len())),
        [canonical, to_sign] => black_boxed(floor::v4_kept(canonical.text.len(), to_sign.text.len())),
        _ => unreachable!("it has one document or two"),
    }
}

fn black_boxed<R>(mut run: impl FnMut() -> R + 'static) -> Box<dyn FnMut()> {
    Box::new(move || _ = std::hint::black_box(run()))
}

//! How long it takes to search every mistake, every pair and every triple of mistakes when none of them is it.
//!
//! `cargo bench -p countersign --bench explain`

mod requests;

use countersign::{Inquiry, Request, SecretKey, explain, explain::Searched};
use requests::{ALL, Refused};
use std::time::{Duration, Instant};

fn run(message: &[u8], depth: u8) -> (Searched, Duration) {
    let Ok(request) = Request::parse(message) else { unreachable!("the request is well-formed") };
    let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
    let mut inquiry = Inquiry::new(request.into());
    inquiry.secrets = &secrets;
    inquiry.depth = depth;
    inquiry.budget = 1_000_000_000;
    let begun = Instant::now();
    let Ok(report) = explain(&inquiry) else { unreachable!("the request carries a signature") };
    (report.searched, begun.elapsed())
}

fn main() {
    let most: u8 = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(3);
    for Refused { scheme, message } in ALL {
        for depth in 1..=most {
            let (searched, elapsed) = run(message, depth);
            println!("{scheme:<15} depth {depth}  {:>9} variants  {:>9.2} ms  {:.0} ns each", searched.variants, elapsed.as_secs_f64() * 1e3, elapsed.as_secs_f64() * 1e9 / searched.variants as f64);
        }
    }
}

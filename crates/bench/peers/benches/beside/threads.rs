//! What a second thread brings: one key, shared.

use countersign::{
    Scheme, Signer,
    providers::{cos, oss, s3},
};
use countersign_bench::{
    inputs::{COS_URL, OSS_URL, S3_URL},
    own::{self, Operation},
};
use std::{
    hint::black_box,
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Signatures in a second with one thread and with two.
pub struct Scaling {
    /// What is signed.
    pub name: &'static str,
    /// With one thread.
    pub one: f64,
    /// With two threads, which share a signer.
    pub two: f64,
}

const SLICE: Duration = Duration::from_millis(60);

/// One thread and two take turns.
pub fn measure(rounds: usize) -> Vec<Scaling> {
    let cases: [(&'static str, &'static dyn Scheme, &str, &str); 3] = [
        ("OSS V1 URL", &oss::V1_URL, "cn-hangzhou", OSS_URL),
        ("S3 V4 URL", &s3::V4_URL, "us-east-1", S3_URL),
        ("COS URL", &cos::XML_URL, "ap-guangzhou", COS_URL),
    ];
    let scaling = cases.map(|(name, scheme, region, url)| {
        let operation = Operation::get(scheme, region, url);
        let signer = Signer::new(scheme, own::who());
        let (mut one, mut two) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            one.push(rate(operation, &signer, 1));
            two.push(rate(operation, &signer, 2));
        }
        Scaling { name, one: median(one), two: median(two) }
    });
    scaling.into()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// Signatures in a second, of all threads together.
fn rate(operation: Operation<'_>, signer: &Signer, threads: usize) -> f64 {
    let (start, over) = (Barrier::new(threads + 1), AtomicBool::new(false));
    thread::scope(|scope| {
        let work = || {
            let mut buffer = Vec::with_capacity(1024);
            let mut count = 0_u32;
            start.wait();
            let begun = Instant::now();
            while !over.load(Ordering::Relaxed) {
                for _ in 0..16 {
                    operation.presigned_into(signer, black_box(&mut buffer));
                }
                count += 16;
            }
            f64::from(count) / begun.elapsed().as_secs_f64()
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        start.wait();
        thread::sleep(SLICE);
        over.store(true, Ordering::Relaxed);
        workers.into_iter().map(|worker| worker.join().expect("it does not fail")).sum()
    })
}

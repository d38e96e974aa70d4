//! Measuring side by side: every contestant of a group runs in every round, so that whatever else the
//! machine does strikes all of them alike.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    hint::black_box,
    time::{Duration, Instant},
};

/// Counts the allocations of its thread.
pub struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is handed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.realloc(at, layout, size) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }
}

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The hashing alone, over as many bytes: nobody can be faster.
    Floor,
    Own,
    Peer,
}

/// One way of doing the operation of a group.
pub struct Contestant {
    pub side: Side,
    pub name: &'static str,
    run: Box<dyn FnMut()>,
}

/// An operation, and everyone who does it.
pub struct Group {
    pub name: String,
    pub contestants: Vec<Contestant>,
}

/// What was measured of a contestant.
pub struct Measured {
    pub side: Side,
    pub name: &'static str,
    /// The median over all rounds.
    pub nanoseconds: f64,
    pub allocations: u64,
}

impl Group {
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), contestants: Vec::new() }
    }

    fn with<R>(mut self, side: Side, name: &'static str, mut run: impl FnMut() -> R + 'static) -> Self {
        self.contestants.push(Contestant { side, name, run: Box::new(move || drop(black_box(run()))) });
        self
    }

    pub fn floor<R>(self, name: &'static str, run: impl FnMut() -> R + 'static) -> Self {
        self.with(Side::Floor, name, run)
    }

    pub fn own<R>(self, name: &'static str, run: impl FnMut() -> R + 'static) -> Self {
        self.with(Side::Own, name, run)
    }

    pub fn peer<R>(self, name: &'static str, run: impl FnMut() -> R + 'static) -> Self {
        self.with(Side::Peer, name, run)
    }

    /// Runs everyone in turn, `rounds` times.
    pub fn measure(&mut self, rounds: usize) -> Vec<Measured> {
        let counts: Vec<u32> = self.contestants.iter_mut().map(|contestant| repetitions(&mut contestant.run)).collect();
        let mut times: Vec<Vec<f64>> = vec![Vec::with_capacity(rounds); self.contestants.len()];
        for _ in 0..rounds {
            for ((contestant, count), times) in self.contestants.iter_mut().zip(&counts).zip(&mut times) {
                times.push(timed(&mut contestant.run, *count).as_nanos() as f64 / f64::from(*count));
            }
        }
        let measured = self.contestants.iter_mut().zip(times).map(|(contestant, mut times)| {
            times.sort_by(f64::total_cmp);
            let before = ALLOCATIONS.with(Cell::get);
            (contestant.run)();
            let allocations = ALLOCATIONS.with(Cell::get) - before;
            Measured { side: contestant.side, name: contestant.name, nanoseconds: times[rounds / 2], allocations }
        });
        measured.collect()
    }
}

/// How long a batch should take at least: long against the clock's own cost, short against a time slice.
const BATCH: Duration = Duration::from_micros(150);

/// How many runs make a batch. The fastest of some tries counts: whatever else the machine does must not make one run
/// look like a batch.
fn repetitions(run: &mut dyn FnMut()) -> u32 {
    let mut count = 1;
    while (0..7).map(|_| timed(run, count)).min().is_some_and(|fastest| fastest < BATCH) {
        count *= 2;
    }
    count
}

fn timed(run: &mut dyn FnMut(), count: u32) -> Duration {
    let begun = Instant::now();
    for _ in 0..count {
        run();
    }
    begun.elapsed()
}

//! Watches a search: shows how far it is, and lets Ctrl-C end it.

use super::setting::Setting;
use std::{
    cell::Cell,
    io::{self, IsTerminal, Write},
    process,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// Searches that take less show nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two lines of progress.
const PACE: Duration = Duration::from_millis(200);
/// As shells report a program that was ended by Ctrl-C.
const ENDED_BY_KEYBOARD: i32 = 130;

/// Whether Ctrl-C was pressed.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static LISTEN: Once = Once::new();

/// The most signatures to compute: all pairs of any request, and the triples of an ordinary one.
pub fn budget(depth: u8) -> u64 {
    if depth > 2 { 200_000_000 } else { 5_000_000 }
}

/// A search that is watched.
pub struct Watching<'s> {
    setting: &'s Setting<'s>,
    begun: Instant,
    /// When a line was last shown.
    shown: Cell<Option<Instant>>,
    is_terminal: bool,
}

impl<'s> Watching<'s> {
    /// From now on Ctrl-C ends the search; pressed again, it ends the program.
    pub fn begin(setting: &'s Setting<'s>) -> Self {
        LISTEN.call_once(|| {
            // Without it Ctrl-C ends the program at once, as it would without us.
            let _ = ctrlc::set_handler(|| {
                if INTERRUPTED.swap(true, Ordering::Relaxed) {
                    process::exit(ENDED_BY_KEYBOARD);
                }
            });
        });
        Self { setting, begun: Instant::now(), shown: Cell::new(None), is_terminal: io::stderr().is_terminal() }
    }

    /// Whether the search goes on.
    pub fn goes_on(&self, variants: u64) -> bool {
        let elapsed = self.begun.elapsed();
        let is_due = self.shown.get().is_none_or(|last| last.elapsed() >= PACE);
        if self.is_terminal && elapsed >= PATIENCE && is_due {
            self.shown.set(Some(Instant::now()));
            self.line(&self.setting.words.progress(variants, elapsed));
        }
        !INTERRUPTED.load(Ordering::Relaxed)
    }

    /// Takes the line away; whether the search was ended from the keyboard.
    pub fn end(&self) -> bool {
        if self.shown.get().is_some() {
            self.line("");
        }
        INTERRUPTED.load(Ordering::Relaxed)
    }

    /// One line over the one before: to its start, and all behind it cleared.
    fn line(&self, text: &str) {
        let mut out = io::stderr();
        let _ = write!(out, "\r{text}\x1b[K").and_then(|()| out.flush());
    }
}

//! What an option takes, said where it was given something else.

use std::{error::Error, fmt};

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Time,
    Life,
    LifeRange,
    Size,
    Range,
    Pair,
    Header,
    HeaderLine,
    Took,
    Verb,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Time => "expected a time like 2026-05-01T08:30:15Z",
            Self::Life => "expected seconds, or a number with s, m, h or d, like 15m",
            Self::LifeRange => "expected a second at least, and an end before the year 10000",
            Self::Size => "expected bytes, or a number with kB, MB, GB (of 1000) or KiB, MiB, GiB (of 1024), like 10MiB",
            Self::Range => "expected the smallest and the largest size, like 1..10MB",
            Self::Pair => "expected `name=value`",
            Self::Header => "expected `Name: value`",
            Self::HeaderLine => "expected `Name: value` on one line",
            Self::Verb => "expected a word like GET",
            Self::Took => "expected a time with ms or s, like 800ms or 6s",
        })
    }
}

impl Error for Expected {}

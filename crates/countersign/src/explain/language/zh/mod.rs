//! Simplified Chinese, one file per topic.

mod key;

use super::{CauseText, Pair, text};
use crate::phrase::{Tongue, in_units};
use alloc::string::{String, ToString};

/// All sentences about causes.
pub(super) static TOPICS: &[&[CauseText]] = &[key::CAUSES];

/// All other words.
static PHRASES: &[&[Pair]] = &[key::PHRASES];

/// Simplified Chinese.
pub(super) struct Chinese;

impl Tongue for Chinese {
    fn text(&self, english: &'static str) -> &'static str {
        PHRASES.iter().copied().flatten().find(|(own, _)| *own == english).map_or(english, |(_, chinese)| chinese)
    }

    fn span(&self, seconds: u64) -> String {
        let counted = |count: u64, unit: &str| [&*count.to_string(), " ", unit].concat();
        in_units(seconds, ["天", "小时", "分钟", "秒"], counted, " ")
    }
}

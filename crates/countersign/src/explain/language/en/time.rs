//! Dates, clocks and expiry.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

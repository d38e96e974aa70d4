//! Causes that only one vendor can have.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

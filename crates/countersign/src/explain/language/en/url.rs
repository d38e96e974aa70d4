//! A URL damaged on its way.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

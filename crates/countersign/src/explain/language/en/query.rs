//! The parameters.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

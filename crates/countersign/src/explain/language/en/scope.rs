//! Scope, algorithm and signature version.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

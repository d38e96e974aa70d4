//! The path and the object key.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

//! The string to sign as a whole, and the output of the signature.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

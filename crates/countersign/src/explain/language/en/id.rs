//! The access key id and the session token.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

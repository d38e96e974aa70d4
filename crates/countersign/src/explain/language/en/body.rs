//! Content type, Content-MD5 and the payload hash.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

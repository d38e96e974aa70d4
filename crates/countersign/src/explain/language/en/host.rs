//! Host, bucket and resource.

use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[];

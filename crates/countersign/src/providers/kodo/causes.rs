//! Causes that only Kodo can have.

use crate::explain::Cause;

pub(crate) static CAUSES: &[Cause] = &[];

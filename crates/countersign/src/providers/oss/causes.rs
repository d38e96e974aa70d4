//! Causes that only OSS can have.

use crate::explain::Cause;

pub(crate) static CAUSES: &[Cause] = &[];

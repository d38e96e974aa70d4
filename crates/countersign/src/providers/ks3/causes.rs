//! Causes that only KS3 can have.

use crate::explain::Cause;

pub(crate) static CAUSES: &[Cause] = &[];

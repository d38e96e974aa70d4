//! Causes that only S3 can have.

use crate::explain::Cause;

pub(crate) static CAUSES: &[Cause] = &[];

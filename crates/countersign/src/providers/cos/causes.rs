//! Causes that only COS can have.

use crate::explain::Cause;

pub(crate) static CAUSES: &[Cause] = &[];

//! The path and the object key.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

//! The parameters.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

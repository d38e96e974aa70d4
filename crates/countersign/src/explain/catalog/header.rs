//! Headers.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

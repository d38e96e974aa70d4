//! A URL damaged on its way.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

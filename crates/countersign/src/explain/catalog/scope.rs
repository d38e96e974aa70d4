//! Scope, algorithm and signature version.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

//! The string to sign as a whole, and the output of the signature.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

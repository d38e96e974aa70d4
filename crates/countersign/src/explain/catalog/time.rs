//! Dates, clocks and expiry.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

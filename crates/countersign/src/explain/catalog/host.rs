//! Host, bucket and resource.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

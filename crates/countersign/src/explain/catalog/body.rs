//! Content type, Content-MD5 and the payload hash.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

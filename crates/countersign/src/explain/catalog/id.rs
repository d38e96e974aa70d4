//! The access key id and the session token.

use crate::explain::cause::Cause;

pub(super) static CAUSES: &[Cause] = &[];

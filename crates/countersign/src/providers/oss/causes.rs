//! Causes that only OSS can have.

use crate::explain::{Cause, Saying};

pub(crate) static CAUSES: &[Cause] = &[];

pub(crate) static SAYINGS: &[Saying] = &[];

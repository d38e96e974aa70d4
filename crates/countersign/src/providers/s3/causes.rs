//! Causes that only S3 can have.

use crate::{
    explain::{Cause, Saying},
    providers::ExplainBody,
};

pub(crate) static CAUSES: &[Cause] = &[];

pub(crate) static SAYINGS: &[Saying] = &[];

pub(crate) const EXPLAIN_BODY: Option<ExplainBody> = Some(super::chunked::explain_body);

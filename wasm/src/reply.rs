//! What goes to and fro: fields with NUL between them.

use alloc::string::String;
use countersign::{DraftError, SignError};

/// Why nothing was signed, by its code, with what the message names.
pub(crate) struct Refused {
    code: &'static str,
    about: String,
}

impl Refused {
    pub(crate) fn new(code: &'static str, about: &str) -> Self {
        Self { code, about: about.into() }
    }
}

impl From<SignError> for Refused {
    fn from(error: SignError) -> Self {
        match error {
            SignError::Terms(what) | SignError::Draft(DraftError::Missing(what)) => Self::new("terms-missing", what),
            SignError::AlreadySigned(place) => Self::new("already-signed", place),
            SignError::Life { .. } => Self::new("life-out-of-range", ""),
            SignError::Draft(DraftError::BucketNeeded) => Self::new("terms-missing", "the bucket"),
            _ => Self::new("internal", ""),
        }
    }
}

/// A list that is written field by field. The first field is the code of an error, and empty when all went well.
pub(crate) struct Fields(String);

impl Fields {
    pub(crate) const fn new() -> Self {
        Self(String::new())
    }

    pub(crate) fn push(&mut self, field: &str) {
        self.0.push('\0');
        self.0.push_str(field);
    }
}

pub(crate) fn reply(result: Result<Fields, Refused>) -> String {
    match result {
        Ok(Fields(fields)) => fields,
        Err(Refused { code, about }) => {
            let mut fields = Fields(code.into());
            fields.push(&about);
            fields.0
        }
    }
}

/// A whole number.
#[cfg(feature = "requests")]
pub(crate) fn number(field: &str) -> Option<u64> {
    field.parse().ok()
}

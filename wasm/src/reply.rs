//! What is answered: fields with NUL before each of them. Before the first stands the code of an error, or nothing.

use countersign::{DraftError, SignError};

/// Why nothing was signed, by its code, with what the message names.
pub(crate) struct Refused {
    code: &'static str,
    about: &'static str,
}

impl Refused {
    /// A fault of this package.
    pub(crate) const INTERNAL: Self = Self::new("internal", "");

    pub(crate) const fn new(code: &'static str, about: &'static str) -> Self {
        Self { code, about }
    }

    /// Answers with it, in place of what was written before.
    pub(crate) fn write(&self, answer: &mut Vec<u8>) {
        answer.clear();
        answer.extend_from_slice(self.code.as_bytes());
        field(answer, &[self.about.as_bytes()]);
    }
}

impl From<SignError> for Refused {
    fn from(error: SignError) -> Self {
        match error {
            SignError::Terms(what) | SignError::Draft(DraftError::Missing(what)) => Self::new("terms-missing", what),
            #[cfg(feature = "requests")]
            SignError::AlreadySigned(place) => Self::new("already-signed", place),
            #[cfg(feature = "requests")]
            SignError::ParamTaken(name) => Self::new("param-taken", name),
            #[cfg(feature = "requests")]
            SignError::Life { .. } => Self::new("life-out-of-range", ""),
            #[cfg(feature = "requests")]
            SignError::Draft(DraftError::BucketNeeded) => Self::new("terms-missing", "the bucket"),
            _ => Self::INTERNAL,
        }
    }
}

/// Writes one field, whose value comes in pieces.
pub(crate) fn field(answer: &mut Vec<u8>, pieces: &[&[u8]]) {
    answer.push(0);
    for piece in pieces {
        answer.extend_from_slice(piece);
    }
}

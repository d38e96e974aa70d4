//! What the secret and the server's answer tell together. The engine itself finds these.

use crate::explain::cause::{Cause, Slot};

/// The secret is not the one the server holds.
pub(crate) const SECRET_WRONG: &str = "secret-wrong";

/// The server refused the request for something that is not signed.
pub(in crate::explain) const CONDITION: &str = "server-side-condition-not-visible";

pub(super) static CAUSES: &[Cause] = &[
    Cause::judged(SECRET_WRONG, 12, Slot::Key),
    Cause::judged("answer-altered", 0, Slot::Text),
    Cause::judged("answer-of-another-request", 0, Slot::Text),
];

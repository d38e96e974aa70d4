//! The secret, damaged on its way from the console to the signer.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[text(
    "secret-surrounding-whitespace",
    "the secret was used with {what}",
    "store the secret without it; read files without their last line end: `printf` writes none, `echo` does",
)];

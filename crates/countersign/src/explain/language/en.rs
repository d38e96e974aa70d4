//! English.

use super::CauseText;

const fn text(code: &'static str, title: &'static str, help: &'static str) -> CauseText {
    CauseText { code, title, help }
}

/// Sorted by code.
pub(super) static CAUSES: &[CauseText] = &[text(
    "secret-surrounding-whitespace",
    "the secret was used with {what}",
    "store the secret without it; read files without their last line end: `printf` writes none, `echo` does",
)];

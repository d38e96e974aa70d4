//! The secret, damaged on its way from the console to the signer.

use crate::explain::{
    cause::{Cause, Slot},
    context::Context,
    edit::{Edit, Edits},
};

pub(super) static CAUSES: &[Cause] = &[Cause::tried("secret-surrounding-whitespace", 9, Slot::Key, surrounding_whitespace)];

/// What sticks to a secret, and its name.
static BLANKS: [(&[u8], &str); 9] = [
    (b"\n", "a line feed (U+000A)"),
    (b"\r\n", "a carriage return and a line feed (U+000D U+000A)"),
    (b"\r", "a carriage return (U+000D)"),
    (b"\t", "a tab (U+0009)"),
    (b" ", "a blank (U+0020)"),
    (b"  ", "two blanks (U+0020)"),
    ("\u{a0}".as_bytes(), "a no-break space (U+00A0)"),
    ("\u{200b}".as_bytes(), "a zero width space (U+200B)"),
    ("\u{feff}".as_bytes(), "a byte order mark (U+FEFF)"),
];

fn surrounding_whitespace(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(secret) = context.secret else { return };
    for (blank, name) in BLANKS {
        let place = |side: &str, offset: usize| alloc::format!("{name} at {side}, at offset {offset}");
        edits.push(Edit::new().secret([secret, blank].concat()).fact("what", place("its end", secret.len())));
        edits.push(Edit::new().secret([blank, secret].concat()).fact("what", place("its start", 0)));
    }
    edits.push(Edit::new().secret([b" ", secret, b" "].concat()).fact("what", "blanks (U+0020) at both ends"));
    // The secret that was supplied may be the dirty one.
    let clean =
        core::str::from_utf8(secret).map(|s| s.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')));
    if let Ok(clean) = clean {
        edits.push(
            Edit::new()
                .secret(clean.as_bytes())
                .fact("what", "no blanks around it: the secret given here has some, the client's has none"),
        );
    }
}

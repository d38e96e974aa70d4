//! How the parts are joined, and how string and signature are written as bytes and characters.

mod lines;
mod output;

use crate::explain::cause::{Cause, Slot};

/// Line breaks stand in a Base64.
pub(in crate::explain) const LINE_WRAPPED: &str = "base64-line-wrapped";

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("string-to-sign-newline-wrong", 3, Slot::Text, lines::feeds),
    Cause::tried("string-to-sign-crlf", 0, Slot::Text, lines::returns),
    Cause::tried("string-to-sign-literal-backslash-n", 1, Slot::Text, lines::literals),
    Cause::tried("string-to-sign-charset", 0, Slot::Text, lines::charsets),
    Cause::tried("signature-plus-became-space", 5, Slot::Output, output::plus).or_seen(output::plus_seen),
    Cause::tried("hmac-hex-instead-of-raw", 5, Slot::Output, output::spelled).or_seen(output::spelled_seen),
    Cause::tried("base64-alphabet-wrong", 3, Slot::Output, output::alphabet).or_seen(output::alphabet_seen),
    Cause::tried(LINE_WRAPPED, 4, Slot::Output, output::wrapped).or_seen(output::wrapped_seen),
    Cause::tried("token-malformed", 0, Slot::Output, output::padded).or_seen(output::cut_short),
    Cause::tried("digest-algorithm-wrong", 1, Slot::Scheme, output::digests).or_seen(output::digests_seen),
];

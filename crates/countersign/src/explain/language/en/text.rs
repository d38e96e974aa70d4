//! How the parts are joined, and how string and signature are written as bytes and characters.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "string-to-sign-newline-wrong",
        "the signed text had {feeds|other line ends than the server's}{place|}",
        "every line but the last ends in exactly one line feed, empty lines too; print the string with `cat -A` and compare",
    ),
    text(
        "string-to-sign-crlf",
        "{lines} were joined with {what}",
        "join the lines with a line feed (U+000A) alone: `\\n`, not the line end of the platform",
    ),
    text(
        "string-to-sign-literal-backslash-n",
        "{lines} were joined with the two characters `\\` and `n` instead of a line feed",
        "use a literal that knows `\\n`: double quotes in PHP, Perl, Ruby and Go, `$'\\n'` or `printf` in shells",
    ),
    text(
        "string-to-sign-charset",
        "the signed text was turned into bytes as {charset}",
        "encode the text as UTF-8 without a byte order mark, by name and not by the default of the platform",
    ),
    text(
        "signature-plus-became-space",
        "a `+` of the signature {what}",
        "percent-encode the signature exactly once when it goes into a URL: `+` as `%2B`, `/` as `%2F`, `=` as `%3D`",
    ),
    text(
        "hmac-hex-instead-of-raw",
        "the signature was sent as {what}",
        "this scheme takes {wants}: {make|ask the HMAC function for the matching form (`digest`, not `hexdigest`, or the reverse)}",
    ),
    text("base64-alphabet-wrong", "{place} was written in {what}", "this scheme takes {wants}"),
    text(
        "base64-line-wrapped",
        "{what} was encoded with line breaks in its Base64",
        "encode without line breaks: `base64 -w0`, `b64encode` instead of `encodebytes`, `Base64.NO_WRAP`",
    ),
    text("digest-algorithm-wrong", "the signature is {what}", "compute {wants} with the key and the string to sign"),
];

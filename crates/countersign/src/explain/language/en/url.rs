//! A URL damaged on its way.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "url-ampersand-escaped",
        "the URL is still escaped for another format: it has {what}",
        "unescape the URL before it is used: read it with a JSON or HTML parser instead of copying it out of the text, switch HTML escaping off in the JSON writer (Go `SetEscapeHTML(false)`, Gson `disableHtmlEscaping()`), and do not escape a URL as a whole",
    ),
    text(
        "url-truncated",
        "the URL is cut off: {what}",
        "take the URL from its source again: it was cut at a quote, a line end, a `&` in an unquoted shell command or the length of a database column",
    ),
];

//! The verb.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "method-mismatch",
        "the signature is for {verb}, and {sent} was sent",
        "sign for the verb that is used: a URL signed for {verb} serves {verb} alone, and a browser sends OPTIONS and HEAD by itself",
    ),
    text(
        "method-case",
        "the verb was signed as `{verb}` and sent as `{sent}`",
        "write the verb in the same case in both places; most schemes want capitals, COS small letters in the signed text",
    ),
    text(
        "method-rewritten-by-proxy",
        "{sent} was sent, and the server saw {verb}",
        "let the proxy pass the verb on: redirects with 301 and 302 turn POST into GET, use 307 or 308; look for `proxy_method`",
    ),
];

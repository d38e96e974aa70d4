//! What the secret and the server's answer tell together.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "secret-wrong",
        "{what|the access key id and the secret do not belong together}",
        "{make|take the access key id and the secret again from the same row of the console; they may belong to different keys, or the key was rotated}",
    ),
    text(
        "answer-altered",
        "the server's answer was altered on its way here: {what}",
        "take the answer from the client or a capture, not from a browser or a forum, which drop empty lines and blanks; byte fields, if it has them, are used",
    ),
    text(
        "answer-of-another-request",
        "the server's answer belongs to another request: {name|its `SignatureProvided`} is `{stated}`, the request's is `{found}`",
        "capture request and answer of the same attempt; if they are, something on the way changed what is signed: path, query, or a header",
    ),
];

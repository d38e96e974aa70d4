//! Tokens and policies that carry their own signed text.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "policy-bytes-reserialised",
        "the policy was signed in other bytes than it was sent in: {what}",
        "write the policy once and encode it once, then sign and send that very text: JSON that is parsed and written again is another text",
    ),
    text("policy-not-base64", "the policy was sent {what}", "send the policy as {wants}, and sign exactly the text that is sent"),
    text(
        "token-malformed",
        "the token is not of the form that the service reads: {what}",
        "take the token whole, as it came from the signer; make it with an SDK of the vendor, or after its page, byte for byte",
    ),
];

//! The access key id and the session token.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "access-key-surrounding-whitespace",
        "the access key id was sent with {what}",
        "remove it where the id is stored; look at the line that holds the id with `cat -A`",
    ),
    text(
        "access-key-unknown",
        "the server does not know {what|the access key id}",
        "check that the id belongs to {host|this service}: same provider, same deployment, and neither deleted, disabled nor rotated{token|}",
    ),
    text(
        "credential-of-another-product",
        "the access key id has the form of {product}, and `{host}` takes none of these",
        "create an access key for the storage service itself, in the console of the provider that runs `{host}`",
    ),
    text(
        "security-token-missing",
        "the access key id starts with `{prefix}`, which makes it temporary, and came without its session token{place|}",
        "send the token that was issued with this id as `{name}`, and sign it like the rest",
    ),
    text(
        "security-token-not-signed",
        "the session token `{name}` was {what} the signed text",
        "put `{name}` into the request before signing, not after, and send what was signed",
    ),
];

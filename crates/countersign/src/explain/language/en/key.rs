//! The secret, damaged on its way from the console to the signer, or used in the wrong way.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "secret-surrounding-whitespace",
        "the secret was used with {what}",
        "store the secret without it; read files without their last line end: `printf` writes none, `echo` does",
    ),
    text(
        "secret-special-char-mangled",
        "the signature was made with a mangled copy of the secret: {what}",
        "quote the secret where it is read from: single quotes in shells, `$$` for `$` in compose files, no escapes in `.env` files",
    ),
    text(
        "secret-truncated",
        "the secret was used with {what}",
        "copy the secret again, whole; check that the field, column or variable that holds it is {state|long enough}",
    ),
    text(
        "secret-lookalike-character",
        "the secret was used with characters taken for others that look alike: {what}",
        "copy the secret instead of typing it, from the console or the downloaded file",
    ),
    text(
        "secret-base64-decoded",
        "the key was {what}",
        "use the characters of the secret themselves as the bytes of the key; they are not an encoding of anything",
    ),
    text(
        "ak-sk-swapped",
        "access key id and secret are in each other's place: {what}",
        "put the id into the request and key the HMAC with the secret; if the secret was sent, replace the pair, for it is known now",
    ),
    text(
        "hmac-args-swapped",
        "the HMAC was called with key and message in each other's place, {what}",
        "look up the order of arguments of your HMAC function: the secret (or the key of the step before) is the key",
    ),
    text(
        "sigv4-key-derivation-wrong",
        "the signing key was made in another way: {what}",
        "make it as prefix and secret, then HMAC with date, region, service and terminator, each over the raw bytes of the one before",
    ),
];

//! Headers.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "signed-header-not-sent",
        "`{name|a header}` {how|was signed and not sent}",
        "send `{name|the header}` with the value that was signed, or leave it out when you sign; whoever uses a signed URL must send \
         the headers it was signed with",
    ),
    text(
        "signed-header-removed-by-proxy",
        "the signed header `{name|a header}` was removed on the way",
        "do not sign `{name|this header}`, or make the proxy pass it on: `proxy_set_header` in nginx; `Connection`, `TE` and `Expect` \
         never pass a proxy",
    ),
    text(
        "header-added-after-signing",
        "`{name|a header}` {how|came into the request after it was signed}",
        "{make|set} `{name|this header}` {why|before you sign: `Content-MD5` and all headers of the vendor's belong to the signature}",
    ),
    text(
        "header-added-by-proxy",
        "a proxy or CDN added `{name|a header}`, which the server signs",
        "make the proxy or CDN drop `{name|this header}`: `proxy_set_header {name|NAME} \"\"` in nginx",
    ),
    text(
        "x-headers-not-signed",
        "of the `{name|x-}*` headers {how|not all} went into the signature",
        "write all `{name|x-}*` headers you send into the string to sign: name in lower case, colon, value, line feed, sorted by name",
    ),
    text(
        "header-duplicated-by-case",
        "`{name|a header}` was sent more than once",
        "send `{name|this header}` once: look for a library or proxy that adds it beside yours, perhaps in another case",
    ),
    text(
        "accept-encoding-rewritten",
        "`accept-encoding` was signed, and proxies and front ends rewrite it",
        "leave `accept-encoding` out of the signed headers; for the Go SDK at Google, sign without it by a middleware that takes it \
         out before signing and puts it back",
    ),
    text(
        "volatile-header-signed",
        "the signature covers `{name|a header}`, which clients and proxies are free to change",
        "leave `{name|this header}` out of the signed headers",
    ),
    text(
        "header-whitespace-not-collapsed",
        "the value of `{name|a header}` was signed {how|with its blanks treated in another way}",
        "do with blanks as the scheme says: all drop those around the value; AWS joins runs inside to one, OSS and Signature Version 2 \
         keep them; best send no such blanks",
    ),
    text(
        "header-sort-wrong",
        "the headers were signed {how|in another order}",
        "{remedy|write header names in lower case, then sort by the name alone, then join `name:value` without a blank}",
    ),
    text(
        "header-value-newline",
        "the value of `{name|a header}` ended in {how|a line break}",
        "take the line break off the value of `{name|the header}`: `trim()` it, or read the file it comes from without its last byte",
    ),
    text(
        "header-value-charset",
        "the value of `{name|a header}` was signed {how|in other characters}",
        "send metadata in ASCII: percent-encode the value yourself, once, and sign and send the same text",
    ),
    text(
        "copy-source-not-encoded",
        "`{name|x-amz-copy-source}` was {how|escaped in another way when it was signed than when it was sent}",
        "percent-encode bucket and key in `{name|x-amz-copy-source}` once, leave `/` bare, and sign the very value you send",
    ),
];

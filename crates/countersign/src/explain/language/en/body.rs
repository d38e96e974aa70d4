//! Content type, Content-MD5 and the payload hash.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "content-type-added-by-client",
        "the request was signed {how|with another content type}, and sent with one your client or its library chose",
        "sign the content type you send, or send none: give `Content-Type` to the signer and to the HTTP client alike (`headers` \
         of `fetch`, `XMLHttpRequest`, axios and python-requests); `-H 'Content-Type:'` keeps curl from adding one",
    ),
    text(
        "content-type-charset-appended",
        "the content type was signed with other parameters or in another spelling than it was sent",
        "sign the content type exactly as it is sent, with `charset`, blanks and case; libraries add a charset when the body is a \
         string: send bytes, or name the whole type yourself",
    ),
    text(
        "content-md5-hex",
        "the MD5 of the body was written as {how|something else than its Base64}",
        "`Content-MD5` is the Base64 of the 16 raw bytes of the MD5: `openssl dgst -md5 -binary FILE | base64`; sign the value you send",
    ),
    text(
        "payload-hash-of-empty-body",
        "the hash of an empty body was used for a request with a body",
        "hash the bytes you send, and set `x-amz-content-sha256` to the same hash; over HTTPS `UNSIGNED-PAYLOAD` will do",
    ),
    text(
        "payload-changed-after-hashing",
        "the body was changed after it was hashed: {how|its digest is another one than the request states}",
        "hash the very bytes you send: first compress, convert line ends and dump JSON, then hash; open files in binary mode",
    ),
    text(
        "payload-hash-encoding",
        "the payload hash was written {how|in another spelling}",
        "write the SHA-256 of the body as 64 hexadecimal digits in lower case, in the header and in the last line of the canonical request",
    ),
    text(
        "payload-hash-literal-wrong",
        "the payload line was {how|another word or hash than the one that was sent}",
        "use the exact word of your way of uploading: a hash, `UNSIGNED-PAYLOAD`, or the `STREAMING-` word of the chunks you send; \
         OSS takes `UNSIGNED-PAYLOAD` alone",
    ),
    text(
        "x-amz-content-sha256-missing",
        "`{name|x-amz-content-sha256}` {how|was not signed as it was sent}",
        "send `{name|x-amz-content-sha256}` with each request that is signed in its headers, and sign it like the other headers",
    ),
    text(
        "sdk-default-checksum",
        "the SDK added `{name|a checksum}` of its own accord, which servers other than Amazon's may not know",
        "set the SDK's request checksum calculation to `WHEN_REQUIRED` (`AWS_REQUEST_CHECKSUM_CALCULATION=when_required`), and its \
         response checksum validation likewise",
    ),
];

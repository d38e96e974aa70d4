//! The path and the object key.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "key-encode-set-wrong",
        "{part|the path} was signed with other characters escaped than the server escapes: {what|both spellings are shown}",
        "escape everything but A-Z a-z 0-9 - . _ ~ and the slashes of the key: Python `quote(key, safe=\"/~\")`, JavaScript `encodeURIComponent` for each segment and then ! ' ( ) * by hand, Java `URLEncoder` and then `+` to `%20`, `*` to `%2A`, `%7E` to `~`",
    ),
    text(
        "key-not-encoded",
        "the path was signed {what|with other escapes than it was sent}",
        "percent-encode the UTF-8 bytes of the key, sign that, and send the same",
    ),
    text(
        "key-encoded-in-resource",
        "the key was signed with its escapes, and this scheme signs it without",
        "give the signer the plain key, as the console shows it; escape it in the URL alone",
    ),
    text(
        "plus-vs-space",
        "the path was signed with {exchange|a blank and `+` in each other's place}",
        "send `+` in a key as `%2B` and a blank as `%20`, and sign the same; functions made for forms (`URLEncoder`, `quote_plus`, `urlencode`) write a blank as `+` and read `+` as a blank",
    ),
    text(
        "double-encoded-path",
        "the path was signed {what|percent-encoded once more or once less than it was sent}",
        "give the SDK the plain key, not an escaped one: S3, OSS and their compatibles sign a path escaped once, other AWS services escape it twice (SDK switches: `uriEscapePath` in JavaScript, `DisableURIPathEscaping` in Go, `doubleUrlEncode` in Java)",
    ),
    text(
        "percent-hex-case",
        "{place|in the signed text}, escapes were signed with {case|digits in another case}",
        "write escapes with upper-case digits, `%2F` and not `%2f`; .NET's `HttpUtility.UrlEncode` is one that writes lower case",
    ),
    text(
        "slash-encoded-in-key",
        "the key was signed with {what|other slashes escaped than it was sent with}",
        "leave the slashes of a key bare when you escape it: escape each segment, not the key as a whole",
    ),
    text(
        "url-renormalised-by-client",
        "the HTTP library spelled the URL anew after it was signed; its path was signed so: {what}",
        "pass the signed URL on exactly as it is, as one string that is not taken apart and put together again: Java `URI.create(url)`, Spring `URI` instead of a template string, Swift `URLComponents.percentEncodedPath`",
    ),
    text(
        "path-normalised",
        "the path was signed {what|tidied in another way than it was sent}",
        "sign exactly the path that is sent: keys may start with `/` and hold `//`; switch the tidying off (curl `--path-as-is`, nginx `merge_slashes off` and `proxy_pass` without a path, SDK `normalizePath` off)",
    ),
    text(
        "path-rewritten-by-proxy",
        "something on the way changed the path: it was signed {what|in another form}",
        "let the proxy pass the path through: nginx `proxy_pass http://upstream;` without a path behind the host and `$request_uri` in rewrites, or sign for the path the server sees",
    ),
    text(
        "key-leading-slash-missing",
        "the path was signed without its leading `/`",
        "the signed path starts with `/`, even where no key follows",
    ),
    text(
        "unicode-form",
        "the key was signed in the Unicode form {form}, and another form was sent",
        "bring file names to one form before signing and sending, best NFC: Python `unicodedata.normalize(\"NFC\", key)`, JavaScript `key.normalize(\"NFC\")`; names read from macOS are decomposed",
    ),
];

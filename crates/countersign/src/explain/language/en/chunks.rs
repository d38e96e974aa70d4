//! Chunked uploads: chunks, trailers and their signatures.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "seed-alone-wrong",
        "the chunks are signed rightly from the signature in `Authorization` on: that one alone, the seed, is wrong",
        "look for the fault in the head: the code that signs chunks is right; once the seed is right, sign the chunks again, for each signature covers the one before",
    ),
    text(
        "seed-changed-after-signing",
        "the chunks are signed from the right seed on, and `Authorization` carries another signature",
        "send the head and the body of the same attempt, and leave `Authorization` as it was signed",
    ),
    text(
        "chunk-signature-changed",
        "the signature of {piece} was changed after signing: the next one covers the right one",
        "send each signature as it was computed; look for what rewrites the body on its way",
    ),
    text(
        "chunk-signature-form",
        "the signature of {piece} is not written as it must be: {what}",
        "write signatures as 64 hexadecimal digits in lower case: the next signature covers this text, not its bytes",
    ),
    text(
        "chunk-unexplained",
        "no known mistake gives the signature of {piece}",
        "compare the string to sign with the one of the client; what is left is another key, another text, or data that was changed on its way",
    ),
    text(
        "chunk-chained-to-seed",
        "the signature of {piece} covers the seed, not the signature before it",
        "after each chunk keep its signature and use it as previous signature of the next one",
    ),
    text(
        "chunk-chained-to-another",
        "the signature of {piece} was made with {what} as previous signature",
        "use the signature of the chunk before as it was sent, the seed for the first chunk and the signature of the empty chunk for the trailers; send chunks in the order they were signed",
    ),
    text(
        "chunk-algorithm-wrong",
        "the string to sign of {piece} begins with another algorithm",
        "begin it with `AWS4-HMAC-SHA256-PAYLOAD` for chunks and with `AWS4-HMAC-SHA256-TRAILER` for trailers",
    ),
    text(
        "chunk-time-wrong",
        "{piece} was signed with another time than the head",
        "read the clock once for an upload: all its signatures carry the time of `x-amz-date`",
    ),
    text(
        "chunk-empty-digest-wrong",
        "in the string to sign of {piece}, the line with the SHA-256 of nothing {what}",
        "write `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855` between previous signature and digest of the data, for chunks and not for trailers",
    ),
    text("chunk-framing-hashed", "the digest of {piece} was taken over {what}", "hash the data alone, before it is framed"),
    text("chunk-hash-not-reset", "the digest of {piece} was taken over {what}", "start a new hash for each chunk"),
    text(
        "chunk-data-of-another",
        "{piece} was signed with the data of {what}",
        "sign each chunk with the data sent in it; a buffer may have been filled again too early",
    ),
    text(
        "chunk-digest-misspelt",
        "the digest of {piece} was signed {what}",
        "write the digest as 64 hexadecimal digits in lower case",
    ),
    text(
        "chunk-data-changed",
        "the data of {piece} was changed after signing: {what}",
        "send the bytes that were hashed: no text mode, no compression and no proxy in between that rewrites bodies",
    ),
    text(
        "trailer-text-wrong",
        "the trailers were hashed in another form: {what}",
        "hash `name:value` and a line feed for each trailer, the last one too: names in lower case and sorted, values trimmed",
    ),
    text(
        "chunk-header-malformed",
        "{piece} begins with `{found}`; expected {wanted}",
        "begin each chunk with its length; the chunk before may be longer or shorter than it says",
    ),
    text(
        "chunk-signature-missing",
        "{piece} carries no signature, and `x-amz-content-sha256` says that there is one",
        "sign what `x-amz-content-sha256` announces, or announce `STREAMING-UNSIGNED-PAYLOAD-TRAILER`",
    ),
    text(
        "chunk-signature-unexpected",
        "{piece} carries a signature, and `x-amz-content-sha256` says that there is none",
        "announce `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` or `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER`, or send the chunks without signatures",
    ),
    text(
        "chunk-length-wrong",
        "{piece} says {said} bytes of data and has {found}: {what}",
        "write the number of bytes of data in hexadecimal digits, without the line ends around it",
    ),
    text(
        "chunked-body-cut",
        "the body ends in {piece}, {what}",
        "send the whole body, the line end of the last line included; check `Content-Length`, which counts the framing, too",
    ),
    text(
        "final-chunk-missing",
        "the body ends without the empty chunk that marks its end",
        "sign and send a chunk of length 0 behind the data",
    ),
    text(
        "chunk-too-short",
        "{piece} has {found} bytes, and another chunk with data follows",
        "fill all chunks but the last one with at least 8192 bytes; with the JavaScript SDK set `requestStreamBufferSize: 65536`",
    ),
    text(
        "decoded-length-differs",
        "`x-amz-decoded-content-length` says {said} bytes, and the data has {found}{what|}",
        "state there the length of the data alone, and in `Content-Length` that of the framed body",
    ),
    text(
        "trailer-malformed",
        "behind the last chunk stands `{found}`; expected {wanted}",
        "write each trailer as `name:value` with CR LF behind it",
    ),
    text(
        "trailer-not-announced",
        "the trailer `{name}` is not named in `x-amz-trailer`",
        "name every trailer in `x-amz-trailer`, or do not send it",
    ),
    text("trailer-repeated", "the trailer `{name}` occurs twice", "send each trailer once"),
    text(
        "trailer-missing",
        "`x-amz-trailer` names `{name}`, and no such trailer follows the last chunk",
        "send what is announced, or do not announce it",
    ),
    text(
        "checksum-differs",
        "`{name}` is `{sent}`, and the data gives `{found}`",
        "compute the checksum over the data as it is sent, not framed and not compressed, and write its bytes in Base64",
    ),
    text(
        "body-goes-on",
        "the body goes on behind its end",
        "send nothing behind the empty chunk and its trailers; what follows the signature of the trailers is not signed",
    ),
];

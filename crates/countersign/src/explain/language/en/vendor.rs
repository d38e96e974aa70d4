//! Causes that only one vendor can have.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "kodo-manage-absolute-url",
        "the management credential was signed over another address than that of the request: {what}",
        "sign path and query alone, as they stand in the request line, then a line feed; `Qiniu` puts the verb before them and \
         `Host: <host>` behind them",
    ),
    text(
        "kodo-manage-body-not-signed",
        "the signed text does not have the body as it was sent: {what}",
        "`QBox` signs the body of `application/x-www-form-urlencoded` alone, `Qiniu` that of every type but `application/octet-stream`: \
         set `Content-Type` before signing, and send the very bytes that were signed",
    ),
    text(
        "kodo-download-url-differs",
        "the private link was not made or used as it must be: {what}",
        "escape the key and add all parameters first, then append `e` and sign exactly the URL that will be asked for; append `token` \
         last, and change nothing after that",
    ),
    text(
        "kodo-antileech-text-differs",
        "the timestamp link was made in another way: {what}",
        "`sign` is the MD5 of key, escaped path and `t` in small hexadecimal digits, one after the other; domain and query are no part \
         of it",
    ),
    text(
        "cos-appid-wrong",
        "`a` and `k` do not name the account of the request: {what}",
        "put the number of the account (appid) into `a` and the `SecretId` of the same account into `k`",
    ),
    text(
        "cos-bucket-wrong",
        "`b` does not name the bucket of the request: {what}",
        "put the name of the bucket into `b` as it stands in `/files/v2/<appid>/<bucket>/`, without the appid behind it",
    ),
    text(
        "cos-file-wrong",
        "`f` does not name the file of the request: {what}",
        "put `/<appid>/<bucket>/<path>` into `f`, escaped but for its slashes, with a slash at the end of a directory; for several uses \
         it may be empty",
    ),
    text(
        "cos-once-multi-confused",
        "the signature is not of the kind that the operation needs: {what}",
        "deleting, updating and moving need a signature for one use, made anew for each request: `e=0`, and the file in `f`; everything \
         else needs one for several uses, with its end in `e`",
    ),
    text(
        "cos-key-time-mismatch",
        "`SignKey` or the interval it is made from is not the right one: {what|the server has another one}",
        "make `SignKey` as the HMAC-SHA1 of `q-key-time` with the secret, in 40 small hexadecimal digits, and use these as text; take the \
         interval once, in seconds, for the key, for `q-sign-time` and for the string to sign",
    ),
    text(
        "ks3-two-dates",
        "`Date` and `x-kss-date` were both sent, with {same} time: the SDKs sign both, while one document leaves the date line empty",
        "send one of them: `Date`, or `x-kss-date` with an empty date line where a client cannot set `Date`",
    ),
    text(
        "ks3-callback-unverifiable",
        "the upload asked for a callback: {what}",
        "give URL and body of the callback together; ask the service for the object before you believe a callback, whatever its \
         authorization says",
    ),
];

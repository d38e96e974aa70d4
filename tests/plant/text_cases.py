"""Lines joined in another way, other bytes for characters, and signatures in another spelling."""

import hashlib
from urllib.parse import quote

from plant import ID, SECRET, b64, case, mac, oss4, raw, v2, v4, v4_key, v4_text
from samples import (DATE, DAY, END, KS32, KS32_GET, OSS1, OSS1_GET, OSS4, OSS4_SCOPE, S32, S32_GET, S34, S34_SCOPE, TIME, UNSIGNED,
                     ks32, ks32_url, oss1, oss1_url, oss4_put, oss4_string, s32, s32_url, s34, s34_get, s34_query, s34_string,
                     s34_url)

# Line feeds: too many or too few.

case("string-to-sign-newline-wrong", "oss-v1-one-at-the-end", oss1(v2(OSS1 + "\n")))
case("string-to-sign-newline-wrong", "oss-v1-empty-md5-line-lost",
     oss1(v2(f"PUT\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg")))
case("string-to-sign-newline-wrong", "oss-v1-empty-line-after-headers",
     oss1(v2(f"PUT\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n\n/photos-ex/2024/a b.jpg")))
case("string-to-sign-newline-wrong", "oss-v1-url-both-empty-lines-lost", oss1_url(v2(f"GET\n{END}\n/photos-ex/2024/a b.jpg")))
case("string-to-sign-newline-wrong", "s3-v2-none-after-headers",
     s32(v2(f"PUT\n\nimage/jpeg\n{DATE}\nx-amz-meta-owner:alice/photos-ex/2024/a%20b.jpg")))
case("string-to-sign-newline-wrong", "s3-v2-url-empty-line-before-resource", s32_url(v2(f"GET\n\n\n{END}\n\n/photos-ex/2024/a%20b.jpg")))
case("string-to-sign-newline-wrong", "s3-v4-no-empty-line-after-headers", s34(v4(
    f"PUT\n/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nhost:photos-ex.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:{UNSIGNED}\n"
    f"x-amz-date:{TIME}\nx-amz-meta-owner:alice\ncontent-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-owner\n{UNSIGNED}", TIME)))
case("string-to-sign-newline-wrong", "s3-v4-no-empty-query-line", s34(v4(
    f"PUT\n/2024/a%20b.jpg\ncontent-type:image/jpeg\nhost:photos-ex.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:{UNSIGNED}\n"
    f"x-amz-date:{TIME}\nx-amz-meta-owner:alice\n\ncontent-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-owner\n{UNSIGNED}", TIME)))
case("string-to-sign-newline-wrong", "s3-v4-url-feed-after-payload", s34_url(v4(s34_get(s34_query()) + "\n", TIME), s34_query()))
case("string-to-sign-newline-wrong", "oss-v4-feed-after-digest", oss4_put(oss4_string(v4_text(OSS4, TIME, OSS4_SCOPE, "OSS4-HMAC-SHA256") + "\n")))
case("string-to-sign-newline-wrong", "oss-v4-empty-names-line-lost", oss4_put(oss4(
    f"PUT\n/photos-ex/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nx-oss-content-sha256:{UNSIGNED}\nx-oss-date:{TIME}\n"
    f"x-oss-meta-owner:alice\n\n{UNSIGNED}", TIME)))

# Other line ends.

case("string-to-sign-crlf", "oss-v1", oss1(v2(OSS1.replace("\n", "\r\n"))))
case("string-to-sign-crlf", "s3-v2-carriage-returns", s32_url(v2(S32_GET.replace("\n", "\r"))))
case("string-to-sign-crlf", "s3-v4-both-texts", s34(s34_string(v4_text(S34.replace("\n", "\r\n"), TIME, S34_SCOPE).replace("\n", "\r\n"))))
case("string-to-sign-crlf", "s3-v4-canonical-request", s34(v4(S34.replace("\n", "\r\n"), TIME)))
case("string-to-sign-crlf", "oss-v4-string-to-sign",
     oss4_put(oss4_string(v4_text(OSS4, TIME, OSS4_SCOPE, "OSS4-HMAC-SHA256").replace("\n", "\r\n"))))

case("string-to-sign-literal-backslash-n", "oss-v1", oss1(v2(OSS1.replace("\n", "\\n"))))
case("string-to-sign-literal-backslash-n", "s3-v2-fixed-lines",
     s32(v2(f"PUT\\n\\nimage/jpeg\\n{DATE}\\nx-amz-meta-owner:alice\n/photos-ex/2024/a%20b.jpg")))
case("string-to-sign-literal-backslash-n", "oss-v1-headers",
     oss1(v2(f"PUT\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\\n/photos-ex/2024/a b.jpg")))
case("string-to-sign-literal-backslash-n", "s3-v4-both-texts",
     s34(s34_string(v4_text(S34.replace("\n", "\\n"), TIME, S34_SCOPE).replace("\n", "\\n"))))
case("string-to-sign-literal-backslash-n", "oss-v4-canonical-request", oss4_put(oss4(OSS4.replace("\n", "\\n"), TIME)))

# Other bytes.

KEY = f"PUT\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/caf\u00e9 \u4e2d.jpg"


def named(signature):
    return (f"PUT /2024/caf%C3%A9%20%E4%B8%AD.jpg HTTP/1.1\nHost: photos-ex.oss-cn-hangzhou.aliyuncs.com\nContent-Type: image/jpeg\n"
            f"x-oss-meta-owner: alice\nDate: {DATE}\nAuthorization: OSS {ID}:{signature}\n\n")


case("string-to-sign-charset", "oss-v1-latin-1", named(v2(KEY.encode("latin-1", "replace"))))
case("string-to-sign-charset", "oss-v1-gbk", oss1(v2(KEY.replace("caf\u00e9 ", "").encode("gbk"))).replace("/2024/a%20b.jpg", "/2024/%E4%B8%AD.jpg"))
case("string-to-sign-charset", "oss-v1-utf-16le", oss1(v2(OSS1.encode("utf-16-le"))))
case("string-to-sign-charset", "s3-v2-utf-16be-mark", s32_url(v2(b"\xfe\xff" + S32_GET.encode("utf-16-be"))))
case("string-to-sign-charset", "s3-v2-utf-8-mark", s32(v2(b"\xef\xbb\xbf" + S32.encode())))
case("string-to-sign-charset", "s3-v4-string-to-sign", s34(s34_string(v4_text(S34, TIME, S34_SCOPE).encode("utf-16-le"))))
case("string-to-sign-charset", "s3-v4-both-texts", s34(s34_string(
    "\n".join(["AWS4-HMAC-SHA256", TIME, S34_SCOPE, hashlib.sha256(S34.encode("utf-16-le")).hexdigest()]).encode("utf-16-le"))))
case("string-to-sign-charset", "oss-v4-canonical-request", oss4_put(oss4(b"\xef\xbb\xbf" + OSS4.encode(), TIME)))

# Beside a second mistake: what else is tried alone is tried with the likeliest of every cause.
CODE = "string-to-sign-charset"
case(CODE, "oss-v1-utf-8-mark-and-secret", oss1(v2(b"\xef\xbb\xbf" + OSS1.encode(), SECRET + "\n")), expect=[CODE, "secret-surrounding-whitespace"])
case(CODE, "oss-v1-utf-16le-and-method", oss1(v2(OSS1.replace("PUT", "GET").encode("utf-16-le"))), expect=[CODE, "method-mismatch"])
case(CODE, "s3-v4-utf-8-mark-and-method", s34(s34_string(b"\xef\xbb\xbf" + v4_text(S34.replace("PUT", "GET"), TIME, S34_SCOPE).encode())),
     expect=[CODE, "method-mismatch"])

# All lines joined in another way, those among them that a second mistake writes.
CODE = "string-to-sign-crlf"
case(CODE, "oss-v1-and-header-not-sent", oss1(v2(OSS1.replace("x-oss-meta", "x-oss-acl:private\nx-oss-meta").replace("\n", "\r\n"))),
     expect=[CODE, "signed-header-not-sent"])
case(CODE, "oss-v1-url-and-milliseconds", oss1_url(v2(OSS1_GET.replace(str(END), f"{END}000").replace("\n", "\r\n"))),
     expect=[CODE, "expires-in-milliseconds"])
case(CODE, "s3-v4-and-port", s34(v4(S34.replace("amazonaws.com", "amazonaws.com:443").replace("\n", "\r\n"), TIME)), expect=[CODE, "host-port-mismatch"])
case("string-to-sign-literal-backslash-n", "s3-v2-and-header-not-sent",
     s32(v2(S32.replace("x-amz-meta", "x-amz-acl:private\nx-amz-meta").replace("\n", "\\n"))),
     expect=["string-to-sign-literal-backslash-n", "signed-header-not-sent"])

# The signature on its way.


FOREIGN = "csForeignSecretOfSomebodyElse0000000000"


def with_plus(text):
    """The first expiry for which the signature holds one plus sign within it."""
    for end in range(END, END + 100):
        signature = v2(text.replace(str(END), str(end)))
        if signature.count("+") == 1 and "+" in signature[1:-2]:
            return end, signature
    raise SystemExit("no plus sign")


END_OSS, PLUS_OSS = with_plus(OSS1_GET)
END_S3, PLUS_S3 = with_plus(S32_GET)
case("signature-plus-became-space", "oss-v1-url", oss1_url(PLUS_OSS.replace("+", " "), end=END_OSS))
case("signature-plus-became-space", "s3-v2-url-escaped-twice", s32_url(quote(PLUS_S3, safe=""), end=END_S3))
case("signature-plus-became-space", "s3-v2-url-lost", s32_url(PLUS_S3.replace("+", ""), end=END_S3))
# Without the right secret it is seen.
case("signature-plus-became-space", "oss-v1-url-seen", oss1_url("AAAA BBBBCCCCDDDDEEEEFFFFGG="), certainty="seen")
case("signature-plus-became-space", "s3-v2-url-bare",
     s32_url(PLUS_S3, end=END_S3).replace("%2B", "+"), certainty="likely", verdict="valid")

case("hmac-hex-instead-of-raw", "oss-v1-base64-of-hex", oss1(b64(mac(SECRET, OSS1).hex().encode())))
case("hmac-hex-instead-of-raw", "s3-v2-base64-of-upper-hex", s32_url(b64(mac(SECRET, S32_GET).hex().upper().encode())))
case("hmac-hex-instead-of-raw", "s3-v2-hex", s32(mac(SECRET, S32).hex()))
case("hmac-hex-instead-of-raw", "s3-v4-base64", s34(b64(bytes.fromhex(v4(S34, TIME)))))
case("hmac-hex-instead-of-raw", "oss-v4-base64-of-hex", oss4_put(b64(oss4(OSS4, TIME).encode())))
case("hmac-hex-instead-of-raw", "oss-v1-seen-with-another-secret", oss1(b64(mac(FOREIGN, OSS1).hex().encode())),
     certainty="seen")

case("base64-alphabet-wrong", "oss-v1-url", oss1_url(PLUS_OSS.replace("+", "-").replace("/", "_"), end=END_OSS))
case("base64-alphabet-wrong", "oss-v1-no-padding", oss1_url(PLUS_OSS.rstrip("="), end=END_OSS), certainty="seen", verdict="valid")

case("base64-line-wrapped", "oss-v1-url", oss1_url(v2(OSS1_GET) + "\n"))
case("base64-line-wrapped", "s3-v2-url-crlf", s32_url(v2(S32_GET) + "\r\n"))

# Other hash functions.

case("digest-algorithm-wrong", "oss-v1-sha256", oss1(b64(mac(SECRET, OSS1, "sha256"))))
case("digest-algorithm-wrong", "s3-v2-md5", s32_url(b64(mac(SECRET, S32_GET, "md5"))))
case("digest-algorithm-wrong", "s3-v2-sha512", s32(b64(mac(SECRET, S32, "sha512"))))
case("digest-algorithm-wrong", "oss-v1-plain-sha1", oss1(b64(hashlib.sha1((SECRET + OSS1).encode()).digest())))
case("digest-algorithm-wrong", "oss-v1-plain-sha1-behind", oss1_url(b64(hashlib.sha1((OSS1_GET + SECRET).encode()).digest())))
case("digest-algorithm-wrong", "oss-v1-sha256-in-hex", oss1(mac(SECRET, OSS1, "sha256").hex()),
     expect=["digest-algorithm-wrong", "hmac-hex-instead-of-raw"])


def chained(name, *steps, secret=SECRET):
    key = b"AWS4" + raw(secret)
    for step in steps:
        key = mac(key, step, name)
    return key


SHA1_KEY = chained("sha1", DAY, "us-east-1", "s3", "aws4_request")
case("digest-algorithm-wrong", "s3-v4-sha1", s34(mac(SHA1_KEY, v4_text(S34, TIME, S34_SCOPE), "sha1").hex()))
SHA1_TEXT = "\n".join(["AWS4-HMAC-SHA256", TIME, S34_SCOPE, hashlib.sha1(S34.encode()).hexdigest()])
case("digest-algorithm-wrong", "s3-v4-sha1-everywhere", s34(mac(SHA1_KEY, SHA1_TEXT, "sha1").hex()))
case("digest-algorithm-wrong", "s3-v4-plain-sha256",
     s34(hashlib.sha256(v4_key(DAY, "us-east-1", "s3") + v4_text(S34, TIME, S34_SCOPE).encode()).hexdigest()))

# The same for Kingsoft, whose servers read a bare plus in a URL as a blank.
END_KS3, PLUS_KS3 = with_plus(KS32_GET)
case("signature-plus-became-space", "ks3-v2-url-bare", ks32_url(PLUS_KS3, end=END_KS3).replace("%2B", "+"))
case("string-to-sign-newline-wrong", "ks3-v2-header", ks32(v2(KS32 + "\n")))

# The right bytes in another spelling, and signatures that are not whole.
case("hmac-hex-instead-of-raw", "oss-v4-upper-case", oss4_put(oss4(OSS4, TIME).upper()), certainty="seen", verdict="rejected")
case("hmac-hex-instead-of-raw", "s3-v4-upper-case", s34(v4(S34, TIME).upper()), certainty="seen", verdict="rejected")
case("base64-line-wrapped", "oss-v1-folded", oss1(v2(OSS1)[:14] + "\n " + v2(OSS1)[14:]))
case("token-malformed", "oss-v1-blank-before-the-signature", oss1(" " + v2(OSS1)))
case("token-malformed", "s3-v4-last-digit-lost", s34(v4(S34, TIME)[:-1]), certainty="seen")
case("token-malformed", "s3-v2-cut-short", s32(v2(S32)[:-5]), certainty="seen")

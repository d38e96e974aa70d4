"""The secret, damaged or used in another way."""

import base64

from plant import ID, SECRET, b64, case, mac, oss4, raw, v2, v4, v4_key, v4_text
from samples import (DAY, KS32, OSS1, OSS1_GET, OSS4, OSS4_SCOPE, S32, S34, S34_SCOPE, ks32, oss1, oss1_url, oss4_put, s32, s34,
                     s34_get, s34_query, s34_url)
from samples import TIME as SAMPLES_TIME

DATE = "Mon, 18 Sep 2017 08:00:00 GMT"
TEXT = f"GET\n\n\n{DATE}\n/ob-ex/"


def oss(signature):
    return f"GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: {DATE}\nAuthorization: OSS {ID}:{signature}\n\n"


TIME = "20180521T195540Z"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
CANONICAL = (f"GET\n/a.txt\n\nhost:bkt-ex.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:{EMPTY}\nx-amz-date:{TIME}\n\n"
             f"host;x-amz-content-sha256;x-amz-date\n{EMPTY}")


def s3(signature):
    return (f"GET /a.txt HTTP/1.1\nHost: bkt-ex.s3.us-east-1.amazonaws.com\nX-Amz-Date: {TIME}\nX-Amz-Content-Sha256: {EMPTY}\n"
            f"Authorization: AWS4-HMAC-SHA256 Credential={ID}/20180521/us-east-1/s3/aws4_request, "
            f"SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={signature}\n\n")


case("secret-surrounding-whitespace", "oss-v1-blank", oss(v2(TEXT, SECRET + " ")))
case("secret-surrounding-whitespace", "oss-v1-line-feed", oss(v2(TEXT, SECRET + "\n")))
case("secret-surrounding-whitespace", "oss-v1-crlf", oss(v2(TEXT, SECRET + "\r\n")))
case("secret-surrounding-whitespace", "s3-v4-bom", s3(v4(CANONICAL, TIME, secret="\ufeff" + SECRET)))
case("secret-surrounding-whitespace", "s3-v4-dirty-secret-given", s3(v4(CANONICAL, TIME)), secret=SECRET + "\n")
case("secret-surrounding-whitespace", "oss-v1-literal-line-feed", oss(v2(TEXT, SECRET + "\\n")))
case("secret-surrounding-whitespace", "s3-v4-literal-crlf", s3(v4(CANONICAL, TIME, secret=SECRET + "\\r\\n")))

case("secret-surrounding-whitespace", "oss-v1-url-both-ends", oss1_url(v2(OSS1_GET, f" {SECRET} ")))
case("secret-surrounding-whitespace", "s3-v2-dirty-secret-given-and-used", s32(v2(S32, SECRET + "\r\n")), secret=SECRET + "\n")
# As published in a report, with the signatures that were sent there.
case("secret-surrounding-whitespace", "oss-v1-report-blank", oss("a57rP9RBTsfqUlE39i8gFle8tq4="))
case("secret-surrounding-whitespace", "oss-v1-report-line-feed", oss("MyNpT/7rcKqVXUtYGiv8l/YB6s8="))
case("secret-surrounding-whitespace", "oss-v1-report-crlf", oss("KfBbhMk+e0B1I8V7HS1xUgxUttE="))

# Mangled: each secret holds what the place it is read from does not leave alone.

MANGLED = [
    ("percent-decoded", "csEXAMPLE%2Fsecret%2B0123456789", "csEXAMPLE/secret+0123456789"),
    ("form-decoded", "csEXAMPLE+secret%2B0123456789", "csEXAMPLE secret+0123456789"),
    ("percent-encoded", "csEXAMPLE/secret+0123:456789=", "csEXAMPLE%2Fsecret%2B0123%3A456789%3D"),
    ("percent-encoded-lower", "csEXAMPLE/secret+0123456789=", "csEXAMPLE%2fsecret%2b0123456789%3d"),
    ("three-characters-encoded", "csEXAMPLE/secret+0123:456789=", "csEXAMPLE%2Fsecret%2B0123:456789%3D"),
    ("backslashes-lost", "cs\\EXAMPLE\\secret0123456789", "csEXAMPLEsecret0123456789"),
    ("one-backslash-lost", "cs\\EXAMPLE\\secret0123456789", "cs\\EXAMPLEsecret0123456789"),
    ("quoted", SECRET, f"'{SECRET}'"),
    ("double-quoted", SECRET, f'"{SECRET}"'),
    ("quotes-given", f'"{SECRET}"', SECRET),
    ("variable", "csEXAMPLE$secret_1/0123456789", "csEXAMPLE/0123456789"),
    ("parameter", "csEXAMPLE$1secret/0123456789", "csEXAMPLEsecret/0123456789"),
    ("doubled-dollar", "csEXAMPLE$$/secret0123456789", "csEXAMPLE$/secret0123456789"),
    ("cut-at-hash", "csEXAMPLE#secret0123456789", "csEXAMPLE"),
    ("cut-at-semicolon", "csEXAMPLE;secret0123456789", "csEXAMPLE"),
    ("cut-at-blank", "csEXAMPLE secret0123456789", "csEXAMPLE"),
    ("cut-at-percent", "csEXAMPLE%secret0123456789", "csEXAMPLE"),
    ("cut-at-equals", "csEXAMPLE=secret0123456789", "csEXAMPLE"),
    ("xml-undone", "csEXAMPLE&amp;secret0123456789", "csEXAMPLE&secret0123456789"),
    ("xml-escaped", "csEXAMPLE&secret<0123456789", "csEXAMPLE&amp;secret&lt;0123456789"),
]
for name, given, used in MANGLED:
    case("secret-special-char-mangled", f"oss-v1-{name}", oss1(v2(OSS1, used)), secret=given)
case("secret-special-char-mangled", "s3-v4-quoted", s34(v4(S34, SAMPLES_TIME, secret=f'"{SECRET}"')))
case("secret-special-char-mangled", "oss-v4-form-decoded", oss4_put(oss4(OSS4, SAMPLES_TIME, secret=SECRET.replace("+", " "))))

# Retyped.

for length in (38, 39, 32, 30, 16):
    case("secret-truncated", f"oss-v1-first-{length}", oss1(v2(OSS1, SECRET[:length])))
case("secret-truncated", "s3-v4-first-40", s34(v4(S34, SAMPLES_TIME, secret=(SECRET + "AB")[:40])), secret=SECRET + "AB")
case("secret-truncated", "s3-v2-without-the-first", s32(v2(S32, SECRET[1:])))
case("secret-truncated", "s3-v4-without-one", s34(v4(S34, SAMPLES_TIME, secret=SECRET[:12] + SECRET[13:])))
case("secret-truncated", "oss-v4-one-doubled", oss4_put(oss4(OSS4, SAMPLES_TIME, secret=SECRET[:12] + SECRET[11:])))
case("secret-truncated", "s3-v2-report",
     "GET /photos/puppy.jpg HTTP/1.1\nHost: csbucket.s3.amazonaws.com\nDate: Tue, 27 Mar 2007 19:36:42 +0000\n"
     f"Authorization: AWS {ID}:T4LDB06R32wHQxwu1vk6K6PEB3U=\n\n")

# What stands in the place of a secret that is not set, and one that was pasted twice.
for name, used in [("empty", ""), ("none", "None"), ("undefined", "undefined"), ("null", "null"), ("nil", "nil"), ("twice", SECRET * 2)]:
    case("secret-truncated", f"oss-v1-{name}", oss1(v2(OSS1, used)))
case("secret-truncated", "s3-v4-empty", s34(v4(S34, SAMPLES_TIME, secret="")))
case("secret-truncated", "oss-v4-undefined", oss4_put(oss4(OSS4, SAMPLES_TIME, secret="undefined")))
case("secret-truncated", "ks3-v2-null", ks32(v2(KS32, "null")))
case("secret-truncated", "s3-v2-twice", s32(v2(S32, SECRET * 2)))

case("secret-lookalike-character", "oss-v1-digit-one", oss1(v2(OSS1, "csLegacyn188EXAMPLEsecretkey123456")),
     secret="csLegacynl88EXAMPLEsecretkey123456")
case("secret-lookalike-character", "s3-v4-dash", s34(v4(S34, SAMPLES_TIME, secret="csEXAMPLE\u2013secret0123456789")),
     secret="csEXAMPLE-secret0123456789")
case("secret-lookalike-character", "s3-v2-two-at-once", s32(v2(S32, "csEXAMPlEsecretO123456789")), secret="csEXAMPIEsecret0123456789")
# Beyond what the search for two mistakes tries.
case("secret-lookalike-character", "oss-v1-five-at-once", oss1(v2(OSS1, "csOI2Ssecret8BZ8l0O")), secret="cs0lZ5secret8BZB10O", depth=3)

YESTERDAY = "20240314"
case("secret-lookalike-character", "s3-v4-and-scope-date", s34(mac(v4_key(YESTERDAY, "us-east-1", "s3", "csEXAMPlEsecret0123456789"), v4_text(
    S34, SAMPLES_TIME, f"{YESTERDAY}/us-east-1/s3/aws4_request"), "sha256").hex()),
     secret="csEXAMPIEsecret0123456789", expect=["secret-lookalike-character", "scope-date-mismatch"])

# Decoded and encoded.

case("secret-base64-decoded", "oss-v1", oss1(v2(OSS1, base64.b64decode(SECRET))))
case("secret-base64-decoded", "s3-v4-url-safe", s34(v4(S34, SAMPLES_TIME,
     secret=base64.urlsafe_b64decode("csEXAMPLE-secret_0123456789w"))),
     secret="csEXAMPLE-secret_0123456789w")
case("secret-base64-decoded", "s3-v2-hex", s32(v2(S32, bytes.fromhex("0123456789abcdef0123456789abcdef"))),
     secret="0123456789abcdef0123456789abcdef")
case("secret-base64-decoded", "oss-v4-encoded", oss4_put(oss4(OSS4, SAMPLES_TIME, secret=b64(raw(SECRET)))))
case("secret-base64-decoded", "oss-v1-encoded-without-padding", oss1_url(v2(OSS1_GET, b64(raw(SECRET)).rstrip("="))))
case("secret-base64-decoded", "s3-v2-report",
     "GET /photos/puppy.jpg HTTP/1.1\nHost: csbucket.s3.amazonaws.com\nDate: Tue, 27 Mar 2007 19:36:42 +0000\n"
     f"Authorization: AWS {ID}:FSuKIJfUrWaaHXPW8Bpl1sM6idk=\n\n")

# Id and secret in each other's place.

case("ak-sk-swapped", "oss-v1-id-as-key", oss1(v2(OSS1, ID)))
case("ak-sk-swapped", "s3-v4-id-as-key", s34(v4(S34, SAMPLES_TIME, secret=ID)))
# Both swapped, and the same file given here: the signature is right for it.
case("ak-sk-swapped", "s3-v2-secret-as-id", s32(v2(S32, ID), who=SECRET), secret=ID, certainty="likely", verdict="valid")
case("ak-sk-swapped", "oss-v1-id-given-as-secret", oss1(v2(OSS1, "csForeignSecret000000000000000")),
     secret="LTAIEXAMPLEexample000001", certainty="likely")

# HMAC with its arguments exchanged.

STRING = v4_text(S34, SAMPLES_TIME, S34_SCOPE)
case("hmac-args-swapped", "oss-v1", oss1(b64(mac(OSS1, SECRET))))
case("hmac-args-swapped", "s3-v4-last-step", s34(mac(STRING, v4_key(DAY, "us-east-1", "s3"), "sha256").hex()))


def swapped_key(*swapped):
    """The key of S3 with these of its steps made with exchanged arguments."""
    key = raw("AWS4" + SECRET)
    for number, step in enumerate((DAY, "us-east-1", "s3", "aws4_request")):
        key = mac(step, key, "sha256") if number in swapped else mac(key, step, "sha256")
    return key


for number, name in enumerate(("date", "region", "service", "terminator")):
    case("hmac-args-swapped", f"s3-v4-{name}", s34(mac(swapped_key(number), STRING, "sha256").hex()))
case("hmac-args-swapped", "s3-v4-key", s34(mac(swapped_key(0, 1, 2, 3), STRING, "sha256").hex()))
case("hmac-args-swapped", "s3-v4-everywhere", s34(mac(STRING, swapped_key(0, 1, 2, 3), "sha256").hex()))

# The V4 key made in another way.


def chain(start, *steps, hexed=False):
    key = raw(start)
    for step in steps:
        key = mac(key, step, "sha256")
        key = key.hex().encode() if hexed else key
    return key


REGION, SERVICE, END_WORD = "us-east-1", "s3", "aws4_request"
DERIVED = [
    ("no-prefix", chain(SECRET, DAY, REGION, SERVICE, END_WORD)),
    ("prefix-of-oss", chain("aliyun_v4" + SECRET, DAY, REGION, SERVICE, END_WORD)),
    ("hex-steps", chain("AWS4" + SECRET, DAY, REGION, SERVICE, END_WORD, hexed=True)),
    ("region-first", chain("AWS4" + SECRET, REGION, DAY, SERVICE, END_WORD)),
    ("service-before-region", chain("AWS4" + SECRET, DAY, SERVICE, REGION, END_WORD)),
    ("reversed", chain("AWS4" + SECRET, SERVICE, REGION, DAY, END_WORD)),
    ("rotated", chain("AWS4" + SECRET, REGION, SERVICE, DAY, END_WORD)),
    ("rotated-twice", chain("AWS4" + SECRET, SERVICE, DAY, REGION, END_WORD)),
    ("no-terminator", chain("AWS4" + SECRET, DAY, REGION, SERVICE)),
    ("terminator-of-oss", chain("AWS4" + SECRET, DAY, REGION, SERVICE, "aliyun_v4_request")),
    ("long-date", chain("AWS4" + SECRET, SAMPLES_TIME, REGION, SERVICE, END_WORD)),
    ("secret-itself", raw(SECRET)),
]
for name, key in DERIVED:
    case("sigv4-key-derivation-wrong", f"s3-v4-{name}", s34(mac(key, STRING, "sha256").hex()))
case("sigv4-key-derivation-wrong", "oss-v4-prefix-of-aws", oss4_put(mac(
    chain("AWS4" + SECRET, DAY, "cn-hangzhou", "oss", "aliyun_v4_request"), v4_text(OSS4, SAMPLES_TIME, OSS4_SCOPE, "OSS4-HMAC-SHA256"), "sha256").hex()))
case("sigv4-key-derivation-wrong", "s3-v4-url-no-prefix", s34_url(mac(
    chain(SECRET, DAY, REGION, SERVICE, END_WORD), v4_text(s34_get(s34_query()), SAMPLES_TIME, S34_SCOPE), "sha256").hex(), s34_query()))

case("secret-surrounding-whitespace", "ks3-v2-header", ks32(v2(KS32, SECRET + "\n")))

# The last word of the scope, in the request and in the key.
OTHER_END = f"{DAY}/cn-hangzhou/oss/aws5_request"
case("sigv4-key-derivation-wrong", "oss-v4-other-end-of-scope", oss4_put(mac(
    chain("aliyun_v4" + SECRET, DAY, "cn-hangzhou", "oss", "aws5_request"), v4_text(OSS4, SAMPLES_TIME, OTHER_END, "OSS4-HMAC-SHA256"),
    "sha256").hex()).replace("oss/aliyun_v4_request", "oss/aws5_request"), certainty="seen", verdict="rejected")
OTHER_END = f"{DAY}/{REGION}/s3/aws5_request"
case("sigv4-key-derivation-wrong", "s3-v4-other-end-of-scope", s34(mac(
    chain("AWS4" + SECRET, DAY, REGION, SERVICE, "aws5_request"), v4_text(S34, SAMPLES_TIME, OTHER_END), "sha256").hex()).replace(
        "s3/aws4_request", "s3/aws5_request"), certainty="seen", verdict="rejected")

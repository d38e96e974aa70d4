"""Content type, Content-MD5 and the payload hash."""

from hashlib import md5, sha256

from plant import ID, b64, case, oss4, v2, v4
from shapes import COS_HOST, DATE, DAY, EMPTY, EXPIRES, OSS_HOST, S3_HOST, TIME, cos, escaped, http, oss_v1, oss_v4, refusal, s3_v2, s3_v4

# ---- content-type-added-by-client
CODE = "content-type-added-by-client"

# aws/aws-sdk-ruby#207: the URL was signed without a type, the browser sent one.
signature = v2("PUT\n\n\n1364064748\n/dev-ex/tmp/file")
assert signature == "B/Us27tMK10rrpVOnC/JZlLLdwI="
case(CODE, "s3-v2-url-browser-default", http(
    f"PUT /tmp/file?AWSAccessKeyId={ID}&Expires=1364064748&Signature=B%2FUs27tMK10rrpVOnC%2FJZlLLdwI%3D",
    ["Host: dev-ex.s3.amazonaws.com", "Content-Type: application/x-www-form-urlencoded; charset=UTF-8"]))

PUT = "PUT /photos/2026/a%20b.png"
case(CODE, "oss-v1-none", oss_v1(PUT, [f"Date: {DATE}", "x-oss-meta-owner: alice", "Content-Type: application/octet-stream"], v2(
    f"PUT\n\n\n{DATE}\nx-oss-meta-owner:alice\n/bkt-ex/photos/2026/a b.png")))
case(CODE, "oss-v1-by-extension", oss_v1(PUT, [f"Date: {DATE}", "Content-Type: application/octet-stream"], v2(
    f"PUT\n\nimage/png\n{DATE}\n/bkt-ex/photos/2026/a b.png")))
case(CODE, "s3-v2-binary", s3_v2("PUT /o", [f"Date: {DATE}", "Content-Type: application/x-www-form-urlencoded"], v2(
    f"PUT\n\nbinary/octet-stream\n{DATE}\n/bkt-ex/o")))
case(CODE, "oss-v4-none", oss_v4("PUT /a.txt", [f"x-oss-date: {TIME}", "x-oss-content-sha256: UNSIGNED-PAYLOAD", "Content-Type: text/plain"], oss4(
    f"PUT\n/bkt-ex/a.txt\n\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n\nUNSIGNED-PAYLOAD", TIME)))
case(CODE, "s3-v4-json", s3_v4(
    "PUT /a", [f"X-Amz-Date: {TIME}", "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD", "Content-Type: application/x-www-form-urlencoded"],
    "content-type;host;x-amz-content-sha256;x-amz-date", v4(
        f"PUT\n/a\n\ncontent-type:application/json\nhost:{S3_HOST}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:{TIME}\n\n"
        "content-type;host;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD", TIME)))

case(CODE, "ks3-v2-none", http("PUT /a.txt", [
    "Host: bkt-ex.ks3-cn-beijing.ksyuncs.com", f"Date: {DATE}", "Content-Type: text/plain",
    f"Authorization: KSS {ID}:" + v2(f"PUT\n\n\n{DATE}\n/bkt-ex/a.txt")]))
NAMES = "content-type;host"
case(CODE, "cos-xml-json", cos(
    "PUT /a.txt", ["Content-Type: text/plain"], NAMES, f"put\n/a.txt\n\ncontent-type=application%2Fjson&host={COS_HOST}\n"))

# ---- content-type-charset-appended
CODE = "content-type-charset-appended"
case(CODE, "oss-v1-dropped", oss_v1("PUT /a.txt", [f"Date: {DATE}", "Content-Type: text/plain;charset=UTF-8"], v2(
    f"PUT\n\ntext/plain\n{DATE}\n/bkt-ex/a.txt")))
case(CODE, "oss-v1-signed-with", oss_v1("PUT /a.txt", [f"Date: {DATE}", "Content-Type: text/plain"], v2(
    f"PUT\n\ntext/plain; charset=utf-8\n{DATE}\n/bkt-ex/a.txt")))
signature = escaped(v2(f"PUT\n\nmultipart/form-data\n{EXPIRES}\n/bkt-ex/a"))
case(CODE, "s3-v2-url-boundary", http(
    f"PUT /a?AWSAccessKeyId={ID}&Expires={EXPIRES}&Signature={signature}",
    [f"Host: {S3_HOST}", "Content-Type: multipart/form-data; boundary=----x1"]))
case(CODE, "s3-v4-json", s3_v4(
    "PUT /a", [f"X-Amz-Date: {TIME}", "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD", "Content-Type: application/json; charset=utf-8"],
    "content-type;host;x-amz-content-sha256;x-amz-date", v4(
        f"PUT\n/a\n\ncontent-type:application/json\nhost:{S3_HOST}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:{TIME}\n\n"
        "content-type;host;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD", TIME)))
case(CODE, "oss-v4-blank-and-case", oss_v4(
    "PUT /a.txt", [f"x-oss-date: {TIME}", "x-oss-content-sha256: UNSIGNED-PAYLOAD", "Content-Type: text/html; charset=utf-8"], oss4(
        f"PUT\n/bkt-ex/a.txt\n\ncontent-type:text/html;charset=UTF-8\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n\n"
        "UNSIGNED-PAYLOAD", TIME)))

# ---- content-md5-hex
CODE = "content-md5-hex"
PAIR = [CODE, "signed-header-not-sent"]

# developer.aliyun.com/ask/148861: the hex MD5 was signed, and no header sent.
signature = v2("PUT\nF74FE9B1783C5A8547266A0C35EF1189\ntext/plain\nSat, 08 Sep 2012 08:47:22 GMT\n/listen-ex/1.txt")
assert signature == "OMftY60sLCjRnSGcUItrnRQaVAA="
case(CODE, "oss-v1-upper-case-not-sent", http(
    "PUT /listen-ex/1.txt",
    ["Host: oss.example.com", "Date: Sat, 08 Sep 2012 08:47:22 GMT", "Content-Type: text/plain", "Content-Length: 4",
     "Content-Encoding: utf-8", "Cache-Control: no-cache", f"Authorization: OSS {ID}:{signature}"], "Thaa"), expect=PAIR)

BODY = "0123456789"
RAW = md5(BODY.encode()).digest()
HEX = RAW.hex()
SENT = f"Content-MD5: {b64(RAW)}"
assert b64(RAW) == "eB5eJF1ptWaXm4bijSPyxw=="
case(CODE, "oss-v1-hex", oss_v1("PUT /a", [f"Date: {DATE}", SENT], v2(f"PUT\n{HEX}\n\n{DATE}\n/bkt-ex/a"), BODY))
case(CODE, "s3-v2-base64-of-hex", s3_v2("PUT /a", [f"Date: {DATE}", SENT], v2(f"PUT\n{b64(HEX.encode())}\n\n{DATE}\n/bkt-ex/a"), BODY))
case(CODE, "oss-v1-base64-not-sent", oss_v1("PUT /a", [f"Date: {DATE}"], v2(f"PUT\n{b64(RAW)}\n\n{DATE}\n/bkt-ex/a"), BODY))
case(CODE, "s3-v2-empty", s3_v2("PUT /a", [f"Date: {DATE}", SENT], v2(f"PUT\n\n\n{DATE}\n/bkt-ex/a"), BODY))
case(CODE, "oss-v4-hex", oss_v4("PUT /a", [f"x-oss-date: {TIME}", "x-oss-content-sha256: UNSIGNED-PAYLOAD", SENT], oss4(
    f"PUT\n/bkt-ex/a\n\ncontent-md5:{HEX}\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n\nUNSIGNED-PAYLOAD", TIME), BODY))
case(CODE, "oss-v4-hex-not-sent", oss_v4("PUT /a", [f"x-oss-date: {TIME}", "x-oss-content-sha256: UNSIGNED-PAYLOAD"], oss4(
    f"PUT\n/bkt-ex/a\n\ncontent-md5:{HEX}\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n\nUNSIGNED-PAYLOAD", TIME), BODY),
    expect=PAIR)
case(CODE, "oss-v1-hex-sent", oss_v1("PUT /a", [f"Date: {DATE}", f"Content-MD5: {HEX}"], v2(f"PUT\n{HEX}\n\n{DATE}\n/bkt-ex/a"), BODY),
     certainty="seen", verdict="rejected")

# ---- the payload line of V4
BODY = "hello\n"
HASH = sha256(BODY.encode()).hexdigest()


def put(payload, header, line, body=BODY, path="/a"):
    """A request that sends `payload`, signed with `header` in the header line and `line` in the payload line."""
    names = "host;x-amz-content-sha256;x-amz-date"
    return s3_v4(f"PUT {path}", [f"X-Amz-Date: {TIME}", f"X-Amz-Content-Sha256: {payload}"], names, v4(
        f"PUT\n{path}\n\nhost:{S3_HOST}\nx-amz-content-sha256:{header}\nx-amz-date:{TIME}\n\n{names}\n{line}", TIME), body)


def oss_put(payload, header, line, body=BODY):
    return oss_v4("PUT /a", [f"x-oss-date: {TIME}", f"x-oss-content-sha256: {payload}"], oss4(
        f"PUT\n/bkt-ex/a\n\nx-oss-content-sha256:{header}\nx-oss-date:{TIME}\n\n\n{line}", TIME), body)


def generic(text, body):
    """The same for a service that takes no payload header."""
    names = "host;x-amz-date"
    canonical = f"POST\n/\n\nhost:api.example.com\nx-amz-date:{TIME}\n\n{names}\n{text}"
    return s3_v4("POST /", [f"X-Amz-Date: {TIME}"], names, v4(canonical, TIME, service="execute-api"), body, host="api.example.com",
                 scope=f"{DAY}/us-east-1/execute-api/aws4_request")


CODE = "payload-hash-of-empty-body"
case(CODE, "s3-v4-both", put(HASH, EMPTY, EMPTY))
case(CODE, "s3-v4-line", put(HASH, HASH, EMPTY))
case(CODE, "s3-v4-reverse", put(EMPTY, HASH, HASH))
case(CODE, "oss-v4-line", oss_put("UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", EMPTY))
case(CODE, "aws-v4-generic", generic(EMPTY, BODY))
case(CODE, "s3-v4-sent", put(EMPTY, EMPTY, EMPTY), certainty="seen", verdict="rejected")

case(CODE, "s3-v4-server-names-it", s3_v4("PUT /a", [f"X-Amz-Date: {TIME}"], "host;x-amz-date", "0" * 64, BODY),
     certainty="server", answer=refusal(
         "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.",
         ClientComputedContentSHA256=EMPTY, S3ComputedContentSHA256=HASH))

CODE = "payload-changed-after-hashing"


def digest(text):
    return sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


JSON = '{"name":"a b","list":[1,2]}'
case(CODE, "aws-v4-generic-line-feed-added", generic(digest("hello"), "hello\n"))
case(CODE, "aws-v4-generic-line-feed-lost", generic(digest("hello\n"), "hello"))
case(CODE, "aws-v4-generic-crlf", generic(digest("a\r\nb\r\n"), "a\nb\n"))
case(CODE, "aws-v4-generic-bom", generic(digest(b"\xef\xbb\xbfhello"), "hello"))
case(CODE, "aws-v4-generic-json-with-blanks", generic(digest('{"name": "a b", "list": [1, 2]}'), JSON))
case(CODE, "aws-v4-generic-json-without-blanks", generic(digest(JSON), '{\n  "name": "a b",\n  "list": [1, 2]\n}'))
case(CODE, "s3-v4-rehashed", put(HASH, digest("hello"), digest("hello")))
case(CODE, "s3-v4-stated", put(digest("hello\r\n"), digest("hello\r\n"), digest("hello\r\n")), certainty="seen", verdict="rejected")
case(CODE, "oss-v1-md5", oss_v1("PUT /a", [f"Date: {DATE}", f"Content-MD5: {b64(md5(BODY.encode()).digest())}"], v2(
    f"PUT\n{b64(md5(b'hello').digest())}\n\n{DATE}\n/bkt-ex/a"), BODY))
case(CODE, "oss-v1-md5-stated", oss_v1("PUT /a", [f"Date: {DATE}", f"Content-MD5: {b64(md5(b'hello').digest())}"], v2(
    f"PUT\n{b64(md5(b'hello').digest())}\n\n{DATE}\n/bkt-ex/a"), BODY), certainty="seen", verdict="rejected")

case(CODE, "s3-v4-compressed", put(HASH, HASH, HASH, b"\x1f\x8b\x08\x00made up"), certainty="seen", verdict="rejected")
case(CODE, "s3-v4-server-got-others", put(HASH, HASH, HASH), certainty="server", verdict="rejected", answer=refusal(
    "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ClientComputedContentSHA256=HASH, S3ComputedContentSHA256=digest("hello")))

CODE = "payload-hash-encoding"
IN_BASE64 = b64(sha256(BODY.encode()).digest())
case(CODE, "s3-v4-upper-case-line", put(HASH, HASH, HASH.upper()))
case(CODE, "s3-v4-base64-both", put(HASH, IN_BASE64, IN_BASE64))
case(CODE, "s3-v4-0x", put(HASH, "0x" + HASH, "0x" + HASH))
case(CODE, "s3-v4-base64-sent", put(IN_BASE64, IN_BASE64, IN_BASE64), certainty="seen", verdict="rejected")

CODE = "payload-hash-literal-wrong"
case(CODE, "s3-v4-unsigned", put(HASH, HASH, "UNSIGNED-PAYLOAD"))
case(CODE, "s3-v4-hash", put("UNSIGNED-PAYLOAD", HASH, HASH))
case(CODE, "s3-v4-misspelled", put("UNSIGNED-PAYLOAD", "UNSIGNED_PAYLOAD", "UNSIGNED_PAYLOAD"))
case(CODE, "s3-v4-streaming", put("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD"))
case(CODE, "oss-v4-hash-line", oss_put("UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", HASH))
case(CODE, "oss-v4-hash-sent", oss_put(HASH, HASH, HASH), certainty="seen", verdict="rejected")
case(CODE, "s3-v4-unknown-sent", put("UNSIGNED_PAYLOAD", "UNSIGNED_PAYLOAD", "UNSIGNED_PAYLOAD"), certainty="seen", verdict="rejected")

case(CODE, "oss-v4-server-by-number", oss_put("UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD"), certainty="server",
     verdict="rejected", answer=refusal("InvalidArgument", "Invalid x-oss-content-sha256.", EC="0002-00000214"))

query = (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={ID}%2F{DAY}%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date={TIME}"
         "&X-Amz-Expires=900&X-Amz-SignedHeaders=host")
signature = v4(f"GET\n/a\n{query}\nhost:{S3_HOST}\n\nhost\n{EMPTY}", TIME)
case(CODE, "s3-v4-url-hash", http(f"GET /a?{query}&X-Amz-Signature={signature}", [f"Host: {S3_HOST}"]))

# ---- x-amz-content-sha256-missing
CODE = "x-amz-content-sha256-missing"
ALL = "host;x-amz-content-sha256;x-amz-date"
FEW = "host;x-amz-date"
case(CODE, "s3-v4-line-left-out", s3_v4("PUT /a", [f"X-Amz-Date: {TIME}", f"X-Amz-Content-Sha256: {HASH}"], ALL, v4(
    f"PUT\n/a\n\nhost:{S3_HOST}\nx-amz-date:{TIME}\n\n{ALL}\n{HASH}", TIME), BODY))
case(CODE, "oss-v4-line-left-out", oss_v4("PUT /a", [f"x-oss-date: {TIME}", "x-oss-content-sha256: UNSIGNED-PAYLOAD"], oss4(
    f"PUT\n/bkt-ex/a\n\nx-oss-date:{TIME}\n\n\nUNSIGNED-PAYLOAD", TIME), BODY))
case(CODE, "s3-v4-not-sent", s3_v4("PUT /a", [f"X-Amz-Date: {TIME}"], FEW, v4(
    f"PUT\n/a\n\nhost:{S3_HOST}\nx-amz-content-sha256:{HASH}\nx-amz-date:{TIME}\n\n{ALL}\n{HASH}", TIME), BODY))
case(CODE, "s3-v4-neither", s3_v4("PUT /a", [f"X-Amz-Date: {TIME}"], FEW, v4(
    f"PUT\n/a\n\nhost:{S3_HOST}\nx-amz-date:{TIME}\n\n{FEW}\n{HASH}", TIME), BODY), certainty="seen", verdict="rejected")

case(CODE, "s3-v4-server-misses-it", s3_v4("PUT /a", [f"X-Amz-Date: {TIME}"], FEW, "0" * 64, BODY), certainty="server", answer=refusal(
    "InvalidRequest", "Missing required header for this request: x-amz-content-sha256"))

# ---- sdk-default-checksum
NAMES = "host;x-amz-checksum-crc32;x-amz-content-sha256;x-amz-date;x-amz-sdk-checksum-algorithm"
WITH_CHECKSUM = s3_v4(
    "PUT /b-ex/a", [f"X-Amz-Date: {TIME}", f"X-Amz-Content-Sha256: {HASH}", "x-amz-checksum-crc32: NhCmhg==", "x-amz-sdk-checksum-algorithm: CRC32"],
    NAMES, v4(f"PUT\n/b-ex/a\n\nhost:minio.example.com\nx-amz-checksum-crc32:NhCmhg==\nx-amz-content-sha256:{HASH}\nx-amz-date:{TIME}\n"
              f"x-amz-sdk-checksum-algorithm:CRC32\n\n{NAMES}\n{HASH}", TIME), BODY, host="minio.example.com")
case("sdk-default-checksum", "s3-v4-compatible-server", WITH_CHECKSUM, certainty="seen", verdict="valid")
case("sdk-default-checksum", "s3-v4-not-implemented", WITH_CHECKSUM, certainty="server", verdict="rejected", answer=refusal(
    "NotImplemented", "A header you provided implies functionality that is not implemented."))

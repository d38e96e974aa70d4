"""Headers: left out, added, sent twice, changed on the way, or written in another form."""

from hashlib import md5

from plant import ID, b64, case, oss4, v2, v4
from shapes import COS_HOST, DATE, DAY, EXPIRES, OSS_HOST, S3_HOST, TIME, cos, escaped, http, oss_v1, oss_v4, refusal, s3_v2, s3_v4

DATED = f"Date: {DATE}"
UNSIGNED = ["X-Amz-Content-Sha256: UNSIGNED-PAYLOAD", f"X-Amz-Date: {TIME}"]
OSS = ["x-oss-content-sha256: UNSIGNED-PAYLOAD", f"x-oss-date: {TIME}"]
OSS_LINES = f"x-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n"


def canonical(names, lines, method="PUT", path="/a", query="", payload="UNSIGNED-PAYLOAD"):
    """A canonical request of S3 with these header lines."""
    return f"{method}\n{path}\n{query}\n{lines}\n{names}\n{payload}"


def oss_canonical(lines, additional="", path="/bkt-ex/a"):
    return f"PUT\n{path}\n\n{lines}\n{additional}\nUNSIGNED-PAYLOAD"


HOST = f"host:{S3_HOST}\n"
AMZ = f"x-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:{TIME}\n"

# ---- signed-header-not-sent
CODE = "signed-header-not-sent"
NAMES = "content-type;host;x-amz-acl;x-amz-content-sha256;x-amz-date"
case(CODE, "s3-v4-acl", s3_v4("PUT /a", [*UNSIGNED, "Content-Type: text/plain"], NAMES, v4(
    canonical(NAMES, f"content-type:text/plain\n{HOST}x-amz-acl:public-read\n{AMZ}"), TIME)))
case(CODE, "s3-v4-line-left-out", s3_v4("PUT /a", [*UNSIGNED, "Content-Type: text/plain"], NAMES, v4(
    canonical(NAMES, f"content-type:text/plain\n{HOST}{AMZ}"), TIME)))
case(CODE, "s3-v2-acl", s3_v2("PUT /a", [DATED], v2(f"PUT\n\n\n{DATE}\nx-amz-acl:public-read\n/bkt-ex/a")))
case(CODE, "oss-v1-encryption-between", oss_v1("PUT /a", [DATED, "x-oss-forbid-overwrite: true", "x-oss-tagging: a"], v2(
    f"PUT\n\n\n{DATE}\nx-oss-forbid-overwrite:true\nx-oss-server-side-encryption:AES256\nx-oss-tagging:a\n/bkt-ex/a")))
case(CODE, "oss-v1-type", oss_v1("PUT /a.jpg", [DATED], v2(f"PUT\n\nimage/jpeg\n{DATE}\n/bkt-ex/a.jpg")))
signature = escaped(v2(f"PUT\n\napplication/octet-stream\n{EXPIRES}\n/bkt-ex/a"))
case(CODE, "s3-v2-url-type", http(f"PUT /a?AWSAccessKeyId={ID}&Expires={EXPIRES}&Signature={signature}", [f"Host: {S3_HOST}"]))
case(CODE, "s3-v2-md5", s3_v2("PUT /a", [DATED], v2(f"PUT\n{b64(md5(b'hello').digest())}\n\n{DATE}\n/bkt-ex/a"), "hello"))
case(CODE, "oss-v1-md5-of-nothing", oss_v1("PUT /a", [DATED, "Content-Length: 0"], v2(f"PUT\n{b64(md5(b'').digest())}\n\n{DATE}\n/bkt-ex/a")))
case(CODE, "oss-v4-acl", oss_v4("PUT /a", OSS, oss4(
    oss_canonical(f"x-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\nx-oss-object-acl:private\n"), TIME)))
case(CODE, "oss-v4-type-first", oss_v4("PUT /a", OSS, oss4(oss_canonical(f"content-type:text/plain\n{OSS_LINES}"), TIME)))

query = (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={ID}%2F{DAY}%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date={TIME}"
         "&X-Amz-Expires=900&X-Amz-SignedHeaders=content-type%3Bhost")
signature = v4(canonical("content-type;host", f"content-type:image/png\n{HOST}", path="/a.png", query=query), TIME)
case(CODE, "s3-v4-url-type", http(f"PUT /a.png?{query}&X-Amz-Signature={signature}", [f"Host: {S3_HOST}"]))
NAMES = "content-type;host;x-amz-content-sha256;x-amz-date"
case(CODE, "s3-v4-listed", s3_v4("PUT /a", UNSIGNED, NAMES, v4(canonical(NAMES, f"content-type:\n{HOST}{AMZ}"), TIME)),
     certainty="seen", verdict="valid")
case(CODE, "oss-v4-listed", oss_v4("PUT /a", OSS, oss4(oss_canonical(f"range:\n{OSS_LINES}", "range"), TIME), additional="range"),
     certainty="seen", verdict="rejected")

case(CODE, "cos-xml-acl", cos("PUT /a", [], "host;x-cos-acl", f"put\n/a\n\nhost={COS_HOST}&x-cos-acl=public-read\n"))

# ---- signed-header-removed-by-proxy
CODE = "signed-header-removed-by-proxy"
NAMES = "expect;host;x-amz-content-sha256;x-amz-date"
case(CODE, "s3-v4-expect", s3_v4("PUT /a", UNSIGNED, NAMES, v4(canonical(NAMES, f"expect:100-continue\n{HOST}{AMZ}"), TIME)))
NAMES = "content-length;host;x-amz-content-sha256;x-amz-date"
case(CODE, "s3-v4-length-of-get", s3_v4("GET /a", UNSIGNED, NAMES, v4(
    canonical(NAMES, f"content-length:0\n{HOST}{AMZ}", method="GET"), TIME)))
case(CODE, "oss-v4-range", oss_v4("PUT /a", OSS, oss4(
    oss_canonical(f"range:bytes=0-\n{OSS_LINES}", "range"), TIME), additional="range"))

# ---- header-added-after-signing
CODE = "header-added-after-signing"
META = ["x-oss-meta-a: 1", "x-oss-meta-b: 2"]
case(CODE, "oss-v1-one", oss_v1("PUT /a", [DATED, *META], v2(f"PUT\n\n\n{DATE}\nx-oss-meta-b:2\n/bkt-ex/a")))
case(CODE, "s3-v2-all", s3_v2("PUT /a", ["x-amz-date: " + DATE, "x-amz-acl: private", "x-amz-meta-a: 1"], v2(
    f"PUT\n\n\n\nx-amz-date:{DATE}\n/bkt-ex/a")))
case(CODE, "oss-v4-one", oss_v4("PUT /a", [*OSS, "x-oss-object-acl: private"], oss4(oss_canonical(OSS_LINES), TIME)))
NAMES = "host;x-amz-acl;x-amz-content-sha256;x-amz-date"
FEW = "host;x-amz-content-sha256;x-amz-date"
case(CODE, "s3-v4-listed", s3_v4("PUT /a", [*UNSIGNED, "x-amz-acl: private"], NAMES, v4(canonical(FEW, f"{HOST}{AMZ}"), TIME)))
case(CODE, "s3-v4-line-alone", s3_v4("PUT /a", [*UNSIGNED, "x-amz-acl: private"], NAMES, v4(canonical(NAMES, f"{HOST}{AMZ}"), TIME)))
case(CODE, "s3-v4-unsigned", s3_v4("PUT /a", [*UNSIGNED, "x-amz-acl: private"], FEW, v4(canonical(FEW, f"{HOST}{AMZ}"), TIME)),
     certainty="seen", verdict="rejected")
query = (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={ID}%2F{DAY}%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date={TIME}"
         "&X-Amz-Expires=900&X-Amz-SignedHeaders=host")
signature = v4(canonical("host", HOST, query=query), TIME)
case(CODE, "s3-v4-url-unsigned", http(f"PUT /a?{query}&X-Amz-Signature={signature}", [f"Host: {S3_HOST}", "x-amz-meta-a: 1"]),
     certainty="seen", verdict="rejected")

signature = v4(canonical(FEW, f"host:s3.example.com\n{AMZ}", path="/b-ex/a"), TIME)
case(CODE, "s3-v4-server-names-them", s3_v4("PUT /b-ex/a", UNSIGNED, FEW, signature, host="s3.example.com"),
     certainty="server", verdict="rejected", answer=refusal(
         "AccessDenied", "There were headers present in the request which were not signed", HeadersNotSigned="x-amz-acl, x-amz-meta-a"))

case(CODE, "ks3-v2-all", http("PUT /a", [
    "Host: bkt-ex.ks3-cn-beijing.ksyuncs.com", DATED, "x-kss-acl: private", "x-kss-meta-a: 1",
    f"Authorization: KSS {ID}:" + v2(f"PUT\n\n\n{DATE}\n/bkt-ex/a")]))

# ---- header-added-by-proxy
CODE = "header-added-by-proxy"
case(CODE, "oss-v1-cdn", oss_v1("GET /a", [DATED, "x-oss-range-behavior: standard"], v2(f"GET\n\n\n{DATE}\n/bkt-ex/a")))
case(CODE, "s3-v2-cloudfront", s3_v2("GET /a", [DATED, "X-Amz-Cf-Id: made-up==", "x-amz-meta-a: 1"], v2(
    f"GET\n\n\n{DATE}\nx-amz-meta-a:1\n/bkt-ex/a")))

# ---- x-headers-not-signed
CODE = "x-headers-not-signed"
ALL = ["x-oss-object-acl: private", "x-oss-meta-a: 1", "x-oss-meta-b: 2", f"x-oss-date: {DATE}"]
case(CODE, "oss-v1-none", oss_v1("PUT /a", ALL, v2(f"PUT\n\n\n{DATE}\n/bkt-ex/a")))
case(CODE, "oss-v1-only-metadata", oss_v1("PUT /a", ALL, v2(f"PUT\n\n\n{DATE}\nx-oss-meta-a:1\nx-oss-meta-b:2\n/bkt-ex/a")))
case(CODE, "oss-v1-only-acl", oss_v1("PUT /a", ALL, v2(f"PUT\n\n\n{DATE}\nx-oss-object-acl:private\n/bkt-ex/a")))
case(CODE, "s3-v2-only-date", s3_v2("PUT /a", [f"x-amz-date: {DATE}", "x-amz-acl: private", "x-amz-meta-a: 1"], v2(
    f"PUT\n\n\n\nx-amz-date:{DATE}\n/bkt-ex/a")))

# ---- header-duplicated-by-case
CODE = "header-duplicated-by-case"
TWICE = ["X-Oss-Meta-A: one", "x-oss-meta-a: two"]
case(CODE, "oss-v1-first", oss_v1("PUT /a", [DATED, *TWICE], v2(f"PUT\n\n\n{DATE}\nx-oss-meta-a:one\n/bkt-ex/a")))
case(CODE, "oss-v1-two-lines", oss_v1("PUT /a", [DATED, *TWICE], v2(f"PUT\n\n\n{DATE}\nx-oss-meta-a:one\nx-oss-meta-a:two\n/bkt-ex/a")))
DATES = ["X-Amz-Date: 20180521T195541Z", f"x-amz-date: {TIME}"]
for name, dates in [("last-date", DATES), ("first-date", DATES[::-1])]:
    case(CODE, f"s3-v4-{name}", s3_v4("PUT /a", [*dates, "x-amz-content-sha256: UNSIGNED-PAYLOAD"], FEW, v4(canonical(FEW, HOST + AMZ), TIME)))
TWO_DATES = [f"X-Oss-Date: {DATE.replace(':40', ':41')}", f"x-oss-date: {DATE}"]
case(CODE, "oss-v1-last-date", oss_v1("PUT /a", TWO_DATES, v2(f"PUT\n\n\n{DATE}\nx-oss-date:{DATE}\n/bkt-ex/a")))
case(CODE, "s3-v2-type-joined", s3_v2("PUT /a", [DATED, "Content-Type: text/plain", "content-type: text/html"], v2(
    f"PUT\n\ntext/plain,text/html\n{DATE}\n/bkt-ex/a")))
NAMES = "host;x-amz-content-sha256;x-amz-date;x-amz-meta-a"
DOUBLE = [*UNSIGNED, "X-Amz-Meta-A: one", "x-amz-meta-a: two"]
case(CODE, "s3-v4-last", s3_v4("PUT /a", DOUBLE, NAMES, v4(canonical(NAMES, f"{HOST}{AMZ}x-amz-meta-a:two\n"), TIME)))
case(CODE, "s3-v4-sent", s3_v4("PUT /a", DOUBLE, NAMES, v4(canonical(NAMES, f"{HOST}{AMZ}x-amz-meta-a:one,two\n"), TIME)),
     certainty="seen", verdict="valid")

# ---- accept-encoding-rewritten
CODE = "accept-encoding-rewritten"
NAMES = "accept-encoding;host;x-amz-content-sha256;x-amz-date"

# siderolabs/talos-backup#64: right as sent; Google's front end appends to the header.
GOOGLE = "host:storage.googleapis.com\n"
SCOPE = f"{DAY}/auto/s3/aws4_request"
signature = v4(canonical(NAMES, f"accept-encoding:identity\n{GOOGLE}{AMZ}", path="/bk-ex/snap.db", query="x-id=PutObject"), TIME, region="auto")
assert signature == "763bb141610275e7ed13a7e0251eeddd1fae9b43a7e3164715eb11bdb9fdc835"
case(CODE, "s3-v4-google-as-sent", s3_v4(
    "PUT /bk-ex/snap.db?x-id=PutObject", [*UNSIGNED, "Accept-Encoding: identity"], NAMES, signature,
    host="storage.googleapis.com", scope=SCOPE), certainty="seen", verdict="valid")
case(CODE, "s3-v4-google-as-received", s3_v4(
    "PUT /bk-ex/snap.db?x-id=PutObject", [*UNSIGNED, "Accept-Encoding: identity,gzip(gfe)"], NAMES, signature,
    host="storage.googleapis.com", scope=SCOPE))
case(CODE, "s3-v4-cdn", s3_v4("PUT /a", [*UNSIGNED, "Accept-Encoding: gzip"], NAMES, v4(
    canonical(NAMES, f"accept-encoding:gzip, deflate, br\n{HOST}{AMZ}"), TIME)))
case(CODE, "s3-v4-left-out", s3_v4("PUT /a", [*UNSIGNED, "Accept-Encoding: gzip"], NAMES, v4(canonical(FEW, f"{HOST}{AMZ}"), TIME)))

# ---- volatile-header-signed
CODE = "volatile-header-signed"
NAMES = "host;user-agent;x-amz-content-sha256;x-amz-date;x-forwarded-for"
case(CODE, "s3-v4-sent", s3_v4("PUT /a", [*UNSIGNED, "User-Agent: up/1.0", "X-Forwarded-For: 192.0.2.7"], NAMES, v4(
    canonical(NAMES, f"{HOST}user-agent:up/1.0\n{AMZ}x-forwarded-for:192.0.2.7\n"), TIME)), certainty="seen", verdict="valid")
NAMES = "content-length;host;x-amz-content-sha256;x-amz-date"
case(CODE, "s3-v4-length", s3_v4("PUT /a", [*UNSIGNED, "Content-Length: 0"], NAMES, v4(
    canonical(NAMES, f"content-length:5\n{HOST}{AMZ}"), TIME), "hello"))

case(CODE, "cos-xml-length", cos("PUT /a", ["Content-Length: 5"], "content-length;host", f"put\n/a\n\ncontent-length=5&host={COS_HOST}\n"),
     certainty="seen", verdict="valid")

# ---- header-whitespace-not-collapsed
CODE = "header-whitespace-not-collapsed"
NAMES = "host;x-amz-content-sha256;x-amz-date;x-amz-meta-a"
case(CODE, "s3-v4-kept", s3_v4("PUT /a", [*UNSIGNED, "x-amz-meta-a: two  blanks"], NAMES, v4(
    canonical(NAMES, f"{HOST}{AMZ}x-amz-meta-a:two  blanks\n"), TIME)))
case(CODE, "s3-v4-quoted", s3_v4("PUT /a", [*UNSIGNED, 'x-amz-meta-a: "a  b"  c'], NAMES, v4(
    canonical(NAMES, f'{HOST}{AMZ}x-amz-meta-a:"a  b" c\n'), TIME)))
case(CODE, "oss-v1-collapsed", oss_v1("PUT /a", [DATED, "x-oss-meta-a: two  blanks"], v2(
    f"PUT\n\n\n{DATE}\nx-oss-meta-a:two blanks\n/bkt-ex/a")))
case(CODE, "oss-v1-not-trimmed", oss_v1("PUT /a", [DATED, "x-oss-meta-a: end  "], v2(
    f"PUT\n\n\n{DATE}\nx-oss-meta-a:end  \n/bkt-ex/a")))
case(CODE, "s3-v2-tab", s3_v2("PUT /a", [DATED, "x-amz-meta-a: a\tb"], v2(f"PUT\n\n\n{DATE}\nx-amz-meta-a:a b\n/bkt-ex/a")))
case(CODE, "oss-v4-collapsed", oss_v4("PUT /a", [*OSS, "x-oss-meta-a: two  blanks"], oss4(
    oss_canonical(f"{OSS_LINES}x-oss-meta-a:two blanks\n"), TIME)))

# ---- header-sort-wrong
CODE = "header-sort-wrong"
DATE_2014 = "Wed, 03 Sep 2014 10:00:00 GMT"
AMZ_SSE = "x-amz-server-side-encryption-customer-"

# AdRoll/goamz#215: '-' sorts before ':', so whole lines come in another order than names.
signature = v2(f"PUT\n\n\n{DATE_2014}\n{AMZ_SSE}algorithm:AES256\n{AMZ_SSE}key-md5:TUQ1\n{AMZ_SSE}key:S0VZ\n/b-ex/o")
assert signature == "9gjCvynX6sj4AeIp09PmfgNyuUY="
case(CODE, "s3-v2-whole-lines", s3_v2(
    "PUT /o", [f"Date: {DATE_2014}", f"{AMZ_SSE}algorithm: AES256", f"{AMZ_SSE}key: S0VZ", f"{AMZ_SSE}key-md5: TUQ1"], signature,
    host="b-ex.s3.amazonaws.com"))
MIXED = ["x-oss-tagging: 1", "X-Oss-Meta-B: 2", "x-oss-meta-a: 3"]
case(CODE, "oss-v1-as-sent", oss_v1("PUT /a", [DATED, *MIXED], v2(
    f"PUT\n\n\n{DATE}\nx-oss-tagging:1\nx-oss-meta-b:2\nx-oss-meta-a:3\n/bkt-ex/a")))
case(CODE, "oss-v1-before-lowering", oss_v1("PUT /a", [DATED, *MIXED], v2(
    f"PUT\n\n\n{DATE}\nx-oss-meta-b:2\nx-oss-meta-a:3\nx-oss-tagging:1\n/bkt-ex/a")))
case(CODE, "oss-v1-not-lower", oss_v1("PUT /a", [DATED, *MIXED], v2(
    f"PUT\n\n\n{DATE}\nx-oss-meta-a:3\nX-Oss-Meta-B:2\nx-oss-tagging:1\n/bkt-ex/a")))
case(CODE, "oss-v1-blank", oss_v1("PUT /a", [DATED, "x-oss-meta-a: 1"], v2(f"PUT\n\n\n{DATE}\nx-oss-meta-a: 1\n/bkt-ex/a")))
NAMES = "host;x-amz-content-sha256;x-amz-date;x-amz-meta-a"
case(CODE, "s3-v4-as-sent", s3_v4("PUT /a", ["x-amz-meta-a: 1", f"X-Amz-Date: {TIME}", "x-amz-content-sha256: UNSIGNED-PAYLOAD"], NAMES, v4(
    canonical(NAMES, f"{HOST}x-amz-meta-a:1\nx-amz-date:{TIME}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\n"), TIME)))
case(CODE, "oss-v4-not-lower", oss_v4("PUT /a", [*OSS, "X-Oss-Meta-A: 1"], oss4(
    oss_canonical(f"{OSS_LINES}X-Oss-Meta-A:1\n"), TIME)))
NAMES = "x-amz-date;host;x-amz-content-sha256"
case(CODE, "s3-v4-list-as-sent", s3_v4("PUT /a", UNSIGNED, NAMES, v4(
    canonical(NAMES, f"x-amz-date:{TIME}\n{HOST}x-amz-content-sha256:UNSIGNED-PAYLOAD\n"), TIME)), certainty="seen", verdict="valid")

case(CODE, "cos-xml-as-sent", cos("PUT /a", ["x-cos-meta-b: 2", "x-cos-meta-a: 1"], "host;x-cos-meta-a;x-cos-meta-b",
                                  f"put\n/a\n\nhost={COS_HOST}&x-cos-meta-b=2&x-cos-meta-a=1\n"))

# COS takes the lists for the order, and refuses others than sorted ones.
COS_ACL = ["x-cos-acl: private"]
case(CODE, "cos-xml-list-as-sent", cos("GET /a", COS_ACL, "x-cos-acl;host", f"get\n/a\n\nx-cos-acl=private&host={COS_HOST}\n"),
     certainty="seen", verdict="rejected")
case(CODE, "cos-xml-only-the-list-as-sent", cos("GET /a", COS_ACL, "x-cos-acl;host", f"get\n/a\n\nhost={COS_HOST}&x-cos-acl=private\n"))
NAMES = "range;host"
case(CODE, "oss-v4-list-as-sent", oss_v4("GET /a", [*OSS, "Range: bytes=0-1"], oss4(
    f"GET\n/bkt-ex/a\n\nhost:{OSS_HOST}\nrange:bytes=0-1\n{OSS_LINES}\nhost;range\nUNSIGNED-PAYLOAD", TIME), additional=NAMES),
     certainty="seen", verdict="valid")
# The list of signed headers in capitals: with the names signed so, in lower case, and both in lower case.
NAMES = "Host;X-Amz-Content-Sha256;X-Amz-Date"
LOWER = NAMES.lower()
CAPITALS = f"Host:{S3_HOST}\nX-Amz-Content-Sha256:UNSIGNED-PAYLOAD\nX-Amz-Date:{TIME}\n"
case(CODE, "s3-v4-list-in-capitals", s3_v4("PUT /a", UNSIGNED, NAMES, v4(canonical(NAMES, CAPITALS), TIME)),
     certainty="seen", verdict="rejected")
case(CODE, "s3-v4-only-the-list-in-capitals", s3_v4("PUT /a", UNSIGNED, NAMES, v4(canonical(NAMES, f"{HOST}{AMZ}"), TIME)))
case(CODE, "s3-v4-only-the-sent-list-in-capitals", s3_v4("PUT /a", UNSIGNED, NAMES, v4(canonical(LOWER, f"{HOST}{AMZ}"), TIME)))

# The server sorts the list of OSS.
UNSORTED = ["Range: bytes=0-1", *OSS]
case(CODE, "oss-v4-unsorted-list-signed", oss_v4("PUT /a", UNSORTED, oss4(
    oss_canonical(f"host:{OSS_HOST}\nrange:bytes=0-1\n{OSS_LINES}", "range;host"), TIME), additional="range;host"))

# ---- signature-version-wrong
# OSS signs the host only where it is listed, and lists nothing that is signed anyway.
case("signature-version-wrong", "oss-v4-host-not-listed", oss_v4("PUT /a", OSS, oss4(oss_canonical(f"host:{OSS_HOST}\n{OSS_LINES}"), TIME)))
AS_AWS = oss4(oss_canonical(f"host:{OSS_HOST}\n{OSS_LINES}", "host;x-oss-content-sha256;x-oss-date"), TIME)
case("signature-version-wrong", "oss-v4-list-of-aws", oss_v4("PUT /a", OSS, AS_AWS))

# ---- header-value-newline
CODE = "header-value-newline"
case(CODE, "oss-v1-line-feed", oss_v1("PUT /a", [DATED, "x-oss-meta-a: 1"], v2(f"PUT\n\n\n{DATE}\nx-oss-meta-a:1\n\n/bkt-ex/a")))
# Tried alone, and named with a second mistake as the other name of a line end too many.
case(CODE, "oss-v1-line-feed-and-method", oss_v1("PUT /a", [DATED, "x-oss-meta-a: 1"], v2(f"GET\n\n\n{DATE}\nx-oss-meta-a:1\n\n/bkt-ex/a")),
     expect=[CODE, "method-mismatch"])
# A line written by hand has an end of its own, whatever those of the others are.
case("signed-header-not-sent", "oss-v1-own-end-and-crlf", oss_v1("PUT /a", [DATED], v2(
    f"PUT\r\n\r\n\r\n{DATE}\r\nx-oss-acl:private\n/bkt-ex/a")), expect=["signed-header-not-sent", "string-to-sign-crlf"])
case(CODE, "s3-v2-type", s3_v2("PUT /a", [DATED, "Content-Type: text/plain"], v2(f"PUT\n\ntext/plain\r\n\n{DATE}\n/bkt-ex/a")))
NAMES = "host;x-amz-content-sha256;x-amz-date;x-amz-meta-a"
case(CODE, "s3-v4-line-feed", s3_v4("PUT /a", [*UNSIGNED, "x-amz-meta-a: 1"], NAMES, v4(
    canonical(NAMES, f"{HOST}{AMZ}x-amz-meta-a:1\n\n"), TIME)))

# ---- header-value-charset
CODE = "header-value-charset"
case(CODE, "oss-v1-latin-1-sent", oss_v1("PUT /a", [DATED, b"x-oss-meta-a: caf\xe9"], v2(
    f"PUT\n\n\n{DATE}\nx-oss-meta-a:café\n/bkt-ex/a")))
case(CODE, "oss-v1-latin-1-signed", oss_v1("PUT /a", [DATED, "x-oss-meta-a: café"], v2(
    f"PUT\n\n\n{DATE}\nx-oss-meta-a:caf".encode() + b"\xe9\n/bkt-ex/a")))
case(CODE, "s3-v2-escaped-sent", s3_v2("PUT /a", [DATED, "x-amz-meta-a: caf%C3%A9"], v2(
    f"PUT\n\n\n{DATE}\nx-amz-meta-a:café\n/bkt-ex/a")))
case(CODE, "s3-v4-escaped-signed", s3_v4("PUT /a", [*UNSIGNED, "x-amz-meta-a: café"], NAMES, v4(
    canonical(NAMES, f"{HOST}{AMZ}x-amz-meta-a:caf%C3%A9\n"), TIME)))
case(CODE, "s3-v4-encoded-word", s3_v4("PUT /a", [*UNSIGNED, "x-amz-meta-a: =?UTF-8?B?Y2Fmw6k=?="], NAMES, v4(
    canonical(NAMES, f"{HOST}{AMZ}x-amz-meta-a:café\n"), TIME)))
case(CODE, "oss-v4-quoted-word", oss_v4("PUT /a", [*OSS, "x-oss-meta-a: café au lait"], oss4(
    oss_canonical(f"{OSS_LINES}x-oss-meta-a:=?UTF-8?Q?caf=C3=A9_au_lait?=\n"), TIME)))

# ---- copy-source-not-encoded
CODE = "copy-source-not-encoded"
case(CODE, "oss-v1-decoded-signed", oss_v1("PUT /a", [DATED, "x-oss-copy-source: /src-ex/a%20b%2Bc.txt"], v2(
    f"PUT\n\n\n{DATE}\nx-oss-copy-source:/src-ex/a b+c.txt\n/bkt-ex/a")))
case(CODE, "s3-v2-no-slash-signed", s3_v2("PUT /a", [DATED, "x-amz-copy-source: /src-ex/a.txt?versionId=v1"], v2(
    f"PUT\n\n\n{DATE}\nx-amz-copy-source:src-ex/a.txt?versionId=v1\n/bkt-ex/a")))
NAMES = "host;x-amz-content-sha256;x-amz-copy-source;x-amz-date"
case(CODE, "s3-v4-encoded-signed", s3_v4("PUT /a", [*UNSIGNED, "x-amz-copy-source: /src-ex/käse.txt"], NAMES, v4(
    canonical(NAMES, f"{HOST}x-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-copy-source:/src-ex/k%C3%A4se.txt\nx-amz-date:{TIME}\n"), TIME)))
case(CODE, "oss-v1-raw-sent", oss_v1("PUT /a", [DATED, "x-oss-copy-source: /src-ex/käse.txt"], v2(
    f"PUT\n\n\n{DATE}\nx-oss-copy-source:/src-ex/käse.txt\n/bkt-ex/a")), certainty="seen", verdict="valid")

# Lists of signed headers that are refused as such.
NAMES = "x-amz-content-sha256;x-amz-date"
case("header-added-after-signing", "s3-v4-host-not-listed", s3_v4("PUT /a", UNSIGNED, NAMES, v4(canonical(NAMES, AMZ), TIME)),
     certainty="seen", verdict="rejected")
for name, listed, lines in [("empty", "", OSS_LINES), ("empty-name", "host;", f"host:{OSS_HOST}\n{OSS_LINES}")]:
    signed = oss4(oss_canonical(lines, listed.rstrip(";")), TIME)
    case("header-sort-wrong", f"oss-v4-list-{name}", http("PUT /a", [
        f"Host: {OSS_HOST}", *OSS, f"Authorization: OSS4-HMAC-SHA256 Credential={ID}/{DAY}/cn-hangzhou/oss/aliyun_v4_request,"
        f"AdditionalHeaders={listed},Signature={signed}"]), certainty="seen", verdict="rejected")

# COS escapes the values of headers, which clients forget, or do by another rule.
for name, sent, signed in [
    ("bare", "text/plain; charset=utf-8", "text/plain; charset=utf-8"), ("slash-bare", "text/plain; a=b", "text/plain%3B%20a%3Db"),
    ("plus", "text/plain; a=b", "text%2Fplain%3B+a%3Db"), ("small-digits", "text/plain", "text%2fplain"),
]:
    case("key-encode-set-wrong", f"cos-header-{name}", cos("PUT /a.txt", [f"Content-Type: {sent}"], "content-type;host",
         f"put\n/a.txt\n\ncontent-type={signed}&host={COS_HOST}\n"))

# The same text follows from the rules of another vendor, which know no such headers.
for scheme, of, prefix, name in [("oss-v1", oss_v1, "oss", "meta-a"), ("s3-v2", s3_v2, "amz", "meta-a")]:
    both = ["header-added-after-signing", "string-to-sign-crlf"]
    case("header-added-after-signing", f"{scheme}-one-and-crlf", of("PUT /a", [DATED, f"x-{prefix}-{name}: v"], v2(
        f"PUT\n\n\n{DATE}\n/bkt-ex/a".replace("\n", "\r\n"))), both)

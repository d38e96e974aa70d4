"""The parameters."""

import hashlib

from forms import *
from plant import ID, SECRET, TOKEN, case, mac

SUB = "subresource-not-signed"
case(SUB, "oss-v1", oss_v1("/a.txt?acl", lines("/ob-ex/a.txt")))
case(SUB, "oss-v1-one-of-two", oss_v1("/a.txt?uploadId=U1&partNumber=2", lines("/ob-ex/a.txt?uploadId=U1"), method="GET"))
case(SUB, "oss-v1-two-of-three",
     oss_v1("/a.txt?uploadId=U1&partNumber=2&x-oss-traffic-limit=819200", lines("/ob-ex/a.txt?uploadId=U1")))
case(SUB, "s3-v2", s3_v2("/?versioning", lines("/bkt-ex/")))
case(SUB, "s3-v2-url",
     s3_v2_url(f"https://{S3_HOST}/a.txt?response-content-type=text%2Fplain&versionId=3", url_lines("/bkt-ex/a.txt")))
case(SUB, "oss-v1-url", oss_v1_url(f"https://{OSS_HOST}/a.jpg?x-oss-process=style%2Fa", url_lines("/ob-ex/a.jpg")))

OTHER = "non-subresource-signed"
case(OTHER, "oss-v1", oss_v1("/?prefix=a%2Fb&max-keys=10", lines("/ob-ex/?prefix=a/b")))
case(OTHER, "oss-v1-all-sorted", oss_v1("/?prefix=p&acl&max-keys=10", lines("/ob-ex/?acl&max-keys=10&prefix=p")))
case(OTHER, "s3-v2-as-it-stands", s3_v2("/?prefix=a%2Fb&max-keys=10", lines("/bkt-ex/?prefix=a%2Fb&max-keys=10")))
case(OTHER, "s3-v2-url", s3_v2_url(f"https://{S3_HOST}/a.txt?v=7", url_lines("/bkt-ex/a.txt?v=7")))

VALUE = "subresource-value-encoded"
NAME = "attachment;%20filename%3D%22a%20b.txt%22"
case(VALUE, "oss-v1-url", oss_v1_url(f"https://{OSS_HOST}/a.txt?response-content-disposition={NAME.replace(';', '%3B')}",
                                     url_lines("/ob-ex/a.txt?response-content-disposition=attachment%3B%20filename%3D%22a%20b.txt%22")))
case(VALUE, "s3-v2-url-as-sent", s3_v2_url(f"https://{S3_HOST}/a.txt?response-content-disposition={NAME}",
                                           url_lines(f"/bkt-ex/a.txt?response-content-disposition={NAME}")))
case(VALUE, "oss-v1-form", oss_v1("/a.txt?response-content-disposition=inline%3B%20filename%3Da",
                                  lines("/ob-ex/a.txt?response-content-disposition=inline%3B+filename%3Da")))
case(VALUE, "s3-v2-plus-read-as-blank",
     s3_v2("/a.txt?response-content-type=text/plain;+a", lines("/bkt-ex/a.txt?response-content-type=text/plain; a")))
case(VALUE, "oss-v1-one-of-two",
     oss_v1("/a.txt?response-content-type=text%2Fplain&response-expires=a%20b",
            lines("/ob-ex/a.txt?response-content-type=text/plain&response-expires=a%20b")))

ADDED = "query-added-after-signing"
case(ADDED, "s3-v4-url", s3_v4_url(f"https://{S3_HOST}/a.txt", s3_v4_url_text("/a.txt")) + "&utm_source=mail")
case(ADDED, "s3-v4-url-behind-the-signature",
     s3_v4_url(f"https://{S3_HOST}/a.txt?versionId=3", s3_v4_url_text("/a.txt", S3_V4_PARAMS + "&versionId=3")) + "&a=1&b=2&c=3")
case(ADDED, "oss-v4-url", oss_v4_url(f"https://{OSS_HOST}/a.txt?t=1700000000", oss_v4_url_text("/ob-ex/a.txt")))
case(ADDED, "s3-v4-header", s3_v4("/a.txt?x-id=GetObject", s3_v4_text("/a.txt")), expect=[ADDED])
case(ADDED, "oss-v4-two-of-three", oss_v4("/a.txt?a=1&b=2&c=3", oss_v4_text("/ob-ex/a.txt", "b=2")))

DROPPED = "query-dropped-after-signing"
case(DROPPED, "s3-v4-operation", s3_v4("/a.txt", s3_v4_text("/a.txt", "x-id=GetObject")))
case(DROPPED, "s3-v4-url-disposition", s3_v4_url(
    f"https://{S3_HOST}/d/a%20b.txt",
    s3_v4_url_text("/d/a%20b.txt", S3_V4_PARAMS + "&response-content-disposition=attachment%3B%20filename%3D%22a%20b.txt%22")))
case(DROPPED, "oss-v1-url", oss_v1_url(f"https://{OSS_HOST}/a.txt", url_lines("/ob-ex/a.txt?response-content-type=application/octet-stream")))
case(DROPPED, "oss-v4", oss_v4("/a.txt", oss_v4_text("/ob-ex/a.txt", "acl")))
case(DROPPED, "s3-v2-in-another-request", s3_v2("/a.txt", lines("/bkt-ex/a.txt?versionId=L4kq")),
     related=[s3_v2("/a.txt?versionId=L4kq", "")])

UNSIGNED = "query-not-signed"
case(UNSIGNED, "s3-v4", s3_v4("/?list-type=2&prefix=a", s3_v4_text("/")), expect=[ADDED])
case(UNSIGNED, "oss-v4", oss_v4("/?list-type=2&prefix=a", oss_v4_text("/ob-ex/")), expect=[ADDED])
case(UNSIGNED, "s3-v4-url", s3_v4_url(f"https://{S3_HOST}/a.txt", s3_v4_url_text("/a.txt", "")))
case(UNSIGNED, "oss-v4-url", oss_v4_url(f"https://{OSS_HOST}/a.txt", oss_v4_url_text("/ob-ex/a.txt", "")))

SORTED = "query-not-sorted"
case(SORTED, "s3-v4", s3_v4("/?prefix=a&list-type=2&delimiter=%2F", s3_v4_text("/", "prefix=a&list-type=2&delimiter=%2F")))
case(SORTED, "oss-v4", oss_v4("/?prefix=a&list-type=2&acl", oss_v4_text("/ob-ex/", "prefix=a&list-type=2&acl")))
case(SORTED, "s3-v4-without-regard-to-case",
     s3_v4("/?prefix=a&Zone=1&list-type=2", s3_v4_text("/", "list-type=2&prefix=a&Zone=1")))
case(SORTED, "s3-v4-url", s3_v4_url(f"https://{S3_HOST}/a.txt?versionId=3", s3_v4_url_text("/a.txt", "versionId=3&" + S3_V4_PARAMS)))
case(SORTED, "oss-v1", oss_v1("/a.txt?uploadId=U1&partNumber=2", lines("/ob-ex/a.txt?uploadId=U1&partNumber=2")))

COS_HOST = "bkt-1250000000.cos.ap-guangzhou.myqcloud.com"
INTERVAL = "1526932540;1526936140"
COS_TEXT = f"get\n/\nprefix=a&delimiter=b\nhost={COS_HOST}\n"
COS_SIGNED = mac(mac(SECRET, INTERVAL).hex(), f"sha1\n{INTERVAL}\n{hashlib.sha1(COS_TEXT.encode()).hexdigest()}\n").hex()
case(SORTED, "cos-xml-list", f"GET /?prefix=a&delimiter=b HTTP/1.1\nHost: {COS_HOST}\nAuthorization: q-sign-algorithm=sha1&q-ak={ID}"
     f"&q-sign-time={INTERVAL}&q-key-time={INTERVAL}&q-header-list=host&q-url-param-list=prefix;delimiter&q-signature={COS_SIGNED}\n\n",
     certainty="seen", verdict="rejected")

PAIR = "query-sorted-by-pair"
case(PAIR, "s3-v4", s3_v4("/?a=1&a-b=2", s3_v4_text("/", "a-b=2&a=1")))
case(PAIR, "oss-v4", oss_v4("/?key=1&key-marker=2", oss_v4_text("/ob-ex/", "key-marker=2&key=1")))
case(PAIR, "s3-v4-plain-names", s3_v4("/?a%7Cb=1&aZ=2", s3_v4_text("/", "aZ=2&a%7Cb=1")))
case(PAIR, "s3-v4-values-left", s3_v4("/?b=1&tag=z&tag=a", s3_v4_text("/", "b=1&tag=z&tag=a")), expect=[PAIR])

EMPTY_VALUE = "query-empty-value-no-equals"
# As curl signs it, and the same with a session token.
case(EMPTY_VALUE, "s3-v4", s3_v4("/?versioning", s3_v4_text("/", "versioning")))
NAMES = S3_NAMES + ";x-amz-security-token"
case(EMPTY_VALUE, "s3-v4-with-token", s3_v4(
    "/?versioning",
    f"GET\n/\nversioning\nhost:{S3_HOST}\nx-amz-content-sha256:{EMPTY}\nx-amz-date:{TIME}\nx-amz-security-token:{TOKEN}\n\n{NAMES}\n{EMPTY}",
    headers=[("X-Amz-Security-Token", TOKEN)], names=NAMES))
case(EMPTY_VALUE, "oss-v4", oss_v4("/?acl", oss_v4_text("/ob-ex/", "acl=")))
case(EMPTY_VALUE, "oss-v1", oss_v1("/?acl", lines("/ob-ex/?acl=")))
case(EMPTY_VALUE, "s3-v2", s3_v2("/a.txt?acl&versionId=3", lines("/bkt-ex/a.txt?acl=&versionId=3")))
case(EMPTY_VALUE, "s3-v4-left-out", s3_v4("/?delimiter=&prefix=a&start-after=", s3_v4_text("/", "prefix=a")))

SPACE = "query-space-as-plus"
case(SPACE, "s3-v4", s3_v4("/?prefix=a%20b", s3_v4_text("/", "prefix=a+b")))
case(SPACE, "s3-v4-sent-as-plus", s3_v4("/?prefix=a+b", s3_v4_text("/", "prefix=a%20b")))
case(SPACE, "oss-v4", oss_v4("/?prefix=a%20b&marker=c%20d", oss_v4_text("/ob-ex/", "marker=c+d&prefix=a+b")))
PLUS_TOKEN = S3_V4_PARAMS.replace("&X-Amz-SignedHeaders", f"&X-Amz-Security-Token={quote(TOKEN, safe='')}&X-Amz-SignedHeaders")
case(SPACE, "s3-v4-url-beside-a-token", s3_v4_url(
    f"https://{S3_HOST}/?prefix=a+b", s3_v4_url_text("/", PLUS_TOKEN + "&prefix=a%20b"), params=PLUS_TOKEN))

DOUBLE = "query-double-encoded"
case(DOUBLE, "s3-v4", s3_v4("/?prefix=a%2Fb&delimiter=%2F", s3_v4_text("/", "delimiter=%252F&prefix=a%252Fb")))
case(DOUBLE, "s3-v4-url-one", s3_v4_url(
    f"https://{S3_HOST}/a.txt?response-content-type=text%2Fplain",
    s3_v4_url_text("/a.txt", S3_V4_PARAMS + "&response-content-type=text%252Fplain")))
case(DOUBLE, "oss-v4-url", oss_v4_url(f"https://{OSS_HOST}/a.txt", oss_v4_url_text("/ob-ex/a.txt", OSS_V4_PARAMS.replace("%2F", "%252F"))))
case(DOUBLE, "s3-v4-as-sent", s3_v4("/?prefix=a/b(1)", s3_v4_text("/", "prefix=a/b(1)")))
case(DOUBLE, "oss-v4-without-escapes", oss_v4("/?prefix=a%2Fb%3D", oss_v4_text("/ob-ex/", "prefix=a/b=")))
case(DOUBLE, "s3-v4-url-sent-twice", s3_v4_url(
    f"https://{S3_HOST}/a.txt?response-content-type=text%252Fplain",
    s3_v4_url_text("/a.txt", S3_V4_PARAMS + "&response-content-type=text%2Fplain")))

RENORMALISED = "query-renormalised"
case(RENORMALISED, "s3-v4-cut-after-decoding", s3_v4("/?prefix=a%26b%3Dc", s3_v4_text("/", "b=c&prefix=a")))
case(RENORMALISED, "oss-v4-last-of-two", oss_v4("/?a=1&tag=x&tag=y", oss_v4_text("/ob-ex/", "a=1&tag=y")), expect=[ADDED])
case(RENORMALISED, "s3-v4-last-of-three", s3_v4("/?tag=x&tag=y&tag=z&u=x&u=y", s3_v4_text("/", "tag=z&u=y")))
case(RENORMALISED, "oss-v4-joined", oss_v4("/?a=1&tag=y&tag=x", oss_v4_text("/ob-ex/", "a=1&tag=y%2Cx")))

# Names that only the Go SDK of Kingsoft takes for sub-resources, beside one that nobody does.
KS3_URL = "https://photos-ex.ks3-cn-beijing.ksyuncs.com/a.txt"


def ks3_v2_url(query, resource):
    signature = quote(v2(url_lines(f"/photos-ex/a.txt{resource}")), safe="")
    return hung_on(f"{KS3_URL}?{query}", f"KSSAccessKeyId={ID}&Expires={EXPIRES}&Signature={signature}")


for name in ["callback", "live", "objectMeta", "styleName", "udf", "x-ks3-process"]:
    case("non-subresource-signed", f"ks3-v2-url-go-{name}", ks3_v2_url(f"prefix=a&{name}=b", f"?{name}=b"))
case("non-subresource-signed", "ks3-v2-url-go-two-names", ks3_v2_url("prefix=a&x-ks3-process=image&stat", "?stat&x-ks3-process=image"))
case("non-subresource-signed", "ks3-v2-header-go-with-acl", f"GET /a.txt?acl&qos&max-keys=3 HTTP/1.1\nHost: photos-ex.ks3-cn-beijing.ksyuncs.com\n"
     f"Date: {DATE}\nAuthorization: KSS {ID}:{v2(lines('/photos-ex/a.txt?acl&qos'))}\n\n")
# The policy of a share URL as its server read it.
case("query-space-as-plus", "ks3-share-url-as-the-server-read-it",
     f"{KS3_URL[:-5]}?KSSAccessKeyId={ID}&Expires={EXPIRES}&Signature="
     + quote(v2(f"{EXPIRES}\n/photos-ex/?X-Kss-Policy=eyJh+ID4="), safe="") + "&X-Kss-Policy=eyJh+ID4=", certainty="server", verdict="rejected",
     answer=f"<Error><Code>SignatureDoesNotMatch</Code><StringToSign>{EXPIRES}\n/photos-ex/?X-Kss-Policy=eyJh ID4=</StringToSign></Error>")

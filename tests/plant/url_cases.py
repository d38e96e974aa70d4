"""A URL damaged on its way."""

from forms import *
from plant import case

ESCAPED = "url-ampersand-escaped"
OSS_URL, S3_URL = f"https://{OSS_HOST}/a.txt", f"https://{S3_HOST}/a.txt"
OSS_V1 = oss_v1_url(OSS_URL, url_lines("/ob-ex/a.txt"))
S3_V2 = s3_v2_url(S3_URL, url_lines("/bkt-ex/a.txt"))
S3_V4 = s3_v4_url(S3_URL, s3_v4_url_text("/a.txt"))
OSS_V4 = oss_v4_url(OSS_URL, oss_v4_url_text("/ob-ex/a.txt"))
case(ESCAPED, "oss-v1-url-html", OSS_V1.replace("&", "&amp;"))
case(ESCAPED, "oss-v4-url-html-twice", OSS_V4.replace("&", "&amp;amp;"))
case(ESCAPED, "s3-v2-url-html-number", S3_V2.replace("&", "&#38;"))
case(ESCAPED, "s3-v4-url-json", S3_V4.replace("&", "\\u0026"))
case(ESCAPED, "s3-v2-url-json-twice", S3_V2.replace("&", "\\\\u0026"))
case(ESCAPED, "s3-v4-url-json-with-equals", S3_V4.replace("&", "\\u0026").replace("=", "\\u003d"))
case(ESCAPED, "oss-v4-url-percent", OSS_V4.replace("&", "%26"))
case(ESCAPED, "oss-v1-url-percent-whole", OSS_URL + "?" + quote(OSS_V1.split("?")[1], safe=""))
case(ESCAPED, "s3-v4-url-bracket", S3_V4 + ")")
case(ESCAPED, "oss-v1-url-quote", OSS_V1 + "%22")
case(ESCAPED, "oss-v4-url-and-added", OSS_V4.replace("&", "&amp;") + "&amp;utm_source=mail",
     expect=[ESCAPED, "query-added-after-signing"])
case(ESCAPED, "s3-v2-url-and-subresource",
     s3_v2_url(S3_URL + "?acl", url_lines("/bkt-ex/a.txt")).replace("&", "\\u0026"), expect=[ESCAPED, "subresource-not-signed"])
case(ESCAPED, "oss-v1-url-and-another-secret",
     oss_v1_url(OSS_URL, url_lines("/ob-ex/nothing/known.txt")).replace("&", "&amp;"), certainty="seen")

TWICE = "query-double-encoded"


def again(url):
    """The URL as a client leaves it that escapes what is escaped."""
    base, query = url.split("?")
    return f"{base}?{query.replace('%', '%25')}"


case(TWICE, "s3-v4-url-whole", again(S3_V4))
case(TWICE, "oss-v4-url-whole", again(OSS_V4))
case(TWICE, "s3-v4-url-whole-and-another-secret", again(s3_v4_url(S3_URL, s3_v4_url_text("/nothing/known.txt"))), certainty="seen")

TRUNCATED = "url-truncated"
case(TRUNCATED, "s3-v4-url", S3_V4[:-8], certainty="seen")
case(TRUNCATED, "oss-v1-url", OSS_V1[:-9], certainty="seen")
case(TRUNCATED, "oss-v1-url-within-an-escape", OSS_V1[:-1], certainty="seen")
case(TRUNCATED, "oss-v4-url", OSS_V4[:-1], certainty="seen")

# Cut before its signature: what is missing tells it.
KS3_V2 = f"https://photos-ex.ks3-cn-beijing.ksyuncs.com/a.txt?KSSAccessKeyId=CSIDEXAMPLE0001&Expires={EXPIRES}"
COS = ("https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/a.txt?q-sign-algorithm=sha1&q-ak=CSIDEXAMPLE0001"
       "&q-sign-time=1557989151%3B1557996351&q-key-time=1557989151%3B1557996351&q-header-list=&q-url-param-list=")


def before(url, name):
    """The URL as it is left by a shell that takes `&` for its own, or by a column that is too short."""
    assert f"&{name}" in url
    return url[:url.index(f"&{name}")]


for name, url in [
    ("s3-v4-url-before-the-signature", before(S3_V4, "X-Amz-Signature")),
    ("s3-v4-url-at-the-first-ampersand", before(S3_V4, "X-Amz-Credential")),
    ("s3-v4-url-in-the-credential", before(S3_V4, "X-Amz-Date")[:-9]),
    ("s3-v4-url-in-a-name", before(S3_V4, "X-Amz-Signature") + "&X-Amz-Sign"),
    ("s3-v4-url-behind-the-equals-sign", before(S3_V4, "X-Amz-Signature") + "&X-Amz-Signature="),
    ("s3-v2-url-before-the-signature", before(S3_V2, "Signature")),
    ("s3-v2-url-at-the-first-ampersand", before(S3_V2, "Expires")),
    ("oss-v1-url-before-the-signature", before(OSS_V1, "Signature")),
    ("oss-v1-url-at-the-first-ampersand", before(OSS_V1, "Expires")),
    ("oss-v4-url-before-the-signature", before(OSS_V4, "x-oss-signature=")),
    ("oss-v4-url-at-the-first-ampersand", before(OSS_V4, "x-oss-date")),
    ("ks3-v2-url-before-the-signature", KS3_V2),
    ("cos-xml-url-before-the-signature", COS),
    ("cos-xml-url-at-the-first-ampersand", before(COS, "q-ak")),
]:
    case(TRUNCATED, name, url, certainty="seen")

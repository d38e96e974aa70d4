"""The path and the object key."""

from unicodedata import normalize

from forms import *
from plant import case

# The client escapes by another rule than the server.
SET = "key-encode-set-wrong"
case(SET, "s3-v4-encode-uri-component", s3_v4("/a%281%29!.txt", s3_v4_text("/a(1)!.txt")))
case(SET, "s3-v4-url-java-urlencoder",
     s3_v4_url(f"https://{S3_HOST}/v~1*%20b.txt", s3_v4_url_text("/v%7E1*+b.txt")))
case(SET, "oss-v4-one-character", oss_v4("/a@b=c.txt", oss_v4_text("/ob-ex/a@b%3Dc.txt")))
case(SET, "oss-v4-url-python-36", oss_v4_url(f"https://{OSS_HOST}/v~1.txt", oss_v4_url_text("/ob-ex/v%7E1.txt")))
case(SET, "s3-v4-go-escaped-path", s3_v4("/a=1,b:2.txt", s3_v4_text("/a=1,b:2.txt")))
case(SET, "s3-v2-header", s3_v2("/a(1).txt", lines("/bkt-ex/a%281%29.txt")))
case(SET, "s3-v4-as-in-the-request-line", s3_v4("/%61(1)@b.txt", s3_v4_text("/%61(1)@b.txt")))

# The same in values of the query.
for name, sent, signed in [
    ("quote", "delimiter=%2F&prefix=a%20b%2Fc", "delimiter=/&prefix=a%20b/c"), ("star", "prefix=a%20%2A", "prefix=a%20*"),
    ("python-36", "prefix=a%20b~", "prefix=a%20b%7E"), ("java", "prefix=a%20b%2A~", "prefix=a+b*%7E"), ("colon", "versionId=a%3Ab", "versionId=a:b"),
]:
    case(SET, f"s3-v4-query-{name}", s3_v4(f"/a.txt?{sent}", s3_v4_text("/a.txt", signed)))
case(SET, "oss-v4-query-quote", oss_v4("/?prefix=a%20b%2Fc", oss_v4_text("/ob-ex/", "prefix=a%20b/c")))

RAW = "key-not-encoded"
case(RAW, "s3-v4", s3_v4("/%E7%85%A7%E7%89%87/a%20b.jpg", s3_v4_text("/照片/a b.jpg")))
case(RAW, "s3-v4-url-non-ascii-alone",
     s3_v4_url(f"https://{S3_HOST}/%E7%85%A7%E7%89%87/a%20b.jpg", s3_v4_url_text("/照片/a%20b.jpg")))
case(RAW, "s3-v2-header-of-signs", s3_v2("/a%3D1%26b%3D2.csv", lines("/bkt-ex/a=1&b=2.csv")))
case(RAW, "s3-v2-header", s3_v2("/%E7%85%A7/a%20b.jpg", lines("/bkt-ex/照/a b.jpg")))
case(RAW, "oss-v4", oss_v4("/%E7%85%A7/a%20b.jpg", oss_v4_text("/ob-ex/照/a b.jpg")))
case(RAW, "s3-v4-latin-1-escaped", s3_v4("/caf%C3%A9.txt", s3_v4_text("/caf%E9.txt")))
case("string-to-sign-charset", "oss-v1-latin-1-path", oss_v1("/caf%C3%A9.txt", lines("/ob-ex/café.txt").encode("latin-1")))
case(RAW, "s3-v4-latin-1-sent", s3_v4("/caf%E9.txt", s3_v4_text("/caf%C3%A9.txt")))

case(RAW, "s3-v4-gbk-escaped", s3_v4("/%E7%85%A7%E7%89%87.jpg", s3_v4_text("/%D5%D5%C6%AC.jpg")))
case(RAW, "s3-v4-gbk-sent", s3_v4("/%D5%D5%C6%AC.jpg", s3_v4_text("/%E7%85%A7%E7%89%87.jpg")))

IN_RESOURCE = "key-encoded-in-resource"
case(IN_RESOURCE, "oss-v1-header", oss_v1("/photos/a%20b%281%29.jpg", lines("/ob-ex/photos/a%20b%281%29.jpg")))
case(IN_RESOURCE, "oss-v1-url-lower-case",
     oss_v1_url(f"https://{OSS_HOST}/%E7%85%A7.jpg", url_lines("/ob-ex/%e7%85%a7.jpg")))
case(IN_RESOURCE, "oss-v1-slashes-too", oss_v1("/photos/a%20b.jpg", lines("/ob-ex/photos%2Fa%20b.jpg")))
case(IN_RESOURCE, "oss-v1-as-a-form", oss_v1("/photos/a%20b.jpg", lines("/ob-ex/photos/a+b.jpg")), expect=["plus-vs-space"])

PLUS = "plus-vs-space"
# `+` read as a blank before the path was escaped.
case(PLUS, "s3-v4-plus-signed-as-blank",
     s3_v4("/b-ex/C++%20notes.txt", s3_v4_text("/b-ex/C%20%20%20notes.txt", host="minio.example.com", method="PUT",
                                               payload="UNSIGNED-PAYLOAD"),
           method="PUT", host="minio.example.com", payload="UNSIGNED-PAYLOAD"))
case(PLUS, "oss-v1-blank-sent-as-plus", oss_v1("/a+b.txt", lines("/ob-ex/a b.txt")))
case(PLUS, "s3-v2-plus-signed-for-blank", s3_v2("/a%20b.txt", lines("/bkt-ex/a+b.txt")))
case(PLUS, "oss-v4-url", oss_v4_url(f"https://{OSS_HOST}/a+b.txt", oss_v4_url_text("/ob-ex/a%20b.txt")))

TWICE = "double-encoded-path"
case(TWICE, "s3-v4", s3_v4("/photos/a%20b.jpg", s3_v4_text("/photos/a%2520b.jpg")))
case(TWICE, "oss-v4-url", oss_v4_url(f"https://{OSS_HOST}/a%20b.jpg", oss_v4_url_text("/ob-ex/a%2520b.jpg")))
case(TWICE, "s3-v4-url-sent-twice", s3_v4_url(f"https://{S3_HOST}/a%2520b.jpg", s3_v4_url_text("/a%20b.jpg")))
case(TWICE, "oss-v1-sent-twice", oss_v1("/a%2520b.jpg", lines("/ob-ex/a b.jpg")))
case(TWICE, "s3-v2", s3_v2("/a%20b.jpg", lines("/bkt-ex/a%2520b.jpg")))
case(TWICE, "aws-v4-generic-once",
     s3_v4("/things/a%20b", s3_v4_text("/things/a%20b", host="iot.us-east-1.amazonaws.com"),
           host="iot.us-east-1.amazonaws.com", service="iotdata"))

CASE = "percent-hex-case"
case(CASE, "s3-v4-path", s3_v4("/%E7%85%A7.jpg", s3_v4_text("/%e7%85%a7.jpg")))
case(CASE, "oss-v4-path-and-params",
     oss_v4("/%E7%85%A7.jpg?x-oss-process=style%2Fa", oss_v4_text("/ob-ex/%e7%85%a7.jpg", "x-oss-process=style%2fa")))
case(CASE, "s3-v4-url-params",
     s3_v4_url(f"https://{S3_HOST}/a.txt", s3_v4_url_text("/a.txt", S3_V4_PARAMS.replace("%2F", "%2f"))))
case(CASE, "s3-v2-upper-signed", s3_v2("/%e7%85%a7.jpg", lines("/bkt-ex/%E7%85%A7.jpg")))
case(CASE, "s3-v2-lower-signed", s3_v2("/%E7%85%A7.jpg", lines("/bkt-ex/%e7%85%a7.jpg")))

SLASH = "slash-encoded-in-key"
case(SLASH, "s3-v4", s3_v4("/photos/2026/a.jpg", s3_v4_text("/photos%2F2026%2Fa.jpg")))
case(SLASH, "s3-v4-path-style",
     s3_v4("/b-ex/photos/a.jpg", s3_v4_text("/b-ex/photos%2Fa.jpg", host="minio.example.com"), host="minio.example.com"))
case(SLASH, "oss-v1", oss_v1("/photos/a.jpg", lines("/ob-ex/photos%2Fa.jpg")), expect=[IN_RESOURCE])
case(SLASH, "s3-v2-sent-escaped", s3_v2("/photos%2Fa.jpg", lines("/bkt-ex/photos/a.jpg")))
case(SLASH, "oss-v4-url", oss_v4_url(f"https://{OSS_HOST}/photos/a.jpg", oss_v4_url_text("/ob-ex/photos%2Fa.jpg")))

RENORMALISED = "url-renormalised-by-client"
case(RENORMALISED, "s3-v2-url-escaped", s3_v2_url(f"https://{S3_HOST}/a@b(1).txt", url_lines("/bkt-ex/a%40b%281%29.txt")))
case(RENORMALISED, "s3-v2-url-unescaped", s3_v2_url(f"https://{S3_HOST}/a%40b%281%29.txt", url_lines("/bkt-ex/a@b(1).txt")))
case(RENORMALISED, "s3-v2-url-case", s3_v2_url(f"https://{S3_HOST}/a%2fb.txt", url_lines("/bkt-ex/a%2Fb.txt")))

NORMALISED = "path-normalised"
case(NORMALISED, "s3-v4-slashes-collapsed", s3_v4("/a//b.txt", s3_v4_text("/a/b.txt")))
case(NORMALISED, "s3-v4-dots-resolved", s3_v4("/a/../b//c.txt", s3_v4_text("/b/c.txt")))
case(NORMALISED, "s3-v4-dots-alone", s3_v4("/a/../b//c.txt", s3_v4_text("/b//c.txt")))
case(NORMALISED, "s3-v4-url-key-with-leading-slash", s3_v4_url(f"https://{S3_HOST}/a.txt", s3_v4_url_text("//a.txt")))
case(NORMALISED, "oss-v1-slash-lost", oss_v1("/a/b.txt", lines("/ob-ex/a//b.txt")))
case(NORMALISED, "s3-v2-trailing-slash", s3_v2("/a/", lines("/bkt-ex/a")))
case(NORMALISED, "oss-v4-backslash", oss_v4("/dir/a.txt", oss_v4_text("/ob-ex/dir%5Ca.txt")))
case(NORMALISED, "oss-v1-backslash-sent", oss_v1("/dir%5Ca.txt", lines("/ob-ex/dir/a.txt")))
case(NORMALISED, "oss-v4-url-dot", oss_v4_url(f"https://{OSS_HOST}/a.txt", oss_v4_url_text("/ob-ex/./a.txt")))

REWRITTEN = "path-rewritten-by-proxy"
case(REWRITTEN, "s3-v4-prefix-added",
     s3_v4("/gw/s3/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host="minio.example.com"), host="minio.example.com"))
case(REWRITTEN, "s3-v4-forwarded-prefix",
     s3_v4("/b-ex/a.txt", s3_v4_text("/gw/b-ex/a.txt", host="minio.example.com"), host="minio.example.com",
           headers=[("X-Forwarded-Prefix", "/gw/")]))
case(REWRITTEN, "s3-v4-original-uri",
     s3_v4("/b-ex/a%20b.txt", s3_v4_text("/files/a%20b.txt", host="minio.example.com"), host="minio.example.com",
           headers=[("X-Original-URI", "/files/a%20b.txt?x=1")]))
case(REWRITTEN, "s3-v4-url-prefix-of-the-endpoint",
     s3_v4_url(f"https://{S3_HOST}/a.txt", s3_v4_url_text("/gw/a.txt")), endpoint=f"https://{S3_HOST}/gw")
case(REWRITTEN, "oss-v1", oss_v1("/oss/photos/a.jpg", lines("/ob-ex/photos/a.jpg")))
case(REWRITTEN, "s3-v2-forwarded-prefix",
     s3_v2("/b-ex/a.txt", lines("/gw/b-ex/a.txt"), host="127.0.0.1:8080", headers=[("X-Forwarded-Prefix", "/gw")]))

LEADING = "key-leading-slash-missing"
case(LEADING, "s3-v4", s3_v4("/a.txt", s3_v4_text("a.txt")))
case(LEADING, "oss-v1", oss_v1("/a.txt", lines("/ob-exa.txt")))
case(LEADING, "oss-v4-url", oss_v4_url(f"https://{OSS_HOST}/a.txt", oss_v4_url_text("/ob-exa.txt")))

FORM = "unicode-form"
NAME = "Phở café 한글 ガイド.txt"
case(FORM, "s3-v4-signed-decomposed",
     s3_v4("/" + quote(normalize("NFC", NAME)), s3_v4_text("/" + quote(normalize("NFD", NAME)))))
case(FORM, "oss-v1-signed-composed",
     oss_v1("/" + quote(normalize("NFD", NAME)), lines("/ob-ex/" + normalize("NFC", NAME))))
case(FORM, "s3-v2-signed-composed",
     s3_v2("/" + quote(normalize("NFD", NAME)), lines("/bkt-ex/" + quote(normalize("NFC", NAME)))))
WIDE = "Ｒｅｐｏｒｔ（１）ﬁn.pdf"
case(FORM, "oss-v4-signed-compatible",
     oss_v4("/" + quote(WIDE), oss_v4_text("/ob-ex/" + quote(normalize("NFKC", WIDE)))))

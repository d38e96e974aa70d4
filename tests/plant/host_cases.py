"""Host, bucket and resource."""

from forms import *
from plant import case

MINIO = "minio.example.com"
UPSTREAM = "10.0.0.7:9000"

PROXY = "host-rewritten-by-proxy"
case(PROXY, "s3-v4-forwarded-host",
     s3_v4("/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host=MINIO), host=UPSTREAM, headers=[("X-Forwarded-Host", MINIO)]))
case(PROXY, "s3-v4-forwarded",
     s3_v4("/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host=MINIO), host=UPSTREAM,
           headers=[("Forwarded", f'for=10.1.1.1;host="{MINIO}:443";proto=https')]))
case(PROXY, "s3-v4-referer",
     s3_v4("/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host=f"{MINIO}:9000"), host=UPSTREAM,
           headers=[("Referer", f"https://{MINIO}/console")]))
case(PROXY, "s3-v4-endpoint-given",
     s3_v4("/a.txt", s3_v4_text("/a.txt", host=f"b-ex.{MINIO}"), host="127.0.0.1:8080"),
     endpoint=f"https://{MINIO}/", bucket="b-ex", addressing="virtual")
case(PROXY, "oss-v4-origin",
     oss_v4("/a.txt", oss_v4_text("/ob-ex/a.txt", host="files.example.com"), names="host",
            headers=[("Origin", "https://files.example.com")]))

PORT = "host-port-mismatch"
case(PORT, "s3-v4-port-lost", s3_v4("/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host=f"{MINIO}:9000"), host=MINIO))
case(PORT, "s3-v4-port-not-signed", s3_v4("/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host=MINIO), host=f"{MINIO}:9000"))
case(PORT, "s3-v4-default-port", s3_v4("/a.txt", s3_v4_text("/a.txt", host=f"{S3_HOST}:443")))
case(PORT, "s3-v4-forwarded-port",
     s3_v4("/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host=f"{MINIO}:19000"), host=MINIO,
           headers=[("X-Forwarded-Port", "19000")]))
case(PORT, "oss-v4-default-port", oss_v4("/a.txt", oss_v4_text("/ob-ex/a.txt", host=f"{OSS_HOST}:80"), names="host"))

CNAME = "cname-mode-wrong"
case(CNAME, "oss-v1-bucket-not-signed", oss_v1("/a/b.txt", lines("/a/b.txt"), host="static.example.com"),
     bucket="ob-ex", addressing="custom")
case(CNAME, "s3-v2-host-as-bucket", s3_v2("/a/b.txt", lines("/static.example.com/a/b.txt"), host="static.example.com"),
     bucket="a", addressing="path")
case(CNAME, "oss-v4-bucket-not-signed", oss_v4("/a/b.txt", oss_v4_text("/a/b.txt"), host="static.example.com"), bucket="ob-ex")
case(CNAME, "s3-v4-bucket-before-the-host",
     s3_v4("/a.txt", s3_v4_text("/a.txt", host="bkt-ex.static.example.com"), host="static.example.com"),
     bucket="bkt-ex", addressing="custom")
case(CNAME, "s3-v4-url-bucket-in-the-path",
     s3_v4_url("https://static.example.com/a.txt", s3_v4_url_text("/bkt-ex/a.txt", host="static.example.com")), bucket="bkt-ex",
     addressing="custom")

# A host that nobody knows, with the bucket in it: another mistake is told by this reading, and a server that refuses may have the other.
NOBODY = "bkt-ex.nyc3.example.com"
case("method-mismatch", "s3-v2-virtual-host-of-nobody", s3_v2("/a/b.txt", lines("/bkt-ex/a/b.txt", "PUT"), host=NOBODY))
case("bucket-missing-from-resource", "s3-v2-virtual-host-said", s3_v2("/a/b.txt", lines("/a/b.txt"), host=NOBODY), addressing="virtual")
case("bucket-missing-from-resource", "s3-v2-spaces", s3_v2("/a/b.txt", lines("/a/b.txt"), host="bkt-ex.nyc3.digitaloceanspaces.com"))
case("bucket-missing-from-resource", "oss-v1-virtual-host-said", oss_v1("/a/b.txt", lines("/a/b.txt"), host=NOBODY), addressing="virtual")
case("addressing-style-wrong", "s3-v2-refused-on-a-host-of-nobody", s3_v2("/a/b.txt", lines("/a/b.txt"), host=NOBODY), certainty="likely",
     verdict="rejected", answer="<Error><Code>SignatureDoesNotMatch</Code></Error>")

CHANGED = "host-changed-after-signing"
case(CHANGED, "s3-v4-url-to-a-cdn", s3_v4_url("https://cdn.example.com/a.txt", s3_v4_url_text("/a.txt")), bucket="bkt-ex",
     addressing="custom")
case(CHANGED, "s3-v4-to-accelerate",
     s3_v4("/a.txt", s3_v4_text("/a.txt"), host="bkt-ex.s3-accelerate.amazonaws.com"))
case(CHANGED, "s3-v4-global",
     s3_v4("/a.txt", s3_v4_text("/a.txt", host="bkt-ex.s3.amazonaws.com")))
case(CHANGED, "oss-v4-internal",
     oss_v4("/a.txt", oss_v4_text("/ob-ex/a.txt", host="ob-ex.oss-cn-hangzhou-internal.aliyuncs.com"), names="host"))

TWICE_IN_HOST = "bucket-in-endpoint"
case(TWICE_IN_HOST, "oss-v1", oss_v1("/a.txt", lines("/ob-ex/a.txt"), host=f"ob-ex.{OSS_HOST}"))
case(TWICE_IN_HOST, "oss-v1-seen", oss_v1("/a.txt", lines("/ob-ex.ob-ex/a.txt"), host=f"ob-ex.{OSS_HOST}"),
     certainty="seen", verdict="rejected")
case(TWICE_IN_HOST, "oss-v4-with-host",
     oss_v4("/a.txt", oss_v4_text("/ob-ex/a.txt", host=OSS_HOST), host=f"ob-ex.{OSS_HOST}", names="host"))
case(TWICE_IN_HOST, "s3-v4-sent", s3_v4("/a.txt", s3_v4_text("/a.txt"), host=f"bkt-ex.{S3_HOST}"))
case(TWICE_IN_HOST, "s3-v4-signed", s3_v4("/a.txt", s3_v4_text("/a.txt", host=f"bkt-ex.{S3_HOST}")))
case(TWICE_IN_HOST, "s3-v2", s3_v2("/a.txt", lines("/bkt-ex/a.txt"), host=f"bkt-ex.{S3_HOST}"))

MISSING = "bucket-missing-from-resource"
case(MISSING, "oss-v1", oss_v1("/a/b.txt", lines("/a/b.txt")))
case(MISSING, "oss-v1-key-alone", oss_v1("/a/b.txt?acl", lines("a/b.txt?acl")))
case(MISSING, "oss-v1-slash-alone", oss_v1("/a/b.txt", lines("/")))
case(MISSING, "oss-v1-url", oss_v1_url(f"https://{OSS_HOST}/a.txt", url_lines("/a.txt")))
case(MISSING, "s3-v2", s3_v2("/a/b.txt", lines("/a/b.txt")))
case(MISSING, "s3-v2-path-style", s3_v2("/bkt-ex/a.txt", lines("/a.txt"), host=f"{MINIO}:9000"))
case(MISSING, "s3-v2-url", s3_v2_url(f"https://{S3_HOST}/a.txt", url_lines("/a.txt")))
case(MISSING, "oss-v4", oss_v4("/a/b.txt", oss_v4_text("/a/b.txt")))

DUPLICATED = "bucket-duplicated-in-resource"
# The server counts the bucket from the host and from the path.
FILEBOX = "filebox-ex.oss-cn-hangzhou.aliyuncs.com"
case(DUPLICATED, "s3-v2-url-by-the-server",
     s3_v2_url(f"https://{FILEBOX}/filebox-ex/share/data/a.webp", url_lines("/filebox-ex/share/data/a.webp")))
case(DUPLICATED, "oss-v1-by-the-client", oss_v1("/a.txt", lines("/ob-ex/ob-ex/a.txt")))
case(DUPLICATED, "oss-v4-url-by-the-server",
     oss_v4_url(f"https://{OSS_HOST}/ob-ex/a.txt", oss_v4_url_text("/ob-ex/a.txt")))
case(DUPLICATED, "s3-v4-by-the-client", s3_v4("/a.txt", s3_v4_text("/bkt-ex/a.txt")))
case(DUPLICATED, "s3-v4-path-style",
     s3_v4("/b-ex/b-ex/a.txt", s3_v4_text("/b-ex/a.txt", host=MINIO), host=MINIO))
case(DUPLICATED, "s3-v4-on-a-virtual-host", s3_v4("/bkt-ex/a.txt", s3_v4_text("/a.txt")))

STYLE = "addressing-style-wrong"
AWS = "s3.us-east-1.amazonaws.com"
case(STYLE, "s3-v4-signed-path-style", s3_v4("/a.txt", s3_v4_text("/bkt-ex/a.txt", host=AWS)))
case(STYLE, "s3-v4-signed-virtual", s3_v4("/bkt-ex/a.txt", s3_v4_text("/a.txt"), host=AWS))
case(STYLE, "s3-v4-url-minio",
     s3_v4_url(f"https://b-ex.{MINIO}/a.txt", s3_v4_url_text("/b-ex/a.txt", host=MINIO)))
# A server that is not known may take the bucket from its host: the option, or its refusal, says that it does not.
case(STYLE, "s3-v2-minio", s3_v2("/a/b.txt", lines("/b-ex/a/b.txt"), host=f"b-ex.{MINIO}"), addressing="path")
case(STYLE, "s3-v2-minio-refuses", s3_v2("/a/b.txt", lines("/b-ex/a/b.txt"), host=f"b-ex.{MINIO}"),
     answer="<Error><Code>SignatureDoesNotMatch</Code></Error>")
case(STYLE, "oss-v4-host", oss_v4("/ob-ex/a.txt", oss_v4_text("/ob-ex/a.txt", host=OSS_HOST),
                                  host="oss-cn-hangzhou.aliyuncs.com", names="host"))

LETTERS = "bucket-or-host-case"
case(LETTERS, "s3-v4-host", s3_v4("/a.txt", s3_v4_text("/a.txt", host="Bkt-Ex.S3.us-east-1.amazonaws.com"),
                                  host="Bkt-Ex.S3.us-east-1.amazonaws.com"))
case(LETTERS, "s3-v4-path", s3_v4("/MyBucket/a.txt", s3_v4_text("/mybucket/a.txt", host=MINIO), host=MINIO))
case(LETTERS, "s3-v2", s3_v2("/a.txt", lines("/Bkt-Ex/a.txt"), host="Bkt-Ex.s3.us-east-1.amazonaws.com"))
case(LETTERS, "oss-v1-lower-signed", oss_v1("/MyBucket/a.txt", lines("/mybucket/a.txt"), host="oss-cn-hangzhou.aliyuncs.com"))
case(LETTERS, "oss-v4", oss_v4("/a.txt", oss_v4_text("/OB-ex/a.txt"), host="OB-ex.oss-cn-hangzhou.aliyuncs.com"))

ANOTHER = "bucket-of-another-request"


def upload(host, bucket):
    """One of two uploads that run at the same time and use one signer."""
    text = f"PUT\n\napplication/octet-stream\nFri, 07 Aug 2015 14:16:37 GMT\n/{bucket}/u1/events.json"
    return request("PUT", "/u1/events.json", [
        ("Host", host), ("Date", "Fri, 07 Aug 2015 14:16:37 GMT"), ("Content-Type", "application/octet-stream"),
        ("Authorization", f"OSS {ID}:{v2(text)}")])


SLIDES, LESSONS = "zm-slides-ex.oss-cn-hangzhou-internal.aliyuncs.com", "zm-lessons-ex.oss-cn-hangzhou-internal.aliyuncs.com"
case(ANOTHER, "oss-v1", upload(SLIDES, "zm-lessons-ex"), related=[upload(LESSONS, "zm-lessons-ex")])
case(ANOTHER, "oss-v4", oss_v4("/a.txt", oss_v4_text("/other-ex/b%20c.txt")),
     related=[oss_v4("/x.txt", ""), oss_v4("/b%20c.txt", "", host="other-ex.oss-cn-hangzhou.aliyuncs.com")])
case(ANOTHER, "s3-v4", s3_v4("/a.txt", s3_v4_text("/b.txt", host="other-ex.s3.us-east-1.amazonaws.com")),
     related=[s3_v4("/b.txt", "", host="other-ex.s3.us-east-1.amazonaws.com")])
case(ANOTHER, "s3-v2-unsigned-other", s3_v2("/a.txt", lines("/bkt-ex/b(1).txt")),
     related=[request("GET", "/b(1).txt", [("Host", S3_HOST)])])

MALFORMED = "endpoint-malformed"
case(MALFORMED, "oss-v1-blank", oss_v1("/a.txt", lines("/ob-ex/a.txt"), host=f"{OSS_HOST} :80"), certainty="seen",
     bucket="ob-ex", addressing="virtual", verdict="rejected")
case(MALFORMED, "s3-v4-scheme-twice",
     s3_v4(f"//{S3_HOST}/a.txt", s3_v4_text(f"//{S3_HOST}/a.txt", host="https"), host="https"), certainty="seen", verdict="rejected")
case(MALFORMED, "s3-v4-endpoint-in-the-path",
     s3_v4(f"/https://{S3_HOST}/a.txt", s3_v4_text(f"/https%3A//{S3_HOST}/a.txt")), certainty="seen", verdict="valid")
case(MALFORMED, "s3-v4-endpoint-given", s3_v4("/a.txt", s3_v4_text("/b.txt")), certainty="seen", endpoint="https://https://minio.example.com")

case("addressing-style-wrong", "oss-v1-url-in-the-path", oss_v1_url("https://oss-cn-hangzhou.aliyuncs.com/ob-ex/a.txt",
     f"GET\n\n\n{EXPIRES}\n/ob-ex/a.txt"), certainty="seen", verdict="rejected")
case("addressing-style-wrong", "oss-v1-server-names-it", oss_v1("/a.txt", lines("/ob-ex/a.txt")), certainty="server", verdict="rejected",
     answer="<Error><Code>SecondLevelDomainForbidden</Code><Message>The bucket you are attempting to access must be addressed using OSS "
            "third level domain.</Message></Error>")

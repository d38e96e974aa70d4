"""The secret, damaged."""

from plant import ID, SECRET, case, v2, v4

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

"""Requests of every scheme, put together around a signature that was made over a wrong text."""

from urllib.parse import quote

from plant import ID, SECRET, TOKEN, oss4, v2, v4

DATE = "Mon, 18 Sep 2017 08:00:00 GMT"
TIME = "20180521T195540Z"
EXPIRES = "1708795817"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
OSS_HOST = "ob-ex.oss-cn-hangzhou.aliyuncs.com"
S3_HOST = "bkt-ex.s3.us-east-1.amazonaws.com"
S3_NAMES = "host;x-amz-content-sha256;x-amz-date"


def request(method, target, headers):
    return f"{method} {target} HTTP/1.1\n" + "".join(f"{name}: {value}\n" for name, value in headers) + "\n"


def oss_v1(target, text, method="GET", host=OSS_HOST, headers=()):
    """OSS V1 in the headers: `text` is what was signed."""
    return request(method, target, [("Host", host), ("Date", DATE), *headers, ("Authorization", f"OSS {ID}:{v2(text)}")])


def s3_v2(target, text, method="GET", host=S3_HOST, headers=()):
    """S3 V2 in the headers."""
    return request(method, target, [("Host", host), ("Date", DATE), *headers, ("Authorization", f"AWS {ID}:{v2(text)}")])


def hung_on(url, params):
    return url + ("&" if "?" in url else "?") + params


def oss_v1_url(url, text):
    """OSS V1 in the URL."""
    return hung_on(url, f"OSSAccessKeyId={ID}&Expires={EXPIRES}&Signature={quote(v2(text), safe='')}")


def s3_v2_url(url, text):
    """S3 V2 in the URL."""
    return hung_on(url, f"AWSAccessKeyId={ID}&Expires={EXPIRES}&Signature={quote(v2(text), safe='')}")


def s3_v4_text(path, query="", host=S3_HOST, method="GET", payload=EMPTY):
    """A canonical request of S3 V4 with the usual headers."""
    return (f"{method}\n{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{payload}\nx-amz-date:{TIME}\n\n"
            f"{S3_NAMES}\n{payload}")


def s3_v4(target, canonical, method="GET", host=S3_HOST, payload=EMPTY, headers=(), names=S3_NAMES, service="s3"):
    """S3 V4 in the headers."""
    credential = f"{ID}/{TIME[:8]}/us-east-1/{service}/aws4_request"
    signature = v4(canonical, TIME, service=service)
    return request(method, target, [
        ("Host", host), ("X-Amz-Date", TIME), ("X-Amz-Content-Sha256", payload), *headers,
        ("Authorization", f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}")])


S3_V4_PARAMS = (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={ID}%2F{TIME[:8]}%2Fus-east-1%2Fs3%2Faws4_request"
                f"&X-Amz-Date={TIME}&X-Amz-Expires=3600&X-Amz-SignedHeaders=host")


def s3_v4_url_text(path, query=S3_V4_PARAMS, host=S3_HOST):
    """A canonical request of S3 V4 in the URL."""
    return f"GET\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"


def s3_v4_url(url, canonical, params=S3_V4_PARAMS):
    """S3 V4 in the URL."""
    return hung_on(url, f"{params}&X-Amz-Signature={v4(canonical, TIME)}")


def oss_v4_text(path, query="", method="GET", host=None):
    """A canonical request of OSS V4 with the usual headers; `host` is signed when it is given."""
    line, names = (f"host:{host}\n", "host") if host else ("", "")
    return (f"{method}\n{path}\n{query}\n{line}x-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n"
            f"{names}\nUNSIGNED-PAYLOAD")


def oss_v4(target, canonical, method="GET", host=OSS_HOST, names=None, headers=()):
    """OSS V4 in the headers."""
    credential = f"{ID}/{TIME[:8]}/cn-hangzhou/oss/aliyun_v4_request"
    listed = f",AdditionalHeaders={names}" if names else ""
    return request(method, target, [
        ("Host", host), ("x-oss-date", TIME), ("x-oss-content-sha256", "UNSIGNED-PAYLOAD"), *headers,
        ("Authorization", f"OSS4-HMAC-SHA256 Credential={credential}{listed},Signature={oss4(canonical, TIME)}")])


OSS_V4_PARAMS = (f"x-oss-credential={ID}%2F{TIME[:8]}%2Fcn-hangzhou%2Foss%2Faliyun_v4_request"
                 f"&x-oss-date={TIME}&x-oss-expires=3600&x-oss-signature-version=OSS4-HMAC-SHA256")


def oss_v4_url_text(path, query=OSS_V4_PARAMS):
    """A canonical request of OSS V4 in the URL."""
    return f"GET\n{path}\n{query}\n\n\nUNSIGNED-PAYLOAD"


def oss_v4_url(url, canonical, params=OSS_V4_PARAMS):
    """OSS V4 in the URL."""
    return hung_on(url, f"{params}&x-oss-signature={oss4(canonical, TIME)}")


def lines(resource, method="GET", date=DATE):
    """A string to sign of the V2 shape without headers of the vendor's own."""
    return f"{method}\n\n\n{date}\n{resource}"


def url_lines(resource):
    """The same for a signed URL."""
    return lines(resource, date=EXPIRES)


__all__ = [name for name in dir() if not name.startswith("_")]

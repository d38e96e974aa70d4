"""Requests that are signed rightly by the rules of each vendor, with the texts that were signed stated in full."""

import base64
import hashlib
import hmac
import json
from urllib.parse import quote

ID = "CSIDEXAMPLE0001"
SECRET = "cs7EXAMPLEsecretKEY/with+signs0123456789"
DATE = "Fri, 15 Mar 2024 08:30:45 GMT"
ANSWERED = "Fri, 15 Mar 2024 08:30:47 GMT"
TIME = "20240315T083045Z"
DAY = TIME[:8]
END = 1710495045
EMPTY = hashlib.sha256(b"").hexdigest()


def raw(text):
    return text if isinstance(text, bytes) else text.encode("utf-8")


def mac(key, text, name="sha256"):
    return hmac.new(raw(key), raw(text), name).digest()


def b64(data):
    return base64.b64encode(data).decode()


def v2(text):
    return b64(mac(SECRET, text, "sha1"))


def sealed(prefix, terminator, algorithm, scope, canonical):
    """The string to sign of a canonical request, and its signature."""
    key = raw(prefix + SECRET)
    for step in scope.split("/"):
        key = mac(key, step)
    assert scope.endswith(terminator)
    text = "\n".join([algorithm, TIME, scope, hashlib.sha256(raw(canonical)).hexdigest()])
    return text, mac(key, text).hex()


class Request:
    """A request and the texts that were signed for it."""

    def __init__(self, method, host, target, headers, body=b"", canonical=None, string=None):
        self.method, self.host, self.target, self.body = method, host, target, raw(body)
        self.headers, self.canonical, self.string = list(headers), canonical, string

    @property
    def url(self):
        return f"https://{self.host}{self.target}"

    def fields(self, length=True):
        found = [("Host", self.host), *self.headers]
        return found + ([("Content-Length", str(len(self.body)))] if length and self.body else [])

    def head(self, end="\r\n", version=" HTTP/1.1", length=True):
        return f"{self.method} {self.target}{version}{end}" + "".join(f"{n}: {v}{end}" for n, v in self.fields(length))

    def http(self, end="\r\n", version=" HTTP/1.1", length=True):
        return raw(self.head(end, version, length) + end) + self.body


def s3v4(method, target, path, query="", headers=(), body=b"", host="photos-ex.s3.eu-west-1.amazonaws.com"):
    payload = hashlib.sha256(raw(body)).hexdigest()
    signed = sorted([("host", host), ("x-amz-content-sha256", payload), ("x-amz-date", TIME), *[(n.lower(), v) for n, v in headers]])
    names = ";".join(name for name, _ in signed)
    canonical = f"{method}\n{path}\n{query}\n" + "".join(f"{n}:{v}\n" for n, v in signed) + f"\n{names}\n{payload}"
    scope = f"{DAY}/eu-west-1/s3/aws4_request"
    string, signature = sealed("AWS4", "aws4_request", "AWS4-HMAC-SHA256", scope, canonical)
    authorization = f"AWS4-HMAC-SHA256 Credential={ID}/{scope}, SignedHeaders={names}, Signature={signature}"
    fields = [*headers, ("x-amz-content-sha256", payload), ("x-amz-date", TIME), ("Authorization", authorization)]
    return Request(method, host, target, fields, body, canonical, string)


def s3v4_url(method="GET"):
    host, scope = "photos-ex.s3.eu-west-1.amazonaws.com", f"{DAY}/eu-west-1/s3/aws4_request"
    query = (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={quote(ID + '/' + scope, safe='')}&X-Amz-Date={TIME}"
             "&X-Amz-Expires=3600&X-Amz-SignedHeaders=host")
    canonical = f"{method}\n/2024/a%20b.jpg\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    _, signature = sealed("AWS4", "aws4_request", "AWS4-HMAC-SHA256", scope, canonical)
    return Request(method, host, f"/2024/a%20b.jpg?{query}&X-Amz-Signature={signature}", [])


def oss1(method, body=b"", media="", more=(), path="/2024/a%20b.jpg", resource="/photos-ex/2024/a b.jpg"):
    own = "".join(f"{n.lower()}:{v}\n" for n, v in sorted(more))
    string = f"{method}\n\n{media}\n{DATE}\n{own}{resource}"
    fields = [*([("Content-Type", media)] if media else []), *more, ("Date", DATE), ("Authorization", f"OSS {ID}:{v2(string)}")]
    return Request(method, "photos-ex.oss-cn-hangzhou.aliyuncs.com", path, fields, body, None, string)


def oss1_url(method="GET", media=""):
    signature = quote(v2(f"{method}\n\n{media}\n{END}\n/photos-ex/2024/a b.jpg"), safe="")
    target = f"/2024/a%20b.jpg?OSSAccessKeyId={ID}&Expires={END}&Signature={signature}"
    return Request(method, "photos-ex.oss-cn-hangzhou.aliyuncs.com", target, [])


def oss4():
    host, scope = "photos-ex.oss-cn-hangzhou.aliyuncs.com", f"{DAY}/cn-hangzhou/oss/aliyun_v4_request"
    canonical = f"GET\n/photos-ex/\nlist-type=2&prefix=2024%2F\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n\nUNSIGNED-PAYLOAD"
    string, signature = sealed("aliyun_v4", "aliyun_v4_request", "OSS4-HMAC-SHA256", scope, canonical)
    fields = [("x-oss-content-sha256", "UNSIGNED-PAYLOAD"), ("x-oss-date", TIME),
              ("Authorization", f"OSS4-HMAC-SHA256 Credential={ID}/{scope},Signature={signature}")]
    return Request("GET", host, "/?list-type=2&prefix=2024%2F", fields, b"", canonical, string)


def s32(body=b"a=1&b=2"):
    media = "application/x-www-form-urlencoded"
    string = f"PUT\n\n{media}\n{DATE}\n/photos-ex/2024/a%20b.txt"
    return Request("PUT", "photos-ex.s3.amazonaws.com", "/2024/a%20b.txt",
                   [("Content-Type", media), ("Date", DATE), ("Authorization", f"AWS {ID}:{v2(string)}")], body, None, string)


def ks32():
    string = f"GET\n\n\n{DATE}\n/photos-ex/2024/a%20b.jpg"
    return Request("GET", "photos-ex.ks3-cn-beijing.ksyuncs.com", "/2024/a%20b.jpg",
                   [("Date", DATE), ("Authorization", f"KSS {ID}:{v2(string)}")])


def cos():
    host, interval = "photos-1250000000.cos.ap-guangzhou.myqcloud.com", f"{END};{END + 3600}"
    text = f"get\n/2024/a.jpg\n\nhost={host}\n"
    string = f"sha1\n{interval}\n{hashlib.sha1(raw(text)).hexdigest()}\n"
    signature = mac(mac(SECRET, interval, "sha1").hex(), string, "sha1").hex()
    authorization = (f"q-sign-algorithm=sha1&q-ak={ID}&q-sign-time={interval}&q-key-time={interval}&q-header-list=host"
                     f"&q-url-param-list=&q-signature={signature}")
    return Request("GET", host, "/2024/a.jpg", [("Authorization", authorization)], b"", text, string)


def kodo_token(policy='{"scope":"photos:2024/a.jpg","deadline":1710498645}'):
    encoded = base64.urlsafe_b64encode(raw(policy)).decode()
    signature = base64.urlsafe_b64encode(mac(SECRET, encoded, "sha1")).decode()
    return f"{ID}:{signature}:{encoded}"


def qbox():
    body = b"url=%2Fa&name=b"
    signature = base64.urlsafe_b64encode(mac(SECRET, b"/v6/domain/list?tbl=photos\n" + body, "sha1")).decode()
    return Request("POST", "api.qiniu.com", "/v6/domain/list?tbl=photos",
                   [("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", f"QBox {ID}:{signature}")], body)


def qbox_delete():
    """A form without a body: nothing follows the line end of the target."""
    signature = base64.urlsafe_b64encode(mac(SECRET, b"/delete/Yjpr\n", "sha1")).decode()
    return Request("POST", "rs.qiniuapi.com", "/delete/Yjpr",
                   [("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", f"QBox {ID}:{signature}")])


def oss_form():
    policy = b64(b'{"expiration":"2024-03-15T10:30:45.000Z","conditions":[{"bucket":"photos-ex"},["starts-with","$key","2024/"]]}')
    return [("key", "2024/a b.jpg"), ("policy", policy), ("OSSAccessKeyId", ID), ("signature", v2(policy)), ("success_action_status", "201")]


def s3_form():
    scope = f"{DAY}/eu-west-1/s3/aws4_request"
    policy = b64(raw(json.dumps({"expiration": "2024-03-15T10:30:45Z", "conditions": [{"bucket": "photos-ex"}, ["starts-with", "$key", "2024/"]]})))
    key = raw("AWS4" + SECRET)
    for step in scope.split("/"):
        key = mac(key, step)
    return [("key", "2024/a.jpg"), ("policy", policy), ("x-amz-algorithm", "AWS4-HMAC-SHA256"), ("x-amz-credential", f"{ID}/{scope}"),
            ("x-amz-date", TIME), ("x-amz-signature", mac(key, policy).hex())]

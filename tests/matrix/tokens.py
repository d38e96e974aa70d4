"""Tokens and forms, which carry the text they sign, and the schemes of Kodo."""

import hashlib
import json
from model import DAY, END, ID, START, TIME, Box, Cos, Four, OssFour, Scheme, b64, b64u, http, mac, raw, request, url

COMPACT = (",", ":")


def dumped(value, **how):
    return json.dumps(value, ensure_ascii=how.pop("ensure_ascii", False), separators=how.pop("separators", COMPACT), **how)


# ---- forms: the Base64 of a policy is signed, at COS its JSON

class Form(Scheme):
    hash = "sha1"
    quotes = False
    ids = host = ""
    prefix = ""
    own = ()

    def sample(self):
        conditions = [{"bucket": "photos-ex"}, ["starts-with", "$key", "user/"], ["content-length-range", 1, 1048576], *self.demanded()]
        return Box(policy={"expiration": "2024-03-15T10:30:45.000Z", "conditions": conditions}, id=ID, key="user/照片.jpg", token=None,
                   time=TIME, day=DAY, region="", service="", before=[], behind=[{"file": {"size": 512, "name": "照片.jpg", "type": "image/jpeg"}}],
                   sent=None, host=self.host)

    def demanded(self):
        return []

    def json(self, req):
        return dumped(req.policy)

    def slots(self, req):
        return Box(policy=b64(self.json(req)))

    def string(self, slots, digest):
        return slots.policy

    def send(self, req, signature):
        sent = b64(self.json(req)) if req.sent is None else req.sent
        fields = [*req.before, ["key", req.key], *self.fields(req, sent, signature)]
        return {"kind": "form", "host": req.host, "fields": [*fields, *req.behind]}

    def fields(self, req, sent, signature):
        return [[self.ids, req.id], ["policy", sent], ["signature", signature]]


FORM = frozenset("policy form base64 sha1 mac string conditions".split())


class FourForm(Form):
    """Forms whose signature is of the V4 kind: a scope, and a chain of keys."""

    hash = "sha256"
    signs = (FORM - {"base64", "sha1"}) | frozenset("hex sha256 scope chain clock token".split())
    four = Four()

    def sample(self):
        req = super().sample()
        req.region, req.service = self.four.region, self.four.service
        return req

    def credential(self, req=None):
        day, region, service = (req.day, req.region, req.service) if req else (DAY, self.four.region, self.four.service)
        return f"{req.id if req else ID}/{day}/{region}/{service}/{self.four.terminator}"

    def slots(self, req):
        return Box(policy=b64(self.json(req)), day=req.day, region=req.region, service=req.service, terminator=self.four.terminator,
                   prefix=self.four.key_prefix)

    def key(self, slots, secret, name):
        return self.four.key(slots, secret, name)

    def spell(self, found):
        return found.hex()


class S3FourForm(FourForm):
    id, provider, host = "s3-v4-post", "s3", "photos-ex.s3.amazonaws.com"

    def demanded(self):
        return [{"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": self.credential()}, {"x-amz-date": TIME}]

    def fields(self, req, sent, signature):
        token = [["x-amz-security-token", req.token]] if req.token else []
        return [["policy", sent], ["x-amz-algorithm", "AWS4-HMAC-SHA256"], ["x-amz-credential", self.credential(req)], ["x-amz-date", req.time],
                *token, ["x-amz-signature", signature]]


class OssFourForm(FourForm):
    id, provider, host = "oss-post-v4", "oss", "photos-ex.oss-cn-hangzhou.aliyuncs.com"
    four = OssFour()

    def demanded(self):
        return [{"x-oss-signature-version": "OSS4-HMAC-SHA256"}, {"x-oss-credential": self.credential()}, {"x-oss-date": TIME}]

    def fields(self, req, sent, signature):
        token = [["x-oss-security-token", req.token]] if req.token else []
        return [["policy", sent], ["x-oss-signature-version", "OSS4-HMAC-SHA256"], ["x-oss-credential", self.credential(req)],
                ["x-oss-date", req.time], *token, ["x-oss-signature", signature]]


INTERVAL = f"{START};{END}"


class CosForm(Form):
    id, provider, host = "cos-post", "cos", Cos.host
    signs = (FORM - {"base64"}) | frozenset("hex interval clock expiry canonical token".split())

    def sample(self):
        req = super().sample()
        req.policy["conditions"][0] = {"bucket": "photos-1250000000"}
        return Box(req, interval=INTERVAL)

    def demanded(self):
        return [{"q-sign-algorithm": "sha1"}, {"q-ak": ID}, {"q-sign-time": INTERVAL}]

    def slots(self, req):
        return Box(policy=self.json(req), key_interval=req.interval)

    def canonical(self, slots):
        return slots.policy

    def string(self, slots, digest):
        return digest

    def key(self, slots, secret, name):
        return mac(secret, slots.key_interval, name).hex()

    def spell(self, found):
        return found.hex()

    def fields(self, req, sent, signature):
        token = [["x-cos-security-token", req.token]] if req.token else []
        return [["q-sign-algorithm", "sha1"], ["q-ak", req.id], ["q-key-time", req.interval], ["policy", sent], *token,
                ["q-signature", signature]]


def form(id, provider, **more):
    return type(id, (Form,), dict(id=id, provider=provider, signs=FORM | frozenset(more.pop("more", ())), **more))()


# ---- Kodo

KODO = frozenset("base64 url-safe sha1 mac string".split())


class Kodo(Scheme):
    provider, quotes = "kodo", False

    def spell(self, found):
        return b64u(found)

    def answer(self, slots):
        return '{"error":"bad token","error_code":"BadToken"}\n'


class UploadToken(Kodo):
    id, signs = "kodo-upload-token", KODO | {"policy", "deadline", "expiry", "carried"}

    def sample(self):
        return Box(policy={"scope": "photos:user/照片.jpg", "deadline": END, "callbackUrl": "https://app.example.com/cb", "callbackBody": "key=$(key)"},
                   id=ID, sent=None, key="user/照片.jpg", token=None)

    def slots(self, req):
        return Box(policy=b64u(dumped(req.policy)))

    def string(self, slots, digest):
        return slots.policy

    def send(self, req, signature):
        sent = b64u(dumped(req.policy)) if req.sent is None else req.sent
        return {"kind": "token", "token": f"{req.id}:{signature}:{sent}", "key": req.key}


FORM_TYPE = "application/x-www-form-urlencoded"


class Qbox(Kodo):
    id, signs = "kodo-qbox", KODO | frozenset("path path-encoded query-text body target header manage".split())
    host, prefix = "rs.qiniuapi.com", "x-qiniu-"

    def sample(self):
        return request("POST", self.host, "/batch/aW1nLWV4", [("force", "1"), ("x", "a%2Fb")], [["Content-Type", FORM_TYPE]],
                       "op=/stat/aW1nLWV4OmEucG5n&op=/stat/Yg==")

    def slots(self, req):
        return Box(path=req.path, query="&".join(f"{n}={v}" for n, v in req.params), body=req.body)

    def string(self, slots, digest):
        return slots.path + (f"?{slots.query}" if slots.query else "") + "\n" + slots.body

    def send(self, req, signature):
        return http(req, f"QBox {req.id}:{signature}")


class Callback(Qbox):
    id, host = "kodo-callback", "app.example.com"
    signs = Qbox.signs | {"asked"}

    def answer(self, slots):
        return '{"error":"callback signature mismatch"}\n'


class Mac(Kodo):
    id, host, prefix = "kodo-mac", "api.qiniu.com", "x-qiniu-"
    signs = KODO | frozenset("method host type own path path-encoded query-text body target header manage time clock".split())

    def sample(self):
        return request("POST", self.host, "/v2/certs/a%20b", [("limit", "3"), ("marker", "a%2Fb")],
                       [["Content-Type", "application/json"], ["X-Qiniu-Date", TIME], ["X-Qiniu-Meta", "alice"]], '{"name":"照片","url":"https://a.example/b"}')

    def slots(self, req):
        own = sorted(([name, value] for name, value in req.headers if name.lower().startswith("x-qiniu-")), key=lambda pair: pair[0].lower())
        media = next((value for name, value in req.headers if name.lower() == "content-type"), "")
        return Box(method=req.method, path=req.path, query="&".join(f"{n}={v}" for n, v in req.params), host=req.host, type=media, headers=own,
                   body=req.body)

    def string(self, slots, digest):
        media = f"Content-Type: {slots.type}\n" if slots.type else ""
        own = "".join(f"{name}: {value}\n" for name, value in slots.headers)
        return (f"{slots.method} {slots.path}" + (f"?{slots.query}" if slots.query else "") + f"\nHost: {slots.host}\n{media}{own}\n{slots.body}")

    def send(self, req, signature):
        return http(req, f"Qiniu {req.id}:{signature}")


class PrivateUrl(Kodo):
    id = "kodo-private-url"
    signs = KODO | frozenset("expiry seconds url literal".split())
    host = "img.example.com"

    def sample(self):
        return request("GET", self.host, "/2024/a%20b.jpg", [("imageView2/2/w/200", None), ("x", "1")], end=END)

    def slots(self, req):
        sent = url(req, [("e", req.end)])
        return Box(text=f"{sent['transport']}://{sent['host']}{sent['target']}")

    def string(self, slots, digest):
        return slots.text

    def send(self, req, signature):
        return url(req, [("e", req.end), ("token", f"{req.id}:{signature}")])

    def answer(self, slots):
        return '{"error":"download token auth failed"}\n'


class Antileech(Kodo):
    """The timestamp link of the CDN: MD5 over key, path and time."""

    id = "kodo-cdn-antileech"
    signs = frozenset("expiry url path path-encoded antileech plain".split())
    hash = "md5"

    def sample(self):
        return request("GET", "cdn.example.com", "/dir/a%20b.mp4", [("v", "2")], end=END)

    def slots(self, req):
        return Box(path=req.path, time=f"{req.end:x}")

    def string(self, slots, digest):
        return slots.path + slots.time

    def mac(self, key, text, name):
        return hashlib.md5(raw(key) + raw(text)).digest()

    def spell(self, found):
        return found.hex()

    def send(self, req, signature):
        return url(req, [("sign", signature), ("t", f"{req.end:x}")])

    def answer(self, slots):
        return "<html><body><h1>403 Forbidden</h1></body></html>\n"


# ---- COS, JSON API

class CosJson(Scheme):
    provider = "cos"
    signs = frozenset("fields sha1 mac string carried expiry clock".split())
    file = ""
    uses = "multi"

    def sample(self):
        once = self.uses == "once"
        return Box(id="AKIDvec1Example0000000000000000000AB", token=None, sent=None,
                   fields=dict(a="1250000000", b="photos", k="AKIDvec1Example0000000000000000000AB", e="0" if once else str(END), t=str(START),
                               r="490258943", f="/1250000000/photos/dir/a%20b.jpg" if once else ""))

    def slots(self, req):
        return Box(fields=dict(req.fields))

    def string(self, slots, digest):
        return "&".join(f"{name}={value}" for name, value in slots.fields.items())

    def spell(self, found):
        return found

    def send(self, req, signature):
        text = "&".join(f"{name}={value}" for name, value in req.fields.items())
        return {"kind": "token", "token": b64(raw(signature) + raw(text)), "key": None}

    def answer(self, slots):
        return '{"code":-97,"message":"ERROR_PROXY_AUTH_SIGN","data":null}\n'


def cos_json(id, uses):
    return type(id, (CosJson,), dict(id=id, uses=uses, signs=CosJson.signs - (frozenset(["expiry"]) if uses == "once" else frozenset())))()


OTHERS = [
    form("oss-post-v1", "oss", ids="OSSAccessKeyId", host="photos-ex.oss-cn-hangzhou.aliyuncs.com", more=["token"]),
    OssFourForm(),
    UploadToken(),
    Qbox(),
    Mac(),
    PrivateUrl(),
    Antileech(),
    Callback(),
    form("ks3-post", "ks3", ids="KSSAccessKeyId", host="photos-ex.ks3-cn-beijing.ksyuncs.com"),
    cos_json("cos-json-multi", "multi"),
    cos_json("cos-json-once", "once"),
    CosForm(),
    form("s3-v2-post", "s3", ids="AWSAccessKeyId", host="photos-ex.s3.amazonaws.com", more=["token"]),
    S3FourForm(),
]

"""The schemes as their vendors describe them, written a second time and in another language.

A scheme turns a request into *slots*, the pieces of the text it signs; joins slots to that text; and puts a
signature into the request. A mistake changes slots, text, key or signature, or the request after it was signed.
Nothing here shares code with the library under test: the MACs are Python's own.
"""

import base64
import copy
import hashlib
import hmac
from urllib.parse import quote, unquote

ID = "CSIDEXAMPLE0001"
SECRET = "cs7EXAMPLEsecretKEY/with+signs0123456789"
TOKEN = "CSTOKENexample/with+signs=="
DATE = "Fri, 15 Mar 2024 08:30:45 GMT"
TIME = "20240315T083045Z"
DAY = TIME[:8]
START = 1710491445
END = START + 3600
UNSIGNED = "UNSIGNED-PAYLOAD"
EMPTY = hashlib.sha256(b"").hexdigest()


class Box(dict):
    """A record whose fields are attributes."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__

    def copy(self):
        return copy.deepcopy(self)

    def __deepcopy__(self, memo):
        return Box({name: copy.deepcopy(value, memo) for name, value in self.items()})


def raw(text):
    return text if isinstance(text, bytes) else text.encode("utf-8")


def mac(key, text, name):
    return hmac.new(raw(key), raw(text), name).digest()


def b64(data):
    return base64.b64encode(raw(data)).decode()


def b64u(data):
    return base64.urlsafe_b64encode(raw(data)).decode()


def escaped(text):
    """A value as vendors escape it: everything but letters, digits and `-_.~`."""
    return quote(text, safe="-_.~")


def value_of(pair):
    return None if pair[1] is None else unquote(pair[1])


class Scheme:
    """What all schemes have. `signs` says what takes part, in the words of `rules.py`."""

    id = provider = ""
    signs = frozenset()
    hash = "sha1"
    # Whether the server quotes the text it computed.
    quotes = True

    def canonical(self, slots):
        """The text whose digest is signed; `None` when the text itself is."""
        return None

    def string(self, slots, digest):
        raise NotImplementedError

    def key(self, slots, secret, name):
        return raw(secret)

    def spell(self, found):
        return b64(found)

    def answer(self, slots):
        """What the server says of a signature that differs, with the text it computed where it quotes one."""
        canonical = self.canonical(slots)
        digest = None if canonical is None else hashlib.new(self.hash, raw(canonical)).hexdigest()
        string = self.string(slots, digest)
        return mismatch(*(self.quoted(string, canonical) if self.quotes else []))

    def quoted(self, string, canonical):
        """The texts the server shows, each of them beside its bytes in hexadecimal digits but for COS."""
        return [("StringToSign", string)]


def is_cos(scheme):
    """Whether it is one of the XML API's, which writes names and methods in small letters."""
    return scheme.id.startswith("cos-xml")


def mismatch(*elements):
    """What is said of another signature than the one computed. The test adds the byte fields."""
    return xml_answer("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.", *elements)


def xml_answer(code, message, *elements):
    def text(value):
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    more = "".join(f"<{name}>{text(value)}</{name}>" for name, value in elements)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{text(message)}</Message>{more}</Error>\n'


def request(method, host, path="/2024/a%20b.jpg", params=(), headers=(), body="", **own):
    """What is sent, the signature excepted. Path and parameters as they stand on the wire."""
    sent = dict(method=method, host=host, path=path, params=list(params), headers=list(headers), body=body, transport="https", id=ID, token=None)
    return Box(sent | own)


def target(req, more=()):
    pairs = [*req.params, *more]
    query = "&".join(name if value is None else f"{name}={value}" for name, value in pairs)
    return req.path + (f"?{query}" if pairs else "")


def http(req, authorization):
    """A request with the signature in its header."""
    return {"kind": "http", "method": req.method, "transport": req.transport, "host": req.host, "target": target(req),
            "headers": [*req.headers, ["Authorization", authorization]], "body": req.body}


def url(req, more):
    """A request with the signature in its URL."""
    return {"kind": "url", "method": req.method, "transport": req.transport, "host": req.host, "target": target(req, more),
            "headers": list(req.headers), "body": req.body}


def header(req, name):
    return next((value for own, value in req.headers if own.lower() == name), "")


# ---- the V2 shape: lines, headers, and a resource with some of the parameters

LINES = frozenset("method md5 type own bucket path subs token base64 sha1 mac string".split())


class Lines(Scheme):
    prefix = host = word = ids = token_param = ""
    in_url = False
    decoded = False

    def sample(self):
        if self.in_url:
            return request("GET", self.host, params=[("response-content-type", "text%2Fplain")], end=END, bucket="photos-ex", date=DATE)
        return self.full(request("PUT", self.host, params=[("partNumber", "1"), ("uploadId", "A%2Fb")], end=END, bucket="photos-ex", date=DATE))

    def full(self, req):
        """With a type and headers of the vendor's own."""
        req.method = "PUT"
        req.headers += [["Content-Type", "image/jpeg"], [f"{self.prefix}meta-owner", "alice"], [f"{self.prefix}meta-year", "2024"]]
        if not self.in_url:
            req.headers.append(["Date", req.date])
        return req

    def slots(self, req):
        own = {}
        for name, value in req.headers:
            if name.lower().startswith(self.prefix):
                own[name.lower()] = value.strip()
        path = unquote(req.path) if self.decoded else req.path
        if self.provider == "ks3":
            path = path.replace("//", "/%2F")
        subs = [(name, value_of((name, value))) for name, value in req.params]
        if req.token:
            if self.in_url and self.token_param:
                subs.append((self.token_param, req.token))
            elif not self.in_url:
                own[f"{self.prefix}security-token"] = req.token
        date = str(req.end) if self.in_url else header(req, "date")
        return Box(method=req.method, md5=header(req, "content-md5"), type=header(req, "content-type"), date=date,
                   headers=sorted(own.items()), bucket=f"/{req.bucket}", path=path, subs=sorted(subs, key=lambda pair: pair[0]))

    def string(self, slots, digest):
        headers = "".join(f"{name}:{value}\n" for name, value in slots.headers)
        subs = "&".join(name if value is None else f"{name}={value}" for name, value in slots.subs)
        return (f"{slots.method}\n{slots.md5}\n{slots.type}\n{slots.date}\n{headers}{slots.bucket}{slots.path}" + (f"?{subs}" if subs else ""))

    def send(self, req, signature):
        if not self.in_url:
            req = req.copy()
            if req.token:
                req.headers.append([f"{self.prefix}security-token", req.token])
            return http(req, f"{self.word} {req.id}:{signature}")
        token = [(self.token_param, escaped(req.token))] if req.token and self.token_param else []
        return url(req, [*token, (self.ids, escaped(req.id)), ("Expires", req.end), ("Signature", escaped(signature))])


def lines(id, provider, **more):
    in_url = id.endswith("-url")
    signs = LINES | (frozenset(["expiry", "url", "seconds"]) if in_url else frozenset(["date", "clock", "header"]))
    signs |= frozenset(["path-decoded" if more.get("decoded") else "path-encoded"])
    return type(id, (Lines,), dict(id=id, provider=provider, in_url=in_url, signs=signs - more.pop("without", frozenset()), **more))()


OSS_HOST = "photos-ex.oss-cn-hangzhou.aliyuncs.com"
KS3_HOST = "photos-ex.ks3-cn-beijing.ksyuncs.com"
OSS = dict(prefix="x-oss-", host=OSS_HOST, word="OSS", ids="OSSAccessKeyId", token_param="security-token", decoded=True)
S3 = dict(prefix="x-amz-", host="photos-ex.s3.amazonaws.com", word="AWS", ids="AWSAccessKeyId", token_param="x-amz-security-token")
KS3 = dict(prefix="x-kss-", host=KS3_HOST, word="KSS", ids="KSSAccessKeyId", token_param="security-token", quotes=False)


class OssPush(Scheme):
    """`rtmp://bucket.endpoint/live/channel`: expiry, parameters, bucket and channel."""

    id, provider, quotes = "oss-rtmp-url", "oss", False
    signs = frozenset("expiry seconds url bucket path path-decoded query token base64 sha1 mac string push".split())
    host = OSS_HOST

    def sample(self):
        return request("PUBLISH", OSS_HOST, "/live/cam%20era", [("playlistName", "a.m3u8"), ("view", "b%2Fc")], transport="rtmp", end=END,
                       bucket="photos-ex")

    def slots(self, req):
        query = [(name, value_of((name, value))) for name, value in req.params]
        if req.token:
            query.append(("security-token", req.token))
        return Box(date=str(req.end), query=sorted(query), bucket=f"/{req.bucket}", path=unquote(req.path).removeprefix("/live"))

    def string(self, slots, digest):
        return f"{slots.date}\n" + "".join(f"{n}:{v or ''}\n" for n, v in slots.query) + slots.bucket + slots.path

    def send(self, req, signature):
        token = [("security-token", escaped(req.token))] if req.token else []
        return url(req, [*token, ("OSSAccessKeyId", req.id), ("Expires", req.end), ("Signature", escaped(signature))])


# ---- the V4 shape: a canonical request, a scope, and a chain of keys

V4 = frozenset("method type path path-encoded query own scope time token hex sha256 mac string canonical chain clock".split())


class Four(Scheme):
    hash = "sha256"
    prefix, algorithm, key_prefix, terminator, service, region, host = "x-amz-", "AWS4-HMAC-SHA256", "AWS4", "aws4_request", "s3", "us-east-1", ""
    names = dict(algorithm="X-Amz-Algorithm", credential="X-Amz-Credential", date="X-Amz-Date", expires="X-Amz-Expires",
                 list="X-Amz-SignedHeaders", token="X-Amz-Security-Token", signature="X-Amz-Signature")
    in_url = False
    # OSS signs the headers it knows without naming them.
    lists = True
    payload = UNSIGNED

    def sample(self):
        params = [("response-content-type", "text%2Fplain")] if self.in_url else [("partNumber", "1"), ("uploadId", "A%2Fb")]
        req = request("GET" if self.in_url else "PUT", self.host, params=params, bucket="photos-ex", time=TIME, day=DAY, region=self.region,
                      service=self.service, life=3600, also=["host"] if self.lists else [], payload=self.payload)
        return req if self.in_url else self.full(req)

    def full(self, req):
        req.method = "PUT"
        req.headers += [["Content-Type", "image/jpeg"], [f"{self.prefix}meta-owner", "alice"], [f"{self.prefix}meta-year", "2024"]]
        return req

    def path(self, req):
        return quote(unquote(req.path), safe="/-_.~")

    def all_headers(self, req):
        headers = [["host", req.host], *req.headers]
        if not self.in_url:
            headers += [[f"{self.prefix}content-sha256", req.payload], [f"{self.prefix}date", req.time]]
            if req.token:
                headers.append([f"{self.prefix}security-token", req.token])
        return headers

    def own_params(self, req):
        names = self.names
        credential = f"{req.id}/{req.day}/{req.region}/{req.service}/{self.terminator}"
        params = [(names["algorithm"], self.algorithm), (names["credential"], escaped(credential)), (names["date"], req.time),
                  (names["expires"], str(req.life))]
        if req.token:
            params.append((names["token"], escaped(req.token)))
        if self.lists or self.listed(req):
            params.append((names["list"], escaped(";".join(self.listed(req)))))
        return params

    def always(self, name):
        return name.startswith(self.prefix) or name in ("content-type", "content-md5")

    def signed_headers(self, req):
        signed = {}
        for name, value in self.all_headers(req):
            name = name.lower()
            if self.always(name) or name in req.also:
                signed[name] = self.trimmed(value)
        return sorted(signed.items())

    def trimmed(self, value):
        """S3 joins blanks; the others keep what is inside a value."""
        return " ".join(value.split()) if self.prefix == "x-amz-" else value.strip()

    def listed(self, req):
        if "names" in req:
            return req["names"]
        names = [name for name, _ in self.signed_headers(req)]
        return names if self.lists else sorted(req.also)

    def slots(self, req):
        pairs = [*req.params, *(self.own_params(req) if self.in_url else [])]
        query = sorted((escaped(unquote(name)), None if value is None else escaped(unquote(str(value)))) for name, value in pairs)
        if self.lists:
            query = [(name, value or "") for name, value in query]
        return Box(method=req.method, path=self.path(req), query=query, headers=self.signed_headers(req), names=self.listed(req),
                   payload=req.payload, algorithm=self.algorithm, time=req.time, day=req.day, region=req.region, service=req.service,
                   terminator=self.terminator, prefix=self.key_prefix)

    def canonical(self, slots):
        query = "&".join(name if value is None else f"{name}={value}" for name, value in slots.query)
        headers = "".join(f"{name}:{value}\n" for name, value in slots.headers)
        return f"{slots.method}\n{slots.path}\n{query}\n{headers}\n{';'.join(slots.names)}\n{slots.payload}"

    def scope(self, slots):
        return f"{slots.day}/{slots.region}/{slots.service}/{slots.terminator}"

    def string(self, slots, digest):
        return f"{slots.algorithm}\n{slots.time}\n{self.scope(slots)}\n{digest}"

    def key(self, slots, secret, name):
        key = raw(slots.prefix) + raw(secret)
        for step in (slots.day, slots.region, slots.service, slots.terminator):
            key = mac(key, step, name)
        return key

    def spell(self, found):
        return found.hex()

    def quoted(self, string, canonical):
        return [*super().quoted(string, canonical), ("CanonicalRequest", canonical)]

    def send(self, req, signature):
        if self.in_url:
            return url(req, [*self.own_params(req), (self.names["signature"], escaped(signature))])
        req = req.copy()
        listed = self.listed(req)
        req.headers = [pair for pair in self.all_headers(req) if pair[0] != "host"]
        credential = f"{req.id}/{req.day}/{req.region}/{req.service}/{self.terminator}"
        if self.lists:
            return http(req, f"{self.algorithm} Credential={credential}, SignedHeaders={';'.join(listed)}, Signature={signature}")
        also = f"AdditionalHeaders={';'.join(listed)}," if listed else ""
        return http(req, f"{self.algorithm} Credential={credential},{also}Signature={signature}")


class OssFour(Four):
    prefix, algorithm, key_prefix, terminator = "x-oss-", "OSS4-HMAC-SHA256", "aliyun_v4", "aliyun_v4_request"
    service, region, host, lists = "oss", "cn-hangzhou", OSS_HOST, False
    names = dict(algorithm="x-oss-signature-version", credential="x-oss-credential", date="x-oss-date", expires="x-oss-expires",
                 list="x-oss-additional-headers", token="x-oss-security-token", signature="x-oss-signature")

    def path(self, req):
        return f"/{req.bucket}" + super().path(req)


class Generic(Four):
    """Any AWS service but S3: the path is encoded twice, and the body is hashed."""

    host, service, payload = "api-ex.execute-api.us-east-1.amazonaws.com", "execute-api", EMPTY

    def path(self, req):
        folded = req.copy()
        while "//" in folded.path:
            folded.path = folded.path.replace("//", "/")
        return quote(super().path(folded), safe="/-_.~")


def four(id, provider, base=Four, without="", more="", **own):
    in_url = id.endswith("-url")
    signs = V4 | frozenset(["url", "life"] if in_url else ["header", "payload"]) | frozenset(more.split())
    return type(id, (base,), dict(id=id, provider=provider, in_url=in_url, signs=signs - frozenset(without.split()), **own))()


KS3_FOUR = dict(prefix="x-kss-", algorithm="KSS4-HMAC-SHA256", key_prefix="KSS4", terminator="kss4_request", service="ks3", region="BEIJING",
                host=KS3_HOST, quotes=False,
                names={name: text.replace("Amz", "Kss") for name, text in Four.names.items()})
S3_HOST = "photos-ex.s3.us-east-1.amazonaws.com"


# ---- COS, XML API

class Cos(Scheme):
    host = "photos-1250000000.cos.ap-guangzhou.myqcloud.com"
    in_url = False
    prefix = "x-cos-"
    provider = "cos"

    def sample(self):
        params = [("response-content-type", "text%2Fplain")] if self.in_url else [("partNumber", "1"), ("uploadId", "A%2Fb")]
        req = request("GET" if self.in_url else "PUT", self.host, params=params, interval=f"{START};{END}", key_interval=f"{START};{END}",
                      bucket="photos-1250000000")
        return req if self.in_url else self.full(req)

    def full(self, req):
        req.method = "PUT"
        req.headers += [["Content-Type", "image/jpeg"], ["x-cos-meta-owner", "alice"], ["x-cos-meta-year", "2024"]]
        return req

    def slots(self, req):
        headers = [("host", req.host), *[(name.lower(), value) for name, value in req.headers]]
        if req.token and not self.in_url:
            headers.append(("x-cos-security-token", req.token))
        query = [(escaped(unquote(name)).lower(), escaped(unquote(value or ""))) for name, value in req.params]
        return Box(method=req.method.lower(), path=unquote(req.path), query=sorted(query),
                   headers=sorted((escaped(name).lower(), escaped(value.strip())) for name, value in headers),
                   interval=req.interval, key_interval=req.key_interval)

    def canonical(self, slots):
        def joined(pairs):
            return "&".join(f"{name}={value}" for name, value in pairs)

        return f"{slots.method}\n{slots.path}\n{joined(slots.query)}\n{joined(slots.headers)}\n"

    def string(self, slots, digest):
        return f"sha1\n{slots.interval}\n{digest}\n"

    def key(self, slots, secret, name):
        return mac(secret, slots.key_interval, name).hex()

    def spell(self, found):
        return found.hex()

    def quoted(self, string, canonical):
        return [("StringToSign", string), ("FormatString", canonical)]

    def send(self, req, signature):
        slots = self.slots(req)
        names = {kind: ";".join(name for name, _ in slots[kind]) for kind in ("headers", "query")}
        if "names" in req:
            names["headers"] = ";".join(req["names"])
        if "named" in req:
            names["query"] = ";".join(name for name, _ in req["named"])
        pairs = [("q-sign-algorithm", "sha1"), ("q-ak", req.id), ("q-sign-time", req.interval), ("q-key-time", req.key_interval),
                 ("q-header-list", names["headers"]), ("q-url-param-list", names["query"]), ("q-signature", signature)]
        if self.in_url:
            token = [("x-cos-security-token", escaped(req.token))] if req.token else []
            return url(req, [*[(name, escaped(value)) for name, value in pairs], *token])
        req = req.copy()
        if req.token:
            req.headers.append(["x-cos-security-token", req.token])
        return http(req, "&".join(f"{name}={value}" for name, value in pairs))


class CosPush(Scheme):
    """`rtmp://bucket/live/channel` of COS, with the secret itself as the key."""

    id, provider, quotes = "cos-rtmp-url", "cos", False
    signs = frozenset("bucket path path-decoded query interval clock expiry url hex sha1 mac string canonical push".split())
    host = Cos.host

    def sample(self):
        return request("PUBLISH", self.host, "/live/cam%20era", [("a", "x%2Fy"), ("b", "2")], transport="rtmp", interval=f"{START};{END}",
                       key_interval=f"{START};{END}", bucket="photos-1250000000")

    def slots(self, req):
        return Box(bucket=f"/{req.bucket}", path=unquote(req.path).removeprefix("/live"), interval=req.key_interval,
                   query=[(name, value_of((name, value)) or "") for name, value in req.params])

    def canonical(self, slots):
        return f"{slots.bucket}{slots.path}\n" + "&".join(f"{name}={value}" for name, value in slots.query) + "\n"

    def string(self, slots, digest):
        return f"sha1\n{slots.interval}\n{digest}\n"

    def spell(self, found):
        return found.hex()

    def send(self, req, signature):
        return url(req, [("q-sign-algorithm", "sha1"), ("q-ak", req.id), ("q-sign-time", escaped(req.interval)),
                         ("q-key-time", escaped(req.key_interval)), ("q-signature", signature)])


XML = frozenset("method type path path-decoded query listed own host interval clock expiry token hex sha1 mac string canonical list".split())
COS_HEADER = type("cos-xml-header", (Cos,), dict(id="cos-xml-header", signs=XML | {"header"}))()
COS_URL = type("cos-xml-url", (Cos,), dict(id="cos-xml-url", in_url=True, signs=(XML | {"url"})))()
COS_PUSH = CosPush()

REQUESTS = [
    lines("oss-v1-header", "oss", **OSS),
    lines("oss-v1-url", "oss", **OSS),
    four("oss-v4-header", "oss", OssFour, more="bucket"),
    four("oss-v4-url", "oss", OssFour, more="bucket"),
    OssPush(),
    lines("ks3-v2-header", "ks3", **KS3),
    lines("ks3-v2-url", "ks3", **KS3),
    four("ks3-v4-header", "ks3", more="host list", **KS3_FOUR),
    four("ks3-v4-url", "ks3", more="host list", **KS3_FOUR),
    COS_HEADER,
    COS_URL,
    COS_PUSH,
    lines("s3-v2-header", "s3", **S3),
    lines("s3-v2-url", "s3", **S3),
    four("s3-v4-header", "s3", more="host list", host=S3_HOST),
    four("s3-v4-url", "s3", more="host list", host=S3_HOST),
    four("s3-v4-chunked", "s3", more="host list chunks", without="payload", host=S3_HOST, payload="STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
    four("aws-v4-generic", "s3", Generic, more="host list twice"),
]

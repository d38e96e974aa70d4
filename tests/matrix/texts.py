"""Mistakes with what a request signs of itself: method, path, host, parameters, headers, body, scope.

Longer than other files: the mistakes of all these parts rest on the same few functions that rewrite a signed text.
"""

import hashlib
import re
import unicodedata
from urllib.parse import quote, unquote

from cell import mistake
from model import EMPTY, UNSIGNED, b64, escaped

SHA_HELLO = hashlib.sha256(b"hello").hexdigest()


def is_lines(s):
    return "subs" in s.signs


def is_v4(s):
    return "chain" in s.signs and "policy" not in s.signs


def is_cos(s):
    return s.id.startswith("cos-xml")


# ---- method


@mistake("method-mismatch")
def another_verb(c):
    verb = "POST" if c.req.method == "PUT" else "PUT"
    c.slots.method = verb.lower() if is_cos(c.scheme) else verb


@mistake("method-case")
def other_case(c):
    c.slots.method = c.slots.method.upper() if is_cos(c.scheme) else c.slots.method.lower()


@mistake("method-rewritten-by-proxy")
def server_saw_another(c):
    c.freeze()
    theirs = c.slots.copy()
    theirs.method = "get" if is_cos(c.scheme) else "GET"
    if c.req.method == "GET":
        theirs.method = "head" if is_cos(c.scheme) else "HEAD"
    c.answer = c.scheme.answer(theirs)
    c.seen("server")


# ---- path


def named(c, wire):
    """Gives the request another path, below whatever the scheme wants in front."""
    c.req.path = ("/live" if c.signs("push") else "/2024") + wire


def set_path(c, change):
    """Changes the signed path behind a bucket that is written in front of it."""
    head = f"/{c.req.bucket}" if c.scheme.id.startswith("oss-v4") else ""
    c.slots.path = head + change(c.slots.path[len(head):])


def times(c):
    """How often the path is escaped."""
    return 2 if "twice" in c.scheme.signs else 1


@mistake("key-encode-set-wrong")
def parentheses_raw(c):
    named(c, "/a%20%281%29.jpg")
    set_path(c, lambda path: re.sub("%(25)?28", "(", re.sub("%(25)?29", ")", path)))


@mistake("key-not-encoded")
def raw_key(c):
    named(c, "/%E7%85%A7%20a.jpg")

    def decoded(path):
        for _ in range(times(c)):
            path = unquote(path)
        return path

    set_path(c, decoded)


@mistake("key-encoded-in-resource")
def escaped_key(c):
    set_path(c, lambda path: quote(path, safe="/-_.~"))


@mistake("plus-vs-space")
def plus_as_blank(c):
    named(c, "/C%2B%2B%20notes.txt")
    set_path(c, lambda path: path.replace("+", " ").replace("%252B", "%2520").replace("%2B", "%20"))


@mistake("double-encoded-path")
def once_more(c):
    named(c, "/a%20b.jpg")
    set_path(c, lambda path: quote(path, safe="/-_.~"))


def lower_hex(text):
    return re.sub("%(25)?[0-9A-F]{2}", lambda found: found.group().lower(), text)


@mistake("percent-hex-case", of=lambda s: "path-encoded" in s.signs and "path" in s.signs)
def lower_digits(c):
    named(c, "/caf%C3%A9.jpg")
    set_path(c, lower_hex)


@mistake("percent-hex-case", of=is_cos)
def lower_digits_of_values(c):
    c.slots.query = [(name, lower_hex(value)) for name, value in c.slots.query]


@mistake("slash-encoded-in-key")
def slashes(c):
    named(c, "/05/a.jpg")

    def changed(path):
        return path[0] + path[1:].replace("/", "%2F" if times(c) == 1 else "%252F")

    set_path(c, changed)


@mistake("url-renormalised-by-client")
def sign_restored(c):
    c.req.path = "/2024/a%40b.jpg"
    c.freeze()
    c.req.path = "/2024/a@b.jpg"


@mistake("path-normalised", of=lambda s: s.id != "aws-v4-generic")
def doubled_slash_folded(c):
    named(c, "//a.jpg")
    set_path(c, lambda path: path.replace("/%2F", "/").replace("//", "/"))


@mistake("path-normalised", of=lambda s: s.id == "aws-v4-generic")
def doubled_slash_kept(c):
    """Other services than S3 fold it."""
    named(c, "//a.jpg")
    set_path(c, lambda path: path.replace("/2024/", "/2024//"))


@mistake("path-rewritten-by-proxy")
def prefix_added(c):
    if c.signs("push"):
        c.req.path = "/live/gateway/cam%20era"
        set_path(c, lambda path: path.removeprefix("/gateway"))
        return
    c.req.path = "/gateway" + c.req.path
    set_path(c, lambda path: path.removeprefix("/gateway"))


@mistake("key-leading-slash-missing")
def no_slash(c):
    set_path(c, lambda path: path[1:])


@mistake("unicode-form")
def decomposed(c):
    named(c, "/caf%C3%A9.jpg")

    def other(path):
        for _ in range(times(c) if c.signs("path-encoded") else 0):
            path = unquote(path)
        path = unicodedata.normalize("NFD", path)
        for _ in range(times(c) if c.signs("path-encoded") else 0):
            path = quote(path, safe="/-_.~")
        return path

    set_path(c, other)


# ---- host and bucket


def sign_host(c):
    """OSS signs the host only when it is asked to."""
    if c.scheme.id.startswith("oss-v4"):
        c.req.also = ["host"]
        c.hints["bucket"] = "photos-ex"


def set_host(c, host):
    """Signs another host than is sent."""
    if "host" in c.slots:
        c.slots.host = host
        return
    written = escaped(host) if is_cos(c.scheme) else host
    c.slots.headers = [(name, written if name == "host" else value) for name, value in c.slots.headers]


@mistake("host-rewritten-by-proxy")
def forwarded(c):
    sign_host(c)
    host = c.req.host
    c.freeze()
    if is_cos(c.scheme):
        c.req.names = [name for name, _ in c.slots.headers]
    c.req.host = "10.0.0.7:9000"
    c.req.headers.append(["X-Forwarded-Host", host])
    c.knows_text = not is_cos(c.scheme)


@mistake("host-port-mismatch")
def port_signed(c):
    sign_host(c)
    set_host(c, f"{c.req.host}:443")


ELSEWHERE = {"s3": "photos-ex.s3-accelerate.amazonaws.com", "oss": "photos-ex.oss-accelerate.aliyuncs.com",
             "ks3": "photos-ex.ks3-cn-beijing-internal.ksyuncs.com", "cos": "photos-1250000000.cos.accelerate.myqcloud.com"}


@mistake("host-changed-after-signing")
def another_endpoint(c):
    sign_host(c)
    set_host(c, ELSEWHERE[c.scheme.provider])


def drop_bucket(c):
    if "bucket" in c.slots:
        c.slots.bucket = ""
    else:
        c.slots.path = c.slots.path.removeprefix(f"/{c.req.bucket}")


@mistake("cname-mode-wrong")
def custom_domain(c):
    c.req.host = "static.example.com"
    c.hints |= {"bucket": c.req.bucket, "addressing": "custom"}
    drop_bucket(c)


def double_host(c):
    bucket = c.req.host.split(".")[0]
    return f"{bucket}.{c.req.host}"


@mistake("bucket-in-endpoint", of=lambda s: "bucket" in s.signs)
def host_doubled(c):
    c.freeze()
    c.req.host = double_host(c)
    c.theirs = c.scheme.slots(c.req)
    twice = f"{c.req.bucket}.{c.req.bucket}"
    if "bucket" in c.theirs:
        c.theirs.bucket = f"/{twice}"
    else:
        c.theirs.path = c.theirs.path.replace(f"/{c.req.bucket}", f"/{twice}", 1)


@mistake("bucket-in-endpoint", of=lambda s: "host" in s.signs)
def host_signed_doubled(c):
    set_host(c, double_host(c))


@mistake("endpoint-malformed")
def blank_in_host(c):
    head, _, port = c.req.host.partition(":")
    c.freeze()
    c.req.host = f"{head} :80"
    c.hints |= {"bucket": c.req.bucket, "addressing": "virtual"} if c.signs("bucket") else {}
    c.seen()
    c.knows_text = False


@mistake("bucket-missing-from-resource")
def key_alone(c):
    drop_bucket(c)


@mistake("bucket-duplicated-in-resource")
def counted_twice(c):
    if "bucket" in c.slots:
        c.slots.bucket *= 2
    else:
        c.slots.path = f"/{c.req.bucket}{c.slots.path}"


@mistake("addressing-style-wrong", of=lambda s: s.id.startswith("s3-v4") or s.id.startswith("ks3-v4"))
def path_style_signed(c):
    bucket, _, endpoint = c.req.host.partition(".")
    c.slots.path = f"/{bucket}{c.slots.path}"
    set_host(c, endpoint)


@mistake("addressing-style-wrong", of=is_cos)
def path_style_signed_at_cos(c):
    bucket, _, endpoint = c.req.host.partition(".")
    c.slots.path = f"/{bucket}{c.slots.path}"
    set_host(c, endpoint)


@mistake("addressing-style-wrong", of=lambda s: s.id.startswith("oss-v4"))
def path_style_host(c):
    sign_host(c)
    set_host(c, c.req.host.partition(".")[2])


@mistake("addressing-style-wrong", of=lambda s: "subs" in s.signs)
def own_domain_taken_for_the_bucket(c):
    """A server of one's own: its first label is the bucket to the client, and part of the endpoint to us."""
    c.slots.bucket = "/photos-ex"
    c.req.host = "photos-ex.minio.example.com"
    c.theirs = c.scheme.slots(c.req)
    c.theirs.bucket = ""


@mistake("bucket-or-host-case", of=lambda s: "bucket" in s.signs)
def capitals_signed(c):
    if "bucket" in c.slots:
        c.slots.bucket = "/P" + c.slots.bucket[2:]
    else:
        c.slots.path = "/P" + c.slots.path[2:]
    c.req.host = "P" + c.req.host[1:]
    c.theirs = c.scheme.slots(c.req)


@mistake("bucket-or-host-case", of=lambda s: "host" in s.signs and "bucket" not in s.signs)
def capitals_in_host(c):
    lower = c.req.host
    c.req.host = lower[0].upper() + lower[1:]
    # COS and Kodo sign what is sent; the others want it in lower case.
    as_sent = is_cos(c.scheme) or c.scheme.id == "kodo-mac"
    set_host(c, lower if as_sent else c.req.host)
    c.knows_text = as_sent


@mistake("bucket-of-another-request")
def neighbour(c):
    sign_host(c)
    c.hints.pop("bucket", None)
    other = c.req.copy()
    if c.signs("bucket"):
        other.bucket = "other" + c.req.bucket.removeprefix("photos")
    other.host = "other" + c.req.host.removeprefix(c.req.host.split("-")[0] if "-" in c.req.host.split(".")[0] else c.req.host.split(".")[0])
    c._slots = c.scheme.slots(other)
    c.related = [c.scheme.send(other, c.sign())]


# ---- parameters


@mistake("subresource-not-signed")
def none_of_them(c):
    c.slots.subs = []


@mistake("non-subresource-signed")
def all_of_them(c):
    c.freeze()
    c.theirs = c.scheme.slots(c.req)
    c.slots.subs = sorted([*c.slots.subs, ("tracking", "1")])
    c.req.params.append(("tracking", "1"))


@mistake("subresource-value-encoded")
def escaped_values(c):
    c.slots.subs = [(name, escaped(value)) for name, value in c.slots.subs]


@mistake("query-added-after-signing")
def hung_on(c):
    c.freeze()
    c.req.params.append(("tracking", "1"))


@mistake("query-dropped-after-signing")
def lost(c):
    name = "response-content-disposition"
    if c.signs("push"):
        c.freeze()
        c.related = [c.scheme.send(c.req, c.sign())]
        c.req.params = c.req.params[:-1]
        return
    c.req.params = [*c.req.params, (name, "attachment")]
    c.freeze()
    c.req.params = c.req.params[:-1]
    if is_cos(c.scheme):
        c.knows_text = False
        c.req.named = list(c.slots.query)


@mistake("query-not-signed")
def line_left_empty(c):
    c.slots.query = []


def listed_in(c, params):
    """Sends parameters, and signs them in the order given."""
    c.req.params = params
    if c.signs("push") and "date" in c.slots:
        c.slots.query = [(name, unquote(value)) for name, value in params]
    elif c.signs("push"):
        return
    else:
        def spelt(name):
            return name.lower() if is_cos(c.scheme) else name

        own = [pair for pair in c.slots.query if pair[0] not in [spelt(name) for name, _ in params]]
        sent = [name for name, _ in c.scheme.own_params(c.req)] if own else []
        own.sort(key=lambda pair: sent.index(pair[0]))
        c.slots.query = [*[(spelt(name), escaped(unquote(value))) for name, value in params], *own]


@mistake("query-not-sorted", of=lambda s: s.id != "cos-rtmp-url")
def as_sent(c):
    listed_in(c, [("uploadId", "A%2Fb"), ("partNumber", "1")])


@mistake("query-sorted-by-pair", of=lambda s: s.id != "cos-rtmp-url")
def whole_pairs(c):
    # `-` comes before `=`: whole pairs stand in another order than their names.
    c.req.params = [("key", "1"), ("key-2", "2")]
    sign = ":" if c.signs("push") else "="
    c.slots.query = sorted(c.slots.query, key=lambda pair: f"{pair[0]}{sign}{pair[1] or ''}")


@mistake("query-empty-value-no-equals", of=lambda s: "push" not in s.signs)
def equals_sign(c):
    c.req.params = [*c.req.params, ("acl", None)]
    wants = c.scheme.id.startswith(("oss-v4",))
    if is_cos(c.scheme):
        c.edit_canonical = lambda text: text.replace("acl=&", "acl&", 1)
    else:
        c.slots.query = [(name, "" if wants and name == "acl" else None if name == "acl" else value) for name, value in c.slots.query]


@mistake("query-space-as-plus")
def blank_as_plus(c):
    c.req.params = [*c.req.params, ("prefix", "a%20b")]
    c.slots.query = [(name, "a+b" if name == "prefix" else value) for name, value in c.slots.query]


@mistake("query-double-encoded")
def values_twice(c):
    own = [name.lower() for name, _ in c.req.params]
    c.slots.query = [(name, escaped(value) if name.lower() in own else value) for name, value in c.slots.query]


@mistake("query-renormalised")
def split_after_decoding(c):
    c.req.params = [*c.req.params, ("marker", "x%26y%3D1")]
    kept = [pair for pair in c.slots.query if pair[0] != "marker"]
    c.slots.query = sorted([*kept, ("marker", "x"), ("y", "1")])


# ---- headers


def put(c):
    """A URL that uploads, so that there are headers."""
    if c.signs("url") and hasattr(c.scheme, "full"):
        c.scheme.full(c.req)
        if is_v4(c.scheme) and c.scheme.lists:
            c.req.also = ["host"]


def set_header(c, name, value):
    """Signs another value of a header."""
    c.slots.headers = [(own, value(old) if own.lower() == name else old) for own, old in c.slots.headers]


def leave_out(c, *names):
    c.slots.headers = [pair for pair in c.slots.headers if pair[0].lower() not in names]
    if "names" in c.slots:
        c.slots.names = [name for name in c.slots.names if name not in names]


def replace(c, name, value):
    """Sends another value of a header."""
    c.req.headers = [[own, value if own.lower() == name else old] for own, old in c.req.headers]


def own(c, name):
    return (c.scheme.prefix + name).lower()


@mistake("copy-source-not-encoded")
def source_unescaped(c):
    put(c)
    c.req.headers.append([own(c, "copy-source"), "/src-ex/a%20b.txt"])
    set_header(c, own(c, "copy-source"), (lambda old: escaped("/src-ex/a b.txt")) if is_cos(c.scheme) else lambda old: "/src-ex/a b.txt")


@mistake("content-type-added-by-client")
def type_empty(c):
    put(c)
    if "type" in c.slots:
        c.slots.type = ""
    elif is_v4(c.scheme) and not c.scheme.lists:
        leave_out(c, "content-type")
    else:
        set_header(c, "content-type", lambda old: "")


@mistake("content-type-charset-appended")
def charset(c):
    put(c)
    replace(c, "content-type", "text/plain; charset=utf-8")
    if "type" in c.slots:
        c.slots.type = "text/plain"
    else:
        set_header(c, "content-type", lambda old: escaped("text/plain") if is_cos(c.scheme) else "text/plain")


@mistake("header-duplicated-by-case")
def first_alone(c):
    put(c)
    c.req.headers = [pair for pair in c.req.headers if "owner" not in pair[0].lower()]
    name = own(c, "meta-owner") if c.scheme.id != "kodo-mac" else "x-qiniu-owner"
    # Of two, KS3 signs the first in its V2.
    one, two = ("one", "two") if not c.scheme.id.startswith("ks3-v2") else ("two", "one")
    c.req.headers.append([name if c.scheme.id != "kodo-mac" else "X-Qiniu-Owner", one])
    c.freeze()
    c.req.headers.insert(0, [name, two]) if c.scheme.id.startswith("ks3-v2") else c.req.headers.append([name, two])
    c.knows_text = False


@mistake("signed-header-not-sent")
def forgotten(c):
    put(c)
    name = own(c, "acl") if c.scheme.provider != "oss" else "x-oss-object-acl"
    c.req.headers.append([name, "private"])
    c.freeze()
    if "names" in c.slots and c.scheme.lists:
        c.req.names = list(c.slots.names)
    if is_cos(c.scheme):
        c.req.names = [pair[0] for pair in c.slots.headers]
    c.req.headers = c.req.headers[:-1]
    c.knows_text = False


@mistake("signed-header-removed-by-proxy")
def range_lost(c):
    put(c)
    sign_host(c)
    if "also" in c.req:
        c.req.also = [*c.req.also, "range"]
    c.req.headers.append(["Range", "bytes=0-"])
    c.freeze()
    c.req.names = list(c.slots.names) if "names" in c.slots else [pair[0] for pair in c.slots.headers]
    c.req.headers = c.req.headers[:-1]
    c.knows_text = False


@mistake("header-added-after-signing")
def added(c):
    put(c)
    name = own(c, "meta-year") if c.scheme.id != "kodo-mac" else "x-qiniu-meta"
    leave_out(c, name)


OF_PROXY = {"oss": "x-oss-range-behavior", "s3": "x-amz-cf-id"}


@mistake("header-added-by-proxy")
def by_cdn(c):
    put(c)
    c.freeze()
    c.req.headers.append([OF_PROXY[c.scheme.provider], "standard"])


@mistake("x-headers-not-signed")
def whole_block(c):
    put(c)
    c.slots.headers = []


@mistake("accept-encoding-rewritten")
def extended(c):
    put(c)
    c.req.headers.append(["Accept-Encoding", "identity,gzip(gfe)"])
    if "also" in c.req:
        c.req.also = [*c.req.also, "accept-encoding"]
    set_header(c, "accept-encoding", lambda old: "identity")


@mistake("volatile-header-signed")
def user_agent(c):
    put(c)
    c.req.headers.append(["User-Agent", "up/1.0"])
    if "also" in c.req:
        c.req.also = [*c.req.also, "user-agent"]
    c.seen()


@mistake("header-whitespace-not-collapsed")
def inner_blanks(c):
    put(c)
    name = own(c, "meta-owner") if c.scheme.id != "kodo-mac" else "x-qiniu-meta"
    joins = is_v4(c.scheme) and c.scheme.provider == "s3"
    replace(c, name, "two  blanks")
    other = "two  blanks" if joins else "two blanks"
    set_header(c, name, lambda old: escaped(other) if is_cos(c.scheme) else other)


@mistake("header-sort-wrong")
def in_order_of_sending(c):
    put(c)
    c.req.headers = [pair for pair in c.req.headers if not pair[0].lower().startswith(own(c, "meta-"))]
    if c.scheme.id == "kodo-mac":
        c.req.headers = [pair for pair in c.req.headers if not pair[0].startswith("X-Qiniu-")]
    prefix = "X-Qiniu-" if c.scheme.id == "kodo-mac" else c.scheme.prefix
    c.req.headers += [[f"{prefix}meta-b", "2"], [f"{prefix}meta-a", "1"]]
    sent = ["host", *[name.lower() for name, _ in (c.scheme.all_headers(c.req)[1:] if is_v4(c.scheme) else c.req.headers)]]
    c.slots.headers = sorted(c.slots.headers, key=lambda pair: sent.index(pair[0].lower()))


@mistake("header-value-newline")
def line_feed_in_value(c):
    put(c)
    name = own(c, "meta-owner") if c.scheme.id != "kodo-mac" else "x-qiniu-meta"
    set_header(c, name, lambda old: old + ("%0A" if is_cos(c.scheme) else "\n"))


@mistake("header-value-charset")
def escaped_text(c):
    put(c)
    name = own(c, "meta-owner") if c.scheme.id != "kodo-mac" else "x-qiniu-meta"
    replace(c, name, "café")
    set_header(c, name, lambda old: escaped(escaped("café")) if is_cos(c.scheme) else escaped("café"))


@mistake("content-md5-hex")
def digits(c):
    put(c)
    c.req.body = "hello"
    c.req.headers.append(["Content-MD5", b64(hashlib.md5(b"hello").digest())])
    c.slots.md5 = hashlib.md5(b"hello").hexdigest()


# ---- body


def with_hash(c):
    """The hash of the body is signed."""
    c.req.body = "hello"
    if c.req.payload.startswith("STREAMING"):
        c.req.body = ""
        return
    c.req.payload = SHA_HELLO


@mistake("payload-hash-of-empty-body")
def nothing_hashed(c):
    with_hash(c)
    c.slots.payload = EMPTY


@mistake("payload-changed-after-hashing", of=lambda s: is_v4(s) and "chunks" not in s.signs)
def line_feed_lost(c):
    with_hash(c)
    c.slots.payload = hashlib.sha256(b"hello\n").hexdigest()


@mistake("payload-changed-after-hashing", of=is_lines)
def line_feed_lost_from_md5(c):
    put(c)
    c.req.body = "hello"
    c.req.headers.append(["Content-MD5", b64(hashlib.md5(b"hello").digest())])
    c.slots.md5 = b64(hashlib.md5(b"hello\n").digest())


@mistake("payload-hash-encoding")
def base64_of_hash(c):
    with_hash(c)
    found = c.slots.payload
    c.slots.payload = b64(bytes.fromhex(found)) if len(found) == 64 else found


@mistake("payload-hash-literal-wrong")
def another_literal(c):
    with_hash(c)
    c.slots.payload = UNSIGNED


@mistake("x-amz-content-sha256-missing")
def line_left_out(c):
    name = own(c, "content-sha256")
    c.slots.headers = [pair for pair in c.slots.headers if pair[0] != name]


@mistake("sdk-default-checksum")
def crc(c):
    c.req.host = "s3.example.com"
    c.req.headers.append(["x-amz-checksum-crc32", "AAAAAA=="])
    c.seen("likely")


# ---- scope


@mistake("scope-date-mismatch")
def next_day(c):
    c.slots.day = "20240316"


REGIONS = {"s3": "eu-west-1", "oss": "cn-beijing", "ks3": "SHANGHAI"}


@mistake("region-wrong")
def another_region(c):
    c.slots.region = REGIONS[c.scheme.provider]


@mistake("service-wrong")
def another_service(c):
    c.slots.service = "s3" if c.scheme.provider != "s3" else "execute-api" if c.slots.service == "s3" else "s3"


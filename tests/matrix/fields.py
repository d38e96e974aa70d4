"""Mistakes with parameters, headers, the body and the scope."""

import hashlib
from urllib.parse import unquote

from cell import mistake
from model import EMPTY, UNSIGNED, b64, escaped, is_cos
from paths import sign_host

SHA_HELLO = hashlib.sha256(b"hello").hexdigest()


def is_lines(s):
    return "subs" in s.signs


def is_v4(s):
    return "chain" in s.signs and "policy" not in s.signs


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


@mistake("scope-date-mismatch", of=lambda s: s.id == "oss-post-v4")
def another_year(c):
    """As in the vendor's own sample."""
    c.slots.day = "20230315"


REGIONS = {"s3": "eu-west-1", "oss": "cn-beijing", "ks3": "SHANGHAI"}


@mistake("region-wrong")
def another_region(c):
    c.slots.region = REGIONS[c.scheme.provider]


@mistake("service-wrong")
def another_service(c):
    c.slots.service = "s3" if c.scheme.provider != "s3" else "execute-api" if c.slots.service == "s3" else "s3"

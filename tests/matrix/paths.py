"""Mistakes with the method, the path, the host and the bucket."""

import re
import unicodedata
from urllib.parse import quote, unquote

from cell import mistake
from model import escaped, is_cos

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
    """A server of one's own: its first label is the bucket to the client, and part of the endpoint to the server, as is said."""
    c.hints |= {"addressing": "path"}
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

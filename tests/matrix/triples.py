"""Three mistakes at once, planted in the main schemes."""

from urllib.parse import quote, unquote

from cell import Cell
from model import REQUESTS
from tokens import OTHERS

BY_ID = {scheme.id: scheme for scheme in REQUESTS + OTHERS}
TRIPLES = []


def triple(scheme, *codes):
    def register(plant):
        TRIPLES.append((scheme, codes, plant))
        return plant

    return register


def short(c):
    """Few headers and parameters, as most requests have."""
    c.req.headers = [pair for pair in c.req.headers if "meta-year" not in pair[0]]


# Met in a first attempt in a language without escape sequences.
@triple("oss-v1-header", "string-to-sign-literal-backslash-n", "query-not-sorted", "date-not-gmt")
def no_escape_sequences(c):
    c.req.headers = [pair for pair in c.req.headers if pair[0] == "Date"]
    c.req.params = [("uploadId", "A%2Fb"), ("partNumber", "1")]
    c.slots.subs = [("uploadId", "A/b"), ("partNumber", "1")]
    c.slots.date = "Fri, 15 Mar 2024 16:30:45 GMT"
    c.edit_string = lambda text: text.replace("\n", "\\n")


@triple("oss-v4-header", "content-type-added-by-client", "method-mismatch", "path-normalised")
def oss_v4(c):
    short(c)
    c.req.path = "/2024//a.jpg"
    c.slots.method = "POST"
    c.slots.path = "/photos-ex/2024/a.jpg"
    c.slots.headers = [pair for pair in c.slots.headers if pair[0] != "content-type"]


@triple("s3-v2-url", "method-mismatch", "key-not-encoded", "subresource-value-encoded")
def s3_v2(c):
    c.slots.method = "PUT"
    c.slots.path = unquote(c.slots.path)
    c.slots.subs = [(name, quote(value, safe="")) for name, value in c.slots.subs]


# Of the many regions, the search tries the likeliest alone beside other mistakes: none is planted here.
@triple("s3-v4-header", "double-encoded-path", "method-mismatch", "content-type-charset-appended")
def s3_v4(c):
    short(c)
    c.req.headers = [[name, "text/plain; charset=utf-8" if name == "Content-Type" else value] for name, value in c.req.headers]
    c.slots.headers = [(name, "text/plain" if name == "content-type" else value) for name, value in c.slots.headers]
    c.slots.path = quote(c.slots.path, safe="/")
    c.slots.method = "POST"


@triple("s3-v4-url", "host-port-mismatch", "method-mismatch", "query-added-after-signing")
def s3_v4_url(c):
    c.slots.method = "PUT"
    c.slots.headers = [(name, f"{value}:443" if name == "host" else value) for name, value in c.slots.headers]
    c.req.params.append(("tracking", "1"))


@triple("ks3-v2-header", "content-type-added-by-client", "bucket-missing-from-resource", "method-mismatch")
def ks3_v2(c):
    short(c)
    c.slots.type, c.slots.bucket, c.slots.method = "", "", "POST"


@triple("cos-xml-header", "method-case", "key-encoded-in-resource", "query-not-sorted")
def cos_xml(c):
    short(c)
    c.req.params = [("uploadId", "A%2Fb"), ("partNumber", "1")]
    c.slots.method = "PUT"
    c.slots.path = quote(c.slots.path)
    c.slots.query = sorted(c.slots.query, key=lambda pair: pair[0] != "uploadid")


@triple("kodo-mac", "method-case", "header-added-after-signing", "kodo-manage-body-not-signed")
def kodo(c):
    c.slots.method = "post"
    c.slots.headers = [pair for pair in c.slots.headers if pair[0] != "X-Qiniu-Meta"]
    c.slots.body = ""


def planted():
    for scheme, codes, plant in TRIPLES:
        cell = Cell(BY_ID[scheme])
        plant(cell)
        done = cell.done()
        yield {"scheme": scheme, "expect": list(codes), "sent": done["sent"], "certainty": "proved"}


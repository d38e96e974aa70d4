"""Two mistakes at once: the pairs that were met together, planted in every scheme in which both can occur."""

import hashlib
from urllib.parse import quote, unquote

import carried
import damaged
import fields
import paths
from cell import MISTAKES, Cell
from model import TOKEN, b64u, escaped, is_cos, xml_answer
from rules import gap

PAIRS = []


def pair(*codes, of=None, name="", rule=True):
    """Registers how a pair is planted, in the schemes in which both causes can occur and that `of` lets through."""
    def register(plant):
        PAIRS.append((codes, name or plant.__name__.strip("_"), of, rule, plant))
        return plant

    return register


def both(*plants):
    """One mistake after the other."""
    def plant(c):
        for one in plants:
            one(c)

    plant.__name__ = "_and_".join(one.__name__ for one in plants)
    return plant


def is_url(s):
    return "url" in s.signs


def is_lines(s):
    return "subs" in s.signs


# ---- the URL is escaped once more

pair("content-type-charset-appended", "url-ampersand-escaped")(both(fields.charset, damaged.html))
pair("url-ampersand-escaped", "query-added-after-signing")(both(fields.hung_on, damaged.html))
pair("content-type-added-by-client", "url-ampersand-escaped")(both(fields.type_empty, damaged.html))

# ---- headers and method

pair("content-type-added-by-client", "method-mismatch")(both(fields.type_empty, paths.another_verb))


@pair("content-md5-hex", "signed-header-not-sent")
def digits_and_no_header(c):
    fields.put(c)
    c.req.body = "hello"
    c.slots.md5 = hashlib.md5(b"hello").hexdigest()


@pair("signed-header-not-sent", "key-not-encoded", of=lambda s: s.provider != "kodo")
def raw_key_and_header_forgotten(c):
    paths.named(c, "/%E7%85%A7%20a.jpg")
    fields.forgotten(c)
    paths.set_path(c, lambda path: unquote(unquote(path)))


@pair("signed-header-not-sent", "content-type-added-by-client")
def type_and_header(c):
    fields.forgotten(c)
    if "type" in c.slots:
        c.slots.type = ""
    elif fields.is_v4(c.scheme) and not c.scheme.lists:
        fields.leave_out(c, "content-type")
    else:
        fields.set_header(c, "content-type", lambda old: "")


@pair("path-normalised", "sdk-default-checksum")
def folded_with_checksum(c):
    fields.crc(c)
    paths.named(c, "//a.jpg")
    paths.set_path(c, lambda path: path.replace("//", "/"))


@pair("accept-encoding-rewritten", "sdk-default-checksum")
def encoding_with_checksum(c):
    fields.crc(c)
    fields.extended(c)


# ---- the date

LOCAL = {
    "named": "星期五, 15 三月 2024 16:30:45 CST", "newer": "周五, 15 三月 2024 16:30:45 CST",
    "as_gmt": "星期五, 15 三月 2024 16:30:45 GMT", "offset": "周五, 15 3月 2024 16:30:45 +0800",
    "colon": "周五, 15 3月 2024 16:30:45 GMT+08:00", "hours": "周五, 15 3月 2024 16:30:45 GMT+8", "bare": "星期五, 15 三月 2024 16:30:45",
    "german": "Fr., 15 März 2024 09:30:45 MEZ", "german_in_english": "Fr, 15 Mär 2024 09:30:45 CET",
    "japanese": "金, 15 3 2024 17:30:45 JST",
    "russian": "Пт, 15 мар 2024 11:30:45 MSK", "korean": "금, 15 3월 2024 17:30:45 KST", "french": "ven., 15 mars 2024 09:30:45 CET",
}


def signed_as(date):
    def plant(c):
        c.slots.date = date

    return plant


def sent_as(date):
    """The right date is signed, and this one sent."""
    def plant(c):
        c.freeze()
        fields.replace(c, "date", date)

    return plant


def sent_and_signed_as(date):
    def plant(c):
        fields.replace(c, "date", date)
        c.seen()

    return plant


for way, text in LOCAL.items():
    pair("date-localised", "date-not-gmt", name=f"signed_{way}")(signed_as(text))
    if way != "as_gmt":
        pair("date-localised", "date-not-gmt", name=f"sent_{way}")(sent_as(text))
        pair("date-localised", "date-not-gmt", name=f"both_{way}")(sent_and_signed_as(text))


for way, text in {"earlier": "星期五, 15 三月 2024 08:30:44 GMT", "later": "vie, 15 mar 2024 08:30:46 GMT"}.items():
    pair("date-localised", "date-signed-not-date-sent", name=f"signed_{way}")(signed_as(text))

# Two of these in one line are planted above, where they were met.
OF_DATE = {"date-localised", "date-not-gmt", "date-format-invalid", "date-signed-not-date-sent"}
# Ways of writing it, of which one is signed.
LINES = {
    "date-localised": ["Fr., 15 März 2024 08:30:45 GMT", "星期五, 15 三月 2024 08:30:45 GMT"],
    "date-not-gmt": ["Fri, 15 Mar 2024 16:30:45 GMT", "Fri, 15 Mar 2024 16:30:45 +0800", "Fri, 15 Mar 2024 16:30:45 CST"],
    "date-format-invalid": ["Friday, 15-Mar-24 08:30:45 GMT", "2024-03-15T08:30:45Z"],
    "date-signed-not-date-sent": ["Fri, 15 Mar 2024 08:30:44 GMT", "Fri, 15 Mar 2024 08:30:47 GMT"],
}


# The same where the time is written in digits.
TIMES = {
    "date-not-gmt": ["20240315T163045Z"],
    "date-format-invalid": ["2024-03-15T08:30:45Z"],
    "date-signed-not-date-sent": ["20240315T083044Z", "20240315T083047Z"],
}
TIMED = ("oss-v4-header", "s3-v4-header", "kodo-mac")


# What leaves no date in the text, or is written over it: the order of the lines, and the digest of all of them. Of regions,
# services and secrets in the many steps of a key, all but the likeliest are tried by themselves.
IN_STEPS = ("header-sort-wrong", "digest-algorithm-wrong", "secret-lookalike-character", "region-wrong", "service-wrong")
NOT_BESIDE = {"kodo-mac": ("header-sort-wrong", "signature-version-wrong"), "oss-v4-header": IN_STEPS, "s3-v4-header": IN_STEPS}


def with_date(scheme):
    """Every other proved mistake together with each way of writing the date wrong."""
    for code, ways in MISTAKES.items():
        if code in OF_DATE or code in NOT_BESIDE.get(scheme.id, ()) or gap(code, scheme):
            continue
        for name, of, plant in ways:
            # One of hundreds of secrets is tried by itself.
            if (of is not None and not of(scheme)) or name == "one_lost":
                continue
            for of_date, lines in (LINES if "date" in scheme.signs else TIMES).items():
                cell = Cell(scheme)
                if code == "base64-alphabet-wrong":
                    for number in range(200):
                        cell = Cell(scheme)
                        cell.req.path = f"/2024/{number}.jpg"
                        damaged.set_time(cell, lines[0], lines[0])
                        if set(cell.sign()) & set("+/-_"):
                            break
                    swap = str.maketrans("-_", "+/") if cell.signs("url-safe") else str.maketrans("+/", "-_")
                    cell.spell = lambda found, own=cell, swap=swap: own.scheme.spell(found).translate(swap)
                else:
                    plant(cell)
                    # What no character set but one can write is signed in that one.
                    line = lines[{"latin_1": 0, "gbk": 1}.get(name, len(code)) % len(lines)]
                    damaged.set_time(cell, line, line)
                if cell.certainty != "proved":
                    continue
                yield [of_date, code], name, cell


# ---- clock


def moved(c, minutes, later=0):
    """The date of the signature is one of a wrong clock, and what was sent was put right by hand."""
    hour, minute = divmod(8 * 60 + 30 - minutes, 60)
    rfc, basic = f"Fri, 15 Mar 2024 {hour:02}:{minute:02}:{45 + later} GMT", f"20240315T{hour:02}{minute:02}{45 + later}Z"
    damaged.set_time(c, rfc, basic)


@pair("clock-skew", "date-signed-not-date-sent")
def wrong_clock_read_twice(c):
    damaged.set_time(c, "Fri, 15 Mar 2024 08:30:44 GMT", "20240315T083044Z")
    c.at = "2024-03-15T06:20:45Z"
    c.seen()
    c.certainty = "proved"


def skewed(c, minutes):
    """What the server said of the first attempt."""
    hour, minute = divmod(8 * 60 + 30 - minutes, 60)
    return xml_answer("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
                      ("RequestTime", f"2024-03-15T{hour:02}:{minute:02}:45.000Z"), ("ServerTime", "2024-03-15T08:30:43.000Z"))


@pair("clock-skew", "date-signed-not-date-sent", of=lambda s: s.provider in ("oss", "s3", "ks3") and not is_url(s))
def put_right_by_hand(c):
    moved(c, 37)
    c.answer = skewed(c, 37)


@pair("clock-skew", "date-signed-not-date-sent", of=lambda s: s.provider in ("oss", "s3", "ks3") and not is_url(s))
def signed_again_and_put_right(c):
    """Two seconds after the first attempt."""
    moved(c, 37, later=2)
    c.answer = skewed(c, 37)


@pair("clock-skew", "expired", of=lambda s: not {"policy", "fields"} & s.signs)
def short_life_of_a_slow_clock(c):
    c.at = "2024-03-15T16:30:50Z"
    c.seen("likely")


# ---- id and token


@pair("security-token-missing", "security-token-not-signed", of=lambda s: s.id != "oss-rtmp-url")
def token_signed_and_not_sent(c):
    """Another request of the capture carries the token."""
    damaged.temporary_id(c)
    c.req.token = TOKEN
    other = c.req.copy()
    other.path = "/2024/other.jpg"
    c._slots = c.scheme.slots(other)
    c.related = [c.scheme.send(other, c.sign())]
    c._slots = c.scheme.slots(c.req)
    if "names" in c.slots and c.scheme.lists and not is_url(c.scheme):
        c.req.names = list(c.slots.names)
    c.req.token = None
    c.certainty = "proved"


@pair("access-key-surrounding-whitespace", "secret-surrounding-whitespace")
def pasted_from_one_row(c):
    ways = MISTAKES["access-key-surrounding-whitespace"]
    next(plant for _, of, plant in ways if of(c.scheme))(c)
    damaged.line_feed(c)
    c.certainty = "proved"


# ---- host, bucket and path


@pair("host-rewritten-by-proxy", "path-rewritten-by-proxy")
def location_with_a_prefix(c):
    paths.forwarded(c)
    c.req.path = "/gateway" + c.req.path


@pair("host-rewritten-by-proxy", "host-port-mismatch")
def proxy_on_another_port(c):
    paths.sign_host(c)
    host = c.req.host
    c.req.host += ":8443"
    c.freeze()
    if is_cos(c.scheme):
        c.req.names = [name for name, _ in c.slots.headers]
    c.req.host = "10.0.0.7:9000"
    c.req.headers += [["X-Forwarded-Host", host], ["X-Forwarded-Port", "8443"]]


pair("cname-mode-wrong", "bucket-missing-from-resource")(paths.custom_domain)


@pair("bucket-in-endpoint", "bucket-duplicated-in-resource", of=is_lines)
def counted_twice_at_doubled_host(c):
    c.slots.bucket *= 2
    c.req.host = paths.double_host(c)


@pair("plus-vs-space", "key-not-encoded")
def raw_key_with_plus(c):
    paths.named(c, "/%E7%85%A7%20%E7%89%87.jpg")
    paths.set_path(c, lambda path: unquote(unquote(path)).replace(" ", "+"))


@pair("plus-vs-space", "key-not-encoded")
def plus_read_as_blank(c):
    paths.named(c, "/%E7%85%A7%2B%20.jpg")
    paths.set_path(c, lambda path: unquote(unquote(path)).replace("+", " "))


@pair("plus-vs-space", "key-not-encoded", of=lambda s: s.id == "kodo-private-url", rule=False)
def raw_url_with_plus(c):
    c.req.path = "/%E7%85%A7%20%E7%89%87.jpg"
    c.slots.text = c.slots.text.replace("/%E7%85%A7%20%E7%89%87.jpg", "/照+片.jpg")


# ---- scope


@pair("region-wrong", "signature-version-wrong", of=lambda s: s.id == "oss-v4-header")
def by_s3_v4_for_another_region(c):
    carried.by_s3_v4(c)
    c.slots.region = "cn-beijing"


# ---- Kodo


@pair("kodo-manage-absolute-url", "string-to-sign-newline-wrong")
def absolute_and_no_line_end(c):
    carried.absolute(c)
    c.edit_string = lambda text: text.replace("\n", "", 1)


@pair("kodo-manage-absolute-url", "string-to-sign-newline-wrong")
def absolute_and_one_more(c):
    carried.absolute(c)
    c.edit_string = lambda text: text + "\n"


@pair("key-not-encoded", "kodo-download-url-differs", rule=False, of=lambda s: s.id == "kodo-private-url")
def raw_and_other_transport(c):
    c.req.path = "/%E7%85%A7%20a.jpg"
    c.slots.text = unquote(c.slots.text).replace("https", "http")


@pair("key-not-encoded", "kodo-download-url-differs", rule=False, of=lambda s: s.id == "kodo-private-url")
def glued_then_escaped(c):
    """`照 a.jpg?e=...` as a whole was taken for the key."""
    c.req.path, c.req.params = "/%E7%85%A7%20a.jpg", []
    c.slots.text = f"https://{c.req.host}/" + quote(f"照 a.jpg?e={c.req.end}")


@pair("hmac-hex-instead-of-raw", "base64-alphabet-wrong", of=lambda s: "base64" in s.signs)
def digits_without_padding(c):
    c.spell = lambda found: b64u(found.hex()).rstrip("=")


def schemes_of(codes, of, rule, schemes):
    for scheme in schemes:
        if (of is None or of(scheme)) and not (rule and any(gap(code, scheme) for code in codes)):
            yield scheme


def planted(schemes):
    for codes, name, of, rule, plant in PAIRS:
        there = list(schemes_of(codes, of, rule, schemes))
        if not there:
            raise SystemExit(f"{codes} ({name}) is planted nowhere")
        for scheme in there:
            cell = Cell(scheme)
            plant(cell)
            yield line(scheme, codes, name, cell)
    for scheme in schemes:
        if "date" in scheme.signs or scheme.id in TIMED:
            for codes, name, cell in with_date(scheme):
                yield line(scheme, codes, name, cell)


def line(scheme, codes, name, cell):
    told = cell.answer
    done = cell.done()
    # What the server computed is not needed to find them, and would tell the text.
    done["answer"] = told
    return {"scheme": scheme.id, "expect": list(codes), "way": name.replace("_", "-"), "depth": 2, **done}

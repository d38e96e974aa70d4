"""Mistakes with the secret, the id, the time, the lines of the text and the signature's spelling."""

import base64
import hashlib

from cell import SECRET, mistake
from model import END, START, TOKEN, b64, escaped, mac, raw, xml_answer

FOREIGN = "csForeignSecretOfSomebodyElse0000000000"

# ---- the secret


@mistake("secret-surrounding-whitespace")
def line_feed(c):
    c.secret = SECRET + "\n"


@mistake("secret-surrounding-whitespace")
def byte_order_mark(c):
    c.secret = "\ufeff" + SECRET


@mistake("secret-special-char-mangled")
def form_decoded(c):
    c.secret = SECRET.replace("+", " ")


@mistake("secret-special-char-mangled")
def percent_encoded(c):
    c.secret = SECRET.replace("/", "%2F").replace("+", "%2B")


@mistake("secret-wrong")
def foreign(c):
    c.secret = FOREIGN
    c.seen("likely")
    c.knows_text = False


@mistake("secret-truncated")
def last_lost(c):
    c.secret = SECRET[:-1]


@mistake("secret-truncated")
def one_lost(c):
    c.secret = SECRET[:12] + SECRET[13:]


@mistake("secret-lookalike-character")
def retyped(c):
    c.secret = SECRET.replace("0", "O", 1)


@mistake("secret-base64-decoded")
def decoded(c):
    c.given = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00"
    c.secret = base64.b64decode(c.given)


@mistake("ak-sk-swapped")
def id_as_key(c):
    c.secret = c.req.id


@mistake("hmac-args-swapped")
def swapped(c):
    c.how = lambda key, text, name: mac(text, key, name)


@mistake("sigv4-key-derivation-wrong")
def no_prefix(c):
    c.slots.prefix = ""


@mistake("sigv4-key-derivation-wrong")
def hexadecimal_links(c):
    def key(secret):
        found = raw(c.slots.prefix) + raw(secret)
        for step in (c.slots.day, c.slots.region, c.slots.service, c.slots.terminator):
            found = raw(mac(found, step, "sha256").hex())
        return found

    c.key = key


# ---- id and token


@mistake("access-key-surrounding-whitespace", of=lambda s: "chain" not in s.signs or "url" in s.signs or "policy" in s.signs)
def blank_within(c):
    c.req.id = c.req.id[:4] + "\u00a0" + c.req.id[4:]
    if "fields" in c.req:
        c.req.fields["k"] = c.req.id
    c.seen()


@mistake("access-key-surrounding-whitespace", of=lambda s: "chain" in s.signs and "header" in s.signs)
def blank_behind(c):
    c.req.id = c.req.id + "%20"
    c.seen()


@mistake("access-key-unknown")
def unknown(c):
    c.answer = ('{"error":"no such user"}\n' if c.scheme.provider == "kodo" else '{"code":-79,"message":"ERROR_PROXY_AUTH_SECRETID"}\n'
                if "fields" in c.req else xml_answer("InvalidAccessKeyId", "The access key id you provided does not exist in our records."))
    c.seen("server")


@mistake("credential-of-another-product")
def mini_program(c):
    c.req.id = "wx0123456789abcdef"
    if "fields" in c.req:
        c.req.fields["k"] = c.req.id
    c.seen("likely")


@mistake("security-token-missing")
def temporary_id(c):
    c.req.id = "STS.NUCSIDEXAMPLE0001" if c.scheme.provider == "oss" else "ASIACSIDEXAMPLE00001"
    c.seen()


@mistake("security-token-not-signed")
def token_left_out(c):
    c.req.token = TOKEN
    slots = c.slots

    def other(pair):
        return not pair[0].lower().endswith("security-token")

    for name in ("headers", "subs", "query"):
        if name in slots:
            slots[name] = [pair for pair in slots[name] if other(pair)]
    if "names" in slots:
        slots.names = [name for name in slots.names if not name.endswith("security-token")]


# ---- time


@mistake("clock-skew")
def ahead(c):
    c.at = "2024-03-15T06:20:45Z"
    c.seen()


@mistake("expired")
def over(c):
    c.at = "2024-03-16T08:30:45Z"
    c.seen()


@mistake("token-cached-past-deadline")
def used_again(c):
    """Another request with the very same signature stands beside it."""
    c.at = "2024-03-16T08:30:45Z"
    c.freeze()
    sent = c.scheme.send(c.req, c.sign())
    if c.signs("deadline"):
        def upload(key):
            return {"kind": "form", "host": "up.qiniup.com", "fields": [["token", sent["token"]], ["key", key]]}

        c.related, c.edit_sent = [upload("user/照片.jpg")], lambda own: upload("user/照片.jpg")
    elif c.signs("fields"):
        def get(target):
            return {"kind": "http", "method": "GET", "transport": "https", "host": "sh.file.myqcloud.com", "target": target,
                    "headers": [["Authorization", sent["token"]]], "body": ""}

        c.related, c.edit_sent = [get("/files/v2/1250000000/photos/a.jpg?op=stat")], lambda own: get("/files/v2/1250000000/photos/b.jpg?op=stat")
    elif c.signs("policy"):
        c.related = [{**sent, "fields": [pair for pair in sent["fields"] if not isinstance(pair, dict)]}]
    else:
        c.related = [{**sent, "method": "HEAD"}]
    c.seen()


@mistake("expiry-argument-misread")
def life_as_moment(c):
    if c.signs("life"):
        c.req.life = END
    elif c.signs("deadline"):
        c.req.policy["deadline"] = 3600
    else:
        c.req.end = 3600
    c.seen()


@mistake("deadline-default-3600")
def usual_life(c):
    c.life = 72000
    c.at = "2024-03-15T08:30:45Z" if c.signs("deadline") else "2024-03-15T10:30:45Z"
    c.seen("seen" if c.signs("deadline") else "likely")


@mistake("expires-in-milliseconds", of=lambda s: "deadline" not in s.signs)
def sent_thousandfold(c):
    c.freeze()
    if c.signs("life"):
        c.req.life = 3_600_000
    else:
        c.req.end = END * 1000


@mistake("expires-in-milliseconds", of=lambda s: "deadline" in s.signs)
def deadline_thousandfold(c):
    c.req.policy["deadline"] = END * 1000
    c.seen()


def set_time(c, rfc, basic):
    """Signs another time than is sent."""
    slots = c.slots
    if c.signs("date"):
        slots.date = rfc
        return
    if "time" in slots:
        slots.time = basic
    slots.headers = [(n, basic if n.lower().endswith("-date") else v) for n, v in slots.headers]
    if "query" in slots and not isinstance(slots.query, str):
        slots.query = [(n, escaped(basic) if n.lower().endswith("-date") else v) for n, v in slots.query]


@mistake("date-not-gmt")
def local(c):
    set_time(c, "Fri, 15 Mar 2024 16:30:45 GMT", "20240315T163045Z")


@mistake("date-localised")
def chinese(c):
    c.slots.date = "星期五, 15 三月 2024 08:30:45 GMT"


@mistake("date-format-invalid")
def another_form(c):
    set_time(c, "Friday, 15-Mar-24 08:30:45 GMT", "2024-03-15T08:30:45Z")


@mistake("date-signed-not-date-sent")
def taken_twice(c):
    set_time(c, "Fri, 15 Mar 2024 08:30:44 GMT", "20240315T083044Z")


@mistake("cos-key-time-mismatch")
def milliseconds(c):
    interval = f"{START}000;{END}000"
    for name in ("interval", "key_interval"):
        if name in c.slots:
            c.slots[name] = interval


# ---- the lines of the text


@mistake("string-to-sign-newline-wrong")
def one_more(c):
    c.edit_string = lambda text: text + "\n"


def all_lines(end):
    def plant(c):
        def rejoined(text):
            return text.replace("\n", end)

        if "canonical" in c.scheme.signs and c.scheme.canonical(c.slots) is not None:
            c.edit_canonical = rejoined
        c.edit_string = rejoined

    return plant


mistake("string-to-sign-crlf", name="crlf")(all_lines("\r\n"))
mistake("string-to-sign-literal-backslash-n", name="two_characters")(all_lines("\\n"))


@mistake("string-to-sign-charset")
def utf_16(c):
    c.edit_string = lambda text: text.encode("utf-16-le")


@mistake("string-to-sign-charset", of=lambda s: "path" in s.signs and "path-decoded" in s.signs and "canonical" not in s.signs)
def latin_1(c):
    c.req.path = c.req.path.rsplit("/", 1)[0] + "/caf%C3%A9.jpg"
    c.edit_string = lambda text: text.encode("latin-1")


@mistake("string-to-sign-charset", of=lambda s: "path" in s.signs and "path-decoded" in s.signs and "canonical" not in s.signs)
def gbk(c):
    c.req.path = c.req.path.rsplit("/", 1)[0] + "/%E7%85%A7%E7%89%87.jpg"
    c.edit_string = lambda text: text.encode("gbk")


# ---- spelling


@mistake("digest-algorithm-wrong", of=lambda s: "fields" not in s.signs and "sha1" in s.signs)
def sha256(c):
    c.hash = "sha256"


@mistake("digest-algorithm-wrong", of=lambda s: "fields" not in s.signs and "sha256" in s.signs)
def sha1(c):
    c.hash = "sha1"


@mistake("digest-algorithm-wrong", of=lambda s: "sha1" in s.signs and "canonical" not in s.signs)
def plain_hash(c):
    c.how = lambda key, text, name: hashlib.sha1(raw(key) + raw(text)).digest()


@mistake("hmac-hex-instead-of-raw", of=lambda s: "base64" in s.signs)
def base64_of_digits(c):
    c.spell = lambda found: (base64.urlsafe_b64encode if c.signs("url-safe") else base64.b64encode)(found.hex().encode()).decode()


@mistake("hmac-hex-instead-of-raw", of=lambda s: "hex" in s.signs)
def base64_of_bytes(c):
    c.spell = b64


@mistake("hmac-hex-instead-of-raw", of=lambda s: "fields" in s.signs)
def digits(c):
    c.spell = lambda found: found.hex().encode()


def first(c, holds, change):
    """The first request of its kind whose signature holds some characters."""
    for number in range(200):
        change(number)
        c._slots = None
        found = c.sign()
        if holds(found):
            return
    raise SystemExit(f"{c.scheme.id}: no such signature")


def vary(c):
    """Something that is signed and may be any number."""
    def change(number):
        if "end" in c.req and c.signs("expiry"):
            c.req.end = END + number
        elif "path" in c.req:
            c.req.path = f"/2024/{number}.jpg"
        elif "policy" in c.req and "deadline" in c.req.policy:
            c.req.policy["deadline"] = END + number
        else:
            c.req.policy["expiration"] = f"2024-03-15T10:30:45.{number:03}Z"

    return change


@mistake("signature-plus-became-space", of=lambda s: "url-safe" not in s.signs)
def unescaped(c):
    first(c, lambda found: "+" in found[1:-2] and "/" not in found, vary(c))
    c.spell = lambda found: c.scheme.spell(found).replace("+", " ")


@mistake("base64-alphabet-wrong", of=lambda s: "base64" in s.signs)
def other_alphabet(c):
    safe = c.signs("url-safe")
    first(c, lambda found: ("-" in found or "_" in found) if safe else ("+" in found or "/" in found), vary(c))
    swap = str.maketrans("-_", "+/") if safe else str.maketrans("+/", "-_")
    c.spell = lambda found: c.scheme.spell(found).translate(swap)


@mistake("base64-line-wrapped", of=lambda s: "base64" in s.signs and "url" in s.signs)
def line_feed_behind(c):
    c.spell = lambda found: c.scheme.spell(found) + ("\n" if not c.signs("literal") else "%0A")


@mistake("url-ampersand-escaped")
def html(c):
    c.knows_text = False
    c.edit_sent = lambda sent: {**sent, "target": sent["target"].replace("&", "&amp;")}


@mistake("url-truncated")
def cut(c):
    c.edit_sent = lambda sent: {**sent, "target": sent["target"][:-6]}
    c.seen()
    c.knows_text = False


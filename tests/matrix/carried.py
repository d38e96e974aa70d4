"""Mistakes with policies, tokens and forms, with what one vendor alone signs, and what answers give away."""

import hashlib
from urllib.parse import unquote

from cell import SECRET, mistake
from model import DATE, END, START, b64, b64u, mac, mismatch, raw, target, xml_answer
from tokens import dumped

FOREIGN = "csForeignSecretOfSomebodyElse0000000000"


def is_form(s):
    return "conditions" in s.signs


def is_token(s):
    return s.id == "kodo-upload-token"


def base(c, text):
    return b64u(text) if is_token(c.scheme) else b64(text)


BEFORE = "2024-03-15T09:00:00Z"
AFTER = "2024-03-15T11:00:00Z"


# ---- policies


@mistake("policy-condition-failed", of=is_form)
def another_key(c):
    c.req.key = "other/照片.jpg"
    c.at = BEFORE
    c.seen()


@mistake("policy-condition-failed", of=is_token)
def out_of_scope(c):
    c.req.key = "other.jpg"
    c.edit_sent = lambda sent: {"kind": "form", "host": "up.qiniup.com", "fields": [["token", sent["token"]], ["key", "other.jpg"]]}
    c.seen()


@mistake("policy-extra-field")
def not_named(c):
    if c.scheme.id == "oss-post-v4":
        # It demands conditions for the fields of the signature alone.
        del c.req.policy["conditions"][-1]
    else:
        c.req.before = [["acl", "private"]]
    c.at = BEFORE
    c.seen()


@mistake("policy-expired")
def ended(c):
    c.at = AFTER
    c.seen()


@mistake("policy-field-order")
def file_first(c):
    c.req.behind, c.req.before = [], [*c.req.behind]
    c.at = BEFORE
    c.seen()


@mistake("policy-type-wrong", of=is_form)
def no_time(c):
    c.req.policy["expiration"] = "tomorrow"
    c.at = BEFORE
    c.seen()


@mistake("policy-type-wrong", of=is_token)
def deadline_in_quotes(c):
    c.req.policy["deadline"] = str(END)
    c.seen()


@mistake("policy-bytes-reserialised")
def with_blanks(c):
    other = dumped(c.req.policy, separators=None)
    c.slots.policy = other if c.scheme.id == "cos-post" else base(c, other)


@mistake("policy-not-base64", of=lambda s: s.id != "cos-post")
def json_sent(c):
    c.freeze()
    c.req.sent = dumped(c.req.policy)


@mistake("policy-not-base64", of=lambda s: s.id == "cos-post")
def json_sent_to_cos(c):
    """The very JSON is signed, so that the signature is right."""
    c.req.sent = dumped(c.req.policy)
    c.seen()


@mistake("base64-alphabet-wrong", of=lambda s: is_form(s) and s.id != "cos-post")
def policy_in_other_alphabet(c):
    c.req.policy["conditions"].append(["eq", "$x-note", "???>>>"])
    c.slots.policy = c.slots.policy.replace("+", "-").replace("/", "_")


@mistake("base64-line-wrapped", of=lambda s: (is_form(s) or is_token(s)) and s.id != "cos-post")
def policy_wrapped(c):
    text = c.slots.policy
    c.slots.policy = "\n".join(text[at:at + 76] for at in range(0, len(text), 76)) + "\n"


@mistake("form-malformed")
def no_file(c):
    c.answer = xml_answer("InvalidArgument", "POST requires exactly one file upload per request.")
    c.seen("server")


# ---- Kodo


@mistake("kodo-download-url-differs")
def other_transport(c):
    c.slots.text = c.slots.text.replace("https", "http")


@mistake("kodo-antileech-text-differs")
def capital_digits(c):
    c.slots.time = c.slots.time.upper()


@mistake("kodo-manage-absolute-url")
def absolute(c):
    c.slots.path = f"https://{c.req.host}{c.slots.path}"


@mistake("kodo-manage-body-not-signed")
def without_body(c):
    c.slots.body = ""


@mistake("token-malformed", of=is_token)
def no_json(c):
    text = "scope=photos"
    c.slots.policy = b64u(text)
    c.req.sent = b64u(text)
    c.seen()


@mistake("token-malformed", of=lambda s: "fields" in s.signs)
def random_too_long(c):
    c.req.fields["r"] = "49025894301"
    c.seen()


# ---- COS, JSON API


def field(c, **others):
    c.slots.fields.update(others)


@mistake("cos-appid-wrong")
def another_account(c):
    if c.scheme.uses == "once":
        c.freeze()
        c.req.fields["a"] = "1250000009"
        return
    c.slots.fields.update(a=c.req.fields["k"], k=c.req.fields["a"])


@mistake("cos-bucket-wrong")
def with_account(c):
    if c.scheme.uses == "multi":
        c.req.fields["f"] = "/1250000000/photos/dir/"
    field(c, b="photos-1250000000")


@mistake("cos-file-wrong")
def directory(c):
    if c.scheme.uses == "multi":
        c.req.fields["f"] = "/1250000000/photos/dir/"
        field(c, f="/1250000000/photos/dir")
    else:
        field(c, f="/1250000000/photos/dir/a b.jpg")


@mistake("cos-once-multi-confused")
def other_kind(c):
    if c.scheme.uses == "multi":
        c.req.fields["f"] = "/1250000000/photos/dir/a%20b.jpg"
        field(c, e="0")
    else:
        field(c, e=str(START + 2592000))


@mistake("digest-algorithm-wrong", of=lambda s: "fields" in s.signs)
def plain_hash_in_front(c):
    c.how = lambda key, text, name: hashlib.sha1(raw(key) + raw(text)).digest()


# ---- KS3


@mistake("ks3-two-dates")
def both(c):
    c.req.headers.append(["x-kss-date", DATE])
    c.seen("likely")


@mistake("ks3-callback-unverifiable")
def signed_callback(c):
    c.req.headers += [["x-kss-callbackurl", "https://app.example.com/cb"], ["x-kss-callbackbody", "k=${key}"], ["x-kss-callbackauth", "1"]]
    c.seen()


# ---- signed by the rules of another version


def by(c, text):
    c.edit_string = lambda own: text


def header_of(c, name):
    return next((value for own, value in c.req.headers if own.lower() == name), "")


@mistake("signature-version-wrong", of=lambda s: s.id in ("oss-v1-header", "oss-v1-url"))
def by_s3_v2(c):
    """The key escaped, and no headers of OSS."""
    c.slots.headers = []
    c.slots.path = c.req.path


@mistake("signature-version-wrong", of=lambda s: s.id in ("s3-v2-header", "s3-v2-url", "ks3-v2-header", "ks3-v2-url"))
def by_oss_v1(c):
    """The key unescaped, and no headers of the vendor's own."""
    c.slots.headers = []
    c.slots.path = unquote(c.req.path)


@mistake("signature-version-wrong", of=lambda s: s.id == "kodo-qbox")
def by_mac(c):
    by(c, f"POST {target(c.req)}\nHost: {c.req.host}\nContent-Type: {header_of(c, 'content-type')}\n\n{c.req.body}")


@mistake("signature-version-wrong", of=lambda s: s.id == "kodo-mac")
def by_qbox(c):
    by(c, f"{target(c.req)}\n")


@mistake("signature-version-wrong", of=lambda s: "fields" in s.signs)
def json_at_xml_host(c):
    c.edit_sent = lambda sent: {"kind": "http", "method": "GET", "transport": "https", "host": "photos-1250000000.cos.ap-beijing.myqcloud.com",
                                "target": "/a.jpg", "headers": [["Authorization", sent["token"]]], "body": ""}
    c.seen()


@mistake("signature-version-wrong", of=lambda s: s.id in ("cos-xml-header", "cos-xml-url"))
def xml_at_json_host(c):
    c.req.host = "sh.file.myqcloud.com"
    c.seen()


@mistake("signature-version-wrong", of=lambda s: s.id == "oss-v4-header")
def by_s3_v4(c):
    """The canonical request of S3, its host and all."""
    names = ["host", *[name for name, _ in c.slots.headers]]
    c.req.also = names
    c.freeze()
    c._slots = c.scheme.slots(c.req)
    slots = c.slots
    slots.path = c.req.path
    slots.prefix, slots.terminator, slots.service, slots.algorithm = "AWS4", "aws4_request", "s3", "AWS4-HMAC-SHA256"


@mistake("signature-version-wrong", of=lambda s: s.id in ("oss-v4-url", "s3-v4-url", "ks3-v4-url"))
def by_the_older_version(c):
    moment = START + 3600
    bucket = "/photos-ex"
    path = unquote(c.req.path) if c.scheme.provider == "oss" else c.req.path
    subs = "&".join(f"{n}={unquote(v)}" for n, v in c.req.params)
    text = f"GET\n\n\n{moment}\n{bucket}{path}?{subs}"
    c.how = lambda key, own, name: mac(SECRET, text, "sha1")
    c.spell = b64


# ---- answers


@mistake("answer-altered")
def text_edited(c):
    c.secret = FOREIGN
    c.freeze()
    slots = c.slots
    canonical = c.scheme.canonical(slots)
    digest = None if canonical is None else hashlib.new(c.scheme.hash, raw(canonical)).hexdigest()
    string = c.scheme.string(slots, digest)
    parts = c.scheme.quoted(string, canonical)
    if c.scheme.provider == "cos":
        parts = [(n, v.replace("photos", "****") if n == "FormatString" else v) for n, v in parts]
    else:
        parts = [(n, v.replace("2024", "****") if n == "StringToSign" else v) for n, v in parts]
    if c.scheme.provider != "cos":
        parts.append(("StringToSignBytes", raw(string).hex(" ").upper()))
    c.answer = mismatch(*parts)
    c.seen()


@mistake("answer-of-another-request")
def another_signature(c):
    c.secret = FOREIGN
    c.freeze()
    c.answer = mismatch(("SignatureProvided", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" if c.signs("base64") else "0" * (64 if c.signs("sha256") else 40)))
    c.seen()


@mistake("server-side-condition-not-visible")
def denied(c):
    c.answer = ('{"error":"referer not allowed"}\n' if c.scheme.provider == "kodo" else xml_answer(
        "AccessDenied", "You are denied by bucket referer policy.", ("EC", "0003-00000501")))
    c.seen("likely")


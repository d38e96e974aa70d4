"""Upload forms that their own policy refuses, and the slips of those who sign policies."""

import base64
import hashlib
import json

from plant import ID, b64, case, mac, raw, v2, v4_key

DAY = "20260314"
TIME = f"{DAY}T120000Z"
END = "2026-03-14T16:00:00.000Z"
BEFORE = "2026-03-14T15:00:00Z"
AFTER = "2026-03-14T16:10:00Z"
INTERVAL = "1773486000;1773504000"
S3_CREDENTIAL = f"{ID}/{DAY}/us-east-1/s3/aws4_request"
OSS_CREDENTIAL = f"{ID}/{DAY}/cn-hangzhou/oss/aliyun_v4_request"

# What every policy of the scheme must say of the signature's own fields.
OWN = {
    "s3-v2-post": [],
    "s3-v4-post": [{"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": S3_CREDENTIAL}, {"x-amz-date": TIME}],
    "oss-post-v1": [],
    "oss-post-v4": [{"x-oss-signature-version": "OSS4-HMAC-SHA256"}, {"x-oss-credential": OSS_CREDENTIAL}, {"x-oss-date": TIME}],
    "ks3-post": [],
    "cos-post": [{"q-sign-algorithm": "sha1"}, {"q-ak": ID}, {"q-sign-time": INTERVAL}],
}
SCHEMES = list(OWN)


def std(text):
    return b64(raw(text))


def url_safe(text):
    return base64.urlsafe_b64encode(raw(text)).decode()


def dumped(value, **how):
    return json.dumps(value, ensure_ascii=how.pop("ensure_ascii", False), **how)


COMPACT = (",", ":")
USUAL = [{"bucket": "photos"}, ["starts-with", "$key", "user/"], ["content-length-range", 1, 1024]]


def policy(scheme, conditions=None, expiration=END):
    return dumped({"expiration": expiration, "conditions": (USUAL if conditions is None else conditions) + OWN[scheme]}, separators=COMPACT)


def seal(scheme, text, region=None, day=DAY):
    """The signature of a text, which for COS is the JSON and for the others its Base64."""
    if scheme == "s3-v4-post":
        return mac(v4_key(day, region or "us-east-1", "s3"), text, "sha256").hex()
    if scheme == "oss-post-v4":
        return mac(v4_key(day, region or "cn-hangzhou", "oss", prefix="aliyun_v4", terminator="aliyun_v4_request"), text, "sha256").hex()
    if scheme == "cos-post":
        key = mac("cs7EXAMPLEsecretKEY/with+signs0123456789", INTERVAL).hex()
        return mac(key, hashlib.sha1(raw(text)).hexdigest()).hex()
    return v2(text)


def carried(scheme, sent, signature):
    """The fields of a signature."""
    return {
        "s3-v2-post": [["AWSAccessKeyId", ID], ["policy", sent], ["signature", signature]],
        "s3-v4-post": [["policy", sent], ["x-amz-algorithm", "AWS4-HMAC-SHA256"], ["x-amz-credential", S3_CREDENTIAL],
                       ["x-amz-date", TIME], ["x-amz-signature", signature]],
        "oss-post-v1": [["OSSAccessKeyId", ID], ["policy", sent], ["Signature", signature]],
        "oss-post-v4": [["policy", sent], ["x-oss-signature-version", "OSS4-HMAC-SHA256"], ["x-oss-credential", OSS_CREDENTIAL],
                        ["x-oss-date", TIME], ["x-oss-signature", signature]],
        "ks3-post": [["KSSAccessKeyId", ID], ["policy", sent], ["signature", signature]],
        "cos-post": [["q-sign-algorithm", "sha1"], ["q-ak", ID], ["q-key-time", INTERVAL], ["policy", sent], ["q-signature", signature]],
    }[scheme]


KEY = ["key", "user/照.jpg"]


def file(size=512, name="照.jpg"):
    return {"file": {"size": size, "name": name, "type": "image/jpeg"}}


def form(scheme, conditions=None, expiration=END, before=(KEY,), behind=(file(),), signed=None, sent=None):
    """A form whose signature is right, unless another text was signed."""
    text = policy(scheme, conditions, expiration)
    sent = std(text) if sent is None else sent
    signed = (text if scheme == "cos-post" else sent) if signed is None else signed
    return [*before, *carried(scheme, sent, seal(scheme, signed)), *behind]


def refused(code, name, request, at=BEFORE, certainty="seen", verdict="rejected", **more):
    case(code, name, request, at=at, certainty=certainty, verdict=verdict, **more)


def answer(code, message):
    return f"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>\n"


# ---- policy-condition-failed
CODE = "policy-condition-failed"
for scheme in SCHEMES:
    refused(CODE, f"{scheme}-key", form(scheme, before=[["key", "other/a.jpg"]]))
    refused(CODE, f"{scheme}-key-without-the-file", form(scheme, before=[["key", "other/a.jpg"]], behind=[]))
    refused(CODE, f"{scheme}-bucket", form(scheme), bucket="elsewhere")
    refused(CODE, f"{scheme}-too-large", form(scheme, behind=[file(2048)]))
    refused(CODE, f"{scheme}-field-missing", form(scheme, USUAL + [{"acl": "private"}]))
    # Both faults are told.
    refused(CODE, f"{scheme}-and-signed-wrongly", form(scheme, before=[["key", "other/a.jpg"]], signed="another text"), verdict="mismatch")
for scheme in SCHEMES:
    if scheme != "ks3-post":
        refused(CODE, f"{scheme}-too-small", form(scheme, behind=[file(0)]))
refused(CODE, "s3-v4-post-credential", form("s3-v4-post", USUAL)[:1] + [
    [name, value.replace("us-east-1", "eu-west-1") if name == "x-amz-credential" else value]
    for name, value in carried("s3-v4-post", std(policy("s3-v4-post")), seal("s3-v4-post", std(policy("s3-v4-post")), "eu-west-1"))] + [file()])
refused(CODE, "cos-post-demanded", form("cos-post", before=[KEY], sent=std(dumped({"expiration": END, "conditions": USUAL})),
                                        signed=dumped({"expiration": END, "conditions": USUAL})))
S3_SAYS = answer("AccessDenied", "Invalid according to Policy: Policy Condition failed: [&quot;starts-with&quot;, &quot;$key&quot;, &quot;user/&quot;]")
for scheme in ["s3-v2-post", "s3-v4-post", "oss-post-v1", "oss-post-v4"]:
    refused(CODE, f"{scheme}-server", form(scheme, before=[["key", "other/a.jpg"]]), answer=S3_SAYS, certainty="server")
    refused(CODE, f"{scheme}-server-size", form(scheme), answer=answer("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size."),
            certainty="server")
refused(CODE, "ks3-post-server", form("ks3-post"), answer=answer("FormUnmatchPolicy", "no match"), certainty="server")
refused(CODE, "cos-post-server", form("cos-post"), answer=answer("AccessDenied", "Condition key key doesn't match the value other/"), certainty="server")

# ---- policy-extra-field
CODE = "policy-extra-field"
for scheme in ["s3-v2-post", "s3-v4-post", "ks3-post"]:
    refused(CODE, scheme, form(scheme, before=[KEY, ["acl", "private"]]))
    refused(CODE, f"{scheme}-and-signed-wrongly", form(scheme, before=[KEY, ["acl", "private"]], signed="another text"), verdict="mismatch")
for scheme, fields in [("s3-v4-post", OWN["s3-v4-post"]), ("oss-post-v4", OWN["oss-post-v4"])]:
    for number, left in enumerate(fields):
        (name,) = left
        text = dumped({"expiration": END, "conditions": USUAL + [own for own in fields if own != left]}, separators=COMPACT)
        refused(CODE, f"{scheme}-{name}", form(scheme, sent=std(text)))
for scheme in ["s3-v2-post", "s3-v4-post", "oss-post-v4"]:
    refused(CODE, f"{scheme}-server", form(scheme), answer=answer("AccessDenied", "Invalid according to Policy: Extra input fields: acl"), certainty="server")

# ---- policy-expired
CODE = "policy-expired"
for scheme in SCHEMES:
    refused(CODE, scheme, form(scheme, expiration="2026-03-14T12:30:00Z"), at="2026-03-14T12:40:00Z")
    refused(CODE, f"{scheme}-and-signed-wrongly", form(scheme, expiration="2026-03-14T12:30:00Z", signed="another text"), at="2026-03-14T12:40:00Z",
            verdict="mismatch")
refused(CODE, "s3-v4-post-local-time", form("s3-v4-post", expiration="2026-03-14T16:00:00"))
refused(CODE, "s3-v4-post-offset", form("s3-v4-post", expiration="2026-03-15T00:00:00+08:00"))
EXPIRED = answer("AccessDenied", "Invalid according to Policy: Policy expired.")
for scheme in ["s3-v2-post", "s3-v4-post", "oss-post-v1", "oss-post-v4"]:
    refused(CODE, f"{scheme}-server", form(scheme), answer=EXPIRED, certainty="server")
refused(CODE, "ks3-post-server", form("ks3-post"), answer=answer("ExpirationError", "expired"), certainty="server")
refused(CODE, "cos-post-server", form("cos-post"), certainty="server", answer=answer(
    "AccessDenied", "You post object request has been expired, expiration time: 1773504000 but the time now : 1773504010"))

# OSS takes a signature for a week.
refused("expired", "oss-post-v4-form", form("oss-post-v4", expiration="2026-03-31T12:00:00Z"), at="2026-03-22T12:00:00Z")

# ---- policy-field-order
CODE = "policy-field-order"
for scheme in SCHEMES:
    refused(CODE, f"{scheme}-key-behind-the-file", form(scheme, before=[], behind=[file(), KEY]))
    refused(CODE, f"{scheme}-file-first", [KEY, file()] + form(scheme)[1:-1])
    refused(CODE, f"{scheme}-no-key", form(scheme, before=[]))
for scheme in ["oss-post-v1", "oss-post-v4"]:
    refused(CODE, f"{scheme}-field-behind-the-file", form(scheme, behind=[file(), ["success_action_status", "200"]]))
for scheme in ["oss-post-v1", "cos-post"]:
    refused(CODE, f"{scheme}-case", form(scheme, before=[["Key", "user/a.jpg"]]), certainty="likely", verdict="valid")
ORDER = answer("InvalidArgument", "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.")
for scheme in ["s3-v2-post", "s3-v4-post", "oss-post-v1"]:
    refused(CODE, f"{scheme}-server", form(scheme), answer=ORDER, certainty="server")

# ---- policy-type-wrong
CODE = "policy-type-wrong"
for scheme in SCHEMES:
    for name, text in [("no-json", "expiration: tomorrow"), ("no-conditions", dumped({"expiration": END})),
                       ("no-time", dumped({"expiration": "tomorrow", "conditions": USUAL}))]:
        refused(CODE, f"{scheme}-{name}", form(scheme, sent=std(text), signed=text if scheme == "cos-post" else std(text)))
refused(CODE, "s3-v4-post-server", form("s3-v4-post"), answer=answer("InvalidPolicyDocument", "Invalid Policy: Invalid JSON."), certainty="server")

# ---- form-malformed
CODE = "form-malformed"
refused(CODE, "oss-post-v1-encryption", form("oss-post-v1", before=[KEY, ["x-oss-server-side-encryption", "aes256"]]))
refused(CODE, "oss-post-v4-over-five-gib", form("oss-post-v4", USUAL[:2], behind=[file((5 << 30) + 1)]))
refused(CODE, "s3-v4-post-fields-too-long", form("s3-v4-post", USUAL + [["starts-with", "$x-amz-meta-a", ""]], before=[KEY, ["x-amz-meta-a", "a" * 20480]]))
refused(CODE, "s3-v2-post-server", form("s3-v2-post"), answer=answer("InvalidArgument", "POST requires exactly one file upload per request."),
        certainty="server")

# ---- the slips of signing, for every scheme
for scheme in SCHEMES:
    text = policy(scheme)
    own = json.loads(text)
    asis = (lambda text: text) if scheme == "cos-post" else std
    code = "policy-bytes-reserialised"
    case(code, f"{scheme}-blanks", form(scheme, signed=asis(dumped(own))))
    case(code, f"{scheme}-escaped", form(scheme, signed=asis(dumped(own, ensure_ascii=True, separators=COMPACT).replace("/", "\\/"))))
    case(code, f"{scheme}-indented", form(scheme, signed=asis(dumped(own, indent=2))))
    case(code, f"{scheme}-line-feed", form(scheme, signed=asis(text + "\n")))
    case(code, f"{scheme}-twice", form(scheme, signed=std(text) if scheme == "cos-post" else std(std(text))))
    if scheme != "cos-post":
        case(code, f"{scheme}-json", form(scheme, signed=text))
        wrapped = base64.encodebytes(raw(text)).decode()
        code = "base64-line-wrapped"
        case(code, f"{scheme}-policy-signed", form(scheme, signed=wrapped))
        case(code, f"{scheme}-policy-sent", form(scheme, sent=wrapped, signed=std(text)))
        # A policy whose Base64 has the two characters in which the alphabets differ.
        odd = policy(scheme, [["starts-with", "$key", "???>>>"]])
        assert url_safe(odd) != std(odd)
        key = [["key", "???>>>/a"]]
        code = "base64-alphabet-wrong"
        case(code, f"{scheme}-policy-signed", form(scheme, [["starts-with", "$key", "???>>>"]], before=key, signed=url_safe(odd)))
        case(code, f"{scheme}-policy-sent", form(scheme, before=key, sent=url_safe(odd), signed=std(odd)))
        code = "policy-not-base64"
        case(code, f"{scheme}-json", form(scheme, sent=text, signed=std(text)))
        case(code, f"{scheme}-json-signed", form(scheme, sent=text), certainty="seen", verdict="rejected")
        case(code, f"{scheme}-url-safe", form(scheme, before=key, sent=url_safe(odd)), certainty="seen", verdict="rejected")
        # OSS has an answer for line ends; what others do is not published.
        refused_by_oss = dict(certainty="seen", verdict="rejected" if scheme.startswith("oss") else "valid")
        case("base64-line-wrapped", f"{scheme}-policy-signed-and-sent", form(scheme, sent=wrapped), **refused_by_oss)
for scheme in ["s3-v2-post", "oss-post-v1"]:
    case("hmac-hex-instead-of-raw", f"{scheme}-hex", [KEY, *carried(scheme, std(policy(scheme)), mac(
        "cs7EXAMPLEsecretKEY/with+signs0123456789", std(policy(scheme))).hex()), file()])
for scheme, region in [("s3-v4-post", "eu-west-1"), ("oss-post-v4", "cn-shanghai")]:
    text = std(policy(scheme))
    case("region-wrong", f"{scheme}-key", [KEY, *carried(scheme, text, seal(scheme, text, region)), file()])
    case("scope-date-mismatch", f"{scheme}-key", [KEY, *carried(scheme, text, seal(scheme, text, day="20260313")), file()])

# ---- the policies of upload tokens
CODE = "policy-condition-failed"


def token(**fields):
    text = url_safe(dumped({"scope": "photos", "deadline": 1773504000, **fields}))
    return f"{ID}:{base64.urlsafe_b64encode(mac('cs7EXAMPLEsecretKEY/with+signs0123456789', text)).decode()}:{text}"


def kodo(behind=(file(),), signature=None, **fields):
    own = token(**fields)
    if signature:
        own = ":".join([ID, signature, own.split(":")[2]])
    return [["token", own], KEY, *behind]


refused(CODE, "kodo-too-large", kodo(fsizeLimit=511))
refused(CODE, "kodo-too-small", kodo(fsizeMin=513))
refused(CODE, "kodo-key-and-size", kodo(scope="photos:other", fsizeLimit=511))
refused(CODE, "kodo-key-and-signed-wrongly", kodo(scope="photos:other", signature="AAAAAAAAAAAAAAAAAAAAAAAAAAA="), verdict="mismatch")
refused(CODE, "kodo-mkfile-too-large", f"POST /mkfile/2048/key/{url_safe('a.jpg')} HTTP/1.1\nHost: up-z0.qiniup.com\n"
        f"Authorization: UpToken {token(fsizeLimit=1024)}\n\n")
refused(CODE, "kodo-server-size", token(), kind="token", answer='{"error":"exceed FsizeLimit"}', certainty="server")
refused(CODE, "kodo-server-type", token(), kind="token", certainty="server",
        answer='{"error":"limited mimeType: this file type is forbidden to upload"}')
refused(CODE, "kodo-server-exists", token(), kind="token", answer='{"error":"file exists"}', certainty="server")

# ---- COS signs the JSON, and reads it out of its Base64
TEXT = policy("cos-post")
case("policy-not-base64", "cos-post-json", form("cos-post", sent=TEXT, signed=TEXT), certainty="seen", verdict="rejected")
case("policy-not-base64", "cos-post-json-signed-otherwise", form("cos-post", sent=TEXT, signed="another text"), certainty="seen")
SAFE = [["starts-with", "$key", "???>>>"]]
case("policy-not-base64", "cos-post-url-safe", form("cos-post", SAFE, before=[["key", "???>>>/a"]], sent=url_safe(policy("cos-post", SAFE)),
                                                    signed=policy("cos-post", SAFE)), certainty="seen", verdict="rejected")
case("base64-line-wrapped", "cos-post-policy-sent", form("cos-post", sent=base64.encodebytes(raw(TEXT)).decode(), signed=TEXT), certainty="seen", verdict="valid")

# Answers about the region and the id.
refused("region-wrong", "kodo-upload-host", token(), kind="token", certainty="server",
        answer='{"error":"incorrect region, please use up-z2.qiniup.com, bucket is: photos"}')
refused("access-key-unknown", "kodo-upload", token(), kind="token", certainty="server", answer='{"error":"app/accesskey is not found"}')

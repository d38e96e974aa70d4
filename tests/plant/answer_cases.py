"""What the secret and the server's answer tell together."""

import hashlib
from urllib.parse import quote

from plant import ID, SECRET, case, mac, oss4, v2, v4, v4_text
from samples import S32, S34, S34_SCOPE, TIME, fetched, s32, s34, s34_get, s34_query, s34_url

DATE = "Mon, 18 Sep 2017 08:00:00 GMT"
TEXT = f"GET\n\n\n{DATE}\n/ob-ex/"


def oss(signature):
    return f"GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: {DATE}\nAuthorization: OSS {ID}:{signature}\n\n"


def answer(signature, text=TEXT, quoted=None):
    octets = " ".join(f"{b:02X}" for b in text.encode())
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>SignatureDoesNotMatch</Code>\n'
            "  <Message>The request signature we calculated does not match the signature you provided. "
            "Check your key and signing method.</Message>\n"
            f"  <OSSAccessKeyId>{ID}</OSSAccessKeyId>\n  <SignatureProvided>{signature}</SignatureProvided>\n"
            f"  <StringToSign>{quoted or text}</StringToSign>\n  <StringToSignBytes>{octets} </StringToSignBytes>\n</Error>\n")


RIGHT = v2(TEXT)
FOREIGN = v2(TEXT, "csSomebodyElsesMadeUpSecret0000000000000")
case("secret-wrong", "server-holds-another", oss(RIGHT), answer=answer(RIGHT), verdict="rejected")
case("secret-wrong", "nothing-else-fits", oss(FOREIGN), answer=answer(FOREIGN), certainty="likely")
case("answer-of-another-request", "other-signature", oss(RIGHT), answer=answer(FOREIGN), certainty="seen", verdict="valid")
case("answer-altered", "lost-line-ends", oss(v2(TEXT, SECRET + "\n")), certainty="seen",
     answer=answer(v2(TEXT, SECRET + "\n"), quoted=TEXT.replace("\n", " ")))
# What is refused is not the signature.
for name, body in [("access", "<Code>AccessDenied</Code><Message>Access Denied</Message>"),
                   ("bucket", "<Code>NoSuchBucket</Code><Message>The specified bucket does not exist.</Message>")]:
    case("server-side-condition-not-visible", f"oss-v1-{name}", oss(RIGHT), certainty="server", verdict="rejected", answer=f"<Error>{body}</Error>")
case("server-side-condition-not-visible", "oss-v1-acl", oss(RIGHT), certainty="likely", verdict="rejected",
     answer="<Error><Code>AccessDenied</Code><Message>You have no right to access this object because of bucket acl.</Message>"
            "<EC>0003-00000001</EC></Error>")
# MinIO and Ceph quote nothing.
case("secret-wrong", "server-quotes-nothing", oss(RIGHT), certainty="likely", verdict="rejected",
     answer="<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you "
            "provided. Check your key and signing method.</Message></Error>")


def as_text(code, text, signature=RIGHT, canonical=None):
    """An answer without byte fields, as pages and forums show it."""
    provided = f"<SignatureProvided>{signature}</SignatureProvided>" if signature else ""
    canonical = f"<CanonicalRequest>{canonical}</CanonicalRequest>" if canonical else ""
    text = f"<StringToSign>{text}</StringToSign>" if text else ""
    return f"<Error><Code>{code}</Code><Message>m</Message>{provided}{text}{canonical}</Error>"


MISMATCH = "SignatureDoesNotMatch"
seen = dict(certainty="server", verdict="rejected")
TYPED = f"GET\n\ntext/html\n{DATE}\n/ob-ex/"
case("content-type-added-by-client", "oss-v1-server-empty-line-lost", oss(RIGHT), answer=as_text(MISMATCH, TYPED.replace("\n\n", "\n")), **seen)
case("content-type-added-by-client", "oss-v1-server-line-ends-lost", oss(RIGHT), answer=as_text(MISMATCH, TYPED.replace("\n", " ")), **seen)
for name, text in [("garbage", "garbage"), ("other-request", f"GET\ntext/html\n{DATE}\n/other/b"), ("masked", TEXT.replace("ob-ex", "***")),
                   ("blanks-alone", TEXT.replace("\n", " "))]:
    case("answer-altered", f"text-{name}", oss(RIGHT), answer=as_text(MISMATCH, text), certainty="seen", verdict="rejected")
    case("secret-wrong", f"text-{name}", oss(RIGHT), answer=as_text(MISMATCH, text), certainty="likely", verdict="rejected")
# What the server signed was another canonical request, and it does not show which.
SIGNED = v4(S34, TIME)
OTHER = S34.replace("alice", "bob")
STRING = "\n".join(["AWS4-HMAC-SHA256", TIME, S34_SCOPE, hashlib.sha256(OTHER.encode()).hexdigest()])
for name, text in [("", STRING), ("-line-ends-lost", STRING.replace("\n", " "))]:
    case("answer-of-another-request", f"s3-v4-digest{name}", s34(SIGNED), answer=as_text(MISMATCH, text, SIGNED), **seen)
HOSTED = S34.replace("photos-ex.s3.us-east-1.amazonaws.com", "origin.internal:8080")
for name, text in [("empty-lines", HOSTED.replace("\n\n", "\n")), ("line-ends", HOSTED.replace("\n", " "))]:
    case("host-rewritten-by-proxy", f"s3-v4-server-{name}-lost", s34(SIGNED), answer=as_text(MISMATCH, "", SIGNED, text), **seen)
COS = "photos-1250000000.cos.ap-beijing.myqcloud.com"
KEY_TIME = "1700000000;1700003600"
FORMAT = f"put\n/a.txt\n\ncontent-type=text%2Fplain&host={COS}\n"
COS_STRING = f"sha1\n{KEY_TIME}\n{hashlib.sha1(FORMAT.encode()).hexdigest()}\n"
COS_SIGNED = mac(mac(SECRET, KEY_TIME).hex(), COS_STRING).hex()
COS_SENT = (f"PUT /a.txt HTTP/1.1\nHost: {COS}\nContent-Type: text/plain\nAuthorization: q-sign-algorithm=sha1&q-ak={ID}&q-sign-time={KEY_TIME}"
            f"&q-key-time={KEY_TIME}&q-header-list=content-type;host&q-url-param-list=&q-signature={COS_SIGNED}\n\n")
CHANGED = FORMAT.replace("plain", "plain%3Bcharset%3DUTF-8")
CHANGED_STRING = COS_STRING.replace(hashlib.sha1(FORMAT.encode()).hexdigest(), hashlib.sha1(CHANGED.encode()).hexdigest())


def cos_answer(string, text=""):
    text = f"<FormatString>{text.replace('&', '&amp;')}</FormatString>" if text else ""
    return f"<Error><Code>{MISMATCH}</Code><StringToSign>{string}</StringToSign>{text}</Error>"


for name, change in [("line-ends-lost", lambda text: text.replace("\n", " ")), ("end-lost", str.strip)]:
    case("content-type-charset-appended", f"cos-xml-server-{name}", COS_SENT, answer=cos_answer(change(CHANGED_STRING), change(CHANGED)), **seen)
case("answer-of-another-request", "cos-xml-digest", COS_SENT, answer=cos_answer(CHANGED_STRING), **seen)

# Credentials beside a signed URL, of which Amazon and OSS take one alone.
BESIDE = "Authorization: Bearer madeUpToken\n\n"
URL = s34_url(v4(s34_get(s34_query()), TIME), s34_query())
case("header-added-after-signing", "s3-v4-url-and-bearer", fetched(URL).replace("\n\n", "\n" + BESIDE), certainty="seen", verdict="rejected")

# A domain that nothing binds to a bucket but the answer.
RESOURCE = "/photos-ex/dir/a.jpg"


def domain(signature, word="OSS", host="static.example.com"):
    return f"GET /dir/a.jpg HTTP/1.1\nHost: {host}\nDate: {DATE}\nAuthorization: {word} {ID}:{signature}\n\n"


BOUND = f"GET\n\n\n{DATE}\n{{}}"
OF_DOMAIN = v2(BOUND.format(RESOURCE))
PUT_THERE = v2(BOUND.format(RESOURCE).replace("GET", "PUT"))
for name, more in [("", {}), ("-said-to-be-one", {"addressing": "custom"})]:
    case("secret-wrong", f"oss-v1-domain{name}", domain(OF_DOMAIN), answer=answer(OF_DOMAIN, BOUND.format(RESOURCE)), verdict="rejected", **more)
case("method-mismatch", "oss-v1-domain-told-by-server", domain(PUT_THERE), answer=answer(PUT_THERE, BOUND.format(RESOURCE)))
# An answer that names none leaves it open.
case("secret-wrong", "open-domain-of-ks3-v2", domain(OF_DOMAIN, "KSS"), certainty="likely", verdict="undecided",
     answer=f"<Error><Code>{MISMATCH}</Code><Message>The request signature we calculated does not match the signature you provided.</Message></Error>")
OSS4_DOMAIN = f"GET\n{RESOURCE}\n\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n\nUNSIGNED-PAYLOAD"
OSS4_SIGNED = oss4(OSS4_DOMAIN, TIME)
OSS4_STRING = v4_text(OSS4_DOMAIN, TIME, f"{TIME[:8]}/cn-hangzhou/oss/aliyun_v4_request", "OSS4-HMAC-SHA256")
case("secret-wrong", "oss-v4-domain", f"GET /dir/a.jpg HTTP/1.1\nHost: static.example.com\nx-oss-content-sha256: UNSIGNED-PAYLOAD\nx-oss-date: {TIME}\n"
     f"Authorization: OSS4-HMAC-SHA256 Credential={ID}/{TIME[:8]}/cn-hangzhou/oss/aliyun_v4_request,Signature={OSS4_SIGNED}\n\n", verdict="rejected",
     answer=as_text(MISMATCH, OSS4_STRING, OSS4_SIGNED, OSS4_DOMAIN))

# For S3 a domain has the name of its bucket, or is an endpoint: the reading with fewer mistakes counts.
CDN = BOUND.format("/cdn.example.com/dir/a.jpg")
case("method-mismatch", "s3-v2-domain", domain(v2(CDN.replace("GET", "PUT")), "AWS", "cdn.example.com"))
case("method-mismatch", "s3-v2-domain-said-to-be-one", domain(v2(CDN.replace("GET", "PUT")), "AWS", "cdn.example.com"), addressing="custom")
case("method-mismatch", "s3-v2-domain-and-secret", domain(v2(CDN.replace("GET", "PUT"), SECRET + "\n"), "AWS", "cdn.example.com"),
     ["method-mismatch", "secret-surrounding-whitespace"])
case("secret-wrong", "s3-v2-domain", domain(v2(CDN), "AWS", "cdn.example.com"), answer=answer(v2(CDN), CDN), verdict="rejected")

# Garage's words, in answers of version 2.5.0.
GARAGE = s34(SIGNED)


def garage(code, message):
    return f"<Error><Code>{code}</Code><Message>{message}</Message><Resource>/photos-ex/a.jpg</Resource><Region>us-east-1</Region></Error>"


case("secret-wrong", "of-garage", GARAGE, answer=garage("AccessDenied", "Forbidden: Invalid signature"), certainty="likely", verdict="rejected")
case("clock-skew", "garage", GARAGE, answer=garage("InvalidRequest", "Bad request: Date is too old"), **seen)
case("expired", "garage-url", fetched(URL), answer=garage("InvalidRequest", "Bad request: Date is too old"), **seen)
case("access-key-unknown", "garage", GARAGE, answer=garage("AccessDenied", "Forbidden: No such key: CSIDEXAMPLE0001"), **seen)
case("payload-changed-after-hashing", "garage", GARAGE, **seen,
     answer=garage("InvalidDigest", "Invalid digest: SHA256 checksum verification failed (from x-amz-content-sha256)"))
case("signature-version-wrong", "garage", s32(v2(S32)), answer=garage("InvalidRequest", "Bad request: Unsupported authorization method"), **seen)

def twice_signed(url, header):
    """A request that carries a signature in its URL, and one in its header, each made without the other."""
    target = url.split(".com", 1)[1]
    return (f"GET {target} HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Mon, 18 Sep 2017 08:00:00 GMT\n"
            f"Authorization: OSS {ID}:{header}\n\n")


TWO = "https://ob-ex.oss-cn-hangzhou.aliyuncs.com/a.txt?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1708795817&Signature="
IN_URL, IN_HEADER = (v2(f"GET\n\n\n{date}\n/ob-ex/a.txt") for date in ("1708795817", "Mon, 18 Sep 2017 08:00:00 GMT"))
WRONG = v2("GET\n\n\nnothing known\n/ob-ex/a.txt", "csForeignSecret000000000000000")
for name, in_url, in_header, verdict in [("right", IN_URL, IN_HEADER, "rejected"), ("url-right", IN_URL, WRONG, "rejected"),
                                         ("header-right", WRONG, IN_HEADER, "rejected"), ("wrong", WRONG, WRONG, "mismatch")]:
    case("header-added-after-signing", f"oss-v1-two-signatures-{name}", twice_signed(TWO + quote(in_url, safe=""), in_header),
         certainty="seen", verdict=verdict)

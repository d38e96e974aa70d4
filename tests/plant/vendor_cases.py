"""Mistakes that only Kodo, COS or KS3 know, and the policies and tokens that carry their own signed text."""

import base64
import hashlib
import json

from plant import ID, SECRET, b64, case, mac, raw, v2


def b64u(data):
    return base64.urlsafe_b64encode(raw(data)).decode()


def kodo(text, secret=SECRET):
    """URL-safe Base64 of HMAC-SHA1: every scheme of Kodo but the timestamp links."""
    return b64u(mac(secret, text))


def dumped(value, **how):
    return json.dumps(value, ensure_ascii=how.pop("ensure_ascii", False), **how)


COMPACT = (",", ":")

# Management credentials.


def qbox(text, target="/stat/aW1nLWV4OmEucG5n", word="QBox", method="POST", host="rs.qiniuapi.com", headers="", body=""):
    return f"{method} {target} HTTP/1.1\nHost: {host}\n{headers}Authorization: {word} {ID}:{kodo(text)}\n\n{body}"


FORM = "Content-Type: application/x-www-form-urlencoded\n"
JSON = "Content-Type: application/json\n"
OCTETS = "Content-Type: application/octet-stream\n"
QUERY = "/chgm/aW1nLWV4OmEucG5n?force=1&x=2"
CODE = "kodo-manage-absolute-url"
case(CODE, "qbox-http", qbox("http://rs.qiniuapi.com/stat/aW1nLWV4OmEucG5n\n"))
case(CODE, "qbox-https", qbox("https://rs.qiniuapi.com/stat/aW1nLWV4OmEucG5n\n"))
case(CODE, "qbox-domain", qbox("rs.qiniuapi.com/stat/aW1nLWV4OmEucG5n\n"))
case(CODE, "qbox-without-query", qbox("/chgm/aW1nLWV4OmEucG5n\n", QUERY))
case(CODE, "qbox-with-verb", qbox("POST /chgm/aW1nLWV4OmEucG5n?force=1&x=2\n", QUERY))
case(CODE, "qbox-with-host-line", qbox("/chgm/aW1nLWV4OmEucG5n?force=1&x=2\nHost: rs.qiniuapi.com\n", QUERY))
case(CODE, "callback-qbox", qbox("https://app.example.com/cb\nkey=a.jpg", "/cb", host="app.example.com", headers=FORM, body="key=a.jpg"),
     scheme="kodo-callback")

BODY = '{"name":"照片","url":"https://a.example/b"}'
case("kodo-manage-body-not-signed", "qbox-json-signed", qbox(f"/x\n{BODY}", "/x", headers=JSON, body=BODY), certainty="seen", verdict="rejected")


def qiniu(text, target="/v2/certs?limit=3", headers=JSON, body=BODY, host="api.qiniu.com", method="POST"):
    return qbox(text, target, "Qiniu", method, host, headers, body)


LINES = f"Host: api.qiniu.com\nContent-Type: application/json\n\n{BODY}"
case(CODE, "mac-https", qiniu(f"POST https://api.qiniu.com/v2/certs?limit=3\n{LINES}"))
case(CODE, "mac-without-query", qiniu(f"POST /v2/certs\n{LINES}"))
case(CODE, "mac-without-verb", qiniu(f"/v2/certs?limit=3\n{LINES}"))
case(CODE, "mac-without-host-line", qiniu(f"POST /v2/certs?limit=3\nContent-Type: application/json\n\n{BODY}"))
case(CODE, "mac-port-twice", qiniu("GET /a\nHost: 127.0.0.1:8080:8080\nX-Qiniu-Date: 20241105T012358Z\n\n", "/a", "X-Qiniu-Date: 20241105T012358Z\n",
                                   "", "127.0.0.1:8080", "GET"))
case(CODE, "callback-qiniu", qbox(f"POST https://app.example.com/cb\nHost: app.example.com\nContent-Type: application/json\n\n{BODY}", "/cb", "Qiniu",
                                  host="app.example.com", headers=JSON, body=BODY), scheme="kodo-callback")

ADDED = "content-type-added-by-client"
LISTED = "GET /v6/domain/list?bucket=x\nHost: api.qiniu.com\n\n"
case(ADDED, "kodo-mac-form", qiniu(LISTED, "/v6/domain/list?bucket=x", FORM, "", method="GET"))
case(ADDED, "kodo-mac-octets", qiniu("POST /v2/certs?limit=3\nHost: api.qiniu.com\n\n", headers=OCTETS))

CODE = "kodo-manage-body-not-signed"
LINE = "POST /v2/certs?limit=3\nHost: api.qiniu.com\n"
case(CODE, "qbox-form", qbox("/batch\n", "/batch", headers=FORM, body="op=/stat/aW1nLWV4OmEucG5n&op=/stat/Yg=="))
case(CODE, "qbox-form-with-line-feed", qbox("/batch\nop=/stat/Yg==\n", "/batch", headers=FORM, body="op=/stat/Yg=="))
case(CODE, "mac-json", qiniu(f"{LINE}Content-Type: application/json\n\n"))
case(CODE, "mac-json-written-again", qiniu(f"{LINE}Content-Type: application/json\n\n" + dumped(json.loads(BODY), ensure_ascii=True)))
case(CODE, "mac-type-added-later", qiniu(f"{LINE}\n"))
case(CODE, "mac-type-added-later-body-signed", qiniu(f"{LINE}\n{BODY}"))
case(CODE, "mac-octets", qiniu(f"{LINE}Content-Type: application/octet-stream\n\n{BODY}", headers=OCTETS))
case(CODE, "mac-type-lost", qiniu(f"{LINE}Content-Type: application/json\n\n{BODY}", headers=""))
case(CODE, "callback-qiniu", qbox("POST /cb\nHost: app.example.com\nContent-Type: application/json\n\n", "/cb", "Qiniu", host="app.example.com",
                                  headers=JSON, body=BODY), scheme="kodo-callback")
case(CODE, "callback-qbox", qbox("/cb\n", "/cb", host="app.example.com", headers=FORM, body="key=a.jpg"), scheme="kodo-callback")

CODE = "signature-version-wrong"
case(CODE, "kodo-qbox-as-qiniu", qbox(f"POST /v2/certs?limit=3\n{LINES}", "/v2/certs?limit=3", host="api.qiniu.com", headers=JSON, body=BODY))
case(CODE, "kodo-qiniu-as-qbox", qiniu("/v2/certs?limit=3\n"))

# Private links.

CODE = "kodo-download-url-differs"
E = 1700003600


def link(text, url=None, end=""):
    """The link with the token for another text than its own."""
    return f"{url or text}&token={ID}:{kodo(text)}{end}"


PLAIN = f"https://img.example.com/2024/a%20b.jpg?e={E}"
FOP = f"https://img.example.com/2024/a.jpg?imageView2/2/w/200&x=1&e={E}"
for name, text, url in [
    ("http", PLAIN.replace("https", "http"), PLAIN),
    ("with-port", PLAIN.replace(".com", ".com:443"), PLAIN),
    ("without-domain", f"/2024/a%20b.jpg?e={E}", PLAIN),
    ("key-unescaped", PLAIN.replace("%20", " "), PLAIN),
    ("key-escaped", f"https://img.example.com/2024/%E7%85%A7.jpg?e={E}", f"https://img.example.com/2024/照.jpg?e={E}"),
    ("key-escaped-twice", PLAIN.replace("%20", "%2520"), PLAIN),
    ("slashes-escaped", PLAIN.replace("2024/", "2024%2F"), PLAIN),
    ("slash-at-the-end", PLAIN.replace(".jpg", ".jpg/"), PLAIN),
    ("query-glued-to-the-key", f"https://img.example.com/2024/a.jpg%3FimageView2/2/w/200%26x%3D1?e={E}", FOP),
    ("command-added-later", f"https://img.example.com/2024/a.jpg?x=1&e={E}", FOP),
    ("all-added-later", f"https://img.example.com/2024/a.jpg?e={E}", FOP),
    ("e-first", f"https://img.example.com/2024/a.jpg?e={E}&imageView2/2/w/200&x=1", FOP),
    ("e-last", FOP, f"https://img.example.com/2024/a.jpg?e={E}&imageView2/2/w/200&x=1"),
    ("e-missing", FOP.replace(f"&e={E}", ""), FOP),
    ("query-unescaped", f"https://img.example.com/a.jpg?watermark/2/text/a b|x&e={E}", f"https://img.example.com/a.jpg?watermark/2/text/a%20b%7Cx&e={E}"),
    ("query-escaped-anew", f"https://img.example.com/a.jpg?x=a%2Fb&e={E}", f"https://img.example.com/a.jpg?x=a/b&e={E}"),
    ("blank-as-plus", f"https://img.example.com/a.jpg?x=a%20b&e={E}", f"https://img.example.com/a.jpg?x=a+b&e={E}"),
    ("equals-added", f"https://img.example.com/a.jpg?imageInfo&e={E}", f"https://img.example.com/a.jpg?imageInfo=&e={E}"),
    ("two-question-marks", f"https://img.example.com/a.jpg?imageInfo?e={E}", f"https://img.example.com/a.jpg?imageInfo&e={E}"),
    ("with-token-mark", f"{PLAIN}&token=", PLAIN),
    ("style-added-later", PLAIN, PLAIN.replace(".jpg", ".jpg-thumb")),
    ("style-behind-an-exclamation-mark", PLAIN.replace("b.jpg", "my-b_1.jpg"), PLAIN.replace("b.jpg", "my-b_1.jpg!w200-h200")),
    ("style-behind-an-underscore", PLAIN, PLAIN.replace(".jpg", ".jpg_small")),
]:
    case(CODE, name, link(text, url))
case("expires-in-milliseconds", "kodo-private-url-signed", link(f"{PLAIN}000", PLAIN))
case("expires-in-milliseconds", "kodo-private-url-sent", link(PLAIN, f"{PLAIN}000"))
case(CODE, "behind-the-token", link(PLAIN, end="&attname=b.jpg"), certainty="seen", verdict="valid")
BARE = PLAIN.split("?")[0]
case(CODE, "e-behind-the-token", f"{BARE}?token={ID}:{kodo(PLAIN)}&e={E}")
case(CODE, "e-behind-the-token-and-a-command", f"{BARE}?imageInfo&token={ID}:{kodo(f'{BARE}?imageInfo&e={E}')}&e={E}")
case(CODE, "e-behind-the-token-and-not-signed", f"{BARE}?token={ID}:{kodo(BARE)}&e={E}", certainty="seen", verdict="rejected")
case(CODE, "raw-key", link(f"https://img.example.com/2024/照.jpg?e={E}"), certainty="seen", verdict="valid")
case(CODE, "refused", link(PLAIN), answer='{"error":"download token auth failed"}', certainty="server", verdict="rejected")

# Timestamp links.

CODE = "kodo-antileech-text-differs"


def antileech(text, t=f"{E:x}", path="/dir/a%20b.mp4", query="", secret=SECRET):
    sign = hashlib.md5(raw(secret) + raw(text)).hexdigest()
    return f"https://cdn.example.com{path}?{query and query + '&'}sign={sign}&t={t}"


T = f"{E:x}"
case(CODE, "capitals", antileech(f"/dir/a%20b.mp4{T.upper()}"))
case(CODE, "decimal", antileech(f"/dir/a%20b.mp4{E}"))
case(CODE, "decimal-sent", antileech(f"/dir/a%20b.mp4{T}", str(E)))
case(CODE, "with-0x", antileech(f"/dir/a%20b.mp4{hex(E)}"))
case(CODE, "time-first", antileech(f"{T}/dir/a%20b.mp4"))
case(CODE, "whole-url", antileech(f"https://cdn.example.com/dir/a%20b.mp4{T}"))
case(CODE, "with-query", antileech(f"/dir/a%20b.mp4?v=2{T}", query="v=2"))
case(CODE, "decimal-signed-and-sent", antileech(f"/dir/a%20b.mp4{E}", str(E)), certainty="seen", verdict="valid")

# Upload tokens.

POLICY = {"scope": "photos:user/照片.jpg", "deadline": E, "callbackUrl": "https://app.example.com/cb", "callbackBody": "key=$(key)&n='<x>'"}
SENT = dumped(POLICY, separators=COMPACT)


def token(policy=SENT, text=None, secret=SECRET):
    """The token with this policy, and the signature over another text."""
    policy = b64u(policy)
    return f"{ID}:{kodo(policy if text is None else text, secret)}:{policy}"


PADDED = b64u(SENT if len(raw(SENT)) % 3 else SENT + " ")
assert PADDED.endswith("=")
case("base64-alphabet-wrong", "kodo-token-signed-without-padding", f"{ID}:{kodo(PADDED.rstrip('='))}:{PADDED}", kind="token")
case("base64-alphabet-wrong", "kodo-token-sent-without-padding", f"{ID}:{kodo(PADDED)}:{PADDED.rstrip('=')}", kind="token")
case("expiry-argument-misread", "kodo-token-clock-added", token(dumped(POLICY | {"deadline": 3420987690})), kind="token", at="2024-03-15T08:31:00Z",
     certainty="seen", verdict="valid")

CODE = "policy-bytes-reserialised"
SORTED = dict(sorted(POLICY.items()))
GO = SENT.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
OTHERS = [
    ("blanks", dumped(POLICY)),
    ("sorted", dumped(SORTED, separators=COMPACT)),
    ("sorted-with-blanks-escaped", dumped(SORTED, ensure_ascii=True)),
    ("escaped", dumped(POLICY, separators=COMPACT, ensure_ascii=True)),
    ("slashes", SENT.replace("/", "\\/")),
    ("php", dumped(POLICY, separators=COMPACT, ensure_ascii=True).replace("/", "\\/")),
    ("go", GO),
    ("gson", GO.replace("=", "\\u003d").replace("'", "\\u0027")),
    ("indent-2", dumped(POLICY, indent=2)),
    ("indent-4", dumped(POLICY, indent=4)),
    ("jq", dumped(POLICY, indent=2) + "\n"),
    ("line-feed", SENT + "\n"),
    ("bom", "\ufeff" + SENT),
]
for name, other in OTHERS:
    case(CODE, f"kodo-{name}", token(text=b64u(other)), kind="token")
case(CODE, "kodo-json", token(text=SENT), kind="token")
case(CODE, "kodo-twice", token(text=b64u(b64u(SENT))), kind="token")
case(CODE, "kodo-form", [["token", token(text=b64u(dumped(POLICY)))], ["key", "user/照片.jpg"]])
case(CODE, "kodo-indent-2-sent-compact-signed", token(dumped(POLICY, indent=2), b64u(SENT)), kind="token")

CONDITIONS = {"expiration": "2026-03-14T16:00:00.000Z",
              "conditions": [{"bucket": "photos"}, ["starts-with", "$key", "user/照"], ["content-length-range", 0, 1048576]]}
KS3 = dumped(CONDITIONS, separators=COMPACT)


def ks3_form(policy, text, secret=SECRET):
    return [["KSSAccessKeyId", ID], ["key", "user/照.jpg"], ["policy", policy], ["signature", v2(text, secret)]]


def std(text):
    return b64(raw(text))


for name, other in [("blanks", dumped(CONDITIONS)), ("escaped", dumped(CONDITIONS, ensure_ascii=True)), ("indent-4", dumped(CONDITIONS, indent=4)),
                    ("slashes", KS3.replace("/", "\\/")), ("line-feed", KS3 + "\n")]:
    case(CODE, f"ks3-{name}", ks3_form(std(KS3), std(other)))
case(CODE, "ks3-crlf", ks3_form(std(dumped(CONDITIONS, indent=2)), std(dumped(CONDITIONS, indent=2).replace("\n", "\r\n"))))
case(CODE, "ks3-json", ks3_form(std(KS3), KS3))
SHARE = dumped({"conditions": [["starts-with", "$key", "user/"]]}, separators=COMPACT)
case(CODE, "ks3-share-url", f"https://photos.ks3-cn-beijing.ksyuncs.com/?KSSAccessKeyId={ID}&Expires={E}&Signature="
     + v2(f"{E}\n/photos/?X-Kss-Policy=" + std(dumped(json.loads(SHARE)))).replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
     + "&X-Kss-Policy=" + std(SHARE).replace("=", "%3D"))

CODE = "policy-not-base64"
case(CODE, "kodo-json", f"{ID}:{kodo(b64u(SENT))}:{SENT}", kind="token")
case(CODE, "kodo-json-with-blanks", f"{ID}:{kodo(b64u(dumped(POLICY)))}:{dumped(POLICY)}", kind="token")
case(CODE, "kodo-json-signed", f"{ID}:{kodo(SENT)}:{SENT}", kind="token", certainty="seen", verdict="rejected")
STANDARD = std('{"scope":"photos:???>>>","deadline":1700003600}')
assert "+" in STANDARD or "/" in STANDARD
case(CODE, "kodo-standard", f"{ID}:{kodo(STANDARD)}:{STANDARD}", kind="token", certainty="seen", verdict="valid")
case(CODE, "ks3-json", ks3_form(KS3, std(KS3)))
case(CODE, "ks3-json-signed", ks3_form(KS3, KS3), certainty="seen", verdict="rejected")
SAFE = b64u(dumped({"expiration": "2026-03-14T16:00:00.000Z", "conditions": [["eq", "$key", "???>>>"]]}))
assert "-" in SAFE or "_" in SAFE
case(CODE, "ks3-url-safe", ks3_form(SAFE, SAFE), certainty="seen", verdict="rejected")

CODE = "token-malformed"
case(CODE, "kodo-no-json", token("scope=photos"), kind="token", certainty="seen", verdict="rejected")
UNPADDED = b64u('{"scope":"photos","deadline":1700003600}').rstrip("=")
case(CODE, "kodo-unpadded", f"{ID}:{kodo(UNPADDED)}:{UNPADDED}", kind="token", certainty="seen", verdict="valid")
case(CODE, "kodo-cut-signature", f"{ID}:{kodo('x')[:24]}:{b64u(SENT)}", kind="token", certainty="seen")

case("expiry-argument-misread", "kodo-token-life", token('{"scope":"photos","deadline":3600}'), kind="token", at="2023-11-14T22:13:20Z",
     certainty="seen", verdict="rejected")

CODE = "policy-type-wrong"
case(CODE, "quoted-deadline", token('{"scope":"photos","deadline":"1700003600"}'), kind="token", certainty="seen", verdict="rejected")
case(CODE, "no-scope", token('{"deadline":1700003600}'), kind="token", certainty="seen", verdict="rejected")
case(CODE, "callback-and-answer", token('{"scope":"photos","deadline":1700003600,"callbackUrl":"http://h/","callbackBody":"k=1","returnBody":"{}"}'),
     kind="token", certainty="seen", verdict="valid")
case(CODE, "callback-without-body", token('{"scope":"photos","deadline":1700003600,"callbackUrl":"http://h/"}'), kind="token", certainty="seen",
     verdict="rejected")
case(CODE, "traffic-too-slow", token('{"scope":"photos","deadline":1700003600,"trafficLimit":100}'), kind="token", certainty="seen",
     verdict="rejected")
UPLOAD = token('{"scope":"photos","deadline":1700003600}')
case("signature-version-wrong", "kodo-upload-token-for-management",
     f"POST /stat/aW1nLWV4OmEucG5n HTTP/1.1\nHost: rs.qiniuapi.com\nAuthorization: UpToken {UPLOAD}\n\n", certainty="seen", verdict="rejected")
case(CODE, "refused", token(), kind="token", answer='{"error":"invalid put policy encoding"}', certainty="server", verdict="rejected")

CODE = "policy-condition-failed"
ONE = token('{"scope":"photos:a.jpg","deadline":1700003600}')
PREFIX = token('{"scope":"photos:user/42/","isPrefixalScope":1,"deadline":1700003600}')
LIMIT = token('{"scope":"photos","keylimit":["a.jpg","b.jpg"],"deadline":1700003600}')
case(CODE, "kodo-key", [["token", ONE], ["key", "b.jpg"]], certainty="seen", verdict="rejected")
case(CODE, "kodo-prefix", [["token", PREFIX], ["key", "user/43/a.jpg"]], certainty="seen", verdict="rejected")
case(CODE, "kodo-keylimit", [["token", LIMIT], ["key", "c.jpg"]], certainty="seen", verdict="rejected")


def upload(target, own):
    return f"POST {target} HTTP/1.1\nHost: up-z0.qiniup.com\nAuthorization: UpToken {own}\n\n"


case(CODE, "kodo-mkfile", upload(f"/mkfile/1024/key/{b64u('b.jpg')}/fname/{b64u('a.jpg')}", ONE), certainty="seen", verdict="rejected")
case(CODE, "kodo-multipart-key", upload(f"/buckets/photos/objects/{b64u('b.jpg')}/uploads", ONE), certainty="seen", verdict="rejected")
case(CODE, "kodo-multipart-bucket", upload(f"/buckets/other/objects/{b64u('a.jpg')}/uploads", ONE), certainty="seen", verdict="rejected")
case(CODE, "kodo-refused", ONE, kind="token", answer='{"error":"key doesn\'t match with scope"}', certainty="server", verdict="rejected")

CODE = "deadline-default-3600"
case(CODE, "fresh", token(), kind="token", at="2023-11-14T22:13:20Z", expected_life=72000, certainty="seen", verdict="valid")
case(CODE, "minutes-later", token(), kind="token", at="2023-11-14T22:18:20Z", expected_life=72000, certainty="likely", verdict="valid")
case(CODE, "more-left-than-asked", token(), kind="token", at="2023-11-14T22:33:20Z", expected_life=1800, certainty="likely", verdict="valid")

# COS, JSON API.

KEY = "AKIDvec1Example0000000000000000000AB"
START = 1700000000


def fields(a="1250000000", b="photos", k=KEY, e=START + 600, t=START, r="490258943", f=""):
    return f"a={a}&b={b}&k={k}&e={e}&t={t}&r={r}&f={f}"


def original(sent, text=None):
    """The signature that carries `sent`, with the MAC of another text."""
    return b64(mac(SECRET, sent if text is None else text) + raw(sent))


def cos_json(own, target="/files/v2/1250000000/photos/dir/a%20b.jpg?op=stat", method="GET", host="sh.file.myqcloud.com", headers="", body=""):
    return f"{method} {target} HTTP/1.1\nHost: {host}\n{headers}Authorization: {own}\n\n{body}"


FILE = "/1250000000/photos/dir/a%20b.jpg"
ONCE = fields(e=0, f=FILE)
for name, sent in [("multi", fields()), ("once", ONCE)]:
    case("hmac-hex-instead-of-raw", f"cos-json-{name}", b64(raw(mac(SECRET, sent).hex() + sent)), kind="token")
    for digest in ["md5", "sha256", "sha512"]:
        case("digest-algorithm-wrong", f"cos-json-{name}-{digest}", b64(mac(SECRET, sent, digest) + raw(sent)), kind="token")
for name, of in [("multi", {}), ("once", {"e": 0, "f": FILE})]:
    own = next(own for number in range(99) if set("+/") & set(own := original(fields(r=str(number), **of))))
    safe = own.replace("+", "-").replace("/", "_")
    case("base64-alphabet-wrong", f"cos-json-{name}-url-safe", cos_json(safe, f"/files/v2{FILE}?op=" + ("stat" if name == "multi" else "delete"),
                                                                       method="GET" if name == "multi" else "POST"), certainty="seen", verdict="rejected")
CODE = "token-malformed"
case(CODE, "cos-json-random-too-long", original(fields(r="49025894301")), kind="token", certainty="seen", verdict="rejected")
case(CODE, "cos-json-life-too-long", original(fields(e=START + 7776001)), kind="token", certainty="seen", verdict="rejected")
case(CODE, "cos-json-refused", original(fields()), kind="token", answer='{"code":-83,"message":"ERROR_PROXY_AUTH_UNPACK"}', certainty="server",
     verdict="rejected")

CODE = "cos-appid-wrong"
case(CODE, "multi-of-the-request", cos_json(original(fields(), fields("1250000001")), "/files/v2/1250000001/photos/?op=list"))
case(CODE, "once-of-the-file", original(ONCE.replace("a=1250000000", "a=1250000009"), ONCE), kind="token")
case(CODE, "multi-exchanged", original(fields(), fields(KEY, k="1250000000")), kind="token")
case(CODE, "multi-another-account", cos_json(original(fields("1250000001"))), certainty="seen", verdict="rejected")
case(CODE, "multi-no-number", original(fields("wx123")), kind="token", certainty="seen", verdict="rejected")
case(CODE, "multi-id-of-another-vendor", original(fields(k="LTAIexample")), kind="token", certainty="likely", verdict="valid")
case(CODE, "multi-refused", cos_json(original(fields())), answer='{"code":-62,"message":"ERROR_PROXY_AUTH_APPID"}', certainty="server", verdict="rejected")

CODE = "cos-bucket-wrong"
case(CODE, "multi-of-the-request", cos_json(original(fields(), fields(b="other")), "/files/v2/1250000000/other/a.jpg?op=stat"))
case(CODE, "once-with-appid", original(ONCE, ONCE.replace("b=photos", "b=photos-1250000000")), kind="token")
case(CODE, "multi-another-bucket", cos_json(original(fields(b="other"))), certainty="seen", verdict="rejected")
case(CODE, "multi-appid-behind", original(fields(b="photos-1250000000")), kind="token", certainty="seen", verdict="rejected")
case(CODE, "multi-download-host", cos_json(original(fields(b="other")), "/a.jpg", host="photos-1250000000.file.myqcloud.com"), certainty="seen",
     verdict="rejected")
case(CODE, "multi-refused", cos_json(original(fields())), answer='{"code":-61,"message":"ERROR_PROXY_SIGN_BUCKET_NOTMATCH"}', certainty="server",
     verdict="rejected")

CODE = "cos-file-wrong"
DELETE = dict(method="POST", target="/files/v2/1250000000/photos/dir/a%20b.jpg", headers="Content-Type: application/json\n", body='{"op":"delete"}')
case(CODE, "once-unescaped", cos_json(original(ONCE, ONCE.replace("%20", " ")), **DELETE))
case(CODE, "once-slashes-escaped", cos_json(original(ONCE, ONCE.replace("/", "%2F")), **DELETE))
case(CODE, "once-bare-path", cos_json(original(ONCE, fields(e=0, f="/dir/a%20b.jpg")), **DELETE))
case(CODE, "multi-whole", cos_json(original(fields(), fields(f=FILE))))
case(CODE, "multi-directory", original(fields(f="/1250000000/photos/dir/"), fields(f="/1250000000/photos/dir")), kind="token")
case(CODE, "once-another-file", cos_json(original(fields(e=0, f="/1250000000/photos/dir/b.jpg")), **DELETE), certainty="seen", verdict="rejected")
case(CODE, "once-without-bucket", original(fields(e=0, f="/dir/a.jpg")), kind="token", certainty="seen", verdict="rejected")
case(CODE, "multi-another-prefix", cos_json(original(fields(f="/1250000000/photos/other/"))), certainty="seen", verdict="rejected")
case(CODE, "multi-refused", cos_json(original(fields())), answer='{"code":-63,"message":"ERROR_PROXY_FILEID_NOTMATCH"}', certainty="server",
     verdict="rejected")

CODE = "cos-once-multi-confused"
case(CODE, "multi-signed-once", cos_json(original(fields(), ONCE), **DELETE))
case(CODE, "multi-signed-once-without-file", original(fields(f=FILE), fields(e=0)), kind="token")
case(CODE, "once-signed-multi", original(ONCE, fields(e=START + 600, f=FILE)), kind="token")
case(CODE, "once-signed-multi-without-file", original(ONCE, fields(e=START + 2592000)), kind="token")
case(CODE, "multi-for-delete", cos_json(original(fields(f=FILE)), **DELETE), certainty="seen", verdict="rejected")
MOVE = '--x\r\nContent-Disposition: form-data; name="op"\r\n\r\nmove\r\n--x--\r\n'
case(CODE, "multi-for-move", cos_json(original(fields()), "/files/v2/1250000000/photos/dir/a%20b.jpg", "POST",
                                      headers="Content-Type: multipart/form-data; boundary=x\n", body=MOVE), certainty="seen", verdict="rejected")
case(CODE, "once-for-stat", cos_json(original(ONCE)), certainty="seen", verdict="rejected")
case(CODE, "once-without-file", original(fields(e=0)), kind="token", certainty="seen", verdict="rejected")
case(CODE, "once-used-before", cos_json(original(ONCE), **DELETE), answer='{"code":-77,"message":"ERROR_PROXY_AUTH_REPLAY_ATTACH"}', certainty="server",
     verdict="rejected")

CODE = "signature-version-wrong"
case(CODE, "cos-json-at-xml-host", cos_json(original(fields()), "/a.jpg", host="photos-1250000000.cos.ap-beijing.myqcloud.com"), certainty="seen",
     verdict="rejected")

# COS, XML API and pushes.

CODE = "cos-key-time-mismatch"
TIME, LATER = "1700000000;1700000900", "1700000100;1700001000"


def cos_xml(http, sign_time=TIME, key_of=TIME, key=None):
    """The signature of a `HttpString`, with the key of an interval or another one."""
    key = mac(SECRET, key_of).hex() if key is None else key
    return mac(key, f"sha1\n{sign_time}\n{hashlib.sha1(raw(http)).hexdigest()}\n").hex()


HTTP = "get\n/a.jpg\n\nhost=photos-1250000000.cos.ap-beijing.myqcloud.com\n"


def cos_header(signature, sign_time=TIME, key_time=TIME):
    return ("GET /a.jpg HTTP/1.1\nHost: photos-1250000000.cos.ap-beijing.myqcloud.com\n"
            f"Authorization: q-sign-algorithm=sha1&q-ak={KEY}&q-sign-time={sign_time}&q-key-time={key_time}&q-header-list=host&q-url-param-list="
            f"&q-signature={signature}\n\n")


def cos_url(signature, sign_time=TIME, key_time=TIME, scheme="https", path="/a.jpg", lists="&q-header-list=host&q-url-param-list="):
    return (f"{scheme}://photos-1250000000.cos.ap-beijing.myqcloud.com{path}?q-sign-algorithm=sha1&q-ak={KEY}&q-sign-time={sign_time}"
            f"&q-key-time={key_time}{lists}&q-signature={signature}").replace(";", "%3B")


MS = "1700000000000;1700000900000"
for form, place in [("header", cos_header), ("url", cos_url)]:
    case(CODE, f"{form}-key-of-sign-time", place(cos_xml(HTTP, TIME, TIME), TIME, LATER))
    case(CODE, f"{form}-key-time-in-string", place(cos_xml(HTTP, LATER, LATER), TIME, LATER))
    case(CODE, f"{form}-milliseconds", place(cos_xml(HTTP, MS, MS)))
    case(CODE, f"{form}-raw-key", place(cos_xml(HTTP, key=mac(SECRET, TIME))))
case(CODE, "header-secret-as-key", cos_header(cos_xml(HTTP, key=SECRET)))
case(CODE, "header-key-of-the-end", cos_header(cos_xml(HTTP, key_of="1700000900")))
case(CODE, "header-key-with-line-feed", cos_header(cos_xml(HTTP, key_of=TIME + "\n")))
case(CODE, "header-clock-read-twice", cos_header(cos_xml(HTTP, key_of="1700000001;1700000901")))
case("signature-version-wrong", "cos-xml-at-json-host", cos_header(cos_xml(HTTP.replace("photos-1250000000.cos.ap-beijing", "sh.file")))
     .replace("photos-1250000000.cos.ap-beijing", "sh.file"), certainty="seen", verdict="rejected")
case(CODE, "header-two-intervals", cos_header(cos_xml(HTTP, TIME, LATER), TIME, LATER), certainty="seen", verdict="valid")

PUSH = "/photos-1250000000/ch\n\n"


def push(signature, key_time=TIME):
    return cos_url(signature, key_time=key_time, scheme="rtmp", path="/live/ch", lists="")


case(CODE, "push-sign-key", push(cos_xml(PUSH)))
case(CODE, "push-milliseconds-in-string", push(cos_xml(PUSH, MS, key=SECRET)))

# KS3.

DATE = "Fri, 04 Nov 2022 05:30:00 GMT"
DATES = f"PUT\n\n\n{DATE}\nx-kss-date:{DATE}\n/photos/a.jpg"
case("ks3-two-dates", "v2-header", "PUT /a.jpg HTTP/1.1\nHost: photos.ks3-cn-beijing.ksyuncs.com\n"
     f"Date: {DATE}\nx-kss-date: {DATE}\nAuthorization: KSS {ID}:{v2(DATES)}\n\n", certainty="likely", verdict="valid")
CALLBACK = f"PUT\n\n\n{DATE}\nx-kss-callbackauth:1\nx-kss-callbackbody:k=${{key}}\nx-kss-callbackurl:https://app.example.com/cb\n/photos/a.jpg"
case("ks3-callback-unverifiable", "v2-header", f"PUT /a.jpg HTTP/1.1\nHost: photos.ks3-cn-beijing.ksyuncs.com\nDate: {DATE}\n"
     "x-kss-callbackurl: https://app.example.com/cb\nx-kss-callbackbody: k=${key}\nx-kss-callbackauth: 1\n"
     f"Authorization: KSS {ID}:{v2(CALLBACK)}\n\n", certainty="seen", verdict="valid")
case("ks3-callback-unverifiable", "post-without-body",
     ks3_form(std(KS3), std(KS3)) + [["x-kss-callbackurl", "https://app.example.com/cb"]], certainty="seen", verdict="rejected")

"""Writes texts as people paste them, each with requests that are signed rightly, so that reading one byte wrong shows.

The signatures are made by Python's own hmac module over texts that `signing.py` states in full. `python3
tests/captures/captures.py` rewrites `tests/vectors/captures`; `--check` only says whether that would change anything.
"""

import base64
import json
import pathlib
import shutil
import sys
import tempfile
from urllib.parse import quote

from signing import (
    ANSWERED, DATE, END, ID, SECRET, Request, cos, kodo_token, ks32, mac, oss1, oss1_url, oss4, oss_form,
    qbox, qbox_delete, raw, s32, s3_form, s3v4, s3v4_url, v2,
)

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parent / "vectors" / "captures"

HELLO = b"hello, object storage\n"
JSON = raw('{"a": "it\'s", "b": "100% \u4f60"}')
PUT = s3v4("PUT", "/2024/a%20b.txt", "/2024/a%20b.txt", headers=[("Content-Type", "text/plain")], body=HELLO)
PUT_JSON = s3v4("PUT", "/2024/a.json?tagging", "/2024/a.json", "tagging=", headers=[("Content-Type", "application/json")], body=JSON)
LIST = s3v4("GET", "/?list-type=2&prefix=2024%2F", "/", "list-type=2&prefix=2024%2F")
OSS = oss1("PUT", HELLO, "text/plain", [("x-oss-meta-owner", "alice")])
OSS_GET = oss1("GET")
RESTORE = s3v4("POST", "/2024/a.jpg?restore", "/2024/a.jpg", "restore=")
OSS4 = oss4()
S32 = s32()
SIGNED = s3v4_url()
SIGNED_PUT = s3v4_url("PUT")
OSS_URL = oss1_url()
COS = cos()
QBOX = qbox()
DELETE = qbox_delete()
TOKEN = kodo_token()

XML = ('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated '
       'does not match the signature you provided.</Message><RequestId>65F0EXAMPLE</RequestId></Error>')
REFUSED = f"HTTP/1.1 403 Forbidden\nServer: AmazonS3\nDate: {ANSWERED}\nContent-Type: application/xml\n\n{XML}\n"

CASES = {}


def case(name, text, *things, answers=0, date=False, notes=(), texts=False, body="same"):
    """Registers a text and what is in it.

    things   kinds in order; each carries a right signature
    answers  how many of them have an answer
    date     whether the answer tells the clock
    notes    the codes of what is said of the reading
    texts    whether the client printed what it signed
    body     same: the bytes that were signed are known; unknown: they are not in the text
    """
    assert name not in CASES, name
    CASES[name] = (raw(text), dict(things=list(things), answers=answers, date=date, notes=list(notes), texts=texts, body=body))


def prefixed(mark, text):
    return "".join(f"{mark}{line}\n" for line in text.rstrip("\n").split("\n"))


# Raw messages.

case("raw-crlf", PUT.http(), "request")
case("raw-lf", PUT.http("\n"), "request")
case("raw-http2-line", PUT.http(version=" HTTP/2"), "request")
case("raw-without-version", PUT.http("\n", version=""), "request")
case("raw-without-length", PUT.http(length=False), "request")
case("raw-head-alone", PUT.head(), "request", body="unknown")
case("raw-head-with-empty-line", PUT.head() + "\r\n", "request", notes=["body-missing"], body="unknown")
case("raw-editor-adds-line-end", OSS.http() + b"\n", "request", notes=["line-end-left-out"])
case("raw-byte-order-mark", b"\xef\xbb\xbf" + PUT.http("\n"), "request")
case("raw-utf16-le", b"\xff\xfe" + PUT.http("\n").decode().encode("utf-16-le"), "request", notes=["utf-16"])
case("raw-utf16-be", b"\xfe\xff" + PUT.http("\r\n").decode().encode("utf-16-be"), "request", notes=["utf-16"])
case("raw-absolute-target", LIST.http().replace(b"GET /", f"GET {LIST.url.split('/?')[0]}/".encode(), 1), "request")
case("raw-in-a-fence", f"```http\n{LIST.http(chr(10)).decode()}```\n", "request")
case("raw-in-a-quote", prefixed("> ", LIST.http("\n").decode()), "request", notes=["undecorated"])
case("raw-behind-bars", prefixed("| ", LIST.http("\n").decode()), "request", notes=["undecorated"])
case("raw-numbered", "".join(f"{n:4}  {line}\n" for n, line in enumerate(LIST.head("\n").split("\n")[:-1], 1)), "request", notes=["undecorated"])
case("raw-indented-in-prose", "It fails like this:\n\n" + prefixed("    ", OSS_GET.head("\n")) + "\nWhat is wrong?\n", "request")
case("raw-among-prose", "Hi,\nmy request is\n" + OSS_GET.http("\n").decode() + "and I get a 403. Please help.\n", "request")
case("raw-broken-authorization", LIST.http("\n").decode().replace(", SignedHeaders", ",\nSignedHeaders").replace(", Signature", ",\n   Signature"), "request")
case("raw-then-answer", PUT.http("\n").decode() + "\n" + REFUSED, "request", answers=1, date=True)
case("raw-get-then-answer", LIST.http().decode() + REFUSED.replace("\n", "\r\n"), "request", answers=1, date=True)
case("raw-without-length-then-answer", S32.http("\n", length=False).decode() + "\n\n" + REFUSED, "request", answers=1, date=True)
case("raw-post-without-body-then-answer", RESTORE.http().decode() + REFUSED, "request", answers=1, date=True)
case("raw-post-without-body-among-prose", "Hi,\nI send\n" + RESTORE.http("\n").decode() + "\n" + REFUSED, "request", answers=1, date=True)
case("raw-put-whose-body-is-left-out", f"I send\n{PUT.head(chr(10), length=False)}\n{REFUSED}", "request", answers=1, date=True,
     notes=["body-missing"], body="unknown")
case("raw-post-then-answer-of-http2", RESTORE.http("\n", version=" HTTP/2").decode() + REFUSED, "request", answers=1, date=True,
     notes=["body-missing"], body="unknown")
case("raw-then-xml-alone", OSS_GET.http("\n").decode() + "\nThe answer:\n\n" + XML + "\n", "request", answers=1)
case("raw-then-escaped-xml", OSS_GET.http("\n").decode() + "\n" + XML.replace("<", "&lt;").replace(">", "&gt;") + "\n", "request", answers=1)
case("raw-answer-first", REFUSED + "\nfor\n\n" + LIST.http("\n").decode(), "request", answers=1, date=True)
case("raw-two-requests", LIST.http("\n").decode() + "and then\n" + OSS_GET.http("\n").decode(), "request", "request")
case("raw-cos", COS.http(), "request")
case("raw-ks3", ks32().http(), "request")
# A host that nobody knows may hold the bucket, be its name, or have it in the path.
for name, host, resource in [("virtual", "photos-ex.nyc3.example.com", "/photos-ex/2024/a.jpg"),
                             ("domain", "photos.example.com", "/photos.example.com/2024/a.jpg"),
                             ("path", "nyc3.example.com", "/2024/a.jpg")]:
    fields = [("Date", DATE), ("Authorization", f"AWS {ID}:{v2(f'GET{chr(10) * 3}{DATE}{chr(10)}{resource}')}")]
    case(f"raw-s3-v2-host-of-nobody-{name}", Request("GET", host, "/2024/a.jpg", fields).http(), "request")
case("raw-qbox", QBOX.http(), "request")

# curl.


def words(request, skip=()):
    fields = [(n, v) for n, v in request.headers if n not in skip]
    return [f"{n}: {v}" for n, v in fields]


def bash(request, data="--data-binary", mark="'", join=" ", extra="", method=True):
    def quoted(text):
        if mark == "'":
            return "'" + text.replace("'", "'\\''") + "'"
        if mark == '"':
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`") + '"'
        return "$'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\u4f60", "\\u4f60") + "'"

    parts = ["curl" + extra, *([f"-X {request.method}"] if method else []), *[f"-H {quoted(line)}" for line in words(request)]]
    if request.body:
        parts.append(f"{data} {quoted(request.body.decode())}")
    return join.join([*parts, quoted(request.url)]) + "\n"


GIVEN = []
case("curl-single-quotes", bash(PUT_JSON), "request", notes=GIVEN)
case("curl-double-quotes", bash(PUT_JSON, mark='"'), "request")
case("curl-ansi-quotes", bash(PUT_JSON, mark="$"), "request")
case("curl-several-lines", bash(PUT, join=" \\\n  "), "request")
case("curl-blank-behind-backslash", bash(LIST, join=" \\ \n  "), "request")
case("curl-crlf", bash(PUT_JSON, join=" \\\r\n  ").rstrip("\n") + "\r\n", "request")
case("curl-powershell", bash(LIST, join=" `\n  ").replace("curl", "curl.exe", 1), "request")
case("curl-prompt-and-output", "user@host:~$ " + bash(PUT_JSON) + XML + "\nuser@host:~$ \n", "request", answers=1)
case("curl-dollar-prompt", "$ " + bash(LIST, extra=" -sS -k --compressed -o /dev/null"), "request")
case("curl-data-raw", bash(PUT_JSON, data="--data-raw"), "request")
case("curl-data-pieces", bash(S32).replace("--data-binary 'a=1&b=2'", "-d a=1 --data b=2"), "request")
case("curl-data-urlencode", "curl -X POST --data-urlencode 'url=/a' -d name=b " + " ".join(f"-H '{line}'" for line in words(QBOX)) + f" '{QBOX.url}'\n", "request")
case("curl-type-added-by-curl", "curl -X PUT -d 'a=1&b=2' " + " ".join(f"-H '{line}'" for line in words(S32, ["Content-Type"])) + f" '{S32.url}'\n",
     "request", notes=["type-by-curl"])
case("curl-upload-file", "curl -T a.txt " + " ".join(f"-H '{line}'" for line in words(PUT)) + f" '{PUT.url}'\n", "request",
     notes=["body-in-file"], body="unknown")
case("curl-upload-to-folder", "curl -T 'x/a b.txt' " + " ".join(f"-H '{line}'" for line in words(PUT)) + f" '{PUT.url.rsplit('/', 1)[0]}/'\n",
     "request", notes=["body-in-file"], body="unknown")
case("curl-data-file", "curl -X PUT --data-binary @a.txt " + " ".join(f"-H '{line}'" for line in words(PUT)) + f" '{PUT.url}'\n", "request",
     notes=["body-in-file"], body="unknown")
case("curl-get-with-data", "curl -G -d list-type=2 --data-urlencode 'prefix=2024/' " + " ".join(f"-H '{line}'" for line in words(LIST))
     + f" 'https://{LIST.host}/'\n", "request")
case("curl-signed-url", f"curl -o a.jpg '{SIGNED.url}'\n", "request")
case("curl-signed-url-put", f'curl --upload-file a.jpg "{SIGNED_PUT.url}"\n', "request", notes=["body-in-file"], body="unknown")
case("curl-bare-ampersands", f"curl {OSS_URL.url}\n", "request", notes=["bare-ampersand"])
case("curl-dot-segments", bash(LIST).replace(".com/?", ".com/a/../?"), "request", notes=["dot-segments"])
case("curl-path-as-is", bash(LIST, extra=" --path-as-is -sL"), "request")
case("curl-curly-quotes", bash(LIST).replace("'", "\u2019"), "request", notes=["undecorated"])
case("curl-chrome-bash", "curl '" + PUT_JSON.url + "' \\\n  -X 'PUT' \\\n" + "".join(f"  -H '{line}' \\\n" for line in words(PUT_JSON))
     + "  --data-raw $'" + PUT_JSON.body.decode().replace("'", "\\'").replace("\u4f60", "\\u4f60") + "' \\\n  --compressed\n", "request")


def caret(text):
    return '^"' + text.replace("^", "^^").replace("%", "^%").replace("&", "^&").replace('"', '^\\^"').replace("\n", "^\n\n") + '^"'


case("curl-chrome-cmd", f"curl {caret(PUT_JSON.url)} ^\r\n  -X ^\"PUT^\" ^\r\n" + "".join(f"  -H {caret(line)} ^\r\n" for line in words(PUT_JSON))
     + f"  --data-raw {caret(PUT_JSON.body.decode())}\r\n", "request")
case("curl-chrome-cmd-line-end-in-data", f"curl {caret(PUT.url)} ^\n  -X ^\"PUT^\" ^\n" + "".join(f"  -H {caret(line)} ^\n" for line in words(PUT))
     + f"  --data-raw {caret(PUT.body.decode())}\n", "request")
case("curl-older-cmd", f'curl "{LIST.url}" ^\n' + " ^\n".join(f'  -H "{line}"' for line in words(LIST)) + " ^\n  --compressed\n", "request")
case("curl-postman", f"curl --location --request PUT '{PUT_JSON.url}' \\\n" + " \\\n".join(f"--header '{line}'" for line in words(PUT_JSON))
     + " \\\n--data '" + PUT_JSON.body.decode().replace("'", "'\\''") + "'\n", "request")
case("curl-long-options", "curl --request PUT --url '" + PUT_JSON.url + "' " + " ".join(f"--header '{line}'" for line in words(PUT_JSON))
     + " --json '" + PUT_JSON.body.decode().replace("'", "'\\''") + "' --max-time 5 --retry 3 -x proxy:8080 --cacert ca.pem\n", "request")
case("curl-two-commands", bash(LIST) + "\n" + bash(OSS_GET), "request", "request")
case("curl-next", bash(LIST).strip() + " --next " + bash(OSS_GET).removeprefix("curl "), "request", "request")
case("curl-request-target", "curl --request-target '" + LIST.target + "' " + " ".join(f"-H '{line}'" for line in words(LIST)) + f" https://{LIST.host}/x\n", "request")
case("curl-in-inline-code", "I run `" + bash(LIST).strip() + "` and get a 403.\n", "request")

# curl -v.


def verbose(request, answer=REFUSED, proto="HTTP/1.1", more=""):
    head, _, body = answer.partition("\n\n")
    sent = "".join(f"> {line}\n" for line in request.head("\n", f" {proto}").split("\n"))
    return (f"*   Trying 192.0.2.1:443...\n* Connected to {request.host} (192.0.2.1) port 443 (#0)\n{more}{sent}* upload completely sent off\n"
            + "".join(f"< {line}\n" for line in head.split("\n")) + "< \n" + body + "* Connection #0 to host left intact\n")


case("verbose-get", verbose(LIST), "request", answers=1, date=True)
case("verbose-put", verbose(PUT), "request", answers=1, date=True, notes=["body-missing"], body="unknown")
case("verbose-with-command", "$ " + bash(PUT_JSON, extra=" -v") + verbose(PUT_JSON), "request", answers=1, date=True)
case("verbose-http2", verbose(LIST, proto="HTTP/2", more=f"* [HTTP/2] [1] OPENED stream for {LIST.url}\n* [HTTP/2] [1] [:method: GET]\n"
     f"* [HTTP/2] [1] [:scheme: https]\n* [HTTP/2] [1] [:authority: {LIST.host}]\n* [HTTP/2] [1] [:path: {LIST.target}]\n"
     + "".join(f"* [HTTP/2] [1] [{n.lower()}: {v}]\n" for n, v in LIST.headers)), "request", answers=1, date=True)
case("verbose-http2-brackets-alone", "".join(f"* h2h3 [{line}]\n" for line in [":method: GET", f":path: {LIST.target}", ":scheme: https",
     f":authority: {LIST.host}", *[f"{n.lower()}: {v}" for n, v in LIST.headers]]), "request")
case("verbose-post-without-body", verbose(RESTORE), "request", answers=1, date=True)
case("verbose-form-without-body", verbose(DELETE), "request", answers=1, date=True)
case("verbose-signed-url", verbose(SIGNED), "request", answers=1, date=True)
case("verbose-continue", verbose(LIST).replace("< HTTP/1.1 403", "< HTTP/1.1 100 Continue\n< \n< HTTP/1.1 403"), "request", answers=1, date=True)
case("pseudo-fields", f":method: GET\n:path: {LIST.target}\n:scheme: https\n:authority: {LIST.host}\n"
     + "".join(f"{n.lower()}: {v}\n" for n, v in LIST.headers), "request")
case("pseudo-fields-below-each-other", f":authority\n{LIST.host}\n:method\nGET\n:path\n{LIST.target}\n:scheme\nhttps\n"
     + "".join(f"{n.lower()}\n{v}\n" for n, v in LIST.headers), "request")
case("nghttp", "[  0.010] Connected\n[  0.011] send HEADERS frame <length=120, flags=0x25, stream_id=13>\n          ; END_STREAM | END_HEADERS | PRIORITY\n"
     "          (padlen=0, dep_stream_id=11, weight=16, exclusive=0)\n          ; Open new stream\n"
     + "".join(f"          {line}\n" for line in [":method: GET", f":path: {LIST.target}", ":scheme: https", f":authority: {LIST.host}",
                                                    *[f"{n.lower()}: {v}" for n, v in LIST.headers]])
     + f"[  0.020] recv (stream_id=13) :status: 403\n[  0.020] recv (stream_id=13) date: {ANSWERED}\n", "request", answers=1, date=True)
case("browser-panel", f"General\nRequest URL: {LIST.url}\nRequest Method: GET\nStatus Code: 403 Forbidden\nRemote Address: 192.0.2.1:443\nResponse Headers\n"
     f"Date: {ANSWERED}\nServer: AmazonS3\nRequest Headers\n" + "".join(f"{n}: {v}\n" for n, v in LIST.headers) + "\n" + XML + "\n",
     "request", answers=1, date=True)
case("browser-panel-chinese", f"请求网址: {OSS_URL.url}\n请求方法: GET\n状态代码: 403 Forbidden\n", "request", answers=1)

# Logs of SDKs.


def python(fields):
    return "{" + ", ".join(f"'{n}': b'{v}'" for n, v in fields) + "}"


STAMP = "2024-03-15 08:30:45,123"


def botocore(request):
    return (f"{STAMP} botocore.hooks [DEBUG] Event before-sign.s3.ListObjectsV2: calling handler <function f at 0x7f>\n"
            f"{STAMP} botocore.auth [DEBUG] Calculating signature using v4 auth.\n"
            f"{STAMP} botocore.auth [DEBUG] CanonicalRequest:\n{request.canonical}\n"
            f"{STAMP} botocore.auth [DEBUG] StringToSign:\n{request.string}\n"
            f"{STAMP} botocore.auth [DEBUG] Signature:\n{request.headers[-1][1][-64:]}\n"
            f"{STAMP} botocore.endpoint [DEBUG] Sending http request: <AWSPreparedRequest stream_output=False, method={request.method}, "
            f"url={request.url}, headers={python(request.headers)}>\n"
            f"{STAMP} urllib3.connectionpool [DEBUG] https://{request.host}:443 \"{request.method} {request.target} HTTP/1.1\" 403 None\n"
            f"{STAMP} botocore.parsers [DEBUG] Response headers: {{'Date': '{ANSWERED}', 'Server': 'AmazonS3'}}\n"
            f"{STAMP} botocore.parsers [DEBUG] Response body:\nb'{XML}'\n".replace("UTF-8\"?>\n", "UTF-8\"?>\\n"))


case("botocore", botocore(LIST), "request", answers=1, date=True, notes=["client-text"], texts=True)
case("http-client-python", "send: b'" + LIST.http().decode().replace("\r\n", "\\r\\n") + f"'\nreply: 'HTTP/1.1 403 Forbidden\\r\\n'\nheader: Date: {ANSWERED}\n"
     f"header: Server: AmazonS3\n{XML}\n", "request", answers=1, date=True)
case("s3cmd", f"DEBUG: Canonical Request:\n{LIST.canonical}\n----------------------\nDEBUG: Processing request, please wait...\n"
     f"DEBUG: non-proxied HTTPSConnection({LIST.host}, None)\nDEBUG: format_uri(): {LIST.target}\n"
     f"DEBUG: Sending request method_string='GET', uri='{LIST.target}', headers={python(LIST.headers)}, body=(0 bytes)\n"
     f"DEBUG: Response:\n{{'data': b'{XML}',\n 'headers': {{'date': '{ANSWERED}'}},\n 'reason': 'Forbidden',\n 'status': 403}}\n".replace("UTF-8\"?>\n", "UTF-8\"?>\\n"),
     "request", answers=1, date=True, notes=["client-text"], texts=True)
case("oss2", f"{STAMP} oss2.auth [DEBUG] Make signature: string to be signed = {OSS_GET.string}\n"
     f"{STAMP} oss2.http [DEBUG] Send request, method: GET, url: {OSS_GET.url.replace('https', 'http')}, params: {{}}, headers: {python(OSS_GET.headers)}, "
     f"timeout: 60, proxies: None\n{STAMP} oss2.http [DEBUG] Get response headers, req-id:65F0, status: 403\n", "request", notes=["client-text"], texts=True)
case("ali-oss", f"Fri, 15 Mar 2024 08:30:45 GMT ali-oss request GET {OSS_GET.url}, with headers {json.dumps(dict(OSS_GET.headers))}, !!stream: false\n", "request")
case("oss-go", "[Req:0xc0000b2000]signStr:" + OSS_GET.string.replace("\n", "\\n") + f"\n[Req:0xc0000b2000]Method:GET\tHost:{OSS_GET.host}\tPath:/2024/a b.jpg\tQuery:\tHeader info:"
     + "".join(f"\t{n}:{v}" for n, v in OSS_GET.headers) + "\n", "request", notes=["client-text"], texts=True)


def wire(request, answer=REFUSED, stamp="2024-03-15 08:30:45,127 [main] DEBUG org.apache.http"):
    def lines(sign, text):
        return "".join(f'{stamp}.wire - http-outgoing-0 {sign} "{line}[\\r][\\n]"\n' for line in text.split("\n"))

    head = request.head("\n")[:-1].split("\n")
    shown = "".join(f"{stamp}.headers - http-outgoing-0 >> {line}\n" for line in head)
    body = "".join(f'{stamp}.wire - http-outgoing-0 >> "{line}[\\n]"\n' for line in request.body.decode().split("\n")[:-1])
    return shown + lines(">>", request.head("\n")) + body + lines("<<", answer.strip("\n"))


case("java-wire", f"2024-03-15 08:30:45,100 [main] DEBUG com.amazonaws.auth.AWS4Signer - AWS4 Canonical Request: '\"{PUT.canonical}\"\n"
     f"2024-03-15 08:30:45,101 [main] DEBUG com.amazonaws.auth.AWS4Signer - AWS4 String to Sign: '\"{PUT.string}\"\n" + wire(PUT),
     "request", answers=1, date=True, notes=["client-text"], texts=True)
case("java-wire-get", wire(LIST), "request", answers=1, date=True)
case("aws-go-v1", f"2024/03/15 08:30:45 DEBUG: Request Signature:\n---[ CANONICAL STRING  ]-----------------------------\n{LIST.canonical}\n"
     f"---[ STRING TO SIGN ]--------------------------------\n{LIST.string}\n-----------------------------------------------------\n"
     f"2024/03/15 08:30:45 DEBUG: Request s3/ListObjectsV2 Details:\n---[ REQUEST POST-SIGN ]-----------------------------\n{LIST.head()}\r\n\n"
     f"-----------------------------------------------------\n2024/03/15 08:30:45 DEBUG: Response s3/ListObjectsV2 Details:\n---[ RESPONSE ]--------------------------------------\n"
     f"{REFUSED}-----------------------------------------------------\n", "request", answers=1, date=True, notes=["client-text"], texts=True)
case("aws-go-v2", f"SDK 2024/03/15 08:30:45 DEBUG Request Signature:\n---[ CANONICAL STRING  ]-----------------------------\n{LIST.canonical}\n"
     f"---[ STRING TO SIGN ]--------------------------------\n{LIST.string}\n-----------------------------------------------------\n"
     f"SDK 2024/03/15 08:30:45 DEBUG Request\n{LIST.head()}\r\nSDK 2024/03/15 08:30:45 DEBUG Response\n{REFUSED}\n",
     "request", answers=1, date=True, notes=["client-text"], texts=True)
case("minio-client", "mc: <DEBUG> " + LIST.head() + "\r\nmc: <DEBUG> " + REFUSED + "mc: <DEBUG> Response Time:  12.3ms\n", "request", answers=1, date=True)
case("rclone", f"2024/03/15 08:30:45 DEBUG : >>>>>>>>>>>>>>>>>>>>\n2024/03/15 08:30:45 DEBUG : HTTP REQUEST (req 0xc000)\n2024/03/15 08:30:45 DEBUG : {LIST.head()}\r\n"
     f"2024/03/15 08:30:45 DEBUG : >>>>>>>>>>>>>>>>>>>>\n2024/03/15 08:30:45 DEBUG : <<<<<<<<<<<<<<<<<<<<\n2024/03/15 08:30:45 DEBUG : HTTP RESPONSE (req 0xc000)\n"
     f"2024/03/15 08:30:45 DEBUG : {REFUSED}2024/03/15 08:30:45 DEBUG : <<<<<<<<<<<<<<<<<<<<\n", "request", answers=1, date=True)
case("okhttp", f"--> GET {LIST.url} http/1.1\n" + "".join(f"{n}: {v}\n" for n, v in LIST.headers) + f"--> END GET\n<-- 403 Forbidden {LIST.url} (35ms)\n"
     f"Date: {ANSWERED}\n\n{XML}\n<-- END HTTP (230-byte body)\n", "request", answers=1, date=True)
case("okhttp-form-without-body", f"--> POST {DELETE.url} http/1.1\n" + "".join(f"{n}: {v}\n" for n, v in DELETE.headers) + "--> END POST\n", "request")
case("okhttp-logcat", "".join(f"03-15 08:30:45.{n:03}  1234  5678 D OkHttp  : {line}\n" for n, line in enumerate(
     [f"--> PUT {PUT_JSON.url} h2", *[f"{n}: {v}" for n, v in PUT_JSON.headers], f"Content-Length: {len(JSON)}", "", JSON.decode(),
      f"--> END PUT ({len(JSON)}-byte body)"])), "request")
case("rust-sdk", f"TRACE send{{operation=\"ListObjectsV2\"}}: aws_sigv4::http_request::sign: canonical_request={LIST.canonical}\n" + LIST.http("\n").decode(),
     "request", notes=["client-text"], texts=True)

# HAR files.


def har(*pairs):
    entries = []
    for request, status in pairs:
        data = {"postData": {"mimeType": "text/plain", "text": request.body.decode()}} if request.body else {}
        answer = {"status": status, "statusText": "Forbidden" if status == 403 else "OK", "headers": [{"name": "Date", "value": ANSWERED}],
                  "content": {"size": len(XML), "mimeType": "application/xml", "text": XML if status == 403 else ""}}
        entries.append({"startedDateTime": "2024-03-15T08:30:46.120Z", "request": {
            "method": request.method, "url": request.url, "httpVersion": "h2", "headers": [{"name": ":method", "value": request.method}]
            + [{"name": n.lower(), "value": v} for n, v in request.headers], "bodySize": len(request.body), **data}, "response": answer})
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "WebInspector"}, "entries": entries}}, indent=1, ensure_ascii=False)


PLAIN = Request("GET", "www.example.com", "/style.css", [])
PREFLIGHT = Request("OPTIONS", SIGNED_PUT.host, SIGNED_PUT.target, [("Access-Control-Request-Method", "PUT"), ("Origin", "https://www.example.com")])
case("har-one", har((PUT_JSON, 403)), "request", answers=1, date=True)
case("har-three", har((PUT_JSON, 403), (LIST, 200), (SIGNED, 403)), "request", "request", "request", answers=3, date=True)
case("har-with-others", har((PLAIN, 200), (PREFLIGHT, 200), (SIGNED, 403), (PLAIN, 200)), "request", answers=1, date=True, notes=["preflights", "unsigned"])
case("har-entry", json.dumps(json.loads(har((LIST, 403)))["log"]["entries"][0]), "request", answers=1, date=True)

POSTMAN = {"method": "PUT", "header": [{"key": n, "value": v, "type": "text"} for n, v in PUT.headers], "body": {"mode": "raw", "raw": PUT.body.decode()},
           "url": {"raw": PUT.url, "protocol": "https", "host": PUT.host.split("."), "path": ["2024", "a%20b.txt"]}}
case("postman-collection", json.dumps({"info": {"name": "c", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
     "item": [{"name": "f", "item": [{"name": "put", "request": POSTMAN, "response": []}]}]}, indent=1), "request")
case("insomnia-export", json.dumps({"_type": "export", "__export_format": 4, "resources": [{"_id": "wrk_1", "_type": "workspace", "name": "w"}, {"_id": "req_1",
     "_type": "request", "method": "PUT", "url": PUT.url, "body": {"mimeType": "text/plain", "text": PUT.body.decode()},
     "headers": [{"name": n, "value": v} for n, v in PUT.headers]}]}, indent=1), "request")

# URLs.

URL = SIGNED.url
case("url-alone", URL + "\n", "url")
case("url-in-angle-brackets", f"<{OSS_URL.url}>\n", "url")
case("url-in-quotes", f'"{OSS_URL.url}",\n', "url")
case("url-in-json", json.dumps({"code": 0, "url": URL}).replace("&", "\\u0026").replace("/", "\\/"), "url", notes=["url-unescaped"])
case("url-in-json-of-go", json.dumps({"data": {"upload_url": URL}}).replace("&", "\\u0026"), "url", notes=["url-unescaped"])
case("url-in-html", f'<p><a class="x" href="{URL.replace("&", "&amp;")}">download</a></p>\n', "url", notes=["url-unescaped"])
case("url-in-markdown", f"See [the file]({OSS_URL.url}), it does not load.\n", "url")
case("url-in-prose", f"The link {URL}. It worked yesterday!\n", "url")
case("url-in-chinese", f"链接是{OSS_URL.url}，打不开。\n", "url")
case("url-then-words", f"{URL} gives me a 403\n", "url")
case("url-then-error", f"{URL}\n\n{XML}\n", "url", answers=1)
case("url-of-another-page-too", f"I followed https://docs.example.com/guide and made\n{OSS_URL.url}\n", "url")
case("url-with-verb", f"PUT {SIGNED_PUT.url}\n", "request", body="unknown")

# Calls and commands around a URL that is signed for a verb and a type.
JPEG = oss1_url("PUT", "image/jpeg").url
MISSING = {"notes": ["body-missing"], "body": "unknown"}
case("code-fetch", f'const res = await fetch("{JPEG}", {{\n  method: "PUT",\n  headers: {{ "Content-Type": "image/jpeg" }},\n  body: file,\n}});\n'
     "console.log(res.status); // 403\n" + XML + "\n", "request", answers=1, **MISSING)
case("code-axios", f"axios.put('{JPEG}', file, {{headers: {{'Content-Type': 'image/jpeg'}}}})\n", "request", **MISSING)
case("code-axios-options", f"const uploadUrl = '{JPEG}';\naxios({{\n  method: 'put',\n  url: uploadUrl,\n  data: file,\n"
     "  headers: {'Content-Type': 'image/jpeg'},\n})\n", "request", **MISSING)
case("code-requests", f'with open("a.jpg", "rb") as f:\n    r = requests.put(\n        "{JPEG}",\n        data=f,\n'
     '        headers={"Content-Type": "image/jpeg"},  # as it was signed\n    )\n', "request", **MISSING)
case("code-xhr", f"const xhr = new XMLHttpRequest();\nxhr.open('PUT', '{JPEG}', true);\nxhr.onload = () => show(xhr.status);\n"
     "xhr.setRequestHeader('Content-Type', 'image/jpeg');\nxhr.send(file);\n", "request", **MISSING)
case("code-go", f'url := "{JPEG}"\nreq, err := http.NewRequest(http.MethodPut, url, file)\nif err != nil {{\n\treturn err\n}}\n'
     'req.Header.Set("Content-Type", "image/jpeg")\nresp, err := http.DefaultClient.Do(req)\n', "request", **MISSING)
case("code-powershell", f"PS C:\\> Invoke-WebRequest -Method Put `\r\n  -Uri '{JPEG}' `\r\n"
     "  -Headers @{ 'Content-Type' = 'image/jpeg' } -InFile .\\a.jpg\r\n", "request", **MISSING)
case("code-with-a-header", f"fetch('{LIST.url}', {{\n  headers: {{\n" + "".join(f"    '{name}': '{value}',\n" for name, value in LIST.headers)
     + "  },\n})\n", "request")
# Requests that are made in steps.
case("code-php", f"<?php\n$ch = curl_init('{JPEG}');\ncurl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'PUT');\ncurl_setopt($ch, CURLOPT_POSTFIELDS, $data);\n"
     "curl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: image/jpeg']);\ncurl_setopt($ch, CURLOPT_RETURNTRANSFER, true);\n$res = curl_exec($ch);\n",
     "request", **MISSING)
case("code-php-options", f"$curl = curl_init();\n\ncurl_setopt_array($curl, array(\n  CURLOPT_URL => '{PUT.url}',\n  CURLOPT_RETURNTRANSFER => true,\n"
     "  CURLOPT_CUSTOMREQUEST => 'PUT',\n  CURLOPT_POSTFIELDS =>\"hello, object storage\\n\",\n  CURLOPT_HTTPHEADER => array(\n"
     + "".join(f"    '{line}',\n" for line in words(PUT)) + "  ),\n));\n\n$response = curl_exec($curl);\n\ncurl_close($curl);\necho $response;\n", "request")
case("code-php-adds-a-type", f"$ch = curl_init('{oss1_url('POST', 'application/x-www-form-urlencoded').url}');\ncurl_setopt($ch, CURLOPT_POSTFIELDS, 'a=1');\n",
     "request", notes=["type-by-client"])
case("code-okhttp", f'Request request = new Request.Builder()\n    .url("{JPEG}")\n    .addHeader("Content-Type", "image/jpeg")\n    .put(body)\n    .build();\n'
     "try (Response response = client.newCall(request).execute()) {\n", "request", **MISSING)
case("code-okhttp-names-the-charset", 'MediaType mediaType = MediaType.parse("text/plain");\nRequestBody body = RequestBody.create(mediaType, "hello");\n'
     f'Request request = new Request.Builder()\n  .url("{oss1_url("PUT", "text/plain; charset=utf-8").url}")\n  .method("PUT", body)\n'
     '  .addHeader("Content-Type", "text/plain")\n  .build();\n', "request", notes=["type-by-client"])
case("code-java", f'HttpRequest request = HttpRequest.newBuilder()\n    .uri(URI.create("{PUT.url}"))\n'
     + "".join(f'    .header("{n}", "{v}")\n' for n, v in PUT.headers)
     + '    .PUT(HttpRequest.BodyPublishers.ofString("hello, object storage\\n"))\n    .build();\nclient.send(request, BodyHandlers.ofString());\n', "request")
case("code-java-connection", f'URL url = new URL("{LIST.url}");\nHttpURLConnection conn = (HttpURLConnection) url.openConnection();\nconn.setRequestMethod("GET");\n'
     + "".join(f'conn.setRequestProperty("{n}", "{v}");\n' for n, v in LIST.headers) + "int status = conn.getResponseCode();\n", "request")
case("code-ruby", f'uri = URI("{PUT.url}")\nhttp = Net::HTTP.new(uri.host, uri.port)\nhttp.use_ssl = true\n\nrequest = Net::HTTP::Put.new(uri)\n'
     + "".join(f'request["{n}"] = "{v}"\n' for n, v in PUT.headers) + 'request.body = "hello, object storage\\n"\n\nresponse = http.request(request)\n', "request")
case("code-dotnet", f'var client = new HttpClient();\nvar request = new HttpRequestMessage(HttpMethod.Put, "{oss1_url("PUT", "text/plain; charset=utf-8").url}");\n'
     'request.Content = new StringContent("hello", Encoding.UTF8, "text/plain");\nvar response = await client.SendAsync(request);\n', "request", notes=["type-by-client"])
case("code-swift", f'var request = URLRequest(url: URL(string: "{PUT.url}")!,timeoutInterval: Double.infinity)\n'
     + "".join(f'request.addValue("{v}", forHTTPHeaderField: "{n}")\n' for n, v in PUT.headers)
     + '\nrequest.httpMethod = "PUT"\nrequest.httpBody = postData\n\nlet task = URLSession.shared.dataTask(with: request) { data, response, error in\n', "request", **MISSING)
case("code-rust", f'let client = reqwest::Client::new();\nlet response = client\n    .put("{PUT.url}")\n'
     + "".join(f'    .header("{n}", "{v}")\n' for n, v in PUT.headers) + '    .body("hello, object storage\\n")\n    .send()\n    .await?;\n', "request")
case("code-dart", f"final response = await http.put(\n  Uri.parse('{JPEG}'),\n  headers: {{'Content-Type': 'image/jpeg'}},\n  body: bytes,\n);\n", "request", **MISSING)
case("code-node", f"const https = require('https');\nconst options = {{\n  method: 'PUT',\n  hostname: '{PUT.host}',\n  path: '{PUT.target}',\n  headers: {{\n"
     + "".join(f"    '{n}': '{v}',\n" for n, v in PUT.headers) + "  }\n};\nconst req = https.request(options, (res) => {\n  console.log(res.statusCode);\n});\n"
     "req.write('hello, object storage\\n');\nreq.end();\n", "request")
case("code-python-standard", f'import http.client\n\nconn = http.client.HTTPSConnection("{PUT.host}")\npayload = "hello, object storage\\n"\nheaders = {{\n'
     + "".join(f"  '{n}': '{v}',\n" for n, v in PUT.headers) + f'}}\nconn.request("PUT", "{PUT.target}", payload, headers)\nres = conn.getresponse()\n', "request")
case("code-restsharp", f'var client = new RestClient("{PUT.url}");\nclient.Timeout = -1;\nvar request = new RestRequest(Method.PUT);\n'
     + "".join(f'request.AddHeader("{n}", "{v}");\n' for n, v in PUT.headers) + "IRestResponse response = client.Execute(request);\n", "request", **MISSING)
case("code-libcurl", f'CURL *curl = curl_easy_init();\ncurl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "PUT");\ncurl_easy_setopt(curl, CURLOPT_URL, "{PUT.url}");\n'
     "struct curl_slist *headers = NULL;\n" + "".join(f'headers = curl_slist_append(headers, "{line}");\n' for line in words(PUT))
     + 'curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);\nconst char *data = "hello, object storage\\n";\ncurl_easy_setopt(curl, CURLOPT_POSTFIELDS, data);\n'
     "res = curl_easy_perform(curl);\n", "request")
case("code-ktor", f'val response = client.put("{JPEG}") {{\n    header("Content-Type", "image/jpeg")\n    setBody(bytes)\n}}\n', "request", **MISSING)
case("code-go-body", f'req, err := http.NewRequest("PUT", "{PUT.url}", strings.NewReader("hello, object storage\\n"))\n'
     + "".join(f'req.Header.Set("{n}", "{v}")\n' for n, v in PUT.headers) + "resp, err := http.DefaultClient.Do(req)\n", "request")

# Names that stand for a literal above.
case("code-headers-above", f'import requests\n\nurl = "{PUT.url}"\npayload = "hello, object storage\\n"\nheaders = {{\n'
     + "".join(f"  '{n}': '{v}',\n" for n, v in PUT.headers) + '}\n\nresponse = requests.request("PUT", url, headers=headers, data=payload)\nprint(response.text)\n', "request")
case("code-options-above", "const myHeaders = new Headers();\n" + "".join(f'myHeaders.append("{n}", "{v}");\n' for n, v in PUT.headers)
     + '\nconst raw = "hello, object storage\\n";\n\nconst requestOptions = {\n  method: "PUT",\n  headers: myHeaders,\n  body: raw,\n  redirect: "follow"\n};\n\n'
     f'fetch("{PUT.url}", requestOptions)\n  .then((response) => response.text())\n', "request")
case("code-headers-elsewhere", f"headers = {{'Content-Type': 'image/png'}}\nif jpeg:\n    headers = {{'Content-Type': 'image/jpeg'}}\n"
     f"requests.put('{SIGNED_PUT.url}', data=f, headers=headers)\n", "request", notes=["expression", "body-missing"], body="unknown")
case("code-with-a-variable", f"axios.put('{SIGNED_PUT.url}', file, {{headers}})\n", "request", notes=["expression", "body-missing"], body="unknown")
case("code-without-a-type", f"requests.put('{SIGNED_PUT.url}', data=f)\n", "request", notes=["type-not-named", "body-missing"], body="unknown")
case("code-that-is-not-read", f'[request setURL:[NSURL URLWithString:@"{SIGNED.url}"]];\n[request setHTTPMethod:verb];\n',
     "url", notes=["url-alone"])
case("code-that-is-not-read-with-more-arguments", f'send(verb, "{SIGNED.url}", headers);\nsend(to: "{SIGNED.url}", method: verb)\n', "url", notes=["url-alone"])
case("code-that-says-no-verb-of-a-variable", f"const url = '{SIGNED.url}';\nfetch(url)\n", "url")
case("code-that-says-no-verb", f"fetch('{SIGNED.url}')\n", "url")
case("wget", f"wget --method=PUT --header='Content-Type: image/jpeg' --body-file=a.jpg '{JPEG}'\n", "request", notes=["body-in-file"], body="unknown")
case("wget-adds-a-type", f"wget --method=PUT --body-file=a.jpg '{SIGNED_PUT.url}'\n", "request", notes=["type-by-client", "body-in-file"], body="unknown")
case("httpie", f"$ http PUT '{JPEG}' Content-Type:image/jpeg < a.jpg\n", "request", notes=["body-in-file"], body="unknown")
case("httpie-adds-a-type", f"$ http PUT '{oss1_url('PUT', 'application/json').url}' --raw hello\n", "request", notes=["type-by-client"])
case("wget-dot-segments", f"wget '{URL.replace('.com/', '.com/x/./../')}'\n", "request", notes=["dot-segments"])

# What clients add to a body and make of a URL.
TEXT = oss1_url("PUT", "text/plain;charset=UTF-8").url
FORM = oss1_url("PUT", "application/x-www-form-urlencoded").url
JSON = oss1_url("PUT", "application/json").url
case("code-fetch-adds-a-type", f"await fetch('{TEXT}', {{method: 'PUT', body: 'hello'}})\n", "request", notes=["type-by-client"])
case("code-fetch-of-json", f"await fetch('{TEXT}', {{method: 'PUT', body: JSON.stringify(order)}})\n", "request",
     notes=["type-by-client", "body-missing"], body="unknown")
case("code-axios-adds-a-type", f"axios.put('{FORM}', 'hello')\n", "request", notes=["type-by-client"])
case("code-axios-of-an-object", f"axios({{method: 'put', url: '{JSON}', data: {{a: 1}}}})\n", "request",
     notes=["type-by-client", "body-missing"], body="unknown")
case("code-ajax-adds-a-type", f"$.ajax({{url: '{oss1_url('PUT', 'application/x-www-form-urlencoded; charset=UTF-8').url}', type: 'PUT', data: 'hello'}})\n",
     "request", notes=["type-by-client"])
case("code-requests-adds-no-type", f"requests.put('{SIGNED_PUT.url}', data='hello')\n", "request")
case("code-requests-of-json", f"requests.put('{JSON}', json={{'a': 1}})\n", "request", notes=["type-by-client", "body-missing"], body="unknown")
case("code-fetch-dot-segments", f"fetch('{LIST.url.replace('.com/', '.com/a/%2e%2E/')}', {{\n  headers: {{\n"
     + "".join(f"    '{name}': '{value}',\n" for name, value in LIST.headers) + "  },\n})\n", "request", notes=["dot-segments"])
LINK = f"https://img.example.com/%E7%85%A7%20a.jpg?e={END}"
LINK = f"{LINK}&token={ID}:{base64.urlsafe_b64encode(mac(SECRET, LINK, 'sha1')).decode()}".replace("%E7%85%A7%20", "\u7167 ")
V2_KEY = "/%E7%85%A7%20a.jpg"
V2_SIGNED = quote(base64.b64encode(mac(SECRET, f"GET\n\n\n{END}\n/ob-ex{V2_KEY}", "sha1")).decode(), safe="")
V2_LINK = f"https://ob-ex.s3.amazonaws.com/\u7167 a.jpg?AWSAccessKeyId={ID}&Expires={END}&Signature={V2_SIGNED}"
case("url-not-escaped", f"{V2_LINK}\n", "url", notes=["url-escaped"])
case("code-fetch-url-not-escaped", f"fetch('{LINK}', {{method: 'GET'}})\n", "request", notes=["url-respelled"])
case("code-requests-url-not-escaped", f"requests.get('{LINK}', headers={{}})\n", "request", notes=["url-respelled"])
case("wget-url-not-escaped", f"wget '{LINK}'\n", "request", notes=["url-respelled"])

# Tokens and forms.

case("token-alone", TOKEN + "\n", "token")
case("token-with-word", f"uptoken: {TOKEN}\n", "token")
case("token-in-json", json.dumps({"uptoken": TOKEN}), "token")
case("token-list", TOKEN + "\n" + kodo_token('{"scope":"b","deadline":1}') + "\n", "token", "token")
case("token-then-error", TOKEN + '\n\n{"error":"bad token","error_code":"BadToken"}\n', "token", answers=1)
case("token-escaped", f"Authorization: UpToken {quote(TOKEN, safe='')}\n", "token", notes=["token-mended"])
case("token-broken-into-lines", "".join(f"{TOKEN[at:at + 72]}\r\n" for at in range(0, len(TOKEN), 72)), "token", notes=["token-mended"])
case("token-in-prose", f"my token is '{TOKEN}' and it is refused\n", "token")
case("form-object", json.dumps(dict(oss_form())), "form")
case("form-list", json.dumps([{"name": n, "value": v} for n, v in oss_form()]), "form")
case("form-presigned-post", json.dumps({"url": "https://photos-ex.s3.amazonaws.com/", "fields": dict(s3_form())}), "form")
case("form-har", json.dumps({"log": {"entries": [{"request": {"method": "POST", "url": "https://photos-ex.s3.amazonaws.com/", "headers": [],
     "postData": {"mimeType": "multipart/form-data", "params": [{"name": n, "value": v} for n, v in s3_form()] + [{"name": "file", "fileName": "a.jpg"}]}},
     "response": {"status": 204, "headers": []}}]}}), "form", answers=1)


def write(folder):
    for name, (text, _) in CASES.items():
        (folder / f"{name}.txt").write_bytes(text)
    index = {"secret": SECRET, "cases": {name: about for name, (_, about) in CASES.items()}}
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    return len(CASES)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as new:
        count = write(pathlib.Path(new))
        if "--check" in sys.argv:
            stale = sorted({name for name, _ in files(pathlib.Path(new)).items() ^ files(FOLDER).items()})
            if stale:
                raise SystemExit("tests/vectors/captures is not what tests/captures/captures.py writes: " + ", ".join(stale[:5]))
        else:
            shutil.rmtree(FOLDER, ignore_errors=True)
            shutil.copytree(new, FOLDER)
    print(f"{count} captured texts")

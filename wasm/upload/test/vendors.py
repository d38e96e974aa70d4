#!/usr/bin/env python3
"""A stand-in for OSS, COS, KS3 and Kodo, of which no server can be installed: it speaks the shape of their upload
protocols and checks every signature with Python's own hmac, by the vendors' documents. What a real server does beyond
that (its tolerance, its other checks) it does not show.

    vendors.py PROVIDER ID SECRET BUCKET REGION     prints `ready PORT`, ends with its standard input

GET /-/objects gives what was stored, GET /-/log the requests, both as JSON.
"""

import base64
import email.parser
import email.policy
import hashlib
import hmac
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit

PROVIDER, ID, SECRET, BUCKET, REGION = sys.argv[1:]
OBJECTS, UPLOADS, LOG = {}, {}, []
LOCK = threading.Lock()


def mac(key, text, name):
    key, text = (one.encode() if isinstance(one, str) else one for one in (key, text))
    return hmac.new(key, text, name)


def b64(data):
    return base64.b64encode(data).decode()


class Refused(Exception):
    """Code and sentence of a refusal."""


def same(own, sent, what):
    if not hmac.compare_digest(own, sent or ""):
        raise Refused("SignatureDoesNotMatch", f"{what}: expected {own}, found {sent}")


def oss_key(day):
    key = "aliyun_v4" + SECRET
    for part in (day, REGION, "oss", "aliyun_v4_request"):
        key = mac(key, part, "sha256").digest()
    return key


# Forms. Each checks the signature of the policy, and returns the names of fields that need no condition.


def form_oss(fields):
    day = fields["x-oss-date"][:8]
    if fields["x-oss-credential"] != f"{ID}/{day}/{REGION}/oss/aliyun_v4_request":
        raise Refused("InvalidAccessKeyId", fields["x-oss-credential"])
    same(mac(oss_key(day), fields["policy"], "sha256").hexdigest(), fields.get("x-oss-signature"), "oss-post-v4")
    return {"policy", "x-oss-signature"}


def form_cos(fields):
    key = mac(SECRET, fields["q-key-time"], "sha1").hexdigest()
    text = hashlib.sha1(base64.b64decode(fields["policy"])).hexdigest()
    same(mac(key, text, "sha1").hexdigest(), fields.get("q-signature"), "cos-post")
    return {"policy", "q-signature", "q-key-time"}


def form_ks3(fields):
    if fields["KSSAccessKeyId"] != ID:
        raise Refused("InvalidAccessKey", fields["KSSAccessKeyId"])
    same(b64(mac(SECRET, fields["policy"], "sha1").digest()), fields.get("signature"), "ks3-post")
    return {"policy", "signature", "kssaccesskeyid"}


def conditions(fields, exempt, size, length):
    """Every condition holds, and every field has one."""
    policy = json.loads(base64.b64decode(fields["policy"]))
    if policy["expiration"] < time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()):
        raise Refused("AccessDenied", "Invalid according to Policy: Policy expired.")
    value = {name.lower(): value for name, value in fields.items()}
    value["bucket"] = BUCKET
    # In a policy of COS, the field `q-key-time` has this name.
    value["q-sign-time"] = fields.get("q-key-time")
    named = {"file"}
    for condition in policy["conditions"]:
        if isinstance(condition, dict):
            ((name, wanted),) = condition.items()
            holds = value.get(name.lower()) == wanted
        elif condition[0] == "content-length-range":
            _, least, most = condition
            # KS3 counts the whole content.
            counted = length if PROVIDER == "ks3" else size
            if counted > most:
                raise Refused("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
            holds, name = counted >= least, ""
        else:
            operator, name, wanted = condition
            name = name[1:]
            own = value.get(name.lower(), "")
            holds = own == wanted if operator == "eq" else own.startswith(wanted)
        if not holds:
            raise Refused("AccessDenied", f"Invalid according to Policy: Policy Condition failed: {json.dumps(condition)}")
        named.add(name.lower())
    extra = {name.lower() for name in fields} - named - exempt
    if extra:
        raise Refused("AccessDenied", f"Invalid according to Policy: Extra input fields: {', '.join(sorted(extra))}")


# Signed URLs.


def url_oss(method, path, query, headers):
    values = dict(query)
    day = values["x-oss-date"][:8]
    sent = values.pop("x-oss-signature")
    names = [name for name in values.get("x-oss-additional-headers", "").split(";") if name]
    signed = {name.lower(): value for name, value in headers.items()
              if name.lower() in names or name.lower() in ("content-type", "content-md5") or name.lower().startswith("x-oss-")}
    lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in values.items())
    text = "&".join(f"{name}={value}" if value else name for name, value in pairs)
    canonical = "\n".join([method, quote(f"/{BUCKET}{unquote(path)}", safe="/-_.~"), text, lines, ";".join(names), "UNSIGNED-PAYLOAD"])
    scope = f"{day}/{REGION}/oss/aliyun_v4_request"
    string = "\n".join(["OSS4-HMAC-SHA256", values["x-oss-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    same(mac(oss_key(day), string, "sha256").hexdigest(), sent, f"oss-v4-url\n{canonical}\n")
    return names


def url_cos(method, path, query, headers):
    values = dict(query)
    sent = values["q-signature"]
    lower = {name.lower(): value for name, value in headers.items()}
    # The official Python SDK signs the host without its port, which real hosts of COS never have.
    lower["host"] = lower["host"].split(":")[0]
    names = [name for name in values["q-header-list"].split(";") if name]
    params = {quote(name, safe="-_.~").lower(): value for name, value in query}
    listed = [name for name in values["q-url-param-list"].split(";") if name]
    head = "&".join(f"{quote(name, safe='-_.~').lower()}={quote(lower[name], safe='-_.~')}" for name in names)
    asked = "&".join(f"{name}={quote(params[name], safe='-_.~')}" for name in listed)
    http = f"{method.lower()}\n{unquote(path)}\n{asked}\n{head}\n"
    string = f"sha1\n{values['q-sign-time']}\n{hashlib.sha1(http.encode()).hexdigest()}\n"
    key = mac(SECRET, values["q-key-time"], "sha1").hexdigest()
    same(mac(key, string, "sha1").hexdigest(), sent, f"cos-xml-url\n{http}")
    return names


def url_ks3(method, path, query, headers):
    values = dict(query)
    signed = sorted((name, value) for name, value in query if name in ("uploads", "uploadId", "partNumber"))
    resource = f"/{BUCKET}{path}" + ("?" if signed else "") + "&".join(f"{name}={value}" if value else name for name, value in signed)
    own = "".join(f"{name.lower()}:{value}\n" for name, value in sorted(headers.items()) if name.lower().startswith("x-kss-"))
    string = f"{method}\n{headers.get('Content-MD5', '')}\n{headers.get('Content-Type', '')}\n{values['Expires']}\n{own}{resource}"
    same(b64(mac(SECRET, string, "sha1").digest()), values["Signature"], f"ks3-v2-url\n{string}\n")
    return []


# Kodo.


def policy_of(token):
    who, sent, encoded = token.split(":")
    if who != ID:
        raise Refused("bad token", who)
    same(base64.urlsafe_b64encode(mac(SECRET, encoded, "sha1").digest()).decode(), sent, "kodo-upload-token")
    policy = json.loads(base64.urlsafe_b64decode(encoded))
    if policy["deadline"] < time.time():
        raise Refused("expired token", "")
    return policy


def allowed(policy, key, size, kind):
    if policy["scope"] != f"{BUCKET}:{key}":
        raise Refused("key doesn't match with scope", key)
    if size > policy["fsizeLimit"]:
        raise Refused("exceed FsizeLimit", str(size))
    if kind is not None and policy["mimeLimit"] != kind:
        raise Refused("limited mimeType: this file type is forbidden to upload", kind)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/xml", headers=()):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in [("Access-Control-Allow-Origin", "*"), ("Access-Control-Expose-Headers", "ETag"), ("Content-Type", kind),
                            ("Content-Length", str(len(body))), *headers]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def json(self, value, status=200):
        self.answer(status, json.dumps(value), "application/json")

    def do_OPTIONS(self):
        self.answer(204, headers=[("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE"),
                                  ("Access-Control-Allow-Headers", self.headers.get("Access-Control-Request-Headers", ""))])

    def any_method(self):
        url = urlsplit(self.path)
        if url.path == "/-/objects":
            return self.json({key: {**one, "bytes": b64(one["bytes"])} for key, one in OBJECTS.items()})
        if url.path == "/-/log":
            return self.json(LOG)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        entry = {"method": self.command, "path": self.path, "length": len(body), "type": self.headers.get("Content-Type"), "signed": None}
        try:
            with LOCK:
                LOG.append(entry)
                if PROVIDER == "kodo":
                    self.kodo(url, body, entry)
                elif self.command == "POST" and url.path == "/" and not url.query:
                    self.form(body)
                else:
                    self.parts(url, body, entry)
        except Refused as refused:
            code, sentence = refused.args
            entry["refused"] = f"{code}: {sentence}"
            if PROVIDER == "kodo":
                self.json({"error": code}, 401 if "token" in code or code.startswith("Sig") else 403)
            else:
                self.answer(403, f"<Error><Code>{code}</Code><Message>{sentence.replace('<', '&lt;')}</Message><RequestId>1</RequestId></Error>")
        return None

    do_GET = do_PUT = do_POST = do_DELETE = any_method

    def fields(self, body):
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        found = [(part.get_param("name", header="content-disposition"), part.get_payload(decode=True)) for part in message.iter_parts()]
        if found[-1][0] != "file":
            raise Refused("MalformedPOSTRequest", "the file is not the last field")
        return {name: value.decode() for name, value in found[:-1]}, found[-1][1], [*message.iter_parts()][-1].get_content_type()

    def form(self, body):
        fields, file, _ = self.fields(body)
        exempt = {"oss": form_oss, "cos": form_cos, "ks3": form_ks3}[PROVIDER](fields)
        conditions(fields, exempt, len(file), len(body))
        OBJECTS[fields["key"]] = {"bytes": file, "type": fields["Content-Type"]}
        self.answer(204, headers=[("ETag", f'"{hashlib.md5(file).hexdigest()}"')])

    def parts(self, url, body, entry):
        query = parse_qsl(url.query, keep_blank_values=True)
        check = {"oss": url_oss, "cos": url_cos, "ks3": url_ks3}[PROVIDER]
        entry["signed"] = check(self.command, url.path, query, self.headers)
        values, key = dict(query), unquote(url.path[1:])
        if self.command == "POST" and "uploads" in values:
            upload = f"upload-{len(UPLOADS) + 1}"
            UPLOADS[upload] = {"key": key, "type": self.headers["Content-Type"], "parts": {}}
            return self.answer(200, f"<InitiateMultipartUploadResult><Key>{quote(key)}</Key><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>")
        upload = UPLOADS.get(values["uploadId"])
        if not upload or upload["key"] != key:
            return self.answer(404, "<Error><Code>NoSuchUpload</Code></Error>")
        if self.command == "PUT":
            upload["parts"][int(values["partNumber"])] = body
            return self.answer(200, headers=[("ETag", f'"{hashlib.md5(body).hexdigest()}"')])
        if self.command == "GET":
            rows = "".join(f'<Part><PartNumber>{number}</PartNumber><ETag>"{hashlib.md5(part).hexdigest()}"</ETag><Size>{len(part)}</Size></Part>'
                           for number, part in sorted(upload["parts"].items()))
            return self.answer(200, f"<ListPartsResult>{rows}</ListPartsResult>")
        if self.command == "DELETE":
            del UPLOADS[values["uploadId"]]
            return self.answer(204)
        for number, part in sorted(upload["parts"].items()):
            row = f"<PartNumber>{number}</PartNumber><ETag>\"{hashlib.md5(part).hexdigest()}\"</ETag>"
            if row not in body.decode():
                raise Refused("InvalidPart", row)
        OBJECTS[key] = {"bytes": b"".join(part for _, part in sorted(upload["parts"].items())), "type": upload["type"]}
        del UPLOADS[values["uploadId"]]
        return self.answer(200, "<CompleteMultipartUploadResult><ETag>\"x\"</ETag></CompleteMultipartUploadResult>")

    def kodo(self, url, body, entry):
        if url.path == "/":
            fields, file, kind = self.fields(body)
            allowed(policy_of(fields["token"]), fields["key"], len(file), kind)
            OBJECTS[fields["key"]] = {"bytes": file, "type": kind}
            return self.json({"hash": "h", "key": fields["key"]})
        _, buckets, bucket, objects, encoded, uploads, *rest = url.path.split("/")
        if (buckets, bucket, objects, uploads) != ("buckets", BUCKET, "objects", "uploads"):
            raise Refused("no such path", url.path)
        key = base64.urlsafe_b64decode(encoded).decode()
        word, token = self.headers["Authorization"].split(" ")
        policy = policy_of(token)
        entry["signed"] = word
        allowed(policy, key, 0, None)
        if not rest:
            upload = f"upload{len(UPLOADS) + 1}"
            UPLOADS[upload] = {"key": key, "parts": {}}
            return self.json({"uploadId": upload, "expireAt": int(time.time()) + 600})
        upload = UPLOADS.get(rest[0])
        if not upload:
            return self.json({"error": "no such uploadId"}, 612)
        if self.command == "PUT":
            upload["parts"][int(rest[1])] = body
            return self.json({"etag": f"etag-{rest[1]}", "md5": hashlib.md5(body).hexdigest()})
        if self.command == "GET":
            rows = [{"partNumber": number, "etag": f"etag-{number}", "size": len(part)} for number, part in sorted(upload["parts"].items())]
            return self.json({"uploadId": rest[0], "partNumberMarker": 0, "parts": rows})
        if self.command == "DELETE":
            del UPLOADS[rest[0]]
            return self.json({})
        asked = json.loads(body)
        whole = b"".join(part for _, part in sorted(upload["parts"].items()))
        if asked["parts"] != [{"etag": f"etag-{number}", "partNumber": number} for number in sorted(upload["parts"])]:
            raise Refused("invalid parts", json.dumps(asked))
        allowed(policy, key, len(whole), asked["mimeType"])
        OBJECTS[key] = {"bytes": whole, "type": asked["mimeType"]}
        del UPLOADS[rest[0]]
        return self.json({"hash": "h", "key": key})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"ready {server.server_port}", flush=True)
sys.stdin.read()

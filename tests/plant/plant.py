"""Plants mistakes: writes requests whose signature was made over a wrong text.

Every case states the wrong text (or key) in full and signs it with Python's own hmac module, so that
nothing here shares code with the library under test. `python3 tests/plant/plant.py` rewrites
`tests/vectors/causes`; `--check` only says whether that would change anything.
"""

import base64
import hashlib
import hmac
import importlib
import json
import pathlib
import shutil
import sys
import tempfile

ID = "CSIDEXAMPLE0001"
SECRET = "cs7EXAMPLEsecretKEY/with+signs0123456789"
TOKEN = "CSTOKENexample/with+signs=="

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parent / "vectors" / "causes"


def raw(value):
    return value if isinstance(value, bytes) else value.encode("utf-8")


def mac(key, text, name="sha1"):
    return hmac.new(raw(key), raw(text), name).digest()


def b64(data):
    return base64.b64encode(data).decode()


def v2(text, secret=SECRET):
    """Base64 of HMAC-SHA1: OSS V1, S3 V2, KS3 V2."""
    return b64(mac(secret, text))


def v4_key(date, region, service, secret=SECRET, prefix="AWS4", terminator="aws4_request"):
    key = mac(raw(prefix) + raw(secret), date, "sha256")
    for step in (region, service, terminator):
        key = mac(key, step, "sha256")
    return key


def v4_text(canonical, time, scope, algorithm="AWS4-HMAC-SHA256"):
    """The string to sign for a canonical request."""
    return "\n".join([algorithm, time, scope, hashlib.sha256(raw(canonical)).hexdigest()])


def v4(canonical, time, region="us-east-1", service="s3", secret=SECRET):
    """The signature of a canonical request by the rules of S3."""
    scope = f"{time[:8]}/{region}/{service}/aws4_request"
    return mac(v4_key(time[:8], region, service, secret), v4_text(canonical, time, scope), "sha256").hex()


def oss4(canonical, time, region="cn-hangzhou", secret=SECRET):
    """The signature of a canonical request by the rules of OSS."""
    scope = f"{time[:8]}/{region}/oss/aliyun_v4_request"
    key = v4_key(time[:8], region, "oss", secret, "aliyun_v4", "aliyun_v4_request")
    return mac(key, v4_text(canonical, time, scope, "OSS4-HMAC-SHA256"), "sha256").hex()


CASES = []


def case(code, name, request, expect=None, certainty="proved", secret=SECRET, answer=None, at=None, kind=None, expected_life=None, depth=2,
         verdict="mismatch", related=(), **hints):
    """Registers a case.

    code       the cause that was planted; the name of the folder
    name       what tells it apart from other cases of the cause
    request    the raw HTTP message (line ends are made CRLF in the head) as text or bytes, or a URL; a token;
               the fields of a form as pairs, and `{"file": {"size", "name", "type"}}` where the file stands
    kind       `token` for a token; the others show what they are
    expect     all codes of the explanation, if it is not the one code; a code that signs the same bytes
               may be reported in its place
    certainty  proved, server, seen or likely
    related    other requests of the same capture
    """
    CASES.append(dict(code=code, name=name, request=request, expect=expect or [code], certainty=certainty, secret=secret,
                      answer=answer, at=at, kind=kind, expected_life=expected_life, depth=depth, verdict=verdict, related=related,
                      hints=hints))


def message(request, kind=None):
    if isinstance(request, list):
        return "request.form", (json.dumps(request, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    request = raw(request)
    if kind == "token":
        return "request.token", request
    if request.startswith((b"http", b"rtmp")):
        return "request.url", request + b"\n"
    head, _, body = request.partition(b"\n\n")
    return "request.http", b"\r\n".join(head.split(b"\n")) + b"\r\n\r\n" + body


def write(folder):
    for topic in sorted(HERE.glob("*_cases.py")):
        importlib.import_module(topic.stem)
    seen = set()
    for one in CASES:
        place = folder / one["code"] / one["name"]
        if place in seen:
            raise SystemExit(f"{place} is planted twice")
        seen.add(place)
        place.mkdir(parents=True)
        name, data = message(one["request"], one["kind"])
        (place / name).write_bytes(data)
        (place / "secret").write_bytes(raw(one["secret"]))
        if one["answer"]:
            (place / ("answer.json" if one["answer"].startswith("{") else "answer.xml")).write_bytes(raw(one["answer"]))
        for number, other in enumerate(one["related"], 1):
            (place / f"related-{number}.http").write_bytes(message(other)[1])
        about = {key: one[key] for key in ("expect", "certainty", "verdict", "depth", "at", "expected_life") if one[key] is not None}
        about["hints"] = one["hints"]
        (place / "case.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(CASES)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.modules["plant"] = sys.modules["__main__"]
    with tempfile.TemporaryDirectory() as new:
        count = write(pathlib.Path(new))
        if "--check" in sys.argv:
            old = files(FOLDER) if FOLDER.exists() else {}
            stale = sorted(str(name) for name in files(pathlib.Path(new)).items() ^ old.items())
            if stale:
                raise SystemExit("tests/vectors/causes is not what tests/plant writes: " + ", ".join(stale[:5]))
        else:
            shutil.rmtree(FOLDER, ignore_errors=True)
            shutil.copytree(new, FOLDER)
    print(f"{count} planted cases")

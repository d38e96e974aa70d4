"""Scope, algorithm and signature version."""

from datetime import datetime, timezone
from urllib.parse import quote

from plant import ID, case, mac, oss4, v2, v4, v4_key, v4_text
from shapes import DATE, DAY, OSS_HOST, S3_HOST, TIME, http, oss_v1, oss_v4, refusal, s3_v2, s3_v4

NAMES = "host;x-amz-content-sha256;x-amz-date"
SENT = ["X-Amz-Content-Sha256: UNSIGNED-PAYLOAD", f"X-Amz-Date: {TIME}"]
OSS_SENT = ["x-oss-content-sha256: UNSIGNED-PAYLOAD", f"x-oss-date: {TIME}"]
OSS_CANONICAL = f"GET\n/bkt-ex/a\n\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n\nUNSIGNED-PAYLOAD"


def canonical(host=S3_HOST, path="/a"):
    return f"GET\n{path}\n\nhost:{host}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:{TIME}\n\n{NAMES}\nUNSIGNED-PAYLOAD"


def signed(text, date=DAY, region="us-east-1", service="s3", in_scope=f"{DAY}/us-east-1/s3/aws4_request"):
    """A signature whose key and whose scope are given apart."""
    return mac(v4_key(date, region, service), v4_text(text, TIME, in_scope), "sha256").hex()


def oss_signed(date=DAY, region="cn-hangzhou", service="oss", in_scope=f"{DAY}/cn-hangzhou/oss/aliyun_v4_request"):
    key = v4_key(date, region, service, prefix="aliyun_v4", terminator="aliyun_v4_request")
    return mac(key, v4_text(OSS_CANONICAL, TIME, in_scope, "OSS4-HMAC-SHA256"), "sha256").hex()


# ---- region-wrong
CODE = "region-wrong"
case(CODE, "s3-v4-both", s3_v4("GET /a", SENT, NAMES, v4(canonical(), TIME, region="eu-west-1")))
case(CODE, "s3-v4-key", s3_v4("GET /a", SENT, NAMES, signed(canonical(), region="auto")))
case(CODE, "s3-v4-scope", s3_v4("GET /a", SENT, NAMES, signed(canonical(), in_scope=f"{DAY}/default/s3/aws4_request")))
case(CODE, "s3-v4-empty", s3_v4("GET /a", SENT, NAMES, v4(canonical(), TIME, region="")))
case(CODE, "oss-v4-prefix", oss_v4("GET /a", OSS_SENT, oss4(OSS_CANONICAL, TIME, region="oss-cn-hangzhou")))
case(CODE, "oss-v4-other-city", oss_v4("GET /a", OSS_SENT, oss4(OSS_CANONICAL, TIME, region="cn-shanghai")))
case(CODE, "oss-v4-key-city-alone", oss_v4("GET /a", OSS_SENT, oss_signed(region="hangzhou")))
SHANGHAI = f"{DAY}/cn-shanghai/oss/aliyun_v4_request"
case(CODE, "oss-v4-not-of-the-host", oss_v4("GET /a", OSS_SENT, oss4(OSS_CANONICAL, TIME, region="cn-shanghai"), scope=SHANGHAI),
     certainty="seen", verdict="rejected")
case(CODE, "s3-v4-not-as-told", s3_v4("GET /b-ex/a", SENT, NAMES, v4(canonical("minio.example.com", "/b-ex/a"), TIME), host="minio.example.com"),
     certainty="seen", verdict="rejected", region="eu-central-1")
query = (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={ID}%2F{DAY}%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date={TIME}"
         "&X-Amz-Expires=900&X-Amz-SignedHeaders=host")
signature = v4(f"GET\n/a\n{query}\nhost:{S3_HOST}\n\nhost\nUNSIGNED-PAYLOAD", TIME, region="us-west-2")
case(CODE, "s3-v4-url", http(f"GET /a?{query}&X-Amz-Signature={signature}", [f"Host: {S3_HOST}"]))
case(CODE, "oss-v4-url-prefix", http(
    "GET /a?" + (query := f"x-oss-credential={ID}%2F{DAY}%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-date={TIME}&x-oss-expires=900"
                 "&x-oss-signature-version=OSS4-HMAC-SHA256")
    + "&x-oss-signature=" + oss4(f"GET\n/bkt-ex/a\n{query}\n\n\nUNSIGNED-PAYLOAD", TIME, region="oss-cn-hangzhou"), [f"Host: {OSS_HOST}"]))

MINIO = s3_v4("GET /b-ex/a", SENT, NAMES, v4(canonical("minio.example.com", "/b-ex/a"), TIME), host="minio.example.com")
case(CODE, "s3-v4-server-names-it", MINIO, certainty="server", verdict="rejected", answer=refusal(
    "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'",
    Region="eu-central-1"))
case(CODE, "oss-v4-server-by-number", oss_v4("GET /a", OSS_SENT, oss4(OSS_CANONICAL, TIME), host="static.example.com"),
     certainty="server", verdict="rejected", bucket="bkt-ex", answer=refusal("InvalidArgument", "Invalid signing region.", EC="0002-00000228"))

KS3_HOST = "bkt-ex.ks3-cn-beijing.ksyuncs.com"
names = "host;x-kss-content-sha256;x-kss-date"
text = f"GET\n/a\n\nhost:{KS3_HOST}\nx-kss-content-sha256:UNSIGNED-PAYLOAD\nx-kss-date:{TIME}\n\n{names}\nUNSIGNED-PAYLOAD"
key = v4_key(DAY, "us-east-1", "ks3", prefix="KSS4", terminator="kss4_request")
signature = mac(key, v4_text(text, TIME, f"{DAY}/us-east-1/ks3/kss4_request", "KSS4-HMAC-SHA256"), "sha256").hex()
case(CODE, "ks3-v4-both", http("GET /a", [
    f"Host: {KS3_HOST}", "x-kss-content-sha256: UNSIGNED-PAYLOAD", f"x-kss-date: {TIME}",
    f"Authorization: KSS4-HMAC-SHA256 Credential={ID}/{DAY}/BEIJING/ks3/kss4_request, SignedHeaders={names}, Signature={signature}"]))
KS3_NAMES, KS3_TEXT = names, text

# The names of Amazon with a region of KS3.
for name, region in [("shanghai", "SHANGHAI"), ("small", "cn-beijing")]:
    scope = f"{DAY}/{region}/s3/aws4_request"
    case(CODE, f"s3-v4-at-ks3-{name}", s3_v4("GET /a", SENT, NAMES, signed(canonical(KS3_HOST), region=region, in_scope=scope), host=KS3_HOST, scope=scope),
         certainty="seen", verdict="rejected")

RIGHT_S3 = s3_v4("GET /a", SENT, NAMES, v4(canonical(), TIME))
case(CODE, "s3-v4-redirected", RIGHT_S3, certainty="server", verdict="rejected", answer=refusal(
    "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.",
    Endpoint="bkt-ex.s3.ap-south-1.amazonaws.com", Bucket="bkt-ex"))
# The scope names the region that the server wants: it is the host that is wrong.
case(CODE, "s3-v4-right-and-redirected", RIGHT_S3, certainty="server", verdict="rejected", answer=refusal(
    "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.",
    Endpoint="bkt-ex.s3.us-east-1.amazonaws.com", Bucket="bkt-ex"))
case(CODE, "oss-v1-redirected", oss_v1("GET /a", [f"Date: {DATE}"], v2(f"GET\n\n\n{DATE}\n/bkt-ex/a")), certainty="server", verdict="rejected",
     answer=refusal("AccessDenied", "The bucket you are attempting to access must be addressed using the specified endpoint. "
                    "Please send all future requests to this endpoint.", Endpoint="oss-cn-beijing.aliyuncs.com"))

# ---- service-wrong
CODE = "service-wrong"
case(CODE, "s3-v4-both", s3_v4("GET /a", SENT, NAMES, v4(canonical(), TIME, service="execute-api")))
case(CODE, "s3-v4-key", s3_v4("GET /a", SENT, NAMES, signed(canonical(), service="oss")))
case(CODE, "oss-v4-both", oss_v4("GET /a", OSS_SENT, oss_signed(service="s3", in_scope=f"{DAY}/cn-hangzhou/s3/aliyun_v4_request")))
case(CODE, "oss-v4-not-oss", oss_v4("GET /a", OSS_SENT, oss_signed(service="s3", in_scope=f"{DAY}/cn-hangzhou/s3/aliyun_v4_request"),
                                    scope=f"{DAY}/cn-hangzhou/s3/aliyun_v4_request"), certainty="seen", verdict="rejected")
key = v4_key(DAY, "BEIJING", "s4", prefix="KSS4", terminator="kss4_request")
signature = mac(key, v4_text(KS3_TEXT, TIME, f"{DAY}/BEIJING/s4/kss4_request", "KSS4-HMAC-SHA256"), "sha256").hex()
case(CODE, "ks3-v4-not-ks3", http("GET /a", [
    f"Host: {KS3_HOST}", "x-kss-content-sha256: UNSIGNED-PAYLOAD", f"x-kss-date: {TIME}",
    f"Authorization: KSS4-HMAC-SHA256 Credential={ID}/{DAY}/BEIJING/s4/kss4_request, SignedHeaders={KS3_NAMES}, Signature={signature}"]),
    certainty="seen", verdict="rejected")

case(CODE, "s3-v4-server-names-it", MINIO, certainty="server", verdict="rejected", answer=refusal(
    "AuthorizationHeaderMalformed", 'The authorization header is malformed; incorrect service "s3". This endpoint belongs to "s3express".'))
# Garage quotes the scope it wants.
EC2 = f"{DAY}/us-east-1/ec2/aws4_request"
case(CODE, "s3-v4-garage", s3_v4("GET /a", SENT, NAMES, signed(canonical(), service="ec2", in_scope=EC2), scope=EC2, host=S3_HOST),
     certainty="server", verdict="rejected", answer=refusal("AuthorizationHeaderMalformed", "Authorization header malformed, unexpected scope: "
     f"&apos;{EC2}&apos;, expected: &apos;{DAY}/us-east-1/s3/aws4_request&apos;", Region="us-east-1"))

# ---- scope-date-mismatch
CODE = "scope-date-mismatch"
case(CODE, "s3-v4-both", s3_v4("GET /a", SENT, NAMES, signed(canonical(), date="20180522", in_scope="20180522/us-east-1/s3/aws4_request")))
case(CODE, "s3-v4-key", s3_v4("GET /a", SENT, NAMES, signed(canonical(), date="20180520")))
case(CODE, "oss-v4-scope", oss_v4("GET /a", OSS_SENT, oss_signed(in_scope="20180522/cn-hangzhou/oss/aliyun_v4_request")))
NEXT = "20180522/us-east-1/s3/aws4_request"
case(CODE, "s3-v4-key-of-the-time", s3_v4("GET /a", SENT, NAMES, signed(canonical(), in_scope=NEXT), scope=NEXT))
case(CODE, "s3-v4-sent", s3_v4("GET /a", SENT, NAMES, signed(canonical(), date="20180522", in_scope=NEXT), scope=NEXT),
     certainty="seen", verdict="rejected")

case(CODE, "s3-v4-server-names-it", MINIO, certainty="server", verdict="rejected", answer=refusal(
    "AuthorizationHeaderMalformed", "The authorization header is malformed; Invalid credential date. Date is not the same as X-Amz-Date."))

# ---- signature-version-wrong
CODE = "signature-version-wrong"
# The string of S3 V2 below the name of OSS: no x-oss- headers, no date of OSS, the key as escaped.
case(CODE, "oss-v1-by-s3-v2", oss_v1("PUT /a%20b.txt", [f"x-oss-date: {DATE}", "x-oss-meta-a: 1", "Content-Type: text/plain"], v2(
    "PUT\n\ntext/plain\n\n/bkt-ex/a%20b.txt")))
# The same the other way round, and the content type of the wire missing.
case(CODE, "s3-v2-by-oss-v1-and-type", s3_v2(
    "PUT /a%20b.txt?x-oss-process=style", [f"x-amz-date: {DATE}", "x-amz-acl: private", "Content-Type: text/plain"], v2(
        "PUT\n\n\n\n/bkt-ex/a b.txt?x-oss-process=style")), expect=[CODE, "content-type-added-by-client"])
# The canonical request of S3, key and all, below the name of OSS.
names = "host;x-oss-content-sha256;x-oss-date"
text = f"GET\n/a\n\nhost:{OSS_HOST}\nx-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:{TIME}\n\n{names}\nUNSIGNED-PAYLOAD"
case(CODE, "oss-v4-by-s3-v4", oss_v4("GET /a", OSS_SENT, v4(text, TIME, region="cn-hangzhou"), additional=names))
case(CODE, "s3-v2-in-frankfurt", s3_v2("GET /a", [f"Date: {DATE}"], v2(f"GET\n\n\n{DATE}\n/bkt-ex/a"), host="bkt-ex.s3.eu-central-1.amazonaws.com"),
     certainty="seen", verdict="rejected")
case(CODE, "s3-v2-at-oss", s3_v2("GET /a", [f"Date: {DATE}"], v2(f"GET\n\n\n{DATE}\n/bkt-ex/a"), host=OSS_HOST), certainty="seen", verdict="valid")
case(CODE, "oss-v1-at-amazon", oss_v1("GET /a", [f"Date: {DATE}"], v2(f"GET\n\n\n{DATE}\n/bkt-ex/a"), host=S3_HOST),
     certainty="seen", verdict="rejected")
AT_OSS = s3_v2("GET /a", [f"Date: {DATE}"], v2(f"GET\n\n\n{DATE}\n/bkt-ex/a"), host="static.example.com")
case(CODE, "s3-v2-verified-as-oss-v4", AT_OSS, certainty="server", verdict="rejected", bucket="bkt-ex",
     answer=refusal("AccessDenied", "The request signature does not match.", EC="0002-00000201"))
case(CODE, "s3-v2-server-wants-v4", AT_OSS, certainty="server", verdict="rejected", bucket="bkt-ex", answer=refusal(
    "InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."))


def compatible(host, region, service):
    """A request by the rules of S3 to another vendor's host."""
    text = f"GET\n/bkt-ex/a\n\nhost:{host}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:{TIME}\n\n{NAMES}\nUNSIGNED-PAYLOAD"
    return s3_v4("GET /bkt-ex/a", SENT, NAMES, v4(text, TIME, region, service), host=host, scope=f"{DAY}/{region}/{service}/aws4_request")


case("service-wrong", "s3-v4-at-ks3", compatible("ks3-cn-beijing.ksyuncs.com", "BEIJING", "ks3"), certainty="seen", verdict="rejected")
case("region-wrong", "s3-v4-at-kodo", compatible("s3.cn-east-1.qiniucs.com", "z0", "s3"), certainty="seen", verdict="rejected")

# ---- server-side-condition-not-visible
CODE = "server-side-condition-not-visible"
RIGHT = oss_v1("GET /a", [f"Date: {DATE}"], v2(f"GET\n\n\n{DATE}\n/bkt-ex/a"))
case(CODE, "oss-v1-referer", RIGHT, certainty="likely", verdict="rejected",
     answer=refusal("AccessDenied", "You are denied by bucket referer policy.", EC="0003-00000501"))
case(CODE, "s3-v4-explicit-deny", MINIO, certainty="likely", verdict="rejected", answer=refusal(
    "AccessDenied", "User is not authorized to perform: s3:GetObject with an explicit deny in a resource-based policy"))

# Signed URLs with the parameters of one version and the signature of the other.
END = 1708795817


def basic(moment):
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def s3_query(time, life):
    return (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={ID}%2F{time[:8]}%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date={time}"
            f"&X-Amz-Expires={life}&X-Amz-SignedHeaders=host")


def oss_query(time, life):
    return (f"x-oss-credential={ID}%2F{time[:8]}%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-date={time}&x-oss-expires={life}"
            "&x-oss-signature-version=OSS4-HMAC-SHA256")


CODE = "signature-version-wrong"
for life in (900, 3600):
    time = basic(END - life)
    text = f"GET\n/a\n{s3_query(time, life)}\nhost:{S3_HOST}\n\nhost\nUNSIGNED-PAYLOAD"
    case(CODE, f"s3-v2-url-by-v4-{life}", f"https://{S3_HOST}/a?AWSAccessKeyId={ID}&Expires={END}&Signature={v4(text, time)}")
    text = f"GET\n/bkt-ex/a\n{oss_query(time, life)}\n\n\nUNSIGNED-PAYLOAD"
    case(CODE, f"oss-v1-url-by-v4-{life}", f"https://{OSS_HOST}/a?OSSAccessKeyId={ID}&Expires={END}&Signature={oss4(text, time)}")
    plain = quote(v2(f"GET\n\n\n{END}\n/bkt-ex/a"), safe="")
    case(CODE, f"s3-v4-url-by-v2-{life}", f"https://{S3_HOST}/a?{s3_query(time, life)}&X-Amz-Signature={plain}")
    case(CODE, f"oss-v4-url-by-v1-{life}", f"https://{OSS_HOST}/a?{oss_query(time, life)}&x-oss-signature={plain}")
text = quote(v2(f"GET\n\n\n{END}\n/bkt-ex/a?versionId=3"), safe="")
case(CODE, "s3-v4-url-by-v2-versioned", f"https://{S3_HOST}/a?versionId=3&{s3_query(basic(END - 60), 60)}&X-Amz-Signature={text}")
case(CODE, "s3-v4-url-by-v2-and-method", f"https://{S3_HOST}/a?{s3_query(basic(END - 60), 60)}&X-Amz-Signature="
     + quote(v2(f"PUT\n\n\n{END}\n/bkt-ex/a"), safe=""), expect=[CODE, "method-mismatch"])

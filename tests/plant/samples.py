"""One request for each scheme, complete but for what a case changes, and the text that is right for it."""

from urllib.parse import quote, urlsplit

from plant import ID, SECRET, mac, v4_key

DATE = "Fri, 15 Mar 2024 08:30:45 GMT"
TIME = "20240315T083045Z"
DAY = "20240315"
END = 1710495045
UNSIGNED = "UNSIGNED-PAYLOAD"

# Header forms of the V2 shape.

OSS1 = f"PUT\n\nimage/jpeg\n{DATE}\nx-oss-meta-owner:alice\n/photos-ex/2024/a b.jpg"
S32 = f"PUT\n\nimage/jpeg\n{DATE}\nx-amz-meta-owner:alice\n/photos-ex/2024/a%20b.jpg"


def oss1(signature, date=f"Date: {DATE}", more="", who=ID, verb="PUT"):
    return (f"{verb} /2024/a%20b.jpg HTTP/1.1\nHost: photos-ex.oss-cn-hangzhou.aliyuncs.com\nContent-Type: image/jpeg\n"
            f"x-oss-meta-owner: alice\n{date}\n{more}Authorization: OSS {who}:{signature}\n\n")


def s32(signature, date=f"Date: {DATE}", more="", who=ID, verb="PUT"):
    return (f"{verb} /2024/a%20b.jpg HTTP/1.1\nHost: photos-ex.s3.amazonaws.com\nContent-Type: image/jpeg\n"
            f"x-amz-meta-owner: alice\n{date}\n{more}Authorization: AWS {who}:{signature}\n\n")


KS32 = f"PUT\n\nimage/jpeg\n{DATE}\nx-kss-meta-owner:alice\n/photos-ex/2024/a%20b.jpg"


def ks32(signature, date=f"Date: {DATE}", more="", who=ID):
    return (f"PUT /2024/a%20b.jpg HTTP/1.1\nHost: photos-ex.ks3-cn-beijing.ksyuncs.com\nContent-Type: image/jpeg\n"
            f"x-kss-meta-owner: alice\n{date}\n{more}Authorization: KSS {who}:{signature}\n\n")


# URL forms of the V2 shape.

OSS1_GET = f"GET\n\n\n{END}\n/photos-ex/2024/a b.jpg"
S32_GET = f"GET\n\n\n{END}\n/photos-ex/2024/a%20b.jpg"


def oss1_url(signature, end=END, more="", who=ID):
    return (f"https://photos-ex.oss-cn-hangzhou.aliyuncs.com/2024/a%20b.jpg?OSSAccessKeyId={quote(who, safe='')}&Expires={end}{more}"
            f"&Signature={quote(signature, safe='')}")


def s32_url(signature, end=END, more="", who=ID):
    return (f"https://photos-ex.s3.amazonaws.com/2024/a%20b.jpg?AWSAccessKeyId={quote(who, safe='')}&Expires={end}{more}"
            f"&Signature={quote(signature, safe='')}")


KS32_GET = f"GET\n\n\n{END}\n/photos-ex/2024/a%20b.jpg"


def ks32_url(signature, end=END, more=""):
    return (f"https://photos-ex.ks3-cn-beijing.ksyuncs.com/2024/a%20b.jpg?KSSAccessKeyId={ID}&Expires={end}{more}"
            f"&Signature={quote(signature, safe='')}")


# Header forms of the V4 shape.

S34 = (f"PUT\n/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nhost:photos-ex.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:{UNSIGNED}\n"
       f"x-amz-date:{TIME}\nx-amz-meta-owner:alice\n\ncontent-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-owner\n{UNSIGNED}")
OSS4 = (f"PUT\n/photos-ex/2024/a%20b.jpg\n\ncontent-type:image/jpeg\nx-oss-content-sha256:{UNSIGNED}\nx-oss-date:{TIME}\n"
        f"x-oss-meta-owner:alice\n\n\n{UNSIGNED}")
S34_SCOPE = f"{DAY}/us-east-1/s3/aws4_request"
OSS4_SCOPE = f"{DAY}/cn-hangzhou/oss/aliyun_v4_request"


def s34(signature, time=TIME, more="", names="", who=ID, verb="PUT", day=DAY):
    return (f"{verb} /2024/a%20b.jpg HTTP/1.1\nHost: photos-ex.s3.us-east-1.amazonaws.com\nContent-Type: image/jpeg\n"
            f"X-Amz-Content-Sha256: {UNSIGNED}\nX-Amz-Date: {time}\nX-Amz-Meta-Owner: alice\n{more}"
            f"Authorization: AWS4-HMAC-SHA256 Credential={who}/{day}/us-east-1/s3/aws4_request, "
            f"SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-owner{names}, Signature={signature}\n\n")


def oss4_put(signature, time=TIME, more="", who=ID, day=DAY):
    return (f"PUT /2024/a%20b.jpg HTTP/1.1\nHost: photos-ex.oss-cn-hangzhou.aliyuncs.com\nContent-Type: image/jpeg\n"
            f"x-oss-content-sha256: {UNSIGNED}\nx-oss-date: {time}\nx-oss-meta-owner: alice\n{more}"
            f"Authorization: OSS4-HMAC-SHA256 Credential={who}/{day}/cn-hangzhou/oss/aliyun_v4_request,Signature={signature}\n\n")


# URL forms of the V4 shape. The query is signed as it is sent, the signature excepted.

def s34_query(time=TIME, life=300, who=ID, day=DAY, token=""):
    token = f"&X-Amz-Security-Token={quote(token, safe='')}" if token else ""
    return (f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={quote(who, safe='')}%2F{day}%2Fus-east-1%2Fs3%2Faws4_request"
            f"&X-Amz-Date={time}&X-Amz-Expires={life}{token}&X-Amz-SignedHeaders=host")


def s34_get(query):
    return f"GET\n/2024/a%20b.jpg\n{query}\nhost:photos-ex.s3.us-east-1.amazonaws.com\n\nhost\n{UNSIGNED}"


def s34_url(signature, query):
    return f"https://photos-ex.s3.us-east-1.amazonaws.com/2024/a%20b.jpg?{query}&X-Amz-Signature={signature}"


def oss4_query(time=TIME, life=300, who=ID, day=DAY, token=""):
    token = f"&x-oss-security-token={quote(token, safe='')}" if token else ""
    return (f"x-oss-credential={quote(who, safe='')}%2F{day}%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-date={time}&x-oss-expires={life}"
            f"{token}&x-oss-signature-version=OSS4-HMAC-SHA256")


def oss4_get(query):
    return f"GET\n/photos-ex/2024/a%20b.jpg\n{query}\n\n\n{UNSIGNED}"


def oss4_url(signature, query):
    return f"https://photos-ex.oss-cn-hangzhou.aliyuncs.com/2024/a%20b.jpg?{query}&x-oss-signature={signature}"


def s34_string(text, secret=SECRET):
    """The V4 signature over a string to sign that is given in full, with the right key."""
    return mac(v4_key(DAY, "us-east-1", "s3", secret), text, "sha256").hex()


def oss4_string(text):
    """The same for OSS."""
    return mac(v4_key(DAY, "cn-hangzhou", "oss", SECRET, "aliyun_v4", "aliyun_v4_request"), text, "sha256").hex()


def fetched(url):
    """The raw request that fetches a URL."""
    parts = urlsplit(url)
    return f"GET {parts.path}?{parts.query} HTTP/1.1\nHost: {parts.netloc}\n\n"

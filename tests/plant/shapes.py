"""Requests around a signature, one function per scheme. The signature comes from the caller, who states the signed text."""

import hashlib

from plant import ID, SECRET, mac

TIME = "20180521T195540Z"
DAY = TIME[:8]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
DATE = "Mon, 21 May 2018 19:55:40 GMT"
EXPIRES = "1526932540"
S3_HOST = "bkt-ex.s3.us-east-1.amazonaws.com"
COS_HOST = "bkt-1250000000.cos.ap-guangzhou.myqcloud.com"
OSS_HOST = "bkt-ex.oss-cn-hangzhou.aliyuncs.com"


def http(line, headers, body=""):
    """A raw message. Header lines are text or bytes, body likewise."""
    lines = [f"{line} HTTP/1.1", *headers]
    head = b"\n".join(one if isinstance(one, bytes) else one.encode() for one in lines)
    return head + b"\n\n" + (body if isinstance(body, bytes) else body.encode())


def oss_v1(line, headers, signature, body="", host=OSS_HOST):
    return http(line, [f"Host: {host}", *headers, f"Authorization: OSS {ID}:{signature}"], body)


def s3_v2(line, headers, signature, body="", host=S3_HOST):
    return http(line, [f"Host: {host}", *headers, f"Authorization: AWS {ID}:{signature}"], body)


def s3_v4(line, headers, signed, signature, body="", host=S3_HOST, scope=f"{DAY}/us-east-1/s3/aws4_request"):
    return http(line, [f"Host: {host}", *headers, f"Authorization: AWS4-HMAC-SHA256 Credential={ID}/{scope}, "
                       f"SignedHeaders={signed}, Signature={signature}"], body)


def oss_v4(line, headers, signature, body="", host=OSS_HOST, scope=f"{DAY}/cn-hangzhou/oss/aliyun_v4_request", additional=None):
    listed = f"AdditionalHeaders={additional}," if additional else ""
    return http(line, [f"Host: {host}", *headers, f"Authorization: OSS4-HMAC-SHA256 Credential={ID}/{scope},{listed}"
                       f"Signature={signature}"], body)


def cos(line, headers, signed, text, interval="1526932540;1526936140", host=COS_HOST):
    """A request of COS whose signed `HttpString` is `text`."""
    key = mac(SECRET, interval).hex()
    signature = mac(key, f"sha1\n{interval}\n{hashlib.sha1(text.encode()).hexdigest()}\n").hex()
    return http(line, [f"Host: {host}", *headers, f"Authorization: q-sign-algorithm=sha1&q-ak={ID}&q-sign-time={interval}&q-key-time={interval}"
                       f"&q-header-list={signed}&q-url-param-list=&q-signature={signature}"])


def escaped(text):
    return text.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")


def refusal(code, message, **elements):
    """A server's answer with further elements."""
    more = "".join(f"<{name}>{text}</{name}>" for name, text in elements.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message>{more}</Error>\n'

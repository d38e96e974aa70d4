"""Which cause can occur in which scheme, and why not where it cannot.

A scheme says what takes part in its signature (`Scheme.signs`); a cause says what it needs. What is missing is the
reason, in both languages. Nothing here looks at what the library finds.
"""

# What a scheme may sign or have, and what to say where it does not.
REASONS = {
    "antileech": ("only Kodo's timestamp links sign path and time alone", "只有 Kodo 时间戳防盗链仅签名路径和时间"),
    "base64": ("the signature is written in hexadecimal digits", "签名以十六进制书写"),
    "bucket": ("no bucket is part of the signed text of its own", "签名内容中没有单独的Bucket"),
    "carried": ("the signature does not carry the text it signs", "签名不携带被签名的文本"),
    "chain": ("the key is not derived in steps", "密钥不是逐级派生的"),
    "clock": ("it states no time of signing", "其中没有签名时间"),
    "conditions": ("it carries no policy for a form", "不携带表单策略"),
    "date": ("no `Date` in words is signed", "不签名文字形式的 `Date`"),
    "deadline": ("it has no `deadline`", "没有 `deadline`"),
    "expiry": ("it has no end of its own", "没有自己的截止时间"),
    "fields": ("only signatures of the COS JSON API carry these fields", "只有 COS JSON API 的签名携带这些字段"),
    "host": ("the host is not signed", "不签名域名"),
    "id": ("it names no access key id", "不含AccessKey ID"),
    "interval": ("only COS makes its key from an interval", "只有 COS 由时间区间生成密钥"),
    "list": ("it has no list of signed headers", "没有已签名请求头的列表"),
    "literal": ("only Kodo's private links sign the whole URL as it stands", "只有 Kodo 私有下载链接按原样签名整个 URL"),
    "mac": ("it is a plain hash, no MAC", "它是普通哈希而非 MAC"),
    "manage": ("only Kodo's management and callback credentials are made so", "只有 Kodo 管理凭证和回调凭证如此签名"),
    "md5": ("it has no line for `Content-MD5`", "没有 `Content-MD5` 行"),
    "method": ("the method is not signed", "不签名请求方法"),
    "own": ("no headers of the vendor's own are signed", "不签名厂商自有请求头"),
    "path": ("no path is signed", "不签名路径"),
    "path-decoded": ("the path is signed as it is escaped", "路径以转义形式参与签名"),
    "path-encoded": ("the path is signed unescaped", "路径以未转义形式参与签名"),
    "payload": ("no hash of the body is signed", "不签名请求体哈希"),
    "policy": ("it carries no policy", "不携带策略"),
    "query": ("parameters are not signed as a list", "参数不以列表形式参与签名"),
    "query-all": ("parameters that it does not name are not signed", "未列出的参数不参与签名"),
    "request": ("it is no request: there is no host to see", "不是请求，看不到域名"),
    "scope": ("it has no scope of day, region and service", "没有日期、地域和服务组成的范围"),
    "seconds": ("it has no `Expires` in seconds", "没有以秒计的 `Expires`"),
    "string": ("there is no text of several lines", "没有多行文本"),
    "subs": ("it does not choose among the parameters", "不区分子资源与其他参数"),
    "temporary": ("ids that go with a session token are not told by their form there", "无法从 ID 的形式看出是否需要安全令牌"),
    "text-lines": ("the signed text has no line ends", "签名内容没有换行"),
    "token": ("no session token travels with it", "不携带安全令牌"),
    "token-signed": ("the session token is not part of the signed text", "安全令牌不参与签名"),
    "type": ("the content type is not signed", "不签名 Content-Type"),
    "url": ("the signature does not travel in a URL", "签名不在 URL 中"),
    "vendor-ks3": ("only KS3 has it", "只有 KS3 有"),
    "words": ("the server's words for it are not published", "服务端的相应文字未公布"),
    "aws-names": ("only clients of S3 add such checksums", "只有 S3 客户端会添加此类校验和"),
    "copy": ("no header that names a source of a copy is signed", "不签名指定复制源的请求头"),
    "answer-text": ("the server does not quote the text it signed", "服务端不回显其签名内容"),
    "http": ("it is given as a URL, which cannot hold such a host", "以 URL 形式给出，其中不可能有这样的域名"),
    "captured": ("it is given as a URL, and not captured beside others", "以 URL 形式给出，不会与其他请求一起被捕获"),
    "one-form": ("its SDKs sign the path both ways, and both are taken", "其各 SDK 两种写法都有，均被接受"),
    "plus": ("no plus sign occurs in the signature", "签名中不会出现加号"),
    "wraps": ("a line break in a header only folds it", "请求头中的换行只是折行"),
    "verbatim": ("path and parameters are brought into one form before they are signed", "签名前路径和参数会被规范化"),
    "query-escaped": ("parameters are signed unescaped", "参数以未转义形式参与签名"),
    "known-headers": ("its headers have no values that are usual", "其请求头没有常用值"),
    "cdn": ("no proxy is known that adds such headers", "未见会添加此类请求头的代理"),
    "moves": ("its host is the service's own, and the same everywhere", "域名为服务自有且处处相同"),
    "styles": ("it signs neither a bucket nor the host of one", "既不签名Bucket也不签名其域名"),
    "resource": ("an RTMP push knows no domains of one's own", "RTMP 推流不支持自定义域名"),
    "sorted": ("parameters are signed in the order they are sent in", "参数按发送顺序签名"),
    "encoded-list": ("parameters are signed unescaped, or as they are listed", "参数以未转义形式或按列表签名"),
    "versions": ("no other scheme has such requests and signatures of this length", "没有其他签名方式的请求和签名与之相似"),
    "extra-fields": ("the vendor takes fields that its policy does not name", "厂商接受策略未提及的字段"),
}

# Causes in the order of the catalogue: what each needs, as alternatives; the reason is that of the first one's first gap.
RULES = {
    "secret-surrounding-whitespace": "", "secret-special-char-mangled": "", "secret-wrong": "", "secret-truncated": "",
    "secret-lookalike-character": "", "secret-base64-decoded": "", "ak-sk-swapped": "id", "hmac-args-swapped": "mac",
    "sigv4-key-derivation-wrong": "chain",
    "access-key-surrounding-whitespace": "id", "access-key-unknown": "id", "credential-of-another-product": "id request",
    "cos-appid-wrong": "fields", "cos-bucket-wrong": "fields", "cos-file-wrong": "fields",
    "security-token-missing": "token temporary", "security-token-not-signed": "token-signed",
    "clock-skew": "clock", "expired": "expiry | life", "token-cached-past-deadline": "expiry captured | life captured",
    "expiry-argument-misread": "seconds | deadline | life", "deadline-default-3600": "deadline | life",
    "expires-in-milliseconds": "seconds | deadline | life", "date-not-gmt": "date | time", "date-localised": "date",
    "date-format-invalid": "date | time", "date-signed-not-date-sent": "date | time", "cos-key-time-mismatch": "interval",
    "method-mismatch": "method", "method-case": "method", "method-rewritten-by-proxy": "method answer-text",
    "key-encode-set-wrong": "path-encoded path", "key-not-encoded": "path-encoded path one-form", "key-encoded-in-resource": "path-decoded path",
    "plus-vs-space": "path", "double-encoded-path": "path-encoded path", "percent-hex-case": "path-encoded path | query-escaped",
    "slash-encoded-in-key": "path", "url-renormalised-by-client": "url verbatim", "path-normalised": "path",
    "path-rewritten-by-proxy": "path", "key-leading-slash-missing": "path", "unicode-form": "path",
    "host-rewritten-by-proxy": "host", "host-port-mismatch": "host", "host-changed-after-signing": "host moves",
    "cname-mode-wrong": "resource", "bucket-in-endpoint": "styles", "endpoint-malformed": "request http",
    "bucket-missing-from-resource": "bucket", "bucket-duplicated-in-resource": "bucket", "addressing-style-wrong": "styles",
    "bucket-or-host-case": "bucket | host", "bucket-of-another-request": "bucket | moves",
    "subresource-not-signed": "subs", "non-subresource-signed": "subs", "subresource-value-encoded": "subs",
    "query-added-after-signing": "query-all", "query-dropped-after-signing": "query | subs", "query-not-signed": "query-all",
    "query-not-sorted": "query sorted", "query-sorted-by-pair": "query sorted", "query-empty-value-no-equals": "query-escaped",
    "query-space-as-plus": "query", "query-double-encoded": "query-escaped", "query-renormalised": "encoded-list",
    "url-ampersand-escaped": "url", "url-truncated": "url", "kodo-download-url-differs": "literal",
    "kodo-antileech-text-differs": "antileech",
    "copy-source-not-encoded": "copy", "content-type-added-by-client": "type", "content-type-charset-appended": "type",
    "header-duplicated-by-case": "own", "signed-header-not-sent": "known-headers", "signed-header-removed-by-proxy": "list | additional",
    "header-added-after-signing": "own", "header-added-by-proxy": "cdn", "x-headers-not-signed": "md5",
    "accept-encoding-rewritten": "list", "volatile-header-signed": "list", "header-whitespace-not-collapsed": "own",
    "header-sort-wrong": "own", "header-value-newline": "own", "header-value-charset": "own", "content-md5-hex": "md5",
    "payload-hash-of-empty-body": "payload", "payload-changed-after-hashing": "payload | md5", "payload-hash-encoding": "payload",
    "payload-hash-literal-wrong": "payload | chunks", "x-amz-content-sha256-missing": "payload | chunks", "sdk-default-checksum": "aws-names",
    "scope-date-mismatch": "scope", "region-wrong": "scope", "service-wrong": "scope", "signature-version-wrong": "versions",
    "digest-algorithm-wrong": "mac",
    "signature-plus-became-space": "url plus", "hmac-hex-instead-of-raw": "mac", "base64-alphabet-wrong": "base64 | base64-policy",
    "base64-line-wrapped": "wraps | base64-policy", "string-to-sign-newline-wrong": "string", "string-to-sign-crlf": "text-lines",
    "string-to-sign-literal-backslash-n": "text-lines", "string-to-sign-charset": "string",
    "policy-condition-failed": "policy", "policy-extra-field": "extra-fields", "policy-expired": "conditions", "policy-field-order": "conditions",
    "policy-type-wrong": "policy", "policy-bytes-reserialised": "policy", "policy-not-base64": "policy",
    "kodo-manage-absolute-url": "manage", "kodo-manage-body-not-signed": "manage", "cos-once-multi-confused": "fields",
    "token-malformed": "carried", "form-malformed": "conditions words", "ks3-two-dates": "vendor-ks3", "ks3-callback-unverifiable": "vendor-ks3",
    "answer-altered": "answer-text", "answer-of-another-request": "answer-text", "server-side-condition-not-visible": "request words",
}


# Schemes that another version or another vendor's scheme is taken for.
VERSIONS = {"oss-v1-header", "oss-v1-url", "s3-v2-header", "s3-v2-url", "ks3-v2-header", "ks3-v2-url", "kodo-qbox", "kodo-mac",
            "cos-json-multi", "cos-json-once", "cos-xml-header", "cos-xml-url", "oss-v4-header", "oss-v4-url", "s3-v4-url", "ks3-v4-url"}


def is_v4(signs):
    return "chain" in signs and "policy" not in signs


def has(scheme):
    """All that a scheme signs or has."""
    signs = set(scheme.signs)
    if scheme.id != "kodo-cdn-antileech":
        signs.add("id")
    if not signs & {"policy", "fields"}:
        signs.add("request")
    if "query" in signs and "listed" not in signs:
        signs.add("query-all")
    if "md5" in signs or scheme.id.startswith("cos-") or "chain" in signs:
        if "own" in signs:
            signs.add("copy")
    if not signs & {"policy", "fields", "literal", "antileech"}:
        signs.add("text-lines")
    if "token" in signs and scheme.provider in ("oss", "s3"):
        signs.add("temporary")
    if "token" in signs and ("subs" in signs or ("chain" in signs and "policy" not in signs) or scheme.id == "oss-rtmp-url"):
        signs.add("token-signed")
    if scheme.id.startswith("oss-v4"):
        signs |= {"host", "additional"}
    if scheme.quotes and scheme.provider in ("oss", "s3", "cos") and not signs & {"policy", "fields"}:
        signs.add("answer-text")
    if scheme.id in ("s3-v4-header", "s3-v4-chunked"):
        signs.add("aws-names")
    if scheme.id in ("s3-v4-post", "oss-post-v4", "s3-v2-post", "ks3-post"):
        signs.add("extra-fields")
    if "policy" in signs and scheme.id != "cos-post":
        signs.add("base64-policy")
    if signs & {"url"} and "base64" in signs:
        signs.add("wraps")
    if "push" not in signs:
        signs.add("captured")
    if "push" not in signs and "literal" not in signs:
        signs.add("http")
    if scheme.provider in ("oss", "s3") or scheme.provider in ("ks3", "cos") and "conditions" not in signs:
        signs.add("words")
    if scheme.provider != "kodo" or scheme.id == "kodo-cdn-antileech":
        signs.add("one-form")
    if "base64" in signs and "url-safe" not in signs:
        signs.add("plus")
    if scheme.id in ("s3-v2-url", "kodo-cdn-antileech", "kodo-private-url"):
        signs.add("verbatim")
    if is_v4(signs) or scheme.id.startswith("cos-xml"):
        signs.add("query-escaped")
    if "own" in signs and scheme.id != "kodo-mac":
        signs.add("known-headers")
    if "md5" in signs and scheme.provider in ("oss", "s3"):
        signs.add("cdn")
    if "host" in signs and scheme.id not in ("kodo-mac", "aws-v4-generic"):
        signs.add("moves")
    if signs & {"bucket"} and "push" not in signs or "moves" in signs:
        signs.add("styles")
    if "bucket" in signs and "push" not in signs:
        signs.add("resource")
    if scheme.id not in ("cos-rtmp-url",):
        signs.add("sorted")
    if is_v4(signs) and "query" in signs and "push" not in signs:
        signs.add("encoded-list")
    if scheme.id in VERSIONS:
        signs.add("versions")
    if scheme.id == "ks3-v2-header":
        signs.add("vendor-ks3")
    return signs


def gap(code, scheme):
    """Why a cause cannot occur in a scheme: the word of the reason; `None` where it can."""
    signs = has(scheme)
    ways = [way.split() for way in RULES[code].split("|")]
    gaps = [next((word for word in way if word not in signs), None) for way in ways]
    return None if None in gaps else gaps[0]

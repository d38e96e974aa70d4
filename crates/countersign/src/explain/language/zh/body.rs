//! Content type, Content-MD5 and the payload hash.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "content-type-added-by-client",
        "签名时{how|用的是另一个 Content-Type}，而发送的是客户端或其 HTTP 库自行选定的 Content-Type",
        "要么对实际发送的 Content-Type 签名，要么不发送：传给签名程序与 HTTP 客户端的 `Content-Type` 要一致（`fetch`、\
         `XMLHttpRequest`、axios、python-requests 的 `headers`）；`-H 'Content-Type:'` 可以让 curl 不添加它",
    ),
    text(
        "content-type-charset-appended",
        "Content-Type 的参数或写法在签名时与发送时不同",
        "按实际发送的 Content-Type 逐字签名，包括 `charset`、空格和大小写；请求体是字符串时，很多库会追加 charset：\
         改为发送字节，或自行写全 Content-Type",
    ),
    text(
        "content-md5-hex",
        "请求体的 MD5 写成了{how|Base64 以外的形式}",
        "`Content-MD5` 是 MD5 的 16 个原始字节的 Base64：`openssl dgst -md5 -binary FILE | base64`；签名用的值要与发送的值相同",
    ),
    text(
        "payload-hash-of-empty-body",
        "请求带有请求体，却使用了空请求体的哈希",
        "对实际发送的字节计算哈希，并把 `x-amz-content-sha256` 设为同一个值；使用 HTTPS 时也可以用 `UNSIGNED-PAYLOAD`",
    ),
    text(
        "payload-changed-after-hashing",
        "请求体在计算哈希之后被改动：{how|其摘要与请求中声明的不同}",
        "对最终发送的字节计算哈希：先压缩、转换换行、序列化 JSON，再计算；用二进制模式打开文件",
    ),
    text(
        "payload-hash-encoding",
        "请求体哈希{how|的写法不对}",
        "把请求体的 SHA-256 写成 64 位小写十六进制，请求头和规范请求的最后一行都是如此",
    ),
    text(
        "payload-hash-literal-wrong",
        "请求体哈希一行的值{how|与发送的关键字或哈希不同}",
        "按上传方式使用确切的值：哈希、`UNSIGNED-PAYLOAD`，或与所发分块对应的 `STREAMING-` 关键字；OSS 只接受 `UNSIGNED-PAYLOAD`",
    ),
    text(
        "x-amz-content-sha256-missing",
        "`{name|x-amz-content-sha256}` {how|在签名时与发送时不一致}",
        "凡是用请求头签名的请求都要发送 `{name|x-amz-content-sha256}`，并让它像其他请求头一样参与签名",
    ),
    text(
        "sdk-default-checksum",
        "SDK 自行添加了 `{name|校验和}`，Amazon 以外的服务端可能不认识它",
        "把 SDK 的请求校验和计算设为 `WHEN_REQUIRED`（`AWS_REQUEST_CHECKSUM_CALCULATION=when_required`），\
         响应校验和的验证同样设置",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("a line feed was added at its end", "末尾多了一个换行符"),
    ("the line feed at its end was lost", "末尾少了一个换行符"),
    ("a line end was added at its end", "末尾多了一个换行"),
    ("its line ends became CRLF", "换行由 LF 变成了 CRLF"),
    ("its line ends became LF", "换行由 CRLF 变成了 LF"),
    ("a byte order mark was added", "多了字节序标记（BOM）"),
    ("the byte order mark was lost", "字节序标记（BOM）丢失"),
    ("its JSON was dumped anew, it had no blanks", "JSON 被重新序列化，原先不含空格"),
    ("its JSON was dumped anew, it had a blank behind each comma and colon", "JSON 被重新序列化，原先每个逗号和冒号后有一个空格"),
    (
        "the bytes at hand are those that were hashed, and the server got others",
        "手头的请求体就是当时计算哈希的内容，而服务端收到的不同",
    ),
    ("the server got the bytes at hand, and others were hashed", "服务端收到的就是手头的请求体，而计算哈希时用的是别的内容"),
    ("the server computed another digest than the request states", "服务端算出的摘要与请求中声明的不同"),
    (
        "it is compressed, perhaps since it was hashed, which cannot be computed again byte for byte",
        "它经过压缩，可能是在计算哈希之后压缩的，无法逐字节重新算出",
    ),
    (
        "it is encoded as `{coding}`, perhaps since it was hashed, which cannot be computed again byte for byte",
        "它以 `{coding}` 编码，可能是在计算哈希之后编码的，无法逐字节重新算出",
    ),
    ("the digest in the request is that of other bytes", "请求中的摘要对应的是别的内容"),
    ("without a content type", "没有 Content-Type"),
    ("with the content type `{name}`", "Content-Type 是 `{name}`"),
    ("its hexadecimal digits", "其十六进制文本"),
    ("its hexadecimal digits in upper case", "其大写十六进制文本"),
    ("the Base64 of its hexadecimal digits", "十六进制文本的 Base64"),
    ("the Base64 of its hexadecimal digits in upper case", "大写十六进制文本的 Base64"),
    ("its Base64", "其 Base64"),
    ("an empty line", "空行"),
    ("in Base64", "写成了 Base64"),
    ("in hexadecimal digits in upper case", "写成了大写十六进制"),
    ("with `0x` before it", "前面带有 `0x`"),
    ("signed as `{text}`", "在签名时是 `{text}`"),
    ("left empty", "留空"),
    ("signed as the hash of the data in the chunks", "在签名时是各分块数据的哈希"),
    ("signed as the hash of the body", "在签名时是请求体的哈希"),
    ("refused: {said}", "被拒绝：{said}"),
    ("something else than `UNSIGNED-PAYLOAD`, and OSS takes nothing else", "不是 `UNSIGNED-PAYLOAD`，而 OSS 只接受它"),
    (
        "a `STREAMING-` word without `x-amz-decoded-content-length`",
        "是 `STREAMING-` 开头的关键字，却没有 `x-amz-decoded-content-length`",
    ),
    ("neither a SHA-256 nor a known word", "既不是 SHA-256，也不是已知的关键字"),
    ("was left out of the signed headers", "没有列入签名的请求头"),
    ("was signed and is not sent", "参与了签名却没有发送"),
    ("is missing, the server says", "缺失（据服务端返回）"),
    ("is not in the request", "不在请求中"),
];

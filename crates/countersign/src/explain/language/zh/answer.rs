//! What the secret and the server's answer tell together.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "secret-wrong",
        "{what|AccessKey ID 与密钥不匹配}",
        "{make|在控制台的同一行重新复制 AccessKey ID 和密钥：二者可能不是一对，或密钥已经轮换}",
    ),
    text(
        "answer-altered",
        "服务端的响应在传到这里之前被改动过：{what}",
        "请从客户端或抓包中取响应，浏览器和论坛会丢掉空行和空格；若有字节字段，则以其为准",
    ),
    text(
        "answer-of-another-request",
        "这份响应属于另一个请求：{name|其中的 `SignatureProvided`} 是 `{stated}`，而本请求的是 `{found}`",
        "请抓取同一次调用的请求和响应；若确是同一次，则途中有环节改动了被签名的内容：路径、查询参数或请求头",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    // How a cause is found, for those who list the catalogue.
    (
        "{place} is changed and the request signed again: it is proved when the signature that was sent comes out",
        "改动{place}后重新签名：若恰好得到所发送的签名，即为证实",
    ),
    ("it shows in the request, its capture or the clock, and needs no secret", "从请求、抓包或时钟即可看出，无需密钥"),
    ("servers say so in words or codes of their own", "服务端会用自己的文字或错误码指出"),
    ("it follows from request, secret and answer together", "由请求、密钥和响应综合得出"),
    ("the secret, or how the key is made of it,", "密钥或其派生方式"),
    ("the access key id or the session token", "AccessKey ID 或安全令牌"),
    ("the time or the expiry", "时间或过期时间"),
    ("the method", "请求方法"),
    ("the host, or the bucket in it,", "域名或其中的 Bucket"),
    ("the bucket in the resource", "资源中的 Bucket"),
    ("the list of parameters", "参数列表"),
    ("the content type", "Content-Type"),
    ("the line for `Content-MD5`", "`Content-MD5` 一行"),
    ("the signed headers", "签名的请求头"),
    ("the body, its hash or the policy", "请求体、其哈希或 policy"),
    ("the signature before it", "前一签名"),
    ("the text as a whole", "整个签名内容"),
    ("the spelling of the signature or its hash function", "签名的写法或哈希算法"),
    ("the scheme", "签名方式"),
    (
        "the text it quotes differs from the request's in blanks and line ends alone, which copying alters",
        "它引用的文本与请求的只差在空格和换行，复制会造成这种差别",
    ),
    (
        "the text it quotes lost line ends, and is not the request's: it cannot be used",
        "它引用的文本丢失了换行，内容也与请求的不同，无法采用",
    ),
    ("the text it quotes lost line ends, which are taken from the request's", "它引用的文本丢失了换行，已按请求的文本补回"),
    ("a part of the text it quotes is masked", "它引用的文本有一部分被打码"),
    ("the digest in its `StringToSign`", "其 `StringToSign` 中的摘要"),
    ("`StringToSign` is not what `StringToSignBytes` says", "`StringToSign` 与 `StringToSignBytes` 的内容不一致"),
    ("`CanonicalRequest` is not what `CanonicalRequestBytes` says", "`CanonicalRequest` 与 `CanonicalRequestBytes` 的内容不一致"),
    ("the digest in `StringToSign` is not that of the text quoted beside it", "`StringToSign` 中的摘要不是一同引用的文本的摘要"),
    ("the server says `{said}`", "服务端返回 `{said}`"),
    ("the request says `{sent}`", "请求声明的是 `{sent}`"),
    (
        "the server quotes the same text: it holds another secret for this id",
        "签名正确，服务端引用的文本也相同：服务端上这个 ID 对应的是另一个密钥",
    ),
    (
        "the token carries the text it signs, and the server refuses it: it holds another secret for this id",
        "签名正确，凭证自带签名内容，而服务端拒绝了它：服务端上这个 ID 对应的是另一个密钥",
    ),
    (
        "the server refuses the signature that is right for the request in hand: it holds another secret for this id, or another \
         request reached it",
        "服务端拒绝了对手头这个请求来说正确的签名：服务端上这个 ID 对应的是另一个密钥，或到达服务端的是另一个请求",
    ),
    (
        "the client signed exactly the text that the server quotes: the server holds another secret for this id",
        "客户端签名的内容与服务端引用的文本完全相同：服务端上这个 ID 对应的是另一个密钥",
    ),
    (
        "no known mistake gives this signature; what is left is another secret, or a change that leaves no trace in the request",
        "没有已知的错误能得出这个签名；剩下的可能是密钥不同，或发生了在请求中不留痕迹的改动",
    ),
    ("name the bucket, and explain it again", "指明 Bucket 后再次诊断"),
    (
        "nothing tells the bucket, and with `{bucket}`, which is assumed, no known mistake gives this signature: it may be right \
         for another bucket, or made with another secret",
        "无从得知 Bucket；假定为 `{bucket}` 时，没有已知的错误能得出这个签名：对另一个 Bucket 它可能是正确的，也可能用的是另一个密钥",
    ),
    (
        "the client printed the very text that is right for the request: it signed it with another secret",
        "客户端打印的签名内容对该请求来说完全正确：它用的是另一个密钥",
    ),
    ("{what}; what is left is the beginning of the right one", "{what}；剩下的部分是正确签名的开头"),
    (
        "this is not a server's error answer; expected XML with `<Code>` or JSON with an error",
        "这不是服务端的错误响应；应为带有 `<Code>` 的 XML 或带有错误的 JSON",
    ),
    (
        "`{name}` holds something that is no byte; expected two hexadecimal digits, or decimal numbers, separated by blanks",
        "`{name}` 中有不是字节的内容；应为以空格分隔的两位十六进制或十进制数",
    ),
    ("the answer exceeds the limit of {limit} MiB", "响应超过了 {limit} MiB 的上限"),
];

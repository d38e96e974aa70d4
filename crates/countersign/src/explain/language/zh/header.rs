//! Headers.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "signed-header-not-sent",
        "`{name|某个请求头}` {how|参与了签名却没有发送}",
        "按签名时的值发送 `{name|该请求头}`，或在签名时去掉它；使用签名 URL 的一方必须发送签名时包含的请求头",
    ),
    text(
        "signed-header-removed-by-proxy",
        "已签名的请求头 `{name|某个请求头}` 在传输途中被删除",
        "不要对 `{name|该请求头}` 签名，或让代理转发它：nginx 用 `proxy_set_header`；`Connection`、`TE` 和 `Expect` \
         从不会通过代理",
    ),
    text(
        "header-added-after-signing",
        "`{name|某个请求头}` {how|是签名之后才加入请求的}",
        "{make|先设置} `{name|该请求头}` {why|再签名：`Content-MD5` 和厂商自己的请求头都要参与签名}",
    ),
    text(
        "header-added-by-proxy",
        "代理或 CDN 添加了 `{name|某个请求头}`，而服务端会把它计入签名",
        "让代理或 CDN 去掉 `{name|该请求头}`：nginx 用 `proxy_set_header {name|NAME} \"\"`",
    ),
    text(
        "x-headers-not-signed",
        "`{name|x-}*` 请求头没有全部参与签名：{how|只签了一部分}",
        "把要发送的 `{name|x-}*` 请求头全部写入待签名字符串：名称小写、冒号、值、换行符，按名称排序",
    ),
    text(
        "header-duplicated-by-case",
        "`{name|某个请求头}` 发送了不止一次",
        "`{name|该请求头}` 只发送一次：排查是否有库或代理又添加了一个，大小写可能不同",
    ),
    text(
        "accept-encoding-rewritten",
        "`accept-encoding` 参与了签名，而代理和前端会改写它",
        "不要把 `accept-encoding` 列入签名的请求头；用 Go SDK 访问 Google 时，可以用中间件在签名前取出它，签名后再放回",
    ),
    text(
        "volatile-header-signed",
        "签名包含了 `{name|某个请求头}`，而客户端和代理可以随意改动它",
        "不要把 `{name|该请求头}` 列入签名的请求头",
    ),
    text(
        "header-whitespace-not-collapsed",
        "`{name|某个请求头}` 的值在签名时{how|对空格做了不同的处理}",
        "按签名方式的规定处理空格：首尾空格一律去掉；中间的连续空格，AWS 合并为一个，OSS 和 V2 签名原样保留；\
         最好不要发送这样的空格",
    ),
    text(
        "header-sort-wrong",
        "请求头在签名时{how|顺序不对}",
        "{remedy|先把名称转成小写，再只按名称排序，最后以 `name:value` 连接，中间不加空格}",
    ),
    text(
        "header-value-newline",
        "`{name|某个请求头}` 的值以{how|换行}结尾",
        "去掉 `{name|该请求头}` 的值末尾的换行：用 `trim()`，或读取文件时去掉最后一个字节",
    ),
    text(
        "header-value-charset",
        "`{name|某个请求头}` 的值在签名时{how|用了不同的字符}",
        "元数据只用 ASCII：自行对值做一次 URL 编码，签名和发送使用同一文本",
    ),
    text(
        "copy-source-not-encoded",
        "`{name|x-amz-copy-source}` {how|在签名时与发送时的编码不同}",
        "`{name|x-amz-copy-source}` 中的 Bucket 和对象键做一次 URL 编码，`/` 不编码，并对实际发送的值签名",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("was signed with this value, and the one it is sent with is not known here", "按这个值参与了签名，而这里不知道发送时的值"),
    ("among those that are not known here may take part in the signature", "（这里不知道的请求头之一）可能参与签名"),
    (
        "was signed, and the request given here names no host: give it, or the whole URL",
        "参与了签名，而这里给出的请求没有域名：请给出域名或完整的 URL",
    ),
    ("takes part in the signature, and its value is not known here", "参与签名，而这里不知道它的值"),
    ("is missing from the signed headers, which must name it", "没有列在 SignedHeaders 中，而它必须列入"),
    ("with their list in the order it was sent in", "把列表按发送的顺序排列"),
    ("with an empty list of additional headers, which is to be left out", "而附加请求头列表为空，应当省略"),
    ("put `;` between two names alone, and leave a list without names out", "`;` 只写在两个名称之间；没有名称时省略整个列表"),
    ("with an empty name in the list of additional headers", "而附加请求头列表中有空的名称"),
    ("with its inner blanks as they are", "保留了中间的空格"),
    ("with each run of blanks as one", "把连续空格合并为一个"),
    ("with the blanks around it", "保留了首尾的空格"),
    ("with the blanks behind it", "保留了末尾的空格"),
    ("with the blanks before it", "保留了开头的空格"),
    ("with its tabs as blanks", "把制表符换成了空格"),
    ("with each run of blanks outside quotes as one", "只合并了引号之外的连续空格"),
    ("with its folded lines joined by one blank", "把折行以一个空格连接"),
    ("with its folded lines joined by nothing", "把折行直接连接"),
    ("with its folded lines kept apart by line feeds", "在折行之间保留了换行符"),
    ("in the order they were sent in", "按发送的顺序排列"),
    ("sorted by `name:value` and not by name", "按 `name:value` 而不是按名称排序"),
    ("sorted before their names were put in lower case", "先排序、后把名称转小写"),
    ("with their names not in lower case", "名称没有转小写"),
    ("with their names not in lower case in the list of signed headers", "签名头列表中的名称不是小写"),
    ("with their names in lower case, and listed in another one", "名称为小写，而列表中不是"),
    ("with their names in lower case, but not those in the list", "名称为小写，但签名的列表中不是"),
    ("sorted by name, and listed in another order", "按名称排序，而列表中是另一种顺序"),
    (
        "stands beside the signature in the URL, and the server takes one of the two alone",
        "与 URL 中的签名同时出现，而服务端只接受其中之一",
    ),
    ("{how}; the one in the URL {url}, the one in the header {header}", "{how}；URL 中的签名{url}，请求头中的签名{header}"),
    ("is right", "正确"),
    ("is another one than the secret gives", "与用该密钥算出的不同"),
    ("leave out", "去掉"),
    (
        "where a URL is signed: it is often set for all requests of an HTTP client",
        "：签名 URL 不需要它，它常被设为 HTTP 客户端所有请求的默认请求头",
    ),
    ("with their names not in lower case, and sorted so", "名称没有转小写，并据此排序"),
    ("with their names not in lower case, in the order they were sent in", "名称没有转小写，且按发送的顺序排列"),
    ("with a blank behind each colon", "每个冒号后有一个空格"),
    ("in an order that is not sorted", "未排序"),
    ("a carriage return and a line feed", "回车符加换行符"),
    ("a line feed", "换行符"),
    ("a line break", "换行"),
    ("as UTF-8", "按 UTF-8 编码"),
    ("as Latin-1", "按 Latin-1 编码"),
    ("as UTF-8 that was taken for Latin-1 and encoded again", "把 UTF-8 误当作 Latin-1 又编码了一次"),
    ("percent-encoded", "做了 URL 编码"),
    ("percent-encoded with `/` and `:` left bare", "做了 URL 编码，`/` 和 `:` 除外"),
    ("as an encoded word of RFC 2047 in Base64", "写成了 RFC 2047 的 Base64 编码字"),
    ("as an encoded word of RFC 2047, quoted", "写成了 RFC 2047 的 Q 编码字"),
    ("sent with bytes that must be escaped", "发送时含有必须编码的字节"),
    ("none", "一个也没签"),
    ("only the date", "只签了日期"),
    ("only the ACL", "只签了 ACL"),
    ("only the metadata", "只签了元数据"),
];

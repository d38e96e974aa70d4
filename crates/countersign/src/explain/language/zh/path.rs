//! The path and the object key.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "key-encode-set-wrong",
        "{part|路径}签名时编码的字符与服务端不同：{what|两种写法见下}",
        "除 A-Z a-z 0-9 - . _ ~ 和对象键中的斜杠外一律编码：Python `quote(key, safe=\"/~\")`，JavaScript 对每一段用 \
         `encodeURIComponent` 再手工编码 ! ' ( ) *，Java 先 `URLEncoder` 再把 `+` 换成 `%20`、`*` 换成 `%2A`、`%7E` 换成 `~`",
    ),
    text("key-not-encoded", "路径在签名时{what|的编码与发送时不同}", "对对象键的 UTF-8 字节做 URL 编码，签名和发送使用同一结果"),
    text(
        "key-encoded-in-resource",
        "签名用了编码后的对象键，而该签名方式要求用未编码的",
        "交给签名程序的应是控制台显示的原始对象键，只在 URL 中编码",
    ),
    text(
        "plus-vs-space",
        "路径在签名时{exchange|把空格和 `+` 弄反了}",
        "对象键中的 `+` 发送为 `%2B`，空格发送为 `%20`，签名也用同样的写法；面向表单的函数（`URLEncoder`、`quote_plus`、\
         `urlencode`）会把空格写成 `+`，把 `+` 读成空格",
    ),
    text(
        "double-encoded-path",
        "路径在签名时{what|比发送时多做或少做了一次 URL 编码}",
        "传给 SDK 的应是未编码的对象键：S3、OSS 及其兼容服务对编码一次的路径签名，其他 AWS 服务编码两次（SDK 开关：JavaScript \
         `uriEscapePath`，Go `DisableURIPathEscaping`，Java `doubleUrlEncode`）",
    ),
    text(
        "percent-hex-case",
        "{place|签名内容中}的转义在签名时用了{case|另一种大小写}",
        "转义用大写十六进制，写 `%2F` 而不是 `%2f`；.NET 的 `HttpUtility.UrlEncode` 写的就是小写",
    ),
    text(
        "slash-encoded-in-key",
        "对象键在签名时{what|对斜杠的编码与发送时不同}",
        "编码时保留对象键中的斜杠：逐段编码，不要对整个对象键编码",
    ),
    text(
        "url-renormalised-by-client",
        "HTTP 库在签名之后重新编码了 URL；签名时路径的写法：{what}",
        "原样传递签好的 URL，作为一个完整的字符串，不要拆开再拼：Java `URI.create(url)`，Spring 用 `URI` 而不是模板字符串，\
         Swift `URLComponents.percentEncodedPath`",
    ),
    text(
        "path-normalised",
        "路径在签名时{what|做了与发送时不同的规整}",
        "签名的路径要与发送的完全一致：对象键可以以 `/` 开头，也可以含有 `//`；关闭路径规整（curl `--path-as-is`，nginx \
         `merge_slashes off` 且 `proxy_pass` 不带路径，SDK 关闭 `normalizePath`）",
    ),
    text(
        "path-rewritten-by-proxy",
        "路径在传输途中被改写：签名时{what|是另一种形式}",
        "让代理原样转发路径：nginx 的 `proxy_pass http://upstream;` 在域名之后不带路径，重写时用 `$request_uri`；\
         或按服务端看到的路径签名",
    ),
    text("key-leading-slash-missing", "签名的路径开头缺少 `/`", "签名的路径以 `/` 开头，没有对象键时也是如此"),
    text(
        "unicode-form",
        "对象键签名时用的 Unicode 形式是{form}，发送的是另一种形式",
        "签名和发送之前把文件名统一成一种形式，最好是 NFC：Python `unicodedata.normalize(\"NFC\", key)`，JavaScript \
         `key.normalize(\"NFC\")`；从 macOS 读到的文件名是分解形式",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("with one `/` for `//`", "把 `//` 合并为 `/`"),
    ("with `//` as it was sent", "保留了发送时的 `//`"),
    ("with `.` and `..`, which the client resolves", "保留了 `.` 和 `..`，而客户端会化简它们"),
    ("with `.` and `..` resolved", "解析了 `.` 和 `..`"),
    ("with `.` and `..` resolved and one `/` for `//`", "解析了 `.` 和 `..`，并把 `//` 合并为 `/`"),
    ("without the `/` at its end", "末尾没有 `/`"),
    ("with a `/` at its end", "末尾带有 `/`"),
    ("with `//` for `/`", "把 `/` 写成了 `//`"),
    ("with `/./` before the key", "对象键之前有 `/./`"),
    ("with `/../` before the key", "对象键之前有 `/../`"),
    ("with `\\` for `/`", "把 `/` 写成了 `\\`"),
    ("with `/` for `\\`", "把 `\\` 写成了 `/`"),
    ("without `{prefix}` at its start", "开头没有 `{prefix}`"),
    ("with `{prefix}` at its start", "开头带有 `{prefix}`"),
    ("as `{path}`, the path the proxy was asked for", "是 `{path}`，即代理收到的路径"),
    ("NFC (composed)", "NFC（组合形式）"),
    ("NFD (decomposed)", "NFD（分解形式）"),
    ("NFKC (composed, compatibility characters replaced)", "NFKC（组合形式，并替换兼容字符）"),
    ("as JavaScript's `encodeURIComponent` does", "按 JavaScript 的 `encodeURIComponent` 编码"),
    ("as JavaScript's `encodeURI` does", "按 JavaScript 的 `encodeURI` 编码"),
    ("as Java's `URLEncoder` does", "按 Java 的 `URLEncoder` 编码"),
    ("as Java's `URLEncoder` does, `+` replaced by `%20`", "按 Java 的 `URLEncoder` 编码，并把 `+` 换成 `%20`"),
    ("the query", "查询参数"),
    ("as Python's `quote` does, `/` left bare", "按 Python 的 `quote` 编码，`/` 未编码"),
    ("as Python's `quote` did before 3.7, `~` as `%7E`", "按 3.7 之前 Python 的 `quote` 编码，`~` 写成 `%7E`"),
    ("as Go's `EscapedPath` does", "按 Go 的 `EscapedPath` 编码"),
    ("with all that RFC 3986 allows in a path left bare", "RFC 3986 允许出现在路径中的字符都未编码"),
    ("with `{sign}` escaped", "`{sign}` 做了编码"),
    ("with `{sign}` left bare", "`{sign}` 未编码"),
    ("as S3 and OSS want it", "按 S3 和 OSS 的要求编码"),
    ("as it stands in the request line", "与请求行中的写法相同"),
    ("without escapes", "未编码"),
    ("with escapes for ASCII alone", "只编码了 ASCII 字符"),
    ("in Latin-1, escaped", "用 Latin-1 字符集，做了 URL 编码"),
    ("in Latin-1, without escapes", "用 Latin-1 字符集，未编码"),
    ("in GBK, escaped", "用 GBK 字符集，做了 URL 编码"),
    ("in GBK, without escapes", "用 GBK 字符集，未编码"),
    ("in UTF-8, while GBK was sent", "用的是 UTF-8，而发送的是 GBK"),
    ("in UTF-8 without escapes, while GBK was sent", "用的是 UTF-8 且未编码，而发送的是 GBK"),
    ("in UTF-8, while Latin-1 was sent", "用的是 UTF-8，而发送的是 Latin-1"),
    ("in UTF-8 without escapes, while Latin-1 was sent", "用的是 UTF-8 且未编码，而发送的是 Latin-1"),
    ("{signed} in place of {sent}", "把{sent}写成了{signed}"),
    ("{signed} in place of every blank and plus sign", "把所有空格和加号都写成了{signed}"),
    ("percent-encoded twice", "做了两次 URL 编码"),
    ("percent-encoded three times", "做了三次 URL 编码"),
    ("percent-encoded once, as only S3 wants it", "只做了一次 URL 编码，而只有 S3 要求如此"),
    ("percent-encoded once less than the path that was sent", "比发送的路径少做了一次 URL 编码"),
    ("`/` as `%2F`", "把 `/` 写成了 `%2F`"),
    ("`%2F` as `/`", "把 `%2F` 写成了 `/`"),
    ("in the path", "路径中"),
    ("in the parameters", "参数中"),
    ("in the names of parameters", "参数名中"),
    ("in the values of parameters", "参数值中"),
    ("in path and parameters", "路径和参数中"),
    ("lower-case digits", "小写十六进制"),
    ("upper-case digits", "大写十六进制"),
    ("with hexadecimal digits in the other case", "十六进制用了另一种大小写"),
    ("with every escape in path and query in its usual form", "路径和查询字符串中的转义都是常规写法"),
];

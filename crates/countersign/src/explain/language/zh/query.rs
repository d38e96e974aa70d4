//! The parameters.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "subresource-not-signed",
        "签名的资源缺少子资源 `{name}`",
        "把 `{name}` 加入签名的资源：`?name=value`，按名称排序，值不编码",
    ),
    text(
        "non-subresource-signed",
        "签名的资源中含有不属于它的 `{name}`",
        "从待签名字符串中去掉 `{name}`：只有厂商规定的子资源（`acl`、`uploads`、`partNumber`、`response-...`）属于资源",
    ),
    text("subresource-value-encoded", "参数值在签名时{what|的编码与服务端不同}：`{name}`", "对原始值签名，只在 URL 中编码"),
    text(
        "query-added-after-signing",
        "URL 签名时没有 `{name}`，它是之后加上的",
        "先加上 `{name}` 再签名；签好的 URL 不能再附加任何参数，防缓存、统计和图片处理参数也不行",
    ),
    text(
        "query-dropped-after-signing",
        "`{value}` 参与了签名，却已不在 URL 中",
        "发送时 URL 要带上签名时的全部参数；检查路由、CDN 规则或日志是否丢掉了 `{name}`",
    ),
    text(
        "query-not-signed",
        "规范请求中没有查询字符串",
        "对所有参数签名：`name=value`，先编码，再按名称排序，用 `&` 连接，写在规范请求的第三行",
    ),
    text(
        "query-not-sorted",
        "参数在签名时{order|顺序不对}",
        "按编码后的名称以字节序排序，大写在小写之前；不要用与语言相关的排序规则",
    ),
    text("query-sorted-by-pair", "参数在签名时{order}", "先按编码后的名称排序，同名时再按编码后的值排序；`=` 不参与排序"),
    text(
        "query-empty-value-no-equals",
        "没有值的参数在签名时{what|用了另一种写法}：`{name}`",
        "S3 把 `?acl` 签作 `acl=`；OSS 以及各 V1、V2 签名方式签作 `acl`",
    ),
    text(
        "query-space-as-plus",
        "参数在签名时{what|把空格和 `+` 弄反了}",
        "空格写成 `%20`，加号写成 `%2B`，URL 与规范查询字符串一致：Python `urlencode(..., quote_via=quote)`，Java 先 \
         `URLEncoder` 再把 `+` 换成 `%20`",
    ),
    text(
        "query-double-encoded",
        "参数值在签名时{what|比发送时多编码或少编码了一次}：`{name}`",
        "每个值都从原始形式编码一次，规范查询字符串和 URL 都用它",
    ),
    text(
        "query-renormalised",
        "查询字符串在签名之前{what}",
        "先按 `&` 和 `=` 拆分，再解码；保留重复的参数，最好每个参数只发送一次",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("left in the order of the URL", "保持 URL 中的顺序"),
    ("sorted without regard to case", "忽略大小写排序"),
    ("sorted as whole `name=value` strings", "按整个 `name=value` 字符串排序"),
    ("sorted by their names without escapes", "按未编码的名称排序"),
    ("sorted as `name=value` strings without escapes", "按未编码的 `name=value` 字符串排序"),
    ("sorted by name, those of one name left in the order of the URL", "按名称排序，同名参数保持 URL 中的顺序"),
    ("cut apart after its escapes were undone", "先解码再拆分"),
    ("reduced to the first parameter of each name", "同名参数只保留了第一个"),
    ("reduced to the last parameter of each name", "同名参数只保留了最后一个"),
    ("reduced to one parameter of each name, its values joined by commas", "同名参数合并成了一个，值以逗号连接"),
    ("with escapes", "做了编码"),
    ("as it stands in the URL", "用了 URL 中的写法"),
    ("with its escapes undone twice", "被解码了两次"),
    ("with a blank for `+`", "把 `+` 写成了空格"),
    ("with `+` for a blank", "把空格写成了 `+`"),
    ("without `=`", "不带 `=`"),
    ("with `=`", "带有 `=`"),
    ("left out", "被漏掉"),
    ("escaped twice", "编码了两次"),
];

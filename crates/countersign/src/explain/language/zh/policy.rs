//! Tokens and policies that carry their own signed text.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "policy-bytes-reserialised",
        "policy 签名时的字节与发送时不同：签名时{what}",
        "policy 只生成一次、只编码一次，签名和发送使用同一文本：解析后再写出的 JSON 已是另一段文本",
    ),
    text("policy-not-base64", "发送的 policy {what}", "policy 应发送为{wants}，并对实际发送的文本逐字签名"),
    text(
        "token-malformed",
        "{thing|凭证}的格式服务端无法识别：{what}",
        "{do|完整取用签名程序给出的内容}；{thing|凭证}要用厂商的 SDK 生成，或严格按其文档逐字节生成",
    ),
    text(
        "policy-condition-failed",
        "policy 不允许本次上传：{what}",
        "服务端会返回{answer|错误}：按 policy 的要求发送，或签发允许本次上传的 policy。表单需要条件与所发送的值相等，\
         或条件是该值的前缀；上传凭证的 `scope` 应为 `bucket:key`，或 `bucket:prefix` 且 `isPrefixalScope` 为 1，或只写空间名",
    ),
    text(
        "policy-extra-field",
        "表单含有 policy 没有提到的表单域：{fields|以服务端的说明为准}",
        "服务端会返回{answer|错误}：签 policy 之前为每个表单域添加条件 `[\"starts-with\", \"${field|name}\", \"\"]` \
         或带具体值的条件，或不发送该表单域",
    ),
    text(
        "policy-expired",
        "policy 的 `expiration` 对本次上传无效：{what}",
        "服务端会返回{answer|错误}：每次上传前临时签发 policy，检查签发机器的时钟，过期时间用 UTC，如 `2026-03-14T16:00:00Z`",
    ),
    text(
        "policy-field-order",
        "表单域不在服务端查找的位置：{what}",
        "服务端会返回{answer|错误}：`key`、`policy` 和签名的表单域放在前面，`file` 放在最后，名称的写法与 policy 一致",
    ),
    text(
        "policy-type-wrong",
        "policy 中有服务端不接受的内容：{what}",
        "服务端会返回{answer|错误}：表单的 policy 要有 `expiration` 和 `conditions` 列表；上传策略中数字不加引号，并要有 \
         `scope` 和以秒为单位的 `deadline`",
    ),
    text(
        "form-malformed",
        "服务端不接受这样的表单：{what}",
        "服务端会返回{answer|错误}：只发送一个文件，并遵守厂商对表单域和文件的限制",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("`{name}` stands behind the file, where nobody reads it", "`{name}` 在文件之后，那里不会被读取"),
    ("{first}; {rest}", "{first}；{rest}"),
    (
        "policy and form spell `{name}` in different cases, and it is not published whether that matters",
        "policy 与表单中 `{name}` 的大小写不同，而是否区分大小写没有公开说明",
    ),
    ("as the Base64 of the JSON", "是 JSON 的 Base64"),
    ("as the JSON under the Base64", "是 Base64 编码之前的 JSON"),
    ("as the Base64 of its Base64", "做了两次 Base64"),
    ("URL-safe Base64, with `-`, `_` and padding", "URL 安全 Base64（含 `-`、`_` 和填充）"),
    ("Base64, with `+`, `/` and padding", "标准 Base64（含 `+`、`/` 和填充）"),
    ("as JSON", "是 JSON"),
    ("in the standard alphabet, with `{sign}` at offset {at}", "用了标准字母表，偏移 {at} 处是 `{sign}`"),
    ("in the URL-safe alphabet, with `{sign}` at offset {at}", "用了 URL 安全字母表，偏移 {at} 处是 `{sign}`"),
    ("without blanks", "不含空格"),
    ("with a blank behind each `,` and `:`", "每个 `,` 和 `:` 后有一个空格"),
    ("indented by 2", "缩进 2 个空格"),
    ("indented by 4", "缩进 4 个空格"),
    (", other than ASCII as `\\uXXXX` as Python does", "，非 ASCII 字符写成 `\\uXXXX`（Python 的写法）"),
    (", `/` as `\\/`", "，`/` 写成 `\\/`"),
    (
        ", `/` as `\\/` and other than ASCII as `\\uXXXX` as PHP does",
        "，`/` 写成 `\\/`，非 ASCII 字符写成 `\\uXXXX`（PHP 的写法）",
    ),
    (", `<`, `>` and `&` as codes as Go does", "，`<`、`>` 和 `&` 写成转义码（Go 的写法）"),
    (", `<`, `>`, `&`, `=` and `'` as codes as Gson does", "，`<`、`>`、`&`、`=` 和 `'` 写成转义码（Gson 的写法）"),
    (", quotes and other than ASCII as codes as .NET does", "，引号和非 ASCII 字符写成转义码（.NET 的写法）"),
    (", its members sorted", "，成员经过排序"),
    (", with a line feed at its end", "，末尾带有换行符"),
    ("without a byte order mark", "没有字节序标记（BOM）"),
    ("with a line feed at its end", "末尾带有换行符"),
    ("with a carriage return and a line feed at its end", "末尾带有回车符和换行符"),
    ("without blanks around it", "首尾没有空白"),
    ("with a byte order mark", "带有字节序标记（BOM）"),
    ("with a carriage return before each line feed", "每个换行符前有回车符"),
    ("with line feeds alone at the ends of lines", "行尾只有换行符"),
    ("in the URL-safe alphabet", "用了 URL 安全字母表"),
];

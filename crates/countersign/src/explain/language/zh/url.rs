//! A URL damaged on its way.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "url-ampersand-escaped",
        "URL 仍带有其他格式的转义：{what}",
        "使用之前先还原 URL 的转义：用 JSON 或 HTML 解析器读取，不要从文本中直接复制；关闭 JSON 输出的 HTML 转义（Go \
         `SetEscapeHTML(false)`，Gson `disableHtmlEscaping()`）；不要对整个 URL 编码",
    ),
    text(
        "url-truncated",
        "URL 被截断：{what}",
        "从来源重新取 URL：它可能在引号、换行、Shell 命令中未加引号的 `&` 处被截断，或超出了数据库列的长度",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("it ends within an escape, `{escape}`", "在转义 `{escape}` 的中间结束"),
    ("its signature has {found} characters and should have {due}", "签名有 {found} 个字符，应为 {due} 个"),
    ("`{found}` at its end", "末尾有 `{found}`"),
    ("`{found}` for `{due}`", "`{due}` 写成了 `{found}`"),
    ("{names} are missing", "缺少 {names}"),
    ("{names} is missing", "缺少 {names}"),
];

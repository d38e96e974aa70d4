//! What the readers of JSON and UTF-8 say, in Chinese. They are libraries, and tell their faults in English alone.

use core::fmt::{self, Write};

/// The words of the JSON reader, which are followed by a line and a column.
static JSON: [(&str, &str); 21] = [
    ("EOF while parsing a list", "列表未结束"),
    ("EOF while parsing an object", "对象未结束"),
    ("EOF while parsing a string", "字符串未结束"),
    ("EOF while parsing a value", "值未结束"),
    ("expected `:`", "应为 `:`"),
    ("expected `,` or `]`", "应为 `,` 或 `]`"),
    ("expected `,` or `}`", "应为 `,` 或 `}`"),
    ("expected ident", "应为 `true`、`false` 或 `null`"),
    ("expected value", "应为值"),
    ("expected `\"`", "应为 `\"`"),
    ("invalid escape", "转义不正确"),
    ("invalid number", "数字不正确"),
    ("number out of range", "数字超出范围"),
    ("invalid unicode code point", "Unicode 码位不正确"),
    ("control character (\\u0000-\\u001F) found while parsing a string", "字符串中有控制字符"),
    ("key must be a string", "名称应为字符串"),
    ("lone leading surrogate in hex escape", "转义中的代理项不成对"),
    ("trailing comma", "末尾多了逗号"),
    ("trailing characters", "末尾多了字符"),
    ("unexpected end of hex escape", "十六进制转义不完整"),
    ("recursion limit exceeded", "嵌套过深"),
];

pub(super) fn write(said: &str, out: &mut dyn Write) -> fmt::Result {
    if let Some((words, place)) = said.rsplit_once(" at line ")
        && let Some((line, column)) = place.split_once(" column ")
        && let Some((_, chinese)) = JSON.iter().find(|(own, _)| *own == words)
    {
        return write!(out, "第 {line} 行第 {column} 列：{chinese}");
    }
    let at = said.strip_prefix("invalid utf-8 sequence of ").or_else(|| said.strip_prefix("incomplete utf-8 byte sequence"));
    match at.and_then(|rest| rest.split_once("from index ")) {
        Some((_, index)) => write!(out, "偏移 {index} 处不是 UTF-8"),
        None => out.write_str(said),
    }
}

//! Simplified Chinese, but for its sentences: how it tells spans, what stands in other libraries' English, and where
//! blanks go.

use super::Sentences;
use crate::phrase::{Tongue, in_units};
use alloc::string::{String, ToString};
use core::fmt::{self, Write};

impl Tongue for Sentences {
    // A report has some dozens of phrases, and the search makes none of them into text: going through a thousand is
    // a microsecond, and needs no table beside the one here.
    fn text(&self, english: &'static str) -> &'static str {
        self.phrases.iter().copied().flatten().find(|(own, _)| *own == english).map_or(english, |(_, chinese)| chinese)
    }

    fn span(&self, seconds: u64) -> String {
        let counted = |count: u64, unit: &str| [&*count.to_string(), " ", unit].concat();
        in_units(seconds, ["天", "小时", "分钟", "秒"], counted, " ")
    }

    fn reader(&self, said: &str, out: &mut dyn Write) -> fmt::Result {
        reader(said, out)
    }

    fn needs_blank(&self, before: char, behind: char) -> bool {
        let is_latin = |c: char| c.is_ascii_alphanumeric() || c == '`';
        (is_han(before) && is_latin(behind)) || (is_latin(before) && is_han(behind))
    }
}

/// Whether a character is one of the Chinese ones, punctuation not counted.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// The words of the JSON reader, a library that tells its faults in English alone. They are followed by a line and a column.
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

/// What the readers of JSON and UTF-8 say.
fn reader(said: &str, out: &mut dyn Write) -> fmt::Result {
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

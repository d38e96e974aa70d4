//! What was assumed or repaired when an input was read, in Chinese.

use crate::text::figures::grouped;
use countersign_capture::{Decoration, Note};

/// One sentence: what was done, and what would be better where something is missing.
pub(super) fn note(note: &Note) -> String {
    match note {
        Note::Utf16 => "文本是 UTF-16 编码，已按此读取".to_owned(),
        Note::NotUtf8(at) => format!("文本在偏移 {at} 处不是 UTF-8，其中的坏字节按 U+FFFD 读取"),
        Note::Undecorated(Decoration::QuoteMarks) => "已去掉每行开头的引用符号".to_owned(),
        Note::Undecorated(Decoration::LineNumbers) => "已去掉每行开头的行号".to_owned(),
        Note::Undecorated(_) => "命令中的弯引号已当作直引号".to_owned(),
        Note::UrlUnescaped => "URL 摘自 JSON 或 HTML，其中的转义已还原".to_owned(),
        Note::TokenMended => "凭证经过百分号编码或被折成多行，已还原后读取".to_owned(),
        Note::BodyMissing(Some(bytes)) => {
            format!("文本中没有请求体（{} 字节）：与它有关的签名内容取自请求头", grouped(*bytes))
        }
        Note::BodyMissing(None) => "文本中没有请求体：与它有关的签名内容取自请求头".to_owned(),
        Note::BodyInFile(name) => format!("请求体在文件 `{name}` 中，不会读取它：与它有关的签名内容取自请求头"),
        Note::BodyLength { stated, found } => {
            format!("`Content-Length` 写的是 {} 字节，而这里的请求体有 {} 字节", grouped(*stated), grouped(*found))
        }
        Note::LineEndLeftOut => "`Content-Length` 不包括最后一个换行符，已将它去掉".to_owned(),
        Note::FileInForm { field, file } => format!("表单域 `{field}` 中的文件 `{file}` 不会读取，这一部分按空处理"),
        Note::FormTextCut { field, rest } => format!(
            "表单域 `{field}` 中，`curl` 只发送 `;` 之前的内容，不发送 `{rest}`；改用 `--form-string` 或给值加上双引号即可完整发送"
        ),
        Note::TypeByCurl(media) => format!("`curl` 会自行加上 `Content-Type: {media}`，服务端会看到它"),
        Note::TypeByClient(client, media) => format!("`{client}` 会自行加上 `Content-Type: {media}`，服务端会看到它"),
        Note::TypeNotNamed => {
            "代码的调用没有写明 `Content-Type`，客户端可能自行加上一个，服务端会看到它；请写明以便确定".to_owned()
        }
        Note::Expression(name) => format!("`{name}` 在代码中是变量或表达式，这里不知道它的值；请换成实际的值"),
        Note::UrlAlone => {
            "代码中只读出了 URL，按不带请求头打开它处理：`--method` 可指定方法，粘贴原始 HTTP 请求或 `curl` 命令则可读出全部"
                .to_owned()
        }
        Note::DotSegments("curl") => "`curl` 发送前会化简路径中的 `.` 和 `..`；`--path-as-is` 可保持原样".to_owned(),
        Note::DotSegments(client) => format!("`{client}` 发送前会化简路径中的 `.` 和 `..`"),
        Note::UrlRespelled(client) => format!("`{client}` 发送前会按自己的方式转义路径和查询串，服务端看到的是转义后的"),
        Note::UrlEscaped => "URL 中有空格或非 ASCII 字符；这里按客户端发送时的样子转义后读取".to_owned(),
        Note::Variable(name) => format!("`${name}` 由 Shell 填入，这里不知道它的值；请换成实际的值"),
        Note::UnclosedQuote => "命令中有引号没有闭合，可能被截断了".to_owned(),
        Note::BareAmpersand => "命令中的 URL 没有加引号，Shell 会在第一个 `&` 处截断它；这里按加了引号读取".to_owned(),
        Note::HttpAssumed => "命令中的 URL 没有写 `https://`，`curl` 会使用 `http://`".to_owned(),
        Note::SecretInCommand(id) => format!("命令行中带有 `{id}` 的密钥，请把它从 Shell 的历史记录中删除"),
        Note::SignedByCurl(parameters) => format!("该请求由 `curl` 自己签名（`--aws-sigv4 {parameters}`）"),
        Note::Masked(name) => format!("文本中的 `{name}` 已被打码，缺了它无法验签"),
        Note::Unsigned(count) => format!("略去 {} 个没有签名的请求", grouped(*count as u64)),
        Note::Preflights(count) => format!("略去浏览器的 {} 个预检请求", grouped(*count as u64)),
        Note::ClientText => "客户端打印了它签名的内容，已与请求对照".to_owned(),
        // The list may grow; its code is better than nothing.
        other => other.code().to_owned(),
    }
}

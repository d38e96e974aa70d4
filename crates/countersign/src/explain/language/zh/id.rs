//! The access key id and the session token.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "access-key-surrounding-whitespace",
        "发送的 AccessKey ID 带有{what}",
        "在保存 ID 的地方去掉它；用 `cat -A` 查看 ID 所在的那一行",
    ),
    text(
        "access-key-unknown",
        "服务端不认识{what|这个 AccessKey ID}",
        "确认该 ID 属于{host|该服务端}：同一厂商、同一环境，且没有被删除、禁用或轮换{token|}",
    ),
    text(
        "credential-of-another-product",
        "这个 AccessKey ID 看起来是{product}，而 `{host}` 不接受这类 ID",
        "在 `{host}` 所属厂商的控制台为对象存储服务创建 AccessKey",
    ),
    text(
        "security-token-missing",
        "AccessKey ID 以 `{prefix}` 开头，属于临时凭证，而{place|请求}中没有安全令牌",
        "以 `{name}` 发送随该 ID 一起签发的安全令牌，并让它和其他内容一起参与签名",
    ),
    text(
        "security-token-not-signed",
        "安全令牌 `{name}` {what}",
        "在签名之前而不是之后把 `{name}` 放入请求，并原样发送签名时的内容",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("{blank} at offset {at} of {length}", "{blank}，偏移 {at}，共 {length} 字节"),
    ("a blank (U+0020) before it", "前置的空格（U+0020）"),
    ("an escaped blank, `{escape}`", "编码后的空白 `{escape}`"),
    ("a carriage return", "回车符"),
    ("a tab", "制表符"),
    ("a blank", "空格"),
    ("a no-break space", "不间断空格"),
    ("a byte order mark", "字节序标记（BOM）"),
    ("an invisible character", "不可见字符"),
    ("{name} (U+{code})", "{name}（U+{code}）"),
    ("this server", "该服务端"),
    ("the session token, or not as that of this access key id", "这个安全令牌，或它不属于这个 AccessKey ID"),
    ("; take id, secret and token from one and the same answer", "；ID、密钥和安全令牌要取自同一次签发"),
    ("the id of a WeChat mini-program", "微信小程序的 AppID"),
    ("an OAuth or OpenID token", "OAuth 或 OpenID 令牌"),
    ("a mail or console login", "邮箱或控制台登录名"),
    ("an account or application number", "账号或应用编号"),
    (" in its URL", "它的 URL"),
    ("left out of", "没有参与签名"),
    ("signed and not sent with", "参与了签名却没有发送"),
    ("an id of Tencent Cloud", "腾讯云的 ID"),
    ("an id of Alibaba Cloud", "阿里云的 ID"),
    ("an id of Google Cloud Storage", "Google Cloud Storage 的 ID"),
    ("an id of Amazon Web Services", "AWS 的 ID"),
];

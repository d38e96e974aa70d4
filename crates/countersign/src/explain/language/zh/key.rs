//! 密钥：从控制台到签名程序之间被弄坏，或用法不对。

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "secret-surrounding-whitespace",
        "签名时所用的密钥带有{what}",
        "保存密钥时去掉多余的空白；从文件读取时去掉末尾的换行：`printf` 不写换行，`echo` 会写",
    ),
    text(
        "secret-special-char-mangled",
        "签名所用的密钥已被改动：{what}",
        "在读取密钥的地方正确引用它：Shell 中用单引号，compose 文件中 `$` 写作 `$$`，`.env` 文件中不要转义",
    ),
    text(
        "secret-truncated",
        "签名所用的密钥不完整或有重复：{what}",
        "重新完整复制密钥；检查保存它的输入框、数据库列或变量是否够长",
    ),
    text(
        "secret-lookalike-character",
        "密钥中有字符被认成了形近的字符：{what}",
        "不要手工输入密钥，请从控制台或下载的文件中复制",
    ),
    text("secret-base64-decoded", "HMAC 的密钥用成了{what}", "直接以密钥字符串本身的字节作为 HMAC 的密钥；它不是任何内容的编码"),
    text(
        "ak-sk-swapped",
        "AccessKey ID 与密钥放反了：{what}",
        "请求里放 ID，HMAC 用密钥；如果密钥已随请求发出，它就已泄露，请立即更换这一对 AccessKey",
    ),
    text(
        "hmac-args-swapped",
        "调用 HMAC 时密钥与消息两个参数放反了：{what}",
        "查清所用 HMAC 函数的参数顺序：密钥（或上一步派生的密钥）是 key 参数",
    ),
    text(
        "sigv4-key-derivation-wrong",
        "签名密钥的派生方法不对：{what}",
        "前缀加密钥作为起点，依次对日期、地域、服务、终止串做 HMAC，每一步都以上一步结果的原始字节为密钥",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    (
        "no blanks around it: the secret given here has some, the client's has none",
        "首尾没有空白：这里给出的密钥有，客户端所用的没有",
    ),
    ("{blank} at its end, at offset {at}", "末尾的{blank}（偏移 {at}）"),
];

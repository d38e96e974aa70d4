//! Simplified Chinese, one file per topic.
//!
//! It is written as the vendors' Chinese documents write, not word for word. One word per idea, here, in the command
//! and in the data of error codes:
//!
//! | idea | Chinese |
//! | --- | --- |
//! | secret; key of an HMAC; signing key (derived) | 密钥; HMAC 的密钥; 派生签名密钥 |
//! | access key id; the pair of id and secret | AccessKey ID; AccessKey (COS: SecretId, SecretKey) |
//! | temporary credentials; session token | 临时凭证; 安全令牌 |
//! | signature; to sign; to verify | 签名; 签名 (签名时); 验签 |
//! | signed text (of any document); string to sign; canonical request | 签名内容; 待签名字符串; 规范请求 |
//! | scheme; signature version; scope; region; service | 签名方式; 签名版本; 凭证范围; 地域; 服务名 |
//! | client; server; vendor; proxy; the way between them | 客户端; 服务端; 厂商; 代理; 传输途中 |
//! | request; answer; verb; header; body; part of a form | 请求; 响应; 请求方法; 请求头; 请求体; 表单的部分 |
//! | content type; URL; host; path; query; parameter | Content-Type; URL; 域名; 路径; 查询字符串; 参数 |
//! | endpoint; custom domain; path style; sub-resource | Endpoint; 自定义域名; 路径风格; 子资源 |
//! | bucket; object; key | Bucket (COS: 存储桶, Kodo: 空间); 对象; 对象键 (Kodo: `key`) |
//! | upload form; its fields; fields of JSON | 上传表单; 表单域; 字段 |
//! | policy of a form; its condition; its end | policy; 条件; 过期时间 |
//! | put policy; upload token; management credential | 上传策略; 上传凭证; 管理凭证 |
//! | private link; timestamp link; token of any kind | 私有下载链接; 时间戳防盗链; 凭证 |
//! | upload callback; its variables | 上传回调; 变量 |
//! | chunk; trailer; seed, previous signature; part of a multipart upload | 分块; 尾部字段; 种子签名, 前一签名; 分片 |
//! | time of signing; life; the end; expired; clock skew | 签名时间; 有效期; 截止时间; 已过期; 时钟偏差 |
//! | percent-encoded; double-encoded; decoded; escapes; bare | URL 编码; 重复编码; 解码; 转义; 未编码 |
//! | line feed; carriage return; blank; white space; tab | 换行符; 回车符; 空格; 空白; 制表符 |
//! | byte order mark; offset; hash; digest; checksum; capture | 字节序标记（BOM）; 偏移; 哈希; 摘要; 校验和; 抓包 |
//! | COS signature for one use, for several uses | 单次有效签名; 多次有效签名 |
//! | cause; finding; proved; likely; mistake; to fix | 原因; 结论; 已证实; 很可能; 错误; 修复 |
//! | X is missing; empty; occurs twice; expected Y | 缺少 X; X 为空; X 出现两次; 应为 Y |
//!
//! Commas, colons and brackets between Chinese words are full-width ones, quotes are “ ”, a blank stands between
//! Chinese and Latin letters, digits and code in backticks, and no sentence ends in a full stop, as the English does not.
//! Beside a place no blank needs to be written: it is put there when what fills the place wants one.

mod answer;
mod body;
mod callback;
mod chunks;
mod cos;
#[cfg(feature = "policy")]
mod form;
mod header;
mod host;
mod id;
mod key;
mod kodo;
#[cfg(feature = "policy")]
mod lint;
mod method;
mod path;
mod policy;
mod query;
mod request;
mod scope;
mod text;
mod time;
mod url;
mod vendor;

use super::{CauseText, Pair, Sentences, text};

/// All sentences about causes.
pub(super) static TOPICS: &[&[CauseText]] = &[
    answer::CAUSES,
    key::CAUSES,
    id::CAUSES,
    time::CAUSES,
    method::CAUSES,
    path::CAUSES,
    host::CAUSES,
    query::CAUSES,
    url::CAUSES,
    header::CAUSES,
    body::CAUSES,
    scope::CAUSES,
    text::CAUSES,
    policy::CAUSES,
    vendor::CAUSES,
    chunks::CAUSES,
];

/// All other words, but those that are the same in Chinese.
pub(super) static PHRASES: &[&[Pair]] = &[
    request::PHRASES,
    answer::PHRASES,
    key::PHRASES,
    id::PHRASES,
    time::PHRASES,
    method::PHRASES,
    path::PHRASES,
    host::PHRASES,
    query::PHRASES,
    url::PHRASES,
    header::PHRASES,
    body::PHRASES,
    scope::PHRASES,
    text::PHRASES,
    policy::PHRASES,
    vendor::PHRASES,
    chunks::PHRASES,
    kodo::PHRASES,
    cos::PHRASES,
    callback::PHRASES,
    #[cfg(feature = "policy")]
    form::PHRASES,
    #[cfg(feature = "policy")]
    lint::PHRASES,
];

/// All of it.
pub(super) static SENTENCES: Sentences = Sentences { topics: TOPICS, phrases: PHRASES };

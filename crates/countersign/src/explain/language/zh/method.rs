//! The verb.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "method-mismatch",
        "签名用的请求方法是 {verb}，发送的却是 {sent}",
        "按实际使用的请求方法签名：为 {verb} 签名的 URL 只能用于 {verb}，浏览器还会自行发送 OPTIONS 和 HEAD",
    ),
    text(
        "method-case",
        "请求方法在签名时{signed|是一种大小写}，发送时{sent|是另一种}",
        "两处的请求方法要用相同的大小写；多数签名方式用大写，COS 的签名内容用小写",
    ),
    text(
        "method-rewritten-by-proxy",
        "请求方法在客户端与服务端之间被改变",
        "让代理原样传递请求方法：301 和 302 重定向会把 POST 变成 GET，请改用 307 或 308；检查 `proxy_method`",
    ),
];

pub(super) static PHRASES: &[Pair] = &[(" as `{verb}`", "写作 `{verb}`")];

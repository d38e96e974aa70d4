//! Host, bucket and resource.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "host-rewritten-by-proxy",
        "签名时的域名是 `{host}`（{source|请求中的域名}），而请求到达时 `Host` 已不同",
        "让代理透传 `Host`：nginx 用 `proxy_set_header Host $http_host;`，Apache 用 `ProxyPreserveHost On`；\
         或按服务端看到的域名签名",
    ),
    text(
        "host-port-mismatch",
        "域名在签名时{what|所带的端口与服务端看到的不同}：`{host}`",
        "签名的域名要带端口，除非是 http 的 80 或 https 的 443；经过 nginx 时用 `proxy_set_header Host $http_host;`，因为 \
         `$host` 会丢掉端口",
    ),
    text(
        "host-changed-after-signing",
        "签名用的域名是 `{host}`，请求却发往另一个域名",
        "按请求实际发往的域名签名：在签名程序中设置 Endpoint（自定义域名、内网、传输加速、双栈），不要在签好的 URL 中替换域名",
    ),
    text(
        "cname-mode-wrong",
        "请求发往自定义域名，而签名时{what|用的资源与服务端的不同}",
        "告诉 SDK 该 Endpoint 是或不是自定义域名：`cname`、`isCName`、`is_cname`、`setSupportCname`、`UseCName`；无论哪种，\
         签名的资源都含 Bucket",
    ),
    text(
        "bucket-in-endpoint",
        "Endpoint 中已含 Bucket `{bucket}`，导致域名中出现两次",
        "配置 Endpoint 时不要带 Bucket：SDK 会在前面加上 `{bucket}.`",
    ),
    text(
        "endpoint-malformed",
        "{place}{what}：`{text}`",
        "Endpoint 只写协议和域名，如 `https://oss-cn-hangzhou.aliyuncs.com`：协议只写一次，不带空格、路径和末尾的斜杠",
    ),
    text(
        "bucket-missing-from-resource",
        "签名的资源中缺少 Bucket `{bucket}`",
        "签名的资源是 `/{bucket}/` 加对象键，即使 Bucket 在域名中而不在路径中",
    ),
    text(
        "bucket-duplicated-in-resource",
        "{whose|服务端}把 Bucket `{bucket|bucket}` 算了两次，如 `/{bucket|bucket}/{bucket|bucket}/...`",
        "Bucket 只应出现在域名或路径的其中一处：Endpoint 的域名已含 Bucket 时关闭路径风格，签名的资源是 `/{bucket|bucket}/` \
         加对象键，只写一次",
    ),
    text(
        "addressing-style-wrong",
        "{verb|签名}时{style}，而{other|发送时用的是另一种风格}",
        "签名和发送使用同一种访问风格，即 Endpoint 支持的那种：`forcePathStyle`、`s3ForcePathStyle`、`addressing_style`、\
         `use_path_style_endpoint`、`pathStyleAccess`",
    ),
    text(
        "bucket-or-host-case",
        "{what|Bucket 或域名}在签名时{how|大小写与服务端的不同}",
        "Bucket 和域名在配置和签名程序中都写成小写",
    ),
    text(
        "bucket-of-another-request",
        "签名属于另一个请求{which|}：它是为{what|另一个 Bucket}生成的",
        "查找并发请求之间共享的状态，例如在签名与发送之间被修改的客户端、签名程序或选项对象；每个请求各用一份",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("named in `X-Forwarded-Host`", "见 `X-Forwarded-Host`"),
    ("named in `X-Original-Host`", "见 `X-Original-Host`"),
    ("named in `X-Host`", "见 `X-Host`"),
    ("named in `X-Forwarded-Server`", "见 `X-Forwarded-Server`"),
    ("named in `Forwarded`", "见 `Forwarded`"),
    ("the one in the URL", "即 URL 中的域名"),
    ("the one in `Host`", "即 `Host` 中的域名"),
    ("named in `Origin`", "见 `Origin`"),
    ("named in `Referer`", "见 `Referer`"),
    ("the endpoint given", "给定的 Endpoint"),
    ("the bucket at the endpoint given", "给定的 Endpoint 前加 Bucket"),
    ("quoted by the server", "服务端引用的域名"),
    ("with the port {port}", "带有端口 {port}"),
    ("without a port", "不带端口"),
    ("the `Host` header", "`Host` 请求头"),
    ("the host of the URL", "URL 的域名"),
    ("starts with the endpoint", "以 Endpoint 开头"),
    ("the path", "路径"),
    ("ends in `/`, which not every SDK takes", "以 `/` 结尾，并非每个 SDK 都接受"),
    ("is only a scheme, since `https://` is written twice", "只剩协议名，因为 `https://` 写了两次"),
    ("holds a scheme", "含有协议名"),
    ("holds a blank", "含有空格"),
    ("holds a path", "含有路径"),
    ("holds a character no host can have", "含有域名中不允许的字符"),
    ("ends in `:`", "以 `:` 结尾"),
    ("the client", "客户端"),
    ("the server", "服务端"),
    ("without the bucket", "不含 Bucket"),
    ("with the host as the bucket", "把域名当作了 Bucket"),
    ("with the bucket", "含有 Bucket"),
    ("the server takes it in the host alone", "服务端只接受 Bucket 位于域名中的请求"),
    ("this server may take the bucket from its host, which nothing here tells", "服务端可能从域名读取 Bucket：此处无从得知"),
    ("`{host}` takes it in the host alone", "`{host}` 只接受 Bucket 位于域名中的请求"),
    ("with the bucket in the path", "路径中含有 Bucket"),
    ("without the bucket in the path", "路径中不含 Bucket"),
    ("with the bucket before the host", "域名前带有 Bucket"),
    ("without the bucket before the host", "域名前没有 Bucket"),
    ("with the bucket in the host", "域名中含有 Bucket"),
    ("as `{text}`, in another case", "写作 `{text}`，大小写不同"),
    ("the host", "域名"),
    ("the bucket", "Bucket"),
    (" of the same capture (number {number})", "（同一份抓包中的第 {number} 个）"),
    ("the bucket `{name}`", "Bucket `{name}`"),
    ("the path `{path}`", "路径 `{path}`"),
    ("the resource `{resource}`", "资源 `{resource}`"),
    ("the host `{host}`", "域名 `{host}`"),
    ("host and path of `{place}`", "`{place}` 的域名和路径"),
];

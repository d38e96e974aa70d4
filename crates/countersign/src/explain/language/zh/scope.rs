//! Scope, algorithm and signature version.

use super::{Pair, text};
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "region-wrong",
        "{place|签名}用的地域是{signed|另一个 Endpoint 的}，而{other|服务端要求自己的地域}",
        "{do|签名程序要用 Bucket 所在 Endpoint 的地域}{right|}{names|；OSS 的地域不带 `oss-` 和 `-internal`，很多兼容服务用 \
         `us-east-1`，R2 用 `auto`}",
    ),
    text(
        "service-wrong",
        "{place|签名}用的服务名是{signed|另一个 Endpoint 的}，而{other|服务端要求自己的服务名}",
        "签名程序要用 Endpoint 对应的服务名{right|}；Amazon S3 及其兼容服务是 `s3`，OSS 是 `oss`",
    ),
    text(
        "scope-date-mismatch",
        "{place|签名}用的日期是{signed|另一时间的}，而{other|服务端要求与日期请求头一致}",
        "只取一次 UTC 时间，凭证范围、派生签名密钥和日期请求头都用它",
    ),
    text(
        "signature-version-wrong",
        "请求是按{signed|某一种签名方式}签名的，而{other|服务端按另一种验签}",
        "{do|使用所访问服务的签名程序：让 SDK 的签名版本（`signature_version`、`SignVersion`）与 Endpoint 相匹配}",
    ),
    text(
        "server-side-condition-not-visible",
        "服务端拒绝请求的原因是{what|发送者或来源}，而不是签名",
        "{look|检查 Bucket 的限制条件：IP 地址、VPC、`Referer`、权限策略；签名 URL 也可能绑定了另一个网络}",
    ),
];

pub(super) static PHRASES: &[Pair] = &[
    ("the request says {value}", "请求中是{value}"),
    ("the signature", "签名"),
    ("the signed scope", "签名内容中的凭证范围"),
    ("the key", "派生签名密钥"),
    ("(empty)", "空值"),
    ("the scope", "凭证范围"),
    ("the request", "请求"),
    (": {value}", "：{value}"),
    ("the server wants {value}", "服务端要求{value}"),
    ("send it to the host the server names", "请发往服务端给出的域名"),
    ("; the signature names no region", "；签名本身不含地域"),
    ("the region given here is {value}", "这里给定的地域是{value}"),
    ("the host says {value}", "域名表明是{value}"),
    ("the region is {value}, without the words of its hosts", "地域是{value}，不带其域名中的其他部分"),
    ("the service given here is {value}", "这里给定的服务名是{value}"),
    ("the time says {value}", "签名时间表明是{value}"),
    ("the S3-compatible version 2", "S3 兼容的 V2 签名"),
    ("the S3-compatible version 4", "S3 兼容的 V4 签名"),
    ("OSS V4 in headers, the only one taken there", "OSS V4 请求头签名（该处只接受这一种）"),
    ("the server verified it by {scheme}", "服务端按{scheme}验签"),
    ("the server takes Signature Version 4 alone", "服务端只接受 V4 签名"),
    ("`{region}` takes Signature Version 4 alone", "`{region}` 只接受 V4 签名"),
    (
        "this is no fault; the vendor's own signer is for what these rules lack",
        "这不是错误；只有用到这些规则没有的功能时，才需要厂商自己的签名方式",
    ),
    (
        "{vendor}, whose host this is, verifies such requests by its S3-compatible rules",
        "该域名属于 {vendor}，它对这类请求按自己的 S3 兼容规则验签",
    ),
    ("the host belongs to {vendor}", "该域名属于 {vendor}"),
    ("AWS, which always signs `host`", "AWS（始终签名 `host`）"),
    ("AWS, which lists all signed headers", "AWS（列出所有签名的请求头）"),
    ("OSS signs `host` only if the list of additional headers names it", "OSS 只在附加请求头列表中有 `host` 时才签名它"),
    ("OSS lists only those that it does not sign anyway", "OSS 只列出并非必签的请求头"),
    ("what it says: `{said}`", "其响应所说的 `{said}`"),
    (
        "look up what the server says: `countersign error` knows the codes of the vendors",
        "查明服务端返回的含义：`countersign error` 认得各厂商的错误码",
    ),
    ("the access rules of the bucket", "Bucket 的读写权限"),
    ("the `Referer`", "`Referer`"),
    ("a policy of the bucket", "Bucket 的授权策略"),
    ("the policy of the temporary credentials", "临时凭证的权限策略"),
    ("a policy that denies it", "有策略显式拒绝"),
    ("the network it comes from", "来源网络"),
    ("the address it comes from", "来源 IP 地址"),
    ("a policy of the account", "账号的权限策略"),
];

//! The service for uploads, in Chinese.

use super::{Zh, trouble::io_error};
use crate::{
    text::{ServeWords, Words},
    trouble::ServeTrouble,
};
use countersign_serve::{Kind, ListenFault, Misread, PolicyFault};
use std::net::SocketAddr;

impl ServeWords for Zh {
    fn serve_trouble(&self, trouble: &ServeTrouble) -> String {
        match trouble {
            ServeTrouble::Policy(path, fault) => format!("`{}`：{}", path.display(), self.policy_fault(fault)),
            ServeTrouble::User(fault) => self.policy_fault(fault),
            ServeTrouble::Nothing => {
                "没有可提供的内容：应给出上传策略文件，或用 `--package` 给出 npm 包的目录（演练页面来自其中）".to_owned()
            }
            ServeTrouble::TokenEntry(at) => format!("COUNTERSIGN_SERVE_TOKENS 的第 {at} 项不是 `用户=令牌`"),
            ServeTrouble::TicketKey(least) => format!("COUNTERSIGN_TICKET_KEY 不足 {least} 字节，可能被猜出"),
            ServeTrouble::Package(path) => format!("`{}` 不是 npm 包的目录：其中没有 `explain.js`", path.display()),
            ServeTrouble::Address(ListenFault::Open(address)) => {
                format!("其他机器可以访问 `{address}`，而本服务不使用 TLS，访问令牌会以明文传输")
            }
            ServeTrouble::Address(other) => other.to_string(),
            ServeTrouble::Listen(address, error) => format!("无法监听 `{address}`：{}", io_error(error)),
        }
    }

    fn serve_remedy(&self, trouble: &ServeTrouble) -> Option<String> {
        Some(match trouble {
            ServeTrouble::Policy(_, PolicyFault::Toml { .. }) => "`countersign serve --help` 中有一份完整的上传策略".to_owned(),
            ServeTrouble::User(PolicyFault::NoUsers)
            | ServeTrouble::Policy(_, PolicyFault::TokenNotHashed(_))
            | ServeTrouble::User(PolicyFault::TokenTooShort(_)) => {
                "`countersign serve --new-token` 会生成给用户的令牌，以及写入 `[users]` 的散列值".to_owned()
            }
            ServeTrouble::Policy(_, PolicyFault::Missing { member: "storage.endpoint", provider: "ks3" }) => {
                "写明该地域的域名：`endpoint = \"https://ks3-cn-beijing.ksyuncs.com\"`".to_owned()
            }
            ServeTrouble::Policy(_, PolicyFault::EndpointBucket { .. }) => {
                "如果这是绑定到 Bucket 的自定义域名，写明 `addressing = \"custom\"`".to_owned()
            }
            ServeTrouble::Nothing => {
                "`countersign serve --package node_modules/countersign` 只提供演练页面；`countersign serve --help` 中有一份完整的上传策略"
                    .to_owned()
            }
            ServeTrouble::TokenEntry(_) => "写成 `alice=TOKEN,bob=TOKEN`".to_owned(),
            ServeTrouble::TicketKey(_) => "把它设为 `openssl rand -hex 32` 的输出".to_owned(),
            ServeTrouble::Address(_) => {
                "请监听 127.0.0.1，由前面的代理提供 TLS；如果代理在另一台机器上，用 `--behind-tls` 说明".to_owned()
            }
            ServeTrouble::Listen(..) => "用 `--listen` 指定另一个地址；端口 0 表示任选一个空闲端口".to_owned(),
            _ => return None,
        })
    }

    fn serving(&self, address: SocketAddr, storage: &str) -> String {
        format!("上传页面：http://{address}/upload/，文件上传到 {storage}；按 Ctrl-C 结束")
    }

    fn serving_playground(&self, address: SocketAddr) -> String {
        format!("演练页面：http://{address}/playground/；按 Ctrl-C 结束")
    }

    fn stopping(&self) -> &'static str {
        "已开始的请求答复之后结束"
    }

    fn active_types(&self, types: &[&str]) -> (String, String) {
        let why = format!("允许上传 {} 类型的文件，从 Bucket 打开它们时会作为程序运行", types.join("、"));
        (why, "用一个没有其他内容的域名提供 Bucket 的访问，或者去掉这些类型".to_owned())
    }

    fn tickets_end(&self) -> &'static str {
        "本进程结束后，未完成的分片上传无法续传；设置 COUNTERSIGN_TICKET_KEY 即可续传"
    }

    fn fresh_token(&self, token: &str, hash: &str) -> String {
        format!("交给用户  {token}\n写入文件  {hash}\n")
    }
}

impl Zh {
    fn policy_fault(&self, fault: &PolicyFault) -> String {
        match fault {
            PolicyFault::Toml { place: Some((line, column)), what } => format!("第 {line} 行第 {column} 列：{}", misread(what)),
            PolicyFault::Toml { place: None, what } => misread(what),
            PolicyFault::Provider(id) => format!("`storage.provider` 为 `{id}`，应为 oss、cos、ks3、kodo 或 s3"),
            PolicyFault::Missing { member, provider } => format!("缺少 `{member}`，`{provider}` 需要它"),
            PolicyFault::Bucket(name) => format!("`storage.bucket` 为 `{name}`，应只含字母、数字、`-`、`_` 和 `.`"),
            PolicyFault::BucketForm { name, provider: "cos" } => format!(
                "`storage.bucket` 为 `{name}`，COS 没有这样的 Bucket；应为小写字母、数字和连字符，最后一个连字符之后是账号的 APPID，例如 \
                 `photos-1250000000`"
            ),
            PolicyFault::BucketForm { name, provider } => format!(
                "`storage.bucket` 为 `{name}`，{} 没有这样的 Bucket；应为 3 到 63 个小写字母、数字和连字符，首尾为字母或数字",
                provider.to_ascii_uppercase()
            ),
            PolicyFault::Region(name) => format!("`storage.region` 为 `{name}`，不知道它的上传域名"),
            PolicyFault::Endpoint(text) => {
                format!("`storage.endpoint` 为 `{text}`，应为协议加域名，例如 `https://oss-cn-hangzhou.aliyuncs.com`")
            }
            PolicyFault::EndpointUser => "`storage.endpoint` 的域名之前有用户名，应只有协议和域名".to_owned(),
            PolicyFault::EndpointBucket { endpoint, without } => {
                format!("`storage.endpoint` 为 `{endpoint}`，其中已经有 Bucket，应为 `{without}`")
            }
            PolicyFault::EndpointClear(text) => {
                format!("`storage.endpoint` 为 `{text}`，文件会以明文传输；应为 `https`，或本机的地址")
            }
            PolicyFault::KeyPlace(place) => {
                format!("`upload.key` 中有 `{{{place}`，应为 {{user}}、{{date}}、{{uuid}}、{{name}} 或 {{ext}}")
            }
            PolicyFault::KeyText(c) => {
                format!("`upload.key` 中有 `{}`，应为字母、数字、`-`、`_`、`.` 和 `/`", c.escape_default())
            }
            PolicyFault::KeySegment => "`upload.key` 中有一段为空，或为 `.`、`..`".to_owned(),
            PolicyFault::KeyUser => "`upload.key` 没有把用户分开；应有一段恰为 `{user}`，例如 `user/{user}/...`".to_owned(),
            PolicyFault::KeySame => {
                "按照 `upload.key`，同一用户的所有上传都是同一个 key；`{user}/` 之后应有 `{uuid}` 或 `{name}`".to_owned()
            }
            PolicyFault::KeyTooLong(most) => format!("`upload.key` 超过 {most} 字节"),
            PolicyFault::Type(text) => format!("`upload.types` 中有 `{text}`，应为 `image/png` 或 `image/*` 这样的类型"),
            PolicyFault::NoTypes => "`upload.types` 为空，应列出允许上传的类型".to_owned(),
            PolicyFault::Size(member, text) => {
                format!("`{member}` 为 `{text}`，应为字节数，或带 kB、MB、GB（1000 进位）、KiB、MiB、GiB（1024 进位）的数字")
            }
            PolicyFault::Span { member, found, bounds: (min, max) } => {
                format!("`{member}` 为 `{found}`，应为 {min} 到 {max} 秒，或带 s、m、h、d 的数字，例如 `15m`")
            }
            PolicyFault::PartSize(size) => {
                format!("`upload.parts.size` 为 {size} 字节，应为各厂商都接受的 5 MiB 到 1 GiB")
            }
            PolicyFault::PartsNeeded(most) => {
                format!("`upload.max_size` 超过一次上传的上限 {} GiB，应有 `[upload.parts]`", most >> 30)
            }
            PolicyFault::TooLarge(most) => {
                format!("`upload.max_size` 超过 {} GiB，即一千个 1 GiB 的分片所能容纳的大小", most >> 30)
            }
            PolicyFault::Rate(count) => format!("`access.requests_per_minute` 为 {count}，应为 1 到 100000"),
            PolicyFault::OriginAny => "`access.origins` 中有 `*`，任何网站都能请求；应为你自己页面的网站".to_owned(),
            PolicyFault::OriginPattern(text) => {
                format!("`access.origins` 中有 `{text}`，这里的 `*` 不代表任何内容；应逐个写出完整的网站")
            }
            PolicyFault::OriginUser => "`access.origins` 中有网站的域名之前有用户名，应只有协议和域名".to_owned(),
            PolicyFault::Origin(text) => {
                format!("`access.origins` 中有 `{text}`，应为协议加域名，例如 `https://app.example.com`")
            }
            PolicyFault::OriginClear(text) => {
                format!("`access.origins` 中有 `{text}`，它的页面在传输途中可能被篡改；应为 `https`，或本机的地址")
            }
            PolicyFault::UserForm(user) => {
                format!("用户 `{}` 的 ID 不合要求，应为 1 到 64 个字母、数字、`-` 和 `_`", user.escape_debug())
            }
            PolicyFault::NoUsers => "没有用户；`[users]` 或环境变量中至少应有一个".to_owned(),
            PolicyFault::TokenNotHashed(user) => {
                format!("`users.{user}` 不是散列值；应为 `sha256:` 加 64 位十六进制数字，不能是令牌本身")
            }
            PolicyFault::TokenTooShort(user) => {
                format!("`{user}` 的令牌可能被猜出；应为 {} 到 512 个可见的 ASCII 字符", countersign_serve::MIN_TOKEN)
            }
            PolicyFault::TokenTwice(one, other) => format!("`{one}` 和 `{other}` 的令牌相同"),
            PolicyFault::NoCallback(provider) => {
                format!("有 `[callback]`；只支持 oss 和 kodo 的回调，不支持 {provider}")
            }
            PolicyFault::Callback(words) => format!("`[callback]`：{}", self.language().tell(words)),
            PolicyFault::Form(words) => self.language().tell(words),
            PolicyFault::Unsignable(error) => format!("无法按这份策略签名：{}", self.language().tell(error)),
            other => other.to_string(),
        }
    }
}

/// Why a file cannot be read as a policy.
fn misread(what: &Misread) -> String {
    match what {
        Misread::Unknown { table: Some(table), name: Some(name), known } => {
            format!("`[{table}]` 中没有字段 `{name}`，应为 {} 之一", known.join("、"))
        }
        Misread::Unknown { table: Some(table), name: None, known } => {
            format!("`[{table}]` 中有未知的字段，应为 {} 之一", known.join("、"))
        }
        Misread::Unknown { table: None, name: Some(name), known } => {
            format!("没有名为 `{name}` 的表，应为 {} 之一", known.join("、"))
        }
        Misread::Unknown { table: None, name: None, known } => format!("有未知的表，应为 {} 之一", known.join("、")),
        Misread::Missing { table: Some(table), name } => format!("`[{table}]` 中缺少 `{name}`"),
        Misread::Missing { table: None, name } => format!("缺少 `{name}`"),
        Misread::Choice(known) => format!("没有这样的值，应为 {} 之一", known.join("、")),
        Misread::Kind { found: Some(found), expected } => format!("这里是{}，应为{}", kind(*found), kind(*expected)),
        Misread::Kind { found: None, expected } => format!("值的类型不对，应为{}", kind(*expected)),
        Misread::Syntax(words) => format!("不是 TOML：{words}"),
        other => other.to_string(),
    }
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text => "带引号的文本",
        Kind::Number => "非负整数",
        Kind::Negative => "负整数",
        Kind::Fraction => "小数",
        Kind::Truth => " `true` 或 `false`",
        Kind::List => "方括号中的列表",
        Kind::Table => "表",
        Kind::Quantity => "数字，或带单位的文本，例如 `10MiB`",
        Kind::Hashes => "令牌的散列值，或它们的列表",
        other => return other.to_string(),
    }
    .to_owned()
}

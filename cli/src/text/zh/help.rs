//! The help of every verb and option in Chinese, put over the English definition of the command.
//!
//! clap breaks lines at blanks alone and has words of its own, so the help is drawn here, in the same layout. A test
//! holds the tables against the definition: nothing is without a Chinese text, and no text is without its option.

use crate::report::wrap::{lines, padded};
use anstyle::Style;
use clap::{Arg, Command};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// What a verb does: its path, one sentence, and what more there is to say.
struct Verb {
    path: &'static str,
    about: &'static str,
    more: &'static str,
    /// Its own options, and those that mean something else here.
    args: &'static [(&'static str, &'static str)],
}

static VERBS: &[Verb] = &[
    Verb { path: "", about: "离线签名、验签、解读并解释对象存储的签名", more: "", args: &[] },
    Verb {
        path: "explain",
        about: "这个请求为什么验签不通过？",
        more: "把已知的客户端错误逐一施加到请求上并重新签名：如果某个错误恰好得出你发送的签名，就证实它是原因。退出状态：0 验签通过，1 \
               验签不通过或会被拒绝，2 无法判定",
        args: &[],
    },
    Verb {
        path: "verify",
        about: "签名是否正确？只回答是或否，不查找原因",
        more: "退出状态：0 验签通过，1 验签不通过或会被拒绝，2 无法判定",
        args: &[],
    },
    Verb {
        path: "sign",
        about: "为未签名的请求或表单签名",
        more: "原始请求会连同签名一起输出；对 URL 则输出要随它发送的请求头，或签名 URL；表单会连同签名一起输出",
        args: &[("expires", "签名 URL 的有效期：秒数，或带 s、m、h、d 的数字"), ("curl", "输出用来发送它的 `curl` 命令")],
    },
    Verb {
        path: "presign",
        about: "生成签名 URL",
        more: "",
        args: &[
            ("target", "要签名的 URL，或包含它的文件"),
            ("expires", "URL 的有效期：秒数，或带 s、m、h、d 的数字"),
            ("curl", "输出使用它的 `curl` 命令"),
        ],
    },
    Verb {
        path: "token",
        about: "生成 Kodo 上传凭证，或 COS JSON API 的签名",
        more: "上传策略由选项组成，或取自文件；自相矛盾的会被拒绝",
        args: &[
            ("expires", "凭证的有效期：秒数，或带 s、m、h、d 的数字"),
            ("deadline", "有效期的截止时间，RFC 3339 格式，代替 --expires"),
            ("curl", "输出使用它的 `curl` 命令"),
            ("scope", "允许上传到哪里"),
            ("prefix", "scope 中的 key 是前缀"),
            ("insert_only", "不允许覆盖"),
            ("fsize_limit", "大小上限：字节数，或带 kB、MB、GB、KiB、MiB、GiB 的数字"),
            ("fsize_min", "大小下限"),
            ("mime", "允许的类型，例如 'image/*' 或 'image/jpeg;image/png'；以 ! 开头则为禁止"),
            ("detect_mime", "如何确定类型"),
            ("callback_url", "回调发往哪里"),
            ("callback_body", "回调内容的模板"),
            ("callback_body_type", "回调内容的类型"),
            ("return_body", "返回给客户端的内容的模板"),
            ("return_url", "上传后浏览器跳转到哪里"),
            ("save_key", "客户端不给 key 时所用的模板"),
            ("force_save_key", "该模板优先于客户端给出的 key"),
            ("end_user", "所有者，即 $(endUser)"),
            ("file_type", "存储类型"),
            ("delete_after_days", "对象的有效天数"),
            ("policy", "包含整个上传策略的 JSON 文件，会逐字节签名，代替这些选项"),
            ("appid", "账号的 appid"),
            ("fileid", "针对哪个文件：存储桶中的路径，或前面加上 /appid/存储桶 [默认：任意]"),
            ("bare", "只对路径签名，不带 appid 和存储桶，与 SDK 下载时一致"),
            ("once", "只能使用一次"),
            ("random", "最多 10 位的随机数 [默认：新生成一个]"),
            ("field_order", "字段的顺序"),
            ("provider", "哪家的凭证：`kodo` 或 `cos` [默认：kodo]"),
            ("scheme", "所用的签名方式，用于有多种签名方式的厂商"),
            ("region", "存储桶或空间所在地域，用于 --curl：Kodo 为 z0、z1 等；COS 为 gz、sh、tj"),
            ("at", "签名时间，RFC 3339 格式 [默认：现在]"),
            ("bucket", "存储桶，不带 appid"),
        ],
    },
    Verb { path: "policy", about: "生成、签名并检查上传表单的 policy", more: "", args: &[] },
    Verb {
        path: "policy build",
        about: "生成 policy 并输出它的 JSON",
        more: "条件依次来自文件（如果给出）、选项，最后是签名所需的条件。值得修改之处写到标准错误",
        args: MAKER,
    },
    Verb {
        path: "policy sign",
        about: "对 policy 签名，按发送顺序输出所有表单域",
        more: "没有选项改动时，文件中的 policy 会逐字节签名。要上传的文件放在所有表单域之后。退出状态：0 表单符合它的 policy，1 \
               会被拒绝，2 没有签名",
        args: MAKER,
    },
    Verb {
        path: "policy check",
        about: "表单会被接受吗？同时判断它的签名和 policy",
        more: "FORM 可以是抓包得到的请求（POST，multipart/form-data）、JSON 对象形式的表单域，或单独的 \
               policy。按服务端自己的措辞和顺序说明它会返回什么，然后是值得修改之处。没有密钥时只判断 policy。退出状态：0 会被接受，1 \
               会被拒绝，2 无法判定",
        args: &[
            ("form", "文件，或 - 表示标准输入"),
            ("file_name", "文件名"),
            ("file_size", "文件大小：字节数，或带 kB、MB、GB、KiB、MiB、GiB 的数字"),
            ("content_type", "文件类型"),
            ("existing", "该对象键下已有什么；用于 Kodo，它可能起决定作用"),
            ("provider", "厂商，用于表单看不出的情况"),
            ("scheme", "表单的签名方式（写错时会列出全部）"),
            ("bucket", "表单发往的 Bucket，用于域名看不出的情况"),
            ("at", "当前时间按此计，RFC 3339 格式 [默认：现在]"),
        ],
    },
    Verb {
        path: "serve",
        about: "为浏览器签发上传所需的表单和凭证，并提供上传页面和演练页面",
        more: "允许谁上传什么、传到哪里，写在一份 TOML 文件中。用户以访问令牌识别，文件中只列出令牌的散列值；也可以在 \
               COUNTERSIGN_SERVE_TOKENS 中以 USER=TOKEN 的形式给出，用逗号分隔。运行到按下 Ctrl-C 为止。\
               不给文件而给出 npm 包的目录时，只提供演练页面。退出状态：0 被结束，2 无法启动",
        args: &[
            ("policy", "上传策略文件"),
            ("listen", "监听的地址和端口；端口 0 表示任选一个空闲端口"),
            ("behind_tls", "前面有提供 TLS 的代理，因此可以监听本机以外的地址"),
            ("package", "npm 包 `countersign` 的目录，上传页面从中加载对拒绝原因的解释；有了它还会提供演练页面"),
            ("new_token", "输出一个新的访问令牌和它的散列值，不启动服务"),
            ("at", "签名所依据的时间，代替时钟，RFC 3339 格式：用于测试"),
            ("format", "输出的格式，也是标准错误输出上日志的格式"),
        ],
    },
    Verb { path: "callback", about: "生成并验证上传回调", more: "", args: &[] },
    Verb {
        path: "callback make",
        about: "生成上传回调的参数，并显示服务端会发送什么",
        more: "对 OSS 生成 `callback` 和 `callback-var`，分别以请求头、查询字符串和表单域给出；对 Kodo 生成上传策略的字段。退出状态：0 \
               已生成，1 会被拒绝，或达不到预期，2 没有生成",
        args: &[
            ("callback", "包含 `callback` 的 JSON 文件，代替选项；仅用于 OSS"),
            ("url", "回调发往哪里；可重复给出，依次尝试"),
            ("body", "回调内容的模板"),
            ("body_type", "回调内容的类型"),
            ("callback_host", "回调的 Host 请求头，如果与 URL 不同"),
            ("sni", "OSS 建立 TLS 时给出域名"),
            ("var", "自定义变量，可重复给出"),
            ("set", "预览所用的系统变量，可重复给出"),
            ("provider", "哪家的回调：`oss` 或 `kodo` [默认：oss]"),
        ],
    },
    Verb {
        path: "callback verify",
        about: "回调是否来自服务端？或者：对回调的响应是否符合要求？",
        more: "OSS 用它自己的密钥签名，公钥取自文件，或从 OSS 存放公钥的地址获取；Kodo 用你的密钥签名。退出状态：0 是，1 否，2 无法判定",
        args: &[
            ("request", "收到的回调，原始 HTTP：文件，或 - 表示标准输入"),
            ("fetch_key", "从 OSS 存放公钥的地址获取公钥，不会去别处"),
            ("response", "回调服务器的响应，原始 HTTP 文件，或 - ；判断的是它而不是回调"),
            ("took", "该响应用了多久，例如 800ms 或 6s"),
            ("provider", "哪家的回调：`oss`、`kodo` 或 `ks3`，用于请求看不出的情况"),
        ],
    },
    Verb {
        path: "decode",
        about: "请求、URL、请求头的值、表单、凭证或 policy 写了什么。不需要密钥，也不证明什么",
        more: "每行一个的多个凭证会列成表格。退出状态：0 可以解读，1 凭证有问题，2 无法解读",
        args: &[("expected_life", "上传凭证本应有的有效期：秒数，或带 s、m、h、d 的数字；--at 为生成时间")],
    },
    Verb {
        path: "error",
        about: "厂商的错误码或响应是什么意思，该检查什么",
        more: "可以给出错误码、数字、错误信息、含有它们的一句话，或服务端的整个响应。退出状态：0 已收录，1 未收录并列出最接近的，2 输入有误",
        args: &[("input", "错误码、数字、文本、包含服务端响应的文件，或 - 表示标准输入")],
    },
    Verb {
        path: "fingerprint",
        about: "显示密钥的指纹，供两个人核对是否持有同一密钥，而不泄露密钥",
        more: "每个密钥一行：长度、首尾各两个字符，以及加盐散列的十位数字。密钥的来源与其他命令相同；要用厂商自己的来源，请指明厂商",
        args: &[("salt", "双方约定的词，使散列对其他人没有意义 [默认：无]")],
    },
    Verb {
        path: "completions",
        about: "输出 Shell 的补全脚本",
        more: "",
        args: &[("shell", "哪种 Shell"), ("lang", "Shell 所显示文字的语言 [默认：随区域设置]")],
    },
];

/// What makers of policies share.
static MAKER: &[(&str, &str)] = &[
    ("policy", "包含 policy 的 JSON 文件，或 - 表示标准输入"),
    ("key", "上传的对象键必须是它"),
    ("starts_with", "上传的对象键必须以它开头"),
    ("size", "文件大小必须在此范围内：字节数，或带 kB、MB、GB、KiB、MiB、GiB 的数字"),
    ("content_type", "表单必须写明的类型，或它的开头，例如 image/"),
    ("condition", "更多条件，JSON 格式，可重复给出"),
    ("expires", "policy 的有效期：秒数，或带 s、m、h、d 的数字 [默认：文件中的有效期，否则 1h]"),
    ("deadline", "有效期的截止时间，RFC 3339 格式，代替 --expires"),
    ("field", "没有条件规定其值的表单域，可重复给出"),
    ("file", "要上传的文件，用于 --curl；不会读取它"),
    ("html", "输出 HTML 表单"),
    ("curl", "输出用来发送它的 `curl` 命令"),
    ("provider", "签名方式所属的厂商"),
    ("scheme", "所用的签名方式（写错时会列出全部）"),
    ("bucket", "上传到的 Bucket"),
    ("region", "Bucket 所在地域，用于 V4"),
    ("at", "签名时间，RFC 3339 格式 [默认：现在]"),
    ("host", "表单发往的域名"),
];

/// What verbs share.
static COMMON: &[(&str, &str)] = &[
    (
        "input",
        "文件、URL、Authorization 的值、凭证、`curl` 命令，或 - 表示标准输入；文件中可以是原始 HTTP、`curl -v` 的输出、SDK \
         的日志、HAR 文件、JSON 格式的表单域，或上述任何一种，也可以带有服务端的响应和其他文字",
    ),
    ("request", "有多个请求时（例如 HAR 文件）取第几个，从 1 数起"),
    ("method", "URL 请求的方法 [默认：GET]"),
    ("transport", "原始请求所用的协议；对整个 URL 签名时才有影响"),
    ("header", "要加上的请求头，可重复给出"),
    ("secret_file", "密钥文件；末尾的一个换行不算在内"),
    (
        "profile",
        "厂商自己的工具（aws、ossutil、coscli、coscmd、ks3util，以及 qshell 的当前账号）或 s3cmd、rclone 的文件中的配置名",
    ),
    ("try_secret_file", "还要尝试的密钥文件，每行一个；可重复给出"),
    ("expected_life", "上传凭证本应有的有效期：秒数，或带 s、m、h、d 的数字"),
    ("stack", "请求由什么发出或经过什么：修复建议会给出它的选项、指令或代码；可重复给出 [默认：由请求头推断]"),
    ("steps", "逐步显示签名的计算过程，附有 `sh` 和 `openssl` 命令，密钥取自 $COUNTERSIGN_SECRET_KEY"),
    ("redact", "隐去 ID、Bucket、域名、对象键、凭证和签名，使报告可以公开；相同的内容隐去后仍相同，长度不变"),
    ("html", "同时把报告写成网页"),
    ("access_key_id", "密钥对应的 AccessKey ID，如果密钥的来源没有给出"),
    ("signed_headers", "参与签名的请求头，以分号分隔 [默认：该签名方式通常的请求头]"),
    ("signed_params", "参与签名的 URL 参数，以分号分隔；仅用于 COS [默认：全部]"),
    ("provider", "只识别该厂商的签名方式"),
    ("scheme", "只识别该签名方式；签名时所用的签名方式（写错时会列出全部）"),
    ("region", "服务端所在地域"),
    ("bucket", "Bucket，用于域名看不出的情况"),
    ("endpoint", "Endpoint 的域名，不带 Bucket"),
    ("host", "服务端看到的域名，代替 Host 请求头"),
    ("addressing", "Bucket 在哪里：域名的第一段、路径的第一段，或都不是"),
    ("service", "V4 凭证范围中的服务名"),
    ("at", "判断或签名所依据的当前时间，RFC 3339 格式 [默认：现在]"),
    ("error", "服务端响应的文件，XML 或 JSON"),
    ("public_key", "OSS 公钥文件，PEM 格式，用于回调"),
    ("depth", "最多同时考虑几个错误"),
    ("format", "输出的格式"),
    ("lang", "输出的语言 [默认：随区域设置]"),
    ("color", "是否使用颜色"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
];

static HEADINGS: &[(&str, &str)] = &[
    ("The request", "请求"),
    (
        "The secret (also from COUNTERSIGN_SECRET_KEY, the vendor's variables, or a prompt)",
        "密钥（也可来自 COUNTERSIGN_SECRET_KEY、厂商自己的变量或提示输入）",
    ),
    ("The report", "报告"),
    ("What the request does not say", "请求中没有写明的"),
    ("Output", "输出"),
    ("The form", "表单"),
    ("The policy", "policy"),
    ("The file, where the fields come without it", "文件（表单域不带文件时）"),
    ("Upload token of Kodo", "Kodo 上传凭证"),
    ("Signature of the JSON API of COS", "COS JSON API 的签名"),
];

/// Words in what stands behind the options: the examples are the same in every language.
static AFTER: [(&str, &str); 9] = [
    ("Examples:", "示例："),
    ("Example:", "示例："),
    ("A policy:", "上传策略文件："),
    ("# oss, cos, ks3, kodo or s3", "# oss、cos、ks3、kodo 或 s3"),
    ("# or: endpoint", "# 或：endpoint"),
    ("# also {name}", "# 还有 {name}"),
    ("# large files go in parts", "# 大文件分片上传"),
    ("# sites whose pages may ask", "# 允许其网页请求的网站"),
    ("# from --new-token", "# 由 --new-token 给出"),
];

/// The command with Chinese texts.
pub fn translated(mut command: Command) -> Command {
    command.build();
    over(command, "")
}

fn over(command: Command, path: &str) -> Command {
    let verb = VERBS.iter().find(|verb| verb.path == path);
    let text = |id: &str| {
        let own = verb.map_or(&[][..], |verb| verb.args).iter().chain(COMMON);
        own.clone().find(|(name, _)| *name == id).map(|(_, text)| *text)
    };
    let mut command = command.mut_args(|arg| {
        let heading = HEADINGS.iter().find(|(english, _)| arg.get_help_heading() == Some(english)).map(|(_, heading)| *heading);
        let arg = match text(arg.get_id().as_str()) {
            Some(text) => arg.help(text).long_help(None::<&str>),
            None => arg,
        };
        if heading.is_some() { arg.help_heading(heading) } else { arg }
    });
    if let Some(verb) = verb {
        command = command.about(verb.about);
        if !verb.more.is_empty() {
            command = command.long_about(format!("{}\n\n{}", verb.about, verb.more));
        }
    }
    for own in command.get_subcommands_mut() {
        let name = own.get_name().to_owned();
        *own = if name == "help" {
            std::mem::take(own).about("显示本帮助，或某个命令的帮助")
        } else {
            over(std::mem::take(own), format!("{path} {name}").trim_start())
        };
    }
    command
}

/// How much help is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// By `-h`.
    Short,
    Long,
}

/// The command with the help of each verb drawn, in place of clap's own.
pub fn drawn(mut command: Command, length: Length, width: usize) -> Command {
    for own in command.get_subcommands_mut() {
        *own = drawn(std::mem::take(own), length, width);
    }
    let text = draw(&mut command, length, width);
    command.override_help(text)
}

/// A line of a list: what stands at its front, and what it means.
type Row = (String, String);

fn draw(command: &mut Command, length: Length, width: usize) -> String {
    let mut out = String::new();
    let long = command.get_long_about().filter(|_| length == Length::Long);
    let about = long.or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    for paragraph in about.split('\n') {
        for line in lines(paragraph, width) {
            let _ = writeln!(out, "{line}");
        }
    }
    let _ = writeln!(out, "\n{}{}", titled("用法："), used(command));
    let verbs: Vec<Row> = command
        .get_subcommands()
        .filter(|own| !own.is_hide_set())
        .map(|own| (own.get_name().to_owned(), own.get_about().map(ToString::to_string).unwrap_or_default()))
        .collect();
    list("命令", &verbs, width, &mut out);
    let shown: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_hide_set()).collect();
    let of = |fits: &dyn Fn(&Arg) -> bool| shown.iter().filter(|arg| fits(arg)).map(|arg| row(arg)).collect::<Vec<_>>();
    list("参数", &of(&|arg| arg.is_positional() && arg.get_help_heading().is_none()), width, &mut out);
    list("选项", &of(&|arg| !arg.is_positional() && arg.get_help_heading().is_none()), width, &mut out);
    let mut headings: Vec<&str> = Vec::new();
    for heading in shown.iter().filter_map(|arg| arg.get_help_heading()) {
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    for heading in headings {
        list(heading, &of(&|arg| arg.get_help_heading() == Some(heading)), width, &mut out);
    }
    if let Some(after) = command.get_after_help() {
        let after = AFTER.iter().fold(after.to_string(), |text, (english, chinese)| text.replacen(english, chinese, 1));
        let _ = writeln!(out, "\n{after}");
    }
    out
}

/// How the command is called.
fn used(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    usage.replace("[OPTIONS]", "[选项]").replace("<COMMAND>", "<命令>").replace("[COMMAND]", "[命令]")
}

fn titled(text: &str) -> String {
    let style = Style::new().bold().underline();
    format!("{style}{text}{style:#}")
}

fn list(title: &str, rows: &[Row], width: usize, out: &mut String) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", titled(&format!("{title}：")));
    let front = rows.iter().map(|(front, _)| front.width()).max().unwrap_or_default();
    let style = Style::new().bold();
    for (own, text) in rows {
        for (index, line) in lines(text, width.saturating_sub(front + 4).max(20)).into_iter().enumerate() {
            let shown =
                if index == 0 { format!("{style}{own}{style:#}{}", padded("", front - own.width())) } else { padded("", front) };
            let _ = writeln!(out, "  {shown}  {line}");
        }
    }
}

/// `-h, --help`, and what it means.
fn row(arg: &Arg) -> Row {
    let long = arg.to_string();
    let front = match arg.get_short() {
        _ if arg.is_positional() => long,
        Some(short) => format!("-{short}, {long}"),
        None => format!("    {long}"),
    };
    let mut text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let default = arg.get_default_values();
    if !default.is_empty() && !arg.is_hide_default_value_set() && arg.get_action().takes_values() {
        let default: Vec<_> = default.iter().map(|value| value.to_string_lossy()).collect();
        let _ = write!(text, " [默认：{}]", default.join(" "));
    }
    let values = arg.get_possible_values();
    if !values.is_empty() && !arg.is_hide_possible_values_set() && arg.get_action().takes_values() {
        let values: Vec<_> = values.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
        let _ = write!(text, " [可选：{}]", values.join("、"));
    }
    (front, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    /// Every verb with its path, the whole command first.
    fn verbs<'c>(command: &'c Command, path: &str, all: &mut Vec<(String, &'c Command)>) {
        all.push((path.to_owned(), command));
        for own in command.get_subcommands().filter(|own| own.get_name() != "help") {
            verbs(own, format!("{path} {}", own.get_name()).trim_start(), all);
        }
    }

    #[test]
    fn nothing_is_left_in_english() {
        let command = translated(Cli::command());
        let mut all = Vec::new();
        verbs(&command, "", &mut all);
        assert!(all.len() > 15);
        for (path, verb) in all {
            assert!(verb.get_about().is_some_and(|text| is_chinese(&text.to_string())), "{path}");
            if let Some(text) = verb.get_long_about() {
                assert!(text.to_string().split("\n\n").all(is_chinese), "{path}");
            }
            for arg in verb.get_arguments().filter(|arg| !arg.is_hide_set()) {
                let text = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(
                    is_chinese(&text) && !text.contains("default") && !text.ends_with('。'),
                    "{path} {}: {text}",
                    arg.get_id()
                );
                let heading = arg.get_help_heading().unwrap_or("选项");
                assert!(is_chinese(heading) || heading == "policy", "{path} {}: {heading}", arg.get_id());
                // These would have to be told in Chinese, too.
                assert!(arg.get_possible_values().iter().all(|value| value.get_help().is_none()), "{path} {}", arg.get_id());
            }
            let examples = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(examples.is_empty() || examples.starts_with("Example"), "{path}: {examples}");
        }
    }

    #[test]
    fn no_text_is_stale() {
        let mut command = Cli::command();
        command.build();
        let mut all = Vec::new();
        verbs(&command, "", &mut all);
        let paths: BTreeSet<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
        let own: BTreeSet<&str> = VERBS.iter().map(|verb| verb.path).collect();
        assert_eq!(paths, own);
        for verb in VERBS {
            let (_, english) = all.iter().find(|(path, _)| path == verb.path).unwrap();
            let has_more = english.get_long_about().is_some();
            assert_eq!(has_more, !verb.more.is_empty(), "{}", verb.path);
            for (id, _) in verb.args {
                let is_maker = verb.args.as_ptr() == MAKER.as_ptr();
                let is_there = english.get_arguments().any(|arg| arg.get_id() == id);
                assert!(is_there || is_maker, "{} has no {id}", verb.path);
            }
        }
        let ids: BTreeSet<&str> =
            all.iter().flat_map(|(_, verb)| verb.get_arguments()).map(|arg| arg.get_id().as_str()).collect();
        for (id, _) in COMMON.iter().chain(MAKER) {
            assert!(ids.contains(id), "{id}");
        }
        let headings: BTreeSet<&str> =
            all.iter().flat_map(|(_, verb)| verb.get_arguments()).filter_map(|arg| arg.get_help_heading()).collect();
        assert_eq!(headings, HEADINGS.iter().map(|(english, _)| *english).collect());
    }

    #[test]
    fn help_fits_the_terminal() {
        for width in [60, 80, 100] {
            let command = translated(Cli::command());
            for mut verb in command.get_subcommands().cloned() {
                let plain = anstream::adapter::strip_str(&draw(&mut verb, Length::Long, width)).to_string();
                let (help, _) = plain.split_once("示例：").unwrap_or((&plain, ""));
                for line in help.lines().filter(|line| !line.starts_with("用法：")) {
                    assert!(line.width() <= width.max(76), "{width}: {line}");
                }
            }
        }
    }
}

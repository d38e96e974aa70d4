//! Why there is no answer, in Chinese.

use super::{Zh, joined};
use crate::{
    input::FormFault,
    text::{FormWords, ServeWords, Words, argument},
    trouble::{ProfileFault, SecretFault, Source, Trouble, option_for},
};
use countersign::{Carrier, DraftError, SignError, VerifyError};
use std::{
    io::{self, ErrorKind},
    path::Path,
};

const INPUTS: &str = "应为原始 HTTP 请求、URL、`Authorization` 的值、凭证或表单域";

/// What happened, where, and what was expected.
pub(super) fn fact(trouble: &Trouble) -> String {
    let tell = |told| Zh.language().tell(told);
    match trouble {
        Trouble::Directory(path) => format!("`{}` 是目录，应为文件", path.display()),
        Trouble::NoFile(path) => format!("没有文件 `{}`", path.display()),
        Trouble::NoInput(path) => {
            format!("没有文件 `{}`，它也不是 URL、`Authorization` 的值或凭证", path.display())
        }
        Trouble::Unreadable(source, error) => format!("无法读取{}：{}", joined(&place(source)), io_error(error)),
        Trouble::Empty(source) => format!("{}为空，{INPUTS}", of(source)),
        Trouble::NoError(source) => format!("{}为空，应为错误码、错误信息或服务端的响应", of(source)),
        Trouble::NoErrorText(source) => format!("{}不是文本，应为错误码、错误信息或服务端的响应", of(source)),
        Trouble::NotText(source, start) => {
            let start: Vec<String> = start.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{}不是文本（开头的字节是 {}），{INPUTS}", of(source), start.join(" "))
        }
        Trouble::TooLarge(source, limit) => format!("{}超过 {} MiB，又不是原始 HTTP 请求", of(source), limit >> 20),
        Trouble::NotRecognised(source, line) => format!("{}以 `{line}` 开头，{INPUTS}", of(source)),
        Trouble::MoreThanOne(source) => {
            format!("{}中不止一项，应为一个请求、URL、`Authorization` 的值或凭证", of(source))
        }
        Trouble::NotAToken(source, line) => format!("{}中除了凭证还有一行 `{line}`，应为每行一个凭证", of(source)),
        Trouble::Form(source, FormFault::NotJson(error)) => {
            format!("{}开头像 JSON，却不是 JSON 对象（{}），应为表单域", of(source), json_error(error))
        }
        Trouble::Form(source, FormFault::NotFields) => {
            format!("{}是 JSON，但没有名称和值，应为表单域或 HAR 文件", of(source))
        }
        Trouble::Form(source, FormFault::NotText(field)) => {
            format!("{}中的 `{field}` 不是单个文本，应为表单域", of(source))
        }
        Trouble::Token(source, error) => format!("{}：{}", place(source), tell(error)),
        Trouble::Http(source, error) => format!("{}：{}", place(source), tell(error)),
        Trouble::Url(source, error) => format!("{}：{}", place(source), tell(error)),
        Trouble::AnswerAlone(source) => format!("{}只有服务端的响应，还需要它所对应的请求", of(source)),
        Trouble::SignedByCurl(source) => {
            format!("{}中的签名由 `curl` 自己计算（`--aws-sigv4`），没有可供判断的签名", of(source))
        }
        Trouble::OnePage(path) => format!("`{}` 中有多个请求，而一个页面只能展示一个", path.display()),
        Trouble::NoSuchRequest(source, asked, count) => {
            format!("{}中带签名的请求有 {count} 个，没有第 {asked} 个", of(source))
        }
        Trouble::HeaderAlone(source) => {
            format!("{}只有 `Authorization` 的值；签名的对象是整个请求，需要完整的请求", of(source))
        }
        Trouble::NoRequest(source) => format!("{}不是请求，应为原始 HTTP 或 URL", of(source)),
        Trouble::MethodTwice(source) => format!("`--method` 只用于 URL，而{}自带请求方法", of_joined(source)),
        Trouble::TransportTwice(source) => format!("`--transport` 只用于原始请求，而{}不是", of_joined(source)),
        Trouble::NoSignature(None) => tell(&VerifyError::NoClaim),
        Trouble::NoSignature(Some(word)) => format!("`Authorization` 以 `{word}` 开头，这里不认识这种签名方式"),
        Trouble::OtherScheme(asked, own) => format!("其中没有 `{asked}` 的签名，而是 `{own}` 的签名"),
        Trouble::OtherProvider { scheme, provider, own } => {
            format!("`{scheme}` 不是 `{provider}` 的签名方式，而属于 `{own}`")
        }
        Trouble::Claim(error) => tell(error),
        Trouble::Sign(error) => tell(error),
        Trouble::NothingToSign { option, name } => format!("`{option}` 中的 `{name}` 不在请求中"),
        Trouble::NoMeaning { option, scheme } => format!("`{option}` 对 `{scheme}` 没有意义；应为 COS 的方案"),
        Trouble::Callback(source) => format!("{}是 OSS 的上传回调，用 RSA 签名", of(source)),
        Trouble::PolicyAlone(source) => format!("{}只是 policy，应为使用它的表单或凭证", of(source)),
        Trouble::NoScheme => "`Authorization` 头的开头没有签名方式的名称，例如 `OSS`、`AWS`".to_owned(),
        Trouble::SchemeNeeded(_) => "签名需要指定签名方式".to_owned(),
        Trouble::UnsuitableScheme { scheme, carrier, .. } => {
            format!("`{scheme}` 的签名放在{}，这里需要别的签名方式", carried(*carrier))
        }
        Trouble::NoForm(scheme, source) => {
            format!("`{scheme}` 是对表单签名，而{}不是表单；应为 JSON 对象形式的表单域", of_joined(source))
        }
        Trouble::NoTokens(provider) => format!("`{provider}` 没有上传凭证，应为 `kodo` 或 `cos`"),
        Trouble::ForeignOption { option, scheme } => format!("`{option}` 不适用于 `{scheme}`"),
        Trouble::OptionNeeded { option, scheme } => format!("生成 `{scheme}` 需要 `{option}`"),
        Trouble::BesidePolicy(option) => {
            format!("`{option}` 不能与 `--policy` 同用：文件中的上传策略会原样签名，请只给其中一个")
        }
        Trouble::NoPrefix(scope) => {
            format!("给出了 `--prefix`，而 `--scope` 是 `{scope}`；空间名之后应有前缀，例如 `{scope}:2026/`")
        }
        Trouble::Policy(source, problems) => {
            let problems: Vec<_> = problems.iter().map(|problem| tell(problem)).collect();
            let place = source.as_ref().map(|source| format!("{}：", place(source))).unwrap_or_default();
            format!("{place}{}", problems.join("；"))
        }
        Trouble::TooLong(source, limit) => format!("{}超过 {} KiB，应为 policy", of(source), limit >> 10),
        Trouble::Grant(error) => tell(error),
        Trouble::Random(error) => format!("系统没有给出随机数：{error}"),
        Trouble::Region(region, _) => format!("不知道区域 `{region}` 的上传域名"),
        Trouble::NoSecret(names) => format!("没有密钥：{}", none_of(names)),
        Trouble::NoId => "密钥的来源没有给出对应的 AccessKey ID".to_owned(),
        Trouble::NoSecretFile => "应存放密钥的文件不存在".to_owned(),
        Trouble::IdIsSecret => "AccessKey ID 中就是密钥".to_owned(),
        Trouble::SecretFile(path, SecretFault::Empty) => format!("`{}` 为空，应为密钥", path.display()),
        Trouble::SecretFile(path, SecretFault::TooLong(limit)) => {
            format!("`{}` 超过 {} KiB，应为密钥", path.display(), limit >> 10)
        }
        Trouble::SecretFile(path, SecretFault::NotUtf16) => {
            format!("`{}` 开头是 UTF-16 编码，后面的内容已损坏；应为密钥，最好用 UTF-8 编码", path.display())
        }
        Trouble::Profile(fault) => profile(fault),
        Trouble::Answer(path, error) => format!("`{}`：{}", path.display(), tell(error)),
        Trouble::Upload(trouble) => Zh.form_trouble(trouble),
        Trouble::Serve(trouble) => Zh.serve_trouble(trouble),
        Trouble::Page(path, error) => format!("无法写入 `{}`：{}", path.display(), io_error(error)),
        Trouble::Write(error) => format!("无法输出结果：{}", io_error(error)),
    }
}

/// What to do about it.
pub(super) fn remedy(trouble: &Trouble) -> Option<String> {
    Some(match trouble {
        Trouble::UnsuitableScheme { carrier: Carrier::Token, .. } => "请用 `countersign token` 生成".to_owned(),
        Trouble::OptionNeeded { option: "--scope", .. } => {
            "请给出 `--scope BUCKET[:KEY]`，或用 `--policy FILE` 给出整个上传策略".to_owned()
        }
        Trouble::Region(_, known) => format!("已知的有 {}", known.join("、")),
        Trouble::Random(_) => "请用 `--random` 给出一个".to_owned(),
        Trouble::SchemeNeeded(known) => format!("请用 `--scheme` 指定：{}", known.join("、")),
        Trouble::UnsuitableScheme { known, .. } => format!("适用的签名方式：{}", known.join("、")),
        Trouble::NoSecret(_) => "请给出 `--secret-file FILE` 或 `--profile NAME`，或设置上述变量之一".to_owned(),
        Trouble::PolicyAlone(source) => {
            format!("`countersign decode {0}` 可读出其内容，`countersign policy check {0}` 可检查它", argument(source))
        }
        Trouble::Callback(source) => format!("请用 `countersign callback verify {} --public-key FILE` 验证", argument(source)),
        Trouble::NothingToSign { option: "--signed-headers", name } => {
            format!("用 `--header '{name}: VALUE'` 给出，或不要列出它")
        }
        Trouble::NothingToSign { .. } => "写入 URL，或不要列出它".to_owned(),
        Trouble::NoMeaning { option, .. } => format!("请去掉 `{option}`"),
        Trouble::Sign(SignError::ParamTaken(name)) => format!("请先从 URL 中去掉 `{name}`"),
        Trouble::NoSecretFile => "这里应给出文件名，而不是密钥本身".to_owned(),
        Trouble::IdIsSecret => "请在此给出公开的 ID".to_owned(),
        Trouble::NoId => "请给出 `--access-key-id ID`，或设置 COUNTERSIGN_ACCESS_KEY_ID".to_owned(),
        Trouble::OtherScheme(..) => "不写 `--scheme` 和 `--provider` 则自动识别".to_owned(),
        Trouble::AnswerAlone(_) => "请给出请求，再用 `--error FILE` 或在同一段文本中给出响应".to_owned(),
        Trouble::SignedByCurl(_) => "请加上 `-v` 运行它，并给出它的输出".to_owned(),
        Trouble::OnePage(_) => "请用 `--request N` 选择一个".to_owned(),
        Trouble::MoreThanOne(_) => "请只给出其中一项".to_owned(),
        Trouble::HeaderAlone(_) => "`countersign decode` 可以解读单独的值".to_owned(),
        Trouble::Sign(SignError::Terms(what)) => format!("用 `{}` 给出", option_for(what)?),
        Trouble::Sign(SignError::Draft(fault)) | Trouble::Claim(VerifyError::Draft(fault)) => match fault {
            DraftError::BucketNeeded => "请用 `--bucket` 指定".to_owned(),
            DraftError::TransportNeeded => "请用 `--transport` 指定".to_owned(),
            DraftError::BodyNeeded => "请给出带请求体的原始 HTTP 请求".to_owned(),
            _ => return None,
        },
        Trouble::Upload(trouble) => return Zh.form_remedy(trouble),
        Trouble::Serve(trouble) => return Zh.serve_remedy(trouble),
        Trouble::Profile(ProfileFault::Elsewhere { key: "mode", .. }) => {
            "请把该角色的临时凭证放进 COS_SECRET_ID、COS_SECRET_KEY 和 COS_TOKEN".to_owned()
        }
        Trouble::Profile(ProfileFault::Elsewhere { name, .. }) => {
            format!("`eval \"$(aws configure export-credentials --profile {name} --format env)\"` 会把它们放进这里会读取的变量")
        }
        Trouble::Profile(ProfileFault::InDatabase { name, .. }) => {
            format!("如果 qshell 有这个账号，`qshell user cu {name}` 可把它设为当前账号；或者给出 `--secret-file`")
        }
        Trouble::Profile(ProfileFault::Encrypted(_) | ProfileFault::NoFileFor(_) | ProfileFault::Malformed(_)) => {
            "请把密钥单独放进一个文件，再给出 `--secret-file`".to_owned()
        }
        _ => return None,
    })
}

/// Where an input comes from, alone.
pub(super) fn place(source: &Source) -> String {
    match source {
        Source::File(path) => format!("`{}`", path.display()),
        Source::StandardInput => "标准输入".to_owned(),
        Source::Argument => "参数".to_owned(),
    }
}

/// The same before Chinese words.
pub(super) fn of(source: &Source) -> String {
    let place = place(source);
    if place.ends_with('`') { format!("{place} ") } else { place }
}

/// The same between Chinese words.
pub(super) fn of_joined(source: &Source) -> String {
    joined(&of(source))
}

const fn carried(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::Authorization => "请求头 `Authorization` 中",
        Carrier::Param(_) => " URL 中",
        Carrier::Either(_) => "请求头或 URL 中",
        Carrier::Token => "凭证中",
        Carrier::Field(_) => "表单中",
        _ => "别处",
    }
}

/// What the system says, in Chinese where it is one of the usual things.
pub(super) fn io_error(error: &io::Error) -> String {
    let said = match error.kind() {
        ErrorKind::NotFound => "文件不存在",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::IsADirectory => "这是目录",
        ErrorKind::NotADirectory => "路径中有一段不是目录",
        ErrorKind::InvalidData => "内容不是 UTF-8 文本",
        ErrorKind::StorageFull => "磁盘空间不足",
        ErrorKind::ReadOnlyFilesystem => "文件系统只读",
        ErrorKind::Interrupted => "操作被中断",
        ErrorKind::UnexpectedEof => "内容提前结束",
        _ => return error.to_string(),
    };
    said.to_owned()
}

/// Where JSON is wrong, and in what way.
fn json_error(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Eof => "内容提前结束",
        serde_json::error::Category::Data => "内容的形式不对",
        _ => "语法错误",
    };
    format!("第 {} 行第 {} 列{what}", error.line(), error.column())
}

fn profile(fault: &ProfileFault) -> String {
    let shown = |path: &Path| path.display().to_string();
    match fault {
        ProfileFault::NoFileFor(known) => format!("不知道该厂商的配置文件在哪里；已知的有 {known}"),
        ProfileFault::NoHome => "没有可供查找配置文件的主目录，应设置 HOME".to_owned(),
        ProfileFault::NoFile(paths) => {
            let paths: Vec<_> = paths.iter().map(|path| format!("`{}`", shown(path))).collect();
            format!("没有文件 {}", paths.join(" 或 "))
        }
        ProfileFault::Unreadable(path, error) => format!("无法读取 `{}`：{}", shown(path), io_error(error)),
        ProfileFault::Missing { file, name, known } if known.is_empty() => {
            format!("`{}` 中没有配置 `{name}`，也没有其他配置", shown(file))
        }
        ProfileFault::Missing { file, name, known } => {
            format!("`{}` 中没有配置 `{name}`，有的是 {}", shown(file), known.join("、"))
        }
        ProfileFault::InDatabase { file, name, current } => format!(
            "`{}` 中是账号 `{current}`，不是 `{name}`；除当前账号外，qshell 把其他账号放在自己的数据库中，这里不会读取它",
            shown(file)
        ),
        ProfileFault::Lacks { file, name, key } => format!("`{}` 中的配置 `{name}` 没有 `{key}`", shown(file)),
        ProfileFault::Encrypted(path) => format!("`{}` 已用密码加密，应为未加密的文件", shown(path)),
        ProfileFault::Elsewhere { file, name, key } => {
            format!("`{}` 中的配置 `{name}` 从别处取得密钥（`{key}`）；这里不会运行程序，也不会询问任何人", shown(file))
        }
        ProfileFault::Malformed(path) => format!("`{}` 的格式不是其工具所写的格式", shown(path)),
    }
}

/// `没有设置 A`, or `A、B 都没有设置`.
fn none_of(names: &[&str]) -> String {
    match names {
        [one] => format!("没有设置 {one}"),
        more => format!("{} 都没有设置", more.join("、")),
    }
}

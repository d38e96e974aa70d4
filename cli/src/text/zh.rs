//! Simplified Chinese, with the words of the library's Chinese tables.
//!
//! Full-width punctuation between Chinese words, a blank between Chinese and Latin letters, digits or code, and no
//! full stop at the end of a sentence, as in English.

mod captured;
mod errors;
mod forms;
pub mod help;
mod serve;
mod trouble;
pub mod usage;

use super::{
    ClaimLabels, ErrorWords, Headline, Keys, Labels, Proof, RequestLabels, TableLabels, TokenLabels, Words,
    figures::{grouped, in_units, size, utc},
};
use crate::{
    report::{Task, Titles, Used, View, steps::What, zone::Zoned},
    trouble::{Note, Placeholder, SecretSource, Trouble},
};
use countersign::{
    Addressing, Bucket, Document, Fingerprint, HashName, Origin, Role, Timestamp,
    explain::{Certainty, Language, Matter, Searched},
    providers::{
        cos::json::{Kind, Order},
        kodo,
    },
};
use countersign_stacks::Stack;
use std::time::Duration;

/// Simplified Chinese.
pub struct Zh;

static ZH: Labels = Labels {
    error: "错误",
    colon: "：",
    comma: "，",
    warning: "警告",
    note: "提示",
    help: "建议",
    matches: "签名匹配",
    differs: "签名不匹配",
    refused: "会被拒绝",
    undecided: "无法判定",
    signed: "签名时",
    sent: "实际发送",
    right: "应为",
    proof: "证据",
    also: "等价于",
    id: "AccessKey ID",
    signed_at: "签名于",
    expires: "截止时间",
    expired: "已过期",
    problem: "问题",
    hint: "留意",
    titles: Titles {
        canonical_request: "规范请求",
        string_to_sign: "待签名字符串",
        signed: "签名时的内容",
        right: "服务端看到的内容",
        blank: "空格",
        line_end: "换行符",
        nothing: "空",
    },
    claim: ClaimLabels {
        scheme: "签名方式",
        access_key_id: "AccessKey ID",
        signature: "签名",
        signed: "签名时间",
        expires: "截止时间",
        scope: "凭证范围",
        signed_headers: "参与签名的请求头",
        signed_params: "参与签名的参数",
        key_time: "密钥有效期",
        payload: "请求体哈希",
        token: "安全令牌",
        bucket: "Bucket",
        document: "原文",
        decoded: "原文解码后",
        unread: "不符合该签名方式的格式",
    },
    token: TokenLabels {
        token: "凭证",
        scope: "scope",
        deadline: "截止时间",
        made: "生成时间",
        key: "对象键",
        prefix: "前缀",
        kind: "类型",
        order: "字段顺序",
        appid: "appid",
        life: "有效期",
        random: "随机数",
        file: "文件",
        any_file: "任意",
    },
    table: TableLabels {
        number: "#",
        access_key_id: "AccessKey ID",
        scope: "范围",
        deadline: "截止时间（UTC）",
        plus_8: "UTC+8",
        left: "剩余",
        problems: "问题数",
    },
    requests: RequestLabels {
        number: "#", method: "方法", url: "URL", scheme: "签名方式", verdict: "结果", cause: "原因"
    },
    prompt: "密钥（输入不回显）：",
    optional_prompt: "密钥（输入不回显，直接回车表示没有）：",
    prompt_again: "用这个密钥得不到请求中的签名；请换一个（输入不回显，直接回车则继续使用它）：",
    fix: "修复",
    tried: "已尝试",
    steps: "正确签名的计算过程（命令适用于 `sh`，密钥取自 $COUNTERSIGN_SECRET_KEY）",
    kept_secret: "（密钥，不显示）",
    further: "另外还发现",
    language: "zh-CN",
};

impl Words for Zh {
    fn language(&self) -> Language {
        Language::Chinese
    }

    fn labels(&self) -> &'static Labels {
        &ZH
    }

    fn errors(&self) -> &'static dyn ErrorWords {
        &errors::Zh
    }

    fn trouble(&self, trouble: &Trouble) -> String {
        trouble::fact(trouble)
    }

    fn remedy(&self, trouble: &Trouble) -> Option<String> {
        trouble::remedy(trouble)
    }

    fn note(&self, note: &Note) -> String {
        match note {
            Note::Reading => "正在从终端读取请求，按 Ctrl-D 结束输入".to_owned(),
            Note::OpenToOthers(path) => format!("其他用户也能读取 `{0}`；执行 `chmod 600 {0}` 可只留给自己", path.display()),
            Note::BlankInSecret(source) => {
                format!("{}的密钥首尾带有空格或换行符，已按密钥的一部分使用", within(source))
            }
            Note::MarkInSecret(path) => format!("`{}` 以字节顺序标记（U+FEFF）开头，已按密钥的一部分使用", path.display()),
            Note::LinesInSecret(path) => {
                format!("`{}` 有多行，已合起来作为一个密钥使用；`--try-secret-file` 每行取一个密钥", path.display())
            }
            Note::DoubleSlash => "路径中的 `//` 按 `/%2F` 签名：发送时也应这样写，`//` 未必能原样到达服务端".to_owned(),
            Note::SecretInUtf16(path) => {
                format!("`{}` 是 UTF-16 编码（PowerShell 的 `>` 会这样写），已按此读取；其他程序未必如此", path.display())
            }
            Note::OtherId { source, own, claimed } => {
                format!("{}的密钥属于 AccessKey ID `{own}`，而请求中写的是 `{claimed}`", within(source))
            }
            Note::RightSecret(source, print) => {
                format!("能得出该签名的是{}的密钥：{}", joined(&within(source)), self.fingerprint(print))
            }
            Note::NoSecretFits(count) => format!("{count} 个密钥都得不出该签名"),
            Note::Interrupted => "已中断：并未全部尝试；以下是中断前的结论".to_owned(),
            Note::ForeignHost { host, endpoint } => {
                format!("域名 `{host}` 不在 Endpoint `{endpoint}` 之下，按自定义域名处理")
            }
            Note::BodyLeftOut(bytes) => format!("请求体有 {} 字节，太长，不在此重复输出", grouped(*bytes)),
            Note::StandsFor(placeholder) => format!("`{}` 代表{}", placeholder.as_str(), meant(*placeholder)),
            Note::BucketAssumed(bucket) => {
                format!("假定表单发往其 policy 中的 Bucket `{bucket}`；如果不是，请用 `--bucket` 指定")
            }
            Note::FormCounted(more) => {
                format!("该厂商把表单字段与文件一并计入大小：policy 允许的大小比指定的多 {} 字节", grouped(*more))
            }
            Note::BucketInPath(bucket) => format!(
                "从域名看不出 Bucket：按路径的第一段 `{bucket}` 签名，等同于 `--addressing path`；Bucket 在域名中时请用 `--addressing virtual`"
            ),
            Note::Unescaped => "URL 按给出的样子签名，而客户端发送时会转义其中的一些字符：请先转义再签名".to_owned(),
            Note::Escaped => "URL 中有发送时会被转义的字符，已按转义后的形式签名".to_owned(),
            Note::CallbackProblem(problem) => problem.clone(),
            Note::Samples(names) => super::FormWords::sample_values(self, names),
            Note::TicketsEnd => super::ServeWords::tickets_end(self).to_owned(),
            Note::FileUnknown => "文件大小未知，没有据此判断；可用 `--file-size` 指定".to_owned(),
            Note::Over(deadline) => format!("该凭证的截止时间已过：{}", utc(*deadline)),
            Note::Captured(note) => captured::note(note),
            Note::AnswerTaken => "已采用同一段文本中的服务端响应".to_owned(),
            Note::ClockOfAnswer(time) => {
                format!("以服务端响应的 `Date`（{}）为当前时间；可用 `--at` 另行指定", utc(*time))
            }
            Note::ClockOfClient(time) => format!("以客户端发送请求的时间（{}）为当前时间；可用 `--at` 另行指定", utc(*time)),
            Note::ClockOfMachine => "以本机的时钟为当前时间；可用 `--at` 给出发送请求的时间".to_owned(),
            Note::NoLineFor(stacks) => {
                let names: Vec<_> = stacks.iter().map(|stack| stack.as_str()).collect();
                format!("不知道在 {} 中该改哪一行", names.join("、"))
            }
            Note::NoBareSecret(path) => format!("`{}` 中似乎不只有密钥；其全部内容都被当作密钥", path.display()),
            Note::ClockOfEach => "每个请求都以随它记录的时间为当前时间；可用 `--at` 另行指定".to_owned(),
            Note::CauseOfAll => "对原因的说明适用于所有厂商，`--provider` 不起作用".to_owned(),
            Note::VerbAssumed => "单独的 URL 看不出请求方法：假定为 GET；可用 `--method` 另行指定".to_owned(),
        }
    }

    fn headline(&self, headline: &Headline) -> String {
        match headline {
            Headline::Valid => "用这个密钥验签通过".to_owned(),
            Headline::Differs => "用这个密钥对该请求签名，得到的不是这个签名".to_owned(),
            Headline::TextDiffers(places) => {
                let count = match places.len() {
                    1 => "一处".to_owned(),
                    more => format!(" {more} 处"),
                };
                format!("签名内容与请求有{count}不同：{}", places.join("、"))
            }
            Headline::OrderDiffers(places) => format!("签名内容中各部分的顺序与请求不同：{}", places.join("、")),
            Headline::Title(title) => title.clone(),
            Headline::Refused(title) => format!("签名正确，但{}", joined(title)),
            Headline::Unexplained(searched) => {
                let counts = counts(searched);
                let cut = if searched.cut_short { "；搜索未完成" } else { "" };
                format!("没有一种已知的错误能得出该签名（{counts}，{}{cut}）", at_once(searched.depth))
            }
            Headline::BucketOpen => "Bucket 参与签名，而无从得知是哪一个：请用 `--bucket` 指明".to_owned(),
            Headline::Undecided => "请求本身不足以判断签名是否正确".to_owned(),
        }
    }

    fn proof(&self, proof: &Proof) -> String {
        match proof {
            Proof::Signed { signature, mistakes: 1 } => format!("带着这个错误签名，得到 {signature}，与请求中的签名完全一致"),
            Proof::Signed { signature, mistakes: 2 } => {
                format!("同时带着这两个错误签名，得到 {signature}，与请求中的签名完全一致")
            }
            Proof::Signed { signature, mistakes } => {
                format!("同时带着这 {mistakes} 个错误签名，得到 {signature}，与请求中的签名完全一致")
            }
            Proof::Server => "服务端的响应中已说明".to_owned(),
            Proof::Seen => "从请求中可以看出".to_owned(),
            Proof::Likely => "与现象相符，但尚未证实".to_owned(),
        }
    }

    fn certainty(&self, certainty: Certainty) -> &'static str {
        match certainty {
            Certainty::Proved => "已证实",
            Certainty::Server => "服务端指明",
            Certainty::Seen => "可以看出",
            Certainty::Likely => "很可能",
        }
    }

    fn lead(&self, standing: &str, text: &str) -> String {
        format!("{standing}{text}")
    }

    fn role(&self, role: Role) -> String {
        self.language().tell(&role)
    }

    fn place(&self, role: Role, name: &str) -> String {
        match role {
            Role::Header => format!("请求头 `{name}`"),
            Role::Query => format!("参数 `{name}`"),
            Role::SignedHeader => format!("参与签名的请求头列表中的 `{name}`"),
            Role::Field if !name.is_empty() => format!("字段 `{name}`"),
            other => self.role(other),
        }
    }

    fn line(&self, number: usize) -> String {
        format!("第 {number} 行")
    }

    fn signed(&self, time: Timestamp, at: Timestamp) -> String {
        let age = at.since(time);
        if age < 0 {
            format!("{}，比当前时间晚 {}", utc(time), span(-age))
        } else {
            format!("{}，{}前", utc(time), span(age))
        }
    }

    fn expires(&self, time: Timestamp, at: Timestamp) -> String {
        format!("{}，{}", utc(time), self.left(time, at))
    }

    fn searched(&self, searched: &Searched, elapsed: Duration) -> String {
        format!("{}，{:.1} 毫秒", counts(searched), elapsed.as_secs_f64() * 1_000.0)
    }

    fn assumed(&self, role: Role, text: &str) -> String {
        if role == Role::Method {
            return format!("该 URL 是为 {text} 签名的，而没有指明请求方法：请用 {text} 访问它");
        }
        let option = if role == Role::Bucket { "；如果不是，请用 `--bucket` 指定" } else { "" };
        format!("请求中没有写明{}，假定为 `{text}`{option}", joined(&self.place(role, "")))
    }

    fn more_as_sent(&self, count: usize) -> String {
        format!("另有 {count} 个，与发送的相同")
    }

    fn more(&self, count: usize) -> String {
        format!("另有 {count} 个")
    }

    fn what_would_decide(&self, view: &View) -> Vec<String> {
        let work = &view.work;
        match (work.task, view.searched.depth) {
            (Task::Verify, _) => return vec!["`countersign explain` 会查找原因".to_owned()],
            (Task::Explain, 0) if work.has_secret => return vec!["加上 `--depth 2` 会查找原因".to_owned()],
            _ => {}
        }
        let answer = (!work.has_answer).then_some("服务端的响应（`--error FILE`）");
        if !work.has_secret {
            let decide = ["密钥（`--secret-file FILE`）"].into_iter().chain(answer).collect::<Vec<_>>().join("或");
            return vec![format!("给出{decide}即可判定；有了密钥还能证实原因")];
        }
        let own = (!work.has_client_text).then_some("客户端自己的待签名字符串");
        let decide = own.into_iter().chain(answer).collect::<Vec<_>>().join("或");
        let rest = view.findings.is_empty().then(|| {
            let id = &view.access_key_id;
            format!("剩下的可能：签名用的是 AccessKey ID {id} 的另一个密钥，或者传输途中有改动而请求里看不出痕迹")
        });
        let is_guess = view.findings.iter().all(|finding| finding.certainty == Certainty::Likely);
        let apart = (is_guess && view.searched.apart > 0)
            .then(|| format!("其中 {} 种变化因同类太多，没有与所有其他变化组合", grouped(view.searched.apart as u64)));
        let decide = (!decide.is_empty()).then(|| format!("给出{decide}即可判定"));
        apart.into_iter().chain(rest).chain(decide).collect()
    }

    fn bucket(&self, bucket: &Bucket<'_>) -> String {
        let place = match bucket.addressing {
            Addressing::VirtualHost => "域名的第一段",
            Addressing::Path => "路径的第一段",
            Addressing::CustomDomain => "不在 URL 中",
        };
        let origin = match bucket.origin {
            Origin::Terms => "，由选项指定",
            Origin::Assumed => "，假定如此：从域名看不出来",
            _ => "",
        };
        format!("{}（{place}{origin}）", bucket.name)
    }

    fn token(&self, bytes: usize) -> String {
        format!("有，{} 字节", grouped(bytes as u64))
    }

    fn left(&self, time: Timestamp, at: Timestamp) -> String {
        let left = time.since(at);
        if left < 0 { format!("{}前", span(-left)) } else { format!("还有 {}", span(left)) }
    }

    fn local(&self, time: &str) -> String {
        format!("{time}，本机时间")
    }

    fn interval(&self, start: Zoned, end: Zoned) -> String {
        format!("{} 至 {}", start.utc(), end.utc())
    }

    fn life(&self, seconds: i64) -> String {
        if seconds < 0 { format!("结束时间比开始时间早 {}", span(-seconds)) } else { span(seconds) }
    }

    fn made(&self, time: Timestamp, life: u64) -> String {
        let life = i64::try_from(life).unwrap_or(i64::MAX);
        format!("{}，前提是有效期确为 {}", utc(time.plus(life.saturating_neg())), span(life))
    }

    fn meaning(&self, field: &str, value: &str) -> Option<String> {
        Some(match (field, value) {
            ("fsizeMin" | "fsizeLimit", bytes) => return size(bytes.parse().ok()?),
            ("detectMime", "0") => "采用客户端给出的类型，没有则自动判断".to_owned(),
            ("detectMime", "1") => "始终自动判断，忽略客户端给出的类型".to_owned(),
            ("detectMime", "-1") => "始终采用客户端给出的类型".to_owned(),
            ("fileType", "0") => "标准存储".to_owned(),
            ("fileType", "1") => "低频存储".to_owned(),
            ("fileType", "2") => "归档存储".to_owned(),
            ("fileType", "3") => "深度归档存储".to_owned(),
            ("fileType", "4") => "归档直读存储".to_owned(),
            ("fileType", "5") => "智能分层存储".to_owned(),
            ("insertOnly", "0") => "能否覆盖由 `scope` 决定".to_owned(),
            ("insertOnly", _) => "不允许覆盖".to_owned(),
            ("forceSaveKey", "true") => "`saveKey` 优先于客户端给出的 `key`".to_owned(),
            ("callbackFetchKey", "1") => "对象键由回调的响应给出".to_owned(),
            ("persistentType", "0") => "立即处理".to_owned(),
            ("persistentType", "1") => "闲时处理".to_owned(),
            ("mimeLimit", types) if types.starts_with('!') => "禁止上传".to_owned(),
            ("mimeLimit", _) => "允许上传".to_owned(),
            ("trafficLimit", _) => "每个连接的限速，比特每秒".to_owned(),
            ("deleteAfterDays", _) => "多少天后删除".to_owned(),
            _ => return None,
        })
    }

    fn keys(&self, keys: Keys) -> &'static str {
        match keys {
            Keys::Any => "任意，但不能覆盖已有对象",
            Keys::Replaced => "只能是它，可以覆盖已有对象",
            Keys::Fresh => "只能是它，不能覆盖已有对象",
            Keys::Prefixed => "以此开头的任意对象键，不能覆盖已有对象",
        }
    }

    fn kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Multi => "multi（多次有效签名）",
            Kind::Once => "once（单次有效签名）",
        }
    }

    fn order(&self, order: Order) -> Option<&'static str> {
        Some(match order {
            Order::Formula => "文档中的公式与 PHP SDK 的顺序",
            Order::Python => "Python 与 Java SDK 的顺序",
            Order::JavaScript => "JavaScript SDK 的顺序",
            _ => return None,
        })
    }

    fn default_life(&self, made: Timestamp, expected: Option<u64>) -> String {
        let expected = expected.map(|life| i64::try_from(life).unwrap_or(i64::MAX));
        let instead = expected.map(|life| format!("，而不是期望的 {}", span(life))).unwrap_or_default();
        format!("有效期从 {} 起恰好 3600 秒{instead}：这是 SDK 的默认值", utc(made))
    }

    fn default_life_help(&self) -> &'static str {
        "Node SDK 的 `PutPolicy` 会忽略传入的 `deadline`，只认以秒为单位的 `expires`；不传则为 3600"
    }

    fn standing(&self, matters: &[Matter], certainty: Certainty) -> String {
        let names: Vec<_> = matters.iter().map(|matter| self.matter(*matter)).collect();
        format!("（{}，{}）", names.join("与"), self.certainty(certainty))
    }

    fn matter(&self, matter: Matter) -> &'static str {
        match matter {
            Matter::Secret => "密钥",
            Matter::Identity => "身份",
            Matter::Text => "签名内容",
            Matter::Signature => "签名计算",
            Matter::Time => "时间",
            Matter::Transport => "传输途中",
            Matter::Condition => "条件",
            other => other.as_str(),
        }
    }

    fn parting(&self, offset: usize, signed: &str, right: &str) -> String {
        let (signed, right) = (joined(signed), joined(right));
        format!("两段内容从偏移 {offset} 处开始不同：签名时是{signed}，服务端看到的是{right}")
    }

    fn end_of_text(&self) -> &'static str {
        "内容末尾"
    }

    fn signature_open(&self) -> &'static str {
        "没有密钥，无从得知签名本身是否正确（用 `--secret-file FILE` 给出）"
    }

    fn stacks(&self, known: &[Stack]) -> String {
        let names: Vec<_> = known.iter().map(|stack| stack.as_str()).collect();
        format!("用 `--stack` 指明所用的客户端或代理，可得到该改哪一行，可选 {}", names.join("、"))
    }

    fn source(&self, source: &SecretSource) -> String {
        origin(source)
    }

    fn fingerprint(&self, print: &Fingerprint) -> String {
        let ends = print.ends.as_ref().map(|ends| format!("，{ends}")).unwrap_or_default();
        format!("{} 字节{ends}，指纹 {}", grouped(print.length as u64), print.hash)
    }

    fn used(&self, used: &Used) -> String {
        let bytes = grouped(used.print.length as u64);
        let of = if used.of > 1 { format!("，共试过 {} 个", used.of) } else { String::new() };
        format!("密钥来自{}，{bytes} 字节，指纹 {}{of}", joined(&used.source), used.print.hash)
    }

    fn clock_fine(&self) -> &'static str {
        "（时钟正常）"
    }

    fn remarked(&self, text: &str, remark: &str) -> String {
        format!("{text}（{remark}）")
    }

    fn step(&self, what: What) -> String {
        let hash = |hash| match hash {
            HashName::Md5 => "MD5",
            HashName::Sha1 => "SHA-1",
            HashName::Sha256 => "SHA-256",
        };
        match what {
            What::Payload(own) => format!("请求体的 {}", hash(own)),
            What::ContentMd5 => "请求体的 MD5（Base64）".to_owned(),
            What::Policy => "policy（Base64）".to_owned(),
            What::Document(Document::CanonicalRequest) => "规范请求".to_owned(),
            What::Document(Document::StringToSign) => "待签名字符串".to_owned(),
            What::Digest(own) => format!("规范请求的 {}", hash(own)),
            What::Scope => "凭证范围".to_owned(),
            What::Key(1, 1) => "由密钥派生的签名密钥".to_owned(),
            What::Key(number, of) => format!("派生密钥 {number}/{of}"),
            What::Signature(HashName::Md5) => "签名：密钥与待签名字符串拼接后的 MD5".to_owned(),
            What::Signature(own) => format!("签名：待签名字符串的 HMAC-{}", hash(own)),
        }
    }

    fn progress(&self, variants: u64, elapsed: Duration) -> String {
        format!("正在搜索：{} 秒内已尝试 {} 种变化；按 Ctrl-C 显示目前的结论", elapsed.as_secs(), grouped(variants))
    }

    fn judged(&self, count: usize, at: Timestamp) -> String {
        format!("共 {count} 个凭证，当前时间按 {} 计", utc(at))
    }
}

fn meant(placeholder: Placeholder) -> String {
    match placeholder {
        Placeholder::File => "要上传的文件".to_owned(),
        Placeholder::Body(None) => "内容为请求体的文件".to_owned(),
        Placeholder::Body(Some(bytes)) => format!("内容为请求体的文件（{} 字节）", grouped(bytes)),
        Placeholder::Name => "对象键的其余部分".to_owned(),
        Placeholder::UploadHost => {
            let hosts = kodo::upload_regions().filter_map(|region| Some(format!("{region} {}", kodo::upload_host(region)?)));
            format!("空间所在区域的上传域名，可用 `--region` 填入：{}", hosts.collect::<Vec<_>>().join("、"))
        }
        Placeholder::Region => "存储桶所在地域，可用 `--region` 填入：gz、sh 或 tj".to_owned(),
        Placeholder::Path => "文件在存储桶中的路径，可用 `--fileid` 填入".to_owned(),
        Placeholder::Operation => "对文件的操作：`delete` 或 `update`".to_owned(),
        Placeholder::Bucket => "Bucket 的域名，可用 `--host` 填入".to_owned(),
    }
}

fn origin(source: &SecretSource) -> String {
    match source {
        SecretSource::File(path) => format!("`{}`", path.display()),
        SecretSource::Line(path, line) => format!("`{}` 第 {line} 行", path.display()),
        SecretSource::Variable(name) => (*name).to_owned(),
        SecretSource::Profile(path, name) => format!("`{}` 中的配置 `{name}`", path.display()),
        SecretSource::Command => "`curl` 命令行".to_owned(),
        SecretSource::Prompt => "手工输入".to_owned(),
    }
}

/// The same before `的`.
fn within(source: &SecretSource) -> String {
    let origin = origin(source);
    match source {
        SecretSource::Prompt => origin,
        _ if origin.ends_with(|c: char| !c.is_ascii()) => format!("{origin}中"),
        _ => format!("{origin} 中"),
    }
}

/// A text behind Chinese words: before anything that is not Chinese there is a blank.
fn joined(text: &str) -> String {
    let is_latin = text.starts_with(|c: char| c.is_ascii_alphanumeric() || "`$-".contains(c));
    if is_latin { format!(" {text}") } else { text.to_owned() }
}

fn counts(searched: &Searched) -> String {
    format!("{} 种原因的 {} 种变化", searched.causes, grouped(searched.variants))
}

fn at_once(depth: u8) -> &'static str {
    match depth {
        0 | 1 => "逐个尝试",
        2 => "逐个并两两组合尝试",
        _ => "逐个、两两并三三组合尝试",
    }
}

/// A length of time in its two largest units: `2 小时 5 分`.
fn span(seconds: i64) -> String {
    in_units(seconds, ["年", "天", "小时", "分", "秒"])
}

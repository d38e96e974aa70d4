//! Policies, forms and callbacks, in Chinese.

use super::{
    Zh, joined, span,
    trouble::{of, of_joined, place},
};
use crate::{
    text::{
        FormLabels, FormWords, Ruling, SignatureState, Upload, Words,
        figures::{grouped, utc},
        is_of_signature,
    },
    trouble::{FetchFault, FormTrouble},
};
use countersign::{
    Timestamp, VendorAnswer,
    callback::AnswerFaultKind,
    policy::{BuildError, FaultKind, PolicyFault, Reason},
    providers::{
        kodo,
        oss::callback::{CallbackFault, Failure, Mismatch, Reading, Weight},
    },
};

static LABELS: FormLabels = FormLabels {
    accepted: "会被接受",
    refused: "会被拒绝",
    failed: "会失败",
    fine: "没有问题",
    not_genuine: "并非来自 OSS",
    field: "表单域",
    sent: "实际发送",
    condition: "条件",
    place: "位置",
    answer: "响应",
    lint: "值得修改",
    open: "尚不清楚",
    bucket: "Bucket",
    file: "文件",
    readable: "可以读取",
    header: "请求头",
    query: "查询字符串",
    form: "表单域",
    preview: "回调内容",
    key: "公钥",
    target: "目标",
    uploader: "上传方收到",
};

/// `；服务端返回 400 InvalidPolicyDocument`
fn answers(answer: &VendorAnswer) -> String {
    let status = answer.status.map(|status| format!(" {status}"));
    let code = answer.code.map(|code| format!(" {code}"));
    let message = answer.message.as_ref().map(|message| format!("：{message}"));
    let all: String = [status, code, message].into_iter().flatten().collect();
    if all.is_empty() { all } else { format!("；服务端返回{all}") }
}

impl FormWords for Zh {
    fn form_labels(&self) -> &'static FormLabels {
        &LABELS
    }

    fn form_trouble(&self, trouble: &FormTrouble) -> String {
        let tell = |told| self.language().tell(told);
        match trouble {
            FormTrouble::Policy(source, fault) => format!("{}：{}{}", place(source), tell(fault), answers(&fault.answer)),
            FormTrouble::Condition(text, fault) => format!("`--condition` 的值 `{text}`：{}", tell(fault)),
            FormTrouble::Build(error) => tell(error),
            FormTrouble::FieldNeeded(needed) => tell(needed),
            FormTrouble::IdNeeded(scheme) => format!("`{scheme}` 的 policy 要写 AccessKey ID，而这里没有"),
            FormTrouble::Whose(source) => format!("{}看不出是哪家厂商的表单或 policy", of(source)),
            FormTrouble::Unreadable(source, refusal) => {
                format!("{}：{}{}", place(source), tell(&**refusal), answers(&refusal.answer))
            }
            FormTrouble::TooLong(source, limit) => {
                format!("{}超过 {} MiB，表单最多读取这么多", of(source), limit >> 20)
            }
            FormTrouble::NoForm(source) => {
                format!("{}不是表单，应为带请求体的 POST 请求、JSON 对象形式的表单域或 policy", of(source))
            }
            FormTrouble::SaidByForm(option, source) => {
                format!("给出了 `{option}`，而{}已包含文件本身，请只给其中一个", of_joined(source))
            }
            FormTrouble::NoCallbacks(provider) => format!("不了解 `{provider}` 的上传回调，应为 `oss` 或 `kodo`"),
            FormTrouble::BesideFile(option) => {
                format!("`{option}` 不能与文件中的上传策略同用：它会原样签名，请只给其中一个")
            }
            FormTrouble::OptionNeeded(option) => format!("上传回调需要 `{option}`"),
            FormTrouble::Variable(missing) => tell(missing),
            FormTrouble::NoCallback(source) => {
                format!("{}不是 OSS 或 Kodo 的回调，应有 `x-oss-pub-key-url` 或 `Authorization: QBox ...`", of(source))
            }
            FormTrouble::Unverifiable => {
                "KS3 如何对回调签名尚无定论：它的文档和 SDK 都没有说明，因此无法判断这样的回调".to_owned()
            }
            FormTrouble::KeyNeeded => "没有验证该回调所需的公钥".to_owned(),
            FormTrouble::PublicKey(path, error) => format!("`{}`：{}", path.display(), tell(error)),
            FormTrouble::FetchedKey(url, error) => format!("`{url}` 给出的不是公钥：{}", tell(error)),
            FormTrouble::Fetch(url, fault) => match fault {
                FetchFault::Status(status) => format!("`{url}` 返回 {status}，应为 200 和公钥"),
                FetchFault::TooLong(limit) => format!("`{url}` 返回的内容超过 {} KiB，应为公钥", limit >> 10),
                FetchFault::Time(seconds) => format!("`{url}` 在 {seconds} 秒内没有给出公钥"),
                FetchFault::Failed(why) => format!("无法获取 `{url}`：{why}"),
            },
            FormTrouble::NoResponse(source, line) => {
                format!("{}以 `{line}` 开头，应为 HTTP 响应，例如 `HTTP/1.1 200 OK`", of(source))
            }
        }
    }

    fn form_remedy(&self, trouble: &FormTrouble) -> Option<String> {
        Some(match trouble {
            FormTrouble::Build(BuildError::ConditionMissing("bucket")) => "请用 `--bucket` 指定".to_owned(),
            FormTrouble::Build(BuildError::NoCondition) => {
                "请说明允许什么：`--bucket`、`--key` 或 `--starts-with`、`--size`、`--condition`".to_owned()
            }
            FormTrouble::Build(BuildError::RangeReversed(_)) => "请先写较小的大小：`--size 1..10MB`".to_owned(),
            FormTrouble::Condition(..) => {
                "写成 `{\"acl\": \"private\"}` 或 `[\"starts-with\", \"$key\", \"user/\"]`，在 Shell 中用单引号括起来".to_owned()
            }
            FormTrouble::FieldNeeded(needed) => format!("请给出 `--field {}=VALUE`", needed.field),
            FormTrouble::IdNeeded(_) => "请给出 `--access-key-id ID`，或设置 COUNTERSIGN_ACCESS_KEY_ID".to_owned(),
            FormTrouble::Whose(_) => "请用 `--provider` 指定：s3、oss、ks3、cos 或 kodo".to_owned(),
            FormTrouble::Unreadable(..) => "`countersign policy check` 可以判断这样的表单".to_owned(),
            FormTrouble::TooLong(..) => {
                "请把表单域写成 JSON 对象交给 `countersign policy check`，并给出 `--file-size` 和 `--file-name`".to_owned()
            }
            FormTrouble::Unverifiable => "请在回调的 URL 中加入自己的密钥，并检查它".to_owned(),
            FormTrouble::KeyNeeded => "请给出 `--public-key FILE`，或用 `--fetch-key` 从 OSS 存放公钥的地址获取".to_owned(),
            FormTrouble::Fetch(..) | FormTrouble::FetchedKey(..) => "请用其他方式获取，再以 `--public-key FILE` 给出".to_owned(),
            _ => return None,
        })
    }

    fn ruling(&self, ruling: &Ruling<'_>) -> String {
        match ruling {
            Ruling::Accepted(SignatureState::Right) => "签名正确，表单符合 policy".to_owned(),
            Ruling::Accepted(_) => "表单符合 policy；签名是否正确，要有密钥才能判断".to_owned(),
            Ruling::Refused(why) => (*why).to_owned(),
            Ruling::PolicyAlone(0) => "policy 没有值得修改之处".to_owned(),
            Ruling::PolicyAlone(count) => format!("policy 有 {count} 处值得修改"),
            Ruling::Undecided(SignatureState::Missing) => {
                "表单既没有签名也没有 policy：能否写入取决于 Bucket 是否公共可写".to_owned()
            }
            Ruling::Undecided(SignatureState::Unchecked) => "没有发现表单有问题，但起决定作用的条件不全，也没有密钥".to_owned(),
            Ruling::Undecided(_) => "没有发现表单有问题，但起决定作用的条件不全".to_owned(),
        }
    }

    fn would_be_refused(&self, why: &str) -> String {
        format!("服务端会拒绝该表单：{why}")
    }

    fn refusal_help(&self, reason: &Reason) -> Option<String> {
        Some(match reason {
            Reason::NotMultipart => {
                "请以 `multipart/form-data` 发送表单：HTML 表单用 `enctype`，脚本用 `FormData`，或 `curl --form`".to_owned()
            }
            Reason::BoundaryMissing => "不要在代码里设置该请求头：客户端会写上它所用的 boundary".to_owned(),
            Reason::Malformed { .. } => "让库来生成请求体；检查长度和内容在传输途中没有改变".to_owned(),
            Reason::FilePartHeader(name) => format!("文件那一部分不要带 `{name}`"),
            Reason::NameTooLong(_) | Reason::ValueTooLong { .. } => "请缩短它".to_owned(),
            Reason::FieldsTooLong(_) => "减少文件之前的内容，并把文件那一部分命名为 `file`".to_owned(),
            Reason::FileCount(0) => "把文件放在最后，这一部分命名为 `file`".to_owned(),
            Reason::FileCount(_) => "每个请求只发送一个文件".to_owned(),
            Reason::BehindFile(name) => format!("把 `{name}` 放到文件之前：服务端读到文件为止"),
            Reason::KeyMissing => "在文件之前发送 `key`：服务端读到文件为止".to_owned(),
            Reason::Unsigned => "`countersign policy sign` 会生成缺少的表单域".to_owned(),
            Reason::SigningFieldMissing(name) => format!("在文件之前发送 `{name}`，值以 `countersign policy sign` 的输出为准"),
            Reason::SigningFieldEmpty(name) => format!("给 `{name}` 填上值，以 `countersign policy sign` 的输出为准"),
            Reason::ExpirationNotUtc(_) => "用 UTC 书写时间，以 `Z` 结尾".to_owned(),
            Reason::Expired { .. } => "每次上传之前不久，重新申请 policy".to_owned(),
            Reason::ConditionMissing(name) => format!("在 policy 中加入对 `{name}` 的条件，并重新签名"),
            Reason::ConditionFailed { field, found: None, .. } => {
                format!("发送表单域 `{field}`，其值要符合该条件；或者签一份不含该条件的 policy")
            }
            Reason::ConditionFailed { field, wanted, .. } if field.eq_ignore_ascii_case("bucket") => {
                format!("把表单发往 Bucket `{wanted}`，或者为当前 Bucket 签一份 policy")
            }
            Reason::ConditionFailed { field, .. } => {
                format!("让 `{field}` 的值符合该条件，或者签一份允许当前值的 policy")
            }
            Reason::ExtraField(name) if is_of_signature(name) => {
                format!("签名之前在 policy 中加入 `{{\"{name}\": \"<its value>\"}}`；`countersign policy build` 会这样做")
            }
            Reason::ExtraField(name) => {
                format!("在 policy 中加入对 `{name}` 的条件，例如 `[\"starts-with\", \"${name}\", \"\"]`；或者不发送它")
            }
            Reason::TooSmall { .. } | Reason::TooLarge { .. } => {
                "上传之前先检查大小，或者签一份 `content-length-range` 不同的 policy".to_owned()
            }
            Reason::OverPostLimit { .. } => "不要用表单，改用分片上传".to_owned(),
            Reason::EncryptionUnknown(_) => "发送 `AES256` 或 `KMS`".to_owned(),
            Reason::PolicyUnreadable(PolicyFault { kind: FaultKind::OperatorUnknown(_), .. }) => {
                "可用的操作符有 `eq`、`starts-with` 和 `content-length-range`；OSS 还有 `in` 和 `not-in`".to_owned()
            }
            Reason::PolicyUnreadable(_) => "用 JSON 库或 `countersign policy build` 生成 policy".to_owned(),
            Reason::SignatureDiffers => "`countersign explain` 会查找原因".to_owned(),
            _ => return None,
        })
    }

    fn put_refusal_help(&self, reason: &kodo::Reason) -> Option<String> {
        Some(match reason {
            kodo::Reason::Expired { .. } => "每次上传之前不久，重新申请上传凭证".to_owned(),
            kodo::Reason::OtherBucket { scope, .. } => format!("请上传到 scope 中的空间 `{scope}`"),
            kodo::Reason::KeyOutOfScope { .. } => "使用上传凭证所允许的 `key`，或者为这个 `key` 申请上传凭证".to_owned(),
            kodo::Reason::KeyNotListed { .. } => "使用 `keylimit` 中的某个 `key`".to_owned(),
            kodo::Reason::KeyTooLong(_) => "请缩短它".to_owned(),
            kodo::Reason::TooSmall { .. } | kodo::Reason::TooLarge { .. } => {
                "上传之前先检查大小，或者申请限制不同的上传凭证".to_owned()
            }
            kodo::Reason::TypeForbidden { .. } => "上传 `mimeLimit` 所允许的类型，或者申请允许该类型的上传凭证".to_owned(),
            kodo::Reason::SignatureDiffers => "`countersign explain` 会查找原因".to_owned(),
            kodo::Reason::FileExists { .. } => "换一个 `key`；只有 scope 恰好指定该 `key` 的上传凭证才能覆盖已有对象".to_owned(),
            _ => return None,
        })
    }

    fn put_problem_help(&self) -> &'static str {
        "`countersign token` 和 `countersign policy build` 会生成服务端认可的上传策略"
    }

    fn dropped_member(&self, name: &str) -> (String, String) {
        (format!("policy 没有 `{name}` 这个成员，已将它去掉"), "条件应放在 `conditions` 中".to_owned())
    }

    fn offset(&self, at: usize) -> String {
        format!("policy 的偏移 {at} 处")
    }

    fn unpublished(&self) -> &'static str {
        "厂商没有公布具体内容"
    }

    fn signature(&self, state: SignatureState) -> &'static str {
        match state {
            SignatureState::Right => "用这个密钥验签通过",
            SignatureState::Wrong => "用这个密钥对该 policy 签名，得到的不是这个签名",
            SignatureState::Unchecked => "没有密钥，未验签，只判断了 policy",
            SignatureState::Missing => "表单没有签名",
        }
    }

    fn file(&self, name: Option<&str>, size: u64, content_type: Option<&str>) -> String {
        let name = name.filter(|name| !name.is_empty());
        let size = format!("{} 字节", grouped(size));
        let all = [name.map(str::to_owned), Some(size), content_type.map(str::to_owned)];
        all.into_iter().flatten().collect::<Vec<_>>().join("，")
    }

    fn policy_ends(&self, time: Timestamp, at: Timestamp) -> String {
        let left = time.since(at);
        let moment = if left < 0 { format!("已过期 {}", span(-left)) } else { format!("将在 {}后过期", span(left)) };
        format!("policy {moment}，{}", utc(time))
    }

    fn last_field(&self) -> &'static str {
        "（文件本身，放在最后）"
    }

    fn upload_button(&self) -> &'static str {
        "上传"
    }

    fn posts(&self, url: &str, content_type: &str) -> String {
        format!("以 {content_type} 发往 {url}")
    }

    fn sample_values(&self, names: &[&str]) -> String {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        format!("{} 用的是示例值，可用 `--set NAME=VALUE` 指定", names.join("、"))
    }

    fn callback_right(&self) -> &'static str {
        "回调来自 OSS：用这个公钥验签通过"
    }

    fn callback_help(&self, fault: &CallbackFault) -> Option<String> {
        Some(match fault {
            CallbackFault::Method(_) => "OSS 用 POST 回调，其他请求方法一律返回 405".to_owned(),
            CallbackFault::KeyUrlMissing | CallbackFault::AuthorizationMissing => {
                "返回 400：OSS 会带上这两个请求头；如果是代理去掉了其中一个，请让它透传".to_owned()
            }
            CallbackFault::KeyUrlHost(_) => {
                "返回 400，不要去获取公钥：谁都可以写上自己的公钥地址；比对时要包括域名之后的斜杠".to_owned()
            }
            CallbackFault::Signature(Mismatch::OtherText { .. }) => {
                "逐字节检查路径、查询字符串和请求体，要用收到时的原样，即代理或框架改写、解码或解析之前的内容".to_owned()
            }
            CallbackFault::Signature(Mismatch::OtherKey | Mismatch::Length { .. }) => {
                "用 `x-oss-pub-key-url` 指明的公钥验签；如果已是这个公钥，返回 400".to_owned()
            }
            _ => return None,
        })
    }

    fn reading(&self, reading: Reading) -> Option<&'static str> {
        match reading {
            Reading::Documented => None,
            Reading::PlusAsBlank => Some("路径中的 `+` 当作空格，文档没有说明这一点"),
            Reading::BareMarkDropped => Some("去掉了后面没有内容的 `?`，文档没有说明这一点"),
            Reading::PlusAsBlankAndBareMarkDropped => {
                Some("路径中的 `+` 当作空格，并去掉了后面没有内容的 `?`，文档没有说明这两点")
            }
        }
    }

    fn weak_key(&self, bits: u32) -> String {
        format!("{bits} 位的公钥早已有公开的破解：如果必须确保来源，请在回调的 URL 中加入自己的密钥")
    }

    fn key_bits(&self, bits: u32, from: &str) -> String {
        format!("{bits} 位，来自{}", joined(from))
    }

    fn answer_fault_help(&self, kind: &AnswerFaultKind) -> &'static str {
        match kind {
            AnswerFaultKind::TooSlow { .. } => "先返回响应，再处理业务：服务端不会多等，也不会重试",
            AnswerFaultKind::Redirect { .. } => "回调中直接写最终的 URL，包括协议和斜杠：服务端不跟随重定向",
            AnswerFaultKind::Status(502) => "启动代理后面的服务，并检查网络是否可达",
            AnswerFaultKind::Status(_) => "无论业务结果如何都返回 200，把结果写进 JSON",
            AnswerFaultKind::NoContentLength(_) => "一次写出整个响应体，或设置该响应头：不支持分块响应",
            AnswerFaultKind::ContentLength(_) | AnswerFaultKind::OtherLength { .. } => {
                "按字节而不是字符计数，并确保之后没有压缩或改动响应体"
            }
            AnswerFaultKind::TooLong { .. } => "只返回上传方需要的内容",
            AnswerFaultKind::ContentType(_) => "设置 `Content-Type: application/json`",
            AnswerFaultKind::ByteOrderMark => "源文件保存为不带 BOM 的 UTF-8：PHP 会把 `<?php` 之前的内容发送出去",
            AnswerFaultKind::Empty => "返回 JSON，至少是 `{}`",
            AnswerFaultKind::NotJson { .. } => "用库生成 JSON 并返回；字符串要带引号：`{\"Status\":\"OK\"}`",
            AnswerFaultKind::NotTrue { .. } => "返回 `{\"result\":true}`",
            _ => "",
        }
    }

    fn callback_failure(&self, failure: &Failure) -> (String, String) {
        let (title, help) = match failure {
            Failure::NotJson => (
                "回调服务器返回的不是 JSON，或者以 BOM 开头".to_owned(),
                "从第一个字节起就返回 JSON，例如 `{\"Status\":\"OK\"}`；可把该响应交给 `callback verify --response`",
            ),
            Failure::Timeout => (
                "回调服务器在 5 秒内没有返回响应".to_owned(),
                "先返回响应，再处理业务；错误信息中的地址是 OSS 自己的，没有参考意义",
            ),
            Failure::NoConnection => (
                "OSS 无法连接回调服务器，或者没有按时得到响应".to_owned(),
                "从外网检查 `callbackUrl`、防火墙和证书，并在 5 秒内返回响应",
            ),
            Failure::Status(502) => {
                ("回调服务器前的代理返回了 502".to_owned(), "启动代理后面的服务，检查它的地址，并确认 `callbackUrl` 正确")
            }
            Failure::Status(status) => {
                (format!("回调服务器返回了 {status}，应为 200"), "无论业务结果如何都返回 200，把结果写进 JSON")
            }
            Failure::Length => (
                "回调服务器的响应没有 `Content-Length`，或者超过 1 MB".to_owned(),
                "一次写出整个响应体，或设置该响应头：不支持分块响应",
            ),
            Failure::TooManyRequests => ("OSS 过载，没有发起回调".to_owned(), "对象已保存：稍后去查询，或者重新上传"),
            Failure::ImageInfo => (
                "回调用到了 `imageInfo`，而对象不是可识别的图片，或者已不存在".to_owned(),
                "上传的内容可能不是图片时，不要在回调内容中使用 `${imageInfo...}`",
            ),
            _ => (
                "OSS 说回调失败，但没有公布过这种说法的含义".to_owned(),
                "请把回调服务器的响应本身交给 `callback verify --response`",
            ),
        };
        (title, help.to_owned())
    }

    fn callback_refused(&self, weight: Weight, first: &str) -> String {
        match weight {
            Weight::Refused => format!("OSS 会拒绝该上传：{first}"),
            _ => format!("上传会成功，但回调达不到预期：{first}"),
        }
    }

    fn answer_ruling(&self, faults: usize, upload: Upload) -> String {
        let fate = match upload {
            Upload::Stored => "对象已保存，但上传方会被告知回调失败",
            Upload::Open => "服务端不认为上传已完成，并会告知上传方",
        };
        match faults {
            0 => "服务端接受该响应，并转发给上传方".to_owned(),
            1 => fate.to_owned(),
            more => format!("{fate}；共有 {more} 处问题"),
        }
    }
}

//! What `error` says, in Chinese.

use super::span;
use crate::text::{ErrorLabels, ErrorWords};
use countersign_errors::Trait;

/// Chinese.
pub struct Zh;

static ZH: ErrorLabels = ErrorLabels {
    message: "错误信息",
    causes: "可能的原因",
    checks: "检查",
    prove: "验证",
    nothing_proves: "没有命令可以验证：以上述检查为准",
    related: "`explain` 会查找的原因",
    in_answer: "这份响应中",
    messages: "结合错误信息另有所指",
    same_status: "状态码相同的其他错误码",
    other_vendors: "同名错误码还见于",
    unknown: "未知",
    how: "判定",
    fix: "修复",
};

impl ErrorWords for Zh {
    fn labels(&self) -> &'static ErrorLabels {
        &ZH
    }

    fn unknown(&self, text: &str) -> String {
        format!("没有收录错误 `{text}`，最接近的是")
    }

    fn is_status(&self, status: &str) -> String {
        format!("HTTP 状态码 {status}，有多个错误码使用它")
    }

    fn contained(&self, name: &str) -> String {
        format!("文本中含有 `{name}`")
    }

    fn origin(&self, vendor: &str, traits: &[Trait]) -> String {
        let shown = traits.iter().map(|own| match own {
            Trait::Header(name) => format!("响应头 `{name}`"),
            Trait::Host(name) => format!("域名 `{name}`"),
            Trait::Element(name) => format!("元素 `{name}`"),
            _ => String::new(),
        });
        format!("响应来自：{vendor}，依据是{}", shown.collect::<Vec<_>>().join("、"))
    }

    fn more(&self, count: usize, command: &str) -> String {
        format!("同一错误码还有 {count} 种错误信息各有所指：`{command}`")
    }

    fn shows(&self, verb: &str) -> &'static str {
        match verb {
            "explain" => "指出错误所在；签名不对时，用同样的错误重现该签名来证实",
            "verify" => "判断签名是否正确；如果正确，问题就在权限或设置",
            "policy check" => "按 policy 判断表单，用服务端自己的措辞说明",
            "callback make" => "检查回调参数，并显示服务端会发送什么",
            "callback verify" => "判断回调服务器返回的响应",
            "decode" => "显示签了什么：AccessKey ID、时间、范围、文件、policy",
            _ => "",
        }
    }

    fn skew(&self, seconds: i64) -> String {
        let side = if seconds < 0 { "快" } else { "慢" };
        format!("请求中的时间比服务端时钟{side} {}", span(seconds.saturating_abs()))
    }

    fn quotes(&self, string_to_sign: bool, canonical_request: bool) -> &'static str {
        match (string_to_sign, canonical_request) {
            (true, true) => "服务端算出的待签名字符串与规范请求",
            (true, false) => "服务端算出的待签名字符串",
            _ => "服务端算出的规范请求",
        }
    }

    fn altered(&self) -> &'static str {
        "响应中引用的内容在服务端写出之后被改动过，请改用抓包得到的响应"
    }
}

//! Which vendor a server's answer is from.

use countersign::explain::ServerAnswer;

/// Something only one vendor writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trait {
    /// A response header.
    Header(&'static str),
    /// A part of a host name or URL.
    Host(&'static str),
    /// An element of the body.
    Element(&'static str),
}

static TRAITS: [(&str, Trait); 34] = [
    ("oss", Trait::Header("x-oss-request-id")),
    ("oss", Trait::Header("x-oss-ec")),
    ("oss", Trait::Header("AliyunOSS")),
    ("oss", Trait::Host("aliyuncs.com")),
    ("oss", Trait::Element("EC")),
    ("oss", Trait::Element("OSSAccessKeyId")),
    ("oss", Trait::Element("RecommendDoc")),
    ("oss", Trait::Element("AccessDeniedDetail")),
    ("s3", Trait::Header("x-amz-request-id")),
    ("s3", Trait::Header("x-amz-id-2")),
    ("s3", Trait::Header("AmazonS3")),
    ("s3", Trait::Host("amazonaws.com")),
    ("s3", Trait::Element("AWSAccessKeyId")),
    ("s3", Trait::Element("CanonicalRequest")),
    ("s3", Trait::Element("CanonicalRequestBytes")),
    ("s3", Trait::Element("HeadersNotSigned")),
    ("cos", Trait::Header("x-cos-request-id")),
    ("cos", Trait::Header("x-cos-trace-id")),
    ("cos", Trait::Header("tencent-cos")),
    ("cos", Trait::Host("myqcloud.com")),
    ("cos", Trait::Host("tencentcos.cn")),
    ("cos", Trait::Element("FormatString")),
    ("cos", Trait::Element("TraceId")),
    ("kodo", Trait::Header("x-reqid")),
    ("kodo", Trait::Host("qiniup.com")),
    ("kodo", Trait::Host("qiniu")),
    ("kodo", Trait::Host("qbox")),
    ("kodo", Trait::Host("clouddn.com")),
    ("kodo", Trait::Element("error")),
    ("ks3", Trait::Header("x-kss-request-id")),
    ("ks3", Trait::Header("x-kss-")),
    ("ks3", Trait::Host("ksyuncs.com")),
    ("ks3", Trait::Host("ksyun.com")),
    ("ks3", Trait::Host("ks3-cn-")),
];

/// What in an answer, or in a text about one, shows whose it is; the vendor with the most of it first.
#[must_use]
pub fn origins(answer: Option<&ServerAnswer>, text: &str) -> Vec<(&'static str, Vec<Trait>)> {
    let text = text.to_ascii_lowercase();
    let mut all: Vec<(&str, Vec<Trait>)> = Vec::new();
    for (provider, own) in TRAITS {
        let is_there = match own {
            Trait::Header(word) | Trait::Host(word) => text.contains(&word.to_ascii_lowercase()),
            Trait::Element(name) => answer.is_some_and(|answer| answer.element(name).is_some()),
        };
        if is_there {
            match all.iter_mut().find(|(id, _)| *id == provider) {
                Some((_, traits)) => traits.push(own),
                None => all.push((provider, vec![own])),
            }
        }
    }
    // The JSON API of COS alone answers with numbers below zero.
    if answer.and_then(|answer| answer.code.as_deref()).is_some_and(|code| code.starts_with('-')) {
        all.retain(|(id, _)| *id == "cos");
    }
    all.sort_by_key(|(_, traits)| std::cmp::Reverse(traits.len()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&'static str> {
        let answer = ServerAnswer::parse(text.as_bytes()).ok();
        origins(answer.as_ref(), text).first().map(|(id, _)| *id)
    }

    #[test]
    fn headers_hosts_and_elements_tell_the_vendor() {
        for (text, provider) in [
            ("HTTP/1.1 403 Forbidden\nx-oss-request-id: 1\n\n<Error><Code>AccessDenied</Code></Error>", Some("oss")),
            ("<Error><Code>A</Code><HostId>b.oss-cn-hangzhou.aliyuncs.com</HostId></Error>", Some("oss")),
            (
                "<Error><Code>A</Code><EC>0002-00000040</EC><AWSAccessKeyId>x</AWSAccessKeyId><HostId>b.oss-cn-x.aliyuncs.com</HostId></Error>",
                Some("oss"),
            ),
            ("<Error><Code>A</Code><FormatString>get</FormatString></Error>", Some("cos")),
            ("HTTP/1.1 403\nX-Amz-Request-Id: 1\n\n<Error><Code>A</Code></Error>", Some("s3")),
            ("{\"error\":\"bad token\"}", Some("kodo")),
            ("{\"code\":-97,\"message\":\"x\"}", None),
            ("<Error><Code>A</Code><Resource>/b.ks3-cn-beijing.ksyuncs.com/</Resource></Error>", Some("ks3")),
            ("<Error><Code>A</Code></Error>", None),
        ] {
            assert_eq!(first(text), provider, "{text}");
        }
    }
}

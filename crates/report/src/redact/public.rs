//! What everybody knows: words of the vendors and of HTTP, which say nothing of their user.

/// How much the value of a header, parameter or field says of its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Public,
    Private,
    /// A digest, a token, a policy: hidden as a whole.
    Opaque,
    /// An id and a signature among public words.
    Credential,
}

/// What the name in small letters says of its value. What is not known here is private.
pub fn kind(name: &str) -> Kind {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&["authorization", "-credential", "q-ak"]) {
        Kind::Credential
    } else if ends(&["signature", "token", "content-md5", "content-sha256", "policy", "-md5", "crc64ecma"]) || name == "sign" {
        Kind::Opaque
    } else if PUBLIC.contains(&name) || ends(&["-date", "-algorithm", "-expires", "-signedheaders", "-acl", "-storage-class"]) {
        Kind::Public
    } else {
        Kind::Private
    }
}

static PUBLIC: [&str; 38] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "date",
    "deadline",
    "e",
    "expect",
    "expires",
    "list-type",
    "max-keys",
    "partnumber",
    "pragma",
    "q-header-list",
    "q-key-time",
    "q-sign-algorithm",
    "q-sign-time",
    "q-url-param-list",
    "range",
    "sec-fetch-mode",
    "success_action_status",
    "t",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
    "x-amz-decoded-content-length",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-signedheaders",
    "x-kss-signedheaders",
    "x-oss-additional-headers",
    "x-oss-signature-version",
];

/// Texts in the place of a digest.
pub fn is_literal(text: &str) -> bool {
    text.starts_with("UNSIGNED-PAYLOAD") || text.starts_with("STREAMING-") || DIGESTS_OF_NOTHING.contains(&text)
}

static DIGESTS_OF_NOTHING: [&str; 3] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "1B2M2Y8AsgTpgAmY7PhCfg==",
];

/// Whether a word says nothing of its user: words of the vendors' hosts and of HTTP, single digits, times.
pub fn is_public(word: &str) -> bool {
    is_time(word) || is_vendors(word)
}

/// Whether a word is one of the vendors' hosts and of HTTP, or a single digit.
pub fn is_vendors(word: &str) -> bool {
    WORDS.contains(&&*word.to_ascii_lowercase())
}

/// Whether a word says nothing of its user in the name of a header.
pub fn is_of_headers(word: &str) -> bool {
    is_vendors(word) || PUBLIC.iter().any(|name| name.split('-').any(|own| own.eq_ignore_ascii_case(word)))
}

/// Whether a word looks like a time in seconds of these decades.
fn is_time(word: &str) -> bool {
    word.len() == 10 && word.starts_with('1') && word.bytes().all(|byte| byte.is_ascii_digit())
}

static WORDS: &[&str] = &[
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "0",
    "accelerate",
    "acl",
    "aliyun",
    "aliyuncs",
    "amazonaws",
    "ap",
    "api",
    "aws",
    "aws4",
    "beijing",
    "central",
    "chengdu",
    "clouddn",
    "cn",
    "com",
    "cos",
    "dualstack",
    "east",
    "eu",
    "get",
    "guangzhou",
    "hangzhou",
    "head",
    "hongkong",
    "host",
    "hmac",
    "http",
    "https",
    "internal",
    "io",
    "ks3",
    "ksyun",
    "ksyuncs",
    "kss",
    "kss4",
    "localhost",
    "me",
    "meta",
    "myqcloud",
    "net",
    "north",
    "northeast",
    "northwest",
    "org",
    "oss",
    "oss4",
    "post",
    "put",
    "delete",
    "qbox",
    "qiniu",
    "qiniuapi",
    "qiniucs",
    "qiniup",
    "r2",
    "region",
    "request",
    "requestpayer",
    "s3",
    "sa",
    "service",
    "sha1",
    "sha256",
    "shanghai",
    "shenzhen",
    "singapore",
    "south",
    "southeast",
    "southwest",
    "tencentcos",
    "true",
    "false",
    "up",
    "uploads",
    "us",
    "v4",
    "west",
    "x",
    "amz",
    "zhangjiakou",
];

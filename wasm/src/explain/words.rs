//! The few words a page cannot take from elsewhere.

use super::ask::{Fault, wrong};
use countersign::{
    Document, HashName,
    explain::{Language, Sentences},
};
use countersign_report::steps::What;
use std::sync::OnceLock;

/// The Chinese sentences: a page that shows none does without them.
static CHINESE: OnceLock<Sentences> = OnceLock::new();

/// Takes the sentences of the file `languages/zh.json` behind its version, and says whether they are those of this program.
pub fn load(fields: &str) -> bool {
    let Some((env!("CARGO_PKG_VERSION"), sentences)) = fields.split_once('\0') else { return false };
    CHINESE.get().is_some() || Sentences::read(sentences).is_some_and(|read| CHINESE.set(read).is_ok())
}

/// The language for its tag.
pub fn language(tag: Option<&str>) -> Result<Language, Fault> {
    match tag {
        None | Some("en") => Ok(Language::English),
        Some("zh") => CHINESE
            .get()
            .map(Language::Loaded)
            .ok_or_else(|| Fault::new("language-not-loaded", "the sentences are not loaded; await `loadLanguage('zh')` first")),
        Some(_) => Err(wrong("lang", "`en` or `zh`")),
    }
}

/// What a step of the derivation gives.
pub fn step(what: What, language: Language) -> String {
    let name = |hash| match hash {
        HashName::Md5 => "MD5",
        HashName::Sha1 => "SHA-1",
        HashName::Sha256 => "SHA-256",
    };
    let is_chinese = language != Language::English;
    let told = |english: &str, chinese: &str| (if is_chinese { chinese } else { english }).to_owned();
    match what {
        What::Payload(hash) if is_chinese => format!("请求体的 {}", name(hash)),
        What::Payload(hash) => format!("{} of the body", name(hash)),
        What::ContentMd5 => told("MD5 of the body in Base64", "请求体 MD5 的 Base64"),
        What::Policy => told("the policy in Base64", "策略的 Base64"),
        What::Document(Document::CanonicalRequest) => told("canonical request", "规范请求"),
        What::Document(Document::StringToSign) => told("string to sign", "待签名字符串"),
        What::Digest(hash) if is_chinese => format!("规范请求的 {}", name(hash)),
        What::Digest(hash) => format!("{} of the canonical request", name(hash)),
        What::Scope => told("scope", "范围（scope）"),
        What::Key(1, 1) => told("key, made from the secret", "由密钥生成的签名密钥"),
        What::Key(number, of) if is_chinese => format!("第 {number} 个密钥，共 {of} 个"),
        What::Key(number, of) => format!("key {number} of {of}"),
        What::Signature(HashName::Md5) => told("signature: MD5 of secret and string to sign", "签名：密钥与待签名字符串的 MD5"),
        What::Signature(hash) if is_chinese => format!("签名：待签名字符串的 HMAC-{}", name(hash)),
        What::Signature(hash) => format!("signature: HMAC-{} of the string to sign", name(hash)),
    }
}

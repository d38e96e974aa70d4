//! How a signature is worked out, step by step, each with a command that gives the same value.
//!
//! The commands are for `sh`, `printf` and `openssl`, and take the secret from `$COUNTERSIGN_SECRET_KEY`.
//! Keys made from the secret are as good as the secret: a command puts them into a variable, and no value
//! is shown.

use base64::{Engine, engine::general_purpose::STANDARD};
use countersign::{Claim, Document, Encoding, HashName, Key, Role, Seal, Subject, Transcript, Written};
use std::fmt::Write as _;

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it gives.
    pub what: What,
    /// A line for `sh`.
    pub command: String,
    /// What it prints; `None` for a key, or where the secret is not known.
    pub value: Option<Vec<u8>>,
}

/// What a step gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The digest of the body in the payload line.
    Payload(HashName),
    /// The Base64 of the MD5 of the body.
    ContentMd5,
    /// The policy in Base64.
    Policy,
    /// A signed text.
    Document(Document),
    /// The digest of the document before.
    Digest(HashName),
    /// The scope of a V4 signature.
    Scope,
    /// A key, the first made from the secret, each further one from the one before; how many there are.
    Key(usize, usize),
    /// The signature.
    Signature(HashName),
}

/// The variable a key is kept in.
const SECRET: &str = "$COUNTERSIGN_SECRET_KEY";

/// All steps that lead to the right signature, which is `expected` if the secret is known.
pub fn steps(subject: &Subject<'_>, claim: &Claim<'_>, transcript: &Transcript, expected: Option<&str>) -> Vec<Step> {
    let seal = claim.scheme.seal(claim);
    let mut all = Vec::new();
    all.extend(of_body(subject, transcript));
    all.extend(policy(subject, claim, transcript));
    for written in &transcript.documents {
        if written.document == Document::StringToSign && written.part(Role::Digest).is_some() {
            let before = transcript.document(Document::CanonicalRequest);
            all.extend(before.map(|before| digest(before, written, seal.hash)));
        }
        if let (Key::Chain { steps, .. }, Document::StringToSign) = (&seal.key, written.document) {
            let value = steps.join(&b'/');
            all.push(Step { what: What::Scope, command: print(&value), value: Some(value) });
        }
        let command = print(&written.text);
        all.push(Step { what: What::Document(written.document), command, value: Some(written.text.clone()) });
    }
    all.extend(sealing(&seal, transcript.string_to_sign(), expected));
    all
}

/// The digests of the body that stand in the signed text.
fn of_body(subject: &Subject<'_>, transcript: &Transcript) -> Vec<Step> {
    let Some(body) = subject.request().and_then(|request| request.body().bytes().map(<[u8]>::to_vec)) else { return Vec::new() };
    let Some(digests) = subject.request().and_then(|request| request.body().digest()) else { return Vec::new() };
    let part = |role| {
        let mut documents = transcript.documents.iter();
        documents.find_map(|written| Some(written.bytes(written.part(role)?).to_vec()))
    };
    let hexed: String = digests.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let md5 = STANDARD.encode(digests.md5);
    let mut all = Vec::new();
    if part(Role::Payload).as_deref() == Some(hexed.as_bytes()) {
        let command = format!("{} | {}", print(&body), hex_of(HashName::Sha256, ""));
        all.push(Step { what: What::Payload(HashName::Sha256), command, value: Some(hexed.into_bytes()) });
    }
    if part(Role::ContentMd5).as_deref() == Some(md5.as_bytes()) {
        let command = format!("{} | openssl dgst -md5 -binary | openssl base64 -A", print(&body));
        all.push(Step { what: What::ContentMd5, command, value: Some(md5.into_bytes()) });
    }
    all
}

/// The Base64 of the text a token or form carries.
fn policy(subject: &Subject<'_>, claim: &Claim<'_>, transcript: &Transcript) -> Option<Step> {
    let text = transcript.string_to_sign();
    if subject.request().is_some() || claim.document.is_none() {
        return None;
    }
    let is_standard = STANDARD.decode(text).ok().filter(|bytes| !bytes.is_empty());
    let is_url_safe = || base64::engine::general_purpose::URL_SAFE.decode(text).ok().filter(|bytes| !bytes.is_empty());
    let (bytes, after) = match is_standard {
        Some(bytes) => (bytes, ""),
        None => (is_url_safe()?, " | tr '+/' '-_'"),
    };
    let command = format!("{} | openssl base64 -A{after}", print(&bytes));
    Some(Step { what: What::Policy, command, value: Some(text.to_vec()) })
}

fn digest(before: &Written, written: &Written, hash: HashName) -> Step {
    let value = written.part(Role::Digest).map(|part| written.bytes(part).to_vec());
    Step { what: What::Digest(hash), command: format!("{} | {}", print(&before.text), hex_of(hash, "")), value }
}

/// From the secret to the signature.
fn sealing(seal: &Seal<'_>, text: &[u8], expected: Option<&str>) -> Vec<Step> {
    let mut all = Vec::new();
    let value = expected.map(|text| text.as_bytes().to_vec());
    let what = What::Signature(seal.hash);
    let key = |number, of, command| Step { what: What::Key(number, of), command, value: None };
    let last = match &seal.key {
        Key::Before => {
            let text = print(text);
            let digest = written(seal, "");
            all.push(Step { what, command: format!("{{ printf '%s' \"{SECRET}\"; {text}; }} | {digest}"), value });
            return all;
        }
        Key::Secret => format!("key:{SECRET}"),
        Key::HexOf(interval) => {
            let own = hex_of(seal.hash, &mac(&format!("key:{SECRET}")));
            all.push(key(1, 1, format!("k1=$({} | {own})", print(interval))));
            // Its hexadecimal digits are the key, not the bytes they stand for.
            "key:$k1".to_owned()
        }
        Key::Chain { prefix, steps } => {
            let mut with = format!("key:{prefix}{SECRET}");
            for (index, step) in steps.iter().enumerate() {
                let number = index + 1;
                all.push(key(number, steps.len(), format!("k{number}=$({} | {})", print(step), hex_of(seal.hash, &mac(&with)))));
                with = format!("hexkey:$k{number}");
            }
            with
        }
    };
    let command = format!("{} | {}", print(text), written(seal, &mac(&last)));
    all.push(Step { what, command, value });
    all
}

const fn name(hash: HashName) -> &'static str {
    match hash {
        HashName::Md5 => "md5",
        HashName::Sha1 => "sha1",
        HashName::Sha256 => "sha256",
    }
}

fn mac(key: &str) -> String {
    format!(" -mac HMAC -macopt \"{key}\"")
}

fn hex_of(hash: HashName, options: &str) -> String {
    format!("openssl dgst -{}{options} -r | cut -d' ' -f1", name(hash))
}

/// The digest or MAC as the scheme writes it.
fn written(seal: &Seal<'_>, options: &str) -> String {
    let binary = format!("openssl dgst -{}{options} -binary | openssl base64 -A", name(seal.hash));
    match seal.encoding {
        Encoding::Hex => hex_of(seal.hash, options),
        Encoding::Base64 => binary,
        Encoding::Base64Url => format!("{binary} | tr '+/' '-_'"),
    }
}

/// A `printf` that prints these bytes, in letters every terminal shows.
fn print(bytes: &[u8]) -> String {
    // A text that starts with `-` would be taken for an option.
    let mut out = "printf '".to_owned();
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => out.push_str("\\n"),
            b'%' => out.push_str("%%"),
            b'\\' => out.push_str("\\\\"),
            b'\'' => out.push_str("'\\''"),
            b'-' if index == 0 => out.push_str("\\055"),
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => {
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::print;

    #[test]
    fn every_byte_is_printed_as_itself() {
        assert_eq!(print(b"a b\n100%'\\\0\xe7-"), "printf 'a b\\n100%%'\\''\\\\\\000\\347-'");
        assert_eq!(print(b"-n"), "printf '\\055n'");
        assert_eq!(print(b""), "printf ''");
    }
}

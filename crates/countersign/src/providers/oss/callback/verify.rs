//! Verifying the callback OSS sends after an upload.
//!
//! Follows "Callback" (Alibaba Cloud OSS, API Reference, Object operations, read 2026-11): RSA with PKCS #1
//! v1.5 over the MD5 of path, query, a line end and body.

use super::key::{MD5_INFO, PublicKey};
use crate::{
    phrase::{Phrase, Told, phrase, tell_in_english},
    signature::Encoding,
    subject::{Body, Request},
    wire::percent,
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The header with the URL of the key.
const KEY_URL: &str = "x-oss-pub-key-url";
/// The only places OSS keeps its keys. Without the slash at the end, hosts of others would begin like them.
const KEY_HOSTS: [&str; 2] = ["http://gosspublic.alicdn.com/", "https://gosspublic.alicdn.com/"];

/// A callback whose signature is right. Only [`verify_callback`] makes one.
#[derive(Clone, Debug)]
pub struct CallbackVerified {
    key_url: String,
    reading: Reading,
}

impl CallbackVerified {
    /// Where OSS says its key is.
    #[must_use]
    pub fn key_url(&self) -> &str {
        &self.key_url
    }

    /// How the target of the request was read.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.reading
    }
}

/// How the target of a request is read into the signed text.
///
/// The page does not say what becomes of `+` in the path and of a `?` with nothing behind it, and the sample
/// servers disagree. All readings are accepted, the first of them first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As the page and its Python sample have it: a `+` is itself, and the query begins with `?` even if it is empty.
    Documented,
    /// A `+` in the path is a blank, as in the Java, .NET and Ruby samples.
    PlusAsBlank,
    /// A `?` with nothing behind it is left out, as in the Java sample.
    BareMarkDropped,
    /// Both.
    PlusAsBlankAndBareMarkDropped,
}

/// Why a callback is not taken for one of OSS.
///
/// An application answers its sender with 400 or 403 and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackFault {
    /// It is not a `POST`, but this.
    Method(String),
    /// The header with the URL of the key is missing or empty.
    KeyUrlMissing,
    /// The URL of the key is not in Base64, or no URL; as sent.
    KeyUrlEncoding(String),
    /// The key would come from another host than that of OSS; its URL.
    KeyUrlHost(String),
    /// The `Authorization` header is missing or empty.
    AuthorizationMissing,
    /// The `Authorization` header is not in Base64; as sent.
    AuthorizationEncoding(String),
    /// The body is signed and not known: nothing can be said.
    BodyUnknown,
    /// The signature is not that of this request by this key.
    Signature(Mismatch),
}

/// What a signature that is not the right one turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// It has another length than those of this key, in bytes.
    Length {
        /// Its own.
        found: usize,
        /// That of the key.
        expected: usize,
    },
    /// The other half of this key did not make it, or it was damaged.
    OtherKey,
    /// The other half of this key made it, over something other than an MD5.
    OtherHash,
    /// The other half of this key made it, over another text: path, query or body were changed.
    OtherText {
        /// The MD5 of that text.
        signed: [u8; 16],
    },
}

impl CallbackFault {
    /// A word for it.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Method(_) => "method",
            Self::KeyUrlMissing => "pub-key-url-missing",
            Self::KeyUrlEncoding(_) => "pub-key-url-encoding",
            Self::KeyUrlHost(_) => "pub-key-url-host",
            Self::AuthorizationMissing => "authorization-missing",
            Self::AuthorizationEncoding(_) => "authorization-encoding",
            Self::BodyUnknown => "body-unknown",
            Self::Signature(_) => "signature",
        }
    }
}

impl Told for CallbackFault {
    fn told(&self) -> Phrase {
        match self {
            Self::Method(found) => phrase!("the method is `{found}`; expected `POST`").shown("found", found),
            Self::KeyUrlMissing => phrase!("`{header}` is missing; expected in every callback of OSS").shown("header", KEY_URL),
            Self::KeyUrlEncoding(found) => {
                phrase!("`{header}` is `{found}`; expected a URL in Base64").shown("header", KEY_URL).shown("found", found)
            }
            Self::KeyUrlHost(found) => {
                let [http, https] = KEY_HOSTS;
                phrase!("the URL of the key is `{found}`; expected one that begins with `{http}` or `{https}`")
                    .shown("found", found)
                    .shown("http", http)
                    .shown("https", https)
            }
            Self::AuthorizationMissing => phrase!("`Authorization` is missing; expected in every callback of OSS"),
            Self::AuthorizationEncoding(found) => {
                phrase!("`Authorization` is `{found}`; expected a signature in Base64 and nothing before it")
                    .shown("found", found)
            }
            Self::BodyUnknown => phrase!("the body takes part in the signature; give the body"),
            Self::Signature(mismatch) => mismatch.told(),
        }
    }
}

impl Told for Mismatch {
    fn told(&self) -> Phrase {
        match self {
            Self::Length { found, expected } => {
                phrase!("the signature has {found} bytes; expected the {expected} of a signature by this key")
                    .shown("found", found)
                    .shown("expected", expected)
            }
            Self::OtherKey => phrase!("the signature was not made by this key, or it was damaged"),
            Self::OtherHash => phrase!("the signature was made by this key over something else than an MD5"),
            Self::OtherText { signed } => {
                let signed = Encoding::Hex.encode(signed);
                phrase!("the signature was made by this key over a text with the MD5 `{signed}`; path, query or body differ")
                    .shown("signed", signed)
            }
        }
    }
}

tell_in_english!(CallbackFault, Mismatch);
impl core::error::Error for CallbackFault {}

/// Checks that a callback comes from OSS.
///
/// Give the request as it was received: the path and query the server was asked for, before a proxy or a
/// framework rewrote them, and the body byte for byte. Host and headers are not signed.
///
/// The key must come from the URL that [`public_key_url`] reads; this library fetches nothing. The one OSS
/// publishes has 512 bits, a size that has been broken in public since 1999. Whoever must be certain adds a secret of
/// his own to the URL of the callback or to its variables.
///
/// ```
/// use countersign::{Body, Request, providers::oss::callback::{PublicKey, Reading, verify_callback}};
///
/// // The example of the page.
/// let key = PublicKey::from_pem(
///     "-----BEGIN PUBLIC KEY-----\n\
///      MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKs/JBGzwUB2aVht4crBx3oIPBLNsjGs\n\
///      C0fTXv+nvlmklvkcolvpvXLTjaxUHR3W9LXxQ2EHXAJfCB+6H2YF1k8CAwEAAQ==\n\
///      -----END PUBLIC KEY-----\n",
/// )?;
/// let callback = Request::new("POST", "http://121.43.113.8/index.php?id=1&index=2")?
///     .header("x-oss-pub-key-url", "aHR0cDovL2dvc3NwdWJsaWMuYWxpY2RuLmNvbS9jYWxsYmFja19wdWJfa2V5X3YxLnBlbQ==")
///     .header("Authorization", "kKQeGTRccDKyHB3H9vF+xYMSrmhMZjzzl2/kdD1ktNVgbWEfYTQG0G2SU/RaHBovRCE8OkQDjC3uG33esH2txA==")
///     .with_body(Body::Bytes(b"bucket=yonghu-test"));
/// let verified = verify_callback(&callback, &key)?;
/// assert_eq!(verified.key_url(), "http://gosspublic.alicdn.com/callback_pub_key_v1.pem");
/// assert_eq!(verified.reading(), Reading::Documented);
///
/// // The body is signed.
/// let fault = verify_callback(&callback.with_body(Body::Bytes(b"bucket=other")), &key).unwrap_err();
/// assert_eq!(fault.reason(), "signature");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When it is no callback of OSS, or one that was changed.
pub fn verify_callback(request: &Request<'_>, key: &PublicKey) -> Result<CallbackVerified, CallbackFault> {
    let key_url = public_key_url(request)?;
    let authorization = given(request, "authorization").ok_or(CallbackFault::AuthorizationMissing)?;
    let signature = STANDARD.decode(authorization).map_err(|_| CallbackFault::AuthorizationEncoding(lossy(authorization)))?;
    let body = match request.body() {
        Body::Bytes(body) => body,
        Body::Digest(digest) if digest.len == 0 => &[],
        Body::Digest(_) | Body::Unknown => return Err(CallbackFault::BodyUnknown),
    };
    if signature.len() != key.len() {
        let mismatch = Mismatch::Length { found: signature.len(), expected: key.len() };
        return Err(CallbackFault::Signature(mismatch));
    }
    let opened = key.open(&signature).ok_or(CallbackFault::Signature(Mismatch::OtherKey))?;
    let matches = |reading: &Reading| key.sealed(&signed_text(request, body, *reading)) == opened;
    match readings(request).into_iter().find(matches) {
        Some(reading) => Ok(CallbackVerified { key_url, reading }),
        None => Err(CallbackFault::Signature(mismatch(&opened))),
    }
}

/// Where OSS says the key of a callback is. It is checked that this is a place of OSS: a sender could
/// name a key of his own.
///
/// ```
/// use countersign::{Encoding, Request, providers::oss::callback::public_key_url};
///
/// let header = Encoding::Base64.encode(b"https://gosspublic.alicdn.com/callback_pub_key_v1.pem");
/// let callback = Request::new("POST", "https://app.example.com/uploaded")?.header("x-oss-pub-key-url", &header);
/// assert_eq!(public_key_url(&callback)?, "https://gosspublic.alicdn.com/callback_pub_key_v1.pem");
///
/// let header = Encoding::Base64.encode(b"https://gosspublic.alicdn.com.example.net/key.pem");
/// let callback = Request::new("POST", "https://app.example.com/uploaded")?.header("x-oss-pub-key-url", &header);
/// assert_eq!(public_key_url(&callback).unwrap_err().reason(), "pub-key-url-host");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the request is no `POST`, or names no key in a place of OSS.
pub fn public_key_url(request: &Request<'_>) -> Result<String, CallbackFault> {
    if request.method() != "POST" {
        return Err(CallbackFault::Method(request.method().to_string()));
    }
    let encoded = given(request, KEY_URL).ok_or(CallbackFault::KeyUrlMissing)?;
    let decoded = STANDARD.decode(encoded).ok().filter(|url| url.iter().all(u8::is_ascii_graphic));
    let url = decoded.and_then(|url| String::from_utf8(url).ok());
    let url = url.ok_or_else(|| CallbackFault::KeyUrlEncoding(lossy(encoded)))?;
    if KEY_HOSTS.iter().any(|host| url.starts_with(host)) { Ok(url) } else { Err(CallbackFault::KeyUrlHost(url)) }
}

/// The value of a header, unless it is empty.
fn given<'a>(request: &Request<'a>, name: &str) -> Option<&'a [u8]> {
    request.header_value(name).filter(|value| !value.is_empty())
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The readings under which the target of this request differs.
fn readings(request: &Request<'_>) -> Vec<Reading> {
    let mut readings = Vec::from([Reading::Documented]);
    let plus = request.path().contains(&b'+');
    let bare_mark = request.query().is_some_and(<[u8]>::is_empty);
    if plus {
        readings.push(Reading::PlusAsBlank);
    }
    if bare_mark {
        readings.push(Reading::BareMarkDropped);
    }
    if plus && bare_mark {
        readings.push(Reading::PlusAsBlankAndBareMarkDropped);
    }
    readings
}

/// Path without escapes, query as it stands in the target, line end, body.
fn signed_text(request: &Request<'_>, body: &[u8], reading: Reading) -> Vec<u8> {
    use Reading::{BareMarkDropped, PlusAsBlank, PlusAsBlankAndBareMarkDropped};
    // A URL without a path is asked for as `/`.
    let path: &[u8] = if request.path().is_empty() { b"/" } else { request.path() };
    let mut path = Cow::Borrowed(path);
    if matches!(reading, PlusAsBlank | PlusAsBlankAndBareMarkDropped) {
        path = path.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    }
    let mut text = percent::decode(&path).into_owned();
    if let Some(query) = request.query()
        && !(query.is_empty() && matches!(reading, BareMarkDropped | PlusAsBlankAndBareMarkDropped))
    {
        text.push(b'?');
        text.extend_from_slice(query);
    }
    text.push(b'\n');
    text.extend_from_slice(body);
    text
}

/// Says what an opened signature is, which is not the right one.
fn mismatch(opened: &[u8]) -> Mismatch {
    // 00 01 ff..ff 00, and behind it what was signed.
    let filled = opened.strip_prefix(&[0, 1]).unwrap_or_default();
    let filling = filled.iter().take_while(|byte| **byte == 0xff).count();
    let Some([0, signed @ ..]) = filled.get(filling..).filter(|_| filling >= 8) else { return Mismatch::OtherKey };
    match signed.strip_prefix(MD5_INFO).and_then(|digest| <[u8; 16]>::try_from(digest).ok()) {
        Some(signed) => Mismatch::OtherText { signed },
        None => Mismatch::OtherHash,
    }
}

//! A server's answer to a refused request: which strings and values it quotes.
//!
//! Answers reach us as captured, copied from a browser or cut by a terminal. Reading is total: it takes
//! what is there, and a text that was cut off is never taken for a quoted one.

mod bytes;
mod json;
mod xml;

use crate::{
    crypto::{self, HashName},
    phrase::{Phrase, Told, phrase, tell_in_english},
    signature::Encoding,
    terms::Claim,
    time::Timestamp,
    wire::{hex, http, split_once},
};
use alloc::{borrow::ToOwned, string::String, vec::Vec};

/// The most bytes of an answer that are read.
pub const MAX_ANSWER: usize = 1 << 20;

/// What the answer says, in the vendor's own element names.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ServerAnswer {
    /// HTTP status, when the head of the answer is there.
    pub status: Option<u16>,
    /// The time of the answer, from its `Date` header.
    pub date: Option<Timestamp>,
    /// `Code`, or the number of a COS JSON answer.
    pub code: Option<String>,
    /// `Message`, or `error` of a Kodo answer.
    pub message: Option<String>,
    /// The string to sign, from the byte field if there is one.
    pub string_to_sign: Option<Quoted>,
    /// The canonical request, or the COS `FormatString`.
    pub canonical_request: Option<Quoted>,
    /// `SignatureProvided`.
    pub signature_provided: Option<String>,
    /// `OSSAccessKeyId` or `AWSAccessKeyId`: whose secret the server used.
    pub access_key_id: Option<String>,
    /// `EC` of OSS and TOS, which tells the scheme the server believed it was verifying.
    pub ec: Option<String>,
    /// `Region`: the one the server wants in the scope.
    pub region: Option<String>,
    /// `Bucket` or `BucketName`.
    pub bucket: Option<String>,
    /// `Endpoint`: where the bucket is to be addressed.
    pub endpoint: Option<String>,
    /// `RequestTime` of a refusal for clock skew.
    pub request_time: Option<Timestamp>,
    /// `ServerTime` of a refusal for clock skew or expiry.
    pub server_time: Option<Timestamp>,
    /// `MaxAllowedSkewMilliseconds`.
    pub max_skew_ms: Option<u64>,
    /// The names in `HeadersNotSigned`.
    pub headers_not_signed: Vec<String>,
    /// `ClientComputedContentSHA256`: the hash of the body the request states.
    pub client_sha256: Option<String>,
    /// `S3ComputedContentSHA256`: the hash of the body that arrived.
    pub server_sha256: Option<String>,
    /// Every element with its text, in order, for what has no field here.
    pub elements: Vec<(String, String)>,
}

/// A text the server quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where they were taken from.
    pub from: QuotedFrom,
}

/// How a quoted text was carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotedFrom {
    /// A list of bytes; nothing was lost.
    Bytes,
    /// A list of bytes, and the text beside it was altered on its way.
    BytesAgainstText,
    /// Text, which browsers and forums alter.
    Text,
}

/// Whether two things that belong together agree. Needs no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// They do.
    Agree,
    /// They do not.
    Differ {
        /// What the one comes to.
        found: String,
        /// What the answer states.
        stated: String,
    },
    /// One of them is missing.
    Unknown,
}

/// Why a text is not a server's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerError {
    /// It is neither XML nor JSON with an error in it, and no head with an error status stands before it.
    NotAnAnswer,
    /// A byte field holds something that is no byte, and no text stands beside it; the element's name.
    BadBytes(&'static str),
    /// It is larger than [`MAX_ANSWER`].
    TooLarge,
}

impl Told for AnswerError {
    fn told(&self) -> Phrase {
        match self {
            Self::NotAnAnswer => {
                phrase!("this is not a server's error answer; expected XML with `<Code>` or JSON with an error")
            }
            Self::BadBytes(name) => phrase!("`{name}` holds something that is no byte; expected two hexadecimal digits, or decimal numbers, separated by blanks").shown("name", name),
            Self::TooLarge => phrase!("the answer exceeds the limit of {limit} MiB").shown("limit", MAX_ANSWER >> 20),
        }
    }
}

tell_in_english!(AnswerError);
impl core::error::Error for AnswerError {}

impl ServerAnswer {
    /// Reads an answer: XML or JSON, heads before it if they are there.
    ///
    /// ```
    /// use countersign::explain::{AnswerError, QuotedFrom, ServerAnswer};
    ///
    /// let answer = ServerAnswer::parse(
    ///     b"HTTP/1.1 403 Forbidden\nDate: Sat, 08 Sep 2012 08:47:25 GMT\n\n\
    ///       <Error><Code>SignatureDoesNotMatch</Code><StringToSign>GET /ex/</StringToSign>\
    ///       <StringToSignBytes>47 45 54 0A 2F 65 78 2F </StringToSignBytes></Error>",
    /// )?;
    /// assert_eq!((answer.status, answer.code.as_deref()), (Some(403), Some("SignatureDoesNotMatch")));
    /// // The line end has become a blank in the text, not in the bytes.
    /// let quoted = answer.string_to_sign.expect("a string to sign");
    /// assert_eq!((&quoted.bytes[..], quoted.from), (&b"GET\n/ex/"[..], QuotedFrom::BytesAgainstText));
    ///
    /// assert_eq!(ServerAnswer::parse(b"it does not work").err(), Some(AnswerError::NotAnAnswer));
    /// # Ok::<(), AnswerError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it is no error answer, too large, or quotes bytes that are none.
    pub fn parse(answer: &[u8]) -> Result<Self, AnswerError> {
        if answer.len() > MAX_ANSWER {
            return Err(AnswerError::TooLarge);
        }
        let (head, body) = split_heads(answer);
        let mut elements = elements(body);
        if elements.is_empty() {
            // An answer to HEAD has no body; OSS puts it into a header.
            let hidden = field(head, "x-oss-err").and_then(|value| Encoding::Base64.decode(value));
            elements = hidden.map(|xml| xml::elements(&String::from_utf8_lossy(&xml))).unwrap_or_default();
        }
        let mut answer = Self::from_elements(&elements)?;
        answer.status = status(head);
        answer.date = field(head, "date").and_then(Timestamp::from_http_date);
        answer.ec = answer.ec.or_else(|| field(head, "x-oss-ec").map(|ec| String::from_utf8_lossy(ec).into_owned()));
        let refused = answer.status.is_some_and(|status| status >= 300);
        if answer.code.is_none() && answer.message.is_none() && !refused {
            return Err(AnswerError::NotAnAnswer);
        }
        answer.elements = elements.into_iter().map(|element| (element.name, element.text)).collect();
        Ok(answer)
    }

    fn from_elements(elements: &[Element]) -> Result<Self, AnswerError> {
        let text = |names: &[&str]| found(elements, names).filter(|element| element.whole).map(|element| element.text.clone());
        let time = |name: &str| text(&[name]).and_then(|text| any_time(&text));
        // `{"code":0}` is how the JSON answers of COS report success.
        let code = text(&["Code", "code", "__type"]).filter(|code| code != "0");
        // The message alone is of use when it was cut.
        let message = found(elements, &["Message", "message", "error"]).map(|element| element.text.clone());
        let in_message = message.as_deref().map(quoted_in_message).unwrap_or_default();
        Ok(Self {
            string_to_sign: quoted(elements, &["StringToSign"], "StringToSignBytes")?.or(in_message.string_to_sign),
            canonical_request: quoted(elements, &["CanonicalRequest", "FormatString"], "CanonicalRequestBytes")?
                .or(in_message.canonical_request),
            signature_provided: text(&["SignatureProvided"]),
            access_key_id: text(&["OSSAccessKeyId", "AWSAccessKeyId"]),
            ec: text(&["EC"]),
            region: text(&["Region"]),
            bucket: text(&["Bucket", "BucketName"]),
            endpoint: text(&["Endpoint"]),
            request_time: time("RequestTime"),
            server_time: time("ServerTime"),
            max_skew_ms: text(&["MaxAllowedSkewMilliseconds"]).and_then(|digits| digits.parse().ok()),
            headers_not_signed: names(&text(&["HeadersNotSigned"]).unwrap_or_default()),
            client_sha256: text(&["ClientComputedContentSHA256"]),
            server_sha256: text(&["S3ComputedContentSHA256"]),
            code,
            message,
            ..Self::default()
        })
    }

    /// The text of the first element with this name.
    #[must_use]
    pub fn element(&self, name: &str) -> Option<&str> {
        self.elements.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str())
    }

    /// Whether the quoted string to sign holds the digest of the quoted canonical request.
    ///
    /// If not, one of the two was edited after the server wrote it: masked, or damaged by copying.
    #[must_use]
    pub fn digest_agreement(&self) -> Agreement {
        let (Some(canonical), Some(string)) = (&self.canonical_request, &self.string_to_sign) else { return Agreement::Unknown };
        let Some(stated) = last_line(&string.bytes).filter(|_| !self.is_about_a_chunk()) else { return Agreement::Unknown };
        let hash = match stated.len() {
            40 => HashName::Sha1,
            64 => HashName::Sha256,
            _ => return Agreement::Unknown,
        };
        let mut found = Vec::with_capacity(64);
        hex::encode(&crypto::digest(hash, &canonical.bytes), &mut found);
        agreement(&found, stated)
    }

    /// Whether the answer is about the signature of this claim.
    ///
    /// If not, answer and request belong to different attempts, and the one explains nothing about the other.
    #[must_use]
    pub fn signature_agreement(&self, claim: &Claim<'_>) -> Agreement {
        match &self.signature_provided {
            Some(stated) if !self.is_about_a_chunk() => agreement(&claim.signature, stated.as_bytes()),
            _ => Agreement::Unknown,
        }
    }

    /// Whether the server refused a chunk of the body: then all it quotes but the canonical request is the chunk's.
    pub(crate) fn is_about_a_chunk(&self) -> bool {
        let string = self.string_to_sign.as_ref().map(|quoted| quoted.bytes.as_slice()).unwrap_or_default();
        let algorithm = split_once(string, b'\n').0;
        algorithm.ends_with(b"-PAYLOAD") || algorithm.ends_with(b"-TRAILER")
    }
}

fn agreement(found: &[u8], stated: &[u8]) -> Agreement {
    if found == stated {
        return Agreement::Agree;
    }
    let lossy = |bytes| String::from_utf8_lossy(bytes).into_owned();
    Agreement::Differ { found: lossy(found), stated: lossy(stated) }
}

fn last_line(text: &[u8]) -> Option<&[u8]> {
    text.split(|b| *b == b'\n').rfind(|line| !line.is_empty())
}

/// An element of a body, whatever its language.
struct Element {
    /// Its name, without a namespace.
    name: String,
    /// Its text, without escapes.
    text: String,
    /// Whether the text is all there; the body may have been cut in its midst.
    whole: bool,
}

/// The elements of a body, in order. The first `<` or `{` tells the language, whatever stands before it.
fn elements(body: &[u8]) -> Vec<Element> {
    let body = String::from_utf8_lossy(body);
    match body.find(['<', '{']).and_then(|at| body.get(at..)) {
        Some(json) if json.starts_with('{') => json::elements(json),
        Some(xml) => xml::elements(xml),
        None => Vec::new(),
    }
}

/// The first element with the first of `names` that has text.
fn found<'e>(elements: &'e [Element], names: &[&str]) -> Option<&'e Element> {
    names.iter().find_map(|name| elements.iter().find(|element| element.name == *name && !element.text.is_empty()))
}

/// A text the server quotes, from the byte field if it can be read, else from the text.
fn quoted(elements: &[Element], names: &[&str], byte_field: &'static str) -> Result<Option<Quoted>, AnswerError> {
    let whole = |names: &[&str]| found(elements, names).filter(|element| element.whole).map(|element| element.text.as_str());
    let text = whole(names);
    let Some(listed) = whole(&[byte_field]) else { return Ok(text.map(quoted_text)) };
    match (bytes::read(listed, text), text) {
        (Some(bytes), Some(text)) if !bytes::is_text_of(&bytes, text) => {
            Ok(Some(Quoted { bytes, from: QuotedFrom::BytesAgainstText }))
        }
        (Some(bytes), _) => Ok(Some(Quoted { bytes, from: QuotedFrom::Bytes })),
        (None, Some(text)) => Ok(Some(quoted_text(text))),
        (None, None) => Err(AnswerError::BadBytes(byte_field)),
    }
}

fn quoted_text(text: &str) -> Quoted {
    // The signed text of a request has several lines: where a log or a page shows `\n` instead, it stands for a line end.
    let bytes = if text.contains('\n') { text.to_owned() } else { text.replace("\\n", "\n") }.into_bytes();
    Quoted { bytes, from: QuotedFrom::Text }
}

#[derive(Default)]
struct InMessage {
    canonical_request: Option<Quoted>,
    string_to_sign: Option<Quoted>,
}

/// AWS services other than S3 quote both texts in the message, between apostrophes.
fn quoted_in_message(message: &str) -> InMessage {
    let (canonical, string) = message.split_once("The String-to-Sign should have been").unwrap_or((message, ""));
    let (_, canonical) = canonical.split_once("The Canonical String for this request should have been").unwrap_or_default();
    let unquote = |text: &str| text.trim().strip_prefix('\'')?.strip_suffix('\'').map(quoted_text);
    InMessage { canonical_request: unquote(canonical), string_to_sign: unquote(string) }
}

/// The spellings of time in answers.
fn any_time(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    Timestamp::from_rfc3339(text).or_else(|| Timestamp::from_iso_basic(bytes)).or_else(|| Timestamp::from_http_date(bytes))
}

fn names(list: &str) -> Vec<String> {
    list.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|name| !name.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// The last head before the body, and the body: captures hold the heads of proxies and redirects, too.
fn split_heads(answer: &[u8]) -> (&[u8], &[u8]) {
    let (mut head, mut rest) = (&[][..], answer);
    while rest.starts_with(b"HTTP/") || (head.is_empty() && is_head(rest)) {
        let (next, body) = http::split_head(rest);
        (head, rest) = (next, body.unwrap_or_default());
    }
    (head, rest)
}

/// Whether a text starts with header fields and an empty line.
fn is_head(text: &[u8]) -> bool {
    let (head, body) = http::split_head(text);
    let is_name = |name: &[u8]| !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let is_field = |line: &[u8]| matches!(split_once(line, b':'), (name, Some(_)) if is_name(name));
    body.is_some() && head.trim_ascii_end().split(|b| *b == b'\n').all(is_field)
}

/// `HTTP/1.1 403 Forbidden`
fn status(head: &[u8]) -> Option<u16> {
    let line = split_once(head, b'\n').0;
    let code = line.strip_prefix(b"HTTP/")?.split(u8::is_ascii_whitespace).nth(1)?;
    core::str::from_utf8(code).ok()?.parse().ok()
}

/// The trimmed value of the first header field with this name.
fn field<'h>(head: &'h [u8], name: &str) -> Option<&'h [u8]> {
    head.split(|b| *b == b'\n').find_map(|line| match split_once(line, b':') {
        (own, Some(value)) if own.eq_ignore_ascii_case(name.as_bytes()) => Some(value.trim_ascii()),
        _ => None,
    })
}

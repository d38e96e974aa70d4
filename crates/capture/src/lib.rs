//! Reads what a person pastes about a refused request, whatever it is.
//!
//! A forum post, a terminal, a browser and a log each show a request in their own way, with the server's
//! answer, prose and decoration around it. [`read`] finds the requests, URLs, tokens and forms in a text, the
//! answers that belong to them, and the strings a client printed before it signed them. What it assumed or
//! repaired it says as [`Note`]s: facts, no sentences.
//!
//! There is no I/O, clock or environment here: it also runs in a browser. Reading is total: arbitrary
//! bytes give a [`Capture`] or a [`CaptureError`].

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault"))]

mod answer;
mod claim;
mod code;
mod collection;
mod curl;
mod devtools;
mod form;
mod har;
mod http;
mod literal;
mod logged;
mod note;
mod own;
mod page;
mod pair;
mod request;
mod sent;
mod url;
mod walk;
mod whole;
mod wire;

pub use claim::{is_url, token_lines, token_scheme};
pub use form::FormFault;
pub use note::{Decoration, Note};
pub use request::{Body, Request};

use countersign::{
    SecretKey, Timestamp,
    explain::ClientTexts,
    wire::{http::HttpError, url::UrlError},
};
use std::fmt;

/// The most bytes that are read, body and all.
pub const MAX_TEXT: usize = 64 << 20;

/// What a text holds.
#[derive(Debug, Default)]
pub struct Capture {
    /// What carries a signature, in the order it stands there. Without any signature, what could carry one.
    pub found: Vec<Found>,
    /// Secrets that stand in a command line.
    pub secrets: Vec<Candidate>,
    /// What was assumed or repaired.
    pub notes: Vec<Note>,
}

/// One thing of a text, with what belongs to it.
#[derive(Debug)]
pub struct Found {
    /// The thing.
    pub thing: Thing,
    /// Where such a thing comes from.
    pub origin: Origin,
    /// The server's answer to it.
    pub answer: Option<Answer>,
    /// When it was sent by the client's clock, if the text says so.
    pub sent: Option<Timestamp>,
    /// What the client printed of its own signing.
    pub texts: Option<ClientTexts>,
    /// The path as it was written, where the client resolves its dots before it sends it.
    pub given: Option<Vec<u8>>,
}

/// What can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Thing {
    /// A request.
    Request(Request),
    /// A URL, whose request is not known.
    Url(Vec<u8>),
    /// The value of an `Authorization` header, alone.
    Header(Vec<u8>),
    /// A token that says all of itself.
    Token(Vec<u8>),
    /// The fields of a form, in order and with repetitions.
    Form(Vec<(String, String)>),
    /// Nothing but an answer: the request is missing.
    Missing,
}

/// A server's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Head, if there is one, and body, as the library's `ServerAnswer` reads them.
    pub bytes: Vec<u8>,
    /// The server's clock, from its `Date`.
    pub date: Option<Timestamp>,
}

/// Where a thing comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A message as it is on the wire, or nearly so.
    Http,
    /// A command line of `curl` or the like.
    Curl,
    /// A call in source code.
    Code,
    /// The log of a client.
    Log,
    /// A HAR file, or a collection of requests.
    Har,
    /// The panel of a browser.
    Browser,
    /// Plain text.
    Text,
}

/// A secret that stands in a command line. It is never printed.
#[derive(Debug)]
pub struct Candidate {
    /// The id it belongs to.
    pub id: String,
    /// The secret.
    pub secret: SecretKey,
}

/// Why nothing can be made of a text.
#[derive(Debug)]
#[non_exhaustive]
pub enum CaptureError {
    /// There is nothing in it.
    Empty,
    /// It is no text; its first bytes.
    NotText(Vec<u8>),
    /// It is nothing known; its first line.
    NotRecognised(String),
    /// A line among tokens that is none.
    NotAToken(String),
    /// It is larger than [`MAX_TEXT`].
    TooLarge,
    /// It starts like a raw message and is none.
    Http(HttpError),
    /// It starts like a URL and is none.
    Url(UrlError),
    /// It is JSON without a request, a form or an answer.
    Form(FormFault),
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the text is empty"),
            Self::NotText(_) => f.write_str("this is no text"),
            Self::NotRecognised(line) => write!(f, "a text that starts with `{line}` is nothing known"),
            Self::NotAToken(line) => write!(f, "`{line}` stands among tokens and is none"),
            Self::TooLarge => write!(f, "the text exceeds the limit of {} MiB", MAX_TEXT >> 20),
            Self::Http(error) => error.fmt(f),
            Self::Url(error) => error.fmt(f),
            Self::Form(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for CaptureError {}

/// Reads a text.
///
/// ```
/// use countersign_capture::{Note, Thing, read};
///
/// let capture = read(
///     b"it fails since Friday:\n\
///       $ curl -X PUT -d 'hello' -H 'Authorization: OSS CSIDEXAMPLE0001:bWFkZSB1cCBzaWduYXR1cmU=' \\\n\
///         https://photos.oss-cn-hangzhou.aliyuncs.com/a.txt\n\
///       <Error><Code>SignatureDoesNotMatch</Code></Error>\n",
/// )?;
/// let found = &capture.found[0];
/// let Thing::Request(request) = &found.thing else { panic!("a request") };
/// assert!(request.head.starts_with(b"PUT /a.txt HTTP/1.1\r\nHost: photos.oss-cn-hangzhou.aliyuncs.com\r\n"));
/// assert!(found.answer.is_some());
/// assert!(capture.notes.contains(&Note::TypeByCurl("application/x-www-form-urlencoded".into())));
///
/// assert!(read(b"it does not work").is_err());
/// # Ok::<(), countersign_capture::CaptureError>(())
/// ```
///
/// # Errors
///
/// When nothing in it is known.
pub fn read(text: &[u8]) -> Result<Capture, CaptureError> {
    if text.len() > MAX_TEXT {
        return Err(CaptureError::TooLarge);
    }
    let mut notes = Vec::new();
    let text = page::decoded(text, &mut notes);
    let mut capture = whole::read(&text)?;
    notes.append(&mut capture.notes);
    for found in &mut capture.found {
        // A push goes to its server as it is. V4 decodes the key, or for other services encodes what stands there: examples of
        // Amazon's show it raw. Kodo's SDKs sign a link as it is given, which is all that is known of it.
        if let Thing::Url(url) = &mut found.thing
            && claim::is_signed_url(url)
            && !url.starts_with(b"rtmp")
            && [&b"X-Amz-Algorithm="[..], b"&token="].iter().all(|name| http::find(url, name).is_none())
        {
            let sent = sent::escaped(url);
            if sent != *url {
                notes.push(Note::UrlEscaped);
                *url = sent;
            }
        }
    }
    capture.notes = note::distinct(notes);
    Ok(capture)
}

//! A request as it was captured.

use crate::{Note, http};
use countersign::{RequestError, wire::url::Transport};

/// A request: a raw head, and what is known of its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Request line and header fields, each with its line end.
    pub head: Vec<u8>,
    /// The body.
    pub body: Body,
    /// HTTP or HTTPS, if the text says so.
    pub transport: Option<Transport>,
}

/// The body of a request, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing is known of it.
    Unknown,
    /// Its bytes.
    Bytes(Vec<u8>),
}

impl Request {
    /// The request as the library reads it.
    ///
    /// # Errors
    ///
    /// When the head is none.
    pub fn parse(&self) -> Result<countersign::Request<'_>, RequestError> {
        let request = countersign::Request::parse_head(&self.head)?;
        let request = match &self.body {
            Body::Unknown => request,
            Body::Bytes(bytes) => request.with_body(countersign::Body::Bytes(bytes)),
        };
        Ok(match self.transport {
            Some(transport) => request.with_transport(transport),
            None => request,
        })
    }

    /// The message as it is on the wire; without an empty line where nothing is known of the body.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut message = self.head.clone();
        if let Body::Bytes(bytes) = &self.body {
            message.extend_from_slice(if self.head.ends_with(b"\r\n") { b"\r\n" } else { b"\n" });
            message.extend_from_slice(bytes);
        }
        message
    }

    /// The value of a header field.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        http::field(&self.head, name)
    }
}

/// A head that is put together field by field.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) target: Vec<u8>,
    pub(crate) fields: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Head {
    pub(crate) fn new(method: &str, target: impl Into<Vec<u8>>) -> Self {
        Self { method: method.to_owned(), target: target.into(), fields: Vec::new() }
    }

    pub(crate) fn add(&mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) {
        self.fields.push((name.as_ref().to_vec(), value.as_ref().to_vec()));
    }

    /// The head as it goes over the wire. The host comes first, as clients write it.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        let on_one_line = |bytes: &[u8]| bytes.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect::<Vec<_>>();
        out.extend_from_slice(self.method.as_bytes());
        out.push(b' ');
        out.extend(on_one_line(&self.target));
        out.extend_from_slice(b" HTTP/1.1\r\n");
        for (name, value) in &self.fields {
            out.extend(on_one_line(name));
            out.extend_from_slice(b": ");
            out.extend(on_one_line(value));
            out.extend_from_slice(b"\r\n");
        }
        out
    }
}

/// Path and query of a URL, as a request line has them, its authority and transport.
pub(crate) fn split_url(url: &[u8]) -> Option<(Vec<u8>, String, Transport)> {
    let cut = countersign::wire::url::Url::parse(url).ok()?;
    let mut target = if cut.path.is_empty() { b"/".to_vec() } else { cut.path.to_vec() };
    if let Some(query) = cut.query {
        target.push(b'?');
        target.extend_from_slice(query);
    }
    let port = format!(":{}", cut.transport.default_port());
    let authority = cut.authority.strip_suffix(&port).unwrap_or(cut.authority);
    Some((target, authority.to_owned(), cut.transport))
}

/// Whether requests with this verb have no body as a rule.
pub(crate) fn is_bodiless(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "DELETE" | "OPTIONS" | "TRACE")
}

/// What is known of the body where the text shows none.
pub(crate) fn absent_body(head: &[u8], method: &str, notes: &mut Vec<Note>) -> Body {
    let stated = http::content_length(head);
    let is_chunked = http::field(head, "transfer-encoding").is_some();
    match stated {
        Some(0) => Body::Bytes(Vec::new()),
        None if is_bodiless(method) && !is_chunked => Body::Bytes(Vec::new()),
        _ => {
            notes.push(Note::BodyMissing(stated));
            Body::Unknown
        }
    }
}

/// The same where the text shows all fields that were sent. A form is never sent without its length, and neither is any body by
/// HTTP/1.1 (RFC 9112, section 6.3); later versions frame bodies without one.
pub(crate) fn absent_body_of_sent(head: &[u8], method: &str, notes: &mut Vec<Note>) -> Body {
    let has = |name: &str| http::field(head, name).is_some();
    let is_form = http::field(head, "content-type").is_some_and(|of_body| of_body.eq_ignore_ascii_case(FORM));
    // A head without a host was not shown as it was sent.
    let is_whole = has("host") && http::line(head).0.trim_ascii_end().ends_with(b" HTTP/1.1");
    let has_length = has("content-length") || has("transfer-encoding");
    if (is_form || (is_whole && !tells_of_body(head))) && !has_length {
        Body::Bytes(Vec::new())
    } else {
        absent_body(head, method, notes)
    }
}

/// Whether a head speaks of a body: whoever posts it leaves out the length with the body as often as clients send none.
fn tells_of_body(head: &[u8]) -> bool {
    const EMPTY_MD5: &[u8] = b"1B2M2Y8AsgTpgAmY7PhCfg==";
    const EMPTY_SHA256: &[u8] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    http::lines(head).filter_map(http::header_line).any(|(name, value)| {
        let (name, value) = (name.to_ascii_lowercase(), value.trim_ascii());
        match name.as_slice() {
            b"content-type" => true,
            b"content-md5" => value != EMPTY_MD5,
            name => name.ends_with(b"-content-sha256") && value.len() == EMPTY_SHA256.len() && value != EMPTY_SHA256,
        }
    })
}

/// The type of a form of pairs.
const FORM: &[u8] = b"application/x-www-form-urlencoded";

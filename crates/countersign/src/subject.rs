//! What is signed, held exactly as it is on the wire.

mod fields;
mod form;

pub use self::form::{FilePart, Form};

use self::fields::Fields;
use crate::{
    crypto,
    phrase::{Phrase, Told, phrase, tell_in_english},
    wire::{
        Ink,
        header::{self, Header},
        http::{self, HttpError},
        query::{Pairs, Param, Query},
        steps,
        url::{self, Pieces, Transport, UrlError},
    },
};
use alloc::borrow::Cow;

/// The thing a signature is about.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "a box would cost every request an allocation; on 32 bits it is small")]
pub enum Subject<'a> {
    /// An HTTP request.
    Request(Request<'a>),
    /// One that is held elsewhere.
    Borrowed(&'a Request<'a>),
    /// A token on its own: an upload token, a bare `Authorization` value.
    Token(&'a [u8]),
    /// The fields of an upload form.
    Form(Form<'a>),
}

impl<'a> Subject<'a> {
    /// The request, if the subject is one.
    #[must_use]
    pub fn request(&self) -> Option<&Request<'a>> {
        match self {
            Self::Request(request) => Some(request),
            Self::Borrowed(request) => Some(request),
            _ => None,
        }
    }

    /// The token, if the subject is one.
    #[must_use]
    pub fn token(&self) -> Option<&'a [u8]> {
        match *self {
            Self::Token(token) => Some(token),
            _ => None,
        }
    }

    /// The form, if the subject is one.
    #[must_use]
    pub fn form(&self) -> Option<&Form<'a>> {
        match self {
            Self::Form(form) => Some(form),
            _ => None,
        }
    }
}

impl<'a> From<Request<'a>> for Subject<'a> {
    fn from(request: Request<'a>) -> Self {
        Self::Request(request)
    }
}

impl<'a> From<Form<'a>> for Subject<'a> {
    fn from(form: Form<'a>) -> Self {
        Self::Form(form)
    }
}

/// Digests of a body that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyDigest {
    /// SHA-256 of the body.
    pub sha256: [u8; 32],
    /// MD5 of the body.
    pub md5: [u8; 16],
    /// Its length in bytes.
    pub len: u64,
}

/// The body of a request, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// Nothing is known of it.
    Unknown,
    /// Its bytes.
    Bytes(&'a [u8]),
    /// Its digests: it was too long to keep.
    Digest(BodyDigest),
}

impl<'a> Body<'a> {
    /// The bytes, if they are here.
    #[must_use]
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match *self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The SHA-256, if anything is known.
    pub(crate) fn sha256(&self) -> Option<[u8; 32]> {
        match *self {
            Self::Unknown => None,
            Self::Digest(digest) => Some(digest.sha256),
            Self::Bytes([]) => Some(crypto::EMPTY_SHA256),
            Self::Bytes(bytes) => Some(crypto::sha256(bytes)),
        }
    }

    /// The digests, if anything is known.
    #[must_use]
    pub fn digest(&self) -> Option<BodyDigest> {
        match *self {
            Self::Unknown => None,
            Self::Digest(digest) => Some(digest),
            Self::Bytes(bytes) => {
                Some(BodyDigest { sha256: crypto::sha256(bytes), md5: crypto::md5(bytes), len: bytes.len() as u64 })
            }
        }
    }
}

/// An HTTP request: raw path, raw query, headers in order with their case and duplicates.
///
/// ```
/// use countersign::Request;
///
/// let request = Request::new("PUT", "https://bucket.oss-cn-hangzhou.aliyuncs.com/a%20b.jpg?acl")?
///     .header("Content-Type", "image/jpeg");
/// assert_eq!(request.path(), b"/a%20b.jpg");
/// assert_eq!(request.host().as_deref(), Some(&b"bucket.oss-cn-hangzhou.aliyuncs.com"[..]));
///
/// assert!(Request::new("GET", "not a URL").is_err());
/// # Ok::<(), countersign::RequestError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Request<'a> {
    method: &'a str,
    transport: Option<Transport>,
    /// UTF-8: a URL with another host is none.
    authority: Option<&'a [u8]>,
    /// The URL up to its query where the host is a name in lower case and nothing is to be tidied.
    plain: Option<&'a [u8]>,
    path: &'a [u8],
    query: Query<'a>,
    headers: Fields<'a>,
    body: Body<'a>,
    /// What a signer adds; it takes part like the rest.
    added: Added<'a>,
}

/// Headers and parameters that a signer adds to a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Added<'a> {
    pub(crate) headers: &'a [Header<'a>],
    pub(crate) params: Pairs<'a>,
}

/// Why something is not a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// The URL is not usable.
    Url(UrlError),
    /// The raw message is not HTTP.
    Http(HttpError),
    /// The verb is none that HTTP can send.
    Method,
}

impl Told for RequestError {
    fn told(&self) -> Phrase {
        match self {
            Self::Url(error) => error.told(),
            Self::Http(error) => error.told(),
            Self::Method => phrase!("the verb is no word that HTTP can send; expected one like `GET`"),
        }
    }
}

tell_in_english!(RequestError);
impl core::error::Error for RequestError {}

impl From<UrlError> for RequestError {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}

impl From<HttpError> for RequestError {
    fn from(error: HttpError) -> Self {
        Self::Http(error)
    }
}

impl<'a> Request<'a> {
    /// A request for a whole URL, without headers and with an empty body.
    ///
    /// The URL is what will be sent, byte for byte: an object key in it is escaped by whoever puts it there.
    ///
    /// # Errors
    ///
    /// When `url` is no `http`, `https` or `rtmp` URL, or `method` is no word that HTTP can send.
    pub fn new(method: &'a str, url: &'a (impl AsRef<[u8]> + ?Sized)) -> Result<Self, RequestError> {
        // Pages hand over verbs of their own.
        if cfg!(not(feature = "compact")) && !http::is_method(method) {
            return Err(RequestError::Method);
        }
        let url = Pieces::of(url.as_ref())?;
        Ok(Self {
            method,
            transport: Some(url.transport),
            authority: Some(url.authority),
            plain: url.plain,
            path: url.path,
            query: Query::cut(url.query),
            headers: Fields::Borrowed(&[]),
            body: Body::Bytes(&[]),
            added: Added::default(),
        })
    }

    /// Reads a raw HTTP/1.1 message. The body is what follows the empty line, if there is one.
    ///
    /// # Errors
    ///
    /// When the bytes are not a request; the error names the line.
    pub fn parse(message: &'a [u8]) -> Result<Self, RequestError> {
        let (head, body) = http::split_head(message);
        let mut request = Self::parse_head(head)?;
        if let Some(body) = body {
            request.body = Body::Bytes(body);
        }
        Ok(request)
    }

    /// Reads the head of a raw HTTP/1.1 message; the body is unknown.
    ///
    /// # Errors
    ///
    /// When the bytes are not the head of a request; the error names the line.
    pub fn parse_head(head: &'a [u8]) -> Result<Self, RequestError> {
        let head = http::parse_head(head)?;
        let mut request = if head.target.starts_with(b"/") || head.target == b"*" {
            let (path, query) = url::target_parts(head.target);
            Self {
                method: head.method,
                transport: None,
                authority: None,
                plain: None,
                path,
                query: Query::cut(query),
                headers: Fields::Borrowed(&[]),
                body: Body::Unknown,
                added: Added::default(),
            }
        } else {
            Self::new(head.method, head.target)?.with_body(Body::Unknown)
        };
        request.headers = Fields::Owned(head.headers);
        Ok(request)
    }

    /// Adds a header field at the end.
    #[must_use]
    pub fn header(mut self, name: &'a str, value: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.headers.push(Header::new(name, value.as_ref()));
        self
    }

    /// Uses these header fields.
    #[must_use]
    pub fn with_headers(mut self, headers: &'a [Header<'a>]) -> Self {
        self.headers = Fields::Borrowed(headers);
        self
    }

    /// Gives the body.
    #[must_use]
    pub fn with_body(mut self, body: Body<'a>) -> Self {
        self.body = body;
        self
    }

    /// Uses another verb.
    #[must_use]
    pub fn with_method(mut self, method: &'a str) -> Self {
        self.method = method;
        self
    }

    /// Says whether the request goes over HTTP or HTTPS, which a raw message does not tell.
    #[must_use]
    pub fn with_transport(mut self, transport: Transport) -> Self {
        if self.transport.replace(transport) != Some(transport) {
            self.plain = None;
        }
        self
    }

    /// The verb.
    #[must_use]
    pub fn method(&self) -> &'a str {
        self.method
    }

    /// HTTP or HTTPS, if known.
    #[must_use]
    pub fn transport(&self) -> Option<Transport> {
        self.transport
    }

    /// Whether it is an RTMP push, which vendors sign in a way of their own.
    pub(crate) fn is_push(&self) -> bool {
        self.transport() == Some(Transport::Rtmp)
    }

    /// The raw path.
    #[must_use]
    pub fn path(&self) -> &'a [u8] {
        self.path
    }

    /// The raw query, without `?`.
    #[must_use]
    pub fn query(&self) -> Option<&'a [u8]> {
        self.query.raw()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> Body<'a> {
        self.body
    }

    /// All header fields in order; what a signer adds comes last.
    pub fn headers(&self) -> impl Iterator<Item = &Header<'a>> + Clone {
        steps(self.headers.as_slice().iter().chain(self.added.headers))
    }

    /// All parameters in order; what a signer adds comes last.
    pub fn params(&self) -> impl Iterator<Item = Param<'a>> + Clone {
        steps(self.query.params().chain(self.added.params))
    }

    /// What a signer adds, if there are no other parameters.
    pub(crate) fn only_added(&self) -> Option<Pairs<'a>> {
        self.query().unwrap_or_default().is_empty().then_some(self.added.params)
    }

    /// The fields with this name, in order.
    pub fn headers_named<'n>(&self, name: &'n str) -> impl Iterator<Item = &Header<'a>> + Clone + use<'_, 'a, 'n> {
        self.headers().filter(move |header| header.is(name))
    }

    /// The trimmed value of the first field with this name.
    #[must_use]
    #[inline]
    pub fn header_value(&self, name: &str) -> Option<&'a [u8]> {
        if self.has_headers() { self.first_value(name) } else { None }
    }

    /// Whether there are header fields. Most requests whose URLs are signed have none, and are asked for several.
    pub(crate) fn has_headers(&self) -> bool {
        !self.headers.as_slice().is_empty() || !self.added.headers.is_empty()
    }

    fn first_value(&self, name: &str) -> Option<&'a [u8]> {
        self.headers_named(name).next().map(Header::trimmed)
    }

    /// The first parameter with this (decoded) name.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<Param<'a>> {
        let sent = if self.query.may_have(name) { self.query.params().find(|param| param.is(name)) } else { None };
        sent.or_else(|| self.added.params.into_iter().find(|param| param.is(name)))
    }

    /// The first parameter with this name in any case.
    pub(crate) fn param_in_any_case(&self, name: &str) -> Option<Param<'a>> {
        let may_be_there = self.query.may_have_in_any_case(name) || !self.added.params.ends.is_empty();
        if may_be_there { self.params().find(|param| param.is_in_any_case(name)) } else { None }
    }

    /// The host the request is for: the `Host` field, else the host of the URL.
    #[must_use]
    pub fn host(&self) -> Option<Cow<'a, [u8]>> {
        match self.header_value("host") {
            Some(host) => Some(Cow::Borrowed(host)),
            None => self.authority.map(Cow::Borrowed),
        }
    }

    /// The same if it is known to be a name in lower case, without a port: that of nearly all URLs.
    pub(crate) fn plain_host(&self) -> Option<&'a [u8]> {
        self.plain().and(self.authority)
    }

    /// The URL up to its query, if nothing of that is to be tidied and no header names another host.
    pub(crate) fn plain(&self) -> Option<&'a [u8]> {
        self.plain.filter(|_| self.header_value("host").is_none())
    }

    /// Writes the host in lower case and without the transport's default port.
    pub(crate) fn write_host(&self, ink: &mut (impl Ink + ?Sized)) {
        if let Some(host) = self.plain_host() {
            return ink.write(host);
        }
        let host = self.host().unwrap_or_default();
        let port = self.transport.map_or("", Transport::default_port);
        let host = host.strip_suffix(port.as_bytes()).and_then(|h| h.strip_suffix(b":")).unwrap_or(&host);
        header::lower(host, ink);
    }

    /// The same request with what a signer adds.
    #[inline]
    pub(crate) fn with_added<'b>(&'b self, added: Added<'b>) -> Request<'b>
    where
        'a: 'b,
    {
        Request {
            method: self.method,
            transport: self.transport,
            authority: self.authority,
            plain: self.plain,
            path: self.path,
            query: self.query,
            headers: Fields::Borrowed(self.headers.as_slice()),
            body: self.body,
            added,
        }
    }

    /// The same request with another raw query.
    pub(crate) fn with_query<'b>(&'b self, query: &'b [u8]) -> Request<'b>
    where
        'a: 'b,
    {
        Request { query: Query::cut(Some(query)), ..self.with_added(self.added) }
    }

    /// The host written in the URL, if the request was given as one.
    #[must_use]
    pub fn authority(&self) -> Option<&'a str> {
        self.authority.and_then(|authority| core::str::from_utf8(authority).ok())
    }
}

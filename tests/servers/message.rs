//! Requests and answers, byte for byte.

use countersign::{
    Body, Credentials, Request, Scheme, Signed, Terms,
    explain::ServerAnswer,
    sign,
    wire::percent::{self, UNRESERVED},
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// A request.
#[derive(Clone, Debug)]
pub struct Message {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Message {
    pub fn new(method: &str, url: impl Into<String>) -> Self {
        Self { method: method.into(), url: url.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The request as a signer sees it.
    pub fn request(&self) -> Request<'_> {
        let request = Request::new(&self.method, &self.url).unwrap_or_else(|e| panic!("{}: {e}", self.url));
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        request.with_body(Body::Bytes(&self.body))
    }

    pub fn sign(&self, scheme: &'static dyn Scheme, who: &Credentials, terms: &Terms<'_>) -> Signed {
        sign(scheme, &self.request(), who, terms).unwrap_or_else(|e| panic!("{} {}: {e}", scheme.id(), self.url))
    }

    /// The same request, signed: with more headers, or another URL.
    pub fn signed(&self, scheme: &'static dyn Scheme, who: &Credentials, terms: &Terms<'_>) -> Self {
        let signed = self.sign(scheme, who, terms);
        let mut message = self.clone();
        message.headers.extend(signed.headers);
        message.url = signed.url.unwrap_or(message.url);
        message
    }

    /// The bytes that go over the wire.
    pub fn bytes(&self) -> Vec<u8> {
        let (_, rest) = self.url.split_once("://").unwrap();
        let (host, target) = rest.split_at(rest.find('/').unwrap());
        let mut head = format!("{} {target} HTTP/1.1\r\nHost: {host}\r\n", self.method);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len());
        [head.as_bytes(), &self.body].concat()
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// With its head, as it came.
    bytes: Vec<u8>,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// As an explanation takes it.
    pub fn error(&self) -> ServerAnswer {
        ServerAnswer::parse(&self.bytes).unwrap_or_else(|e| panic!("{self}: {e}"))
    }

    /// Status and code.
    pub fn code(&self) -> (u16, String) {
        (self.status, self.error().code.unwrap_or_default())
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

/// Sends bytes and reads until the server closes.
pub fn exchange(port: u16, message: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
    // A server may answer and close before it has read all of a refused body: then writing or reading fails at the end.
    let written = stream.write_all(message);
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let head = head.unwrap_or_else(|| panic!("no answer: {written:?}, {read:?}"));
    let lines = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let status = lines.split(' ').nth(1).and_then(|status| status.get(..3)?.parse().ok()).unwrap();
    let body = &bytes[head + 4..];
    let body = if lines.contains("\r\ntransfer-encoding: chunked") { unchunked(body) } else { body.to_vec() };
    Answer { status, body, bytes }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n").expect("the length of a chunk");
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&rest[end + 2..][..length]);
        rest = &rest[end + 2 + length + 2..];
    }
}

/// A key, or the value of a parameter, with everything escaped that may be.
pub fn escaped(text: &str) -> String {
    let mut out = Vec::new();
    percent::encode(text.as_bytes(), &UNRESERVED, &mut out);
    String::from_utf8(out).unwrap()
}

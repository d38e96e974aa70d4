//! A client that signs chunks and trailers, and errs. It shares no code with what is tested, the head excepted.

use countersign::{
    Body, Credentials, Inquiry, Report, Request, SecretKey, Terms, Timestamp, explain,
    providers::s3::chunked::{ChunkReport, Mode, V4_CHUNKED, explain_chunks},
    sign,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub const SECRET: &str = "madeUpSecretOnlyForThisTest";
pub const URL: &str = "https://photos.s3.us-east-1.amazonaws.com/a.txt";
pub const TIME: &str = "20260314T150926Z";
pub const SCOPE: &str = "20260314/us-east-1/s3/aws4_request";
pub const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn hash(data: &[u8]) -> String {
    hex(&Sha256::digest(data))
}

/// A signature of this upload.
fn sealed(secret: &str, text: &str) -> String {
    let start = format!("AWS4{secret}").into_bytes();
    let key = SCOPE.split('/').fold(start, |key, step| mac(&key, step.as_bytes()));
    hex(&mac(&key, text.as_bytes()))
}

/// What a client knows when it signs a chunk or the trailers.
pub struct Moment<'m> {
    pub number: usize,
    pub seed: &'m str,
    /// Signatures so far, the seed first.
    pub signatures: &'m [String],
    pub chunks: &'m [Vec<u8>],
    pub trailers: &'m str,
}

impl Moment<'_> {
    pub fn data(&self) -> &[u8] {
        &self.chunks[self.number]
    }

    pub fn previous(&self) -> &str {
        self.signatures.last().unwrap()
    }

    /// The right text of a chunk with other lines in it.
    pub fn chunk(&self, algorithm: &str, time: &str, previous: &str, digest: &str) -> String {
        format!("{algorithm}\n{time}\n{SCOPE}\n{previous}\n{NOTHING}\n{digest}")
    }

    pub fn right(&self) -> String {
        if self.number < self.chunks.len() {
            self.chunk("AWS4-HMAC-SHA256-PAYLOAD", TIME, self.previous(), &hash(self.data()))
        } else {
            self.trailer(self.trailers)
        }
    }

    pub fn behind(&self, previous: &str) -> String {
        self.right().replace(self.previous(), previous)
    }

    pub fn digest(&self, digest: &str) -> String {
        self.chunk("AWS4-HMAC-SHA256-PAYLOAD", TIME, self.previous(), digest)
    }

    /// The right text of the trailers with another canonical text.
    pub fn trailer(&self, canonical: &str) -> String {
        format!("AWS4-HMAC-SHA256-TRAILER\n{TIME}\n{SCOPE}\n{}\n{}", self.previous(), hash(canonical.as_bytes()))
    }

    pub fn is_trailer(&self) -> bool {
        self.number == self.chunks.len()
    }
}

pub fn right(moment: &Moment<'_>) -> String {
    moment.right()
}

/// An upload whose client errs.
pub struct Client {
    pub mode: Mode,
    /// Secret of the client.
    pub secret: &'static str,
    pub chunks: Vec<Vec<u8>>,
    pub trailers: &'static [(&'static str, &'static str)],
    pub text: fn(&Moment<'_>) -> String,
    /// Changes to the head and the body after signing.
    pub method: &'static str,
    pub decoded_len: Option<u64>,
    pub head: fn(String) -> String,
    pub body: fn(Vec<u8>) -> Vec<u8>,
}

impl Client {
    pub fn new(text: fn(&Moment<'_>) -> String) -> Self {
        Self {
            mode: Mode::Signed,
            secret: SECRET,
            chunks: vec![vec![b'a'; 8192], b"line one\nline two\n".repeat(500), b"the end\n".to_vec(), Vec::new()],
            trailers: &[],
            text,
            method: "PUT",
            decoded_len: None,
            head: |authorization| authorization,
            body: |body| body,
        }
    }

    pub fn right() -> Self {
        Self::new(right)
    }

    /// With two signed trailers.
    pub fn trailing(text: fn(&Moment<'_>) -> String) -> Self {
        let trailers = &[("X-Amz-Meta-B", "two"), ("x-amz-meta-a", "one")];
        Self { mode: Mode::SignedTrailer, trailers, ..Self::new(text) }
    }

    pub fn explain(&self, secrets: &[SecretKey], depth: u8) -> ChunkReport {
        self.ask(secrets, depth, |inquiry| explain_chunks(inquiry).unwrap())
    }

    /// Explains it as if nobody knew that it comes in chunks.
    pub fn explain_whole(&self, secrets: &[SecretKey], depth: u8) -> Report {
        self.ask(secrets, depth, |inquiry| explain(inquiry).unwrap())
    }

    fn ask<R>(&self, secrets: &[SecretKey], depth: u8, question: impl FnOnce(&Inquiry<'_>) -> R) -> R {
        let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new(self.secret));
        let total: usize = self.chunks.iter().map(Vec::len).sum();
        let decoded_len = self.decoded_len.unwrap_or(total as u64).to_string();
        let names = self.trailers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
        let mut request = Request::new(self.method, URL).unwrap().header("x-amz-decoded-content-length", &decoded_len);
        request = request.header("x-amz-content-sha256", self.mode.payload());
        if !names.is_empty() {
            request = request.header("x-amz-trailer", &names);
        }
        let mut unsigned = Request::new("PUT", URL).unwrap();
        for field in request.headers() {
            unsigned = unsigned.header(field.name, field.value);
        }
        let signed =
            sign(&V4_CHUNKED, &unsigned, &who, &Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1")).unwrap();
        let seed = signed.signature.text();
        let headers: Vec<_> = signed.headers.iter().map(|(name, value)| (name, (self.head)(value.to_owned()))).collect();
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let body = (self.body)(self.write(&seed));
        let mut inquiry = Inquiry::new(request.with_body(Body::Bytes(&body)).into());
        (inquiry.secrets, inquiry.depth) = (secrets, depth);
        question(&inquiry)
    }

    pub fn write(&self, seed: &str) -> Vec<u8> {
        let mut signatures = vec![seed.to_owned()];
        let mut canonical: Vec<_> =
            self.trailers.iter().map(|(name, value)| format!("{}:{value}\n", name.to_lowercase())).collect();
        canonical.sort();
        let canonical = canonical.concat();
        let mut body = Vec::new();
        let pieces = self.chunks.len() + usize::from(self.mode == Mode::SignedTrailer);
        for number in 0..pieces {
            let moment = Moment { number, seed, signatures: &signatures, chunks: &self.chunks, trailers: &canonical };
            let signature = sealed(self.secret, &(self.text)(&moment));
            if let Some(data) = self.chunks.get(number) {
                body.extend_from_slice(format!("{:x};chunk-signature={signature}\r\n", data.len()).as_bytes());
                body.extend_from_slice(data);
                body.extend_from_slice(if data.is_empty() { b"" } else { b"\r\n" });
            } else {
                for (name, value) in self.trailers {
                    body.extend_from_slice(format!("{name}:{value}\r\n").as_bytes());
                }
                body.extend_from_slice(format!("x-amz-trailer-signature:{signature}\r\n").as_bytes());
            }
            signatures.push(signature);
        }
        body.extend_from_slice(b"\r\n");
        body
    }
}

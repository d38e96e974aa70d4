//! Writing a chunked body.

use super::{
    FrameError, MIN_CHUNK, Mode, Piece, SeedError,
    chain::Chain,
    head::Announced,
    lines::{SIGNATURE, TRAILER_SIGNATURE},
};
use crate::{
    crypto::{Hash, Sha256Hash},
    providers::s3::V4_HEADER,
    scheme::Scheme,
    secret::SecretKey,
    sign::Signed,
    subject::{Request, Subject},
    terms::Hints,
    wire::Ink,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

/// Length of a signature's text.
const SIGNATURE_LEN: u64 = 64;

/// Writes a chunked body, chunk by chunk.
///
/// What is written goes to an [`Ink`], a `Vec<u8>` for instance. Chunks may have any length of
/// [`MIN_CHUNK`] bytes and more, and the last one any at all; vendors advise 64 KiB or more.
///
/// ```
/// use countersign::{
///     Credentials, Request, SecretKey, Terms, Timestamp,
///     providers::s3::{self, chunked::{ChunkSigner, Mode, encoded_len}},
///     sign,
/// };
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let length = encoded_len(Mode::Signed, 11, 65_536, &[])?.to_string();
/// let request = Request::new("PUT", "https://photos.s3.us-east-1.amazonaws.com/a.txt")?
///     .header("Content-Encoding", "aws-chunked")
///     .header("Content-Length", &length)
///     .header("x-amz-decoded-content-length", "11");
/// let terms = Terms::at(Timestamp::from_unix(1_773_500_966)).region("us-east-1");
/// let signed = sign(&s3::chunked::V4_CHUNKED, &request, &who, &terms)?;
///
/// let mut body = Vec::new();
/// let mut signer = ChunkSigner::new(&request, &signed, who.secret())?;
/// signer.chunk(b"hello world", &mut body)?;
/// signer.finish(&[], &mut body)?;
/// assert!(body.starts_with(b"b;chunk-signature="));
/// assert_eq!(body.len().to_string(), length);
///
/// // The head promised eleven bytes.
/// let mut signer = ChunkSigner::new(&request, &signed, who.secret())?;
/// assert!(signer.chunk(b"hello, world", &mut body).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ChunkSigner {
    chain: Chain,
    announced: Announced,
    chunks: u64,
    written: u64,
    /// Length of a chunk that no other may follow.
    short: Option<u64>,
}

impl ChunkSigner {
    /// Starts behind the head: `signed` is what signing `request` gave, and `secret` what it was signed with.
    ///
    /// # Errors
    ///
    /// When the head does not announce chunks.
    pub fn new(request: &Request<'_>, signed: &Signed, secret: &SecretKey) -> Result<Self, SeedError> {
        let complete = signed.headers.iter().fold(request.clone(), |request, (name, value)| request.header(name, value));
        let subject = Subject::Request(complete.clone());
        let claim = V4_HEADER.read(&subject, &Hints::NONE).ok().flatten();
        let claim = claim.ok_or(SeedError::OtherScheme(signed.scheme.id()))?;
        let announced = Announced::read(&complete, &claim)?;
        Ok(Self { chain: Chain::new(&claim, secret)?, announced, chunks: 0, written: 0, short: None })
    }

    /// Writes `data` as one chunk. No data gives no chunk: an empty one would end the body.
    ///
    /// # Errors
    ///
    /// When the chunk before was too short to be followed by another, or the data is longer than announced.
    /// Nothing is written then.
    pub fn chunk(&mut self, data: &[u8], out: &mut (impl Ink + ?Sized)) -> Result<(), FrameError> {
        let len = data.len() as u64;
        if len == 0 {
            return Ok(());
        }
        if let Some(len) = self.short {
            return Err(FrameError::TooShort { len });
        }
        let (said, found) = (self.announced.decoded_len, self.written.saturating_add(len));
        if found > said {
            return Err(FrameError::DecodedLength { said, found });
        }
        self.written = found;
        self.short = (len < MIN_CHUNK).then_some(len);
        self.write(data, out);
        out.write(b"\r\n");
        Ok(())
    }

    /// Writes the empty chunk and, in the modes that have them, the trailers.
    ///
    /// # Errors
    ///
    /// When data is missing, or trailers are not those announced. Nothing is written then.
    pub fn finish(mut self, trailers: &[(&str, &str)], out: &mut (impl Ink + ?Sized)) -> Result<(), FrameError> {
        let (said, found) = (self.announced.decoded_len, self.written);
        if found != said {
            return Err(FrameError::DecodedLength { said, found });
        }
        let trailers = self.trailers(trailers)?;
        self.write(&[], out);
        for (name, value) in &trailers {
            out.write(format!("{name}:{value}\r\n").as_bytes());
        }
        if self.announced.mode == Mode::SignedTrailer {
            let signature = self.chain.trailers(&trailers).text();
            out.write(format!("{TRAILER_SIGNATURE}:{signature}\r\n").as_bytes());
        }
        out.write(b"\r\n");
        Ok(())
    }

    /// The line that starts a chunk, and its data.
    fn write(&mut self, data: &[u8], out: &mut (impl Ink + ?Sized)) {
        self.chunks += 1;
        out.write(format!("{:x}", data.len()).as_bytes());
        if self.announced.mode.signs() {
            let mut digest = Sha256Hash::digest();
            Sha256Hash::feed(&mut digest, data);
            let signature = self.chain.chunk(&Sha256Hash::end(digest)).text();
            out.write(SIGNATURE);
            out.write(signature.as_bytes());
            self.chain.extend(Piece::Chunk(self.chunks), signature.as_bytes());
        }
        out.write(b"\r\n");
        out.write(data);
    }

    /// The trailers as they are signed: checked, trimmed, sorted by lower-case names.
    fn trailers(&self, given: &[(&str, &str)]) -> Result<Vec<(String, String)>, FrameError> {
        let mut trailers: Vec<(String, String)> = Vec::with_capacity(given.len());
        for (name, value) in given {
            let (name, value) = (name.to_ascii_lowercase(), value.trim_ascii().to_string());
            if !self.announced.mode.has_trailers() || !self.announced.has(&name) {
                return Err(FrameError::TrailerNotAnnounced(name));
            }
            if trailers.iter().any(|(own, _)| *own == name) {
                return Err(FrameError::TrailerTwice(name));
            }
            if value.contains(['\r', '\n']) {
                return Err(FrameError::TrailerValue(name));
            }
            trailers.push((name, value));
        }
        if let Some(name) = self.announced.missing(&trailers).filter(|_| self.announced.mode.has_trailers()) {
            return Err(FrameError::TrailerMissing(name.clone()));
        }
        trailers.sort();
        Ok(trailers)
    }
}

impl fmt::Debug for ChunkSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { announced, chunks, written, .. } = self;
        f.debug_struct("ChunkSigner")
            .field("announced", announced)
            .field("chunks", chunks)
            .field("written", written)
            .finish_non_exhaustive()
    }
}

/// Length of a body of `decoded_len` bytes of data in chunks of `chunk_len`, for `Content-Length`.
///
/// Trailers count by name and length of value. What no 64 bits can say is [`u64::MAX`].
///
/// ```
/// use countersign::providers::s3::chunked::{Mode, encoded_len};
///
/// // The example of "Transferring Payload in Multiple Chunks", S3 API Reference.
/// assert_eq!(encoded_len(Mode::Signed, 66_560, 65_536, &[]), Ok(66_824));
/// assert!(encoded_len(Mode::Signed, 66_560, 4096, &[]).is_err());
/// ```
///
/// # Errors
///
/// When chunks of this length are too short.
pub fn encoded_len(mode: Mode, decoded_len: u64, chunk_len: u64, trailers: &[(&str, usize)]) -> Result<u64, FrameError> {
    if chunk_len < MIN_CHUNK.min(decoded_len) {
        return Err(FrameError::TooShort { len: chunk_len });
    }
    let signature = if mode.signs() { SIGNATURE.len() as u64 + SIGNATURE_LEN } else { 0 };
    let chunk = |len: u64| (u64::from(len.max(1).ilog(16) + 1) + signature + 2 + 2).saturating_add(len);
    let (full, rest) = (decoded_len.checked_div(chunk_len).unwrap_or(0), decoded_len.checked_rem(chunk_len).unwrap_or(0));
    let data = full.saturating_mul(chunk(chunk_len)).saturating_add(if rest > 0 { chunk(rest) } else { 0 });
    let trailer = |(name, len): &(&str, usize)| name.len().saturating_add(1 + 2).saturating_add(*len) as u64;
    let mut tail = trailers.iter().map(trailer).fold(0, u64::saturating_add);
    if mode == Mode::SignedTrailer {
        tail = tail.saturating_add(TRAILER_SIGNATURE.len() as u64 + 1 + SIGNATURE_LEN + 2);
    }
    Ok(data.saturating_add(chunk(0)).saturating_add(tail))
}

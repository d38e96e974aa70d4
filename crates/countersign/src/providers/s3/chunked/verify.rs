//! Checking a chunked body while it comes in.

use super::{
    Checksum, ChecksumKind, ChunkError, ChunkFault, MIN_CHUNK, Mismatch, Piece, SeedError,
    chain::Chain,
    head::Announced,
    lines::{ChunkLine, MAX_CHUNK_LINE, MAX_TRAILERS, chunk_line},
    trailers::{Line, Trailers},
};
use crate::{
    crypto::{Hash, Sha256Hash},
    phrase::words,
    secret::SecretKey,
    signature::{Match, Signature},
    subject::Request,
    verify::Verified,
};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

/// Checks a chunked body, fed in pieces of any length.
///
/// Of the body it holds one line of framing. Data is passed on as it comes in, before the chunk's signature
/// is known to be right: keep it apart until [`finish`](Self::finish) says that all is well.
///
/// Checked are the framing, every chunk's signature and length, the length of all data, that the trailers
/// are those announced, their signature, and the checksums S3 knows.
///
/// ```
/// use countersign::{Hints, Request, SecretKey, Verification, providers::s3::chunked::ChunkVerifier, verify};
///
/// let head = b"PUT /k HTTP/1.1\r\nHost: vec-bucket.s3.amazonaws.com\r\nContent-Encoding: aws-chunked\r\n\
///     x-amz-decoded-content-length: 11\r\nx-amz-trailer: x-amz-checksum-crc32\r\nx-amz-date: 20260314T150926Z\r\n\
///     x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER\r\n\
///     Authorization: AWS4-HMAC-SHA256 Credential=AKIAVEC0000EXAMPLE01/20260314/us-east-1/s3/aws4_request, \
///     SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-trailer, \
///     Signature=ab50e7174ac65a8b890bbeeae42d41a5491f1a3793feb077944f6c36e027f042\r\n\r\n";
/// let body = "b;chunk-signature=64d3f9eb9f4dd685d5c31728e96cc35bd61dc3f012b2fc9c7f3d4c3121a8dd30\r\nhello world\r\n\
///     0;chunk-signature=4b5dbc0e07a7228e3879befe87770af39727090ca06d51e9b5daa2fa4b48c4c0\r\n\
///     x-amz-checksum-crc32:DUoRhQ==\r\n\
///     x-amz-trailer-signature:15dc1ea2c3fe8e9ac1a9a585f0a6190cd0955289e7ceeadd84af6aae3699e842\r\n\r\n";
/// let secret = SecretKey::new("s3cr3t+Key/EXAMPLE/aaaaaaaaaaaaaaaaaaaaaa");
///
/// let request = Request::parse_head(head)?;
/// let Verification::Matches(seed) = verify(&request.clone().into(), &secret, &Hints::default())? else { panic!() };
///
/// let mut data = Vec::new();
/// let mut verifier = ChunkVerifier::new(&request, &seed, &secret)?;
/// for piece in body.as_bytes().chunks(7) {
///     verifier.push(piece, &mut |part| data.extend_from_slice(part))?;
/// }
/// assert_eq!(verifier.finish()?.decoded_len, 11);
/// assert_eq!(data, b"hello world");
///
/// // A changed byte is found as soon as its chunk is over.
/// let mut verifier = ChunkVerifier::new(&request, &seed, &secret)?;
/// let error = verifier.push(body.replace("hello", "jello").as_bytes(), &mut |_| {}).unwrap_err();
/// assert!(error.to_string().starts_with("chunk 1, at offset 0 of the body: the signature does not match"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ChunkVerifier {
    announced: Announced,
    /// `None` where signatures are not checked.
    chain: Option<Chain>,
    state: State,
    /// The line that is being read.
    line: Vec<u8>,
    /// Bytes of the body taken.
    taken: u64,
    piece: Piece,
    /// Offset of the piece.
    start: u64,
    /// The number of the chunk.
    chunk: u64,
    /// The length the chunk says.
    len: u64,
    /// The signature of the chunk.
    signature: Vec<u8>,
    digest: <Sha256Hash as Hash>::Digest,
    /// The fault of a chunk that no other with data may follow.
    short: Option<ChunkError>,
    /// Length of the data up to and with the chunk.
    decoded: u64,
    checksums: Vec<Checksum>,
    trailers: Trailers,
}

/// What comes next.
#[derive(Debug)]
enum State {
    /// The line that starts a chunk.
    Head,
    /// So many bytes of data.
    Data(u64),
    /// These bytes, behind the data.
    End(&'static [u8]),
    /// Trailers, or the empty line behind them.
    Trailers,
    /// Nothing.
    Over,
    /// Nothing is taken any more.
    Failed(ChunkError),
}

/// A chunked body that is all right.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Length of all data.
    pub decoded_len: u64,
    /// The number of chunks, the empty one at the end included.
    pub chunks: u64,
    /// Names, in lower case, and values of the trailers.
    pub trailers: Vec<(String, String)>,
    /// The checksums found right. Of a trailer with another kind of checksum only the signature was checked.
    pub checked: Vec<ChecksumKind>,
}

impl ChunkVerifier {
    /// Starts behind the head of `request`, whose signature was found right.
    ///
    /// # Errors
    ///
    /// When the head does not announce chunks.
    pub fn new(request: &Request<'_>, seed: &Verified<'_>, secret: &SecretKey) -> Result<Self, SeedError> {
        let announced = Announced::read(request, seed.claim())?;
        let chain = Chain::new(seed.claim(), secret)?;
        Ok(Self::behind(announced, Some(chain)))
    }

    /// Starts behind a head that announces this. Without a chain, signatures must be there and are not checked.
    pub(super) fn behind(announced: Announced, chain: Option<Chain>) -> Self {
        let names = announced.trailers.iter().filter(|_| announced.mode.has_trailers());
        Self {
            checksums: names.filter_map(|name| ChecksumKind::from_trailer(name)).map(Checksum::new).collect(),
            chain: chain.filter(|_| announced.mode.signs()),
            announced,
            state: State::Head,
            line: Vec::new(),
            taken: 0,
            piece: Piece::Chunk(1),
            start: 0,
            chunk: 1,
            len: 0,
            signature: Vec::new(),
            digest: Sha256Hash::digest(),
            short: None,
            decoded: 0,
            trailers: Trailers::default(),
        }
    }

    /// Takes the next bytes of the body and passes on the data in them.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong. After that nothing is taken any more, and the same error is given again.
    pub fn push(&mut self, mut bytes: &[u8], data: &mut dyn FnMut(&[u8])) -> Result<(), ChunkError> {
        while !bytes.is_empty() {
            let step = match &self.state {
                State::Head => self.line(&mut bytes, MAX_CHUNK_LINE, Self::head),
                State::Data(left) => {
                    let now = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                    data(self.data(&mut bytes, now));
                    Ok(())
                }
                State::End(left) => {
                    let left = *left;
                    self.end(&mut bytes, left)
                }
                State::Trailers => self.line(&mut bytes, MAX_TRAILERS + 1, Self::trailer),
                State::Over => Err(self.error(ChunkFault::AfterEnd)),
                State::Failed(error) => return Err(error.clone()),
            };
            if let Err(error) = step {
                self.state = State::Failed(error.clone());
                return Err(error);
            }
        }
        Ok(())
    }

    /// Says whether the body is complete and right.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn finish(mut self) -> Result<Received, ChunkError> {
        let fault = match &self.state {
            State::Failed(error) => return Err(error.clone()),
            State::Head if self.line.is_empty() => ChunkFault::FinalChunkMissing,
            State::Head => ChunkFault::Cut { inside: words!("the line that starts it") },
            State::Data(left) => ChunkFault::DataCut { said: self.len, found: self.len.saturating_sub(*left) },
            State::End(_) => ChunkFault::Cut { inside: words!("the line end behind the data") },
            State::Trailers if !self.line.is_empty() => ChunkFault::Cut { inside: words!("a line") },
            State::Trailers => match core::mem::take(&mut self.trailers).finish(&self.announced) {
                Ok(trailers) => return self.received(trailers),
                Err(fault) => fault,
            },
            State::Over => return self.received(Vec::new()),
        };
        Err(self.error(fault))
    }

    fn received(self, trailers: Vec<(String, String)>) -> Result<Received, ChunkError> {
        for checksum in &self.checksums {
            let (name, found) = (checksum.kind().trailer(), checksum.text());
            let sent = trailers.iter().find(|(own, _)| own == name).map(|(_, value)| value);
            if let Some(sent) = sent.filter(|sent| **sent != found) {
                return Err(self.error(ChunkFault::Checksum { name: name.into(), sent: sent.clone(), found }));
            }
        }
        let checked = self.checksums.iter().map(Checksum::kind).collect();
        Ok(Received { decoded_len: self.decoded, chunks: self.chunk, trailers, checked })
    }

    /// Takes bytes up to a line end or up to `max` bytes, and gives the line to `whole` when it is complete.
    fn line(
        &mut self,
        bytes: &mut &[u8],
        max: usize,
        whole: fn(&mut Self, &[u8]) -> Result<(), ChunkError>,
    ) -> Result<(), ChunkError> {
        let room = bytes.len().min(max.saturating_sub(self.line.len()));
        let end = bytes.iter().take(room).position(|b| *b == b'\n');
        let part = self.take(bytes, end.map_or(room, |at| at + 1));
        self.line.extend_from_slice(part);
        if end.is_none() && self.line.len() < max {
            return Ok(());
        }
        let mut line = core::mem::take(&mut self.line);
        let outcome = whole(self, &line);
        line.clear();
        self.line = line;
        outcome
    }

    /// The line that starts a chunk.
    fn head(&mut self, line: &[u8]) -> Result<(), ChunkError> {
        let ChunkLine { len, signature } = chunk_line(line, self.announced.mode).map_err(|fault| self.error(fault))?;
        self.len = len;
        self.signature.clear();
        self.signature.extend_from_slice(signature);
        if len == 0 {
            return self.last_chunk();
        }
        if let Some(error) = self.short.take() {
            return Err(error);
        }
        let (said, found) = (self.announced.decoded_len, self.decoded.saturating_add(len));
        if found > said {
            return Err(self.error(ChunkFault::DecodedLength { said, found }));
        }
        self.short = (len < MIN_CHUNK).then(|| self.error(ChunkFault::TooShort { len }));
        self.decoded = found;
        self.state = State::Data(len);
        Ok(())
    }

    /// Data of a chunk: the next `now` bytes.
    fn data<'b>(&mut self, bytes: &mut &'b [u8], now: usize) -> &'b [u8] {
        let part = self.take(bytes, now);
        if self.chain.is_some() {
            Sha256Hash::feed(&mut self.digest, part);
        }
        for checksum in &mut self.checksums {
            checksum.update(part);
        }
        if let State::Data(left) = &mut self.state {
            *left = left.saturating_sub(part.len() as u64);
            if *left == 0 {
                self.state = State::End(b"\r\n");
            }
        }
        part
    }

    /// The line end behind the data, which ends the chunk.
    fn end(&mut self, bytes: &mut &[u8], left: &'static [u8]) -> Result<(), ChunkError> {
        let part = self.take(bytes, left.len().min(bytes.len()));
        let Some(left) = left.strip_prefix(part) else {
            return Err(self.error(ChunkFault::DataUnended { said: self.len }));
        };
        self.state = match (left, self.len) {
            ([], 0) => State::Over,
            ([], _) => {
                self.judge_chunk()?;
                self.chunk += 1;
                (self.piece, self.start) = (Piece::Chunk(self.chunk), self.taken);
                State::Head
            }
            _ => State::End(left),
        };
        Ok(())
    }

    /// The empty chunk.
    fn last_chunk(&mut self) -> Result<(), ChunkError> {
        self.judge_chunk()?;
        let (said, found) = (self.announced.decoded_len, self.decoded);
        if found != said {
            return Err(self.error(ChunkFault::DecodedLength { said, found }));
        }
        self.state = if self.announced.mode.has_trailers() {
            (self.piece, self.start) = (Piece::Trailers, self.taken);
            State::Trailers
        } else {
            State::End(b"\r\n")
        };
        Ok(())
    }

    /// A line behind the last chunk.
    fn trailer(&mut self, line: &[u8]) -> Result<(), ChunkError> {
        let taken = self.trailers.take(line, &self.announced).map_err(|fault| self.error(fault))?;
        let (Line::Signature(sent), Some(chain)) = (taken, &self.chain) else { return Ok(()) };
        let expected = chain.trailers(self.trailers.list());
        if expected.check(sent.as_bytes()) == Match::Exact {
            return Ok(());
        }
        let text = chain.trailers_text(self.trailers.list());
        Err(self.mismatch(chain, &sent, expected, text))
    }

    fn judge_chunk(&mut self) -> Result<(), ChunkError> {
        let digest = Sha256Hash::end(core::mem::replace(&mut self.digest, Sha256Hash::digest()));
        let Some(chain) = &self.chain else { return Ok(()) };
        let expected = chain.chunk(&digest);
        // The next signature covers the text of this one: another spelling of the same bytes will not do.
        if expected.check(&self.signature) != Match::Exact {
            let sent = String::from_utf8_lossy(&self.signature);
            return Err(self.mismatch(chain, &sent, expected, chain.chunk_text(&digest)));
        }
        if let Some(chain) = &mut self.chain {
            chain.extend(self.piece, &self.signature);
        }
        Ok(())
    }

    fn mismatch(&self, chain: &Chain, sent: &str, expected: Signature, string_to_sign: Vec<u8>) -> ChunkError {
        let chained_to = chain.link();
        self.error(ChunkFault::SignatureMismatch(Box::new(Mismatch { sent: sent.into(), expected, string_to_sign, chained_to })))
    }

    fn error(&self, fault: ChunkFault) -> ChunkError {
        ChunkError { piece: self.piece, offset: self.start, fault }
    }

    /// The next `count` bytes.
    fn take<'b>(&mut self, bytes: &mut &'b [u8], count: usize) -> &'b [u8] {
        let (part, rest) = bytes.split_at_checked(count).unwrap_or((bytes, &[]));
        *bytes = rest;
        self.taken += part.len() as u64;
        part
    }
}

impl fmt::Debug for ChunkVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { announced, state, taken, .. } = self;
        f.debug_struct("ChunkVerifier")
            .field("announced", announced)
            .field("state", state)
            .field("taken", taken)
            .finish_non_exhaustive()
    }
}

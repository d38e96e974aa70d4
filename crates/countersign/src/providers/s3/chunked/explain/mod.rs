//! Why a chunked body is refused: which chunk, or the trailers, and what was signed in its place.
//!
//! Every signature is judged by itself, behind the signature before it as that was sent: a wrong one does not
//! make those behind it wrong. What is wrong is explained as everywhere in this crate, by signing with a known mistake.

mod causes;
mod findings;
mod links;
mod scan;

use super::{ChunkError, Mode, Piece, SeedError, chain::Lines, head::Announced};
use crate::{
    error::{DraftError, VerifyError},
    explain::{Finding, Inquiry, Report, Searched, Verdict, explain_head},
    phrase::{Phrase, Told, tell_in_english},
    providers,
    signature::Encoding,
    transcript::Written,
};
use alloc::{string::String, vec::Vec};
use links::{best_trial, links};
use scan::scan;

/// Everything there is to say about a chunked upload.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChunkReport {
    /// The answer in one word, for the upload as a whole.
    pub verdict: Verdict,
    /// How it is protected.
    pub mode: Mode,
    /// The seed by itself: the signature of the head.
    pub seed: Report,
    /// Every chunk, and the trailers where they are signed.
    pub pieces: Vec<PieceReport>,
    /// The first thing that is wrong with the body apart from its signatures.
    pub fault: Option<ChunkError>,
    /// What was found: first about the signatures, then about the framing.
    pub findings: Vec<ChunkFinding>,
    /// What was searched behind the head.
    pub searched: Searched,
}

impl ChunkReport {
    /// All of it as one report. Its signatures and texts are those of the head, or, if that is right, of the first
    /// piece that is not.
    #[must_use]
    pub fn into_report(self) -> Report {
        let mut report = self.seed;
        let groups = report.findings.last().map_or(0, |last| last.group + 1);
        report
            .findings
            .extend(self.findings.into_iter().map(|found| Finding { group: groups + found.finding.group, ..found.finding }));
        if report.verdict != Verdict::Mismatch
            && let Some(wrong) = self.pieces.into_iter().find(|piece| piece.state == PieceState::Wrong)
        {
            report.provided_signature = wrong.provided_signature;
            report.expected_signature = wrong.expected_signature;
            report.documents = wrong.documents;
            report.signed_documents = None;
        }
        report.verdict = self.verdict;
        report.searched.variants += self.searched.variants;
        report.searched.blocks += self.searched.blocks;
        report.searched.apart += self.searched.apart;
        report.searched.causes += self.searched.causes;
        report.searched.cut_short |= self.searched.cut_short;
        report
    }
}

/// A chunk, or the trailers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PieceReport {
    /// Which one.
    pub piece: Piece,
    /// Offset of its first byte in the body.
    pub offset: u64,
    /// Length of its data; of trailers, their number.
    pub len: u64,
    /// Whether its signature is right.
    pub state: PieceState,
    /// The signature that was sent.
    pub provided_signature: String,
    /// The signature that is right behind the one before it, as sent; needs a secret.
    pub expected_signature: Option<String>,
    /// Where the signature is wrong: the text that is signed by the rules.
    pub documents: Vec<Written>,
}

/// Whether a signature is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceState {
    /// It is.
    Right,
    /// It is another one.
    Wrong,
    /// Nothing is signed, or there is no secret.
    Unchecked,
}

/// One thing found, and where.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChunkFinding {
    /// The pieces it holds for; none when it is about the seed.
    pub pieces: Vec<Piece>,
    /// What it is. Findings of one group together are one explanation.
    pub finding: Finding,
}

/// Why a chunked upload cannot be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChunkInquiryError {
    /// The head cannot be judged, or the body is not here.
    Verify(VerifyError),
    /// The head does not announce chunks.
    Seed(SeedError),
}

impl Told for ChunkInquiryError {
    fn told(&self) -> Phrase {
        match self {
            Self::Verify(error) => error.told(),
            Self::Seed(error) => error.told(),
        }
    }
}

tell_in_english!(ChunkInquiryError);
impl core::error::Error for ChunkInquiryError {}

impl From<VerifyError> for ChunkInquiryError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}

impl From<SeedError> for ChunkInquiryError {
    fn from(error: SeedError) -> Self {
        Self::Seed(error)
    }
}

/// Explains a chunked upload: the seed as [`explain`](crate::explain()) does, and behind it every chunk and the trailers.
///
/// The body must be in the request, as it was sent. Without a secret, framing, lengths and checksums are judged alone.
///
/// ```
/// use countersign::{
///     Inquiry, Request, SecretKey,
///     explain::Verdict,
///     providers::s3::chunked::{Piece, explain_chunks},
/// };
///
/// // The last digit of the second signature was changed.
/// let message = b"PUT /k HTTP/1.1\r\nHost: vec-bucket.s3.amazonaws.com\r\nContent-Encoding: aws-chunked\r\n\
///     x-amz-decoded-content-length: 11\r\nx-amz-trailer: x-amz-checksum-crc32\r\nx-amz-date: 20260314T150926Z\r\n\
///     x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER\r\n\
///     Authorization: AWS4-HMAC-SHA256 Credential=AKIAVEC0000EXAMPLE01/20260314/us-east-1/s3/aws4_request, \
///     SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-trailer, \
///     Signature=ab50e7174ac65a8b890bbeeae42d41a5491f1a3793feb077944f6c36e027f042\r\n\r\n\
///     b;chunk-signature=64d3f9eb9f4dd685d5c31728e96cc35bd61dc3f012b2fc9c7f3d4c3121a8dd30\r\nhello world\r\n\
///     0;chunk-signature=4b5dbc0e07a7228e3879befe87770af39727090ca06d51e9b5daa2fa4b48c4c1\r\n\
///     x-amz-checksum-crc32:DUoRhQ==\r\n\
///     x-amz-trailer-signature:15dc1ea2c3fe8e9ac1a9a585f0a6190cd0955289e7ceeadd84af6aae3699e842\r\n\r\n";
/// let secrets = [SecretKey::new("s3cr3t+Key/EXAMPLE/aaaaaaaaaaaaaaaaaaaaaa")];
/// let mut inquiry = Inquiry::new(Request::parse(message)?.into());
/// inquiry.secrets = &secrets;
///
/// let report = explain_chunks(&inquiry)?;
/// assert_eq!((report.verdict, report.seed.verdict), (Verdict::Mismatch, Verdict::Valid));
/// assert_eq!(report.findings[0].pieces, [Piece::Chunk(2)]);
/// assert_eq!(report.findings[0].finding.code, "chunk-signature-changed");
///
/// // A request without chunks is not for it.
/// assert!(explain_chunks(&Inquiry::new(Request::new("GET", "https://example.com/")?.into())).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the head does not announce chunks or cannot be judged, or the body is not here.
pub fn explain_chunks(inquiry: &Inquiry<'_>) -> Result<ChunkReport, ChunkInquiryError> {
    let claim = providers::read(&inquiry.subject, &inquiry.hints, inquiry.among).map_err(VerifyError::from)?;
    let claim = claim.ok_or(VerifyError::NoClaim)?;
    let request = inquiry.subject.request().ok_or(VerifyError::NoClaim)?;
    let announced = Announced::read(request, &claim)?;
    let lines = Lines::of(&claim)?;
    let body = request.body().bytes().ok_or(VerifyError::Draft(DraftError::BodyNeeded))?;
    // What a server quotes of a chunk says nothing about the head.
    let about_chunk = inquiry.answer.is_some_and(|answer| answer.is_about_a_chunk());
    let seed = if about_chunk { explain_head(&inquiry.without_answer()) } else { explain_head(inquiry) }?;
    let scanned = scan(body, announced.mode);
    let links = links(&scanned, announced.mode);
    let mut report = ChunkReport {
        verdict: Verdict::Undecided,
        mode: announced.mode,
        seed,
        pieces: links.iter().map(links::Link::unchecked).collect(),
        fault: None,
        findings: Vec::new(),
        searched: Searched { depth: inquiry.depth, ..Searched::default() },
    };
    if announced.mode.signs()
        && let Some(trial) = best_trial(inquiry, &claim, &lines, &links)?
    {
        report.judge(&trial, &links, &lines);
        report.explain(&trial, &links, &lines);
    }
    report.inspect(body, &scanned, announced);
    report.conclude();
    Ok(report)
}

/// The report about an upload in chunks, for [`explain`](crate::explain()); `None` about anything else, and where the
/// head alone can be judged.
pub(crate) fn explain_body(inquiry: &Inquiry<'_>) -> Option<Report> {
    explain_chunks(inquiry).ok().map(ChunkReport::into_report)
}

/// The hash of the data in chunks, if the word in place of a hash says that the body is in chunks.
pub(crate) fn hash_of_data(word: &[u8], body: &[u8]) -> Option<String> {
    let scanned = scan(body, Mode::from_payload(word)?);
    let data: Vec<&[u8]> = scanned.chunks.iter().map(|chunk| chunk.data).collect();
    Some(Encoding::Hex.encode(&causes::digest(&data)))
}

/// The codes of everything [`explain_chunks`] can find behind the head. Their sentences are those of `Language`.
pub fn codes() -> impl Iterator<Item = &'static str> {
    findings::codes()
}

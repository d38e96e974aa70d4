//! The chain of a whole body, and which of its links are right.

use super::{
    PieceReport, PieceState,
    scan::{Scan, Trailers},
};
use crate::{
    crypto::{Hash, HashName, Sha256Hash},
    error::VerifyError,
    explain::Inquiry,
    pen::Pen,
    providers::s3::chunked::{
        Mode, Piece,
        chain::{Key, Lines},
    },
    secret::SecretKey,
    signature::{Match, Signature},
    terms::Claim,
    transcript::{Transcript, recorded},
    verify::{Verification, verify_claim},
};
use alloc::{string::String, vec::Vec};

/// A piece with a signature.
pub(super) struct Link<'b> {
    pub(super) piece: Piece,
    pub(super) offset: usize,
    /// Its signature as sent.
    pub(super) sent: &'b [u8],
    pub(super) body: Body<'b>,
    /// SHA-256 of its data.
    pub(super) digest: Vec<u8>,
    /// SHA-256 of all data up to and with its own.
    pub(super) so_far: Vec<u8>,
}

/// What a piece holds.
#[derive(Clone, Copy)]
pub(super) enum Body<'b> {
    Chunk(&'b [u8]),
    Trailers(&'b Trailers<'b>),
}

/// The pieces of a body, in order. Trailers are among them where they are signed.
pub(super) fn links<'b>(scan: &'b Scan<'b>, mode: Mode) -> Vec<Link<'b>> {
    let mut links = Vec::with_capacity(scan.chunks.len() + 1);
    let mut all = Sha256Hash::digest();
    for (number, chunk) in (1..).zip(&scan.chunks) {
        let mut own = Sha256Hash::digest();
        Sha256Hash::feed(&mut own, chunk.data);
        Sha256Hash::feed(&mut all, chunk.data);
        links.push(Link {
            piece: Piece::Chunk(number),
            offset: chunk.offset,
            sent: chunk.signature,
            body: Body::Chunk(chunk.data),
            digest: Sha256Hash::end(own).to_vec(),
            so_far: Sha256Hash::end(all.clone()).to_vec(),
        });
    }
    if let Some(trailers) = scan.trailers.as_ref().filter(|_| mode == Mode::SignedTrailer) {
        links.push(Link {
            piece: Piece::Trailers,
            offset: trailers.offset,
            sent: trailers.signature.as_deref().unwrap_or_default().as_bytes(),
            body: Body::Trailers(trailers),
            digest: Vec::new(),
            so_far: Vec::new(),
        });
    }
    links
}

impl Link<'_> {
    fn draft(&self, lines: &Lines, previous: &[u8], pen: &mut Pen<'_>) {
        match self.body {
            Body::Chunk(_) => lines.chunk(previous, &self.digest, pen),
            Body::Trailers(trailers) => lines.trailers(previous, &trailers.list, pen),
        }
    }

    /// The link before it is judged.
    pub(super) fn unchecked(&self) -> PieceReport {
        let len = match self.body {
            Body::Chunk(data) => data.len(),
            Body::Trailers(trailers) => trailers.list.len(),
        };
        PieceReport {
            piece: self.piece,
            offset: self.offset as u64,
            len: len as u64,
            state: PieceState::Unchecked,
            provided_signature: String::from_utf8_lossy(self.sent).into_owned(),
            expected_signature: None,
            documents: Vec::new(),
        }
    }

    /// The text that is signed behind the signature `previous`.
    pub(super) fn transcript(&self, lines: &Lines, previous: &[u8]) -> Transcript {
        recorded(HashName::Sha256, |pen| self.draft(lines, previous, pen))
    }
}

/// All links judged with one secret.
pub(super) struct Trial<'i, 'c> {
    pub(super) inquiry: &'i Inquiry<'i>,
    pub(super) claim: &'i Claim<'c>,
    pub(super) secret: &'i SecretKey,
    /// Whether the seed is right.
    pub(super) seed_is_right: bool,
    pub(super) judged: Vec<Judged>,
}

/// A link, judged.
pub(super) struct Judged {
    /// The signature it was judged behind.
    pub(super) previous: Vec<u8>,
    pub(super) expected: Signature,
    pub(super) is_right: bool,
    /// It was signed behind the right signature of the piece before, which was sent with another one.
    pub(super) behind_right: bool,
}

impl<'i, 'c> Trial<'i, 'c> {
    fn new(
        inquiry: &'i Inquiry<'i>,
        claim: &'i Claim<'c>,
        secret: &'i SecretKey,
        lines: &Lines,
        links: &[Link<'_>],
    ) -> Result<Self, VerifyError> {
        let key = Key::new(claim, secret);
        // The signature that should have been sent before, if another one was.
        let mut right_before: Option<String> = match verify_claim(&inquiry.subject, claim.clone(), secret)? {
            Verification::Matches(_) => None,
            Verification::Differs { expected, .. } => Some(expected.text()),
        };
        let seed_is_right = right_before.is_none();
        let mut sent_before: &[u8] = &claim.signature;
        let mut judged = Vec::with_capacity(links.len());
        for link in links {
            let seal = |previous: &[u8]| key.seal(|pen| link.draft(lines, previous, pen));
            let is_right = |expected: &Signature| expected.check(link.sent) == Match::Exact;
            let mut own =
                Judged { previous: sent_before.to_vec(), expected: seal(sent_before), is_right: false, behind_right: false };
            own.is_right = is_right(&own.expected);
            if let Some(right) = right_before.filter(|_| !own.is_right) {
                let expected = seal(right.as_bytes());
                if is_right(&expected) {
                    own = Judged { previous: right.into_bytes(), expected, is_right: true, behind_right: true };
                }
            }
            right_before = (!own.is_right).then(|| own.expected.text());
            sent_before = link.sent;
            judged.push(own);
        }
        Ok(Self { inquiry, claim, secret, seed_is_right, judged })
    }

    fn score(&self) -> usize {
        usize::from(self.seed_is_right) + self.judged.iter().filter(|own| own.is_right).count()
    }
}

/// The links judged with the secret that makes most of them right; of equals, the first. `None` without a secret.
pub(super) fn best_trial<'i, 'c>(
    inquiry: &'i Inquiry<'i>,
    claim: &'i Claim<'c>,
    lines: &Lines,
    links: &[Link<'_>],
) -> Result<Option<Trial<'i, 'c>>, VerifyError> {
    let mut best: Option<Trial<'i, 'c>> = None;
    for secret in inquiry.secrets {
        let trial = Trial::new(inquiry, claim, secret, lines, links)?;
        if best.as_ref().is_none_or(|best| trial.score() > best.score()) {
            best = Some(trial);
        }
    }
    Ok(best)
}

//! From judged links to findings.

use super::{
    ChunkFinding, ChunkReport, PieceState,
    causes::{self, DATA_CHANGED},
    links::{Link, Trial},
    scan::{Chunk, Scan},
};
use crate::{
    explain::{Certainty, Finding, SECRET_WRONG, Sealed, Searched, Variant, Verdict},
    phrase::{Facts, Phrase, Told, Value, phrase},
    providers::s3::chunked::{ChunkFault, ChunkVerifier, Piece, chain::Lines, head::Announced},
    signature::{Encoding, Match},
    transcript::Transcript,
};
use alloc::{vec, vec::Vec};

const SEED_ALONE: &str = "seed-alone-wrong";
const SEED_CHANGED: &str = "seed-changed-after-signing";
const SIGNATURE_CHANGED: &str = "chunk-signature-changed";
const SIGNATURE_FORM: &str = "chunk-signature-form";
const UNEXPLAINED: &str = "chunk-unexplained";

/// Everything that can be found.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    let own = [SEED_ALONE, SEED_CHANGED, SIGNATURE_CHANGED, SIGNATURE_FORM, UNEXPLAINED];
    own.into_iter().chain(causes::codes()).chain(ChunkFault::CODES)
}

/// What explained earlier pieces: it is tried first, for a client errs the same way again.
#[derive(Default)]
struct Known {
    found: Vec<(&'static str, Facts)>,
    /// Whether the catalogue's mistakes with keys were tried.
    keys_tried: bool,
    /// Whether one of them was found.
    keys: bool,
    /// Pieces that nothing explained.
    unexplained: usize,
}

impl Known {
    const NEW: u8 = 2;
    /// After so many pieces that nothing explained, only what was found before is tried.
    const ENOUGH: usize = 8;

    /// 0 for what was found, 1 for the same cause with other facts.
    fn rank(&self, variant: &Variant, transcript: &Transcript) -> u8 {
        let mut own = self.found.iter().filter(|(code, _)| *code == variant.cause.code).peekable();
        if own.peek().is_none() { Self::NEW } else { u8::from(!own.any(|(_, facts)| *facts == variant.facts(transcript))) }
    }
}

impl ChunkReport {
    /// Takes over what was judged.
    pub(super) fn judge(&mut self, trial: &Trial<'_, '_>, links: &[Link<'_>], lines: &Lines) {
        for ((piece, link), judged) in self.pieces.iter_mut().zip(links).zip(&trial.judged) {
            piece.expected_signature = Some(judged.expected.text());
            piece.state = if judged.is_right { PieceState::Right } else { PieceState::Wrong };
            if !judged.is_right {
                piece.documents = link.transcript(lines, &judged.previous).documents;
            }
        }
    }

    /// Explains every wrong signature.
    pub(super) fn explain(&mut self, trial: &Trial<'_, '_>, links: &[Link<'_>], lines: &Lines) {
        match trial.judged.first() {
            Some(first) if first.behind_right => self.add(None, vec![finding(SEED_CHANGED, Certainty::Proved)]),
            Some(first) if first.is_right && !trial.seed_is_right => {
                self.add(None, vec![finding(SEED_ALONE, Certainty::Proved)]);
            }
            _ => {}
        }
        let mut known = Known::default();
        for (number, (link, judged)) in links.iter().zip(&trial.judged).enumerate() {
            // A missing signature is a fault of the framing.
            if judged.is_right || link.sent.is_empty() {
                continue;
            }
            let next = trial.judged.get(number + 1);
            let findings = if next.is_some_and(|next| next.behind_right) {
                vec![finding(SIGNATURE_CHANGED, Certainty::Proved)]
            } else if judged.expected.check(link.sent) == Match::SameBytes {
                vec![about(phrase!("it is not in lower case"), finding(SIGNATURE_FORM, Certainty::Proved))]
            } else if link.sent.len() != 64 || Encoding::Hex.decode(link.sent).is_none() {
                vec![about(phrase!("it is not 64 hexadecimal digits"), finding(SIGNATURE_FORM, Certainty::Seen))]
            } else if let Some(findings) = prove(trial, links, number, lines, &mut known, &mut self.searched) {
                findings
            } else if next.is_some_and(|next| next.is_right) {
                let what = phrase!("the signature behind it is right, which makes this one the client's own");
                vec![about(what, finding(DATA_CHANGED.code, Certainty::Likely))]
            } else {
                vec![finding(UNEXPLAINED, Certainty::Likely)]
            };
            self.add(Some(link.piece), findings);
        }
    }

    /// Looks at all that is not signed: framing, lengths, trailers, checksums.
    pub(super) fn inspect(&mut self, body: &[u8], scan: &Scan<'_>, announced: Announced) {
        let mut resized = Vec::new();
        for (number, chunk) in (1..).zip(&scan.chunks).filter(|(_, chunk)| chunk.is_resized()) {
            let piece = Piece::Chunk(number);
            let is_right = self.pieces.iter().any(|own| own.piece == piece && own.state == PieceState::Right);
            let certainty = if is_right { Certainty::Proved } else { Certainty::Seen };
            let facts = vec![("said", chunk.said.into()), ("found", chunk.data.len().into()), ("what", counted(chunk).into())];
            self.add(Some(piece), vec![Finding { facts, ..finding(ChunkFault::LENGTH_WRONG, certainty) }]);
            resized.push(piece);
        }
        let mut verifier = ChunkVerifier::behind(announced, None);
        let pushed = verifier.push(body, &mut |_| {});
        let Err(error) = pushed.and_then(|()| verifier.finish().map(drop)) else { return };
        // What is visibly wrong with a piece explains its signature.
        for found in self.findings.iter_mut().filter(|found| found.finding.code == UNEXPLAINED) {
            found.pieces.retain(|piece| *piece != error.piece);
        }
        self.findings.retain(|found| found.finding.code != UNEXPLAINED || !found.pieces.is_empty());
        if !resized.contains(&error.piece) {
            let facts = facts(&error.fault, scan, body.len());
            self.add(Some(error.piece), vec![Finding { facts, ..finding(error.fault.code(), Certainty::Seen) }]);
        }
        self.fault = Some(error);
    }

    /// Names the pieces in the findings, and gives the verdict.
    pub(super) fn conclude(&mut self) {
        for found in &mut self.findings {
            found.finding.facts.extend(named(&found.pieces).map(|pieces| ("piece", pieces.into())));
        }
        // The chunks are signed with the secret: it is none of another id.
        if self.findings.iter().any(|found| found.finding.code == SEED_ALONE) {
            let is_left = |finding: &Finding| finding.code == SECRET_WRONG && finding.certainty == Certainty::Likely;
            if let Some(at) = self.seed.findings.iter().position(is_left) {
                let group = self.seed.findings.remove(at).group;
                self.seed.findings.iter_mut().filter(|own| own.group > group).for_each(|own| own.group -= 1);
            }
        }
        let wrong = self.pieces.iter().any(|piece| piece.state == PieceState::Wrong);
        self.verdict = match self.seed.verdict {
            Verdict::Mismatch => Verdict::Mismatch,
            _ if wrong => Verdict::Mismatch,
            _ if self.fault.is_some() => Verdict::Rejected,
            seed => seed,
        };
    }

    /// Adds an explanation of a piece, or the piece to the same explanation of others.
    fn add(&mut self, piece: Option<Piece>, mut findings: Vec<Finding>) {
        let same = |own: &[ChunkFinding]| {
            let alike = |(own, new): (&ChunkFinding, &Finding)| {
                let own = &own.finding;
                own.code == new.code && own.certainty == new.certainty && own.facts == new.facts
            };
            own.len() == findings.len() && own.iter().zip(&findings).all(alike)
        };
        let mut groups = self.findings.chunk_by_mut(|a, b| a.finding.group == b.finding.group);
        if let Some(group) = groups.find(|own| same(own)) {
            for own in group {
                own.pieces.extend(piece);
            }
            return;
        }
        let group = self.findings.last().map_or(0, |last| last.finding.group + 1);
        for finding in &mut findings {
            finding.group = group;
        }
        self.findings.extend(findings.into_iter().map(|finding| ChunkFinding { pieces: piece.into_iter().collect(), finding }));
    }
}

/// Looks for what was signed in place of a link.
fn prove(
    trial: &Trial<'_, '_>,
    links: &[Link<'_>],
    number: usize,
    lines: &Lines,
    known: &mut Known,
    searched: &mut Searched,
) -> Option<Vec<Finding>> {
    let (link, judged) = (links.get(number)?, trial.judged.get(number)?);
    if trial.inquiry.depth == 0 || (known.found.is_empty() && known.unexplained >= Known::ENOUGH) {
        return None;
    }
    let target = Encoding::Hex.decode(link.sent)?;
    let transcript = link.transcript(lines, &judged.previous);
    let Trial { inquiry, claim, secret, .. } = *trial;
    let sealed = Sealed { inquiry, claim, transcript: &transcript, secret, target: &target };
    searched.causes = causes::codes().count();
    let mut variants = causes::variants(links, number, &claim.signature, &transcript);
    if known.keys {
        variants.extend(sealed.key_mistakes());
    }
    variants.sort_by_cached_key(|variant| known.rank(variant, &transcript));
    let again = variants.partition_point(|variant| known.rank(variant, &transcript) < Known::NEW);
    let mut found = variants.get(..again).filter(|known| !known.is_empty()).and_then(|known| sealed.prove(known, searched));
    if found.is_none() && known.unexplained < Known::ENOUGH {
        found = sealed.prove(&variants, searched);
    }
    if found.is_none() && !known.keys_tried {
        known.keys_tried = true;
        variants.extend(sealed.key_mistakes());
        found = sealed.prove(&variants, searched);
        known.keys = found.is_some();
    }
    known.unexplained += usize::from(found.is_none());
    for finding in found.iter().flatten() {
        let new = (finding.code, finding.facts.clone());
        if !known.found.contains(&new) {
            known.found.push(new);
        }
    }
    found
}

fn finding(code: &'static str, certainty: Certainty) -> Finding {
    Finding { code, certainty, group: 0, refusal: true, facts: Vec::new(), signed: None, sent: None, also: Vec::new() }
}

fn about(what: Phrase, finding: Finding) -> Finding {
    Finding { facts: vec![("what", what.into())], ..finding }
}

/// What a length that is wrong may count.
fn counted(chunk: &Chunk<'_>) -> Phrase {
    let len = chunk.data.len() as u64;
    let decimal = core::str::from_utf8(chunk.digits).ok().and_then(|digits| digits.parse().ok());
    let characters = core::str::from_utf8(chunk.data).ok().map(|text| text.chars().count() as u64);
    if decimal == Some(len) {
        phrase!("it is written in decimal, not in hexadecimal digits")
    } else if chunk.said == len + 2 {
        phrase!("it counts the line end behind the data")
    } else if characters == Some(chunk.said) {
        phrase!("it counts characters, not bytes")
    } else if chunk.said < len {
        phrase!("the data is longer")
    } else {
        phrase!("the data is shorter")
    }
}

/// What the sentences about a fault tell.
fn facts(fault: &ChunkFault, scan: &Scan<'_>, encoded: usize) -> Facts {
    let total: usize = scan.chunks.iter().map(|chunk| chunk.data.len()).sum();
    match fault {
        ChunkFault::Header { found, wanted } | ChunkFault::Trailer { found, wanted } => {
            vec![("found", Value::Text(found.clone())), ("wanted", Phrase::of(wanted).into())]
        }
        ChunkFault::DataUnended { said } => {
            vec![
                ("said", (*said).into()),
                ("found", phrase!("another number").into()),
                ("what", phrase!("no line end follows").into()),
            ]
        }
        ChunkFault::DataCut { said, found } => {
            let what = phrase!("after {found} of {said} bytes of data").with("found", *found).with("said", *said);
            vec![("what", what.into())]
        }
        ChunkFault::Cut { inside } => vec![("what", phrase!("inside {place}").with("place", Phrase::of(inside)).into())],
        ChunkFault::TooShort { len } => vec![("found", (*len).into())],
        ChunkFault::DecodedLength { said, .. } => {
            let what = (*said == encoded as u64).then_some(phrase!("; it counts the framing, too"));
            let lengths = [("said", (*said).into()), ("found", total.into())];
            lengths.into_iter().chain(what.map(|what| ("what", what.into()))).collect()
        }
        ChunkFault::TrailerNotAnnounced { name } | ChunkFault::TrailerTwice { name } | ChunkFault::TrailerMissing { name } => {
            vec![("name", Value::Text(name.clone()))]
        }
        ChunkFault::Checksum { name, sent, found } => {
            [("name", name), ("sent", sent), ("found", found)].map(|(place, text)| (place, Value::Text(text.clone()))).into()
        }
        _ => Vec::new(),
    }
}

/// `chunk 1`, `chunks 2 to 5, chunk 7, the trailers`
fn named(pieces: &[Piece]) -> Option<Phrase> {
    let mut runs: Vec<(Piece, Piece)> = Vec::new();
    for piece in pieces {
        match (runs.last_mut(), piece) {
            (Some((_, Piece::Chunk(last))), Piece::Chunk(number)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*piece, *piece)),
        }
    }
    let said = |(first, last): &(Piece, Piece)| match (first, last) {
        (Piece::Chunk(first), Piece::Chunk(last)) if first != last => {
            phrase!("chunks {first} to {last}").with("first", *first).with("last", *last)
        }
        _ => first.told(),
    };
    Phrase::joined(runs.iter().map(said), &phrase!("{first}, {rest}"))
}

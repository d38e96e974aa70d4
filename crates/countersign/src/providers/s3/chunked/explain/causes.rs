//! What is known to go wrong in the signatures behind the head.

use super::links::{Body, Link};
use crate::{
    crypto::{Hash, Sha256Hash},
    explain::{At, Cause, Edit, Edits, Slot, Variant},
    pen::Role,
    phrase::{Phrase, Told, phrase},
    providers::s3::chunked::{
        Mode,
        chain::{CHUNK_ALGORITHM, TRAILER_ALGORITHM},
    },
    signature::Encoding,
    time::Timestamp,
    transcript::Transcript,
};
use alloc::{format, string::String, vec::Vec};

static TO_SEED: Cause = Cause::judged("chunk-chained-to-seed", 1, Slot::Chain);
static TO_ANOTHER: Cause = Cause::judged("chunk-chained-to-another", 0, Slot::Chain);
static ALGORITHM: Cause = Cause::judged("chunk-algorithm-wrong", 0, Slot::Scheme);
static TIME: Cause = Cause::judged("chunk-time-wrong", 0, Slot::Time);
static EMPTY_DIGEST: Cause = Cause::judged("chunk-empty-digest-wrong", 0, Slot::Text);
static FRAMED: Cause = Cause::judged("chunk-framing-hashed", 0, Slot::Payload);
static NOT_RESET: Cause = Cause::judged("chunk-hash-not-reset", 0, Slot::Payload);
static OF_ANOTHER: Cause = Cause::judged("chunk-data-of-another", 0, Slot::Payload);
static DIGEST_TEXT: Cause = Cause::judged("chunk-digest-misspelt", 0, Slot::Payload);
pub(super) static DATA_CHANGED: Cause = Cause::judged("chunk-data-changed", 0, Slot::Payload);
static TRAILER_TEXT: Cause = Cause::judged("trailer-text-wrong", 0, Slot::Header);

/// The codes of these mistakes.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    let causes = [
        &TO_SEED,
        &TO_ANOTHER,
        &ALGORITHM,
        &TIME,
        &EMPTY_DIGEST,
        &FRAMED,
        &NOT_RESET,
        &OF_ANOTHER,
        &DIGEST_TEXT,
        &DATA_CHANGED,
        &TRAILER_TEXT,
    ];
    causes.into_iter().map(|cause| cause.code)
}

/// How far apart two pieces may be to be mixed up together with another mistake.
const NEAR: usize = 2;
/// How far apart they may be to be mixed up at all.
const FAR: usize = 64;
/// How much later, or earlier, a clock that is read again may stand.
const SECONDS: i64 = 120;

/// Everything to be tried for the link with this number.
pub(super) fn variants(links: &[Link<'_>], number: usize, seed: &[u8], transcript: &Transcript) -> Vec<Variant> {
    let mut variants = Vec::new();
    let Some(link) = links.get(number) else { return variants };
    let mut tries = Tries { links, number, link, seed, transcript, variants: &mut variants };
    tries.previous();
    tries.time();
    match &link.body {
        Body::Chunk(_) => {
            tries.algorithm(&["AWS4-HMAC-SHA256", TRAILER_ALGORITHM, Mode::Signed.payload(), Mode::SignedTrailer.payload()]);
            tries.empty_digest();
            tries.data();
            tries.other_data();
        }
        Body::Trailers(_) => {
            tries.algorithm(&["AWS4-HMAC-SHA256", CHUNK_ALGORITHM, Mode::SignedTrailer.payload()]);
            tries.surplus_digest();
            tries.trailers();
        }
    }
    variants
}

struct Tries<'t, 'b> {
    links: &'t [Link<'b>],
    number: usize,
    link: &'t Link<'b>,
    seed: &'t [u8],
    transcript: &'t Transcript,
    variants: &'t mut Vec<Variant>,
}

impl<'t, 'b> Tries<'t, 'b> {
    /// What gives the same text at this link may differ at others: both are kept, and the one that fits all is told.
    fn push(&mut self, cause: &'static Cause, edit: Edit) {
        let mut variants = Vec::new();
        Edits { transcript: self.transcript, cause, variants: &mut variants }.push(edit);
        self.variants.append(&mut variants);
    }

    fn at(&self, role: Role) -> Option<At> {
        let documents = self.transcript.documents.iter().enumerate();
        let mut parts =
            documents.flat_map(|(document, w)| w.parts.iter().enumerate().map(move |(part, p)| (At { document, part }, p)));
        parts.find(|(_, part)| part.role == role).map(|(at, _)| at)
    }

    fn bytes(&self, at: At) -> &'t [u8] {
        let written = self.transcript.documents.get(at.document);
        written.and_then(|written| Some(written.bytes(written.parts.get(at.part)?))).unwrap_or_default()
    }

    /// The pieces that may be mixed up with this one, and how far away they are.
    fn others(&self) -> impl Iterator<Item = (usize, &'t Link<'b>)> + use<'t, 'b> {
        let (links, number) = (self.links, self.number);
        links.iter().enumerate().map(move |(other, link)| (number.abs_diff(other), link)).filter(|(distance, _)| *distance <= FAR)
    }

    /// The signature before it: the seed for all, none, that of another piece.
    fn previous(&mut self) {
        let Some(at) = self.at(Role::PreviousSignature) else { return };
        if self.number > 0 {
            self.push(&TO_SEED, Edit::new().set(at, self.seed));
        }
        self.push(&TO_ANOTHER, Edit::new().set(at, "").fact("what", phrase!("an empty line")));
        self.push(&TO_ANOTHER, Edit::new().set_range(at, at.part + 1, "").fact("what", phrase!("no line for it")));
        let capitals = self.bytes(at).to_ascii_uppercase();
        self.push(&TO_ANOTHER, Edit::new().set(at, capitals).fact("what", phrase!("the same in capitals")));
        for (distance, other) in self.others() {
            let edit = Edit::new()
                .set(at, other.sent)
                .fact("what", phrase!("the signature of {piece}").with("piece", other.piece.told()));
            self.push(&TO_ANOTHER, if distance > NEAR { edit.alone() } else { edit });
        }
    }

    fn algorithm(&mut self, others: &[&str]) {
        let Some(at) = self.at(Role::Algorithm) else { return };
        for other in others {
            self.push(&ALGORITHM, Edit::new().set(at, *other));
        }
    }

    /// A clock that was read again for the piece.
    fn time(&mut self) {
        let Some(at) = self.at(Role::Time) else { return };
        let Some(time) = Timestamp::from_iso_basic(self.bytes(at)) else { return };
        for seconds in (-SECONDS..=SECONDS).filter(|seconds| *seconds != 0) {
            self.push(&TIME, Edit::new().set(at, &*time.plus(seconds).iso_basic()).alone());
        }
    }

    /// The line with the digest of nothing.
    fn empty_digest(&mut self) {
        let (Some(at), Some(data)) = (self.at(Role::EmptyDigest), self.at(Role::Payload)) else { return };
        let both = [self.bytes(data), b"\n", self.bytes(at)].concat();
        self.push(&EMPTY_DIGEST, Edit::new().set_range(at, at.part + 1, "").fact("what", phrase!("is missing")));
        self.push(&EMPTY_DIGEST, Edit::new().set(at, "").fact("what", phrase!("is empty")));
        self.push(
            &EMPTY_DIGEST,
            Edit::new().set_range(at, data.part, both).fact("what", phrase!("stands behind the digest of the data")),
        );
    }

    /// The same line where it does not belong.
    fn surplus_digest(&mut self) {
        let Some(at) = self.at(Role::Digest) else { return };
        let Some(before) = at.part.checked_sub(1).map(|part| At { part, ..at }) else { return };
        let line = format!("{}\n", hexed(&digest(&[])));
        self.push(&EMPTY_DIGEST, Edit::new().add(before, line).fact("what", phrase!("is there, which only chunks have")));
    }

    /// The digest of the data, taken over more or less than it, or written in another way.
    fn data(&mut self) {
        let (Some(at), Body::Chunk(data)) = (self.at(Role::Payload), &self.link.body) else { return };
        let len = format!("{:x}", data.len());
        let framed: [(&[&[u8]], Phrase); 4] = [
            (&[data, b"\r\n"], phrase!("the data and the line end behind it")),
            (&[len.as_bytes(), b"\r\n", data, b"\r\n"], phrase!("the length, the data and their line ends")),
            (&[len.as_bytes(), b"\r\n", data], phrase!("the length, its line end and the data")),
            (&[len.as_bytes(), b";chunk-signature=\r\n", data, b"\r\n"], phrase!("the whole chunk without its signature")),
        ];
        for (pieces, what) in framed {
            self.push(&FRAMED, Edit::new().set(at, hexed(&digest(pieces))).fact("what", what));
        }
        let capitals = self.bytes(at).to_ascii_uppercase();
        self.push(&DIGEST_TEXT, Edit::new().set(at, capitals).fact("what", phrase!("in capitals")));
        let base64 = Encoding::Base64.encode(&digest(&[data]));
        self.push(&DIGEST_TEXT, Edit::new().set(at, base64).fact("what", phrase!("in Base64")));
        self.push(&DIGEST_TEXT, Edit::new().set(at, "UNSIGNED-PAYLOAD").fact("what", phrase!("as `UNSIGNED-PAYLOAD`")));
        let changed = [
            (digest(&[data, b"\n"]), phrase!("a line feed at its end was lost")),
            (digest(&[data.strip_suffix(b"\n").unwrap_or(data)]), phrase!("a line feed was added at its end")),
            (digest(&[&replaced(data, b"\r\n", b"\n")]), phrase!("its line feeds became CR LF")),
            (digest(&[&replaced(data, b"\n", b"\r\n")]), phrase!("its CR LF became line feeds")),
        ];
        for (digest, what) in changed {
            self.push(&DATA_CHANGED, Edit::new().set(at, hexed(&digest)).fact("what", what));
        }
    }

    /// The digest of other chunks, and of several together.
    fn other_data(&mut self) {
        let Some(at) = self.at(Role::Payload) else { return };
        for (distance, other) in self.others().filter(|(_, other)| matches!(other.body, Body::Chunk(_))) {
            let edit = Edit::new().set(at, hexed(&other.digest)).fact("what", other.piece.told());
            self.push(&OF_ANOTHER, if distance > NEAR { edit.alone() } else { edit });
        }
        let so_far = Edit::new().set(at, hexed(&self.link.so_far)).fact("what", phrase!("all data up to and with this chunk"));
        self.push(&NOT_RESET, so_far);
        if let Some(last) = self.links.iter().rev().find(|link| matches!(link.body, Body::Chunk(_))) {
            self.push(&NOT_RESET, Edit::new().set(at, hexed(&last.so_far)).fact("what", phrase!("the data of all chunks")));
        }
    }

    /// The text of the trailers.
    fn trailers(&mut self) {
        let (Some(first), Body::Trailers(trailers)) = (self.at(Role::Header), &self.link.body) else { return };
        let Some(last) = self.transcript.documents.first().and_then(|written| written.parts.len().checked_sub(1)) else { return };
        let joined = |lines: &[String], separator: &str, end: &str| [&*lines.join(separator), end].concat();
        let lines =
            |between: &str| -> Vec<_> { trailers.list.iter().map(|(name, value)| format!("{name}{between}{value}")).collect() };
        let sent: Vec<_> = trailers.lines.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        let values: Vec<_> = trailers.list.iter().map(|(_, value)| value.clone()).collect();
        let texts = [
            (joined(&lines(":"), "\n", ""), phrase!("without its last line feed")),
            (joined(&lines(":"), "\r\n", "\r\n"), phrase!("with CR LF behind each line")),
            (joined(&lines(":"), "\r\n", ""), phrase!("with CR LF between the lines and none behind the last")),
            (joined(&lines(":"), "\n", "\n\n"), phrase!("with an empty line behind it")),
            (joined(&lines(":"), "\r\n", "\r\n\r\n"), phrase!("with CR LF behind each line and an empty line")),
            (joined(&lines(": "), "\n", "\n"), phrase!("with a blank behind each colon")),
            (joined(&lines(": "), "\n", ""), phrase!("with a blank behind each colon and without its last line feed")),
            (joined(&sent, "\n", "\n"), phrase!("as it was sent: not sorted, names not in lower case, or blanks kept")),
            (joined(&values, "\n", "\n"), phrase!("without the names")),
            (joined(&values, "\n", ""), phrase!("as the bare value")),
        ];
        for (text, what) in texts {
            self.push(&TRAILER_TEXT, Edit::new().set_range(first, last, text).fact("what", what));
        }
    }
}

/// SHA-256 of these, one after the other.
pub(super) fn digest(pieces: &[&[u8]]) -> Vec<u8> {
    let mut state = Sha256Hash::digest();
    for piece in pieces {
        Sha256Hash::feed(&mut state, piece);
    }
    Sha256Hash::end(state).to_vec()
}

fn hexed(bytes: &[u8]) -> String {
    Encoding::Hex.encode(bytes)
}

fn replaced(data: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some((first, behind)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(behind) => {
                out.extend_from_slice(to);
                rest = behind;
            }
            None => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    out
}

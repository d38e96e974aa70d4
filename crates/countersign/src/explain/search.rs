//! The search: which mistakes, singly or combined, give the signature that was sent?
//!
//! All mistakes of one number are finished before the search stops, so that explanations which cost
//! the same are all seen.
//!
//! Nearly every mistake changes either the long text, or what makes a signature of it: key, scope, time. Combinations
//! are built from the two sides. The long texts are gone through in the order in which they part from the request's own,
//! each hashed from there on (`texts`); the other sides are prepared once, and every one of them closes every text
//! (`closing`). What is on both sides starts from the last kept state of the request's own text, and what is neither is
//! worked out in full (`wholes`). What is kept out of these combinations for its number is tried with what is likely, and
//! what changes all lines is tried once more behind what writes some of them.

mod closing;
mod texts;
mod wholes;

use super::{
    Watch,
    cause::Slot,
    edit::Variant,
    report::Searched,
    sealing::{How, Sealing},
};
use crate::{
    crypto::resumed::{Digested, Hasher, Keyed},
    pen::Role,
    transcript::Transcript,
};
use alloc::{collections::BTreeMap, vec::Vec};
use closing::Closing;
use core::ops::Range;
use texts::Milestones;

/// What the search starts from and looks for.
pub(crate) struct Search<'s> {
    pub(crate) transcript: &'s Transcript,
    pub(crate) sealing: &'s Sealing,
    pub(crate) secret: &'s [u8],
    pub(crate) variants: &'s [&'s Variant],
    /// The bytes of the signature that was sent.
    pub(crate) target: &'s [u8],
    pub(crate) depth: u8,
    pub(crate) budget: Budget,
    pub(crate) watch: Option<Watch<'s>>,
    /// Signatures computed by searches before this one.
    pub(crate) before: u64,
}

/// What a search may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    signatures: u64,
    /// Blocks hashed for them.
    blocks: u64,
}

impl Budget {
    /// Blocks of a signature on average: an ordinary request takes fewer. One of a megabyte takes a thousand times as many,
    /// and would be searched a thousand times as long.
    const BLOCKS: u64 = 12;

    /// What is left of so many signatures.
    pub(crate) fn left(signatures: u64, searched: &Searched) -> Self {
        Self {
            signatures: signatures.saturating_sub(searched.variants),
            blocks: signatures.saturating_mul(Self::BLOCKS).saturating_sub(searched.blocks),
        }
    }
}

/// Signatures between two questions to whoever watches: a few milliseconds.
const BETWEEN_LOOKS: u64 = 1 << 12;

/// The most of those that are tried alone which are tried with a date, too: a request with hundreds of headers has more.
const MOST_RARE: usize = 256;

/// As many of those that are tried alone are few: each of them is tried with the likeliest mistakes.
pub(crate) const FEW: usize = 24;

/// As many of a cause's variants, the first, are its likeliest.
const LIKELIEST: usize = 3;

/// The most mistakes that are looked for together.
const MOST: usize = 3;

/// Numbers of the variants that together give the signature; none means the base gives it.
pub(crate) type Combination = smallvec::SmallVec<[usize; MOST]>;

/// What the search found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// All combinations of the least number of mistakes.
    pub(crate) combinations: Vec<Combination>,
    /// Signatures computed.
    pub(crate) tried: u64,
    /// Blocks hashed for them.
    pub(crate) blocks: u64,
    /// Variants that were not combined with all others.
    pub(crate) apart: usize,
    /// Whether it ended before everything was tried.
    pub(crate) cut_short: bool,
}

impl Search<'_> {
    /// Runs the search.
    pub(crate) fn run(&self) -> Outcome {
        // No scheme signs with the one hash function that is not computed by blocks of this size.
        self.sealing.hash.hasher().map(|hasher| Run::new(self, hasher).run()).unwrap_or_default()
    }

    /// What gives the signature in place of one of those that were found together: what is tried alone was not met there.
    pub(crate) fn instead(&self, found: &Combination) -> Vec<Combination> {
        let Some(mut run) = self.sealing.hash.hasher().map(|hasher| Run::new(self, hasher)) else { return Vec::new() };
        let is_met = |variant: &Variant| variant.is_free(found.len()) || variant.secret.is_some() || variant.signature.is_some();
        for place in 0..found.len() {
            let mut other = found.clone();
            other.remove(place);
            let slots = other.iter().filter_map(|number| run.variant(*number)).fold(0, |slots, own| slots | own.cause.slot.bit());
            for (number, variant) in self.variants.iter().enumerate().filter(|(_, variant)| !is_met(variant)) {
                if slots & variant.cause.slot.bit() == 0 {
                    other.insert(place, number);
                    _ = run.whole(&other);
                    other.remove(place);
                }
            }
        }
        run.found.into_iter().nth(found.len()).unwrap_or_default()
    }
}

/// The texts that variants are applied to.
struct Base<'s> {
    /// The text that is long and mostly edited: the canonical request, or the only document.
    main: &'s [u8],
    /// The string to sign behind it, and where the digest stands in it.
    chained: Option<(&'s [u8], Range<usize>)>,
}

/// Where a variant is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It changes nothing but the long text.
    Text,
    /// It leaves the long text alone.
    Closing,
    /// It changes the long text and what surrounds the digest of it.
    Both,
    /// It reads the sent signature in another way, and is tried with everything.
    Reading,
    /// Any other.
    Whole,
}

/// A signature that was sent.
struct Sent<'s> {
    bytes: &'s [u8],
    /// As the hash function gives it; `None` when it gives none that long.
    digested: Option<Digested>,
}

impl<'s> Sent<'s> {
    fn new(bytes: &'s [u8], hasher: &Hasher) -> Self {
        Self { bytes, digested: hasher.read(bytes) }
    }
}

struct Run<'s> {
    search: &'s Search<'s>,
    base: Base<'s>,
    kinds: Vec<Kind>,
    target: Sent<'s>,
    /// Other readings of it.
    readings: Vec<(usize, Sent<'s>)>,
    hasher: Hasher,
    /// What signs, by the variants that change secret and way. Those that are kept are few, since none of them is one of very
    /// many, and they are in many combinations.
    keys: BTreeMap<u64, Keyed>,
    /// Whether those of one of very many are kept, too: just few of them are tried, each with many others.
    keeps_keys: bool,
    milestones: Milestones,
    /// The hexadecimal digits of the request's own long text.
    base_digits: [u8; 64],
    found: [Vec<Combination>; MOST + 1],
    tried: u64,
    apart: usize,
    /// Whoever watches has seen enough.
    stopped: bool,
}

impl<'s> Run<'s> {
    fn new(search: &'s Search<'s>, mut hasher: Hasher) -> Self {
        let documents = &search.transcript.documents;
        let main = documents.first().map(|written| written.text.as_slice()).unwrap_or_default();
        let chained = documents.get(1).and_then(|written| {
            let digest = written.parts.iter().find(|part| part.role == Role::Digest)?;
            Some((written.text.as_slice(), digest.start..digest.end))
        });
        let read = |(number, variant): (usize, &&'s Variant)| Some((number, Sent::new(variant.signature.as_deref()?, &hasher)));
        let readings = search.variants.iter().enumerate().filter_map(read).collect();
        let base = Base { main, chained };
        let milestones = Milestones::new(&base, &mut hasher);
        // Where the long text is signed by its digest.
        let digest = base.chained.as_ref().map(|_| milestones.digest(base.main, &[], &mut hasher));
        Self {
            search,
            kinds: search.variants.iter().map(|variant| base.kind(variant, search.sealing)).collect(),
            milestones,
            base_digits: digest.map_or([0; 64], |digest| hasher.hex(&digest)),
            target: Sent::new(search.target, &hasher),
            base,
            readings,
            hasher,
            keys: BTreeMap::new(),
            keeps_keys: false,
            found: Default::default(),
            tried: 0,
            apart: 0,
            stopped: false,
        }
    }

    fn run(mut self) -> Outcome {
        self.singles();
        for depth in 2..=usize::from(self.search.depth).min(MOST) {
            if self.done() {
                break;
            }
            self.apart = self.search.variants.iter().filter(|variant| !variant.is_free(depth)).count();
            self.combinations(depth);
        }
        let cut_short = self.spent() && self.found.iter().all(Vec::is_empty);
        let mut combinations = self.found.into_iter().find(|list| !list.is_empty()).unwrap_or_default();
        combinations.sort_unstable();
        Outcome { combinations, tried: self.tried, blocks: self.hasher.blocks, apart: self.apart, cut_short }
    }

    fn done(&self) -> bool {
        self.spent() || self.found.iter().take(MOST).any(|list| !list.is_empty())
    }

    fn spent(&self) -> bool {
        let Budget { signatures, blocks } = self.search.budget;
        self.stopped || self.tried >= signatures || self.hasher.blocks >= blocks
    }

    /// Counts a signature and keeps the combination, which comes in two pieces, if it is the one that was sent.
    fn judge(&mut self, mac: &Digested, texts: &[usize], others: &[usize]) {
        self.judge_by(|sent| sent.digested.as_ref() == Some(mac), texts, others);
    }

    /// The same for a signature of any hash function.
    fn judge_bytes(&mut self, mac: &[u8], chosen: &[usize], others: &[usize]) {
        self.judge_by(|sent| sent.bytes == mac, chosen, others);
    }

    #[inline]
    fn judge_by(&mut self, is: impl Fn(&Sent<'_>) -> bool, texts: &[usize], others: &[usize]) {
        self.tried += 1;
        if self.tried.is_multiple_of(BETWEEN_LOOKS) {
            self.stopped |= self.search.watch.is_some_and(|Watch(goes_on)| !goes_on(self.search.before + self.tried));
        }
        if is(&self.target) {
            self.keep(texts, others, &[]);
            return;
        }
        for number in 0..self.readings.len() {
            if let Some(&(reading, _)) = self.readings.get(number).filter(|(_, sent)| is(sent)) {
                self.keep(texts, others, &[reading]);
            }
        }
    }

    #[cold]
    fn keep(&mut self, texts: &[usize], others: &[usize], reading: &[usize]) {
        if let Some(list) = self.found.get_mut(texts.len() + others.len() + reading.len()) {
            list.push([texts, others, reading].into_iter().flatten().copied().collect());
        }
    }

    fn variant(&self, number: usize) -> Option<&'s Variant> {
        self.search.variants.get(number).copied()
    }

    /// The variants of a kind that `fits` takes.
    fn of_kind(&self, kind: Kind, fits: &dyn Fn(&Variant) -> bool) -> Vec<usize> {
        let variants = self.search.variants.iter().zip(&self.kinds).enumerate();
        variants.filter(|(_, (variant, own))| **own == kind && fits(variant)).map(|(number, _)| number).collect()
    }

    /// The base by itself, then every variant alone.
    fn singles(&mut self) {
        let base = Closing::new(self, &[]);
        self.texts(&[], 0, base.as_slice());
        let texts = self.of_kind(Kind::Text, &|_| true);
        self.texts(&texts, 1, base.as_slice());
        for number in self.of_kind(Kind::Closing, &|_| true) {
            // To make a key is as dear as to try it.
            if self.spent() {
                return;
            }
            _ = self.whole(&[number]);
        }
        let mut wholes = self.of_kind(Kind::Whole, &|_| true);
        wholes.extend(self.of_kind(Kind::Both, &|_| true));
        self.wholes(&wholes, wholes.len(), 1);
    }

    /// Every combination of so many variants. Those that one cause has very many of are not combined, or with keys alone.
    fn combinations(&mut self, depth: usize) {
        // Where texts are long, pairs of them are what uses the budget up.
        let free = |variant: &Variant| variant.is_free(depth);
        self.closings_alone(depth);
        for closed in (0..depth).rev() {
            let closings = self.closings(closed, depth);
            let texts = match (depth - closed, closed) {
                (1, 1) => self.of_kind(Kind::Text, &|variant| !variant.unpaired),
                _ => self.of_kind(Kind::Text, &free),
            };
            self.texts(&texts, depth - closed, &closings);
        }
        let [wholes, both, texts, closings] =
            [Kind::Whole, Kind::Both, Kind::Text, Kind::Closing].map(|kind| self.of_kind(kind, &free));
        self.wholes(&[wholes.as_slice(), &both, &texts, &closings].concat(), wholes.len() + both.len(), depth);
        if depth == 2 {
            self.rare_pairs();
            self.all_lines();
        }
    }

    /// What is else tried alone, with the dates that are met with whatever else is wrong; and if a cause has few of it, with
    /// the likeliest of every other cause.
    fn rare_pairs(&mut self) {
        let variants = self.search.variants;
        let (mut rare, mut few, mut met, mut likely) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut end = 0;
        for of_cause in variants.chunk_by(|a, b| core::ptr::eq(a.cause, b.cause)) {
            let numbers = end..end + of_cause.len();
            end = numbers.end;
            let which = |fits: fn(&Variant) -> bool| numbers.clone().zip(of_cause).filter(move |(_, v)| fits(v)).map(|(n, _)| n);
            met.extend(which(|variant| variant.paired));
            likely.extend(which(|variant| !variant.alone).take(LIKELIEST));
            rare.extend(which(|variant| variant.is_rare() && variant.cause.slot != Slot::Time));
            if which(Variant::is_rare).nth(FEW).is_none() {
                few.extend(which(Variant::is_rare));
            }
        }
        if rare.len() <= MOST_RARE {
            self.keeps_keys = true;
            self.pairs_of(&rare, &met);
            self.pairs_of(&few, &likely);
            self.keeps_keys = false;
        }
    }

    /// What changes all lines, behind what writes some of them.
    fn all_lines(&mut self) {
        let variants = self.search.variants;
        for (last, all) in variants.iter().enumerate().filter(|(_, variant)| variant.afterwards.is_some()) {
            let fits = |other: &Variant| other.is_free(2) && other.cause.slot != all.cause.slot && all.follows(other);
            for (first, _) in variants.iter().enumerate().filter(|(_, other)| fits(other)) {
                if self.spent() {
                    return;
                }
                _ = self.one_after_the_other(first, last);
            }
        }
    }

    /// Each of these with each of those, but for what was tried with every key.
    fn pairs_of(&mut self, these: &[usize], those: &[usize]) {
        let texts = |numbers: &[usize]| numbers.iter().copied().filter(|n| self.kinds.get(*n) == Some(&Kind::Text)).collect();
        let [these_texts, those_texts]: [Vec<usize>; 2] = [texts(these), texts(those)];
        self.pairs_of_texts(&these_texts, &those_texts);
        let of = |number: usize| Some((*self.kinds.get(number)?, self.variant(number)?.cause.slot));
        let fits = |a: usize, b: usize| match (of(a), of(b)) {
            (Some((Kind::Text, _)), Some((Kind::Text | Kind::Closing, _)))
            | (Some((Kind::Closing, _)), Some((Kind::Text, _))) => false,
            (a, b) => a.map(|(_, slot)| slot) != b.map(|(_, slot)| slot),
        };
        let pairs: Vec<[usize; 2]> =
            these.iter().flat_map(|a| those.iter().map(|b| [*a, *b])).filter(|[a, b]| fits(*a, *b)).collect();
        for pair in pairs {
            if self.spent() {
                return;
            }
            _ = self.whole(&pair);
        }
    }
}

impl Base<'_> {
    fn kind(&self, variant: &Variant, right: &Sealing) -> Kind {
        let [main, behind] = &variant.splices;
        let sealing = variant.sealing.as_ref().unwrap_or(right);
        let apart = |start: usize, end: usize| match &self.chained {
            Some((_, digest)) => end <= digest.start || start >= digest.end,
            None => true,
        };
        // It leaves the digest of the long text alone, and the signature is a MAC of the same kind.
        let closes = sealing.how == How::Mac
            && sealing.hash == right.hash
            && variant.rewrite.is_none()
            && behind.iter().all(|splice| apart(splice.start, splice.end));
        if variant.signature.is_some() {
            Kind::Reading
        } else if variant.is_text_only() && !main.is_empty() && behind.is_empty() {
            Kind::Text
        } else if closes && main.is_empty() {
            Kind::Closing
        } else if closes && self.chained.is_some() {
            Kind::Both
        } else {
            Kind::Whole
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Inquiry, Request, SecretKey, explain, explain::Certainty};
    use alloc::{format, vec::Vec};

    /// What is proved of a request with these headers and this signature.
    fn proved(depth: u8, region: &str, headers: &str, listed: &str, signature: &str) -> Vec<&'static str> {
        let message = format!(
            "GET /a.jpg HTTP/1.1\nHost: photos-ex.s3.eu-central-1.amazonaws.com\nX-Amz-Date: 20260314T150926Z\n\
             X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\n{headers}Authorization: AWS4-HMAC-SHA256 \
             Credential=CSIDEXAMPLE0001/20260314/{region}/s3/aws4_request, \
             SignedHeaders={listed}host;x-amz-content-sha256;x-amz-date, Signature={signature}\n\n"
        );
        let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
        let mut inquiry = Inquiry::new(Request::parse(message.as_bytes()).unwrap().into());
        inquiry.secrets = &secrets;
        inquiry.depth = depth;
        let findings = explain(&inquiry).unwrap().findings.into_iter();
        let mut codes: Vec<_> = findings.filter(|found| found.certainty == Certainty::Proved).map(|found| found.code).collect();
        codes.sort_unstable();
        codes
    }

    #[test]
    fn a_spent_budget_makes_no_more_keys() {
        let message = b"GET /a.jpg HTTP/1.1\nHost: photos-ex.s3.eu-central-1.amazonaws.com\nX-Amz-Date: 20260314T150926Z\n\
            X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\nAuthorization: AWS4-HMAC-SHA256 \
            Credential=CSIDEXAMPLE0001/20260314/eu-central-1/s3/aws4_request, \
            SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
            Signature=35e874f99ab5c5196a03d7a1e6994f3ef8995f0dc252433cbf6bb8cf1919be8c\n\n";
        // Each of these may have been taken for another: there are 65 536 secrets that look like it.
        let secrets = [SecretKey::new("0O0O0O0O1l1l1l1l")];
        let mut inquiry = Inquiry::new(Request::parse(message).unwrap().into());
        (inquiry.secrets, inquiry.depth, inquiry.budget) = (&secrets, 3, 16);
        let searched = explain(&inquiry).unwrap().searched;
        assert!(searched.cut_short && searched.variants <= 17, "{searched:?}");
        // A key takes ten blocks.
        assert!(searched.blocks < 12_000, "{} blocks", searched.blocks);
    }

    // The signatures are made with Python's hmac and hashlib.

    #[test]
    fn text_scope_and_key_are_wrong_together() {
        // `PUT` was signed for eu-central-1, with a line feed behind the secret.
        let signature = "35e874f99ab5c5196a03d7a1e6994f3ef8995f0dc252433cbf6bb8cf1919be8c";
        assert!(proved(2, "us-west-2", "", "", signature).is_empty());
        let three = ["method-mismatch", "region-wrong", "secret-surrounding-whitespace"];
        assert_eq!(proved(3, "us-west-2", "", "", signature), three);
    }

    #[test]
    fn other_line_ends_of_both_texts_are_met_with_any_secret() {
        // All lines end with CR LF, and a blank stands behind the secret.
        let signature = "9b665aa726e07f1b5b353ab3df9680bb6fd25210f0475dfb2149eb4ce10b9469";
        let two = ["secret-surrounding-whitespace", "string-to-sign-crlf"];
        assert_eq!(proved(2, "eu-central-1", "", "", signature), two);
    }

    #[test]
    fn a_line_feed_behind_the_secret_is_met_with_any_region() {
        // Signed for ap-south-1.
        let signature = "4d04c31e6047d5df84afe2c1dbbf43acb483151e19a80b39607630201ec650e0";
        assert_eq!(proved(2, "eu-central-1", "", "", signature), ["region-wrong", "secret-surrounding-whitespace"]);
    }

    #[test]
    fn the_first_two_of_a_list_are_left_out_together() {
        let signature = "afc492e106f5ca474ba8658f55f5aa4fb3d04c465bf44a31496962aacb516884";
        let headers = "Accept-Encoding: gzip\nContent-MD5: kAFQmDzST7DWlj99KOF/cg==\n";
        let two = ["accept-encoding-rewritten", "header-added-after-signing"];
        assert_eq!(proved(2, "eu-central-1", headers, "accept-encoding;content-md5;", signature), two);
    }
}

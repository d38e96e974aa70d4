//! What a cause is: a code, a place in the signed inputs, and what to try.

use super::{context::Context, edit::Edits, inspect::Notes};

/// The part of the signed inputs a cause changes. Two causes of one slot are not tried together,
/// except for headers, of which there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Key,
    Id,
    Time,
    Method,
    Path,
    Host,
    Resource,
    Query,
    ContentType,
    ContentMd5,
    Header,
    Payload,
    Scope,
    /// The signature before, in a chain of signatures.
    Chain,
    Text,
    Output,
    Scheme,
}

impl Slot {
    /// A bit for each slot that two causes cannot share. Those whose bits meet are not tried together.
    pub(crate) const fn bit(self) -> u32 {
        match self {
            Self::Header => 0,
            slot => 1 << slot as u32,
        }
    }
}

/// A known mistake.
#[derive(Debug)]
pub(crate) struct Cause {
    /// The code, as in the catalogue of causes. Stable.
    pub(crate) code: &'static str,
    /// How often it was met in public reports: the order of search, and of equal explanations.
    pub(crate) rank: u16,
    /// What it changes.
    pub(crate) slot: Slot,
    /// What to try.
    pub(crate) edits: fn(&Context<'_>, &mut Edits<'_>),
    /// What to look for without computing anything.
    pub(crate) inspect: fn(&Context<'_>, &mut Notes<'_>),
    /// Whether there is something to try.
    pub(crate) is_tried: bool,
    /// Whether there is something to look for.
    pub(crate) is_seen: bool,
    /// Whether what is tried follows from secret and id alone, and is the same by the rules of every scheme.
    pub(crate) is_of_secret: bool,
}

impl Cause {
    /// A cause that is proved by trying.
    pub(crate) const fn tried(code: &'static str, rank: u16, slot: Slot, edits: fn(&Context<'_>, &mut Edits<'_>)) -> Self {
        Self { code, rank, slot, edits, inspect: |_, _| {}, is_tried: true, is_seen: false, is_of_secret: false }
    }

    /// A cause with the secret, of which the same is tried by the rules of every scheme.
    pub(crate) const fn of_secret(code: &'static str, rank: u16, edits: fn(&Context<'_>, &mut Edits<'_>)) -> Self {
        let mut cause = Self::tried(code, rank, Slot::Key, edits);
        cause.is_of_secret = true;
        cause
    }

    /// A cause that is seen.
    pub(crate) const fn seen(code: &'static str, rank: u16, slot: Slot, inspect: fn(&Context<'_>, &mut Notes<'_>)) -> Self {
        Self { code, rank, slot, edits: |_, _| {}, inspect, is_tried: false, is_seen: true, is_of_secret: false }
    }

    /// A cause that the engine finds by weighing request, secret and answer together.
    pub(crate) const fn judged(code: &'static str, rank: u16, slot: Slot) -> Self {
        let mut cause = Self::seen(code, rank, slot, |_, _| {});
        cause.is_seen = false;
        cause
    }

    /// The same cause, which may also be seen.
    pub(crate) const fn or_seen(mut self, inspect: fn(&Context<'_>, &mut Notes<'_>)) -> Self {
        (self.inspect, self.is_seen) = (inspect, true);
        self
    }

    /// The same cause, which is also seen where another one is looked for, or before a claim can be read.
    pub(crate) const fn or_seen_elsewhere(mut self) -> Self {
        self.is_seen = true;
        self
    }
}

/// Two causes that were met together: of explanations by two causes theirs is the best one.
pub(crate) type KnownPair = (&'static str, &'static str);

/// Pairs from public reports.
pub(crate) static KNOWN_PAIRS: &[KnownPair] = &[
    ("content-md5-hex", "signed-header-not-sent"),
    ("content-type-charset-appended", "url-ampersand-escaped"),
    ("url-ampersand-escaped", "query-added-after-signing"),
    ("content-type-added-by-client", "url-ampersand-escaped"),
    ("content-type-added-by-client", "method-mismatch"),
    ("date-localised", "date-not-gmt"),
    ("security-token-missing", "security-token-not-signed"),
    ("clock-skew", "date-signed-not-date-sent"),
    ("host-rewritten-by-proxy", "path-rewritten-by-proxy"),
    ("host-rewritten-by-proxy", "host-port-mismatch"),
    ("cname-mode-wrong", "bucket-missing-from-resource"),
    ("bucket-in-endpoint", "bucket-duplicated-in-resource"),
    ("signed-header-not-sent", "key-not-encoded"),
    ("signed-header-not-sent", "content-type-added-by-client"),
    ("region-wrong", "signature-version-wrong"),
    ("kodo-manage-absolute-url", "string-to-sign-newline-wrong"),
    ("key-not-encoded", "kodo-download-url-differs"),
    ("hmac-hex-instead-of-raw", "base64-alphabet-wrong"),
    ("plus-vs-space", "key-not-encoded"),
];

/// Whether two causes were met together.
pub(crate) fn known_pair(a: &str, b: &str) -> bool {
    KNOWN_PAIRS.iter().any(|pair| *pair == (a, b) || *pair == (b, a))
}

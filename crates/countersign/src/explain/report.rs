//! The report: what was found, how sure it is, and the texts it is about. Drawing it is the caller's business.

use crate::{
    phrase::Facts,
    scheme::Scheme,
    time::Timestamp,
    transcript::{Transcript, Written},
};
use alloc::{string::String, vec::Vec};

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The signature is right and nothing visible would make the server refuse.
    Valid,
    /// The signature is not the one of this request and secret.
    Mismatch,
    /// The signature is right, but the request would be refused.
    Rejected,
    /// There is no secret, and nothing else decides.
    Undecided,
}

impl Verdict {
    /// The word in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Mismatch => "mismatch",
            Self::Rejected => "rejected",
            Self::Undecided => "undecided",
        }
    }
}

/// What a finding rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Signing with the mistake gives exactly the signature that was sent.
    Proved,
    /// The server says so, or its string shows it.
    Server,
    /// It is visible in the request.
    Seen,
    /// It fits, and is not proved.
    Likely,
}

impl Certainty {
    /// The word in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Server => "server",
            Self::Seen => "seen",
            Self::Likely => "likely",
        }
    }
}

/// One cause, found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The cause's code, as in the catalogue of causes.
    pub code: &'static str,
    /// What it rests on.
    pub certainty: Certainty,
    /// Findings of one group together are one explanation. Group 0 is the best one.
    pub group: usize,
    /// Whether the server refuses such a request even if its signature is right.
    pub refusal: bool,
    /// What is filled into the sentences: header names, values, counts.
    pub facts: Facts,
    /// What was signed, in short.
    pub signed: Option<String>,
    /// What was sent, in short.
    pub sent: Option<String>,
    /// Causes that sign the very same bytes.
    pub also: Vec<&'static str>,
}

/// What was searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// Signatures computed and compared.
    pub variants: u64,
    /// Blocks that the hash functions went through for them: what the search costs at the least.
    pub blocks: u64,
    /// Variants that were not combined with all others: there are very many of their kind. They were tried by
    /// themselves, and some of them with another key.
    pub apart: usize,
    /// Causes that had something to try.
    pub causes: usize,
    /// How many mistakes at once.
    pub depth: u8,
    /// Whether the search ended before everything was tried: its budget was used up, or whoever watched it ended it.
    pub cut_short: bool,
    /// The codes of these causes, in order.
    pub tried: Vec<&'static str>,
}

/// Everything there is to say about one signature.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The answer in one word.
    pub verdict: Verdict,
    /// The scheme of the claim.
    pub scheme: &'static dyn Scheme,
    /// The public id of the key.
    pub access_key_id: String,
    /// When it was signed, as far as the request tells.
    pub signed_at: Option<Timestamp>,
    /// When it expires, as far as the request tells.
    pub expires_at: Option<Timestamp>,
    /// The signature that was sent.
    pub provided_signature: String,
    /// The signature that is right for the request as it is; needs a secret.
    pub expected_signature: Option<String>,
    /// The signed text as the rules give it for the request; without a secret, as the server quotes it where that is
    /// another one.
    pub documents: Vec<Written>,
    /// The signed text that gives the sent signature, when it was found and differs; beside the server's, that of the
    /// request.
    pub signed_documents: Option<Transcript>,
    /// The number of the secret that gives the signature, alone or with the mistakes that were found.
    pub secret: Option<usize>,
    /// What was found, best first.
    pub findings: Vec<Finding>,
    /// What was searched.
    pub searched: Searched,
}

//! Errors: the work could not be done. What is wrong with a signature is a finding, not an error.

use crate::phrase::{Phrase, Told, phrase, tell_in_english};

macro_rules! impl_error {
    ($($name:ident),*) => { $(impl core::error::Error for $name {})* };
}

/// Why a claim cannot be read from a request that seems to carry one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimError {
    /// Where: a header, a parameter.
    pub place: &'static str,
    /// What is wrong there.
    pub fault: Fault,
    /// The text found there; empty when there is none.
    pub found: alloc::string::String,
}

/// What is wrong with a piece of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It is there and empty.
    Empty,
    /// It is not of the form named here.
    Form(&'static str),
    /// It is there twice.
    Twice,
    /// There is a second signature elsewhere.
    TwoSignatures {
        /// Where.
        other: &'static str,
    },
}

impl ClaimError {
    pub(crate) fn new(place: &'static str, fault: Fault, found: &[u8]) -> Self {
        Self { place, fault, found: alloc::string::String::from_utf8_lossy(found).into_owned() }
    }
}

impl Told for ClaimError {
    fn told(&self) -> Phrase {
        let Self { place, fault, found } = self;
        match fault {
            Fault::Missing => phrase!("`{place}` is missing").shown("place", place),
            Fault::Empty => phrase!("`{place}` is empty").shown("place", place),
            Fault::Form(form) => phrase!("`{place}` is `{found}`; expected {form}")
                .shown("place", place)
                .shown("found", found)
                .with("form", Phrase::of(form)),
            Fault::Twice => phrase!("`{place}` occurs twice; expected once").shown("place", place),
            Fault::TwoSignatures { other } => {
                phrase!("the request carries two signatures, one in {place} and one in {other}; expected one")
                    .with("place", Phrase::of(place))
                    .with("other", Phrase::of(other))
            }
        }
    }
}

/// Why the text to be signed cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DraftError {
    /// The scheme signs another kind of subject: requests, tokens or forms.
    WrongSubject,
    /// The host does not tell the bucket, and nobody else did.
    BucketNeeded,
    /// The body takes part in the signature and is not known.
    BodyNeeded,
    /// The whole URL is signed, and a captured request does not say whether it came over HTTP or HTTPS.
    TransportNeeded,
    /// The claim lacks a piece, named here.
    Missing(&'static str),
}

impl Told for DraftError {
    fn told(&self) -> Phrase {
        match self {
            Self::WrongSubject => phrase!("this scheme does not sign this kind of input"),
            Self::BucketNeeded => {
                phrase!("the bucket takes part in the signature and the host does not tell it; name the bucket")
            }
            Self::BodyNeeded => phrase!("the body takes part in the signature; give the body or its hash"),
            Self::TransportNeeded => {
                phrase!("the beginning of the URL, `http` or `https`, takes part in the signature; name the one it was")
            }
            Self::Missing(what) => phrase!("{what} takes part in the signature and is missing").with("what", Phrase::of(what)),
        }
    }
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The text to be signed cannot be written.
    Draft(DraftError),
    /// The terms lack something the scheme needs.
    Terms(&'static str),
    /// The request already carries a signature, in the place named here.
    AlreadySigned(&'static str),
    /// The URL already has this parameter, which signing adds: a server reads the one that was not signed.
    ParamTaken(&'static str),
    /// The life of the URL is outside what the scheme allows; the limit in seconds.
    Life {
        /// What was asked for.
        asked: u64,
        /// The longest life the vendor accepts.
        limit: u64,
    },
}

impl Told for SignError {
    fn told(&self) -> Phrase {
        match self {
            Self::Draft(error) => error.told(),
            Self::Terms(what) => phrase!("{what} is needed to sign").with("what", Phrase::of(what)),
            Self::AlreadySigned(place) => phrase!("the request is signed already, in {place}; expected an unsigned request")
                .with("place", Phrase::of(place)),
            Self::ParamTaken(name) => {
                phrase!("the URL has `{name}` already, which signing adds: a server reads the one that was not signed")
                    .shown("name", name)
            }
            Self::Life { asked, limit } => phrase!("a life of {asked} seconds is not accepted; expected 1 to {limit}")
                .shown("asked", asked)
                .shown("limit", limit),
        }
    }
}

impl From<DraftError> for SignError {
    fn from(error: DraftError) -> Self {
        Self::Draft(error)
    }
}

/// Why nothing can be said about a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The request carries no signature of a known scheme.
    NoClaim,
    /// The request carries no signature of the schemes that are looked for.
    NoneOfSchemes,
    /// The request carries one that cannot be read.
    Claim(ClaimError),
    /// The text to be signed cannot be written.
    Draft(DraftError),
}

impl Told for VerifyError {
    fn told(&self) -> Phrase {
        match self {
            Self::NoClaim => {
                phrase!("no signature found; expected an `Authorization` header, or a signature in the URL or the form")
            }
            Self::NoneOfSchemes => phrase!("no signature of the schemes that are looked for"),
            Self::Claim(error) => error.told(),
            Self::Draft(error) => error.told(),
        }
    }
}

impl From<ClaimError> for VerifyError {
    fn from(error: ClaimError) -> Self {
        Self::Claim(error)
    }
}

impl From<DraftError> for VerifyError {
    fn from(error: DraftError) -> Self {
        Self::Draft(error)
    }
}

tell_in_english!(ClaimError, DraftError, SignError, VerifyError);
impl_error!(ClaimError, DraftError, SignError, VerifyError);

//! Signs, verifies, decodes and explains the request signatures of object storage.
//!
//! Alibaba Cloud OSS, Qiniu Kodo, Kingsoft KS3, Tencent COS, Amazon S3 and its compatibles accept a request
//! only if its signature is right: an HMAC over a text assembled by rules that differ for each vendor and
//! version. This crate writes that text from one description per scheme and uses it for every purpose:
//!
//! - [`sign`], [`presign`] and [`sign_form`] complete a request, make a signed URL or complete a form,
//! - [`Signer`] and [`Verifier`] do it many times with one key, a signer into the caller's buffer if wished,
//! - [`verify`] says whether a signature is right,
//! - the module `explain` says why it is not, and proves it; like all that reads, it is in the feature `verify`,
//! - [`decode`] says what a signature says of itself,
//! - [`transcript`] shows the signed text part by part,
//! - the module `policy` (a feature, on unless turned off) reads, judges, checks and builds the policies
//!   of upload forms.
//!
//! There is no clock, randomness or I/O in this crate, and nothing is assumed silently: what the
//! request does not say is an argument. It needs `alloc` and no `std`.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(not(feature = "verify"), allow(dead_code, unused_imports, reason = "who only signs leaves out what reads"))]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault"))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod answer;
pub mod callback;
mod crypto;
#[cfg(feature = "verify")]
mod decode;
mod error;
#[cfg(feature = "verify")]
pub mod explain;
mod family;
mod fields;
mod pen;
mod phrase;
#[cfg(feature = "policy")]
pub mod policy;
pub mod providers;
mod scheme;
mod secret;
mod sign;
mod signature;
mod signer;
mod subject;
mod terms;
mod time;
mod transcript;
mod upload;
#[cfg(feature = "verify")]
mod verify;
pub mod wire;

pub use answer::VendorAnswer;
pub use crypto::{BodyHasher, HashName, Key, Seal};
#[cfg(feature = "verify")]
pub use decode::decode;
pub use error::{ClaimError, DraftError, Fault, SignError, VerifyError};
#[cfg(feature = "verify")]
pub use explain::{Inquiry, Report, explain};
pub use fields::{Fields, Iter};
pub use pen::{Document, List, Origin, Pen, Role};
pub use phrase::{Phrase, Told};
pub use scheme::{Additions, Carrier, Link, Scheme};
pub use secret::{Credentials, Fingerprint, SecretKey};
pub use sign::{Signed, presign, sign, sign_form, sign_into};
pub use signature::{Encoding, Match, Signature};
pub use signer::Signer;
pub use subject::{Body, BodyDigest, FilePart, Form, Request, RequestError, Subject};
pub use terms::{Addressing, Bucket, Claim, Hints, PathForm, Payload, Scope, SignedHeaders, SignedParams, Terms};
pub use time::Timestamp;
pub use transcript::{Part, Transcript, Written, transcript};
pub use upload::{TakeField, UploadScheme};
#[cfg(feature = "verify")]
pub use verify::{Verification, Verified, Verifier, verify, verify_claim};

//! What the error codes, numbers and messages of object storage mean, what causes them and what to check.
//!
//! There is one file of data per vendor in `data`, in English and Chinese; a page may load the same files. This
//! crate reads them once and finds what a code, a message or a server's whole answer stands for:
//!
//! ```
//! use countersign_errors::{By, look_up};
//!
//! let found = look_up("-97", None);
//! let hit = &found.hits[0];
//! assert_eq!((found.by, hit.entry.provider), (By::Code, "cos"));
//! assert_eq!(hit.entry.meaning.en, "the signature is not valid");
//!
//! // What is not known gives what comes nearest.
//! let found = look_up("SignatureDoesNotMach", None);
//! assert_eq!((found.by, found.hits[0].entry.code.as_deref()), (By::Nearest, Some("SignatureDoesNotMatch")));
//! ```
//!
//! There is no I/O: it works in WebAssembly.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault"))]

mod book;
mod lookup;
mod nearest;
mod origin;
mod sentence;
mod template;

pub use book::{Advice, Book, Entry, books};
pub use lookup::{By, Hit, Lookup, look_up, look_up_answer};
pub use nearest::distance;
pub use origin::{Trait, origins};
pub use sentence::Sentence;

//! What a report about a signature shows, before it is drawn.
//!
//! The command draws it for a terminal, a page for a browser; both have the same [`View`], the same rows beside
//! each other ([`pairs`]), the same way of making bytes visible ([`visible`]), the same derivation ([`steps`]), the same
//! JSON ([`json`]), and hide the same things ([`redact`]).

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault"))]

pub mod json;
pub mod pairs;
pub mod redact;
pub mod steps;
mod view;
pub mod visible;

pub use view::{Place, Shown, Task, Used, View, Work, covered};

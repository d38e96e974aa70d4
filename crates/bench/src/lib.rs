//! The operations of Countersign that are measured, and the hashing they cannot do without.
//!
//! `benches/instructions` counts their instructions; `peers`, a workspace of its own, times them beside other
//! signers. Both measure these very functions.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "what is measured is known to be sound")]

pub mod explain;
pub mod floor;
pub mod inputs;
pub mod own;

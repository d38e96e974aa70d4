//! What a request is made with and goes through, and the line to change there for a mistake.
//!
//! The lines are data in `data/lines.json`, in English and Chinese; a page loads the same file. Options and directives
//! have the names they have in the project it is about, and are the same in every language: the texts stand beside each
//! other.
//!
//! ```
//! use countersign::{Request, explain::Language};
//! use countersign_stacks::{Lines, Stack, guess};
//!
//! let request = Request::new("PUT", "https://photos.example.com/a.jpg")?.header("User-Agent", "curl/8.7.1");
//! assert_eq!(guess(&request), [Stack::Curl]);
//!
//! let line = Lines::own().line("content-type-added-by-client", Stack::Curl, Language::English);
//! assert!(line.is_some_and(|line| line.starts_with("`-H 'Content-Type: TYPE'`")));
//! # Ok::<(), countersign::RequestError>(())
//! ```
//!
//! There is no I/O: it works in WebAssembly.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault"))]

mod guess;
mod lines;
mod stack;

pub use guess::guess;
pub use lines::Lines;
pub use stack::Stack;

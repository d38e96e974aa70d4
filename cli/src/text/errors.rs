//! What `error` says beside its data, which have sentences of their own.

use countersign_errors::Trait;

/// The sentences of a language.
pub trait ErrorWords {
    fn labels(&self) -> &'static ErrorLabels;
    /// It is not known; the nearest follow.
    fn unknown(&self, text: &str) -> String;
    /// It is a status; its codes follow.
    fn is_status(&self, status: &str) -> String;
    /// It was found within a longer text.
    fn contained(&self, name: &str) -> String;
    /// The answer itself shows whose it is.
    fn origin(&self, vendor: &str, traits: &[Trait]) -> String;
    /// So many messages with this code mean something of their own.
    fn more(&self, count: usize, command: &str) -> String;
    /// What running this verb shows.
    fn shows(&self, verb: &str) -> &'static str;
    /// The server's clock against the request's, in seconds.
    fn skew(&self, seconds: i64) -> String;
    /// The answer quotes texts the server computed.
    fn quotes(&self, string_to_sign: bool, canonical_request: bool) -> &'static str;
    /// A text in the answer was altered.
    fn altered(&self) -> &'static str;
}

/// Single words and the titles of lists.
pub struct ErrorLabels {
    pub message: &'static str,
    pub causes: &'static str,
    pub checks: &'static str,
    pub prove: &'static str,
    /// In place of a command.
    pub nothing_proves: &'static str,
    pub related: &'static str,
    pub in_answer: &'static str,
    /// Other messages with the same code.
    pub messages: &'static str,
    /// Other codes with the same status.
    pub same_status: &'static str,
    /// Other vendors with the same code.
    pub other_vendors: &'static str,
    pub unknown: &'static str,
    /// How a cause is found.
    pub how: &'static str,
    pub fix: &'static str,
}

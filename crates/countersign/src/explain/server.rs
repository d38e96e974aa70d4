//! A server's answer to a refused request: which strings and values it quotes.

use alloc::{string::String, vec::Vec};

/// What the answer says, in the vendor's own element names.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ServerAnswer {
    /// HTTP status, when the head of the answer is there.
    pub status: Option<u16>,
    /// The time of the answer, from its `Date` header.
    pub date: Option<crate::time::Timestamp>,
    /// `Code`, or the number of a COS JSON answer.
    pub code: Option<String>,
    /// `Message`, or `error` of a Kodo answer.
    pub message: Option<String>,
    /// The string to sign, from the byte field if there is one.
    pub string_to_sign: Option<Quoted>,
    /// The canonical request, or the COS `FormatString`.
    pub canonical_request: Option<Quoted>,
    /// `SignatureProvided`.
    pub signature_provided: Option<String>,
    /// Every element with its text, in order, for what has no field here.
    pub elements: Vec<(String, String)>,
}

/// A text the server quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where they were taken from.
    pub from: QuotedFrom,
}

/// How a quoted text was carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotedFrom {
    /// A list of bytes; nothing was lost.
    Bytes,
    /// A list of bytes, and the text beside it was altered on its way.
    BytesAgainstText,
    /// Text, which browsers and forums alter.
    Text,
}

/// Why a text is not a server's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerError {
    /// It is neither XML nor JSON with an error in it.
    NotAnAnswer,
    /// A byte field holds something that is no byte; the element's name.
    BadBytes(&'static str),
}

impl core::fmt::Display for AnswerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NotAnAnswer => {
                f.write_str("this is not a server's error answer; expected XML with `<Code>` or JSON with an error")
            }
            Self::BadBytes(name) => write!(
                f,
                "`{name}` holds something that is no byte; expected two hexadecimal digits, or decimal numbers, separated by blanks"
            ),
        }
    }
}

impl core::error::Error for AnswerError {}

impl ServerAnswer {
    /// Reads a server's answer.
    ///
    /// # Errors
    ///
    /// When the bytes hold no error answer.
    pub fn parse(answer: &[u8]) -> Result<Self, AnswerError> {
        let _ = answer;
        Err(AnswerError::NotAnAnswer)
    }

    /// The text of the first element with this name.
    #[must_use]
    pub fn element(&self, name: &str) -> Option<&str> {
        self.elements.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str())
    }
}

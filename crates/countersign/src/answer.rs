//! What a vendor's server answers, as far as its vendor has published it: to a form, to an upload whose
//! callback failed.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// The answer of a vendor's server.
///
/// What is `None` was published nowhere: the server refuses, and in which words is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VendorAnswer {
    /// The HTTP status.
    pub status: Option<u16>,
    /// The `Code` element.
    pub code: Option<&'static str>,
    /// The `Message` element.
    pub message: Option<String>,
    /// The `EC` element of OSS, a number for each kind of error.
    pub ec: Option<&'static str>,
    /// Further elements.
    pub elements: Vec<(&'static str, String)>,
}

impl VendorAnswer {
    /// Nothing was published.
    pub(crate) const UNKNOWN: Self = Self { status: None, code: None, message: None, ec: None, elements: Vec::new() };

    pub(crate) fn new(status: u16, code: &'static str) -> Self {
        Self { status: Some(status), code: Some(code), ..Self::UNKNOWN }
    }

    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    pub(crate) fn ec(mut self, ec: &'static str) -> Self {
        self.ec = Some(ec);
        self
    }

    /// Status, code and message in one line, as far as they are published.
    pub(crate) fn line(&self) -> Option<String> {
        let words = [self.status.map(|status| status.to_string()), self.code.map(String::from)];
        let front = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        match &self.message {
            Some(message) if front.is_empty() => Some(message.clone()),
            Some(message) => Some([&front, ": ", message].concat()),
            None => (!front.is_empty()).then_some(front),
        }
    }

    pub(crate) fn element(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.elements.push((name, value.into()));
        self
    }
}

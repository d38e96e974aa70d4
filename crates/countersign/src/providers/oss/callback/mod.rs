//! Upload callbacks of OSS: asking for one, verifying it, answering it.
//!
//! An upload that carries the parameter `callback` makes OSS post to the application's server. What it posts
//! is a template of the uploader's ([`Callback`]), or what one was found to be ([`Given`]). The server checks that
//! it is OSS who calls (`verify_callback`, with the feature `callback`) and answers by the rules of
//! [`check_answer`].
//!
//! Follows "Callback" (Alibaba Cloud OSS, API Reference, Object operations, read 2026-11).

mod answer;
mod check;
mod failure;
#[cfg(feature = "callback")]
mod key;
mod make;
mod problem;
mod read;
mod template;
#[cfg(feature = "callback")]
mod verify;

pub use answer::check_answer;
pub use failure::Failure;
#[cfg(feature = "callback")]
pub use key::{PublicKey, PublicKeyError};
pub use make::{Callback, CallbackBuilder, CallbackError, CallbackFields};
pub use problem::{Problem, Weight};
pub use read::Given;
pub use template::{MissingVariable, Value};
#[cfg(feature = "callback")]
pub use verify::{CallbackFault, CallbackVerified, Mismatch, Reading, public_key_url, verify_callback};

/// A parameter of an upload that is about its callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// Whom to call, and with what.
    Callback,
    /// The variables of the uploader.
    CallbackVar,
}

impl Parameter {
    /// Its name in a query. In a header `x-oss-` stands before it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::CallbackVar => "callback-var",
        }
    }

    const fn header(self) -> &'static str {
        match self {
            Self::Callback => "x-oss-callback",
            Self::CallbackVar => "x-oss-callback-var",
        }
    }
}

/// The type of a callback's body (`callbackBodyType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyType {
    /// A form, as without this member: values are URL-encoded.
    Form,
    /// JSON: values are written as JSON, texts with their quotes.
    Json,
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// What the name of every variable of the uploader begins with.
const OWN: &str = "x:";

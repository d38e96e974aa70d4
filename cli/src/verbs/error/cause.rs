//! A cause of the catalogue, asked for by its code: what it is, how it is found, what to do.

use super::{draw, json};
use crate::{args::Format, verbs::setting::Setting};
use countersign::explain::{Listing, causes};

/// What is said of a cause in general.
pub struct Told {
    pub code: &'static str,
    pub title: String,
    pub how: String,
    pub help: String,
}

/// The cause with this code.
pub fn found(text: &[u8]) -> Option<Listing> {
    causes().into_iter().find(|cause| cause.code().as_bytes() == text)
}

pub fn written(cause: &Listing, setting: &Setting<'_>) -> Vec<u8> {
    let language = setting.words.language();
    let told = Told { code: cause.code(), title: cause.title(language), how: language.tell(cause), help: cause.help(language) };
    match setting.common.format {
        Format::Json => json::cause(&told),
        Format::Text => draw::cause(&told, setting).into_bytes(),
    }
}

//! A cause of the catalogue, asked for by its code: what it is, how it is found, what to do.

use super::{draw, json};
use crate::{args::Format, verbs::setting::Setting};
use countersign::explain::{Language, Listing, causes};
use countersign_errors::distance;

/// What is said of a cause in general.
pub struct Told {
    pub code: &'static str,
    pub title: String,
    pub how: String,
    pub help: String,
}

impl Told {
    fn of(cause: &Listing, language: Language) -> Self {
        Self { code: cause.code(), title: cause.title(language), how: language.tell(cause), help: cause.help(language) }
    }
}

/// The cause with this code.
pub fn found(text: &[u8]) -> Option<Listing> {
    causes().into_iter().find(|cause| cause.code().as_bytes() == text)
}

/// The causes whose codes a mistyped one comes nearest to.
pub fn nearest(text: &str, language: Language) -> Vec<Told> {
    // Codes of vendors have no hyphens.
    if !text.contains('-') || text.contains(char::is_whitespace) {
        return Vec::new();
    }
    let far = |cause: &Listing| (distance(cause.code(), text), cause.code());
    let mut near: Vec<Listing> = causes().into_iter().filter(|cause| far(cause).0 <= text.len() / 4).collect();
    near.sort_by_key(far);
    near.iter().take(MOST).map(|cause| Told::of(cause, language)).collect()
}

/// So many near causes are shown.
const MOST: usize = 3;

pub fn written(cause: &Listing, setting: &Setting<'_>) -> Vec<u8> {
    let told = Told::of(cause, setting.words.language());
    match setting.common.format {
        Format::Json => json::cause(&told),
        Format::Text => draw::cause(&told, setting).into_bytes(),
    }
}

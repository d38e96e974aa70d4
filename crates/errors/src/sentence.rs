//! A sentence in both languages.

use countersign::explain::Language;
use serde::{Deserialize, Serialize};

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Sentence {
    /// The sentence in a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            // The data have two languages.
            _ => &self.zh,
        }
    }
}

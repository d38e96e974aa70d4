//! Every sentence a person reads: about causes in tables, one folder per language; about everything else in English
//! where it belongs, and in other languages here, or in a file that is loaded: [`Sentences`].
//!
//! Sentences hold places like `{name}` that facts fill; `{name|a header}` says what stands there without the fact.

mod chinese;
mod en;
mod sentences;
#[cfg(all(test, feature = "policy", feature = "zh"))]
mod tests;
#[cfg(feature = "zh")]
mod zh;

pub use sentences::Sentences;

use super::report::Finding;
use crate::phrase::{English, Facts, Told, Tongue, fill};
use alloc::string::String;

/// A language for reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese, with the feature `zh`.
    #[cfg(feature = "zh")]
    Chinese,
    /// Simplified Chinese, with sentences that were loaded.
    Loaded(&'static Sentences),
}

/// The sentences for one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CauseText {
    /// The cause's code.
    pub code: &'static str,
    /// What happened: one sentence, lower case, no full stop.
    pub title: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

const fn text(code: &'static str, title: &'static str, help: &'static str) -> CauseText {
    CauseText { code, title, help }
}

/// An English text and the one that another language has for it, with the same places.
type Pair = (&'static str, &'static str);

impl Language {
    /// The sentences for a cause; `None` for a code that is not in the catalogue.
    #[must_use]
    pub fn cause(self, code: &str) -> Option<&'static CauseText> {
        let topics = match self {
            Self::English => en::TOPICS,
            #[cfg(feature = "zh")]
            Self::Chinese => zh::SENTENCES.topics,
            Self::Loaded(sentences) => sentences.topics,
        };
        topics.iter().copied().flatten().find(|text| text.code == code)
    }

    /// The title of a finding with its facts filled in.
    #[must_use]
    pub fn title(self, finding: &Finding) -> String {
        self.cause(finding.code).map(|text| self.fill(text.title, &finding.facts)).unwrap_or_default()
    }

    /// The help of a finding with its facts filled in.
    #[must_use]
    pub fn help(self, finding: &Finding) -> String {
        self.cause(finding.code).map(|text| self.fill(text.help, &finding.facts)).unwrap_or_default()
    }

    /// A phrase, or anything that is told by one, in this language.
    ///
    /// ```
    /// use countersign::{DraftError, explain::Language};
    ///
    /// let error = DraftError::BodyNeeded;
    /// assert_eq!(Language::English.tell(&error), error.to_string());
    /// ```
    #[must_use]
    pub fn tell(self, told: &dyn Told) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = told.told().write(self.tongue(), &mut out);
        out
    }

    /// A sentence of [`CauseText`] with these facts in its places.
    #[must_use]
    pub fn fill(self, sentence: &str, facts: &Facts) -> String {
        let mut out = String::with_capacity(sentence.len() + 32);
        // Writing to a string cannot fail.
        let _ = fill(sentence, facts, self.tongue(), &mut out);
        out
    }

    fn tongue(self) -> &'static dyn Tongue {
        match self {
            Self::English => &English,
            #[cfg(feature = "zh")]
            Self::Chinese => &zh::SENTENCES,
            Self::Loaded(sentences) => sentences,
        }
    }
}

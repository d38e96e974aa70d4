//! The sentences of Simplified Chinese, wherever they come from.

use super::{CauseText, Pair, text};
use alloc::{boxed::Box, vec::Vec};

/// The sentences of Simplified Chinese: those for causes, and for everything else those with an English one as their key.
/// How times, numbers and readers' faults are told in it is in the code.
///
/// A program that shows it seldom keeps it in a file: [`Sentences::fields`] of a build with the feature `zh` gives what
/// goes into it, and a build without can load it, for [`Language::Loaded`](super::Language::Loaded).
#[derive(Debug, PartialEq, Eq)]
pub struct Sentences {
    pub(super) topics: &'static [&'static [CauseText]],
    pub(super) phrases: &'static [&'static [Pair]],
}

impl Sentences {
    /// The built-in ones of Simplified Chinese.
    #[cfg(feature = "zh")]
    #[must_use]
    pub const fn chinese() -> &'static Self {
        &super::zh::SENTENCES
    }

    /// Code, title and help of each cause, and the English and the other text of each phrase.
    pub fn fields(&self) -> (impl Iterator<Item = [&'static str; 3]>, impl Iterator<Item = [&'static str; 2]>) {
        let causes = self.topics.iter().copied().flatten().map(|text| [text.code, text.title, text.help]);
        (causes, self.phrases.iter().copied().flatten().map(|(english, other)| [*english, *other]))
    }

    /// Reads the fields of causes and those of phrases, which NUL separates, two of them the causes from the phrases.
    /// `None` when it is another text.
    ///
    /// They are kept for good: a program loads a language once.
    #[must_use]
    pub fn read(fields: &str) -> Option<Self> {
        let (causes, phrases) = fields.split_once("\0\0")?;
        // A text that is refused is not kept.
        groups::<3>(causes).and(groups::<2>(phrases))?;
        let fields: &'static str = Box::leak(Box::from(fields));
        let (causes, phrases) = fields.split_once("\0\0")?;
        let (causes, phrases) = (groups(causes)?, groups(phrases)?);
        let causes: Vec<CauseText> = causes.into_iter().map(|[code, title, help]| text(code, title, help)).collect();
        let phrases: Vec<Pair> = phrases.into_iter().map(|[english, other]| (english, other)).collect();
        Some(Self { topics: Box::leak(Box::new([&*causes.leak()])), phrases: Box::leak(Box::new([&*phrases.leak()])) })
    }
}

/// Fields by so many; `None` when they are too many or too few.
fn groups<const N: usize>(fields: &str) -> Option<Vec<[&str; N]>> {
    let fields: Vec<_> = fields.split('\0').collect();
    let (groups, rest) = fields.as_chunks();
    rest.is_empty().then(|| groups.to_vec())
}

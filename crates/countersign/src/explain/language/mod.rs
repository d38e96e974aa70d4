//! Every sentence a person reads, one table per language.
//!
//! Sentences hold places like `{name}` that the facts of a finding fill; `{name|a header}` says what
//! stands there without the fact.

mod en;

use super::report::{Facts, Finding};
use alloc::string::String;

/// A language for reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
}

/// The sentences for one cause.
#[derive(Clone, Copy, Debug)]
pub struct CauseText {
    /// The cause's code.
    pub code: &'static str,
    /// What happened: one sentence, lower case, no full stop.
    pub title: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

impl Language {
    /// The sentences for a cause; `None` for a code that is not in the catalogue.
    #[must_use]
    pub fn cause(self, code: &str) -> Option<&'static CauseText> {
        let Self::English = self;
        en::causes().find(|text| text.code == code)
    }

    /// The title of a finding with its facts filled in.
    #[must_use]
    pub fn title(self, finding: &Finding) -> String {
        self.cause(finding.code).map(|text| fill(text.title, &finding.facts)).unwrap_or_default()
    }

    /// The help of a finding with its facts filled in.
    #[must_use]
    pub fn help(self, finding: &Finding) -> String {
        self.cause(finding.code).map(|text| fill(text.help, &finding.facts)).unwrap_or_default()
    }
}

/// Puts facts into the places of a sentence. A place without a fact holds what stands behind its `|`, if anything.
#[must_use]
pub fn fill(sentence: &str, facts: &Facts) -> String {
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let (name, otherwise) = name.split_once('|').unwrap_or((name, ""));
        out.push_str(facts.iter().find(|(own, _)| *own == name).map_or(otherwise, |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_its_fact_holds_the_other_words() {
        let facts = alloc::vec![("name", "x-oss-acl".into())];
        assert_eq!(fill("`{name}` was {what|changed}{where}, {", &facts), "`x-oss-acl` was changed, {");
    }
}

//! The data: one book per vendor, as its file has it, with advice and areas put in their places.

use crate::sentence::Sentence;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, LazyLock},
};

/// The vendors' files, in the order in which answers are given where nothing else decides.
static FILES: [(&str, &str); 5] = [
    ("oss", include_str!("../data/oss.json")),
    ("s3", include_str!("../data/s3.json")),
    ("kodo", include_str!("../data/kodo.json")),
    ("cos", include_str!("../data/cos.json")),
    ("ks3", include_str!("../data/ks3.json")),
];

static BOOKS: LazyLock<Vec<Book>> =
    // A test reads every file: none is left out.
    LazyLock::new(|| FILES.iter().filter_map(|(provider, text)| Book::read(provider, text).ok()).collect());

/// What is known of all vendors, one book each.
#[must_use]
pub fn books() -> &'static [Book] {
    &BOOKS
}

/// What is known of a vendor's errors.
#[derive(Debug)]
#[non_exhaustive]
pub struct Book {
    /// The vendor's id, as in `countersign::providers`.
    pub provider: &'static str,
    /// Every code, sorted.
    pub entries: Vec<Entry>,
}

/// A code or number, alone or with one of its messages.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The vendor's id.
    pub provider: &'static str,
    /// The vendor's code; `None` where the vendor published a number of OSS alone.
    pub code: Option<String>,
    /// `EC` of OSS.
    pub ec: Option<String>,
    /// The HTTP status, where it was published.
    pub status: Option<u16>,
    /// Where the code belongs, if the vendor has it in one place only: a form, a callback, another API.
    pub area: Option<Arc<Sentence>>,
    /// The vendor's messages. What stands in braces differs from answer to answer.
    pub messages: Vec<String>,
    /// What it means, in one sentence.
    pub meaning: Sentence,
    /// What to do about it; several codes may share it.
    pub advice: Arc<Advice>,
    /// What to run to prove the cause, without the name of the command; words in capitals stand for the user's own.
    pub commands: Vec<String>,
}

/// What causes an error, and how to find out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Advice {
    /// What it comes from, the most frequent first.
    pub causes: Vec<Sentence>,
    /// What to check, in this order.
    pub checks: Vec<Sentence>,
    /// Codes of the catalogue of causes.
    #[serde(default)]
    pub related: Vec<String>,
    /// What to run; what an error is about adds to it.
    #[serde(default)]
    commands: Vec<String>,
}

impl Entry {
    /// What it is called: its code, or its number where it has no code.
    #[must_use]
    pub fn name(&self) -> &str {
        self.code.as_deref().or(self.ec.as_deref()).unwrap_or_default()
    }

    /// Whether it is about the code in general, and not one of its messages or numbers.
    #[must_use]
    pub fn is_general(&self) -> bool {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let repeats_code = |message: &String| letters(message).eq_ignore_ascii_case(&letters(self.name()));
        self.ec.is_none() && self.messages.iter().all(repeats_code)
    }
}

impl Book {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When the file is not in order.
    pub(crate) fn read(provider: &'static str, text: &str) -> Result<Self, BookError> {
        let file: File = serde_json::from_str(text).map_err(BookError::Json)?;
        if file.provider != provider {
            return Err(BookError::Provider(file.provider));
        }
        let (areas, advice) = (shared(file.areas), shared(file.advice));
        let entry = |own: FileEntry| {
            let advice = advice.get(&own.advice).cloned().ok_or(BookError::Missing(own.advice))?;
            let commands = commands(provider, own.area.as_deref(), own.code.as_deref(), &advice);
            let area = match own.area {
                None => None,
                Some(name) => Some(areas.get(&name).cloned().ok_or(BookError::Missing(name))?),
            };
            let FileEntry { code, ec, status, messages, meaning, .. } = own;
            Ok(Entry { provider, code, ec, status, area, messages, meaning, advice, commands })
        };
        let entries = file.codes.into_iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Self { provider, entries })
    }
}

/// What proves a cause: what the advice names, and what follows from where the error belongs. A form is judged as a
/// whole by its policy, a callback by its parameters or by the answer to it, and what is known to be a mistake in
/// signing by explaining the request.
fn commands(provider: &str, area: Option<&str>, code: Option<&str>, advice: &Advice) -> Vec<String> {
    let mut all = advice.commands.clone();
    match area {
        Some("post") if !all.iter().any(|command| command.starts_with("policy check")) => {
            // Of a wrong signature the policy says nothing.
            let at = if advice.related.iter().any(|code| code == "secret-wrong") { all.len() } else { 0 };
            all.insert(at, "policy check FORM".to_owned());
        }
        Some("callback") if all.is_empty() => all.push(match (provider, code) {
            ("oss", Some(code)) if !code.starts_with("Callback") => "callback make CALLBACK".to_owned(),
            ("oss", _) => "callback verify --response RESPONSE".to_owned(),
            (other, _) => format!("callback verify --response RESPONSE --provider {other}"),
        }),
        None if all.is_empty() && !advice.related.is_empty() => all.push("explain REQUEST --error ANSWER".to_owned()),
        _ => {}
    }
    all
}

/// Values that several entries may have.
fn shared<T>(named: BTreeMap<String, T>) -> BTreeMap<String, Arc<T>> {
    named.into_iter().map(|(name, value)| (name, Arc::new(value))).collect()
}

/// Why a file cannot be read.
#[derive(Debug)]
pub(crate) enum BookError {
    Json(serde_json::Error),
    /// The file is of another vendor.
    Provider(String),
    /// Advice or an area that is not there.
    Missing(String),
}

impl fmt::Display for BookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Provider(other) => write!(f, "it is the file of `{other}`"),
            Self::Missing(name) => write!(f, "`{name}` is named and not there"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: String,
    areas: BTreeMap<String, Sentence>,
    advice: BTreeMap<String, Advice>,
    codes: Vec<FileEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    code: Option<String>,
    ec: Option<String>,
    status: Option<u16>,
    area: Option<String>,
    #[serde(default)]
    messages: Vec<String>,
    meaning: Sentence,
    advice: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_can_be_read() {
        for (provider, text) in FILES {
            let book = Book::read(provider, text).unwrap_or_else(|error| panic!("{provider}: {error}"));
            assert!(!book.entries.is_empty(), "{provider}");
        }
        assert_eq!(books().len(), FILES.len());
    }

    #[test]
    fn every_entry_can_be_told_from_the_others_and_none_is_without_a_name() {
        for book in books() {
            let mut seen = BTreeSet::new();
            for entry in &book.entries {
                assert!(!entry.name().is_empty(), "{}: {:?}", book.provider, entry.meaning);
                let own = (&entry.code, &entry.ec, &entry.messages);
                assert!(seen.insert(own), "{}: {own:?} is there twice", book.provider);
            }
        }
    }

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for entry in books().iter().flat_map(|book| &book.entries) {
            let place = format!("{} {}", entry.provider, entry.name());
            let Advice { causes, checks, .. } = &*entry.advice;
            assert!(!causes.is_empty() && !checks.is_empty(), "{place}");
            let all = causes.iter().chain(checks).chain([&entry.meaning]).chain(entry.area.as_deref());
            for Sentence { en, zh } in all {
                assert!(!en.trim().is_empty() && !is_chinese(en), "{place}: {en}");
                assert!(!zh.trim().is_empty(), "{place}: {en}");
                // The library has other words for these.
                for other in ["应答", "表单字段", "路径方式", "Access Key", "帐号", "秘钥", "散列", "标头"] {
                    assert!(!zh.contains(other), "{place}: {other} in {zh}");
                }
                for text in [en, zh] {
                    assert_eq!(text.trim(), text, "{place}");
                    assert!(!text.ends_with(['.', '。']), "{place}: {text}");
                    assert_eq!(text.matches('`').count() % 2, 0, "{place}: {text}");
                }
            }
            assert!(is_chinese(&entry.meaning.zh) || entry.meaning.zh == entry.meaning.en, "{place}");
            assert!(entry.messages.iter().all(|message| !message.trim().is_empty()), "{place}");
        }
    }

    #[test]
    fn every_cause_that_is_named_is_in_the_catalogue() {
        let known: BTreeSet<&str> = countersign::explain::codes().collect();
        for entry in books().iter().flat_map(|book| &book.entries) {
            for code in &entry.advice.related {
                assert!(known.contains(code.as_str()), "{} {}: {code}", entry.provider, entry.name());
            }
        }
    }

    #[test]
    fn what_a_command_can_prove_names_it() {
        let all = || books().iter().flat_map(|book| &book.entries);
        let named = |entry: &Entry, verb: &str| entry.commands.iter().any(|command| command.starts_with(verb));
        let mut seen = (0, 0);
        for entry in all() {
            let place = format!("{} {}", entry.provider, entry.name());
            match entry.area.as_deref().map(|area| area.en.as_str()) {
                Some("POST form" | "POST Object") => {
                    assert!(named(entry, "policy check"), "{place}");
                    seen.0 += 1;
                }
                Some("upload callback") => {
                    assert!(named(entry, "callback"), "{place}");
                    seen.1 += 1;
                }
                None if !entry.advice.related.is_empty() => assert!(!entry.commands.is_empty(), "{place}"),
                _ => {}
            }
        }
        assert!(seen.0 > 30 && seen.1 > 20, "{seen:?}");
    }

    #[test]
    fn files_are_sorted_and_every_vendor_is_known() {
        let order = |entry: &Entry| {
            let number = entry.code.as_deref().and_then(|code| code.parse::<i64>().ok());
            // Statuses, numbers below zero from the top, words, numbers of OSS without a word.
            let place = match (number, &entry.code) {
                (Some(number), _) if number > 0 => (0, number),
                (Some(number), _) => (1, -number),
                (None, Some(_)) => (2, 0),
                (None, None) => (3, 0),
            };
            (place, entry.code.clone().filter(|_| number.is_none()), entry.ec.clone(), entry.messages.clone())
        };
        for book in books() {
            assert!(countersign::providers::provider(book.provider).is_some(), "{}", book.provider);
            assert!(book.entries.is_sorted_by_key(order), "{}", book.provider);
        }
    }
}

//! The catalogue for those who list it: what each cause changes, and how it is found.

use super::{
    catalog,
    cause::{Cause, Slot},
    language::Language,
};
use crate::{
    phrase::{Phrase, Told, phrase},
    providers,
};
use alloc::{string::String, vec::Vec};

/// A cause of the catalogue. Told in a language, it says how it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    code: &'static str,
    slot: Slot,
    is_tried: bool,
    is_seen: bool,
    is_said: bool,
}

/// All causes of the catalogue, each once, in the order of its topics.
///
/// ```
/// use countersign::explain::{Language, causes};
///
/// let cause = causes().into_iter().find(|cause| cause.code() == "method-mismatch").ok_or("the cause")?;
/// let how = Language::English.tell(&cause);
/// assert!(how.starts_with("the method is changed and the request signed again"), "{how}");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn causes() -> Vec<Listing> {
    let mut all: Vec<Listing> = Vec::new();
    for cause in catalog::causes() {
        // A vendor may look for a general cause in ways of its own.
        match all.iter_mut().find(|own| own.code == cause.code) {
            Some(own) => own.add(cause),
            None => all.push(Listing::of(cause)),
        }
    }
    all
}

impl Listing {
    fn of(cause: &Cause) -> Self {
        Self {
            code: cause.code,
            slot: cause.slot,
            is_tried: cause.is_tried,
            is_seen: cause.is_seen,
            is_said: providers::sayings().any(|saying| saying.cause == cause.code),
        }
    }

    fn add(&mut self, cause: &Cause) {
        self.is_tried |= cause.is_tried;
        self.is_seen |= cause.is_seen;
    }

    /// The code, as in reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// What it is, in general: where a report has what it found, there is an ellipsis.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        language.cause(self.code).map(|text| in_general(text.title, language)).unwrap_or_default()
    }

    /// What to do about it, in general.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        language.cause(self.code).map(|text| in_general(text.help, language)).unwrap_or_default()
    }

    /// What the cause changes of what was signed.
    fn place(&self) -> Phrase {
        match self.slot {
            Slot::Key => phrase!("the secret, or how the key is made of it,"),
            Slot::Id => phrase!("the access key id or the session token"),
            Slot::Time => phrase!("the time or the expiry"),
            Slot::Method => phrase!("the method"),
            Slot::Path => phrase!("the path"),
            Slot::Host => phrase!("the host, or the bucket in it,"),
            Slot::Resource => phrase!("the bucket in the resource"),
            Slot::Query => phrase!("the list of parameters"),
            Slot::ContentType => phrase!("the content type"),
            Slot::ContentMd5 => phrase!("the line for `Content-MD5`"),
            Slot::Header => phrase!("the signed headers"),
            Slot::Payload => phrase!("the body, its hash or the policy"),
            Slot::Scope => phrase!("the scope"),
            Slot::Chain => phrase!("the signature before it"),
            Slot::Text => phrase!("the text as a whole"),
            Slot::Output => phrase!("the spelling of the signature or its hash function"),
            Slot::Scheme => phrase!("the scheme"),
        }
    }
}

impl Told for Listing {
    fn told(&self) -> Phrase {
        let tried =
            phrase!("{place} is changed and the request signed again: it is proved when the signature that was sent comes out");
        let judged = phrase!("it follows from request, secret and answer together");
        let ways = [
            self.is_tried.then(|| tried.with("place", self.place())),
            self.is_seen.then_some(phrase!("it shows in the request, its capture or the clock, and needs no secret")),
            (!self.is_tried && !self.is_seen).then(|| judged.clone()),
            self.is_said.then_some(phrase!("servers say so in words or codes of their own")),
        ];
        Phrase::joined(ways.into_iter().flatten().collect::<Vec<_>>(), &phrase!("{first}; {rest}")).unwrap_or(judged)
    }
}

/// A sentence without facts.
fn in_general(sentence: &str, language: Language) -> String {
    let filled = language.fill(sentence, &Vec::new());
    let mut out = String::with_capacity(filled.len());
    let mut rest = filled.as_str();
    while let Some((front, behind)) = rest.split_once('{') {
        out.push_str(front);
        match behind.split_once('}') {
            Some((_, after)) => {
                out.push('\u{2026}');
                rest = after;
            }
            None => {
                out.push('{');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_open_in_general() {
        for cause in causes() {
            let texts = [cause.title(Language::English), cause.help(Language::English), Language::English.tell(&cause)];
            assert!(texts.iter().all(|text| text.len() > 12 && !text.contains("{what")), "{texts:?}");
        }
    }
}

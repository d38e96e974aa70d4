//! Every code, number and message that the vendors published is known and explained: the lists of
//! `tests/vectors/error-codes`, one per vendor, were written from their pages.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault")]

use countersign::explain::ServerAnswer;
use countersign_errors::{Entry, Lookup, books, look_up, look_up_answer};
use countersign_tests::folder;
use std::collections::BTreeSet;

/// A line of a list.
struct Listed {
    code: Option<String>,
    ec: Option<String>,
    status: Option<u16>,
    message: Option<String>,
}

fn list(provider: &str) -> Vec<Listed> {
    let path = folder().join("error-codes").join(format!("{provider}.txt"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let line = |line: &str| {
        let mut fields = line.split('\t').map(|field| (field != "-").then(|| field.to_owned()));
        let mut next = || fields.next().unwrap_or_else(|| panic!("{provider}: `{line}` is too short"));
        Listed { code: next(), ec: next(), status: next().map(|status| status.parse().unwrap()), message: next() }
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

impl Listed {
    /// The number tells more than the code.
    fn name(&self) -> &str {
        self.ec.as_deref().or(self.code.as_deref()).unwrap()
    }

    /// Asks as a user does who has the whole answer.
    fn look_up(&self, provider: &str) -> Lookup {
        let Some(message) = &self.message else { return look_up(self.name(), Some(provider)) };
        let body = serde_json::json!({ "Code": self.code, "Message": message, "EC": self.ec }).to_string();
        look_up_answer(&ServerAnswer::parse(body.as_bytes()).unwrap(), &body, Some(provider))
    }

    /// Whether an entry is about this line: its message where it has one, else its number, else its code in general.
    fn is_told_by(&self, entry: &Entry) -> bool {
        let code = self.code.as_ref().is_none_or(|code| code.eq_ignore_ascii_case(entry.name()) || entry.messages.contains(code));
        let message = self.message.as_ref().is_none_or(|_| !entry.messages.is_empty() || self.ec.is_some());
        let number = self.ec.is_none() || self.ec == entry.ec || self.message.is_some();
        code && message && number && self.status.is_none_or(|status| entry.status.is_none_or(|own| own == status))
    }
}

#[test]
fn everything_that_was_published_is_known() {
    for book in books() {
        for listed in list(book.provider) {
            let place = format!("{} {} {:?} {:?}", book.provider, listed.name(), listed.ec, listed.message);
            let found = listed.look_up(book.provider);
            assert!(found.is_known() && found.hits.iter().any(|hit| listed.is_told_by(hit.entry)), "{place}");
        }
    }
}

#[test]
fn a_message_alone_is_known_too() {
    for book in books() {
        for listed in list(book.provider) {
            // Words like `internal` are no message to be known by.
            let Some(message) = listed.message.as_ref().filter(|message| message.contains(' ') && message.len() > 10) else {
                continue;
            };
            let found = look_up(message, Some(book.provider));
            assert!(found.is_known(), "{} {message}", book.provider);
            assert!(found.hits.iter().any(|hit| !hit.entry.messages.is_empty()), "{} {message}", book.provider);
        }
    }
}

#[test]
fn the_lists_have_as_many_codes_as_the_vendors_published() {
    // One number of COS has two meanings; 0 is success, and no error.
    let cos = list("cos");
    let numbers: Vec<&str> =
        cos.iter().filter_map(|listed| listed.code.as_deref()).filter(|code| code.parse::<i64>().is_ok()).collect();
    let errors: BTreeSet<&str> = numbers.iter().copied().filter(|code| *code != "0").collect();
    assert_eq!((numbers.len(), errors.len()), (201, 199));
    for (provider, lines) in [("oss", 234), ("cos", 222), ("ks3", 30), ("kodo", 32), ("s3", 26)] {
        assert_eq!(list(provider).len(), lines, "{provider}");
    }
}

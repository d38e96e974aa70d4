//! The line to change, for a mistake and what the request was made with, in all languages.
//!
//! Options and directives have the names they have in the project it is about, and are the same in every language:
//! the texts stand beside each other.

mod client;
mod code;
mod proxy;

use crate::stack::Stack;
use countersign::explain::Language;

/// A line for the causes it mends. `{name|NAME}` stands for the name the finding tells, or else `NAME`.
struct Fix {
    stack: Stack,
    codes: &'static [&'static str],
    english: &'static str,
    chinese: &'static str,
}

const fn fix(stack: Stack, codes: &'static [&'static str], english: &'static str, chinese: &'static str) -> Fix {
    Fix { stack, codes, english, chinese }
}

/// A line of nothing but code.
const fn same(stack: Stack, codes: &'static [&'static str], code: &'static str) -> Fix {
    fix(stack, codes, code, code)
}

fn all() -> impl Iterator<Item = &'static Fix> {
    client::FIXES.iter().chain(proxy::FIXES).chain(code::FIXES)
}

/// The line for a cause and a stack.
pub(super) fn line(code: &str, stack: Stack, language: Language) -> Option<&'static str> {
    let fix = all().find(|fix| fix.stack == stack && fix.codes.contains(&code))?;
    Some(if language == Language::Chinese { fix.chinese } else { fix.english })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_line_is_for_a_cause_and_the_only_one_there() {
        let known: BTreeSet<_> = countersign::explain::codes().collect();
        let mut seen = BTreeSet::new();
        for fix in all() {
            assert!(!fix.codes.is_empty() && !fix.english.ends_with('.') && !fix.chinese.ends_with('。'), "{}", fix.english);
            for code in fix.codes {
                assert!(known.contains(code), "{code} is no cause");
                assert!(seen.insert((*code, fix.stack.as_str())), "{code} has two lines for {}", fix.stack.as_str());
            }
        }
        assert!(all().count() >= 60 && seen.len() >= 150, "{} {}", all().count(), seen.len());
    }

    /// What stands in backticks is to be typed, and the names of places for facts are no words.
    #[test]
    fn code_is_the_same_in_every_language() {
        let mut seen = 0;
        for Fix { english, chinese, .. } in all() {
            let code = |text: &str| -> BTreeSet<String> {
                // A backtick itself stands between two.
                let text = text.replace("`` ` ``", "`(backtick)`");
                let pieces = text.split('`').skip(1).step_by(2).filter(|code| !code.is_empty());
                pieces.map(|code| code.split("{name|").next().unwrap_or_default().to_owned()).collect()
            };
            assert_eq!(code(english), code(chinese), "{english}");
            assert_eq!(english.contains("{name|"), chinese.contains("{name|"), "{english}");
            let is_chinese = chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert_eq!(is_chinese, english != chinese, "{english}");
            seen += usize::from(is_chinese);
        }
        assert!(seen > 100, "{seen}");
    }

    #[test]
    fn every_stack_has_a_line() {
        for stack in Stack::ALL {
            assert!(all().any(|fix| fix.stack == *stack), "{}", stack.as_str());
        }
    }
}

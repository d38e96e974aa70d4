//! The line to change, for a mistake and what the request was made with.
//!
//! Options and directives have the names they have in the project it is about.

mod client;
mod code;
mod proxy;

use crate::stack::Stack;

/// A line for the causes it mends. `{name|NAME}` stands for the name the finding tells, or else `NAME`.
struct Fix {
    stack: Stack,
    codes: &'static [&'static str],
    line: &'static str,
}

const fn fix(stack: Stack, codes: &'static [&'static str], line: &'static str) -> Fix {
    Fix { stack, codes, line }
}

fn all() -> impl Iterator<Item = &'static Fix> {
    client::FIXES.iter().chain(proxy::FIXES).chain(code::FIXES)
}

/// The line for a cause and a stack.
pub(super) fn line(code: &str, stack: Stack) -> Option<&'static str> {
    all().find(|fix| fix.stack == stack && fix.codes.contains(&code)).map(|fix| fix.line)
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
            assert!(!fix.codes.is_empty() && !fix.line.ends_with('.'), "{}", fix.line);
            for code in fix.codes {
                assert!(known.contains(code), "{code} is no cause");
                assert!(seen.insert((*code, fix.stack.as_str())), "{code} has two lines for {}", fix.stack.as_str());
            }
        }
        assert!(all().count() >= 60 && seen.len() >= 150, "{} {}", all().count(), seen.len());
    }

    #[test]
    fn every_stack_has_a_line() {
        for stack in Stack::ALL {
            assert!(all().any(|fix| fix.stack == *stack), "{}", stack.as_str());
        }
    }
}

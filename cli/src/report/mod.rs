//! The report of `explain` and `verify`: what is drawn, as text or as JSON.

pub mod curl;
pub mod forms;
pub mod html;
pub mod html_form;
pub mod redact;
mod side_by_side;
pub mod summary;
pub mod text;
pub mod wrap;
pub mod zone;

pub use countersign_report::{Shown, Task, Used, View, Work, json, redact::Mask, steps, visible};
pub use side_by_side::Titles;

use crate::{secrets::Offered, stack::Stack, text::Words};

/// What the command alone adds to a report.
pub trait Completed {
    /// Names the secret that was used: the one that gives the signature, or the first.
    fn with_secret(self, offered: &[Offered], right: Option<usize>, words: &dyn Words) -> Self;
    /// Adds the lines to change for these stacks to the findings that explain.
    fn with_fixes(self, stacks: &[Stack], words: &dyn Words) -> Self;
    /// The stacks there would be a line for.
    fn known_stacks(&self, words: &dyn Words) -> Vec<Stack>;
}

impl Completed for View {
    fn with_secret(mut self, offered: &[Offered], right: Option<usize>, words: &dyn Words) -> Self {
        let used = offered.get(right.unwrap_or_default()).filter(|_| right.is_some() || offered.len() == 1);
        self.secret = used.map(|one| Used { source: words.source(&one.source), print: one.print.clone(), of: offered.len() });
        self
    }

    fn with_fixes(mut self, stacks: &[Stack], words: &dyn Words) -> Self {
        for finding in self.findings.iter_mut().filter(|finding| finding.group == 0) {
            let name = finding.facts.iter().find(|(own, _)| *own == "name").map(|(_, value)| value.to_string());
            let line = |stack: &Stack| Some((stack.as_str(), named(words.fix(finding.code, *stack)?, name.as_deref())));
            finding.fixes = stacks.iter().filter_map(line).collect();
        }
        self
    }

    fn known_stacks(&self, words: &dyn Words) -> Vec<Stack> {
        let best = self.findings.iter().filter(|finding| finding.group == 0);
        let codes: Vec<_> = best.map(|finding| finding.code).collect();
        let has = |stack: &Stack| codes.iter().any(|code| words.fix(code, *stack).is_some());
        Stack::ALL.iter().copied().filter(has).collect()
    }
}

/// `{name|NAME}` replaced by the name the finding tells, or by `NAME`. Other braces are code.
fn named(line: &str, name: Option<&str>) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{name|") {
        out.push_str(before);
        let (otherwise, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(name.unwrap_or(otherwise));
        rest = after;
    }
    out + rest
}

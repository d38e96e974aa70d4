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

pub use countersign_report::{Shown, Task, Used, View, Work, covered, json, redact::Mask, steps, visible};
pub use side_by_side::Titles;

use crate::{secrets::Offered, text::Words};

/// What the command alone adds to a report.
pub trait Completed {
    /// Names the secret that was used: the one that gives the signature, or the first.
    fn with_secret(self, offered: &[Offered], right: Option<usize>, words: &dyn Words) -> Self;
}

impl Completed for View {
    fn with_secret(mut self, offered: &[Offered], right: Option<usize>, words: &dyn Words) -> Self {
        let used = offered.get(right.unwrap_or_default()).filter(|_| right.is_some() || offered.len() == 1);
        self.secret = used.map(|one| Used { source: words.source(&one.source), print: one.print.clone(), of: offered.len() });
        self
    }
}

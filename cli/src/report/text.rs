//! The report as text for a person: verdict, place, proof, both texts beside each other, help.

use super::{
    Shown, Task, View, side_by_side,
    steps::What,
    visible::{NOTHING, on_one_line},
    wrap::{Paint, elided, lines, padded, words},
};
use crate::text::{Headline, Proof, Words};
use countersign::{
    Role, Timestamp,
    explain::{Certainty, Matter, Verdict, matter},
};
use countersign_report::{
    Place,
    pairs::{Order, parting, pieces},
};
use countersign_stacks::Lines;
use unicode_width::UnicodeWidthStr;

/// Where and how a report is drawn.
#[derive(Clone, Copy)]
pub struct Canvas<'w> {
    pub words: &'w dyn Words,
    pub width: usize,
    pub paint: Paint,
}

/// Seconds within which every server takes a signature.
const ON_TIME: u64 = 300;
/// Signatures and ids up to this length are shown whole.
const WHOLE: usize = 24;

/// Draws the report.
pub fn report(view: &View, canvas: Canvas<'_>) -> String {
    let mut page = Page::new(canvas);
    let is_open = view.is_open();
    page.head(view);
    if view.verdict == Verdict::Mismatch && is_open && !view.provided.is_empty() {
        page.signatures(view);
    }
    for (index, group) in view.findings.chunk_by(|a, b| a.group == b.group).enumerate() {
        if index > 0 {
            group.iter().for_each(|finding| page.further(finding, index == 1));
            continue;
        }
        for (at, finding) in group.iter().enumerate() {
            page.finding(view, finding, group.len(), at + 1 == group.len());
        }
        if !is_open {
            page.texts(view);
        }
        for finding in group {
            page.help(finding);
        }
        page.stacks(view, group);
    }
    page.assumed(view, is_open);
    if !is_open && view.verdict == Verdict::Rejected && !view.work.has_secret && view.work.task == Task::Explain {
        page.advice(canvas.words.labels().note, canvas.words.signature_open());
    }
    if is_open {
        page.notes(view);
        page.texts(view);
        page.tried(view);
    }
    page.steps(view);
    page.foot(view);
    page.out
}

pub(super) struct Page<'w> {
    pub(super) out: String,
    pub(super) canvas: Canvas<'w>,
    /// Whether the first line is the title of the first finding.
    titled: bool,
}

impl<'w> Page<'w> {
    /// An empty page.
    pub(super) fn new(canvas: Canvas<'w>) -> Self {
        Self { out: String::new(), canvas, titled: false }
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    pub(super) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// `label` with `text` beside it, wrapped.
    pub(super) fn labelled(&mut self, indent: &str, label: &str, label_width: usize, text: &str) {
        let front = indent.width() + label_width + 2;
        for (index, line) in lines(text, self.canvas.width.saturating_sub(front).max(20)).into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            self.line(&format!("{indent}{}  {line}", padded(label, label_width)));
        }
    }

    /// `label` with a value of the request beside it, which is broken at its blanks alone.
    fn value(&mut self, indent: &str, label: &str, label_width: usize, text: &str) {
        let front = indent.width() + label_width + 2;
        for (index, line) in words(text, self.canvas.width.saturating_sub(front).max(20)).into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            self.line(&format!("{indent}{}  {line}", padded(label, label_width)));
        }
    }

    /// The verdict, what kind of fault it is, and whether that is proved.
    fn head(&mut self, view: &View) {
        let Canvas { words, paint, .. } = self.canvas;
        let labels = words.labels();
        let (verdict, painted) = match view.verdict {
            Verdict::Valid => (labels.matches, paint.good(labels.matches)),
            Verdict::Mismatch => (labels.differs, paint.bad(labels.differs)),
            Verdict::Rejected => (labels.refused, paint.bad(labels.refused)),
            Verdict::Undecided => (labels.undecided, paint.doubtful(labels.undecided)),
        };
        let headline = headline(view, words);
        let standing = standing(view, &headline, words);
        self.verdict(verdict, &painted, &standing, &abridged(&words.headline(&headline), words));
        self.titled = matches!(headline, Headline::Title(_) | Headline::Refused(_));
    }

    /// The verdict, what it is about and how sure that is, and what was found.
    pub(super) fn verdict(&mut self, verdict: &str, painted: &str, standing: &str, text: &str) {
        let Canvas { width, paint, .. } = self.canvas;
        let front = verdict.width() + 2;
        // What it is about stands before what it is: whoever reads one line, or listens to it, knows both.
        let mut all = lines(&self.canvas.words.lead(standing, text), width.saturating_sub(front).max(20)).into_iter();
        let first = all.next().unwrap_or_default();
        let first = match first.strip_prefix(standing) {
            Some(rest) if !standing.is_empty() => format!("{}{rest}", paint.strong(standing)),
            _ => first,
        };
        self.line(&format!("{painted}  {first}"));
        for line in all {
            self.line(&format!("{}{line}", " ".repeat(front)));
        }
    }

    /// What was found beside the explanation, in short.
    fn further(&mut self, finding: &Shown, is_first: bool) {
        let Canvas { words, paint, width } = self.canvas;
        let labels = words.labels();
        self.gap();
        if is_first {
            self.line(&format!("{}{}", paint.strong(labels.further), labels.colon));
        }
        self.line(&format!("  {}  {}", paint.strong(finding.code), words.standing(&[finding.matter], finding.certainty)));
        for line in lines(&abridged(&finding.title, words), width.saturating_sub(4).max(20)) {
            self.line(&format!("    {line}"));
        }
        let rows = [
            (labels.signed, beside(finding.signed.as_deref(), finding.sent.as_deref())),
            (labels.sent, beside(finding.sent.as_deref(), finding.signed.as_deref())),
            (labels.help, Some(finding.help.clone()).filter(|help| !help.is_empty())),
        ];
        let rows = rows.map(|(label, text)| (label, text.map(|text| abridged(&text, words))));
        let said = || rows.iter().filter_map(|(label, text)| text.as_ref().map(|text| (label, text)));
        let width = said().map(|(label, _)| label.width()).max().unwrap_or(0);
        for (label, text) in said() {
            self.labelled("    ", label, width, text);
        }
    }

    fn finding(&mut self, view: &View, finding: &Shown, together: usize, is_last: bool) {
        let Canvas { words, paint, .. } = self.canvas;
        let labels = words.labels();
        self.gap();
        self.line(&paint.strong(finding.code));
        // The first line may have said it.
        let title = if std::mem::take(&mut self.titled) { "" } else { &finding.title };
        let title = lines(&abridged(title, words), self.canvas.width.saturating_sub(2).max(20));
        for line in title.iter().filter(|line| !line.is_empty()) {
            self.line(&format!("  {line}"));
        }
        let proof = match finding.certainty {
            // What is proved of the seed by the chunks is no text that was signed.
            Certainty::Proved if !is_last || finding.code == "seed-alone-wrong" => None,
            Certainty::Proved => Some(Proof::Signed { signature: elided(&view.provided, WHOLE), mistakes: together }),
            Certainty::Server => Some(Proof::Server),
            Certainty::Seen => Some(Proof::Seen),
            Certainty::Likely => Some(Proof::Likely),
        };
        let also = (!finding.also.is_empty()).then(|| finding.also.join(", "));
        let rows = [
            (labels.signed, beside(finding.signed.as_deref(), finding.sent.as_deref())),
            (labels.sent, beside(finding.sent.as_deref(), finding.signed.as_deref())),
            (labels.proof, proof.map(|proof| words.proof(&proof))),
            (labels.also, also),
        ];
        let said = || rows.iter().filter_map(|(label, text)| text.as_ref().map(|text| (label, text)));
        let width = said().map(|(label, _)| label.width()).max().unwrap_or(0);
        for (label, text) in said() {
            if *label == labels.signed || *label == labels.sent {
                self.value("  ", label, width, &abridged(text, words));
            } else {
                self.labelled("  ", label, width, text);
            }
        }
    }

    /// The sent and the right signature, where nothing explains the difference.
    fn signatures(&mut self, view: &View) {
        let labels = self.canvas.words.labels();
        let width = labels.sent.width().max(labels.right.width());
        self.gap();
        self.labelled("  ", labels.sent, width, &view.provided);
        if let Some(expected) = &view.expected {
            self.labelled("  ", labels.right, width, expected);
        }
    }

    /// The signed texts that differ, beside what was signed; without an explanation, all of them.
    fn texts(&mut self, view: &View) {
        let Canvas { words, width, .. } = self.canvas;
        for right in &view.documents {
            let signed = view.signed_beside(right);
            match signed {
                Some(signed) if signed.text == right.text => continue,
                // The digest of a text that is shown already.
                Some(signed) if pieces(signed, right).all(|piece| piece.role == Some(Role::Digest)) => continue,
                None if !view.is_open() => continue,
                _ => {}
            }
            self.gap();
            self.out.push_str(&side_by_side::draw(signed, right, self.canvas));
            // Where letters are hidden, texts part somewhere else; between signs the place is true.
            let is_true = |own: &Option<String>, other: &Option<String>| {
                let is_letter =
                    |side: &Option<String>| side.as_ref().is_some_and(|c| c.trim_matches('`').chars().all(char::is_alphanumeric));
                !(view.redacted && is_letter(own) && is_letter(other))
            };
            let parting = signed.and_then(|signed| parting(signed, right));
            if let Some((offset, own, other)) = parting.filter(|(_, own, other)| is_true(own, other)) {
                let name = |c: Option<String>| c.unwrap_or_else(|| words.end_of_text().to_owned());
                for line in lines(&words.parting(offset, &name(own), &name(other)), width.saturating_sub(6).max(20)) {
                    self.line(&format!("      {line}"));
                }
            }
        }
    }

    /// What to do, and the line to change.
    fn help(&mut self, finding: &Shown) {
        let labels = self.canvas.words.labels();
        self.gap();
        if !finding.help.is_empty() {
            self.advice(labels.help, &abridged(&finding.help, self.canvas.words));
        }
        for (stack, line) in &finding.fixes {
            self.advice(&self.canvas.words.remarked(labels.fix, stack), line);
        }
    }

    /// That there would be a line to change, if it were known for what.
    fn stacks(&mut self, view: &View, group: &[Shown]) {
        let words = self.canvas.words;
        let known = Lines::own().known(view);
        let is_told = group.iter().any(|finding| !finding.fixes.is_empty());
        if view.work.task == Task::Explain && view.verdict != Verdict::Valid && !known.is_empty() && !is_told {
            self.advice(words.labels().note, &words.stacks(&known));
        }
    }

    /// What was looked for in vain, by what it is about.
    fn tried(&mut self, view: &View) {
        let words = self.canvas.words;
        let mut matters: Vec<Matter> = Vec::new();
        for code in &view.searched.tried {
            let own = matter(code);
            if !matters.contains(&own) {
                matters.push(own);
            }
        }
        if matters.is_empty() {
            return;
        }
        self.gap();
        self.line(&format!("{}{}", self.canvas.paint.strong(words.labels().tried), words.labels().colon));
        let width = matters.iter().map(|own| words.matter(*own).width()).max().unwrap_or(0);
        for own in matters {
            let codes: Vec<_> = view.searched.tried.iter().copied().filter(|code| matter(code) == own).collect();
            self.labelled("  ", words.matter(own), width, &codes.join(", "));
        }
    }

    /// The way to the signature. Commands are never broken: they are there to be copied.
    fn steps(&mut self, view: &View) {
        let Canvas { words, paint, .. } = self.canvas;
        if view.steps.is_empty() {
            return;
        }
        self.gap();
        self.line(&format!("{}{}", paint.strong(words.labels().steps), words.labels().colon));
        for (index, step) in view.steps.iter().enumerate() {
            self.gap();
            self.line(&format!("{:>3}. {}", index + 1, words.step(step.what)));
            self.line(&format!("     $ {}", step.command));
            let value = match (&step.value, step.what) {
                (Some(value), _) => String::from_utf8_lossy(value).into_owned(),
                (None, What::Key(..)) => words.labels().kept_secret.to_owned(),
                (None, _) => continue,
            };
            for line in value.split('\n') {
                self.line(&format!("     {}", on_one_line(line)));
            }
        }
    }

    /// `label: text`, wrapped behind the label.
    pub(super) fn advice(&mut self, label: &str, text: &str) {
        let Canvas { words, width, paint } = self.canvas;
        let colon = words.labels().colon;
        let front = label.width() + colon.width();
        for (index, line) in lines(text, width.saturating_sub(front).max(20)).into_iter().enumerate() {
            let start = if index == 0 { format!("{}{colon}", paint.strong(label)) } else { " ".repeat(front) };
            self.line(&format!("{start}{line}"));
        }
    }

    /// What is assumed: the verb that a URL was signed for, and the rest where nothing is proved.
    fn assumed(&mut self, view: &View, is_open: bool) {
        let words = self.canvas.words;
        let told: Vec<_> = view.assumed().filter(|(role, _)| is_open || *role == Role::Method).collect();
        if is_open || !told.is_empty() {
            self.gap();
        }
        for (role, text) in told {
            self.advice(words.labels().note, &words.assumed(role, &text));
        }
    }

    /// What would decide, where nothing is proved.
    fn notes(&mut self, view: &View) {
        let words = self.canvas.words;
        for note in words.what_would_decide(view) {
            self.advice(words.labels().note, &note);
        }
    }

    /// Scheme, id, times and what was searched, in one line.
    fn foot(&mut self, view: &View) {
        let Canvas { words, paint, .. } = self.canvas;
        let labels = words.labels();
        let mut items = vec![view.scheme.id().to_owned()];
        // The key of a CDN domain has no id.
        let id = Some(&view.access_key_id).filter(|id| !id.is_empty());
        items.extend(id.map(|id| format!("{} {}", labels.id, elided(&on_one_line(id), WHOLE))));
        let at = view.work.at;
        let is_fine = |time: Timestamp| at.since(time).unsigned_abs() <= ON_TIME;
        items.extend(view.signed_at.map(|time| {
            let fine = if is_fine(time) { words.clock_fine() } else { "" };
            format!("{} {}{fine}", labels.signed_at, words.signed(time, at))
        }));
        items.extend(view.expires_at.map(|time| {
            let label = if time < at { labels.expired } else { labels.expires };
            format!("{label} {}", words.expires(time, at))
        }));
        self.gap();
        for line in self.joined(&items) {
            self.line(&paint.faint(&line));
        }
        if view.work.task == Task::Explain && view.searched.variants > 0 {
            self.line(&paint.faint(&words.searched(&view.searched, view.work.elapsed)));
        }
        if let Some(used) = &view.secret {
            self.line(&paint.faint(&on_one_line(&words.used(used))));
        }
    }

    /// Items two blanks apart, on as many lines as they need.
    pub(super) fn joined(&self, items: &[String]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for item in items {
            match all.last_mut() {
                Some(line) if line.width() + 2 + item.width() <= self.canvas.width => {
                    line.push_str("  ");
                    line.push_str(item);
                }
                _ => all.push(item.clone()),
            }
        }
        all
    }
}

/// What makes the server refuse even a right signature, and explains a wrong one: something of it was lost, or its key.
const EXPLAINING: [&str; 5] =
    ["url-truncated", "token-malformed", "chunked-body-cut", "security-token-missing", "sigv4-key-derivation-wrong"];

/// What the first line says.
pub fn headline(view: &View, words: &dyn Words) -> Headline {
    let best = view.findings.first();
    match (view.verdict, best) {
        (Verdict::Valid, _) => Headline::Valid,
        // Without a secret nobody knows whether the signature is right as well.
        (Verdict::Rejected, Some(best)) if !view.work.has_secret || view.expected.is_none() => {
            Headline::Title(best.title.clone())
        }
        (Verdict::Rejected, Some(best)) => Headline::Refused(best.title.clone()),
        (Verdict::Rejected, None) => Headline::Refused(String::new()),
        (Verdict::Mismatch, Some(best)) if best.certainty == Certainty::Proved => {
            let (places, order) = view.differences();
            let mut names: Vec<_> = places
                .iter()
                .map(|place| match place {
                    Place::Part(role, name) => words.place(*role, name),
                    Place::Line(number) => words.line(*number),
                })
                .collect();
            names.dedup();
            match order {
                _ if names.is_empty() => Headline::Title(best.title.clone()),
                Order::Other => Headline::OrderDiffers(names),
                Order::Same => Headline::TextDiffers(names),
            }
        }
        (Verdict::Undecided, _) if view.work.has_secret && is_assumed(view) => Headline::BucketOpen,
        // What makes the server refuse even a right signature does not explain a wrong one.
        // Where there is no signature at all, nothing else does; and what is proved or shown by the server's answer does.
        (Verdict::Mismatch | Verdict::Undecided, Some(best))
            if (!best.refusal
                || EXPLAINING.contains(&best.code)
                || best.certainty <= Certainty::Server
                || view.provided.is_empty())
                && best.certainty < Certainty::Likely =>
        {
            Headline::Title(best.title.clone())
        }
        (Verdict::Mismatch, _) if view.searched.depth > 0 => Headline::Unexplained(view.searched.clone()),
        (Verdict::Mismatch, _) => Headline::Differs,
        (Verdict::Undecided, _) => Headline::Undecided,
    }
}

/// Whether something that is signed is assumed, and may be another one.
fn is_assumed(view: &View) -> bool {
    view.assumed().any(|(role, _)| role == Role::Bucket)
}

/// What it is about and what it rests on, where the first line says what it is.
pub fn standing(view: &View, headline: &Headline, words: &dyn Words) -> String {
    let Some(best) = view.findings.first() else { return String::new() };
    if !matches!(headline, Headline::TextDiffers(_) | Headline::OrderDiffers(_) | Headline::Title(_) | Headline::Refused(_)) {
        return String::new();
    }
    let mut matters = Vec::new();
    for finding in view.findings.iter().filter(|finding| finding.group == best.group) {
        if !matters.contains(&finding.matter) {
            matters.push(finding.matter);
        }
    }
    words.standing(&matters, best.certainty)
}

/// Lists of names up to this length are shown whole, and of longer ones so many.
const LONG_LIST: usize = 24;
const OF_LONG_LIST: usize = 8;

/// A text in which the rest of a very long list of names is counted.
fn abridged(text: &str, words: &dyn Words) -> String {
    let separator = if text.matches("、").count() > LONG_LIST { "、" } else { ", " };
    let mut items: Vec<String> = text.split(separator).map(str::to_owned).collect();
    let is_name = |item: &String| item.matches(' ').count() < 2;
    let start = items.iter().skip(1).position(is_name).map_or(items.len(), |at| at + 1);
    // The last one goes on with what stands behind the list.
    let length = items.iter().take(items.len() - 1).skip(start).take_while(|item| is_name(item)).count();
    if length > LONG_LIST {
        items.splice(start + OF_LONG_LIST..start + length, [words.more(length - OF_LONG_LIST)]);
    }
    items.join(separator)
}

/// One of two texts beside each other: what is not there or empty is shown as such if the other is there.
fn beside(text: Option<&str>, other: Option<&str>) -> Option<String> {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => Some(text.to_owned()),
        None => other.filter(|other| !other.is_empty()).map(|_| NOTHING.to_owned()),
    }
}

#[cfg(test)]
mod tests;

//! What is known of an error, as text for a person: what it is in the first line, then why, then what to do.

use super::{Asked, Lookup, cause::Told};
use crate::{
    report::{
        visible::on_one_line,
        wrap::{Paint, elided, lines, padded},
    },
    text::{ErrorWords, Words},
    verbs::setting::Setting,
};
use countersign::{
    explain::{Agreement, QuotedFrom, ServerAnswer},
    providers,
};
use countersign_errors::{By, Entry, Hit, Sentence};
use unicode_width::UnicodeWidthStr;

/// Elements of an answer that point at the fault, in the vendors' own names.
pub static TELLING: [&str; 31] = [
    "OSSAccessKeyId",
    "AWSAccessKeyId",
    "SignatureProvided",
    "Region",
    "Endpoint",
    "Bucket",
    "BucketName",
    "Key",
    "Resource",
    "ArgumentName",
    "ArgumentValue",
    "Condition",
    "Header",
    "HeadersNotSigned",
    "Method",
    "ResourceType",
    "AuthAction",
    "AuthPrincipalType",
    "NoPermissionType",
    "PolicyType",
    "ProposedSize",
    "MaxSizeAllowed",
    "MinSizeAllowed",
    "X-Amz-Expires",
    "Expires",
    "RequestTime",
    "ServerTime",
    "ClientComputedContentSHA256",
    "S3ComputedContentSHA256",
    "EC",
    "RequestId",
];

/// The most columns a message may take where it is one of many.
const MESSAGE: usize = 56;
/// How many causes and checks are shown of a vendor that is one of several.
const OF_SEVERAL: usize = 3;

/// Draws what was found.
pub fn text(asked: &Asked<'_>, found: &Lookup, setting: &Setting<'_>) -> String {
    let canvas = setting.canvas();
    let words = setting.words;
    let mut page = Page { out: String::new(), width: canvas.width, paint: canvas.paint, words, says: words.errors() };
    match found.by {
        By::Nearest => {
            let shown = on_one_line(&elided_text(asked.text));
            page.first(&page.paint.doubtful(page.says.labels().unknown), page.says.labels().unknown, &page.says.unknown(&shown));
            page.gap();
            // Beside a mistyped cause, the codes of vendors are far away.
            if asked.causes.is_empty() {
                page.list(found.hits.iter().map(|hit| hit.entry));
            }
            page.causes(asked.causes);
            page.vendors(asked.elsewhere);
        }
        By::Status => {
            page.first(&page.paint.strong(asked.text), asked.text, &page.says.is_status(asked.text));
            page.gap();
            page.list(found.of_status.iter().copied());
        }
        _ => page.known(asked, found),
    }
    page.out
}

/// Draws a cause of the catalogue.
pub fn cause(told: &Told, setting: &Setting<'_>) -> String {
    let canvas = setting.canvas();
    let words = setting.words;
    let says = words.errors();
    let mut page = Page { out: String::new(), width: canvas.width, paint: canvas.paint, words, says };
    page.first(&page.paint.bad(told.code), told.code, &told.title);
    page.gap();
    let rows = [(says.labels().how, &told.how), (says.labels().fix, &told.help)];
    let width = rows.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    for (label, text) in rows {
        page.hanging(&format!("  {}  ", padded(label, width)), label, text);
    }
    page.out
}

struct Page {
    out: String,
    width: usize,
    paint: Paint,
    words: &'static dyn Words,
    says: &'static dyn ErrorWords,
}

impl Page {
    fn known(&mut self, asked: &Asked<'_>, found: &Lookup) {
        // Where the answer itself shows whose it is, the others are a line.
        let shown = if found.is_decided() { 1 } else { found.hits.len() };
        let most = if shown > 2 { OF_SEVERAL } else { usize::MAX };
        for (at, hit) in found.hits.iter().take(shown).enumerate() {
            self.gap();
            self.headline(hit.entry);
            self.hit(hit, asked, found, at == 0, most);
        }
        self.vendors(found.hits.get(shown..).unwrap_or_default());
        self.same_status(found);
    }

    fn hit(&mut self, hit: &Hit, asked: &Asked<'_>, found: &Lookup, is_first: bool, most: usize) {
        let labels = self.says.labels();
        let language = self.words.language();
        match matched(hit, asked) {
            _ if is_first && found.by == By::Contained => self.indented(&self.says.contained(&found_in(hit))),
            Some(message) => self.labelled(labels.message, &message),
            None => {}
        }
        if let Some(answer) = asked.answer.filter(|_| is_first) {
            self.answer(answer, hit, found);
        }
        let advice = &hit.entry.advice;
        self.numbered(labels.causes, advice.causes.iter().take(most).map(|text| text.of(language)));
        self.numbered(labels.checks, advice.checks.iter().take(most).map(|text| text.of(language)));
        self.title(labels.prove);
        let is_of_verb = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let verb = |command: &String| command.split(' ').take_while(is_of_verb).collect::<Vec<_>>().join(" ");
        for of_verb in hit.entry.commands.chunk_by(|one, other| verb(one) == verb(other)) {
            for command in of_verb {
                self.line(&format!("  {}", self.paint.strong(&asked.command(command))));
            }
            self.hanging("    ", "", self.says.shows(&of_verb.first().map(verb).unwrap_or_default()));
        }
        if hit.entry.commands.is_empty() {
            self.indented(labels.nothing_proves);
        }
        if !advice.related.is_empty() && most == usize::MAX {
            self.gap();
            self.labelled(labels.related, &advice.related.join(", "));
        }
        self.variants(hit, asked, most);
    }

    /// Other vendors with this code.
    fn vendors(&mut self, others: &[Hit]) {
        if !others.is_empty() {
            let names: Vec<_> = others.iter().map(|hit| self.vendor(hit.entry.provider)).collect();
            self.gap();
            self.labelled(self.says.labels().other_vendors, &names.join(", "));
        }
    }

    /// The codes of each vendor that have the status that was asked for.
    fn same_status(&mut self, found: &Lookup) {
        if found.of_status.is_empty() {
            return;
        }
        self.title(self.says.labels().same_status);
        for own in found.of_status.chunk_by(|one, other| one.provider == other.provider) {
            let mut names: Vec<&str> = own.iter().map(|entry| entry.name()).collect();
            names.dedup();
            let vendor = own.first().map(|entry| self.vendor(entry.provider)).unwrap_or_default();
            self.hanging(&format!("  {vendor}  "), "", &names.join(", "));
        }
    }

    /// What other messages with this code mean.
    fn variants(&mut self, hit: &Hit, asked: &Asked<'_>, most: usize) {
        let labels = self.says.labels();
        if hit.variants.is_empty() {
            return;
        }
        if most != usize::MAX {
            self.gap();
            self.indented(&self.says.more(hit.variants.len(), &asked.again(hit.entry.name(), hit.entry.provider)));
            return;
        }
        self.title(labels.messages);
        let name = |entry: &Entry| match (entry.messages.first(), &entry.ec) {
            (Some(message), _) => cut(message, MESSAGE),
            (None, ec) => format!("EC {}", ec.as_deref().unwrap_or_default()),
        };
        let width = hit.variants.iter().map(|entry| name(entry).width()).max().unwrap_or(0);
        for entry in &hit.variants {
            let meaning = entry.meaning.of(self.words.language());
            self.hanging(&format!("  {}  ", padded(&name(entry), width)), "", meaning);
        }
    }

    /// What the answer itself gives away.
    fn answer(&mut self, answer: &ServerAnswer, hit: &Hit, found: &Lookup) {
        let rows: Vec<(&str, String)> = TELLING
            .iter()
            .filter_map(|name| Some((*name, on_one_line(answer.element(name)?))))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let says = self.says;
        let mut sentences = Vec::new();
        if let Some((request, server)) = answer.request_time.zip(answer.server_time) {
            sentences.push(says.skew(server.since(request)));
        }
        let quoted = (answer.string_to_sign.is_some(), answer.canonical_request.is_some());
        if quoted != (false, false) {
            sentences.push(says.quotes(quoted.0, quoted.1).to_owned());
        }
        if is_altered(answer) {
            sentences.push(says.altered().to_owned());
        }
        if let Some((_, traits)) = found.origins.iter().find(|(id, _)| *id == hit.entry.provider) {
            sentences.push(says.origin(&self.vendor(hit.entry.provider), traits));
        }
        if rows.is_empty() && sentences.is_empty() {
            return;
        }
        self.title(says.labels().in_answer);
        let width = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
        for (name, text) in rows {
            self.hanging(&format!("  {}  ", padded(name, width)), "", &text);
        }
        for sentence in sentences {
            self.indented(&sentence);
        }
    }

    /// What it is called, whose it is, its status and what it means.
    fn headline(&mut self, entry: &Entry) {
        let front = self.front(entry);
        let name = entry.name();
        let painted = format!("{}{}", self.paint.bad(name), front.get(name.len()..).unwrap_or_default());
        let meaning = entry.meaning.of(self.words.language()).to_owned();
        self.first(&painted, &front, &meaning);
    }

    /// `SignatureDoesNotMatch 0002-00000040  Alibaba Cloud OSS  403`
    fn front(&self, entry: &Entry) -> String {
        let number = entry.ec.as_deref().filter(|ec| *ec != entry.name()).map(|ec| format!(" {ec}")).unwrap_or_default();
        let area =
            entry.area.as_deref().map(|area: &Sentence| format!(", {}", area.of(self.words.language()))).unwrap_or_default();
        let status = entry.status.map(|status| status.to_string()).filter(|status| status != entry.name());
        let status = status.map(|status| format!("  {status}")).unwrap_or_default();
        format!("{}{number}  {}{area}{status}", entry.name(), self.vendor(entry.provider))
    }

    /// A vendor's name for its product.
    fn vendor(&self, provider: &str) -> String {
        providers::provider(provider).map_or_else(|| provider.to_owned(), |own| self.words.language().tell(own))
    }

    /// One line for each cause.
    fn causes(&mut self, causes: &[Told]) {
        let width = causes.iter().map(|cause| cause.code.width()).max().unwrap_or(0);
        for cause in causes {
            self.hanging(&format!("  {}  ", padded(cause.code, width)), "", &cause.title);
        }
    }

    /// One line for each entry.
    fn list<'e>(&mut self, entries: impl Iterator<Item = &'e Entry>) {
        let mut seen: Vec<(String, &Entry)> = Vec::new();
        for entry in entries {
            if !seen.iter().any(|(_, own)| own.provider == entry.provider && own.name() == entry.name()) {
                seen.push((self.front(entry), entry));
            }
        }
        let width = seen.iter().map(|(front, _)| front.width()).max().unwrap_or(0);
        for (front, entry) in seen {
            let meaning = entry.meaning.of(self.words.language());
            self.hanging(&format!("  {}  ", padded(&front, width)), "", meaning);
        }
    }

    /// The first line of a block; `painted` is `front` in its style.
    fn first(&mut self, painted: &str, front: &str, text: &str) {
        let behind = front.width() + 2;
        // Where there is hardly room beside it, the text stands below.
        let is_narrow = self.width < behind + 30;
        let indent = if is_narrow { 4 } else { behind };
        let mut texts = lines(text, self.width.saturating_sub(indent).max(20)).into_iter();
        let beside = if is_narrow { None } else { texts.next() };
        self.line(&format!("{painted}  {}", beside.unwrap_or_default()));
        for line in texts {
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn title(&mut self, title: &str) {
        self.gap();
        self.line(&self.paint.strong(title));
    }

    fn numbered<'t>(&mut self, title: &str, texts: impl Iterator<Item = &'t str>) {
        self.title(title);
        for (at, text) in texts.enumerate() {
            self.hanging(&format!("  {}  ", at + 1), "", text);
        }
    }

    fn labelled(&mut self, label: &str, text: &str) {
        self.hanging(&format!("  {}  ", label), label, text);
    }

    fn indented(&mut self, text: &str) {
        self.hanging("  ", "", text);
    }

    /// Text behind its front, wrapped; `strong` is the part of the front to be painted.
    fn hanging(&mut self, front: &str, strong: &str, text: &str) {
        let indent = front.width();
        let shown = if strong.is_empty() { front.to_owned() } else { front.replacen(strong, &self.paint.strong(strong), 1) };
        for (at, line) in lines(text, self.width.saturating_sub(indent).max(20)).into_iter().enumerate() {
            let start = if at == 0 { shown.clone() } else { " ".repeat(indent) };
            self.line(&format!("{start}{line}"));
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

/// Whether a quoted text is no longer as the server wrote it.
pub fn is_altered(answer: &ServerAnswer) -> bool {
    let quoted = [&answer.string_to_sign, &answer.canonical_request].into_iter().flatten();
    quoted.into_iter().any(|quoted| quoted.from == QuotedFrom::BytesAgainstText)
        || matches!(answer.digest_agreement(), Agreement::Differ { .. })
}

/// The vendor's message, as the answer or the text has it.
fn matched(hit: &Hit, asked: &Asked<'_>) -> Option<String> {
    match asked.answer {
        Some(answer) => answer.message.as_deref().map(on_one_line),
        // It would repeat the code.
        None if hit.entry.is_general() => None,
        None => hit.message(),
    }
}

/// What stands in the text.
fn found_in(hit: &Hit) -> String {
    let message = hit.message().filter(|_| hit.variants.is_empty()).or(hit.entry.ec.clone());
    message.map_or_else(|| hit.entry.name().to_owned(), |message| cut(&message, MESSAGE))
}

/// A long text is not repeated.
fn elided_text(text: &str) -> String {
    cut(&elided(text, MESSAGE.max(text.find(' ').unwrap_or(0))), MESSAGE)
}

fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut shown = String::new();
    for c in text.chars() {
        if shown.width() + 3 > most {
            break;
        }
        shown.push(c);
    }
    format!("{}…", shown.trim_end())
}

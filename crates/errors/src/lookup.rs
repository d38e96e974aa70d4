//! From a code, a number, a sentence or a server's answer to what is known of it.

use crate::{
    book::{Entry, books},
    nearest,
    origin::{Trait, origins},
    template,
};
use countersign::explain::ServerAnswer;
use std::collections::BTreeSet;

/// The most bytes of a text that are looked through.
const MAX_TEXT: usize = 20_000;
/// The least bytes of its own words by which a message is known within a longer text.
const TELLING: usize = 8;
/// How many names of those that come nearest are given.
const NEAREST: usize = 3;

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// It is a code.
    Code,
    /// It is a number of OSS.
    Ec,
    /// It is an HTTP status that several codes have.
    Status,
    /// It is a vendor's message.
    Message,
    /// A code or message stands in it.
    Contained,
    /// It is not known; these come nearest.
    Nearest,
}

/// A vendor's entry.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// What is known.
    pub entry: &'static Entry,
    /// What the vendor's other messages with this code mean, where the message is not known.
    pub variants: Vec<&'static Entry>,
    /// What stands in the places of the message.
    pub values: Vec<(String, String)>,
}

impl Hit {
    /// The vendor's message with the values in their places.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let has_places = |message: &&String| self.values.iter().all(|(name, _)| message.contains(&format!("{{{name}}}")));
        let message = self.entry.messages.iter().find(has_places)?;
        let fill = |message: String, (name, value): &(String, String)| message.replacen(&format!("{{{name}}}"), value, 1);
        Some(self.values.iter().fold(message.clone(), fill))
    }
}

/// What was found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lookup {
    /// How.
    pub by: By,
    /// One for each vendor that has it; the likeliest vendor first.
    pub hits: Vec<Hit>,
    /// What shows whose answer it is.
    pub origins: Vec<(&'static str, Vec<Trait>)>,
    /// Codes of other vendors with this HTTP status.
    pub of_status: Vec<&'static Entry>,
}

impl Lookup {
    /// Whether it is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.by != By::Nearest
    }

    /// Whether the answer itself shows that it is the first hit's vendor's.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        let weight = |id: &str| self.origins.iter().find(|(own, _)| *own == id).map_or(0, |(_, traits)| traits.len());
        let mut hits = self.hits.iter().map(|hit| weight(hit.entry.provider));
        hits.next().is_some_and(|first| first > 0 && hits.all(|other| other < first))
    }

    fn new(by: By, mut hits: Vec<Hit>, origins: Vec<(&'static str, Vec<Trait>)>) -> Self {
        // Stable: where nothing decides, the order of the books stays.
        hits.sort_by_key(|hit| origins.iter().position(|(id, _)| *id == hit.entry.provider).unwrap_or(usize::MAX));
        Self { by, hits, origins, of_status: Vec::new() }
    }

    /// The same, of an answer that shows whose it is.
    fn shown_by(self, origins: Vec<(&'static str, Vec<Trait>)>) -> Self {
        Self { of_status: self.of_status, ..Self::new(self.by, self.hits, origins) }
    }
}

/// Looks up a code, a number or a text. `provider` is the vendor to keep to.
#[must_use]
pub fn look_up(text: &str, provider: Option<&str>) -> Lookup {
    let text = template::tidy(start(text));
    let text = unquoted(&text);
    let entries = entries(provider);
    let origins = origins(None, text);
    let has_code = |entry: &&Entry| entry.code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(text));
    let by_code: Vec<_> = entries.iter().copied().filter(has_code).collect();
    let of_status: Vec<_> = match text.parse::<u16>() {
        Ok(status) => entries.iter().copied().filter(|entry| entry.status == Some(status) && !has_code(entry)).collect(),
        Err(_) => Vec::new(),
    };
    if !by_code.is_empty() {
        return Lookup { of_status, ..Lookup::new(By::Code, per_vendor(&by_code), origins) };
    }
    if !of_status.is_empty() {
        return Lookup { of_status, ..Lookup::new(By::Status, Vec::new(), origins) };
    }
    let by_ec: Vec<_> = entries.iter().copied().filter(|entry| entry.ec.as_deref() == Some(text)).collect();
    if !by_ec.is_empty() {
        return Lookup::new(By::Ec, by_ec.into_iter().map(alone).collect(), origins);
    }
    let by_message = one_per_vendor(&entries, |entry| message(entry, text, template::whole));
    if !by_message.is_empty() {
        return Lookup::new(By::Message, by_message, origins);
    }
    let by_piece = one_per_vendor(&entries, |entry| piece(entry, text));
    if !by_piece.is_empty() {
        return Lookup::new(By::Message, by_piece, origins);
    }
    let contained = contained(&entries, text);
    if !contained.is_empty() {
        return Lookup::new(By::Contained, contained, origins);
    }
    Lookup::new(By::Nearest, nearest(&entries, text), origins)
}

/// Looks up a server's answer. `text` is the whole of it, as it was read; `provider` is the vendor to keep to.
#[must_use]
pub fn look_up_answer(answer: &ServerAnswer, text: &str, provider: Option<&str>) -> Lookup {
    let entries = entries(provider);
    let origins = origins(Some(answer), text);
    let said = answer.message.as_deref().map(start).map(template::tidy).unwrap_or_default();
    let by_ec = |entry: &&Entry| entry.ec.is_some() && entry.ec == answer.ec;
    if let Some(code) = answer.code.as_deref().map(str::trim) {
        let same: Vec<_> = entries
            .iter()
            .copied()
            .filter(|entry| entry.code.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(code)))
            .collect();
        let hits: Vec<Hit> = per_vendor(&same)
            .into_iter()
            .map(|general| {
                let own = || same.iter().copied().filter(|entry| entry.provider == general.entry.provider);
                let said_so = || best(own().filter_map(|entry| message(entry, &said, template::whole)));
                own().find(by_ec).map(alone).or_else(said_so).unwrap_or(general)
            })
            .collect();
        if !hits.is_empty() {
            return Lookup::new(By::Code, hits, origins);
        }
    }
    let numbered: Vec<_> = entries.iter().copied().filter(by_ec).collect();
    if !numbered.is_empty() {
        return Lookup::new(By::Ec, numbered.into_iter().map(alone).collect(), origins);
    }
    let by_message = one_per_vendor(&entries, |entry| message(entry, &said, template::whole));
    if !by_message.is_empty() {
        return Lookup::new(By::Message, by_message, origins);
    }
    match (&answer.code, answer.status) {
        // COS has put its messages there, too.
        (Some(code), _) if code.contains(' ') => of_origin(code, provider, origins),
        (Some(code), _) => Lookup::new(By::Nearest, nearest(&entries, code), origins),
        (None, _) if !said.is_empty() => of_origin(&said, provider, origins),
        (None, Some(status)) => of_origin(&status.to_string(), provider, origins),
        (None, None) => Lookup::new(By::Nearest, Vec::new(), origins),
    }
}

/// Looks up what stands in an answer; if the vendor it shows knows it, at that vendor's alone.
fn of_origin(text: &str, provider: Option<&str>, origins: Vec<(&'static str, Vec<Trait>)>) -> Lookup {
    let shown = provider.or(origins.first().map(|(id, _)| *id));
    let found = look_up(text, shown);
    if found.is_known() { found } else { look_up(text, provider) }.shown_by(origins)
}

/// As much of a text as is looked through.
fn start(text: &str) -> &str {
    let end = (0..=text.len().min(MAX_TEXT)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// What people copy with its quotes.
fn unquoted(text: &str) -> &str {
    let inner = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    ['"', '\'', '`'].into_iter().find_map(inner).unwrap_or(text)
}

fn entries(provider: Option<&str>) -> Vec<&'static Entry> {
    books().iter().filter(|book| provider.is_none_or(|id| id == book.provider)).flat_map(|book| &book.entries).collect()
}

fn alone(entry: &'static Entry) -> Hit {
    Hit { entry, variants: Vec::new(), values: Vec::new() }
}

/// What each vendor has under one code: the general entry with the others beside it, or, where none is general, all.
fn per_vendor(same: &[&'static Entry]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for own in same.chunk_by(|one, other| one.provider == other.provider) {
        let unnumbered = || own.iter().copied().filter(|entry| entry.ec.is_none());
        let only = || unnumbered().next().filter(|_| unnumbered().count() == 1);
        match own.iter().copied().find(|entry| entry.is_general()).or_else(only) {
            Some(entry) => {
                let variants = own.iter().copied().filter(|other| !std::ptr::eq(*other, entry)).collect();
                hits.push(Hit { entry, variants, values: Vec::new() });
            }
            None => {
                // What a command can prove is asked for more often.
                let (proved, others): (Vec<&Entry>, _) = own.iter().partition(|entry| !entry.commands.is_empty());
                hits.extend(proved.into_iter().chain(others).map(alone));
            }
        }
    }
    hits
}

type Match = fn(&str, &str) -> Option<Vec<(String, String)>>;

/// The entry, if `text` is or has one of its messages, and how many bytes of its own words tell it.
fn message(entry: &'static Entry, text: &str, matches: Match) -> Option<(usize, Hit)> {
    let found = entry.messages.iter().filter_map(|own| Some((template::weight(own), matches(own, text)?)));
    let (weight, values) = found.max_by_key(|(weight, _)| *weight)?;
    Some((weight, Hit { values, ..alone(entry) }))
}

/// So much of a message tells it.
const LEAST_PIECE: usize = 20;

/// The entry, if `text` is a piece of one of its messages: people do not copy all of it.
fn piece(entry: &'static Entry, text: &str) -> Option<(usize, Hit)> {
    let text = text.to_lowercase();
    let of = |own: &&String| text.len() >= LEAST_PIECE && text.contains(' ') && own.to_lowercase().contains(&text);
    // The more of it there is, the better.
    let shortest = entry.messages.iter().filter(of).map(String::len).min()?;
    Some((usize::MAX - shortest, alone(entry)))
}

/// The one that is told by most; of equals, the first.
fn best(found: impl Iterator<Item = (usize, Hit)>) -> Option<Hit> {
    found.reduce(|one, other| if other.0 > one.0 { other } else { one }).map(|(_, hit)| hit)
}

/// The best of each vendor.
fn one_per_vendor(entries: &[&'static Entry], judge: impl Fn(&'static Entry) -> Option<(usize, Hit)>) -> Vec<Hit> {
    let of_vendor = |own: &[&'static Entry]| best(own.iter().copied().filter_map(&judge));
    entries.chunk_by(|one, other| one.provider == other.provider).filter_map(of_vendor).collect()
}

/// What stands somewhere in a text: numbers of OSS before messages, messages before codes.
fn contained(entries: &[&'static Entry], text: &str) -> Vec<Hit> {
    let words: BTreeSet<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .map(|word| word.trim_matches('.'))
        .collect();
    let numbered = entries.iter().copied().filter(|entry| entry.ec.as_deref().is_some_and(|ec| words.contains(ec)));
    let numbered: Vec<_> = numbered.map(alone).collect();
    if !numbered.is_empty() {
        return numbered;
    }
    // The text may name a code beside one of several messages.
    let names_code = |entry: &Entry| {
        entry.code.as_deref().is_some_and(|code| tells(code) && words.iter().any(|word| word.eq_ignore_ascii_case(code)))
    };
    let by_message = one_per_vendor(entries, |entry| {
        let (weight, hit) = message(entry, text, template::within).filter(|(weight, _)| *weight >= TELLING)?;
        Some((weight + if names_code(entry) { MAX_TEXT } else { 0 }, hit))
    });
    let same: Vec<_> = entries.iter().copied().filter(|entry| names_code(entry)).collect();
    let by_code = per_vendor(&same);
    let longest = |hits: &[Hit]| hits.iter().filter_map(|hit| hit.entry.code.as_ref()).map(String::len).max();
    if by_code.is_empty() || (!by_message.is_empty() && by_message.iter().any(|hit| names_code(hit.entry))) {
        return by_message;
    }
    // Of several codes, the longest says most.
    let most = longest(&by_code);
    by_code.into_iter().filter(|hit| hit.entry.code.as_ref().map(String::len) == most).collect()
}

/// Whether a code is one when it stands in a sentence: a word of several words, or a number nobody else uses.
fn tells(code: &str) -> bool {
    match code.parse::<i64>() {
        Ok(number) => number <= -10 || number > 599 || matches!(number, 419 | 478 | 573 | 579),
        Err(_) => code.chars().filter(|c| c.is_ascii_uppercase()).count() > 1,
    }
}

/// Those that come nearest, the nearest first, each vendor's code once.
fn nearest(entries: &[&'static Entry], text: &str) -> Vec<Hit> {
    let is_word = !text.contains(' ') && text.is_ascii();
    let words = nearest::words(text);
    let mut all: Vec<(usize, &'static Entry)> = Vec::new();
    for entry in entries.iter().copied() {
        let farness = if is_word {
            let names = entry.code.iter().chain(&entry.ec).filter(|name| name.len().abs_diff(text.len()) <= text.len());
            names.map(|name| nearest::distance(name, text)).min()
        } else {
            let said = entry.messages.iter().chain([&entry.meaning.en, &entry.meaning.zh]);
            let likeness = said.map(|said| nearest::likeness(&nearest::words(said), &words)).max().unwrap_or(0);
            (likeness > 0).then_some(1_000 - likeness.min(1_000))
        };
        all.extend(farness.map(|farness| (farness, entry)));
    }
    all.sort_by_key(|(farness, entry)| (*farness, is_word && entry.ec.is_some()));
    let mut seen = BTreeSet::new();
    all.retain(|(_, entry)| seen.insert((entry.provider, entry.name())));
    let limit = all.first().map_or(0, |(farness, _)| (farness + 2).max(text.len() / 4));
    all.retain(|(farness, _)| !is_word || *farness <= limit);
    let mut names = BTreeSet::new();
    // A code may be that of several vendors; of sentences, each is another.
    let is_near = |entry: &&'static Entry| {
        names.insert((entry.name(), (!is_word).then_some(entry.provider)));
        names.len() <= NEAREST
    };
    all.into_iter().map(|(_, entry)| entry).take_while(is_near).map(alone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &Lookup) -> Vec<(&str, &str)> {
        found.hits.iter().map(|hit| (hit.entry.provider, hit.entry.name())).collect()
    }

    fn answered(text: &str) -> Lookup {
        look_up_answer(&ServerAnswer::parse(text.as_bytes()).unwrap(), text, None)
    }

    #[test]
    fn a_code_is_found_whatever_its_case_for_each_vendor_that_has_it() {
        let found = look_up("nosuchbucket", None);
        assert_eq!(found.by, By::Code);
        assert_eq!(names(&found), ["oss", "s3", "cos", "ks3"].map(|id| (id, "NoSuchBucket")));
        assert_eq!(names(&look_up("NoSuchBucket", Some("ks3"))), [("ks3", "NoSuchBucket")]);
        assert!(!found.is_decided());
    }

    #[test]
    fn numbers_are_found_with_what_they_mean_to_others() {
        assert_eq!(names(&look_up("-97", None)), [("cos", "-97")]);
        assert_eq!(names(&look_up("-61", None)), [("cos", "-61"), ("cos", "-61")]);
        assert_eq!(names(&look_up("631", None)), [("kodo", "631"), ("cos", "631")]);
        let found = look_up("0002-00000040", None);
        assert_eq!((found.by, found.hits[0].entry.ec.as_deref()), (By::Ec, Some("0002-00000040")));
        let found = look_up("409", None);
        assert_eq!((found.by, found.hits.len()), (By::Status, 0));
        assert!(found.of_status.iter().any(|entry| entry.name() == "BucketNotEmpty"));
        let found = look_up("403", None);
        assert_eq!(names(&found), [("kodo", "403"), ("cos", "403")]);
        assert!(found.of_status.iter().any(|entry| entry.provider == "oss" && entry.name() == "AccessDenied"));
    }

    #[test]
    fn a_message_is_found_with_its_values() {
        let found = look_up("token expired 25201 seconds ago", None);
        assert_eq!(found.by, By::Message);
        assert_eq!(found.hits[0].values, [("seconds".to_owned(), "25201".to_owned())]);
        let found = look_up("You are denied by bucket referer policy", None);
        assert_eq!(found.hits[0].entry.messages, ["You are denied by bucket referer policy."]);
    }

    #[test]
    fn a_piece_of_a_message_is_enough() {
        let found = look_up("The request signature we calculated does not match the signature you provided", Some("oss"));
        assert_eq!((found.by, names(&found)), (By::Message, vec![("oss", "SignatureDoesNotMatch")]));
        // As short a piece stands in many.
        assert_ne!(look_up("the signature", None).by, By::Message);
    }

    #[test]
    fn a_code_is_found_in_a_sentence() {
        for (text, provider, name) in [
            ("java sdk 上传报错 {\"error\":\"bad token\"} 怎么办", "kodo", "401"),
            ("uploading gives me -97 ERROR_PROXY_AUTH_FAILED, what now?", "cos", "-97"),
            ("错误码 -96 是什么意思", "cos", "-96"),
            ("help! EC 0002-00000504 on every request", "oss", "RequestTimeTooSkewed"),
            ("I always get InvalidAccessKeyId.NotFound from sts", "oss", "InvalidAccessKeyId.NotFound"),
            ("status code 612 when deleting", "kodo", "612"),
        ] {
            let found = look_up(text, None);
            assert_eq!(found.by, By::Contained, "{text}");
            assert_eq!(names(&found)[0], (provider, name), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_gives_what_comes_nearest() {
        let found = look_up("SignatureDoesNotMach", None);
        assert_eq!((found.by, found.is_known()), (By::Nearest, false));
        assert_eq!(names(&found), ["oss", "s3", "cos", "ks3"].map(|id| (id, "SignatureDoesNotMatch")));
        assert_eq!(look_up("上传凭证过期了怎么办", None).hits[0].entry.provider, "kodo");
    }

    #[test]
    fn an_answer_is_found_by_number_then_message_then_code() {
        let found =
            answered("<Error><Code>AccessDenied</Code><Message>Request has expired.</Message><EC>0002-00000069</EC></Error>");
        assert_eq!((found.hits[0].entry.provider, found.hits[0].entry.ec.as_deref()), ("oss", Some("0002-00000069")));
        assert!(found.is_decided());
        let found = answered("<Error><Code>AccessDenied</Code><Message>Access denied by bucket policy.</Message></Error>");
        assert_eq!(found.hits[0].entry.messages, ["Access denied by bucket policy."]);
        let found = answered("<Error><Code>AccessDenied</Code><Message>Something new</Message><TraceId>x</TraceId></Error>");
        assert_eq!((found.hits[0].entry.provider, found.hits[0].entry.is_general()), ("cos", true));
        let found = answered("{\"error\":\"incorrect region, please use up-z2.qiniup.com, bucket is: photos\"}");
        assert_eq!((names(&found)[0], found.by), (("kodo", "400"), By::Message));
        let found = answered("HTTP/1.1 409 Conflict\nx-amz-request-id: 1\n\nconflict");
        assert_eq!((found.by, found.of_status.iter().all(|entry| entry.provider == "s3")), (By::Status, true));
        let found = answered("{\"code\":-61,\"message\":\"ERROR_PROXY_SIGN_BUCKET_NOTMATCH\"}");
        assert_eq!(found.hits[0].entry.messages, ["ERROR_PROXY_SIGN_BUCKET_NOTMATCH"]);
        let found = answered("<Error><Code>Request has expired</Code><TraceId>x</TraceId></Error>");
        assert_eq!(names(&found)[0], ("cos", "AccessDenied"));
        let found = answered("<Error><Code>NoSuchBuket</Code></Error>");
        assert_eq!((found.by, names(&found)[0].1), (By::Nearest, "NoSuchBucket"));
    }

    #[test]
    fn any_text_is_looked_up_without_harm() {
        for text in ["", " ", "{", "}", "{}", "<", "é", "\u{0}", "-", "0", "99999", "签", "\"", "a{b}c"] {
            assert!(look_up(text, None).hits.len() <= 30, "{text}");
        }
        let long = "bad token 签名 ".repeat(20_000);
        assert_eq!(look_up(&long, None).by, By::Contained);
    }
}

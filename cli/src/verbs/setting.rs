//! What the options and the surroundings mean to every verb.

use crate::{
    args::{self, Color, Common, Format, Lang},
    input::{self, Input, Kind, Read, Source},
    report::{Mask, covered, curl::Curl, redact::HideBeside, text::Canvas, visible::on_one_line, wrap::Paint},
    secrets::{self, Found, Need, Offered, Prompt, Wanted},
    text::{Words, locale, words},
    trouble::{Note, SecretSource, Trouble},
};
use anstream::{AutoStream, ColorChoice};
use countersign::{
    Addressing, Claim, Hints, SecretKey, Subject, Timestamp,
    providers::{self, Among},
    wire::url::Url,
};
use countersign_capture::Candidate;
use serde::Serialize;
use std::{
    cell::RefCell,
    io::{self, IsTerminal, Write},
    path::Path,
    time::SystemTime,
};

/// The options common to all verbs, with their defaults filled in.
#[derive(Clone, Copy)]
pub struct Setting<'c> {
    pub common: &'c Common,
    /// Where the verb takes a secret from, if it takes one.
    pub secret: Option<&'c args::Secret>,
    pub lang: Lang,
    pub words: &'static dyn Words,
    /// The clock to judge by.
    pub at: Timestamp,
    /// Where notes are kept until it is known what is private in them; nothing is said in full then.
    pub kept: Option<&'c RefCell<Vec<Note>>>,
    /// The form of what is said on standard error.
    pub log: Format,
}

/// How much something matters that is said beside the answer.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Note,
    Warning,
    Error,
}

/// Columns where the terminal does not tell.
const WIDTH: usize = 100;

impl<'c> Setting<'c> {
    pub fn new(common: &'c Common, secret: Option<&'c args::Secret>) -> Self {
        let lang = common.lang.unwrap_or_else(|| locale::language(&secrets::process_variables));
        Self { common, secret, lang, words: words(lang), at: common.at.unwrap_or_else(now), kept: None, log: Format::Text }
    }

    /// The same for a verb that keeps a log on standard error, in the form of its output.
    pub fn logging(self) -> Self {
        Self { log: self.common.format, ..self }
    }

    /// Where reports are drawn.
    pub fn canvas(&self) -> Canvas<'static> {
        let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = width.or_else(terminal).filter(|width| *width > 0).unwrap_or(WIDTH);
        Canvas { words: self.words, width, paint: self.paint(&io::stdout()) }
    }

    fn paint(&self, stream: &impl anstream::stream::RawStream) -> Paint {
        let is_on = match self.common.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => AutoStream::choice(stream) != ColorChoice::Never,
        };
        Paint { is_on }
    }

    /// Says something beside the answer.
    pub fn note(&self, note: &Note) {
        match self.kept {
            Some(kept) => kept.borrow_mut().push(note.clone()),
            None => self.say(note),
        }
    }

    /// Says what was kept, with what is private in it hidden.
    pub fn say_kept(&self, mask: &mut Mask) {
        for mut note in self.kept.map(RefCell::take).unwrap_or_default() {
            mask.note(&mut note);
            self.say(&note);
        }
    }

    fn say(&self, note: &Note) {
        let level = match note {
            Note::OpenToOthers(_)
            | Note::BlankInSecret(_)
            | Note::MarkInSecret(_)
            | Note::LinesInSecret(_)
            | Note::DoubleSlash
            | Note::NoBareSecret(_)
            | Note::OtherId { .. }
            | Note::Over(_)
            | Note::Unescaped
            | Note::CallbackProblem(_) => Level::Warning,
            Note::Captured(
                countersign_capture::Note::SecretInCommand(_)
                | countersign_capture::Note::BareAmpersand
                | countersign_capture::Note::UnclosedQuote,
            ) => Level::Warning,
            _ => Level::Note,
        };
        self.tell(level, &self.words.note(note), None);
    }

    /// Says what is worth changing, and how.
    pub fn warn(&self, text: &str, help: &str) {
        self.tell(Level::Warning, text, Some(help).filter(|help| !help.is_empty()));
    }

    /// Says what stands for something else in a command.
    pub fn placeholders(&self, curl: &Curl) {
        for placeholder in &curl.placeholders {
            self.note(&Note::StandsFor(*placeholder));
        }
    }

    /// Says why there is no answer.
    pub fn complain(&self, trouble: &Trouble) {
        self.tell(Level::Error, &self.fact(trouble), self.words.remedy(trouble).as_deref());
    }

    /// Writes to standard error; if that is closed, there is nobody to tell.
    fn tell(&self, level: Level, text: &str, help: Option<&str>) {
        let (text, help) = (self.covered(text), help.map(|help| self.covered(help)));
        let told = match self.log {
            Format::Json => one_line(&Logged { time: now().to_string(), level, message: &text, help: help.as_deref() }),
            Format::Text => {
                let labels = self.words.labels();
                let paint = self.paint(&io::stderr());
                let label = match level {
                    Level::Note => paint.strong(labels.note),
                    Level::Warning => paint.doubtful(labels.warning),
                    Level::Error => paint.bad(labels.error),
                };
                let line = |label: &str, text: &str| format!("{label}{}{}", labels.colon, on_one_line(text));
                let help = help.map(|help| format!("\n{}", line(&paint.strong(labels.help), &help)));
                line(&label, &text) + &help.unwrap_or_default()
            }
        };
        let _ = writeln!(io::stderr(), "{told}");
    }

    /// Says that it waits for somebody to type.
    pub fn note_if_waiting(&self, name: &Path) {
        if name.as_os_str() == "-" && io::stdin().is_terminal() {
            self.note(&Note::Reading);
        }
    }

    /// What keeps it from answering. Of what may be posted, nothing is quoted that could be private.
    fn fact(&self, trouble: &Trouble) -> String {
        let fact = self.words.trouble(trouble);
        if self.kept.is_some() { Mask::default().sentence(&fact) } else { fact }
    }

    /// The same as a part of an answer.
    pub fn complaint(&self, trouble: &Trouble) -> String {
        let labels = self.words.labels();
        let line = |label: &str, text: &str| format!("{label}{}{}\n", labels.colon, on_one_line(&self.covered(text)));
        let remedy = self.words.remedy(trouble).map(|remedy| line(labels.help, &remedy));
        line(labels.error, &self.fact(trouble)) + &remedy.unwrap_or_default()
    }

    /// A text without any secret that is known.
    pub fn covered(&self, text: &str) -> String {
        covered(text, &secrets::known(self.secret, &secrets::process_variables))
    }

    /// Reads everything the input holds, or the one request that is asked for.
    pub fn inputs(&self, name: &Path, url: Option<&args::Url>, pick: &args::Pick) -> Result<Read, Trouble> {
        let mut read = self.read(name)?;
        let count = read.inputs.len();
        if let Some(number) = pick.request {
            let source = read.inputs.first().map_or(Source::Argument, |first| first.source.clone());
            let chosen = number.checked_sub(1).filter(|at| *at < count).map(|at| read.inputs.swap_remove(at));
            read.inputs = vec![chosen.ok_or(Trouble::NoSuchRequest(source, number, count))?];
        }
        let host = self.common.host.as_deref();
        read.inputs = read.inputs.into_iter().map(|input| input.with(url, host)).collect::<Result<_, _>>()?;
        Ok(read)
    }

    fn read(&self, name: &Path) -> Result<Read, Trouble> {
        self.note_if_waiting(name);
        let read = input::read(name, self.common.scheme.as_deref().and_then(providers::scheme))?;
        for note in &read.notes {
            self.note(&Note::Captured(note.clone()));
        }
        Ok(read)
    }

    /// The same with the clock that is kept with an input, and what is to be said of it. An option goes before it,
    /// and the clock of the server before that of the client.
    pub fn by_clock_of(&self, input: &Input, answered: Option<Timestamp>) -> (Self, Option<Note>) {
        let answered = answered.or(input.answer.as_ref().and_then(|answer| answer.date));
        let (at, note) = match (self.common.at, answered, input.sent) {
            (None, Some(time), _) => (time, Note::ClockOfAnswer(time)),
            (None, None, Some(time)) => (time, Note::ClockOfClient(time)),
            _ => return (*self, None),
        };
        (Self { at, ..*self }, Some(note))
    }

    /// What is known of the bucket beside the request.
    pub fn place(&self, input: &Input) -> Result<Place, Trouble> {
        let mut place = Place { bucket: self.common.bucket.clone(), addressing: self.common.addressing.map(|place| place.0) };
        if let (Some(endpoint), Kind::Request | Kind::Url) = (&self.common.endpoint, input.kind) {
            let request = input.request()?;
            let host = host_name(&String::from_utf8_lossy(&request.host().unwrap_or_default())).to_ascii_lowercase();
            let endpoint = host_name(endpoint).to_ascii_lowercase();
            if host == endpoint {
                let segment = request.path().split(|byte| *byte == b'/').nth(1).unwrap_or_default();
                place.fill(&String::from_utf8_lossy(segment), Addressing::Path);
            } else if let Some(bucket) = host.strip_suffix(&endpoint).and_then(|front| front.strip_suffix('.')) {
                place.fill(bucket, Addressing::VirtualHost);
            } else {
                self.note(&Note::ForeignHost { host, endpoint });
                place.addressing = place.addressing.or(Some(Addressing::CustomDomain));
            }
        }
        // A form says nothing of where it goes; the request it came in does.
        if let (None, Some(bucket)) = (&place.bucket, input.bucket_of_form()?) {
            place.bucket = Some(bucket);
        }
        Ok(place)
    }

    /// What the request does not say.
    pub fn hints<'a>(&'a self, place: &'a Place) -> Hints<'a> {
        Hints {
            bucket: place.bucket.as_deref(),
            addressing: place.addressing,
            region: self.common.region.as_deref(),
            service: self.common.service.as_deref(),
            endpoint: self.common.endpoint.as_deref(),
            ..Hints::NONE
        }
    }

    /// The schemes to look for.
    pub fn among(&self) -> Result<Among<'_>, Trouble> {
        match (&self.common.scheme, &self.common.provider) {
            (Some(scheme), Some(provider)) => match providers::scheme(scheme) {
                Some(found) if found.provider() != provider => {
                    Err(Trouble::OtherProvider { scheme: scheme.clone(), provider: provider.clone(), own: found.provider() })
                }
                _ => Ok(Among::Scheme(scheme)),
            },
            (Some(scheme), None) => Ok(Among::Scheme(scheme)),
            (None, Some(provider)) => Ok(Among::Provider(provider)),
            (None, None) => Ok(Among::All),
        }
    }

    /// The claim the input carries, which comes from `source`.
    pub fn claim<'a>(&self, subject: &Subject<'a>, hints: &Hints<'a>, source: &Source) -> Result<Claim<'a>, Trouble> {
        let header = |name| subject.request().and_then(|request| request.header_value(name));
        let read = |among| providers::read(subject, hints, among);
        if let Some(claim) = read(self.among()?).map_err(|error| Trouble::Claim(error.into()))? {
            return Ok(claim);
        }
        let asked = self.common.scheme.as_ref().or(self.common.provider.as_ref());
        match (asked, read(Among::All)) {
            (Some(asked), Ok(Some(other))) => Err(Trouble::OtherScheme(asked.clone(), other.scheme.id())),
            _ => Err(match (first_word(subject), header("authorization")) {
                _ if header("x-oss-pub-key-url").is_some() => Trouble::Callback(source.clone()),
                (None, Some(_)) => Trouble::NoScheme,
                (word, _) => Trouble::NoSignature(word),
            }),
        }
    }

    /// The secrets to try.
    pub fn secrets(
        &self,
        args: &args::Secret,
        source: &Source,
        provider: &str,
        id: Option<&str>,
        need: Need,
        fits: &dyn Fn(&SecretKey) -> bool,
    ) -> Result<Vec<Found>, Trouble> {
        self.secrets_beside(args, source, provider, id, need, fits, &mut Vec::new())
    }

    /// The secrets to try, and those that stand in the input itself. With one of them nobody is asked for another.
    #[expect(clippy::too_many_arguments, reason = "each comes from somewhere else")]
    pub fn secrets_beside(
        &self,
        args: &args::Secret,
        source: &Source,
        provider: &str,
        id: Option<&str>,
        need: Need,
        fits: &dyn Fn(&SecretKey) -> bool,
        own: &mut Vec<Candidate>,
    ) -> Result<Vec<Found>, Trouble> {
        let need = if own.is_empty() { need } else { Need::Optional };
        let labels = self.words.labels();
        let question = if need == Need::Required { labels.prompt } else { labels.optional_prompt };
        let prompt = Prompt { question, again: labels.prompt_again, ask: &secrets::hidden, fits };
        let prompt = (own.is_empty() && secrets::can_prompt(*source == Source::StandardInput)).then_some(prompt);
        // The key of a CDN domain has no id.
        let id = id.filter(|id| !id.is_empty());
        let mut notes = Vec::new();
        let found = secrets::find(args, &Wanted { provider, id, need, prompt }, &secrets::process_variables, &mut notes);
        for note in &notes {
            self.note(note);
        }
        let own = own.drain(..).map(|Candidate { id, secret }| Found {
            id: Some(id),
            secret,
            token: None,
            source: SecretSource::Command,
        });
        found.map(|found| found.into_iter().chain(own).collect())
    }

    /// Says which of several secrets gives the signature: whoever offered them does not know.
    pub fn name_secret(&self, offered: &[Offered], right: Option<usize>) {
        match right.and_then(|index| offered.get(index)) {
            Some(one) if right > Some(0) => self.note(&Note::RightSecret(one.source.clone(), one.print.clone())),
            None if offered.len() > 1 => self.note(&Note::NoSecretFits(offered.len())),
            _ => {}
        }
    }
}

/// A line of a log.
#[derive(Serialize)]
struct Logged<'l> {
    time: String,
    level: Level,
    message: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'l str>,
}

/// What is known of the bucket beside the request.
pub struct Place {
    bucket: Option<String>,
    addressing: Option<Addressing>,
}

impl Place {
    /// What the endpoint tells, unless an option says otherwise.
    fn fill(&mut self, bucket: &str, addressing: Addressing) {
        if self.bucket.is_none() && !bucket.is_empty() {
            self.bucket = Some(bucket.to_owned());
        }
        self.addressing = self.addressing.or(Some(addressing));
    }
}

/// JSON on one line, for whoever reads a log.
pub fn one_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The clock, read once.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// A host name without transport, port and final slash, as given in an option or a header.
fn host_name(text: &str) -> &str {
    let text = text.trim();
    match Url::parse(text.as_bytes()) {
        Ok(url) => without_port(url.authority),
        Err(_) => without_port(text.trim_end_matches('/')),
    }
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// The word an `Authorization` header starts with. What stands alone is no word, and may be a secret.
fn first_word(subject: &Subject<'_>) -> Option<String> {
    let value = subject.request()?.header_value("authorization")?;
    let Some(end) = value.iter().position(|byte| *byte == b' ') else {
        // `bce-auth-v1/id/...`: no secret begins like this.
        let (word, _) = value.split_at_checked(value.iter().position(|byte| *byte == b'/')?)?;
        let is_word = word.contains(&b'-') && word.iter().all(|byte| byte.is_ascii_lowercase() || b"-0123456789".contains(byte));
        return (is_word && word.len() <= 20).then(|| String::from_utf8_lossy(word).into_owned());
    };
    let word = value.get(..end)?;
    let is_word = word.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (is_word && word.len() <= 40).then(|| String::from_utf8_lossy(word).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign::Request;

    #[test]
    fn an_endpoint_may_be_given_as_host_or_url() {
        for text in ["minio.example.com", "https://minio.example.com:9000/", "minio.example.com:9000", "http://minio.example.com"]
        {
            assert_eq!(host_name(text), "minio.example.com", "{text}");
        }
        assert_eq!(host_name("[::1]:9000"), "[::1]");
    }

    #[test]
    fn only_a_word_before_a_blank_is_shown() {
        let word = |value: &str| first_word(&Request::new("GET", "http://h/").unwrap().header("Authorization", value).into());
        assert_eq!(word("AWS9-HMAC x"), Some("AWS9-HMAC".to_owned()));
        assert_eq!(word("madeUpTokenAlone"), None);
        assert_eq!(word("made/Up+Token= x"), None);
        assert_eq!(word("bce-auth-v1/madeUpId/2026-11-30T19:00:00Z/1800/host/ab"), Some("bce-auth-v1".to_owned()));
        assert_eq!(word("madeUp/Secret"), None);
    }
}

//! The request a command sends: of `curl`, and of `wget` and HTTPie by what `curl` would send.

mod form;
mod options;
mod others;
mod words;

use crate::{
    Candidate, Note, Origin, http,
    note::Decoration,
    request::{Body, Head, Request, split_url},
    sent::Habit,
    walk::Out,
};
use countersign::{
    SecretKey,
    wire::{percent, url::Transport},
};
use form::Part;
use options::Argument;
use std::borrow::Cow;

/// Reads the command in the first line of `text`, if there is one; gives the bytes it takes.
pub(crate) fn command(text: &[u8], out: &mut Out) -> Option<usize> {
    let (first, _) = http::line(text);
    let (client, at) = client(first)?;
    let mut notes = Vec::new();
    // Between backticks, as Markdown shows it in a sentence, it ends with the second.
    let inline =
        (at > 0 && first.get(at - 1) == Some(&b'`')).then(|| first.get(at..)?.iter().position(|byte| *byte == b'`')).flatten();
    let rest = match inline {
        Some(end) => text.get(at..at + end)?,
        None => text.get(at..)?,
    };
    let straightened = straightened(rest, &mut notes);
    let split = words::split(&straightened);
    let jobs = match client {
        Client::Curl => jobs(split.words),
        Client::Wget => vec![others::wget(split.words)],
        Client::Httpie => vec![others::httpie(split.words, input(straightened.get(..split.used).unwrap_or_default()))],
    };
    if !jobs.iter().any(Job::is_sensible) {
        return None;
    }
    notes.extend(split.variables.into_iter().map(Note::Variable));
    if split.is_open {
        notes.push(Note::UnclosedQuote);
    }
    if split.has_bare_ampersand {
        notes.push(Note::BareAmpersand);
    }
    out.notes.append(&mut notes);
    for job in jobs {
        job.finish(out);
    }
    // Straightened quotes are shorter: what the command takes is counted in lines.
    let taken = straightened.get(..split.used).unwrap_or_default();
    if split.used >= straightened.len() {
        return Some(at + rest.len());
    }
    let ends = taken.iter().filter(|byte| **byte == b'\n').count();
    Some(text.split_inclusive(|byte| *byte == b'\n').take(ends.max(1)).map(<[u8]>::len).sum())
}

/// Whether a line starts a command.
pub(crate) fn starts(line: &[u8]) -> bool {
    start(line, "curl").is_some_and(|at| {
        let rest = line.get(at..).unwrap_or_default();
        http::find(rest, b"://").is_some() || http::find(rest, b" -").is_some()
    })
}

/// The file that a shell hands to a command.
fn input(command: &[u8]) -> Option<String> {
    let name = command.get(http::find(command, b" <")? + 2..)?.trim_ascii_start();
    let name = name.split(|byte| byte.is_ascii_whitespace()).next()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

/// Whose command a line is, and where it begins.
fn client(line: &[u8]) -> Option<(Client, usize)> {
    let named = |client, word| start(line, word).map(|at| (client, at));
    named(Client::Curl, "curl").or_else(|| named(Client::Wget, "wget")).or_else(|| {
        // In prose `http` is no command.
        let (client, at) = named(Client::Httpie, "http").or_else(|| named(Client::Httpie, "https"))?;
        let before = line.get(..at)?.trim_ascii();
        before.last().is_none_or(|last| b"$#%>".contains(last)).then_some((client, at))
    })
}

/// Where the name of a command stands: first in the line, or behind a prompt or a few words.
fn start(line: &[u8], name: &str) -> Option<usize> {
    const FURTHEST: usize = 200;
    let mut from = 0;
    loop {
        let at = from + http::find(line.get(from..)?, name.as_bytes())?;
        let (before, rest) = line.split_at_checked(at)?;
        let rest = rest.get(name.len()..)?;
        let rest = http::strip(rest, ".exe").unwrap_or(rest);
        let is_word = before.last().is_none_or(|byte| byte.is_ascii_whitespace() || b"/\\$#%>`(:".contains(byte));
        if is_word && rest.first().is_some_and(|next| next.is_ascii_whitespace() || *next == b'^' || *next == 0xc2) {
            return Some(at);
        }
        from = at + name.len();
        if from > FURTHEST {
            return None;
        }
    }
}

/// Quotes as typographers like them made plain, where there are no plain ones.
fn straightened<'t>(text: &'t [u8], notes: &mut Vec<Note>) -> Cow<'t, [u8]> {
    const CURLY: [(&str, u8); 4] = [("\u{2018}", b'\''), ("\u{2019}", b'\''), ("\u{201c}", b'"'), ("\u{201d}", b'"')];
    let (line, _) = http::line(text);
    let is_curly = CURLY.iter().any(|(quote, _)| http::find(line, quote.as_bytes()).is_some());
    if !is_curly || line.contains(&b'\'') || line.contains(&b'"') {
        return Cow::Borrowed(text);
    }
    notes.push(Note::Undecorated(Decoration::CurlyQuotes));
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, tail)) = rest.split_first() {
        match CURLY.iter().find(|(quote, _)| *byte == 0xe2 && rest.starts_with(quote.as_bytes())) {
            Some((quote, plain)) => {
                out.push(*plain);
                rest = rest.get(quote.len()..).unwrap_or_default();
            }
            None => {
                out.push(*byte);
                rest = tail;
            }
        }
    }
    Cow::Owned(out)
}

/// The most URLs of a command that are looked at: each is sent with all the headers.
const MOST_URLS: usize = 20;

/// What is to be sent as the body.
enum Data {
    Bytes(Vec<u8>),
    /// From a file.
    File(String),
    /// Put together of pieces.
    Unknown,
}

/// Whose command it is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Client {
    #[default]
    Curl,
    Wget,
    Httpie,
}

impl Client {
    /// What it makes of a URL, and its name.
    fn habit(self) -> (Habit, &'static str) {
        match self {
            Self::Curl => (Habit::Curl, "curl"),
            Self::Wget => (Habit::Wget, "wget"),
            // It is written with requests.
            Self::Httpie => (Habit::Requests, "http"),
        }
    }
}

/// One request, or several to different URLs. Has no `Debug`: a secret may stand in it.
#[derive(Default)]
struct Job {
    client: Client,
    /// Whether HTTPie sends a form, and no JSON.
    form: bool,
    /// Whether HTTPie guesses the type by the name of a file.
    guesses: bool,
    method: Option<String>,
    urls: Vec<Vec<u8>>,
    headers: Vec<Vec<u8>>,
    data: Vec<Data>,
    query: Vec<Vec<u8>>,
    json: bool,
    parts: Vec<Part>,
    upload: Option<String>,
    get: bool,
    head: bool,
    path_as_is: bool,
    target: Option<Vec<u8>>,
    user: Option<Vec<u8>>,
    sigv4: Option<String>,
    /// Headers `curl` writes for other options.
    own: Vec<(&'static str, Vec<u8>)>,
    notes: Vec<Note>,
}

/// The requests of a command; `--next` parts them.
fn jobs(words: Vec<Vec<u8>>) -> Vec<Job> {
    let mut all = vec![Job::default()];
    for argument in options::arguments(words.into_iter().skip(1).collect()) {
        if matches!(&argument, Argument::Option(name, _) if name == "next") {
            all.push(Job::default());
        } else if let Some(job) = all.last_mut() {
            job.take(argument);
        }
    }
    all
}

impl Job {
    /// Whether there is something to send it to. Prose about `curl` has none.
    fn is_sensible(&self) -> bool {
        !self.urls.is_empty()
    }

    fn take(&mut self, argument: Argument) {
        let (name, value) = match argument {
            Argument::Option(name, value) => (name, value),
            Argument::Plain(word) => return self.url(word),
        };
        let text = || String::from_utf8_lossy(&value).into_owned();
        match name.as_str() {
            "url" => self.url(value),
            "request" => self.method = Some(text()),
            "header" => self.headers.push(value),
            "data" | "data-ascii" | "data-binary" => self.data.push(data(&value)),
            "data-raw" => self.data.push(Data::Bytes(value)),
            "json" => {
                self.json = true;
                self.data.push(data(&value));
            }
            "data-urlencode" => self.data.push(encoded(&value)),
            "url-query" => {
                let raw = value.strip_prefix(b"+").map(<[u8]>::to_vec);
                match raw.map(Data::Bytes).unwrap_or_else(|| encoded(&value)) {
                    Data::Bytes(bytes) => self.query.push(bytes),
                    Data::File(name) => self.notes.push(Note::BodyInFile(name)),
                    Data::Unknown => {}
                }
            }
            "form" => self.parts.extend(Part::parse(&value, &mut self.notes)),
            "form-string" => self.parts.extend(Part::plain(&value)),
            "upload-file" => self.upload = Some(text()),
            "get" => self.get = true,
            "head" => self.head = true,
            "path-as-is" => self.path_as_is = true,
            "request-target" => self.target = Some(value),
            "user" => self.user = Some(value),
            "aws-sigv4" => self.sigv4 = Some(text()),
            "oauth2-bearer" => self.own.push(("Authorization", [b"Bearer ", value.as_slice()].concat())),
            "user-agent" => self.own.push(("User-Agent", value)),
            "referer" => self.own.push(("Referer", value)),
            "range" => self.own.push(("Range", [b"bytes=", value.as_slice()].concat())),
            // Without `=` it is the name of a file.
            "cookie" if value.contains(&b'=') => self.own.push(("Cookie", value)),
            _ => {}
        }
    }

    fn url(&mut self, word: Vec<u8>) {
        let host = word.split(|byte| *byte == b'/').next().unwrap_or_default();
        let is_host = host.contains(&b'.') || host.starts_with(b"localhost") || host.starts_with(b"$");
        if http::is_url(&word) {
            self.urls.push(word);
        } else if is_host && !word.starts_with(b".") && !host.ends_with(b".") {
            self.notes.push(Note::HttpAssumed);
            self.urls.push([b"http://", word.as_slice()].concat());
        }
    }

    fn finish(mut self, out: &mut Out) {
        out.notes.append(&mut self.notes);
        if let Some(parameters) = self.sigv4.take() {
            if let Some((id, secret)) = self.user.take().as_deref().and_then(pair) {
                out.notes.push(Note::SecretInCommand(shown(id.as_str())));
                out.secrets.push(Candidate { id, secret });
            }
            out.notes.push(Note::SignedByCurl(parameters));
        }
        for url in self.urls.iter().take(MOST_URLS) {
            if let Some(request) = self.request(url, out) {
                out.request(request, Origin::Curl);
            }
        }
    }

    fn request(&self, url: &[u8], out: &mut Out) -> Option<Request> {
        let (mut target, authority, transport) = split_url(url)?;
        if !self.path_as_is {
            let (habit, name) = self.client.habit();
            target = out.sent(habit, name, target);
        }
        let notes = &mut out.notes;
        self.append_name(&mut target);
        let body = self.body(notes);
        let queries = self.query.iter().map(Vec::as_slice).chain(if self.get { body_bytes(&body) } else { None });
        for query in queries {
            target.push(if target.contains(&b'?') { b'&' } else { b'?' });
            target.extend_from_slice(query);
        }
        let is_query = self.get && body.is_some();
        let body = body.filter(|_| !is_query);
        let method = self.method.clone().unwrap_or_else(|| self.own_method(body.is_some()).to_owned());
        let mut head = Head::new(&method, self.target.clone().unwrap_or(target));
        self.fields(&mut head, &authority, body.as_ref(), notes);
        let transport = Some(transport).filter(|transport| *transport != Transport::Rtmp);
        let body = match body {
            Some(Data::Bytes(bytes)) => Body::Bytes(bytes),
            Some(Data::File(name)) => {
                notes.push(Note::BodyInFile(name));
                Body::Unknown
            }
            Some(Data::Unknown) => {
                notes.push(Note::BodyMissing(None));
                Body::Unknown
            }
            None => Body::Bytes(Vec::new()),
        };
        Some(Request { head: head.write(), body, transport })
    }

    /// A file that is sent to a folder takes its own name.
    fn append_name(&self, target: &mut Vec<u8>) {
        let Some(file) = self.upload.as_deref().filter(|_| target.ends_with(b"/") && !target.contains(&b'?')) else { return };
        let name = file.rsplit('/').next().unwrap_or(file);
        if name != "-" && name != "." {
            percent::encode(name.as_bytes(), &percent::UNRESERVED, target);
        }
    }

    fn own_method(&self, has_body: bool) -> &'static str {
        if self.head {
            "HEAD"
        } else if self.upload.is_some() {
            "PUT"
        } else if has_body {
            "POST"
        } else {
            "GET"
        }
    }

    /// The body; `None` where nothing is sent.
    fn body(&self, notes: &mut Vec<Note>) -> Option<Data> {
        if let Some(file) = &self.upload {
            return Some(Data::File(file.clone()));
        }
        if !self.parts.is_empty() {
            return Some(Data::Bytes(form::body(&self.parts)));
        }
        let mut all = Vec::new();
        for (at, data) in self.data.iter().enumerate() {
            match data {
                Data::File(name) => {
                    notes.extend((self.data.len() > 1).then(|| Note::BodyInFile(name.clone())));
                    return Some(Data::File(name.clone()));
                }
                Data::Unknown => return Some(Data::Unknown),
                Data::Bytes(bytes) => {
                    if at > 0 && !self.json {
                        all.push(b'&');
                    }
                    all.extend_from_slice(bytes);
                }
            }
        }
        (!self.data.is_empty()).then_some(Data::Bytes(all))
    }

    /// The header fields in the order `curl` writes them. One of its own gives way to one that is given.
    fn fields(&self, head: &mut Head, authority: &str, body: Option<&Data>, notes: &mut Vec<Note>) {
        let given: Vec<_> = self.headers.iter().filter_map(|line| header(line)).collect();
        let is_given = |name: &str| given.iter().any(|(own, _)| own.eq_ignore_ascii_case(name.as_bytes()));
        let host = given.iter().find(|(name, _)| name.eq_ignore_ascii_case(b"host"));
        match host {
            Some((_, Some(host))) => head.add("Host", host),
            Some((_, None)) => {}
            None => head.add("Host", authority),
        }
        if let Some(user) = self.user.as_deref().filter(|_| !is_given("authorization")) {
            use base64::Engine;
            let pair = base64::engine::general_purpose::STANDARD.encode(user);
            head.add("Authorization", format!("Basic {pair}"));
        }
        for (name, value) in self.own.iter().filter(|(name, _)| !is_given(name)) {
            head.add(name, value);
        }
        if self.json && !is_given("accept") {
            head.add("Accept", "application/json");
        } else if !is_given("accept") {
            head.add("Accept", "*/*");
        }
        for (name, value) in given.iter().filter(|(name, _)| !name.eq_ignore_ascii_case(b"host")) {
            if let Some(value) = value {
                head.add(name, value);
            }
        }
        if let Some(Data::Bytes(bytes)) = body.filter(|_| !is_given("content-length") && !is_given("transfer-encoding")) {
            head.add("Content-Length", bytes.len().to_string());
        }
        let media = match body {
            _ if is_given("content-type") => None,
            Some(_) if !self.parts.is_empty() => Some(format!("multipart/form-data; boundary={}", form::BOUNDARY)),
            Some(Data::File(_)) if self.guesses => {
                notes.push(Note::TypeNotNamed);
                None
            }
            None if self.client == Client::Httpie && self.json => Some("application/json".to_owned()),
            Some(_) if self.json || (self.client == Client::Httpie && !self.form) => Some("application/json".to_owned()),
            Some(_) if self.client == Client::Httpie => Some("application/x-www-form-urlencoded; charset=utf-8".to_owned()),
            Some(_) if self.upload.is_none() => Some("application/x-www-form-urlencoded".to_owned()),
            _ => None,
        };
        if let Some(media) = media {
            match self.client {
                Client::Curl if self.parts.is_empty() && !self.json => notes.push(Note::TypeByCurl(media.clone())),
                Client::Curl => {}
                Client::Wget => notes.push(Note::TypeByClient("wget", media.clone())),
                Client::Httpie => notes.push(Note::TypeByClient("http", media.clone())),
            }
            head.add("Content-Type", media);
        }
    }
}

/// The bytes of a body that is known, for a query.
fn body_bytes(body: &Option<Data>) -> Option<&[u8]> {
    match body {
        Some(Data::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

/// A header of `-H`; without a value it takes away one of `curl`'s own, with a semicolon it is empty.
fn header(line: &[u8]) -> Option<(&[u8], Option<&[u8]>)> {
    let trimmed = line.trim_ascii();
    if let Some(name) = trimmed.strip_suffix(b";").filter(|name| !name.contains(&b':')) {
        return Some((name, Some(b"")));
    }
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at_checked(colon)?;
    let value = value.get(1..)?;
    let value = value.strip_prefix(b" ").unwrap_or(value);
    Some((name.trim_ascii(), (!value.trim_ascii().is_empty()).then_some(value)))
}

fn data(value: &[u8]) -> Data {
    match value.strip_prefix(b"@") {
        Some(name) => Data::File(String::from_utf8_lossy(name).into_owned()),
        None => Data::Bytes(value.to_vec()),
    }
}

/// `content`, `=content`, `name=content`, `@file` and `name@file` of `--data-urlencode`.
fn encoded(value: &[u8]) -> Data {
    let mark = value.iter().position(|byte| matches!(byte, b'=' | b'@'));
    let (name, mark, content) = match mark.and_then(|at| Some((value.get(..at)?, value.get(at)?, value.get(at + 1..)?))) {
        Some((name, mark, content)) => (name, *mark, content),
        None => (&[][..], b'=', value),
    };
    if mark == b'@' {
        return Data::File(String::from_utf8_lossy(content).into_owned());
    }
    let content = percent::encoded(content, &percent::UNRESERVED);
    Data::Bytes(if name.is_empty() { content } else { [name, b"=", &content].concat() })
}

/// An id as it may be shown: who takes id and secret for each other has the secret here, which is longer than most ids.
fn shown(id: &str) -> String {
    let (front, back) = (id.get(..2), id.get(id.len().saturating_sub(2)..));
    match (front, back) {
        _ if id.len() <= LONGEST_SHOWN => id.to_owned(),
        (Some(front), Some(back)) => format!("{front}\u{2026}{back}"),
        _ => "\u{2026}".to_owned(),
    }
}

/// The length of an id of Amazon. Secrets have 30 characters and more.
const LONGEST_SHOWN: usize = 20;

/// Id and secret of `-u`.
fn pair(user: &[u8]) -> Option<(String, SecretKey)> {
    let colon = user.iter().position(|byte| *byte == b':')?;
    let (id, secret) = user.split_at_checked(colon)?;
    let secret = secret.get(1..).filter(|secret| !secret.is_empty() && !secret.starts_with(b"$"))?;
    Some((String::from_utf8_lossy(id).into_owned(), SecretKey::new(secret)))
}

#[cfg(test)]
mod tests;

//! What a call says of its request, piece by piece, and the request that comes of it.

use super::{
    above::{self, Above},
    client::Client,
    name,
    parts::Part,
    value::{Member, Value},
};
use crate::{
    Note, Origin, Thing, claim, http,
    request::{Body, Head, Request, absent_body, split_url},
    walk::Out,
};
use countersign::wire::percent::{self, UNRESERVED};

/// What a call says of its request.
#[derive(Default)]
pub(super) struct Call<'t> {
    verb: Option<Value<'t>>,
    /// The verb of a client that takes it from what else is said.
    implied: Option<&'static str>,
    url: Vec<u8>,
    /// Host and path of a URL that is given in pieces.
    host: Vec<u8>,
    path: Vec<u8>,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
    /// What has a name, and a value that is not known.
    unknown: Vec<Vec<u8>>,
    /// Whether there may be more headers.
    is_open: bool,
    body: Option<Value<'t>>,
    /// Whether the client makes JSON of the body.
    is_json: bool,
    /// Whether the lines of a list were taken as they were added to it.
    has_list: bool,
    /// Whether the URL is one of the client that was made before.
    pub(super) is_elsewhere: bool,
}

/// What makes a client for one host, or for one URL.
const BASES: [&[u8]; 4] = [b"HTTPSConnection(", b"HTTPConnection(", b"RestClientOptions(", b"RestClient("];

impl<'t> Call<'t> {
    pub(super) fn new(verb: Option<&'static str>, arguments: Vec<Member<'t>>, out: &Out) -> Self {
        let mut call = Self { verb: verb.map(|verb| Value::Text(verb.into())), ..Self::default() };
        let sends = matches!(verb, Some("PUT" | "POST" | "PATCH"));
        for (name, value) in arguments {
            let is_url = call.url.is_empty() && call.path.is_empty() && name.is_empty();
            match value {
                Value::Text(text) if is_url && http::is_url(&text) => call.url = text,
                Value::Text(text) if is_url && text.starts_with(b"/") => call.path = text,
                Value::Text(text) if is_url => call.verb = Some(Value::Text(text)),
                Value::Unknown(word) if is_url && constant(word).is_some() => call.verb = constant(word).map(Value::Text),
                Value::Unknown(variable) if is_url => call.url = address(variable, out),
                Value::Members(members) if name.is_empty() && (!sends || call.body.is_some() || has_headers(&members)) => {
                    call.take_all(members, out);
                }
                // Behind the URL stands the body, if that is what the function or the verb before it is for.
                value if name.is_empty() && call.body.is_none() && (sends || (verb.is_none() && call.verb.is_some())) => {
                    call.body = Some(value);
                }
                value => call.take(name, value, out),
            }
        }
        call
    }

    /// Whether it is known where the request goes; the pieces of a URL are put together.
    pub(super) fn has_url(&mut self, above: &Above<'_, '_>) -> bool {
        if self.url.is_empty() && self.host.is_empty() && (!self.path.is_empty() || self.is_elsewhere) {
            self.host = BASES.iter().find_map(|base| above.argument(base)).unwrap_or_default();
        }
        if self.url.is_empty() && !self.host.is_empty() {
            let transport: &[u8] = if http::is_url(&self.host) { b"" } else { b"https://" };
            self.url = [transport, &self.host, &self.path].concat();
        }
        !self.url.is_empty()
    }

    /// A request whose verb sends a body has one, though it is not known where it comes from.
    pub(super) fn sends_something(&mut self) {
        let sends = matches!(&self.verb, Some(Value::Text(verb)) if ["PUT", "POST", "PATCH"].iter().any(|own| is(verb, own)));
        if self.body.is_none() && (sends || self.implied == Some("POST")) {
            self.body = Some(Value::Unknown(b""));
        }
    }

    /// Takes the URL from elsewhere.
    pub(super) fn at(&mut self, url: Vec<u8>) {
        self.url = url;
    }

    /// Takes members by their names.
    pub(super) fn take_all(&mut self, members: Vec<Member<'t>>, out: &Out) {
        members.into_iter().for_each(|(name, value)| self.take(name, value, out));
    }

    /// Takes a value by its name.
    pub(super) fn take(&mut self, name: &'t [u8], value: Value<'t>, out: &Out) {
        if let Some(part) = Part::of(name) {
            return self.say(part, vec![(name, value)], out);
        }
        match (name, value) {
            (b"options", Value::Members(members)) => self.take_all(members, out),
            // A variable in braces has its own name.
            (b"", Value::Unknown(name)) => match name {
                b"headers" => self.opens(),
                b"params" => self.unknown.push(name.to_vec()),
                b"body" | b"data" => self.body = Some(Value::Unknown(name)),
                b"url" => self.url = address(name, out),
                // The verb is among what a variable holds, unless it was told before.
                _ if self.verb.is_none() => self.verb = Some(Value::Unknown(name)),
                _ if name.starts_with(b"...") || is_variable(name) => self.opens(),
                _ => {}
            },
            _ => {}
        }
    }

    /// Takes what is said of a part of the request.
    pub(super) fn say(&mut self, part: Part, values: Vec<Member<'t>>, out: &Out) {
        // Swift names the header behind its value.
        let is_backwards = values.get(1).is_some_and(|(name, _)| *name == b"forHTTPHeaderField");
        let count = values.len();
        let mut given = values.into_iter().map(|(_, value)| value);
        let (Some(first), second) = (given.next(), given.next()) else {
            if let Part::Named(verb) = part {
                self.verb = Some(Value::Text(verb.into()));
            }
            return;
        };
        match part {
            Part::Url => match first {
                Value::Text(url) => self.url = url,
                Value::Unknown(name) => self.url = address(name, out),
                _ => {}
            },
            Part::Host | Part::Path => {
                if let Value::Text(text) = first {
                    *(if part == Part::Host { &mut self.host } else { &mut self.path }) = text;
                }
            }
            Part::Verb => {
                let known = if let Value::Unknown(word) = first { constant(word).map(Value::Text) } else { None };
                self.verb = Some(known.unwrap_or(first));
                self.body = second.or(self.body.take());
            }
            Part::Named(verb) => {
                self.verb = Some(Value::Text(verb.into()));
                self.body = Some(first);
            }
            Part::Implied(verb) => {
                let is_off = matches!(first, Value::Unknown(b"false" | b"FALSE" | b"0"));
                self.implied = if is_off { self.implied } else { Some(verb) };
            }
            Part::Header => match second {
                Some(second) if is_backwards => self.header(second, first),
                Some(second) => self.header(first, second),
                None => self.headers(first),
            },
            Part::Line => {
                self.has_list = true;
                match second {
                    Some(Value::Text(line)) => self.lines(&line),
                    _ => self.opens(),
                }
            }
            Part::Headers if self.has_list && matches!(first, Value::Unknown(_)) => {}
            // Names and values in turns.
            Part::Headers if count > 1 && second.is_some() => {
                let mut rest = [first].into_iter().chain(second).chain(given);
                while let (Some(name), Some(value)) = (rest.next(), rest.next()) {
                    self.header(name, value);
                }
            }
            Part::Headers => self.headers(first),
            Part::Type => match first {
                Value::Typed(_, Some(media)) => self.header(Value::Text(b"Content-Type".to_vec()), Value::Text(media)),
                value => self.header(Value::Text(b"Content-Type".to_vec()), value),
            },
            Part::Params => match first {
                Value::Members(members) => self.params(members),
                _ => self.unknown.push(b"params".to_vec()),
            },
            Part::Body | Part::Json => {
                self.is_json = part == Part::Json;
                self.body = Some(first);
            }
            // The name of a file is not its content.
            Part::File => self.body = Some(Value::Unknown(b"")),
        }
    }

    fn header(&mut self, name: Value<'t>, value: Value<'t>) {
        let name = match name {
            Value::Text(name) => name,
            Value::Unknown(word) if header_constant(word).is_some() => header_constant(word).unwrap_or_default(),
            _ => return self.opens(),
        };
        match value {
            Value::Text(value) => self.headers.push((name, value)),
            _ => self.unknown.push(name),
        }
    }

    /// Headers as members, as lines in a list, or as lines in a text.
    fn headers(&mut self, value: Value<'t>) {
        match value {
            Value::Members(members) => {
                for (name, value) in members {
                    match value {
                        Value::Text(line) if name.is_empty() => self.lines(&line),
                        value if name.is_empty() => match line_name(&value) {
                            Some(name) => self.unknown.push(name.to_vec()),
                            None => self.opens(),
                        },
                        value => self.header(Value::Text(name.to_vec()), value),
                    }
                }
            }
            Value::Text(lines) => self.lines(&lines),
            _ => self.opens(),
        }
    }

    fn lines(&mut self, text: &[u8]) {
        for line in http::lines(text).filter(|line| !line.trim_ascii().is_empty()) {
            match http::header_line(line) {
                Some((name, value)) => self.headers.push((name.to_vec(), value.trim_ascii().to_vec())),
                None => self.opens(),
            }
        }
    }

    /// Adds parameters as clients do.
    fn params(&mut self, members: Vec<Member<'t>>) {
        for (name, value) in members {
            match value {
                Value::Text(value) if !name.is_empty() => {
                    self.url.push(if self.url.contains(&b'?') { b'&' } else { b'?' });
                    let words: Vec<_> =
                        value.split(|byte| *byte == b' ').map(|word| percent::encoded(word, &UNRESERVED)).collect();
                    self.url.extend([name, b"=", &words.join(&b'+')].concat());
                }
                _ => self.unknown.push(if name.is_empty() { b"params" } else { name }.to_vec()),
            }
        }
    }

    /// There are headers that are not known.
    fn opens(&mut self) {
        self.unknown.push(b"headers".to_vec());
        self.is_open = true;
    }

    /// The verb, as far as it is known: its own, one that is implied, or that of a client without either.
    fn verb(&mut self, client: Option<&Client>) -> Option<String> {
        match self.verb.take() {
            Some(Value::Text(verb)) => Some(String::from_utf8_lossy(&verb).to_ascii_uppercase()),
            Some(_) => None,
            None => {
                let has_body = self.body.as_ref().is_some_and(|body| !is_nothing(body));
                let posts = has_body && client.is_some_and(|client| client.posts);
                Some(self.implied.unwrap_or(if posts { "POST" } else { "GET" }).to_owned())
            }
        }
    }

    /// The `Content-Type` that is sent with the body, where the call names none.
    fn media(&self, verb: &str, names_type: bool, client: Option<&Client>, out: &mut Out) -> Option<Vec<u8>> {
        let body = self.body.as_ref().filter(|body| !is_nothing(body))?;
        if let Value::Typed(_, media) = body
            && let Some((client, media)) = client.zip(media.as_ref())
        {
            // What it was given for the body needs no word, if that is all of it.
            if names_type || http::find(media, b"; charset=").is_some() {
                out.notes.push(Note::TypeByClient(client.name, String::from_utf8_lossy(media).into_owned()));
            }
            return Some(media.clone());
        }
        if matches!(body, Value::Typed(_, None)) {
            return None;
        }
        match client.and_then(|client| Some((client.name, client.adds(verb, body, self.is_json)?))) {
            Some((_, "")) => None,
            Some((name, media)) => {
                out.notes.push(Note::TypeByClient(name, media.to_owned()));
                Some(media.into())
            }
            None => {
                out.notes.push(Note::TypeNotNamed);
                None
            }
        }
    }

    /// Hands out the request. `None` when it carries no signature.
    pub(super) fn finish(mut self, client: Option<&Client>, out: &mut Out) -> Option<()> {
        let is_signed = claim::is_signed_url(&self.url) || self.headers.iter().any(|(name, _)| is(name, "authorization"));
        if !is_signed {
            return None;
        }
        let says_more = self.verb.is_some() || self.implied.is_some() || !self.headers.is_empty() || !self.unknown.is_empty();
        if !says_more && self.body.is_none() {
            out.thing(Thing::Url(self.url), Origin::Code);
            return Some(());
        }
        let (mut target, authority, transport) = split_url(&self.url)?;
        out.notes.extend(self.unknown.iter().map(|name| expression(name)));
        let Some(verb) = self.verb(client) else {
            out.notes.push(expression(b"method"));
            out.thing(Thing::Url(self.url), Origin::Code);
            return Some(());
        };
        if let Some((client, habit)) = client.and_then(|client| Some((client, client.habit?))) {
            target = out.sent(habit, client.name, target);
        }
        let mut names = self.headers.iter().map(|(name, _)| name.as_slice()).chain(self.unknown.iter().map(Vec::as_slice));
        let names_type = self.is_open || names.any(|name| is(name, "content-type"));
        let replaces = client.is_some_and(|client| client.replaces) && matches!(&self.body, Some(Value::Typed(_, Some(_))));
        let media = if names_type && !replaces { None } else { self.media(&verb, names_type, client, out) };
        let mut head = Head::new(&verb, target);
        if !self.headers.iter().any(|(name, _)| is(name, "host")) {
            head.add("Host", authority);
        }
        head.fields.extend(self.headers.into_iter().filter(|(name, _)| !(replaces && is(name, "content-type"))));
        if let Some(media) = media {
            head.add("Content-Type", media);
        }
        let head = head.write();
        let content = match self.body {
            Some(Value::Typed(content, _)) => Some(*content),
            content => content,
        };
        let body = match content {
            None => Body::Bytes(Vec::new()),
            Some(body) if is_nothing(&body) => Body::Bytes(Vec::new()),
            Some(Value::Text(bytes)) => Body::Bytes(bytes),
            Some(_) => absent_body(&head, "PUT", &mut out.notes),
        };
        out.request(Request { head, body, transport: Some(transport) }, Origin::Code);
        Some(())
    }
}

/// The URL in a variable, or in what gives it as another type; nothing where it is not known.
fn address(name: &[u8], out: &Out) -> Vec<u8> {
    out.address(above::holder(name)).unwrap_or_default()
}

/// What is said of a name whose value is an expression.
fn expression(name: &[u8]) -> Note {
    Note::Expression(String::from_utf8_lossy(name).into_owned())
}

/// Whether members are those of a call, and not of a body.
fn has_headers(members: &[Member<'_>]) -> bool {
    members.iter().any(|(name, value)| is(name, "headers") || matches!(value, Value::Unknown(b"headers")))
}

/// The verb that a constant stands for: `http.MethodPut`, `HttpMethod.Put`, `Method::PUT`, `.put`.
fn constant(word: &[u8]) -> Option<Vec<u8>> {
    if let Some(verb) = word.strip_prefix(b".") {
        return name::VERBS.iter().find(|own| is(verb, own)).map(|verb| verb.as_bytes().to_vec());
    }
    let mut words = word.rsplit(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let (last, whose) = (words.next()?, words.next()?);
    let verb = last.strip_prefix(b"Method").or_else(|| whose.to_ascii_lowercase().ends_with(b"method").then_some(last))?;
    name::VERBS.iter().find(|own| is(verb, own)).map(|verb| verb.as_bytes().to_vec())
}

/// The header that a constant stands for, as `HttpHeaders.CONTENT_TYPE`.
fn header_constant(word: &[u8]) -> Option<Vec<u8>> {
    let last = word.rsplit(|byte| b".:".contains(byte)).next()?;
    let is_constant = last.len() > 3 && last.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    is_constant.then(|| last.to_ascii_lowercase().into_iter().map(|byte| if byte == b'_' { b'-' } else { byte }).collect())
}

/// The name in a header line of which the value is put together: `'Content-Type: ' . $type`.
fn line_name<'t>(line: &Value<'t>) -> Option<&'t [u8]> {
    let Value::Unknown(expression) = line else { return None };
    let text = expression.strip_prefix(b"'").or_else(|| expression.strip_prefix(b"\""))?;
    http::header_line(text).map(|(name, _)| name)
}

/// Whether it is the word of a language for no value.
fn is_nothing(value: &Value<'_>) -> bool {
    const NOTHING: [&[u8]; 6] =
        [b"nil", b"null", b"None", b"undefined", b"BodyPublishers.noBody()", b"HttpRequest.BodyPublishers.noBody()"];
    matches!(value, Value::Unknown(word) if NOTHING.contains(word))
}

fn is_variable(name: &[u8]) -> bool {
    name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_$.".contains(byte))
}

fn is(name: &[u8], own: &str) -> bool {
    name.eq_ignore_ascii_case(own.as_bytes())
}

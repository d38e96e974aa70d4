//! A request as source code makes it: a call around a signed URL, with verb and headers as literals.
//!
//! Literals alone are read. Of what is a variable or an expression nothing is known, which is said.

mod client;
mod value;

use crate::{
    Note, Origin, Thing, claim, http,
    request::{Body, Head, Request, absent_body, split_url},
    walk::Out,
};
use client::Client;
use countersign::wire::percent::{self, UNRESERVED};
use value::{Language, Member, Reader, Value};

/// The most bytes of a call that are looked at.
const LONGEST: usize = 16 << 10;

/// The most calls of a text that are looked at.
const MOST: usize = 1_000;

/// Verbs, as functions are named after them.
const VERBS: [&str; 7] = ["GET", "PUT", "POST", "HEAD", "DELETE", "PATCH", "OPTIONS"];

/// What has functions that are named after verbs.
const CLIENTS: [&str; 10] = ["axios", "requests", "httpx", "session", "client", "http", "got", "ky", "superagent", "needle"];

/// Functions that send a request, whose verb is an argument.
const CALLS: [&str; 9] = ["fetch", "axios", "ajax", "request", "Request", "NewRequest", "NewRequestWithContext", "ky", "open"];

/// Those that make a request which is sent later.
const LATER: [&str; 3] = ["NewRequest", "NewRequestWithContext", "open"];

/// Functions that set a header of a request that was made before.
const SETTERS: [&str; 5] = ["setRequestHeader", "Header.Set", "Header.Add", "headers.set", "headers.append"];

/// Functions that send such a request.
const SENDERS: [&str; 2] = ["send", "Do"];

/// Takes a call whose name stands in the first line of a text.
pub(crate) fn call(text: &[u8], out: &mut Out) -> Option<usize> {
    let (line, _) = http::line(text);
    let text = text.get(..text.len().min(LONGEST))?;
    let (verb, name, at) = name(line).or_else(|| command(line).map(|at| (None, "", at)))?;
    out.calls += 1;
    if out.calls > MOST {
        return None;
    }
    let language = if name.is_empty() { Language::PowerShell } else { Language::Code };
    let mut reader = Reader { rest: text.get(at..)?, language };
    let mut arguments = if name.is_empty() { options(&mut reader)? } else { reader.list(")", 0)? };
    match name {
        // The first says how long it may take.
        "NewRequestWithContext" => arguments.drain(..arguments.len().min(1)).for_each(drop),
        // The third says whether it waits.
        "open" => {
            let verb = arguments.first().map(|(_, value)| value);
            if !matches!(verb, Some(Value::Text(verb)) if VERBS.iter().any(|own| is(verb, own))) {
                return None;
            }
            arguments.truncate(2);
        }
        _ => {}
    }
    let mut call = Call::new(verb, arguments, out)?;
    let used = text.len() - reader.rest.len();
    let client = line.get(..at).and_then(Client::of);
    let further = if LATER.contains(&name) { call.further(reader.rest) } else { 0 };
    call.finish(client, out)?;
    Some(used + further)
}

/// The name that ends a text, with what it belongs to.
fn name_before(text: &[u8]) -> Option<&str> {
    let length = text.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"._$".contains(byte)).count();
    std::str::from_utf8(text.get(text.len() - length..)?).ok()
}

/// The first call in a line that may send a request: the verb it is named after, its name, and where its arguments begin.
fn name(line: &[u8]) -> Option<(Option<&'static str>, &str, usize)> {
    const FURTHEST: usize = 400;
    let line = line.get(..line.len().min(FURTHEST))?;
    let opens = line.iter().enumerate().filter(|(_, byte)| **byte == b'(').map(|(at, _)| at);
    opens.filter_map(|at| Some((line.get(..at)?, at + 1))).find_map(|(before, at)| {
        let name = name_before(before)?;
        let (whose, name) = name.rsplit_once('.').unwrap_or(("", name));
        let whose = whose.rsplit('.').next().unwrap_or(whose).trim_start_matches('$');
        // A file is opened by nobody in particular.
        if CALLS.contains(&name) && (name != "open" || !whose.is_empty()) {
            return Some((None, name, at));
        }
        let is_client = CLIENTS.iter().any(|client| whose.eq_ignore_ascii_case(client));
        let verb = VERBS.into_iter().find(|verb| is_client && verb.eq_ignore_ascii_case(name))?;
        Some((Some(verb), name, at))
    })
}

/// Where the options of a command of PowerShell begin.
fn command(line: &[u8]) -> Option<usize> {
    let lower = line.to_ascii_lowercase();
    ["invoke-webrequest ", "invoke-restmethod ", "iwr ", "irm "].iter().find_map(|name| {
        let at = http::find(&lower, name.as_bytes())?;
        let is_word = at == 0 || line.get(at - 1).is_some_and(|byte| byte.is_ascii_whitespace() || b">=({".contains(byte));
        is_word.then_some(at + name.len())
    })
}

/// The options of a command, up to the end of the line that does not go on.
fn options<'t>(reader: &mut Reader<'t>) -> Option<Vec<Member<'t>>> {
    let mut members = Vec::new();
    loop {
        let blanks = reader.rest.iter().take_while(|byte| b" \t\r".contains(byte)).count();
        reader.rest = reader.rest.get(blanks..)?;
        if reader.sign("`\r\n") || reader.sign("`\n") {
            continue;
        }
        if reader.rest.first().is_none_or(|next| b"\n|;)}".contains(next)) {
            return Some(members);
        }
        let mut name = &b""[..];
        if reader.sign("-") {
            let length = reader.rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            (name, reader.rest) = reader.rest.split_at_checked(length)?;
            let is_switch = reader.rest.trim_ascii_start().starts_with(b"-");
            if is_switch || !reader.sign(" ") {
                continue;
            }
        }
        // A word without quotes is a literal, too. What is none at all is no command.
        let before = reader.rest.len();
        let value = match reader.value(0)? {
            Value::Unknown(word) if !word.iter().any(|byte| b"$(\"'@".contains(byte)) => Value::Text(word.to_vec()),
            value => value,
        };
        if reader.rest.len() == before {
            return None;
        }
        members.push((name, value));
    }
}

/// What a call says of its request.
struct Call<'t> {
    verb: Option<Value<'t>>,
    url: Vec<u8>,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
    /// What has a name, and a value that is not known.
    unknown: Vec<Vec<u8>>,
    /// Whether there may be more headers.
    is_open: bool,
    body: Option<Value<'t>>,
    /// Whether the client makes JSON of the body.
    is_json: bool,
}

impl<'t> Call<'t> {
    /// `None` when it names no URL.
    fn new(verb: Option<&'static str>, arguments: Vec<Member<'t>>, out: &Out) -> Option<Self> {
        let mut call = Self {
            verb: verb.map(|verb| Value::Text(verb.into())),
            url: Vec::new(),
            headers: Vec::new(),
            unknown: Vec::new(),
            is_open: false,
            body: None,
            is_json: false,
        };
        let sends = matches!(verb, Some("PUT" | "POST" | "PATCH"));
        for (name, value) in arguments {
            let is_url = call.url.is_empty() && name.is_empty();
            match value {
                Value::Text(text) if is_url && http::is_url(&text) => call.url = text,
                Value::Text(text) if is_url => call.verb = Some(Value::Text(text)),
                Value::Unknown(word) if is_url && constant(word).is_some() => call.verb = constant(word).map(Value::Text),
                Value::Unknown(variable) if is_url => call.url = out.address(variable)?,
                Value::Members(members) if name.is_empty() && (!sends || call.body.is_some() || has_headers(&members)) => {
                    members.into_iter().for_each(|(name, value)| call.take(name, value, out));
                }
                // Behind the URL stands the body, if that is what the function or the verb before it is for.
                value if name.is_empty() && call.body.is_none() && (sends || (verb.is_none() && call.verb.is_some())) => {
                    call.body = Some(value);
                }
                value => call.take(name, value, out),
            }
        }
        (!call.url.is_empty()).then_some(call)
    }

    /// Takes what is said of the request behind the call, up to where it is sent; gives how far that is.
    fn further(&mut self, text: &'t [u8]) -> usize {
        const MOST: usize = 64;
        let mut rest = text;
        let mut used = 0;
        for _ in 0..MOST {
            let Some(at) = rest.iter().position(|byte| *byte == b'(') else { break };
            let name = rest.get(..at).and_then(name_before).unwrap_or_default();
            let ends = |own: &str| name.strip_suffix(own).is_some_and(|whose| whose.ends_with('.'));
            let mut reader = Reader { rest: rest.get(at + 1..).unwrap_or_default(), language: Language::Code };
            if SENDERS.iter().any(|own| ends(own)) {
                let sent = reader.list(")", 0).unwrap_or_default().into_iter().next();
                if ends("send") {
                    self.body = sent.map(|(_, value)| value);
                }
                return text.len() - reader.rest.len();
            }
            // Another request begins.
            if CALLS.iter().any(|own| name == *own || ends(own)) {
                break;
            }
            rest = reader.rest;
            if SETTERS.iter().any(|own| ends(own)) {
                let Some(arguments) = reader.list(")", 0) else { break };
                let mut arguments = arguments.into_iter().map(|(_, value)| value);
                match (arguments.next(), arguments.next()) {
                    (Some(Value::Text(name)), Some(Value::Text(value))) => self.headers.push((name, value)),
                    (Some(Value::Text(name)), Some(Value::Unknown(_))) => self.unknown.push(name),
                    _ => self.opens(b"headers"),
                }
                rest = reader.rest;
                used = text.len() - rest.len();
            }
        }
        used
    }

    /// Adds parameters as clients do.
    fn add_params(&mut self, members: Vec<Member<'t>>) {
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

    /// Takes a value by its name.
    fn take(&mut self, name: &'t [u8], value: Value<'t>, out: &Out) {
        let lower = String::from_utf8_lossy(name).to_ascii_lowercase();
        match (lower.as_str(), value) {
            ("url" | "uri", Value::Text(url)) => self.url = url,
            ("url" | "uri", Value::Unknown(name)) => self.url = out.address(name).unwrap_or_default(),
            ("method" | "type", value) => self.verb = Some(value),
            ("headers", Value::Members(members)) => {
                for (name, value) in members {
                    match value {
                        Value::Text(value) if !name.is_empty() => self.headers.push((name.to_vec(), value)),
                        _ if name.is_empty() => self.opens(b"headers"),
                        _ => self.unknown.push(name.to_vec()),
                    }
                }
            }
            ("contenttype", Value::Text(value)) => self.headers.push((b"Content-Type".to_vec(), value)),
            ("contenttype", _) => self.unknown.push(b"Content-Type".to_vec()),
            ("headers", _) => self.opens(name),
            ("params", Value::Members(members)) => self.add_params(members),
            ("params", _) => self.unknown.push(name.to_vec()),
            ("body" | "data" | "json" | "files" | "content", value) => {
                self.is_json = lower == "json";
                self.body = Some(value);
            }
            // The name of a file is not its content.
            ("infile", _) => self.body = Some(Value::Unknown(name)),
            // A variable in braces has its own name.
            ("", Value::Unknown(name)) => match name {
                b"headers" => self.opens(name),
                b"params" => self.unknown.push(name.to_vec()),
                b"body" | b"data" => self.body = Some(Value::Unknown(name)),
                b"url" => self.url = out.address(name).unwrap_or_default(),
                // The verb is among what a variable holds, unless it was told before.
                _ if self.verb.is_none() => self.verb = Some(Value::Unknown(name)),
                _ if name.starts_with(b"...") || is_variable(name) => self.opens(b"headers"),
                _ => {}
            },
            _ => {}
        }
    }

    /// Headers that are not known, by the name of what holds them.
    fn opens(&mut self, name: &[u8]) {
        self.unknown.push(name.to_vec());
        self.is_open = true;
    }

    /// Hands out the request. `None` when it carries no signature, or the call says nothing but its URL.
    fn finish(self, client: Option<&Client>, out: &mut Out) -> Option<()> {
        let is_signed = claim::is_signed_url(&self.url) || self.headers.iter().any(|(name, _)| is(name, "authorization"));
        let says_more = self.verb.is_some() || !self.headers.is_empty() || !self.unknown.is_empty();
        if !is_signed || !says_more {
            return None;
        }
        let (mut target, authority, transport) = split_url(&self.url)?;
        let note = |name: &[u8]| Note::Expression(String::from_utf8_lossy(name).into_owned());
        let mut names = self.headers.iter().map(|(name, _)| name.as_slice()).chain(self.unknown.iter().map(Vec::as_slice));
        let names_type = self.is_open || names.any(|name| is(name, "content-type"));
        out.notes.extend(self.unknown.iter().map(|name| note(name)));
        let verb = match self.verb {
            Some(Value::Text(verb)) => String::from_utf8_lossy(&verb).to_ascii_uppercase(),
            Some(_) => {
                out.notes.push(note(b"method"));
                out.thing(Thing::Url(self.url), Origin::Code);
                return Some(());
            }
            None => "GET".to_owned(),
        };
        if let Some((client, habit)) = client.and_then(|client| Some((client, client.habit?))) {
            target = out.sent(habit, client.name, target);
        }
        let mut head = Head::new(&verb, target);
        if !self.headers.iter().any(|(name, _)| is(name, "host")) {
            head.add("Host", authority);
        }
        head.fields.extend(self.headers);
        if let Some(body) = self.body.as_ref().filter(|body| !names_type && !is_nothing(body)) {
            match client.and_then(|client| Some((client.name, client.adds(&verb, body, self.is_json)?))) {
                Some((_, "")) => {}
                Some((name, media)) => {
                    out.notes.push(Note::TypeByClient(name, media.to_owned()));
                    head.add("Content-Type", media);
                }
                None => out.notes.push(Note::TypeNotNamed),
            }
        }
        let head = head.write();
        let body = match self.body {
            None => Body::Bytes(Vec::new()),
            Some(body) if is_nothing(&body) => Body::Bytes(Vec::new()),
            Some(Value::Text(bytes)) => Body::Bytes(bytes),
            Some(_) => absent_body(&head, "PUT", &mut out.notes),
        };
        out.request(Request { head, body, transport: Some(transport) }, Origin::Code);
        Some(())
    }
}

/// Whether members are those of a call, and not of a body.
fn has_headers(members: &[Member<'_>]) -> bool {
    members.iter().any(|(name, value)| is(name, "headers") || matches!(value, Value::Unknown(b"headers")))
}

/// The verb that a constant of Go stands for.
fn constant(word: &[u8]) -> Option<Vec<u8>> {
    word.strip_prefix(b"http.Method").map(<[u8]>::to_ascii_uppercase)
}

/// Whether it is the word of a language for no value.
fn is_nothing(value: &Value<'_>) -> bool {
    matches!(value, Value::Unknown(b"nil" | b"null" | b"None" | b"undefined"))
}

fn is_variable(name: &[u8]) -> bool {
    name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_$.".contains(byte))
}

fn is(name: &[u8], own: &str) -> bool {
    name.eq_ignore_ascii_case(own.as_bytes())
}

#[cfg(test)]
mod tests;

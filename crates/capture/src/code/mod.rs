//! A request as source code makes it: a call around a signed URL, with verb and headers as literals.
//!
//! What is said of a request is read by its name ([`parts`]), whether it is an argument or an option of a call, a setter or a
//! property behind it, or the next call in a chain ([`steps`]). Literals alone are read, and names that stand for one ([`above`]).
//! Of what is another expression nothing is known, which is said.

mod above;
mod body;
mod call;
mod client;
mod name;
mod parts;
mod steps;
mod value;

use crate::{http, url, walk::Out};
use above::Above;
use call::Call;
use client::Client;
use name::{More, Named};
use std::cell::Cell;
use steps::{Holder, Steps};
use value::{Language, Member, Reader, Value};

/// The most bytes of a call that are looked at.
const LONGEST: usize = 16 << 10;

/// The most calls of a text that are looked at.
const MOST: usize = 1_000;

/// The most names of a text that are looked for.
const MOST_NAMES: usize = 600;

/// Takes a call whose name stands in the first line of what begins here in a text.
pub(crate) fn call(whole: &[u8], begin: usize, out: &mut Out) -> Option<usize> {
    let left = Cell::new(MOST_NAMES.saturating_sub(out.names));
    let used = read(whole, begin, &left, out);
    out.names = MOST_NAMES - left.get();
    used
}

fn read(whole: &[u8], begin: usize, left: &Cell<usize>, out: &mut Out) -> Option<usize> {
    let text = whole.get(begin..)?;
    let (line, _) = http::line(text);
    let named = Named::first(line);
    let at = named.map(|named| named.at).or_else(|| name::command(line))?;
    out.calls += 1;
    if out.calls > MOST {
        return None;
    }
    let end = whole.len().min(begin + LONGEST);
    let above = Above::new(whole.get(..begin + at)?, left);
    let language = if named.is_some() { Language::Code } else { Language::PowerShell };
    let mut reader = Reader { rest: whole.get(begin + at..end)?, language, above: Some(above) };
    let arguments = match &named {
        Some(_) => reader.list(")", 0)?,
        None => options(&mut reader)?,
    };
    let used = end - reader.rest.len();
    let Some(named) = named else {
        let mut call = Call::new(None, arguments, out);
        return call.has_url(&above).then(|| call.finish(None, out)).flatten().map(|()| used - begin);
    };
    let is_bare = arguments.is_empty();
    let mut call = Call::new(named.verb, fitted(&named, arguments)?, out);
    let before = line.get(..at - 1 - named.whole.len())?;
    // What a chain said before of the request is not read.
    let chain = whole.get(..begin + before.len())?.trim_ascii_end();
    if named.whole.starts_with('.') && named.verb.is_some() && chain.ends_with(b")") && !chain.ends_with(b"()") {
        return None;
    }
    // `new URL("...").openConnection()`, and of a variable.
    if named.last == "openConnection" {
        let url = match above.value(named.whose.as_bytes(), Language::Code, 0) {
            Some(Value::Text(url)) => Some(url),
            _ => out.address(named.whose.as_bytes()).or_else(|| url::first(before).map(<[u8]>::to_vec)),
        };
        call.at(url.unwrap_or_default());
    }
    call.is_elsewhere = named.last == "RestRequest";
    // A chain may name its URL later, as one of Spring does: `client.put().uri("...")`.
    let may_follow = named.more == More::Later || (named.more == More::Chained && is_bare);
    if !call.has_url(&above) && !may_follow {
        return None;
    }
    let holder = match (block(whole.get(used..end)?, named.more), named.more) {
        (Some(holder), _) => holder,
        (None, More::Later) if named.last == "open" => Holder::Variable(named.whose.as_bytes()),
        (None, More::Later) => Holder::Variable(name::variable(before)),
        (None, _) => Holder::Nothing,
    };
    let is_told = named.more != More::Nothing || matches!(holder, Holder::Variable(_));
    let used = if is_told { Steps { whole, begin: used, end, holder, left }.tell(&mut call, out) } else { used };
    if !call.has_url(&above) {
        return None;
    }
    // What is sent with these is often said elsewhere.
    if ["openConnection", "URLRequest", "RestRequest"].contains(&named.last) {
        call.sends_something();
    }
    call.finish(Client::of(&named), out)?;
    Some(used - begin)
}

/// What holds a request while a block behind the call says more of it: `do |request|` of Ruby, `{ ... }` of Kotlin.
fn block(text: &[u8], more: More) -> Option<Holder<'_>> {
    let text = text.trim_ascii_start();
    if let Some(rest) = text.strip_prefix(b"do |").or_else(|| text.strip_prefix(b"{ |")) {
        return rest.split(|byte| *byte == b'|').next().map(Holder::Variable);
    }
    (more == More::Chained && text.starts_with(b"{")).then_some(Holder::Block)
}

/// The arguments of a call as others have them. `None` when it sends no request.
fn fitted<'t>(named: &Named<'_>, mut arguments: Vec<Member<'t>>) -> Option<Vec<Member<'t>>> {
    match (named.last, arguments.as_mut_slice()) {
        // The first says how long it may take.
        ("NewRequestWithContext", [_, ..]) => drop(arguments.remove(0)),
        // The third says whether it waits.
        ("open", [(_, Value::Text(verb)), ..]) if name::VERBS.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(verb)) => {
            arguments.truncate(2);
        }
        ("open", _) => return None,
        // Ruby's headers stand where others have the body.
        ("new", [_, (name @ b"", _)]) => *name = b"headers",
        // The type stands before the body.
        ("Post", [_, (name, Value::Text(_)), _]) if named.whose == "http" => *name = b"contentType",
        // PHP's headers, too.
        ("Request", [(b"", Value::Text(_)), _, (name @ b"", Value::Members(_)), more @ ..]) => {
            *name = b"headers";
            more.iter_mut().take(1).for_each(|(name, _)| *name = b"body");
        }
        // So does http.client of Python, behind the body.
        ("request", [(b"", Value::Text(_)), (b"", Value::Text(path)), (b"", _), (name @ b"", _)]) if path.starts_with(b"/") => {
            *name = b"headers";
        }
        _ => {}
    }
    Some(arguments)
}

/// The options of a command, up to the end of the line that does not go on.
fn options<'t>(reader: &mut Reader<'t, '_>) -> Option<Vec<Member<'t>>> {
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

#[cfg(test)]
mod tests;

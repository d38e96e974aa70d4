//! What is said of a request behind the call that makes it: by setters, properties and options, or in a chain of calls.

use super::{
    above::Above,
    call::Call,
    name::{self, Named},
    parts::Part,
    value::{Language, Member, Reader, Value},
};
use crate::{http, walk::Out};
use std::cell::Cell;

/// Functions that set options of libcurl.
const OPTIONS: [&str; 3] = ["curl_setopt", "curl_setopt_array", "curl_easy_setopt"];

/// Functions that send a request that was made before.
const SENDERS: [&str; 6] = ["Do", "send", "curl_exec", "curl_close", "curl_easy_perform", "curl_easy_cleanup"];

/// What a step names to say something of the request.
#[derive(Clone, Copy)]
pub(super) enum Holder<'n> {
    /// The variable that holds it; an empty one is none.
    Variable(&'n [u8]),
    /// Nothing: it is in a block of its own.
    Block,
    /// It cannot be named.
    Nothing,
}

/// The text behind a call.
pub(super) struct Steps<'t, 'n> {
    pub(super) whole: &'t [u8],
    /// Where the call ends, and where the last byte is that is looked at.
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) holder: Holder<'n>,
    /// How many names may still be looked for.
    pub(super) left: &'n Cell<usize>,
}

impl<'t> Steps<'t, '_> {
    /// Tells a call what is said behind it, and gives where that ends.
    pub(super) fn tell(&self, call: &mut Call<'t>, out: &Out) -> usize {
        /// The most brackets and signs that are looked at.
        const MOST: usize = 300;
        let (mut at, mut used) = (self.begin, self.begin);
        let block = matches!(self.holder, Holder::Block).then(|| http::find(self.slice(self.begin, self.end), b"\n}"));
        let end = block.flatten().map_or(self.end, |length| self.begin + length);
        // Where the next call of the chain would begin.
        let mut link = self.begin;
        for _ in 0..MOST {
            let Some(next) = self.slice(at, end).iter().position(|byte| b"(=".contains(byte)).map(|next| at + next) else {
                break;
            };
            at = next + 1;
            if self.whole.get(next) == Some(&b'=') {
                if let Some(end) = self.property(next, call, out) {
                    (at, used) = (end, end);
                }
                continue;
            }
            let name = name::ending(self.slice(self.begin, next)).unwrap_or_default();
            let is_link = name.starts_with('.') && self.is_blank(link, next - name.len());
            if is_link {
                let Some((arguments, end)) = self.arguments(at) else { break };
                if let Some(part) = Part::called(name.as_bytes()) {
                    call.say(part, arguments, out);
                }
                (at, used, link) = (end, end, end);
                continue;
            }
            let is_own = self.is_own(name);
            if OPTIONS.iter().any(|own| name::is_last(name, own)) {
                let Some((arguments, end)) = self.arguments(at) else { break };
                self.option(arguments, call, out);
                (at, used) = (end, end);
            } else if SENDERS.iter().any(|own| name::is_last(name, own)) {
                if let Some((arguments, end)) = self.arguments(at) {
                    used = end;
                    if is_own && name.ends_with("send") {
                        call.say(Part::Body, arguments, out);
                    }
                }
                break;
            } else if Named::of(self.slice(self.begin, next), at).is_some_and(|named| named.more == name::More::Later) {
                // Another request begins.
                break;
            } else if let Some(part) = Part::called(name.as_bytes()).filter(|part| is_own || *part == Part::Line) {
                let Some((arguments, end)) = self.arguments(at) else { break };
                call.say(part, arguments, out);
                (at, used) = (end, end);
            }
        }
        used
    }

    fn slice(&self, begin: usize, end: usize) -> &'t [u8] {
        self.whole.get(begin..end.max(begin)).unwrap_or_default()
    }

    /// Whether nothing but comments stands there.
    fn is_blank(&self, begin: usize, end: usize) -> bool {
        let mut reader = Reader { rest: self.slice(begin, end), language: Language::Code, above: None };
        reader.blank();
        reader.rest.is_empty()
    }

    /// The variable that holds the request; empty where it has none.
    const fn variable(&self) -> &[u8] {
        if let Holder::Variable(name) = self.holder { name } else { b"" }
    }

    /// Whether a name is one of something that the request has.
    fn is_own(&self, name: &str) -> bool {
        if matches!(self.holder, Holder::Block) {
            return !name.is_empty() && !name.contains('.');
        }
        let rest = name.as_bytes().strip_prefix(self.variable()).filter(|_| !self.variable().is_empty());
        rest.is_some_and(|rest| rest.first().is_some_and(|next| b".-?!".contains(next)))
    }

    /// The arguments from here on, and where they end.
    fn arguments(&self, at: usize) -> Option<(Vec<Member<'t>>, usize)> {
        let above = Above::new(self.slice(0, at), self.left);
        let mut reader = Reader { rest: self.slice(at, self.end), language: Language::Code, above: Some(above) };
        let arguments = reader.list(")", 0)?;
        Some((arguments, self.end - reader.rest.len()))
    }

    /// Takes what is set at this sign, if it is something of the request; gives where the value ends.
    fn property(&self, sign: usize, call: &mut Call<'t>, out: &Out) -> Option<usize> {
        let is_other = self.slice(sign + 1, self.end).first().is_some_and(|next| b"=>~".contains(next));
        let before = self.slice(self.begin, sign);
        if is_other || before.last().is_some_and(|last| b"=!<>+-*/.:".contains(last)) {
            return None;
        }
        let before = before.trim_ascii_end();
        let header = in_brackets(before);
        let name = name::ending(header.map_or(before, |(whose, _)| whose))?;
        let is_own = self.is_own(name) || (header.is_some() && name.as_bytes() == self.variable() && !name.is_empty());
        let part = if header.is_some() { Some(Part::Header) } else { Part::of(name.as_bytes()) };
        let part = part.filter(|_| is_own)?;
        let above = Above::new(self.slice(0, sign), self.left);
        let mut reader = Reader { rest: self.slice(sign + 1, self.end), language: Language::Statement, above: Some(above) };
        let value = reader.value(0)?;
        let name = header.map(|(_, name)| (&b""[..], Value::Text(name.to_vec())));
        call.say(part, name.into_iter().chain([(&b""[..], value)]).collect(), out);
        Some(self.end - reader.rest.len())
    }

    /// Takes an option of PHP, or several.
    fn option(&self, arguments: Vec<Member<'t>>, call: &mut Call<'t>, out: &Out) {
        let mut values = arguments.into_iter().map(|(_, value)| value);
        let (Some(whose), Some(option)) = (values.next(), values.next()) else { return };
        if !self.variable().is_empty() && whose != Value::Unknown(self.variable()) {
            return;
        }
        match (option, values.next()) {
            (Value::Unknown(name), Some(value)) => call.take(name, value, out),
            (Value::Members(members), None) => call.take_all(members, out),
            (other, None) => call.take(b"", other, out),
            _ => {}
        }
    }
}

/// What has a member that is named in brackets at the end of a text, and the name.
fn in_brackets(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = text.strip_suffix(b"]")?;
    let (quote, inner) = inner.split_last().filter(|(quote, _)| matches!(**quote, b'"' | b'\''))?;
    let begin = inner.iter().rposition(|byte| byte == quote)?;
    Some((inner.get(..begin)?.strip_suffix(b"[")?, inner.get(begin + 1..)?))
}

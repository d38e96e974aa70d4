//! The template of a callback's body: text with `${variables}`.

use super::{BodyType, problem::Problem};
use crate::{
    phrase::{Phrase, Told, phrase, tell_in_english},
    wire::{json, percent},
};
use alloc::{string::String, vec::Vec};
use core::fmt::Write;

/// The value of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'v> {
    /// A text; in JSON it gets quotes.
    Text(&'v str),
    /// A number; in JSON it gets none.
    Number(u64),
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// The variable a body cannot be made without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingVariable(pub String);

impl Told for MissingVariable {
    fn told(&self) -> Phrase {
        phrase!("`${{name}}` has no value; expected one for every variable of `callbackBody`").shown("name", &self.0)
    }
}

tell_in_english!(MissingVariable);
impl core::error::Error for MissingVariable {}

/// The variables OSS fills in itself. Names are case-sensitive.
pub(super) const SYSTEM_VARIABLES: [&str; 14] = [
    "bucket",
    "object",
    "etag",
    "size",
    "mimeType",
    "imageInfo.height",
    "imageInfo.width",
    "imageInfo.format",
    "crc64",
    "contentMd5",
    "vpcId",
    "clientIp",
    "reqId",
    "operation",
];
/// Those of them that are numbers.
const NUMBERS: [&str; 3] = ["size", "imageInfo.height", "imageInfo.width"];

/// A template taken apart.
pub(super) struct Template<'t> {
    pieces: Vec<Piece<'t>>,
}

enum Piece<'t> {
    Text(&'t str),
    Variable(Variable<'t>),
}

/// A variable and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Variable<'t> {
    pub(super) name: &'t str,
    /// Whether a template in JSON has it between quotes.
    pub(super) place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Bare,
    Quoted,
}

impl<'t> Template<'t> {
    /// Takes a template apart. What is no variable is text, and `problems` says why of the first such place.
    pub(super) fn parse(template: &'t str, problems: &mut Vec<Problem>) -> Self {
        let mut pieces = Vec::new();
        let mut quotes = Quotes::default();
        let mut fault = None;
        let mut rest = template;
        while let Some((text, behind)) = rest.split_once('$') {
            let at = template.len() - behind.len() - 1;
            quotes.pass(text);
            pieces.push(Piece::Text(text));
            let inner = behind.strip_prefix('{');
            if let Some((name, tail)) = inner.and_then(|inner| inner.split_once('}')) {
                pieces.push(Piece::Variable(Variable { name, place: quotes.place() }));
                rest = tail;
            } else {
                fault = fault.or(Some((at, inner)));
                pieces.push(Piece::Text("$"));
                rest = behind;
            }
        }
        pieces.push(Piece::Text(rest));
        problems.extend(fault.map(|(at, inner)| match inner {
            Some(_) => Problem::VariableNotClosed { at },
            None => Problem::BraceNotAdjacent { at, template: template.into() },
        }));
        Self { pieces }
    }

    /// All variables in order.
    pub(super) fn variables(&self) -> impl Iterator<Item = Variable<'t>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(variable) => Some(*variable),
            Piece::Text(_) => None,
        })
    }

    /// The body, with the values `value` gives.
    pub(super) fn render<'v>(
        &self,
        body_type: BodyType,
        value: impl Fn(&str) -> Option<Value<'v>>,
    ) -> Result<String, MissingVariable> {
        let mut body = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => body.push_str(text),
                Piece::Variable(variable) => {
                    let value = value(variable.name).ok_or_else(|| MissingVariable(variable.name.into()))?;
                    write(value, body_type, &mut body);
                }
            }
        }
        Ok(body)
    }

    /// The body in JSON with values that stand for any other. Variables in quotes, which are another
    /// fault, do not spoil it.
    pub(super) fn sample(&self) -> String {
        let mut body = String::new();
        for piece in &self.pieces {
            body.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Variable(Variable { place: Place::Quoted, .. }) => "x",
                Piece::Variable(Variable { name, .. }) if is_number(name) => "1",
                Piece::Variable(_) => "\"x\"",
            });
        }
        body
    }
}

/// Whether the value of a variable is a number, which stands well between quotes.
pub(super) fn is_number(name: &str) -> bool {
    NUMBERS.contains(&name)
}

fn write(value: Value<'_>, body_type: BodyType, body: &mut String) {
    match (value, body_type) {
        // Writing to a `String` does not fail.
        (Value::Number(number), _) => drop(write!(body, "{number}")),
        (Value::Text(text), BodyType::Json) => json::write_string(&[text], body),
        (Value::Text(text), BodyType::Form) => {
            body.push_str(&String::from_utf8_lossy(&percent::encoded(text.as_bytes(), &percent::UNRESERVED)));
        }
    }
}

/// Whether what comes next stands between the quotes of JSON.
#[derive(Default)]
struct Quotes {
    inside: bool,
}

impl Quotes {
    fn pass(&mut self, text: &str) {
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' => self.inside = !self.inside,
                b'\\' if self.inside => drop(bytes.next()),
                _ => {}
            }
        }
    }

    fn place(&self) -> Place {
        if self.inside { Place::Quoted } else { Place::Bare }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str, body_type: BodyType) -> Result<String, MissingVariable> {
        let mut problems = Vec::new();
        let template = Template::parse(template, &mut problems);
        assert_eq!(problems, []);
        template.render(body_type, |name| match name {
            "object" => Some(Value::Text("a \"b\"/\u{e9}&c")),
            "size" => Some(Value::Number(5)),
            "imageInfo.format" => Some(Value::Text("")),
            _ => None,
        })
    }

    #[test]
    fn values_are_escaped_for_the_type_of_the_body() {
        assert_eq!(
            render("o=${object}&s=${size}&f=${imageInfo.format}", BodyType::Form).as_deref(),
            Ok("o=a%20%22b%22%2F%C3%A9%26c&s=5&f=")
        );
        assert_eq!(
            render(r#"{"o":${object},"s":${size},"f":${imageInfo.format}}"#, BodyType::Json).as_deref(),
            Ok("{\"o\":\"a \\\"b\\\"/\u{e9}&c\",\"s\":5,\"f\":\"\"}")
        );
        assert_eq!(render("${object}${none}", BodyType::Form), Err(MissingVariable("none".into())));
        assert_eq!(render("", BodyType::Form).as_deref(), Ok(""));
    }

    #[test]
    fn a_dollar_that_begins_no_variable_is_text_and_reported() {
        for (template, at, closed) in [
            ("a=$x:b}", 2, true),
            ("$", 0, true),
            ("a$ {x}", 1, true),
            ("$$", 0, true),
            ("$(object)", 0, true),
            ("a=${x", 2, false),
        ] {
            let mut problems = Vec::new();
            let parsed = Template::parse(template, &mut problems);
            assert_eq!(parsed.render(BodyType::Form, |_| None).as_deref(), Ok(template));
            let expected = match closed {
                true => Problem::BraceNotAdjacent { at, template: template.into() },
                false => Problem::VariableNotClosed { at },
            };
            assert_eq!(problems.first(), Some(&expected), "{template}");
        }
    }

    #[test]
    fn quotes_around_a_variable_are_seen_and_escaped_ones_are_none() {
        let template = r#"{"a":"${etag}","b":${etag},"c\"":"\\${etag}","d":"x\"${etag}"}"#;
        let parsed = Template::parse(template, &mut Vec::new());
        let places: Vec<_> = parsed.variables().map(|variable| variable.place == Place::Quoted).collect();
        assert_eq!(places, [true, false, true, true]);
        assert_eq!(parsed.sample(), r#"{"a":"x","b":"x","c\"":"\\x","d":"x\"x"}"#);
    }
}

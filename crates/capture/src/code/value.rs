//! The values of a call in source code: literals, and what stands where one could.

use super::above::{self, Above};
use crate::{http, literal};

/// Deeper values are not read.
const DEEPEST: usize = 16;

/// A value, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'t> {
    Text(Vec<u8>),
    /// The members of an object in braces, or of a list, which have no names.
    Members(Vec<Member<'t>>),
    /// A body that brings its own type with it, or surely none.
    Typed(Box<Value<'t>>, Option<Vec<u8>>),
    /// A variable or an expression.
    Unknown(&'t [u8]),
}

/// A value by its name; without one it stands in its place alone.
pub(super) type Member<'t> = (&'t [u8], Value<'t>);

/// Whose literals they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// A backslash escapes, a comma or a bracket ends a value.
    Code,
    /// The same, where the end of a line ends a value, too.
    Statement,
    /// A backtick escapes, a `$` is filled in, and a blank ends a value.
    PowerShell,
}

/// Reads values from the beginning of a text.
pub(super) struct Reader<'t, 'a> {
    pub(super) rest: &'t [u8],
    pub(super) language: Language,
    /// Where names are looked for.
    pub(super) above: Option<Above<'t, 'a>>,
}

/// What makes something else of a text that stands for it.
const WRAPS: [&str; 22] = [
    "HeaderValue::from_static(",
    "new URL(",
    "new URI(",
    "new Uri(",
    "URL(string:",
    "URL(",
    "URI(",
    "URI.create(",
    "URI.parse(",
    "Uri.parse(",
    "HttpUrl.parse(",
    "Url::parse(",
    "strings.NewReader(",
    "bytes.NewBufferString(",
    "bytes.NewReader(",
    "bytes.NewBuffer(",
    "[]byte(",
    "BodyPublishers.ofString(",
    "HttpRequest.BodyPublishers.ofString(",
    "Buffer.from(",
    "new TextEncoder().encode(",
    "(",
];

/// What says behind it that nothing can fail.
const SURE: [&str; 6] = [".parse()?", ".parse().unwrap()", ".unwrap()", ".to_string()", "!", "?"];

/// What begins a list of members, and what ends it.
const LISTS: [(&str, &str); 6] = [("@{", "}"), ("{", "}"), ("[", "]"), ("array(", ")"), ("new Headers(", ")"), ("Options(", ")")];

/// What has no members yet.
const EMPTY: [&str; 6] = [
    "new HashMap<>()",
    "new HashMap<String, String>()",
    "http.Header{}",
    "HeaderMap::new()",
    "reqwest::header::HeaderMap::new()",
    "New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"",
];

impl<'t> Reader<'t, '_> {
    /// Takes blanks and comments.
    pub(super) fn blank(&mut self) {
        loop {
            self.rest = self.rest.trim_ascii_start();
            let is_comment = self.rest.starts_with(b"//") || self.rest.starts_with(b"#");
            let end = if is_comment {
                self.rest.iter().position(|byte| *byte == b'\n')
            } else if self.rest.starts_with(b"/*") {
                http::find(self.rest, b"*/").map(|at| at + 2)
            } else {
                return;
            };
            self.rest = self.rest.get(end.unwrap_or(self.rest.len())..).unwrap_or_default();
        }
    }

    /// Takes a sign, if it is the next.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign.as_bytes());
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The values up to a closing bracket. `None` when it does not come.
    pub(super) fn list(&mut self, close: &str, depth: usize) -> Option<Vec<Member<'t>>> {
        let mut members = Vec::new();
        loop {
            self.blank();
            if self.sign(close) {
                return Some(members);
            }
            let before = self.rest;
            let mut name = self.name();
            let written = self.rest;
            let value = self.value(depth)?;
            let written = written.get(..written.len() - self.rest.len()).unwrap_or_default().trim_ascii();
            match value {
                // What is spread over others stands there itself.
                Value::Members(more) if SPREADS.iter().any(|sign| written.starts_with(sign.as_bytes())) => members.extend(more),
                value => {
                    // A name alone stands for a variable of this name.
                    if name.is_empty() && close == "}" && is_identifier(written) && !matches!(value, Value::Unknown(_)) {
                        name = written;
                    }
                    members.push((name, value));
                }
            }
            self.blank();
            _ = self.sign(",") || self.sign(";");
            if self.rest.len() == before.len() {
                return None;
            }
        }
    }

    /// The name before a value, with the sign between them.
    fn name(&mut self) -> &'t [u8] {
        let (text, quote) = match self.rest.split_first() {
            Some((quote @ (b'"' | b'\''), text)) => (text, Some(quote)),
            _ => (self.rest, None),
        };
        let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count();
        let Some((name, after)) = text.split_at_checked(length).filter(|_| length > 0) else { return b"" };
        let after = match quote {
            Some(quote) => after.strip_prefix(&[*quote]),
            None => Some(after),
        };
        // `=>` of Ruby, and no `==`, `::` or `?:`.
        let sign = after.map(<[u8]>::trim_ascii_start).and_then(|after| {
            let rest = after.strip_prefix(b"=>").or_else(|| after.strip_prefix(b":")).or_else(|| after.strip_prefix(b"="))?;
            (!rest.starts_with(b"=") && !rest.starts_with(b":")).then_some(rest)
        });
        match sign {
            Some(rest) => {
                self.rest = rest;
                name
            }
            None => b"",
        }
    }

    /// A name in quotes.
    pub(super) fn quoted_name(&mut self) -> Option<&'t [u8]> {
        let (quote, text) = self.rest.split_first().filter(|(quote, _)| matches!(**quote, b'"' | b'\''))?;
        let (name, rest) = text.split_at_checked(text.iter().position(|byte| byte == quote)?)?;
        self.rest = rest.get(1..)?;
        Some(name)
    }

    /// The next value.
    pub(super) fn value(&mut self, depth: usize) -> Option<Value<'t>> {
        if depth > DEEPEST {
            return None;
        }
        self.blank();
        let before = self.rest;
        if let Some(known) = self.known(depth)?.filter(|_| self.is_ended()) {
            return Some(known);
        }
        self.rest = before;
        let expression = self.expression()?;
        let name = SPREADS.iter().find_map(|sign| expression.strip_prefix(sign.as_bytes())).unwrap_or(expression);
        let known = self.above.and_then(|above| above.value(above::holder(name), self.language, depth));
        Some(known.unwrap_or(Value::Unknown(expression)))
    }

    /// The next value, if it is a literal. `None` when a bracket is never closed.
    fn known(&mut self, depth: usize) -> Option<Option<Value<'t>>> {
        if EMPTY.iter().any(|word| self.sign(word)) {
            return Some(Some(Value::Members(Vec::new())));
        }
        let before = self.rest;
        if WRAPS.iter().any(|open| self.sign(open)) {
            let inner = self.value(depth + 1);
            self.blank();
            let is_closed = self.sign(")");
            _ = SURE.iter().any(|sign| self.sign(sign));
            return Some(inner.filter(|inner| is_closed && matches!(inner, Value::Text(_))));
        }
        if let Some(body) = self.typed(depth) {
            return Some(Some(body));
        }
        self.rest = before;
        if let Some((open, close)) = LISTS.iter().find(|(open, _)| self.sign(open)) {
            let mut members = self.list(close, depth + 1)?;
            // Headers are made of an object.
            let inner = match members.as_mut_slice() {
                [(b"", Value::Members(inner))] if open.ends_with('(') => Some(std::mem::take(inner)),
                _ => None,
            };
            return Some(Some(Value::Members(inner.unwrap_or(members))));
        }
        let text = self.text();
        if text.is_some() {
            _ = SURE.iter().any(|sign| self.sign(sign));
        }
        Some(text.and_then(|text| self.made_of(text, depth)))
    }

    /// Whether a literal is all of its value: nothing is done with it.
    fn is_ended(&mut self) -> bool {
        let before = self.rest;
        match self.language {
            Language::PowerShell => before.first().is_none_or(|next| next.is_ascii_whitespace() || b";})".contains(next)),
            Language::Statement => {
                let (line, _) = http::line(before);
                let line = line.trim_ascii_start();
                line.first().is_none_or(|next| b",;)}]#".contains(next)) || line.starts_with(b"//")
            }
            Language::Code => {
                self.blank();
                self.rest.first().is_none_or(|next| b",)}];".contains(next))
            }
        }
    }

    /// A text in quotes, or several that are put together. `None` when something is filled into it.
    fn text(&mut self) -> Option<Vec<u8>> {
        let mut whole = self.quoted()?;
        while self.language != Language::PowerShell {
            let before = self.rest;
            self.blank();
            let is_sum = self.sign("+");
            // `.` of PHP.
            if !is_sum && !self.sign(".") {
                self.rest = before;
                break;
            }
            self.blank();
            match self.quoted() {
                Some(more) => whole.extend(more),
                None if is_sum => return None,
                // It may be a function of the text.
                None => {
                    self.rest = before;
                    break;
                }
            }
        }
        Some(whole)
    }

    fn quoted(&mut self) -> Option<Vec<u8>> {
        let is_format = self.rest.first().is_some_and(|first| matches!(first, b'f' | b'F'));
        let text = if is_format { self.rest.get(1..)? } else { self.rest };
        let quote = *text.first()?;
        let (value, rest) = if quote == b'`' || (self.language == Language::PowerShell && matches!(quote, b'"' | b'\'')) {
            let inner = text.get(1..)?;
            let (value, rest) = inner.split_at_checked(inner.iter().position(|byte| *byte == quote)?)?;
            // `${a}` of JavaScript, `$a` of PowerShell; what is escaped, too, is left to those who know the language.
            if quote != b'\'' && value.iter().any(|byte| matches!(byte, b'$' | b'\\' | b'`')) {
                return None;
            }
            (value.to_vec(), rest.get(1..)?)
        } else {
            literal::string(text)?
        };
        if is_format && value.contains(&b'{') {
            return None;
        }
        self.rest = rest;
        Some(value)
    }

    /// Takes what is no literal, up to where the value ends. `None` when it is too long to be one.
    fn expression(&mut self) -> Option<&'t [u8]> {
        const LONGEST: usize = 2 << 10;
        let whole = self.rest;
        let mut open = 0_usize;
        while let Some((byte, rest)) = self.rest.split_first() {
            if whole.len() - self.rest.len() > LONGEST {
                return None;
            }
            let is_shell = self.language == Language::PowerShell && byte.is_ascii_whitespace();
            match byte {
                b'"' | b'\'' => {
                    self.rest = literal::string(self.rest).map_or(rest, |(_, rest)| rest);
                    continue;
                }
                b')' | b'}' | b']' if open == 0 => break,
                b'(' | b'{' | b'[' => open += 1,
                b')' | b'}' | b']' => open -= 1,
                b',' | b';' if open == 0 => break,
                b'\n' if open == 0 && self.language == Language::Statement => break,
                _ if open == 0 && is_shell => break,
                _ => {}
            }
            self.rest = rest;
        }
        whole.get(..whole.len() - self.rest.len()).map(<[u8]>::trim_ascii)
    }
}

/// Signs before what is spread over other members.
const SPREADS: [&str; 2] = ["...", "**"];

fn is_identifier(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, language: Language) -> (Value<'_>, &str) {
        let mut reader = Reader { rest: text.as_bytes(), language, above: None };
        (reader.value(0).unwrap(), std::str::from_utf8(reader.rest).unwrap())
    }

    #[test]
    fn literals_are_known_and_nothing_else() {
        for (text, known) in [
            ("'a', b", "a"),
            ("\"a\\u0026b\")", "a&b"),
            ("`a`,", "a"),
            ("'a' +\n  \"b\" ,", "ab"),
            ("b'a')", "a"),
            ("f'a')", "a"),
            ("'a' // why\n)", "a"),
        ] {
            assert_eq!(value(text, Language::Code).0, Value::Text(known.into()), "{text}");
        }
        for text in ["a.b('x, y')", "'a' + b", "`a${b}`", "f'{a}'", "'a'.trim()", "5", "(a, b)", "{...a}.b"] {
            let whole = format!("{text}, next)");
            assert_eq!(value(&whole, Language::Code), (Value::Unknown(text.as_bytes()), ", next)"), "{text}");
        }
        assert_eq!(value("'a\\b' -x", Language::PowerShell).0, Value::Text(b"a\\b".to_vec()));
        for text in ["\"a$b\"", "$a", "(Get-Date)", "\"a`n\""] {
            let whole = format!("{text} -Next");
            assert_eq!(value(&whole, Language::PowerShell).0, Value::Unknown(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn members_are_those_of_several_languages() {
        let known = |text: &str| Value::Text(text.as_bytes().to_vec());
        for text in ["{a: 'x', 'b-c': y, }", "{\"a\" => \"x\", \"b-c\" => y}", "new Headers({ a: 'x', // why\n \"b-c\": y })"] {
            let expected = Value::Members(vec![(b"a", known("x")), (b"b-c", Value::Unknown(b"y"))]);
            assert_eq!(value(text, Language::Code).0, expected, "{text}");
        }
        let (found, rest) = value("@{ 'a'='x'\n \"b-c\" = $y; } -Uri", Language::PowerShell);
        assert_eq!((found, rest), (Value::Members(vec![(b"a", known("x")), (b"b-c", Value::Unknown(b"$y"))]), " -Uri"));
        let shorthand = Value::Members(vec![(b"", Value::Unknown(b"headers")), (b"", Value::Unknown(b"...more"))]);
        assert_eq!(value("{headers, ...more}", Language::Code).0, shorthand);
    }
}

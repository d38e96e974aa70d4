//! What a name stands for: the literal that is assigned to it in the text above a call.
//!
//! A name is known when exactly one literal is assigned to it, and all that changes it afterwards is a literal, too.

use super::value::{Language, Reader, Value};
use crate::http;
use std::{borrow::Cow, cell::Cell};

/// The text above a call, as far as it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Above<'t, 'c> {
    text: &'t [u8],
    /// How many names may still be looked for.
    left: &'c Cell<usize>,
}

/// What a name is followed by where something is added to what it holds.
const ADDITIONS: [&str; 7] = [".append(", ".insert(", ".set(", ".add(", ".Add(", ".put(", ".Set("];

/// What a name is followed by where it is changed in a way that is not read.
const CHANGES: [&str; 8] = [".update(", ".delete(", ".remove(", ".pop(", ".merge(", ".extend(", ".push(", ".clear("];

impl<'t, 'c> Above<'t, 'c> {
    /// The most bytes above a call that are looked at.
    const FURTHEST: usize = 8 << 10;
    /// The most times that a name may stand there.
    const MOST_TIMES: usize = 200;

    pub(super) fn new(text: &'t [u8], left: &'c Cell<usize>) -> Self {
        let text = text.get(text.len().saturating_sub(Self::FURTHEST)..).unwrap_or(text);
        Self { text, left }
    }

    /// The value of a name, where it is known.
    pub(super) fn value(&self, name: &[u8], language: Language, depth: usize) -> Option<Value<'t>> {
        // `@options` of PowerShell hands on what `$options` holds.
        let name = match name.strip_prefix(b"@").filter(|_| language == Language::PowerShell) {
            Some(name) => Cow::Owned([b"$", name].concat()),
            None => Cow::Borrowed(name),
        };
        if !is_name(&name) {
            return None;
        }
        self.left.set(self.left.get().checked_sub(1)?);
        let language = if language == Language::PowerShell { language } else { Language::Statement };
        let mut value = None;
        let mut from = 0;
        for _ in 0..Self::MOST_TIMES {
            let Some(at) = self.text.get(from..).and_then(|rest| http::find(rest, &name)).map(|at| from + at) else {
                return value;
            };
            from = at + name.len();
            let (before, rest) = (self.text.get(..at)?, self.text.get(from..)?);
            if before.last().is_some_and(is_of_name) || rest.first().is_some_and(is_of_name) {
                continue;
            }
            if is_parameter(before, rest) {
                // In a function, it is what the function is called with.
                value = None;
                continue;
            }
            if !begins_statement(before) {
                continue;
            }
            let above = Above { text: before, ..*self };
            let mut reader = Reader { rest, language, above: Some(above) };
            match (change(&mut reader, depth), &mut value) {
                (Change::None, _) => {}
                (Change::Literal(literal), None) => value = Some(literal),
                (Change::Member(name, more), Some(Value::Members(members))) => members.push((name, more)),
                (Change::Type(media), Some(Value::Typed(_, own))) => *own = Some(media),
                _ => return None,
            }
        }
        None
    }
}

impl Above<'_, '_> {
    /// The text that a function was given last as its first argument.
    pub(super) fn argument(&self, function: &[u8]) -> Option<Vec<u8>> {
        let at = self.text.windows(function.len()).rposition(|piece| piece == function)?;
        let (before, rest) = self.text.split_at_checked(at)?;
        let rest = rest.get(function.len()..)?;
        let mut reader = Reader { rest, language: Language::Code, above: Some(Above { text: before, ..*self }) };
        match reader.value(0)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The variable of which an expression gives the same URL as another type.
pub(super) fn holder(expression: &[u8]) -> &[u8] {
    const SAME: [&[u8]; 6] = [b".request_uri", b".toString()", b".String()", b".to_s", b".href", b".as_str()"];
    SAME.iter().find_map(|suffix| expression.strip_suffix(*suffix)).unwrap_or(expression)
}

/// What is done with a name.
enum Change<'t> {
    None,
    Literal(Value<'t>),
    Member(&'t [u8], Value<'t>),
    /// The type of a body.
    Type(Vec<u8>),
    Unknown,
}

/// What stands behind a name that begins a statement.
fn change<'t>(reader: &mut Reader<'t, '_>, depth: usize) -> Change<'t> {
    if let Some(sign) = ADDITIONS.iter().find(|sign| reader.rest.starts_with(sign.as_bytes())) {
        reader.sign(sign);
        let Some(name) = reader.quoted_name() else { return Change::Unknown };
        reader.blank();
        return match (reader.sign(","), reader.value(depth + 1)) {
            (true, Some(value)) => Change::Member(name, value),
            _ => Change::Unknown,
        };
    }
    if CHANGES.iter().any(|sign| reader.rest.starts_with(sign.as_bytes())) {
        return Change::Unknown;
    }
    let is_type = reader.sign(".Headers.ContentType");
    // `[]` of PHP adds a value without a name.
    let mut name = None;
    if reader.sign("[") {
        name = Some(reader.quoted_name().unwrap_or_default());
        if !reader.sign("]") {
            let is_set = http::find(http::line(reader.rest).0, b"] =").is_some();
            return if is_set { Change::Unknown } else { Change::None };
        }
    }
    let blanks = reader.rest.iter().take_while(|byte| b" \t".contains(byte)).count();
    reader.rest = reader.rest.get(blanks..).unwrap_or_default();
    if reader.rest.starts_with(b": ") {
        // A type is named before the value.
        let end = reader.rest.iter().position(|byte| b"=\n".contains(byte)).unwrap_or_default();
        reader.rest = reader.rest.get(end..).unwrap_or_default();
    }
    let is_set = (reader.sign(":=") || reader.sign("=")) && !reader.rest.first().is_some_and(|next| b"=>~".contains(next));
    if !is_set {
        return Change::None;
    }
    let value = reader.value(depth + 1);
    // What a comma or a bracket follows is an argument of another call.
    if reader.rest.first().is_some_and(|next| b",)".contains(next)) {
        return Change::None;
    }
    match (name, value) {
        (_, Some(Value::Typed(_, Some(media)))) if is_type => Change::Type(media),
        (_, None | Some(Value::Unknown(_))) => Change::Unknown,
        (Some(name), Some(value)) => Change::Member(name, value),
        (None, Some(_)) if is_type => Change::Unknown,
        (None, Some(value)) => Change::Literal(value),
    }
}

/// Whether a name behind this text begins a statement, but for the words that declare it.
fn begins_statement(before: &[u8]) -> bool {
    /// The most bytes of words that declare a name.
    const LONGEST: usize = 80;
    let near = before.get(before.len().saturating_sub(LONGEST)..).unwrap_or_default();
    let begin = near.iter().rposition(|byte| b"\n;".contains(byte)).map_or(0, |at| at + 1);
    near.get(begin..).is_some_and(|words| {
        words.iter().all(|byte| byte.is_ascii_alphanumeric() || b" \t_<>,.[]$*&".contains(byte))
            && words.last().is_none_or(|last| b" \t*&".contains(last))
    })
}

/// Whether a name between these texts is a parameter of a function that begins there.
fn is_parameter(before: &[u8], rest: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] = [b"def ", b"function ", b"async ", b"export ", b"fn ", b"func ", b"fun ", b"public ", b"private "];
    /// The most bytes of a line that are looked at on either side.
    const FURTHEST: usize = 120;
    let near = before.get(before.len().saturating_sub(FURTHEST)..).unwrap_or_default();
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_start();
    let (more, _) = http::line(rest.get(..rest.len().min(FURTHEST)).unwrap_or_default());
    let arrow = more.iter().position(|byte| *byte == b')').and_then(|close| more.get(close + 1..)).map(<[u8]>::trim_ascii_start);
    let is_function = WORDS.iter().any(|word| line.starts_with(word)) || arrow.is_some_and(|after| after.starts_with(b"=>"));
    is_function
        && line.iter().rposition(|byte| *byte == b'(').is_some_and(|open| !line.get(open..).unwrap_or_default().contains(&b')'))
}

fn is_of_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'$'
}

/// Whether it is a name, and no number or word of a language.
fn is_name(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] = [b"true", b"false", b"null", b"nil", b"None", b"undefined", b"True", b"False", b"this"];
    let plain = text.strip_prefix(b"$").unwrap_or(text);
    plain.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'_')
        && plain.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        && !WORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str, name: &'static str) -> Option<String> {
        let left = Cell::new(9);
        let above = Above::new(text.as_bytes(), &left);
        let value = above.value(name.as_bytes(), Language::Code, 0)?;
        Some(match value {
            Value::Text(text) => String::from_utf8(text).unwrap(),
            other => format!("{other:?}").len().to_string(),
        })
    }

    fn members(text: &str, name: &str) -> Option<Vec<(String, String)>> {
        let left = Cell::new(9);
        let above = Above::new(text.as_bytes(), &left);
        let Value::Members(members) = above.value(name.as_bytes(), Language::Code, 0)? else { return None };
        let text = |value: Value<'_>| match value {
            Value::Text(text) => String::from_utf8(text).unwrap(),
            other => format!("{other:?}"),
        };
        Some(members.into_iter().map(|(name, value)| (String::from_utf8_lossy(name).into_owned(), text(value))).collect())
    }

    #[test]
    fn a_name_is_the_one_literal_that_is_assigned_to_it() {
        for text in [
            "a = 'x'\n",
            "  const a = \"x\";\n",
            "let a: string = 'x'\nb(a=a)\n",
            "String a = \"x\";",
            "a := `x`",
            "const char *a = \"x\";",
            "a = (\n  'x'\n)",
            "b = 'x'\na = b\n",
            "a = \"x\"  # why\nc = 'y'",
            "a = 'y'\ndef send(a):\n  a = 'x'",
            "const a = 'x';\nfetch(b, {a}).then(r => r.json())",
        ] {
            assert_eq!(known(text, "a"), Some("x".into()), "{text}");
        }
        assert_eq!(known("$a = 'x';", "$a"), Some("x".into()));
        for text in [
            "a = 'x'\na = 'y'\n",
            "a = b()\n",
            "ba = 'x'\n",
            "call(a='x')",
            "call(\n  a='x',\n  b)",
            "if (a == 'x')",
            "a => 'x'",
            "say 'a = 1'",
            "a = a",
            "a = 'x'\ndef send(b, a):\n  call(a)",
            "const a = 'x';\nconst send = async (b, a) => {",
            "String a = \"x\";\npublic void send(String a) {",
            "a = 'x' + b",
        ] {
            assert_eq!(known(text, "a"), None, "{text}");
        }
    }

    #[test]
    fn what_is_added_later_belongs_to_it() {
        let expected: Vec<_> = [("b", "x"), ("c-d", "y")].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        for text in [
            "a = {'b': 'x', 'c-d': 'y'}",
            "var a = new Headers();\na.append(\"b\", \"x\");\na.append(\"c-d\", \"y\");",
            "a = {'b': 'x'}\na['c-d'] = 'y'\n",
            "Map<String, String> a = new HashMap<>();\na.put(\"b\", \"x\");\na.put(\"c-d\", \"y\");",
            "e = {'b': 'x'}\na = {**e, 'c-d': 'y'}\n",
        ] {
            assert_eq!(members(text, "a"), Some(expected.clone()), "{text}");
        }
        for text in ["a = {}\na.update(more)", "a = {}\na[name] = x", "a = build()\na['b'] = 'x'"] {
            assert_eq!(members(text, "a"), None, "{text}");
        }
    }
}

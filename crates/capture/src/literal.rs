//! Values as programs print them: the literals of Python, JavaScript, Ruby and Rust, made JSON.

use serde_json::{Map, Value};

/// Deeper values are not read.
const DEEPEST: usize = 32;

/// A string literal at the start of a text, and what follows it. Literals beside each other are one, as in Python.
pub(crate) fn string(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (mut value, mut rest) = one(text)?;
    while let Some((more, after)) = one(rest.trim_ascii_start()) {
        value.extend(more);
        rest = after;
    }
    Some((value, rest))
}

fn one(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let text = match text {
        [b'b' | b'u' | b'r' | b'B', rest @ ..] if rest.first().is_some_and(|next| matches!(next, b'\'' | b'"')) => rest,
        _ => text,
    };
    let (quote, mut rest) = text.split_first().filter(|(quote, _)| matches!(**quote, b'\'' | b'"'))?;
    let mut out = Vec::new();
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'\\' => rest = escape(tail, &mut out),
            _ if byte == quote => return Some((out, rest)),
            _ => out.push(*byte),
        }
    }
    None
}

/// Undoes the escape behind a backslash.
fn escape<'t>(text: &'t [u8], out: &mut Vec<u8>) -> &'t [u8] {
    let Some((kind, rest)) = text.split_first() else { return text };
    let number = |length: usize| {
        let digits = std::str::from_utf8(rest.get(..length)?).ok()?;
        Some((u32::from_str_radix(digits, 16).ok()?, rest.get(length..)?))
    };
    let character = |(code, rest): (u32, &'t [u8]), out: &mut Vec<u8>| {
        out.extend_from_slice(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]).as_bytes());
        rest
    };
    match kind {
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'x' => {
            if let Some((code, rest)) = number(2) {
                out.push(code.to_le_bytes().first().copied().unwrap_or_default());
                return rest;
            }
            out.extend_from_slice(b"\\x");
        }
        b'u' => match number(4) {
            Some(found) => return character(found, out),
            None => out.extend_from_slice(b"\\u"),
        },
        b'U' => match number(8) {
            Some(found) => return character(found, out),
            None => out.extend_from_slice(b"\\U"),
        },
        other => out.push(*other),
    }
    rest
}

/// A value at the start of a text, and what follows it.
pub(crate) fn value(text: &[u8]) -> Option<(Value, &[u8])> {
    nested(text, 0)
}

fn nested(text: &[u8], depth: usize) -> Option<(Value, &[u8])> {
    let text = text.trim_ascii_start();
    if depth > DEEPEST {
        return None;
    }
    match text.first()? {
        b'{' => object(text.get(1..)?, depth),
        b'[' | b'(' => list(text.get(1..)?, depth),
        _ => match string(text) {
            Some((value, rest)) => Some((Value::String(String::from_utf8_lossy(&value).into_owned()), rest)),
            None => bare(text),
        },
    }
}

fn object(text: &[u8], depth: usize) -> Option<(Value, &[u8])> {
    let mut members = Map::new();
    let mut rest = text.trim_ascii_start();
    loop {
        if let Some(rest) = rest.strip_prefix(b"}") {
            return Some((Value::Object(members), rest));
        }
        let (name, after) = match string(rest) {
            Some((name, after)) => (String::from_utf8_lossy(&name).into_owned(), after),
            None => {
                let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-$".contains(byte)).count();
                (String::from_utf8_lossy(rest.get(..length).filter(|name| !name.is_empty())?).into_owned(), rest.get(length..)?)
            }
        };
        let after = after.trim_ascii_start();
        // `:` of most, `=>` of Ruby, `=` of Java.
        let after = after.strip_prefix(b":").or_else(|| after.strip_prefix(b"=>")).or_else(|| after.strip_prefix(b"="))?;
        let (value, after) = nested(after, depth + 1)?;
        members.insert(name, value);
        rest = after.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
    }
}

fn list(text: &[u8], depth: usize) -> Option<(Value, &[u8])> {
    let mut items = Vec::new();
    let mut rest = text.trim_ascii_start();
    loop {
        if let Some(rest) = rest.strip_prefix(b"]").or_else(|| rest.strip_prefix(b")")) {
            return Some((Value::Array(items), rest));
        }
        let (value, after) = nested(rest, depth + 1)?;
        items.push(value);
        rest = after.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
    }
}

/// A number, a name, or a value without quotes, up to a comma or the end of what it is in. An object that is
/// printed as `<Name at 0x12>` is one.
fn bare(text: &[u8]) -> Option<(Value, &[u8])> {
    const LONGEST: usize = 4096;
    let stop = if text.starts_with(b"<") { &b">"[..] } else { b",}])\n" };
    let end = text.iter().take(LONGEST).position(|byte| stop.contains(byte))?;
    let end = if stop == b">" { end + 1 } else { end };
    let (word, rest) = text.split_at_checked(end)?;
    let word = std::str::from_utf8(word).ok()?.trim();
    if word.is_empty() {
        return None;
    }
    let number = serde_json::from_str(word).ok().map(Value::Number);
    Some((number.unwrap_or_else(|| Value::String(word.to_owned())), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn literals_of_several_languages_are_read() {
        for (text, expected) in [
            ("{'a': b'x\\ny', u'b': 5, 'c': None}", json!({"a": "x\ny", "b": 5, "c": "None"})),
            ("{ a: 'x', 'b-c': [ 'y' ], d: { e: \"\\u4f60\" } }", json!({"a": "x", "b-c": ["y"], "d": {"e": "你"}})),
            ("{\"a\"=>\"b\"}", json!({"a": "b"})),
            ("{'a': 'b' 'c'\n 'd', 'x': <Reader at 0x7f, y>}", json!({"a": "bcd", "x": "<Reader at 0x7f, y>"})),
            ("('a', 'b')", json!(["a", "b"])),
        ] {
            assert_eq!(value(text.as_bytes()).map(|(value, _)| value), Some(expected), "{text}");
        }
        for broken in ["{'a'", "{'a': ", "{'a': 'b", "[", "{:1}", ""] {
            assert!(value(broken.as_bytes()).is_none(), "{broken}");
        }
        assert!(value("[".repeat(100_000).as_bytes()).is_none());
    }
}

//! The members of JSON that may have been cut: a scanner, no parser.
//!
//! Objects and lists are flattened: a member is a string, a colon and a scalar, however deep it lies.

use super::Element;
use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::str::Chars;

/// The members with strings and numbers, in order.
pub(super) fn elements(body: &str) -> Vec<Element> {
    let mut found = Vec::new();
    let mut name: Option<String> = None;
    let mut chars = body.chars();
    loop {
        let before = chars.as_str();
        let Some(next) = chars.next() else { return found };
        match next {
            '"' => {
                let (text, whole) = string(&mut chars);
                if let Some(value) = chars.as_str().trim_start().strip_prefix(':') {
                    name = Some(text);
                    chars = value.chars();
                } else if let Some(name) = name.take() {
                    found.push(Element { name, text, whole });
                }
            }
            '{' | '[' | '}' | ']' | ',' => name = None,
            '-' | '0'..='9' | 'a'..='z' => {
                let end = before.find(|c: char| !matches!(c, '+' | '-' | '.' | '0'..='9' | 'A'..='Z' | 'a'..='z'));
                let (text, rest) = before.split_at_checked(end.unwrap_or(before.len())).unwrap_or((before, ""));
                chars = rest.chars();
                if let Some(name) = name.take().filter(|_| text != "null") {
                    found.push(Element { name, text: text.to_owned(), whole: end.is_some() });
                }
            }
            _ => {}
        }
    }
}

/// The rest of a string behind its first quote, and whether its last quote is there. Takes line ends, which
/// JSON forbids: logs undo their escapes.
fn string(chars: &mut Chars<'_>) -> (String, bool) {
    let mut text = String::new();
    while let Some(next) = chars.next() {
        match next {
            '"' => return (text, true),
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some('b') => text.push('\u{8}'),
                Some('f') => text.push('\u{c}'),
                Some('u') => text.push(unit(chars)),
                other => text.extend(other),
            },
            plain => text.push(plain),
        }
    }
    (text, false)
}

/// What `\u` stands for; a half of a pair without the other one becomes U+FFFD.
fn unit(chars: &mut Chars<'_>) -> char {
    let first = four_digits(chars);
    let mut ahead = chars.clone();
    let second = match first {
        Some(0xd800..=0xdbff) if ahead.next() == Some('\\') && ahead.next() == Some('u') => four_digits(&mut ahead),
        _ => None,
    };
    let pair = char::decode_utf16(first.into_iter().chain(second)).next();
    match pair {
        Some(Ok(meant)) => {
            if second.is_some() {
                *chars = ahead;
            }
            meant
        }
        _ => char::REPLACEMENT_CHARACTER,
    }
}

fn four_digits(chars: &mut Chars<'_>) -> Option<u16> {
    let (digits, rest) = chars.as_str().split_at_checked(4)?;
    let number = u16::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
    *chars = rest.chars();
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Vec<(String, String)> {
        elements(body).into_iter().map(|e| (e.name, e.text)).collect()
    }

    fn pairs(body: &str, expected: &[(&str, &str)]) {
        let found = read(body);
        let found: Vec<_> = found.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn members_are_found_at_every_depth() {
        pairs(
            r#"{"code":-97,"message":"ERROR_PROXY_AUTH_FAILED","data":{"a" : 1.5e3}}"#,
            &[("code", "-97"), ("message", "ERROR_PROXY_AUTH_FAILED"), ("a", "1.5e3")],
        );
        pairs(
            r#"{"errors":[{"message":"x","code":"Y"}],"l":["a","b"],"z":null,"t":true}"#,
            &[("message", "x"), ("code", "Y"), ("t", "true")],
        );
    }

    #[test]
    fn escapes_are_those_of_json() {
        pairs("{\"m\":\"a\\nb\\t\\\"\\\\\\/\\u4f60\\ud83d\\ude00\"}", &[("m", "a\nb\t\"\\/\u{4f60}\u{1f600}")]);
        pairs(r#"{"m":"\ud83dx\ud83d\u0041\uzz\q"}"#, &[("m", "\u{fffd}x\u{fffd}A\u{fffd}zzq")]);
        pairs("{\"m\":\"a\nb\"}", &[("m", "a\nb")]);
    }

    #[test]
    fn a_cut_value_is_marked() {
        for (body, whole) in
            [("{\"error\":\"bad to", false), ("{\"code\":-9", false), ("{\"code\":-97,", true), ("{\"error\":\"x\"", true)]
        {
            assert_eq!(elements(body).first().map(|e| e.whole), Some(whole), "{body}");
        }
        assert!(elements("{\"error").is_empty());
    }
}

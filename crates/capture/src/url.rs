//! URLs in prose, source text and JSON.

use crate::{Note, Origin, Thing, claim, http, walk::Out};

/// Takes the signed URLs in a line, and remembers one that is not.
pub(crate) fn urls(line: &[u8], out: &mut Out) {
    const MOST: usize = 100;
    let mut from = 0;
    for _ in 0..MOST {
        let Some(found) = line.get(from..).and_then(find) else { return };
        let plain = found.plain();
        if claim::is_signed_url(&plain) {
            if plain != found.text {
                out.notes.push(Note::UrlUnescaped);
            }
            let before = line.get(..from + found.start).unwrap_or_default();
            if let Some(name) = variable(before) {
                out.variables.push((name.to_vec(), plain.clone()));
            }
            if found.context == Context::Quoted && is_code(before) {
                out.alone.push(plain.clone());
            }
            out.thing(Thing::Url(plain), Origin::Text);
        } else if out.url.is_none() {
            out.url = Some(plain);
        }
        from += found.end;
    }
}

/// Whether what stands before a URL and its quote is code: an assignment, or arguments.
fn is_code(before: &[u8]) -> bool {
    let quote = [&b"\""[..], b"'", b"`"].into_iter().find_map(|quote| before.strip_suffix(quote));
    let before = quote.unwrap_or_default();
    // Objective-C writes its texts so.
    if before.ends_with(b"@") {
        return true;
    }
    let before = before.trim_ascii_end();
    let count = |sign: u8| before.iter().filter(|byte| **byte == sign).count();
    let is_argument = [&b","[..], b":"].iter().any(|sign| before.ends_with(sign)) && count(b'(') > count(b')');
    is_argument || before.ends_with(b"(") || before.ends_with(b"=") || before.ends_with(b"=>")
}

/// The variable that is set to a literal behind this.
fn variable(before: &[u8]) -> Option<&[u8]> {
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).or_else(|| before.strip_suffix(b"`"))?;
    let before = WRAPS.iter().find_map(|wrap| before.trim_ascii_end().strip_suffix(wrap.as_bytes())).unwrap_or(before);
    let before = before.trim_ascii_end().strip_suffix(b"=")?;
    let before = before.strip_suffix(b":").unwrap_or(before).trim_ascii_end();
    let length = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"_$.".contains(byte)).count();
    before.get(before.len() - length..).filter(|name| !name.is_empty())
}

/// What makes an object of a URL.
const WRAPS: [&str; 8] = ["new URL(", "new URI(", "new Uri(", "URI.create(", "URI.parse(", "Uri.parse(", "URL(string:", "URI("];

/// The first URL in a line.
pub(crate) fn first(line: &[u8]) -> Option<&[u8]> {
    find(line).map(|found| found.text)
}

/// The URL that a text is, if it is nothing else but what is wrapped around one. Bare, it may hold a blank.
pub(crate) fn alone(line: &[u8], notes: &mut Vec<Note>) -> Option<Vec<u8>> {
    if http::is_url(line) {
        // Words behind a blank belong to it when the rest of a URL follows.
        let blank = line.iter().position(|byte| *byte == b' ').unwrap_or(line.len());
        let (front, rest) = line.split_at_checked(blank)?;
        let goes_on = rest.iter().any(|byte| b"?=/.".contains(byte)) || !front.contains(&b'?');
        return Some(if goes_on { line } else { front }.to_vec());
    }
    let found = find(line)?;
    let wraps = |text: &[u8]| text.iter().all(|byte| b"\"'`<>()[]{},; \t".contains(byte));
    let start = line.len().checked_sub(line.get(found.start..)?.len())?;
    if !wraps(line.get(..start)?) || !wraps(line.get(found.start + found.text.len()..)?) {
        return None;
    }
    let plain = found.plain();
    if plain != found.text {
        notes.push(Note::UrlUnescaped);
    }
    Some(plain)
}

struct Found<'l> {
    text: &'l [u8],
    start: usize,
    /// Where the line goes on.
    end: usize,
    context: Context,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Prose,
    /// Between quotes: JSON or source text.
    Quoted,
    /// The value of an attribute.
    Attribute,
}

fn find(line: &[u8]) -> Option<Found<'_>> {
    let start = start(line)?;
    let (before, rest) = line.split_at_checked(start)?;
    let (end, context) = match before.last() {
        Some(quote @ (b'"' | b'\'' | b'`')) => match closing(rest, *quote) {
            Some(end) => {
                let is_attribute = before.len() > 1 && before.get(before.len() - 2) == Some(&b'=') && before.contains(&b'<');
                (end, if is_attribute { Context::Attribute } else { Context::Quoted })
            }
            None => (bare_end(rest), Context::Quoted),
        },
        Some(b'<') => (rest.iter().position(|byte| *byte == b'>').unwrap_or_else(|| bare_end(rest)), Context::Prose),
        _ => (bare_end(rest), Context::Prose),
    };
    let text = rest.get(..end)?;
    Some(Found { text, start, end: start + end.max(7), context })
}

/// Where the first URL starts: at the word before a colon and two slashes.
fn start(line: &[u8]) -> Option<usize> {
    let colons = line.iter().enumerate().filter(|(_, byte)| **byte == b':').map(|(at, _)| at);
    colons.filter_map(|at| line.split_at_checked(at)).find_map(|(before, rest)| {
        let is_url = rest.starts_with(b"://") || rest.starts_with(b":\\/\\/");
        let word = ["https", "http", "rtmp"].into_iter().filter(|_| is_url).find(|word| {
            before
                .len()
                .checked_sub(word.len())
                .and_then(|at| before.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
        })?;
        Some(before.len() - word.len())
    })
}

/// Where a text in quotes ends; JSON in JSON escapes them.
fn closing(text: &[u8], quote: u8) -> Option<usize> {
    let end = text.iter().position(|byte| *byte == quote)?;
    let is_escaped = end > 0 && text.get(end - 1) == Some(&b'\\');
    Some(if is_escaped { end - 1 } else { end })
}

/// Where a URL in prose ends.
fn bare_end(text: &[u8]) -> usize {
    /// Characters that may stick to its end.
    const MOST_LOOSE: usize = 16;
    let stop =
        |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || matches!(byte, b'<' | b'>' | b'"' | b'`' | b'|');
    let mut end = text.iter().position(stop).unwrap_or(text.len());
    // Chinese punctuation and full-width brackets follow without a blank.
    for mark in [
        "\u{3002}", "\u{ff0c}", "\u{ff1b}", "\u{ff09}", "\u{300d}", "\u{300f}", "\u{3001}", "\u{201d}", "\u{2019}", "\u{ff1a}",
        "\u{ff01}", "\u{ff1f}",
    ] {
        end = http::find(text.get(..end).unwrap_or_default(), mark.as_bytes()).unwrap_or(end);
    }
    for _ in 0..MOST_LOOSE {
        let Some((last, inner)) = text.get(..end).and_then(<[u8]>::split_last) else { break };
        let count = |sign: u8| inner.iter().filter(|byte| **byte == sign).count();
        let is_loose = match last {
            b'.' | b',' | b';' | b':' | b'!' | b'\'' | b'*' | b'_' | b'\\' => true,
            b')' => count(b'(') <= count(b')'),
            b']' => count(b'[') <= count(b']'),
            b'}' => count(b'{') <= count(b'}'),
            _ => false,
        };
        if !is_loose {
            break;
        }
        end -= 1;
    }
    end
}

impl Found<'_> {
    /// The URL without the escapes of what it was quoted from. In prose they may be what was sent.
    fn plain(&self) -> Vec<u8> {
        let mut text = String::from_utf8_lossy(self.text).into_owned();
        if std::str::from_utf8(self.text).is_err() {
            return self.text.to_vec();
        }
        let is_json = text.contains("\\/") || (self.context == Context::Quoted && text.contains("\\u00"));
        if is_json {
            text = text.replace("\\\\u0026", "&").replace("\\/", "/");
            for (escape, plain) in [
                ("\\u0026", "&"),
                ("\\u003d", "="),
                ("\\u003D", "="),
                ("\\u002b", "+"),
                ("\\u002B", "+"),
                ("\\u003c", "<"),
                ("\\u003e", ">"),
                ("\\u0027", "'"),
            ] {
                text = text.replace(escape, plain);
            }
        }
        if self.context == Context::Attribute {
            text = text
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#38;", "&")
                .replace("&#x26;", "&")
                .replace("&amp;", "&");
        }
        text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_end_where_their_surroundings_begin() {
        let url = "https://h/a?x=1&y=(b)";
        for line in [
            "see https://h/a?x=1&y=(b).",
            "(https://h/a?x=1&y=(b), or so)",
            "[link](https://h/a?x=1&y=(b))!",
            "<https://h/a?x=1&y=(b)>",
            "\"https://h/a?x=1&y=(b)\",",
            "`https://h/a?x=1&y=(b)`",
            "**https://h/a?x=1&y=(b)**",
            "地址是https://h/a?x=1&y=(b)，请看",
        ] {
            let found = String::from_utf8(find(line.as_bytes()).unwrap().text.to_vec()).unwrap();
            assert_eq!(found, url, "{line}");
        }
    }

    #[test]
    fn escapes_are_undone_where_they_belong_to_the_surroundings() {
        let plain = |line: &str| String::from_utf8(find(line.as_bytes()).unwrap().plain()).unwrap();
        let url = "https://h/a?x=1&y=2";
        assert_eq!(plain(r#"{"url":"https:\/\/h\/a?x=1\u0026y\u003d2"}"#), url);
        assert_eq!(plain(r#""{\"url\":\"https://h/a?x=1\u0026y=2\"}""#), url);
        assert_eq!(plain(r#"<a href="https://h/a?x=1&amp;y=2">"#), url);
        assert_eq!(plain("https://h/a?x=1&amp;y=2"), "https://h/a?x=1&amp;y=2");
        assert_eq!(plain("https://h/a?x=1\\u0026y=2"), "https://h/a?x=1\\u0026y=2");
    }

    #[test]
    fn a_url_alone_keeps_its_blanks() {
        let alone = |line: &str| alone(line.as_bytes(), &mut Vec::new()).map(|url| String::from_utf8(url).unwrap());
        assert_eq!(alone("https://h/a b.jpg?x").as_deref(), Some("https://h/a b.jpg?x"));
        assert_eq!(alone("https://h/a?x=1 gives me a 403").as_deref(), Some("https://h/a?x=1"));
        assert_eq!(alone("<https://h/a>").as_deref(), Some("https://h/a"));
        assert_eq!(alone("\"https://h/a\",").as_deref(), Some("https://h/a"));
        assert_eq!(alone("see https://h/a"), None);
    }
}

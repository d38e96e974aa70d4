//! The elements of XML that may have been copied, indented or cut: a scanner, no parser.
//!
//! Of nested elements only the innermost hold text. Every byte is looked at a bounded number of times.

use super::Element;
use alloc::{
    borrow::{Cow, ToOwned},
    string::String,
    vec::Vec,
};

/// Elements whose blanks and line ends are part of the text.
const EXACT: [&str; 3] = ["StringToSign", "CanonicalRequest", "FormatString"];

/// The elements that hold no others, in order; an element that is never closed ends where another one starts.
pub(super) fn elements(body: &str) -> Vec<Element> {
    let mut scan = Scan { open: None, text: String::new(), found: Vec::new() };
    let mut rest = body;
    while let Some((text, markup)) = rest.split_once('<') {
        scan.write(text);
        rest = scan.markup(markup);
    }
    scan.write(rest);
    if !scan.text.trim().is_empty() {
        scan.end(false);
    }
    scan.found
}

struct Scan<'b> {
    /// The element started last, unless it has ended.
    open: Option<&'b str>,
    /// Its text so far.
    text: String,
    found: Vec<Element>,
}

impl<'b> Scan<'b> {
    /// Takes what stands behind a `<`; gives what is left.
    fn markup(&mut self, markup: &'b str) -> &'b str {
        if let Some(data) = markup.strip_prefix("![CDATA[") {
            let (data, rest) = data.split_once("]]>").unwrap_or((data, ""));
            self.write_plain(data);
            return rest;
        }
        if let Some(comment) = markup.strip_prefix("!--") {
            return comment.split_once("-->").unwrap_or_default().1;
        }
        if markup.starts_with(['!', '?']) {
            return markup.split_once('>').unwrap_or_default().1;
        }
        let (tag, rest) = split_tag(markup);
        if tag.starts_with('/') {
            self.end(true);
            return rest;
        }
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.write_plain("<");
            return markup;
        }
        // Forums show line ends so.
        if name.eq_ignore_ascii_case("br") {
            self.write_plain("\n");
            return rest;
        }
        if !self.text.trim().is_empty() {
            self.end(true);
        }
        self.open = Some(name);
        self.text.clear();
        if tag.ends_with('/') {
            self.end(true);
        }
        rest
    }

    fn write(&mut self, text: &str) {
        if self.open.is_some() {
            unescape(&one_line_end(text), &mut self.text);
        }
    }

    fn write_plain(&mut self, text: &str) {
        if self.open.is_some() {
            self.text.push_str(&one_line_end(text));
        }
    }

    fn end(&mut self, whole: bool) {
        if let Some(name) = self.open.take() {
            let text = if EXACT.contains(&name) { unindented(&self.text) } else { self.text.trim() };
            self.found.push(Element { name: name.to_owned(), text: text.to_owned(), whole });
        }
        self.text.clear();
    }
}

/// Cuts a tag from what follows it. It ends at the first `>` outside quotes; where quotes do not pair, at the first `>`.
fn split_tag(markup: &str) -> (&str, &str) {
    // No tag reaches over the next one.
    let reach = markup.find('<').unwrap_or(markup.len());
    let (mut quote, mut inner) = (None, None);
    for (at, byte) in markup.bytes().enumerate().take(reach) {
        match (quote, byte) {
            (None, b'>') => return cut(markup, at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(own), _) if own == byte => quote = None,
            (Some(_), b'>') => inner = inner.or(Some(at)),
            _ => {}
        }
    }
    match inner {
        Some(at) => cut(markup, at),
        None => markup.split_at_checked(reach).unwrap_or((markup, "")),
    }
}

fn cut(markup: &str, at: usize) -> (&str, &str) {
    (markup.get(..at).unwrap_or_default(), markup.get(at + 1..).unwrap_or_default())
}

/// XML has one line end, LF, whatever the file has.
fn one_line_end(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// A quoted text never starts with a line end: where one stands, the body is indented, and the closing tag too.
fn unindented(text: &str) -> &str {
    let inner = text.trim_start();
    if !text.starts_with(char::is_whitespace) {
        return text;
    }
    let end = inner.trim_end_matches([' ', '\t']);
    end.strip_suffix('\n').unwrap_or(end)
}

/// Undoes the escapes of XML; an `&` that starts none stays, as browsers show it.
fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((plain, tail)) = rest.split_once('&') {
        out.push_str(plain);
        // The longest escape is `&#1114111;`.
        let end = tail.bytes().take(9).position(|b| b == b';');
        match end.and_then(|end| Some((entity(tail.get(..end)?)?, tail.get(end + 1..)?))) {
            Some((meant, after)) => {
                out.push(meant);
                rest = after;
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Vec<(String, String)> {
        elements(body).into_iter().map(|e| (e.name, e.text)).collect()
    }

    fn one(body: &str, name: &str) -> String {
        read(body).into_iter().find(|(own, _)| own == name).map(|(_, text)| text).unwrap_or_else(|| panic!("no {name}"))
    }

    #[test]
    fn namespaces_attributes_and_indents_are_tidied_away() {
        let body = "\u{feff}<?xml version='1.0'?>\n<oss:Error xmlns:oss='http://a>b' a=\"'\">\n  <!-- <Code>no</Code> -->\n  \
                    <oss:Code x = '1'>\r\n    AccessDenied\r\n  </oss:Code><Message/><Empty></Empty>\n</oss:Error>";
        let found = read(body);
        let pairs: Vec<_> = found.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        assert_eq!(pairs, [("Code", "AccessDenied"), ("Message", ""), ("Empty", "")]);
    }

    #[test]
    fn quoted_texts_keep_every_blank_and_line_end() {
        assert_eq!(one("<StringToSign>sha1\n1;2\nab\n</StringToSign>", "StringToSign"), "sha1\n1;2\nab\n");
        assert_eq!(one("<StringToSign>GET\r\n\r\n /b/a </StringToSign>", "StringToSign"), "GET\n\n /b/a ");
        assert_eq!(one("<E><FormatString>\n    get\n/k\n\n\n\n  </FormatString></E>", "FormatString"), "get\n/k\n\n\n");
        assert_eq!(one("<StringToSign>PUT<br/><BR>text/plain<br></StringToSign>", "StringToSign"), "PUT\n\ntext/plain\n");
    }

    #[test]
    fn escapes_are_undone_once() {
        let body = "<M>&lt;a&gt; &amp;amp; &quot;&apos; &#x4f60;&#22909;&#13; &copy=1&b; &#xD800; &</M>";
        assert_eq!(one(body, "M"), "<a> &amp; \"' \u{4f60}\u{597d}\r &copy=1&b; &#xD800; &");
        assert_eq!(one("<M>a<![CDATA[<b>&amp;]]>c</M>", "M"), "a<b>&amp;c");
    }

    #[test]
    fn broken_bodies_yield_what_is_there() {
        assert_eq!(
            read("<Error><Code>A<Message>b</Code></Error>"),
            [("Code".into(), "A".into()), ("Message".into(), "b".into())]
        );
        assert_eq!(read("<Code a=\"x>A</Code><M>1 < 2</M>"), [("Code".into(), "A".into()), ("M".into(), "1 < 2".into())]);
        let cut = elements("<Error><Code>A</Code><Message>the request sig");
        assert_eq!((cut[1].text.as_str(), cut[0].whole, cut[1].whole), ("the request sig", true, false));
        assert!(elements("<Code>A</Cod")[0].whole);
    }

    #[test]
    fn time_grows_with_the_length_alone() {
        // Each of these makes a scanner that looks ahead to the end of the input square its time.
        for piece in ["<a '", "<!--", "<", "<a \"", "&", "<![CDATA[", "<!", "</"] {
            assert!(elements(&piece.repeat(200_000)).len() <= 200_000, "{piece}");
        }
    }
}

//! Damage a URL takes on its way from the signer, undone before the claim is read.
//!
//! A URL that went through HTML or JSON and was not unescaped has parameters named `amp;Expires`: no
//! claim can be read from it, so this cause cannot be tried like the others.

use super::report::{Certainty, Finding, Report, Verdict};
use crate::{
    phrase::{Phrase, Value, phrase},
    subject::Request,
    wire::{percent, query, split_once},
};
use alloc::{string::String, vec, vec::Vec};

/// A query with the damage undone.
#[derive(Debug)]
pub(crate) struct Mended {
    /// The raw query as it was signed.
    pub(crate) query: Vec<u8>,
    /// What was undone: what stood there, and what stands there now.
    pub(crate) undone: Vec<(&'static str, &'static str)>,
    /// The parameter that shows that all were escaped twice.
    twice: Option<String>,
}

/// Escapes of `&` and `=` by HTML and JSON, and the same with a character of theirs escaped in turn.
static ESCAPES: [(&str, &str); 13] = [
    ("&amp;", "&"),
    ("&amp%3B", "&"),
    ("&#38;", "&"),
    ("&#x26;", "&"),
    ("\\\\u0026", "&"),
    ("\\u0026", "&"),
    ("%5C%5Cu0026", "&"),
    ("%5Cu0026", "&"),
    ("\\\\u003d", "="),
    ("\\u003d", "="),
    ("\\\\u003D", "="),
    ("\\u003D", "="),
    ("%5Cu003d", "="),
];

/// What sticks to the end of a URL that was copied out of a text, raw or escaped.
static TRAILING: [&str; 14] = ["\"", "'", ")", ">", "]", "}", ",", ".", ";", "`", " ", "%22", "%27", "%3E"];

/// How often a URL may have been escaped.
const MOST_TIMES: usize = 3;

/// Undoes the damage; `None` when there is none.
pub(crate) fn mend(request: &Request<'_>) -> Option<Mended> {
    let mut mended = Mended { query: request.query()?.to_vec(), undone: Vec::new(), twice: None };
    for (escape, plain) in ESCAPES {
        // `&amp;amp;` was escaped more than once.
        for _ in 0..MOST_TIMES {
            let Some(query) = replaced(&mended.query, escape.as_bytes(), plain.as_bytes()) else { break };
            mended.took(escape, plain, query);
        }
    }
    if let Some(query) = separated(&mended.query) {
        mended.took("%26", "&", query);
    }
    if let Some((query, what)) = trimmed(&mended.query) {
        mended.took(what, "", query);
    }
    if let Some(name) = escaped_twice(&mended.query).filter(|_| mended.undone.is_empty()) {
        mended.took("%25", "%", crate::wire::replaced(&mended.query, b"%25", b"%"));
        mended.twice = Some(name);
    }
    (!mended.undone.is_empty()).then_some(mended)
}

impl Mended {
    /// Whether it cannot be anything else than damage: an escaped `&` may also belong to a value.
    pub(crate) fn is_evident(&self) -> bool {
        self.undone.iter().all(|(from, _)| !from.starts_with('%'))
    }

    fn took(&mut self, from: &'static str, to: &'static str, query: Vec<u8>) {
        self.query = query;
        if !self.undone.contains(&(from, to)) {
            self.undone.push((from, to));
        }
    }

    /// The report on the mended request as one on the request that was sent.
    ///
    /// What was proved for the mended request and the damage are one explanation.
    pub(crate) fn accuse(&self, mut report: Report) -> Report {
        let certainty = if super::is_settled(&report) { Certainty::Proved } else { Certainty::Seen };
        if !report.findings.iter().any(|finding| finding.certainty == Certainty::Proved) {
            report.findings.iter_mut().for_each(|finding| finding.group += 1);
        }
        let list = |pick: fn(&(&'static str, &'static str)) -> &'static str| {
            let texts: Vec<&str> = self.undone.iter().map(pick).filter(|text| !text.is_empty()).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        };
        let (code, facts) = match &self.twice {
            Some(name) => ("query-double-encoded", vec![("name", Value::Text(name.clone()))]),
            None => {
                let undone = self.undone.iter().map(|(from, to)| told(from, to));
                let what = Phrase::joined(undone, &phrase!("{first}, {rest}"));
                ("url-ampersand-escaped", what.into_iter().map(|what| ("what", what.into())).collect())
            }
        };
        let finding = Finding {
            code,
            certainty,
            group: 0,
            refusal: true,
            facts,
            signed: list(|(_, to)| to),
            sent: list(|(from, _)| from),
            also: Vec::new(),
        };
        report.findings.insert(0, finding);
        report.verdict = Verdict::Mismatch;
        report
    }
}

fn told(from: &str, to: &str) -> Phrase {
    if to.is_empty() {
        phrase!("`{found}` at its end").data("found", from)
    } else {
        phrase!("`{found}` for `{due}`").data("found", from).data("due", to)
    }
}

/// The text with every `from` replaced by `to`; `None` when there is none.
fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Option<Vec<u8>> {
    text.windows(from.len()).any(|window| window == from).then(|| crate::wire::replaced(text, from, to))
}

/// The parameter that cannot have a `%` in its value and has one: id, signature and token are not made of it.
fn escaped_twice(query: &[u8]) -> Option<String> {
    let is_ours = |name: &str| ["credential", "signature", "token"].iter().any(|own| name.ends_with(own));
    query::params(query).find_map(|param| {
        let name = String::from_utf8_lossy(&param.name()).into_owned();
        let value = param.value().filter(|_| is_ours(&name.to_ascii_lowercase()))?;
        (*percent::decode(&value) != *value).then_some(name)
    })
}

/// The query with `%26` before a parameter made a `&` again, and the `%3D` behind its name a `=`.
fn separated(query: &[u8]) -> Option<Vec<u8>> {
    let has_separator = query.windows(3).enumerate().any(|(at, window)| window == b"%26" && name_behind(query, at + 3).is_some());
    if !has_separator {
        return None;
    }
    // Escaped as a whole, it has no `=` of its own left.
    if !query.contains(&b'=') {
        return Some(percent::decode(query).into_owned());
    }
    let mut out = Vec::with_capacity(query.len());
    let mut at = 0;
    while let Some(byte) = query.get(at) {
        let is_separator = query.get(at..at + 3) == Some(b"%26");
        match is_separator.then(|| name_behind(query, at + 3)).flatten() {
            Some((name, equals)) => {
                out.push(b'&');
                out.extend_from_slice(name);
                out.push(b'=');
                at += 3 + name.len() + equals;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    Some(out)
}

/// A parameter's name at this offset, and the length of the `=` or `%3D` behind it.
fn name_behind(query: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let rest = query.get(at..)?;
    let len = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_.".contains(b)))?;
    let (name, behind) = rest.split_at_checked(len)?;
    let equals = [&b"="[..], b"%3D", b"%3d"].into_iter().find(|equals| behind.starts_with(equals))?;
    (!name.is_empty()).then_some((name, equals.len()))
}

/// The query without what sticks to its end, when that leaves a whole signature at the end.
fn trimmed(query: &[u8]) -> Option<(Vec<u8>, &'static str)> {
    let mut rest = query;
    let mut first = None;
    while let Some((end, less)) = TRAILING.iter().find_map(|end| Some((*end, rest.strip_suffix(end.as_bytes())?))) {
        first = Some(end);
        rest = less;
    }
    let end = first?;
    let last = query::params(rest).last()?.value()?;
    is_signature(&last).then(|| (rest.to_vec(), end))
}

/// Whether a text has the form of a signature: 20 or 32 bytes in hexadecimal or Base64.
fn is_signature(text: &[u8]) -> bool {
    let (text, _) = split_once(text, b'=');
    let is_base64 = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
    match text.len() {
        40 | 64 => text.iter().all(u8::is_ascii_hexdigit),
        27 | 43 => text.iter().all(is_base64),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn mended(query: &str) -> Option<(String, Vec<&'static str>)> {
        let url = ["https://b.example/k?", query].concat();
        let request = Request::new("GET", &url).unwrap();
        let mended = mend(&request)?;
        Some((String::from_utf8(mended.query).unwrap(), mended.undone.into_iter().map(|(from, _)| from).collect()))
    }

    #[test]
    fn every_escape_of_a_separator_is_undone() {
        let plain = "Expires=1&Signature=OMftY60sLCjRnSGcUItrnRQaVAA%3D&versionId=a%26b";
        for (escape, name) in [
            ("&amp;", "&amp;"),
            ("&amp;amp;", "&amp;"),
            ("&#38;", "&#38;"),
            ("\\u0026", "\\u0026"),
            ("\\\\u0026", "\\\\u0026"),
            ("%5Cu0026", "%5Cu0026"),
            ("%26", "%26"),
        ] {
            assert_eq!(mended(&plain.replace('&', escape)), Some((plain.into(), vec![name])), "{escape}");
        }
        assert_eq!(mended(plain), None);
    }

    #[test]
    fn a_query_escaped_as_a_whole_is_decoded() {
        let found = mended("Expires%3D1%26Signature%3DOMftY60sLCjRnSGcUItrnRQaVAA%253D");
        assert_eq!(found, Some(("Expires=1&Signature=OMftY60sLCjRnSGcUItrnRQaVAA%3D".into(), vec!["%26"])));
        assert_eq!(mended("a\\u003d1\\u0026b\\u003d2").unwrap().0, "a=1&b=2");
    }

    #[test]
    fn only_a_credential_shows_that_all_was_escaped_twice() {
        let twice = "X-Amz-Credential=a%252Fb&prefix=100%2525";
        assert_eq!(mended(twice), Some(("X-Amz-Credential=a%2Fb&prefix=100%25".into(), vec!["%25"])));
        assert_eq!(mended("Signature=OMftY60sLCjRnSGcUItrnRQaVAA%3D&prefix=100%2525"), None);
    }

    #[test]
    fn what_sticks_to_a_signature_is_cut_and_nothing_else() {
        let signed = "Expires=1&Signature=OMftY60sLCjRnSGcUItrnRQaVAA%3D";
        assert_eq!(mended(&[signed, "\")"].concat()).unwrap().0, signed);
        assert_eq!(mended(&[signed, "&response-content-disposition=inline;"].concat()), None);
    }
}

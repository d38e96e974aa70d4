//! The ends of lines, and the bytes of characters.

use super::super::path::{Key, Spelling};
use crate::{
    crypto,
    explain::{
        At,
        context::Context,
        edit::{Edit, Edits},
        gbk,
    },
    pen::{Document, Role},
    phrase::{Phrase, Told, phrase},
    transcript::{Part, Written},
    wire::{hex, replaced},
};
use alloc::{string::String, vec::Vec};

const fn document_name(document: Document) -> Phrase {
    match document {
        Document::CanonicalRequest => phrase!("the canonical request"),
        Document::StringToSign => phrase!("the string to sign"),
    }
}

/// Line ends that follow one another. Which of them is lost or doubled does not show in the text.
struct Run {
    /// The first one.
    first: At,
    len: usize,
    /// The line before them, if there is one.
    behind: Option<Phrase>,
    /// Whether another header follows: only the end of the whole block is taken for a place of its own.
    in_block: bool,
}

fn runs(written: &Written, document: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut before: Option<&Part> = None;
    let mut parts = written.parts.iter().enumerate().peekable();
    while let Some((number, part)) = parts.next() {
        if part.role != Role::LineEnd {
            if part.start < part.end {
                before = Some(part);
            }
            continue;
        }
        let behind = before.map(|part| match part.role {
            Role::Header => phrase!("`{name}`").data("name", String::from_utf8_lossy(&part.name)),
            role => role.told(),
        });
        let is_header = |part: Option<&Part>| part.is_some_and(|part| part.role == Role::Header);
        let in_block = is_header(before) && is_header(parts.peek().map(|(_, part)| *part));
        match runs.last_mut() {
            Some(run) if is_adjacent(written, run, part) => run.len += 1,
            _ => runs.push(Run { first: At { document, part: number }, len: 1, behind, in_block }),
        }
    }
    runs
}

/// Whether nothing stands between a run and a further line end.
fn is_adjacent(written: &Written, run: &Run, next: &Part) -> bool {
    written.parts.get(run.first.part).is_some_and(|first| first.start + run.len == next.start)
}

pub(super) fn feeds(context: &Context<'_>, edits: &mut Edits<'_>) {
    for (document, written) in context.transcript.documents.iter().enumerate() {
        let name = document_name(written.document);
        let runs = runs(written, document);
        for run in runs.iter().filter(|run| !run.in_block) {
            let place = match run.behind.clone() {
                None => phrase!(" at the start of {document}").with("document", name.clone()),
                Some(line) => phrase!(" after the {line} line of {document}").with("line", line).with("document", name.clone()),
            };
            let told = |edit: Edit, what: Phrase| edit.shows(None, None).fact("feeds", what).fact("place", place.clone());
            edits.push(told(Edit::new().set(run.first, ""), phrase!("one line end too few")));
            edits.push(told(Edit::new().add(run.first, "\n"), phrase!("one line end too many")));
            if run.len > 2 {
                let rest = (1..run.len).filter_map(|nth| line_end(written, run, nth));
                edits.push(told(rest.fold(Edit::new(), |edit, at| edit.set(at, "")), phrase!("no empty lines")));
            }
        }
        let ends_in_feed = written.text.ends_with(b"\n");
        if let Some(last) = written.parts.len().checked_sub(1).filter(|_| !ends_in_feed) {
            let edit = Edit::new().add(At { document, part: last }, "\n").shows(None, None);
            edits.push(
                edit.fact("feeds", phrase!("one line end too many"))
                    .fact("place", phrase!(" at the end of {document}").with("document", name)),
            );
        }
    }
}

/// The line end that is the `nth` of a run, counted from 0.
fn line_end(written: &Written, run: &Run, nth: usize) -> Option<At> {
    let start = written.parts.get(run.first.part)?.start + nth;
    let part = written.parts.iter().position(|part| part.role == Role::LineEnd && part.start == start)?;
    Some(At { part, ..run.first })
}

/// The line ends of the documents, as far as `wanted` says.
fn ends<'c>(context: &'c Context<'_>, wanted: impl Fn(&Written, usize) -> bool + 'c) -> Vec<At> {
    let ends = context.parts(Role::LineEnd).filter(|at| context.written(*at).is_some_and(|written| wanted(written, at.part)));
    ends.collect()
}

/// Sets of line ends that one joining of lines makes, and what they are.
fn joints(context: &Context<'_>) -> Vec<(Vec<At>, Phrase)> {
    let mut sets = Vec::from([(ends(context, |_, _| true), phrase!("all lines"))]);
    if context.transcript.documents.len() > 1 {
        for document in [Document::StringToSign, Document::CanonicalRequest] {
            let own = ends(context, |written, _| written.document == document);
            let what = if document == Document::StringToSign {
                phrase!("the lines of the string to sign")
            } else {
                phrase!("the lines of the canonical request")
            };
            sets.push((own, what));
        }
    }
    sets
}

/// Writes something else for these line ends. Both texts at once are hashed anew for everything they are tried with: that is
/// not done in triples.
fn joined(ends: &[At], with: &str) -> Edit {
    let edit = ends.iter().fold(Edit::new().shows(None, None), |edit, at| edit.set(*at, with));
    let in_both = ends.windows(2).any(|pair| matches!(pair, [a, b] if a.document != b.document));
    if in_both { edit.paired() } else { edit }
}

/// With what it comes to behind other changes, if these are all line ends of one document.
fn behind(context: &Context<'_>, ends: &[At], edit: Edit, change: Recoding) -> Edit {
    let written = ends.first().and_then(|at| context.written(*at));
    let is_end = |part: &&Part| part.role == Role::LineEnd;
    match written.filter(|written| written.parts.iter().filter(is_end).count() == ends.len()) {
        Some(written) => edit.afterwards(written.document, change),
        None => edit,
    }
}

pub(super) fn returns(context: &Context<'_>, edits: &mut Edits<'_>) {
    for (ends, lines) in joints(context) {
        for (bytes, what) in [("\r\n", phrase!("a carriage return and a line feed")), ("\r", phrase!("a carriage return"))] {
            let change: Recoding =
                if bytes == "\r" { |text| replaced(text, b"\n", b"\r") } else { |text| replaced(text, b"\n", b"\r\n") };
            edits.push(behind(context, &ends, joined(&ends, bytes), change).fact("lines", lines.clone()).fact("what", what));
        }
    }
}

pub(super) fn literals(context: &Context<'_>, edits: &mut Edits<'_>) {
    let mut sets = joints(context);
    let is_header = |written: &Written, end: usize| {
        end.checked_sub(1).and_then(|before| written.parts.get(before)).is_some_and(|part| part.role == Role::Header)
    };
    let headers = ends(context, is_header);
    if !headers.is_empty() {
        // The fixed lines often stand in one literal, while a loop joins the headers.
        sets.push((ends(context, move |written, end| !is_header(written, end)), phrase!("the fixed lines")));
        sets.push((headers, phrase!("the lines of the headers")));
    }
    for (ends, lines) in sets {
        let edit = behind(context, &ends, joined(&ends, "\\n"), |text| replaced(text, b"\n", b"\\n"));
        edits.push(edit.fact("lines", lines));
    }
}

type Recoding = fn(&[u8]) -> Vec<u8>;

/// How many of the charsets, the first, leave ASCII as it is.
const OF_ASCII: usize = 2;

static CHARSETS: [(Recoding, Phrase, &str); 7] = [
    (latin1, phrase!("Latin-1"), "Latin-1"),
    // What cannot be written in GBK was not signed in it.
    (|text| gbk::encoded(text).unwrap_or_else(|| text.to_vec()), phrase!("GBK"), "GBK"),
    (|text| utf16(text, false, false), phrase!("UTF-16LE"), "UTF-16LE"),
    (|text| utf16(text, true, false), phrase!("UTF-16BE"), "UTF-16BE"),
    (|text| utf16(text, false, true), phrase!("UTF-16LE with a byte order mark"), "UTF-16LE (BOM)"),
    (|text| utf16(text, true, true), phrase!("UTF-16BE with a byte order mark"), "UTF-16BE (BOM)"),
    (|text| [b"\xef\xbb\xbf", text].concat(), phrase!("UTF-8 with a byte order mark"), "UTF-8 (BOM)"),
];

pub(super) fn charsets(context: &Context<'_>, edits: &mut Edits<'_>) {
    let hash = context.claim.scheme.seal(context.claim).hash;
    let canonical = context.document(Document::CanonicalRequest);
    let told = |edit: Edit, charset: &Phrase, short: &str| {
        edit.fact("charset", charset.clone()).shows(Some(short.into()), Some("UTF-8".into()))
    };
    // The path is mostly all that is not ASCII, and to change it alone is tried with everything else.
    if let Some(key) = Key::of(context).filter(|key| key.spelling == Spelling::Plain && !key.plain.is_ascii()) {
        for (recode, charset, short) in CHARSETS.iter().take(OF_ASCII) {
            edits.push(told(Edit::new().set(key.at, recode(&key.plain)), charset, short));
        }
    }
    let is_ascii = context.transcript.documents.iter().all(|written| written.text.is_ascii());
    for (recode, charset, short) in CHARSETS.iter().skip(if is_ascii { OF_ASCII } else { 0 }) {
        let told = |edit: Edit| told(edit.alone(), charset, short);
        edits.push(told(Edit::new().rewrite(Document::StringToSign, *recode)));
        let (Some(canonical), Some(digest)) = (canonical, context.first(Role::Digest)) else { continue };
        edits.push(told(Edit::new().rewrite(Document::CanonicalRequest, *recode)));
        let mut hashed = Vec::with_capacity(64);
        hex::encode(&crypto::digest(hash, &recode(&canonical.text)), &mut hashed);
        edits.push(told(Edit::new().set(digest, hashed).rewrite(Document::StringToSign, *recode)));
    }
}

/// What has no place in Latin-1 becomes a question mark, as in most encoders.
fn latin1(text: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(text).chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

fn utf16(text: &[u8], big: bool, mark: bool) -> Vec<u8> {
    let order = if big { u16::to_be_bytes } else { u16::to_le_bytes };
    let mut bytes = if mark { order(0xfeff).to_vec() } else { Vec::new() };
    if text.is_ascii() {
        // Nearly always, and for every mistake that it is tried with.
        let start = bytes.len();
        bytes.resize(start + text.len() * 2, 0);
        let (units, _) = bytes.get_mut(start..).unwrap_or_default().as_chunks_mut();
        units.iter_mut().zip(text).for_each(|(unit, byte)| *unit = order((*byte).into()));
    } else {
        String::from_utf8_lossy(text).encode_utf16().for_each(|unit| bytes.extend_from_slice(&order(unit)));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_those_of_other_programs() {
        let text = "a\u{e9}\u{4e2d}".as_bytes();
        assert_eq!(latin1(text), b"a\xe9?");
        assert_eq!(utf16(text, false, false), b"a\0\xe9\0\x2d\x4e");
        assert_eq!(utf16(text, true, true), b"\xfe\xff\0a\0\xe9\x4e\x2d");
    }
}

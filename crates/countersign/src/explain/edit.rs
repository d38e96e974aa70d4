//! Edits: what a mistake changes in the signed text, in the key or in the signature.

use super::{cause::Cause, sealing::Sealing};
use crate::{
    crypto::MacBytes,
    pen::{Document, Role},
    phrase::{Facts, Value},
    transcript::{Part, Transcript},
};
use alloc::{boxed::Box, string::String, vec::Vec};
use zeroize::Zeroizing;

/// A part of a transcript: the number of its document and its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) document: usize,
    pub(crate) part: usize,
}

/// A stretch of a document's text and what is written in its place.
#[derive(Clone, Debug)]
pub(crate) struct Splice {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) bytes: Vec<u8>,
    /// The first item of a list, cut with the separator behind it.
    head: bool,
    /// The numbers of the first and the last part it is written in place of.
    pub(crate) parts: (usize, usize),
}

impl PartialEq for Splice {
    /// What counts is what is written, not for which part.
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end, &self.bytes) == (other.start, other.end, &other.bytes)
    }
}

impl Eq for Splice {}

impl PartialOrd for Splice {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Splice {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        (self.start, self.end, &self.bytes).cmp(&(other.start, other.end, &other.bytes))
    }
}

impl Splice {
    pub(crate) fn new(start: usize, end: usize, bytes: Vec<u8>) -> Self {
        Self { start, end, bytes, head: false, parts: (0, 0) }
    }

    /// The same splice, written in place of these parts.
    pub(crate) fn of_parts(mut self, first: usize, last: usize) -> Self {
        self.parts = (first, last);
        self
    }

    /// Whether it leaves out the first item of a list: the next item may go with it, though it takes the same separator.
    pub(crate) const fn is_head(&self) -> bool {
        self.head
    }

    /// The same splice in a text that starts `by` bytes later.
    pub(crate) fn moved_left(mut self, by: usize) -> Self {
        (self.start, self.end) = (self.start.saturating_sub(by), self.end.saturating_sub(by));
        self
    }
}

/// Splices of one document, in order and apart from each other.
pub(crate) type Splices = Vec<Splice>;

/// A change of a whole document after all others.
pub(crate) type Rewrite = (Document, fn(&[u8]) -> Vec<u8>);

/// One thing to try, as a cause describes it.
///
/// Causes put together hundreds of them, step by step. In a box, a step hands on a pointer, which keeps the code of
/// all those steps small.
#[derive(Debug, Default)]
pub(crate) struct Edit(Box<Parts>);

#[derive(Debug, Default)]
struct Parts {
    ops: Vec<Op>,
    rewrite: Option<Rewrite>,
    secret: Option<Zeroizing<Vec<u8>>>,
    sealing: Option<Sealing>,
    signature: Option<MacBytes>,
    facts: Facts,
    shown: Option<(Option<String>, Option<String>)>,
    alone: bool,
    second: Option<&'static str>,
    unpaired: bool,
}

#[derive(Debug)]
enum Op {
    Set(At, usize, Vec<u8>),
    Cut(At),
    Add(At, Vec<u8>),
}

impl Edit {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Writes `bytes` in place of a part.
    pub(crate) fn set(self, at: At, bytes: impl Into<Vec<u8>>) -> Self {
        self.op(Op::Set(at, at.part, bytes.into()))
    }

    /// Writes `bytes` in place of the parts from `at` to the part numbered `last`, and of what lies between them.
    pub(crate) fn set_range(self, at: At, last: usize, bytes: impl Into<Vec<u8>>) -> Self {
        self.op(Op::Set(at, last, bytes.into()))
    }

    /// Leaves a part out: an item of a list with its separator, a header with its line end.
    pub(crate) fn cut(self, at: At) -> Self {
        self.op(Op::Cut(at))
    }

    /// Writes `bytes` behind a part.
    pub(crate) fn add(self, after: At, bytes: impl Into<Vec<u8>>) -> Self {
        self.op(Op::Add(after, bytes.into()))
    }

    fn op(mut self, op: Op) -> Self {
        self.0.ops.push(op);
        self
    }

    /// Changes the whole text of a document, after everything else.
    pub(crate) fn rewrite(mut self, document: Document, change: fn(&[u8]) -> Vec<u8>) -> Self {
        self.0.rewrite = Some((document, change));
        self
    }

    /// Uses another secret.
    pub(crate) fn secret(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.secret = Some(Zeroizing::new(bytes.into()));
        self
    }

    /// Goes another way from string to signature.
    pub(crate) fn sealing(mut self, sealing: Sealing) -> Self {
        self.0.sealing = Some(sealing);
        self
    }

    /// Reads the sent signature as these bytes.
    pub(crate) fn signature(mut self, mac: impl AsRef<[u8]>) -> Self {
        self.0.signature = Some(MacBytes::from_slice(mac.as_ref()));
        self
    }

    /// Fills a place of the sentences with what every language says in its own way.
    pub(crate) fn fact(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.told(name, value.into())
    }

    fn told(mut self, name: &'static str, value: Value) -> Self {
        self.0.facts.push((name, value));
        self
    }

    /// Fills a place with what is the same in every language.
    pub(crate) fn data(self, name: &'static str, text: impl Into<String>) -> Self {
        self.fact(name, Value::Text(text.into()))
    }

    /// Shows these texts as signed and sent; without it, the first changed part is shown.
    pub(crate) fn shows(mut self, signed: Option<String>, sent: Option<String>) -> Self {
        self.0.shown = Some((signed, sent));
        self
    }

    /// Only tried alone and with a changed key, not with every other text: one of very many.
    pub(crate) fn alone(mut self) -> Self {
        self.0.alone = true;
        self
    }

    /// Stands for this cause as well: two mistakes that only show together, in one changed place.
    pub(crate) fn with(mut self, code: &'static str) -> Self {
        self.0.second = Some(code);
        self
    }

    /// Tried by itself and with nothing else: one of thousands.
    pub(crate) fn unpaired(mut self) -> Self {
        (self.0.alone, self.0.unpaired) = (true, true);
        self
    }
}

/// An edit worked out for one transcript.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) cause: &'static Cause,
    pub(crate) splices: [Splices; 2],
    pub(crate) rewrite: Option<Rewrite>,
    pub(crate) secret: Option<Zeroizing<Vec<u8>>>,
    pub(crate) sealing: Option<Sealing>,
    pub(crate) signature: Option<MacBytes>,
    pub(crate) facts: Facts,
    pub(crate) signed: Option<String>,
    pub(crate) sent: Option<String>,
    pub(crate) alone: bool,
    /// A second cause that the change stands for.
    pub(crate) second: Option<&'static str>,
    pub(crate) unpaired: bool,
}

impl Variant {
    /// The codes of the causes it stands for.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'static str> {
        core::iter::once(self.cause.code).chain(self.second)
    }

    /// Whether nothing but parts of documents change.
    pub(crate) fn is_text_only(&self) -> bool {
        self.rewrite.is_none() && self.secret.is_none() && self.sealing.is_none() && self.signature.is_none()
    }

    /// Whether two variants change the same things to the same.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        let function = |v: &Self| v.rewrite.map(|(document, change)| (document, change as usize));
        self.splices == other.splices
            && function(self) == function(other)
            && self.secret == other.secret
            && self.sealing == other.sealing
            && self.signature == other.signature
    }
}

/// Collects the edits of the causes.
#[derive(Debug)]
pub(crate) struct Edits<'e> {
    pub(crate) transcript: &'e Transcript,
    pub(crate) cause: &'static Cause,
    pub(crate) variants: &'e mut Vec<Variant>,
}

impl Edits<'_> {
    /// Takes an edit, unless it changes nothing.
    pub(crate) fn push(&mut self, Edit(edit): Edit) {
        let mut splices = <[Splices; 2]>::default();
        for op in &edit.ops {
            let Some((document, splice)) = self.splice(op) else { continue };
            let Some(list) = splices.get_mut(document) else { continue };
            let text = self.transcript.documents.get(document).map(|w| w.text.as_slice()).unwrap_or_default();
            match merged(text, list, core::slice::from_ref(&splice)) {
                Some(both) => *list = both,
                None => return,
            }
        }
        let nothing = splices.iter().all(Vec::is_empty);
        if nothing && edit.rewrite.is_none() && edit.secret.is_none() && edit.sealing.is_none() && edit.signature.is_none() {
            return;
        }
        let (signed, sent) = match edit.shown {
            Some(shown) => shown,
            None => self.shown(edit.ops.first()),
        };
        let mut facts = edit.facts;
        if let Some(name) = edit.ops.first().and_then(|op| self.name(op)).filter(|_| !facts.iter().any(|(own, _)| *own == "name"))
        {
            facts.push(("name", Value::Text(name)));
        }
        let variant = Variant {
            cause: self.cause,
            splices,
            rewrite: edit.rewrite,
            secret: edit.secret,
            sealing: edit.sealing,
            signature: edit.signature,
            facts,
            signed,
            sent,
            alone: edit.alone,
            second: edit.second,
            unpaired: edit.unpaired,
        };
        // The same text by two ways is one thing to try.
        if !(variant.is_text_only() && self.own().any(|own| own.same_as(&variant))) {
            self.variants.push(variant);
        }
    }

    /// What this cause tries so far, the last first.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Variant> {
        // Asked for every edit: causes are told apart by where they stand, for their codes take longer to compare.
        self.variants.iter().rev().take_while(|own| core::ptr::eq(own.cause, self.cause))
    }

    /// Takes all of these.
    pub(crate) fn extend(&mut self, edits: impl IntoIterator<Item = Edit>) {
        edits.into_iter().for_each(|edit| self.push(edit));
    }

    fn name(&self, op: &Op) -> Option<String> {
        let (Op::Set(at, ..) | Op::Cut(at) | Op::Add(at, _)) = op;
        let part = self.transcript.documents.get(at.document)?.parts.get(at.part)?;
        (!part.name.is_empty()).then(|| String::from_utf8_lossy(&part.name).into_owned())
    }

    /// The part's bytes as they are and as they become.
    fn shown(&self, op: Option<&Op>) -> (Option<String>, Option<String>) {
        let Some(op) = op else { return (None, None) };
        let (Op::Set(at, ..) | Op::Cut(at) | Op::Add(at, _)) = op;
        let Some(written) = self.transcript.documents.get(at.document) else { return (None, None) };
        let Some(part) = written.parts.get(at.part) else { return (None, None) };
        let lossy = |bytes: &[u8]| Some(String::from_utf8_lossy(bytes).into_owned());
        match op {
            Op::Set(_, last, bytes) => {
                let end = written.parts.get(*last).map_or(part.end, |part| part.end);
                (lossy(bytes), lossy(written.text.get(part.start..end).unwrap_or_default()))
            }
            Op::Cut(_) => (None, lossy(written.bytes(part))),
            Op::Add(_, bytes) => (lossy(bytes), None),
        }
    }

    fn splice(&self, op: &Op) -> Option<(usize, Splice)> {
        let (Op::Set(at, ..) | Op::Cut(at) | Op::Add(at, _)) = op;
        let written = self.transcript.documents.get(at.document)?;
        let part = written.parts.get(at.part)?;
        let splice = match op {
            Op::Set(_, last, bytes) => {
                let end = written.parts.get(*last)?.end;
                trimmed(&written.text, part.start, end, bytes)?.of_parts(at.part, *last)
            }
            Op::Add(_, bytes) => Splice::new(part.end, part.end, bytes.clone()).of_parts(at.part, at.part),
            Op::Cut(_) => {
                let next = written.parts.get(at.part + 1);
                let before = at.part.checked_sub(1).and_then(|before| written.parts.get(before));
                let in_list = |other: &&Part| part.list.is_some() && other.role == part.role && other.list.is_some();
                let (start, end, head) = match (before.filter(in_list), next.filter(in_list)) {
                    (Some(before), _) => (before.end, part.end, false),
                    (None, Some(next)) => (part.start, next.start, true),
                    // The only item: what leads the list goes, too.
                    (None, None) if part.list.is_some() => (before.map_or(part.start, |before| before.end), part.end, false),
                    _ if part.role == Role::Header => {
                        (part.start, next.filter(|p| p.role == Role::LineEnd).map_or(part.end, |p| p.end), false)
                    }
                    _ => (part.start, part.end, false),
                };
                Splice { head, parts: (at.part, at.part), ..Splice::new(start, end, Vec::new()) }
            }
        };
        Some((at.document, splice))
    }
}

/// A splice without what it leaves as it is; `None` when it changes nothing.
fn trimmed(text: &[u8], start: usize, end: usize, bytes: &[u8]) -> Option<Splice> {
    let old = text.get(start..end)?;
    let front = old.iter().zip(bytes).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(front..)?, bytes.get(front..)?);
    let back = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (start, end) = (start + front, end - back);
    let new = new.get(..new.len() - back)?;
    (start < end || !new.is_empty()).then(|| Splice::new(start, end, new.to_vec()))
}

/// Both lists of splices in one, or `None` when they write to the same place.
pub(crate) fn merged(text: &[u8], a: &[Splice], b: &[Splice]) -> Option<Splices> {
    let mut all: Vec<&Splice> = a.iter().chain(b).collect();
    all.sort_by_key(|splice| (splice.start, splice.end));
    let mut out = Splices::new();
    for splice in all {
        match out.last_mut() {
            Some(last)
                if splice.start < last.end
                    || (splice.start == last.end && splice.start == splice.end && last.start == last.end) =>
            {
                // Neighbours of one list may be cut together; anything else writes to the same place.
                if !(last.head && last.bytes.is_empty() && splice.bytes.is_empty() && splice.end > last.end) {
                    return None;
                }
                let separator = text.get(splice.end).is_some_and(|b| matches!(b, b'&' | b';'));
                last.end = splice.end + usize::from(separator);
            }
            _ => out.push(splice.clone()),
        }
    }
    Some(out)
}

/// The text with its splices.
pub(crate) fn spliced(text: &[u8], splices: &[Splice]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 64);
    let mut at = 0;
    for splice in splices {
        out.extend_from_slice(text.get(at..splice.start).unwrap_or_default());
        out.extend_from_slice(&splice.bytes);
        at = splice.end;
    }
    out.extend_from_slice(text.get(at..).unwrap_or_default());
    out
}

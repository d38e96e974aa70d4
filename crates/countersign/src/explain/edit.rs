//! Edits: what a mistake changes in the signed text, in the key or in the signature.

use super::{cause::Cause, sealing::Sealing};
use crate::{
    crypto::MacBytes,
    pen::{Document, Role},
    phrase::{Facts, Value},
    transcript::{Part, Transcript, Written},
};
use alloc::{boxed::Box, rc::Rc, string::String, vec::Vec};
use core::ops::Range;
use smallvec::SmallVec;
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

    /// Whether two write to the same place.
    fn meets(&self, other: &Self) -> bool {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        start < end || (start == end && (self.start == self.end || other.start == other.end))
    }

    /// The same splice in a text that starts `by` bytes later.
    pub(crate) fn moved_left(mut self, by: usize) -> Self {
        (self.start, self.end) = (self.start.saturating_sub(by), self.end.saturating_sub(by));
        self
    }
}

/// Splices of one document, in order and apart from each other.
/// Nearly all are of one, which takes no memory of its own.
pub(crate) type Splices = SmallVec<[Splice; 1]>;

/// A change of a whole document after all others.
pub(crate) type Rewrite = (Document, fn(&[u8]) -> Vec<u8>);

/// One thing to try, as a cause describes it.
///
/// Causes put together hundreds of them, step by step. In a box, a step hands on a pointer, which keeps the code of
/// all those steps small. It may hold a secret, so that there is no `Debug`.
#[derive(Default)]
pub(crate) struct Edit(Box<Parts>);

#[derive(Default)]
struct Parts {
    /// What is done, and the bytes that are written.
    ops: SmallVec<[(Op, Vec<u8>); 1]>,
    rewrite: Option<Rewrite>,
    afterwards: Option<Rewrite>,
    secret: Option<Zeroizing<Vec<u8>>>,
    sealing: Option<Sealing>,
    signature: Option<MacBytes>,
    facts: Told,
    shared: Option<Rc<Facts>>,
    shown: Option<Shown>,
    alone: bool,
    second: Option<&'static str>,
    unpaired: bool,
    paired: bool,
}

/// What fills places of the sentences: mostly one.
type Told = SmallVec<[(&'static str, Value); 1]>;

/// What is shown as signed and as sent.
type Shown = (Option<String>, Option<String>);

/// What is done to a part.
#[derive(Clone, Copy, Debug)]
struct Op {
    at: At,
    change: Change,
}

#[derive(Clone, Copy, Debug)]
enum Change {
    /// Something else is written in place of it and what follows up to the part with this number.
    Set(usize),
    /// It is left out.
    Cut,
    /// Something is written behind it.
    Add,
}

impl Edit {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Writes `bytes` in place of a part.
    pub(crate) fn set(self, at: At, bytes: impl Into<Vec<u8>>) -> Self {
        self.op(at, Change::Set(at.part), bytes.into())
    }

    /// Writes `bytes` in place of the parts from `at` to the part numbered `last`, and of what lies between them.
    pub(crate) fn set_range(self, at: At, last: usize, bytes: impl Into<Vec<u8>>) -> Self {
        self.op(at, Change::Set(last), bytes.into())
    }

    /// Leaves a part out: an item of a list with its separator, a header with its line end.
    pub(crate) fn cut(self, at: At) -> Self {
        self.op(at, Change::Cut, Vec::new())
    }

    /// Writes `bytes` behind a part.
    pub(crate) fn add(self, after: At, bytes: impl Into<Vec<u8>>) -> Self {
        self.op(after, Change::Add, bytes.into())
    }

    fn op(mut self, at: At, change: Change, bytes: Vec<u8>) -> Self {
        // What is shown of the first change is looked for by its part.
        debug_assert!(self.0.ops.iter().all(|(own, _)| own.at != at), "one change for each part");
        self.0.ops.push((Op { at, change }, bytes));
        self
    }

    /// Changes the whole text of a document, after everything else.
    pub(crate) fn rewrite(mut self, document: Document, change: fn(&[u8]) -> Vec<u8>) -> Self {
        self.0.rewrite = Some((document, change));
        self
    }

    /// Says what the changes so far come to in a text that something else has changed before: they are of all lines, and it
    /// may write more of them.
    pub(crate) fn afterwards(mut self, document: Document, change: fn(&[u8]) -> Vec<u8>) -> Self {
        self.0.afterwards = Some((document, change));
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

    /// Fills places with what many edits tell alike.
    pub(crate) fn facts(mut self, facts: &Rc<Facts>) -> Self {
        self.0.shared = Some(facts.clone());
        self
    }

    /// Shows these texts as signed and sent; without it, the first changed part is shown.
    pub(crate) fn shows(mut self, signed: Option<String>, sent: Option<String>) -> Self {
        self.0.shown = Some((signed, sent));
        self
    }

    /// Tried alone and with what leaves its text as it is, not with every other text: one of very many. If a cause has few of
    /// these, the likeliest texts of other causes are among those it is tried with.
    pub(crate) fn alone(mut self) -> Self {
        self.0.alone = true;
        self
    }

    /// Stands for this cause as well: two mistakes that only show together, in one changed place.
    pub(crate) fn with(mut self, code: &'static str) -> Self {
        self.0.second = Some(code);
        self
    }

    /// Tried alone and with any other one, but not in triples: one of many that are met with whatever else is wrong.
    pub(crate) fn paired(mut self) -> Self {
        (self.0.alone, self.0.paired) = (true, true);
        self
    }

    /// Tried with every other one, those that are else tried alone among them.
    pub(crate) fn often(mut self) -> Self {
        self.0.paired = true;
        self
    }

    /// Tried by itself and with nothing else: one of thousands.
    pub(crate) fn unpaired(mut self) -> Self {
        (self.0.alone, self.0.unpaired) = (true, true);
        self
    }
}

/// An edit worked out for one transcript. It may hold a secret, so that there is no `Debug`.
pub(crate) struct Variant {
    pub(crate) cause: &'static Cause,
    pub(crate) splices: [Splices; 2],
    pub(crate) rewrite: Option<Rewrite>,
    /// What its splices come to in a text that something else has changed before.
    pub(crate) afterwards: Option<Rewrite>,
    pub(crate) secret: Option<Zeroizing<Vec<u8>>>,
    pub(crate) sealing: Option<Sealing>,
    pub(crate) signature: Option<MacBytes>,
    facts: Told,
    shared: Option<Rc<Facts>>,
    shown: Option<Shown>,
    /// The first of the changes that make it: of the one that is found, it tells what else is to be shown.
    first: Option<Op>,
    /// Tells most variants apart that do not change the same. It is made of the secret, too.
    pub(crate) mark: Zeroizing<u64>,
    pub(crate) alone: bool,
    /// A second cause that the change stands for.
    pub(crate) second: Option<&'static str>,
    pub(crate) unpaired: bool,
    /// Whether it is tried in every pair, whatever it is tried in else.
    pub(crate) paired: bool,
}

impl Variant {
    /// Whether it is combined with any other that is, where so many mistakes are looked for.
    pub(crate) const fn is_free(&self, depth: usize) -> bool {
        !self.alone || (self.paired && depth == 2)
    }

    /// Whether it is else tried alone, or with keys.
    pub(crate) const fn is_rare(&self) -> bool {
        self.alone && !self.unpaired && !self.paired
    }

    /// The codes of the causes it stands for.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'static str> {
        core::iter::once(self.cause.code).chain(self.second)
    }

    /// Whether its splices cannot just stand beside those of the other: it changes all lines, and the other writes some.
    pub(crate) fn follows(&self, other: &Self) -> bool {
        let meets = |own: &[Splice], theirs: &Splice| {
            !own.is_empty() && (theirs.bytes.contains(&b'\n') || own.iter().any(|splice| splice.meets(theirs)))
        };
        let lists = || self.splices.iter().zip(&other.splices);
        self.afterwards.is_some() && lists().any(|(own, theirs)| theirs.iter().any(|splice| meets(own, splice)))
    }

    /// Whether nothing but parts of documents change.
    pub(crate) fn is_text_only(&self) -> bool {
        self.rewrite.is_none() && self.secret.is_none() && self.sealing.is_none() && self.signature.is_none()
    }

    /// Whether two variants change the same things to the same.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        let function = |v: &Self| v.rewrite.map(|(document, change)| (document, change as usize));
        self.mark == other.mark
            && self.splices == other.splices
            && function(self) == function(other)
            && self.secret == other.secret
            && self.sealing == other.sealing
            && self.signature == other.signature
    }

    /// What fills the places of the sentences. The transcript is the one that the edit was worked out for.
    pub(crate) fn facts(&self, transcript: &Transcript) -> Facts {
        let mut facts = self.shared.as_deref().cloned().unwrap_or_default();
        facts.extend(self.facts.iter().cloned());
        let part = self.first.and_then(|op| Some(op.part(transcript)?.1)).filter(|part| !part.name.is_empty());
        if let Some(part) = part.filter(|_| !facts.iter().any(|(own, _)| *own == "name")) {
            facts.push(("name", Value::Text(lossy(&part.name))));
        }
        facts
    }

    /// What is shown as signed and as sent: the first changed part, unless the cause says something else.
    pub(crate) fn shown(&self, transcript: &Transcript) -> Shown {
        match &self.shown {
            Some(shown) => shown.clone(),
            None => self.first.and_then(|op| self.part_shown(op, transcript)).unwrap_or_default(),
        }
    }

    /// A part as it becomes and as it is.
    fn part_shown(&self, op: Op, transcript: &Transcript) -> Option<Shown> {
        let (written, part) = op.part(transcript)?;
        let last = if let Change::Set(last) = op.change { last } else { op.at.part };
        let mut splices = self.splices.get(op.at.document)?.iter();
        let splice = splices.find(|splice| splice.parts == (op.at.part, last));
        Some(match op.change {
            Change::Set(_) => {
                let end = written.parts.get(last).map_or(part.end, |part| part.end);
                let old = written.text.get(part.start..end)?;
                let own = splice.map(|splice| splice.clone().moved_left(part.start));
                (Some(lossy(&spliced(old, own.as_slice()))), Some(lossy(old)))
            }
            Change::Cut => (None, Some(lossy(written.bytes(part)))),
            Change::Add => (Some(lossy(&splice?.bytes)), None),
        })
    }
}

impl Op {
    /// The part it changes, and the document of that.
    fn part(self, transcript: &Transcript) -> Option<(&Written, &Part)> {
        let written = transcript.documents.get(self.at.document)?;
        Some((written, written.parts.get(self.at.part)?))
    }

    /// What is written where in the document; `None` when nothing changes.
    fn splice(self, bytes: Vec<u8>, transcript: &Transcript) -> Option<Splice> {
        let (written, part) = self.part(transcript)?;
        let number = self.at.part;
        let (start, end, head) = match self.change {
            Change::Set(last) => {
                let end = written.parts.get(last)?.end;
                return Some(trimmed(&written.text, part.start, end, bytes)?.of_parts(number, last));
            }
            Change::Add => (part.end, part.end, false),
            Change::Cut => {
                let next = written.parts.get(number + 1);
                let before = number.checked_sub(1).and_then(|before| written.parts.get(before));
                let in_list = |other: &&Part| part.list.is_some() && other.role == part.role && other.list.is_some();
                match (before.filter(in_list), next.filter(in_list)) {
                    (Some(before), _) => (before.end, part.end, false),
                    (None, Some(next)) => (part.start, next.start, true),
                    // The only item: what leads the list goes, too.
                    (None, None) if part.list.is_some() => (before.map_or(part.start, |before| before.end), part.end, false),
                    _ if part.role == Role::Header => {
                        (part.start, next.filter(|p| p.role == Role::LineEnd).map_or(part.end, |p| p.end), false)
                    }
                    _ => (part.start, part.end, false),
                }
            }
        };
        Some(Splice { head, ..Splice::new(start, end, bytes).of_parts(number, number) })
    }
}

/// Collects the edits of the causes.
pub(crate) struct Edits<'e> {
    pub(crate) transcript: &'e Transcript,
    pub(crate) cause: &'static Cause,
    pub(crate) variants: &'e mut Vec<Variant>,
}

impl Edits<'_> {
    /// Takes an edit, unless it changes nothing.
    pub(crate) fn push(&mut self, Edit(edit): Edit) {
        let mut splices = <[Splices; 2]>::default();
        let first = edit.ops.first().map(|(op, _)| *op);
        for (op, bytes) in edit.ops {
            let Some(splice) = op.splice(bytes, self.transcript) else { continue };
            let Some(list) = splices.get_mut(op.at.document) else { continue };
            list.push(splice);
        }
        // All at once: one after the other would copy those before for each, and an edit may leave out thousands of headers.
        for (list, written) in splices.iter_mut().zip(&self.transcript.documents).filter(|(list, _)| list.len() > 1) {
            match merged(&written.text, list, &[]) {
                Some(all) => *list = all.into(),
                None => return,
            }
        }
        let nothing = splices.iter().all(|list| list.is_empty());
        if nothing && edit.rewrite.is_none() && edit.secret.is_none() && edit.sealing.is_none() && edit.signature.is_none() {
            return;
        }
        let mut mark = Mark::default();
        for splice in splices.iter().flatten() {
            mark.take(&splice.bytes);
            mark.mix((splice.start ^ splice.end << 24) as u64);
        }
        [edit.secret.as_deref().map(Vec::as_slice), edit.signature.as_deref()].into_iter().flatten().for_each(|b| mark.take(b));
        self.variants.push(Variant {
            cause: self.cause,
            splices,
            rewrite: edit.rewrite,
            afterwards: edit.afterwards,
            secret: edit.secret,
            sealing: edit.sealing,
            signature: edit.signature,
            facts: edit.facts,
            shared: edit.shared,
            shown: edit.shown,
            first,
            mark: Zeroizing::new(mark.0),
            alone: edit.alone,
            second: edit.second,
            unpaired: edit.unpaired,
            paired: edit.paired,
        });
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
}

/// A number that differs for nearly all things that differ.
#[derive(Default)]
struct Mark(u64);

impl Mark {
    fn take(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        rest.iter().for_each(|byte| self.mix(u64::from(*byte)));
        self.mix(bytes.len() as u64);
    }

    fn mix(&mut self, word: u64) {
        // An odd number whose bits are those of the golden ratio.
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A splice without what it leaves as it is; `None` when it changes nothing.
fn trimmed(text: &[u8], start: usize, end: usize, mut bytes: Vec<u8>) -> Option<Splice> {
    let old = text.get(start..end)?;
    let front = old.iter().zip(&bytes).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(front..)?, bytes.get(front..)?);
    let back = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (start, end) = (start + front, end - back);
    bytes.truncate(bytes.len() - back);
    bytes.drain(..front);
    (start < end || !bytes.is_empty()).then(|| Splice::new(start, end, bytes))
}

/// Both lists of splices in one, or `None` when they write to the same place.
pub(crate) fn merged(text: &[u8], a: &[Splice], b: &[Splice]) -> Option<Vec<Splice>> {
    let mut all: SmallVec<[&Splice; 8]> = a.iter().chain(b).collect();
    all.sort_by_key(|splice| (splice.start, splice.end));
    let mut out: Vec<Splice> = Vec::with_capacity(all.len());
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
    pieces(text, 0..text.len(), splices, &mut |piece| out.extend_from_slice(piece));
    out
}

/// What a stretch of a text becomes with the splices in it, piece by piece.
pub(crate) fn pieces(text: &[u8], stretch: Range<usize>, splices: &[Splice], take: &mut dyn FnMut(&[u8])) {
    let mut at = stretch.start;
    for splice in splices {
        take(text.get(at..splice.start).unwrap_or_default());
        take(&splice.bytes);
        at = splice.end;
    }
    take(text.get(at..stretch.end).unwrap_or_default());
}

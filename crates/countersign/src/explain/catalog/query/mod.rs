//! The parameters.
//!
//! A scheme of the V2 shape signs some parameters as part of the resource, without escapes; the others
//! sign all of them, or those they list, with escapes. A push to OSS has a line for each, without escapes.

mod order;
mod taken;
mod values;

use crate::{
    explain::{
        At,
        cause::{Cause, Slot},
        context::Context,
        edit::Edit,
    },
    pen::Role,
    scheme::Additions,
    subject::{Request, Subject},
    transcript::transcript,
    wire::{percent, query::Param, split_once},
};
use alloc::{borrow::Cow, string::String, vec::Vec};

pub(in crate::explain) const DROPPED: &str = "query-dropped-after-signing";

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("subresource-not-signed", 5, Slot::Query, taken::subresource_not_signed),
    Cause::tried("query-added-after-signing", 5, Slot::Query, taken::added_after_signing),
    Cause::tried("query-sorted-by-pair", 5, Slot::Query, order::sorted_by_pair),
    Cause::tried("query-not-sorted", 4, Slot::Query, order::not_sorted).or_seen_elsewhere(),
    Cause::tried("key-encode-set-wrong", 4, Slot::Query, values::encode_set_wrong),
    Cause::tried("query-empty-value-no-equals", 3, Slot::Query, values::empty_value_no_equals),
    // That of all parameters is found before a claim can be read, by `explain::transport`.
    Cause::tried("query-double-encoded", 3, Slot::Query, values::double_encoded).or_seen_elsewhere(),
    Cause::tried("subresource-value-encoded", 2, Slot::Query, values::subresource_value_encoded),
    Cause::tried("non-subresource-signed", 1, Slot::Query, taken::non_subresource_signed),
    Cause::tried(DROPPED, 1, Slot::Query, taken::dropped_after_signing).or_seen(taken::listed_and_not_sent),
    Cause::tried("query-not-signed", 1, Slot::Query, taken::not_signed),
    Cause::tried("query-space-as-plus", 1, Slot::Query, values::space_as_plus),
    Cause::tried("query-renormalised", 1, Slot::Query, order::renormalised),
];

/// The most signed parameters, and the most bytes of a query, that are looked at.
const MOST_LISTED: usize = 128;
const LONGEST: usize = 64 << 10;
/// The most parameters of a URL that are looked at.
const MOST_SENT: usize = 1024;
/// The most parameters that are tried one by one.
const MOST: usize = 24;

/// The signed parameters.
#[derive(Debug)]
struct Listed<'a> {
    path: At,
    params: Vec<Item<'a>>,
    /// What stands before the first: `?` in a resource or a URL.
    lead: &'static [u8],
    path_text: &'a [u8],
    /// Where the list is to stand when it is empty.
    empty: Option<At>,
    /// Whether each stands in a line of its own, `name:value`.
    in_lines: bool,
}

/// One signed parameter.
#[derive(Clone, Copy, Debug)]
struct Item<'a> {
    at: At,
    /// As it is signed: `name=value`, or `name`; in a line `name:value`.
    text: &'a [u8],
    /// The name without escapes.
    name: &'a [u8],
    /// What stands between name and value.
    sign: u8,
}

impl<'a> Item<'a> {
    fn value(&self) -> Option<&'a [u8]> {
        split_once(self.text, self.sign).1
    }

    /// The text with another value.
    fn with_value(&self, value: &[u8]) -> Vec<u8> {
        [split_once(self.text, self.sign).0, core::slice::from_ref(&self.sign), value].concat()
    }
}

const fn sign(in_lines: bool) -> u8 {
    if in_lines { b':' } else { b'=' }
}

impl<'a> Listed<'a> {
    fn of(context: &Context<'a>) -> Option<Self> {
        let path = context.first(Role::Path)?;
        let in_lines = context.scheme_is("oss-rtmp-url");
        let sign = sign(in_lines);
        let mut params = Vec::new();
        let mut lead = None;
        for at in context.parts(Role::Query).filter(|at| at.document == path.document) {
            let part = context.part(at)?;
            lead = lead.or(part.list.map(|list| list.first.as_bytes()));
            params.push(Item { at, text: context.bytes(at), name: part.name.as_slice(), sign });
        }
        if params.len() > MOST_LISTED || params.iter().map(|item| item.text.len()).sum::<usize>() > LONGEST {
            return None;
        }
        let next = At { part: path.part + 1, ..path };
        let empty = context.part(next).filter(|part| part.role == Role::LineEnd).map(|_| next);
        // Behind the line of the expiry.
        let empty = if in_lines { context.first(Role::LineEnd) } else { empty };
        let lead = lead.unwrap_or(if empty.is_some() { b"" } else { b"?" });
        Some(Self { path, params, lead, path_text: context.bytes(path), empty, in_lines })
    }

    /// What stands between name and value of an item.
    const fn sign(&self) -> u8 {
        sign(self.in_lines)
    }

    /// The edit that puts another list in the place of this one.
    fn edit<T: AsRef<[u8]>>(&self, items: impl IntoIterator<Item = T>) -> Edit {
        let items: Vec<T> = items.into_iter().collect();
        self.edit_texts(&items.iter().map(AsRef::as_ref).collect::<Vec<_>>())
    }

    /// The same, compiled once for all kinds of texts.
    fn edit_texts(&self, new: &[&[u8]]) -> Edit {
        let old: Vec<&[u8]> = self.params.iter().map(|item| item.text).collect();
        let joined = if self.in_lines {
            new.iter().flat_map(|item| [item, &b"\n"[..]]).collect::<Vec<_>>().concat()
        } else {
            new.join(&b'&')
        };
        let shown = changed_items(new, &old);
        let edit = match (self.params.first(), self.params.last()) {
            (Some(first), Some(last)) if self.in_lines => Edit::new().set_range(first.at, last.at.part + 1, joined),
            (Some(first), Some(last)) if self.lead.is_empty() => Edit::new().set_range(first.at, last.at.part, joined),
            // The lead belongs to no part and goes when the list goes.
            (_, last) if !self.lead.is_empty() => {
                let lead = if joined.is_empty() { b"" } else { self.lead };
                let last = last.map_or(self.path.part, |item| item.at.part);
                Edit::new().set_range(self.path, last, [self.path_text, lead, &joined].concat())
            }
            _ => self.empty.map_or_else(Edit::new, |at| Edit::new().add(at, joined)),
        };
        edit.shows(shown.0, shown.1)
    }

    /// The list with one item at another text; with `None` it is left out.
    fn edit_with(&self, number: usize, text: Option<&[u8]>) -> Edit {
        let items = self.params.iter().enumerate();
        self.edit(items.filter_map(|(n, item)| if n == number { text } else { Some(item.text) }))
    }

    /// The list without some of its items.
    fn edit_without(&self, is_out: impl Fn(&Item<'_>) -> bool) -> Edit {
        self.edit(self.params.iter().filter(|item| !is_out(item)).map(|item| item.text))
    }

    /// The items in the order of the URL; what is not in the URL comes last.
    fn in_sent_order(&self, context: &Context<'a>) -> Vec<Item<'a>> {
        let mut rest = self.params.clone();
        let mut out = Vec::with_capacity(rest.len());
        for param in sent(context) {
            if let Some(at) = rest.iter().position(|item| is_same(context, item, &param)) {
                out.push(rest.remove(at));
            }
        }
        out.append(&mut rest);
        out
    }
}

/// The parameters of the URL.
fn sent<'a>(context: &Context<'a>) -> impl Iterator<Item = Param<'a>> + use<'a> {
    context.request().into_iter().flat_map(Request::params).take(MOST_SENT)
}

/// What two lists do not share; both as a whole if they differ in order alone.
fn changed_items(new: &[&[u8]], old: &[&[u8]]) -> (Option<String>, Option<String>) {
    let (signed, sent) = (rest(new, old), rest(old, new));
    let text = |items: &[&[u8]]| (!items.is_empty()).then(|| shown(&items.join(&b'&')));
    if signed.is_empty() && sent.is_empty() { (text(new), text(old)) } else { (text(&signed), text(&sent)) }
}

/// The items of one list that the other does not have, one for one.
fn rest<'i>(of: &[&'i [u8]], other: &[&[u8]]) -> Vec<&'i [u8]> {
    let mut other = other.to_vec();
    let mut rest = of.to_vec();
    rest.retain(|item| match other.iter().position(|own| own == item) {
        Some(at) => {
            other.swap_remove(at);
            false
        }
        None => true,
    });
    rest
}

/// Whether a signed parameter is this one of the URL.
fn is_same(context: &Context<'_>, item: &Item<'_>, param: &Param<'_>) -> bool {
    let signed = item.value().unwrap_or_default();
    let is_plain = context.is_lines() || item.sign == b':';
    let plain = if is_plain { Cow::Borrowed(signed) } else { percent::decode(signed) };
    item.name.eq_ignore_ascii_case(&param.name()) && plain == param.value().unwrap_or_default()
}

/// The names of the parameters that carry the signature itself.
fn own_names(context: &Context<'_>) -> Vec<&'static str> {
    let mut additions = Additions::default();
    if let Some(request) = context.request() {
        context.claim.scheme.place(request, context.claim, &mut additions);
    }
    let carried = context.claim.scheme.carrier().param_for(context.claim);
    additions.params().map(|(name, _)| name).chain(carried).collect()
}

fn is_own(own: &[&str], name: &[u8]) -> bool {
    own.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(name))
}

/// The list the scheme writes for the same request with another query.
fn redrafted(context: &Context<'_>, query: &[u8]) -> Option<Vec<Vec<u8>>> {
    let request = context.request().filter(|_| query.len() <= LONGEST)?;
    let subject = Subject::from(request.with_query(query));
    let transcript = transcript(&subject, context.claim).ok()?;
    let written = transcript.documents.iter().find(|written| written.part(Role::Path).is_some())?;
    let params = written.parts.iter().filter(|part| part.role == Role::Query);
    Some(params.map(|part| written.bytes(part).to_vec()).collect())
}

/// A text for a sentence.
fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// Names for a place of a sentence between backticks.
fn named<T: AsRef<[u8]>>(names: impl IntoIterator<Item = T>) -> String {
    let mut list = String::new();
    for name in names {
        list.push_str(if list.is_empty() { "" } else { "`, `" });
        list.push_str(&shown(name.as_ref()));
    }
    list
}

//! How values are written.

use super::{Item, Listed, MOST, is_same, named, sent};
use crate::{
    explain::{catalog::path::blank_exchanges, context::Context, edit::Edits},
    phrase::{Phrase, phrase},
    wire::{
        percent::{self, Kept, PATH, UNRESERVED},
        query::Param,
        replaced,
    },
};
use alloc::vec::Vec;

/// What becomes of a value.
type Change<'c> = &'c dyn Fn(&Item<'_>, &[u8]) -> Vec<u8>;

/// Offers the list with all values changed, and when several change, each by itself.
fn changed(list: &Listed<'_>, edits: &mut Edits<'_>, what: &Phrase, change: Change<'_>) {
    let texts: Vec<Vec<u8>> = list
        .params
        .iter()
        .map(|item| item.value().map_or_else(|| item.text.to_vec(), |value| item.with_value(&change(item, value))))
        .collect();
    let differs = |(item, text): &(&Item<'_>, &Vec<u8>)| item.text != text.as_slice();
    let name = named(list.params.iter().zip(&texts).filter(differs).map(|(item, _)| item.name));
    let edit = list.edit(&texts).fact("part", phrase!("the query"));
    edits.push(edit.fact("what", what.clone()).data("name", name));
    if list.params.iter().zip(&texts).filter(differs).count() > 1 {
        for (number, (item, text)) in list.params.iter().zip(&texts).enumerate().filter(|(_, pair)| differs(pair)).take(MOST) {
            let edit = list.edit_with(number, Some(text)).fact("part", phrase!("the query"));
            edits.push(edit.fact("what", what.clone()).data("name", named([item.name])));
        }
    }
}

/// The value as it stands in the URL.
fn sent_value(context: &Context<'_>, item: &Item<'_>) -> Option<Vec<u8>> {
    match sent(context).find(|param| is_same(context, item, param))? {
        Param::Wire(_, value) => value.map(<[u8]>::to_vec),
        Param::Added(..) => None,
    }
}

pub(super) fn subresource_value_encoded(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context).filter(|_| context.is_lines()) else { return };
    let escapes = &phrase!("with escapes");
    let form = |value: &[u8]| -> Vec<u8> {
        // A form encoder writes a blank as `+`.
        let pieces: Vec<Vec<u8>> = value.split(|b| *b == b' ').map(|piece| percent::encoded(piece, &UNRESERVED)).collect();
        pieces.join(&b'+')
    };
    changed(&list, edits, escapes, &|_, value| percent::encoded(value, &UNRESERVED));
    changed(&list, edits, escapes, &|_, value| percent::encoded(value, &PATH));
    changed(&list, edits, escapes, &|_, value| percent::encoded(value, &UNRESERVED.clone().with(b"!'()*")));
    changed(&list, edits, escapes, &|_, value| form(value));
    changed(&list, edits, &phrase!("as it stands in the URL"), &|item, value| {
        sent_value(context, item).unwrap_or_else(|| value.to_vec())
    });
    changed(&list, edits, &phrase!("with its escapes undone twice"), &|_, value| percent::decode(value).into_owned());
    let exchange = |from: u8, to: u8| {
        move |_: &Item<'_>, value: &[u8]| -> Vec<u8> { value.iter().map(|byte| if *byte == from { to } else { *byte }).collect() }
    };
    changed(&list, edits, &phrase!("with a blank for `+`"), &exchange(b'+', b' '));
    changed(&list, edits, &phrase!("with `+` for a blank"), &exchange(b' ', b'+'));
}

pub(super) fn empty_value_no_equals(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context).filter(|list| !list.in_lines) else { return };
    let is_empty = |item: &Item<'_>| item.value().is_none_or(<[u8]>::is_empty);
    let bare = |item: &Item<'_>| item.text.strip_suffix(b"=").unwrap_or(item.text).to_vec();
    let equals = |item: &Item<'_>| [&bare(item), &b"="[..]].concat();
    let count = list.params.iter().filter(|item| is_empty(item)).count();
    for only in core::iter::once(None).chain((0..list.params.len().min(MOST)).filter(|_| count > 1).map(Some)) {
        let is_meant = |number: usize, item: &Item<'_>| is_empty(item) && only.is_none_or(|only| only == number);
        let items = || list.params.iter().enumerate();
        let name = named(items().filter(|(n, item)| is_meant(*n, item)).map(|(_, item)| item.name));
        let with = |write: &dyn Fn(&Item<'_>) -> Vec<u8>| {
            list.edit(items().map(|(n, item)| if is_meant(n, item) { write(item) } else { item.text.to_vec() }))
        };
        edits.push(with(&bare).data("name", name.as_str()).fact("what", phrase!("without `=`")));
        edits.push(with(&equals).data("name", name.as_str()).fact("what", phrase!("with `=`")));
        let rest = items().filter(|(n, item)| !is_meant(*n, item)).map(|(_, item)| item.text);
        edits.push(list.edit(rest).data("name", name.as_str()).fact("what", phrase!("left out")));
    }
}

pub(super) fn double_encoded(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context).filter(|list| !context.is_lines() && !list.in_lines) else { return };
    changed(&list, edits, &phrase!("escaped twice"), &|_, value| percent::encoded(value, &UNRESERVED));
    changed(&list, edits, &phrase!("as it stands in the URL"), &|item, value| {
        sent_value(context, item).unwrap_or_else(|| value.to_vec())
    });
    changed(&list, edits, &phrase!("without escapes"), &|_, value| percent::decode(value).into_owned());
    changed(&list, edits, &phrase!("with its escapes undone twice"), &|_, value| {
        percent::encoded(&percent::decode(&percent::decode(value)), &UNRESERVED)
    });
}

/// What escape functions leave bare in a value, beside letters and digits, and whether a blank becomes `+`.
static ESCAPERS: [(Phrase, Kept, bool); 7] = [
    (phrase!("as Python's `quote` does, `/` left bare"), Kept::alphanumeric_and(b"-._~/"), false),
    (phrase!("as Python's `quote` did before 3.7, `~` as `%7E`"), Kept::alphanumeric_and(b"-._/"), false),
    (phrase!("as Python's `quote` did before 3.7, `~` as `%7E`"), Kept::alphanumeric_and(b"-._"), false),
    (phrase!("as JavaScript's `encodeURIComponent` does"), Kept::alphanumeric_and(b"-_.!~*'()"), false),
    (phrase!("as JavaScript's `encodeURI` does"), Kept::alphanumeric_and(b"-_.!~*'();,/?:@&=+$#"), false),
    (phrase!("as Java's `URLEncoder` does"), Kept::alphanumeric_and(b"-_.*"), true),
    (phrase!("as Java's `URLEncoder` does, `+` replaced by `%20`"), Kept::alphanumeric_and(b"-_.*"), false),
];

/// Characters that are left bare by some signers.
const DISPUTED: &[u8] = b"!'()*@:,;$";

pub(super) fn encode_set_wrong(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context).filter(|list| !context.is_lines() && !list.in_lines) else { return };
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let mut offer = |what: Phrase, change: &dyn Fn(&[u8]) -> Vec<u8>| {
        let values: Vec<_> = list.params.iter().filter_map(|item| Some(change(item.value()?))).collect();
        let text = values.join(&b'&');
        if !texts.contains(&text) {
            texts.push(text);
            changed(&list, edits, &what, &|_, value| change(value));
        }
    };
    // As they are: what changes nothing is no text of its own.
    offer(phrase!("as S3 and OSS want it"), &|value| value.to_vec());
    for (what, kept, is_form) in &ESCAPERS {
        offer(what.clone(), &|value| {
            let text = percent::encoded(&percent::decode(value), kept);
            if *is_form { replaced(&text, b"%20", b"+") } else { text }
        });
    }
    for byte in DISPUTED {
        let kept = UNRESERVED.clone().with(core::slice::from_ref(byte));
        let what = phrase!("with `{sign}` left bare").data("sign", char::from(*byte));
        offer(what, &|value| percent::encoded(&percent::decode(value), &kept));
    }
}

pub(super) fn space_as_plus(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context).filter(|_| !context.is_lines()) else { return };
    if !list.in_lines {
        let joined = list.params.iter().map(|item| item.text).collect::<Vec<_>>().join(&b'&');
        for (text, what) in blank_exchanges(&joined) {
            edits.push(list.edit([text]).fact("what", what));
        }
    }
    for (number, item) in list.params.iter().enumerate().take(MOST) {
        for (text, what) in blank_exchanges(item.text) {
            edits.push(list.edit_with(number, Some(&text)).fact("what", what));
        }
    }
}

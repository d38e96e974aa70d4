//! In which order parameters stand, and what becomes of those that stand twice.

use super::{Item, Listed, redrafted};
use crate::{
    explain::{context::Context, edit::Edits},
    phrase::{Phrase, phrase},
    wire::percent,
};
use alloc::vec::Vec;

pub(super) fn not_sorted(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context) else { return };
    let sent = list.in_sent_order(context);
    edits.push(list.edit(texts(&sent)).fact("order", phrase!("left in the order of the URL")));
    for start in [&list.params, &sent] {
        let mut sorted = start.clone();
        sorted.sort_by_key(|item| item.name.to_ascii_lowercase());
        edits.push(list.edit(texts(&sorted)).fact("order", phrase!("sorted without regard to case")));
    }
}

pub(super) fn sorted_by_pair(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context) else { return };
    let mut offer = |start: &[Item<'_>], compare: &dyn Fn(&Item<'_>, &Item<'_>) -> core::cmp::Ordering, order: Phrase| {
        let mut sorted = start.to_vec();
        sorted.sort_by(compare);
        edits.push(list.edit(texts(&sorted)).fact("order", order));
    };
    let plain = |item: &Item<'_>| percent::decode(item.text).into_owned();
    offer(&list.params, &|a, b| a.text.cmp(b.text), phrase!("sorted as whole `name=value` strings"));
    offer(&list.params, &|a, b| a.name.cmp(b.name), phrase!("sorted by their names without escapes"));
    offer(&list.params, &|a, b| plain(a).cmp(&plain(b)), phrase!("sorted as `name=value` strings without escapes"));
    let name = |item: &Item<'_>| percent::encoded(item.name, &percent::UNRESERVED);
    let sent = list.in_sent_order(context);
    offer(&sent, &|a, b| name(a).cmp(&name(b)), phrase!("sorted by name, those of one name left in the order of the URL"));
}

fn texts<'a>(items: &[Item<'a>]) -> impl Iterator<Item = &'a [u8]> {
    items.iter().map(|item| item.text)
}

pub(super) fn renormalised(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(list) = Listed::of(context) else { return };
    if let Some(query) = context.request().and_then(|request| request.query()).filter(|query| query.contains(&b'%'))
        && let Some(items) = redrafted(context, &percent::decode(query))
    {
        edits.push(list.edit(items).fact("what", phrase!("cut apart after its escapes were undone")));
    }
    // One of each name, in the order of the URL.
    let sent = list.in_sent_order(context);
    let is_again = |at: usize| sent.get(at).is_some_and(|item| sent.iter().take(at).any(|own| own.name == item.name));
    if !(0..sent.len()).any(is_again) {
        return;
    }
    let first: Vec<_> = (0..sent.len()).filter(|at| !is_again(*at)).filter_map(|at| sent.get(at).map(|item| item.at)).collect();
    let is_last = |item: &Item<'_>| sent.iter().rev().find(|own| own.name == item.name).is_some_and(|last| last.at == item.at);
    edits.push(
        list.edit_without(|item| !first.contains(&item.at)).fact("what", phrase!("reduced to the first parameter of each name")),
    );
    edits.push(list.edit_without(|item| !is_last(item)).fact("what", phrase!("reduced to the last parameter of each name")));
    for comma in [&b"%2C"[..], b","] {
        let kept = list.params.iter().filter(|item| first.contains(&item.at));
        let joined = kept.map(|item| {
            let values: Vec<&[u8]> =
                sent.iter().filter(|own| own.name == item.name).map(|own| own.value().unwrap_or_default()).collect();
            if values.len() > 1 { item.with_value(&values.join(comma)) } else { item.text.to_vec() }
        });
        edits.push(list.edit(joined).fact("what", phrase!("reduced to one parameter of each name, its values joined by commas")));
    }
}

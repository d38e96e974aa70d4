//! The secret typed again by hand: characters lost, doubled or taken for others that look alike.

use super::{try_secret, with_secret};
use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
    },
    phrase::{Phrase, Told, phrase},
};
use alloc::{string::String, vec::Vec};
use smallvec::SmallVec;
use zeroize::Zeroizing;

/// Lengths that fields and columns have.
const LENGTHS: [usize; 4] = [32, 16, 30, 40];

/// What programs write for a variable that is not set.
static NOTHING: [&str; 5] = ["", "None", "undefined", "null", "nil"];

pub(super) fn cut(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(secret) = context.secret else { return };
    let len = secret.len();
    for kept in [len.saturating_sub(1), len.saturating_sub(2)].into_iter().chain(LENGTHS) {
        if let Some(front) = secret.get(..kept).filter(|front| front.len() < len) {
            let what = phrase!("only its first {kept} of {count} characters").with("kept", kept).with("count", len);
            try_secret(context, edits, front, what);
        }
    }
    try_secret(context, edits, secret.get(1..).unwrap_or_default(), phrase!("all but its first character"));
    for word in NOTHING.iter().filter(|word| word.as_bytes() != secret) {
        let what = if word.is_empty() { phrase!("an empty text in its place") } else { phrase!("`{word}` in its place") };
        let edit = Edit::new().secret(*word).fact("what", what.data("word", *word)).fact("state", phrase!("set"));
        edits.push(edit.alone());
    }
    let twice = with_secret(context, edits, [secret, secret].concat(), phrase!("all of it twice"));
    edits.extend(twice.map(Edit::alone));
    let Ok(text) = core::str::from_utf8(secret) else { return };
    // Two for every character: with other texts only in the search that may take its time.
    let one_of_many = |edit: Edit| if context.inquiry.depth >= 3 { edit.alone() } else { edit.unpaired() };
    for (position, (at, character)) in (1_usize..).zip(text.char_indices()) {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let without = [before, after.get(character.len_utf8()..).unwrap_or_default()].concat();
        let what = phrase!("all but character {position} of {count}").with("position", position).with("count", len);
        with_secret(context, edits, without, what).into_iter().for_each(|edit| edits.push(one_of_many(edit)));
        let mut doubled = String::with_capacity(len + 4);
        doubled.extend([before, after]);
        doubled.insert(at, character);
        let what = phrase!("character {position} of {count} doubled").with("position", position).with("count", len);
        with_secret(context, edits, doubled, what).into_iter().for_each(|edit| edits.push(one_of_many(edit)));
    }
}

/// Characters that look alike, and their names.
static CLASSES: [&[(char, Phrase)]; 6] = [
    &[('l', phrase!("the small letter l")), ('1', phrase!("the digit 1")), ('I', phrase!("the capital letter I"))],
    &[('O', phrase!("the capital letter O")), ('0', phrase!("the digit 0"))],
    &[('5', phrase!("the digit 5")), ('S', phrase!("the capital letter S"))],
    &[('8', phrase!("the digit 8")), ('B', phrase!("the capital letter B"))],
    &[('2', phrase!("the digit 2")), ('Z', phrase!("the capital letter Z"))],
    &[
        ('-', phrase!("a hyphen (U+002D)")),
        ('_', phrase!("an underscore (U+005F)")),
        ('\u{2010}', phrase!("a hyphen of print (U+2010)")),
        ('\u{2011}', phrase!("a hyphen that does not break (U+2011)")),
        ('\u{2012}', phrase!("a dash as wide as a digit (U+2012)")),
        ('\u{2013}', phrase!("an en dash (U+2013)")),
        ('\u{2014}', phrase!("an em dash (U+2014)")),
    ],
];

/// One character taken for another.
struct Swap {
    /// Which character of the secret, counted from 0.
    index: usize,
    used: char,
    /// The names of both.
    names: [&'static Phrase; 2],
}

impl Told for Swap {
    fn told(&self) -> Phrase {
        let [used, right] = self.names.map(Phrase::clone);
        let told = phrase!("position {position}: {used} instead of {right}").with("position", self.index + 1);
        told.with("used", used).with("right", right)
    }
}

/// How many combinations are tried: the search for three mistakes may take its time.
const fn most(depth: u8) -> usize {
    if depth >= 3 { 1 << 16 } else { 512 }
}

pub(super) fn lookalikes(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(text) = context.secret.and_then(|secret| core::str::from_utf8(secret).ok()) else { return };
    let swaps: Vec<Swap> = text.chars().enumerate().flat_map(|(index, c)| swaps(index, c)).collect();
    for chosen in combinations(&swaps, most(context.inquiry.depth)) {
        let swapped = |(index, c)| chosen.iter().find(|swap| swap.index == index).map_or(c, |swap| swap.used);
        let mut secret = Zeroizing::new(String::with_capacity(text.len() + 8));
        secret.extend(text.chars().enumerate().map(swapped));
        let edit = Edit::new().secret(secret.as_bytes());
        let what = Phrase::joined(chosen.iter().map(|swap| swap.told()), &phrase!("{first}, {rest}"));
        let edit = what.into_iter().fold(edit, |edit, what| edit.fact("what", what));
        edits.push(if chosen.len() == 1 { edit.alone() } else { edit.unpaired() });
    }
}

fn swaps(index: usize, character: char) -> impl Iterator<Item = Swap> {
    let class = CLASSES.iter().find(|class| class.iter().any(|(c, _)| *c == character)).copied().unwrap_or_default();
    let right = class.iter().find(|(c, _)| *c == character).map(|(_, name)| name);
    let others = class.iter().filter(move |(c, _)| *c != character);
    others.filter_map(move |(used, name)| Some(Swap { index, used: *used, names: [name, right?] }))
}

/// All ways to choose swaps of different characters, the fewest first.
fn combinations(swaps: &[Swap], most: usize) -> Vec<SmallVec<[&Swap; 4]>> {
    let mut all: Vec<SmallVec<[&Swap; 4]>> = Vec::new();
    let mut grown = 0;
    let singles = swaps.iter().map(|swap| SmallVec::from_slice(&[swap]));
    all.extend(singles.take(most));
    while let Some(base) = all.get(grown).cloned() {
        grown += 1;
        let last = base.last().map_or(0, |swap| swap.index);
        for swap in swaps.iter().filter(|swap| swap.index > last) {
            if all.len() >= most {
                return all;
            }
            let mut longer = base.clone();
            longer.push(swap);
            all.push(longer);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_are_all_different_and_the_fewest_changes_come_first() {
        let list: Vec<Swap> = "lO5x".chars().enumerate().flat_map(|(index, c)| swaps(index, c)).collect();
        assert_eq!(list.len(), 4);
        let all = combinations(&list, 100);
        // (1 + 2) * (1 + 1) * (1 + 1) - 1
        assert_eq!(all.len(), 11);
        assert!(all.is_sorted_by_key(SmallVec::len));
        let spelled: alloc::collections::BTreeSet<Vec<_>> =
            all.iter().map(|chosen| chosen.iter().map(|swap| (swap.index, swap.used)).collect()).collect();
        assert_eq!(spelled.len(), 11);
        assert_eq!(combinations(&list, 5).len(), 5);
    }
}

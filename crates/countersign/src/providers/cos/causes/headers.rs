//! Headers, whose values are signed escaped: no other vendor wants that.

use crate::{
    explain::{At, Context, Edit, Edits, Note, Notes},
    pen::Role,
    phrase::{Phrase, phrase},
    wire::{percent, replaced, split_once},
};
use alloc::{string::String, vec::Vec};

/// What a spelling is called, and a value in it.
type Spelling = (Phrase, fn(&[u8]) -> Vec<u8>);

/// How the value of a header is written that is to be escaped.
static SPELLINGS: [Spelling; 6] = [
    (phrase!("without escapes"), |value| value.to_vec()),
    (phrase!("with `/` left bare"), |value| percent::encoded(value, &percent::PATH)),
    (phrase!("as JavaScript's `encodeURIComponent` does"), |value| percent::encoded(value, &COMPONENT)),
    (phrase!("with `+` for a blank"), |value| replaced(&percent::encoded(value, &percent::UNRESERVED), b"%20", b"+")),
    (phrase!("with a blank left bare"), |value| replaced(&percent::encoded(value, &percent::UNRESERVED), b"%20", b" ")),
    (phrase!("with hexadecimal digits in the other case"), |value| {
        in_small_digits(&percent::encoded(value, &percent::UNRESERVED))
    }),
];

/// What `encodeURIComponent` leaves bare.
static COMPONENT: percent::Kept = percent::Kept::alphanumeric_and(b"-_.!~*'()");

fn in_small_digits(escaped: &[u8]) -> Vec<u8> {
    let mut text = escaped.to_vec();
    for at in (0..text.len()).filter(|at| escaped.get(*at) == Some(&b'%')) {
        text.get_mut(at + 1..at + 3).unwrap_or_default().make_ascii_lowercase();
    }
    text
}

pub(super) fn values(context: &Context<'_>, edits: &mut Edits<'_>) {
    if !context.scheme_is("cos-xml") {
        return;
    }
    let headers: Vec<(At, &[u8], &[u8])> = context
        .parts(Role::Header)
        .filter_map(|at| {
            let (name, value) = split_once(context.bytes(at), b'=');
            Some((at, name, value.filter(|value| !value.is_empty())?))
        })
        .take(MOST_HEADERS)
        .collect();
    for (what, spell) in &SPELLINGS {
        let spelled = headers.iter().map(|(at, name, value)| (*at, [*name, b"=", &spell(&percent::decode(value))].concat()));
        let other: Vec<_> = spelled.filter(|(at, text)| context.bytes(*at) != text.as_slice()).collect();
        let edit = |chosen: &[(At, Vec<u8>)]| {
            let edit = chosen.iter().fold(Edit::new(), |edit, (at, text)| edit.set(*at, text.clone()));
            edit.fact("part", phrase!("the headers")).fact("what", what.clone())
        };
        edits.push(edit(&other));
        if other.len() > 1 {
            other.chunks(1).for_each(|one| edits.push(edit(one)));
        }
    }
}

/// The lists of names are to be sorted: to the service they say the order that is signed.
pub(super) fn unsorted(context: &Context<'_>, notes: &mut Notes<'_>) {
    if !context.scheme_is("cos-xml") {
        return;
    }
    let claim = context.claim;
    for (list, code, place) in
        [(&claim.signed_headers, "header-sort-wrong", "how"), (&claim.signed_params, "query-not-sorted", "order")]
    {
        let Some(list) = list.as_deref() else { continue };
        if !list.to_ascii_lowercase().split(|b| *b == b';').is_sorted() {
            let note = Note::seen().refused().fact(place, phrase!("in an order that is not sorted"));
            notes.push_as(code, note.shows(Some(String::from_utf8_lossy(list).into_owned()), None));
        }
    }
}

/// Of more, the first are looked at.
const MOST_HEADERS: usize = 64;

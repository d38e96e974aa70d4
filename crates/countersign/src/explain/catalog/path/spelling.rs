//! How a key is escaped, and in which encoding.

use super::{Key, Spelling, sent_path};
use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
        gbk,
    },
    pen::Role,
    phrase::{Phrase, phrase},
    wire::{
        percent::{self, Kept},
        replaced, split_once,
    },
};
use alloc::{string::String, vec::Vec};

/// An escape function that signers are written with.
struct Escaper {
    name: Phrase,
    kept: Kept,
    /// Whether a blank becomes `+`.
    is_form: bool,
}

const fn escaper(name: Phrase, extra: &[u8]) -> Escaper {
    Escaper { name, kept: Kept::alphanumeric_and(extra).with(b"/"), is_form: false }
}

const fn form_escaper(name: Phrase, extra: &[u8]) -> Escaper {
    Escaper { name, kept: Kept::alphanumeric_and(extra).with(b"/"), is_form: true }
}

static ESCAPERS: [Escaper; 7] = [
    escaper(phrase!("as JavaScript's `encodeURIComponent` does"), b"-_.!~*'()"),
    escaper(phrase!("as JavaScript's `encodeURI` does"), b"-_.!~*'();,?:@&=+$#"),
    form_escaper(phrase!("as Java's `URLEncoder` does"), b"-_.*"),
    escaper(phrase!("as Java's `URLEncoder` does, `+` replaced by `%20`"), b"-_.*"),
    escaper(phrase!("as Python's `quote` did before 3.7, `~` as `%7E`"), b"-_."),
    escaper(phrase!("as Go's `EscapedPath` does"), b"-_.~$&+,:;=@"),
    escaper(phrase!("with all that RFC 3986 allows in a path left bare"), b"-_.~!$&'()*+,;=:@"),
];

/// The most parameters that are changed together with a path.
const MOST_PARAMS: usize = 128;

/// What a path may hold bare.
static IN_PATH: Kept = Kept::alphanumeric_and(b"-._~/!$&'()*+,;=:@");

/// Characters that are escaped by some signers and left bare by others.
const DISPUTED: &[u8] = b"!'()*~@=:,;&$+";

pub(super) fn encode_set_wrong(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    // A path that is signed as sent is escaped by whoever makes the URL; see `url-renormalised-by-client`.
    let is_urls = key.spelling == Spelling::AsSent && context.in_url();
    if key.spelling != Spelling::Plain && !is_urls {
        // The case of digits and escaped slashes are causes of their own.
        let others = [recased(key.text, Case::Lower), recased(key.text, Case::Upper), bare_slashes(key.text)];
        escaped_otherwise(context, &key, &mut |text, what| {
            if !others.contains(&text) {
                edits.push(Edit::new().set(key.at, text).fact("what", what));
            }
        });
    }
}

fn escaped_otherwise(context: &Context<'_>, key: &Key<'_>, offer: &mut dyn FnMut(Vec<u8>, Phrase)) {
    let usual = key.write(&key.plain);
    for byte in DISPUTED.iter().filter(|byte| key.plain.contains(byte)) {
        let (bare, one) = (percent::PATH.contains(*byte), core::slice::from_ref(byte));
        let kept = if bare { percent::PATH.clone().without(one) } else { percent::PATH.clone().with(one) };
        let what = if bare { phrase!("with `{sign}` escaped") } else { phrase!("with `{sign}` left bare") };
        offer(key.spelling.write(&key.plain, &kept), what.data("sign", char::from(*byte)));
    }
    for escaper in &ESCAPERS {
        let text = key.spelling.write(&key.plain, &escaper.kept);
        // A blank as `+` and nothing else is `plus-vs-space`.
        match escaper.is_form {
            true if text == usual => {}
            true => offer(replaced(&text, b"%20", b"+"), escaper.name.clone()),
            false => offer(text, escaper.name.clone()),
        }
    }
    if key.spelling == Spelling::Twice {
        // The same function both times.
        for escaper in ESCAPERS.iter().filter(|escaper| !escaper.is_form) {
            offer(percent::encoded(&percent::encoded(&key.plain, &escaper.kept), &escaper.kept), escaper.name.clone());
        }
    }
    offer(usual, phrase!("as S3 and OSS want it"));
    if let Some(raw) = sent_path(context).filter(|_| key.spelling != Spelling::Twice) {
        offer(raw.to_vec(), phrase!("as it stands in the request line"));
    }
}

pub(super) fn key_not_encoded(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    let mut offer = |text: Vec<u8>, what: Phrase| edits.push(Edit::new().set(key.at, text).fact("what", what));
    let escapes = key.spelling != Spelling::Plain;
    // A plain key that is a path with escapes was escaped twice.
    if escapes && !(key.plain.contains(&b'%') && percent::is_encoded(&key.plain, &IN_PATH)) {
        offer(key.plain.to_vec(), phrase!("without escapes"));
    }
    if escapes && !key.plain.is_ascii() {
        let bare: Vec<u8> = (0x80..=0xff).collect();
        offer(key.spelling.write(&key.plain, &percent::PATH.clone().with(&bare)), phrase!("with escapes for ASCII alone"));
    }
    // Where the path is signed without escapes, it is the string that was in the wrong charset.
    if let Some(latin) = to_latin1(&key.plain).filter(|_| escapes) {
        offer(key.write(&latin), phrase!("in Latin-1, escaped"));
        offer(latin, phrase!("in Latin-1, without escapes"));
    }
    if let Some(gbk) = gbk::encoded(&key.plain).filter(|_| escapes) {
        offer(key.write(&gbk), phrase!("in GBK, escaped"));
        offer(gbk, phrase!("in GBK, without escapes"));
    }
    if core::str::from_utf8(&key.plain).is_err() {
        let utf8: String = key.plain.iter().map(|byte| char::from(*byte)).collect();
        if escapes {
            offer(key.write(utf8.as_bytes()), phrase!("in UTF-8, while Latin-1 was sent"));
        }
        offer(utf8.into_bytes(), phrase!("in UTF-8 without escapes, while Latin-1 was sent"));
        if let Some(utf8) = gbk::decoded(&key.plain) {
            if escapes {
                offer(key.write(&utf8), phrase!("in UTF-8, while GBK was sent"));
            }
            offer(utf8, phrase!("in UTF-8 without escapes, while GBK was sent"));
        }
    }
}

/// A text in Latin-1, if it is UTF-8, not all ASCII, and has no other characters.
fn to_latin1(text: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(text).ok().filter(|text| !text.is_ascii())?;
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

pub(super) fn key_encoded_in_resource(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context).filter(|key| key.spelling == Spelling::Plain) else { return };
    let mut offer = |text: Vec<u8>| edits.push(Edit::new().set(key.at, text));
    let escaped = percent::encoded(&key.plain, &percent::PATH);
    offer(recased(&escaped, Case::Lower));
    offer(replaced(&escaped, b"%20", b"+"));
    for escaper in &ESCAPERS {
        let text = percent::encoded(&key.plain, &escaper.kept);
        offer(if escaper.is_form { replaced(&text, b"%20", b"+") } else { text });
    }
    if let Some(raw) = sent_path(context) {
        offer(raw.to_vec());
    }
    if let Some((slash, rest)) = key.plain.split_first() {
        offer([core::slice::from_ref(slash), &percent::encoded(rest, &percent::UNRESERVED)].concat());
    }
    offer(escaped);
}

pub(super) fn plus_vs_space(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    let edit = |text: Vec<u8>, what: Phrase| Edit::new().set(key.at, text).fact("exchange", what);
    // In a key that was not escaped either, both show in one text.
    if key.spelling != Spelling::Plain && !percent::is_encoded(&key.plain, &IN_PATH) {
        for (text, what) in exchanges(&key.plain, &BARE_KINDS) {
            if !percent::is_encoded(&text, &IN_PATH) {
                edits.push(edit(text, what).with("key-not-encoded").fact("what", phrase!("without escapes")));
            }
        }
    }
    if key.spelling == Spelling::Twice {
        // Once escaped, then exchanged, then escaped again. With a bare blank that is a path escaped once.
        let once = percent::decode(key.text);
        for (text, what) in exchanges(&once, &KINDS).into_iter().filter(|(text, _)| !text.contains(&b' ')) {
            edits.push(edit(percent::encoded(&text, &percent::PATH), what));
        }
        return;
    }
    // In a plain key `%20` is no blank.
    let kinds = if key.spelling == Spelling::Plain { &BARE_KINDS[..] } else { &KINDS };
    for (text, what) in exchanges(key.text, kinds) {
        edits.push(edit(text, what));
    }
}

/// Spellings of blank and plus sign, and their names.
static KINDS: [(&[u8], Phrase); 4] =
    [(b"%20", phrase!("`%20`")), (b"+", phrase!("`+`")), (b"%2B", phrase!("`%2B`")), (b" ", phrase!("a blank"))];
static BARE_KINDS: [(&[u8], Phrase); 2] = [(b"+", phrase!("`+`")), (b" ", phrase!("a blank"))];

fn is_plus(spelling: &[u8]) -> bool {
    matches!(spelling, b"+" | b"%2B")
}

/// A text with blanks and plus signs in each other's place: one kind at a time, and all alike.
pub(in super::super) fn blank_exchanges(text: &[u8]) -> Vec<(Vec<u8>, Phrase)> {
    exchanges(text, &KINDS)
}

fn exchanges(text: &[u8], kinds: &[(&[u8], Phrase)]) -> Vec<(Vec<u8>, Phrase)> {
    let present: Vec<_> = kinds.iter().filter(|(kind, _)| is_in(text, kind)).collect();
    let mut all = Vec::new();
    for (to, to_name) in &KINDS {
        // Between a blank and `%20` no plus sign is in the play: that is a matter of escaping.
        let is_confused = |from: &&&(&[u8], Phrase)| from.0 != *to && (is_plus(from.0) || is_plus(to));
        for (from, from_name) in present.iter().filter(is_confused) {
            let what = phrase!("{signed} in place of {sent}").with("signed", to_name.clone()).with("sent", from_name.clone());
            all.push((replaced(text, from, to), what));
        }
        if present.len() > 1 && (is_plus(to) || present.iter().any(|(from, _)| is_plus(from))) {
            let alike = present.iter().fold(text.to_vec(), |text, (from, _)| replaced(&text, from, to));
            all.push((alike, phrase!("{signed} in place of every blank and plus sign").with("signed", to_name.clone())));
        }
    }
    all
}

pub(super) fn double_encoded_path(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    let mut offer = |text: Vec<u8>, what: Phrase| edits.push(Edit::new().set(key.at, text).fact("what", what));
    match key.spelling {
        Spelling::Plain => {}
        Spelling::AsSent | Spelling::Once if !key.text.contains(&b'%') => {}
        Spelling::AsSent | Spelling::Once => offer(percent::encoded(key.text, &percent::PATH), phrase!("percent-encoded twice")),
        Spelling::Twice => {
            offer(percent::encoded(key.text, &percent::PATH), phrase!("percent-encoded three times"));
            offer(percent::decode(key.text).into_owned(), phrase!("percent-encoded once, as only S3 wants it"));
        }
    }
    let once_more = percent::decode(&key.plain);
    if once_more != key.plain {
        offer(key.write(&once_more), phrase!("percent-encoded once less than the path that was sent"));
    }
}

pub(super) fn slash_encoded_in_key(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    let mut offer = |text: Vec<u8>, what: Phrase| edits.push(Edit::new().set(key.at, text).fact("what", what));
    let slash: &[u8] = if key.spelling == Spelling::Twice { b"%252F" } else { b"%2F" };
    // Behind the bucket, behind the first slash, and the first slash as well.
    for from in [key.start(context), 1, 0] {
        if let Some((front, rest)) = key.text.split_at_checked(from) {
            offer([front, &replaced(rest, b"/", slash)].concat(), phrase!("`/` as `%2F`"));
        }
    }
    if key.spelling == Spelling::AsSent {
        offer(bare_slashes(key.text), phrase!("`%2F` as `/`"));
    }
}

fn bare_slashes(text: &[u8]) -> Vec<u8> {
    replaced(&replaced(text, b"%2F", b"/"), b"%2f", b"/")
}

pub(super) fn percent_hex_case(context: &Context<'_>, edits: &mut Edits<'_>) {
    static PLACES: [(Phrase, [bool; 3]); 5] = [
        (phrase!("in the path"), [true, false, false]),
        (phrase!("in the parameters"), [false, true, true]),
        (phrase!("in the names of parameters"), [false, true, false]),
        (phrase!("in the values of parameters"), [false, false, true]),
        (phrase!("in path and parameters"), [true, true, true]),
    ];
    let path = Key::of(context).filter(|key| key.spelling != Spelling::Plain).map(|key| key.at);
    // A resource has its parameters without escapes.
    let has_escapes = !context.is_lines();
    for (case, case_name) in [(Case::Lower, phrase!("lower-case digits")), (Case::Upper, phrase!("upper-case digits"))] {
        let changed = |text: &[u8], is_changed: bool| if is_changed { recased(text, case) } else { text.to_vec() };
        for (place, [in_path, in_names, in_values]) in &PLACES {
            let mut edit = Edit::new().fact("case", case_name.clone()).fact("place", place.clone());
            if let Some(at) = path.filter(|_| *in_path) {
                edit = edit.set(at, recased(context.bytes(at), case));
            }
            for at in context.parts(Role::Query).take(MOST_PARAMS).filter(|_| has_escapes && (*in_names || *in_values)) {
                let (name, value) = split_once(context.bytes(at), b'=');
                let value = value.map(|value| [b"=", changed(value, *in_values).as_slice()].concat());
                let text = [changed(name, *in_names), value.unwrap_or_default()].concat();
                // The first part that is set is shown: one that stays as it is would say nothing.
                if text != context.bytes(at) {
                    edit = edit.set(at, text);
                }
            }
            edits.push(edit);
        }
    }
}

pub(super) fn url_renormalised_by_client(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context).filter(|key| key.spelling == Spelling::AsSent && context.in_url()) else { return };
    escaped_otherwise(context, &key, &mut |text, what| edits.push(Edit::new().set(key.at, text).fact("what", what)));
    for case in [Case::Lower, Case::Upper] {
        let what = phrase!("with hexadecimal digits in the other case");
        edits.push(Edit::new().set(key.at, recased(key.text, case)).fact("what", what));
    }
    edits.push(Edit::new().set(key.at, key.plain.to_vec()).fact("what", phrase!("without escapes")));
    // Parameters that are signed as they stand in the URL may have been escaped anew with the path.
    let Some(query) = context.request().and_then(|request| request.query()) else { return };
    let mut edit = Edit::new()
        .set(key.at, key.write(&key.plain))
        .fact("what", phrase!("with every escape in path and query in its usual form"));
    for at in context.parts(Role::Query).take(MOST_PARAMS) {
        let text = context.bytes(at);
        if text.contains(&b'%') && query.split(|b| *b == b'&').any(|raw| raw == text) {
            let (name, value) = split_once(text, b'=');
            let mut usual = Vec::with_capacity(text.len());
            percent::recode(name, &percent::UNRESERVED, &mut usual);
            if let Some(value) = value {
                usual.push(b'=');
                percent::recode(value, &percent::UNRESERVED, &mut usual);
            }
            edit = edit.set(at, usual);
        }
    }
    edits.push(edit);
}

/// The case of hexadecimal digits.
#[derive(Clone, Copy)]
enum Case {
    Lower,
    Upper,
}

/// The text with all its escapes in one case.
fn recased(text: &[u8], case: Case) -> Vec<u8> {
    let mut out = text.to_vec();
    let mut rest = out.as_mut_slice();
    while let Some(at) = rest.iter().position(|b| *b == b'%') {
        let tail = rest.split_at_mut(at + 1).1;
        // The escape of an escape has its digits behind `25`.
        let is_escaped =
            tail.get(..2) == Some(b"25") && tail.get(2..4).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let tail = if is_escaped { tail.split_at_mut(2).1 } else { tail };
        if let Some(digits) = tail.get_mut(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            match case {
                Case::Lower => digits.make_ascii_lowercase(),
                Case::Upper => digits.make_ascii_uppercase(),
            }
        }
        rest = tail;
    }
    out
}

fn is_in(text: &[u8], piece: &[u8]) -> bool {
    text.windows(piece.len()).any(|window| window == piece)
}

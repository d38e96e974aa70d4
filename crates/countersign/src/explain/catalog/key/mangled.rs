//! The secret passed through a shell, a configuration file or an escape too many.

use super::try_secret;
use crate::{
    explain::{context::Context, edit::Edits},
    phrase::{Phrase, phrase},
    wire::percent::{self, UNRESERVED},
};
use alloc::vec::Vec;

pub(super) fn edits(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(secret) = context.secret else { return };
    for (change, what) in CHANGES {
        try_secret(context, edits, change(secret), what.clone());
    }
    for (at, _) in secret.iter().enumerate().filter(|(_, b)| **b == b'\\') {
        let (before, after) = secret.split_at_checked(at).unwrap_or_default();
        let without = [before, after.get(1..).unwrap_or_default()].concat();
        try_secret(context, edits, without, phrase!("the backslash at offset {at} was lost").with("at", at));
    }
    for (end, name) in &ENDS {
        let cut = secret.split(|b| b == end).next().unwrap_or_default();
        // A blank at its end sticks to the secret given here, and nobody cut it off.
        if cut == secret.trim_ascii_end() {
            continue;
        }
        let what = phrase!("it was cut off before {sign}, after {count} characters");
        try_secret(context, edits, cut, what.with("sign", name.clone()).with("count", cut.len()));
    }
}

type Change = fn(&[u8]) -> Vec<u8>;

static CHANGES: &[(Change, Phrase)] = &[
    (|secret| percent::decode(secret).into_owned(), phrase!("it was percent-decoded")),
    (
        |secret| percent::decode(&replaced(secret, b"+", b" ")).into_owned(),
        phrase!("it was decoded like a form, which makes `+` a blank"),
    ),
    (|secret| percent::encoded(secret, &UNRESERVED), phrase!("it was percent-encoded")),
    (|secret| lower_hex(&percent::encoded(secret, &UNRESERVED)), phrase!("it was percent-encoded with lower-case digits")),
    (
        |secret| replaced(&replaced(&replaced(secret, b"+", b"%2B"), b"/", b"%2F"), b"=", b"%3D"),
        phrase!("`+`, `/` and `=` in it were percent-encoded"),
    ),
    (|secret| replaced(secret, b"\\", b""), phrase!("its backslashes were lost")),
    (|secret| [b"'", secret, b"'"].concat(), phrase!("the single quotes around it were taken for a part of it")),
    (|secret| [b"\"", secret, b"\""].concat(), phrase!("the double quotes around it were taken for a part of it")),
    (unquoted, phrase!("the secret given here has quotes around it, the client's has none")),
    (|secret| expanded(secret, Names::Words), phrase!("a shell took `$` and what follows for a variable")),
    (|secret| expanded(secret, Names::Digits), phrase!("a shell took `$` and a digit for a parameter")),
    (|secret| replaced(secret, b"$$", b"$"), phrase!("`$$` in it became `$`")),
    (unescaped, phrase!("the XML escapes in it were undone")),
    (|secret| escaped(secret), phrase!("it was escaped for XML")),
];

/// What ends a value in shells and configuration files.
static ENDS: [(u8, Phrase); 5] = [
    (b'#', phrase!("a `#`")),
    (b';', phrase!("a `;`")),
    (b' ', phrase!("a blank")),
    (b'%', phrase!("a `%`")),
    (b'=', phrase!("a `=`")),
];

fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 3);
    let mut rest = text;
    while let Some((first, tail)) = rest.split_first() {
        if let Some(tail) = rest.strip_prefix(from) {
            out.extend_from_slice(to);
            rest = tail;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

/// The digits of `%XX` in lower case.
fn lower_hex(text: &[u8]) -> Vec<u8> {
    let mut digits = 0;
    let lower = |byte: &u8| {
        let is_digit = digits > 0;
        digits = if *byte == b'%' { 2 } else { digits.max(1) - 1 };
        if is_digit { byte.to_ascii_lowercase() } else { *byte }
    };
    text.iter().map(lower).collect()
}

fn unquoted(secret: &[u8]) -> Vec<u8> {
    match secret {
        [first @ (b'\'' | b'"'), inner @ .., last] if first == last => inner.to_vec(),
        _ => Vec::new(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Words,
    Digits,
}

/// The secret with its `$name` gone, as a shell writes variables that are not set.
fn expanded(secret: &[u8], names: Names) -> Vec<u8> {
    let mut out = Vec::with_capacity(secret.len());
    let mut rest = secret;
    while let Some((first, tail)) = rest.split_first() {
        let len = match names {
            Names::Words => tail.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count(),
            Names::Digits => usize::from(tail.first().is_some_and(u8::is_ascii_digit)),
        };
        if *first == b'$' && len > 0 {
            rest = tail.get(len..).unwrap_or_default();
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

static ENTITIES: [(&[u8], &[u8]); 6] =
    [(b"<", b"&lt;"), (b">", b"&gt;"), (b"\"", b"&quot;"), (b"'", b"&apos;"), (b"'", b"&#39;"), (b"&", b"&amp;")];

fn unescaped(secret: &[u8]) -> Vec<u8> {
    ENTITIES.iter().fold(secret.to_vec(), |text, (plain, entity)| replaced(&text, entity, plain))
}

fn escaped(secret: &[u8]) -> Vec<u8> {
    // `&` first, or the escapes would be escaped.
    ENTITIES.iter().rev().fold(secret.to_vec(), |text, (plain, entity)| replaced(&text, plain, entity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_drop_what_follows_a_dollar_sign() {
        assert_eq!(expanded(b"ab$cd_1/e$", Names::Words), b"ab/e$");
        assert_eq!(expanded(b"ab$12c", Names::Digits), b"ab2c");
        assert_eq!(replaced(b"a$$b", b"$$", b"$"), b"a$b");
    }

    #[test]
    fn only_the_digits_of_escapes_become_lower_case() {
        assert_eq!(lower_hex(b"AB%2B%2FCD"), b"AB%2b%2fCD");
    }

    #[test]
    fn xml_escapes_are_undone_once() {
        assert_eq!(unescaped(b"a&amp;lt;b&lt;"), b"a&lt;b<");
        assert_eq!(escaped(b"a<&b"), b"a&lt;&amp;b");
    }
}

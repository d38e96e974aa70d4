//! Header fields as they stand on the wire, and the ways vendors tidy their values.

use super::{Few, Ink, Order, order, position, sorted, split_once};
use core::cmp::Ordering;

/// One header field as received: name in its own case, value with its blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// The field name.
    pub name: &'a str,
    /// Everything after the colon and the one blank that clients write behind it, without the line
    /// end. May hold further blanks and folded lines.
    pub value: &'a [u8],
}

impl<'a> Header<'a> {
    /// A field from its name and value.
    #[must_use]
    pub const fn new(name: &'a str, value: &'a [u8]) -> Self {
        Self { name, value }
    }

    /// Whether the field has this name; case does not matter.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value without blanks around it.
    #[must_use]
    pub fn trimmed(&self) -> &'a [u8] {
        self.value.trim_ascii()
    }
}

/// Whether `name` starts with the lower-case `prefix`; case does not matter.
#[must_use]
pub fn has_prefix(name: &str, prefix: &str) -> bool {
    name.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// Adds `items` to `sorted` in the byte order of their lower-case names; those of one name stay in theirs.
pub(crate) fn by_name<T: Copy>(items: &[T], name_of: impl Fn(&T) -> &str, sorted: &mut Few<T, 24>) {
    // The first bytes are read once and compared often.
    let mut keys: Few<[u64; 3], 24> = Few::new();
    if cfg!(not(feature = "compact")) {
        for item in items {
            let mut rest = name_of(item).as_bytes();
            keys.push([lower_eight(&mut rest), lower_eight(&mut rest), lower_eight(&mut rest)]);
        }
    }
    let mut numbers = Order::new();
    order(items.len(), &mut numbers, &|a, b| {
        let key = |at: u32| keys.get(at as usize);
        key(a).cmp(&key(b)).then_with(|| {
            let name = |at: u32| items.get(at as usize).map_or("", &name_of);
            cmp_names(name(a), name(b))
        })
    });
    for number in &numbers {
        sorted.extend(items.get(*number as usize).copied());
    }
}

/// Byte order of two names in lower case.
#[must_use]
pub fn cmp_names(a: &str, b: &str) -> Ordering {
    let (mut of_a, mut of_b) = (a.as_bytes(), b.as_bytes());
    loop {
        // Where one has ended, zeros stand for what it lacks: only the lengths can tell them apart then.
        match lower_eight(&mut of_a).cmp(&lower_eight(&mut of_b)) {
            Ordering::Equal if of_a.is_empty() || of_b.is_empty() => return a.len().cmp(&b.len()),
            Ordering::Equal => {}
            other => return other,
        }
    }
}

/// The next eight bytes in lower case, the first one as the highest; zeros for those there are not.
fn lower_eight(text: &mut &[u8]) -> u64 {
    let eight = match text.split_first_chunk() {
        Some((eight, rest)) => {
            *text = rest;
            u64::from_be_bytes(*eight)
        }
        None => {
            let rest = core::mem::take(text);
            let some = rest.iter().fold(0, |some, byte| some << 8 | u64::from(*byte));
            some.checked_shl(8 * (8 - rest.len() as u32)).unwrap_or_default()
        }
    };
    // All eight at once: the highest bit of each tells whether it is a capital.
    let each = |byte: u8| u64::from_ne_bytes([byte; 8]);
    let low = eight & each(0x7f);
    let from_a = low + each(0x80 - b'A');
    let behind_z = low + each(0x80 - b'Z' - 1);
    let capitals = (from_a ^ behind_z) & !eight & each(0x80);
    eight | capitals >> 2
}

/// How a list of names repeats one.
///
/// Whoever writes what a list names, writes it again for each repetition: with one long header a short list could
/// make a verifier hash without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// Not at all.
    Never,
    /// Right behind itself alone.
    InARow,
    /// Elsewhere, too.
    Apart,
}

impl Repeats {
    /// Looks at the names of a list, which are joined by `;`; case does not matter.
    pub(crate) fn in_list(list: &[u8]) -> Self {
        // Nearly all lists are in lower case and sorted.
        if !has_upper(list) && is_ascending(list) { Self::Never } else { Self::in_any_list(list) }
    }

    #[inline(never)]
    fn in_any_list(list: &[u8]) -> Self {
        let list = list.to_ascii_lowercase();
        let mut names: Few<&[u8], 24> = Few::new();
        let mut repeats = Self::Never;
        for name in list.split(|byte| *byte == b';').filter(|name| !name.is_empty()) {
            if names.last() == Some(&name) {
                repeats = Self::InARow;
            } else {
                names.push(name);
            }
        }
        let mut before = None;
        if sorted(&names, Ord::cmp).any(|name| before.replace(name) == Some(name)) { Self::Apart } else { repeats }
    }
}

/// Whether each name of a list comes behind the one before in byte order.
fn is_ascending(list: &[u8]) -> bool {
    let (mut before, mut rest) = split_once(list, b';');
    while let Some(list) = rest {
        let (name, behind) = split_once(list, b';');
        if before >= name {
            return false;
        }
        (before, rest) = (name, behind);
    }
    true
}

/// Header fields that are asked for by name, again and again.
pub(crate) struct Named<'r, 'a>(Few<(u32, &'r Header<'a>), 16>);

impl<'r, 'a> Named<'r, 'a> {
    #[inline]
    pub(crate) fn new() -> Self {
        Self(Few::new())
    }

    pub(crate) fn extend(&mut self, fields: impl Iterator<Item = &'r Header<'a>>) {
        for field in fields {
            self.0.push((mark(field.name.as_bytes()), field));
        }
    }

    /// The fields with this name, in their order.
    pub(crate) fn get(&self, name: &[u8]) -> impl Iterator<Item = &'r Header<'a>> {
        let wanted = mark(name);
        let is = move |field: &Header<'_>| field.name.as_bytes().eq_ignore_ascii_case(name);
        self.0.iter().filter(move |(mark, field)| *mark == wanted && is(field)).map(|(_, field)| *field)
    }
}

/// A number that tells most names apart, whatever their case.
fn mark(name: &[u8]) -> u32 {
    let mut rest = name;
    let mut sum = rest.len() as u64;
    while !rest.is_empty() {
        // The odd number of FxHash.
        sum = (sum.rotate_left(5) ^ lower_eight(&mut rest)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    (sum >> 32) as u32
}

/// A lower-case name for a moment.
pub(crate) type Name = Few<u8, 48>;

/// `name` in lower case.
pub(crate) fn lower_name(name: &str) -> Name {
    let mut text = Name::new();
    lower(name.as_bytes(), &mut text);
    text
}

/// Whether there is a capital among the ASCII letters. All bytes are looked at: that is quicker than to stop.
pub(crate) fn has_upper(text: &[u8]) -> bool {
    text.iter().fold(false, |any, byte| any | byte.is_ascii_uppercase())
}

/// Writes `text` in lower case.
pub fn lower(text: &[u8], ink: &mut (impl Ink + ?Sized)) {
    // Verbs, and the name of the one header that nearly all URLs sign.
    if text.len() < 8 {
        let eight = lower_eight(&mut &*text).to_be_bytes();
        return ink.write(eight.get(..text.len()).unwrap_or_default());
    }
    for chunk in text.chunks(32) {
        let (mut lower, mut rest) = ([0; 32], chunk);
        for eight in lower.as_chunks_mut().0 {
            if rest.is_empty() {
                break;
            }
            *eight = lower_eight(&mut rest).to_be_bytes();
        }
        ink.write(lower.get(..chunk.len()).unwrap_or_default());
    }
}

/// Writes `value` trimmed, with every run of blanks, tabs and line folds as one blank.
pub fn collapsed(value: &[u8], ink: &mut (impl Ink + ?Sized)) {
    let blank = |b: &u8| b.is_ascii_whitespace();
    // Most values are clean, and many have no blanks at all.
    let value = value.trim_ascii();
    if position(value, |byte| byte <= b' ').is_none() {
        return ink.write(value);
    }
    let is_other = |any: bool, (a, b): (&u8, &u8)| any | (blank(b) & (blank(a) | (*b != b' ')));
    if !value.iter().zip(value.get(1..).unwrap_or_default()).fold(false, is_other) {
        return ink.write(value);
    }
    let mut words = value.split(blank).filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        ink.write(first);
    }
    for word in words {
        ink.write(b" ");
        ink.write(word);
    }
}

/// Writes `value` trimmed, with line folds removed and inner blanks as they are.
pub fn unfolded(value: &[u8], ink: &mut (impl Ink + ?Sized)) {
    let value = value.trim_ascii();
    if !value.iter().any(|b| matches!(b, b'\r' | b'\n')) {
        return ink.write(value);
    }
    let mut lines = value.split(|b| matches!(b, b'\r' | b'\n')).filter(|l| !l.is_empty());
    if let Some(first) = lines.next() {
        ink.write(first);
    }
    for line in lines {
        ink.write(b" ");
        ink.write(line.trim_ascii());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::String, vec::Vec};

    #[test]
    fn collapsing_joins_runs_and_folds() {
        let mut out = Vec::new();
        collapsed(b"  a  b\t c\r\n   d ", &mut out);
        assert_eq!(out, b"a b c d");
        for (value, wanted) in [(&b" a b "[..], &b"a b"[..]), (b"a\tb", b"a b"), (b"a  b", b"a b"), (b"", b""), (b" ", b"")] {
            let mut out = Vec::new();
            collapsed(value, &mut out);
            assert_eq!(out, wanted);
        }
    }

    #[test]
    fn names_are_ordered_as_they_are_written_in_lower_case() {
        let names = [
            "",
            "a",
            "A",
            "a\0",
            "a-b",
            "aB",
            "ab",
            "Host",
            "host",
            "x-amz-meta-A",
            "x-amz-meta-a0",
            "X-Amz-Meta-B",
            "x-amz-m",
            "x-amz-m\0",
            "x-amz-\u{e9}",
            "x-amz-\u{c9}",
            "@[`{",
            "Z[z{",
            "x-amz-meta-\u{1234}\u{1235}\u{1236}",
        ];
        for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))) {
            assert_eq!(cmp_names(a, b), a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase()), "{a:?} {b:?}");
        }
    }

    #[test]
    fn fields_are_found_and_sorted_as_one_by_one() {
        let names: Vec<String> = (0..60_u32)
            .map(|number| {
                let name = alloc::format!("X-Amz-Meta-{}-{}", "long-".repeat((number % 5) as usize), number * 7 % 23);
                if number % 3 == 0 { name.to_lowercase() } else { name }
            })
            .collect();
        for count in 0..names.len() {
            let fields: Vec<Header<'_>> = names[..count].iter().map(|name| Header::new(name, name.as_bytes())).collect();
            let mut named = Named::new();
            named.extend(fields.iter());
            for name in names.iter().map(String::as_str).chain(["host", ""]) {
                assert!(named.get(name.as_bytes()).eq(fields.iter().filter(|field| field.is(name))), "{name}");
            }
            let all: Vec<&Header<'_>> = fields.iter().collect();
            let mut plain = all.clone();
            plain.sort_by_key(|field| field.name.to_ascii_lowercase());
            let mut sorted = Few::new();
            by_name(&all, |field| field.name, &mut sorted);
            // The values tell fields of one name apart.
            assert_eq!(sorted.as_slice(), plain);
        }
    }

    #[test]
    fn unfolding_keeps_inner_blanks() {
        let mut out = Vec::new();
        unfolded(b" two  inner\r\n   folded\t", &mut out);
        assert_eq!(out, b"two  inner folded");
    }

    #[test]
    fn prefix_ignores_case_and_length_is_safe() {
        assert!(has_prefix("X-OSS-Meta-a", "x-oss-"));
        assert!(!has_prefix("x-os", "x-oss-"));
        assert!(!has_prefix("\u{e9}\u{e9}\u{e9}", "x-oss-"));
    }

    #[test]
    fn a_list_is_searched_for_repeated_names() {
        for (list, repeats) in [
            ("", Repeats::Never),
            ("host", Repeats::Never),
            ("date;host;x-amz-date", Repeats::Never),
            ("x-amz-date;host;date", Repeats::Never),
            ("date;date;host", Repeats::InARow),
            ("host;date;Date", Repeats::InARow),
            ("date;host;date", Repeats::Apart),
            ("Date;host;host;date", Repeats::Apart),
            ("host;date;;", Repeats::Never),
        ] {
            assert_eq!(Repeats::in_list(list.as_bytes()), repeats, "{list}");
        }
    }
}

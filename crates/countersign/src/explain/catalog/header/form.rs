//! Headers that were signed in another form than the rules give them: blanks, order, line ends, characters.

use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::{Value, lossy},
    },
    pen::Role,
    phrase::{Phrase, phrase},
    signature::Encoding,
    wire::{header, hex, percent},
};
use alloc::{format, string::String, vec::Vec};

/// A value with one way of treating it, and how a report calls that.
type Form = (Phrase, fn(&[u8]) -> Vec<u8>);

/// What clients do with blanks.
static BLANKS: [Form; 10] = [
    (phrase!("with its inner blanks as they are"), |raw| raw.trim_ascii().to_vec()),
    (phrase!("with each run of blanks as one"), |raw| {
        let mut out = Vec::new();
        header::collapsed(raw, &mut out);
        out
    }),
    (phrase!("with the blanks around it"), |raw| raw.strip_prefix(b" ").unwrap_or(raw).to_vec()),
    (phrase!("with the blanks behind it"), |raw| raw.trim_ascii_start().to_vec()),
    (phrase!("with the blanks before it"), |raw| raw.strip_prefix(b" ").unwrap_or(raw).trim_ascii_end().to_vec()),
    (phrase!("with its tabs as blanks"), |raw| raw.trim_ascii().iter().map(|b| if *b == b'\t' { b' ' } else { *b }).collect()),
    (phrase!("with each run of blanks outside quotes as one"), collapsed_outside_quotes),
    (phrase!("with its folded lines joined by one blank"), |raw| {
        let mut out = Vec::new();
        header::unfolded(raw, &mut out);
        out
    }),
    (phrase!("with its folded lines joined by nothing"), |raw| {
        raw.trim_ascii().split(|b| *b == b'\n').flat_map(|line| line.trim_ascii().to_vec()).collect()
    }),
    (phrase!("with its folded lines kept apart by line feeds"), |raw| {
        raw.trim_ascii().iter().copied().filter(|b| *b != b'\r').collect()
    }),
];

fn collapsed_outside_quotes(raw: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(raw.len());
    let mut quoted = false;
    for byte in raw.trim_ascii() {
        quoted ^= *byte == b'"';
        let blank = byte.is_ascii_whitespace() && !quoted;
        if !blank || out.last() != Some(&b' ') {
            out.push(if blank { b' ' } else { *byte });
        }
    }
    out
}

/// The signed values that a client may have changed: header lines, and the lines of their own in V2.
fn values<'a>(context: &Context<'a>) -> Vec<Value<'a>> {
    let lines: &[&'static str] = if context.is_v2() { &["content-md5", "content-type"] } else { &[] };
    let lines = lines.iter().filter_map(|name| Value::of(context, name));
    lines.chain(context.headers()).filter(|value| value.name != "host" && !value.text.is_empty()).collect()
}

/// Signs all `values` in each of the forms, those that give the same together once.
fn push_forms(edits: &mut Edits<'_>, values: &[(&Value<'_>, &[u8])], forms: &[Form]) {
    let mut tried: Vec<Vec<Vec<u8>>> = Vec::new();
    for (what, form) in forms {
        let formed: Vec<Vec<u8>> = values.iter().map(|(_, raw)| form(raw)).collect();
        if tried.contains(&formed) {
            continue;
        }
        let edit = Edit::new().fact("how", what.clone());
        edits.push(values.iter().zip(&formed).fold(edit, |edit, ((value, _), text)| value.set(edit, text)));
        tried.push(formed);
    }
}

/// Signed with blanks treated in another way. A client does it to all its headers.
pub(super) fn blanks(context: &Context<'_>, edits: &mut Edits<'_>) {
    let all = values(context);
    let affected: Vec<(&Value<'_>, &[u8])> = all
        .iter()
        .filter_map(|value| {
            let mut fields = context.sent(value.name);
            let raw = fields.next().filter(|_| fields.next().is_none())?.value;
            let mut collapsed = Vec::new();
            header::collapsed(raw, &mut collapsed);
            let plain = *value.text == *raw.strip_prefix(b" ").unwrap_or(raw) && *value.text == *collapsed;
            (!plain).then_some((value, raw))
        })
        .collect();
    push_forms(edits, &affected, &BLANKS);
}

/// One header line that may be written elsewhere.
struct Line<'a> {
    value: Value<'a>,
    /// The name as sent.
    name: &'a str,
    /// Its place among the headers as sent.
    place: usize,
}

/// Signed with the headers in another order, or with their names in another form.
pub(super) fn order(context: &Context<'_>, edits: &mut Edits<'_>) {
    let lines: Vec<Line<'_>> = context
        .headers()
        .map(|value| {
            let fields = context.request().into_iter().flat_map(|request| request.headers());
            let sent = fields.enumerate().find(|(_, field)| field.is(value.name));
            let (place, name) = sent.map_or((0, value.name), |(place, field)| (place, field.name));
            Line { value, name, place }
        })
        .collect();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let between = context.part(first.value.at).and_then(|part| part.list).map_or("\n", |list| list.rest);
    let text = |line: &Line<'_>| context.bytes(line.value.at).to_vec();
    let named = |line: &Line<'_>| {
        let rest = context.bytes(line.value.at).get(line.name.len()..).unwrap_or_default();
        [line.name.as_bytes(), rest].concat()
    };
    let spaced = |line: &Line<'_>| format!("{}: {}", line.value.name, line.value.to_text()).into_bytes();
    let by = |key: fn(&Line<'_>, &[u8]) -> Vec<u8>| {
        let mut list: Vec<&Line<'_>> = lines.iter().collect();
        list.sort_by_key(|line| key(line, context.bytes(line.value.at)));
        list
    };
    let as_is: Vec<&Line<'_>> = lines.iter().collect();
    let as_sent = by(|line, _| line.place.to_be_bytes().to_vec());
    let before_lowering = by(|line, _| line.name.as_bytes().to_vec());
    let whole = by(|_, text| text.to_vec());
    let by_name = by(|line, _| line.value.name.to_ascii_lowercase().into_bytes());
    let written = |list: &[&Line<'_>], write: &dyn Fn(&Line<'_>) -> Vec<u8>| {
        list.iter().map(|line| write(line)).collect::<Vec<_>>().join(between.as_bytes())
    };
    let forms = [
        (phrase!("sorted by name, and listed in another order"), written(&by_name, &text)),
        (phrase!("in the order they were sent in"), written(&as_sent, &text)),
        (phrase!("sorted by `name:value` and not by name"), written(&whole, &text)),
        (phrase!("sorted before their names were put in lower case"), written(&before_lowering, &text)),
        (phrase!("with their names not in lower case"), written(&as_is, &named)),
        (phrase!("with their names not in lower case, and sorted so"), written(&before_lowering, &named)),
        (phrase!("with their names not in lower case, in the order they were sent in"), written(&as_sent, &named)),
        (phrase!("with a blank behind each colon"), written(&as_is, &spaced)),
    ];
    in_lower_case(context, &lines, edits);
    for (number, (what, block)) in forms.iter().enumerate() {
        if forms.iter().position(|(_, other)| other == block) == Some(number) {
            edits.push(Edit::new().set_range(first.value.at, last.value.at.part, block.clone()).fact("how", what.clone()));
        }
    }
}

/// Signed with names in lower case, and listed in another one.
fn in_lower_case(context: &Context<'_>, lines: &[Line<'_>], edits: &mut Edits<'_>) {
    if !context.parts(Role::SignedHeader).any(|at| header::has_upper(context.bytes(at))) {
        return;
    }
    let lowered = || {
        lines.iter().fold(Edit::new(), |edit, line| {
            let value = context.bytes(line.value.at).get(line.value.name.len()..).unwrap_or_default();
            edit.set(line.value.at, [line.value.name.to_ascii_lowercase().as_bytes(), value].concat())
        })
    };
    let list = context.parts(Role::SignedHeader);
    let all = list.fold(lowered(), |edit, at| edit.set(at, context.bytes(at).to_ascii_lowercase()));
    edits.push(all.fact("how", phrase!("with their names in lower case, and listed in another one")));
    edits.push(lowered().fact("how", phrase!("with their names in lower case, but not those in the list")));
}

/// The list of signed headers is not sorted.
pub(super) fn unsorted(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(listed) = context.claim.signed_headers.as_deref() else { return };
    let note = |how: Phrase| Note::seen().fact("how", how).shows(Some(lossy(listed)), Some(lossy(listed)));
    let names = || listed.split(|b| *b == b';');
    // OSS wants the list left out when it is empty, and no empty name in it.
    if context.scheme_is("oss-v4") && names().any(<[u8]>::is_empty) {
        let how = match listed {
            [] => phrase!("with an empty list of additional headers, which is to be left out"),
            _ => phrase!("with an empty name in the list of additional headers"),
        };
        let remedy = phrase!("put `;` between two names alone, and leave a list without names out");
        notes.push(note(how).refused().fact("remedy", remedy));
    } else if context.is_v4() && !names().is_sorted() {
        // An SDK of OSS lists its additional headers so.
        notes.push(note(phrase!("in an order that is not sorted")));
    } else if context.is_v4() && header::has_upper(listed) {
        notes.push(note(phrase!("with their names not in lower case in the list of signed headers")).refused());
    }
}

/// Signed with a line break at the end of a value.
pub(super) fn line_break(context: &Context<'_>, edits: &mut Edits<'_>) {
    for value in values(context) {
        for (name, end) in [(phrase!("a line feed"), &b"\n"[..]), (phrase!("a carriage return and a line feed"), b"\r\n")] {
            let edit = Edit::new().fact("how", name).alone();
            edits.push(value.set(edit, &[&value.text, end].concat()));
        }
    }
}

/// A value that ends in a line break, as captures in JSON can hold it.
pub(super) fn line_break_sent(context: &Context<'_>, notes: &mut Notes<'_>) {
    let fields = context.request().into_iter().flat_map(|request| request.headers());
    for field in fields.filter(|field| field.value.ends_with(b"\n") || field.value.ends_with(b"\r")) {
        let what =
            if field.value.ends_with(b"\r\n") { phrase!("a carriage return and a line feed") } else { phrase!("a line break") };
        let sent = format!("{}: {}", field.name, lossy(field.value).escape_default());
        notes.push(Note::seen().data("name", field.name.to_ascii_lowercase()).fact("how", what).shows(None, Some(sent)));
    }
}

/// What clients make of characters that are not ASCII, and of text that was already made ASCII.
static CHARSETS: [Form; 7] = [
    (phrase!("as UTF-8"), |sent| {
        if core::str::from_utf8(sent).is_ok() {
            return from_words(sent).unwrap_or_else(|| percent::decode(sent).into_owned());
        }
        from_latin_1(sent)
    }),
    (phrase!("as Latin-1"), |sent| to_latin_1(&percent::decode(sent)).unwrap_or_else(|| sent.to_vec())),
    (phrase!("as UTF-8 that was taken for Latin-1 and encoded again"), from_latin_1),
    (phrase!("percent-encoded"), |sent| percent::encoded(&percent::decode(sent), &percent::UNRESERVED)),
    (phrase!("percent-encoded with `/` and `:` left bare"), |sent| {
        static KEPT: percent::Kept = percent::Kept::alphanumeric_and(b"-._~/:");
        percent::encoded(&percent::decode(sent), &KEPT)
    }),
    (phrase!("as an encoded word of RFC 2047 in Base64"), |sent| {
        format!("=?UTF-8?B?{}?=", Encoding::Base64.encode(sent)).into_bytes()
    }),
    (phrase!("as an encoded word of RFC 2047, quoted"), |sent| {
        let mut out = b"=?UTF-8?Q?".to_vec();
        for byte in sent {
            match byte {
                b' ' => out.push(b'_'),
                b'=' | b'?' | b'_' | 0x7f.. => out.extend_from_slice(format!("={byte:02X}").as_bytes()),
                _ => out.push(*byte),
            }
        }
        [&out, &b"?="[..]].concat()
    }),
];

fn from_latin_1(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|b| char::from(*b)).collect::<String>().into_bytes()
}

fn to_latin_1(utf8: &[u8]) -> Option<Vec<u8>> {
    core::str::from_utf8(utf8).ok()?.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// The text of one encoded word of RFC 2047.
fn from_words(value: &[u8]) -> Option<Vec<u8>> {
    let word = value.strip_prefix(b"=?")?.strip_suffix(b"?=")?;
    let mut pieces = word.splitn(3, |b| *b == b'?');
    let (_charset, coding, text) = (pieces.next()?, pieces.next()?, pieces.next()?);
    if coding.eq_ignore_ascii_case(b"B") {
        return Encoding::Base64.decode(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'_' => out.push(b' '),
            b'=' => {
                let (digits, tail) = tail.split_at_checked(2)?;
                out.extend(hex::decode(digits)?);
                rest = tail;
            }
            _ => out.push(*byte),
        }
    }
    Some(out)
}

/// Signed with other bytes for the same characters. A client does it to all its headers.
pub(super) fn charset(context: &Context<'_>, edits: &mut Edits<'_>) {
    let all = values(context);
    let is_coded = |text: &[u8]| !text.is_ascii() || text.contains(&b'%') || text.starts_with(b"=?");
    let metadata = |value: &&Value<'_>| !value.name.contains("copy-source") && is_coded(&value.text);
    let affected: Vec<(&Value<'_>, &[u8])> = all.iter().filter(metadata).map(|value| (value, value.text.as_ref())).collect();
    push_forms(edits, &affected, &CHARSETS);
}

/// Signed with the source of a copy escaped otherwise than it is sent.
pub(super) fn copy_source(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(value) = context.headers().find(|value| value.name.ends_with("-copy-source")) else { return };
    let sent = value.text.as_ref();
    // The version behind the key is a parameter and stays as it is.
    let key = sent.windows(11).position(|bytes| bytes == b"?versionId=").unwrap_or(sent.len());
    let (source, version) = sent.split_at_checked(key).unwrap_or((sent, b""));
    let decoded = percent::decode(source);
    let encoded = percent::encoded(&decoded, &percent::PATH);
    let mut forms: Vec<Vec<u8>> = Vec::new();
    for form in [source, &decoded, &encoded] {
        let bare = form.strip_prefix(b"/").unwrap_or(form);
        for form in [[bare, version].concat(), [b"/", bare, version].concat()] {
            if !forms.contains(&form) {
                edits.push(value.set(Edit::new(), &form));
                forms.push(form);
            }
        }
    }
}

/// A source with bytes that must be escaped.
pub(super) fn raw_copy_source(context: &Context<'_>, notes: &mut Notes<'_>) {
    let fields = context.request().into_iter().flat_map(|request| request.headers());
    for field in fields.filter(|field| field.name.to_ascii_lowercase().ends_with("-copy-source")) {
        let text = field.trimmed();
        if !text.is_ascii() || text.contains(&b' ') {
            let note = Note::seen()
                .data("name", field.name.to_ascii_lowercase())
                .fact("how", phrase!("sent with bytes that must be escaped"));
            notes.push(note.shows(None, Some(lossy(text))));
        }
    }
}

//! Which segments a path has, and in which form of Unicode.

use super::{Key, Spelling, behind_bucket, bucket_part, unicode};
use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
    },
    family::{endpoint, v4},
    pen::Origin,
    phrase::{Phrase, phrase},
    wire::{percent, replaced, split_once, strip_prefix_ignore_case},
};
use alloc::{string::String, vec::Vec};

/// A path has rarely more segments than are tried.
const MOST_SEGMENTS: usize = 6;

pub(super) fn path_normalised(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    let text = key.text;
    let mut offer = |text: Vec<u8>, what: Phrase| edits.push(Edit::new().set(key.at, text).fact("what", what));
    if let Some(given) = context.inquiry.given_path.and_then(|given| behind_bucket(context, given)) {
        offer(key.write_raw(given), phrase!("with `.` and `..`, which the client resolves"));
    }
    offer(collapsed(text), phrase!("with one `/` for `//`"));
    // KS3 writes the second of two slashes as an escape.
    offer(replaced(text, b"/%2F", b"/"), phrase!("with one `/` for `//`"));
    offer(replaced(text, b"/%2F", b"//"), phrase!("with `//` as it was sent"));
    offer(without_dots(text), phrase!("with `.` and `..` resolved"));
    offer(v4::normalized(text).to_vec(), phrase!("with `.` and `..` resolved and one `/` for `//`"));
    match text.strip_suffix(b"/") {
        Some(front) if !front.is_empty() => offer(front.to_vec(), phrase!("without the `/` at its end")),
        Some(_) => {}
        None => offer([text, b"/"].concat(), phrase!("with a `/` at its end")),
    }
    let slashes = text.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at);
    for at in slashes.take(MOST_SEGMENTS) {
        let (front, back) = text.split_at_checked(at).unwrap_or_default();
        offer([front, b"/", back].concat(), phrase!("with `//` for `/`"));
    }
    let start = key.start(context).saturating_sub(1);
    if let Some((front, back)) = text.split_at_checked(start) {
        offer([front, b"/.", back].concat(), phrase!("with `/./` before the key"));
        offer([front, b"/..", back].concat(), phrase!("with `/../` before the key"));
        let backslash: &[u8] = if key.spelling == Spelling::Plain { b"\\" } else { b"%5C" };
        let mut turned = front.to_vec();
        for (number, byte) in back.iter().enumerate() {
            turned.extend_from_slice(if number > 0 && *byte == b'/' { backslash } else { core::slice::from_ref(byte) });
        }
        offer(turned, phrase!("with `\\` for `/`"));
    }
    let plain: Vec<u8> = key.plain.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
    if plain != *key.plain {
        offer(key.write(&plain), phrase!("with `/` for `\\`"));
    }
}

/// Every run of slashes as one.
fn collapsed(path: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(path.len());
    for byte in path {
        if !(*byte == b'/' && out.ends_with(b"/")) {
            out.push(*byte);
        }
    }
    out
}

/// Dot segments resolved, double slashes kept.
fn without_dots(path: &[u8]) -> Vec<u8> {
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut segments = path.strip_prefix(b"/").unwrap_or(path).split(|b| *b == b'/').peekable();
    while let Some(segment) = segments.next() {
        match segment {
            b"." | b".." => {
                if segment == b".." {
                    kept.pop();
                }
                if segments.peek().is_none() {
                    kept.push(b"");
                }
            }
            segment => kept.push(segment),
        }
    }
    [b"/", kept.join(&b"/"[..]).as_slice()].concat()
}

/// Headers in which proxies put the path they were asked for.
static ORIGINAL_PATH: [&str; 5] =
    ["x-original-uri", "x-original-url", "x-rewrite-url", "x-forwarded-uri", "x-envoy-original-path"];

pub(super) fn path_rewritten_by_proxy(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    let slashes = key.text.iter().enumerate().skip(1).filter(|(_, byte)| **byte == b'/').map(|(at, _)| at);
    for at in slashes.take(MOST_SEGMENTS) {
        let (prefix, rest) = key.text.split_at_checked(at).unwrap_or_default();
        // A bucket that goes missing or stands twice is a cause of its own.
        let stands_twice = rest.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(b"/"));
        if stands_twice || is_bucket(context, prefix) {
            continue;
        }
        let what = phrase!("without `{prefix}` at its start").data("prefix", String::from_utf8_lossy(prefix));
        edits.push(Edit::new().set(key.at, rest).fact("what", what));
    }
    let Some(request) = context.request() else { return };
    // Where the bucket is a part of its own, the prefix may stand before it or behind it.
    let bucket = bucket_part(context);
    let configured = path_of(context.inquiry.hints.endpoint.unwrap_or_default().as_bytes());
    let forwarded = request.header_value("x-forwarded-prefix").unwrap_or_default();
    for prefix in [forwarded, configured].into_iter().filter(|prefix| prefix.starts_with(b"/") && prefix.len() > 1) {
        let prefix = key.write_raw(prefix.strip_suffix(b"/").unwrap_or(prefix));
        let what = phrase!("with `{prefix}` at its start").data("prefix", String::from_utf8_lossy(&prefix));
        edits.push(Edit::new().set(key.at, [&prefix, key.text].concat()).fact("what", what.clone()));
        if let Some(bucket) = bucket {
            let resource = [&prefix, context.bytes(bucket), key.text].concat();
            edits.push(Edit::new().set_range(bucket, key.at.part, resource).fact("what", what));
        }
    }
    for raw in ORIGINAL_PATH.iter().filter_map(|name| request.header_value(name)) {
        let path = path_of(raw);
        if !path.starts_with(b"/") {
            continue;
        }
        let what = phrase!("as `{path}`, the path the proxy was asked for").data("path", String::from_utf8_lossy(path));
        edits.push(Edit::new().set(key.at, key.write_raw(path)).fact("what", what.clone()));
        edits.push(Edit::new().set(key.at, percent::decode(path).into_owned()).fact("what", what.clone()));
        if let Some(bucket) = bucket {
            edits.push(Edit::new().set_range(bucket, key.at.part, key.write_raw(path)).fact("what", what));
        }
    }
}

/// Whether this is the bucket of the request, and not only taken for it: at a proxy's host, it may be a location.
fn is_bucket(context: &Context<'_>, prefix: &[u8]) -> bool {
    let is_known = context.host_name().is_some_and(|host| endpoint::recognise(&host).is_some());
    is_known
        && context
            .bucket()
            .is_some_and(|bucket| bucket.origin != Origin::Assumed && prefix.strip_prefix(b"/") == Some(&*bucket.name))
}

/// The path of a URL or of a request target.
fn path_of(target: &[u8]) -> &[u8] {
    let (path, _) = split_once(target, b'?');
    let authority = strip_prefix_ignore_case(path, b"https://").or_else(|| strip_prefix_ignore_case(path, b"http://"));
    match authority {
        Some(rest) => rest.iter().position(|b| *b == b'/').and_then(|at| rest.get(at..)).unwrap_or_default(),
        None => path,
    }
}

pub(super) fn key_leading_slash_missing(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    if let Some(bare) = key.text.strip_prefix(b"/") {
        edits.push(Edit::new().set(key.at, bare));
    }
}

pub(super) fn unicode_form(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(key) = Key::of(context) else { return };
    let Some(text) = core::str::from_utf8(&key.plain).ok().filter(|text| !text.is_ascii()) else { return };
    let forms = [
        (phrase!("NFC (composed)"), unicode::composed(text)),
        (phrase!("NFD (decomposed)"), unicode::decomposed(text)),
        (phrase!("NFKC (composed, compatibility characters replaced)"), unicode::compatible(text)),
    ];
    for (form, other) in forms.into_iter().filter(|(_, other)| other != text) {
        edits.push(Edit::new().set(key.at, key.write(other.as_bytes())).fact("form", form));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn dots_go_and_double_slashes_stay() {
        for (path, wanted) in
            [("/a/./b", "/a/b"), ("/a/../b//c", "/b//c"), ("/a/..", "/"), ("/a/.", "/a/"), ("/", "/"), ("/..", "/")]
        {
            assert_eq!(without_dots(path.as_bytes()).escape_ascii().to_string(), wanted, "{path}");
        }
    }

    #[test]
    fn the_path_of_a_target_or_url() {
        assert_eq!(path_of(b"/a/b?c=d://e/f"), b"/a/b");
        assert_eq!(path_of(b"https://h:1/a/b?c"), b"/a/b");
        assert_eq!(path_of(b"https://h"), b"");
    }
}

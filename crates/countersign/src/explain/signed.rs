//! Headers as they are signed, whatever shape a scheme gives them.

use super::{At, context::Context, edit::Edit};
use crate::{
    pen::Role,
    wire::{header::Header, percent},
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// A header's value in the signed text: a part of its own, or what stands behind the header's name.
#[derive(Clone, Debug)]
pub(crate) struct Value<'a> {
    /// The part it is in.
    pub(crate) at: At,
    /// The header's name, in lower case.
    pub(crate) name: &'a str,
    /// The value, without the escapes of schemes that write some.
    pub(crate) text: Cow<'a, [u8]>,
    /// What stands before it in its part: nothing, or the name and a separator.
    lead: &'a [u8],
    escaped: bool,
}

impl<'a> Value<'a> {
    /// The signed value of the header with this lower-case name; `None` when nothing is signed of it.
    pub(crate) fn of(context: &Context<'a>, name: &'static str) -> Option<Self> {
        let line = match name {
            "content-md5" => context.first(Role::ContentMd5),
            "content-type" => context.first(Role::ContentType),
            _ => None,
        };
        match line {
            Some(at) => Some(Self { at, name, text: Cow::Borrowed(context.bytes(at)), lead: b"", escaped: false }),
            None => Self::at(context, context.header(name)?),
        }
    }

    /// The value in a header line.
    fn at(context: &Context<'a>, at: At) -> Option<Self> {
        let name = core::str::from_utf8(&context.part(at)?.name).ok()?;
        let bytes = context.bytes(at);
        // `name:value`; `Name: value` at Kodo; `name=value` with escapes at COS.
        let escaped = bytes.get(name.len()) == Some(&b'=');
        let blank = bytes.get(name.len() + 1) == Some(&b' ');
        let (lead, text) = bytes.split_at_checked(name.len() + 1 + usize::from(blank))?;
        let text = if escaped { percent::decode(text) } else { Cow::Borrowed(text) };
        Some(Self { at, name, text, lead, escaped })
    }

    /// Whether it stands in a header line, and not in a part of its own.
    pub(crate) fn is_line(&self) -> bool {
        !self.lead.is_empty()
    }

    /// The part with another value.
    pub(crate) fn written(&self, value: &[u8]) -> Vec<u8> {
        let value = if self.escaped { percent::encoded(value, &percent::UNRESERVED) } else { value.to_vec() };
        [self.lead, &value].concat()
    }

    /// Writes another value.
    pub(crate) fn set(&self, edit: Edit, value: &[u8]) -> Edit {
        let edit = edit.set(self.at, self.written(value));
        if self.is_line() { edit } else { edit.data("name", self.name) }
    }

    /// The value as text.
    pub(crate) fn to_text(&self) -> String {
        lossy(&self.text)
    }
}

impl<'a> Context<'a> {
    /// The header lines that are signed, in the order they are signed in.
    pub(crate) fn headers(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        self.parts(Role::Header).filter_map(|at| Value::at(self, at))
    }

    /// The header lines of the vendor's own headers.
    pub(crate) fn own_headers(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        let prefix = self.own_prefix();
        self.headers().filter(move |value| value.name.starts_with(prefix))
    }

    /// The prefix of the vendor's own headers. The text tells it where one vendor takes another's names.
    pub(crate) fn own_prefix(&self) -> &'static str {
        let algorithm = self.first(Role::Algorithm).map(|at| self.bytes(at)).unwrap_or_default();
        match (algorithm.get(..4), self.claim.scheme.provider()) {
            (Some(b"AWS4"), _) | (_, "s3") => "x-amz-",
            (Some(b"OSS4"), _) | (_, "oss") => "x-oss-",
            (_, "ks3") => "x-kss-",
            (_, "cos") => "x-cos-",
            _ => "x-qiniu-",
        }
    }

    /// The entry for a header in the list of signed headers.
    pub(crate) fn listed(&self, name: &str) -> Option<At> {
        self.named(Role::SignedHeader, name)
    }

    /// Whether the text is of the V2 shape: the lines for `Content-MD5`, type and date, then headers.
    pub(crate) fn is_v2(&self) -> bool {
        self.first(Role::ContentMd5).is_some()
    }

    /// The fields of the request with this name.
    pub(crate) fn sent<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a Header<'a>> + 's {
        self.request().into_iter().flat_map(move |request| request.headers_named(name))
    }

    /// Different values of a header in other requests of the same capture; a few are enough.
    pub(crate) fn elsewhere(&self, name: &str) -> Vec<&'a [u8]> {
        let mut values = Vec::new();
        let requests = self.inquiry.related.iter().filter_map(|subject| subject.request());
        for value in requests.filter_map(|request| request.header_value(name)) {
            if !values.contains(&value) {
                values.push(value);
            }
            if values.len() == 4 {
                break;
            }
        }
        values
    }
}

/// An edit without a header: its line is left out, and its entry in the list of signed headers.
pub(crate) fn left_out(context: &Context<'_>, edit: Edit, value: &Value<'_>) -> Edit {
    let edit = edit.cut(value.at);
    match context.listed(value.name) {
        Some(entry) => edit.cut(entry),
        None => edit,
    }
}

/// An edit with one more header, its line where its name belongs; `None` where the scheme knows no such lines.
pub(crate) fn put_in(context: &Context<'_>, edit: Edit, name: &str, value: &[u8]) -> Option<Edit> {
    let line = [name.as_bytes(), b":", value, b"\n"].concat();
    let shown = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
    Some(edit.add(before_line(context, name)?, line).data("name", name).shows(Some(shown), None))
}

/// The same with an entry in the list of signed headers.
pub(crate) fn put_in_list(context: &Context<'_>, edit: Edit, name: &str, value: &[u8]) -> Option<Edit> {
    let edit = put_in(context, edit, name, value)?;
    let next = context.parts(Role::SignedHeader).find(|at| context.bytes(*at) > name.as_bytes());
    match next {
        Some(next) => Some(edit.set(next, [name.as_bytes(), b";", context.bytes(next)].concat())),
        None => Some(edit.add(context.parts(Role::SignedHeader).last()?, [b";", name.as_bytes()].concat())),
    }
}

/// The part behind which the line of a header belongs.
fn before_line(context: &Context<'_>, name: &str) -> Option<At> {
    let line_ends = |document: usize| context.parts(Role::LineEnd).filter(move |at| at.document == document);
    if !context.is_v2() && !context.is_v4() {
        return None;
    }
    let named = |at: &At| context.part(*at).map(|part| part.name.as_slice()).unwrap_or_default();
    if context.header(name).is_some() {
        return None;
    }
    if let Some(next) = context.parts(Role::Header).find(|at| named(at) > name.as_bytes()) {
        return line_ends(next.document).filter(|at| *at < next).last();
    }
    if let Some(last) = context.parts(Role::Header).last() {
        return line_ends(last.document).find(|at| *at > last);
    }
    // No header at all: behind the date line of V2, behind the query of V4.
    let before = if context.is_v2() { 3 } else { 2 };
    line_ends(0).nth(before)
}

/// Bytes as text for a report.
pub(crate) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

//! Headers that are in the request and were not signed, or are there twice.

use crate::{
    explain::{
        context::Context,
        doubled,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::{Value, left_out, lossy},
    },
    family::endpoint,
    pen::Role,
    phrase::phrase,
    wire::header::has_prefix,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Headers that CDNs and gateways add, of those that count as the vendor's own.
static OF_PROXIES: [&str; 4] = ["x-oss-range-behavior", "x-amz-cf-id", "x-amz-apigw-id", "x-oss-cdn-auth"];

/// Whether a header belongs to the signature itself, and is never added by accident.
fn is_of_signature(name: &str) -> bool {
    ["-date", "-content-sha256", "-security-token"].iter().any(|end| name.ends_with(end))
}

/// Signed without one of the vendor's own headers, or without all of them.
pub(super) fn added(context: &Context<'_>, edits: &mut Edits<'_>) {
    let is_there = |value: &Value<'_>| !value.text.is_empty() || context.sent(value.name).next().is_some();
    let own: Vec<Value<'_>> = context.own_headers().filter(is_there).collect();
    for value in own.iter().filter(|value| !value.name.ends_with("-content-sha256")) {
        edits.push(left_out(context, Edit::new(), value));
        if context.listed(value.name).is_some() {
            edits.push(Edit::new().cut(value.at));
        }
    }
    let free: Vec<&Value<'_>> = own.iter().filter(|value| !is_of_signature(value.name)).collect();
    if free.len() > 1 {
        let names: Vec<&str> = free.iter().map(|value| value.name).collect();
        let all = free.iter().fold(Edit::new(), |edit, value| left_out(context, edit, value));
        edits.push(all.data("name", names.join("`, `")).shows(None, Some(names.join(", "))));
    }
    if let Some(value) = Value::of(context, "content-md5").filter(|value| !value.text.is_empty()) {
        edits.push(if value.is_line() { left_out(context, Edit::new(), &value) } else { value.set(Edit::new(), b"") });
    }
}

/// A header of the vendor's that is sent and not signed, which Amazon refuses.
pub(super) fn unsigned(context: &Context<'_>, notes: &mut Notes<'_>) {
    if let Some(answer) = context.answer().filter(|answer| !answer.headers_not_signed.is_empty()) {
        notes.push(Note::server().refused().data("name", answer.headers_not_signed.join("`, `")));
    }
    let Some(request) = context.request().filter(|_| context.scheme_is("s3-v4")) else { return };
    let listed = context.claim.signed_headers.as_deref();
    // Names that are not in lower case are another mistake.
    let is_listed = |name: &str| {
        listed.is_some_and(|listed| listed.split(|b| *b == b';').any(|own| own.eq_ignore_ascii_case(name.as_bytes())))
    };
    if listed.is_some() && !is_listed("host") {
        let how = phrase!("is missing from the signed headers, which must name it");
        notes.push(Note::seen().refused().data("name", "host").fact("how", how));
    }
    let mut names: Vec<String> = Vec::new();
    for name in request.headers().map(|field| field.name.to_ascii_lowercase()) {
        let unsigned = has_prefix(&name, "x-amz-") && !is_listed(&name);
        // Amazon lets through what its own CDN adds, and the hash of a presigned body.
        let counts = name != "x-amz-content-sha256" && !OF_PROXIES.contains(&name.as_str());
        if unsigned && counts && !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        let host = endpoint::host_name(request);
        let at_amazon = endpoint::recognise(&host).is_some_and(|endpoint| endpoint.vendor == "s3");
        let note = Note::seen().data("name", names.join("`, `"));
        notes.push(if at_amazon { note.refused() } else { note });
    }
}

/// Credentials in the header beside a signature in the URL, of which some servers take one alone.
pub(crate) fn two_ways(context: &Context<'_>, notes: &mut Notes<'_>) {
    let inquiry = context.inquiry;
    let both = doubled::claims(inquiry);
    if both.is_none() && (!context.in_url() || context.sent("authorization").next().is_none()) {
        return;
    }
    let mut how = phrase!("stands beside the signature in the URL, and the server takes one of the two alone");
    if let Some(both) = both.filter(|_| !inquiry.secrets.is_empty()) {
        let [in_url, in_header] = both.map(|claim| {
            if doubled::is_right(inquiry, &claim) { phrase!("is right") } else { phrase!("is another one than the secret gives") }
        });
        how = phrase!("{how}; the one in the URL {url}, the one in the header {header}").with("how", how);
        how = how.with("url", in_url).with("header", in_header);
    }
    let note = Note::seen().refused().data("name", "Authorization").fact("how", how).fact("make", phrase!("leave out"));
    notes.push(note.fact("why", phrase!("where a URL is signed: it is often set for all requests of an HTTP client")));
}

/// Signed without a header that is known to come from a proxy or CDN.
pub(super) fn added_by_proxy(context: &Context<'_>, edits: &mut Edits<'_>) {
    for value in context.own_headers().filter(|value| OF_PROXIES.contains(&value.name)) {
        edits.push(left_out(context, Edit::new(), &value));
    }
}

/// Signed without the block of the vendor's own headers, or with a part of it alone.
pub(super) fn block(context: &Context<'_>, edits: &mut Edits<'_>) {
    let unlisted = |value: &Value<'_>| context.listed(value.name).is_none();
    let own: Vec<Value<'_>> = context.own_headers().filter(unlisted).collect();
    let kept = [
        (phrase!("none"), None),
        (phrase!("only the date"), Some("-date")),
        (phrase!("only the ACL"), Some("-acl")),
        (phrase!("only the metadata"), Some("-meta-")),
    ];
    for (what, piece) in kept {
        let is_dropped = |value: &&Value<'_>| piece.is_none_or(|piece| !value.name.contains(piece));
        let dropped: Vec<&Value<'_>> = own.iter().filter(is_dropped).collect();
        // One header less is another mistake.
        if piece.is_some() && (dropped.len() == own.len() || dropped.len() < 2) {
            continue;
        }
        let names = dropped.iter().map(|value| value.name).collect::<Vec<_>>().join(", ");
        let edit = dropped.iter().fold(Edit::new().fact("how", what), |edit, value| edit.cut(value.at));
        edits.push(edit.data("name", context.own_prefix()).shows(None, Some(names)));
    }
}

/// Signed with one of two headers of the same name, or with both in another way.
pub(super) fn twice(context: &Context<'_>, edits: &mut Edits<'_>) {
    for value in doubled(context) {
        let values: Vec<&[u8]> = context.sent(value.name).map(|field| field.trimmed()).collect();
        let (Some(first), Some(last)) = (values.first(), values.last()) else { continue };
        let mut forms: Vec<Vec<u8>> = alloc::vec![first.to_vec(), last.to_vec(), values.join(&b","[..]), values.join(&b", "[..])];
        forms.push(values.iter().rev().copied().collect::<Vec<_>>().join(&b","[..]));
        if value.is_line() {
            // Each on a line of its own.
            let lines: Vec<Vec<u8>> = values.iter().map(|text| value.written(text)).collect();
            edits.push(Edit::new().set(value.at, lines.join(&b"\n"[..])));
        }
        // The date stands in a line of its own, too: that of the first.
        let mut lines = context.parts(Role::Time).chain(context.parts(Role::Date));
        if let Some(line) = lines.find(|at| value.name.ends_with("-date") && context.bytes(*at) == *first) {
            edits.push(value.set(Edit::new(), last).set(line, *last));
        }
        for (number, form) in forms.iter().enumerate() {
            if forms.iter().position(|other| other == form) == Some(number) {
                edits.push(value.set(Edit::new(), form));
            }
        }
    }
}

/// The same header twice.
pub(super) fn sent_twice(context: &Context<'_>, notes: &mut Notes<'_>) {
    for value in doubled(context) {
        let names: Vec<&str> = context.sent(value.name).map(|field| field.name).collect();
        let values: Vec<String> = context.sent(value.name).map(|field| lossy(field.trimmed())).collect();
        let sent = names.iter().zip(&values).map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join(", ");
        notes.push(Note::seen().data("name", value.name.to_string()).shows(None, Some(sent)));
    }
}

/// The signed headers that are in the request more than once.
fn doubled<'a>(context: &Context<'a>) -> impl Iterator<Item = Value<'a>> {
    let lines: &[&'static str] = if context.is_v2() { &["content-md5", "content-type"] } else { &[] };
    let lines = lines.iter().filter_map(|name| Value::of(context, name));
    lines.chain(context.headers()).filter(|value| value.name != "host" && context.sent(value.name).count() > 1)
}

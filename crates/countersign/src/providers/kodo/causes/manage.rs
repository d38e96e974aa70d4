//! Management credentials and callbacks: which address and which body were signed.

use crate::phrase::phrase;
use crate::{
    explain::{At, Context, Edit, Edits, Note, Notes, respelled},
    pen::Role,
};
use alloc::{format, vec::Vec};

/// Whether the text is the one of a management credential, `QBox` or `Qiniu`.
fn is_management(context: &Context<'_>) -> bool {
    ["kodo-qbox", "kodo-mac", "kodo-callback"].iter().any(|id| context.scheme_is(id))
}

/// The part before or behind another one.
const fn beside(at: At, step: isize) -> At {
    At { part: at.part.saturating_add_signed(step), ..at }
}

/// Path and query in another form, or with lines of the other credential.
pub(super) fn target(context: &Context<'_>, edits: &mut Edits<'_>) {
    let (Some(request), Some(path)) = (context.request().filter(|_| is_management(context)), context.first(Role::Path)) else {
        return;
    };
    let host = request.host().unwrap_or_default();
    let sent = context.bytes(path);
    for front in ["http://", "https://", "//", ""] {
        let what = match front {
            "" => phrase!("the host stands before the path"),
            front => phrase!("`{front}` and the host stand before the path").data("front", front),
        };
        edits.push(Edit::new().set(path, [front.as_bytes(), &host, sent].concat()).fact("what", what));
    }
    if let Some(last) = context.parts(Role::Query).last() {
        edits.push(Edit::new().set_range(path, last.part, sent).fact("what", phrase!("the query is missing")));
    }
    match (context.first(Role::Method), context.first(Role::Host)) {
        (Some(method), Some(line)) => {
            let cut = |first: At, last: At, what| Edit::new().set_range(first, last.part, "").fact("what", what);
            edits.push(cut(method, beside(path, -1), phrase!("the verb is missing, as if it were `QBox`")));
            edits.push(cut(beside(line, -2), line, phrase!("the line of the host is missing, as if it were `QBox`")));
            // `URL.host` holds the port already.
            if let Some((_, port)) = core::str::from_utf8(&host).ok().and_then(|host| host.rsplit_once(':')) {
                let what = phrase!("the port stands there twice, as the Node SDK writes it");
                edits.push(Edit::new().add(line, format!(":{port}")).fact("what", what));
            }
        }
        _ => {
            let verb = [request.method().as_bytes(), b" ", sent].concat();
            edits.push(Edit::new().set(path, verb).fact("what", phrase!("the verb stands before it, as if it were `Qiniu`")));
            let Some(end) = context.first(Role::LineEnd) else { return };
            for ends in ["\n", "\n\n"] {
                let line = [b"Host: ", &*host, ends.as_bytes()].concat();
                edits.push(
                    Edit::new().add(end, line).fact("what", phrase!("a line with the host follows it, as if it were `Qiniu`")),
                );
            }
        }
    }
}

/// The hosts of objects, lists, domains and processing begin so; uploads go to others.
static MANAGEMENT: [&str; 5] = ["rs", "rsf", "uc", "api", "iovip"];

/// An upload token where a management credential is due.
pub(super) fn upload_token(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(host) = context.request().filter(|_| context.scheme_is("kodo-upload-token")).and_then(|_| context.host_name())
    else {
        return;
    };
    let front = host.strip_suffix(".qiniuapi.com").or_else(|| host.strip_suffix(".qbox.me")).unwrap_or_default();
    if MANAGEMENT.contains(&front.split('-').next().unwrap_or_default()) {
        let other = phrase!("`{host}` takes `Qiniu` and `QBox`").data("host", host.as_str());
        notes.push(Note::seen().refused().data("signed", "`kodo-upload-token`").fact("other", other));
    }
}

/// A body that one SDK signs for every type, and the service for forms alone.
pub(super) fn body_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(request) = context.request().filter(|_| context.claim.dialect == Some("node")) else { return };
    let content_type = request.header_value("content-type").unwrap_or_default();
    let is_form = content_type.eq_ignore_ascii_case(super::super::FORM.as_bytes());
    if context.scheme_is("kodo-qbox") && !is_form && request.body().bytes().is_some_and(|body| !body.is_empty()) {
        let what = phrase!("it has the body, which `{type}` leaves out").shown("type", content_type.escape_ascii());
        notes.push(Note::seen().refused().fact("what", what));
    }
}

/// Without the line of the type, which has the line end before it and its name.
fn without_type(at: At) -> Edit {
    Edit::new().set(at, "").set(beside(at, -1), "").set(beside(at, -2), "")
}

fn signs_body(context: &Context<'_>) -> bool {
    context.first(Role::Body).is_some_and(|at| !context.bytes(at).is_empty())
}

/// The type alone was added later, to a request whose body is not signed, or empty.
pub(super) fn type_added(context: &Context<'_>, edits: &mut Edits<'_>) {
    if let Some(at) = context.first(Role::ContentType).filter(|_| is_management(context) && !signs_body(context)) {
        edits.push(without_type(at).fact("how", phrase!("without a content type")));
    }
}

/// The body left out, added, or in another form; and the type that decides on it.
pub(super) fn body(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(request) = context.request().filter(|_| is_management(context)) else { return };
    let content_type = context.first(Role::ContentType);
    let has_body = signs_body(context);
    if let Some(at) = context.first(Role::Body) {
        let sent = context.bytes(at);
        if !sent.is_empty() {
            edits.push(Edit::new().set(at, "").fact("what", phrase!("it has no body")));
            if let Some(line) = content_type {
                let edit = without_type(line).set(at, "");
                edits.push(edit.fact("what", phrase!("it has neither type nor body: the client added the type later")));
            }
        }
        for (bytes, how) in respelled(sent) {
            edits.push(Edit::new().set(at, bytes).fact("what", phrase!("it has the JSON of the body {how}").with("how", how)));
        }
        edits.push(Edit::new().set(at, [sent, b"\n"].concat()).fact("what", phrase!("it has a line feed behind the body")));
        if !sent.trim_ascii().is_empty() {
            edits.push(
                Edit::new().set(at, sent.trim_ascii()).fact("what", phrase!("it has the body without the blanks around it")),
            );
        }
    }
    if let Some(line) = content_type.filter(|_| has_body) {
        edits.push(without_type(line).fact("what", phrase!("it has the body, but no type: the client added the type later")));
    }
    let (None, Some(sent)) = (context.first(Role::Body), request.body().bytes().filter(|body| !body.is_empty())) else { return };
    let Some(end) = context.parts(Role::LineEnd).last() else { return };
    let whose = request.header_value("content-type").filter(|text| !text.is_empty());
    let what = match whose {
        None => phrase!("it has the body, which a request without `Content-Type` leaves out"),
        Some(text) => phrase!("it has the body, which `{type}` leaves out").shown("type", text.escape_ascii()),
    };
    edits.push(Edit::new().add(end, sent).fact("what", what));
    // A client that dropped the type: `Qiniu` signs a line for it, and then the body.
    if let (Some(host), None) = (context.first(Role::Host), content_type) {
        for lost in ["application/json", super::super::FORM] {
            let line: Vec<u8> = format!("\nContent-Type: {lost}").into();
            let what = phrase!("it has the body and the type `{type}`, which was not sent").data("type", lost);
            edits.push(Edit::new().add(host, line).add(end, sent).fact("what", what));
        }
    }
}

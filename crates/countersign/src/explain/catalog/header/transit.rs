//! Headers that do not arrive as they were sent.

use crate::explain::{
    context::Context,
    edit::{Edit, Edits},
    inspect::{Note, Notes},
    signed::{Value, left_out},
};
use alloc::{string::ToString, vec::Vec};

const ACCEPT_ENCODING: &str = "accept-encoding";

/// Headers that clients, proxies and CDNs add or change.
static VOLATILE: [&str; 16] = [
    "cache-control",
    "cdn-loop",
    "connection",
    "content-length",
    "cookie",
    "expect",
    "forwarded",
    "keep-alive",
    "te",
    "traceparent",
    "tracestate",
    "transfer-encoding",
    "user-agent",
    "via",
    "x-amzn-trace-id",
    "x-real-ip",
];

fn is_volatile(name: &str) -> bool {
    VOLATILE.contains(&name) || name.starts_with("x-forwarded-") || name.starts_with("cf-")
}

/// Signed with another `Accept-Encoding` than arrived.
pub(super) fn accept_encoding(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(value) = Value::of(context, ACCEPT_ENCODING) else { return };
    for other in ["identity", "gzip", "gzip, br", "gzip, deflate", "gzip, deflate, br", "identity,gzip(gfe)", ""] {
        edits.push(value.set(Edit::new(), other.as_bytes()));
    }
    edits.push(left_out(context, Edit::new(), &value));
    edits.push(Edit::new().cut(value.at));
}

/// `Accept-Encoding` is among the signed headers.
pub(super) fn accept_encoding_signed(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(value) = Value::of(context, ACCEPT_ENCODING) else { return };
    notes.push(Note::seen().shows(Some(value.to_text()), None));
}

/// Signed with the value such a header had before the way, if another request or the body tells it.
pub(super) fn volatile(context: &Context<'_>, edits: &mut Edits<'_>) {
    for value in context.headers().filter(|value| is_volatile(value.name)) {
        edits.extend(context.elsewhere(value.name).into_iter().map(|other| value.set(Edit::new(), other)));
        if let Some(body) = context.body().filter(|_| value.name == "content-length") {
            edits.push(value.set(Edit::new(), body.len.to_string().as_bytes()));
        }
        edits.push(value.set(Edit::new(), b""));
    }
}

/// Such a header is among the signed ones.
pub(super) fn volatile_signed(context: &Context<'_>, notes: &mut Notes<'_>) {
    let names: Vec<&str> = context.headers().map(|value| value.name).filter(|name| is_volatile(name)).collect();
    if !names.is_empty() {
        notes.push(Note::seen().data("name", names.join("`, `")));
    }
}

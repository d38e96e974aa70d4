//! `Content-MD5`.

use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::{Value, put_in},
    },
    phrase::phrase,
    signature::Encoding,
    wire::hex,
};
use alloc::{string::String, vec::Vec};

const NAME: &str = "content-md5";

/// Signed in another spelling than the one that belongs in the header.
pub(super) fn spelled(context: &Context<'_>, edits: &mut Edits<'_>) {
    let value = Value::of(context, NAME);
    let sent = value.as_ref().map(|value| value.text.as_ref()).unwrap_or_default();
    for digest in digests(context, sent) {
        let lower = Encoding::Hex.encode(&digest).into_bytes();
        let upper = lower.to_ascii_uppercase();
        let in_base64 = |text: &[u8]| Encoding::Base64.encode(text).into_bytes();
        let wrong = [
            (phrase!("its hexadecimal digits"), lower.clone()),
            (phrase!("its hexadecimal digits in upper case"), upper.clone()),
            (phrase!("the Base64 of its hexadecimal digits"), in_base64(&lower)),
            (phrase!("the Base64 of its hexadecimal digits in upper case"), in_base64(&upper)),
        ];
        for (what, text) in wrong {
            let edit = Edit::new().fact("how", what);
            // What is signed and not sent at all is a mistake more.
            let edit = if sent.is_empty() { edit.with("signed-header-not-sent") } else { edit };
            edits.extend(written(context, value.as_ref(), edit, &text));
        }
        let right = in_base64(&digest);
        edits.extend(written(context, value.as_ref(), Edit::new().fact("how", phrase!("its Base64")), &right));
    }
    if let Some(value) = value.filter(|value| !value.text.is_empty()) {
        edits.push(value.set(Edit::new().fact("how", phrase!("an empty line")), b""));
    }
}

/// Sent in a spelling that no server takes.
pub(super) fn misspelled(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(sent) = context.sent(NAME).next().map(|field| field.trimmed()) else { return };
    let in_base64 = Encoding::Base64.decode(sent).filter(|text| is_hex(text));
    let what = match in_base64 {
        _ if is_hex(sent) => phrase!("its hexadecimal digits"),
        Some(_) => phrase!("the Base64 of its hexadecimal digits"),
        None => return,
    };
    let sent = String::from_utf8_lossy(sent).into_owned();
    notes.push(Note::seen().refused().data("name", NAME).fact("how", what).shows(None, Some(sent)));
}

fn is_hex(text: &[u8]) -> bool {
    text.len() == 32 && text.iter().all(u8::is_ascii_hexdigit)
}

fn written(context: &Context<'_>, value: Option<&Value<'_>>, edit: Edit, text: &[u8]) -> Option<Edit> {
    match value {
        Some(value) => Some(value.set(edit, text)),
        None => put_in(context, edit, NAME, text),
    }
}

/// The digest the header states and the one of the body.
fn digests(context: &Context<'_>, sent: &[u8]) -> Vec<Vec<u8>> {
    let stated = if is_hex(sent) { hex::decode(sent) } else { Encoding::Base64.decode(sent) };
    // Nobody states the digest of an empty body without sending it.
    let body = context.body().filter(|body| body.len > 0 || !sent.is_empty()).map(|body| body.md5.to_vec());
    let mut all: Vec<Vec<u8>> = stated.filter(|digest| digest.len() == 16).into_iter().chain(body).collect();
    all.dedup();
    all
}

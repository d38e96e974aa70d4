//! What carries its own signed text: tokens, and the policies of forms and share URLs.

#[cfg(feature = "policy")]
mod form;

use crate::{
    explain::{
        At,
        cause::{Cause, Slot},
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        json::respelled,
    },
    pen::{Document, Role},
    phrase::{Phrase, phrase},
    signature::Encoding,
    wire::{
        percent::{self, UNRESERVED},
        split_once,
    },
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// A policy is not in the Base64 that is due.
pub(in crate::explain) const NOT_BASE64: &str = "policy-not-base64";

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("policy-bytes-reserialised", 1, Slot::Payload, reserialised),
    Cause::tried(NOT_BASE64, 0, Slot::Payload, encoded).or_seen(not_base64),
    // What a form does to its policy is seen at once.
    #[cfg(feature = "policy")]
    Cause::seen("policy-condition-failed", 9, Slot::Payload, form::judged),
    Cause::judged("policy-extra-field", 5, Slot::Payload).or_seen_elsewhere(),
    Cause::judged("policy-expired", 1, Slot::Payload).or_seen_elsewhere(),
    Cause::judged("policy-field-order", 1, Slot::Payload).or_seen_elsewhere(),
    Cause::judged("policy-type-wrong", 0, Slot::Payload).or_seen_elsewhere(),
    Cause::judged("form-malformed", 0, Slot::Payload).or_seen_elsewhere(),
];

/// A policy in the signed text.
struct Policy<'a> {
    at: At,
    /// The name of the parameter it is the value of, and `=`.
    lead: &'a [u8],
    /// Whether it is escaped there.
    escaped: bool,
    /// As it stands there, without escapes.
    text: Cow<'a, [u8]>,
    /// The encoding that is due.
    encoding: Encoding,
    /// Whether the JSON itself is signed, and not its Base64.
    plain: bool,
}

impl<'a> Policy<'a> {
    fn of(context: &Context<'a>) -> Option<Self> {
        let encoding = match context.claim.scheme.seal(context.claim).encoding {
            Encoding::Base64Url => Encoding::Base64Url,
            Encoding::Base64 | Encoding::Hex => Encoding::Base64,
        };
        if let Some(at) = context.first(Role::Policy) {
            let plain = context.written(at)?.document == Document::CanonicalRequest;
            let text = Cow::Borrowed(context.bytes(at));
            return Some(Self { at, lead: b"", escaped: false, text, encoding, plain });
        }
        let document = context.claim.document.as_deref()?;
        context.parts(Role::Query).find_map(|at| {
            let bytes = context.bytes(at);
            let (name, value) = split_once(bytes, b'=');
            let value = value?;
            let text = if value == document { Cow::Borrowed(value) } else { percent::decode(value) };
            let lead = bytes.get(..=name.len())?;
            (*text == *document).then(|| Self { at, lead, escaped: value != document, text, encoding, plain: false })
        })
    }

    /// The JSON, if it is encoded as it should be, in whatever alphabet.
    fn json(&self) -> Option<Vec<u8>> {
        if self.plain {
            return Some(self.text.to_vec());
        }
        Encoding::Base64.decode(&self.text).or_else(|| Encoding::Base64Url.decode(&self.text))
    }

    /// Whether it stands there as JSON where its Base64 is due.
    fn is_raw(&self) -> bool {
        !self.plain && self.text.trim_ascii_start().starts_with(b"{")
    }

    /// Signs `text` in its place.
    fn set(&self, text: &[u8]) -> Edit {
        let text = if self.escaped { Cow::Owned(percent::encoded(text, &UNRESERVED)) } else { Cow::Borrowed(text) };
        Edit::new().set(self.at, [self.lead, &text].concat())
    }
}

fn lossy(bytes: &[u8]) -> Option<String> {
    Some(String::from_utf8_lossy(bytes).into_owned())
}

fn reserialised(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(policy) = Policy::of(context).filter(|policy| !policy.is_raw()) else { return };
    let Some(json) = policy.json() else { return };
    for (bytes, what) in respelled(&json) {
        let edit = if policy.plain { policy.set(&bytes) } else { policy.set(policy.encoding.encode(&bytes).as_bytes()) };
        edits.push(edit.shows(lossy(&bytes), lossy(&json)).fact("what", what));
    }
    let encoded = policy.encoding.encode(&policy.text);
    if policy.plain {
        edits.push(policy.set(encoded.as_bytes()).fact("what", phrase!("as the Base64 of the JSON")));
    } else {
        edits.push(policy.set(&json).fact("what", phrase!("as the JSON under the Base64")));
        edits.push(policy.set(encoded.as_bytes()).fact("what", phrase!("as the Base64 of its Base64")));
    }
}

/// The name of an encoding.
pub(in crate::explain) const fn name(encoding: Encoding) -> Phrase {
    match encoding {
        Encoding::Base64Url => phrase!("URL-safe Base64, with `-`, `_` and padding"),
        Encoding::Base64 | Encoding::Hex => phrase!("Base64, with `+`, `/` and padding"),
    }
}

/// Sent as JSON, and its Base64 was signed.
fn encoded(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(policy) = Policy::of(context).filter(Policy::is_raw) else { return };
    for encoding in [policy.encoding, Encoding::Base64, Encoding::Base64Url] {
        let edit = policy.set(encoding.encode(&policy.text).as_bytes());
        edits.push(edit.fact("what", phrase!("as JSON")).fact("wants", name(policy.encoding)));
    }
}

/// What every server decodes as Base64 is refused when it is JSON. Some take both alphabets.
fn not_base64(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(policy) = Policy::of(context).filter(|policy| !policy.plain) else { return };
    let note = Note::seen().fact("wants", name(policy.encoding));
    if policy.is_raw() {
        notes.push(note.refused().fact("what", phrase!("as JSON")));
        return;
    }
    let (others, what) = match policy.encoding {
        Encoding::Base64Url => (b"+/", phrase!("in the standard alphabet, with `{sign}` at offset {at}")),
        Encoding::Base64 | Encoding::Hex => (b"-_", phrase!("in the URL-safe alphabet, with `{sign}` at offset {at}")),
    };
    let found = policy.text.iter().enumerate().find(|(_, byte)| others.contains(byte));
    if let Some((at, byte)) = found.filter(|_| policy.json().is_some()) {
        notes.push(note.fact("what", what.data("sign", char::from(*byte)).with("at", at)));
    }
}

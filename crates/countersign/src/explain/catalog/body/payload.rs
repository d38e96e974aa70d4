//! The payload line of V4 and the header that states it.

use crate::{
    explain::{
        At,
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::{Value, left_out, lossy, put_in, put_in_list},
    },
    family::endpoint,
    pen::Role,
    phrase::phrase,
    signature::Encoding,
    wire::{header::has_prefix, hex},
};
use alloc::{format, string::String, vec::Vec};

/// The SHA-256 of nothing.
pub(super) const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Words that stand in place of a hash.
static LITERALS: [&str; 5] = [
    "UNSIGNED-PAYLOAD",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
    "STREAMING-AWS4-HMAC-SHA256-EVENTS",
];

/// What people write for them.
static MISSPELLED: [&str; 7] = [
    "UNSIGNED_PAYLOAD",
    "unsigned-payload",
    "UNSIGNEDPAYLOAD",
    "UNSIGNED PAYLOAD",
    "UNSIGNED-PAYLOAD\n",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD\n",
    "STREAMING-UNSIGNED-PAYLOAD",
];

/// The payload line, and the header that states the same where there is one.
pub(super) struct Payload<'a> {
    line: At,
    header: Option<Value<'a>>,
    pub(super) text: &'a [u8],
}

impl<'a> Payload<'a> {
    pub(super) fn of(context: &Context<'a>) -> Option<Self> {
        let line = context.first(Role::Payload)?;
        let header = context.headers().find(|value| is_hash_header(value.name));
        Some(Self { line, header, text: context.bytes(line) })
    }

    /// The payload signed as `text`: in the line and the header, and in the line alone.
    pub(super) fn signed(&self, text: &[u8], edit: impl Fn() -> Edit) -> impl Iterator<Item = Edit> {
        let alone = edit().set(self.line, text);
        let both = self.header.as_ref().map(|header| header.set(edit().set(self.line, text), text));
        both.into_iter().chain([alone])
    }

    /// The digest the payload states.
    fn digest(&self) -> Option<Vec<u8>> {
        hex::decode(self.text).filter(|digest| digest.len() == 32)
    }
}

fn is_hash_header(name: &str) -> bool {
    name.starts_with("x-") && name.ends_with("-content-sha256")
}

/// The payload header as sent, with its name.
pub(super) fn sent_header<'a>(context: &Context<'a>) -> Option<(&'a str, &'a [u8])> {
    let name = format!("{}content-sha256", context.own_prefix());
    context.sent(&name).next().map(|field| (field.name, field.trimmed()))
}

/// Signed with the hash of no bytes, though there are some; or the other way round.
pub(super) fn of_empty_body(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(payload) = Payload::of(context) else { return };
    let body = context.body();
    if body.is_some_and(|body| body.len == 0) {
        return;
    }
    if payload.text != EMPTY.as_bytes() {
        edits.extend(payload.signed(EMPTY.as_bytes(), Edit::new));
    } else if let Some(body) = body {
        edits.extend(payload.signed(Encoding::Hex.encode(&body.sha256).as_bytes(), Edit::new));
    }
}

/// The header states the hash of no bytes, and there are some.
pub(super) fn says_empty(context: &Context<'_>, notes: &mut Notes<'_>) {
    let stated = context.answer().and_then(|answer| answer.client_sha256.as_deref());
    if stated == Some(EMPTY) {
        let computed = context.answer().and_then(|answer| answer.server_sha256.clone());
        notes.push(Note::server().refused().shows(Some(EMPTY.into()), computed));
    }
    let filled = context.body().filter(|body| body.len > 0);
    if let (Some((_, text)), Some(body)) = (sent_header(context), filled)
        && text == EMPTY.as_bytes()
    {
        notes.push(Note::seen().refused().shows(Some(EMPTY.into()), Some(Encoding::Hex.encode(&body.sha256))));
    }
}

/// Signed with the digest in another spelling.
pub(super) fn encoded(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(payload) = Payload::of(context) else { return };
    let Some(digest) = payload.digest().or_else(|| context.body().map(|body| body.sha256.to_vec())) else { return };
    let lower = Encoding::Hex.encode(&digest);
    let forms = [
        (phrase!("in Base64"), Encoding::Base64.encode(&digest)),
        (phrase!("in hexadecimal digits in upper case"), lower.to_ascii_uppercase()),
        (phrase!("with `0x` before it"), format!("0x{lower}")),
    ];
    for (what, text) in forms {
        edits.extend(payload.signed(text.as_bytes(), || Edit::new().fact("how", what.clone())));
    }
}

/// The header states a digest in a spelling that is none of a hash.
pub(super) fn badly_encoded(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some((name, text)) = sent_header(context) else { return };
    let is_digest = |bytes: Option<Vec<u8>>| bytes.is_some_and(|bytes| bytes.len() == 32);
    let prefixed = text.strip_prefix(b"0x").or_else(|| text.strip_prefix(b"0X"));
    let (what, note) = if is_digest(hex::decode(text)) {
        if !text.iter().any(u8::is_ascii_uppercase) {
            return;
        }
        (phrase!("in hexadecimal digits in upper case"), Note::seen())
    } else if prefixed.is_some_and(|digits| is_digest(hex::decode(digits))) {
        (phrase!("with `0x` before it"), Note::seen().refused())
    } else if is_digest(Encoding::Base64.decode(text)) {
        (phrase!("in Base64"), Note::seen().refused())
    } else {
        return;
    };
    notes.push(note.fact("how", what).data("name", name).shows(None, Some(lossy(text))));
}

/// Signed with a word in place of the hash, or with the hash in place of the word.
pub(super) fn literals(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(payload) = Payload::of(context) else { return };
    let what = |text: &str| phrase!("signed as `{text}`").shown("text", text.escape_default());
    for literal in LITERALS {
        edits.extend(payload.signed(literal.as_bytes(), || Edit::new().fact("how", what(literal))));
    }
    for literal in MISSPELLED {
        edits.extend(payload.signed(literal.as_bytes(), || Edit::new().fact("how", what(literal)).alone()));
    }
    edits.extend(payload.signed(b"", || Edit::new().fact("how", phrase!("left empty"))));
    if let Some(body) = context.body().filter(|_| payload.digest().is_none()) {
        let hash = Encoding::Hex.encode(&body.sha256);
        edits.extend(payload.signed(hash.as_bytes(), || Edit::new().fact("how", phrase!("signed as the hash of the body"))));
    }
}

/// The header states something that is no hash and no known word, or a word that does not fit.
pub(super) fn unknown_literal(context: &Context<'_>, notes: &mut Notes<'_>) {
    let answer = context.answer();
    let ec = answer.and_then(|answer| answer.ec.as_deref());
    let names_it = |answer: &crate::explain::ServerAnswer| {
        answer.message.as_deref().is_some_and(|text| text.contains("x-amz-content-sha256 must be"))
    };
    if matches!(ec, Some("0002-00000214" | "0002-00000427")) || answer.is_some_and(names_it) {
        let said = answer.and_then(|answer| answer.message.clone()).unwrap_or_default();
        notes.push(Note::server().refused().fact("how", phrase!("refused: {said}").data("said", said)));
    }
    let Some((name, text)) = sent_header(context).filter(|_| context.is_v4()) else { return };
    let announced = context.sent(&format!("{}decoded-content-length", context.own_prefix())).next().is_some();
    let in_chunks = text.starts_with(b"STREAMING-") && !text.ends_with(b"-EVENTS");
    let is_hash = hex::decode(text).or_else(|| Encoding::Base64.decode(text)).is_some_and(|digest| digest.len() == 32);
    let known = is_hash || text.starts_with(b"0x") || LITERALS.iter().any(|literal| literal.as_bytes() == text);
    let what = if context.scheme_is("oss-v4") && text != b"UNSIGNED-PAYLOAD" {
        phrase!("something else than `UNSIGNED-PAYLOAD`, and OSS takes nothing else")
    } else if in_chunks && !announced {
        phrase!("a `STREAMING-` word without `x-amz-decoded-content-length`")
    } else if !known && !text.starts_with(b"STREAMING-") {
        phrase!("neither a SHA-256 nor a known word")
    } else {
        return;
    };
    notes.push(Note::seen().refused().fact("how", what).data("name", name).shows(None, Some(lossy(text))));
}

/// Signed without the payload header, or with it though it is not sent.
pub(super) fn header_missing(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(payload) = Payload::of(context) else { return };
    if let Some(header) = &payload.header {
        let edit = || Edit::new().fact("how", phrase!("was left out of the signed headers"));
        edits.push(left_out(context, edit(), header));
        edits.push(edit().cut(header.at));
    } else if !context.in_url() {
        let name = format!("{}content-sha256", context.own_prefix());
        let edit = || Edit::new().fact("how", phrase!("was signed and is not sent"));
        edits.extend(put_in(context, edit(), &name, payload.text));
        edits.extend(put_in_list(context, edit(), &name, payload.text));
    }
}

/// The payload header is not there, and the service wants it.
pub(super) fn header_not_sent(context: &Context<'_>, notes: &mut Notes<'_>) {
    let message = context.answer().and_then(|answer| answer.message.as_deref()).unwrap_or_default();
    if message.contains("Missing required header") && message.contains("content-sha256") {
        notes.push(
            Note::server().refused().data("name", "x-amz-content-sha256").fact("how", phrase!("is missing, the server says")),
        );
    }
    let wanted = context.scheme_is("s3-v4-header") || context.scheme_is("oss-v4-header");
    if wanted && sent_header(context).is_none() {
        let name = format!("{}content-sha256", context.own_prefix());
        notes.push(Note::seen().refused().data("name", name).fact("how", phrase!("is not in the request")));
    }
}

/// Checksums that newer SDKs add by default, sent to a server other than Amazon's.
pub(super) fn default_checksum(context: &Context<'_>, notes: &mut Notes<'_>) {
    let Some(request) = context.request().filter(|_| context.scheme_is("s3-v4")) else { return };
    let host = endpoint::host_name(request);
    if endpoint::recognise(&host).is_some_and(|endpoint| endpoint.vendor == "s3") {
        return;
    }
    let is_checksum =
        |name: &str| has_prefix(name, "x-amz-checksum-") || name.eq_ignore_ascii_case("x-amz-sdk-checksum-algorithm");
    let mut signs: Vec<String> =
        request.headers().filter(|field| is_checksum(field.name)).map(|field| field.name.to_ascii_lowercase()).collect();
    signs.extend(request.params().map(|param| lossy(&param.name())).filter(|name| is_checksum(name)));
    let chunked = |text: &[u8]| text.windows(11).any(|word| word.eq_ignore_ascii_case(b"aws-chunked"));
    let in_trailer = sent_header(context).is_some_and(|(_, text)| text == b"STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    if in_trailer {
        signs.push("STREAMING-UNSIGNED-PAYLOAD-TRAILER".into());
    } else if request.header_value("content-encoding").is_some_and(chunked) && !signs.is_empty() {
        signs.push("aws-chunked".into());
    }
    if signs.is_empty() {
        return;
    }
    let message = context.answer().and_then(|answer| answer.message.as_deref()).unwrap_or_default();
    let code = context.answer().and_then(|answer| answer.code.as_deref());
    let named = ["aws-chunked", "STREAMING-", "checksum"].iter().any(|word| message.contains(word));
    let note = if named || code == Some("NotImplemented") { Note::server().refused() } else { Note::seen() };
    notes.push(note.data("name", signs.join("`, `")));
}

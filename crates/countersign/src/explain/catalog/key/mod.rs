//! The secret, damaged on its way from the console to the signer, or used in the wrong way.

mod making;
mod mangled;
mod retyped;

use crate::{
    explain::{
        cause::{Cause, Slot},
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
    },
    family::endpoint,
    phrase::{Phrase, phrase},
    signature::Encoding,
    wire::hex,
};
use alloc::vec::Vec;
use zeroize::Zeroizing;

pub(super) static CAUSES: &[Cause] = &[
    Cause::of_secret("secret-surrounding-whitespace", 9, surrounding_whitespace),
    Cause::of_secret("secret-special-char-mangled", 10, mangled::edits),
    Cause::of_secret("secret-truncated", 1, retyped::cut),
    Cause::of_secret("secret-lookalike-character", 1, retyped::lookalikes),
    Cause::of_secret("secret-base64-decoded", 1, decoded),
    Cause::of_secret("ak-sk-swapped", 1, id_as_secret).or_seen(misplaced),
    Cause::tried("hmac-args-swapped", 1, Slot::Key, making::swapped),
    Cause::tried("sigv4-key-derivation-wrong", 0, Slot::Key, making::derivation).or_seen(making::terminator_seen),
];

/// Tries another secret, unless it is the one in hand, empty, or tried for this cause before.
fn try_secret(context: &Context<'_>, edits: &mut Edits<'_>, secret: impl Into<Vec<u8>>, what: Phrase) {
    if let Some(edit) = with_secret(context, edits, secret, what) {
        edits.push(edit);
    }
}

/// The same for an edit that is to be told more.
fn with_secret(context: &Context<'_>, edits: &Edits<'_>, secret: impl Into<Vec<u8>>, what: Phrase) -> Option<Edit> {
    let secret = Zeroizing::new(secret.into());
    let known = secret.is_empty() || context.secret == Some(&secret);
    let known = known || edits.own().any(|own| own.secret.as_ref() == Some(&secret));
    (!known).then(|| Edit::new().secret(secret.as_slice()).fact("what", what))
}

/// What sticks to a secret, and its name.
static BLANKS: [(&[u8], Phrase); 9] = [
    (b"\n", phrase!("a line feed (U+000A)")),
    (b"\r\n", phrase!("a carriage return and a line feed (U+000D U+000A)")),
    (b"\r", phrase!("a carriage return (U+000D)")),
    (b"\t", phrase!("a tab (U+0009)")),
    (b" ", phrase!("a blank (U+0020)")),
    (b"  ", phrase!("two blanks (U+0020)")),
    ("\u{a0}".as_bytes(), phrase!("a no-break space (U+00A0)")),
    ("\u{200b}".as_bytes(), phrase!("a zero width space (U+200B)")),
    ("\u{feff}".as_bytes(), phrase!("a byte order mark (U+FEFF)")),
];

fn surrounding_whitespace(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(secret) = context.secret else { return };
    // The secret that was supplied may be the dirty one.
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let clean = core::str::from_utf8(secret).map_or(secret, |text| text.trim_matches(blank).as_bytes());
    try_secret(context, edits, clean, phrase!("no blanks around it: the secret given here has some, the client's has none"));
    for (blank, name) in &BLANKS {
        let at_end = phrase!("{blank} at its end, at offset {at}").with("blank", name.clone()).with("at", clean.len());
        let edit = with_secret(context, edits, [clean, blank].concat(), at_end);
        // The end of the line of a file is met with whatever else is wrong.
        edits.extend(edit.map(|edit| if blank.ends_with(b"\n") { edit.often() } else { edit }));
        let at_start = phrase!("{blank} at its start, at offset 0").with("blank", name.clone());
        try_secret(context, edits, [blank, clean].concat(), at_start);
    }
    try_secret(context, edits, [b" ", clean, b" "].concat(), phrase!("blanks (U+0020) at both ends"));
    for sign in ["\\n", "\\r\\n"] {
        let what = phrase!("the letters `{sign}` at its end, at offset {at}").data("sign", sign).with("at", clean.len());
        try_secret(context, edits, [clean, sign.as_bytes()].concat(), what);
    }
}

/// Signers that take the secret for an encoding of the key, or encode it before use.
fn decoded(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(secret) = context.secret else { return };
    // Lenient decoders take both alphabets, or skip what is not in theirs.
    let standard = secret.iter().map(|b| match b {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    });
    let skipped = secret.iter().copied().filter(|b| !matches!(b, b'-' | b'_'));
    for text in [Zeroizing::new(standard.collect::<Vec<u8>>()), Zeroizing::new(skipped.collect())] {
        if let Some(bytes) = Encoding::Base64.decode(&text) {
            try_secret(context, edits, bytes, phrase!("what the secret gives when it is decoded as Base64"));
        }
    }
    if let Some(bytes) = hex::decode(secret) {
        try_secret(context, edits, bytes, phrase!("what the secret gives when it is decoded as hexadecimal digits"));
    }
    let encoded = Zeroizing::new(Encoding::Base64.encode(secret));
    try_secret(context, edits, encoded.as_bytes(), phrase!("the Base64 encoding of the secret"));
    try_secret(
        context,
        edits,
        encoded.trim_end_matches('=').as_bytes(),
        phrase!("the Base64 encoding of the secret without padding"),
    );
    let encoded = Zeroizing::new(Encoding::Base64Url.encode(secret));
    try_secret(context, edits, encoded.as_bytes(), phrase!("the URL-safe Base64 encoding of the secret"));
}

fn id_as_secret(context: &Context<'_>, edits: &mut Edits<'_>) {
    try_secret(context, edits, &*context.claim.access_key_id, phrase!("the id was used as the secret"));
}

/// Id and secret told by their shapes. Nothing of either is repeated.
fn misplaced(context: &Context<'_>, notes: &mut Notes<'_>) {
    let id = &*context.claim.access_key_id;
    let secrets = context.inquiry.secrets;
    if secrets.iter().any(|secret| secret.expose() == id) {
        notes.push(Note::seen().refused().fact("what", phrase!("the id of the request is the secret given here")));
    } else if looks_like_secret(context, id) {
        notes.push(Note::likely().fact("what", phrase!("the id of the request has the form of a secret")));
    }
    if secrets.iter().any(|secret| secret.expose() != id && looks_like_id(secret.expose())) {
        notes.push(Note::likely().fact("what", phrase!("the secret given here has the form of an id")));
    }
}

/// Ids hold no `+` or `/`; secrets of Alibaba Cloud are 30 letters and digits, its ids never.
fn looks_like_secret(context: &Context<'_>, id: &[u8]) -> bool {
    let base64 = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    let from_alibaba = context.request().is_some_and(|request| {
        endpoint::recognise(&endpoint::host_name(request)).is_some_and(|endpoint| endpoint.vendor == "oss")
    });
    let plain_30 = id.len() == 30 && id.iter().all(u8::is_ascii_alphanumeric) && !looks_like_id(id);
    (id.len() == 40 && id.iter().all(base64) && id.iter().any(|b| matches!(b, b'+' | b'/'))) || (from_alibaba && plain_30)
}

/// The beginnings of access key ids, and how long they are.
static ID_FORMS: [(&[u8], core::ops::RangeInclusive<usize>); 6] =
    [(b"LTAI", 16..=30), (b"STS.", 20..=40), (b"AKIA", 20..=20), (b"ASIA", 20..=20), (b"AKID", 36..=36), (b"AKLT", 20..=50)];

fn looks_like_id(text: &[u8]) -> bool {
    ID_FORMS.iter().any(|(start, len)| text.starts_with(start) && len.contains(&text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Inquiry, Request, SecretKey, explain};

    #[test]
    fn one_value_for_id_and_secret_is_seen() {
        let message = b"GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Mon, 18 Sep 2017 08:00:00 GMT\n\
                        Authorization: OSS csOneForBoth:MyNpT/7rcKqVXUtYGiv8l/YB6s8=\n\n";
        let secrets = [SecretKey::new("csOneForBoth")];
        let mut inquiry = Inquiry::new(Request::parse(message).unwrap().into());
        inquiry.secrets = &secrets;
        let findings = explain(&inquiry).unwrap().findings;
        assert!(findings.iter().any(|finding| finding.code == "ak-sk-swapped" && finding.refusal));
    }

    /// The signature is made with Python's hmac.
    #[test]
    fn a_blank_behind_the_secret_given_here_is_not_the_clients() {
        let message = b"GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Mon, 18 Sep 2017 08:00:00 GMT\n\
                        Authorization: OSS CSIDEXAMPLE0001:kTguyNtNPE7BqYB6aUgDLAVWM+4=\n\n";
        let secrets = [SecretKey::new("madeUpSecretOnlyForThisExample ")];
        let mut inquiry = Inquiry::new(Request::parse(message).unwrap().into());
        inquiry.secrets = &secrets;
        let report = explain(&inquiry).unwrap();
        let first = report.findings.first().unwrap();
        assert_eq!(first.code, "secret-surrounding-whitespace");
        let title = explain::Language::English.title(first);
        assert!(title.contains("the secret given here has some"), "{title}");
    }

    #[test]
    fn ids_are_told_by_their_forms() {
        assert!(looks_like_id(b"LTAIEXAMPLEexample000001") && looks_like_id(b"AKIAIOSFODNN7EXAMPLE"));
        assert!(!looks_like_id(b"AKIA") && !looks_like_id(b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }
}

//! A body that was changed between hashing and sending.

use super::payload::{EMPTY, Payload, sent_header};
use crate::{
    crypto,
    explain::{
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        signed::{Value, lossy},
    },
    phrase::{Phrase, phrase},
    signature::Encoding,
    wire::hex,
};
use alloc::{borrow::ToOwned, vec::Vec};

/// Longer bodies are not hashed anew: that would take longer than all the rest.
const LIMIT: usize = 1 << 18;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// What may have become of the body the other way round: a name for it, and the body that was hashed then.
fn earlier_bodies(context: &Context<'_>) -> Vec<(Phrase, Vec<u8>)> {
    let bytes = context.request().and_then(|request| request.body().bytes());
    let Some(body) = bytes.filter(|body| (1..=LIMIT).contains(&body.len())) else { return Vec::new() };
    let mut earlier: Vec<(Phrase, Vec<u8>)> = Vec::new();
    match body.strip_suffix(b"\n") {
        Some(rest) => earlier.push((phrase!("a line feed was added at its end"), rest.to_owned())),
        None => earlier.push((phrase!("the line feed at its end was lost"), [body, b"\n"].concat())),
    }
    if let Some(rest) = body.strip_suffix(b"\r\n") {
        earlier.push((phrase!("a line end was added at its end"), rest.to_owned()));
    }
    let lf = without_returns(body);
    let crlf = lf.split(|b| *b == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]);
    earlier.push((phrase!("its line ends became CRLF"), lf));
    earlier.push((phrase!("its line ends became LF"), crlf));
    match body.strip_prefix(BOM) {
        Some(rest) => earlier.push((phrase!("a byte order mark was added"), rest.to_owned())),
        None => earlier.push((phrase!("the byte order mark was lost"), [BOM, body].concat())),
    }
    if matches!(body.trim_ascii(), [b'{', .., b'}'] | [b'[', .., b']']) {
        earlier.push((phrase!("its JSON was dumped anew, it had no blanks"), respaced(body, b"")));
        earlier.push((phrase!("its JSON was dumped anew, it had a blank behind each comma and colon"), respaced(body, b" ")));
    }
    earlier.retain(|(_, bytes)| bytes != body);
    earlier
}

/// CRLF as LF.
fn without_returns(body: &[u8]) -> Vec<u8> {
    let next = body.iter().skip(1).map(Some).chain([None]);
    body.iter().zip(next).filter(|(byte, next)| **byte != b'\r' || *next != Some(&b'\n')).map(|(byte, _)| *byte).collect()
}

/// JSON on one line, with `blank` behind each comma and colon.
fn respaced(json: &[u8], blank: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() + json.len() / 4);
    let (mut in_string, mut escaped) = (false, false);
    for byte in json {
        if !in_string && byte.is_ascii_whitespace() {
            continue;
        }
        out.push(*byte);
        if in_string {
            in_string = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
        } else if *byte == b'"' {
            in_string = true;
        } else if matches!(byte, b',' | b':') {
            out.extend_from_slice(blank);
        }
    }
    out
}

/// Signed with the hash of the body as it was before.
pub(super) fn tried(context: &Context<'_>, edits: &mut Edits<'_>) {
    let payload = Payload::of(context).filter(|payload| hex::decode(payload.text).is_some_and(|hash| hash.len() == 32));
    let md5 = Value::of(context, "content-md5").filter(|value| !value.text.is_empty());
    if payload.is_none() && md5.is_none() {
        return;
    }
    for (what, body) in earlier_bodies(context) {
        let edit = || Edit::new().fact("how", what.clone()).alone();
        if let Some(payload) = &payload {
            edits.extend(payload.signed(Encoding::Hex.encode(&crypto::sha256(&body)).as_bytes(), edit));
        }
        if let Some(md5) = &md5 {
            edits.push(md5.set(edit(), Encoding::Base64.encode(&crypto::md5(&body)).as_bytes()));
        }
    }
}

/// A digest in the request, or in the server's answer, is not the one of the body.
pub(super) fn seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    if let Some(note) = by_server(context) {
        notes.push(note);
    }
    let Some(body) = context.body() else { return };
    let sha256 = sent_header(context).and_then(|(_, text)| hex::decode(text)).filter(|stated| stated.len() == 32);
    let md5 = context.sent("content-md5").next().and_then(|field| Encoding::Base64.decode(field.trimmed()));
    let md5 = md5.filter(|stated| stated.len() == 16);
    // The hash of an empty body is a mistake of its own.
    let is_empty = |digest: &[u8]| Encoding::Hex.encode(digest) == EMPTY;
    let note = if let Some(stated) = sha256.filter(|stated| *stated != body.sha256 && !is_empty(stated)) {
        let what = history(context, |bytes| crypto::sha256(bytes).as_slice() == stated);
        Note::seen().fact("how", what).shows(Some(Encoding::Hex.encode(&stated)), Some(Encoding::Hex.encode(&body.sha256)))
    } else if let Some(stated) = md5.filter(|stated| *stated != body.md5) {
        let what = history(context, |bytes| crypto::md5(bytes).as_slice() == stated);
        Note::seen().fact("how", what).shows(Some(Encoding::Base64.encode(&stated)), Some(Encoding::Base64.encode(&body.md5)))
    } else {
        return;
    };
    notes.push(note.refused());
}

/// What the server says it computed.
fn by_server(context: &Context<'_>) -> Option<Note> {
    let answer = context.answer()?;
    let stated = answer.client_sha256.as_deref().or_else(|| answer.element("ExpectedDigest"));
    let computed = answer.server_sha256.as_deref().or_else(|| answer.element("CalculatedDigest"));
    let is_told = matches!(answer.code.as_deref(), Some("XAmzContentSHA256Mismatch" | "BadDigest"))
        // Garage has the code of a digest that is none.
        || answer.message.as_deref().is_some_and(|text| text.contains("checksum verification failed"));
    if !is_told || stated == Some(EMPTY) {
        return None;
    }
    let own = context.body().map(|body| Encoding::Hex.encode(&body.sha256));
    let what = match own {
        Some(own) if Some(own.as_str()) == stated => {
            phrase!("the bytes at hand are those that were hashed, and the server got others")
        }
        Some(own) if Some(own.as_str()) == computed => phrase!("the server got the bytes at hand, and others were hashed"),
        _ => phrase!("the server computed another digest than the request states"),
    };
    Some(Note::server().refused().fact("how", what).shows(stated.map(Into::into), computed.map(Into::into)))
}

/// What became of the body, if one of the usual changes gives the digest that was stated.
fn history(context: &Context<'_>, is_stated: impl Fn(&[u8]) -> bool) -> Phrase {
    if let Some((what, _)) = earlier_bodies(context).into_iter().find(|(_, body)| is_stated(body)) {
        return what;
    }
    let request = context.request();
    let compressed = request.and_then(|request| request.body().bytes()).is_some_and(|body| body.starts_with(b"\x1f\x8b"));
    match request.and_then(|request| request.header_value("content-encoding")) {
        _ if compressed => phrase!("it is compressed, perhaps since it was hashed, which cannot be computed again byte for byte"),
        Some(coding) if !coding.eq_ignore_ascii_case(b"identity") => {
            phrase!("it is encoded as `{coding}`, perhaps since it was hashed, which cannot be computed again byte for byte")
                .data("coding", lossy(coding))
        }
        _ => phrase!("the digest in the request is that of other bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_strings() {
        let json = br#"{"a b": [1,  2], "q\"\\": "x, y: z"}"#;
        assert_eq!(respaced(json, b""), br#"{"a b":[1,2],"q\"\\":"x, y: z"}"#);
        assert_eq!(respaced(json, b" "), br#"{"a b": [1, 2], "q\"\\": "x, y: z"}"#);
    }

    #[test]
    fn a_lone_return_is_no_line_end() {
        assert_eq!(without_returns(b"a\r\nb\rc\r\r\n"), b"a\nb\rc\r\n");
    }
}

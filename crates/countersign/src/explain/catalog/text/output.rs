//! From the bytes of the MAC to the characters of the signature, and the hash function before that.

use crate::{
    crypto,
    explain::{
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
        sealing::{AnyHash, How, KeyMaking, Sealing},
        signed::lossy,
    },
    pen::{Document, Role},
    phrase::{Phrase, phrase},
    signature::Encoding,
    wire::{hex, percent},
};
use alloc::{format, string::String, vec::Vec};

/// How the scheme writes signatures.
fn right(context: &Context<'_>) -> Encoding {
    context.claim.scheme.seal(context.claim).encoding
}

fn is_base64(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Base64 | Encoding::Base64Url)
}

/// Reads the sent signature as these bytes: nothing else of it changes.
fn reading(context: &Context<'_>, mac: impl AsRef<[u8]>, meant: &str) -> Edit {
    Edit::new().signature(mac).shows(Some(meant.into()), Some(lossy(&context.claim.signature)))
}

/// The signature without blanks around it, if it is whole without them: of these none was a plus sign.
fn without_blanks<'a>(context: &Context<'a>) -> Option<&'a [u8]> {
    let sent = &*context.claim.signature;
    let bare = sent.trim_ascii();
    let mac = right(context).decode(bare).filter(|_| bare.len() < sent.len())?;
    LENGTHS.iter().any(|(len, _)| *len == mac.len()).then_some(bare)
}

/// Sent with blanks around it.
pub(super) fn padded(context: &Context<'_>, edits: &mut Edits<'_>) {
    if let Some((bare, mac)) = without_blanks(context).and_then(|bare| Some((bare, right(context).decode(bare)?))) {
        edits.push(
            reading(context, mac, &lossy(bare))
                .fact("thing", phrase!("the signature"))
                .fact("what", phrase!("there are blanks around it")),
        );
    }
}

/// A signature shorter than any hash function gives, however it is written.
pub(super) fn cut_short(context: &Context<'_>, notes: &mut Notes<'_>) {
    let (sent, encoding) = (&*context.claim.signature, right(context));
    let is_sign = |byte: &u8| match encoding {
        Encoding::Hex => byte.is_ascii_hexdigit(),
        _ => byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte),
    };
    let whole = encoding.encode(&crypto::digest(context.claim.scheme.seal(context.claim).hash, b"")).len();
    // URLs and upload tokens have words of their own for this.
    let is_told = context.in_url() || context.scheme_is("kodo-upload") || context.scheme_is("kodo-antileech");
    if sent.len() < whole && sent.iter().all(is_sign) && fitting(context).is_empty() && !is_told {
        let what = phrase!("it has {count} characters instead of {whole}");
        let note = Note::seen().refused().fact("thing", phrase!("the signature"));
        notes.push(note.fact("what", what.with("count", sent.len()).with("whole", whole)));
    }
}

/// The signature with its lost plus signs put back, and what had become of them.
fn with_plus(context: &Context<'_>) -> Option<(Vec<u8>, Phrase)> {
    let sent = unwrapped(&context.claim.signature);
    if !is_base64(right(context)) || without_blanks(context).is_some() {
        return None;
    }
    if sent.contains(&b' ') {
        let fixed = sent.iter().map(|b| if *b == b' ' { b'+' } else { *b }).collect();
        return Some((fixed, phrase!("became a blank")));
    }
    sent.contains(&b'%').then(|| (percent::decode(&sent).into_owned(), phrase!("arrived as an escape, for it was escaped twice")))
}

pub(super) fn plus(context: &Context<'_>, edits: &mut Edits<'_>) {
    if let Some((fixed, what)) = with_plus(context) {
        if let Some(mac) = right(context).decode(&fixed) {
            edits.push(reading(context, mac, &lossy(&fixed)).fact("what", what));
        }
        return;
    }
    // A blank at the start or in the midst may have been trimmed away.
    let (sent, encoding) = (&*context.claim.signature, right(context));
    let whole = crypto::digest(context.claim.scheme.seal(context.claim).hash, b"").len().div_ceil(3) * 4;
    if is_base64(encoding) && sent.len() + 1 == whole && sent.ends_with(b"=") {
        for (front, back) in (0..sent.len()).filter_map(|at| sent.split_at_checked(at)) {
            let fixed = [front, b"+", back].concat();
            if let Some(mac) = encoding.decode(&fixed) {
                edits.push(reading(context, mac, &lossy(&fixed)).fact("what", phrase!("was lost")));
            }
        }
    }
}

/// A bare plus in a URL is what most servers read as a blank.
pub(super) fn plus_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let sent = lossy(&context.claim.signature);
    if let Some((fixed, what)) = with_plus(context) {
        notes.push(Note::seen().fact("what", what).shows(Some(lossy(&fixed)), Some(sent)));
        return;
    }
    let Some(name) = context.claim.scheme.carrier().param_for(context.claim) else { return };
    let query = context.request().and_then(|request| request.query()).unwrap_or_default();
    let mut raw = query.split(|b| *b == b'&').filter_map(|item| item.strip_prefix(name.as_bytes())?.strip_prefix(b"="));
    if right(context) == Encoding::Base64 && raw.next().is_some_and(|raw| raw.contains(&b'+')) {
        notes.push(Note::likely().fact("what", phrase!("stands bare in the URL, where servers read it as a blank")));
    }
}

/// The signature in an encoding that the scheme does not use.
fn other_spelling(context: &Context<'_>) -> Option<(Vec<u8>, Phrase, Phrase)> {
    let sent = &*context.claim.signature;
    let is_mac = |bytes: &Vec<u8>| LENGTHS.iter().any(|(len, _)| *len == bytes.len());
    let hexed = hex::decode(sent).filter(is_mac);
    let base64 = || Encoding::Base64.decode(sent).or_else(|| Encoding::Base64Url.decode(sent));
    if is_base64(right(context)) {
        let wants = phrase!("Base64 of the raw bytes");
        if let Some(mac) = hexed {
            return Some((mac, phrase!("hexadecimal digits"), wants));
        }
        let mac = hex::decode(&base64()?).filter(is_mac)?;
        return Some((mac, phrase!("Base64 of hexadecimal digits"), wants));
    }
    let wants = phrase!("hexadecimal digits");
    if hexed.is_some() {
        return None;
    }
    let bytes = base64()?;
    match hex::decode(&bytes).filter(is_mac) {
        Some(mac) => Some((mac, phrase!("Base64 of hexadecimal digits"), wants)),
        None => is_mac(&bytes).then_some((bytes, phrase!("Base64"), wants)),
    }
}

pub(super) fn spelled(context: &Context<'_>, edits: &mut Edits<'_>) {
    if let Some((mac, what, wants)) = other_spelling(context) {
        let meant = right(context).encode(&mac);
        edits.push(reading(context, mac, &meant).fact("what", what).fact("wants", wants));
    }
    // In front of the text it signs, whose MAC is told in hexadecimal digits.
    let digits = hex::decode(&context.claim.signature).filter(|_| context.claim.document.is_some());
    if let Some((mac, digits)) = digits.and_then(|digits| Some((hex::decode(&digits)?, digits))) {
        let edit = Edit::new().signature(mac).fact("what", phrase!("hexadecimal digits"));
        edits.push(edit.fact("wants", phrase!("Base64 of the raw bytes")).shows(None, Some(lossy(&digits))));
    }
}

pub(super) fn spelled_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let sent = &*context.claim.signature;
    if right(context) == Encoding::Hex && hex::decode(sent).is_some() && sent.iter().any(u8::is_ascii_uppercase) {
        let note = Note::seen().fact("what", phrase!("hexadecimal digits in upper case"));
        // Amazon and MinIO compare the text.
        let note = note.refused().fact("wants", phrase!("hexadecimal digits in lower case"));
        notes.push(note.fact("make", phrase!("write them so")));
    }
    if let Some((_, what, wants)) = other_spelling(context) {
        notes.push(Note::seen().fact("what", what).fact("wants", wants));
    }
}

/// The signature in the other alphabet of Base64, and what tells it.
fn other_alphabet(context: &Context<'_>) -> Option<(Vec<u8>, Phrase, Phrase)> {
    let sent = &*context.claim.signature;
    let has = |two: &[u8; 2]| sent.iter().any(|b| two.contains(b));
    let (mac, what, wants) = match right(context) {
        Encoding::Base64 if has(b"-_") => {
            (Encoding::Base64Url.decode(sent)?, phrase!("URL-safe Base64"), phrase!("the standard alphabet, with `+` and `/`"))
        }
        Encoding::Base64Url if has(b"+/") => {
            (Encoding::Base64.decode(sent)?, phrase!("standard Base64"), phrase!("the URL-safe alphabet, with `-` and `_`"))
        }
        _ => return None,
    };
    LENGTHS.iter().any(|(len, _)| *len == mac.len()).then_some((mac, what, wants))
}

pub(super) fn alphabet(context: &Context<'_>, edits: &mut Edits<'_>) {
    if let Some((mac, what, wants)) = other_alphabet(context) {
        let meant = right(context).encode(&mac);
        edits.push(reading(context, mac, &meant).fact("place", phrase!("the signature")).fact("what", what).fact("wants", wants));
    }
    // A policy is signed in the alphabet it is sent in, unless it was translated on the way.
    for at in context.parts(Role::Policy) {
        for (from, to, what) in [(b"-_", b"+/", phrase!("standard Base64")), (b"+/", b"-_", phrase!("URL-safe Base64"))] {
            let translated = |byte: &u8| from.iter().zip(to).find(|(from, _)| *from == byte).map_or(*byte, |(_, to)| *to);
            let signed: Vec<u8> = context.bytes(at).iter().map(translated).collect();
            let edit = Edit::new().set(at, signed).fact("place", phrase!("the policy that was signed")).fact("what", what);
            edits.push(edit.fact("wants", phrase!("the policy exactly as it is sent")));
        }
        let sent = context.bytes(at);
        let bare = sent.trim_ascii_end().strip_suffix(b"=").map(|rest| rest.strip_suffix(b"=").unwrap_or(rest));
        let (signed, what) = match (bare, sent.len() % 4) {
            (Some(bare), _) => (bare.to_vec(), phrase!("Base64 without its padding")),
            (None, 2) => ([sent, b"=="].concat(), phrase!("Base64 with padding")),
            (None, 3) => ([sent, b"="].concat(), phrase!("Base64 with padding")),
            _ => continue,
        };
        let edit = Edit::new().set(at, signed).fact("place", phrase!("the policy that was signed")).fact("what", what);
        edits.push(edit.fact("wants", phrase!("the policy exactly as it is sent")));
    }
}

/// Whoever decodes leniently does not mind the padding; others compare the text.
pub(super) fn alphabet_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let note = |what, wants| Note::seen().fact("place", phrase!("the signature")).fact("what", what).fact("wants", wants);
    if let Some((_, what, wants)) = other_alphabet(context) {
        notes.push(note(what, wants));
        return;
    }
    let sent = &*context.claim.signature;
    let is_mac = |bytes: Vec<u8>| LENGTHS.iter().any(|(len, _)| *len == bytes.len());
    if is_base64(right(context)) && !sent.len().is_multiple_of(4) && right(context).decode(sent).is_some_and(is_mac) {
        notes.push(note(phrase!("Base64 without its padding"), phrase!("`=` up to a multiple of four characters")));
    }
}

/// The lines joined. A header that goes on in another line starts it with a blank.
fn unwrapped(text: &[u8]) -> Vec<u8> {
    text.split(|b| matches!(b, b'\r' | b'\n')).enumerate().fold(Vec::with_capacity(text.len()), |mut all, (number, line)| {
        all.extend_from_slice(if number == 0 { line } else { line.trim_ascii_start() });
        all
    })
}

pub(super) fn wrapped(context: &Context<'_>, edits: &mut Edits<'_>) {
    let sent = &*context.claim.signature;
    let joined = unwrapped(sent);
    if let Some(mac) = right(context).decode(&joined).filter(|_| joined.len() < sent.len()) {
        edits.push(reading(context, mac, &lossy(&joined)).fact("what", phrase!("the signature")));
    }
    for at in context.parts(Role::Policy) {
        let sent = context.bytes(at);
        let told = |signed: Vec<u8>| Edit::new().set(at, signed).fact("what", phrase!("the policy"));
        if sent.contains(&b'\n') {
            edits.push(told(unwrapped(sent)));
            continue;
        }
        for end in [&b"\n"[..], b"\r\n"] {
            edits.push(told([sent, end].concat()));
            for width in [60, 64, 76].into_iter().filter(|width| sent.len() > *width) {
                let lines = sent.chunks(width).collect::<Vec<_>>().join(end);
                edits.push(told([&*lines, end].concat()));
                edits.push(told(lines));
            }
        }
    }
}

pub(super) fn wrapped_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    if context.claim.signature.iter().any(|b| matches!(b, b'\r' | b'\n')) {
        notes.push(Note::seen().fact("what", phrase!("the signature")));
    }
    let is_folded = |text: &[u8]| text.trim_ascii().contains(&b'\n');
    if context
        .parts(Role::Policy)
        .any(|at| !context.bytes(at).trim_ascii_start().starts_with(b"{") && is_folded(context.bytes(at)))
    {
        notes.push(Note::seen().fact("what", phrase!("the policy")));
    }
}

/// The lengths of hashes.
static LENGTHS: [(usize, AnyHash); 4] = [(16, AnyHash::Md5), (20, AnyHash::Sha1), (32, AnyHash::Sha256), (64, AnyHash::Sha512)];

const fn hash_name(hash: AnyHash) -> &'static str {
    match hash {
        AnyHash::Md5 | AnyHash::Md5AfterKey => "MD5",
        AnyHash::Sha1 => "SHA-1",
        AnyHash::Sha256 => "SHA-256",
        AnyHash::Sha512 => "SHA-512",
    }
}

/// What the scheme computes.
fn due(hash: AnyHash) -> Phrase {
    computed(hash, if hash == AnyHash::Md5AfterKey { How::HashOfKeyAndText } else { How::Mac })
}

/// The signature as a function of key and string.
fn computed(hash: AnyHash, how: How) -> Phrase {
    let told = match how {
        How::HashOfKeyAndText => phrase!("a plain {hash} of key and string"),
        How::HashOfTextAndKey => phrase!("a plain {hash} of string and key"),
        How::Mac | How::SwappedMac => phrase!("HMAC-{hash}"),
    };
    told.data("hash", hash_name(hash))
}

/// The same as a formula.
fn formula(hash: AnyHash, how: How) -> String {
    let name = hash_name(hash);
    match how {
        How::HashOfKeyAndText => format!("{name}(key + string)"),
        How::HashOfTextAndKey => format!("{name}(string + key)"),
        How::Mac | How::SwappedMac => format!("HMAC-{name}(key, string)"),
    }
}

/// The hash functions whose results are as long as the sent signature, however it is written.
fn fitting(context: &Context<'_>) -> Vec<AnyHash> {
    let sent = unwrapped(with_plus(context).map_or(context.claim.signature.to_vec(), |(fixed, _)| fixed).as_slice());
    let plain = right(context).decode(&sent).map(|bytes| bytes.len());
    let other = [other_spelling(context), other_alphabet(context)].into_iter().flatten().map(|(mac, ..)| mac.len());
    let lens: Vec<usize> = plain.into_iter().chain(other).collect();
    LENGTHS.iter().filter(|(len, _)| lens.contains(len)).map(|(_, hash)| *hash).collect()
}

pub(super) fn digests(context: &Context<'_>, edits: &mut Edits<'_>) {
    let seal = Sealing::of(&context.claim.scheme.seal(context.claim));
    let wants = due(seal.hash);
    let right = formula(seal.hash, if seal.hash == AnyHash::Md5AfterKey { How::HashOfKeyAndText } else { How::Mac });
    for hash in fitting(context) {
        let digest = context.first(Role::Digest).filter(|_| hash != seal.hash).zip(digest(context, hash));
        let mut attempt = |key: &KeyMaking, how: How| {
            let edit = |edit: Edit| {
                let sealing = Sealing { hash, key: key.clone(), how };
                let edit = if how == How::Mac { edit } else { edit.alone() };
                edit.sealing(sealing)
                    .shows(Some(formula(hash, how)), Some(right.clone()))
                    .fact("what", computed(hash, how))
                    .fact("wants", wants.clone())
            };
            edits.push(edit(Edit::new()));
            // The same function for the digest of the canonical request.
            if let Some((at, digest)) = &digest {
                edits.push(edit(Edit::new().set(*at, digest.clone())));
            }
        };
        if hash != seal.hash {
            attempt(&seal.key, How::Mac);
        }
        let mut keys = Vec::from([&seal.key]);
        if seal.key != KeyMaking::Secret {
            keys.push(&KeyMaking::Secret);
        }
        for key in keys {
            attempt(key, How::HashOfKeyAndText);
            attempt(key, How::HashOfTextAndKey);
        }
    }
}

/// The hexadecimal digest of the canonical request with another hash function.
fn digest(context: &Context<'_>, hash: AnyHash) -> Option<Vec<u8>> {
    let canonical = context.document(Document::CanonicalRequest)?;
    let mut text = Vec::with_capacity(128);
    hex::encode(&hash.digest(&[&canonical.text]), &mut text);
    Some(text)
}

/// The length of the signature tells the hash function.
pub(super) fn digests_seen(context: &Context<'_>, notes: &mut Notes<'_>) {
    let right = Sealing::of(&context.claim.scheme.seal(context.claim)).hash;
    let fitting = fitting(context);
    if let Some(hash) = fitting.first().filter(|_| !fitting.iter().any(|hash| hash_name(*hash) == hash_name(right))) {
        let what = phrase!("{hash}, going by its length").data("hash", hash_name(*hash));
        notes.push(Note::likely().fact("what", what).fact("wants", due(right)));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Form, Inquiry, SecretKey, explain};

    fn proved(policy: &str, signature: &str) -> &'static str {
        let form = Form::new().field("KSSAccessKeyId", "CSIDEXAMPLE0001").field("policy", policy).field("signature", signature);
        let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
        let mut inquiry = Inquiry::new(form.into());
        inquiry.secrets = &secrets;
        explain(&inquiry).unwrap().findings[0].code
    }

    #[test]
    fn policies_are_signed_as_they_were_encoded() {
        // Signed with Python's hmac: lines of 76 characters and a last line end.
        let policy = "eyJleHBpcmF0aW9uIjoiMjAyNC0wMy0xNVQxMjowMDowMFoiLCJjb25kaXRpb25zIjpbeyJidWNrZXQiOiJwaG90b3MtZXgifSxbInN0YXJ0\
                      cy13aXRoIiwiJGtleSIsIjIwMjQvIl1dfQ==";
        assert_eq!(proved(policy, "tycPf2J4iuGgBgrd2rz3ehomIdI="), "base64-line-wrapped");
        // The URL-safe alphabet was signed, the standard one was sent.
        let policy =
            "eyJleHBpcmF0aW9uIjoiMjAyNC0wMy0xNVQxMjowMDowMFoiLCJjb25kaXRpb25zIjpbWyJzdGFydHMtd2l0aCIsIiRrZXkiLCI/Pz8+Pj4iXV19";
        assert_eq!(proved(policy, "Nm6BFTcb4CZXLmta5y/pUjgj5q4="), "base64-alphabet-wrong");
    }
}

//! Upload tokens: `<access key id>:<signature>:<put policy in URL-safe Base64>`.
//!
//! Follows "Upload token" (developer.qiniu.com, Kodo, upload-token) and
//! `Auth.token_with_data` of the Python SDK 7.18. The Base64 text is signed, not the JSON under it, and
//! never a policy written anew: SDKs spell the same policy differently.

use super::qbox;
use crate::{
    crypto::{self, MacBytes, Seal, Sha1Hash, Signs},
    error::{ClaimError, DraftError, Fault, SignError},
    family::authorization,
    pen::{Document, Origin, Pen, Role, part},
    phrase::words,
    scheme::{Carrier, Hashing, Scheme},
    secret::Credentials,
    signature::Encoding,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    time::{self, Timestamp},
    wire::{Few, Ink, base64, json, split_once, strip_prefix_ignore_case, text::Text},
};
use alloc::string::String;

/// `kodo-upload-token`
pub static UPLOAD_TOKEN: UploadTokens = UploadTokens;

/// The first word of the header that carries a token in the resumable upload calls.
const WORD: &str = "UpToken";
const FORM: &str = words!("`<access key id>:<signature>:<policy>`");

/// Signs a ready policy, byte for byte as it is given, and writes the upload token behind what `token` holds.
///
/// Allocates nothing when `token` has room for [`upload_token_len`] bytes.
pub fn write_upload_token(policy: &[u8], who: &Credentials, token: &mut String) {
    let mut bytes = core::mem::take(token).into_bytes();
    let start = bytes.len();
    bytes.resize(start + upload_token_len(policy.len(), who), 0);
    fill(policy, who, sealer(who), bytes.get_mut(start..).unwrap_or_default());
    // What was a `String`, the id, which is one, and ASCII.
    *token = String::from_utf8(bytes).unwrap_or_default();
}

/// The same into the front of a buffer; the token.
///
/// ```
/// use countersign::{Credentials, SecretKey, providers::kodo};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample")).prepared();
/// let mut buffer = [0; 256];
/// let token = kodo::upload_token_into(b"{}", &who, &mut buffer);
/// assert_eq!(token, Ok(kodo::sign_policy(b"{}", &who).as_bytes()));
/// assert_eq!(kodo::upload_token_into(b"{}", &who, &mut [0; 20]), Err(49));
/// ```
///
/// # Errors
///
/// When the buffer is too small: so many bytes are needed.
pub fn upload_token_into<'b>(policy: &[u8], who: &Credentials, buffer: &'b mut [u8]) -> Result<&'b [u8], usize> {
    let len = upload_token_len(policy.len(), who);
    let token = buffer.get_mut(..len).ok_or(len)?;
    fill(policy, who, sealer(who), token);
    Ok(token)
}

/// How long the token for a policy of so many bytes is.
#[must_use]
pub fn upload_token_len(policy_len: usize, who: &Credentials) -> usize {
    who.access_key_id().len() + SIGNATURE_LEN + base64::encoded_len(policy_len) + 2
}

/// The secret, ready for the text of a token.
pub(super) fn sealer(who: &Credentials) -> <Sha1Hash as Signs>::Sealer {
    Sha1Hash::sealer(&qbox::seal().key, who.secret())
}

/// Fills `token`, which has the length of the token.
pub(super) fn fill(policy: &[u8], who: &Credentials, mut sealer: <Sha1Hash as Signs>::Sealer, token: &mut [u8]) {
    let id = who.access_key_id().as_bytes();
    let Some((front, encoded)) = token.split_at_mut_checked(id.len() + SIGNATURE_LEN + 2) else { return };
    base64::fill(policy, &base64::URL_SAFE, encoded);
    let mut mac = MacBytes::new();
    crypto::sealed_by(&mut sealer, &mut mac, |pen| write_text(encoded, pen));
    if let Some((own, [first, signature @ .., last])) = front.split_at_mut_checked(id.len()) {
        own.copy_from_slice(id);
        (*first, *last) = (b':', b':');
        base64::fill(&mac, &base64::URL_SAFE, signature);
    }
}

/// 20 bytes in Base64.
const SIGNATURE_LEN: usize = 28;

/// The upload token for a ready policy, which is signed byte for byte as it is given.
///
/// Nothing is checked; [`PutPolicy`](super::PutPolicy) checks.
///
/// ```
/// use countersign::{Credentials, SecretKey, providers::kodo};
///
/// // The example of the "Upload token" page.
/// let who = Credentials::new("MY_ACCESS_KEY", SecretKey::new("MY_SECRET_KEY"));
/// let policy = r#"{"scope":"my-bucket:sunflower.jpg","deadline":1451491200,"returnBody":"{\"name\":$(fname),\"size\":$(fsize),\"w\":$(imageInfo.width),\"h\":$(imageInfo.height),\"hash\":$(etag)}"}"#;
/// let token = kodo::sign_policy(policy.as_bytes(), &who);
/// assert!(token.starts_with("MY_ACCESS_KEY:wQ4ofysef1R7IKnrziqtomqyDvI=:eyJzY29wZSI6"));
/// ```
#[must_use]
pub fn sign_policy(policy: &[u8], who: &Credentials) -> String {
    let mut token = String::new();
    write_upload_token(policy, who, &mut token);
    token
}

/// `kodo-upload-token`: a token of its own, or `Authorization: UpToken <token>`.
///
/// A token is made from a policy, not from a request: by [`PutPolicy::token`](super::PutPolicy::token)
/// or [`sign_policy`].
pub struct UploadTokens;

impl Scheme for UploadTokens {
    fn id(&self) -> &'static str {
        "kodo-upload-token"
    }

    fn provider(&self) -> &'static str {
        "kodo"
    }

    fn carrier(&self) -> Carrier {
        Carrier::Token
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let token = match subject {
            Subject::Token(token) => match bare(token) {
                // Without a colon, or with a word before it, it is another vendor's.
                token if token.contains(&b':') && !before_json(token).contains(&b' ') => token,
                _ => return Ok(None),
            },
            Subject::Request(request) | &Subject::Borrowed(request) => match authorization::after_word(request, WORD)? {
                Some(token) => token,
                None => return Ok(None),
            },
            Subject::Form(form) => match form.value("token") {
                Some(token) => token,
                None => return Ok(None),
            },
        };
        let damaged = || ClaimError::new("upload token", Fault::Form(FORM), token);
        let Pieces { id: Some(id), signature: Some(signature), policy: Some(policy), .. } = Pieces::of(token) else {
            return Err(damaged());
        };
        if id.is_empty() || signature.is_empty() || policy.is_empty() {
            return Err(damaged());
        }
        let mut claim = Claim::new(&UPLOAD_TOKEN, Text::from(id));
        claim.signature = Text::from(signature);
        claim.document = Some(Text::from(policy));
        let json = if policy.starts_with(b"{") { Some(policy.into()) } else { Encoding::Base64Url.decode_short(policy) };
        if let Some(json) = json
            && let Some(digits) = deadline(&json)
        {
            claim.expires_at = time::seconds(digits).map(Timestamp::from_unix);
            claim.expires_text = Some(Text::copied(digits));
        }
        Ok(Some(claim))
    }

    fn state<'a>(&self, _: &Request<'a>, _: &'a Credentials, _: &Terms<'a>, _: &mut Claim<'a>) -> Result<(), SignError> {
        Err(SignError::Terms(words!("a put policy instead of a request")))
    }

    fn draft(&self, _: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        write_text(claim.document.as_ref().ok_or(DraftError::Missing(words!("the policy")))?, pen);
        Ok(())
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        qbox::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        let policy = claim.document.as_deref().unwrap_or_default();
        for piece in [&*claim.access_key_id, b":", signature, b":", policy] {
            out.write(piece);
        }
    }
}

/// Writes the signed text: the encoded policy.
fn write_text(encoded: &[u8], pen: &mut Pen<'_>) {
    pen.open(Document::StringToSign);
    part(pen, Role::Policy, Origin::Request, encoded);
}

/// The token up to the colon before a policy in JSON; all of it if there is none, for Base64 has no braces.
fn before_json(token: &[u8]) -> &[u8] {
    let mut rest = token;
    while let (_, Some(behind)) = split_once(rest, b':') {
        if behind.starts_with(b"{") {
            return token.get(..token.len() - behind.len() - 1).unwrap_or(token);
        }
        rest = behind;
    }
    token
}

/// The token without the word that stands before it in a header, and without blanks around it.
pub(super) fn bare(token: &[u8]) -> &[u8] {
    let token = token.trim_ascii();
    strip_prefix_ignore_case(token, b"uptoken ").unwrap_or(token).trim_ascii_start()
}

/// The pieces of a token, by their places.
pub(super) struct Pieces<'a> {
    /// How many there are. Three is the usual form.
    pub(super) count: usize,
    pub(super) id: Option<&'a [u8]>,
    pub(super) signature: Option<&'a [u8]>,
    pub(super) policy: Option<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    /// Cuts a token at its colons.
    ///
    /// With four pieces or more, an administrative form, the id is the second; the policy is always the
    /// last, as the JavaScript SDK has it. One that was left in JSON has colons of its own.
    pub(super) fn of(token: &'a [u8]) -> Self {
        let mut pieces: Few<&[u8], 4> = Few::new();
        let mut rest = Some(token);
        while let Some(text) = rest {
            let (piece, behind) = split_once(text, b':');
            pieces.push(piece);
            rest = behind.filter(|behind| !behind.starts_with(b"{"));
            pieces.extend(behind.filter(|_| rest.is_none()));
        }
        let (id, signature, policy) = match *pieces.as_slice() {
            [id, signature] => (Some(id), Some(signature), None),
            [id, signature, policy] | [_, id, .., signature, policy] => (Some(id), Some(signature), Some(policy)),
            _ => (None, None, None),
        };
        Self { count: pieces.len(), id, signature, policy }
    }
}

/// The digits of the outermost `deadline` of a policy. Of several the last counts.
///
/// Reading all of the JSON is the decoder's business: a program that only signs and verifies shall
/// not carry a JSON reader for one number.
fn deadline(json: &[u8]) -> Option<&[u8]> {
    let mut depth = 0_usize;
    let mut found = None;
    let mut rest = json;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let (text, behind) = tail.split_at_checked(json::string_len(tail)?)?;
                rest = behind.get(1..)?;
                let value = rest.trim_ascii_start().strip_prefix(b":").filter(|_| depth == 1 && text == b"deadline");
                if let Some(value) = value {
                    let value = value.trim_ascii_start();
                    let end = value.iter().position(|b| !b.is_ascii_digit()).unwrap_or(value.len());
                    // With nothing behind it the number may have been cut short.
                    let ends_well = value.get(end).is_some_and(|b| matches!(b, b',' | b'}') || b.is_ascii_whitespace());
                    found = value.get(..end).filter(|digits| ends_well && !digits.is_empty());
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::SecretKey;

    #[test]
    fn only_the_outermost_deadline_counts() {
        let found = |json: &'static str| deadline(json.as_bytes()).map(|digits| core::str::from_utf8(digits).unwrap_or("?"));
        assert_eq!(found(r#"{"scope":"b","deadline":1730773438}"#), Some("1730773438"));
        assert_eq!(found("{ \"deadline\" :\n 5 , \"x\": [1]}"), Some("5"));
        assert_eq!(found(r#"{"x":{"deadline":1},"returnBody":"{\"deadline\":2}","deadline":3}"#), Some("3"));
        assert_eq!(found(r#"{"a":"deadline","deadline":1,"deadline":2}"#), Some("2"));
        for value in ["\"5\"", "1.5", "-1", "1e9", "null"] {
            let json = alloc::format!("{{\"deadline\":{value}}}");
            assert_eq!(deadline(json.as_bytes()), None, "{json}");
        }
        for none in [r#"["deadline",1]"#, r#"{"deadline"#, r#"{"a":"deadline"}"#, ""] {
            assert_eq!(found(none), None, "{none}");
        }
    }

    #[test]
    fn the_policy_is_the_last_piece_whatever_stands_before() {
        let pieces = |token: &'static str| {
            let Pieces { count, id, signature, policy } = Pieces::of(token.as_bytes());
            (count, [id, signature, policy].map(|piece| piece.map(|p| core::str::from_utf8(p).unwrap_or("?"))))
        };
        assert_eq!(pieces("ak:sig:pol"), (3, [Some("ak"), Some("sig"), Some("pol")]));
        assert_eq!(pieces("uid:ak:sig:pol"), (4, [Some("ak"), Some("sig"), Some("pol")]));
        assert_eq!(pieces("uid:ak:more:sig:pol"), (5, [Some("ak"), Some("sig"), Some("pol")]));
        assert_eq!(pieces("ak:sig"), (2, [Some("ak"), Some("sig"), None]));
        assert_eq!(pieces("ak"), (1, [None, None, None]));
        assert_eq!(pieces(r#"ak:sig:{"scope": "b:k"}"#), (3, [Some("ak"), Some("sig"), Some(r#"{"scope": "b:k"}"#)]));
    }

    #[test]
    fn a_token_is_written_behind_what_is_there() {
        let who = Credentials::new("ak", SecretKey::new("sk"));
        let mut text = String::from("UpToken ");
        write_upload_token(b"{}", &who, &mut text);
        assert_eq!(text, alloc::format!("UpToken {}", sign_policy(b"{}", &who)));
        assert_eq!(bare(text.as_bytes()), sign_policy(b"{}", &who).as_bytes());
    }
}

//! What an upload token says. Needs no secret, proves nothing, and reads as much as can be read.

use super::{
    contradictions,
    fields::{PolicyFields, UploadScope},
    problem::Problem,
    upload_token::{Pieces, bare},
};
use crate::{
    phrase::words,
    signature::Encoding,
    time::Timestamp,
    wire::{percent::Kept, text::Text},
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

const SIGNATURE: &str = words!("signature");
const POLICY: &str = words!("policy");
const SIGNATURE_BYTES: usize = 20;

/// An upload token taken apart.
///
/// What cannot be read is `None`, and `problems` says why: nothing is put in its place. Values that
/// are read although something is wrong with them (a number in quotes, missing padding) are in
/// `problems`, too.
///
/// ```
/// use countersign::{Credentials, SecretKey, Timestamp, providers::kodo::{self, Problem, UploadToken}};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let token = kodo::sign_policy(br#"{"scope":"photos:2024/a:b.jpg","deadline":1730773438,"fsizeLimit":1048576}"#, &who);
/// let said = UploadToken::decode(&token);
/// assert!(said.problems.is_empty());
/// assert_eq!(said.access_key_id.as_ref().map(|id| id.to_str()).as_deref(), Some("CSIDEXAMPLE0001"));
/// assert_eq!(said.deadline, Timestamp::from_rfc3339("2024-11-05T02:23:58Z"));
/// let scope = said.scope().expect("a scope");
/// assert_eq!((&*scope.bucket, scope.key.as_deref()), ("photos", Some("2024/a:b.jpg")));
/// assert_eq!(said.policy.and_then(|policy| policy.fsize_limit), Some(1_048_576));
///
/// // The service refuses this one.
/// let token = kodo::sign_policy(br#"{"scope":"photos","deadline":"1730773438"}"#, &who);
/// let said = UploadToken::decode(&token);
/// assert_eq!(said.problems, [Problem::QuotedNumber { field: "deadline", found: "\"1730773438\"".into() }]);
/// assert_eq!(said.problems[0].to_string(), "`deadline` is `\"1730773438\"`; expected the number without quotes");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UploadToken<'a> {
    /// The public id of the key.
    pub access_key_id: Option<Text<'a>>,
    /// The signature as sent.
    pub signature: Option<Text<'a>>,
    /// The policy as sent: the signed text.
    pub encoded_policy: Option<Text<'a>>,
    /// The policy without Base64, whatever it is.
    pub policy_text: Option<Vec<u8>>,
    /// The fields of the policy, if it is a JSON object.
    pub policy: Option<PolicyFields<'static>>,
    /// The end of the right to upload, if the policy names one that can be.
    pub deadline: Option<Timestamp>,
    /// What is wrong, in the order of the token.
    pub problems: Vec<Problem>,
}

impl<'a> UploadToken<'a> {
    /// Takes a token apart. The word `UpToken` before it and blanks around it are no part of it.
    #[must_use]
    pub fn decode(token: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        let pieces = Pieces::of(bare(token.as_ref()));
        let mut problems = Vec::new();
        if pieces.count != 3 {
            problems.push(Problem::Pieces(pieces.count));
        }
        if pieces.id.is_some_and(<[u8]>::is_empty) {
            problems.push(Problem::EmptyPiece(words!("access key id")));
        }
        if let Some(text) = pieces.signature
            && !has_20_bytes(text)
            && let Some(bytes) = base64(SIGNATURE, text, &mut problems)
            && bytes.len() != SIGNATURE_BYTES
        {
            let found = String::from_utf8_lossy(text).into_owned();
            problems.push(Problem::SignatureLength { found, len: bytes.len() });
        }
        let policy_text = pieces.policy.and_then(|text| base64(POLICY, text, &mut problems));
        let policy = policy_text.as_deref().and_then(|text| read_policy(text, &mut problems));
        let seconds = policy.as_ref().and_then(|policy| policy.deadline);
        Self {
            access_key_id: pieces.id.map(Text::from),
            signature: pieces.signature.map(Text::from),
            encoded_policy: pieces.policy.map(Text::from),
            deadline: seconds.and_then(|seconds| u32::try_from(seconds).ok()).map(|s| Timestamp::from_unix(s.into())),
            policy_text,
            policy,
            problems,
        }
    }

    /// Bucket, and key or prefix, if the policy names them.
    #[must_use]
    pub fn scope(&self) -> Option<&UploadScope<'static>> {
        self.policy.as_ref()?.scope.as_ref()
    }
}

fn read_policy(text: &[u8], problems: &mut Vec<Problem>) -> Option<PolicyFields<'static>> {
    let json = core::str::from_utf8(text).map_err(|error| problems.push(Problem::NotUtf8 { at: error.valid_up_to() })).ok()?;
    let fields = PolicyFields::read(json, problems)?;
    contradictions::find(&fields, problems);
    Some(fields)
}

/// Whether a piece has 20 bytes and is written as SDKs write them: there is nothing to say of it.
fn has_20_bytes(text: &[u8]) -> bool {
    text.len() == 28 && DIGITS.run(text) == 27 && text.ends_with(b"=")
}

/// The digits of URL-safe Base64.
static DIGITS: Kept = Kept::alphanumeric_and(b"-_");

/// Undoes Base64 in either alphabet, with padding or without.
fn base64(piece: &'static str, text: &[u8], problems: &mut Vec<Problem>) -> Option<Vec<u8>> {
    // Of most texts there is nothing to say.
    if text.len().is_multiple_of(4)
        && let Some(bytes) = Encoding::Base64Url.decode(text).filter(|_| !text.is_empty())
    {
        return Some(bytes);
    }
    if text.is_empty() {
        problems.push(Problem::EmptyPiece(piece));
        return None;
    }
    let digits = text.iter().rposition(|b| *b != b'=').map_or(0, |at| at + 1);
    let padding = text.len() - digits;
    let stray = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"-_+/".contains(byte);
    let padded_well = padding == 0 || padding <= 2 && text.len().is_multiple_of(4);
    let place = text.iter().take(digits).position(stray);
    if let Some(at) = place.or_else(|| (!padded_well).then_some(digits)) {
        let found = text.get(at..=at).unwrap_or_default().escape_ascii().to_string();
        problems.push(Problem::NotBase64 { piece, at, found });
        return None;
    }
    if digits % 4 == 1 {
        problems.push(Problem::CutOff { piece, len: text.len() });
        return None;
    }
    if let Some((at, byte)) = text.iter().enumerate().find(|(_, byte)| b"+/".contains(byte)) {
        problems.push(Problem::StandardAlphabet { piece, at, found: char::from(*byte) });
    }
    if padding == 0 && digits % 4 > 0 {
        problems.push(Problem::PaddingMissing { piece, len: text.len() });
    }
    let url_safe: Vec<u8> = text
        .iter()
        .map(|byte| match byte {
            b'+' => b'-',
            b'/' => b'_',
            other => *other,
        })
        .collect();
    Encoding::Base64Url.decode(&url_safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_alphabet_is_read_and_reported() {
        let mut problems = Vec::new();
        // RFC 4648: the bytes fb ff fe are `+//+`, or URL-safe `-__-`.
        assert_eq!(base64("policy", b"-__-", &mut problems), Some([0xfb, 0xff, 0xfe].into()));
        assert_eq!(problems, []);
        assert_eq!(base64("policy", b"A+//+A", &mut problems).map(|bytes| bytes.len()), Some(4));
        assert_eq!(
            problems,
            [
                Problem::StandardAlphabet { piece: "policy", at: 1, found: '+' },
                Problem::PaddingMissing { piece: "policy", len: 6 }
            ]
        );
    }

    #[test]
    fn what_is_no_base64_is_named_by_its_place() {
        let wrong = [("ab%3D", 2, "%"), ("ab=c", 2, "="), ("abcd\nabcd", 4, "\\n"), ("abc==", 3, "="), ("====", 0, "=")];
        for (text, at, found) in wrong {
            let mut problems = Vec::new();
            assert_eq!(base64("policy", text.as_bytes(), &mut problems), None);
            assert_eq!(problems, [Problem::NotBase64 { piece: "policy", at, found: found.into() }], "{text}");
        }
        let mut problems = Vec::new();
        assert_eq!(base64("signature", b"abcde", &mut problems), None);
        assert_eq!(problems, [Problem::CutOff { piece: "signature", len: 5 }]);
    }
}

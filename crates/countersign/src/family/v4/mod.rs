//! The V4 shape: a canonical request, its digest in a string to sign, and a key chained from a scope.
//!
//! AWS invented it ("Authenticating requests: Signature Version 4", S3 API Reference, read
//! 2026-11); OSS and KS3 changed names and details.

mod draft;
mod read;
mod scheme;
mod state;

pub use self::scheme::HeaderScheme;
pub(crate) use self::{
    draft::{Params, draft, header_line, normalized, opening, query, sorted_params, string_to_sign},
    read::{IsOwn, any_scope, cut_credential, read_header, read_header_fields, read_url},
    state::{
        carry_header, each_name, join_names, place_headers, place_params, region_and_service, signed_names, state, state_header,
        state_life, state_payload, state_url, usually_signed,
    },
};

use crate::{
    crypto::{HashName, Key, Seal},
    signature::Encoding,
    subject::Body,
    terms::{Claim, Hints, Scope},
    wire::{header::has_prefix, hex, text::Text},
};

/// The names and constants of one vendor's V4.
pub(crate) struct Rules {
    /// First word of the header and first line of the string to sign.
    pub(crate) algorithm: &'static str,
    /// Put before the secret to start the key chain.
    pub(crate) key_prefix: &'static str,
    /// Last word of the scope.
    pub(crate) terminator: &'static str,
    /// The service of the scope, where the vendor has but one.
    pub(crate) service: Option<&'static str>,
    /// The form of a scope, for messages.
    pub(crate) credential_form: &'static str,
    /// Headers with this prefix are the vendor's own.
    pub(crate) own_prefix: &'static str,
    /// Header names: time, payload hash, session token.
    pub(crate) headers: [&'static str; 3],
    /// Parameter names of the URL form.
    pub(crate) params: ParamNames,
    /// Where the list of signed headers stands among the parameters: [`ParamNames::is_list_first`].
    pub(crate) is_list_first: bool,
    /// How the path is written.
    pub(crate) path: PathRule,
    /// What becomes of runs of blanks inside a header's value.
    pub(crate) blanks: Blanks,
    /// Separator between the items of the `Authorization` header.
    pub(crate) item_separator: &'static str,
}

/// Parameter names of the URL form.
#[derive(Clone, Copy)]
pub(crate) struct ParamNames {
    pub(crate) algorithm: &'static str,
    pub(crate) credential: &'static str,
    pub(crate) date: &'static str,
    pub(crate) expires: &'static str,
    pub(crate) signed_headers: &'static str,
    pub(crate) token: &'static str,
    pub(crate) signature: &'static str,
}

impl ParamNames {
    /// Whether the list of signed headers comes before all others in byte order, or behind them. Those between are in that
    /// order as they stand here; names that are not do not compile.
    pub(crate) const fn is_list_first(&self) -> bool {
        let is_first = is_before(self.signed_headers, self.algorithm);
        let (first, last) = if is_first { (self.signed_headers, self.algorithm) } else { (self.algorithm, self.signed_headers) };
        assert!(is_before(first, self.credential) && is_before(self.credential, self.date) && is_before(self.date, self.expires));
        assert!(is_before(self.expires, self.token) && is_before(self.token, last));
        is_first
    }
}

/// Byte order, at compile time.
const fn is_before(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([of_a, behind_a @ ..], [of_b, behind_b @ ..]) = (a, b) {
        if *of_a != *of_b {
            return *of_a < *of_b;
        }
        (a, b) = (behind_a, behind_b);
    }
    a.len() < b.len()
}

/// How the path becomes the canonical URI.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathRule {
    /// Decoded and encoded once: S3 and its compatibles.
    Once,
    /// The encoded path encoded again, after resolving dot segments: every other AWS service.
    Twice,
}

/// What becomes of runs of blanks inside a header's value. Those around it are always dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// Each run is written as one blank (AWS).
    Joined,
    /// They stay (OSS, KS3).
    Kept,
}

/// The longest life of a signed URL: a week.
pub(crate) const MAX_LIFE: u64 = 604_800;
/// In place of a body hash.
pub(crate) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The key chain and the hexadecimal signature of V4.
pub(crate) fn seal<'c>(rules: &Rules, claim: &'c Claim<'_>) -> Seal<'c> {
    let steps = claim.scope.as_ref().map(Scope::parts).unwrap_or_default();
    Seal { hash: HashName::Sha256, key: key(rules, steps), encoding: Encoding::Hex }
}

/// The key chain for a scope.
pub(crate) const fn key<'s>(rules: &Rules, scope: [&'s [u8]; 4]) -> Key<'s> {
    Key::Chain { prefix: rules.key_prefix, steps: scope }
}

/// Whether a header belongs to the vendor.
pub(crate) fn is_own(rules: &Rules, name: &str) -> bool {
    has_prefix(name, rules.own_prefix)
}

/// Takes over what only the verifier knows.
pub(crate) fn hinted<'a>(mut claim: Claim<'a>, hints: &Hints<'a>) -> Claim<'a> {
    claim.path_form = hints.path_form;
    claim
}

/// The hexadecimal SHA-256 of a body.
pub(crate) fn body_hash(body: Body<'_>) -> Option<Text<'static>> {
    let mut text = Text::EMPTY;
    hex::encode(&body.sha256()?, &mut text);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::is_before;

    #[test]
    fn names_are_compared_as_texts_are() {
        let names = ["", "X-Amz-Date", "X-Amz-D", "X-Amz-Security-Token", "X-Amz-SignedHeaders", "x-oss-date"];
        for (a, b) in names.iter().flat_map(|a| names.map(|b| (*a, b))) {
            assert_eq!(is_before(a, b), a < b, "{a} {b}");
        }
    }
}

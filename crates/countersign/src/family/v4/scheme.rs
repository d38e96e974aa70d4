//! The scheme of requests signed in their headers, for a vendor that has no rules beside those of [`Rules`].

#[cfg(feature = "verify")]
use super::IsOwn;
use super::{Rules, carry_header, draft, place_headers, seal, state_header};
use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    pen::Pen,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Payload, Terms},
    wire::Ink,
};

/// Requests signed in their headers: `Authorization: <algorithm> Credential=..., SignedHeaders=..., Signature=...`.
pub struct HeaderScheme {
    pub(crate) id: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) rules: &'static Rules,
    /// Whether a request with a scope is of this scheme. Signing asks for no scope, and need not know the hosts of others.
    #[cfg(feature = "verify")]
    pub(crate) is_own_scope: IsOwn,
    /// Headers that are signed if nobody says which.
    pub(crate) is_usually_signed: fn(&str) -> bool,
}

impl Scheme for HeaderScheme {
    fn id(&self) -> &'static str {
        self.id
    }

    fn provider(&self) -> &'static str {
        self.provider
    }

    fn carrier(&self) -> Carrier {
        Carrier::Authorization
    }

    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, _: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        super::read_header(self, self.rules, request, self.is_own_scope)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        state_header(self.rules, request, who, terms, self.is_usually_signed, claim)
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        place_headers(self.rules, request, claim, additions);
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        draft(self.rules, request, claim, &Payload::Body, pen)
    }

    fn seal<'c>(&self, claim: &'c Claim<'_>) -> Seal<'c> {
        seal(self.rules, claim)
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA256
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        carry_header(self.rules, claim, "SignedHeaders", signature, out);
    }
}

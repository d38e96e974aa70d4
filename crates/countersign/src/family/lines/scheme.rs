//! The two schemes of a vendor of this shape that has no rules beside those of [`Rules`].

use super::{Form, READINGS, Rules, SIGNATURE};
use crate::{
    crypto::Seal,
    error::{ClaimError, DraftError, SignError},
    pen::Pen,
    scheme::{Additions, Carrier, Hashing, Scheme},
    secret::Credentials,
    subject::{Request, Subject},
    terms::{Claim, Hints, Terms},
    time::Timestamp,
    wire::{Ink, text::Text},
};

/// Requests signed in their headers: `Authorization: WORD id:signature`.
pub struct HeaderScheme {
    pub(crate) id: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) rules: &'static Rules,
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
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request() else { return Ok(None) };
        super::read_header(self, self.rules, request, hints)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        super::state_header(self.rules, request, who, terms, claim);
        Ok(())
    }

    fn place<'c>(&self, request: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        super::place_headers(self.rules, request, claim, additions);
    }

    fn signs_path_as_sent(&self) -> bool {
        self.rules.is_domain_bucket
    }

    #[cfg(feature = "verify")]
    fn dialects(&self) -> &'static [&'static str] {
        super::dialects(self.rules)
    }

    /// Where the vendor's own date leaves the line alone, some clients leave it empty all the same.
    #[cfg(feature = "verify")]
    fn in_dialect<'a>(&self, subject: &Subject<'a>, claim: &Claim<'a>, dialect: &'static str) -> Option<Claim<'a>> {
        let request = subject.request()?;
        if READINGS.contains(&dialect) {
            return super::in_reading(request, claim, dialect);
        }
        let _date = request.header_value("date")?;
        let own = request.header_value(self.rules.date_header)?;
        let mut other = claim.clone();
        other.dialect = Some(dialect);
        other.time_text = Some(Text::from(own));
        other.signed_at = Timestamp::from_http_date(own);
        Some(other)
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        super::draft(self.rules, Form::Header, request, claim, pen)
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        super::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }

    fn carry(&self, claim: &Claim<'_>, signature: &[u8], out: &mut dyn Ink) {
        super::carry_header(self.rules, claim, signature, out);
    }
}

/// Signed URLs: parameters for the id of the access key, `Expires` and `Signature`.
pub struct UrlScheme {
    pub(crate) id: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) rules: &'static Rules,
}

impl Scheme for UrlScheme {
    fn id(&self) -> &'static str {
        self.id
    }

    fn provider(&self) -> &'static str {
        self.provider
    }

    fn carrier(&self) -> Carrier {
        Carrier::Param(SIGNATURE)
    }

    /// URLs of RTMP pushes are signed in other ways, if at all.
    #[cfg(feature = "verify")]
    fn read<'a>(&'static self, subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Option<Claim<'a>>, ClaimError> {
        let Some(request) = subject.request().filter(|request| !request.is_push()) else { return Ok(None) };
        super::read_url(self, self.rules, request, hints)
    }

    fn state<'a>(
        &self,
        request: &Request<'a>,
        who: &'a Credentials,
        terms: &Terms<'a>,
        claim: &mut Claim<'a>,
    ) -> Result<(), SignError> {
        super::state_url(self.rules, request, who, terms, claim)
    }

    fn place<'c>(&self, _: &Request<'_>, claim: &'c Claim<'_>, additions: &mut Additions<'c>) {
        super::place_params(self.rules, claim, additions);
    }

    fn signs_path_as_sent(&self) -> bool {
        self.rules.is_domain_bucket
    }

    #[cfg(feature = "verify")]
    fn dialects(&self) -> &'static [&'static str] {
        super::dialects(self.rules)
    }

    #[cfg(feature = "verify")]
    fn in_dialect<'a>(&self, subject: &Subject<'a>, claim: &Claim<'a>, dialect: &'static str) -> Option<Claim<'a>> {
        if READINGS.contains(&dialect) { super::in_reading(subject.request()?, claim, dialect) } else { None }
    }

    fn draft(&self, subject: &Subject<'_>, claim: &Claim<'_>, pen: &mut Pen<'_>) -> Result<(), DraftError> {
        let request = subject.request().ok_or(DraftError::WrongSubject)?;
        super::draft(self.rules, Form::Url, request, claim, pen)
    }

    fn seal<'c>(&self, _: &'c Claim<'_>) -> Seal<'c> {
        super::seal()
    }

    fn hashing(&self) -> Hashing {
        Hashing::SHA1
    }
}

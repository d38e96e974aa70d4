//! Decoding: what a signature says of itself. Needs no secret, proves nothing.

use crate::{
    error::VerifyError,
    providers::{self, Among},
    subject::Subject,
    terms::{Claim, Hints},
};

/// Reads the claim of a request, a URL or a token.
///
/// ```
/// use countersign::{Hints, Request, decode};
///
/// let request = Request::parse(
///     b"GET /photos/a.jpg HTTP/1.1\nHost: demo.oss-cn-hangzhou.aliyuncs.com\n\
///       Date: Fri, 15 Mar 2024 08:30:45 GMT\nAuthorization: OSS CSIDEXAMPLE0001:26NBxoKdsyly4EDv6inkoDft/yA=\n\n",
/// )?;
/// let subject = request.into();
/// let claim = decode(&subject, &Hints::default())?;
/// assert_eq!(claim.scheme.id(), "oss-v1-header");
/// assert_eq!(claim.access_key_id.to_str(), "CSIDEXAMPLE0001");
/// assert_eq!(claim.signed_at.map(|at| at.to_string()).as_deref(), Some("2024-03-15T08:30:45Z"));
///
/// let unsigned = Request::new("GET", "https://example.com/")?.into();
/// assert!(decode(&unsigned, &Hints::default()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When there is no claim, or a damaged one.
pub fn decode<'a>(subject: &Subject<'a>, hints: &Hints<'a>) -> Result<Claim<'a>, VerifyError> {
    providers::read(subject, hints, Among::All)?.ok_or(VerifyError::NoClaim)
}

//! Upload forms with a policy of conditions.

use crate::reply::{Fields, Refused};
use countersign::{Credentials, Encoding, Form, Scheme, Terms, Timestamp, providers, sign_form};

/// What this file of WebAssembly signs forms with.
static SCHEMES: &[&dyn Scheme] = &[
    #[cfg(feature = "cos")]
    &providers::cos::POST,
    #[cfg(feature = "ks3")]
    &providers::ks3::POST,
    #[cfg(feature = "oss")]
    &providers::oss::POST_V1,
    #[cfg(feature = "oss")]
    &providers::oss::POST_V4,
    #[cfg(feature = "s3")]
    &providers::s3::V4_POST,
];

/// Fields: scheme, region, clock and end in Unix seconds, and the policy's JSON, which is signed byte for byte.
///
/// Answer: the policy in Base64, then names and values of the fields to add.
pub(crate) fn sign(who: &Credentials, fields: &str) -> Result<Fields, Refused> {
    let mut fields = fields.split('\0');
    let mut next = || fields.next().unwrap_or_default();
    let id = next();
    let scheme = SCHEMES.iter().copied().find(|scheme| scheme.id() == id).ok_or_else(|| Refused::new("internal", id))?;
    let region = next();
    let time = |field: &str| Timestamp::from_unix(field.parse().unwrap_or_default());
    let (at, end) = (time(next()), time(next()));
    let mut terms = Terms::at(at);
    terms.region = Some(region).filter(|region| !region.is_empty());
    terms.expires_in = u64::try_from(end.since(at)).ok();

    let policy = Encoding::Base64.encode(next().as_bytes());
    let signed = sign_form(scheme, &Form::new().field("policy", &policy), who, &terms)?;
    let mut answer = Fields::new();
    answer.push(&policy);
    for (name, value) in &signed.fields {
        answer.push(name);
        answer.push(value);
    }
    Ok(answer)
}

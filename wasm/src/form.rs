//! Upload forms with a policy of conditions.

use crate::reply::{Fields, Refused, number};
use alloc::{string::String, vec::Vec};
use countersign::{
    Credentials, Encoding, Form, Scheme, Terms, Timestamp,
    policy::{BuildError, Dialect, PolicyBuilder},
    providers, sign_form,
};

/// What this file of WebAssembly signs forms with.
static SCHEMES: &[(&dyn Scheme, Dialect)] = &[
    #[cfg(feature = "cos")]
    (&providers::cos::POST, Dialect::Cos),
    #[cfg(feature = "ks3")]
    (&providers::ks3::POST, Dialect::Ks3),
    #[cfg(feature = "oss")]
    (&providers::oss::POST_V1, Dialect::Oss),
    #[cfg(feature = "oss")]
    (&providers::oss::POST_V4, Dialect::Oss),
    #[cfg(feature = "s3")]
    (&providers::s3::V4_POST, Dialect::S3),
];

/// Fields: scheme, region, clock and end in Unix seconds, then conditions: an operator and what it needs, lists with
/// their length before them; or `policy` and a ready policy, which is signed byte for byte.
///
/// Answer: the policy's JSON, its Base64, then names and values of the fields to add.
pub(crate) fn sign(who: &Credentials, fields: &str) -> Result<Fields, Refused> {
    let mut fields = fields.split('\0');
    let mut next = || fields.next().unwrap_or_default();
    let id = next();
    let (scheme, dialect) =
        SCHEMES.iter().copied().find(|(scheme, _)| scheme.id() == id).ok_or_else(|| Refused::new("internal", id))?;
    let region = next();
    let time = |field: &str| Timestamp::from_unix(field.parse().unwrap_or_default());
    let (at, end) = (time(next()), time(next()));
    let mut terms = Terms::at(at);
    terms.region = Some(region).filter(|region| !region.is_empty());
    terms.expires_in = u64::try_from(end.since(at)).ok();

    let mut ready = None;
    let mut policy = PolicyBuilder::new(dialect, end);
    while let Some(operator) = fields.next() {
        let mut next = || fields.next().unwrap_or_default();
        policy = match operator {
            "policy" => {
                ready = Some(String::from(next()));
                policy
            }
            "eq" => policy.eq(next(), next()),
            "starts-with" => policy.starts_with(next(), next()),
            "content-length-range" => {
                let (min, max) = (number(next()), number(next()));
                policy.size(min.unwrap_or_default()..=max.unwrap_or(u64::MAX))
            }
            "in" | "not-in" => {
                let (name, count) = (next(), number(next()));
                let count = count.and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
                let values: Vec<_> = fields.by_ref().take(count).collect();
                if operator == "in" { policy.one_of(name, values) } else { policy.none_of(name, values) }
            }
            _ => return Err(Refused::new("policy-refused", operator)),
        };
    }
    let json = match ready {
        Some(json) => json,
        None => policy.signing_with(scheme, who, &terms)?.build().map_err(refused)?,
    };
    let encoded = Encoding::Base64.encode(json.as_bytes());
    let signed = sign_form(scheme, &Form::new().field("policy", &encoded), who, &terms)?;
    let mut answer = Fields::new();
    answer.push(&json);
    answer.push(&encoded);
    for (name, value) in &signed.fields {
        answer.push(name);
        answer.push(value);
    }
    Ok(answer)
}

fn refused(error: BuildError) -> Refused {
    match error {
        BuildError::OperatorUnknown(operator) => Refused::new("policy-refused", operator),
        BuildError::ExactOnly(field) => Refused::new("policy-refused", &field),
        BuildError::ConditionMissing(field) => Refused::new("policy-refused", field),
        _ => Refused::new("policy-refused", ""),
    }
}

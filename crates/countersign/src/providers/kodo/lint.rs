//! Looking through a put policy for what will hurt later, as [`policy::lint`](crate::policy::lint()) does with those of forms.

use super::PolicyFields;
use crate::{
    policy::{DAY, Lint},
    time::Timestamp,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Looks through a put policy.
///
/// ```
/// use countersign::{Timestamp, providers::kodo::{self, PutPolicy}};
///
/// let policy = PutPolicy::parse(r#"{"scope":"photos","deadline":1773502000,"fsizeLimt":1024}"#)?;
/// let lints = kodo::lint(policy.fields(), Timestamp::from_unix(1_773_500_966));
/// let codes: Vec<_> = lints.iter().map(|lint| lint.code).collect();
/// assert_eq!(codes, ["unknown-field", "no-fsize-limit"]);
/// # Ok::<(), countersign::providers::kodo::PolicyError>(())
/// ```
#[must_use]
pub fn lint(policy: &PolicyFields<'_>, now: Timestamp) -> Vec<Lint> {
    let one = |code, what: String| Lint { code, what, at: None };
    let mut lints: Vec<_> = policy.others.iter().map(|(name, _)| one("unknown-field", name.clone())).collect();
    if let Some(end) = policy.deadline.map(Timestamp::from_unix) {
        match end.since(now) {
            ..0 => lints.push(one("expiration-passed", end.to_string())),
            left if left > DAY => lints.push(one("expiration-over-a-day-ahead", end.to_string())),
            _ => {}
        }
    }
    if policy.fsize_limit.is_none() {
        lints.push(one("no-fsize-limit", "fsizeLimit".into()));
    }
    lints
}

//! Scope and signature version.

mod region;
mod version;

use crate::explain::cause::{Cause, Slot};

/// The request follows the rules of another scheme. The engine finds it by trying these.
pub(in crate::explain) const OTHER_SCHEME: &str = "signature-version-wrong";

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("region-wrong", 18, Slot::Scope, region::tried).or_seen(region::seen),
    Cause::tried("service-wrong", 2, Slot::Scope, region::service).or_seen(region::service_seen),
    Cause::tried("scope-date-mismatch", 6, Slot::Scope, region::date).or_seen(region::date_seen),
    Cause::judged(OTHER_SCHEME, 9, Slot::Scheme).or_seen(version::seen),
    Cause::seen("server-side-condition-not-visible", 1, Slot::Scheme, version::refused_elsewhere),
];

//! Hosts of OSS.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] = &[
    Hosts { vendor: "oss", suffix: ".aliyuncs.com", marks: oss },
];

/// `[bucket.]oss-region[-internal]`, `[bucket.]region.oss`, `[bucket.]oss-accelerate`, `[bucket.]cb-id.region.oss-cloudbox`.
fn oss(front: &str) -> Option<(usize, Option<&str>)> {
    let mut list = labels(front);
    let (at, last) = list.next()?;
    match last {
        "oss-accelerate" | "oss-accelerate-overseas" => Some((bucket_before(at), None)),
        "oss" => {
            let (at, region) = list.next()?;
            Some((bucket_before(at), Some(region)))
        }
        "oss-cloudbox" => {
            let _region = list.next()?;
            let (at, cloudbox) = list.next()?;
            Some((bucket_before(at), Some(cloudbox)))
        }
        _ => {
            let region = last.strip_prefix("oss-")?;
            Some((bucket_before(at), Some(region.strip_suffix("-internal").unwrap_or(region))))
        }
    }
}

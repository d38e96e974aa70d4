//! Hosts of OSS.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] = &[Hosts { vendor: "oss", suffix: ".aliyuncs.com", marks: oss }];

/// `[bucket.]oss-region[-internal]`, `[bucket.]region.oss`, `[bucket.]oss-accelerate`, `[bucket.]cb-id.region.oss-cloudbox`.
fn oss(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let mut list = labels(front);
    let (at, last) = list.next()?;
    match last {
        b"oss-accelerate" | b"oss-accelerate-overseas" => Some((bucket_before(at), None)),
        b"oss" => {
            let (at, region) = list.next()?;
            Some((bucket_before(at), Some(region)))
        }
        b"oss-cloudbox" => {
            let _region = list.next()?;
            let (at, cloudbox) = list.next()?;
            Some((bucket_before(at), Some(cloudbox)))
        }
        _ => {
            let region = last.strip_prefix(b"oss-")?;
            Some((bucket_before(at), Some(region.strip_suffix(b"-internal").unwrap_or(region))))
        }
    }
}

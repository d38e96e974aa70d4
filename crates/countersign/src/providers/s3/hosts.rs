//! Hosts of Amazon, and of Google and Huawei, whose storage speaks the same protocol.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] = &[
    Hosts { vendor: "s3", suffix: ".amazonaws.com", marks: aws },
    Hosts { vendor: "s3", suffix: ".amazonaws.com.cn", marks: aws },
    Hosts { vendor: "gcs", suffix: "storage.googleapis.com", marks: gcs },
    Hosts { vendor: "obs", suffix: ".myhuaweicloud.com", marks: obs },
];

/// `[bucket.]s3[.dualstack].region`, `[bucket.]s3-region`, `[bucket.]s3`, `[bucket.]s3-accelerate[.dualstack]`.
fn aws(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let mut region = None;
    for (at, label) in labels(front) {
        if matches!(label, b"s3" | b"s3-fips" | b"s3-accelerate" | b"s3-website") {
            let global = region.is_none() && label == b"s3";
            return Some((bucket_before(at), if global { Some(b"us-east-1".as_slice()) } else { region }));
        }
        if let Some(dashed) = label.strip_prefix(b"s3-").filter(|rest| rest.iter().filter(|byte| **byte == b'-').count() >= 2) {
            return Some((bucket_before(at), Some(dashed)));
        }
        if region.is_some() && label != b"dualstack" {
            // The early form `bucket.region.s3` has the region first; the label before is the bucket.
            return None;
        }
        if label != b"dualstack" {
            region = Some(label);
        }
    }
    None
}

/// `[bucket.]obs.region`
fn obs(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let mut labels = labels(front);
    let (_, region) = labels.next()?;
    let (at, label) = labels.next()?;
    (label == b"obs").then_some((bucket_before(at), Some(region)))
}

/// `[bucket.]storage.googleapis.com`
fn gcs(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    match front.strip_suffix(b".") {
        Some(bucket) => Some((bucket.len(), None)),
        None => front.is_empty().then_some((0, None)),
    }
}

//! Hosts of Kodo's S3 gateway.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] = &[
    Hosts { vendor: "kodo", suffix: ".qiniucs.com", marks: kodo },
];

/// `[bucket.]s3.region`, `[bucket.]s3-region`.
fn kodo(front: &str) -> Option<(usize, Option<&str>)> {
    let mut list = labels(front);
    let (at, last) = list.next()?;
    if let Some(region) = last.strip_prefix("s3-") {
        return Some((bucket_before(at), Some(region)));
    }
    let (at, kind) = list.next()?;
    (kind == "s3").then_some((bucket_before(at), Some(last)))
}

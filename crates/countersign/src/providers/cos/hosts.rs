//! Hosts of COS.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] = &[Hosts { vendor: "cos", suffix: ".myqcloud.com", marks: cos }];

/// `[bucket-appid.]cos.region`, `region.file` of the JSON API.
fn cos(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let mut list = labels(front);
    let (_, region) = list.next()?;
    let (at, kind) = list.next()?;
    match (kind, region) {
        (b"cos" | b"cos-internal" | b"ci" | b"pic", _) => Some((bucket_before(at), Some(region))),
        (_, b"file") if at == 0 => Some((0, Some(kind))),
        _ => None,
    }
}

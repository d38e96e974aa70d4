//! Hosts of Kodo: of its S3 gateway, which tell a bucket, and of uploads, which do not.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] = &[Hosts { vendor: "kodo", suffix: ".qiniucs.com", marks: kodo }];

/// `[bucket.]s3.region`, `[bucket.]s3-region`.
fn kodo(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let mut list = labels(front);
    let (at, last) = list.next()?;
    if let Some(region) = last.strip_prefix(b"s3-") {
        return Some((bucket_before(at), Some(region)));
    }
    let (at, kind) = list.next()?;
    (kind == b"s3").then_some((bucket_before(at), Some(last)))
}

/// Regions by the id of Kodo and by that of the S3 gateway, with the host that takes uploads.
///
/// Follows "Regions and endpoints" (developer.qiniu.com, Kodo, region-endpoint-fq).
static UPLOADS: [[&str; 3]; 8] = [
    ["z0", "cn-east-1", "up-z0.qiniup.com"],
    ["cn-east-2", "cn-east-2", "up-cn-east-2.qiniup.com"],
    ["z1", "cn-north-1", "up-z1.qiniup.com"],
    ["z2", "cn-south-1", "up-z2.qiniup.com"],
    ["na0", "us-north-1", "up-na0.qiniup.com"],
    ["as0", "ap-southeast-1", "up-as0.qiniup.com"],
    ["ap-southeast-2", "ap-southeast-2", "up-ap-southeast-2.qiniup.com"],
    ["ap-southeast-3", "ap-southeast-3", "up-ap-southeast-3.qiniup.com"],
];

/// The host that takes uploads to the buckets of a region, which may be named as Kodo or as its S3
/// gateway does. A token does not tell the region.
///
/// ```
/// use countersign::providers::kodo;
///
/// assert_eq!(kodo::upload_host("z2"), Some("up-z2.qiniup.com"));
/// assert_eq!(kodo::upload_host("cn-south-1"), Some("up-z2.qiniup.com"));
/// assert_eq!(kodo::upload_host("cn-hangzhou"), None);
/// ```
#[must_use]
pub fn upload_host(region: &str) -> Option<&'static str> {
    UPLOADS.iter().find(|[own, s3, _]| [own, s3].contains(&&region)).map(|[.., host]| *host)
}

/// The ids of all regions, as Kodo names them.
pub fn upload_regions() -> impl Iterator<Item = &'static str> {
    UPLOADS.iter().map(|[id, ..]| *id)
}

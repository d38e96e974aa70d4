//! Hosts of KS3.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] =
    &[Hosts { vendor: "ks3", suffix: ".ksyuncs.com", marks: ks3 }, Hosts { vendor: "ks3", suffix: ".ksyun.com", marks: ks3 }];

/// `[bucket.]ks3-cn-beijing[-internal]`, `[bucket.]kss`. Regions have names of their own in scopes.
fn ks3(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    static REGIONS: [(&str, &str); 12] = [
        ("ks3-cn-beijing", "BEIJING"),
        ("ks3-cn-shanghai", "SHANGHAI"),
        ("ks3-cn-guangzhou", "GUANGZHOU"),
        ("ks3-cn-qingyang", "QINGYANG"),
        ("ks3-cn-hk-1", "HONGKONG"),
        ("ks3-rus", "RUSSIA"),
        ("ks3-sgp", "SINGAPORE"),
        ("ks3-jr-beijing", "JR_BEIJING"),
        ("ks3-jr-shanghai", "JR_SHANGHAI"),
        ("ks3-gov-beijing", "GOV_BEIJING"),
        ("kss", "HANGZHOU"),
        ("ks3-us-west-1", "AMERICA"),
    ];
    let (at, last) = labels(front).next()?;
    let public = last.strip_suffix(b"-internal").unwrap_or(last);
    let region = REGIONS.iter().find(|(host, _)| host.as_bytes() == public).map(|(_, region)| region.as_bytes());
    (region.is_some() || public.starts_with(b"ks3-")).then_some((bucket_before(at), region))
}

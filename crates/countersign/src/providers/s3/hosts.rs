//! Hosts of Amazon, and of others whose storage speaks the same protocol.

use crate::family::endpoint::{Hosts, bucket_before, labels};

pub(crate) static HOSTS: &[Hosts] = &[
    Hosts { vendor: "s3", suffix: ".amazonaws.com", marks: aws },
    Hosts { vendor: "s3", suffix: ".amazonaws.com.cn", marks: aws },
    Hosts { vendor: "s3", suffix: ".amazonaws.eu", marks: aws },
    Hosts { vendor: "s3", suffix: ".c2s.ic.gov", marks: aws },
    Hosts { vendor: "s3", suffix: ".sc2s.sgov.gov", marks: aws },
    Hosts { vendor: "gcs", suffix: "storage.googleapis.com", marks: whole },
    Hosts { vendor: "obs", suffix: ".myhuaweicloud.com", marks: obs },
];

/// Hosts of others, as their own pages on S3 clients name them, read 2026-11. Pages that only sign need none of them: V4 signs
/// no bucket.
#[cfg(any(feature = "verify", not(feature = "compact")))]
pub(crate) static COMPATIBLE: &[Hosts] = &[
    Hosts { vendor: "backblaze", suffix: ".backblazeb2.com", marks: aws },
    Hosts { vendor: "digitalocean", suffix: ".digitaloceanspaces.com", marks: region },
    Hosts { vendor: "hetzner", suffix: ".your-objectstorage.com", marks: region },
    Hosts { vendor: "linode", suffix: ".linodeobjects.com", marks: region },
    Hosts { vendor: "r2", suffix: ".r2.cloudflarestorage.com", marks: account },
    Hosts { vendor: "scaleway", suffix: ".scw.cloud", marks: aws },
    Hosts { vendor: "vultr", suffix: ".vultrobjects.com", marks: region },
    Hosts { vendor: "wasabi", suffix: ".wasabisys.com", marks: aws },
    Hosts { vendor: "yandex", suffix: "storage.yandexcloud.net", marks: whole },
];

/// `[bucket.]s3[.dualstack].region`, `[bucket.]s3-region`, `[bucket.]s3`, `[bucket.]s3-accelerate[.dualstack]`.
fn aws(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let mut region = None;
    for (at, label) in labels(front) {
        if matches!(label, b"s3" | b"s3-fips" | b"s3-accelerate" | b"s3-website") {
            let global = region.is_none() && label == b"s3";
            return Some((bucket_before(at), if global { Some(b"us-east-1".as_slice()) } else { region }));
        }
        if let Some(words) = label.strip_prefix(b"s3-") {
            // `s3-us-west-2`, once with other words before the region. Behind a region stands another kind of endpoint.
            let own = [&b"fips-"[..], b"website-"].iter().find_map(|word| words.strip_prefix(*word)).unwrap_or(words);
            let is_region = own.iter().filter(|byte| **byte == b'-').count() >= 2;
            return (region.is_some() || is_region).then(|| (bucket_before(at), region.or(Some(own))));
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

/// `[bucket.]region[.cdn]`
#[cfg(any(feature = "verify", not(feature = "compact")))]
fn region(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let (at, region) = labels(front).find(|(_, label)| *label != b"cdn")?;
    Some((bucket_before(at), Some(region)))
}

/// `[bucket.]account[.jurisdiction]`, the account being 32 hexadecimal digits.
#[cfg(any(feature = "verify", not(feature = "compact")))]
fn account(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    let is_account = |label: &[u8]| label.len() == 32 && label.iter().all(u8::is_ascii_hexdigit);
    let (at, _) = labels(front).find(|(_, label)| is_account(label))?;
    Some((bucket_before(at), None))
}

/// `[bucket.]` before an ending that is the whole endpoint.
fn whole(front: &[u8]) -> Option<(usize, Option<&[u8]>)> {
    match front.strip_suffix(b".") {
        Some(bucket) => Some((bucket.len(), None)),
        None => front.is_empty().then_some((0, None)),
    }
}

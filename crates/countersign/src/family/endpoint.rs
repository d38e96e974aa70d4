//! The host names of the vendors: which bucket and region a host tells.
//!
//! One table for all, since a request in one vendor's scheme is often sent to another's
//! S3-compatible endpoint.

use crate::{
    pen::Origin,
    subject::Request,
    terms::{Addressing, Bucket, Hints},
    wire::{split_once, text::Text},
};

/// What a host name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint<'h> {
    /// Whose host it is.
    pub vendor: &'static str,
    /// The labels before the endpoint.
    pub bucket: Option<&'h str>,
    /// The region, in the vendor's spelling for scopes.
    pub region: Option<&'h str>,
    /// The endpoint without the bucket.
    pub name: &'h str,
}

/// Reads a host name (lower-case, no port); `None` for hosts of nobody we know.
#[must_use]
pub fn recognise(host: &str) -> Option<Endpoint<'_>> {
    VENDORS.iter().find_map(|(vendor, suffix, marks)| {
        let front = host.strip_suffix(suffix)?;
        marks(front).map(|(bucket_len, region)| {
            let name = if bucket_len == 0 { host } else { host.get(bucket_len + 1..).unwrap_or(host) };
            let bucket = front.get(..bucket_len).filter(|b| !b.is_empty());
            Endpoint { vendor, bucket, region, name }
        })
    })
}

/// Reads what stands before the suffix: how many bytes of it are the bucket, and the region.
type Marks = for<'h> fn(&'h str) -> Option<(usize, Option<&'h str>)>;

static VENDORS: [(&str, &str, Marks); 8] = [
    ("s3", ".amazonaws.com", aws),
    ("s3", ".amazonaws.com.cn", aws),
    ("oss", ".aliyuncs.com", oss),
    ("ks3", ".ksyuncs.com", ks3),
    ("ks3", ".ksyun.com", ks3),
    ("cos", ".myqcloud.com", cos),
    ("kodo", ".qiniucs.com", kodo),
    ("gcs", "storage.googleapis.com", gcs),
];

/// Length of everything before the label that starts at `label`, its dot excluded.
fn bucket_before(label: usize) -> usize {
    label.saturating_sub(1)
}

/// Offsets of the labels of a host front, rightmost first.
fn labels(front: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = front.len();
    front.rsplit('.').map(move |label| {
        let start = end - label.len();
        end = start.saturating_sub(1);
        (start, label)
    })
}

/// `[bucket.]s3[.dualstack].region`, `[bucket.]s3-region`, `[bucket.]s3`, `[bucket.]s3-accelerate[.dualstack]`.
fn aws(front: &str) -> Option<(usize, Option<&str>)> {
    let mut region = None;
    for (at, label) in labels(front) {
        if matches!(label, "s3" | "s3-fips" | "s3-accelerate" | "s3-website") {
            let global = region.is_none() && label == "s3";
            return Some((bucket_before(at), if global { Some("us-east-1") } else { region }));
        }
        if let Some(dashed) = label.strip_prefix("s3-").filter(|rest| rest.matches('-').count() >= 2) {
            return Some((bucket_before(at), Some(dashed)));
        }
        if region.is_some() && label != "dualstack" {
            // The early form `bucket.region.s3` has the region first; the label before is the bucket.
            return None;
        }
        if label != "dualstack" {
            region = Some(label);
        }
    }
    None
}

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

/// `[bucket.]ks3-cn-beijing[-internal]`, `[bucket.]kss`. Regions have names of their own in scopes.
fn ks3(front: &str) -> Option<(usize, Option<&str>)> {
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
    let public = last.strip_suffix("-internal").unwrap_or(last);
    let region = REGIONS.iter().find(|(host, _)| *host == public).map(|(_, region)| *region);
    (region.is_some() || public.starts_with("ks3-")).then_some((bucket_before(at), region))
}

/// `[bucket-appid.]cos.region`, `region.file` of the JSON API.
fn cos(front: &str) -> Option<(usize, Option<&str>)> {
    let mut list = labels(front);
    let (_, region) = list.next()?;
    let (at, kind) = list.next()?;
    match (kind, region) {
        ("cos" | "cos-internal" | "ci" | "pic", _) => Some((bucket_before(at), Some(region))),
        (_, "file") if at == 0 => Some((0, Some(kind))),
        _ => None,
    }
}

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

/// `[bucket.]storage.googleapis.com`
fn gcs(front: &str) -> Option<(usize, Option<&str>)> {
    match front.strip_suffix('.') {
        Some(bucket) => Some((bucket.len(), None)),
        None => front.is_empty().then_some((0, None)),
    }
}

/// The host of a request in lower case, without the port.
pub fn host_name(request: &Request<'_>) -> alloc::string::String {
    let host = request.host().unwrap_or_default();
    let host = if host.starts_with(b"[") { &*host } else { split_once(&host, b':').0 };
    alloc::string::String::from_utf8_lossy(host).to_ascii_lowercase()
}

/// Whether a host is an address or a bare name, which no bucket can be a label of.
#[must_use]
pub fn is_address(host: &str) -> bool {
    host.starts_with('[') || !host.contains('.') || host.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Where the bucket of a request stands, from the hints, the host and the path, in this order.
///
/// On a host of nobody we know, path style is assumed and marked so. `None` when the request
/// names no bucket at all.
pub fn bucket<'a>(request: &Request<'a>, hints: &Hints<'a>) -> Option<Bucket<'a>> {
    let host = host_name(request);
    let known = recognise(&host);
    let segment = first_segment(request.path());
    let in_host = known.and_then(|endpoint| endpoint.bucket);
    if let Some(name) = hints.bucket {
        let lies_in_host = in_host == Some(name) || host.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let addressing = hints.addressing.unwrap_or(if lies_in_host {
            Addressing::VirtualHost
        } else if segment == name.as_bytes() {
            Addressing::Path
        } else {
            Addressing::CustomDomain
        });
        return Some(Bucket { name: Text::from(name), addressing, origin: Origin::Terms });
    }
    if let Some(name) = in_host {
        let name = Text::from(name.as_bytes().to_vec());
        return Some(Bucket { name, addressing: Addressing::VirtualHost, origin: Origin::Request });
    }
    let origin = if known.is_some() || is_address(&host) { Origin::Request } else { Origin::Assumed };
    (!segment.is_empty()).then(|| Bucket { name: Text::from(segment), addressing: Addressing::Path, origin })
}

/// The first segment of a raw path.
pub(crate) fn first_segment(path: &[u8]) -> &[u8] {
    split_once(path.strip_prefix(b"/").unwrap_or(path), b'/').0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_tell_bucket_and_region() {
        for (host, vendor, bucket, region) in [
            ("vec-bucket.s3.amazonaws.com", "s3", Some("vec-bucket"), Some("us-east-1")),
            ("s3.eu-west-1.amazonaws.com", "s3", None, Some("eu-west-1")),
            ("a.b.s3.dualstack.eu-west-1.amazonaws.com", "s3", Some("a.b"), Some("eu-west-1")),
            ("b.s3-us-west-2.amazonaws.com", "s3", Some("b"), Some("us-west-2")),
            ("b.s3-accelerate.amazonaws.com", "s3", Some("b"), None),
            ("b.oss-cn-hangzhou-internal.aliyuncs.com", "oss", Some("b"), Some("cn-hangzhou")),
            ("oss-cn-hangzhou.aliyuncs.com", "oss", None, Some("cn-hangzhou")),
            ("b.cn-hangzhou.oss.aliyuncs.com", "oss", Some("b"), Some("cn-hangzhou")),
            ("bucket.cb-123.cn-hangzhou.oss-cloudbox.aliyuncs.com", "oss", Some("bucket"), Some("cb-123")),
            ("b.oss-accelerate.aliyuncs.com", "oss", Some("b"), None),
            ("demo.ks3-cn-beijing.ksyuncs.com", "ks3", Some("demo"), Some("BEIJING")),
            ("v-125.cos.ap-guangzhou.myqcloud.com", "cos", Some("v-125"), Some("ap-guangzhou")),
            ("sh.file.myqcloud.com", "cos", None, Some("sh")),
            ("b.s3.cn-east-1.qiniucs.com", "kodo", Some("b"), Some("cn-east-1")),
            ("storage.googleapis.com", "gcs", None, None),
            ("b.storage.googleapis.com", "gcs", Some("b"), None),
        ] {
            let found = recognise(host).map(|e| (e.vendor, e.bucket, e.region));
            assert_eq!(found, Some((vendor, bucket, region)), "{host}");
        }
        assert_eq!(recognise("static.example.com"), None);
        assert_eq!(recognise("example.amazonaws.com"), None);
    }
}

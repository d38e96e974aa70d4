//! The host names of the vendors: which bucket and region a host tells.
//!
//! A request in one vendor's scheme is often sent to another's S3-compatible endpoint: the hosts of all
//! vendors are known to all schemes.

use crate::{
    pen::Origin,
    providers,
    subject::Request,
    terms::{Addressing, Bucket, Hints},
    wire::{header, split_once, text::Text},
};
use alloc::{borrow::Cow, string::String};

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

/// A family of hosts. Each vendor lists its own in its folder.
pub(crate) struct Hosts {
    /// Whose they are.
    pub(crate) vendor: &'static str,
    /// How they end.
    pub(crate) suffix: &'static str,
    /// Reads what stands before the ending.
    pub(crate) marks: Marks,
}

/// How many bytes of the front of a host are the bucket, and the region it tells; `None` for hosts of another kind.
pub(crate) type Marks = for<'h> fn(&'h [u8]) -> Option<(usize, Option<&'h [u8]>)>;

/// Reads a host name (lower-case, no port); `None` for hosts of nobody we know.
#[must_use]
pub fn recognise(host: &str) -> Option<Endpoint<'_>> {
    let (vendor, bucket_len, region) = read(host.as_bytes())?;
    let name = if bucket_len == 0 { host } else { host.get(bucket_len + 1..).unwrap_or(host) };
    let bucket = host.get(..bucket_len).filter(|b| !b.is_empty());
    Some(Endpoint { vendor, bucket, region: region.and_then(|region| core::str::from_utf8(region).ok()), name })
}

/// The same name of the endpoint alone.
pub(crate) fn name_in(host: &[u8]) -> Option<&[u8]> {
    let (_, bucket_len, _) = read(host)?;
    if bucket_len == 0 { Some(host) } else { host.get(bucket_len + 1..) }
}

/// Whose host it is, how many bytes of it are the bucket, and the region it tells.
fn read(host: &[u8]) -> Option<(&'static str, usize, Option<&[u8]>)> {
    // The dot of the root is not a part of the name.
    let host = host.strip_suffix(b".").unwrap_or(host);
    providers::hosts().find_map(|hosts| {
        let (bucket_len, region) = (hosts.marks)(hosts.front(host)?)?;
        Some((hosts.vendor, bucket_len, region))
    })
}

impl Hosts {
    /// What stands before the ending of a host of this family.
    fn front<'h>(&self, host: &'h [u8]) -> Option<&'h [u8]> {
        let suffix = self.suffix.as_bytes();
        let (front, ending) = host.split_at_checked(host.len().checked_sub(suffix.len())?)?;
        // The first letters tell nearly all endings apart.
        (ending.first_chunk::<2>() == suffix.first_chunk() && ending == suffix).then_some(front)
    }
}

/// Length of everything before the label that starts at `label`, its dot excluded.
pub(crate) fn bucket_before(label: usize) -> usize {
    label.saturating_sub(1)
}

/// Offsets of the labels of a host front, rightmost first.
pub(crate) fn labels(front: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut end = front.len();
    front.rsplit(|byte| *byte == b'.').map(move |label| {
        let start = end - label.len();
        end = start.saturating_sub(1);
        (start, label)
    })
}

/// The host of a request in lower case, without the port.
pub fn host_name(request: &Request<'_>) -> String {
    String::from_utf8_lossy(bare_host(&request.host().unwrap_or_default())).to_ascii_lowercase()
}

/// The same, borrowed where it is in lower case.
pub(crate) fn lower_host<'a>(request: &Request<'a>) -> Cow<'a, [u8]> {
    if let Some(host) = request.plain_host() {
        return Cow::Borrowed(host);
    }
    match request.host() {
        Some(Cow::Borrowed(host)) if !header::has_upper(host) => Cow::Borrowed(bare_host(host)),
        Some(host) => Cow::Owned(bare_host(&host).to_ascii_lowercase()),
        None => Cow::default(),
    }
}

/// A host without the port.
fn bare_host(host: &[u8]) -> &[u8] {
    if host.starts_with(b"[") { host } else { split_once(host, b':').0 }
}

/// Whether a host is an address or a bare name, which no bucket can be a label of.
#[must_use]
pub fn is_address(host: &str) -> bool {
    names_no_bucket(host.as_bytes())
}

/// Whether host and path tell the bucket of a request to this host: it is a vendor's, or none that can be bound to a bucket.
pub(crate) fn tells_bucket(host: &[u8]) -> bool {
    names_no_bucket(host) || read(host).is_some()
}

fn names_no_bucket(host: &[u8]) -> bool {
    host.starts_with(b"[") || !host.contains(&b'.') || host.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

/// How many bytes of a host of nobody we know are the bucket, if it is in the host; 0 where it cannot be.
pub(crate) fn first_label_len(host: &[u8]) -> usize {
    if names_no_bucket(host) { 0 } else { split_once(host, b'.').0.len() }
}

/// Where the bucket of a request stands, from the hints, the host and the path, in this order.
///
/// On a host of nobody we know, path style is assumed and marked so, unless the hints tell it. `None` when
/// the request names no bucket at all.
pub fn bucket<'a>(request: &Request<'a>, hints: &Hints<'a>) -> Option<Bucket<'a>> {
    if let (Some(name), Some(addressing)) = (hints.bucket, hints.addressing) {
        return Some(Bucket { name: Text::from(name), addressing, origin: Origin::Terms });
    }
    let host = lower_host(request);
    let known = read(&host);
    let in_host = match known {
        Some((_, bucket_len, _)) => bucket_len,
        None if hints.addressing == Some(Addressing::VirtualHost) => first_label_len(&host),
        None => 0,
    };
    if let Some(name) = hints.bucket {
        let own = name.as_bytes();
        let lies_in_host = (in_host > 0 && host.get(..in_host) == Some(own))
            || host.strip_prefix(own).is_some_and(|rest| rest.starts_with(b"."));
        let addressing = if lies_in_host {
            Addressing::VirtualHost
        } else if first_segment(request.path()) == own {
            Addressing::Path
        } else {
            Addressing::CustomDomain
        };
        return Some(Bucket { name: Text::from(name), addressing, origin: Origin::Terms });
    }
    if in_host > 0 {
        let name = match &host {
            Cow::Borrowed(host) => host.get(..in_host).map(Text::from),
            Cow::Owned(host) => host.get(..in_host).map(Text::copied),
        };
        let origin = if known.is_some() { Origin::Request } else { Origin::Terms };
        return name.map(|name| Bucket { name, addressing: Addressing::VirtualHost, origin });
    }
    let is_told = match hints.addressing {
        Some(addressing) => addressing == Addressing::Path,
        None => known.is_some() || names_no_bucket(&host),
    };
    let origin = if is_told { Origin::Request } else { Origin::Assumed };
    let segment = first_segment(request.path());
    // A domain of a bucket's owner has a bucket, whatever the path is.
    let has_bucket = !segment.is_empty() || hints.addressing == Some(Addressing::CustomDomain);
    has_bucket.then(|| Bucket { name: Text::from(segment), addressing: Addressing::Path, origin })
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
            ("b.s3-fips-us-gov-west-1.amazonaws.com", "s3", Some("b"), Some("us-gov-west-1")),
            ("b.s3-website-us-east-1.amazonaws.com", "s3", Some("b"), Some("us-east-1")),
            ("ap-125.s3-object-lambda-fips.eu-west-1.amazonaws.com", "s3", Some("ap-125"), Some("eu-west-1")),
            ("ap-125.s3-accesspoint.dualstack.eu-west-1.amazonaws.com", "s3", Some("ap-125"), Some("eu-west-1")),
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
            ("b.obs.cn-north-4.myhuaweicloud.com", "obs", Some("b"), Some("cn-north-4")),
            ("b.s3.us-iso-east-1.c2s.ic.gov", "s3", Some("b"), Some("us-iso-east-1")),
            ("b.s3.us-west-004.backblazeb2.com", "backblaze", Some("b"), Some("us-west-004")),
            ("b.nyc3.digitaloceanspaces.com", "digitalocean", Some("b"), Some("nyc3")),
            ("nyc3.digitaloceanspaces.com", "digitalocean", None, Some("nyc3")),
            ("b.nyc3.cdn.digitaloceanspaces.com", "digitalocean", Some("b"), Some("nyc3")),
            ("b.c.s3.wasabisys.com", "wasabi", Some("b.c"), Some("us-east-1")),
            ("s3.eu-central-2.wasabisys.com", "wasabi", None, Some("eu-central-2")),
            ("b.0123456789abcdef0123456789abcdef.eu.r2.cloudflarestorage.com", "r2", Some("b"), None),
            ("0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com", "r2", None, None),
            ("b.storage.yandexcloud.net", "yandex", Some("b"), None),
            ("b.s3.us-east-1.amazonaws.com.", "s3", Some("b"), Some("us-east-1")),
        ] {
            let found = recognise(host).map(|e| (e.vendor, e.bucket, e.region));
            assert_eq!(found, Some((vendor, bucket, region)), "{host}");
        }
        assert_eq!(recognise("static.example.com"), None);
        assert_eq!(recognise("example.amazonaws.com"), None);
    }
}

//! Host, bucket and resource.

mod names;
mod resource;

use crate::{
    explain::{
        At,
        cause::{Cause, Slot},
        context::Context,
        edit::Edit,
    },
    family::endpoint,
    pen::Role,
    wire::percent,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("host-rewritten-by-proxy", 9, Slot::Host, names::rewritten_by_proxy),
    Cause::tried("host-port-mismatch", 7, Slot::Host, names::port_mismatch),
    Cause::tried("cname-mode-wrong", 6, Slot::Host, resource::cname_mode_wrong),
    Cause::tried("host-changed-after-signing", 5, Slot::Host, names::changed_after_signing),
    Cause::tried("bucket-in-endpoint", 5, Slot::Host, names::bucket_in_endpoint).or_seen(names::see_bucket_in_endpoint),
    Cause::tried("bucket-missing-from-resource", 4, Slot::Resource, resource::bucket_missing),
    Cause::tried("addressing-style-wrong", 3, Slot::Host, resource::addressing_style_wrong).or_seen(resource::see_path_style),
    Cause::tried("bucket-duplicated-in-resource", 2, Slot::Resource, resource::bucket_duplicated)
        .or_seen(resource::see_bucket_duplicated),
    Cause::tried("bucket-or-host-case", 2, Slot::Host, resource::bucket_or_host_case),
    Cause::tried("bucket-of-another-request", 2, Slot::Host, resource::bucket_of_another_request),
    Cause::seen("endpoint-malformed", 2, Slot::Host, names::see_endpoint_malformed),
];

/// The longest host, port included, that is looked at; names have at most 253 bytes.
const LONGEST: usize = 300;

/// The host where it is signed: the value of a header line, or a part of its own.
#[derive(Debug)]
struct SignedHost<'a> {
    at: At,
    /// What stands before the value in its part: `host:`, or `host=` in COS.
    lead: &'a [u8],
    value: String,
}

impl<'a> SignedHost<'a> {
    fn of(context: &Context<'a>) -> Option<Self> {
        let (at, lead_len) = match context.header("host") {
            Some(at) => (at, context.bytes(at).iter().position(|b| matches!(b, b':' | b'=')).map_or(0, |end| end + 1)),
            None => (context.first(Role::Host)?, 0),
        };
        let (lead, value) = context.bytes(at).split_at_checked(lead_len)?;
        let value = if lead.ends_with(b"=") { percent::decode(value) } else { value.into() };
        (value.len() <= LONGEST).then(|| Self { at, lead, value: String::from_utf8_lossy(&value).into_owned() })
    }

    /// The part with another host.
    fn with(&self, host: &str) -> Vec<u8> {
        let escaped = percent::encoded(host.as_bytes(), &percent::UNRESERVED);
        let value = if self.lead.ends_with(b"=") { escaped.as_slice() } else { host.as_bytes() };
        [self.lead, value].concat()
    }

    /// The edit that puts another host in its place.
    fn edit(&self, host: &str) -> Edit {
        Edit::new().set(self.at, self.with(host)).shows(Some(host.to_string()), Some(self.value.clone())).data("host", host)
    }
}

/// A host cut into name and port.
fn split_port(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && (name.ends_with(']') || !name.contains(':')) => {
            (name, Some(port))
        }
        _ => (host, None),
    }
}

/// A host with the port of another one.
fn with_port_of(host: &str, other: &str) -> String {
    match split_port(other).1 {
        Some(port) => [host, ":", port].concat(),
        None => host.to_string(),
    }
}

/// The host the request went to, in lower case and without the port.
fn sent_host(context: &Context<'_>) -> String {
    context.request().map(endpoint::host_name).filter(|host| host.len() <= LONGEST).unwrap_or_default()
}

/// The name of the bucket.
fn bucket_name(context: &Context<'_>) -> Option<String> {
    Some(context.bucket()?.name.to_str().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_told_from_addresses() {
        for (host, wanted) in [
            ("a.example:9000", ("a.example", Some("9000"))),
            ("a.example", ("a.example", None)),
            ("[::1]:80", ("[::1]", Some("80"))),
            ("[::1]", ("[::1]", None)),
        ] {
            assert_eq!(split_port(host), wanted);
        }
    }
}

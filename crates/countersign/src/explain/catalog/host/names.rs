//! Another host than the one that was signed.

use super::{LONGEST, SignedHost, bucket_name, sent_host, split_port, with_port_of};
use crate::{
    explain::{
        context::Context,
        edit::{Edit, Edits},
        inspect::{Note, Notes},
    },
    family::endpoint,
    pen::Role,
    phrase::{Phrase, phrase},
    subject::Request,
    wire::strip_prefix_ignore_case,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A host the client may have signed, and where its name was found.
type Named = (String, Phrase);

pub(super) fn rewritten_by_proxy(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(signed) = SignedHost::of(context) else { return };
    for (name, source) in named_hosts(context) {
        let bare = split_port(&name).0;
        // Another port or another case of the same host has a cause of its own.
        if bare.eq_ignore_ascii_case(split_port(&signed.value).0) {
            continue;
        }
        let lower = name.to_ascii_lowercase();
        for host in [&name, &lower, bare, &with_port_of(bare, &signed.value)] {
            edits.push(signed.edit(host).fact("source", source.clone()));
        }
        // A proxy that listens on another port tells the name alone.
        for port in ports(context) {
            let edit = signed.edit(&format!("{bare}:{port}")).with("host-port-mismatch").alone();
            edits.push(edit.fact("source", source.clone()).fact("what", with_port(port)));
        }
    }
}

/// The most names that are tried.
const MOST: usize = 24;

/// Hosts named in the request, beside it, or by the server.
fn named_hosts(context: &Context<'_>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut take = |text: &[u8], source: &Phrase| {
        let Ok(text) = core::str::from_utf8(text.trim_ascii()) else { return };
        let host = authority_of(text);
        let is_host = |b: u8| b.is_ascii_alphanumeric() || b".-_:[]".contains(&b);
        if !host.is_empty() && host.len() <= LONGEST && found.len() < MOST && host.bytes().all(is_host) {
            found.push((host.to_string(), source.clone()));
        }
    };
    if let Some(request) = context.request() {
        for (name, source) in [
            ("x-forwarded-host", phrase!("named in `X-Forwarded-Host`")),
            ("x-original-host", phrase!("named in `X-Original-Host`")),
            ("x-host", phrase!("named in `X-Host`")),
            ("x-forwarded-server", phrase!("named in `X-Forwarded-Server`")),
        ] {
            let lists = request.headers_named(name).flat_map(|field| field.value.split(|b| *b == b','));
            lists.for_each(|host| take(host, &source));
        }
        let forwarded = request.headers_named("forwarded").flat_map(|field| field.value.split(|b| matches!(b, b',' | b';')));
        for host in forwarded.filter_map(|item| strip_prefix_ignore_case(item.trim_ascii(), b"host=")) {
            let host = host.strip_prefix(b"\"").and_then(|host| host.strip_suffix(b"\"")).unwrap_or(host);
            take(host, &phrase!("named in `Forwarded`"));
        }
        take(request.authority().unwrap_or_default().as_bytes(), &phrase!("the one in the URL"));
        take(request.header_value("host").unwrap_or_default(), &phrase!("the one in `Host`"));
        take(request.header_value("origin").unwrap_or_default(), &phrase!("named in `Origin`"));
        take(request.header_value("referer").unwrap_or_default(), &phrase!("named in `Referer`"));
    }
    if let Some(configured) = context.inquiry.hints.endpoint {
        take(configured.as_bytes(), &phrase!("the endpoint given"));
        if let Some(bucket) = bucket_name(context) {
            take(format!("{bucket}.{}", authority_of(configured)).as_bytes(), &phrase!("the bucket at the endpoint given"));
        }
    }
    let quoted = context.answer().and_then(|answer| answer.canonical_request.as_ref());
    for line in quoted.into_iter().flat_map(|quoted| quoted.bytes.split(|b| *b == b'\n')) {
        take(line.strip_prefix(b"host:").unwrap_or_default(), &phrase!("quoted by the server"));
    }
    found
}

/// The authority of a URL, or the text itself up to its first slash.
fn authority_of(text: &str) -> &str {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Ports on which servers that speak S3 listen: MinIO, Ceph, Garage, SeaweedFS, and what is usual for HTTP.
static USUAL_PORTS: [&str; 5] = ["9000", "8080", "7480", "3900", "8333"];

pub(super) fn port_mismatch(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(signed) = SignedHost::of(context) else { return };
    let bare = split_port(&signed.value).0;
    let with = |port: &str| signed.edit(&format!("{bare}:{port}")).fact("what", with_port(port));
    edits.push(signed.edit(bare).fact("what", phrase!("without a port")));
    for port in ports(context) {
        edits.push(with(port));
    }
    for port in USUAL_PORTS {
        edits.push(with(port).alone());
    }
}

fn with_port(port: &str) -> Phrase {
    phrase!("with the port {port}").data("port", port)
}

/// The ports that the request names, and those of HTTP.
fn ports<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let request = context.request();
    let header = |name: &str| {
        let value = request.and_then(|request| request.header_value(name)).unwrap_or_default();
        core::str::from_utf8(value).unwrap_or_default()
    };
    let authority = request.and_then(|request| request.authority()).unwrap_or_default();
    let mut ports = Vec::from(["80", "443"]);
    for host in [authority, header("host"), authority_of(header("origin")), authority_of(header("referer"))] {
        ports.extend(split_port(host).1);
    }
    let forwarded = header("x-forwarded-port");
    if !forwarded.is_empty() && forwarded.bytes().all(|b| b.is_ascii_digit()) {
        ports.push(forwarded);
    }
    ports
}

/// The host names of the vendors: `{b}` is the bucket, `{r}` the region. The other way round from
/// `family::endpoint`.
static FORMS: [(&str, &[&str]); 6] = [
    (
        "s3",
        &[
            "{b}.s3.{r}.amazonaws.com",
            "s3.{r}.amazonaws.com",
            "{b}.s3.amazonaws.com",
            "s3.amazonaws.com",
            "{b}.s3-{r}.amazonaws.com",
            "{b}.s3.dualstack.{r}.amazonaws.com",
            "s3.dualstack.{r}.amazonaws.com",
            "{b}.s3-accelerate.amazonaws.com",
            "{b}.s3-accelerate.dualstack.amazonaws.com",
        ],
    ),
    (
        "oss",
        &[
            "{b}.oss-{r}.aliyuncs.com",
            "oss-{r}.aliyuncs.com",
            "{b}.oss-{r}-internal.aliyuncs.com",
            "oss-{r}-internal.aliyuncs.com",
            "{b}.oss-accelerate.aliyuncs.com",
            "{b}.oss-accelerate-overseas.aliyuncs.com",
            "{b}.s3.oss-{r}.aliyuncs.com",
        ],
    ),
    (
        "cos",
        &[
            "{b}.cos.{r}.myqcloud.com",
            "cos.{r}.myqcloud.com",
            "{b}.cos-internal.{r}.tencentcos.cn",
            "{b}.cos.accelerate.myqcloud.com",
            "{b}.cos-internal.accelerate.tencentcos.cn",
        ],
    ),
    (
        "ks3",
        &[
            "{b}.ks3-cn-{r}.ksyuncs.com",
            "ks3-cn-{r}.ksyuncs.com",
            "{b}.ks3-cn-{r}-internal.ksyuncs.com",
            "ks3-cn-{r}-internal.ksyuncs.com",
        ],
    ),
    ("kodo", &["{b}.s3.{r}.qiniucs.com", "s3.{r}.qiniucs.com", "{b}.s3-{r}.qiniucs.com", "s3-{r}.qiniucs.com"]),
    ("gcs", &["storage.googleapis.com", "{b}.storage.googleapis.com"]),
];

pub(super) fn changed_after_signing(context: &Context<'_>, edits: &mut Edits<'_>) {
    let Some(signed) = SignedHost::of(context) else { return };
    let sent = sent_host(context);
    let known = endpoint::recognise(&sent);
    let vendor = known.map_or(context.claim.scheme.provider(), |known| known.vendor);
    let in_scope = context.claim.scope.as_ref().map(|scope| scope.region.to_str().into_owned());
    let region = in_scope.as_deref().or(context.inquiry.hints.region).or(known.and_then(|known| known.region));
    let region = region.map(|region| region.strip_prefix("oss-").unwrap_or(region).to_ascii_lowercase());
    let bucket = bucket_name(context);
    for form in FORMS.iter().filter(|(own, _)| *own == vendor).flat_map(|(_, forms)| forms.iter()) {
        let Some(mut host) = filled(form, "{b}", bucket.as_deref()).and_then(|h| filled(&h, "{r}", region.as_deref())) else {
            continue;
        };
        if vendor == "s3" && region.as_deref().is_some_and(|region| region.starts_with("cn-")) {
            host.push_str(".cn");
        }
        edits.push(signed.edit(&host));
    }
}

/// The form with a value in its place; `None` when the value is needed and not known.
fn filled(form: &str, place: &str, value: Option<&str>) -> Option<String> {
    if form.contains(place) { Some(form.replace(place, value.filter(|v| !v.is_empty())?)) } else { Some(form.to_string()) }
}

/// The name that stands twice at the start of a host: `b` of `b.b.endpoint`.
pub(super) fn doubled(host: &str) -> Option<&str> {
    host.match_indices('.').map(|(at, _)| host.split_at_checked(at)).find_map(|halves| {
        let (name, rest) = halves?;
        rest.strip_prefix('.')?.strip_prefix(name)?.starts_with('.').then_some(name)
    })
}

pub(super) fn bucket_in_endpoint(context: &Context<'_>, edits: &mut Edits<'_>) {
    let sent = sent_host(context);
    let signed = SignedHost::of(context);
    if let Some(name) = doubled(&sent) {
        let bucket = context.first(Role::Bucket).map(|at| (at, format!("/{name}")));
        if let Some((signed, host)) = signed.as_ref().and_then(|signed| Some((signed, signed.value.get(name.len() + 1..)?))) {
            edits.push(signed.edit(host).data("bucket", name));
            if let Some((at, once)) = &bucket {
                edits.push(signed.edit(host).set(*at, once.as_str()).data("bucket", name));
            }
        }
        if let Some((at, once)) = bucket {
            edits.push(Edit::new().set(at, once).data("bucket", name));
        }
    } else if let (Some(signed), Some(name)) = (signed, bucket_name(context))
        && signed.value.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.'))
    {
        // The path `/b/b/key` that comes of the same slip is tried as `bucket-duplicated-in-resource`.
        edits.push(signed.edit(&format!("{name}.{}", signed.value)).data("bucket", name));
    }
}

pub(super) fn see_bucket_in_endpoint(context: &Context<'_>, notes: &mut Notes<'_>) {
    let sent = sent_host(context);
    // Amazon and Google allow dots in bucket names, so there `b.b` may be one.
    let vendor = endpoint::recognise(&sent).map(|known| known.vendor).filter(|vendor| !matches!(*vendor, "s3" | "gcs"));
    if let (Some(_), Some(name)) = (vendor, doubled(&sent)) {
        notes.push(Note::seen().refused().data("bucket", name).shows(None, Some(sent.clone())));
    }
}

pub(super) fn see_endpoint_malformed(context: &Context<'_>, notes: &mut Notes<'_>) {
    let mut push = |note: Note, place: Phrase, text: &[u8], what: Phrase| {
        let text = text.escape_ascii().to_string();
        notes.push(note.fact("place", place).fact("what", what).data("text", text.clone()).shows(None, Some(text)));
    };
    if let Some(request) = context.request() {
        let host = request.header_value("host").unwrap_or_default();
        if let Some(what) = fault_of(host) {
            push(Note::seen().refused(), phrase!("the `Host` header"), host, what);
        }
        let authority = request.authority().unwrap_or_default().as_bytes();
        if let Some(what) = fault_of(authority).filter(|_| authority != host) {
            push(Note::seen(), phrase!("the host of the URL"), authority, what);
        }
        if is_host_in_path(request) {
            push(Note::seen(), phrase!("the path"), request.path(), phrase!("starts with the endpoint"));
        }
    }
    if let Some(endpoint) = context.inquiry.hints.endpoint {
        let host = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://")).unwrap_or(endpoint);
        let whole = host.strip_suffix('/').unwrap_or(host);
        if let Some(what) = fault_of(whole.as_bytes()) {
            push(Note::seen(), phrase!("the endpoint given"), endpoint.as_bytes(), what);
        } else if host.ends_with('/') {
            push(
                Note::likely(),
                phrase!("the endpoint given"),
                endpoint.as_bytes(),
                phrase!("ends in `/`, which not every SDK takes"),
            );
        }
    }
}

/// What makes a host no host.
fn fault_of(host: &[u8]) -> Option<Phrase> {
    let lower = host.to_ascii_lowercase();
    let holds = |bytes: &[u8]| host.iter().any(|b| bytes.contains(b));
    if matches!(lower.as_slice(), b"http" | b"https" | b"http:" | b"https:") {
        Some(phrase!("is only a scheme, since `https://` is written twice"))
    } else if lower.starts_with(b"http:/") || lower.starts_with(b"https:/") {
        Some(phrase!("holds a scheme"))
    } else if holds(b" \t\r\n") || lower.windows(3).any(|window| window == b"%20") {
        Some(phrase!("holds a blank"))
    } else if holds(b"/") {
        Some(phrase!("holds a path"))
    } else if holds(b"\"',;\\") {
        Some(phrase!("holds a character no host can have"))
    } else {
        host.ends_with(b":").then_some(phrase!("ends in `:`"))
    }
}

/// Whether the path starts with the host, as when a whole URL is taken for a key.
fn is_host_in_path(request: &Request<'_>) -> bool {
    let host = endpoint::host_name(request);
    let path = request.path();
    let starts = |lead: &str| path.strip_prefix(lead.as_bytes()).is_some_and(|rest| rest.starts_with(host.as_bytes()));
    !host.is_empty()
        && ["/http://", "/https://", "/http:/", "/https:/", "/http%3A//", "/https%3A//", "//"].into_iter().any(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_is_found() {
        assert_eq!(doubled("b.b.oss-cn-hangzhou.aliyuncs.com"), Some("b"));
        assert_eq!(doubled("a.b.a.b.example.com"), Some("a.b"));
        assert_eq!(doubled("b.bb.example.com"), None);
        assert_eq!(doubled("example.com"), None);
    }

    #[test]
    fn the_authority_of_what_people_configure() {
        assert_eq!(authority_of("https://h.example:9000/prefix"), "h.example:9000");
        assert_eq!(authority_of("h.example"), "h.example");
    }
}

//! What a difference between the request's text and the server's shows. It proves that they differ; who changed what
//! is the likely reading, for which each cause's help says how to check.

use super::{Difference, Kind};
use crate::{
    family::v4,
    pen::{Document, Role},
    transcript::Written,
    wire::percent,
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// The code of the cause a difference most likely shows; `None` when it only follows from another one, or none fits.
pub(crate) fn cause(difference: &Difference<'_>, ours: &Written) -> Option<&'static str> {
    let Difference { role, kind, .. } = *difference;
    let (a, b) = (difference.ours.unwrap_or_default(), difference.theirs.unwrap_or_default());
    let code = match (kind, role) {
        (Kind::Scheme, _) => "signature-version-wrong",
        (Kind::LineEnds, _) => "string-to-sign-newline-wrong",
        (Kind::Order, Role::Query) => "query-not-sorted",
        (Kind::Order, Role::Header) => "header-sort-wrong",
        (_, Role::Method) if a.eq_ignore_ascii_case(b) => "method-case",
        (_, Role::Method) => "method-rewritten-by-proxy",
        (_, Role::ContentMd5) => header("content-md5", Some(a), Some(b)),
        (_, Role::ContentType) => header("content-type", Some(a), Some(b)),
        (_, Role::Date) => "date-signed-not-date-sent",
        (_, Role::Header) => {
            let name = String::from_utf8_lossy(difference.name).to_ascii_lowercase();
            header(&name, difference.ours.map(header_value).as_deref(), difference.theirs.map(header_value).as_deref())
        }
        (_, Role::Host) => host(a, b),
        (_, Role::Bucket) => bucket(difference),
        (_, Role::Path) => path(a, b, ours),
        (_, Role::Query) => query(difference)?,
        (_, Role::Payload) => payload(a, b),
        // The string of a chunk is another one than that of its request.
        (_, Role::Algorithm) if !a.is_empty() && b.starts_with(a) => return None,
        (_, Role::Algorithm | Role::Terminator) => "signature-version-wrong",
        (_, Role::Time) => "date-signed-not-date-sent",
        (_, Role::ScopeDate) => "scope-date-mismatch",
        (_, Role::Region) => "region-wrong",
        (_, Role::Service) => "service-wrong",
        (_, Role::KeyTime) => "cos-key-time-mismatch",
        _ => return None,
    };
    Some(code)
}

/// The value of `name:value`, or of the escaped `name=value` of COS.
pub(crate) fn header_value(part: &[u8]) -> Cow<'_, [u8]> {
    match part.iter().position(|b| matches!(b, b':' | b'=')).and_then(|at| part.split_at_checked(at)) {
        Some((_, value)) => match value.strip_prefix(b"=") {
            Some(escaped) => percent::decode(escaped),
            None => Cow::Borrowed(value.get(1..).unwrap_or_default()),
        },
        None => Cow::Borrowed(part),
    }
}

/// What another value shows. A signed header that is absent is written with an empty value, so the two are alike.
fn header(name: &str, ours: Option<&[u8]>, theirs: Option<&[u8]>) -> &'static str {
    let (a, b) = (ours.unwrap_or_default(), theirs.unwrap_or_default());
    let words = |value: &[u8]| value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().concat();
    match name {
        "accept-encoding" => "accept-encoding-rewritten",
        "host" => host(a, b),
        _ if theirs.is_none() || (b.is_empty() && !a.is_empty()) => "signed-header-removed-by-proxy",
        "content-type" if !a.is_empty() && media_type(a).eq_ignore_ascii_case(media_type(b)) => "content-type-charset-appended",
        "content-type" => "content-type-added-by-client",
        _ if a.is_empty() => "header-added-by-proxy",
        _ if a == b => "header-sort-wrong",
        "content-md5" if [a, b].iter().any(|value| value.len() == 32 && value.iter().all(u8::is_ascii_hexdigit)) => {
            "content-md5-hex"
        }
        "content-md5" => "payload-changed-after-hashing",
        _ if name.ends_with("-content-sha256") => payload(a, b),
        _ if name == "date" || name.ends_with("-date") => "date-signed-not-date-sent",
        _ if words(a) == words(b) => "header-whitespace-not-collapsed",
        _ if is_repetition(a, b) || is_repetition(b, a) => "header-duplicated-by-case",
        _ if name.ends_with("-copy-source") && percent::decode(a) == percent::decode(b) => "copy-source-not-encoded",
        _ if !a.is_ascii() || !b.is_ascii() => "header-value-charset",
        _ => "volatile-header-signed",
    }
}

/// The type without its parameters.
fn media_type(value: &[u8]) -> &[u8] {
    value.split(|b| *b == b';').next().unwrap_or_default().trim_ascii()
}

/// Whether `many` is `one` several times, joined with commas.
fn is_repetition(one: &[u8], many: &[u8]) -> bool {
    many.len() > one.len() && many.split(|b| *b == b',').all(|value| value.trim_ascii() == one)
}

fn host(a: &[u8], b: &[u8]) -> &'static str {
    let name = |host: &[u8]| {
        let port = host.iter().rposition(|b| *b == b':').filter(|at| host.iter().skip(at + 1).all(u8::is_ascii_digit));
        host.get(..port.unwrap_or(host.len())).unwrap_or_default().to_ascii_lowercase()
    };
    if a.eq_ignore_ascii_case(b) {
        "bucket-or-host-case"
    } else if name(a) == name(b) {
        "host-port-mismatch"
    } else {
        "host-rewritten-by-proxy"
    }
}

fn bucket(difference: &Difference<'_>) -> &'static str {
    match (difference.ours, difference.theirs) {
        (Some(_), None) => "bucket-missing-from-resource",
        (None, _) => "cname-mode-wrong",
        (Some(a), Some(b)) if a.eq_ignore_ascii_case(b) => "bucket-or-host-case",
        _ => "bucket-of-another-request",
    }
}

fn path(a: &[u8], b: &[u8], ours: &Written) -> &'static str {
    let (plain_a, plain_b) = (percent::decode(a), percent::decode(b));
    // V4 signs the path escaped anew, COS and OSS V1 the plain key.
    let escapes = ours.document == Document::CanonicalRequest && ours.part(Role::Payload).is_some();
    let slashes = |path: &[u8]| path.windows(3).filter(|escape| escape.eq_ignore_ascii_case(b"%2f")).count();
    let bucket = ours.part(Role::Bucket).map_or_else(|| first_segment(a), |part| ours.bytes(part));
    if upper_escapes(a) == upper_escapes(b) {
        "percent-hex-case"
    } else if plain_a == plain_b {
        match (escapes, slashes(a) == slashes(b)) {
            (_, false) => "slash-encoded-in-key",
            (true, true) if a.contains(&b'%') && b.contains(&b'%') => "key-encode-set-wrong",
            (true, true) => "key-not-encoded",
            (false, true) => "key-encoded-in-resource",
        }
    } else if percent::decode(&plain_a) == percent::decode(&plain_b) {
        "double-encoded-path"
    } else if replaced(&plain_a, b'+', b' ') == replaced(&plain_b, b'+', b' ') {
        "plus-vs-space"
    } else if tidy(a) == tidy(b) {
        "path-normalised"
    } else if !bucket.is_empty() && b.strip_prefix(bucket) == Some(a) {
        "bucket-duplicated-in-resource"
    } else {
        "path-rewritten-by-proxy"
    }
}

/// `/a` of `/a/b`.
fn first_segment(path: &[u8]) -> &[u8] {
    let end = path.iter().skip(1).position(|b| *b == b'/').map_or(path.len(), |at| at + 1);
    path.get(..end).unwrap_or_default()
}

/// A path without what servers, proxies and clients tidy away.
fn tidy(path: &[u8]) -> Vec<u8> {
    let mut tidy = v4::normalized(&replaced(path, b'\\', b'/')).to_vec();
    if tidy.ends_with(b"/") {
        tidy.pop();
    }
    tidy
}

fn replaced(text: &[u8], from: u8, to: u8) -> Vec<u8> {
    text.iter().map(|b| if *b == from { to } else { *b }).collect()
}

/// The same text with the digits of its escapes in upper case.
fn upper_escapes(text: &[u8]) -> Vec<u8> {
    let mut digits = 0;
    let upper = |byte: &u8| {
        let in_escape = digits > 0;
        digits = if *byte == b'%' { 2 } else { usize::saturating_sub(digits, 1) };
        if in_escape { byte.to_ascii_uppercase() } else { *byte }
    };
    text.iter().map(upper).collect()
}

fn query(difference: &Difference<'_>) -> Option<&'static str> {
    let (a, b) = match (difference.ours, difference.theirs) {
        (Some(a), Some(b)) => (a, b),
        (Some(_), None) => return Some("query-dropped-after-signing"),
        (None, _) => return Some("query-added-after-signing"),
    };
    let (plain_a, plain_b) = (percent::decode(a), percent::decode(b));
    let with_equals = |text: &[u8]| [text, b"="].concat();
    if with_equals(a) == b || with_equals(b) == a {
        Some("query-empty-value-no-equals")
    } else if upper_escapes(a) == upper_escapes(b) {
        Some("percent-hex-case")
    } else if plain_a == plain_b {
        Some("subresource-value-encoded")
    } else if percent::decode(&plain_a) == percent::decode(&plain_b) {
        Some("query-double-encoded")
    } else if replaced(&plain_a, b'+', b' ') == replaced(&plain_b, b'+', b' ') {
        Some("query-space-as-plus")
    } else {
        None
    }
}

fn payload(a: &[u8], b: &[u8]) -> &'static str {
    const EMPTY: &[u8] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let is_hash = |text: &[u8]| text.len() == 64 && text.iter().all(u8::is_ascii_hexdigit);
    if a.eq_ignore_ascii_case(b) {
        "payload-hash-encoding"
    } else if !is_hash(a) || !is_hash(b) {
        "payload-hash-literal-wrong"
    } else if a == EMPTY || b == EMPTY {
        "payload-hash-of-empty-body"
    } else {
        "payload-changed-after-hashing"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        explain::{compare::compare, readback::read_back},
        transcript::Transcript,
    };

    /// The codes of all differences between two texts of one document.
    fn codes(document: Document, ours: &str, theirs: &str) -> Vec<&'static str> {
        let ours = read_back(&Transcript::default(), document, ours.as_bytes());
        let base = Transcript { documents: [ours.clone()].into() };
        let theirs = read_back(&base, document, theirs.as_bytes());
        compare(&ours, &theirs).iter().filter_map(|difference| cause(difference, &ours)).collect()
    }

    const LINES: &str =
        "PUT\n\ntext/plain\nSat, 08 Sep 2012 08:47:22 GMT\nx-oss-acl:private\nx-oss-meta-a:1 2\n/demo/dir/a%20b?acl";

    #[test]
    fn each_part_of_a_v2_text_shows_its_cause() {
        for (from, to, code) in [
            ("PUT\n", "POST\n", "method-rewritten-by-proxy"),
            ("PUT\n", "Put\n", "method-case"),
            ("PUT\n\n", "PUT\n90/psXg8WoVHJmoMNe8RiQ==\n", "header-added-by-proxy"),
            ("text/plain", "text/plain; charset=UTF-8", "content-type-charset-appended"),
            ("text/plain", "application/json", "content-type-added-by-client"),
            ("text/plain", "", "signed-header-removed-by-proxy"),
            (":22 GMT", ":23 GMT", "date-signed-not-date-sent"),
            ("x-oss-acl:private\n", "", "signed-header-removed-by-proxy"),
            ("x-oss-meta-a", "x-oss-behavior:std\nx-oss-meta-a", "header-added-by-proxy"),
            (":1 2", ":12", "header-whitespace-not-collapsed"),
            (":1 2", ":1 2,1 2", "header-duplicated-by-case"),
            (":1 2", ":\u{e9}", "header-value-charset"),
            ("/demo/", "/", "bucket-missing-from-resource"),
            ("/demo/", "/Demo/", "bucket-or-host-case"),
            ("/demo/", "/other/", "bucket-of-another-request"),
            ("/demo/", "/demo/demo/", "bucket-duplicated-in-resource"),
            ("a%20b", "a b", "key-encoded-in-resource"),
            ("/dir/", "/pre/dir/", "path-rewritten-by-proxy"),
            ("?acl", "", "query-dropped-after-signing"),
            ("?acl", "?acl&x-oss-process=x", "query-added-after-signing"),
            ("?acl", "?acl=", "query-empty-value-no-equals"),
        ] {
            assert_eq!(codes(Document::StringToSign, LINES, &LINES.replacen(from, to, 1)), [code], "{from} becomes {to}");
        }
        assert!(codes(Document::StringToSign, LINES, LINES).is_empty());
        let again = "PUT\n\ntext/plain\nSat, 08 Sep 2012 08:47:22 GMT\nx-oss-meta-a:1 2\nx-oss-acl:private\n/demo/dir/a%20b?acl";
        assert_eq!(codes(Document::StringToSign, LINES, again), ["header-sort-wrong"]);
        assert_eq!(codes(Document::StringToSign, "A\nb", "A\nb\n"), ["string-to-sign-newline-wrong"]);
    }

    const CANONICAL: &str = "PUT\n/bk-ex/a%2Bb/%E6.db\nprefix=a%20b&x-id=PutObject\naccept-encoding:identity\ncache-control:no-cache\n\
        host:storage.googleapis.com:8080\nrange:\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20180521T195540Z\n\n\
        accept-encoding;cache-control;host;range;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD";

    #[test]
    fn each_part_of_a_canonical_request_shows_its_cause() {
        for (from, to, code) in [
            ("identity", "identity,gzip(gfe)", "accept-encoding-rewritten"),
            ("accept-encoding:identity", "accept-encoding:", "accept-encoding-rewritten"),
            (":8080", "", "host-port-mismatch"),
            ("storage.googleapis.com", "10.0.0.7", "host-rewritten-by-proxy"),
            ("storage.googleapis.com", "Storage.googleapis.com", "bucket-or-host-case"),
            ("cache-control:no-cache", "cache-control:", "signed-header-removed-by-proxy"),
            ("cache-control:no-cache", "cache-control:max-age=0", "volatile-header-signed"),
            ("range:", "range:bytes=0-", "header-added-by-proxy"),
            ("date:20180521T195540Z", "date:20180521T195541Z", "date-signed-not-date-sent"),
            ("/%E6", "/%e6", "percent-hex-case"),
            ("a%2Bb", "a%20b", "plus-vs-space"),
            ("a%2Bb", "a%252Bb", "double-encoded-path"),
            ("/bk-ex/a", "/bk-ex//a", "path-normalised"),
            (".db", ".db/", "path-normalised"),
            ("/bk-ex/a%2Bb/", "/bk-ex/a%2Bb%2F", "slash-encoded-in-key"),
            (".db", "%2Edb", "key-encode-set-wrong"),
            ("/bk-ex/", "/bk-ex/bk-ex/", "bucket-duplicated-in-resource"),
            ("/bk-ex/", "/", "path-rewritten-by-proxy"),
            ("prefix=a%20b&", "", "query-dropped-after-signing"),
            ("prefix=a%20b&x-id=PutObject", "x-id=PutObject&prefix=a%20b", "query-not-sorted"),
            ("prefix=a%20b", "prefix=a%2Bb", "query-space-as-plus"),
            ("prefix=a%20b", "prefix=a%2520b", "query-double-encoded"),
        ] {
            assert_eq!(
                codes(Document::CanonicalRequest, CANONICAL, &CANONICAL.replacen(from, to, 1)),
                [code],
                "{from} becomes {to}"
            );
        }
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let hashed = CANONICAL.replace("UNSIGNED-PAYLOAD", hash);
        let codes_of = |theirs: &str| codes(Document::CanonicalRequest, &hashed, &hashed.replace(hash, theirs));
        assert_eq!(codes_of("UNSIGNED-PAYLOAD"), ["payload-hash-literal-wrong"; 2]);
        assert_eq!(codes_of(&hash.to_ascii_uppercase()), ["payload-hash-encoding"; 2]);
        assert_eq!(codes_of(&hash.replace('9', "8")), ["payload-changed-after-hashing"; 2]);
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(codes_of(empty), ["payload-hash-of-empty-body"; 2]);
    }

    #[test]
    fn each_part_of_a_scope_shows_its_cause() {
        let ours = "AWS4-HMAC-SHA256\n20260314T150926Z\n20260314/eu-west-1/s3/aws4_request\naa";
        for (from, to, expected) in [
            ("20260314T150926Z", "20260314T150927Z", &["date-signed-not-date-sent"][..]),
            ("20260314/", "20260313/", &["scope-date-mismatch"]),
            ("eu-west-1", "us-east-1", &["region-wrong"]),
            ("/s3/", "/sts/", &["service-wrong"]),
            ("aws4_request", "aliyun_v4_request", &["signature-version-wrong"]),
            ("AWS4-", "OSS4-", &["signature-version-wrong"]),
            (ours, LINES, &["signature-version-wrong"]),
            // The digest follows from the canonical request, a chunk's string from the upload.
            ("aa", "bb", &[]),
            ("SHA256\n", "SHA256-PAYLOAD\n", &[]),
        ] {
            assert_eq!(codes(Document::StringToSign, ours, &ours.replacen(from, to, 1)), expected, "{from} becomes {to}");
        }
    }
}

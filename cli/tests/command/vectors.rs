//! The vectors of the official SDKs through the command.

use crate::run::{Seen, countersign, run, run_with};
use countersign::{Timestamp, wire::query};
use countersign_tests::{Case, load};
use serde_json::Value;

/// Schemes by the file of their vectors. Tokens and forms are in `tokens`.
const COVERED: [(&str, &[&str]); 5] = [
    ("cos", &["cos-xml-header", "cos-xml-url"]),
    ("kodo", &["kodo-qbox", "kodo-mac", "kodo-private-url", "kodo-cdn-antileech"]),
    ("ks3", &["ks3-v2-header", "ks3-v2-url"]),
    ("oss", &["oss-v1-header", "oss-v1-url", "oss-v4-header", "oss-v4-url"]),
    ("s3", &["s3-v4-header", "s3-v4-url", "s3-v2-header", "s3-v2-url", "aws-v4-generic"]),
];

pub fn cases() -> impl Iterator<Item = Case> {
    COVERED.into_iter().flat_map(|(file, schemes)| load(file).cases.into_iter().filter(|case| schemes.contains(&&*case.scheme)))
}

/// What no option of the command says: a service that takes the path as it is, a token left out of
/// the signature, a documentation example against its own rule, a header of several lines beside a URL,
/// a captured message without a path, which Kodo signs as it is.
pub fn is_beyond_the_options(case: &Case) -> bool {
    case.option("normalize") == Some(false)
        || case.option("omit_session_token") == Some(true)
        || case.options.get("omit_query").is_some()
        || case.option("date_from_amz") == Some(true)
        || case.scheme.starts_with("kodo-")
            && case.request.as_ref().is_some_and(|request| request.url.split('/').nth(3).is_none())
        || case.expect.url.is_some() && case.request.iter().flat_map(|r| &r.headers).any(|(_, value)| value.contains('\n'))
}

/// The options that say what the request does not.
fn options(case: &Case) -> Vec<String> {
    let mut options = Vec::new();
    let mut add = |name: &str, value: Option<&str>| {
        options.extend(value.filter(|value| !value.is_empty()).map(|value| format!("--{name}={value}")));
    };
    add("bucket", case.bucket.as_deref());
    add("region", case.region.as_deref());
    add("service", case.service.as_deref().or(case.product.as_deref()));
    add("at", clock(case).as_deref());
    let addressing = match (case.addressing.as_deref(), case.option("virtual_host")) {
        (Some("path"), _) | (_, Some(false)) => Some("path"),
        (Some("cname"), _) => Some("custom"),
        (Some("virtual"), _) | (_, Some(true)) => Some("virtual"),
        _ => None,
    };
    add("addressing", addressing);
    // This SDK signs the host without the port it sends.
    let url = case.request.as_ref().map_or("", |message| &message.url);
    let host = url.split(['/', ':']).nth(3).filter(|_| case.option("host_no_port") == Some(true));
    add("host", host);
    options
}

/// When a case was signed. The times of COS stand in the key, those of Kodo's links are told by their end.
fn clock(case: &Case) -> Option<String> {
    let text = |name| case.rest.get(name).and_then(Value::as_str);
    let start = text("key_time").and_then(|time| time.split(';').next()?.parse().ok());
    let start = start.or_else(|| Some(link_end(case)? - LINK_LIFE));
    start.map(|start| Timestamp::from_unix(start).to_string()).or_else(|| case.time.clone())
}

/// The end of a link of Kodo.
fn link_end(case: &Case) -> Option<i64> {
    let fields = case.expect.url.as_ref().and(case.expect.rest.get("fields"))?;
    fields.get("e").or(fields.get("deadline"))?.as_i64()
}

/// The life given to links of Kodo, of which only the end is signed.
const LINK_LIFE: i64 = 3_600;

/// The life of what is signed.
fn life(case: &Case) -> Option<i64> {
    let key_time = case.rest.get("key_time").and_then(Value::as_str).and_then(|time| time.split_once(';'));
    let seconds = |text: &str| text.parse::<i64>().unwrap();
    let keyed = key_time.map(|(start, end)| seconds(end) - seconds(start));
    keyed.or_else(|| link_end(case).map(|_| LINK_LIFE)).or(case.expires)
}

/// The URL to sign. The path of a link for the CDN is signed as the SDK escaped it, and a policy of KS3
/// stands in the URL before it is signed.
fn unsigned_url(case: &Case) -> String {
    let url = &case.request.as_ref().unwrap().url;
    match case.expect.rest.get("fields").and_then(|fields| fields.get("path")).and_then(Value::as_str) {
        Some(path) if case.scheme == "kodo-cdn-antileech" => {
            let (front, rest) = url.split_at(url.find("://").unwrap() + 3);
            let (host, _) = rest.split_once('/').unwrap();
            let query = rest.find('?').map_or("", |at| &rest[at..]);
            format!("{front}{host}{path}{query}")
        }
        _ => {
            let policy =
                case.expect.url.iter().flat_map(|url| url.split(['?', '&'])).find(|param| param.starts_with("X-Kss-Policy="));
            policy.map_or_else(|| url.clone(), |policy| format!("{url}?{policy}"))
        }
    }
}

/// The request to `url` as it is on the wire, with these header fields behind its own.
pub fn raw(case: &Case, url: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let message = case.request.as_ref().unwrap();
    let (transport, rest) = url.split_once("://").unwrap();
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = rest.split_at(at);
    // Clients leave the default port out of the header.
    let host = host.strip_suffix(if transport == "https" { ":443" } else { ":80" }).unwrap_or(host);
    let slash = if target.starts_with('/') { "" } else { "/" };
    let mut out = format!("{} {slash}{target} HTTP/1.1\r\n", message.method);
    if !message.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        out.push_str(&format!("Host: {host}\r\n"));
    }
    let own = message.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in own.chain(more.iter().copied()) {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    // Some vectors state a digest of a body they do not give: theirs is the head alone.
    let has_digest = message
        .headers
        .iter()
        .any(|(name, _)| ["content-md5", "x-amz-content-sha256"].iter().any(|own| name.eq_ignore_ascii_case(own)));
    if message.body.is_some() || !has_digest {
        out.push_str("\r\n");
        out.push_str(message.body.as_deref().unwrap_or_default());
    }
    out.into_bytes()
}

/// Whether a URL says all of the request, given its verb and header fields: there is no body.
fn is_without_body(case: &Case) -> bool {
    case.request.as_ref().is_some_and(|message| matches!(&*message.method, "GET" | "HEAD" | "DELETE"))
}

/// What a URL does not say, as options.
fn url_options(case: &Case) -> Vec<String> {
    let message = case.request.as_ref().unwrap();
    let headers = message.headers.iter().map(|(name, value)| format!("--header={name}: {value}"));
    std::iter::once(format!("--method={}", message.method)).chain(headers).collect()
}

pub fn secret(case: &Case) -> &str {
    case.credentials.secret.as_deref().unwrap_or_default()
}

/// What the command says of what an SDK signed; `None` when that is no request.
pub fn asked(words: &[&str], case: &Case) -> Option<Seen> {
    let mut args: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    args.extend(options(case));
    let command = |args: &[String]| {
        let mut command = countersign(args.iter().map(String::as_str));
        command.env("COUNTERSIGN_SECRET_KEY", secret(case));
        command
    };
    Some(match (&case.expect.url, &case.expect.authorization) {
        (Some(url), _) if is_without_body(case) => {
            args.extend(url_options(case));
            args.push(url.clone());
            run(&mut command(&args))
        }
        (Some(url), _) => run_with(&mut command(&args), &raw(case, url, &[])),
        (None, Some(authorization)) => {
            let own = &case.request.as_ref()?.url;
            run_with(&mut command(&args), &raw(case, own, &[("Authorization", authorization)]))
        }
        (None, None) => return None,
    })
}

#[test]
fn what_the_sdks_signed_verifies() {
    let mut verified = 0;
    for case in cases().filter(|case| !is_beyond_the_options(case)) {
        let Some(seen) = asked(&["verify"], &case) else { continue };
        // What a vendor's server would refuse all the same (a body's MD5 in hexadecimal, path style at OSS) is said so.
        let refused = REFUSED.contains(&case.id.as_str());
        assert_eq!(seen.status, Some(i32::from(refused)), "{}: {} {}", case.id, seen.out, seen.err);
        let first = if refused { "WOULD BE REFUSED  (text, seen) the signature is right" } else { "MATCHES" };
        assert!(seen.out.starts_with(first), "{}: {}", case.id, seen.out);
        verified += 1;
    }
    assert_eq!(verified, 508);
}

/// Examples that are signed rightly and would be refused.
const REFUSED: [&str; 5] = ["doc-v1-header-nelson", "v1h-path-style", "v1u-path-style", "v4h-a-path-style", "v4h-b-path"];

/// The names an SDK listed as signed: an input of signing.
fn listed(authorization: &str, url: &str) -> Option<String> {
    let in_header = ["SignedHeaders=", "AdditionalHeaders=", "q-header-list="].into_iter().find_map(|item| {
        authorization.split_once(item).map(|(_, rest)| rest.split([',', ' ', '&']).next().unwrap_or_default().to_owned())
    });
    let in_url = query::params(url.split_once('?').map_or("", |(_, query)| query).as_bytes())
        .find(|param| ["X-Amz-SignedHeaders", "x-oss-additional-headers", "q-header-list"].iter().any(|name| param.is(name)))
        .and_then(|param| param.value())
        .map(|value| String::from_utf8_lossy(&value).into_owned());
    in_header.or(in_url)
}

#[test]
fn signing_gives_what_the_sdks_gave() {
    let mut compared = 0;
    for case in cases().filter(|case| !is_beyond_the_options(case)) {
        let id = case.credentials.access_key_id.clone().unwrap();
        let mut args = vec!["sign".to_owned(), "--format=json".into(), format!("--scheme={}", case.scheme)];
        args.push(format!("--access-key-id={id}"));
        args.extend(options(&case));
        let expect = &case.expect;
        let names = listed(expect.authorization.as_deref().unwrap_or_default(), expect.url.as_deref().unwrap_or_default());
        // Each case of this scheme says itself whether it has a date.
        let names = names.or_else(|| (case.scheme == "kodo-mac").then(String::new));
        args.extend(names.map(|names| format!("--signed-headers={names}")));
        let no_params = expect.rest.get("url_param_list").and_then(Value::as_str) == Some("");
        args.extend(no_params.then(|| "--signed-params=".to_owned()));
        args.extend(life(&case).map(|seconds| format!("--expires={seconds}")));
        let token = case.credentials.security_token.clone().unwrap_or_default();
        let own = &unsigned_url(&case);
        let is_url = case.expect.url.is_some() && is_without_body(&case);
        if is_url {
            args.extend(url_options(&case));
            args.push(own.clone());
        }
        let mut command = countersign(args.iter().map(String::as_str));
        command.env("COUNTERSIGN_SECRET_KEY", secret(&case)).env("COUNTERSIGN_SESSION_TOKEN", token);
        let seen = if is_url { run(&mut command) } else { run_with(&mut command, &raw(&case, own, &[])) };
        assert_eq!(seen.status, Some(0), "{}: {} {}", case.id, seen.out, seen.err);
        let made: Value = serde_json::from_str(&seen.out).unwrap();
        assert_eq!(made["signature"].as_str(), expect.signature.as_deref(), "{}", case.id);
        compared += 1;
    }
    assert_eq!(compared, 508);
}

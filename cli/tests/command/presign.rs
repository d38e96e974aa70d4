//! What is signed is what a client sends and a server reads, or it is said that it is not.

use crate::run::{ID, SECRET, Seen, countersign, run};
use std::process::Command;

const AT: &str = "2026-05-01T08:33:00Z";

fn presign(url: &str, scheme: &str, more: &[&str]) -> Seen {
    let args = ["presign", url, "--scheme", scheme, "--access-key-id", ID, "--at", AT];
    run(with_secret(&mut countersign(args.into_iter().chain(more.iter().copied()))))
}

fn with_secret(command: &mut Command) -> &mut Command {
    command.env("COUNTERSIGN_SECRET_KEY", SECRET)
}

/// The signatures are made with Python's hmac and hashlib, over the URL as clients send it.
#[test]
fn what_no_url_may_hold_is_signed_as_it_is_sent() {
    for (url, scheme, signed) in [
        (
            "https://x.example.com/照 a.jpg",
            "kodo-private-url",
            "https://x.example.com/%E7%85%A7%20a.jpg?e=1777625280&token=CSIDEXAMPLE0001:FFISlvFG_oVb70sppp4e2WRWiAk=",
        ),
        (
            "https://x.example.com/照 a.jpg",
            "kodo-cdn-antileech",
            "https://x.example.com/%E7%85%A7%20a.jpg?sign=92e26c3784e086767762ae4240f07d3b&t=69f468c0",
        ),
        (
            "https://b.s3.amazonaws.com/照 a.jpg",
            "s3-v2-url",
            "https://b.s3.amazonaws.com/%E7%85%A7%20a.jpg?AWSAccessKeyId=CSIDEXAMPLE0001&Expires=1777625280\
             &Signature=BWe0Zq%2FOjR7IhiMA%2BRICJyllckw%3D",
        ),
    ] {
        let seen = presign(url, scheme, &[]);
        assert_eq!((seen.status, seen.out.trim_end()), (Some(0), signed), "{seen:?}");
        assert!(seen.err.contains("sent escaped, and is signed with them escaped"), "{seen:?}");
        // Escaped before, it is the same.
        let again = presign(&url.replace('照', "%E7%85%A7").replace(' ', "%20"), scheme, &[]);
        assert_eq!((again.out, again.err.as_str()), (seen.out, ""));
    }
    // Who asks for this very URL to be signed is warned.
    let args = ["sign", "https://x.example.com/照.jpg", "--scheme", "kodo-private-url", "--access-key-id", ID, "--expires", "1h"];
    let seen = run(with_secret(&mut countersign(args)));
    assert!(seen.status == Some(0) && seen.err.contains("clients send some of its characters escaped"), "{seen:?}");
    let seen = presign("https://b.s3.amazonaws.com/a b.jpg", "s3-v4-url", &["--region", "us-east-1", "--curl"]);
    assert!(seen.out.starts_with("curl 'https://b.s3.amazonaws.com/a%20b.jpg?X-Amz-"), "{seen:?}");
}

#[test]
fn a_parameter_that_signing_adds_must_not_be_there() {
    for (url, scheme, name) in [
        ("https://b.oss-cn-hangzhou.aliyuncs.com/a?Expires=1&Signature=x", "oss-v1-url", "Expires"),
        ("https://b.s3.eu-west-1.amazonaws.com/a?Signature=x&Expires=1", "s3-v2-url", "Signature"),
        ("https://b.ks3-cn-beijing.ksyuncs.com/a?Signature=x", "ks3-v2-url", "Signature"),
        ("https://b.s3.eu-west-1.amazonaws.com/a?X-Amz-Expires=1", "s3-v4-url", "X-Amz-Expires"),
    ] {
        let seen = presign(url, scheme, &["--region", "eu-west-1"]);
        assert_eq!((seen.status, seen.out.as_str()), (Some(2), ""), "{seen:?}");
        assert!(seen.err.contains(&format!("the URL has `{name}` already")), "{seen:?}");
    }
    // The service reads the last one, and all of the URL is signed; made with Python's hmac.
    let seen = presign("https://x.example.com/a?e=1", "kodo-private-url", &[]);
    let signed = "https://x.example.com/a?e=1&e=1777625280&token=CSIDEXAMPLE0001:3qQxLuLH0X2k-dhjXc8iI8GMTKY=";
    assert_eq!((seen.status, seen.out.trim_end(), seen.err.as_str()), (Some(0), signed, ""), "{seen:?}");
}

#[test]
fn a_bucket_that_nothing_tells_is_asked_for() {
    for (scheme, more) in [
        ("oss-v1-url", &[][..]),
        ("oss-v1-url", &["--addressing", "custom"]),
        ("oss-v4-url", &["--region", "cn-hangzhou"]),
        ("ks3-v2-url", &[]),
    ] {
        let url = "https://img.example.com/dir/a.jpg";
        let seen = presign(url, scheme, more);
        assert_eq!((seen.status, seen.out.as_str()), (Some(2), ""), "{seen:?}");
        assert!(seen.err.contains("the host does not tell it; name the bucket"), "{seen:?}");
        let named: Vec<_> = more.iter().copied().chain(["--bucket", "photos"]).collect();
        assert_eq!(presign(url, scheme, &named).err, "");
    }
    assert_eq!(presign("https://img.example.com/dir/a.jpg", "oss-v1-url", &["--addressing", "path"]).err, "");
    // Where the host names it, or is it, and where the path is signed as it is.
    assert_eq!(presign("https://img.example.com/dir/a.jpg", "s3-v2-url", &["--addressing", "custom"]).err, "");
    assert_eq!(presign("https://photos.oss-cn-hangzhou.aliyuncs.com/dir/a.jpg", "oss-v1-url", &[]).err, "");
    let seen = presign("http://minio.example.com:9000/photos/a.jpg", "s3-v2-url", &[]);
    assert!(seen.status == Some(0) && seen.err.contains("`photos`, the first segment of the path"), "{seen:?}");
    let said = presign("http://minio.example.com:9000/photos/a.jpg", "s3-v2-url", &["--addressing", "path"]);
    assert_eq!((said.out, said.err.as_str()), (seen.out, ""));
}

#[test]
fn a_region_against_the_host_is_warned_of() {
    for (url, scheme, region, right) in [
        ("https://b.s3.eu-west-1.amazonaws.com/a", "s3-v4-url", "us-east-1", "eu-west-1"),
        ("https://b.oss-cn-hangzhou.aliyuncs.com/a", "oss-v4-url", "oss-cn-hangzhou", "cn-hangzhou"),
    ] {
        let seen = presign(url, scheme, &["--region", region]);
        assert_eq!(seen.status, Some(0), "{seen:?}");
        assert!(seen.err.contains(&format!("was made for the region `{region}`, and the host says `{right}`")), "{seen:?}");
        assert_eq!(presign(url, scheme, &["--region", right]).err, "");
    }
}

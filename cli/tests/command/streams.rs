//! Pipes, long bodies and what does not fit.

use crate::run::{ID, SECRET, countersign, folder, run, run_with};
use std::{
    io::{Read, Write},
    process::Stdio,
};

const GOOD: &[u8] = include_bytes!("../cmd/inputs/good.http");

#[test]
fn standard_input_is_read_when_nothing_is_named() {
    for args in [&["decode"][..], &["decode", "-"]] {
        let seen = run_with(&mut countersign(args.iter().copied()), GOOD);
        assert_eq!(seen.status, Some(0), "{seen:?}");
        assert!(seen.out.contains(ID), "{seen:?}");
    }
    let seen = run_with(&mut countersign(["decode"]), b"");
    assert_eq!(seen.status, Some(2));
    assert!(seen.err.contains("standard input is empty"), "{seen:?}");
}

#[test]
fn every_shell_gets_completions_for_every_verb() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let seen = run(&mut countersign(["completions", shell]));
        assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""));
        for word in
            ["explain", "verify", "sign", "presign", "token", "policy", "callback", "decode", "completions", "secret-file"]
        {
            assert!(seen.out.contains(word), "{shell}: {word}");
        }
    }
}

/// The sample was signed without its `Content-Type`.
#[test]
fn the_sample_differs_in_its_content_type_alone() {
    let sample = include_str!("../../samples/put-403.http");
    let secret = include_str!("../../samples/secret.txt").trim_end();
    let without: String = sample.split_inclusive('\n').filter(|line| !line.starts_with("Content-Type")).collect();
    assert_ne!(sample, without);
    for (message, status) in [(sample, 1), (&*without, 0)] {
        let mut command = countersign(["verify", "--at", "2026-05-01T08:33:00Z"]);
        let seen = run_with(command.env("COUNTERSIGN_SECRET_KEY", secret), message.as_bytes());
        assert_eq!(seen.status, Some(status), "{seen:?}");
    }
}

#[test]
fn line_ends_may_be_either() {
    let text = String::from_utf8(GOOD.to_vec()).unwrap();
    for message in [text.clone(), text.replace('\n', "\r\n")] {
        let seen = run_with(
            countersign(["verify", "--at", "2026-05-01T08:33:00Z"]).env("COUNTERSIGN_SECRET_KEY", SECRET),
            message.as_bytes(),
        );
        assert_eq!(seen.status, Some(0), "{seen:?}");
    }
}

#[test]
fn a_request_cannot_steer_the_terminal() {
    let message = "GET /a\u{1b}]0;x\u{7}\u{202e}.jpg HTTP/1.1\nHost: photos.oss-cn-hangzhou.aliyuncs.com\n\
                   Date: \u{1b}[2J\nAuthorization: OSS \u{1b}[31mid:c2lnbmF0dXJl\n\n";
    // `{"scope":"\\u001b[31m","deadline":1}`, a token that is none, and fields with the sequences themselves.
    let tokens = "id\u{1b}[2J:c2ln:eyJzY29wZSI6Ilx1MDAxYlszMW0iLCJkZWFkbGluZSI6MX0=\n\u{202e}a:b:c\n";
    let form = "{\"policy\":\"e30=\",\"KSSAccessKeyId\":\"\\u001b[31mid\",\"signature\":\"\\u202e\"}";
    for input in [tokens, tokens.lines().next().unwrap(), form] {
        for args in [&["decode"][..], &["decode", "--scheme=kodo-upload-token"], &["verify"], &["explain"]] {
            let seen = run_with(countersign(args.iter().copied()).env("COUNTERSIGN_SECRET_KEY", SECRET), input.as_bytes());
            assert!(!seen.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{seen:?}");
            assert!(!seen.err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{seen:?}");
        }
    }
    for args in [&["decode"][..], &["verify"], &["explain"], &["verify", "--scheme=s3-v2-header"]] {
        let seen = run_with(countersign(args.iter().copied()).env("COUNTERSIGN_SECRET_KEY", SECRET), message.as_bytes());
        assert!(!seen.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{seen:?}");
        assert!(!seen.err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{seen:?}");
        assert!(seen.out.contains("<U+001B>[31mid") || seen.status == Some(2), "{seen:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut command = countersign(["completions", "bash"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Completions are longer than a pipe's first bytes, and nobody reads the rest.
    let mut start = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}

#[test]
fn a_body_too_long_to_keep_is_hashed_on_its_way() {
    // Three pieces of 8 MiB: the whole is over the limit of 16 MiB.
    let piece = vec![b'x'; 8 << 20];
    let head = "PUT /a HTTP/1.1\r\nHost: photos.s3.amazonaws.com\r\n\r\n";
    let path = folder("long-body").join("put.http");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(head.as_bytes()).unwrap();
    (0..3).for_each(|_| file.write_all(&piece).unwrap());
    let args = ["sign", path.to_str().unwrap(), "--scheme", "s3-v4-header", "--region", "us-east-1", "--access-key-id", ID];
    let seen = run(countersign(args).env("COUNTERSIGN_SECRET_KEY", SECRET));
    assert_eq!(seen.status, Some(0), "{seen:?}");
    // sha256sum of 25,165,824 times `x`.
    assert!(
        seen.out.contains("x-amz-content-sha256: f2deb61684a0aa6f0fb8d808348b5ec16d3f209e80619a72a40be9465bbd61d5\r\n"),
        "{seen:?}"
    );
    assert!(seen.out.ends_with("\r\n\r\n"), "{seen:?}");
    assert!(seen.err.contains("the body of 25,165,824 bytes is too long to be repeated here"), "{seen:?}");
}

#[test]
fn a_head_without_end_is_refused() {
    let mut message = b"GET /a HTTP/1.1\r\nHost: photos.s3.amazonaws.com\r\nX-Long: ".to_vec();
    message.resize((16 << 20) + 2, b'x');
    let seen = run_with(&mut countersign(["decode"]), &message);
    assert_eq!((seen.status, seen.out.as_str()), (Some(2), ""), "{}", seen.err);
    assert_eq!(seen.err, "error: standard input: request line and headers exceed the limit of 16 MiB\n");
}

#[test]
fn what_sign_prints_verifies() {
    let message = b"PUT /2026/a%20b.jpg HTTP/1.1\r\nHost: photos.oss-cn-hangzhou.aliyuncs.com\r\nx-oss-meta-owner:  alice \r\n\r\nbody\x00\xff\n";
    for scheme in ["oss-v1-header", "oss-v4-header"] {
        let args = ["sign", "--scheme", scheme, "--region", "cn-hangzhou", "--access-key-id", ID, "--at", "2026-05-01T08:33:00Z"];
        let mut command = countersign(args);
        command.env("COUNTERSIGN_SECRET_KEY", SECRET).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(message).unwrap();
        let signed = child.wait_with_output().unwrap().stdout;
        assert!(signed.ends_with(b"\r\n\r\nbody\x00\xff\n"), "{}", signed.escape_ascii());
        assert!(signed.starts_with(message.split_at(message.len() - 9).0), "{}", signed.escape_ascii());
        let mut verify = countersign(["verify", "--at", "2026-05-01T08:33:00Z"]);
        let seen = run_with(verify.env("COUNTERSIGN_SECRET_KEY", SECRET), &signed);
        assert_eq!(seen.status, Some(0), "{seen:?}");
    }
}

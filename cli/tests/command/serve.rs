//! The service for uploads as it is run: it says where it is, answers, logs, and ends when it is told to.

use crate::run::{ID, SECRET, countersign, folder, run};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

const TOKEN: &str = "made-up-token-of-alice-for-tests";
const KEY: &str = "made-up-key-of-tickets-for-tests";

/// Sends a request, and gives the status and the body.
fn ask(host: &str, head: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(stream, "{head} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAuthorization: Bearer {TOKEN}\r\n").unwrap();
    write!(stream, "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

#[test]
fn it_serves_until_it_is_told_to_end_and_shows_no_secret() {
    let policy = folder("serve").join("upload.toml");
    std::fs::write(
        &policy,
        "[storage]\nprovider = \"s3\"\nbucket = \"photos\"\nregion = \"eu-west-1\"\n\
         [upload]\nkey = \"u/{user}/{uuid}{ext}\"\ntypes = [\"image/png\"]\nmax_size = \"1MB\"\nlife = \"15m\"\n",
    )
    .unwrap();
    let mut command = countersign(["serve", policy.to_str().unwrap(), "--listen=127.0.0.1:0", "--format=json"]);
    command.envs([("COUNTERSIGN_SECRET_KEY", SECRET), ("COUNTERSIGN_ACCESS_KEY_ID", ID), ("COUNTERSIGN_TICKET_KEY", KEY)]);
    command.env("COUNTERSIGN_SERVE_TOKENS", format!("alice={TOKEN}"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let first: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(first["storage"], "https://photos.s3.eu-west-1.amazonaws.com");
    let host = first["url"].as_str().unwrap().strip_prefix("http://").unwrap().strip_suffix("/upload/").unwrap().to_owned();

    let (status, page) = ask(&host, "GET /upload/", "");
    assert!(status.ends_with("200 OK") && page.starts_with("<!doctype html>"), "{status}");
    let (status, given) = ask(&host, "POST /token", r#"{"name":"a.png","size":1,"type":"image/png"}"#);
    assert!(status.ends_with("200 OK"), "{status} {given}");
    let given: Value = serde_json::from_str(&given).unwrap();
    let (status, refused) = ask(&host, "POST /token", r#"{"name":"a.html","size":1,"type":"text/html"}"#);
    assert!(status.contains("415") && refused.contains("type_not_allowed"), "{status} {refused}");

    let ended = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(ended.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let log = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |line: &Value| (line["path"].clone(), line["status"].clone(), line["user"].clone(), line["code"].clone());
    assert_eq!(told(&lines[0]), ("/upload/".into(), 200.into(), Value::Null, Value::Null));
    assert_eq!(told(&lines[1]), ("/token".into(), 200.into(), "alice".into(), Value::Null));
    assert_eq!(lines[1]["key"], given["key"]);
    assert_eq!(told(&lines[2]), ("/token".into(), 415.into(), "alice".into(), "type_not_allowed".into()));
    for secret in [SECRET, TOKEN, KEY] {
        assert!(!log.contains(secret) && !given.to_string().contains(secret));
    }
}

#[test]
fn with_json_every_line_of_the_log_is_json() {
    let policy = folder("serve-log").join("upload.toml");
    let written = |types: &str| {
        format!(
            "[storage]\nprovider = \"s3\"\nbucket = \"photos\"\nregion = \"eu-west-1\"\n\
             [upload]\nkey = \"u/{{user}}/{{uuid}}{{ext}}\"\ntypes = {types}\nmax_size = \"1MB\"\nlife = \"15m\"\n"
        )
    };
    // What it warns of when it starts, and that uploads cannot be resumed.
    std::fs::write(&policy, written("[\"text/html\"]")).unwrap();
    let serve = || {
        let mut command = countersign(["serve", policy.to_str().unwrap(), "--listen=127.0.0.1:0", "--format=json"]);
        command.envs([("COUNTERSIGN_SECRET_KEY", SECRET), ("COUNTERSIGN_ACCESS_KEY_ID", ID)]);
        command.env("COUNTERSIGN_SERVE_TOKENS", format!("alice={TOKEN}"));
        command
    };
    let mut child = serve().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let log = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["level"].as_str()).collect::<Vec<_>>(), [Some("warning"), Some("note")]);
    assert!(lines[0]["message"].as_str().unwrap().contains("text/html") && lines[0]["help"].is_string(), "{log}");
    // And why it does not start.
    std::fs::write(&policy, written("[]")).unwrap();
    let seen = run(&mut serve());
    let line: Value = serde_json::from_str(&seen.err).unwrap();
    assert_eq!((seen.status, &line["level"]), (Some(2), &"error".into()));
    assert!(
        line["message"].as_str().unwrap().ends_with("`upload.types` is empty; expected the types that may be uploaded"),
        "{line}"
    );
}

#[test]
fn a_new_token_is_never_the_same_and_fits_its_hash() {
    let made = || {
        let seen = run(&mut countersign(["serve", "--new-token", "--format=json"]));
        serde_json::from_str::<Value>(&seen.out).unwrap()
    };
    let (one, other) = (made(), made());
    assert_ne!(one["token"], other["token"]);
    assert_eq!(one["token"].as_str().unwrap().len(), 43);
    // The hash is that of the token, as anybody computes it.
    let mut child = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(one["token"].as_str().unwrap().as_bytes()).unwrap();
    let sum = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(one["hash"], format!("sha256:{}", sum.split(' ').next().unwrap()));
}

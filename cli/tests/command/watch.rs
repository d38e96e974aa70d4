//! A long search: Ctrl-C ends it, and what was found until then is shown.

use crate::{
    run::{SECRET, countersign},
    secrets::OTHER,
};
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

#[cfg(unix)]
#[test]
fn ctrl_c_shows_what_was_found_so_far() {
    let long = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/many-parts.http");
    let mut command = countersign(["explain", long, "--depth", "3", "--at", "2026-05-01T08:33:00Z"]);
    let child = command.env("COUNTERSIGN_SECRET_KEY", SECRET).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    std::thread::sleep(Duration::from_millis(700));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(2), "{out} {err}");
    assert!(out.starts_with("DOES NOT MATCH") && out.contains("the search was cut short"), "{out}");
    assert!(err.contains("interrupted: not everything was tried"), "{err}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn nothing_but_the_report_is_shown_where_there_is_no_terminal() {
    let mut command = countersign(["explain", OTHER, "--depth", "3", "--at", "2026-05-01T08:33:00Z"]);
    let output = command.env("COUNTERSIGN_SECRET_KEY", SECRET).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty() && !output.stdout.contains(&b'\x1b'), "{}", String::from_utf8_lossy(&output.stderr));
}

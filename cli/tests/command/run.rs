//! Runs the command with nothing in its environment but what a test puts there.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The pair the tests are done with.
pub const ID: &str = "CSIDEXAMPLE0001";
pub const SECRET: &str = "madeUpSecretOnlyForThisExample";

/// The command with these arguments.
pub fn countersign<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.args(args).env_clear().env("COLUMNS", "100").env("HOME", "/nonexistent").stdin(Stdio::null());
    command
}

/// A folder of its own for a test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What came of it.
#[derive(Debug)]
pub struct Seen {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

pub fn run(command: &mut Command) -> Seen {
    seen(command.output().unwrap())
}

/// Runs with `input` on standard input.
pub fn run_with(command: &mut Command, input: &[u8]) -> Seen {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // The command may end before it has read everything.
        scope.spawn(move || stdin.write_all(input));
        seen(child.wait_with_output().unwrap())
    })
}

fn seen(output: Output) -> Seen {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let seen = Seen { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    assert_ne!(seen.status, Some(101), "the command panicked: {}", seen.err);
    seen
}

//! Running this program under callgrind, and reading what it wrote.

use std::{
    env, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What an operation took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// All but the compression functions.
    pub own: u64,
    /// The compression functions, in software.
    pub hashing: u64,
}

/// The counts of all operations, which this program runs when it is started with `option`.
pub fn count(option: &str, names: &[&'static str]) -> Result<Vec<(&'static str, Count)>, String> {
    let folder = env::temp_dir().join(format!("countersign-instructions-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let counts = run(option, &folder).and_then(|out| names.iter().enumerate().map(|(at, name)| read(&out, at, name)).collect());
    let _ = fs::remove_dir_all(&folder);
    counts
}

fn run(option: &str, folder: &Path) -> Result<PathBuf, String> {
    let this = env::current_exe().map_err(|error| format!("this program does not find itself: {error}"))?;
    let out = folder.join("out");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--compress-strings=no", "--compress-pos=no", "--collect-atstart=no"]);
    // Names of one option each: valgrind loses one of two that are given for the same function.
    valgrind.args(["--dump-before=instructions::next", "--toggle-collect=instructions::counted"]);
    valgrind.arg(format!("--callgrind-out-file={}", out.display())).arg(this).arg(option);
    // Whatever the environment holds moves the stack, and with it a few instructions of copying.
    valgrind.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
    match valgrind.stdout(Stdio::null()).stderr(Stdio::piped()).output() {
        Ok(output) if output.status.success() => Ok(out),
        Ok(output) => Err(format!("valgrind ended with {}:\n{}", output.status, String::from_utf8_lossy(&output.stderr))),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err("valgrind is not installed: `apt-get install --no-install-recommends valgrind`".into())
        }
        Err(error) => Err(format!("valgrind cannot be started: {error}")),
    }
}

/// The count of the operation at `at`. The first dump is of what came before it, and they are numbered from 1.
fn read(out: &Path, at: usize, name: &'static str) -> Result<(&'static str, Count), String> {
    let path = out.with_extension((at + 2).to_string());
    let text = fs::read_to_string(&path).map_err(|error| format!("nothing was counted of `{name}`: {error}"))?;
    let count = sum(&text);
    if count.own == 0 {
        return Err(format!("nothing was counted of `{name}`: valgrind did not find the function `instructions::counted`"));
    }
    Ok((name, count))
}

/// Adds up a profile: `fn=` names a function, lines of figures are its own cost, and the line behind `calls=` is that
/// of the functions it called.
fn sum(profile: &str) -> Count {
    let mut count = Count { own: 0, hashing: 0 };
    let (mut compressing, mut called) = (false, false);
    for line in profile.lines() {
        if let Some(function) = line.strip_prefix("fn=") {
            compressing = ["sha1::", "sha2::", "md5::"].iter().any(|krate| function.contains(krate))
                && function.contains("compress")
                && !function.contains("countersign");
        } else if line.starts_with("calls=") {
            called = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit()) {
            let cost = line.split(' ').nth(1).and_then(|cost| cost.parse::<u64>().ok()).unwrap_or_default();
            if !std::mem::take(&mut called) {
                *(if compressing { &mut count.hashing } else { &mut count.own }) += cost;
            }
        }
    }
    count
}

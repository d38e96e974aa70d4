//! What was counted before, and whether it is still so.

use super::callgrind::Count;
use std::{collections::BTreeMap, env::consts::ARCH, fmt::Write as _, fs, path::PathBuf, process::ExitCode};

/// By how many per cent a count may exceed the baseline.
const TOLERANCE: f64 = 3.0;
/// The same where another compiler built it: its counts are others for reasons of its own.
const TOLERANCE_OF_ANOTHER_COMPILER: f64 = 15.0;

const RENEW: &str = "cargo bench -p countersign-bench --bench instructions -- --write";

/// What built the program whose instructions are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    pub compiler: String,
    pub architecture: String,
}

impl Built {
    /// The compiler on this machine, which cargo has just used.
    pub fn here() -> Self {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let version = std::process::Command::new(rustc).arg("--version").output().ok();
        let version = version.and_then(|output| String::from_utf8(output.stdout).ok());
        let compiler = version.map_or_else(|| "an unknown compiler".into(), |version| version.trim().to_owned());
        Self { compiler, architecture: ARCH.into() }
    }
}

/// The counts of a build.
pub struct Baseline<N> {
    pub built: Built,
    pub counts: Vec<(N, Count)>,
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/instructions/baseline.txt")
}

impl Baseline<&'static str> {
    /// Makes it the committed one.
    pub fn write(&self) -> Result<(), String> {
        let mut text = String::from(
            "# Instructions of each operation: all but the compression functions, and these, in software.\n\
             # Written by `cargo bench -p countersign-bench --bench instructions -- --write`.\n",
        );
        let _ = writeln!(text, "built-by {}\narchitecture {}", self.built.compiler, self.built.architecture);
        for (name, count) in &self.counts {
            let _ = writeln!(text, "{name} {} {}", count.own, count.hashing);
        }
        fs::write(path(), text).map_err(|error| format!("{} cannot be written: {error}", path().display()))?;
        println!("{} is renewed: {} operations", path().display(), self.counts.len());
        Ok(())
    }
}

impl Baseline<String> {
    /// The committed one.
    pub fn load() -> Result<Self, String> {
        let text = fs::read_to_string(path())
            .map_err(|error| format!("there is no baseline at {} ({error}); `{RENEW}` makes one", path().display()))?;
        let (mut built, mut counts) = (Built { compiler: String::new(), architecture: String::new() }, Vec::new());
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((name, rest)) = line.split_once(' ') else { return Err(damaged(line)) };
            match name {
                "built-by" => built.compiler = rest.into(),
                "architecture" => built.architecture = rest.into(),
                _ => {
                    let figures =
                        rest.split_once(' ').and_then(|(own, hashing)| Some((own.parse().ok()?, hashing.parse().ok()?)));
                    let (own, hashing) = figures.ok_or_else(|| damaged(line))?;
                    counts.push((name.to_owned(), Count { own, hashing }));
                }
            }
        }
        Ok(Self { built, counts })
    }

    /// Prints what is counted now beside it, and fails where that is more.
    pub fn judge(&self, counts: &[(&'static str, Count)]) -> ExitCode {
        let here = Built::here();
        println!("{:<26} {:>12} {:>12} {:>9} {:>14}", "instructions", "own", "baseline", "change", "soft hashing");
        let before: BTreeMap<&str, Count> = self.counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        let changes: Vec<_> = counts.iter().map(|(name, count)| (*name, *count, before.get(name).copied())).collect();
        for (name, count, before) in &changes {
            let (was, change) = before.map_or_else(
                || ("none".into(), String::new()),
                |before| (before.own.to_string(), format!("{:+.1} %", change(before, *count))),
            );
            println!("{name:<26} {:>12} {was:>12} {change:>9} {:>14}", count.own, count.hashing);
        }
        if here.architecture != self.built.architecture {
            println!("NOT CHECKED: the baseline is of {}, this is {}", self.built.architecture, here.architecture);
            return ExitCode::SUCCESS;
        }
        let tolerance = if here.compiler == self.built.compiler {
            TOLERANCE
        } else {
            println!(
                "the baseline was built by {}, this by {}: {TOLERANCE_OF_ANOTHER_COMPILER} % are allowed",
                self.built.compiler, here.compiler
            );
            TOLERANCE_OF_ANOTHER_COMPILER
        };
        self.complaints(&changes, tolerance)
    }

    fn complaints(&self, changes: &[(&'static str, Count, Option<Count>)], tolerance: f64) -> ExitCode {
        let mut complaints = Vec::new();
        for (name, count, before) in changes {
            match before {
                None => complaints.push(format!("{name}: it is not in the baseline")),
                Some(before) if change(*before, *count) > tolerance => complaints.push(format!(
                    "{name}: {} instructions beside the hashing, {} in the baseline: {:+.1} %, and {tolerance} % are allowed",
                    count.own,
                    before.own,
                    change(*before, *count)
                )),
                // Hashing is the same work for the same bytes: more of it means that more is hashed.
                Some(before) if percent(before.hashing, count.hashing) > tolerance => complaints.push(format!(
                    "{name}: {} instructions of hashing, {} in the baseline: more is hashed than before",
                    count.hashing, before.hashing
                )),
                Some(_) => {}
            }
        }
        for (name, _) in &self.counts {
            if !changes.iter().any(|(now, ..)| now == name) {
                complaints.push(format!("{name}: it is in the baseline, and is counted no more"));
            }
        }
        let faster = changes.iter().filter(|(_, count, before)| before.is_some_and(|before| change(before, *count) < -tolerance));
        let faster: Vec<_> = faster.map(|(name, ..)| *name).collect();
        if !faster.is_empty() {
            println!("faster than the baseline, which may be renewed by `{RENEW}`: {}", faster.join(", "));
        }
        if complaints.is_empty() {
            println!("no operation exceeds the baseline by more than {tolerance} %");
            return ExitCode::SUCCESS;
        }
        println!("\nTHE BASELINE IS EXCEEDED");
        for complaint in &complaints {
            println!("  {complaint}");
        }
        println!("help: find what it is with `valgrind --tool=callgrind`; if it is meant, renew the baseline:\n      {RENEW}");
        ExitCode::FAILURE
    }
}

fn change(before: Count, now: Count) -> f64 {
    percent(before.own, now.own)
}

/// By how much it is more, or less.
fn percent(before: u64, now: u64) -> f64 {
    (now as f64 / before.max(1) as f64 - 1.0) * 100.0
}

fn damaged(line: &str) -> String {
    format!("the baseline has a line that is not `name own hashing`: `{line}`; `{RENEW}` writes it anew")
}

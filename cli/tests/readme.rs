//! What the READMEs show is what the command says, and the Chinese one has all that the English one has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at a fault")]

use std::{fs, path::Path, process::Command};

const ENGLISH: &str = "README.md";
const CHINESE: &str = "README.zh-CN.md";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The blocks of code in one language, each without its fences.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// What the command says in the folder with the samples, or in the root where the line names that folder.
fn said(line: &str) -> String {
    let arguments = line.strip_prefix("$ countersign ").unwrap_or_else(|| panic!("{line}: another command"));
    let folder = if line.contains("cli/samples/") { root().to_owned() } else { root().join("cli/samples") };
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(arguments.split(' '))
        .current_dir(folder)
        .env_clear()
        .envs([("COLUMNS", "100"), ("HOME", "/nonexistent"), ("LC_ALL", "C"), ("NO_COLOR", "1")])
        .env("COUNTERSIGN_SECRET_KEY", "madeUpSecretOnlyForThisExample")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn samples_are_what_the_command_says() {
    for name in [ENGLISH, CHINESE] {
        let samples = blocks(&read(name), "console");
        assert_eq!(samples.len(), 3, "{name}");
        for sample in samples {
            let (line, shown) = sample.split_once('\n').unwrap();
            let said = said(line);
            // Three dots at the end stand for the rest.
            match shown.strip_suffix("...\n") {
                Some(beginning) => assert!(said.starts_with(beginning), "{name}: {line}\nshown:\n{beginning}\nsaid:\n{said}"),
                None => assert_eq!(said.trim_end(), shown.trim_end(), "{name}: {line}"),
            }
        }
    }
}

#[test]
fn both_have_the_same_parts() {
    let (english, chinese) = (read(ENGLISH), read(CHINESE));
    let headings = |text: &str| text.lines().map(|line| line.len() - line.trim_start_matches('#').len()).collect::<Vec<_>>();
    let levels = |text: &str| headings(text).into_iter().filter(|level| *level > 0).collect::<Vec<_>>();
    // Comments are not headings.
    let bare = |text: &str| text.split("```").step_by(2).collect::<String>();
    assert_eq!(levels(&bare(&english)), levels(&bare(&chinese)));
    assert_eq!(blocks(&english, "rust"), blocks(&chinese, "rust"));
    let commands = |text: &str| -> Vec<String> {
        let lines = blocks(text, "sh").join("");
        lines.lines().map(|line| line.split("  #").next().unwrap().trim_end().to_owned()).collect()
    };
    assert_eq!(commands(&english), commands(&chinese));
    let schemes = |text: &str| {
        let rows = text.lines().filter(|line| line.starts_with("| `"));
        rows.map(|row| row.split('`').skip(1).step_by(2).map(str::to_owned).collect()).collect::<Vec<Vec<_>>>()
    };
    assert_eq!(schemes(&english), schemes(&chinese));
    for (own, other) in [(&english, CHINESE), (&chinese, ENGLISH)] {
        assert!(own.contains(&format!("]({other})")), "the READMEs name each other");
    }
}

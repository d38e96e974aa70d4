//! One file per case in `tests/cmd`: the command line, its exit status and all it says; in `tests/cmd/zh` the same
//! command lines under a Chinese locale.
//!
//! `TRYCMD=overwrite cargo test -p countersign-cli --test snapshots` writes them anew, and the Chinese cases that are
//! missing; read what changed before you keep it. Figures that differ from run to run stand there as `[..]`: of new
//! cases a second run puts it in.

use std::{collections::BTreeSet, fs, path::Path};

/// Variables a developer may have set, which would decide a case; empty is as good as not set. The
/// cases set `COUNTERSIGN_SECRET_KEY` and `COUNTERSIGN_ACCESS_KEY_ID` themselves.
const SILENCED: [&str; 14] = [
    "COUNTERSIGN_SESSION_TOKEN",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SHARED_CREDENTIALS_FILE",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "OSS_ACCESS_KEY_SECRET",
    "QINIU_SECRET_KEY",
    "COS_SECRET_KEY",
    "TENCENTCLOUD_SECRET_KEY",
    "KS3_SECRET_KEY",
    "LANGUAGE",
    "LC_MESSAGES",
    "LANG",
];

/// The case that says nothing but what is another thing each time.
const WORDLESS: &str = "token-cos-random.trycmd";

#[test]
#[allow(clippy::unwrap_used, reason = "a test may stop at a fault")]
fn every_case_says_what_is_pinned() {
    // The cases name their inputs from where they stand.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd")).unwrap();
    let is_overwriting = std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite");
    let (english, chinese) = (files("."), files("zh"));
    let english: BTreeSet<_> = english.into_iter().filter(|name| name != WORDLESS).collect();
    for name in &english {
        let asked = questions(&fs::read_to_string(name).unwrap());
        let own = Path::new("zh").join(name);
        let there = fs::read_to_string(&own).unwrap_or_default();
        if is_overwriting && commands(&asked) != commands(&there) {
            fs::write(&own, &asked).unwrap();
        } else {
            assert_eq!(commands(&asked), commands(&there), "{name}: the Chinese case has other commands");
        }
    }
    let stale: Vec<_> = chinese.difference(&english).collect();
    assert!(stale.is_empty(), "without an English case: {stale:?}");
    if is_overwriting {
        let both =
            english.iter().map(|name| Path::new(".").join(name)).chain(chinese.iter().map(|name| Path::new("zh").join(name)));
        for path in both {
            let text = fs::read_to_string(&path).unwrap();
            let own = without_figures(&text);
            if own != text {
                fs::write(&path, own).unwrap();
            }
        }
    }
    // The language of the machine decides no case.
    for (locale, folder) in [("C", "*.trycmd"), ("zh_CN.UTF-8", "zh/*.trycmd")] {
        let cases = trycmd::TestCases::new();
        for name in SILENCED {
            cases.env(name, "");
        }
        // Five hours behind UTC, wherever the tests run and whatever is installed there.
        cases.env("TZ", "EST5").env("LC_ALL", locale);
        cases.env("COLUMNS", "100").env("HOME", "/nonexistent").env("NO_COLOR", "1").case(folder);
    }
}

/// The names of the cases in a folder.
#[allow(clippy::unwrap_used, reason = "a test may stop at a fault")]
fn files(folder: &str) -> BTreeSet<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".trycmd")).collect()
}

/// The commands of a case, with nothing of what they say.
fn questions(case: &str) -> String {
    let mut out = String::new();
    for line in case.lines() {
        if ["```", "$ ", "> ", "? "].iter().any(|start| line.starts_with(start)) {
            out += &format!("{line}\n");
            out += if line == "```" { "\n" } else { "" };
        }
    }
    format!("{}\n", out.trim_end())
}

fn commands(case: &str) -> Vec<&str> {
    case.lines().filter(|line| line.starts_with("$ ") || line.starts_with("> ")).collect()
}

/// Counts and times of a search are not those of the next run.
fn without_figures(case: &str) -> String {
    let is_figure = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || ",.".contains(c))
    };
    let mut out = String::new();
    let mut is_tried = false;
    for line in case.lines() {
        // The list of what was tried grows with the catalogue.
        let was_tried = is_tried;
        is_tried = (was_tried && !line.is_empty()) || line == "tried:" || line == "已尝试：";
        if was_tried && is_tried {
            if !out.ends_with("...\n") {
                out += "...\n";
            }
            continue;
        }
        if let Some((front, name)) = ["elapsed_us", "variants", "causes"]
            .iter()
            .find_map(|name| Some((line.split_once(&format!("\"{name}\": "))?.0, name)))
        {
            let comma = if line.ends_with(',') { "," } else { "" };
            out += &format!("{front}\"{name}\": [..]{comma}\n");
            continue;
        }
        let words: Vec<&str> = line.split(' ').collect();
        let counts = ["variants", "variant", "causes", "cause", "causes,", "cause,", "种原因的", "种变化，", "ms", "毫秒"];
        let is_search = line.contains(" variants of ") || line.contains(" variant of ") || line.contains(" 种原因的 ");
        for (index, word) in words.iter().enumerate() {
            let (front, figure) = word.split_at(word.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
            let next = words.get(index + 1).is_some_and(|next| counts.iter().any(|own| next.starts_with(own)));
            let blank = if index > 0 { " " } else { "" };
            let is_front = front.chars().all(|c| "(（".contains(c));
            if is_search && next && is_figure(figure) && is_front {
                out += &format!("{blank}{front}[..]");
            } else {
                out += &format!("{blank}{word}");
            }
        }
        out.push('\n');
    }
    out
}

//! One file per case in `tests/cmd`: the command line, its exit status and all it says. Those in `narrow` and `wide` run
//! in a terminal of another width; in `zh` stand the same command lines under a Chinese locale.
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

/// Folders of cases, and how many columns the terminal has there.
const WIDTHS: [(&str, &str); 3] = [("", "100"), ("narrow/", "56"), ("wide/", "160")];

/// The case that says nothing but what is another thing each time.
const WORDLESS: &str = "token-cos-random.trycmd";

#[test]
#[allow(clippy::unwrap_used, reason = "a test may stop at a fault")]
fn every_case_says_what_is_pinned() {
    // The cases name their inputs from where they stand.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd")).unwrap();
    #[cfg(unix)]
    {
        // Others may read what git writes, of which a note would be made.
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions("inputs/candidates.txt", fs::Permissions::from_mode(0o600)).unwrap();
    }
    let is_overwriting = std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite");
    for (folder, _) in WIDTHS {
        check_questions(folder, is_overwriting);
    }
    // The language of the machine decides no case.
    for (locale, front) in [("C", ""), ("zh_CN.UTF-8", "zh/")] {
        for (folder, width) in WIDTHS {
            let cases = trycmd::TestCases::new();
            for name in SILENCED {
                cases.env(name, "");
            }
            // Five hours behind UTC, wherever the tests run and whatever is installed there.
            cases.env("TZ", "EST5").env("LC_ALL", locale);
            cases.env("COLUMNS", width).env("HOME", "/nonexistent").env("NO_COLOR", "1");
            cases.case(format!("{front}{folder}*.trycmd"));
        }
    }
}

/// The Chinese cases of a folder ask what the English ones ask.
#[allow(clippy::unwrap_used, reason = "a test may stop at a fault")]
fn check_questions(folder: &str, is_overwriting: bool) {
    let (own, chinese) = (Path::new(".").join(folder), Path::new("zh").join(folder));
    let english: BTreeSet<_> = files(&own).into_iter().filter(|name| name != WORDLESS).collect();
    for name in &english {
        let asked = questions(&fs::read_to_string(own.join(name)).unwrap());
        let there = fs::read_to_string(chinese.join(name)).unwrap_or_default();
        if is_overwriting && commands(&asked) != commands(&there) {
            fs::create_dir_all(&chinese).unwrap();
            fs::write(chinese.join(name), &asked).unwrap();
        } else {
            assert_eq!(commands(&asked), commands(&there), "{name}: the Chinese case has other commands");
        }
    }
    let stale: Vec<_> = files(&chinese).difference(&english).cloned().collect();
    assert!(stale.is_empty(), "without an English case: {stale:?}");
    if is_overwriting {
        for path in english.iter().flat_map(|name| [own.join(name), chinese.join(name)]) {
            let text = fs::read_to_string(&path).unwrap();
            let without = without_figures(&text);
            if without != text {
                fs::write(&path, without).unwrap();
            }
        }
    }
}

/// The names of the cases in a folder.
#[allow(clippy::unwrap_used, reason = "a test may stop at a fault")]
fn files(folder: &Path) -> BTreeSet<String> {
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

/// What the figures of a search count.
const COUNTED: [&str; 6] = [" variant", " cause", " ms", " 种原因的", " 种变化", " 毫秒"];

/// Counts and times of a search are not those of the next run.
fn without_figures(case: &str) -> String {
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
        let mut rest = line;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let (front, figure) = rest.split_at(at);
            let end = figure.find(|c: char| !c.is_ascii_digit() && !",.".contains(c)).unwrap_or(figure.len());
            let (figure, behind) = figure.split_at(end);
            let is_figure = COUNTED.iter().any(|unit| behind.starts_with(unit));
            out += front;
            out += if is_figure { "[..]" } else { figure };
            rest = behind;
        }
        out += rest;
        out.push('\n');
    }
    out
}

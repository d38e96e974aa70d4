//! In which language the command speaks.

use crate::run::{ID, SECRET, countersign, folder, run, run_with};
use std::fs;

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/inputs/good.http");
const PUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/put-403.http");

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn the_option_goes_before_the_locale() {
    for (args, variables, expected) in [
        (&["decode", GOOD][..], &[][..], false),
        (&["decode", GOOD], &[("LANG", "zh_CN.UTF-8")], true),
        (&["decode", GOOD], &[("LC_ALL", "zh_TW")], true),
        (&["decode", GOOD], &[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8"), ("LANGUAGE", "zh")], false),
        (&["decode", GOOD], &[("LANG", "en_US.UTF-8"), ("LANGUAGE", "zh:en")], true),
        (&["decode", GOOD, "--lang", "en"], &[("LC_ALL", "zh_CN.UTF-8")], false),
        (&["decode", GOOD, "--lang=zh"], &[("LC_ALL", "C")], true),
    ] {
        let seen = run(countersign(args.iter().copied()).envs(variables.iter().copied()));
        assert_eq!((seen.status, is_chinese(&seen.out)), (Some(0), expected), "{args:?} {variables:?} {seen:?}");
    }
}

#[test]
fn help_and_usage_errors_speak_it_too() {
    for args in [&["--help"][..], &["help"], &["explain", "--help"], &["help", "policy", "sign"], &["policy", "check", "-h"]] {
        let seen = run(countersign(args.iter().copied()).env("LANG", "zh_CN.UTF-8"));
        assert_eq!((seen.status, seen.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(
            seen.out.contains("用法：countersign") && !seen.out.contains("Usage") && !seen.out.contains("[default"),
            "{seen:?}"
        );
    }
    // Without a verb the help is trouble, as in English.
    let seen = run(countersign([]).env("LANG", "zh_CN.UTF-8"));
    assert!(seen.status == Some(2) && seen.out.is_empty() && seen.err.contains("用法：countersign <命令>"), "{seen:?}");
    let seen = run(&mut countersign(["decode", "--lang", "zh", "--at", "now"]));
    assert_eq!((seen.status, seen.out.as_str()), (Some(2), ""));
    assert!(seen.err.starts_with("错误：`now` 不能用作"), "{seen:?}");
    let seen = run(countersign(["--version"]).env("LANG", "zh_CN.UTF-8"));
    assert!(seen.status == Some(0) && seen.out.starts_with("countersign "), "{seen:?}");
}

#[test]
fn short_help_is_shorter() {
    let of = |option| run(&mut countersign(["explain", option, "--lang", "zh"])).out;
    let (short, long) = (of("-h"), of("--help"));
    assert!(long.contains("恰好得出") && !short.contains("恰好得出"), "{short}");
}

#[test]
fn completions_are_described_in_it() {
    let seen = run(&mut countersign(["completions", "zsh", "--lang", "zh"]));
    assert!(seen.status == Some(0) && seen.out.contains("为未签名的请求或表单签名"), "{}", seen.out);
}

#[test]
fn a_page_names_its_language_and_fonts_that_have_it() {
    let page = folder("language").join("page.html");
    let args = ["explain", PUT, "--html", page.to_str().unwrap(), "--at", "2026-05-01T08:33:00Z", "--lang", "zh"];
    let seen = run(countersign(args).env("COUNTERSIGN_SECRET_KEY", SECRET));
    assert_eq!(seen.status, Some(1), "{seen:?}");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("Noto Sans CJK SC"), "{page}");
    for word in ["DOES NOT MATCH", "what was signed", "<b>help", "signed</", "proof"] {
        let body = page.split_once("<main>").unwrap().1;
        assert!(!body.contains(word), "{word}: {page}");
    }
    assert!(page.contains("签名不匹配") && page.contains("<b>建议：</b>"), "{page}");
}

#[test]
fn the_json_report_is_the_same_but_for_its_sentences() {
    let of = |lang| -> serde_json::Value {
        let args = ["explain", PUT, "--at", "2026-05-01T08:33:00Z", "--format", "json", "--lang", lang];
        serde_json::from_str(&run(countersign(args).env("COUNTERSIGN_SECRET_KEY", SECRET)).out).unwrap()
    };
    let (mut english, mut chinese) = (of("en"), of("zh"));
    assert!(is_chinese(chinese["findings"][0]["title"].as_str().unwrap()));
    for report in [&mut english, &mut chinese] {
        report["searched"]["elapsed_us"].take();
        for word in ["title", "help"] {
            report["findings"][0][word].take();
        }
    }
    assert_eq!(english, chinese);
}

/// Whoever posts a redacted report posts what stands around it, too.
#[test]
fn notes_beside_a_redacted_report_tell_nothing_private() {
    let folder = folder("redacted-notes");
    let own = folder.join("alice-key.txt");
    fs::write(&own, SECRET).unwrap();
    let good = fs::read_to_string(GOOD).unwrap();
    let command = format!(
        "curl -X PUT 'https://holiday-photos.oss-cn-hangzhou.aliyuncs.com/trip.jpg' -T beach-trip.jpg \
         -H 'Date: Fri, 01 May 2026 08:30:15 GMT' -H 'Authorization: OSS {ID}:AAAAAAAAAAAAAAAAAAAAAAAAAAA='"
    );
    let private = ["alice", "holiday", "beach", "CSIDOTHER", "CSIDEXAMPLE", "vault", SECRET, "photos"];
    for lang in ["en", "zh"] {
        for input in [good.as_str(), &command, "alice has no request, photos neither\n", ""] {
            let args = ["explain", "--redact", "--lang", lang, "--endpoint", "vault.example.com", "--secret-file"];
            let mut command = countersign(args.into_iter().chain([own.to_str().unwrap()]));
            let seen = run_with(command.env("COUNTERSIGN_ACCESS_KEY_ID", "CSIDOTHER0000009"), input.as_bytes());
            assert!(!seen.err.is_empty(), "{seen:?}");
            for word in private {
                assert!(!seen.err.contains(word) && !seen.out.contains(word), "{lang}: {word} in {seen:?}");
            }
        }
        let missing = run(&mut countersign(["explain", "--redact", "--lang", lang, "/home/alice/vault.http"]));
        assert!(missing.status == Some(2) && !missing.err.contains("alice") && missing.out.is_empty(), "{missing:?}");
    }
}

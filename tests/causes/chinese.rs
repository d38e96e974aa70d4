//! Findings in Chinese: nothing English is left in what a person reads.

use countersign::{SecretKey, explain::Language};

/// English words in a row that stand outside backticks and are no name: three, as a tool's name may have two.
fn english_in(text: &str) -> Option<String> {
    let prose = text.split('`').step_by(2);
    prose.flat_map(|piece| piece.split(|c: char| !(c.is_ascii_lowercase() || c == ' '))).find_map(|run| {
        let words: Vec<_> = run.split(' ').filter(|word| word.len() > 1).collect();
        (words.len() > 2).then(|| words.join(" "))
    })
}

#[test]
fn every_planted_mistake_is_told_in_chinese() {
    let mut failures = Vec::new();
    let mut told = 0;
    for case in super::planted() {
        let report = case.explain(&[SecretKey::new(case.secret.clone())], case.about.depth);
        for finding in &report.findings {
            for text in [Language::Chinese.title(finding), Language::Chinese.help(finding)] {
                told += 1;
                assert!(!text.contains(['{', '}']) || text.contains("${") || text.contains("{\""), "{}: {text}", finding.code);
                if let Some(found) = english_in(&text) {
                    failures.push(format!("{}: {}: {found:?} in {text}", case.folder.display(), finding.code));
                }
            }
        }
    }
    assert!(told > 500, "{told}");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn english_is_found() {
    assert_eq!(english_in("签名所用的 another secret for this id"), Some("another secret for this id".into()));
    assert_eq!(english_in("用 `take the time once` 与 python requests"), None);
}

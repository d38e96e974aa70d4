//! The pairs of mistakes that were met together, and every mistake beside a date that is written wrong.

use crate::{
    cells::pairs,
    forms::{FORMS, Form},
    judge::{Judge, told},
};
use countersign::explain::Certainty;

/// By scheme and way: other causes that sign the very same bytes as what was planted, and were met more often.
const SAME_BYTES: [(&str, &str, &str); 7] = [
    // Without a type, the body is left out by rule; a line of its own is what else a body has.
    ("kodo-mac", "type-empty-and-another-verb", "kodo-manage-body-not-signed"),
    ("kodo-mac", "type-empty", "kodo-manage-body-not-signed"),
    ("kodo-mac", "line-feed-in-value", "string-to-sign-newline-wrong"),
    // The whole URL was taken for the key, which one cause says.
    ("kodo-private-url", "glued-then-escaped", "kodo-download-url-differs"),
    // Hexadecimal digits in Base64 never have a character in which the two alphabets differ.
    ("", "digits-without-padding", "hmac-hex-instead-of-raw"),
    // Nothing but the key is no ASCII.
    ("oss-v1-header", "latin-1", "key-not-encoded"),
    ("oss-v1-header", "gbk", "key-not-encoded"),
];

#[test]
fn what_was_met_together_is_found_together() {
    let mut failures = Vec::new();
    for (planted, expect) in pairs() {
        let cell = &planted.control;
        let judge = Judge::new(&planted, cell);
        let shows = |form: &Form| form.takes(&cell.sent) && form.gap(&planted.scheme, cell, cell.answer.is_some()).is_none();
        let form = FORMS.iter().map(|(form, ..)| form).find(|form| shows(form)).unwrap();
        let said = judge.pair(*form).map(|report| {
            let is_told = |code: &String| told(&report, code).is_some();
            let is_right = expect.iter().all(is_told);
            let proved = report.findings.iter().filter(|own| own.certainty == Certainty::Proved).count();
            let said: Vec<_> =
                report.findings.iter().map(|own| format!("{} {} {:?}", own.code, own.certainty.as_str(), own.also)).collect();
            (is_right, proved, said, report.searched.variants)
        });
        let same = SAME_BYTES.iter().find(|(scheme, way, _)| planted.scheme.starts_with(scheme) && cell.way == *way);
        match said {
            Ok((true, proved, ..)) if proved > 0 || cell.certainty != "proved" => {}
            Ok((false, proved, ref said, _))
                if proved > 0 && same.is_some_and(|(.., named)| said.iter().any(|own| own.starts_with(named))) => {}
            other => failures.push(format!("{} {expect:?} ({}): {other:?}", planted.scheme, cell.way)),
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

//! The pairs of mistakes that were met together, and every mistake beside a date that is written wrong.

use crate::{
    cells::pairs,
    forms::{FORMS, Form},
    judge::{Judge, told},
};
use countersign::explain::Certainty;

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
            let said: Vec<_> = report.findings.iter().map(|own| format!("{} {} {:?}", own.code, own.certainty.as_str(), own.also)).collect();
            (is_right, proved, said, report.searched.variants)
        });
        match said {
            Ok((true, proved, ..)) if proved > 0 || cell.certainty != "proved" => {}
            other => failures.push(format!("{} {expect:?} ({}): {other:?}", planted.scheme, cell.way)),
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

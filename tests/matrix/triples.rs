//! Three mistakes at once, on request.

use crate::{
    cells::{Cell, Sent, triples},
    forms::Form,
    judge::SECRET,
};
use countersign::{Inquiry, Request, SecretKey, Subject, explain, explain::Certainty};

#[test]
fn three_mistakes_at_once_are_found_in_every_main_scheme() {
    let mut failures = Vec::new();
    for (scheme, expect, cell) in triples() {
        let text = text(&cell);
        let subject = Subject::from(Request::parse(text.as_bytes()).unwrap());
        let secrets = [SecretKey::new(SECRET)];
        let mut inquiry = Inquiry::new(subject);
        inquiry.secrets = &secrets;
        inquiry.depth = 3;
        inquiry.budget = 200_000_000;
        let report = explain(&inquiry).unwrap();
        let proved: Vec<_> = report.findings.iter().filter(|own| own.certainty == Certainty::Proved).collect();
        let has = |code: &String| proved.iter().any(|own| own.code == *code || own.also.contains(&code.as_str()));
        // Others that sign the very same bytes may be met more often than those that were planted.
        if proved.len() != 3 || proved.iter().any(|own| own.group != 0) || expect.iter().filter(|code| has(code)).count() < 2 {
            let said: Vec<_> = report.findings.iter().map(|own| format!("{} {}", own.code, own.certainty.as_str())).collect();
            failures.push(format!("{scheme}: {expect:?}, found {said:?} {:?}", report.searched));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn text(cell: &Cell) -> String {
    assert!(matches!(cell.sent, Sent::Http(_) | Sent::Url(_)));
    Form::RawLf.write(cell, None)
}

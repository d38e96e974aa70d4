//! A search can be watched, and ended.

use crate::planted;
use countersign::{Inquiry, Report, SecretKey, explain, explain::Watch};
use std::cell::Cell;

#[test]
fn a_search_that_is_watched_ends_when_it_is_told_to() {
    let case = planted().into_iter().find(|case| case.code == "secret-wrong").unwrap();
    let secrets = [SecretKey::new(case.secret.clone())];
    let explain_with = |most: Option<u64>, budget: u64| {
        let seen = Cell::new(0);
        let goes_on = |variants| {
            assert!(variants > seen.replace(variants), "the count grows");
            most.is_none_or(|most| variants < most)
        };
        let mut inquiry = Inquiry::new(case.message.subject());
        inquiry.secrets = &secrets;
        inquiry.budget = budget;
        inquiry.watch = Some(Watch(&goes_on));
        let report = explain(&inquiry).unwrap();
        (report, seen.get())
    };
    let claims = |report: &Report| report.findings.iter().any(|finding| finding.code == "secret-wrong");
    let (whole, seen) = explain_with(None, 1_000_000);
    assert!(seen > 8_000 && !whole.searched.cut_short && claims(&whole), "{seen} {:?}", whole.searched);
    // What was not tried is not said to be in vain.
    for (most, budget) in [(Some(1), 1_000_000), (None, 5_000)] {
        let (cut, _) = explain_with(most, budget);
        assert!(cut.searched.cut_short && cut.searched.variants < whole.searched.variants && !claims(&cut), "{:?}", cut.searched);
    }
}

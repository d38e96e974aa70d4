//! Every cause in every scheme, in every form a person may bring it in: each is explained.
//!
//! `matrix.py` plants the causes and signs with Python's own hmac. Which cell there is follows from rules that are written
//! down with their reasons, `rules.py` for causes and schemes and `forms.rs` for forms, never from what is found here.
//! `tests/MATRIX.md` and `crates/countersign/CAUSES.md` are written by these tests: run them with `UPDATE_PAGES=1`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at a fault"
)]

mod cells;
mod forms;
mod judge;
mod page;
mod pairs;
mod triples;

use cells::Planted;
use countersign::explain::codes;
use forms::{FORMS, Form, Gap};
use judge::{Judge, Outcome, control};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
    thread,
};

/// What was counted.
#[derive(Default)]
pub struct Tally {
    /// By scheme and form: explained without and with the server's answer.
    explained: BTreeMap<(String, Form), [usize; 2]>,
    /// Of these, by cause and scheme, those that are named by a cause which signs the same bytes.
    by_another_name: BTreeSet<(String, String)>,
    /// By form and reason: what a form cannot show.
    gaps: BTreeMap<(Form, Gap), usize>,
    failures: Vec<String>,
}

fn count(planted: &Planted) -> Tally {
    let mut tally = Tally::default();
    if let Err(why) = control(planted) {
        tally.failures.push(format!("{}, signed rightly: {why}", planted.scheme));
    }
    for cell in &planted.cells {
        let mut judge = Judge::new(planted, cell);
        for (form, ..) in FORMS.iter().filter(|(form, ..)| form.takes(&cell.sent)) {
            for with_answer in [false, true] {
                if with_answer && cell.answer.is_none() {
                    continue;
                }
                if let Some(gap) = form.gap(&planted.scheme, cell, with_answer) {
                    *tally.gaps.entry((*form, gap)).or_default() += 1;
                    continue;
                }
                match judge.run(*form, with_answer) {
                    Ok(outcome) => {
                        tally.explained.entry((planted.scheme.clone(), *form)).or_default()[usize::from(with_answer)] += 1;
                        if outcome == Outcome::SameBytes {
                            tally.by_another_name.insert((cell.cause.clone(), planted.scheme.clone()));
                        }
                    }
                    Err(why) => tally.failures.push(format!(
                        "{} {} ({}) as {form:?}{}: {why}",
                        planted.scheme,
                        cell.cause,
                        cell.way,
                        if with_answer { " with the answer" } else { "" }
                    )),
                }
            }
        }
    }
    tally
}

#[test]
fn every_mistake_is_explained_in_every_form_and_the_page_says_so() {
    let all = cells::all();
    let (queue, total) = (Mutex::new(all.iter()), Mutex::new(Tally::default()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(planted) = queue.lock().unwrap().next() else { break };
                    let own = count(planted);
                    let mut total = total.lock().unwrap();
                    total.explained.extend(own.explained);
                    total.by_another_name.extend(own.by_another_name);
                    total.failures.extend(own.failures);
                    own.gaps.into_iter().for_each(|(key, more)| *total.gaps.entry(key).or_default() += more);
                }
            });
        }
    });
    let mut total = total.into_inner().unwrap();
    total.failures.sort();
    assert!(total.failures.is_empty(), "{} failures:\n{}", total.failures.len(), total.failures.join("\n"));
    page::check(&all, &total);
}

#[test]
fn every_cause_of_the_catalogue_has_its_place() {
    let known: BTreeSet<&str> = codes().collect();
    for planted in cells::all() {
        let there: BTreeSet<&str> =
            planted.cells.iter().map(|cell| &*cell.cause).chain(planted.impossible.iter().map(|(cause, _)| &**cause)).collect();
        assert_eq!(there, known, "{}", planted.scheme);
    }
}

#[test]
fn the_page_about_the_causes_is_what_the_catalogue_says() {
    page::check_causes(&cells::all());
}

//! Countersign beside other signers, in one process and in turns: `cargo bench --bench beside` in this folder.
//!
//! Prints medians, allocations and ratios to the hashing alone and to the best peer, how cost grows with the length
//! of a key and the number of headers, what a second thread brings, and what a search costs. A word leaves all other
//! operations out (`-- COS`); `-- --write` renews `RESULTS.md` and its charts.

mod chart;
mod groups;
mod growth;
mod page;
mod rounds;
mod search;
mod threads;

use rounds::Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

/// How often everyone takes a turn.
const ROUNDS: usize = 61;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = |option: &str| arguments.iter().any(|argument| argument == option);
    // Cargo runs benchmarks as tests, too; then one round shows that everything works.
    let rounds = if asked("--test") { 1 } else { ROUNDS };
    let only = arguments.iter().find(|argument| !argument.starts_with('-'));
    let groups = groups::all().into_iter().filter(|group| only.is_none_or(|only| group.name.contains(only.as_str())));
    let mut page = page::Page::default();
    for mut group in groups {
        let table = (group.name.clone(), group.measure(rounds));
        page::print(&table);
        page.tables.push(table);
    }
    if only.is_none() {
        page.growth = growth::measure(rounds);
        page.growth.iter().for_each(page::print_growth);
        page.scaling = threads::measure(rounds.min(9));
        page.scaling.iter().for_each(page::print_scaling);
        page.searches = search::measure(rounds.min(9));
        page.searches.iter().for_each(page::print_search);
    }
    if asked("--write") {
        page.write();
    }
}

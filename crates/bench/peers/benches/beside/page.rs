//! What was measured, on the terminal and as a page with its charts.

use crate::{
    chart,
    growth::Growth,
    rounds::{Measured, Side},
    search::Search,
    threads::Scaling,
};
use std::{fmt::Write as _, fs, path::Path};

/// A group's name and what was measured.
pub type Table = (String, Vec<Measured>);

/// All that was measured.
#[derive(Default)]
pub struct Page {
    pub tables: Vec<Table>,
    pub growth: Vec<Growth>,
    pub scaling: Vec<Scaling>,
    pub searches: Vec<Search>,
}

/// The fastest of a side.
pub fn best(measured: &[Measured], side: Side) -> Option<&Measured> {
    measured.iter().filter(|own| own.side == side).min_by(|a, b| a.nanoseconds.total_cmp(&b.nanoseconds))
}

/// The one with this name.
pub fn row<'m>(measured: &'m [Measured], name: &str) -> Option<&'m Measured> {
    measured.iter().find(|row| row.name == name)
}

fn times(of: f64, to: Option<&Measured>) -> String {
    to.map_or_else(|| "–".into(), |to| format!("{:.2}", of / to.nanoseconds))
}

/// The rows of a group: name, nanoseconds, allocations, ratio to the floor, ratio to the best peer.
fn rows((_, measured): &Table) -> impl Iterator<Item = [String; 5]> + '_ {
    let (floor, peer) = (best(measured, Side::Floor), best(measured, Side::Peer));
    measured.iter().map(move |row| {
        let name = match row.side {
            Side::Own => format!("countersign, {}", row.name),
            Side::Floor | Side::Peer => row.name.to_owned(),
        };
        let nanoseconds = format!("{:.0}", row.nanoseconds);
        [name, nanoseconds, row.allocations.to_string(), times(row.nanoseconds, floor), times(row.nanoseconds, peer)]
    })
}

pub fn print(table: &Table) {
    println!("{}", table.0);
    println!("  {:<34} {:>8} {:>7} {:>9} {:>11}", "", "ns", "allocs", "to floor", "to best peer");
    for [name, nanoseconds, allocations, floor, peer] in rows(table) {
        println!("  {name:<34} {nanoseconds:>8} {allocations:>7} {floor:>9} {peer:>11}");
    }
}

/// What is shown of a growing operation: the hashing alone, ours in two ways, and the best peer.
pub const LINES: [&str; 4] = ["hashing alone", "countersign, buffer", "countersign, convenient", "best peer"];

/// The figures of these lines.
pub fn figures(measured: &[Measured]) -> [f64; 4] {
    let lines = [best(measured, Side::Floor), row(measured, "buffer"), row(measured, "convenient"), best(measured, Side::Peer)];
    lines.map(|row| row.map_or(f64::NAN, |row| row.nanoseconds))
}

pub fn print_growth(growth: &Growth) {
    println!("{}, {}", growth.name, growth.of);
    println!("  {:>6} {:>16} {:>22} {:>26} {:>12}", "", LINES[0], LINES[1], LINES[2], LINES[3]);
    for (size, measured) in &growth.points {
        let [floor, buffer, convenient, peer] = figures(measured);
        println!("  {size:>6} {floor:>16.0} {buffer:>22.0} {convenient:>26.0} {peer:>12.0}");
    }
}

pub fn print_scaling(scaling: &Scaling) {
    let Scaling { name, one, two } = scaling;
    println!("{name}: {:.2} million a second with one thread, {:.2} with two: {:.2} times", one / 1e6, two / 1e6, two / one);
}

pub fn print_search(search: &Search) {
    let ((each, beside), Search { scheme, depth, variants, .. }) = (search.each(), search);
    let milliseconds = search.nanoseconds / 1e6;
    println!(
        "{scheme} at depth {depth}: {variants} variants in {milliseconds:.1} ms, {each:.0} ns each, {beside:.0} ns beside the hashing"
    );
}

impl Page {
    /// Renews the page and the charts beside the package that is measured.
    pub fn write(&self) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let put = |name: &str, text: String| fs::write(folder.join(name), text).expect("the folder can be written to");
        put("RESULTS.md", self.text(&folder));
        put("results.svg", chart::overview(&self.tables));
        put("growth.svg", chart::growth(&self.growth));
    }

    fn text(&self, folder: &Path) -> String {
        let mut text = String::from(HEAD);
        let _ = writeln!(text, "\nMeasured on {} on {}, {}.", chrono::Utc::now().format("%Y-%m-%d"), processor(), compiler());
        if let Some(load) = busy() {
            let _ = writeln!(
                text,
                "\n**The machine was busy (load {load}): times are too long, and figures that stand out are doubtful. Measure again.**"
            );
        }
        text.push_str("\n![Nanoseconds of each operation](results.svg)\n");
        self.aims(&mut text);
        for table in &self.tables {
            let _ = writeln!(text, "\n## {}\n", table.0);
            text.push_str("| | ns | allocations | to the floor | to the best peer |\n| --- | --: | --: | --: | --: |\n");
            for cells in rows(table) {
                let _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
        self.growing(&mut text);
        self.scaling(&mut text);
        self.searching(&mut text);
        instructions(&mut text, folder);
        sdks(&mut text, folder);
        text
    }

    fn table(&self, name: &str) -> Option<&[Measured]> {
        self.tables.iter().find(|table| table.0 == name).map(|table| &table.1[..])
    }

    /// What was aimed at, and whether it was reached.
    fn aims(&self, text: &mut String) {
        text.push_str("\n## What was aimed at\n\nHow many times faster than the fastest peer of the same run.\n\n");
        text.push_str("| operation | way | aim | measured | reached |\n| --- | --- | --: | --: | --- |\n");
        for (name, way, aim) in AIMS {
            let Some(measured) = self.table(name) else { continue };
            let (Some(own), Some(peer)) = (row(measured, way), best(measured, Side::Peer)) else { continue };
            let factor = peer.nanoseconds / own.nanoseconds;
            let _ = writeln!(text, "| {name} | {way} | {aim} | {factor:.2} | {} |", if factor >= *aim { "yes" } else { "no" });
        }
        let allocating = self.tables.iter().flat_map(|(name, measured)| Some((name, row(measured, "buffer")?.allocations)));
        let allocating: Vec<_> = allocating.filter(|(_, count)| *count > 0).map(|(name, _)| name.as_str()).collect();
        let _ = match &allocating[..] {
            [] => writeln!(text, "\nNo operation allocates when it writes into a buffer."),
            names => writeln!(text, "\nThese allocate although they write into a buffer: {}.", names.join(", ")),
        };
        let most = self.tables.iter().filter(|(name, _)| SIGNING.iter().any(|word| name.ends_with(word)));
        let most = most.flat_map(|(name, measured)| Some((row(measured, "convenient")?.allocations, name))).max();
        if let Some((count, name)) = most {
            let _ = writeln!(text, "At most {count} allocations are made to sign conveniently ({name}).");
        }
    }

    fn growing(&self, text: &mut String) {
        text.push_str("\n## How cost grows\n\n![How cost grows](growth.svg)\n\nIn nanoseconds.\n");
        for growth in &self.growth {
            let _ =
                writeln!(text, "\n| {}: {} | {} |\n| --: | --: | --: | --: | --: |", growth.name, growth.of, LINES.join(" | "));
            for (size, measured) in &growth.points {
                let cells = figures(measured).map(|figure| format!("{figure:.0}"));
                let _ = writeln!(text, "| {size} | {} |", cells.join(" | "));
            }
        }
    }

    fn scaling(&self, text: &mut String) {
        text.push_str("\n## A second thread\n\nBoth threads share one signer and write into buffers of their own.\n\n");
        text.push_str("| | one thread, million/s | two threads, million/s | ratio |\n| --- | --: | --: | --: |\n");
        for Scaling { name, one, two } in &self.scaling {
            let _ = writeln!(text, "| {name} | {:.2} | {:.2} | {:.2} |", one / 1e6, two / 1e6, two / one);
        }
    }

    fn searching(&self, text: &mut String) {
        text.push_str(
            "\n## Explaining\n\nA search that finds nothing and so tries every mistake, every pair, every triple; the requests have 12 headers and 8\n\
             parameters. The hashing is that of as many blocks as the search hashes.\n\n\
             | | depth | variants | blocks | ms | ns a variant | of which not hashing |\n\
             | --- | --: | --: | --: | --: | --: | --: |\n",
        );
        for search in &self.searches {
            let ((each, beside), Search { scheme, depth, variants, blocks, .. }) = (search.each(), search);
            let milliseconds = search.nanoseconds / 1e6;
            let _ =
                writeln!(text, "| {scheme} | {depth} | {variants} | {blocks} | {milliseconds:.1} | {each:.0} | {beside:.0} |");
        }
        text.push_str("\nAimed at: depth 2 under 50 ms and at most 150 ns a variant beside the hashing, depth 3 under 3 s.\n");
    }
}

/// How many times faster than the best peer an operation is to be.
const AIMS: &[(&str, &str, f64)] = &[
    ("OSS V1 URL", "kept key", 3.0),
    ("OSS V1 URL", "buffer", 3.0),
    ("COS URL", "kept key", 3.0),
    ("COS URL", "buffer", 3.0),
    ("S3 V4 URL", "kept key", 5.0),
    ("S3 V4 URL", "buffer", 5.0),
    ("OSS V4 URL", "kept key", 5.0),
    ("OSS V4 URL", "buffer", 5.0),
    ("Kodo token, policy ready", "kept key", 1.3),
    ("Kodo token, policy ready", "buffer", 1.3),
    ("Kodo token, policy built", "kept key", 1.3),
];

/// How the names of groups end in which something is signed.
const SIGNING: [&str; 7] = ["URL", "PUT", "JSON", "policy ready", "policy built", "private URL", "form signed"];

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    };
    let model = field("model name").unwrap_or_else(|| "a processor of unknown model".into());
    let sha = if field("flags").is_some_and(|flags| flags.split(' ').any(|flag| flag == "sha_ni")) { "with" } else { "without" };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores of {model}, {sha} SHA instructions")
}

/// How many programs want a processor, where that is more than the one that measures.
fn busy() -> Option<f64> {
    let load = fs::read_to_string("/proc/loadavg").ok()?;
    let load = load.split(' ').next()?.parse().ok()?;
    (load > 1.5).then_some(load)
}

fn compiler() -> String {
    let version = std::process::Command::new("rustc").arg("--version").output().ok();
    let version = version.and_then(|output| String::from_utf8(output.stdout).ok());
    version.map_or_else(|| "with an unknown compiler".into(), |version| version.trim().to_owned())
}

/// The committed counts of instructions.
fn instructions(text: &mut String, folder: &Path) {
    let Ok(baseline) = fs::read_to_string(folder.join("benches/instructions/baseline.txt")) else { return };
    text.push_str(
        "\n## Instructions\n\nCounted under valgrind, which has no SHA instructions: hashing is done in software there and counted apart. \
         `tests/run`\nfails when the first column grows by more than its tolerance.\n\n\
         | | instructions beside the hashing | hashing in software |\n| --- | --: | --: |\n",
    );
    for line in baseline.lines().filter(|line| !line.starts_with('#')) {
        if let [name, own, hashing] = line.split(' ').collect::<Vec<_>>()[..] {
            let _ = writeln!(text, "| {name} | {own} | {hashing} |");
        }
    }
}

/// What `sdks/measure` wrote, whose first line says when and where.
fn sdks(text: &mut String, folder: &Path) {
    let Ok(measured) = fs::read_to_string(folder.join("sdks/results.tsv")) else { return };
    text.push_str("\n## SDKs in Python and Node\n\nThe same inputs, by `sdks/measure`, each in a process of its own language.\n");
    for line in measured.lines() {
        if let Some(note) = line.strip_prefix("# ") {
            let _ = writeln!(text, "\n{note}.\n\n| operation | package | version | microseconds |\n| --- | --- | --- | --: |");
        } else {
            let _ = writeln!(text, "| {} |", line.replace('\t', " | "));
        }
    }
}

const HEAD: &str = "# Countersign beside other signers

Written by a benchmark; do not edit. To measure again, with a machine to itself:

```sh
cd crates/bench/peers && cargo bench --bench beside -- --write    # everything here; some minutes to build, two to run
cd crates/bench/peers && cargo test                               # all of them come to the same signatures
cargo bench -p countersign-bench --bench instructions             # the instructions, against the baseline; needs valgrind
crates/bench/sdks/measure                                         # the SDKs in Python and Node, from PyPI and npm
```

Medians of 61 rounds in one process, everyone in every round, so that whatever else the machine does strikes all alike.
Times belong to one machine; what carries over is their ratio. The floor is the hashing alone, over as many bytes: nobody
who signs the same text can be faster. A peer is used as its documentation shows, with all that it can keep kept. Everyone
reads the clock for each signature. All URLs of a table are signed over the same text and carry the same signature: the host is
given to reqsign for COS, which its SDKs sign and reqsign does not unasked, and is signed by ours for OSS V4, where reqsign
signs it. The headers signed for a PUT are each signer's own. The request is put together in the time of ours.

- convenient: `presign`, `sign`, `verify`, ..., which set up the key each time and give a `String`
- kept key: the same with credentials that are `prepared()`, or a `Verifier`
- buffer: a `Signer`, which keeps what is derived from the key, into a buffer that is used again
";

//! Tables and a chart of what was measured.

use super::rounds::{Measured, Side};
use std::{fmt::Write as _, fs, path::Path};

/// A group's name and what was measured.
pub type Table = (String, Vec<Measured>);

fn best(measured: &[Measured], side: Side) -> Option<&Measured> {
    measured.iter().filter(|own| own.side == side).min_by(|a, b| a.nanoseconds.total_cmp(&b.nanoseconds))
}

fn times(of: f64, to: Option<&Measured>) -> String {
    to.map_or_else(|| "–".into(), |to| format!("{:.2}", of / to.nanoseconds))
}

/// The rows of a group: name, nanoseconds, allocations, ratio to the floor, ratio to the best peer.
fn rows((_, measured): &Table) -> impl Iterator<Item = [String; 5]> + '_ {
    let (floor, peer) = (best(measured, Side::Floor), best(measured, Side::Peer));
    measured.iter().map(move |row| {
        let name = match row.side {
            Side::Own => format!("countersign {}", row.name),
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

/// Renews the page and the chart beside this package's manifest.
pub fn write(tables: &[Table]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut page = String::from(HEAD);
    for table in tables {
        let _ = writeln!(
            page,
            "\n## {}\n\n| | ns | allocations | to the floor | to the best peer |\n| --- | --: | --: | --: | --: |",
            table.0
        );
        for cells in rows(table) {
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
    }
    fs::write(folder.join("RESULTS.md"), page).expect("the folder can be written to");
    fs::write(folder.join("results.svg"), chart(tables)).expect("the folder can be written to");
}

const HEAD: &str = "# Countersign beside other signers

Medians of 61 rounds in one process, everyone in every round. Times belong to one machine; what carries over is their
ratio. The floor is the hashing alone over as many bytes. To measure again: `cargo bench --bench beside -- --write`.

![chart](results.svg)
";

const ROW: usize = 16;
const LEFT: usize = 190;
const WIDTH: usize = 860;

/// A bar for each contestant, in nanoseconds on a common scale that is cut off.
fn chart(tables: &[Table]) -> String {
    let scale = 5000.0;
    let lines: usize = tables.iter().map(|(_, measured)| measured.len() + 2).sum();
    let height = lines * ROW + ROW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let mut y = ROW;
    for (name, measured) in tables {
        let _ = writeln!(svg, "<text x=\"4\" y=\"{y}\" font-weight=\"bold\">{name}</text>");
        y += ROW;
        for row in measured {
            let colour = match row.side {
                Side::Floor => "#bbb",
                Side::Own => "#2a7",
                Side::Peer => "#c84",
            };
            let room = (WIDTH - LEFT - 70) as f64;
            let bar = (row.nanoseconds / scale * room).min(room);
            let _ = writeln!(svg, "<text x=\"{}\" y=\"{y}\" text-anchor=\"end\">{}</text>", LEFT - 6, row.name);
            let top = y - 10;
            let _ = writeln!(svg, "<rect x=\"{LEFT}\" y=\"{top}\" width=\"{bar:.1}\" height=\"12\" fill=\"{colour}\"/>");
            let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"{y}\">{:.0} ns</text>", LEFT as f64 + bar + 4.0, row.nanoseconds);
            y += ROW;
        }
        y += ROW;
    }
    svg.push_str("</svg>\n");
    svg
}

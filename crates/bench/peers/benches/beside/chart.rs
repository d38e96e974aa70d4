//! Charts that can be read on light and on dark ground.

use crate::{
    growth::Growth,
    page::{self, LINES, Table, best, row},
    rounds::Side,
};
use std::fmt::Write as _;

const WIDTH: usize = 860;
/// The classes of the lines and bars, in the order of [`LINES`].
const CLASSES: [&str; 4] = ["floor", "fast", "own", "peer"];
const STYLE: &str = "<style>
text { font: 11px sans-serif; fill: #222 }
.head { font-weight: bold }
.dim { fill: #666 }
.ground { fill: #fff }
.axis { stroke: #bbb; fill: none }
.floor { --c: #8a8a8a } .fast { --c: #00796b } .own { --c: #4db6ac } .peer { --c: #d2691e }
rect.floor, rect.fast, rect.own, rect.peer { fill: var(--c) }
path.floor, path.fast, path.own, path.peer { stroke: var(--c); fill: none; stroke-width: 2 }
path.floor { stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .dim { fill: #999 } .ground { fill: #161616 } .axis { stroke: #555 }
.floor { --c: #999 } .fast { --c: #26c6b0 } .own { --c: #1c7d73 } .peer { --c: #e8924f }
}
</style>
";

fn begin(height: usize, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         role=\"img\">\n<title>{title}</title>\n{STYLE}<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n"
    )
}

fn text(svg: &mut String, (x, y): (f64, f64), class: &str, anchor: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\" text-anchor=\"{anchor}\">{text}</text>");
}

fn legend(svg: &mut String, names: [&str; 4]) {
    let mut x = 12.0;
    for (class, name) in CLASSES.iter().zip(names) {
        let _ = writeln!(svg, "<rect x=\"{x}\" y=\"12\" width=\"12\" height=\"12\" class=\"{class}\"/>");
        text(svg, (x + 17.0, 22.0), "", "start", name);
        x += 40.0 + name.len() as f64 * 6.2;
    }
}

/// For each operation the hashing, ours at its fastest and at its most convenient, and the best peer.
pub fn overview(tables: &[Table]) -> String {
    const BAR: f64 = 13.0;
    const LEFT: f64 = 180.0;
    const CUT: f64 = 4000.0;
    let bars = |table: &Table| -> Vec<(&'static str, f64, String)> {
        let measured = &table.1;
        let fast = row(measured, "buffer").or_else(|| row(measured, "kept key")).or_else(|| row(measured, "read"));
        let own = row(measured, "convenient").or_else(|| row(measured, "read and judged"));
        let rows = [best(measured, Side::Floor), fast, own, best(measured, Side::Peer)];
        let bars = CLASSES.iter().zip(rows).filter_map(|(class, row)| Some((*class, row?)));
        bars.map(|(class, row)| (class, row.nanoseconds, if class == "floor" { String::new() } else { row.name.into() }))
            .collect()
    };
    let height: f64 = tables.iter().map(|table| bars(table).len() as f64 * BAR + 9.0).sum();
    let mut svg = begin(height as usize + 44, "Nanoseconds of each operation");
    legend(&mut svg, ["hashing alone", "countersign, fastest way", "countersign, convenient", "best peer"]);
    let mut y = 38.0;
    for table in tables {
        text(&mut svg, (LEFT - 8.0, y + 10.0), "head", "end", &table.0);
        for (class, nanoseconds, name) in bars(table) {
            let room = WIDTH as f64 - LEFT - 190.0;
            let width = (nanoseconds / CUT).min(1.0) * room;
            let _ = writeln!(
                svg,
                "<rect x=\"{LEFT}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" class=\"{class}\"/>",
                BAR - 2.0
            );
            let more = if nanoseconds > CUT { "… " } else { "" };
            text(&mut svg, (LEFT + width + 5.0, y + 9.5), "dim", "start", &format!("{more}{nanoseconds:.0} ns  {name}"));
            y += BAR;
        }
        y += 9.0;
    }
    svg.push_str("</svg>\n");
    svg
}

/// A panel for each growing operation, all with axes from nought.
pub fn growth(all: &[Growth]) -> String {
    const HIGH: f64 = 210.0;
    let across = WIDTH as f64 / 2.0;
    let mut svg = begin(all.len().div_ceil(2) * HIGH as usize + 40, "How cost grows");
    legend(&mut svg, LINES);
    for (at, growth) in all.iter().enumerate() {
        panel(&mut svg, growth, ((at % 2) as f64 * across, (at / 2) as f64 * HIGH + 34.0), (across, HIGH));
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(svg: &mut String, growth: &Growth, (x, y): (f64, f64), (across, high): (f64, f64)) {
    let (left, right, top, bottom) = (x + 52.0, x + across - 18.0, y + 26.0, y + high - 34.0);
    let points: Vec<_> = growth.points.iter().map(|(size, measured)| (*size as f64, page::figures(measured))).collect();
    let widest = points.iter().map(|(size, _)| *size).fold(1.0, f64::max);
    let highest = points.iter().flat_map(|(_, figures)| figures).copied().fold(1.0, f64::max);
    let step = [250.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 20_000.0]
        .into_iter()
        .find(|step| highest / step <= 5.0)
        .unwrap_or(50_000.0);
    let ceiling = (highest / step).ceil() * step;
    let place = |size: f64, figure: f64| (left + size / widest * (right - left), bottom - figure / ceiling * (bottom - top));
    text(svg, (left, y + 16.0), "head", "start", &format!("{}: ns by {}", growth.name, growth.of));
    let mut mark = 0.0;
    while mark <= ceiling {
        let (_, at) = place(0.0, mark);
        let _ = writeln!(svg, "<path class=\"axis\" d=\"M{left:.1} {at:.1}H{right:.1}\"/>");
        text(svg, (left - 5.0, at + 4.0), "dim", "end", &format!("{mark:.0}"));
        mark += step;
    }
    let mut labelled = f64::NEG_INFINITY;
    for (size, _) in &points {
        let (x, _) = place(*size, 0.0);
        // Where two labels would touch, the first stands.
        if x - labelled > 22.0 {
            text(svg, (x, bottom + 14.0), "dim", "middle", &size.to_string());
            labelled = x;
        }
    }
    for (line, class) in CLASSES.iter().enumerate() {
        let path: Vec<_> = points
            .iter()
            .map(|(size, figures)| place(*size, figures[line]))
            .filter(|(_, y)| y.is_finite())
            .map(|(x, y)| format!("{x:.1} {y:.1}"))
            .collect();
        if !path.is_empty() {
            let _ = writeln!(svg, "<path class=\"{class}\" d=\"M{}\"/>", path.join("L"));
        }
    }
}

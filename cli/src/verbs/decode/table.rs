//! Several tokens: a line for each.

use super::{Output, Reader, Said, tokens};
use crate::{
    args::Format,
    input::Input,
    report::{
        json,
        text::Canvas,
        visible::{Blanks, NOTHING, fitted, glyphs, on_one_line},
        wrap::{elided, lines, padded},
        zone::Zoned,
    },
    trouble::Trouble,
    verbs::{Answer, Outcome},
};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// Ids up to this length are shown whole.
const ID: usize = 20;
/// Columns for a scope.
const SCOPE: usize = 32;

/// The tokens as JSON, schema `countersign.claims/1`.
#[derive(Serialize)]
struct List {
    schema: &'static str,
    claims: Vec<Output>,
}

pub(super) fn run(input: &Input, reader: &Reader<'_>) -> Result<Answer, Trouble> {
    let all = tokens(input).map(|token| reader.token(token, input)).collect::<Result<Vec<_>, _>>()?;
    let worst = all.iter().map(|said| said.outcome).max().unwrap_or(Outcome::Unknown);
    let text = match reader.setting.common.format {
        Format::Json => {
            let claims = all.into_iter().map(|said| said.output).collect();
            json::write(&List { schema: "countersign.claims/1", claims })
        }
        Format::Text => text(&all, reader).into_bytes(),
    };
    Ok(Answer { text, outcome: worst })
}

fn text(all: &[Said], reader: &Reader<'_>) -> String {
    let setting = reader.setting;
    let canvas = setting.canvas();
    let labels = setting.words.labels();
    let head = {
        let table = &labels.table;
        [table.number, table.access_key_id, table.scope, table.deadline, table.plus_8, table.left, table.problems]
    };
    let lines_of = all.iter().zip(1..).map(|(said, number)| cells(number, said, reader));
    let table: Vec<[String; 7]> = [head.map(str::to_owned)].into_iter().chain(lines_of).collect();
    let mut widths = [0; 7];
    for line in &table {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.width().max(*width);
        }
    }
    let mut out = String::new();
    for (index, line) in table.iter().enumerate() {
        let cells: Vec<_> = line.iter().zip(widths).map(|(cell, width)| padded(cell, width)).collect();
        let line = cells.join("  ");
        let line = line.trim_end();
        out.push_str(&if index == 0 { canvas.paint.strong(line) } else { line.to_owned() });
        out.push('\n');
    }
    out.push('\n');
    let mut help = None;
    for (said, number) in all.iter().zip(1..) {
        for problem in &said.problems {
            about(&mut out, labels.problem, &format!("{number}{}{problem}", labels.colon), canvas);
        }
        if let Some(hint) = &said.hint {
            about(&mut out, labels.hint, &format!("{number}{}{}", labels.colon, hint.title), canvas);
            help = Some(hint.help);
        }
    }
    if let Some(help) = help {
        about(&mut out, labels.help, help, canvas);
    }
    out.push_str(&setting.words.judged(all.len(), setting.at));
    out.push('\n');
    out
}

fn cells(number: usize, said: &Said, reader: &Reader<'_>) -> [String; 7] {
    let nothing = || NOTHING.to_owned();
    let setting = reader.setting;
    let id = said.output.access_key_id.as_deref().filter(|id| !id.is_empty());
    let scope = said.scope.as_deref().map(|scope| {
        let shown = fitted(glyphs(scope.as_bytes(), Blanks::Doubtful), SCOPE);
        shown.into_iter().map(|glyph| glyph.shown).collect::<String>()
    });
    let ends = said.ends;
    [
        number.to_string(),
        id.map_or_else(nothing, |id| elided(&on_one_line(id), ID)),
        scope.unwrap_or_else(nothing),
        ends.map_or_else(nothing, |time| Zoned { time, east: 0 }.clock(" ")),
        ends.map_or_else(nothing, |time| Zoned::plus_8(time).clock(" ")),
        ends.map_or_else(nothing, |time| setting.words.left(time, setting.at)),
        if said.problems.is_empty() { nothing() } else { said.problems.len().to_string() },
    ]
}

/// A sentence behind its label, wrapped.
fn about(out: &mut String, label: &str, text: &str, canvas: Canvas<'_>) {
    let colon = canvas.words.labels().colon;
    let front = label.width() + colon.width();
    for (index, line) in lines(text, canvas.width.saturating_sub(front).max(20)).iter().enumerate() {
        let lead = if index == 0 { format!("{}{colon}", canvas.paint.strong(label)) } else { " ".repeat(front) };
        out.push_str(&format!("{lead}{line}\n"));
    }
}

//! Several reports in one: a table, a title above each, or a list as JSON.

use super::{
    text::Canvas,
    visible::{NOTHING, on_one_line},
    wrap::padded,
};
use countersign::explain::Verdict;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One request in the table.
pub struct Line<'v> {
    pub method: String,
    /// Host and path.
    pub url: String,
    pub result: Result<'v>,
}

/// What came of it.
pub enum Result<'v> {
    Verdict {
        verdict: Verdict,
        scheme: &'v str,
        cause: Option<&'v str>,
    },
    /// Its signature cannot be read.
    Unreadable,
}

/// Columns a URL has at least, and as a title.
const URL: usize = 24;

/// The table, with an empty line behind it.
pub fn table(lines: &[Line<'_>], canvas: Canvas<'_>) -> String {
    let labels = canvas.words.labels();
    let head = {
        let table = &labels.requests;
        [table.number, table.method, table.url, table.scheme, table.verdict, table.cause].map(str::to_owned)
    };
    let mut rows: Vec<[String; 6]> = vec![head];
    rows.extend(lines.iter().zip(1..).map(|(line, number): (_, usize)| cells(number, line, canvas)));
    let widest =
        |rows: &[[String; 6]], column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let others: usize = [0, 1, 3, 4, 5].into_iter().filter_map(|column| widest(&rows, column)).map(|width| width + 2).sum();
    let room = canvas.width.saturating_sub(others).max(URL);
    for [_, _, url, ..] in &mut rows {
        *url = shortened(url, room);
    }
    let widths: Vec<usize> = (0..6).map(|column| widest(&rows, column).unwrap_or_default()).collect();
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        let line = cells.join("  ");
        let line = line.trim_end();
        out.push_str(&if index == 0 { canvas.paint.strong(line) } else { line.to_owned() });
        out.push('\n');
    }
    out
}

/// What stands above the details of a request.
pub fn title(number: usize, line: &Line<'_>, canvas: Canvas<'_>) -> String {
    let label = canvas.words.labels().requests.number;
    let room = canvas.width.saturating_sub(label.len() + line.method.len() + 8).max(URL);
    let text = format!("{label}{number}  {}  {}", line.method, shortened(&on_one_line(&line.url), room));
    format!("\n{}\n", canvas.paint.strong(text.trim_end()))
}

/// Reports as one JSON list.
pub fn list(reports: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let reports: Vec<Vec<u8>> = reports.map(|report| report.trim_ascii_end().to_vec()).collect();
    [b"[\n", reports.join(&b",\n"[..]).as_slice(), b"\n]\n"].concat()
}

/// A text with its middle left out, so that it takes `most` columns.
fn shortened(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let end = most.saturating_sub(1) / 2;
    let fitting = |characters: &mut dyn Iterator<Item = char>, room: usize| {
        let mut used = 0;
        let fits = |c: &char| {
            used += c.width().unwrap_or_default();
            used <= room
        };
        characters.take_while(fits).collect::<String>()
    };
    let front = fitting(&mut text.chars(), most.saturating_sub(end + 1));
    let back: String = fitting(&mut text.chars().rev(), end).chars().rev().collect();
    format!("{front}…{back}")
}

fn cells(number: usize, line: &Line<'_>, canvas: Canvas<'_>) -> [String; 6] {
    let labels = canvas.words.labels();
    let nothing = || NOTHING.to_owned();
    let (scheme, verdict, cause) = match &line.result {
        Result::Verdict { verdict, scheme, cause } => {
            let word = match verdict {
                Verdict::Valid => labels.matches,
                Verdict::Mismatch => labels.differs,
                Verdict::Rejected => labels.refused,
                Verdict::Undecided => labels.undecided,
            };
            (String::from(*scheme), word, cause.map_or_else(nothing, str::to_owned))
        }
        Result::Unreadable => (nothing(), labels.error, nothing()),
    };
    let text = |text: &str| if text.is_empty() { nothing() } else { on_one_line(text) };
    [number.to_string(), text(&line.method), text(&line.url), scheme, verdict.to_owned(), cause]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{args::Lang, report::wrap::Paint, text::words};

    #[test]
    fn a_table_fits_and_shortens_urls_alone() {
        let line = |url: &str, verdict| Line {
            method: "PUT".into(),
            url: url.into(),
            result: Result::Verdict { verdict, scheme: "s3-v4-header", cause: Some("region-wrong") },
        };
        let lines = [
            line("h.example/a", Verdict::Mismatch),
            line(&"h.example/a/long/path".repeat(9), Verdict::Valid),
            Line { method: String::new(), url: String::new(), result: Result::Unreadable },
        ];
        let text = table(&lines, Canvas { words: words(Lang::En), width: 100, paint: Paint { is_on: false } });
        assert!(text.lines().all(|line| line.width() <= 100), "{text}");
        assert!(text.lines().nth(1).is_some_and(|line| line.ends_with("s3-v4-header  DOES NOT MATCH  region-wrong")), "{text}");
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn both_ends_of_a_long_url_are_shown() {
        assert_eq!(shortened("abcdefghij", 10), "abcdefghij");
        assert_eq!(shortened("abcdefghijk", 7), "abc…ijk");
        assert_eq!(shortened("你好你好你好", 7), "你…好");
    }

    #[test]
    fn a_list_is_json() {
        for count in 0..3 {
            let list = list((0..count).map(|_| b"{\"a\": 1}\n".to_vec()));
            let value: serde_json::Value = serde_json::from_slice(&list).unwrap();
            assert_eq!(value.as_array().map(Vec::len), Some(count));
        }
    }
}

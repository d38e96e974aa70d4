//! A signed text as a table: what was signed beside what the server sees, part by part.

use super::{
    text::Canvas,
    visible::{self, BLANK, Blanks, Glyph, LINE_END, NOTHING},
    wrap::{Paint, padded},
};
use countersign::{Document, Role, Written};
use countersign_report::pairs::{Pair, Piece, pairs, parts};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Titles of the columns and words of the legend.
#[derive(Debug)]
pub struct Titles {
    pub canonical_request: &'static str,
    pub string_to_sign: &'static str,
    pub signed: &'static str,
    pub right: &'static str,
    pub blank: &'static str,
    pub line_end: &'static str,
    pub nothing: &'static str,
}

/// Blanks at the left of every table.
const INDENT: &str = "    ";
/// Rows shown around one that differs.
const CONTEXT: usize = 2;
/// Tables up to this length are shown whole.
const SHORT: usize = 16;
/// Runs of rows of one kind up to this length are shown whole, and of longer ones so many.
const LONG_RUN: usize = 24;
const OF_LONG_RUN: usize = 8;

/// One line of a table.
struct Row {
    line: Option<usize>,
    label: String,
    is_line_end: bool,
    signed: Vec<Glyph>,
    /// `None` where it is the same as what was signed.
    right: Option<Vec<Glyph>>,
}

/// Draws both texts beside each other, or one alone.
pub fn draw(signed: Option<&Written>, right: &Written, canvas: Canvas<'_>) -> String {
    let titles = &canvas.words.labels().titles;
    let all = match signed {
        Some(signed) => pairs(signed, right),
        None => parts(right).into_iter().map(|piece| Pair { signed: Some(piece), right: Some(piece) }).collect(),
    };
    let has_more = all.iter().any(|pair| !pair.is_same() && pair.piece().is_some_and(|piece| !piece.is_mark()));
    let mut last_line = 0;
    let mut rows: Vec<Row> = Vec::new();
    for pair in all {
        let Some(piece) = pair.piece() else { continue };
        // A line end is shown where one side lacks it, unless it came or went with its line.
        let is_with_its_line = has_more && (pair.signed.is_none() || pair.right.is_none());
        if piece.role == Some(Role::LineEnd) && (pair.is_same() || is_with_its_line) {
            continue;
        }
        let line = pair.right.map(|piece| piece.line).filter(|line| *line != last_line);
        last_line = line.unwrap_or(last_line);
        let of = |piece: Option<Piece<'_>>, blanks| visible::glyphs(piece.map_or(b"", |piece| piece.bytes), blanks);
        let label = piece.role.map(|role| canvas.words.role(role)).unwrap_or_default();
        let is_line_end = piece.role == Some(Role::LineEnd);
        rows.push(if pair.is_same() {
            Row { line, label, is_line_end, signed: of(pair.signed, Blanks::Doubtful), right: None }
        } else {
            let (mut signed, mut right) = (of(pair.signed, Blanks::All), of(pair.right, Blanks::All));
            visible::mark(&mut signed, &mut right);
            Row { line, label, is_line_end, signed, right: Some(right) }
        });
    }
    let title = match right.document {
        Document::CanonicalRequest => titles.canonical_request,
        Document::StringToSign => titles.string_to_sign,
    };
    table(&rows, signed.is_some(), title, canvas)
}

fn table(rows: &[Row], is_pair: bool, title: &str, canvas: Canvas<'_>) -> String {
    let Canvas { words, width, paint } = canvas;
    let titles = &words.labels().titles;
    let number_width = rows.iter().filter_map(|row| row.line).max().unwrap_or(0).to_string().len();
    let label_width = rows.iter().map(|row| row.label.width()).max().unwrap_or(0);
    let front = number_width + 2 + label_width;
    let front_width = front.max(title.width());
    let room = width.saturating_sub(INDENT.len() + 2 + front_width + 2).max(24);
    let natural = |side: &dyn Fn(&Row) -> usize, heading: &str| rows.iter().map(side).max().unwrap_or(0).max(heading.width());
    let left_width =
        if is_pair { natural(&|row| visible::width_of(&row.signed), titles.signed).min((room - 2) / 2) } else { room };
    let right_width = room.saturating_sub(left_width + 2);

    let mut out = String::new();
    let heading =
        |text: &str, width| cell(&visible::fitted(visible::glyphs(text.as_bytes(), Blanks::Doubtful), width), width, paint);
    let heading = if is_pair {
        let (signed, right) = (heading(titles.signed, left_width), heading(titles.right, right_width));
        format!("{}  {signed}  {right}", padded(title, front_width))
    } else {
        format!("{}  {}", padded(title, front_width), heading(titles.right, room))
    };
    let _ = writeln!(out, "{INDENT}  {}", paint.faint(heading.trim_end()));
    let mut skipped = false;
    let mut left = 0;
    for (index, row) in rows.iter().enumerate() {
        let near = |other: &Row| other.right.is_some();
        let around = rows.iter().skip(index.saturating_sub(CONTEXT)).take(index.min(CONTEXT) + 1 + CONTEXT);
        if is_pair && rows.len() > SHORT && !around.into_iter().any(near) {
            if !skipped {
                let _ = writeln!(out, "{INDENT}  {}", visible::ELLIPSIS);
            }
            skipped = true;
            continue;
        }
        skipped = false;
        if is_left(rows, index) {
            left += usize::from(!row.is_line_end);
            if !is_left(rows, index + 1) {
                let more = if is_pair { words.more(left) } else { words.more_as_sent(left) };
                let _ = writeln!(out, "{INDENT}  {}", paint.faint(&format!("{} {more}", visible::ELLIPSIS)));
                left = 0;
            }
            continue;
        }
        let number = row.line.map(|line| line.to_string()).unwrap_or_default();
        let front = padded(&format!("{number:<number_width$}  {}", row.label), front_width);
        let signed = visible::fitted(row.signed.clone(), left_width);
        let right = row.right.clone().map(|glyphs| visible::fitted(glyphs, right_width));
        let marker = if row.right.is_some() { paint.bad(">") } else { " ".to_owned() };
        let mut line = format!("{INDENT}{marker} {front}  {}", cell(&signed, left_width, paint));
        if is_pair {
            let right = right.as_deref().map_or_else(|| "=".to_owned(), |glyphs| cell(glyphs, 0, paint));
            let _ = write!(line, "  {right}");
        }
        let _ = writeln!(out, "{}", line.trim_end());
        if let Some(carets) = carets(&signed, right.as_deref().unwrap_or_default(), left_width) {
            let _ = writeln!(out, "{INDENT}  {}  {carets}", " ".repeat(front_width));
        }
    }
    let legend = legend(&out, titles);
    if !legend.is_empty() {
        let _ = writeln!(out, "{INDENT}  {}", paint.faint(&legend));
    }
    out
}

/// Whether a row is left out: it stands far behind the first of very many of its kind.
fn is_left(rows: &[Row], index: usize) -> bool {
    let Some(row) = rows.get(index) else { return false };
    let same_kind = |other: &Row| other.label == row.label || other.is_line_end || row.is_line_end;
    let is_like = |other: &&Row| same_kind(other) && other.right.is_some() == row.right.is_some();
    let before = rows.iter().take(index).rev().take_while(is_like).take(LONG_RUN).count();
    before >= OF_LONG_RUN && before + 1 + rows.iter().skip(index + 1).take_while(is_like).take(LONG_RUN).count() > LONG_RUN
}

/// A cell with what differs in it marked by colour.
fn cell(glyphs: &[Glyph], width: usize, paint: Paint) -> String {
    if glyphs.is_empty() {
        return padded(NOTHING, width);
    }
    let mut out = String::new();
    for run in glyphs.chunk_by(|a, b| a.differs == b.differs) {
        let text: String = run.iter().map(|glyph| glyph.shown.as_str()).collect();
        let differs = run.first().is_some_and(|glyph| glyph.differs);
        out.push_str(&if differs { paint.bad(&text) } else { text });
    }
    out.push_str(&" ".repeat(width.saturating_sub(visible::width_of(glyphs))));
    out
}

/// A line of `^` under what differs, where that is a part of a cell only.
fn carets(signed: &[Glyph], right: &[Glyph], left_width: usize) -> Option<String> {
    let both = || signed.iter().chain(right);
    if !both().any(|glyph| glyph.differs) || !both().any(|glyph| !glyph.differs) {
        return None;
    }
    let under = |glyphs: &[Glyph]| -> String {
        glyphs.iter().map(|glyph| if glyph.differs { "^" } else { " " }.repeat(glyph.width)).collect()
    };
    let line = format!("{}  {}", padded(&under(signed), left_width), under(right));
    Some(line.trim_end().to_owned())
}

/// What the signs of a table mean, those that occur in it.
fn legend(table: &str, titles: &Titles) -> String {
    let signs = [(BLANK, titles.blank), (LINE_END, titles.line_end), (NOTHING, titles.nothing)];
    let signs = signs.iter().filter(|(sign, _)| table.contains(sign)).map(|(sign, word)| format!("{sign} {word}"));
    signs.chain(visible::legend(table)).collect::<Vec<_>>().join("   ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{args::Lang, text::words};
    use countersign::{Hints, Request, decode, transcript};

    fn written(message: &str, number: usize) -> Written {
        let request = Request::parse(message.as_bytes()).unwrap().header("Authorization", AUTHORIZATION);
        let subject = request.into();
        let claim = decode(&subject, &Hints::NONE).unwrap();
        transcript(&subject, &claim).unwrap().documents.swap_remove(number)
    }

    const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/20260501/us-east-1/s3/aws4_request, \
                                 SignedHeaders=host;x-amz-date;x-made-up, Signature=00";

    fn drawn(signed: &Written, right: &Written, width: usize) -> String {
        draw(Some(signed), right, Canvas { words: words(Lang::En), width, paint: Paint { is_on: false } })
    }

    fn request(target: &str, value: &str) -> String {
        format!("GET {target} HTTP/1.1\nHost: b.example.com\nx-amz-date: 20260501T083015Z\nx-made-up: {value}\n\n")
    }

    #[test]
    fn what_differs_is_marked_and_what_is_equal_is_not_repeated() {
        let signed = written(&request("/a%20b?x=1", "one two"), 0);
        let right = written(&request("/a%20b?x=1&y=2", "one\u{200b}two"), 0);
        let expected = "      canonical request  what was signed               what the server sees
      1  method          GET                           =
      2  path            /a%20b                        =
      3  query           x=1                           =
    >    query           ∅                             y=2
      4  header          host:b.example.com            =
      5  header          x-amz-date:20260501T083015Z   =
    > 6  header          x-made-up:one·two             x-made-up:one<U+200B>two
                                      ^                             ^^^^^^^^
      8  signed-header   host                          =
         signed-header   x-amz-date                    =
         signed-header   x-made-up                     =
      9  payload         e3b0c44298fc1c149…b7852b855   =
      · blank   ∅ nothing   U+200B ZERO WIDTH SPACE
";
        assert_eq!(drawn(&signed, &right, 84), expected);
    }

    #[test]
    fn a_long_text_is_shown_around_its_differences_only() {
        let names: String = (0..40).map(|n| format!("&p{n:02}=")).collect();
        let signed = written(&request(&format!("/?{names}"), "v"), 0);
        let right = written(&request(&format!("/?{}", names.replace("p20=", "p20=x")), "v"), 0);
        let table = drawn(&signed, &right, 84);
        let expected = "      …
         query           p18=                          =
         query           p19=                          =
    >    query           p20=                          p20=x
                                                           ^
         query           p21=                          =
         query           p22=                          =
      …
";
        assert!(table.ends_with(expected), "{table}");
    }

    #[test]
    fn of_very_many_rows_of_one_kind_the_rest_is_counted() {
        let names: String = (0..30).map(|n| format!("&p{n:02}=")).collect();
        let right = written(&request(&format!("/?{names}"), "v"), 0);
        let table = draw(None, &right, Canvas { words: words(Lang::En), width: 84, paint: Paint { is_on: false } });
        assert!(table.contains("p07=\n      … 22 more, as sent\n") && !table.contains("p08="), "{table}");
    }

    #[test]
    fn a_text_without_parts_is_compared_line_by_line() {
        let right = written(&request("/", "v"), 1);
        let text = String::from_utf8(right.text.clone()).unwrap().replace('\n', "\r\n").into_bytes();
        let signed = Written { document: right.document, text, parts: Vec::new() };
        let expected = "      string to sign  what was signed                 what the server sees
    > 1               AWS4-HMAC-SHA256<U+000D>⏎       AWS4-HMAC-SHA256⏎
                                      ^^^^^^^^
";
        let table = drawn(&signed, &right, 84);
        assert!(table.starts_with(expected), "{table}");
        assert_eq!(pairs(&signed, &right).iter().filter(|pair| !pair.is_same()).count(), 3);
    }
}

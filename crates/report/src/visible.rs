//! Makes every byte of a signed text visible: blanks, line ends and what has no shape of its own.

use unicode_width::UnicodeWidthChar;

/// One character as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// What is shown in its place; itself as a rule.
    pub shown: String,
    /// Columns it takes.
    pub width: usize,
    /// Whether the other side has something else here.
    pub differs: bool,
}

/// Which blanks are shown as `·`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// Every one.
    All,
    /// Those that are easily overlooked: at either end, or beside another.
    Doubtful,
}

/// In place of a blank.
pub const BLANK: &str = "·";
/// In place of a line feed.
pub const LINE_END: &str = "⏎";
/// In place of nothing.
pub const NOTHING: &str = "∅";
/// In place of what is left out.
pub const ELLIPSIS: &str = "…";

/// Characters without a shape that are met in practice, by their Unicode names.
static NAMES: [(char, &str); 24] = [
    ('\0', "NULL"),
    ('\t', "CHARACTER TABULATION"),
    ('\n', "LINE FEED"),
    (' ', "SPACE"),
    ('\r', "CARRIAGE RETURN"),
    ('\u{1b}', "ESCAPE"),
    ('\u{7f}', "DELETE"),
    ('\u{85}', "NEXT LINE"),
    ('\u{a0}', "NO-BREAK SPACE"),
    ('\u{ad}', "SOFT HYPHEN"),
    ('\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{2028}', "LINE SEPARATOR"),
    ('\u{2029}', "PARAGRAPH SEPARATOR"),
    ('\u{202a}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202c}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{3000}', "IDEOGRAPHIC SPACE"),
    ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
    ('\u{fffd}', "REPLACEMENT CHARACTER"),
];

/// The characters of `bytes`; bytes that are no UTF-8 are shown as `\xNN`.
pub fn glyphs(bytes: &[u8], blanks: Blanks) -> Vec<Glyph> {
    let mut all = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        all.extend(chunk.valid().chars().map(shown));
        all.extend(chunk.invalid().iter().map(|byte| glyph(format!("\\x{byte:02X}"))));
    }
    if blanks == Blanks::Doubtful {
        let is_blank: Vec<bool> = all.iter().map(|glyph| glyph.shown == BLANK).collect();
        let at = |index: Option<usize>| index.and_then(|index| is_blank.get(index)).copied().unwrap_or(true);
        for (index, glyph) in all.iter_mut().enumerate() {
            if at(Some(index)) && !at(index.checked_sub(1)) && !at(index.checked_add(1)) {
                " ".clone_into(&mut glyph.shown);
            }
        }
    }
    all
}

fn shown(c: char) -> Glyph {
    match c {
        ' ' => glyph(BLANK.to_owned()),
        '\n' => glyph(LINE_END.to_owned()),
        // The signs used here must not be mistaken for the text.
        '·' | '⏎' | '∅' | '…' => escaped(c),
        _ if c.is_control() || c.is_whitespace() || columns(c) == 0 || c == '\u{ad}' || c == '\u{fffd}' => escaped(c),
        _ => glyph(c.to_string()),
    }
}

fn escaped(c: char) -> Glyph {
    glyph(format!("<U+{:04X}>", u32::from(c)))
}

fn glyph(shown: String) -> Glyph {
    let width = shown.chars().map(columns).sum();
    Glyph { shown, width, differs: false }
}

/// The first character of `bytes`, by its name if it cannot be seen, or the first byte if that is none.
pub fn name_of_first(bytes: &[u8]) -> String {
    let first = bytes.utf8_chunks().next();
    let Some(c) = first.and_then(|chunk| chunk.valid().chars().next()) else {
        return bytes.first().map(|byte| format!("0x{byte:02X}")).unwrap_or_default();
    };
    if c != ' ' && c != '`' && glyphs(c.to_string().as_bytes(), Blanks::All).iter().all(|glyph| glyph.shown == c.to_string()) {
        return format!("`{c}`");
    }
    let name = NAMES.iter().find(|(own, _)| *own == c).map(|(_, name)| format!(" {name}")).unwrap_or_default();
    format!("U+{:04X}{name}", u32::from(c))
}

/// Text for a line: what would break the line, or move the cursor, is made visible.
pub fn on_one_line(text: &str) -> String {
    let harmless = |c: char| !c.is_control() && (columns(c) > 0 || c.is_ascii());
    if text.chars().all(harmless) {
        return text.to_owned();
    }
    text.chars().map(|c| if harmless(c) { c.to_string() } else { shown(c).shown }).collect()
}

/// Marks what lies between the common start and the common end of both.
pub fn mark(left: &mut [Glyph], right: &mut [Glyph]) {
    let same = |pair: &(&Glyph, &Glyph)| pair.0.shown == pair.1.shown;
    let start = left.iter().zip(right.iter()).take_while(same).count();
    let most = left.len().min(right.len()) - start;
    let end = left.iter().rev().zip(right.iter().rev()).take(most).take_while(same).count();
    for side in [left, right] {
        let until = side.len() - end;
        for glyph in side.iter_mut().take(until).skip(start) {
            glyph.differs = true;
        }
    }
}

/// As much of `glyphs` as fits into `width` columns, around the first that differs.
pub fn fitted(glyphs: Vec<Glyph>, width: usize) -> Vec<Glyph> {
    if width_of(&glyphs) <= width {
        return glyphs;
    }
    let dots = || glyph(ELLIPSIS.to_owned());
    let room = width.saturating_sub(2).max(1);
    let Some(first) = glyphs.iter().position(|glyph| glyph.differs) else {
        // Both ends of a value tell more than its middle.
        let head = taken(glyphs.iter(), room * 2 / 3);
        let tail = taken(glyphs.iter().rev(), room - room * 2 / 3);
        let end = glyphs.iter().skip(glyphs.len() - tail).cloned();
        return glyphs.iter().take(head).cloned().chain([dots()]).chain(end).collect();
    };
    // A third of the room for what stands before, and what is left over behind.
    let behind: usize = glyphs.iter().skip(first).map(|glyph| glyph.width).sum();
    let before = taken(glyphs.iter().take(first).rev(), (room / 3).max(room.saturating_sub(behind)));
    let start = first - before;
    let count = taken(glyphs.iter().skip(start), room);
    let lead = (start > 0).then(dots);
    let trail = (start + count < glyphs.len()).then(dots);
    lead.into_iter().chain(glyphs.iter().skip(start).take(count).cloned()).chain(trail).collect()
}

/// How many glyphs fit into `room` columns.
fn taken<'g>(glyphs: impl Iterator<Item = &'g Glyph>, room: usize) -> usize {
    let ends = glyphs.scan(0, |used, glyph| {
        *used += glyph.width;
        Some(*used)
    });
    ends.take_while(|used| *used <= room).count()
}

/// Columns of all.
pub fn width_of(glyphs: &[Glyph]) -> usize {
    glyphs.iter().map(|glyph| glyph.width).sum()
}

/// The signs in `shown` that need an explanation, with the names of the characters shown by number.
pub fn legend(shown: &str) -> Vec<String> {
    let escapes = NAMES.iter().filter(|(c, _)| shown.contains(&format!("<U+{:04X}>", u32::from(*c))));
    escapes.map(|(c, name)| format!("U+{:04X} {name}", u32::from(*c))).collect()
}

/// Columns of a character; those that are never shown as they are count none.
#[must_use]
pub fn columns(c: char) -> usize {
    c.width().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(glyphs: &[Glyph]) -> String {
        glyphs.iter().map(|glyph| glyph.shown.as_str()).collect()
    }

    fn marks(glyphs: &[Glyph]) -> String {
        glyphs.iter().map(|glyph| if glyph.differs { '^' } else { '.' }).collect()
    }

    #[test]
    fn every_byte_is_visible() {
        let all = glyphs("a b\r\n\u{feff}é·\u{301}签".as_bytes(), Blanks::All);
        assert_eq!(text(&all), "a·b<U+000D>⏎<U+FEFF>é<U+00B7><U+0301>签");
        assert_eq!(all.last().map(|glyph| glyph.width), Some(2));
        assert_eq!(text(&glyphs(b"\xe4x", Blanks::All)), "\\xE4x");
        assert_eq!(legend("<U+FEFF><U+0301>"), ["U+FEFF ZERO WIDTH NO-BREAK SPACE"]);
    }

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(on_one_line("a b·…"), "a b·…");
        assert_eq!(on_one_line("a\u{1b}[31m\nb\u{202e}"), "a<U+001B>[31m⏎b<U+202E>");
    }

    #[test]
    fn single_blanks_inside_may_stay_blank() {
        assert_eq!(text(&glyphs(b" a b  c d ", Blanks::Doubtful)), "·a b··c d·");
        assert_eq!(text(&glyphs(b" ", Blanks::Doubtful)), "·");
    }

    #[test]
    fn differences_are_marked_between_common_ends() {
        for (left, right, expected) in [
            ("abc", "axc", (".^.", ".^.")),
            ("abc", "ac", (".^.", "..")),
            ("aa", "aaa", ("..", "..^")),
            ("", "x", ("", "^")),
            ("same", "same", ("....", "....")),
        ] {
            let (mut a, mut b) = (glyphs(left.as_bytes(), Blanks::All), glyphs(right.as_bytes(), Blanks::All));
            mark(&mut a, &mut b);
            assert_eq!((&*marks(&a), &*marks(&b)), expected, "{left} {right}");
        }
    }

    #[test]
    fn what_is_cut_keeps_the_difference_in_sight() {
        let mut left = glyphs("x".repeat(100).as_bytes(), Blanks::All);
        assert_eq!(text(&fitted(left.clone(), 11)), "xxxxxx…xxx");
        left[50].shown = "!".into();
        left[50].differs = true;
        let cut = fitted(left, 11);
        assert_eq!(text(&cut), "…xxx!xxxxx…");
        assert!(width_of(&cut) <= 11);
        let mut right = glyphs("x".repeat(100).as_bytes(), Blanks::All);
        right[99].differs = true;
        assert_eq!(marks(&fitted(right, 11)), ".........^");
        let short = glyphs(b"short", Blanks::All);
        assert_eq!(fitted(short.clone(), 5), short);
    }
}

//! Lines that fit the terminal, and the styles words may have.

use super::visible::on_one_line;
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// Puts words into styles, or leaves them plain.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    pub is_on: bool,
}

impl Paint {
    pub fn good(self, text: &str) -> String {
        self.with(Style::new().bold().fg_color(Some(AnsiColor::Green.into())), text)
    }

    pub fn bad(self, text: &str) -> String {
        self.with(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), text)
    }

    pub fn doubtful(self, text: &str) -> String {
        self.with(Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())), text)
    }

    pub fn strong(self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    pub fn faint(self, text: &str) -> String {
        self.with(Style::new().dimmed(), text)
    }

    fn with(self, style: Style, text: &str) -> String {
        if self.is_on && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// Breaks `text` into lines of at most `width` columns, between words. A word that is too long for
/// a line stays whole, so that it can be copied.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut used = 0;
    for word in on_one_line(text).split(' ') {
        let needed = word.width();
        if used > 0 && used + 1 + needed > width {
            all.push(String::new());
            used = 0;
        }
        if let Some(line) = all.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += needed;
        }
    }
    all
}

/// `text` with blanks behind it, up to `width` columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A long word with its middle left out: `Zk3l…8w=`.
pub fn elided(word: &str, most: usize) -> String {
    if word.width() <= most {
        return word.to_owned();
    }
    let start: String = word.chars().take(4).collect();
    let end: Vec<char> = word.chars().rev().take(4).collect();
    format!("{start}…{}", end.into_iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_long_words_whole() {
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("one two three", 8), ["one two", "three"]);
        assert_eq!(lines("a verylongword b", 4), ["a", "verylongword", "b"]);
        assert_eq!(lines("", 4), [""]);
        // Two columns each.
        assert_eq!(lines("签名 签名", 5), ["签名", "签名"]);
    }

    #[test]
    fn a_long_word_loses_its_middle() {
        assert_eq!(elided("26NBxoKdsyly4EDv6inkoDft/yA=", 24), "26NB…/yA=");
        assert_eq!(elided("CSIDEXAMPLE0001", 24), "CSIDEXAMPLE0001");
    }

    #[test]
    fn nothing_is_painted_when_colour_is_off() {
        assert_eq!(Paint { is_on: false }.bad("x"), "x");
        assert_eq!(Paint { is_on: true }.bad("x"), "\u{1b}[1m\u{1b}[31mx\u{1b}[0m");
    }
}

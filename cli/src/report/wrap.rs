//! Lines that fit the terminal, and the styles words may have.

use super::visible::{columns, on_one_line};
use anstyle::{AnsiColor, Style};
use unicode_linebreak::linebreaks;
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

/// Breaks `text` into lines of at most `width` columns: at blanks, and between Chinese characters where their
/// punctuation allows it. A word that is too long for a line stays whole, so that it can be copied.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let text = on_one_line(text);
    let mut in_code = false;
    let words = words_of(&text, MOST_OF_CODE.min(width));
    broken(words.into_iter().map(|word| pieces(word, &mut in_code)), width)
}

/// The same for text that is somebody's data: it is broken at its blanks alone, whatever its language.
pub fn words(text: &str, width: usize) -> Vec<String> {
    broken(on_one_line(text).split(' ').map(|word| vec![word]), width)
}

/// Columns up to which code is kept on one line, blanks and all, so that it can be copied.
const MOST_OF_CODE: usize = 32;

/// What stands between blanks, where a blank in short code is none.
fn words_of(text: &str, most: usize) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ') {
        let front = text.get(start..at).unwrap_or_default();
        let is_in_code = !front.matches('`').count().is_multiple_of(2);
        let code = front.rfind('`').map_or(front, |code| front.get(code..).unwrap_or_default());
        let rest = text.get(at..).and_then(|behind| behind.split_once('`')).map(|(rest, _)| rest);
        if is_in_code && rest.is_some_and(|rest| code.width() + rest.width() < most) {
            continue;
        }
        all.push(front);
        start = at + 1;
    }
    all.push(text.get(start..).unwrap_or_default());
    all
}

fn broken<'w>(words: impl Iterator<Item = Vec<&'w str>>, width: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut used = 0;
    for pieces in words {
        for (index, piece) in pieces.into_iter().enumerate() {
            let blank = usize::from(index == 0 && used > 0);
            let needed = piece.width();
            let is_full = used > 0 && used + blank + needed > width;
            if is_full {
                all.push(String::new());
                used = 0;
            }
            if let Some(line) = all.last_mut() {
                if blank > 0 && !is_full {
                    line.push(' ');
                    used += blank;
                }
                line.push_str(piece);
                used += needed;
            }
        }
    }
    all
}

/// What of a word may stand on a line of its own. Code, which stands in backticks, is never cut.
fn pieces<'w>(word: &'w str, in_code: &mut bool) -> Vec<&'w str> {
    let is_wide = |c: Option<char>| c.is_some_and(|c| columns(c) == 2);
    let mut all = Vec::new();
    let mut rest = word;
    for (end, _) in linebreaks(word) {
        let start = word.len() - rest.len();
        let Some((piece, behind)) = end.checked_sub(start).and_then(|length| rest.split_at_checked(length)) else { continue };
        let was_in_code = *in_code ^ !piece.matches('`').count().is_multiple_of(2);
        let may_end = is_wide(piece.chars().next_back()) || is_wide(behind.chars().next());
        if behind.is_empty() || (may_end && !was_in_code) {
            all.push(piece);
            *in_code = was_in_code;
            rest = behind;
        }
    }
    if all.is_empty() { vec![word] } else { all }
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
    fn short_code_stays_on_one_line() {
        assert_eq!(lines("see `curl -v` or `cat -A`", 11), ["see", "`curl -v`", "or `cat -A`"]);
        let long = "`a long line of code that fits nowhere` x";
        assert_eq!(lines(long, 20), ["`a long line of code", "that fits nowhere` x"]);
        assert_eq!(lines("an odd ` mark in it", 8), ["an odd `", "mark in", "it"]);
    }

    #[test]
    fn chinese_breaks_between_any_two_characters_but_not_at_its_punctuation() {
        assert_eq!(lines("请求头的签名", 6), ["请求头", "的签名"]);
        assert_eq!(lines("请求头，签名", 6), ["请求", "头，签", "名"]);
        assert_eq!(lines("签名（请求头）、", 6), ["签名", "（请求", "头）、"]);
        assert_eq!(lines("签名“请求头”", 8), ["签名“请", "求头”"]);
        assert_eq!(lines("用 --secret-file 给出", 10), ["用", "--secret-file", "给出"]);
        assert_eq!(lines("见 `照片 目录`，再试", 8), ["见 `照片", "目录`，", "再试"]);
        assert_eq!(lines("见 `照片 目录`，再试", 12), ["见", "`照片 目录`，", "再试"]);
        for width in 4..40 {
            let text = "签名内容与请求有一处不同（第 3 行）：`content-type`，“多了”一个值、请先检查；然后再试。";
            let all = lines(text, width);
            assert_eq!(all.concat().replace(' ', ""), text.replace(' ', ""));
            for line in &all {
                assert!(!line.starts_with(['，', '）', '：', '、', '；', '。', '”']), "{width}: {line}");
                assert!(!line.ends_with(['（', '“']), "{width}: {line}");
            }
        }
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

//! The words of a command, as a shell splits them: `bash` with its quotes, and `cmd` with its carets.

use crate::http;

/// A command in its words. Has no `Debug`: a secret may be one of them.
#[derive(Default)]
pub(super) struct Words {
    pub(super) words: Vec<Vec<u8>>,
    /// Bytes of the text that belong to the command, with its line end.
    pub(super) used: usize,
    /// A quote is never closed.
    pub(super) is_open: bool,
    /// Variables of the shell.
    pub(super) variables: Vec<String>,
    /// A bare `&` in a URL, at which a shell ends the command.
    pub(super) has_bare_ampersand: bool,
}

/// Splits the command a text starts with.
pub(super) fn split(text: &[u8]) -> Words {
    let (first, _) = http::line(text);
    if first.trim_ascii_end().ends_with(b"^") || http::find(first, b"^\"").is_some() {
        return cmd(text);
    }
    let mut reader = Bash { text, at: 0, word: None, found: Words::default() };
    reader.run();
    reader.found
}

struct Bash<'t> {
    text: &'t [u8],
    at: usize,
    /// The word that is being read; an empty one if only quotes were seen of it.
    word: Option<Vec<u8>>,
    found: Words,
}

impl Bash<'_> {
    fn next(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied();
        self.at += usize::from(byte.is_some());
        byte
    }

    fn rest(&self) -> &[u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, byte: u8) {
        self.word.get_or_insert_default().push(byte);
    }

    fn end_word(&mut self) {
        self.found.words.extend(self.word.take());
    }

    fn run(&mut self) {
        while let Some(byte) = self.next() {
            match byte {
                b'\n' => break,
                b' ' | b'\t' | b'\r' => self.end_word(),
                b'\\' | b'`' | b'^' if self.continues() => {}
                b'\\' => {
                    let next = self.next().unwrap_or(b'\\');
                    self.push(next);
                }
                b'\'' => self.single(),
                b'"' => self.double(),
                b'$' if self.rest().starts_with(b"'") => {
                    self.at += 1;
                    self.escaped();
                }
                b'$' => {
                    self.variable();
                    self.push(b'$');
                }
                b'#' if self.word.is_none() => return self.skip_line(),
                // In the midst of a URL it was meant to belong to it.
                b'&' if self.is_in_url() => {
                    self.found.has_bare_ampersand = true;
                    self.push(b'&');
                }
                b';' | b'|' | b'&' | b'>' | b'<' => return self.skip_line(),
                // Blanks of pages: U+00A0 and U+3000.
                0xc2 if self.rest().starts_with(&[0xa0]) => {
                    self.at += 1;
                    self.end_word();
                }
                0xe3 if self.rest().starts_with(&[0x80, 0x80]) => {
                    self.at += 2;
                    self.end_word();
                }
                _ => self.push(byte),
            }
        }
        self.end_word();
        self.found.used = self.at;
    }

    /// Whether only blanks and a line end follow, which are taken: the command goes on in the next line.
    fn continues(&mut self) -> bool {
        let rest = self.rest();
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        let is_end = rest.get(blanks) == Some(&b'\n');
        if is_end {
            self.at += blanks + 1;
        }
        is_end
    }

    fn is_in_url(&self) -> bool {
        let goes_on = self.rest().first().is_some_and(|next| !next.is_ascii_whitespace() && *next != b'&');
        goes_on && self.word.as_deref().is_some_and(|word| word.contains(&b'?') || http::is_url(word))
    }

    fn skip_line(&mut self) {
        self.end_word();
        let (line, _) = http::line(self.rest());
        let used = self.at + line.len();
        self.found.used = (used + 2).min(self.text.len());
        // One or two bytes of line end.
        if self.text.get(used) == Some(&b'\n') {
            self.found.used = used + 1;
        }
    }

    fn single(&mut self) {
        self.word.get_or_insert_default();
        while let Some(byte) = self.next() {
            if byte == b'\'' {
                return;
            }
            self.push(byte);
        }
        self.found.is_open = true;
    }

    fn double(&mut self) {
        self.word.get_or_insert_default();
        while let Some(byte) = self.next() {
            match byte {
                b'"' => return,
                b'\\' => match self.rest().first().copied() {
                    Some(next @ (b'"' | b'\\' | b'$' | b'`')) => {
                        self.at += 1;
                        self.push(next);
                    }
                    Some(b'\n') => self.at += 1,
                    _ => self.push(b'\\'),
                },
                b'$' => {
                    self.variable();
                    self.push(b'$');
                }
                _ => self.push(byte),
            }
        }
        self.found.is_open = true;
    }

    /// Notes the name behind a `$`.
    fn variable(&mut self) {
        const MOST: usize = 16;
        let rest = self.rest();
        let rest = rest.strip_prefix(b"{").unwrap_or(rest);
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let name = String::from_utf8_lossy(rest.get(..length).unwrap_or_default()).into_owned();
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        if is_name && self.found.variables.len() < MOST {
            self.found.variables.push(name);
        }
    }

    /// `$'..'`, with the escapes of C.
    fn escaped(&mut self) {
        self.word.get_or_insert_default();
        while let Some(byte) = self.next() {
            match byte {
                b'\'' => return,
                b'\\' => {
                    let Some(kind) = self.next() else { break };
                    match kind {
                        b'n' => self.push(b'\n'),
                        b't' => self.push(b'\t'),
                        b'r' => self.push(b'\r'),
                        b'a' => self.push(7),
                        b'b' => self.push(8),
                        b'e' | b'E' => self.push(27),
                        b'f' => self.push(12),
                        b'v' => self.push(11),
                        b'x' => self.number(2, 16, false),
                        b'u' => self.number(4, 16, true),
                        b'U' => self.number(8, 16, true),
                        b'0'..=b'7' => {
                            self.at -= 1;
                            self.number(3, 8, false);
                        }
                        other => self.push(other),
                    }
                }
                _ => self.push(byte),
            }
        }
        self.found.is_open = true;
    }

    /// A character by its number: a byte, or one of Unicode.
    fn number(&mut self, most: usize, radix: u32, is_char: bool) {
        let digits = self.rest().iter().take(most).take_while(|byte| char::from(**byte).is_digit(radix)).count();
        let number = std::str::from_utf8(self.rest().get(..digits).unwrap_or_default()).ok();
        let number = number.and_then(|digits| u32::from_str_radix(digits, radix).ok()).unwrap_or_default();
        self.at += digits;
        if is_char {
            let meant = char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER);
            self.word.get_or_insert_default().extend_from_slice(meant.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            self.push(number.to_le_bytes().first().copied().unwrap_or_default());
        }
    }
}

/// A command of `cmd`: carets first, as it undoes them, then quotes and backslashes, as C programs do.
fn cmd(text: &[u8]) -> Words {
    let mut found = Words::default();
    let mut line = Vec::new();
    let mut at = 0;
    let mut is_quoted = false;
    while let Some(byte) = text.get(at).copied() {
        at += 1;
        match byte {
            b'^' if !is_quoted => {
                let rest = text.get(at..).unwrap_or_default();
                let end = [&b"\r\n"[..], b"\n"].into_iter().find(|end| rest.starts_with(end));
                at += end.map_or(0, <[u8]>::len);
                // The character behind a caret, or behind the line end it takes away, is taken as it is.
                match text.get(at..).unwrap_or_default() {
                    [b'\r', b'\n', ..] if end.is_some() => {
                        line.push(b'\n');
                        at += 2;
                    }
                    [next, ..] if end.is_none() || *next == b'\n' => {
                        line.push(*next);
                        at += 1;
                    }
                    _ => {}
                }
            }
            b'\n' => break,
            b'&' | b'|' | b'>' if !is_quoted => {
                at += text.get(at..).map_or(0, |rest| http::line(rest).0.len());
                break;
            }
            b'"' => {
                is_quoted = !is_quoted;
                line.push(byte);
            }
            _ => line.push(byte),
        }
    }
    found.used = at.max(1).min(text.len());
    argv(&line, &mut found);
    found
}

/// Splits as programs for Windows do.
fn argv(line: &[u8], found: &mut Words) {
    let mut word: Option<Vec<u8>> = None;
    let mut is_quoted = false;
    let mut at = 0;
    while let Some(byte) = line.get(at).copied() {
        at += 1;
        match byte {
            b'\\' => {
                let more = line.get(at..).unwrap_or_default().iter().take_while(|byte| **byte == b'\\').count();
                let count = more + 1;
                at += more;
                let word = word.get_or_insert_default();
                if line.get(at) == Some(&b'"') {
                    word.extend(std::iter::repeat_n(b'\\', count / 2));
                    if count % 2 == 1 {
                        word.push(b'"');
                        at += 1;
                    }
                } else {
                    word.extend(std::iter::repeat_n(b'\\', count));
                }
            }
            b'"' if is_quoted && line.get(at) == Some(&b'"') => {
                word.get_or_insert_default().push(b'"');
                at += 1;
            }
            b'"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            b' ' | b'\t' | b'\r' | b'\n' if !is_quoted => found.words.extend(word.take()),
            _ => word.get_or_insert_default().push(byte),
        }
    }
    found.is_open = is_quoted;
    found.words.extend(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text.as_bytes()).words.into_iter().map(|word| String::from_utf8(word).unwrap()).collect()
    }

    #[test]
    fn quotes_are_those_of_bash() {
        assert_eq!(
            words(r#"curl -H 'a: "b"' "c \"d\" \$e \n" f\ g ''"#),
            ["curl", "-H", "a: \"b\"", "c \"d\" $e \\n", "f g", ""]
        );
        assert_eq!(words(r"curl $'it\'s\n\u4f60\x41\101' x"), ["curl", "it's\n你AA", "x"]);
        assert_eq!(words("curl 'a\nb' c"), ["curl", "a\nb", "c"]);
        assert_eq!(words("curl a'b'\"c\""), ["curl", "abc"]);
    }

    #[test]
    fn commands_go_on_behind_a_continuation_and_end_without_one() {
        for end in ["\\\n", "\\ \n", "`\n", "\\\r\n"] {
            assert_eq!(words(&format!("curl a {end}  -X PUT\nnext")), ["curl", "a", "-X", "PUT"], "{end:?}");
        }
        for end in ["\nnext", "; next", " | jq .", " > file", " && x", " 2>&1", " # x"] {
            let found = words(&format!("curl a{end}"));
            assert_eq!(found.get(..2).unwrap(), ["curl", "a"], "{end:?}");
            assert!(found.len() <= 3, "{end:?}");
        }
        assert_eq!(split(b"curl a | jq\r\nb").used, 13);
    }

    #[test]
    fn what_a_shell_would_fill_in_or_cut_is_told() {
        let found = split(b"curl \"$HOST/${KEY}\" https://h/?a=1&b=2 '$X'");
        assert_eq!(found.variables, ["HOST", "KEY"]);
        assert!(found.has_bare_ampersand);
        assert_eq!(found.words[2], b"https://h/?a=1&b=2");
        assert!(split(b"curl 'a").is_open);
    }

    #[test]
    fn carets_are_those_of_cmd() {
        let chrome =
            "curl ^\"https://h/a?x=1^&y=^%^41^\" ^\r\n  -H ^\"a: ^\\^\"b^\\^\"^\" ^\r\n  --data-raw ^\"{^\r\n\r\n}^\"\r\nnext";
        assert_eq!(words(chrome), ["curl", "https://h/a?x=1&y=%41", "-H", "a: \"b\"", "--data-raw", "{\n}"]);
        let older = "curl \"https://h/a?x=1&y=2\" ^\n -H \"a: \"\"b\"\" ^ c\" ^\n -d \"{\\\"a\\\":1}\"\nnext";
        assert_eq!(words(older), ["curl", "https://h/a?x=1&y=2", "-H", "a: \"b\" ^ c", "-d", "{\"a\":1}"]);
    }
}

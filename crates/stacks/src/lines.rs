//! The lines to change.

use crate::Stack;
use countersign::{explain::Language, wire::json::Json};
use countersign_report::{Shown, View};
use std::sync::LazyLock;

/// The text of [`Lines::own`].
static OWN: &str = include_str!("../data/lines.json");

/// The lines to change, for causes and stacks.
pub struct Lines(Vec<Line>);

/// A line for the causes it mends. `{name|NAME}` stands for the name the finding tells, or else `NAME`.
struct Line {
    stack: Stack,
    codes: Vec<String>,
    english: String,
    chinese: String,
}

impl Lines {
    /// Those of this crate.
    pub fn own() -> &'static Self {
        static LINES: LazyLock<Lines> = LazyLock::new(|| {
            // A test reads them.
            Lines::read(OWN).unwrap_or(Lines(Vec::new()))
        });
        &LINES
    }

    /// Reads what a file of lines holds, as a page loads it.
    #[must_use]
    pub fn read(json: &str) -> Option<Self> {
        Json::read(json).ok()?.items()?.into_iter().map(line).collect::<Option<_>>().map(Self)
    }

    /// The line for a cause and a stack, with places for a name.
    #[must_use]
    pub fn line(&self, code: &str, stack: Stack, language: Language) -> Option<&str> {
        let line = self.0.iter().find(|line| line.stack == stack && line.codes.iter().any(|own| own == code))?;
        Some(if language == Language::English { &line.english } else { &line.chinese })
    }

    /// Adds the lines to change for these stacks to the findings that explain.
    pub fn add(&self, view: &mut View, stacks: &[Stack], language: Language) {
        for finding in view.findings.iter_mut().filter(|finding| explains(finding)) {
            let name = finding.facts.iter().find(|(own, _)| *own == "name").map(|(_, value)| value.to_string());
            let line = |stack: &Stack| {
                let line = self.line(finding.code, *stack, language)?;
                Some((stack.as_str(), filled(line, name.as_deref())))
            };
            finding.fixes = stacks.iter().filter_map(line).collect();
        }
    }

    /// The stacks there is a line for, whatever the request tells.
    #[must_use]
    pub fn known(&self, view: &View) -> Vec<Stack> {
        let codes: Vec<_> = view.findings.iter().filter(|finding| explains(finding)).map(|finding| finding.code).collect();
        let has = |stack: &Stack| codes.iter().any(|code| self.line(code, *stack, Language::English).is_some());
        Stack::ALL.iter().copied().filter(has).collect()
    }
}

/// Whether it is of the best explanation.
const fn explains(finding: &Shown) -> bool {
    finding.group == 0
}

fn line(json: Json<'_>) -> Option<Line> {
    let texts = json.member("line")?;
    let codes = json.member("codes")?.items()?.into_iter().map(Json::text).collect::<Option<_>>()?;
    let stack = Stack::named(&json.member("stack")?.text()?)?;
    Some(Line { stack, codes, english: texts.member("en")?.text()?, chinese: texts.member("zh")?.text()? })
}

/// A line with `{name|NAME}` replaced by the name the finding tells, or by `NAME`. Other braces are code.
fn filled(line: &str, name: Option<&str>) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{name|") {
        out.push_str(before);
        let (otherwise, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(name.unwrap_or(otherwise));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_line_is_for_a_cause_and_the_only_one_there() {
        let known: BTreeSet<_> = countersign::explain::codes().collect();
        let mut seen = BTreeSet::new();
        let lines = Lines::read(OWN).unwrap();
        for line in &lines.0 {
            assert!(!line.codes.is_empty() && !line.english.ends_with('.') && !line.chinese.ends_with('。'), "{}", line.english);
            for code in &line.codes {
                assert!(known.contains(code.as_str()), "{code} is no cause");
                assert!(seen.insert((code, line.stack.as_str())), "{code} has two lines for {}", line.stack.as_str());
            }
        }
        assert!(lines.0.len() >= 190 && seen.len() >= 290, "{} {}", lines.0.len(), seen.len());
    }

    /// What stands in backticks is to be typed, and the names of places for facts are no words.
    #[test]
    fn code_is_the_same_in_every_language() {
        let mut seen = 0;
        for Line { english, chinese, .. } in &Lines::own().0 {
            let code = |text: &str| -> BTreeSet<String> {
                // A backtick itself stands between two.
                let text = text.replace("`` ` ``", "`(backtick)`");
                let pieces = text.split('`').skip(1).step_by(2).filter(|code| !code.is_empty());
                pieces.map(|code| code.split("{name|").next().unwrap_or_default().to_owned()).collect()
            };
            assert_eq!(code(english), code(chinese), "{english}");
            assert_eq!(english.contains("{name|"), chinese.contains("{name|"), "{english}");
            let is_chinese = chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert_eq!(is_chinese, english != chinese, "{english}");
            seen += usize::from(is_chinese);
        }
        assert!(seen > 100, "{seen}");
    }

    #[test]
    fn every_stack_has_a_line() {
        for stack in Stack::ALL {
            assert!(Lines::own().0.iter().any(|line| line.stack == *stack), "{}", stack.as_str());
        }
    }

    #[test]
    fn what_is_no_file_of_lines_is_not_read() {
        let line = r#"{"stack":"curl","codes":["clock-skew"],"line":{"en":"a","zh":"b"}}"#;
        let read = Lines::read(&format!("[{line}]")).unwrap();
        assert_eq!(read.line("clock-skew", Stack::Curl, Language::English), Some("a"));
        assert_eq!(read.line("clock-skew", Stack::Go, Language::English), None);
        for text in
            ["", "{}", line, "[1]", &format!("[{}]", line.replace("curl", "made-up")), &format!("[{}]", line.replace("zh", "de"))]
        {
            assert!(Lines::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_name_takes_its_place() {
        assert_eq!(filled("`del {name|NAME}` {1}", Some("x-a")), "`del x-a` {1}");
        assert_eq!(filled("`del {name|NAME}`, `{name|the header}`", None), "`del NAME`, `the header`");
    }
}

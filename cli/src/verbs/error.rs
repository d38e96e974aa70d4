//! `error`: what a vendor's error code or answer means, and what to check.

mod cause;
mod draw;
mod json;

use super::{Answer, Outcome, setting::Setting};
use crate::{
    args::{ErrorCode, Format},
    input,
    report::curl::quote,
    secrets::veiled,
    trouble::{Note, Source, Trouble},
};
use countersign::{
    explain::{AnswerError, MAX_ANSWER, ServerAnswer},
    providers,
};
use countersign_errors::{Hit, Lookup, look_up, look_up_answer};
use std::path::{Path, PathBuf};

pub fn run(args: &ErrorCode, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let (text, source) = read(args)?;
    about(&text, source, setting)
}

/// What a text means that is a code, a message or a server's answer.
pub fn about(text: &[u8], source: Source, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    if text.is_empty() {
        return Err(Trouble::NoError(source));
    }
    if text.contains(&0) {
        return Err(Trouble::NoErrorText(source));
    }
    if let Some(found) = cause::found(text) {
        if setting.common.provider.is_some() {
            setting.note(&Note::CauseOfAll);
        }
        return Ok(Answer { text: cause::written(&found, setting), outcome: Outcome::Yes });
    }
    let provider = setting.common.provider.as_deref();
    let (answer, is_plain) = match ServerAnswer::parse(text) {
        Ok(answer) => (Some(answer), true),
        Err(AnswerError::NotAnAnswer) => (answer_within(text), false),
        Err(error) => return Err(Trouble::Answer(path(&source), error)),
    };
    let whole = setting.covered(&String::from_utf8_lossy(text));
    let found = match &answer {
        Some(answer) => look_up_answer(answer, &whole, provider),
        None => look_up(&whole, provider),
    };
    let elsewhere = match provider {
        Some(_) if !found.is_known() => look_up(&whole, None),
        _ => found.clone(),
    };
    let elsewhere = if elsewhere.is_known() { elsewhere.hits } else { Vec::new() };
    let causes = if found.is_known() { Vec::new() } else { cause::nearest(&whole, setting.words.language()) };
    let shown = if found.is_known() || source == Source::Argument { whole.clone() } else { veiled(&whole) };
    let asked =
        Asked { text: &shown, source: &source, answer: answer.as_ref(), is_plain, elsewhere: &elsewhere, causes: &causes };
    // What looks like a file and is nothing known was meant as a file.
    if !found.is_known() && source == Source::Argument && looks_like_a_file(&whole) {
        return Err(Trouble::NoFile(PathBuf::from(&whole)));
    }
    let outcome = if found.is_known() { Outcome::Yes } else { Outcome::No };
    let text = match setting.common.format {
        Format::Json => json::write(&asked, &found, setting),
        Format::Text => draw::text(&asked, &found, setting).into_bytes(),
    };
    Ok(Answer { text, outcome })
}

/// What was asked.
struct Asked<'a> {
    text: &'a str,
    source: &'a Source,
    answer: Option<&'a ServerAnswer>,
    /// Whether the answer stands there as the server wrote it.
    is_plain: bool,
    /// What vendors other than the one asked for know.
    elsewhere: &'a [Hit],
    /// Causes with codes that come near.
    causes: &'a [cause::Told],
}

impl Asked<'_> {
    /// A command of the data with what is known of the user's own files filled in.
    fn command(&self, line: &str) -> String {
        let mut out = b"countersign".to_vec();
        for word in line.split(' ') {
            out.push(b' ');
            match (word, self.source) {
                ("ANSWER", Source::File(path)) if self.is_plain => {
                    quote(path.as_os_str().as_encoded_bytes(), &mut out);
                }
                _ => out.extend_from_slice(word.as_bytes()),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    /// What to ask for to see one vendor's entry in full.
    fn again(&self, name: &str, provider: &str) -> String {
        let mut out = b"countersign error ".to_vec();
        quote(name.as_bytes(), &mut out);
        format!("{} --provider {provider}", String::from_utf8_lossy(&out))
    }
}

fn vendor(provider: &str) -> &str {
    providers::provider(provider).map_or(provider, |provider| provider.name)
}

/// The input: a file if there is one with this name, else the words themselves.
fn read(args: &ErrorCode) -> Result<(Vec<u8>, Source), Trouble> {
    if let [name] = &*args.input {
        let name = Path::new(name);
        if name.as_os_str() == "-" || name.is_file() {
            return input::contents(name, MAX_ANSWER).map_err(|trouble| match trouble {
                Trouble::TooLong(source, _) => Trouble::Answer(path(&source), AnswerError::TooLarge),
                other => other,
            });
        }
        if name.is_dir() {
            return Err(Trouble::Directory(name.to_owned()));
        }
    }
    let words: Vec<&[u8]> = args.input.iter().map(|word| word.as_encoded_bytes()).collect();
    Ok((words.join(&b' '), Source::Argument))
}

/// The server's answer in a text that is none: a page escapes the brackets of XML, a log has marks before JSON.
fn answer_within(text: &[u8]) -> Option<ServerAnswer> {
    let text = String::from_utf8_lossy(text);
    let json = text.find('{').and_then(|at| text.get(at..)).map(str::to_owned);
    // The ampersand last, or what it stands before would be unescaped twice.
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    let xml =
        text.contains("&lt;").then(|| escapes.iter().fold(text.into_owned(), |text, (name, meant)| text.replace(name, meant)));
    [json, xml].into_iter().flatten().find_map(|body| ServerAnswer::parse(body.as_bytes()).ok())
}

fn looks_like_a_file(text: &str) -> bool {
    let ends = [".xml", ".json", ".txt", ".http", ".log", ".har"];
    !text.contains(char::is_whitespace) && (text.contains(['/', '\\']) || ends.iter().any(|end| text.ends_with(end)))
}

fn path(source: &Source) -> PathBuf {
    match source {
        Source::File(path) => path.clone(),
        _ => PathBuf::from("-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::Parser;
    use countersign_errors::books;

    #[test]
    fn every_command_that_is_named_exists() {
        for entry in books().iter().flat_map(|book| &book.entries) {
            for command in &entry.commands {
                let words = ["countersign"].into_iter().chain(command.split(' '));
                let parsed = Cli::try_parse_from(words);
                assert!(parsed.is_ok(), "{} {}: {command}", entry.provider, entry.name());
            }
        }
    }

    #[test]
    fn an_answer_is_read_where_a_page_or_log_changed_it() {
        let answer =
            answer_within(b"they say &lt;Error&gt;&lt;Code&gt;AccessDenied&lt;/Code&gt;&lt;/Error&gt; and no more").unwrap();
        assert_eq!(answer.code.as_deref(), Some("AccessDenied"));
        let answer = answer_within(b"< HTTP/1.1 631\n<\n{\"error\":\"no such bucket\"}").unwrap();
        assert_eq!(answer.message.as_deref(), Some("no such bucket"));
        assert!(answer_within(b"it says &lt;nothing&gt; {").is_none());
    }

    #[test]
    fn names_of_files_are_told_from_codes() {
        for name in ["answer.xml", "logs/answer", "a.json"] {
            assert!(looks_like_a_file(name), "{name}");
        }
        for name in ["InvalidParameter.PolicyGrammar", "-97", "app/accesskey is not found", "bad token"] {
            assert!(!looks_like_a_file(name), "{name}");
        }
    }
}

//! Reads the command line for people who read Chinese: its help, and what is wrong with it, in one sentence.

use super::help::{self, Length};
use crate::args::{Cli, Expected};
use anstream::eprintln;
use anstyle::{AnsiColor, Style};
use clap::{
    CommandFactory, FromArgMatches,
    error::{ContextKind, ContextValue, Error, ErrorKind},
};
use std::{error::Error as _, ffi::OsString, process};

/// The widest help, as in English.
const WIDEST: usize = 100;

/// Reads the command line, and ends the program if that asks for help or cannot be read.
pub fn parse(args: &[OsString]) -> Cli {
    let read = |command: clap::Command| command.try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    let error = match read(help::translated(Cli::command())) {
        Ok(cli) => return cli,
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayVersion => error.exit(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let length = if args.iter().any(|arg| arg == "-h") { Length::Short } else { Length::Long };
            let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
            let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
            let width = columns.or(terminal).filter(|width| *width > 0).unwrap_or(WIDEST).min(WIDEST);
            match read(help::drawn(help::translated(Cli::command()), length, width)) {
                Ok(cli) => cli,
                Err(error) => error.exit(),
            }
        }
        _ => {
            let bad = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
            let strong = Style::new().bold();
            eprintln!("{bad}错误{bad:#}：{}", fact(&error));
            eprintln!("{strong}建议{strong:#}：{}", remedy(&error, args));
            process::exit(error.exit_code());
        }
    }
}

/// What is wrong with the command line.
fn fact(error: &Error) -> String {
    let told = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (arg, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有命令 `{}`", told(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::UnknownArgument => format!("没有选项或参数 `{arg}`"),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{arg}` 缺少值"),
        ErrorKind::InvalidValue => format!("`{value}` 不能用作 `{arg}` 的值"),
        ErrorKind::ValueValidation => format!("`{value}` 不能用作 `{arg}` 的值，{}", expected(error, &arg)),
        ErrorKind::NoEquals => format!("`{arg}` 与它的值之间应为 `=`"),
        ErrorKind::TooManyValues => format!("`{arg}` 的值太多：`{value}` 多余"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("`{arg}` 的值的个数不对"),
        ErrorKind::ArgumentConflict => match told(ContextKind::PriorArg) {
            // Given twice.
            prior if prior == arg => format!("`{arg}` 不能重复给出"),
            prior => format!("`{arg}` 不能与 `{prior}` 同用"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少 `{arg}`"),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文本".to_owned(),
        other => format!("命令行有误（{other}）"),
    }
}

/// What to do about it: what could be meant, what is allowed, or where it is written.
fn remedy(error: &Error, args: &[OsString]) -> String {
    let told = |kind| error.get(kind).map(shown).filter(|text| !text.is_empty());
    let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(similar) = similar.into_iter().find_map(told) {
        return format!("是不是 `{similar}`？");
    }
    if let Some(values) = [ContextKind::ValidValue, ContextKind::ValidSubcommand].into_iter().find_map(told) {
        return format!("可选 {values}");
    }
    format!("用法见 `{} --help`", path(args))
}

/// The verb with all its words.
fn path(args: &[OsString]) -> String {
    let whole = Cli::command();
    let mut command = &whole;
    let mut path = whole.get_name().to_owned();
    for verb in args.iter().skip(1) {
        let Some(found) = command.find_subcommand(verb) else { break };
        path = format!("{path} {}", found.get_name());
        command = found;
    }
    path
}

/// What the option takes.
fn expected(error: &Error, arg: &str) -> &'static str {
    match error.source().and_then(|source| source.downcast_ref::<Expected>()) {
        Some(Expected::Time) => "应为 2026-05-01T08:30:15Z 这样的时间",
        Some(Expected::Life) => "应为秒数，或带 s、m、h、d 的数字，例如 15m",
        Some(Expected::Size) => "应为字节数，或带 kB、MB、GB（以 1000 计）或 KiB、MiB、GiB（以 1024 计）的数字，例如 10MiB",
        Some(Expected::Range) => "应为最小和最大的大小，例如 1..10MB",
        Some(Expected::Pair) => "应为 `name=value`",
        Some(Expected::Header) => "应为 `Name: value`",
        Some(Expected::HeaderLine) => "应为写在一行内的 `Name: value`",
        Some(Expected::LifeRange) => "应至少为一秒，并在公元 10000 年之前结束",
        Some(Expected::Verb) => "应为 GET 之类的词",
        Some(Expected::Took) => "应为带 ms 或 s 的时间，例如 800ms 或 6s",
        None if arg.starts_with("--depth") => "应为 0 到 3 的整数",
        None if arg.starts_with("--listen") => "应为地址和端口，例如 127.0.0.1:8080",
        None => "应为非负整数",
    }
}

/// A value of clap, in a row if there are several.
fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(is_so) => is_so.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(args: &[&str]) -> (String, String) {
        let args: Vec<_> = ["countersign"].iter().chain(args).map(OsString::from).collect();
        let error = help::translated(Cli::command()).try_get_matches_from(&args).unwrap_err();
        (fact(&error), remedy(&error, &args))
    }

    #[test]
    fn what_is_wrong_is_said_in_one_sentence() {
        for (args, fact, remedy) in [
            (&["explian"][..], "没有命令 `explian`", "是不是 `explain`？"),
            (&["verify", "--depht", "1"], "没有选项或参数 `--depht`", "是不是 `--depth`？"),
            (&["verify", "--format", "xml"], "`xml` 不能用作 `--format <FORMAT>` 的值", "可选 text、json"),
            (
                &["explain", "--depth", "9"],
                "`9` 不能用作 `--depth <N>` 的值，应为 0 到 3 的整数",
                "用法见 `countersign explain --help`",
            ),
            (
                &["serve", "--listen", "abc", "x"],
                "`abc` 不能用作 `--listen <ADDRESS>` 的值，应为地址和端口，例如 127.0.0.1:8080",
                "用法见 `countersign serve --help`",
            ),
            (
                &["verify", "--at", "now"],
                "`now` 不能用作 `--at <TIME>` 的值，应为 2026-05-01T08:30:15Z 这样的时间",
                "用法见 `countersign verify --help`",
            ),
            (&["verify", "--at"], "`--at <TIME>` 缺少值", "用法见 `countersign verify --help`"),
            (&["presign"], "缺少 `<URL>`", "用法见 `countersign presign --help`"),
            (&["explain", "--redact", "--steps"], "`--redact` 不能与 `--steps` 同用", "用法见 `countersign explain --help`"),
            (&["verify", "--lang", "zh", "--lang", "en"], "`--lang <LANG>` 不能重复给出", "用法见 `countersign verify --help`"),
            (
                &["policy", "build", "--size", "1"],
                "`1` 不能用作 `--size <MIN..MAX>` 的值，应为最小和最大的大小，例如 1..10MB",
                "用法见 `countersign policy build --help`",
            ),
        ] {
            assert_eq!(said(args), (fact.to_owned(), remedy.to_owned()), "{args:?}");
        }
    }
}

//! What keeps a file from being read as a policy, told from the words of the parser, so that it can be said in any language.

use crate::{file::TABLES, users::MIN_TOKEN};
use std::fmt;

/// Why a file cannot be read. No value of the file is in it: it may be a token.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misread {
    /// There is no such field.
    Unknown {
        /// The table it stands in; `None` where tables stand.
        table: Option<&'static str>,
        /// As it is written, unless it is as long as a token.
        name: Option<String>,
        /// The fields that may stand there.
        known: Vec<String>,
    },
    /// A field is missing, or a table.
    Missing {
        /// The table it belongs to; `None` where tables stand.
        table: Option<&'static str>,
        /// Its name.
        name: String,
    },
    /// The value is none of these.
    Choice(Vec<String>),
    /// The value is of another kind.
    Kind {
        /// What it is, where that is told.
        found: Option<Kind>,
        /// What it is to be.
        expected: Kind,
    },
    /// It is no TOML, in the parser's words.
    Syntax(String),
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// `"..."`
    Text,
    /// `120`
    Number,
    /// `-1`
    Negative,
    /// `1.5`
    Fraction,
    /// `true`
    Truth,
    /// `[...]`
    List,
    /// `[name]`, or `{...}`
    Table,
    /// A number, or text with a unit.
    Quantity,
    /// The hash of a token, or a list of them.
    Hashes,
}

impl Misread {
    /// From what the parser says of the text that begins where it points.
    pub(crate) fn of(message: &str, rest: &str) -> Self {
        let words = message.trim_end().replace('\n', "; ");
        // What stands in the file is quoted before what was expected, and may hold anything.
        let (found, expected) = words.rsplit_once(", expected ").unwrap_or((&words, ""));
        if let Some(name) = found.strip_prefix("unknown field `").and_then(|name| name.strip_suffix('`')) {
            let known = quoted(expected);
            let table = TABLES.into_iter().find(|(_, fields)| fields.iter().eq(&known)).and_then(|(table, _)| table);
            return Self::Unknown { table, name: Some(name.to_owned()).filter(|name| name.len() < MIN_TOKEN), known };
        }
        if let Some(name) = found.strip_prefix("missing field `").and_then(|name| name.strip_suffix('`')) {
            return Self::Missing { table: table_at(rest), name: name.to_owned() };
        }
        if found.starts_with("unknown variant `") {
            return Self::Choice(quoted(expected));
        }
        let wanted = words.strip_prefix("expected ").unwrap_or(expected);
        match Kind::expected(wanted) {
            Some(expected) => Self::Kind { found: Kind::found(found), expected },
            None => Self::Syntax(syntax(found, expected)),
        }
    }
}

impl Kind {
    /// From `invalid type: string "..."`.
    fn found(words: &str) -> Option<Self> {
        let (_, kind) = words.strip_prefix("invalid ")?.split_once(": ")?;
        Some(match kind.split(['`', '"']).next()?.trim_end() {
            "string" => Self::Text,
            "integer" if words.contains("`-") => Self::Negative,
            "integer" => Self::Number,
            "floating point" => Self::Fraction,
            "boolean" => Self::Truth,
            "sequence" => Self::List,
            "map" => Self::Table,
            _ => return None,
        })
    }

    fn expected(words: &str) -> Option<Self> {
        Some(match words {
            "a string" => Self::Text,
            "u32" | "u64" => Self::Number,
            "a sequence" => Self::List,
            "a map" => Self::Table,
            QUANTITY => Self::Quantity,
            HASHES => Self::Hashes,
            _ if words.starts_with("struct ") => Self::Table,
            _ => return None,
        })
    }
}

const QUANTITY: &str = "a number, or text with a unit like `10MiB`";
const HASHES: &str = "the hash of a token, or a list of them";

/// Words in backticks.
fn quoted(words: &str) -> Vec<String> {
    words.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The table whose head stands there.
fn table_at(rest: &str) -> Option<&'static str> {
    let (head, _) = rest.strip_prefix('[')?.split_once(']')?;
    TABLES.into_iter().find_map(|(table, _)| table.filter(|table| *table == head.trim()))
}

/// The parser's words without what it quotes of the file.
fn syntax(found: &str, expected: &str) -> String {
    if expected.is_empty() {
        return found.to_owned();
    }
    let kind = found.split(['`', '"']).next().unwrap_or_default().trim_end();
    format!("{kind}, expected {expected}")
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_of = |known: &[String]| match known {
            [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
            _ => known.concat(),
        };
        match self {
            Self::Unknown { table: Some(table), name: Some(name), known } => {
                write!(f, "`[{table}]` has the unknown field `{name}`; expected {}", one_of(known))
            }
            Self::Unknown { table: Some(table), name: None, known } => {
                write!(f, "`[{table}]` has an unknown field; expected {}", one_of(known))
            }
            Self::Unknown { table: None, name: Some(name), known } => {
                write!(f, "the table `{name}` is unknown; expected {}", one_of(known))
            }
            Self::Unknown { table: None, name: None, known } => write!(f, "a table is unknown; expected {}", one_of(known)),
            Self::Missing { table: Some(table), name } => write!(f, "`{name}` is missing in `[{table}]`"),
            Self::Missing { table: None, name } => write!(f, "`{name}` is missing"),
            Self::Choice(known) => write!(f, "this value is unknown; expected {}", one_of(known)),
            Self::Kind { found: Some(found), expected } => write!(f, "this is {found}; expected {expected}"),
            Self::Kind { found: None, expected } => write!(f, "this value is of another kind; expected {expected}"),
            Self::Syntax(words) => write!(f, "this is no TOML: {words}"),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text in quotes",
            Self::Number => "a whole number, 0 or above",
            Self::Negative => "a whole number below 0",
            Self::Fraction => "a number with a fraction",
            Self::Truth => "`true` or `false`",
            Self::List => "a list in brackets",
            Self::Table => "a table",
            Self::Quantity => QUANTITY,
            Self::Hashes => HASHES,
        })
    }
}

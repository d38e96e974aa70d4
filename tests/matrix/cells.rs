//! The cells: every cause planted in every scheme, as `matrix.py` wrote them.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// A scheme and what was planted in it.
pub struct Planted {
    pub scheme: String,
    /// The request as it is signed rightly.
    pub control: Cell,
    pub cells: Vec<Cell>,
    /// Causes that cannot occur, and the word of the reason.
    pub impossible: Vec<(String, String)>,
}

#[derive(Clone, Deserialize)]
pub struct Cell {
    #[serde(default)]
    pub cause: String,
    #[serde(default)]
    pub way: String,
    pub sent: Sent,
    pub certainty: String,
    /// The secret that is given to the search.
    pub secret: Option<String>,
    #[serde(default)]
    pub related: Vec<Sent>,
    pub at: Option<String>,
    pub life: Option<u64>,
    #[serde(default)]
    pub hints: Hints,
    /// What the server answers.
    pub answer: Option<String>,
    /// How many mistakes at once are looked for, if more than one.
    pub depth: Option<u8>,
    /// `answer` when nothing but the server's answer shows the cause.
    pub evidence: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Hints {
    pub bucket: Option<String>,
    pub addressing: Option<String>,
}

/// What is sent.
#[derive(Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Sent {
    /// With the signature in a header.
    Http(Message),
    /// With the signature in the URL.
    Url(Message),
    Token {
        token: String,
        /// The object it is for, where a form carries it.
        key: Option<String>,
    },
    Form {
        host: String,
        fields: Vec<Part>,
    },
}

#[derive(Clone, Deserialize)]
pub struct Message {
    pub method: String,
    pub transport: String,
    pub host: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum Part {
    Field(String, String),
    File { file: File },
}

#[derive(Clone, Deserialize)]
pub struct File {
    pub size: usize,
    pub name: String,
    pub r#type: String,
}

impl Message {
    pub fn url(&self) -> String {
        format!("{}://{}{}", self.transport, self.host, self.target)
    }

    pub fn is_http(&self) -> bool {
        self.transport != "rtmp"
    }
}

fn folder() -> PathBuf {
    countersign_tests::folder().join("matrix")
}

/// A cell is written as what differs from the control.
fn read(control: &Map<String, Value>, line: &Map<String, Value>) -> Cell {
    let mut whole = control.clone();
    for (name, value) in line {
        let is_part = name == "sent" && !value.as_object().is_some_and(|sent| sent.contains_key("kind"));
        if is_part {
            let sent = whole["sent"].as_object_mut().expect("what is sent");
            sent.extend(value.as_object().expect("what differs").clone());
        } else {
            whole.insert(name.clone(), value.clone());
        }
    }
    serde_json::from_value(Value::Object(whole)).expect("a cell")
}

pub fn all() -> Vec<Planted> {
    let mut found = Vec::new();
    for scheme in countersign::providers::PROVIDERS.iter().flat_map(|provider| provider.schemes) {
        let text = fs::read_to_string(folder().join(format!("{}.jsonl", scheme.id()))).expect("the cells of every scheme");
        let mut lines = text.lines().map(|line| serde_json::from_str::<Map<String, Value>>(line).expect("JSON"));
        let head = lines.next().expect("the control");
        let control = head["control"].as_object().expect("the control").clone();
        let mut planted = Planted {
            scheme: scheme.id().to_owned(),
            control: read(&control, &Map::new()),
            cells: Vec::new(),
            impossible: Vec::new(),
        };
        for line in lines {
            match line.get("reason").and_then(Value::as_str) {
                Some(reason) => {
                    let cause = line["cause"].as_str().expect("a code");
                    planted.impossible.push((cause.to_owned(), reason.to_owned()));
                }
                None => planted.cells.push(read(&control, &line)),
            }
        }
        found.push(planted);
    }
    found
}

/// Three mistakes at once: the scheme, the causes, and what is sent.
pub fn triples() -> Vec<(String, Vec<String>, Cell)> {
    let text = fs::read_to_string(folder().join("triples.jsonl")).expect("the triples");
    let read = |line: &str| {
        let whole: Map<String, Value> = serde_json::from_str(line).expect("JSON");
        let scheme = whole["scheme"].as_str().expect("a scheme").to_owned();
        let expect = serde_json::from_value(whole["expect"].clone()).expect("codes");
        (scheme, expect, serde_json::from_value(Value::Object(whole)).expect("a cell"))
    };
    text.lines().map(read).collect()
}

/// Two mistakes at once, with the codes of both: each in a scheme without other cells.
pub fn pairs() -> Vec<(Planted, Vec<String>)> {
    let text = fs::read_to_string(folder().join("pairs.jsonl")).expect("the pairs");
    let read = |line: &str| {
        let whole: Map<String, Value> = serde_json::from_str(line).expect("JSON");
        let scheme = whole["scheme"].as_str().expect("a scheme").to_owned();
        let expect = serde_json::from_value(whole["expect"].clone()).expect("codes");
        let mut control: Cell = serde_json::from_value(Value::Object(whole)).expect("a cell");
        let expect: Vec<String> = expect;
        control.cause.clone_from(&expect[0]);
        (Planted { scheme, control, cells: Vec::new(), impossible: Vec::new() }, expect)
    };
    text.lines().map(read).collect()
}

/// The words of the reasons in both languages.
pub fn reasons() -> BTreeMap<String, BTreeMap<String, String>> {
    serde_json::from_slice(&fs::read(folder().join("reasons.json")).expect("the reasons")).expect("JSON")
}

//! JSON as other programs write it.
//!
//! A text that is read and dumped again says the same in other bytes: with other blanks, another order
//! or other escapes. The order of members and the spelling of numbers are kept.

use crate::{
    phrase::{Phrase, phrase},
    wire::json::Json,
};
use alloc::{format, string::String, vec::Vec};

/// Deeper and longer texts are left alone: they are no policies, and there are a hundred spellings of each.
const MAX_DEPTH: usize = 32;
const MAX_LEN: usize = 1 << 14;

/// A value with its order.
#[derive(Debug)]
enum Value<'t> {
    /// A number or a word, as it is written.
    Scalar(&'t str),
    Text(String),
    List(Vec<Value<'t>>),
    Object(Vec<(String, Value<'t>)>),
}

impl<'t> Value<'t> {
    fn read(json: Json<'t>, depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        Some(match json.as_str().bytes().next()? {
            b'{' => {
                let read = |(name, value): (String, Json<'t>)| Some((name, Self::read(value, depth)?));
                Self::Object(json.members()?.into_iter().map(read).collect::<Option<_>>()?)
            }
            b'[' => Self::List(json.items()?.into_iter().map(|item| Self::read(item, depth)).collect::<Option<_>>()?),
            b'"' => Self::Text(json.text()?),
            _ => Self::Scalar(json.as_str()),
        })
    }

    fn sort(&mut self) {
        match self {
            Self::Object(members) => {
                members.sort_by(|(a, _), (b, _)| a.cmp(b));
                members.iter_mut().for_each(|(_, value)| value.sort());
            }
            Self::List(items) => items.iter_mut().for_each(Self::sort),
            Self::Scalar(_) | Self::Text(_) => {}
        }
    }
}

/// The text of the member `name` of a JSON object.
pub(crate) fn text_member(json: &str, name: &str) -> Option<String> {
    Json::read(json.trim_ascii()).ok()?.member(name)?.text()
}

/// Where blanks and line ends go.
struct Layout {
    comma: &'static str,
    colon: &'static str,
    indent: usize,
    what: Phrase,
}

static LAYOUTS: [Layout; 4] = [
    Layout { comma: ",", colon: ":", indent: 0, what: phrase!("without blanks") },
    Layout { comma: ", ", colon: ": ", indent: 0, what: phrase!("with a blank behind each `,` and `:`") },
    Layout { comma: ",", colon: ": ", indent: 2, what: phrase!("indented by 2") },
    Layout { comma: ",", colon: ": ", indent: 4, what: phrase!("indented by 4") },
];

/// Which characters a program escapes beside those it must.
struct Escapes {
    /// Characters of ASCII that become `\u003c`.
    as_code: &'static str,
    /// Whether `/` becomes `\/`.
    slash: bool,
    /// Whether everything outside ASCII becomes `\u4e2d`.
    ascii: bool,
    /// Whether the digits of codes are capitals.
    capitals: bool,
    /// How it goes on behind the layout; `None` when there is nothing to say.
    what: Option<Phrase>,
}

const PLAIN: Escapes = Escapes { as_code: "", slash: false, ascii: false, capitals: false, what: None };

static ESCAPES: [Escapes; 7] = [
    PLAIN,
    Escapes { ascii: true, what: Some(phrase!(", other than ASCII as `\\uXXXX` as Python does")), ..PLAIN },
    Escapes { slash: true, what: Some(phrase!(", `/` as `\\/`")), ..PLAIN },
    Escapes {
        slash: true,
        ascii: true,
        what: Some(phrase!(", `/` as `\\/` and other than ASCII as `\\uXXXX` as PHP does")),
        ..PLAIN
    },
    Escapes { as_code: "<>&\u{2028}\u{2029}", what: Some(phrase!(", `<`, `>` and `&` as codes as Go does")), ..PLAIN },
    Escapes {
        as_code: "<>&='\u{2028}\u{2029}",
        what: Some(phrase!(", `<`, `>`, `&`, `=` and `'` as codes as Gson does")),
        ..PLAIN
    },
    Escapes {
        as_code: "\"&'+<>`",
        ascii: true,
        capitals: true,
        what: Some(phrase!(", quotes and other than ASCII as codes as .NET does")),
        ..PLAIN
    },
];

struct Writer<'w> {
    layout: &'w Layout,
    escapes: &'w Escapes,
    out: String,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value<'_>, level: usize) {
        match value {
            Value::Scalar(text) => self.out.push_str(text),
            Value::Text(text) => self.text(text),
            Value::List(items) => self.block("[", "]", items, level, |writer, item| writer.value(item, level + 1)),
            Value::Object(members) => self.block("{", "}", members, level, |writer, (name, value)| {
                writer.text(name);
                writer.out.push_str(writer.layout.colon);
                writer.value(value, level + 1);
            }),
        }
    }

    fn block<T>(&mut self, open: &str, close: &str, items: &[T], level: usize, mut write: impl FnMut(&mut Self, &T)) {
        self.out.push_str(open);
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.out.push_str(self.layout.comma);
            }
            self.new_line(level + 1);
            write(self, item);
        }
        if !items.is_empty() {
            self.new_line(level);
        }
        self.out.push_str(close);
    }

    fn new_line(&mut self, level: usize) {
        if self.layout.indent > 0 {
            self.out.push('\n');
            self.out.extend(core::iter::repeat_n(' ', self.layout.indent * level));
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                c if self.escapes.as_code.contains(c) || (self.escapes.ascii && !c.is_ascii()) => self.code(c),
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '/' if self.escapes.slash => self.out.push_str("\\/"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                c if c < ' ' => self.code(c),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn code(&mut self, c: char) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let code = if self.escapes.capitals { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
            self.out.push_str(&code);
        }
    }
}

/// The bytes of a JSON text in other spellings, each with what is other. None is the text itself.
///
/// Nothing for what is no JSON object.
pub(crate) fn respelled(text: &[u8]) -> Vec<(Vec<u8>, Phrase)> {
    let json = text.strip_prefix(BOM).unwrap_or(text);
    let json = core::str::from_utf8(json).ok().filter(|json| json.len() <= MAX_LEN && json.trim_ascii().starts_with('{'));
    let Some((json, mut value)) = json.and_then(|json| Some((json, Value::read(Json::read(json).ok()?, MAX_DEPTH)?))) else {
        return Vec::new();
    };
    let mut all: Vec<(Vec<u8>, Phrase)> = Vec::new();
    let mut add = |bytes: Vec<u8>, what: Phrase| {
        if bytes != text && !all.iter().any(|(own, _)| *own == bytes) {
            all.push((bytes, what));
        }
    };
    for (bytes, what) in around(json) {
        add(bytes, what);
    }
    for order in [None, Some(phrase!(", its members sorted"))] {
        for layout in &LAYOUTS {
            for escapes in &ESCAPES {
                let mut writer = Writer { layout, escapes, out: String::with_capacity(json.len() + 32) };
                writer.value(&value, 0);
                let told = |more: Option<Phrase>| {
                    let behind = order.clone().into_iter().chain(escapes.what.clone()).chain(more);
                    let pair = |what, more| phrase!("{what}{more}").with("what", what).with("more", more);
                    behind.fold(layout.what.clone(), pair)
                };
                let with_feed = told(Some(phrase!(", with a line feed at its end")));
                add([writer.out.as_bytes(), b"\n"].concat(), with_feed);
                add(writer.out.into_bytes(), told(None));
            }
        }
        value.sort();
    }
    all
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The text itself with other line ends, or something more or less around it.
fn around(json: &str) -> [(Vec<u8>, Phrase); 7] {
    let unix = json.replace("\r\n", "\n");
    [
        (json.as_bytes().to_vec(), phrase!("without a byte order mark")),
        ([json.as_bytes(), b"\n"].concat(), phrase!("with a line feed at its end")),
        ([json.as_bytes(), b"\r\n"].concat(), phrase!("with a carriage return and a line feed at its end")),
        (json.trim_ascii().as_bytes().to_vec(), phrase!("without blanks around it")),
        ([BOM, json.as_bytes()].concat(), phrase!("with a byte order mark")),
        (unix.replace('\n', "\r\n").into_bytes(), phrase!("with a carriage return before each line feed")),
        (unix.into_bytes(), phrase!("with line feeds alone at the ends of lines")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, spelling: &str) -> bool {
        respelled(text.as_bytes()).iter().any(|(own, _)| own == spelling.as_bytes())
    }

    #[test]
    fn spellings_are_those_of_other_programs() {
        let text = r#"{"scope":"b:照/a&b","deadline":1.50,"x":[],"l":[1,{"z":null,"a":"'="}]}"#;
        for (who, spelling) in [
            ("json.dumps", r#"{"scope": "b:\u7167/a&b", "deadline": 1.50, "x": [], "l": [1, {"z": null, "a": "'="}]}"#),
            (
                "json.dumps(sort_keys=True)",
                r#"{"deadline": 1.50, "l": [1, {"a": "'=", "z": null}], "scope": "b:\u7167/a&b", "x": []}"#,
            ),
            ("json_encode", r#"{"scope":"b:\u7167\/a&b","deadline":1.50,"x":[],"l":[1,{"z":null,"a":"'="}]}"#),
            ("json.Marshal", r#"{"scope":"b:照/a\u0026b","deadline":1.50,"x":[],"l":[1,{"z":null,"a":"'="}]}"#),
            ("Gson", r#"{"scope":"b:照/a\u0026b","deadline":1.50,"x":[],"l":[1,{"z":null,"a":"\u0027\u003d"}]}"#),
            ("System.Text.Json", r#"{"scope":"b:\u7167/a\u0026b","deadline":1.50,"x":[],"l":[1,{"z":null,"a":"\u0027="}]}"#),
            (
                "jq",
                "{\n  \"scope\": \"b:照/a&b\",\n  \"deadline\": 1.50,\n  \"x\": [],\n  \"l\": [\n    1,\n    {\n      \"z\": null,\n      \"a\": \"'=\"\n    }\n  ]\n}\n",
            ),
        ] {
            assert!(has(text, spelling), "{who}");
        }
    }

    #[test]
    fn every_spelling_is_another_one_and_says_the_same() {
        let text = "\u{feff}{ \"b\": \"\\u7167\\/\\n\\u0001😀\", \"a\" : [true] }\r\n";
        let said = |text: &str| serde_json::from_str::<serde_json::Value>(text.trim_start_matches('\u{feff}')).unwrap();
        let all = respelled(text.as_bytes());
        assert!(all.len() > 30);
        for (number, (own, what)) in all.iter().enumerate() {
            let own = core::str::from_utf8(own).unwrap();
            assert_eq!(said(own), said(text), "{what}");
            assert_ne!(own, text);
            assert!(all.iter().skip(number + 1).all(|(other, _)| other != own.as_bytes()), "{what}");
        }
    }

    #[test]
    fn what_is_no_object_has_no_other_spelling() {
        let deep = ["{\"a\":".repeat(40).as_str(), "1", &"}".repeat(40)].concat();
        for text in ["", "[1]", "\"a\"", "{", "{\"a\":}", "{\"a\":\"\\ud800\"}", "\u{feff}", deep.as_str()] {
            assert!(respelled(text.as_bytes()).is_empty(), "{text}");
        }
        assert!(respelled(b"{\"a\":\"\xff\"}").is_empty());
        assert_eq!(text_member(" {\"x\":{\"op\":\"stat\"},\"op\":\"update\"}", "op").as_deref(), Some("update"));
        assert_eq!(text_member("{\"op\":1}", "op"), None);
    }
}

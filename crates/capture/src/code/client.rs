//! What the clients of source code add to a request, and make of its URL.

use super::value::Value;
use crate::sent::Habit;

/// A client that is known by the function or the object that is called.
pub(super) struct Client {
    pub(super) name: &'static str,
    /// `None` where it is not known.
    pub(super) habit: Option<Habit>,
    /// The type it adds to a text, to an object and to JSON; an empty one where it surely adds none.
    types: [Option<&'static str>; 3],
}

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");
const FORM_UTF8: Option<&str> = Some("application/x-www-form-urlencoded; charset=UTF-8");
const JSON: Option<&str> = Some("application/json");
const TEXT: Option<&str> = Some("text/plain;charset=UTF-8");
const NONE: Option<&str> = Some("");

static CLIENTS: [Client; 7] = [
    Client { name: "fetch", habit: Some(Habit::Standard), types: [TEXT, None, None] },
    Client { name: "ky", habit: Some(Habit::Standard), types: [TEXT, None, JSON] },
    Client { name: "axios", habit: Some(Habit::Standard), types: [FORM, JSON, None] },
    Client { name: "ajax", habit: Some(Habit::Standard), types: [FORM_UTF8, FORM_UTF8, None] },
    Client { name: "got", habit: Some(Habit::Standard), types: [NONE, None, JSON] },
    Client { name: "requests", habit: Some(Habit::Requests), types: [NONE, FORM, JSON] },
    Client { name: "httpx", habit: None, types: [NONE, FORM, JSON] },
];

impl Client {
    /// The client whose call ends this text, bracket and all.
    pub(super) fn of(before: &[u8]) -> Option<&'static Self> {
        let before = before.strip_suffix(b"(")?;
        let length = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"._$".contains(byte)).count();
        let name = std::str::from_utf8(before.get(before.len() - length..)?).ok()?;
        let mut words = name.rsplit('.').map(|word| word.trim_start_matches('$'));
        let (function, whose) = (words.next()?, words.next().unwrap_or_default());
        CLIENTS.iter().find(|client| client.name == function || client.name == whose)
    }

    /// The type it adds to a body by itself; `None` where that is not known.
    pub(super) fn adds(&self, verb: &str, body: &Value<'_>, is_json: bool) -> Option<&'static str> {
        let [text, object, json] = self.types;
        match body {
            _ if !matches!(verb, "PUT" | "POST" | "PATCH") => None,
            _ if is_json => json,
            Value::Text(_) => text,
            Value::Members(_) => object,
            Value::Unknown(expression) if expression.starts_with(b"JSON.stringify(") => text,
            Value::Unknown(_) => None,
        }
    }
}

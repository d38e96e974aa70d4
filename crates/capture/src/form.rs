//! The fields of a form, written as JSON.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Why JSON is not the fields of a form.
#[derive(Debug)]
pub enum FormFault {
    /// It is no JSON.
    NotJson(serde_json::Error),
    /// It is neither an object nor a list of names and values.
    NotFields,
    /// The value of this field is not one text.
    NotText(String),
}

impl fmt::Display for FormFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => error.fmt(f),
            Self::NotFields => f.write_str("the JSON is neither an object nor a list of names and values"),
            Self::NotText(field) => write!(f, "the value of `{field}` is not one text"),
        }
    }
}

/// Reads the fields in order. A number or truth value stands for its text.
pub(crate) fn parse(json: &[u8]) -> Result<Vec<(String, String)>, FormFault> {
    if json.trim_ascii_start().starts_with(b"[") {
        return list(serde_json::from_slice(json).map_err(FormFault::NotJson)?);
    }
    let Members(members) = serde_json::from_slice(json).map_err(FormFault::NotJson)?;
    // What `createPresignedPost` gives, and what HAR files hold.
    let nested =
        members.iter().find(|(name, value)| matches!(&**name, "fields" | "params" | "formData") && !value.get().starts_with('"'));
    if let Some((_, nested)) = nested {
        return parse(nested.get().as_bytes());
    }
    members
        .into_iter()
        .map(|(name, value)| match serde_json::from_str(value.get()).unwrap_or_default() {
            Value::String(text) => Ok((name, text)),
            number @ (Value::Number(_) | Value::Bool(_)) => Ok((name, number.to_string())),
            _ => Err(FormFault::NotText(name)),
        })
        .collect()
}

/// `[{"name": "key", "value": "a"}, ...]`, or pairs.
fn list(items: Vec<Value>) -> Result<Vec<(String, String)>, FormFault> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let field = |item: &Value| {
        let (name, value) = match item {
            Value::Object(item) => (item.get("name").or_else(|| item.get("key"))?, item.get("value")?),
            Value::Array(pair) => (pair.first()?, pair.get(1)?),
            _ => return None,
        };
        Some((text(name)?, text(value)?))
    };
    let fields: Option<Vec<_>> = items.iter().filter(|item| !is_file(item)).map(field).collect();
    fields.filter(|fields| !fields.is_empty()).ok_or(FormFault::NotFields)
}

/// A file in a form has a name and no value.
fn is_file(item: &Value) -> bool {
    item.get("value").is_none() && (item.get("fileName").is_some() || item.get("src").is_some())
}

/// The members of an object in order, with duplicates: a form may have a field twice, and that is a fault
/// worth seeing.
struct Members(Vec<(String, Box<serde_json::value::RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Members, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        reader.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Vec<(String, String)> {
        parse(json.as_bytes()).unwrap_or_else(|fault| panic!("{json}: {fault}"))
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    #[test]
    fn fields_keep_their_order_and_repetitions() {
        let found = fields(r#"{"policy":"e30=","key":"a\nb","expires":60,"key":"c","on":true}"#);
        assert_eq!(found, pairs(&[("policy", "e30="), ("key", "a\nb"), ("expires", "60"), ("key", "c"), ("on", "true")]));
    }

    #[test]
    fn lists_and_wrapped_fields_are_forms() {
        let expected = pairs(&[("key", "a"), ("policy", "e30=")]);
        for json in [
            r#"[{"name":"key","value":"a"},{"name":"policy","value":"e30="},{"name":"file","fileName":"x"}]"#,
            r#"[["key","a"],["policy","e30="]]"#,
            r#"{"url":"https://h/","fields":{"key":"a","policy":"e30="}}"#,
            r#"{"mimeType":"multipart/form-data","params":[{"name":"key","value":"a"},{"name":"policy","value":"e30="}]}"#,
        ] {
            assert_eq!(fields(json), expected, "{json}");
        }
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for json in ["{", "{\"a\":1} x", "[", "[1,2]", "[]"] {
            assert!(matches!(parse(json.as_bytes()), Err(FormFault::NotJson(_) | FormFault::NotFields)), "{json}");
        }
        for json in [r#"{"a":"b","log":{}}"#, r#"{"log":["a"]}"#, r#"{"log":null}"#] {
            assert!(matches!(parse(json.as_bytes()), Err(FormFault::NotText(name)) if name == "log"), "{json}");
        }
    }
}

//! The fields of an upload form, written as a JSON object.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Why JSON is not the fields of a form.
#[derive(Debug)]
pub enum FormFault {
    /// It is no JSON object.
    NotAnObject(serde_json::Error),
    /// The value of this field is not one text.
    NotText(String),
}

/// Reads the fields in order. A number or truth value stands for its text.
pub fn parse(json: &[u8]) -> Result<Vec<(String, String)>, FormFault> {
    let Members(members) = serde_json::from_slice(json).map_err(FormFault::NotAnObject)?;
    let text = |(name, value): (String, Value)| match value {
        Value::String(text) => Ok((name, text)),
        Value::Number(_) | Value::Bool(_) => Ok((name, value.to_string())),
        _ => Err(FormFault::NotText(name)),
    };
    members.into_iter().map(text).collect()
}

/// The members of an object in order, with duplicates: a form may have a field twice, and that is a fault
/// worth seeing.
struct Members(Vec<(String, Value)>);

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

    #[test]
    fn fields_keep_their_order_and_repetitions() {
        let fields = parse(br#"{"policy":"e30=","key":"a\nb","expires":60,"key":"c","on":true}"#).unwrap();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(fields, [("policy", "e30="), ("key", "a\nb"), ("expires", "60"), ("key", "c"), ("on", "true")]);
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for json in ["{", "[]", "{\"a\":1} x", "\"a\""] {
            assert!(matches!(parse(json.as_bytes()), Err(FormFault::NotAnObject(_))), "{json}");
        }
        for json in [r#"{"a":"b","log":{}}"#, r#"{"log":["a"]}"#, r#"{"log":null}"#] {
            assert!(matches!(parse(json.as_bytes()), Err(FormFault::NotText(name)) if name == "log"), "{json}");
        }
    }
}

//! The fields of a form, written as JSON.

use countersign::wire::json::Json;
use serde_json::value::RawValue;
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

/// Reads the fields in order, with duplicates: a form may have a field twice, and that is a fault worth seeing. A number
/// or truth value stands for its text.
pub(crate) fn parse(json: &[u8]) -> Result<Vec<(String, String)>, FormFault> {
    let text = std::str::from_utf8(json).map_err(|error| FormFault::NotJson(serde::de::Error::custom(error)))?;
    let value: &RawValue = serde_json::from_str(text).map_err(FormFault::NotJson)?;
    Json::read(value.get()).map_or(Err(FormFault::NotFields), |json| fields(json, MOST_LEVELS))
}

/// Fields stand in a body, and that in a request: what is wrapped more often is nothing a program writes.
const MOST_LEVELS: usize = 4;

fn fields(json: Json<'_>, levels: usize) -> Result<Vec<(String, String)>, FormFault> {
    if let Some(items) = json.items() {
        return list(&items);
    }
    let members = json.members().ok_or(FormFault::NotFields)?;
    // What `createPresignedPost` gives, and what HAR files hold.
    let nested = members
        .iter()
        .find(|(name, value)| matches!(&**name, "fields" | "params" | "formData") && !value.as_str().starts_with('"'));
    if let Some((_, nested)) = nested {
        return fields(*nested, levels.checked_sub(1).ok_or(FormFault::NotFields)?);
    }
    members
        .into_iter()
        .map(|(name, value)| match value.plain() {
            Some(text) => Ok((name, text)),
            None => Err(FormFault::NotText(name)),
        })
        .collect()
}

/// `[{"name": "key", "value": "a"}, ...]`, or pairs.
fn list(items: &[Json<'_>]) -> Result<Vec<(String, String)>, FormFault> {
    let field = |item: &Json<'_>| {
        let (name, value) = match item.items() {
            Some(pair) => (*pair.first()?, *pair.get(1)?),
            None => (item.member("name").or_else(|| item.member("key"))?, item.member("value")?),
        };
        Some((name.plain()?, value.plain()?))
    };
    let fields: Option<Vec<_>> = items.iter().filter(|item| !is_file(item)).map(field).collect();
    fields.filter(|fields| !fields.is_empty()).ok_or(FormFault::NotFields)
}

/// A file in a form has a name and no value.
fn is_file(item: &Json<'_>) -> bool {
    item.member("value").is_none() && (item.member("fileName").is_some() || item.member("src").is_some())
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
    fn numbers_are_sent_as_they_are_written() {
        let found = fields(r#"{"x:price":1.10,"x:serial":12345678901234567890123,"x:far":1e400}"#);
        assert_eq!(found, pairs(&[("x:price", "1.10"), ("x:serial", "12345678901234567890123"), ("x:far", "1e400")]));
    }

    #[test]
    fn a_name_with_half_a_character_loses_no_other_field() {
        let found = fields(r#"{"\ud83d":"1","key":"a"}"#);
        assert_eq!(found, pairs(&[(r"\ud83d", "1"), ("key", "a")]));
        let fault = parse(br#"{"key":"\ud83d"}"#);
        assert!(matches!(&fault, Err(FormFault::NotText(name)) if name == "key"), "{fault:?}");
    }

    #[test]
    fn what_is_no_utf_8_is_told_with_its_place() {
        let fault = parse(b"{\"key\":\"\xff\"}").unwrap_err();
        assert!(matches!(fault, FormFault::NotJson(_)) && fault.to_string().contains("index 8"), "{fault}");
    }

    #[test]
    fn wrapped_ever_deeper_is_no_form() {
        let wrapped = |levels: usize| [&r#"{"fields":"#.repeat(levels), r#"{"key":"a"}"#, &"}".repeat(levels)].concat();
        assert_eq!(fields(&wrapped(MOST_LEVELS)), pairs(&[("key", "a")]));
        for levels in [MOST_LEVELS + 1, 100_000] {
            assert!(matches!(parse(wrapped(levels).as_bytes()), Err(FormFault::NotFields)), "{levels}");
            assert!(crate::read(wrapped(levels).as_bytes()).is_err(), "{levels}");
        }
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

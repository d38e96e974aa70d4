//! From a policy to the fields of a form that meets it.

use super::{
    FilePart, Policy,
    condition::{Condition, Test},
};
use crate::phrase::{Phrase, Told, phrase, tell_in_english};
use alloc::{string::String, vec::Vec};

/// A field whose value no condition says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldNeeded {
    /// The field.
    pub field: String,
    /// The condition it must meet, as a server quotes it; `None` when there is none.
    pub quoted: Option<String>,
}

impl Told for FieldNeeded {
    fn told(&self) -> Phrase {
        match &self.quoted {
            Some(quoted) => phrase!("the policy does not say the value of `{field}`; expected one that meets `{quoted}`")
                .shown("field", &self.field)
                .shown("quoted", quoted),
            None => phrase!("the policy does not say the value of `{field}`; expected one").shown("field", &self.field),
        }
    }
}

tell_in_english!(FieldNeeded);

impl core::error::Error for FieldNeeded {}

/// The fields of a form that meets `policy`, in the order to send them: `key`, then those the policy names, then
/// what else is given. The policy and its signature belong behind them, the file last.
///
/// Values are those that are given, else those the conditions demand. Under a prefix the key ends in
/// `${filename}`, for which the server puts the name of the file.
///
/// ```
/// use countersign::policy::{Dialect, FilePart, Policy, form_fields};
///
/// let policy = br#"{"expiration": "2026-03-14T16:00:00Z", "conditions": [{"bucket": "photos"}, {"acl": "private"},
///     ["starts-with", "$Content-Type", "image/"], ["starts-with", "$key", "u/"]]}"#;
/// let policy = Policy::parse(policy, Dialect::S3)?;
/// let file = FilePart::new(1024).content_type("image/png");
/// let fields = form_fields(&policy, &[], Some(&file))?;
/// let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
/// assert_eq!(fields, [("key", "u/${filename}"), ("acl", "private"), ("Content-Type", "image/png")]);
///
/// let needed = form_fields(&policy, &[], None).unwrap_err();
/// assert_eq!(needed.field, "Content-Type");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When nothing says the value of a field the policy names.
pub fn form_fields(
    policy: &Policy,
    given: &[(&str, &str)],
    file: Option<&FilePart<'_>>,
) -> Result<Vec<(String, String)>, FieldNeeded> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let renamed = policy.dialect.rules().renamed;
    let named = policy.conditions.iter().map(|condition| condition.field.as_str());
    // Where the form goes is no field of it.
    let named =
        named.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("bucket") && !name.eq_ignore_ascii_case("key"));
    let named = named.map(|name| {
        let field = renamed.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or(name, |(_, field)| field);
        (name, field)
    });
    let all = core::iter::once(("key", "key")).chain(named);
    for (name, field) in all {
        if fields.iter().any(|(own, _)| own.eq_ignore_ascii_case(field)) {
            continue;
        }
        let own = given.iter().find(|(own, _)| own.eq_ignore_ascii_case(field)).map(|(_, value)| (*value).into());
        let value = own.or_else(|| demanded(policy, name, file)).ok_or_else(|| FieldNeeded {
            field: field.into(),
            quoted: policy.conditions_on(name).next().map(Condition::quoted),
        })?;
        fields.push((field.into(), value));
    }
    for (name, value) in given {
        if !fields.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)) {
            fields.push(((*name).into(), (*value).into()));
        }
    }
    Ok(fields)
}

/// A value that meets all conditions on a field, if they or the file say one.
fn demanded(policy: &Policy, name: &str, file: Option<&FilePart<'_>>) -> Option<String> {
    let conditions = policy.conditions_on(name);
    let meets_all = |value: &str| {
        let meets = |condition: &Condition| condition.test.is_met_by(name, value.as_bytes(), policy.dialect);
        conditions.clone().all(meets)
    };
    let mut longest: Option<&str> = None;
    for condition in conditions.clone() {
        match &condition.test {
            Test::Equals(value) => return Some(value.clone()),
            Test::In(list) => return list.iter().find(|value| meets_all(value)).cloned(),
            // Of prefixes that can hold together the longest begins with the others.
            Test::StartsWith(prefix) => longest = longest.filter(|own| own.len() >= prefix.len()).or(Some(prefix)),
            Test::NotIn(_) | Test::Length(_) => {}
        }
    }
    let typed =
        file.and_then(|file| file.content_type).filter(|value| name.eq_ignore_ascii_case("content-type") && meets_all(value));
    match (longest, typed) {
        (Some(prefix), _) if name.eq_ignore_ascii_case("key") => Some([prefix, "${filename}"].concat()),
        (_, Some(content_type)) => Some(content_type.into()),
        // Any value will do, the empty one too, if the field is there.
        (Some(""), None) => Some(String::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::{Dialect, Submission, evaluate},
        time::Timestamp,
    };
    use alloc::format;

    fn policy(dialect: Dialect, conditions: &str) -> Policy {
        let json = format!(r#"{{"expiration":"2026-03-14T16:00:00Z","conditions":[{conditions}]}}"#);
        Policy::parse(json.as_bytes(), dialect).unwrap()
    }

    fn fields(dialect: Dialect, conditions: &str, given: &[(&str, &str)]) -> Result<String, String> {
        let file = FilePart::new(1).content_type("image/png");
        let made = form_fields(&policy(dialect, conditions), given, Some(&file)).map_err(|needed| needed.field)?;
        Ok(made.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&"))
    }

    #[test]
    fn values_come_from_the_conditions_unless_they_are_given() {
        for (conditions, given, expected) in [
            (r#"{"bucket":"b"},{"key":"a"}"#, &[][..], "key=a"),
            (r#"["in","$key",["a","b"]],["eq","$key","b"]"#, &[], "key=b"),
            (r#"["starts-with","$key","u/"],["starts-with","$key","u/1/"]"#, &[], "key=u/1/${filename}"),
            (r#"["starts-with","$key","u/"]"#, &[("KEY", "u/x")], "key=u/x"),
            (r#"["content-length-range",1,2],["starts-with","$x-oss-meta-a",""],{"key":"a"}"#, &[], "key=a&x-oss-meta-a="),
            (r#"{"key":"a"},["not-in","$content-type",["text/html"]]"#, &[], "key=a&content-type=image/png"),
            (
                r#"{"key":"a"},["starts-with","$Content-Type","image/"]"#,
                &[("content-type", "image/gif")],
                "key=a&Content-Type=image/gif",
            ),
            (r#"{"key":"a"}"#, &[("x", "1"), ("y", "2")], "key=a&x=1&y=2"),
        ] {
            assert_eq!(fields(Dialect::Oss, conditions, given).as_deref(), Ok(expected), "{conditions}");
        }
        assert_eq!(fields(Dialect::Cos, r#"{"key":"a"},{"q-sign-time":"1;2"}"#, &[]).as_deref(), Ok("key=a&q-key-time=1;2"));
    }

    #[test]
    fn a_value_nobody_says_is_asked_for() {
        for (conditions, needed) in [
            (r#"{"bucket":"b"}"#, "key"),
            (r#"{"key":"a"},["starts-with","$content-type","video/"]"#, "content-type"),
            (r#"{"key":"a"},["starts-with","$x-oss-meta-a","v"]"#, "x-oss-meta-a"),
            (r#"{"key":"a"},["not-in","$cache-control",["no-store"]]"#, "cache-control"),
            (r#"["in","$key",["a"]],["in","$key",["b"]]"#, "key"),
        ] {
            assert_eq!(fields(Dialect::Oss, conditions, &[]), Err(needed.into()), "{conditions}");
        }
    }

    #[test]
    fn the_form_meets_its_policy() {
        let now = Timestamp::from_rfc3339("2026-03-14T15:00:00Z").unwrap();
        let file = FilePart::new(1).named("a.png").content_type("image/png");
        for dialect in Dialect::ALL {
            let demanded =
                dialect.rules().demanded.iter().filter(|name| **name != "bucket").map(|name| format!(r#",{{"{name}":"1"}}"#));
            let conditions = format!(
                r#"{{"bucket":"b"}},["starts-with","$key","u/"],["starts-with","$Content-Type","image/"]{}"#,
                demanded.collect::<String>()
            );
            let policy = policy(dialect, &conditions);
            let made = form_fields(&policy, &[], Some(&file)).unwrap();
            let form = made.iter().filter(|(name, _)| !name.starts_with("q-"));
            let form = form.fold(Submission::to("b"), |form, (name, value)| form.field(name, value)).file(file);
            let refused = evaluate(&policy, &form, now);
            assert!(refused.is_ok() || dialect == Dialect::Cos, "{dialect:?}: {refused:?}");
        }
    }
}

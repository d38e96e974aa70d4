//! A condition, how a server quotes it and when a value meets it.

use super::dialect::{BareName, ContentTypes, Dialect};
use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};
use core::ops::RangeInclusive;

/// One condition of a policy. Two are equal that stand in the same place and demand the same, however they are written.
///
/// ```
/// use countersign::policy::{Dialect, Policy};
///
/// let first = |written: &str| {
///     let json = format!(r#"{{"conditions":[{written},{{"acl":"private"}}],"expiration":"2026-03-14T16:00:00.000Z"}}"#);
///     Policy::parse(json.as_bytes(), Dialect::S3).map(|policy| policy.conditions[0].clone())
/// };
/// assert_eq!(first(r#"["eq","$key","a"]"#)?, first(r#"["eq", "$key","\u0061"]"#)?);
/// assert_ne!(first(r#"["eq","$key","a"]"#)?, first(r#"["eq","$key","b"]"#)?);
/// # Ok::<(), countersign::policy::PolicyFault>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Condition {
    /// The field it is about.
    pub field: FieldName,
    /// What it demands.
    pub test: Test,
    /// Where it stands, in bytes from the start of the JSON.
    pub at: usize,
    /// The operator as it is written, and `eq` for an object.
    pub(super) operator: Cow<'static, str>,
    /// The bounds of `content-length-range` as they are written, with a comma and a blank between them.
    pub(super) bounds: Box<str>,
    /// Whether servers quote a field that is written bare as one with `$`.
    pub(super) bare_name: BareName,
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        (&self.field, &self.test, self.at) == (&other.field, &other.test, other.at)
    }
}

impl Eq for Condition {}

impl Condition {
    /// The condition as a server quotes it: a list with a blank behind each comma, whatever its form was, and numbers as they
    /// are written.
    ///
    /// ```
    /// use countersign::policy::{Dialect, Policy};
    ///
    /// let json = br#"{"expiration":"2026-03-14T16:00:00.000Z","conditions":[{"acl":"private"},["content-length-range",1,1024]]}"#;
    /// let quoted: Vec<_> = Policy::parse(json, Dialect::S3)?.conditions.iter().map(|condition| condition.quoted()).collect();
    /// assert_eq!(quoted, [r#"["eq", "$acl", "private"]"#, r#"["content-length-range", 1, 1024]"#]);
    /// # Ok::<(), countersign::policy::PolicyFault>(())
    /// ```
    #[must_use]
    pub fn quoted(&self) -> String {
        let operator = Quoted::Text(["", &self.operator]);
        let sign = match self.field {
            FieldName::Bare(_) if self.bare_name == BareName::Fails => "",
            _ => "$",
        };
        let field = Quoted::Text([sign, self.field.as_str()]);
        match &self.test {
            Test::Equals(value) | Test::StartsWith(value) => quote(&[operator, field, Quoted::Text(["", value])]),
            Test::In(list) | Test::NotIn(list) => quote(&[operator, field, Quoted::List(list)]),
            Test::Length(_) => quote(&[operator, Quoted::Raw(&self.bounds)]),
        }
    }
}

/// The field a condition is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldName {
    /// Written as a condition must: with `$` in a list, without in an object.
    Written(String),
    /// Written without `$` in a list.
    Bare(String),
    /// None: `content-length-range` is about the file.
    None,
}

impl FieldName {
    /// The name without `$`; empty when there is none.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Written(name) | Self::Bare(name) => name,
            Self::None => "",
        }
    }

    /// Whether this is the field with this name; case does not matter.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        !name.is_empty() && self.as_str().eq_ignore_ascii_case(name)
    }
}

/// What a condition demands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Test {
    /// The value is this one.
    Equals(String),
    /// The value starts with this.
    StartsWith(String),
    /// The value is one of these (OSS alone).
    In(Vec<String>),
    /// The value is none of these (OSS alone).
    NotIn(Vec<String>),
    /// The upload has so many bytes. `None`: the bounds are texts that are no numbers, which nothing meets.
    Length(Option<RangeInclusive<u64>>),
}

impl Test {
    /// Whether `value` meets it. Case matters in values.
    pub(super) fn is_met_by(&self, field: &str, value: &[u8], dialect: Dialect) -> bool {
        match self {
            Self::Equals(wanted) => wanted.as_bytes() == value,
            Self::In(list) => list.iter().any(|one| one.as_bytes() == value),
            Self::NotIn(list) => !list.iter().any(|one| one.as_bytes() == value),
            Self::StartsWith(prefix) => {
                let prefix = prefix.as_bytes();
                let listed = dialect.rules().content_types == ContentTypes::EachOne && field.eq_ignore_ascii_case("content-type");
                if listed {
                    value.split(|b| *b == b',').all(|one| one.trim_ascii().starts_with(prefix))
                } else {
                    value.starts_with(prefix)
                }
            }
            Self::Length(_) => true,
        }
    }
}

/// Writes a list as servers quote it.
fn quote(items: &[Quoted<'_>]) -> String {
    let mut text = String::from("[");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push_str(", ");
        }
        match item {
            Quoted::Text(pieces) => string(pieces, &mut text),
            Quoted::Raw(raw) => text.push_str(raw),
            Quoted::List(list) => {
                let items: Vec<_> = list.iter().map(|one| Quoted::Text(["", one])).collect();
                text.push_str(&quote(&items));
            }
        }
    }
    text.push(']');
    text
}

/// An item of a quoted list.
enum Quoted<'a> {
    /// A string, in two pieces.
    Text([&'a str; 2]),
    /// As it is written.
    Raw(&'a str),
    /// A list of strings.
    List(&'a [String]),
}

/// Writes a JSON string.
pub(super) fn string(pieces: &[&str], out: &mut String) {
    let whole = pieces.concat();
    // A string has no value that JSON cannot write.
    out.push_str(&serde_json::to_string(&whole).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn lists_are_quoted_with_a_blank_behind_each_comma() {
        let list = vec![String::from("a"), String::from("b\"")];
        let quoted = quote(&[Quoted::Text(["", "in"]), Quoted::Text(["$", "key"]), Quoted::List(&list), Quoted::Raw("10")]);
        assert_eq!(quoted, r#"["in", "$key", ["a", "b\""], 10]"#);
    }

    #[test]
    fn a_condition_is_quoted_as_a_list_whatever_its_form() {
        for (json, dialect, quoted) in [
            (r#"{"acl":"private"}"#, Dialect::Oss, r#"["eq", "$acl", "private"]"#),
            (r#"["Starts-With","$key",  "u/\"x"]"#, Dialect::S3, r#"["Starts-With", "$key", "u/\"x"]"#),
            // OSS takes the name for one with a sign, S3 for one that names nothing.
            (r#"["eq","key","a"]"#, Dialect::Oss, r#"["eq", "$key", "a"]"#),
            (r#"["eq","key","a"]"#, Dialect::S3, r#"["eq", "key", "a"]"#),
            (r#" ["content-length-range", "1",10] "#, Dialect::S3, r#"["content-length-range", "1", 10]"#),
            (r#"["in","$key",["a",  "b,]"]]"#, Dialect::Oss, r#"["in", "$key", ["a", "b,]"]]"#),
            (r#"["eq","$a","\$b"]"#, Dialect::Oss, r#"["eq", "$a", "$b"]"#),
        ] {
            assert_eq!(Condition::parse(json.as_bytes(), dialect).unwrap().quoted(), quoted);
        }
    }

    #[test]
    fn only_s3_takes_content_types_for_a_list() {
        let image = Test::StartsWith("image/".into());
        for dialect in Dialect::ALL {
            assert!(image.is_met_by("Content-Type", b"image/png", dialect));
            assert!(!image.is_met_by("Content-Type", b"Image/png", dialect));
            assert_eq!(image.is_met_by("content-type", b"image/png,text/html", dialect), dialect != Dialect::S3);
            assert!(image.is_met_by("key", b"image/png,text/html", dialect));
        }
        assert!(image.is_met_by("Content-Type", b"image/png, image/gif", Dialect::S3));
    }
}

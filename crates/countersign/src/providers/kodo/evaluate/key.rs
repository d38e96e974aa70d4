//! The name an object gets, with the variables of `saveKey`.

use super::{
    super::fields::PolicyFields,
    upload::{Upload, UploadWay},
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};

/// The name an object gets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectKey {
    /// The name. Variables whose value is not known stand in it as they are written.
    pub text: String,
    /// Who names it.
    pub source: KeySource,
    /// The variables whose value is not known. Without any, the name is final.
    pub unknown: Vec<String>,
    /// How many bytes of the text stand before the first of them.
    known_len: usize,
}

/// Who names an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// The answer to the callback, as `callbackFetchKey` wants it.
    Callback,
    /// `saveKey`, as `forceSaveKey` wants it.
    ForcedTemplate,
    /// The client.
    Client,
    /// `saveKey`: the client names none.
    Template,
    /// The service, after the content: nobody else does.
    ContentHash,
}

impl ObjectKey {
    pub(super) fn is(&self, key: &str) -> bool {
        self.unknown.is_empty() && self.text == key
    }

    pub(super) fn starts_with(&self, prefix: &str) -> bool {
        self.text.get(..self.known_len).is_some_and(|known| known.starts_with(prefix))
    }
}

/// The name of the object: the callback's answer, a forced `saveKey`, the client's key, `saveKey`, the content hash.
pub(super) fn of(policy: &PolicyFields<'_>, upload: &Upload<'_>, content_type: Option<&str>) -> ObjectKey {
    let given = |text: &Option<Cow<'_, str>>| text.as_deref().filter(|text| !text.is_empty()).map(String::from);
    let template = given(&policy.save_key);
    let variables = Variables { policy, upload, content_type };
    if policy.callback_fetch_key == Some(1) && given(&policy.callback_url).is_some() {
        return variables.fill("$(key)", KeySource::Callback);
    }
    match (template, upload.key) {
        (Some(template), _) if policy.force_save_key == Some(true) => variables.fill(&template, KeySource::ForcedTemplate),
        (_, Some(key)) => ObjectKey { text: key.into(), source: KeySource::Client, unknown: Vec::new(), known_len: key.len() },
        (Some(template), None) => variables.fill(&template, KeySource::Template),
        (None, None) => variables.fill("$(etag)", KeySource::ContentHash),
    }
}

/// Where the values of variables come from.
struct Variables<'v, 'a> {
    policy: &'v PolicyFields<'v>,
    upload: &'v Upload<'a>,
    content_type: Option<&'v str>,
}

/// The value of a variable; what the service does not know either is empty.
enum Value<'v> {
    Known(Cow<'v, str>),
    Unknown,
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(value: Option<&'v str>) -> Self {
        value.map_or(Value::Unknown, |value| Value::Known(value.into()))
    }
}

impl<'v> Variables<'v, '_> {
    fn fill(&self, template: &str, source: KeySource) -> ObjectKey {
        let mut key = ObjectKey { text: String::new(), source, unknown: Vec::new(), known_len: 0 };
        let mut rest = template;
        while let Some((before, name, after)) = next_variable(rest) {
            key.text.push_str(before);
            match self.value(name) {
                Value::Known(value) => key.text.push_str(&value),
                Value::Unknown => {
                    if key.unknown.is_empty() {
                        key.known_len = key.text.len();
                    }
                    if !key.unknown.iter().any(|own| own == name) {
                        key.unknown.push(name.into());
                    }
                    key.text.push_str(rest.get(before.len()..rest.len() - after.len()).unwrap_or_default());
                }
            }
            rest = after;
        }
        key.text.push_str(rest);
        if key.unknown.is_empty() {
            key.known_len = key.text.len();
        }
        key
    }

    fn value(&self, name: &str) -> Value<'v> {
        if let Some((_, value)) = self.upload.variables.iter().find(|(own, _)| *own == name) {
            return Value::Known(Cow::Borrowed(*value));
        }
        match name {
            "bucket" => self.policy.scope.as_ref().map(|scope| &*scope.bucket).into(),
            "etag" => self.upload.etag.into(),
            "fsize" => self.upload.size.map_or(Value::Unknown, |size| Value::Known(size.to_string().into())),
            "mimeType" => self.content_type.into(),
            "endUser" => Value::Known(self.policy.end_user.as_deref().unwrap_or_default().into()),
            "fname" => self.file_name().into(),
            "fprefix" => self.file_name().and_then(without_extension).into(),
            // The zone of the first is not published, nor how the extension is found and whether it has its
            // dot; the others the service makes or finds in the content.
            "year" | "mon" | "day" | "hour" | "min" | "sec" | "ext" | "key" | "persistentId" | "uuid" | "imageAve" => {
                Value::Unknown
            }
            // What is not for `saveKey`, what nobody knows, and what the client does not send is empty.
            _ => Value::Known("".into()),
        }
    }

    /// Uploads in parts have none, or one of their own.
    fn file_name(&self) -> Option<&'v str> {
        self.upload.file_name.filter(|_| matches!(self.upload.way, None | Some(UploadWay::Form)))
    }
}

/// What stands before the first `$(name)` or `${name}`, the name, and what stands behind it.
fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('$')?;
        let behind = text.get(at + 1..)?;
        let close = match behind.as_bytes().first() {
            Some(b'(') => ')',
            Some(b'{') => '}',
            _ => {
                from = at + 1;
                continue;
            }
        };
        let Some(end) = behind.find(close) else {
            from = at + 1;
            continue;
        };
        return Some((text.get(..at)?, behind.get(1..end)?, behind.get(end + 1..)?));
    }
}

/// A name with one dot in it; where to cut another is not published.
fn without_extension(name: &str) -> Option<&str> {
    match name.split_once('.') {
        None => Some(name),
        Some((stem, extension)) if !stem.is_empty() && !extension.contains('.') => Some(stem),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_in_both_brackets() {
        assert_eq!(next_variable("a$(b)c"), Some(("a", "b", "c")));
        assert_eq!(next_variable("$${x:y}$"), Some(("$", "x:y", "$")));
        assert_eq!(next_variable("$(a$(b)"), Some(("", "a$(b", "")));
        for none in ["", "$", "a$b", "$(", "${a)", "\u{952e}$"] {
            assert_eq!(next_variable(none), None, "{none}");
        }
    }

    #[test]
    fn only_names_with_one_dot_are_cut() {
        assert_eq!(without_extension("cat.jpg"), Some("cat"));
        assert_eq!(without_extension("cat"), Some("cat"));
        assert_eq!((without_extension("a.tar.gz"), without_extension(".profile")), (None, None));
    }
}

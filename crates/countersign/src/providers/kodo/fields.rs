//! The fields of a put policy: one table, from which they are read and written.
//!
//! Follows "Put policy" (developer.qiniu.com, Kodo, put-policy) and, for what that page has
//! dropped, the field list of the Python SDK 7.18.

use super::problem::Problem;
use crate::phrase::words;
use crate::wire::{
    json::{self, Members, NoMembers, write_name, write_string},
    name_bit, sorted,
    text::shown,
};
use alloc::{borrow::Cow, string::String, vec::Vec};
use core::{
    cell::Cell,
    fmt::{self, Write},
};

/// Where an upload may go: `bucket`, `bucket:key` or `bucket:prefix`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadScope<'a> {
    /// What stands before the first colon.
    pub bucket: Cow<'a, str>,
    /// What stands behind it: a key, or a prefix if `isPrefixalScope` is 1. May hold further colons.
    pub key: Option<Cow<'a, str>>,
}

impl From<String> for UploadScope<'_> {
    /// Splits at the first colon.
    fn from(mut text: String) -> Self {
        let key = text.find(':').map(|at| {
            let key = text.split_off(at + 1);
            text.truncate(at);
            Cow::Owned(key)
        });
        Self { bucket: Cow::Owned(text), key }
    }
}

impl fmt::Display for UploadScope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "{}:{key}", self.bucket),
            None => f.write_str(&self.bucket),
        }
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident = $name:literal: $type:ty,)*) => {
        /// The fields of a put policy as they are given, nothing filled in.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct PolicyFields<'a> {
            $($(#[$doc])* pub $field: Option<$type>,)*
            /// Fields this table does not know, in order: the name, and the value in JSON as it was written.
            pub others: Vec<(String, String)>,
        }

        impl PolicyFields<'_> {
            /// Takes one member of the object.
            fn take(&mut self, name: &str, value: &str, problems: &mut Vec<Problem>) {
                match name {
                    $($name => self.$field = read($name, value, problems),)*
                    _ => self.others.push((name.into(), value.into())),
                }
            }

            fn write_known(&self, json: &mut String) {
                $(if let Some(value) = &self.$field {
                    write_name($name, json);
                    value.write(json);
                })*
            }

            /// All fields that are given, by their names in the policy, with their values in JSON: first
            /// those of the table, in its order, then the others as they were written.
            #[must_use]
            pub fn members(&self) -> Vec<(&str, String)> {
                let mut members = Vec::new();
                $(if let Some(value) = &self.$field {
                    let mut json = String::new();
                    value.write(&mut json);
                    members.push(($name, json));
                })*
                members.extend(self.others.iter().map(|(name, json)| (name.as_str(), json.clone())));
                members
            }
        }
    };
}

fields! {
    /// Bucket, and key or prefix.
    scope = "scope": UploadScope<'a>,
    /// The end of the right to upload, in Unix seconds. It must not have passed when the upload is complete.
    deadline = "deadline": i64,
    /// 1: the key part of the scope is a prefix.
    is_prefixal_scope = "isPrefixalScope": i64,
    /// Other than 0: nothing is overwritten, whatever the scope.
    insert_only = "insertOnly": i64,
    /// The owner, for `$(endUser)`.
    end_user = "endUser": Cow<'a, str>,
    /// Where a browser is sent after the upload.
    return_url = "returnUrl": Cow<'a, str>,
    /// Template of the answer to the client.
    return_body = "returnBody": Cow<'a, str>,
    /// Where the service posts its callback: one URL, or several separated by `;`.
    callback_url = "callbackUrl": Cow<'a, str>,
    /// The `Host` of the callback.
    callback_host = "callbackHost": Cow<'a, str>,
    /// Template of the body of the callback.
    callback_body = "callbackBody": Cow<'a, str>,
    /// The type of that body.
    callback_body_type = "callbackBodyType": Cow<'a, str>,
    /// 1: the answer to the callback names the object.
    callback_fetch_key = "callbackFetchKey": i64,
    /// Processing commands separated by `;`.
    persistent_ops = "persistentOps": Cow<'a, str>,
    /// Where the end of processing is announced.
    persistent_notify_url = "persistentNotifyUrl": Cow<'a, str>,
    /// The queue for processing.
    persistent_pipeline = "persistentPipeline": Cow<'a, str>,
    /// 0: processing at once, 1: when there is time. The documentation calls it text; every SDK sends a number.
    persistent_type = "persistentType": i64,
    /// A workflow template, instead of commands.
    persistent_workflow_template_id = "persistentWorkflowTemplateID": Cow<'a, str>,
    /// Template of the key for clients that name none.
    save_key = "saveKey": Cow<'a, str>,
    /// Whether that template wins over the client's key.
    force_save_key = "forceSaveKey": bool,
    /// The smallest size, in bytes.
    fsize_min = "fsizeMin": i64,
    /// The largest size, in bytes.
    fsize_limit = "fsizeLimit": i64,
    /// 0: the type the client names, else a guess; 1: a guess; -1: the type the client names.
    detect_mime = "detectMime": i64,
    /// Types that are accepted, or with `!` before them refused, separated by `;`.
    mime_limit = "mimeLimit": Cow<'a, str>,
    /// The storage class, 0 to 5.
    file_type = "fileType": i64,
    /// Life of the object in days.
    delete_after_days = "deleteAfterDays": i64,
    /// Bits a second for each connection.
    traffic_limit = "trafficLimit": i64,
    /// The only keys that are accepted.
    key_limit = "keylimit": Vec<Cow<'a, str>>,
    /// Deprecated: a conversion during the upload.
    transform = "transform": Cow<'a, str>,
    /// Deprecated: what happens when that fails.
    transform_fallback_mode = "transformFallbackMode": Cow<'a, str>,
    /// Deprecated: the key in that case.
    transform_fallback_key = "transformFallbackKey": Cow<'a, str>,
    /// No longer in use; `persistentOps` took its place.
    async_ops = "asyncOps": Cow<'a, str>,
}

impl PolicyFields<'static> {
    /// Reads a policy; `None` if it is no JSON object.
    pub(super) fn read(json: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let Members(members) = members(json).map_err(|problem| problems.push(problem)).ok()?;
        let times = times(&members);
        let mut fields = Self::default();
        for (at, (name, value)) in members.iter().enumerate() {
            match times.get(at).map(Cell::get) {
                Some(Times::Superseded) => continue,
                Some(Times::Again) => problems.push(Problem::Twice { field: shown(name), found: shown(value) }),
                Some(Times::Once) | None => {}
            }
            fields.take(name, value, problems);
        }
        Some(fields)
    }
}

/// How often each of the members is there; nothing where each is there once.
fn times(members: &[(Cow<'_, str>, &str)]) -> Vec<Cell<Times>> {
    // All the same names have the same bit: if there are as many bits as names, no two are the same.
    let bits = members.iter().fold(0_u64, |bits, (name, _)| bits | name_bit(name.as_bytes()));
    if bits.count_ones() as usize == members.len() {
        return Vec::new();
    }
    let times = alloc::vec![Cell::new(Times::Once); members.len()];
    let named: Vec<_> = members.iter().map(|(name, _)| name).zip(&times).collect();
    let mut before = None;
    for member in sorted(&named, |a, b| a.0.cmp(b.0)) {
        if let Some((_, earlier)) = before.replace(member).filter(|before| before.0 == member.0) {
            earlier.set(Times::Superseded);
            member.1.set(Times::Again);
        }
    }
    times
}

/// How often a member is there.
#[derive(Clone, Copy)]
enum Times {
    Once,
    /// It is there again, further on.
    Superseded,
    /// It was there before.
    Again,
}

impl PolicyFields<'_> {
    /// The policy in JSON: first the fields of the table, in its order, then the others as they were.
    pub(super) fn to_json(&self) -> String {
        let mut json = String::with_capacity(256);
        self.write_known(&mut json);
        for (name, value) in &self.others {
            write_name(name, &mut json);
            json.push_str(value);
        }
        json.push_str(if json.is_empty() { "{}" } else { "}" });
        json
    }
}

/// A type of the table.
pub(super) trait Value: Sized {
    /// Its name in messages.
    const NAME: &'static str;
    /// From JSON; `None` for another type.
    fn read(json: &str) -> Option<Self>;
    /// From a number in quotes, for numbers.
    fn read_quoted(json: &str) -> Option<Self> {
        let _ = json;
        None
    }
    /// In JSON.
    fn write(&self, json: &mut String);
}

fn read<V: Value>(field: &'static str, json: &str, problems: &mut Vec<Problem>) -> Option<V> {
    if let Some(value) = V::read(json) {
        return Some(value);
    }
    let quoted = V::read_quoted(json);
    let found = shown(json);
    problems.push(match quoted {
        Some(_) => Problem::QuotedNumber { field, found },
        None => Problem::WrongType { field, expected: V::NAME, found },
    });
    quoted
}

impl Value for Cow<'_, str> {
    const NAME: &'static str = words!("text in quotes");

    fn read(json: &str) -> Option<Self> {
        json::text(json).ok().map(|text| Cow::Owned(text.into_owned()))
    }

    fn write(&self, json: &mut String) {
        write_string(&[self], json);
    }
}

impl Value for UploadScope<'_> {
    const NAME: &'static str = words!("text in quotes");

    fn read(json: &str) -> Option<Self> {
        json::text(json).ok().map(|text| Self::from(text.into_owned()))
    }

    fn write(&self, json: &mut String) {
        match &self.key {
            Some(key) => write_string(&[&self.bucket, ":", key], json),
            None => write_string(&[&self.bucket], json),
        }
    }
}

impl Value for i64 {
    const NAME: &'static str = words!("a whole number");

    fn read(json: &str) -> Option<Self> {
        // Of the numbers that JSON writes so only this one is no whole number to JSON's readers.
        json.parse().ok().filter(|_| json != "-0")
    }

    fn read_quoted(json: &str) -> Option<Self> {
        json::text(json).ok()?.parse().ok()
    }

    fn write(&self, json: &mut String) {
        // Writing to a `String` does not fail.
        let _ = write!(json, "{self}");
    }
}

impl Value for bool {
    const NAME: &'static str = words!("`true` or `false`");

    fn read(json: &str) -> Option<Self> {
        json.parse().ok()
    }

    fn write(&self, json: &mut String) {
        json.push_str(if *self { "true" } else { "false" });
    }
}

impl Value for Vec<Cow<'_, str>> {
    const NAME: &'static str = words!("a list of texts in quotes");

    fn read(json: &str) -> Option<Self> {
        let texts: Vec<String> = serde_json::from_str(json).ok()?;
        Some(texts.into_iter().map(Cow::Owned).collect())
    }

    fn write(&self, json: &mut String) {
        for (at, text) in self.iter().enumerate() {
            json.push(if at == 0 { '[' } else { ',' });
            write_string(&[text], json);
        }
        json.push_str(if self.is_empty() { "[]" } else { "]" });
    }
}

/// The members of a policy.
fn members(policy: &str) -> Result<Members<'_>, Problem> {
    json::members(policy).map_err(|error| match error {
        NoMembers::NotJson(reason) => Problem::NotJson { found: shown(policy), reason },
        NoMembers::NotAnObject(found) => Problem::NotAnObject { found: shown(found) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn what_is_written_reads_back() {
        let text = "a\"b\\c\n\u{7f}\u{0}\u{2028}/\u{65e5}";
        let fields = PolicyFields {
            scope: Some(UploadScope { bucket: "b".into(), key: Some(text.into()) }),
            deadline: Some(1),
            end_user: Some("".into()),
            force_save_key: Some(false),
            detect_mime: Some(-1),
            key_limit: Some([text.into(), "x".into()].into()),
            others: [("a\"b".into(), "{ \"x\" : 1.50 }".into())].into(),
            ..PolicyFields::default()
        };
        let mut problems = Vec::new();
        assert_eq!(PolicyFields::read(&fields.to_json(), &mut problems), Some(fields));
        assert_eq!(problems, []);
        assert_eq!(PolicyFields::default().to_json(), "{}");
    }

    #[test]
    fn members_are_what_is_written() {
        let json = r#"{"scope":"b:k","deadline":1,"insertOnly":1,"forceSaveKey":false,"keylimit":["a"],"x":[ 1.50 ]}"#;
        let fields = PolicyFields::read(json, &mut Vec::new()).unwrap();
        let members: Vec<_> = fields.members().iter().map(|(name, value)| alloc::format!("\"{name}\":{value}")).collect();
        assert_eq!(members.join(","), json.trim_matches(['{', '}']));
    }

    #[test]
    fn the_scope_splits_at_the_first_colon() {
        let parts = |text: &str| {
            let scope = UploadScope::from(String::from(text));
            assert_eq!(scope.to_string(), text);
            (scope.bucket.into_owned(), scope.key.map(Cow::into_owned))
        };
        assert_eq!(parts("b"), ("b".into(), None));
        assert_eq!(parts("b:"), ("b".into(), Some("".into())));
        assert_eq!(parts("b:a:c"), ("b".into(), Some("a:c".into())));
        assert_eq!(parts(":k"), ("".into(), Some("k".into())));
    }
}

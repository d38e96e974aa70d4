//! Looking through a policy for what will hurt later: what the server refuses, and what it allows too much of.

use super::{
    Dialect, Policy,
    condition::{Condition, FieldName, Test},
    dialect::{BareName, Filename, NameCase, Repeated, Rules, Times, lists},
    evaluate::{signing_of, uncovered},
    parse::Zone,
    sentences::{LINTS, Sentences},
};
use crate::{
    phrase::Phrase,
    subject::Form,
    time::{self, Timestamp},
    wire::split_once,
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Something about a policy that is worth changing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lint {
    /// Its name, which does not change.
    pub code: &'static str,
    /// What it is about: a field, a condition, a time.
    pub what: String,
    /// Where in the JSON, if it is about one place.
    pub at: Option<usize>,
}

impl Lint {
    /// Why it matters.
    #[must_use]
    pub fn why(&self) -> Phrase {
        self.sentence(|texts| &texts.why)
    }

    /// What to do about it.
    #[must_use]
    pub fn mend(&self) -> Phrase {
        self.sentence(|texts| &texts.mend)
    }

    fn sentence(&self, of: fn(&Sentences) -> &Phrase) -> Phrase {
        let phrase = LINTS.iter().find(|texts| texts.code == self.code).map(of).cloned();
        phrase.unwrap_or(Phrase::of("{what}")).data("what", &*self.what)
    }
}

/// The longest life that needs no explanation, in seconds.
pub(crate) const DAY: i64 = 86_400;
/// How long a V4 signature lives after its date.
const WEEK: i64 = 7 * DAY;

/// Looks through a policy and, if it is given, the form that goes with it.
///
/// ```
/// use countersign::{Form, Timestamp, policy::{Dialect, Policy, lint}};
///
/// let policy = br#"{"expiration": "2026-03-14T16:00:00Z", "conditions": [
///     {"bucket": "photos"}, ["starts-with", "$key", ""], ["content-length-range", 1, 1024]]}"#;
/// let policy = Policy::parse(policy, Dialect::S3)?;
/// let now = Timestamp::from_unix(1_773_500_966);
///
/// let lints = lint(&policy, Some(&Form::new().field("key", "a").field("acl", "private")), now);
/// let codes: Vec<_> = lints.iter().map(|lint| lint.code).collect();
/// assert_eq!(codes, ["key-unrestricted", "field-without-condition"]);
/// assert_eq!(lints[1].mend().to_string(), r#"add `["starts-with", "$acl", ""]`, or do not send the field"#);
/// # Ok::<(), countersign::policy::PolicyFault>(())
/// ```
#[must_use]
pub fn lint(policy: &Policy, form: Option<&Form<'_>>, now: Timestamp) -> Vec<Lint> {
    let mut found = Found { rules: policy.dialect.rules(), lints: Vec::new() };
    found.document(policy, now);
    found.missing(policy);
    for condition in &policy.conditions {
        found.condition(condition);
    }
    found.contradictions(policy);
    if let Some(form) = form {
        found.form(policy, form);
    }
    found.lints
}

struct Found {
    rules: &'static Rules,
    lints: Vec<Lint>,
}

impl Found {
    fn add(&mut self, code: &'static str, what: impl Into<String>, at: Option<usize>) {
        self.lints.push(Lint { code, what: what.into(), at });
    }

    /// The document itself: its members and its end.
    fn document(&mut self, policy: &Policy, now: Timestamp) {
        for member in &policy.unknown_members {
            self.add("unknown-member", member, None);
        }
        let expiration = &policy.expiration;
        let at = Some(expiration.at);
        match expiration.zone {
            Zone::Utc => {}
            Zone::Other => self.add("expiration-not-utc", &expiration.text, at),
            Zone::Missing => self.add("expiration-without-zone", &expiration.text, at),
        }
        let left = expiration.time.since(now);
        if left < 0 {
            self.add("expiration-passed", &expiration.text, at);
        } else if left > DAY {
            self.add("expiration-over-a-day-ahead", &expiration.text, at);
        }
    }

    /// Conditions a policy should have.
    fn missing(&mut self, policy: &Policy) {
        let has = |name: &str| policy.conditions_on(name).next().is_some();
        let (demanded, implied) = (self.rules.demanded, self.rules.implied);
        for name in demanded.iter().chain(implied).filter(|name| !has(name)) {
            self.add("demanded-condition-missing", *name, None);
        }
        if !has("bucket") && !demanded.contains(&"bucket") && !implied.contains(&"bucket") {
            self.add("bucket-condition-missing", "bucket", None);
        }
        if !policy.conditions.iter().any(|condition| matches!(condition.test, Test::Length(_))) {
            self.add("no-content-length-range", "content-length-range", None);
        }
        let restricts = |condition: &Condition| match &condition.test {
            Test::StartsWith(prefix) => !prefix.is_empty(),
            Test::Equals(_) | Test::In(_) => true,
            Test::NotIn(_) | Test::Length(_) => false,
        };
        if !policy.conditions_on("key").any(restricts) {
            let at = policy.conditions_on("key").next().map(|condition| condition.at);
            self.add("key-unrestricted", "key", at);
        }
    }

    /// One condition by itself.
    fn condition(&mut self, condition: &Condition) {
        let at = Some(condition.at);
        let name = condition.field.as_str();
        let quoted = || condition.quoted();
        if matches!(condition.field, FieldName::Bare(_)) && self.rules.bare_name == BareName::Fails {
            self.add("name-without-dollar", quoted(), at);
        }
        if matches!(condition.field, FieldName::Written(_)) && name.starts_with('$') {
            self.add("dollar-in-object", quoted(), at);
        }
        let exact = lists(self.rules.exact_only, name) && !lists(self.rules.not_exact_only, name);
        if exact && !matches!(condition.test, Test::Equals(_)) {
            self.add("operator-not-for-field", quoted(), at);
        }
        match &condition.test {
            Test::Length(Some(range)) if !range.is_empty() => {}
            Test::Length(_) => self.add("range-empty", quoted(), at),
            Test::In(list) if list.is_empty() => self.add("list-empty", quoted(), at),
            Test::StartsWith(prefix) if prefix.is_empty() && is_redirect(name) => {
                self.add("redirect-unrestricted", quoted(), at);
            }
            Test::StartsWith(prefix) if name.eq_ignore_ascii_case("key") && is_bare_directory(prefix) => {
                self.add("key-prefix-without-slash", quoted(), at);
            }
            _ => {}
        }
        let expands = match self.rules.filename {
            Filename::InAllFields => true,
            Filename::InKey => name.eq_ignore_ascii_case("key"),
            Filename::Later => false,
        };
        for value in wanted(&condition.test) {
            if expands && value.contains("${filename}") {
                self.add("filename-in-policy", quoted(), at);
            }
            if is_redirect(name) && has_scheme(value, "http://") {
                self.add("redirect-over-http", value, at);
            }
            if is_acl(name) && value == "public-read-write" {
                self.add("acl-lets-anyone-write", value, at);
            }
            let status = name.eq_ignore_ascii_case("success_action_status");
            if status && matches!(condition.test, Test::Equals(_)) && !matches!(value, "200" | "201" | "204") {
                self.add("status-ignored", value, at);
            }
        }
    }

    /// Conditions that no form can meet together.
    fn contradictions(&mut self, policy: &Policy) {
        let mut seen: Vec<&str> = Vec::new();
        for condition in policy.conditions.iter() {
            let name = condition.field.as_str();
            if seen.iter().any(|own| own.eq_ignore_ascii_case(name)) {
                continue;
            }
            seen.push(name);
            let of_field = |other: &&Condition| other.field.as_str().eq_ignore_ascii_case(name);
            let all: Vec<_> = policy.conditions.iter().filter(of_field).map(|other| &other.test).collect();
            if all.len() > 1 && contradict(name, &all, policy.dialect) {
                let what = if name.is_empty() { "content-length-range" } else { name };
                self.add("conditions-contradict", what, Some(condition.at));
            }
        }
    }

    /// The form beside the policy.
    fn form(&mut self, policy: &Policy, form: &Form<'_>) {
        let names: Vec<_> = form.fields().map(|(name, _)| name).collect();
        let has = |name: &str| form.value(name).is_some();
        let signing = signing_of(self.rules, has);
        for name in uncovered(policy, &names).filter(|name| !lists(self.rules.implied, name)) {
            let signs = signing.is_some_and(|signing| lists(signing.conditioned, name));
            self.add(if signs { "signing-condition-missing" } else { "field-without-condition" }, name, None);
        }
        for condition in &policy.conditions {
            let name = condition.field.as_str();
            let field = self.rules.renamed.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or(name, |(_, own)| own);
            if !name.is_empty() && !name.eq_ignore_ascii_case("bucket") && !has(field) {
                self.add("condition-without-field", condition.quoted(), Some(condition.at));
            }
            let spelt_otherwise = |own: &&str| own.eq_ignore_ascii_case(field) && *own != field;
            if self.rules.name_case == NameCase::Unclear && names.iter().any(spelt_otherwise) {
                self.add("field-name-case", field, Some(condition.at));
            }
        }
        for (at, (name, value)) in form.fields().enumerate() {
            if policy.dialect == Dialect::Oss && value.len() > 4 << 10 {
                self.add("field-over-4-kib", name, None);
            }
            let before = names.iter().take(at).filter(|own| own.eq_ignore_ascii_case(name)).count();
            if self.rules.repeated == Repeated::First && before == 1 {
                self.add("field-repeated", name, None);
            }
        }
        if let Some(signing) = signing {
            self.times(policy, form, signing.times);
        }
    }

    /// When the signature ends, against when the policy does.
    fn times(&mut self, policy: &Policy, form: &Form<'_>, times: Times) {
        let ends = match times {
            Times::None => None,
            Times::Interval(field) => form
                .value(field)
                .and_then(|interval| split_once(interval, b';').1)
                .and_then(time::seconds)
                .map(Timestamp::from_unix),
            Times::Scope { date, credential } => {
                let written = form.value(date).unwrap_or_default();
                let scope = form.value(credential).unwrap_or_default();
                let day = scope.rsplit(|b| *b == b'/').nth(3);
                if day.is_some() && day != written.get(..8) {
                    self.add("scope-date-differs", String::from_utf8_lossy(written).to_string(), None);
                }
                Timestamp::from_iso_basic(written).map(|at| at.plus(WEEK))
            }
        };
        if ends.is_some_and(|ends| ends < policy.expiration.time) {
            self.add("expiration-outlives-signature", &policy.expiration.text, Some(policy.expiration.at));
        }
    }
}

/// The values a test compares with.
fn wanted(test: &Test) -> impl Iterator<Item = &str> {
    let (one, list) = match test {
        Test::Equals(one) | Test::StartsWith(one) => (Some(one), [].as_slice()),
        Test::In(list) => (None, list.as_slice()),
        Test::NotIn(_) | Test::Length(_) => (None, [].as_slice()),
    };
    one.into_iter().chain(list).map(String::as_str)
}

/// Whether no value meets all tests.
fn contradict(name: &str, tests: &[&Test], dialect: Dialect) -> bool {
    let meets_all = |value: &&str| tests.iter().all(|test| test.is_met_by(name, value.as_bytes(), dialect));
    let exact = tests.iter().find(|test| matches!(test, Test::Equals(_) | Test::In(_)));
    if let Some(exact) = exact {
        return !wanted(exact).any(|value| meets_all(&value));
    }
    let ranges = tests.iter().filter_map(|test| match test {
        Test::Length(Some(range)) => Some((*range.start(), *range.end())),
        _ => None,
    });
    let (min, max) = ranges.fold((0, u64::MAX), |(low, high), (min, max)| (low.max(min), high.min(max)));
    let prefixes = tests.iter().filter_map(|test| match test {
        Test::StartsWith(prefix) => Some(prefix.as_str()),
        _ => None,
    });
    // Of prefixes that can hold together the longest begins with all others.
    let longest = prefixes.clone().max_by_key(|prefix| prefix.len()).unwrap_or_default();
    min > max || prefixes.into_iter().any(|prefix| !longest.starts_with(prefix))
}

fn is_redirect(name: &str) -> bool {
    ["success_action_redirect", "redirect"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn is_acl(name: &str) -> bool {
    ["acl", "x-amz-acl", "x-oss-object-acl", "x-kss-acl", "x-cos-acl"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn has_scheme(value: &str, scheme: &str) -> bool {
    value.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
}

/// Whether a prefix names a directory without closing it: `user/eric`.
fn is_bare_directory(prefix: &str) -> bool {
    !prefix.is_empty() && !prefix.ends_with(['/', '-', '_', '.', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::kodo;
    use alloc::{collections::BTreeSet, format, vec};

    const NOW: &str = "2026-03-14T15:00:00Z";
    const FINE: &str = r#"{"bucket":"b"},["starts-with","$key","u/"],["content-length-range",1,9]"#;

    /// The codes for the usual conditions and these, in a policy that ends an hour later.
    fn codes(dialect: Dialect, conditions: &str, form: &[(&str, &str)]) -> Vec<&'static str> {
        let demanded: String =
            dialect.rules().demanded.iter().filter(|name| **name != "bucket").map(|n| format!(",{{\"{n}\":\"1\"}}")).collect();
        codes_of(
            dialect,
            &format!(r#"{{"expiration":"2026-03-14T16:00:00Z","conditions":[{FINE}{demanded}{conditions}]}}"#),
            form,
        )
    }

    fn codes_of(dialect: Dialect, policy: &str, form: &[(&str, &str)]) -> Vec<&'static str> {
        let policy = Policy::parse(policy.as_bytes(), dialect).unwrap();
        let now = Timestamp::from_rfc3339(NOW).unwrap();
        let fields = form.iter().fold(Form::new(), |fields, (name, value)| fields.field(name, *value));
        let lints = lint(&policy, Some(&fields).filter(|_| !form.is_empty()), now);
        for found in &lints {
            for sentence in [found.why(), found.mend()].map(|phrase| phrase.to_string()) {
                assert!(!sentence.is_empty() && !sentence.contains("{what}") && !sentence.ends_with('.'), "{found:?}");
            }
        }
        lints.iter().map(|lint| lint.code).collect()
    }

    #[test]
    fn a_careful_policy_has_no_lints() {
        for dialect in Dialect::ALL {
            assert_eq!(codes(dialect, "", &[]), [""; 0], "{dialect:?}");
        }
        let form = [("key", "u/a"), ("success_action_status", "201")];
        assert_eq!(codes(Dialect::S3, r#",["eq","$success_action_status","201"]"#, &form), [""; 0]);
    }

    /// Every code with conditions that earn it and nothing else.
    fn examples() -> Vec<(&'static str, Vec<&'static str>)> {
        let s3 = |conditions: &str| codes(Dialect::S3, conditions, &[]);
        let at = |time: &str| {
            let policy = format!(r#"{{"expiration":"{time}","conditions":[{FINE}]}}"#);
            codes_of(Dialect::S3, &policy, &[])
        };
        let only = |dialect, conditions: &str| {
            let policy = format!(r#"{{"expiration":"2026-03-14T16:00:00Z","conditions":[{conditions}]}}"#);
            codes_of(dialect, &policy, &[])
        };
        let put = |fields: &str| {
            let policy = kodo::PutPolicy::parse(&format!(r#"{{"scope":"photos",{fields}}}"#)).unwrap();
            let lints = kodo::lint(policy.fields(), Timestamp::from_rfc3339(NOW).unwrap());
            lints.iter().map(|lint| lint.code).collect::<Vec<_>>()
        };
        let v4 = |date: &'static str| {
            vec![("key", "u/a"), ("x-oss-credential", "id/20260314/r/oss/aliyun_v4_request"), ("x-oss-date", date)]
        };
        let credential = r#",{"x-oss-credential":"id/20260314/r/oss/aliyun_v4_request"}"#;
        let both = |date: &str| format!(r#"{credential},{{"x-oss-date":"{date}"}}"#);
        let long = "v".repeat(4097);
        vec![
            ("acl-lets-anyone-write", s3(r#",{"acl":"public-read-write"}"#)),
            ("bucket-condition-missing", only(Dialect::Oss, r#"{"key":"a"},["content-length-range",1,2]"#)),
            ("condition-without-field", codes(Dialect::S3, r#",["starts-with","$acl",""]"#, &[("key", "u/a")])),
            ("conditions-contradict", s3(r#",{"key":"v/a"}"#)),
            ("demanded-condition-missing", only(Dialect::Ks3, r#"{"key":"a"},["content-length-range",1,2]"#)),
            ("dollar-in-object", s3(r#",{"$acl":"private"}"#)),
            ("expiration-not-utc", at("2026-03-15T00:00:00+08:00")),
            ("expiration-outlives-signature", {
                let days =
                    Policy::parse(br#"{"expiration":"2026-03-15T14:00:00Z","conditions":[{"q-ak":"1"}]}"#, Dialect::Cos).unwrap();
                let form = Form::new().field("q-ak", "1").field("q-key-time", "1773500000;1773500900");
                let found = lint(&days, Some(&form), Timestamp::from_rfc3339(NOW).unwrap());
                found.iter().map(|lint| lint.code).filter(|code| *code == "expiration-outlives-signature").collect()
            }),
            ("expiration-over-a-day-ahead", at("2026-03-15T15:00:01Z")),
            ("expiration-passed", at("2026-03-14T14:59:59.999Z")),
            ("expiration-without-zone", at("2026-03-14T16:00:00")),
            ("field-name-case", codes(Dialect::Oss, "", &[("Key", "u/a")])),
            ("field-over-4-kib", codes(Dialect::Oss, "", &[("key", "u/a"), ("x", &long)])),
            ("field-repeated", codes(Dialect::Oss, "", &[("key", "u/a"), ("x", "1"), ("x", "2"), ("X", "3")])),
            ("field-without-condition", codes(Dialect::S3, "", &[("key", "u/a"), ("x-ignore-me", "1"), ("name", "1")])),
            ("filename-in-policy", s3(r#",["starts-with","$key","u/${filename}"]"#)),
            ("key-prefix-without-slash", s3(r#",["starts-with","$key","u/eric"]"#)),
            ("key-unrestricted", only(Dialect::S3, r#"{"bucket":"b"},["starts-with","$key",""],["content-length-range",1,2]"#)),
            ("list-empty", codes(Dialect::Oss, r#",["in","$acl",[]]"#, &[])),
            ("name-without-dollar", s3(r#",["eq","acl","private"]"#)),
            ("no-content-length-range", only(Dialect::S3, r#"{"bucket":"b"},{"key":"a"}"#)),
            ("operator-not-for-field", s3(r#",["starts-with","$x-amz-storage-class","S"]"#)),
            ("range-empty", only(Dialect::S3, r#"{"bucket":"b"},{"key":"a"},["content-length-range",2,1]"#)),
            ("redirect-over-http", s3(r#",["starts-with","$success_action_redirect","HTTP://a/"]"#)),
            ("redirect-unrestricted", s3(r#",["starts-with","$success_action_redirect",""]"#)),
            ("scope-date-differs", codes(Dialect::Oss, &both("20260313T150000Z"), &v4("20260313T150000Z"))),
            ("signing-condition-missing", codes(Dialect::Oss, credential, &v4("20260314T150000Z"))),
            ("status-ignored", s3(r#",{"success_action_status":"202"}"#)),
            ("no-fsize-limit", put(r#""deadline":1773502000"#)),
            ("unknown-field", put(r#""deadline":1773502000,"fsizeLimit":9,"fsizeLimt":9"#)),
            (
                "unknown-member",
                codes_of(Dialect::Oss, &format!(r#"{{"id":1,"expiration":"2026-03-14T16:00:00Z","conditions":[{FINE}]}}"#), &[]),
            ),
        ]
    }

    #[test]
    fn every_code_has_an_example_and_sentences() {
        let examples = examples();
        for (code, found) in &examples {
            assert_eq!(found, &[*code], "the example for {code}");
        }
        let with_example: BTreeSet<_> = examples.iter().map(|(code, _)| *code).collect();
        let with_sentences: Vec<_> = LINTS.iter().map(|texts| texts.code).collect();
        assert_eq!(with_example.into_iter().collect::<Vec<_>>(), with_sentences, "codes are sorted and not repeated");
    }

    #[test]
    fn a_bucket_that_counts_as_a_field_is_demanded() {
        let policy = r#"{"expiration":"2026-03-14T16:00:00Z","conditions":[{"key":"a"},["content-length-range",1,2]]}"#;
        assert_eq!(codes_of(Dialect::S3, policy, &[]), ["demanded-condition-missing"]);
    }

    #[test]
    fn contradictions_are_told_from_conditions_that_can_hold_together() {
        let one = |conditions: &str| codes(Dialect::Oss, conditions, &[]);
        for fine in [
            r#",["starts-with","$key","u/a/"],{"key":"u/a/b"}"#,
            r#",["in","$key",["v","u/a"]]"#,
            r#",{"acl":"private"},{"acl":"private"}"#,
            r#",["not-in","$acl",["public-read"]],{"acl":"private"}"#,
            r#",["content-length-range",9,20]"#,
        ] {
            assert_eq!(one(fine), [""; 0], "{fine}");
        }
        for not in [
            r#",["starts-with","$key","v/"]"#,
            r#",["in","$key",["v","w"]]"#,
            r#",{"acl":"private"},["eq","$ACL","default"]"#,
            r#",["not-in","$acl",["private"]],{"acl":"private"}"#,
            r#",["content-length-range",10,20]"#,
        ] {
            assert_eq!(one(not), ["conditions-contradict"], "{not}");
        }
    }
}

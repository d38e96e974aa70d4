//! Building a policy that its vendor accepts.

use super::{
    condition::{Condition, Test, string},
    dialect::{Dialect, Lists, POLICY, Rules, lists},
};
use crate::{
    error::SignError,
    phrase::{Phrase, Told, phrase, tell_in_english},
    scheme::{Additions, Scheme},
    secret::Credentials,
    subject::Form,
    terms::{Claim, Terms},
    time::Timestamp,
};
use alloc::{format, string::String, vec::Vec};
use core::ops::RangeInclusive;

/// Makes the JSON of a policy.
///
/// Conditions are written in the order of the calls, compactly and always in the same way: the bytes
/// are what is signed.
///
/// ```
/// use countersign::{Credentials, Encoding, Form, SecretKey, Terms, Timestamp, providers::s3, sign_form};
/// use countersign::policy::{Dialect, PolicyBuilder};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let now = Timestamp::from_unix(1_773_500_966);
/// let terms = Terms::at(now).region("us-east-1");
///
/// let json = PolicyBuilder::new(Dialect::S3, now.plus(900))
///     .bucket("photos")
///     .starts_with("key", "user/eric/")
///     .size(1..=10 << 20)
///     .signing_with(&s3::V4_POST, &who, &terms)?
///     .build()?;
/// assert!(json.starts_with(r#"{"expiration":"2026-03-14T15:24:26.000Z","conditions":[{"bucket":"photos"},["#));
///
/// let policy = Encoding::Base64.encode(json.as_bytes());
/// let form = Form::new().field("key", "user/eric/${filename}").field("policy", &policy);
/// assert_eq!(sign_form(&s3::V4_POST, &form, &who, &terms)?.fields.len(), 4);
///
/// // `in` is a word of OSS.
/// let other = PolicyBuilder::new(Dialect::S3, now).bucket("photos").one_of("key", ["a", "b"]).build();
/// assert!(other.is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyBuilder {
    dialect: Dialect,
    expires: Timestamp,
    conditions: Vec<String>,
    named: Vec<String>,
    error: Option<BuildError>,
}

/// Why no policy was built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no condition; every vendor wants one.
    NoCondition,
    /// The vendor does not know this operator.
    OperatorUnknown(&'static str),
    /// The vendor compares this field only exactly.
    ExactOnly(String),
    /// The vendor demands a condition on this field.
    ConditionMissing(&'static str),
    /// The range allows no size.
    RangeReversed(RangeInclusive<u64>),
    /// This range has a bound that is no number.
    NoRange(String),
    /// The policy ends in a year that has no four digits, which dates cannot say.
    EndUnsayable(Timestamp),
}

impl Told for BuildError {
    fn told(&self) -> Phrase {
        match self {
            Self::NoCondition => phrase!("the policy has no condition; expected at least one"),
            Self::OperatorUnknown(operator) => phrase!("`{operator}` is no operator of this vendor").shown("operator", operator),
            Self::ExactOnly(field) => phrase!("this vendor compares `{field}` only exactly").shown("field", field),
            Self::ConditionMissing(field) => {
                phrase!("the policy has no condition on `{field}`, which this vendor demands").shown("field", field)
            }
            Self::NoRange(quoted) => phrase!("`{quoted}` allows no size: a bound is no number").shown("quoted", quoted),
            Self::EndUnsayable(end) => {
                phrase!("the policy ends at {end}; expected a time before the year 10000").shown("end", end)
            }
            Self::RangeReversed(range) => {
                phrase!("the range allows no size: {min} is above {max}").shown("min", range.start()).shown("max", range.end())
            }
        }
    }
}

tell_in_english!(BuildError);
impl core::error::Error for BuildError {}

impl PolicyBuilder {
    /// A policy that ends at this time.
    #[must_use]
    pub const fn new(dialect: Dialect, expires: Timestamp) -> Self {
        Self { dialect, expires, conditions: Vec::new(), named: Vec::new(), error: None }
    }

    /// Names the bucket: without it the policy is good for every bucket of the key's owner.
    #[must_use]
    pub fn bucket(self, bucket: &str) -> Self {
        self.eq("bucket", bucket)
    }

    /// Demands this value, written as an object.
    #[must_use]
    pub fn eq(mut self, field: &str, value: &str) -> Self {
        let mut json = String::from("{");
        string(&[field], &mut json);
        json.push(':');
        string(&[value], &mut json);
        json.push('}');
        self.add(field, json);
        self
    }

    /// Demands this prefix. An empty one allows every value.
    #[must_use]
    pub fn starts_with(mut self, field: &str, prefix: &str) -> Self {
        let rules = self.rules();
        if lists(rules.exact_only, field) && !lists(rules.not_exact_only, field) {
            self.fail(BuildError::ExactOnly(field.into()));
        }
        let mut json = String::from("[\"starts-with\",");
        string(&["$", field], &mut json);
        json.push(',');
        string(&[prefix], &mut json);
        json.push(']');
        self.add(field, json);
        self
    }

    /// Demands one of these values (OSS alone).
    #[must_use]
    pub fn one_of<'v>(self, field: &str, values: impl IntoIterator<Item = &'v str>) -> Self {
        self.list("in", field, values)
    }

    /// Demands none of these values (OSS alone).
    #[must_use]
    pub fn none_of<'v>(self, field: &str, values: impl IntoIterator<Item = &'v str>) -> Self {
        self.list("not-in", field, values)
    }

    /// Demands a size, in bytes: of the file; for KS3, of the whole request content.
    #[must_use]
    pub fn size(mut self, range: RangeInclusive<u64>) -> Self {
        let json = format!("[\"content-length-range\",{},{}]", range.start(), range.end());
        if range.is_empty() {
            self.fail(BuildError::RangeReversed(range));
        }
        self.add("", json);
        self
    }

    /// Adds a condition that was read.
    #[must_use]
    pub fn condition(mut self, condition: &Condition) -> Self {
        let field = condition.field.as_str();
        match &condition.test {
            Test::Equals(value) => self.eq(field, value),
            Test::StartsWith(prefix) => self.starts_with(field, prefix),
            Test::In(list) => self.one_of(field, list.iter().map(String::as_str)),
            Test::NotIn(list) => self.none_of(field, list.iter().map(String::as_str)),
            Test::Length(Some(range)) => self.size(range.clone()),
            Test::Length(None) => {
                self.fail(BuildError::NoRange(condition.quoted()));
                self
            }
        }
    }

    /// Demands the fields that signing with this scheme will add, as the vendor wants it: algorithm,
    /// credential, date, session token. Give the same terms to [`sign_form`](crate::sign_form()).
    ///
    /// A field that has a condition already keeps it.
    ///
    /// # Errors
    ///
    /// When the scheme signs no forms, or the terms lack something.
    pub fn signing_with(self, scheme: &'static dyn Scheme, who: &Credentials, terms: &Terms<'_>) -> Result<Self, SignError> {
        // The policy is being made: what is signed of it does not show in the other fields.
        let form = Form::new().field(POLICY, "e30=");
        let mut claim = Claim::new(scheme, who.access_key_id().into());
        scheme.state_form(&form, who, terms, &mut claim)?;
        let mut additions = Additions::default();
        scheme.place_fields(&form, &claim, &mut additions);
        let rules = self.rules();
        let conditioned = |name: &str| rules.signings.iter().any(|signing| lists(signing.conditioned, name));
        let mut builder = self;
        for (field, value) in additions.params() {
            let name = rules.renamed.iter().find(|(_, own)| *own == field).map_or(field, |(name, _)| name);
            // A condition on the token is demanded by some vendors and refused by none.
            let is_named = builder.named.iter().any(|own| own.eq_ignore_ascii_case(name));
            if !is_named && (conditioned(name) || name.ends_with("-security-token")) {
                builder = builder.eq(name, &String::from_utf8_lossy(value));
            }
        }
        Ok(builder)
    }

    /// The JSON.
    ///
    /// # Errors
    ///
    /// When the vendor would not take such a policy.
    pub fn build(self) -> Result<String, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        if self.conditions.is_empty() {
            return Err(BuildError::NoCondition);
        }
        let has = |name: &&&str| self.named.iter().any(|own| own.eq_ignore_ascii_case(name));
        let rules = self.dialect.rules();
        if let Some(missing) = rules.demanded.iter().chain(rules.implied).find(|name| !has(name)) {
            return Err(BuildError::ConditionMissing(missing));
        }
        if !self.expires.has_four_digits() {
            return Err(BuildError::EndUnsayable(self.expires));
        }
        // All vendors take milliseconds, one shows nothing else.
        let expires = format!("{}", self.expires);
        let expires = expires.strip_suffix('Z').unwrap_or(&expires);
        Ok(format!("{{\"expiration\":\"{expires}.000Z\",\"conditions\":[{}]}}", self.conditions.join(",")))
    }

    fn list<'v>(mut self, operator: &'static str, field: &str, values: impl IntoIterator<Item = &'v str>) -> Self {
        if self.rules().lists == Lists::Unknown {
            self.fail(BuildError::OperatorUnknown(operator));
        }
        let mut json = format!("[\"{operator}\",");
        string(&["$", field], &mut json);
        json.push_str(",[");
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            string(&[value], &mut json);
        }
        json.push_str("]]");
        self.add(field, json);
        self
    }

    fn rules(&self) -> &'static Rules {
        self.dialect.rules()
    }

    fn add(&mut self, field: &str, json: String) {
        self.conditions.push(json);
        self.named.push(field.into());
    }

    /// Keeps the first error: a chain of calls ends in `build`.
    fn fail(&mut self, error: BuildError) {
        self.error.get_or_insert(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::Policy,
        providers::{cos, ks3, oss, s3},
        secret::SecretKey,
    };
    use alloc::vec;

    const NOW: Timestamp = Timestamp::from_unix(1_773_500_966);

    fn who() -> Credentials {
        Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisTest"))
    }

    #[test]
    fn what_is_built_reads_back() {
        let text = "a\"b\\c\n\u{0}\u{952e}/$";
        let json = PolicyBuilder::new(Dialect::Oss, NOW)
            .bucket("b")
            .starts_with("key", text)
            .one_of("x-oss-meta-a", [text, ""])
            .none_of("cache-control", ["no-cache"])
            .size(0..=u64::MAX)
            .build()
            .unwrap();
        let policy = Policy::parse(json.as_bytes(), Dialect::Oss).unwrap();
        assert_eq!(policy.expiration.time, NOW);
        let tests: Vec<_> = policy.conditions.iter().map(|c| (c.field.as_str(), c.test.clone())).collect();
        assert_eq!(
            tests,
            [
                ("bucket", Test::Equals("b".into())),
                ("key", Test::StartsWith(text.into())),
                ("x-oss-meta-a", Test::In(vec![text.into(), "".into()])),
                ("cache-control", Test::NotIn(vec!["no-cache".into()])),
                ("", Test::Length(Some(0..=u64::MAX))),
            ]
        );
    }

    #[test]
    fn conditions_that_were_read_are_written_again() {
        for json in [
            r#"{"acl":"private"}"#,
            r#"["starts-with","$key","u/"]"#,
            r#"["in","$key",["a","b"]]"#,
            r#"["not-in","$key",["a"]]"#,
            r#"["content-length-range",1,2]"#,
        ] {
            let condition = Condition::parse(json.as_bytes(), Dialect::Oss).unwrap();
            let built = PolicyBuilder::new(Dialect::Oss, NOW).condition(&condition).build().unwrap();
            assert!(built.ends_with(&format!("[{json}]}}")), "{built}");
        }
        let no_number = Condition::parse(br#"["content-length-range","a",2]"#, Dialect::S3).unwrap();
        let refused = PolicyBuilder::new(Dialect::S3, NOW).condition(&no_number).build();
        assert_eq!(refused, Err(BuildError::NoRange(no_number.quoted())));
        assert_eq!(Condition::parse(b" [1, 2", Dialect::S3).unwrap_err().at, 6);
    }

    #[test]
    fn fields_of_the_signature_get_their_conditions() {
        let terms = Terms::at(NOW).region("r").expires_in(900);
        let names = |dialect, scheme: &'static dyn Scheme, who: &Credentials| {
            let builder = PolicyBuilder::new(dialect, NOW).bucket("b").signing_with(scheme, who, &terms).unwrap();
            let policy = Policy::parse(builder.build().unwrap().as_bytes(), dialect).unwrap();
            policy.conditions.iter().skip(1).map(|c| String::from(c.field.as_str())).collect::<Vec<_>>().join(" ")
        };
        let (who, temporary) = (who(), who().with_token("token"));
        assert_eq!(names(Dialect::S3, &s3::V4_POST, &who), "x-amz-algorithm x-amz-credential x-amz-date");
        assert_eq!(names(Dialect::S3, &s3::V2_POST, &temporary), "x-amz-security-token");
        assert_eq!(
            names(Dialect::Oss, &oss::POST_V4, &temporary),
            "x-oss-signature-version x-oss-credential x-oss-date x-oss-security-token"
        );
        assert_eq!(names(Dialect::Oss, &oss::POST_V1, &who), "");
        assert_eq!(names(Dialect::Ks3, &ks3::POST, &who), "");
        assert_eq!(names(Dialect::Cos, &cos::POST, &who), "q-sign-algorithm q-ak q-sign-time");
    }

    #[test]
    fn what_the_vendor_refuses_is_not_built() {
        let new = |dialect| PolicyBuilder::new(dialect, NOW);
        assert_eq!(new(Dialect::S3).build(), Err(BuildError::NoCondition));
        assert_eq!(new(Dialect::Cos).none_of("key", ["a"]).build(), Err(BuildError::OperatorUnknown("not-in")));
        assert_eq!(new(Dialect::S3).starts_with("x-amz-date", "").build(), Err(BuildError::ExactOnly("x-amz-date".into())));
        assert!(new(Dialect::S3).bucket("b").starts_with("x-amz-meta-a", "").build().is_ok());
        for dialect in [Dialect::S3, Dialect::Ks3] {
            assert_eq!(new(dialect).eq("key", "a").build(), Err(BuildError::ConditionMissing("bucket")));
        }
        assert_eq!(new(Dialect::Cos).bucket("b").build(), Err(BuildError::ConditionMissing("q-sign-algorithm")));
        #[expect(clippy::reversed_empty_ranges, reason = "it is what the test is about")]
        let reversed = 2..=1;
        assert_eq!(new(Dialect::S3).size(reversed.clone()).build(), Err(BuildError::RangeReversed(reversed)));
    }
}

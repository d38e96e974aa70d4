//! Put policies: what an upload token allows.

use super::{
    contradictions,
    fields::{PolicyFields, UploadScope},
    problem::Problem,
    upload_token::sign_policy,
};
use crate::{
    phrase::{Phrase, Told, phrase, tell_in_english},
    secret::Credentials,
    time::Timestamp,
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// A put policy without contradictions: the way to an upload token.
///
/// ```
/// use countersign::{Credentials, SecretKey, Timestamp, providers::kodo::{PutPolicy, UploadToken}};
///
/// let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
/// let deadline = Timestamp::from_unix(1_730_773_438);
///
/// let policy = PutPolicy::for_key("photos", "2024/a.jpg", deadline)
///     .callback("https://app.example.com/cb", "key=$(key)&hash=$(etag)")
///     .fsize_limit(10 << 20)
///     .build()?;
/// assert_eq!(
///     policy.to_json(),
///     r#"{"scope":"photos:2024/a.jpg","deadline":1730773438,"callbackUrl":"https://app.example.com/cb","callbackBody":"key=$(key)&hash=$(etag)","fsizeLimit":10485760}"#
/// );
/// assert!(UploadToken::decode(&policy.token(&who)).problems.is_empty());
///
/// // A callback answers the client; so does `returnBody`.
/// let refused = PutPolicy::for_bucket("photos", deadline)
///     .callback("https://app.example.com/cb", "key=$(key)")
///     .return_body("{}")
///     .build();
/// assert_eq!(
///     refused.unwrap_err().to_string(),
///     "`callbackUrl` and `returnBody` are both given; expected one of them"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutPolicy<'a> {
    fields: PolicyFields<'a>,
}

/// Why a policy is refused: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    problems: Vec<Problem>,
}

impl PolicyError {
    pub(super) fn of(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// What is wrong; at least one thing.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Told for PolicyError {
    fn told(&self) -> Phrase {
        let all = Phrase::joined(self.problems.iter().map(Told::told), &phrase!("{first}; {rest}"));
        all.unwrap_or_else(|| phrase!("there is nothing wrong with it"))
    }
}

tell_in_english!(PolicyError);
impl core::error::Error for PolicyError {}

impl PutPolicy<'_> {
    /// Reads a policy from JSON. Fields that are not known are kept with their value as written.
    ///
    /// [`to_json`](Self::to_json) spells the policy in its own way. To sign a text as it is, use
    /// [`sign_policy`].
    ///
    /// ```
    /// use countersign::providers::kodo::{Problem, PutPolicy};
    ///
    /// let policy = PutPolicy::parse(r#"{"deadline": 1730773438, "scope": "photos", "novelty": [1.0]}"#)?;
    /// assert_eq!(policy.fields().deadline, Some(1_730_773_438));
    /// assert_eq!(policy.to_json(), r#"{"scope":"photos","deadline":1730773438,"novelty":[1.0]}"#);
    ///
    /// let error = PutPolicy::parse(r#"{"scope": "photos"}"#).unwrap_err();
    /// assert_eq!(error.problems(), [Problem::Missing { field: "deadline" }]);
    /// # Ok::<(), countersign::providers::kodo::PolicyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it is no JSON object, a value has the wrong type or is out of range, or fields contradict
    /// each other.
    pub fn parse(json: &str) -> Result<PutPolicy<'static>, PolicyError> {
        let mut problems = Vec::new();
        match PolicyFields::read(json, &mut problems) {
            Some(fields) => PutPolicy::checked(fields, problems),
            None => Err(PolicyError { problems }),
        }
    }

    /// The policy in JSON: first `scope` and `deadline`, then the rest in the order of [`PolicyFields`].
    #[must_use]
    pub fn to_json(&self) -> String {
        self.fields.to_json()
    }

    /// The upload token.
    #[must_use]
    pub fn token(&self, who: &Credentials) -> String {
        sign_policy(self.to_json().as_bytes(), who)
    }
}

impl<'a> PutPolicy<'a> {
    /// A policy of these fields.
    ///
    /// # Errors
    ///
    /// When fields contradict each other or a value is out of range; the error names all of them.
    pub fn of(fields: PolicyFields<'a>) -> Result<Self, PolicyError> {
        Self::checked(fields, Vec::new())
    }

    /// A policy for any key of a bucket. What is there already is not overwritten.
    pub fn for_bucket(bucket: impl Into<Cow<'a, str>>, deadline: Timestamp) -> PolicyBuilder<'a> {
        PolicyBuilder::new(bucket.into(), None, deadline)
    }

    /// A policy for one key, which may be overwritten.
    pub fn for_key(bucket: impl Into<Cow<'a, str>>, key: impl Into<Cow<'a, str>>, deadline: Timestamp) -> PolicyBuilder<'a> {
        PolicyBuilder::new(bucket.into(), Some(key.into()), deadline)
    }

    /// A policy for all keys that start with `prefix`. What is there already is not overwritten.
    pub fn for_prefix(
        bucket: impl Into<Cow<'a, str>>,
        prefix: impl Into<Cow<'a, str>>,
        deadline: Timestamp,
    ) -> PolicyBuilder<'a> {
        let mut builder = PolicyBuilder::new(bucket.into(), Some(prefix.into()), deadline);
        builder.fields.is_prefixal_scope = Some(1);
        builder
    }

    /// All fields.
    #[must_use]
    pub fn fields(&self) -> &PolicyFields<'a> {
        &self.fields
    }

    fn checked(fields: PolicyFields<'a>, mut problems: Vec<Problem>) -> Result<Self, PolicyError> {
        contradictions::find(&fields, &mut problems);
        if problems.is_empty() { Ok(Self { fields }) } else { Err(PolicyError { problems }) }
    }
}

/// How the type of an object is found (`detectMime`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetectMime {
    /// The type the client names; without one, a guess.
    ClientFirst,
    /// A guess from the content, whatever the client names.
    Content,
    /// The type the client names, always.
    ClientOnly,
}

/// The storage class (`fileType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileType {
    /// Standard.
    Standard,
    /// Infrequent access.
    InfrequentAccess,
    /// Archive.
    Archive,
    /// Deep archive.
    DeepArchive,
    /// Archive that can be read at once.
    ArchiveDirectRead,
    /// The service chooses.
    IntelligentTiering,
}

/// When processing takes place (`persistentType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersistentType {
    /// At once.
    Normal,
    /// When there is time.
    Idle,
}

/// The type of a callback's body (`callbackBodyType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallbackBodyType {
    /// A form, as without this field.
    Form,
    /// JSON. Its signature covers the body only if it comes as `Qiniu`, not as `QBox`.
    Json,
}

/// Puts a policy together. Start with [`PutPolicy::for_bucket`], [`PutPolicy::for_key`] or
/// [`PutPolicy::for_prefix`].
#[derive(Clone, Debug)]
#[must_use]
pub struct PolicyBuilder<'a> {
    fields: PolicyFields<'a>,
}

impl<'a> PolicyBuilder<'a> {
    fn new(bucket: Cow<'a, str>, key: Option<Cow<'a, str>>, deadline: Timestamp) -> Self {
        let scope = Some(UploadScope { bucket, key });
        Self { fields: PolicyFields { scope, deadline: Some(deadline.unix()), ..PolicyFields::default() } }
    }

    /// The policy.
    ///
    /// # Errors
    ///
    /// When fields contradict each other or a value is out of range; the error names all of them.
    pub fn build(self) -> Result<PutPolicy<'a>, PolicyError> {
        PutPolicy::checked(self.fields, Vec::new())
    }

    /// Nothing is overwritten, whatever the scope.
    pub fn insert_only(mut self) -> Self {
        self.fields.insert_only = Some(1);
        self
    }

    /// The owner, for `$(endUser)`.
    pub fn end_user(mut self, user: impl Into<Cow<'a, str>>) -> Self {
        self.fields.end_user = Some(user.into());
        self
    }

    /// Sends a browser there after the upload.
    pub fn return_url(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.fields.return_url = Some(url.into());
        self
    }

    /// Template of the answer to the client.
    pub fn return_body(mut self, template: impl Into<Cow<'a, str>>) -> Self {
        self.fields.return_body = Some(template.into());
        self
    }

    /// Has the service post a body made of this template to this URL (or several, separated by `;`).
    pub fn callback(mut self, url: impl Into<Cow<'a, str>>, body: impl Into<Cow<'a, str>>) -> Self {
        self.fields.callback_url = Some(url.into());
        self.fields.callback_body = Some(body.into());
        self
    }

    /// The `Host` of the callback.
    pub fn callback_host(mut self, host: impl Into<Cow<'a, str>>) -> Self {
        self.fields.callback_host = Some(host.into());
        self
    }

    /// The type of the callback's body.
    pub fn callback_body_type(mut self, body_type: CallbackBodyType) -> Self {
        let text = match body_type {
            CallbackBodyType::Form => super::FORM,
            CallbackBodyType::Json => "application/json",
        };
        self.fields.callback_body_type = Some(text.into());
        self
    }

    /// Takes the name of the object from the answer to the callback.
    pub fn callback_fetch_key(mut self) -> Self {
        self.fields.callback_fetch_key = Some(1);
        self
    }

    /// Processes the object with these commands, separated by `;`.
    pub fn persistent_ops(mut self, commands: impl Into<Cow<'a, str>>) -> Self {
        self.fields.persistent_ops = Some(commands.into());
        self
    }

    /// Processes the object with a workflow template.
    pub fn persistent_workflow(mut self, template_id: impl Into<Cow<'a, str>>) -> Self {
        self.fields.persistent_workflow_template_id = Some(template_id.into());
        self
    }

    /// Announces the end of processing there.
    pub fn persistent_notify_url(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.fields.persistent_notify_url = Some(url.into());
        self
    }

    /// The queue for processing.
    pub fn persistent_pipeline(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.fields.persistent_pipeline = Some(name.into());
        self
    }

    /// When processing takes place.
    pub fn persistent_type(mut self, when: PersistentType) -> Self {
        self.fields.persistent_type = Some(match when {
            PersistentType::Normal => 0,
            PersistentType::Idle => 1,
        });
        self
    }

    /// Template of the key for clients that name none.
    pub fn save_key(mut self, template: impl Into<Cow<'a, str>>) -> Self {
        self.fields.save_key = Some(template.into());
        self
    }

    /// Template of the key, whatever the client names.
    pub fn force_save_key(mut self, template: impl Into<Cow<'a, str>>) -> Self {
        self.fields.force_save_key = Some(true);
        self.save_key(template)
    }

    /// The smallest size, in bytes.
    pub fn fsize_min(mut self, bytes: i64) -> Self {
        self.fields.fsize_min = Some(bytes);
        self
    }

    /// The largest size, in bytes.
    pub fn fsize_limit(mut self, bytes: i64) -> Self {
        self.fields.fsize_limit = Some(bytes);
        self
    }

    /// How the type of the object is found.
    pub fn detect_mime(mut self, how: DetectMime) -> Self {
        self.fields.detect_mime = Some(match how {
            DetectMime::ClientFirst => 0,
            DetectMime::Content => 1,
            DetectMime::ClientOnly => -1,
        });
        self
    }

    /// Types that are accepted, or with `!` before them refused, separated by `;`.
    pub fn mime_limit(mut self, types: impl Into<Cow<'a, str>>) -> Self {
        self.fields.mime_limit = Some(types.into());
        self
    }

    /// The storage class.
    pub fn file_type(mut self, class: FileType) -> Self {
        self.fields.file_type = Some(match class {
            FileType::Standard => 0,
            FileType::InfrequentAccess => 1,
            FileType::Archive => 2,
            FileType::DeepArchive => 3,
            FileType::ArchiveDirectRead => 4,
            FileType::IntelligentTiering => 5,
        });
        self
    }

    /// Life of the object in days; it goes at the midnight after, UTC+8.
    pub fn delete_after_days(mut self, days: u32) -> Self {
        self.fields.delete_after_days = Some(days.into());
        self
    }

    /// Bits a second for each connection, 819,200 to 838,860,800.
    pub fn traffic_limit(mut self, bits: i64) -> Self {
        self.fields.traffic_limit = Some(bits);
        self
    }

    /// The only keys that are accepted, at most 20.
    pub fn key_limit(mut self, keys: impl IntoIterator<Item = impl Into<Cow<'a, str>>>) -> Self {
        self.fields.key_limit = Some(keys.into_iter().map(Into::into).collect());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEADLINE: Timestamp = Timestamp::from_unix(1_730_773_438);

    fn problems(builder: PolicyBuilder<'_>) -> Vec<Problem> {
        builder.build().err().map(|error| error.problems).unwrap_or_default()
    }

    #[test]
    fn contradictions_are_refused() {
        let bucket = || PutPolicy::for_bucket("b", DEADLINE);
        let callback = || bucket().callback("https://h/", "k=$(key)");
        let together = |field, other| Problem::Together { field, other };
        let without = |field, needs| Problem::Without { field, needs };
        assert_eq!(problems(callback().return_url("https://h/")), [together("callbackUrl", "returnUrl")]);
        assert_eq!(problems(bucket().callback("https://h/", "")), [without("callbackUrl", "callbackBody")]);
        assert_eq!(problems(bucket().callback_host("h")), [without("callbackHost", "callbackUrl")]);
        assert_eq!(problems(bucket().callback_fetch_key()), [without("callbackFetchKey", "callbackUrl")]);
        assert_eq!(problems(bucket().callback_body_type(CallbackBodyType::Json)), [without("callbackBodyType", "callbackUrl")]);
        assert_eq!(problems(bucket().force_save_key("")), [without("forceSaveKey", "saveKey")]);
        assert_eq!(
            problems(bucket().persistent_ops("avthumb/mp4").persistent_workflow("wf")),
            [together("persistentOps", "persistentWorkflowTemplateID")]
        );
        for class in [FileType::Archive, FileType::DeepArchive] {
            let found = problems(bucket().persistent_ops("avthumb/mp4").file_type(class));
            assert!(matches!(found.as_slice(), [Problem::Value { field: "fileType", .. }]), "{found:?}");
        }
    }

    #[test]
    fn ranges_end_where_the_vendor_ends_them() {
        let bucket = || PutPolicy::for_bucket("b", DEADLINE);
        for (bits, fits) in [(819_199, false), (819_200, true), (838_860_800, true), (838_860_801, false)] {
            assert_eq!(problems(bucket().traffic_limit(bits)).is_empty(), fits, "{bits}");
        }
        for (count, fits) in [(20, true), (21, false)] {
            assert_eq!(problems(bucket().key_limit((0..count).map(|_| "k"))).is_empty(), fits, "{count}");
        }
        for (len, fits) in [(750, true), (751, false)] {
            let key = "k".repeat(len);
            assert_eq!(problems(PutPolicy::for_key("b", key, DEADLINE)).is_empty(), fits, "{len}");
        }
        for (deadline, fits) in [(-1, false), (0, true), (4_294_967_295, true), (4_294_967_296, false)] {
            assert_eq!(problems(PutPolicy::for_bucket("b", Timestamp::from_unix(deadline))).is_empty(), fits, "{deadline}");
        }
        let milliseconds = PutPolicy::for_bucket("b", Timestamp::from_unix(1_730_773_438_000));
        assert_eq!(problems(milliseconds), [Problem::DeadlineInMilliseconds { found: 1_730_773_438_000 }]);
        assert!(problems(bucket().fsize_min(5).fsize_limit(5)).is_empty());
        assert_eq!(problems(bucket().fsize_min(6).fsize_limit(5)).len(), 1);
        assert_eq!(problems(bucket().fsize_limit(-1)).len(), 1);
        assert_eq!(problems(PutPolicy::for_bucket("a:b", DEADLINE)).len(), 1);
        assert_eq!(problems(PutPolicy::for_bucket("", DEADLINE)).len(), 1);
    }

    #[test]
    fn all_faults_are_named_at_once() {
        let found = problems(PutPolicy::for_bucket("", DEADLINE).callback("https://h/", "").traffic_limit(1));
        let fields: Vec<_> = found.iter().filter_map(Problem::field).collect();
        assert_eq!(fields, ["scope", "trafficLimit", "callbackUrl"]);
    }
}

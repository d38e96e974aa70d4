//! Holding an upload against its put policy, as far as the service's rules are published.
//!
//! Follows "Put policy" and "Variables" (developer.qiniu.com, Kodo) and the texts of "Error responses". No
//! page gives the order of the checks. This one follows from when a thing is known: first what the token
//! says alone, then the names at the head of the upload, then what shows when the content has come in, last
//! the object that is there already.

mod key;
mod mime;
mod refusal;
mod upload;

pub use key::{KeySource, ObjectKey};
pub use refusal::{Open, Reason, Refusal};
pub use upload::{Existing, Upload, UploadWay};

use super::{fields::PolicyFields, problem::MAX_KEY};
use crate::{answer::VendorAnswer, time::Timestamp};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// What a policy makes of an upload.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Judgement {
    /// Why the service refuses. It answers with one of them, most likely the first.
    pub refusals: Vec<Refusal>,
    /// What is not known, or nowhere published, and decides.
    pub open: Vec<Open>,
    /// The name the object gets.
    pub key: ObjectKey,
    /// The type the object gets, when that can be told.
    pub content_type: Option<String>,
}

/// What a judgement comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The service takes the upload.
    Accepted,
    /// The service refuses the upload.
    Refused,
    /// What is known does not settle it.
    Undecided,
}

impl Judgement {
    /// What it comes to.
    #[must_use]
    pub fn ruling(&self) -> Ruling {
        match (self.refusals.is_empty(), self.open.is_empty()) {
            (false, _) => Ruling::Refused,
            (true, false) => Ruling::Undecided,
            (true, true) => Ruling::Accepted,
        }
    }

    /// The answer of a service that refuses.
    #[must_use]
    pub fn answer(&self) -> Option<&VendorAnswer> {
        self.refusals.first().map(|refusal| &refusal.answer)
    }

    fn refuse(&mut self, reason: Reason) {
        self.refusals.push(Refusal::new(reason));
    }
}

/// Judges an upload that is complete at the time `now`: that is the moment the service compares with the
/// deadline.
///
/// Nothing is guessed: what the upload does not say and what the vendor has published nowhere is left
/// open. Contradictions within the policy and values of the wrong type are another question: see
/// [`PutPolicy::parse`](super::PutPolicy::parse) and [`UploadToken::decode`](super::UploadToken::decode).
///
/// ```
/// use countersign::{Timestamp, providers::kodo::{Existing, PutPolicy, Ruling, Upload, evaluate}};
///
/// let policy = PutPolicy::parse(r#"{"scope": "photos:u/", "isPrefixalScope": 1, "deadline": 1773504000, "fsizeLimit": 1024}"#)?;
/// let now = Timestamp::from_unix(1_773_500_966);
/// let upload = |key| Upload::new().key(key).size(1024).existing(Existing::Nothing);
/// assert_eq!(evaluate(policy.fields(), &upload("u/a.jpg"), now).ruling(), Ruling::Accepted);
///
/// let judged = evaluate(policy.fields(), &upload("v/a.jpg"), now);
/// let answer = judged.answer().expect("a refusal");
/// assert_eq!((answer.status, answer.message.as_deref()), (Some(403), Some("key doesn't match with scope")));
///
/// // Whether the object is there already decides, and was not said.
/// let judged = evaluate(policy.fields(), &Upload::new().key("u/a.jpg").size(1), now);
/// assert_eq!(judged.ruling(), Ruling::Undecided);
/// assert_eq!(judged.open[0].to_string(), "whether `u/a.jpg` is in the bucket already decides: it would not be replaced");
/// # Ok::<(), countersign::providers::kodo::PolicyError>(())
/// ```
#[must_use]
pub fn evaluate(policy: &PolicyFields<'_>, upload: &Upload<'_>, now: Timestamp) -> Judgement {
    let content_type = mime::stored(policy, upload);
    let key = key::of(policy, upload, content_type);
    let content_type = content_type.map(String::from);
    let mut judged = Judgement { refusals: Vec::new(), open: Vec::new(), key, content_type };
    deadline(policy, now, &mut judged);
    names(policy, upload, &mut judged);
    size(policy, upload, &mut judged);
    mime::limit(policy, upload, &mut judged);
    overwriting(policy, upload, &mut judged);
    judged
}

/// Deadlines that are none are faults of the policy.
fn deadline(policy: &PolicyFields<'_>, now: Timestamp, judged: &mut Judgement) {
    let deadline = policy.deadline.and_then(|seconds| u32::try_from(seconds).ok());
    if let Some(ended) = deadline.map(|seconds| Timestamp::from_unix(seconds.into())).filter(|ended| now > *ended) {
        judged.refuse(Reason::Expired { ended, now });
    }
}

/// Bucket and key.
fn names(policy: &PolicyFields<'_>, upload: &Upload<'_>, judged: &mut Judgement) {
    let Some(scope) = &policy.scope else { return };
    if let Some(bucket) = upload.bucket.filter(|bucket| *bucket != scope.bucket) {
        judged.refuse(Reason::OtherBucket { bucket: bucket.into(), scope: scope.to_string() });
    }
    if let Some(wanted) = &scope.key {
        let fits = if is_prefix(policy) { judged.key.starts_with(wanted) } else { judged.key.is(wanted) };
        match judged.key.source {
            _ if fits => {}
            KeySource::Client => {
                let key = judged.key.text.clone();
                judged.refuse(Reason::KeyOutOfScope { key, wanted: wanted.to_string(), prefix: is_prefix(policy) });
            }
            KeySource::ContentHash => judged.open.push(Open::KeyNotNamed { wanted: wanted.to_string() }),
            KeySource::Template | KeySource::ForcedTemplate | KeySource::Callback => {
                judged.open.push(Open::MadeKey { key: judged.key.text.clone(), wanted: wanted.to_string() });
            }
        }
    }
    if judged.key.source != KeySource::Client {
        return;
    }
    let keys = policy.key_limit.as_ref().filter(|keys| !keys.is_empty());
    if let Some(keys) = keys.filter(|keys| !keys.iter().any(|key| judged.key.is(key))) {
        judged.refuse(Reason::KeyNotListed { key: judged.key.text.clone(), count: keys.len() });
    }
    if judged.key.text.len() > MAX_KEY {
        judged.refuse(Reason::KeyTooLong(judged.key.text.len()));
    }
}

fn is_prefix(policy: &PolicyFields<'_>) -> bool {
    policy.is_prefixal_scope == Some(1)
}

fn size(policy: &PolicyFields<'_>, upload: &Upload<'_>, judged: &mut Judgement) {
    let bytes = |limit: Option<i64>| limit.and_then(|limit| u64::try_from(limit).ok());
    let (min, max) = (bytes(policy.fsize_min).unwrap_or(0), bytes(policy.fsize_limit));
    let Some(size) = upload.size else {
        if min > 0 || max.is_some() {
            judged.open.push(Open::Size);
        }
        return;
    };
    match max {
        Some(0) if size > 0 => judged.open.push(Open::ZeroLimit),
        Some(max) if size > max => judged.refuse(Reason::TooLarge { size, max }),
        _ => {}
    }
    if size < min {
        judged.refuse(Reason::TooSmall { size, min });
    }
}

/// Which objects a policy protects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protects {
    /// All, by `insertOnly`.
    All,
    /// All, as its scope is a prefix.
    UnderPrefix,
    /// Those with other content, as its scope is a bucket.
    OtherContent,
}

fn overwriting(policy: &PolicyFields<'_>, upload: &Upload<'_>, judged: &mut Judgement) {
    let protects = match &policy.scope {
        _ if policy.insert_only.is_some_and(|on| on != 0) => Protects::All,
        Some(scope) if scope.key.is_none() => Protects::OtherContent,
        Some(_) if is_prefix(policy) => Protects::UnderPrefix,
        _ => return,
    };
    let by_hash = judged.key.source == KeySource::ContentHash;
    let overwrites = upload.way == Some(UploadWay::MultipartV1);
    if protects == Protects::OtherContent && (overwrites || by_hash) {
        return;
    }
    let key = || judged.key.text.clone();
    let open = match (upload.existing, protects) {
        (Some(Existing::Nothing), _) | (Some(Existing::SameContent), Protects::OtherContent) => return,
        (Some(Existing::OtherContent), Protects::OtherContent) if upload.way.is_none() => Open::Way,
        // Of one name by its hash there is but one content.
        (Some(Existing::OtherContent), _) if !by_hash => return judged.refuse(Reason::FileExists { key: key() }),
        (Some(Existing::Something), _) if !by_hash => Open::ExistingContent { key: key() },
        (Some(_), Protects::UnderPrefix) => Open::SameContent { by: "isPrefixalScope" },
        (Some(_), _) => Open::SameContent { by: "insertOnly" },
        (None, _) => Open::Existing { key: key() },
    };
    judged.open.push(open);
}

//! Why the service refuses an upload, in our words and in its own; and what leaves it open.
//!
//! Texts are those of "Error responses" (developer.qiniu.com, Kodo) and of answers in public reports.

use super::super::problem::MAX_KEY;
use crate::{
    answer::VendorAnswer,
    phrase::{Phrase, Told, Value, phrase, tell_in_english},
    time::Timestamp,
    wire::text::shown,
};
use alloc::string::String;

/// An upload that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// What the service answers; the message is the `error` of its JSON.
    pub answer: VendorAnswer,
}

/// Why an upload is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The deadline passed before the upload was complete.
    Expired {
        /// The deadline.
        ended: Timestamp,
        /// When the upload was complete.
        now: Timestamp,
    },
    /// The upload is for another bucket.
    OtherBucket {
        /// Which.
        bucket: String,
        /// The scope.
        scope: String,
    },
    /// The client's key is not that of the scope.
    KeyOutOfScope {
        /// The key.
        key: String,
        /// The key or prefix of the scope.
        wanted: String,
        /// Whether it is a prefix.
        prefix: bool,
    },
    /// The client's key is none of `keylimit`.
    KeyNotListed {
        /// The key.
        key: String,
        /// How many there are.
        count: usize,
    },
    /// The client's key has so many bytes, which is too many.
    KeyTooLong(usize),
    /// The upload is smaller than `fsizeMin`.
    TooSmall {
        /// Its size.
        size: u64,
        /// The smallest that is allowed.
        min: u64,
    },
    /// The upload is larger than `fsizeLimit`.
    TooLarge {
        /// Its size.
        size: u64,
        /// The largest that is allowed.
        max: u64,
    },
    /// `mimeLimit` does not take the type.
    TypeForbidden {
        /// The type.
        content_type: String,
        /// The limit.
        limit: String,
    },
    /// The object exists and must not be replaced.
    FileExists {
        /// Its name.
        key: String,
    },
    /// The signature is another one. Only the holder of the secret knows.
    SignatureDiffers,
}

impl Refusal {
    /// The answer to this fault.
    #[must_use]
    pub fn new(reason: Reason) -> Self {
        let status = |status| VendorAnswer { status: Some(status), ..VendorAnswer::UNKNOWN };
        let answer = match &reason {
            Reason::Expired { .. } => status(401).message("expired token"),
            Reason::KeyOutOfScope { .. } => status(403).message("key doesn't match with scope"),
            Reason::TooSmall { .. } => status(403),
            Reason::TooLarge { .. } => status(413).message("exceed FsizeLimit"),
            Reason::TypeForbidden { .. } => status(403).message("limited mimeType: this file type is forbidden to upload"),
            Reason::SignatureDiffers => status(401).message("bad token"),
            Reason::FileExists { .. } => status(614).message("file exists"),
            Reason::OtherBucket { .. } | Reason::KeyNotListed { .. } | Reason::KeyTooLong(_) => VendorAnswer::UNKNOWN,
        };
        Self { reason, answer }
    }
}

impl Reason {
    /// A name for it, which does not change. Those that the catalogue of causes has are the same there.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Expired { .. } => "expired",
            Self::OtherBucket { .. }
            | Self::KeyOutOfScope { .. }
            | Self::KeyNotListed { .. }
            | Self::KeyTooLong(_)
            | Self::TooSmall { .. }
            | Self::TooLarge { .. }
            | Self::TypeForbidden { .. }
            | Self::FileExists { .. } => "policy-condition-failed",
            Self::SignatureDiffers => "signature-wrong",
        }
    }

    /// The field of the policy that decides, if one does.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Expired { .. } => Some("deadline"),
            Self::OtherBucket { .. } | Self::KeyOutOfScope { .. } => Some("scope"),
            Self::KeyNotListed { .. } => Some("keylimit"),
            Self::TypeForbidden { .. } => Some("mimeLimit"),
            Self::TooSmall { .. } => Some("fsizeMin"),
            Self::TooLarge { .. } => Some("fsizeLimit"),
            Self::KeyTooLong(_) | Self::FileExists { .. } | Self::SignatureDiffers => None,
        }
    }
}

impl Told for Refusal {
    fn told(&self) -> Phrase {
        match &self.reason {
            Reason::Expired { ended, now } => phrase!("the deadline was {ended}, {late} before the upload was complete")
                .shown("ended", ended)
                .with("late", Value::span(now.since(*ended))),
            Reason::OtherBucket { bucket, scope } => phrase!("the upload is for the bucket `{bucket}`, and `scope` is `{scope}`")
                .data("bucket", shown(bucket))
                .data("scope", shown(scope)),
            Reason::KeyOutOfScope { key, wanted, prefix: true } => {
                phrase!("the key is `{key}`, and `scope` wants it to start with `{wanted}`")
                    .data("key", shown(key))
                    .data("wanted", shown(wanted))
            }
            Reason::KeyOutOfScope { key, wanted, prefix: false } => {
                phrase!("the key is `{key}`, and `scope` wants `{wanted}`").data("key", shown(key)).data("wanted", shown(wanted))
            }
            Reason::KeyNotListed { key, count } => {
                phrase!("the key is `{key}`, and `keylimit` names {count} others").data("key", shown(key)).with("count", *count)
            }
            Reason::KeyTooLong(len) => {
                phrase!("the key has {len} bytes; expected at most {most}").with("len", *len).shown("most", MAX_KEY)
            }
            Reason::TooSmall { size, min } => {
                phrase!("the upload has {size} bytes, and `fsizeMin` is {min}").shown("size", size).shown("min", min)
            }
            Reason::TooLarge { size, max } => {
                phrase!("the upload has {size} bytes, and `fsizeLimit` is {max}").shown("size", size).shown("max", max)
            }
            Reason::TypeForbidden { content_type, limit } => {
                phrase!("the type is `{type}`, which `mimeLimit` `{limit}` does not take")
                    .data("type", shown(content_type))
                    .data("limit", shown(limit))
            }
            Reason::SignatureDiffers => phrase!("the signature is not that of this policy and secret"),
            Reason::FileExists { key } => {
                phrase!("`{key}` is in the bucket with other content, and must not be replaced").data("key", shown(key))
            }
        }
    }
}

tell_in_english!(Refusal, Open);

impl core::error::Error for Refusal {}

/// What decides about an upload and is not known, or not published.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Open {
    /// How many bytes the upload has.
    Size,
    /// Whether `fsizeLimit: 0` is a limit: not published.
    ZeroLimit,
    /// Which type the service finds.
    FoundType {
        /// The limit it is held against.
        limit: String,
    },
    /// Whether the limit is for the type the client names or for the one the service finds: not published.
    WhichType {
        /// The one that is named.
        named: String,
        /// The one that is found.
        found: String,
    },
    /// What a limit in this spelling means: not published.
    TypePattern {
        /// The limit.
        limit: String,
    },
    /// What the service does when the scope names a key and the client none: not published.
    KeyNotNamed {
        /// The key or prefix of the scope.
        wanted: String,
    },
    /// Whether a key that the client did not name must be that of the scope: not published.
    MadeKey {
        /// The key, as far as it is known.
        key: String,
        /// The key or prefix of the scope.
        wanted: String,
    },
    /// Whether the object exists.
    Existing {
        /// Its name, as far as it is known.
        key: String,
    },
    /// Whether the object that exists has the content of the upload.
    ExistingContent {
        /// Its name, as far as it is known.
        key: String,
    },
    /// Whether the upload is one in blocks, which replaces objects.
    Way,
    /// Whether an object with the same content counts as one that exists: published for a scope without key alone.
    SameContent {
        /// The field that forbids overwriting here.
        by: &'static str,
    },
}

impl Told for Open {
    fn told(&self) -> Phrase {
        match self {
            Self::Size => phrase!("the size of the upload decides"),
            Self::ZeroLimit => phrase!("whether `fsizeLimit` 0 means no limit is not published; leave it out or give a size"),
            Self::FoundType { limit } => {
                phrase!("the type that the service finds in the content decides, for `mimeLimit` `{limit}`").data("limit", shown(limit))
            }
            Self::WhichType { named, found } => phrase!(
                "whether `mimeLimit` is for the type the client names, `{named}`, or for `{found}`, which the service finds, is not published; `detectMime` 1 leaves but one"
            )
            .data("named", shown(named))
            .data("found", shown(found)),
            Self::TypePattern { limit } => {
                phrase!("what `mimeLimit` `{limit}` means for this type is not published; write `kind/*` or `kind/type`")
                    .data("limit", shown(limit))
            }
            Self::KeyNotNamed { wanted } => {
                phrase!("the client names no key and `scope` names `{wanted}`: what comes of it is not published")
                    .data("wanted", shown(wanted))
            }
            Self::MadeKey { key, wanted } => {
                phrase!("whether a key the client did not name, `{key}`, must be that of `scope`, `{wanted}`, is not published")
                    .data("key", shown(key))
                    .data("wanted", shown(wanted))
            }
            Self::Existing { key } => {
                phrase!("whether `{key}` is in the bucket already decides: it would not be replaced").data("key", shown(key))
            }
            Self::ExistingContent { key } => {
                phrase!("whether `{key}`, which is in the bucket, has the same content decides").data("key", shown(key))
            }
            Self::Way => {
                phrase!("the way of the upload decides: one in blocks (`mkfile`) replaces the object, others do not")
            }
            Self::SameContent { by } => {
                phrase!("whether an object with the same content is taken for one that exists is not published for `{by}`")
                    .data("by", *by)
            }
        }
    }
}

//! Upload tokens of Kodo.

use crate::reply::{Fields, Refused, reply_field};
use alloc::vec::Vec;
use countersign::{
    Credentials, Timestamp,
    providers::kodo::{CallbackBodyType, DetectMime, FileType, PersistentType, PolicyBuilder, PolicyError, PutPolicy},
};

/// Fields: deadline in Unix seconds, which keys (`bucket`, `key` or `prefix`), bucket, key or prefix; then names and
/// values of what else the policy says, and last, in pairs of their own, the keys of `keyLimit`.
///
/// Answer: the token.
pub(crate) fn token(who: &Credentials, fields: &str) -> Result<Fields, Refused> {
    let mut fields = fields.split('\0');
    let mut next = || fields.next().unwrap_or_default();
    let deadline = Timestamp::from_unix(next().parse().map_err(|_| Refused::new("policy-refused", "deadline"))?);
    let (which, bucket, key) = (next(), next(), next());
    let mut policy = match which {
        "key" => PutPolicy::for_key(bucket, key, deadline),
        "prefix" => PutPolicy::for_prefix(bucket, key, deadline),
        _ => PutPolicy::for_bucket(bucket, deadline),
    };
    let (mut callback, mut body, mut keys) = (None, None, Vec::new());
    while let (Some(name), Some(value)) = (fields.next(), fields.next()) {
        let unknown = || Refused::new("policy-refused", name);
        let number = || value.parse::<i64>().map_err(|_| unknown());
        policy = match name {
            "callbackUrl" => {
                callback = Some(value);
                policy
            }
            "callbackBody" => {
                body = Some(value);
                policy
            }
            "keyLimit" => {
                keys.push(value);
                policy
            }
            "insertOnly" => policy.insert_only(),
            "endUser" => policy.end_user(value),
            "returnUrl" => policy.return_url(value),
            "returnBody" => policy.return_body(value),
            "callbackHost" => policy.callback_host(value),
            "callbackBodyType" => policy.callback_body_type(match value {
                "application/json" => CallbackBodyType::Json,
                "application/x-www-form-urlencoded" => CallbackBodyType::Form,
                _ => return Err(unknown()),
            }),
            "callbackFetchKey" => policy.callback_fetch_key(),
            "persistentOps" => policy.persistent_ops(value),
            "persistentNotifyUrl" => policy.persistent_notify_url(value),
            "persistentPipeline" => policy.persistent_pipeline(value),
            "persistentWorkflowTemplateID" => policy.persistent_workflow(value),
            "persistentType" => policy.persistent_type(match value {
                "0" => PersistentType::Normal,
                "1" => PersistentType::Idle,
                _ => return Err(unknown()),
            }),
            "saveKey" => policy.save_key(value),
            "forceSaveKey" => policy.force_save_key(value),
            "fsizeMin" => policy.fsize_min(number()?),
            "fsizeLimit" => policy.fsize_limit(number()?),
            "detectMime" => policy.detect_mime(match value {
                "0" => DetectMime::ClientFirst,
                "1" => DetectMime::Content,
                "-1" => DetectMime::ClientOnly,
                _ => return Err(unknown()),
            }),
            "mimeLimit" => policy.mime_limit(value),
            "fileType" => policy.file_type(match value {
                "0" => FileType::Standard,
                "1" => FileType::InfrequentAccess,
                "2" => FileType::Archive,
                "3" => FileType::DeepArchive,
                "4" => FileType::ArchiveDirectRead,
                "5" => FileType::IntelligentTiering,
                _ => return Err(unknown()),
            }),
            "deleteAfterDays" => policy.delete_after_days(value.parse().map_err(|_| unknown())?),
            "trafficLimit" => policy.traffic_limit(number()?),
            _ => return Err(unknown()),
        };
    }
    if callback.is_some() || body.is_some() {
        policy = policy.callback(callback.unwrap_or_default(), body.unwrap_or_default());
    }
    if !keys.is_empty() {
        policy = policy.key_limit(keys);
    }
    Ok(reply_field(&policy.build().map_err(refused)?.token(who)))
}

/// The first fault, by its field: the sentence about it is written where there is room for it.
fn refused(error: PolicyError) -> Refused {
    Refused::new("policy-refused", error.problems().iter().find_map(|problem| problem.field()).unwrap_or_default())
}

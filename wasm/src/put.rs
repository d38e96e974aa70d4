//! Upload tokens of Kodo.

use crate::reply::{Fields, Refused, reply_field};
use alloc::vec::Vec;
use countersign::{
    Credentials,
    providers::kodo::{PolicyError, PolicyFields, PutPolicy, UploadScope},
};

/// Fields: deadline in Unix seconds, which keys (`bucket`, `key` or `prefix`), bucket, key or prefix; then names and
/// values of what else the policy says. `keylimit` occurs once for each key.
///
/// Answer: the token.
pub(crate) fn token(who: &Credentials, fields: &str) -> Result<Fields, Refused> {
    let mut fields = fields.split('\0');
    let mut next = || fields.next().unwrap_or_default();
    let (deadline, which, bucket, key) = (next(), next(), next(), next());
    let mut policy = PolicyFields::default();
    policy.deadline = Some(number("deadline", deadline)?);
    let key = (which != "bucket").then(|| key.into());
    policy.scope = Some(UploadScope { bucket: bucket.into(), key });
    policy.is_prefixal_scope = (which == "prefix").then_some(1);
    let mut keys = Vec::new();
    while let (Some(name), Some(value)) = (fields.next(), fields.next()) {
        let text = match name {
            "endUser" => &mut policy.end_user,
            "returnUrl" => &mut policy.return_url,
            "returnBody" => &mut policy.return_body,
            "callbackUrl" => &mut policy.callback_url,
            "callbackHost" => &mut policy.callback_host,
            "callbackBody" => &mut policy.callback_body,
            "callbackBodyType" => &mut policy.callback_body_type,
            "persistentOps" => &mut policy.persistent_ops,
            "persistentNotifyUrl" => &mut policy.persistent_notify_url,
            "persistentPipeline" => &mut policy.persistent_pipeline,
            "persistentWorkflowTemplateID" => &mut policy.persistent_workflow_template_id,
            "saveKey" => &mut policy.save_key,
            "mimeLimit" => &mut policy.mime_limit,
            "keylimit" => {
                keys.push(value.into());
                continue;
            }
            "forceSaveKey" => {
                policy.force_save_key = Some(value == "1");
                continue;
            }
            _ => {
                let field = match name {
                    "insertOnly" => &mut policy.insert_only,
                    "callbackFetchKey" => &mut policy.callback_fetch_key,
                    "persistentType" => &mut policy.persistent_type,
                    "fsizeMin" => &mut policy.fsize_min,
                    "fsizeLimit" => &mut policy.fsize_limit,
                    "detectMime" => &mut policy.detect_mime,
                    "fileType" => &mut policy.file_type,
                    "deleteAfterDays" => &mut policy.delete_after_days,
                    "trafficLimit" => &mut policy.traffic_limit,
                    _ => return Err(Refused::new("policy-refused", name)),
                };
                *field = Some(number(name, value)?);
                continue;
            }
        };
        *text = Some(value.into());
    }
    if !keys.is_empty() {
        policy.key_limit = Some(keys);
    }
    Ok(reply_field(&PutPolicy::of(policy).map_err(refused)?.token(who)))
}

fn number(name: &str, value: &str) -> Result<i64, Refused> {
    value.parse().map_err(|_| Refused::new("policy-refused", name))
}

/// The first fault, by its field.
fn refused(error: PolicyError) -> Refused {
    Refused::new("policy-refused", error.problems().iter().find_map(|problem| problem.field()).unwrap_or_default())
}

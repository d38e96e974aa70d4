//! What an upload token of Kodo says.

use super::{Document, Hint, Moment, Output, Reader, Row, Said, Upload, outcome, owned, row, scheme_row, times};
use crate::{text::Keys, verbs::Outcome};
use countersign::{
    Timestamp,
    providers::kodo::{self, PolicyFields, UploadScope, UploadToken},
};

/// The life a token has when nobody names one.
const DEFAULT_LIFE: i64 = 3_600;

pub(super) fn said(text: &[u8], reader: &Reader<'_>) -> Said {
    let token = &UploadToken::decode(text);
    let language = reader.setting.words.language();
    let problems: Vec<String> = token.problems.iter().map(|problem| language.tell(problem)).collect();
    let hint = hint(token, reader);
    let mut rows = rows(token, reader);
    if token.access_key_id.is_none() {
        // No piece of it can be named, so it is shown whole.
        rows.push(row(reader.setting.words.labels().token.token, String::from_utf8_lossy(text)));
    }
    Said {
        rows,
        output: output(token, reader, problems.clone(), hint.clone()),
        outcome: if token.policy.is_none() { Outcome::Unknown } else { outcome(&problems) },
        problems,
        hint,
        scope: token.scope().map(ToString::to_string),
        ends: token.deadline,
    }
}

fn rows(token: &UploadToken<'_>, reader: &Reader<'_>) -> Vec<Row> {
    let setting = reader.setting;
    let words = setting.words;
    let labels = words.labels();
    let (claim, own) = (&labels.claim, &labels.token);
    let mut rows = vec![scheme_row(&kodo::UPLOAD_TOKEN, setting)];
    rows.extend(token.access_key_id.as_ref().map(|id| row(claim.access_key_id, owned(id))));
    rows.extend(token.signature.as_ref().map(|signature| row(claim.signature, owned(signature))));
    if let (Some(scope), Some(policy)) = (token.scope(), &token.policy) {
        rows.push(row(own.scope, scope.to_string()));
        rows.push(row(claim.bucket, &*scope.bucket));
        let (label, keys) = keys(scope, policy);
        let key = scope.key.as_deref().map(|key| words.remarked(key, words.keys(keys)));
        let label = if label == Label::Prefix { own.prefix } else { own.key };
        rows.push(row(label, key.unwrap_or_else(|| words.keys(keys).to_owned())));
    }
    if let Some(deadline) = token.deadline {
        rows.extend(times(own.deadline, words.expires(deadline, setting.at), deadline, setting));
        rows.extend(reader.expected_life.map(|life| row(own.made, words.made(deadline, life))));
    }
    for (field, json) in token.policy.iter().flat_map(PolicyFields::members) {
        let said_above = matches!(field, "scope" | "isPrefixalScope") || field == "deadline" && token.deadline.is_some();
        if !said_above {
            // Text is shown without quotes, and everything else as it is written.
            let text: String = serde_json::from_str(&json).unwrap_or(json);
            let meaning = words.meaning(field, &text);
            rows.push(row(field, meaning.map_or_else(|| text.clone(), |meaning| words.remarked(&text, &meaning))));
        }
    }
    rows.extend(token.encoded_policy.as_ref().map(|text| row(claim.document, owned(text))));
    rows.extend(policy_text(token).map(|text| row(claim.decoded, text)));
    rows
}

/// The policy, if it is text.
fn policy_text<'t>(token: &'t UploadToken<'_>) -> Option<&'t str> {
    std::str::from_utf8(token.policy_text.as_deref()?).ok()
}

#[derive(PartialEq, Eq)]
enum Label {
    Key,
    Prefix,
}

/// Which keys a scope allows.
fn keys(scope: &UploadScope<'_>, policy: &PolicyFields<'_>) -> (Label, Keys) {
    let is_fresh = policy.insert_only.is_some_and(|on| on != 0);
    match scope.key {
        None => (Label::Key, Keys::Any),
        Some(_) if policy.is_prefixal_scope == Some(1) => (Label::Prefix, Keys::Prefixed),
        Some(_) if is_fresh => (Label::Key, Keys::Fresh),
        Some(_) => (Label::Key, Keys::Replaced),
    }
}

/// A token that lives as long as SDKs let it by default, counted from a time the user names.
fn hint(token: &UploadToken<'_>, reader: &Reader<'_>) -> Option<Hint> {
    let made: Timestamp = reader.setting.common.at?;
    let expected = reader.expected_life;
    let is_default = token.deadline?.since(made) == DEFAULT_LIFE;
    (is_default && expected != u64::try_from(DEFAULT_LIFE).ok()).then(|| Hint {
        code: "deadline-default-3600",
        title: reader.setting.words.default_life(made, expected),
        help: reader.setting.words.default_life_help(),
    })
}

fn output(token: &UploadToken<'_>, reader: &Reader<'_>, problems: Vec<String>, hint: Option<Hint>) -> Output {
    let written = token.policy.as_ref().and_then(|policy| policy.deadline);
    let text = policy_text(token);
    let scope = token.scope();
    let is_prefix = token.policy.as_ref().is_some_and(|policy| policy.is_prefixal_scope == Some(1));
    let key = scope.and_then(|scope| scope.key.as_deref()).map(str::to_owned);
    let (key, prefix) = if is_prefix { (None, key) } else { (key, None) };
    Output {
        access_key_id: token.access_key_id.as_ref().map(owned),
        signature: token.signature.as_ref().map(owned),
        expires: Moment::new(token.deadline, written.map(|seconds| seconds.to_string()), reader.setting.at),
        document: token.encoded_policy.as_ref().map(|encoded| Document::new(encoded, text.map(str::to_owned))),
        upload: Some(Upload {
            scope: scope.map(ToString::to_string),
            bucket: scope.map(|scope| scope.bucket.clone().into_owned()),
            key,
            prefix,
            policy: token.policy.as_ref().and(text).and_then(|text| serde_json::from_str(text).ok()),
            expected_life: reader.expected_life,
            hint,
            problems,
        }),
        ..Output::of(&kodo::UPLOAD_TOKEN)
    }
}

//! What a signature says of itself.

use super::{
    ask::{Ask, Fault, Reading, form, lang},
    form::{Problem, lints, problem},
    view::kind,
};
use countersign::{
    Claim, Subject,
    explain::Language,
    policy::{Dialect, Policy},
    providers::kodo::UploadToken,
    wire::text::Text,
};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decoded {
    kind: &'static str,
    provider: &'static str,
    scheme: &'static str,
    access_key_id: String,
    signature: String,
    #[serde(flatten)]
    more: More,
    has_token: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct More {
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_headers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_params: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bucket: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<Said>,
}

/// A policy, and what is wrong with it.
#[derive(Serialize)]
struct Said {
    text: String,
    problems: Vec<Problem>,
}

pub fn decoded(ask: &Ask, input: &[u8]) -> Result<Decoded, Fault> {
    let reading = Reading::of(ask, input)?;
    let found = reading.picked()?;
    let place = reading.place(found)?;
    let hints = reading.hints(&place);
    let subject = reading.subject(found)?;
    let claim = reading.claim(&subject, &hints)?;
    let text = |text: &Text<'_>| text.to_str().into_owned();
    let policy = policy(&subject, &claim, &reading, lang(ask));
    let more = More {
        signed_at: claim.signed_at.map(|at| at.to_string()),
        expires_at: claim.expires_at.map(|at| at.to_string()),
        scope: claim
            .scope
            .as_ref()
            .map(|scope| scope.parts().iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect()),
        signed_headers: claim.signed_headers.as_ref().map(text),
        signed_params: claim.signed_params.as_ref().map(text),
        key_time: claim.key_time.as_ref().map(text),
        payload: claim.payload.as_ref().map(text),
        bucket: claim.bucket.as_ref().map(|bucket| text(&bucket.name)),
        policy,
    };
    Ok(Decoded {
        kind: kind(&found.thing),
        provider: claim.scheme.provider(),
        scheme: claim.scheme.id(),
        access_key_id: text(&claim.access_key_id),
        signature: text(&claim.signature),
        more,
        has_token: claim.token.is_some(),
    })
}

/// The policy of a token or form.
fn policy(subject: &Subject<'_>, claim: &Claim<'_>, reading: &Reading<'_>, language: Language) -> Option<Said> {
    let encoded = claim.document.as_ref()?;
    let found = reading.picked().ok()?;
    let now = reading.clock(found, None);
    if claim.scheme.id() == "kodo-upload-token" {
        let whole = [&*claim.access_key_id.to_str(), ":", &claim.signature.to_str(), ":", &encoded.to_str()].concat();
        let token = UploadToken::decode(&whole);
        let problems = token.problems.iter().map(|one| problem(one, language)).collect();
        return Some(Said { text: String::from_utf8_lossy(token.policy_text.as_deref()?).into_owned(), problems });
    }
    let dialect = Dialect::of_provider(claim.scheme.provider())?;
    let fields = subject.form().cloned().unwrap_or_else(|| form(&[]));
    match Policy::decode(encoded, dialect) {
        Ok(policy) => Some(Said {
            text: countersign::Encoding::Base64
                .decode(encoded)
                .map(|json| String::from_utf8_lossy(&json).into_owned())
                .unwrap_or_default(),
            problems: lints(&policy, Some(&fields), now, language),
        }),
        Err(fault) => {
            let fault = Problem {
                code: "policy-unreadable".into(),
                title: language.tell(&fault),
                help: String::new(),
                at: Some(fault.at),
            };
            Some(Said { text: encoded.to_str().into_owned(), problems: vec![fault] })
        }
    }
}

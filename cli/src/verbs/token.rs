//! `token`: an upload token of Kodo, or a signature of the JSON API of COS.

mod grant;
mod put_policy;

use super::{Answer, Outcome, setting::Setting, sign};
use crate::{
    args::{Format, Token},
    input::Source,
    report::{curl::Curl, json},
    secrets::Need,
    trouble::{Note, Trouble},
};
use countersign::{Carrier, Credentials, Scheme, Timestamp, providers};
use serde::Serialize;
use serde_json::value::RawValue;

pub fn run(args: &Token, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let made = match scheme(args, setting)? {
        scheme if scheme.provider() == "cos" => grant::make(args, scheme, setting)?,
        scheme => put_policy::make(args, scheme, setting)?,
    };
    if let Some(deadline) = made.ends.filter(|deadline| *deadline <= setting.at) {
        setting.note(&Note::Over(deadline));
    }
    made.curl.iter().for_each(|curl| setting.placeholders(curl));
    let text = match (setting.common.format, &made.curl) {
        (Format::Json, _) => json::write(&Output {
            scheme: made.scheme.id(),
            token: &made.token,
            policy: made.policy.as_deref(),
            original: made.original.as_deref(),
            deadline: json::time(made.ends),
            curl: made.curl.as_ref().map(Curl::text),
        }),
        (Format::Text, Some(curl)) => curl.line(),
        (Format::Text, None) => format!("{}\n", made.token).into_bytes(),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

/// A token, and what it says.
struct Made {
    scheme: &'static dyn Scheme,
    token: String,
    /// The policy of an upload token, as it was signed.
    policy: Option<Box<RawValue>>,
    /// The fields of a signature of the JSON API, as they were signed.
    original: Option<String>,
    ends: Option<Timestamp>,
    curl: Option<Curl>,
}

#[derive(Serialize)]
struct Output<'m> {
    scheme: &'static str,
    token: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'m RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<&'m str>,
    deadline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    curl: Option<String>,
}

/// The scheme to sign with: the one that is named, or that of the provider.
fn scheme(args: &Token, setting: &Setting<'_>) -> Result<&'static dyn Scheme, Trouble> {
    setting.among()?;
    let is_token = |scheme: &dyn Scheme| scheme.carrier() == Carrier::Token;
    if let Some(scheme) = setting.common.scheme.as_deref().and_then(providers::scheme) {
        let known = providers::schemes().filter(|scheme| is_token(*scheme)).map(|scheme| scheme.id()).collect();
        let carrier = scheme.carrier();
        return if is_token(scheme) {
            Ok(scheme)
        } else {
            Err(Trouble::UnsuitableScheme { scheme: scheme.id(), carrier, known })
        };
    }
    match setting.common.provider.as_deref() {
        None | Some("kodo") => Ok(&providers::kodo::UPLOAD_TOKEN),
        Some("cos") if args.grant.once => Ok(&providers::cos::JSON_ONCE),
        Some("cos") => Ok(&providers::cos::JSON_MULTI),
        Some(other) => Err(Trouble::NoTokens(other.to_owned())),
    }
}

/// Who signs. Standard input is not asked while it holds the policy.
fn signer(args: &Token, scheme: &dyn Scheme, source: &Source, setting: &Setting<'_>) -> Result<Credentials, Trouble> {
    let id = args.access_key_id.as_deref();
    let found = setting.secrets(&args.secret, source, scheme.provider(), id, Need::Required, &|_| true)?;
    sign::credentials(found, id)
}

/// When the token is to end.
fn ends(args: &Token, setting: &Setting<'_>) -> Timestamp {
    args.deadline.unwrap_or_else(|| setting.at.plus(i64::try_from(args.expires).unwrap_or(i64::MAX)))
}

//! `policy`: makes, signs and checks the policies of upload forms.

mod build;
mod check;
mod put;
mod sign;

use super::{Answer, setting::Setting};
use crate::{
    args::{Common, Policy, PolicyVerb, Secret},
    trouble::Trouble,
};
use countersign::{
    Carrier, Scheme,
    policy::{Lint, Reason, Refusal},
    providers,
};
use serde::Serialize;

/// The options common to all verbs.
pub fn common(args: &Policy) -> &Common {
    match &args.verb {
        PolicyVerb::Build(args) => &args.common,
        PolicyVerb::Sign(args) => &args.common,
        PolicyVerb::Check(args) => &args.common,
    }
}

/// Where each verb takes its secret from.
pub fn secret(args: &Policy) -> &Secret {
    match &args.verb {
        PolicyVerb::Build(args) => &args.secret,
        PolicyVerb::Sign(args) => &args.secret,
        PolicyVerb::Check(args) => &args.secret,
    }
}

pub fn run(args: &Policy, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    match &args.verb {
        PolicyVerb::Build(args) => build::run(args, setting),
        PolicyVerb::Sign(args) => sign::run(args, setting),
        PolicyVerb::Check(args) => check::run(args, setting),
    }
}

/// The scheme to make a policy for: the one that is named, or the only one of its provider.
fn scheme(setting: &Setting<'_>) -> Result<&'static dyn Scheme, Trouble> {
    setting.among()?;
    let has_policy = |scheme: &dyn Scheme| matches!(scheme.carrier(), Carrier::Field(_)) || scheme.id() == put::SCHEME;
    let provider = setting.common.provider.as_deref();
    let known: Vec<_> =
        providers::schemes().filter(|scheme| has_policy(*scheme) && provider.is_none_or(|id| scheme.provider() == id)).collect();
    let ids = || known.iter().map(|scheme| scheme.id()).collect();
    match (setting.common.scheme.as_deref().and_then(providers::scheme), &*known) {
        (Some(scheme), _) if has_policy(scheme) => Ok(scheme),
        (Some(scheme), _) => Err(Trouble::UnsuitableScheme { scheme: scheme.id(), carrier: scheme.carrier(), known: ids() }),
        (None, [only]) => Ok(*only),
        (None, _) => Err(Trouble::SchemeNeeded(ids())),
    }
}

/// Something about a policy that is worth changing, with its sentences.
#[derive(Serialize)]
pub struct ShownLint {
    pub code: &'static str,
    pub what: String,
    pub at: Option<usize>,
    pub why: String,
    pub help: String,
}

impl ShownLint {
    fn of(lint: &Lint, setting: &Setting<'_>) -> Self {
        let language = setting.words.language();
        let (why, help) = (language.tell(&lint.why()), language.tell(&lint.mend()));
        Self { code: lint.code, what: lint.what.clone(), at: lint.at, why, help }
    }
}

/// Tells on standard error what is worth changing.
fn warn(lints: &[ShownLint], setting: &Setting<'_>) {
    for lint in lints {
        setting.warn(&lint.why, &lint.help);
    }
}

/// The lints that no refusal has said already.
fn unsaid(lints: &[Lint], refusals: &[Refusal], setting: &Setting<'_>) -> Vec<ShownLint> {
    let is_said = |lint: &&Lint| refusals.iter().any(|refusal| says(&refusal.reason, lint.code, &lint.what));
    lints.iter().filter(|lint| !is_said(lint)).map(|lint| ShownLint::of(lint, setting)).collect()
}

/// Whether a refusal says already what a lint warns of.
fn says(reason: &Reason, lint: &str, what: &str) -> bool {
    match lint {
        "expiration-passed" => matches!(reason, Reason::Expired { .. }),
        "expiration-not-utc" | "expiration-without-zone" => matches!(reason, Reason::ExpirationNotUtc(_)),
        "field-without-condition" | "signing-condition-missing" => matches!(reason, Reason::ExtraField(name) if name == what),
        "demanded-condition-missing" => matches!(reason, Reason::ConditionMissing(name) if *name == what),
        "condition-without-field" => match reason {
            Reason::ConditionFailed { quoted, .. } => quoted == what,
            Reason::KeyMissing | Reason::SigningFieldMissing(_) => reason.field().is_some_and(|field| what.contains(field)),
            _ => false,
        },
        _ => false,
    }
}

//! `policy build`: the JSON of a policy, from options or from a file.

use super::{ShownLint, put, warn};
use crate::{
    args::{Format, PolicyBuild, PolicyMake, Secret},
    input::{self, Source},
    report::json,
    secrets::{Need, own_id_and_token, process_variables},
    trouble::{FormTrouble, Note, Trouble},
    verbs::{Answer, Outcome, setting::Setting, sign::credentials},
};
use countersign::{
    Credentials, Encoding, Scheme, SecretKey, Terms, Timestamp,
    policy::{Condition, Dialect, MAX_SIZE, Policy, PolicyBuilder, lint},
};
use serde::Serialize;
use serde_json::value::RawValue;

/// A policy, and how it is written.
pub struct Made {
    pub json: String,
    pub policy: Policy,
    /// Members of the file it was made of that have no effect.
    dropped: Vec<String>,
}

pub fn run(args: &PolicyBuild, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let scheme = super::scheme(setting)?;
    if scheme.id() == put::SCHEME {
        return put::build(&args.make, scheme, setting);
    }
    let dialect = dialect(scheme)?;
    let who = signer(&args.make, &args.secret, scheme, setting)?;
    let made = make(&args.make, scheme, dialect, who.as_ref(), setting)?;
    let mut lints: Vec<_> = lint(&made.policy, None, setting.at).iter().map(|lint| ShownLint::of(lint, setting)).collect();
    lints.extend(made.dropped(setting));
    let text = match setting.common.format {
        Format::Json => json::write(&Output {
            scheme: scheme.id(),
            policy: serde_json::from_str(&made.json).ok(),
            base64: &Encoding::Base64.encode(made.json.as_bytes()),
            expires_at: json::time(Some(made.policy.expiration.time)),
            lints: &lints,
        }),
        Format::Text => {
            warn(&lints, setting);
            format!("{}\n", made.json).into_bytes()
        }
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

/// A policy as JSON.
#[derive(Serialize)]
pub struct Output<'o> {
    pub scheme: &'static str,
    pub policy: Option<Box<RawValue>>,
    pub base64: &'o str,
    pub expires_at: Option<String>,
    pub lints: &'o [ShownLint],
}

pub fn dialect(scheme: &dyn Scheme) -> Result<Dialect, Trouble> {
    Dialect::of_provider(scheme.provider()).ok_or(FormTrouble::Whose(Source::Argument).into())
}

/// Who will sign, as far as that is known without asking: a policy names at most the id.
fn signer(
    args: &PolicyMake,
    secret: &Secret,
    scheme: &'static dyn Scheme,
    setting: &Setting<'_>,
) -> Result<Option<Credentials>, Trouble> {
    let id = args.access_key_id.as_deref();
    // Standard input answers no prompt, whether or not it holds the policy.
    let found = setting.secrets(secret, &Source::StandardInput, scheme.provider(), id, Need::Optional, &|_| true)?;
    let (own_id, token) = own_id_and_token(&process_variables);
    let known = id.map(str::to_owned).or_else(|| found.first().and_then(|found| found.id.clone())).or(own_id);
    let Some(id) = known else { return Ok(None) };
    if !found.is_empty() {
        return credentials(found, Some(&id)).map(Some);
    }
    let who = Credentials::new(id, SecretKey::new(""));
    Ok(Some(match token {
        Some(token) => who.with_token(token.as_str()),
        None => who,
    }))
}

/// Reads the policy in a file.
pub fn read(args: &PolicyMake, dialect: Dialect) -> Result<Option<(Vec<u8>, Policy, Source)>, Trouble> {
    let Some(file) = &args.policy else { return Ok(None) };
    let (bytes, source) = input::contents(file, MAX_SIZE)?;
    let policy = Policy::parse(&bytes, dialect).map_err(|fault| FormTrouble::Policy(source.clone(), fault))?;
    Ok(Some((bytes, policy, source)))
}

/// The life of a policy of which nobody says how long it is to live, in seconds.
pub const LIFE: i64 = 3_600;

/// Makes the policy the options say, on top of the one in the file.
pub fn make(
    args: &PolicyMake,
    scheme: &'static dyn Scheme,
    dialect: Dialect,
    who: Option<&Credentials>,
    setting: &Setting<'_>,
) -> Result<Made, Trouble> {
    let file = read(args, dialect)?.map(|(_, policy, _)| policy);
    let life = args.expires.map(|life| i64::try_from(life).unwrap_or(i64::MAX));
    let ends = args.deadline.or_else(|| life.map(|life| setting.at.plus(life)));
    let ends = ends.or(file.as_ref().map(|policy| policy.expiration.time)).unwrap_or_else(|| setting.at.plus(LIFE));

    let mut builder = PolicyBuilder::new(dialect, ends);
    for condition in file.iter().flat_map(|policy| &policy.conditions) {
        builder = builder.condition(condition);
    }
    let names_bucket = file.as_ref().is_some_and(|policy| policy.conditions_on("bucket").next().is_some());
    if let Some(bucket) = setting.common.bucket.as_deref().filter(|_| !names_bucket) {
        builder = builder.bucket(bucket);
    }
    if let Some(key) = &args.key {
        builder = builder.eq("key", key);
    }
    if let Some(prefix) = &args.starts_with {
        builder = builder.starts_with("key", prefix);
    }
    builder = match args.content_type.as_deref() {
        Some(any) if any.ends_with("/*") => builder.starts_with(CONTENT_TYPE, any.trim_end_matches('*')),
        Some(start) if start.is_empty() || start.ends_with('/') => builder.starts_with(CONTENT_TYPE, start),
        Some(whole) => builder.eq(CONTENT_TYPE, whole),
        None => builder,
    };
    if let Some(range) = &args.size {
        let more = dialect.form_overhead();
        if more > 0 {
            setting.note(&Note::FormCounted(more));
        }
        builder = builder.size(*range.start()..=range.end().saturating_add(more));
    }
    for text in &args.condition {
        let condition = Condition::parse(text.as_bytes(), dialect);
        builder = builder.condition(&condition.map_err(|fault| FormTrouble::Condition(text.clone(), fault))?);
    }
    let json = signing(builder, scheme, who, &terms(ends, setting))?.build().map_err(FormTrouble::Build)?;
    let policy = Policy::parse(json.as_bytes(), dialect).map_err(|fault| FormTrouble::Policy(Source::Argument, fault))?;
    Ok(Made { json, policy, dropped: file.map(|policy| policy.unknown_members).unwrap_or_default() })
}

const CONTENT_TYPE: &str = "Content-Type";

/// Adds the conditions that signing will need.
fn signing(
    builder: PolicyBuilder,
    scheme: &'static dyn Scheme,
    who: Option<&Credentials>,
    terms: &Terms<'_>,
) -> Result<PolicyBuilder, Trouble> {
    let nobody = Credentials::new("", SecretKey::new(""));
    let signed = builder.clone().signing_with(scheme, who.unwrap_or(&nobody), terms).map_err(Trouble::Sign)?;
    if who.is_none() && signed != builder {
        return Err(FormTrouble::IdNeeded(scheme.id()).into());
    }
    Ok(signed)
}

/// Terms of a signature that lives as long as its policy.
pub fn terms<'s>(ends: Timestamp, setting: &'s Setting<'_>) -> Terms<'s> {
    let mut terms = Terms::at(setting.at);
    terms.region = setting.common.region.as_deref();
    terms.service = setting.common.service.as_deref();
    terms.bucket = setting.common.bucket.as_deref();
    terms.expires_in = u64::try_from(ends.since(setting.at)).ok();
    terms
}

impl Made {
    /// Members of the file that were left out.
    fn dropped(&self, setting: &Setting<'_>) -> impl Iterator<Item = ShownLint> {
        let why = |name: &String| setting.words.dropped_member(name);
        self.dropped.iter().map(move |name| {
            let (sentence, help) = why(name);
            ShownLint { code: "unknown-member", what: name.clone(), at: None, why: sentence, help }
        })
    }
}

//! Put policies of Kodo, with the code of `token`.

use super::build::{LIFE, Output as Built};
use crate::{
    args::{self, Format, PolicyCheck, PolicyMake, PolicySign},
    input::Input,
    report::{
        forms::{Checked, Fault, File, Verdict},
        json,
    },
    secrets::Need,
    text::SignatureState,
    trouble::{FormTrouble, Trouble},
    verbs::{
        Answer, Outcome,
        policy::{
            ShownLint,
            check::Whose,
            sign::{self, Page},
        },
        setting::Setting,
        sign::{credentials, tokenless},
        token::put_policy,
    },
};
use countersign::{
    Encoding, Scheme, Subject, Timestamp,
    policy::{self, FilePart},
    providers::kodo::{self, Problem, PutPolicy, Upload, UploadToken, UploadWay},
};

pub const SCHEME: &str = "kodo-upload-token";

pub fn build(make: &PolicyMake, scheme: &'static dyn Scheme, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let options = options(make, scheme, setting)?;
    let (json, policy, _) = put_policy::policy(&options, ends(make, setting), scheme)?;
    let text = match setting.common.format {
        Format::Json => json::write(&Built {
            scheme: scheme.id(),
            base64: &Encoding::Base64Url.encode(json.as_bytes()),
            expires_at: json::time(deadline(&policy)),
            policy: serde_json::from_str(&json).ok(),
            lints: &[],
        }),
        Format::Text => format!("{}\n", json.trim_end()).into_bytes(),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

pub fn sign(args: &PolicySign, scheme: &'static dyn Scheme, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let options = options(&args.make, scheme, setting)?;
    let (json, policy, source) = put_policy::policy(&options, ends(&args.make, setting), scheme)?;
    let id = args.make.access_key_id.as_deref();
    let found = setting.secrets(&args.secret, &source, scheme.provider(), id, Need::Required, &|_| true)?;
    let token = kodo::sign_policy(json.as_bytes(), &tokenless(credentials(found, id)?)?);
    let form = put_policy::Form::of(&token, policy.fields()).with(&args.field);
    let curl = args.curl.then(|| put_policy::command(&form, args.file.as_deref(), setting)).transpose()?;
    let host = put_policy::upload_host(setting)?;
    let page = Page {
        scheme: scheme.id(),
        policy: &json,
        signature: token.split(':').nth(1).unwrap_or_default(),
        fields: &form.fields,
        action: host.map_or_else(|| sign::Action::unknown(setting), sign::Action::to),
        html: args.html,
        placeholders: form.placeholder().into_iter().collect(),
        curl,
        refusals: &[],
        lints: &[],
    };
    Ok(page.answer(setting))
}

/// The same options by the names they have for `token`.
fn options(make: &PolicyMake, scheme: &'static dyn Scheme, setting: &Setting<'_>) -> Result<args::PutPolicy, Trouble> {
    if !make.condition.is_empty() {
        return Err(Trouble::ForeignOption { option: "--condition", scheme: scheme.id() });
    }
    let bucket = setting.common.bucket.as_deref();
    let key = make.key.as_deref().or(make.starts_with.as_deref());
    let scope = bucket.map(|bucket| key.map_or_else(|| bucket.to_owned(), |key| format!("{bucket}:{key}")));
    let bound = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    if make.policy.is_none() && scope.is_none() {
        return Err(Trouble::OptionNeeded { option: "--bucket", scheme: scheme.id() });
    }
    let beside = [
        ("--key", make.key.is_some()),
        ("--starts-with", make.starts_with.is_some()),
        ("--size", make.size.is_some()),
        ("--content-type", make.content_type.is_some()),
        ("--expires", make.expires.is_some()),
        ("--deadline", make.deadline.is_some()),
    ];
    if make.policy.is_some() {
        // A put policy is signed as it is.
        return match beside.into_iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(FormTrouble::BesideFile(option).into()),
            None => Ok(args::PutPolicy { policy: make.policy.clone(), ..Default::default() }),
        };
    }
    Ok(args::PutPolicy {
        scope,
        prefix: make.starts_with.is_some(),
        fsize_min: make.size.as_ref().map(|size| bound(*size.start())),
        fsize_limit: make.size.as_ref().map(|size| bound(*size.end())),
        mime: make.content_type.as_ref().map(|kind| if kind.ends_with('/') { format!("{kind}*") } else { kind.clone() }),
        ..Default::default()
    })
}

fn ends(make: &PolicyMake, setting: &Setting<'_>) -> Timestamp {
    let life = make.expires.map_or(LIFE, |life| i64::try_from(life).unwrap_or(i64::MAX));
    make.deadline.unwrap_or_else(|| setting.at.plus(life))
}

fn deadline(policy: &PutPolicy<'_>) -> Option<Timestamp> {
    policy.fields().deadline.map(Timestamp::from_unix)
}

/// What is worth changing in a put policy.
fn lints(policy: &PutPolicy<'_>, setting: &Setting<'_>) -> Vec<ShownLint> {
    kodo::lint(policy.fields(), setting.at).iter().map(|lint| ShownLint::of(lint, setting)).collect()
}

/// A put policy without an upload.
pub fn check_policy(bytes: &[u8], setting: &Setting<'_>) -> Checked {
    let mut checked = Checked::of("kodo", setting.at);
    let parsed = match std::str::from_utf8(bytes) {
        Ok(json) => PutPolicy::parse(json).map_err(|error| error.problems().to_vec()),
        Err(error) => Err(vec![Problem::NotUtf8 { at: error.valid_up_to() }]),
    };
    checked.verdict = if parsed.is_ok() { Verdict::Accepted } else { Verdict::Refused };
    match parsed {
        Ok(policy) => {
            checked.policy_expires_at = deadline(&policy);
            checked.lints = lints(&policy, setting);
        }
        Err(problems) => checked.refusals = problems.iter().map(|problem| malformed(problem, setting)).collect(),
    }
    checked
}

/// An upload form, and what is known of its file.
pub struct Form<'a> {
    /// The fields before the file.
    pub subject: &'a Subject<'a>,
    pub file: Option<FilePart<'a>>,
    /// The size of the file, if it is known.
    pub size: Option<u64>,
}

/// A body that is no form, whose words of refusal nobody has published.
pub fn check_none(refusal: &policy::Refusal, whose: &Whose<'_>, setting: &Setting<'_>) -> Checked {
    let mut checked = whose.checked(setting);
    let help = setting.words.refusal_help(&refusal.reason);
    checked.refusals = vec![Fault::new(refusal.reason.code(), setting.words.language().tell(refusal), help)];
    checked.verdict = Verdict::Refused;
    checked
}

/// An upload form against the policy in its token.
pub fn check(
    form: &Form<'_>,
    whose: &Whose<'_>,
    args: &PolicyCheck,
    input: &Input,
    setting: &Setting<'_>,
) -> Result<Checked, Trouble> {
    let (signature, id) = whose.signature(form.subject, args, input, setting)?;
    let mut checked = whose.checked(setting);
    checked.access_key_id = id;
    checked.signature = Some(signature);
    checked.file = form.file.map(|file| File {
        name: file.filename.map(str::to_owned),
        size: file.size,
        content_type: file.content_type.map(str::to_owned),
        is_assumed: form.size.is_none(),
    });
    let token = form.subject.form().and_then(|form| form.value("token"));
    let said = UploadToken::decode(token.unwrap_or_default());
    checked.policy_expires_at = said.deadline;
    if signature == SignatureState::Wrong {
        checked.refusals.push(shown(&kodo::Refusal::new(kodo::Reason::SignatureDiffers), setting));
    }
    checked.refusals.extend(said.problems.iter().map(|problem| malformed(problem, setting)));
    if let Some(policy) = &said.policy {
        let judgement = kodo::evaluate(policy, &form.upload(args), setting.at);
        checked.refusals.extend(judgement.refusals.iter().map(|refusal| shown(refusal, setting)));
        checked.open = judgement.open.iter().map(|open| setting.words.language().tell(open)).collect();
        checked.bucket = policy.scope.as_ref().map(|scope| scope.bucket.clone().into_owned());
    }
    checked.verdict = match (checked.refusals.is_empty(), checked.open.is_empty()) {
        (false, _) => Verdict::Refused,
        (true, false) => Verdict::Undecided,
        (true, true) => Verdict::Accepted,
    };
    Ok(checked)
}

impl<'a> Form<'a> {
    fn upload(&self, args: &PolicyCheck) -> Upload<'a> {
        let mut upload = Upload::new().way(UploadWay::Form);
        upload.existing = args.existing.map(|existing| existing.0);
        upload.size = self.size;
        upload.file_name = self.file.and_then(|file| file.filename);
        upload.content_type = self.file.and_then(|file| file.content_type);
        for (name, value) in self.subject.form().into_iter().flat_map(countersign::Form::fields) {
            match (name, std::str::from_utf8(value)) {
                ("key", Ok(key)) => upload = upload.key(key),
                (name, Ok(value)) if name.starts_with("x:") => upload = upload.variable(name, value),
                _ => {}
            }
        }
        upload
    }
}

fn shown(refusal: &kodo::Refusal, setting: &Setting<'_>) -> Fault {
    let help = setting.words.put_refusal_help(&refusal.reason);
    let mut fault = Fault::new(refusal.reason.code(), setting.words.language().tell(refusal), help);
    fault.field = refusal.reason.field().map(str::to_owned);
    fault.answer = refusal.answer.clone();
    fault
}

fn malformed(problem: &Problem, setting: &Setting<'_>) -> Fault {
    let help = setting.words.put_problem_help().to_owned();
    let mut fault = Fault::new(problem.code(), setting.words.language().tell(problem), Some(help));
    fault.answer = problem.answer();
    fault
}

//! `policy check`: a form with its signature and its policy, judged together, or a policy alone.

use super::{ShownLint, put};
use crate::{
    args::{Format, PolicyCheck},
    input::{self, Input, Kind, MAX_BODY, Source},
    report::{
        covered,
        forms::{self, Checked, Fault, File, Verdict},
    },
    secrets::Need,
    text::SignatureState,
    trouble::{FormTrouble, Note, Trouble},
    verbs::{Answer, Outcome, setting::Setting},
};
use countersign::{
    Carrier, Claim, Form, Hints, Request, Scheme, SecretKey, Subject, Verification,
    policy::{Dialect, FilePart, Judgement, Policy, Reason, Refusal, Signed, Submission, Test, judge, lint},
    providers, verify_claim,
};

/// Head and body of the longest form that is read.
const LIMIT: usize = MAX_BODY + (1 << 20);

pub fn run(args: &PolicyCheck, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    setting.note_if_waiting(&args.form);
    let (bytes, source) = match input::contents(&args.form, LIMIT) {
        Err(Trouble::TooLong(source, _)) => return Err(FormTrouble::TooLong(source, MAX_BODY).into()),
        read => read?,
    };
    let checked = if is_policy(&bytes) {
        alone(&bytes, source, setting)?
    } else {
        let asked = setting.common.scheme.as_deref().and_then(providers::scheme);
        let input = input::from_bytes(&bytes, source, asked)?.with(None, setting.common.host.as_deref())?;
        match input.kind {
            Kind::Policy => alone(input.policy().as_deref().map_or(input.text(), str::as_bytes), input.source.clone(), setting)?,
            _ => form(&input, args, setting)?,
        }
    };
    let text = match setting.common.format {
        Format::Json => forms::json(&checked),
        Format::Text => forms::text(&checked, setting.canvas()).into_bytes(),
    };
    let outcome = match checked.verdict {
        Verdict::Accepted => Outcome::Yes,
        Verdict::Refused => Outcome::No,
        Verdict::Undecided => Outcome::Unknown,
    };
    Ok(Answer { text, outcome })
}

/// Whether JSON is a policy and not the fields of a form, where policies stand in Base64.
fn is_policy(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    // What `policy sign` prints holds both.
    text.starts_with(b"{") && !has(b"\"fields\"") && (has(b"conditions\"") || has(b"expiration\"") || has(b"\"deadline\""))
}

/// A policy without a form.
fn alone(bytes: &[u8], source: Source, setting: &Setting<'_>) -> Result<Checked, Trouble> {
    setting.among()?;
    let named = setting.common.scheme.as_deref().and_then(providers::scheme).map(|scheme| scheme.provider());
    let is_put = !bytes.windows(10).any(|window| window == b"conditions");
    let provider = named.or(setting.common.provider.as_deref()).or(is_put.then_some("kodo"));
    let provider = provider.and_then(providers::provider).ok_or(FormTrouble::Whose(source.clone()))?.id;
    let Some(dialect) = Dialect::of_provider(provider) else { return Ok(put::check_policy(bytes, setting)) };
    let mut checked = Checked::of(provider, setting.at);
    match Policy::parse(bytes, dialect) {
        Ok(policy) => {
            checked.verdict = Verdict::Accepted;
            checked.policy_expires_at = Some(policy.expiration.time);
            checked.lints = lint(&policy, None, setting.at).iter().map(|lint| ShownLint::of(lint, setting)).collect();
        }
        Err(fault) => {
            checked.refusals = vec![shown(&Refusal::new(dialect, Reason::PolicyUnreadable(fault)), None, setting)];
            checked.verdict = verdict(&checked.refusals);
        }
    }
    Ok(checked)
}

/// Where the form comes from.
#[expect(clippy::large_enum_variant, reason = "there is one of it")]
enum Given<'a> {
    /// A captured request.
    Request(Request<'a>),
    /// Its fields, and the file as the options tell.
    Fields(Form<'a>),
}

fn form(input: &Input, args: &PolicyCheck, setting: &Setting<'_>) -> Result<Checked, Trouble> {
    let place = setting.place(input)?;
    let hints = setting.hints(&place);
    let given = match (input.form_without_file()?, input.kind) {
        (Some(form), _) => Given::Fields(form),
        (None, Kind::Request) => {
            input.must_be_kept()?;
            let options = [
                ("--file-name", args.file_name.is_some()),
                ("--file-size", args.file_size.is_some()),
                ("--content-type", args.content_type.is_some()),
            ];
            if let Some((option, _)) = options.into_iter().find(|(_, given)| *given) {
                return Err(FormTrouble::SaidByForm(option, input.source.clone()).into());
            }
            Given::Request(input.request()?)
        }
        (None, Kind::Form) => Given::Fields(input.form()),
        _ => return Err(FormTrouble::NoForm(input.source.clone()).into()),
    };
    // By the rules of nobody: what the vendor's rules make of it is seen when it is known whose it is.
    let read = match &given {
        Given::Request(request) => input::submission(request, "", Dialect::Cos),
        Given::Fields(form) => Ok(with_file(form, "", option_file(args, 0))),
    };
    let subject = Subject::from(read.as_ref().map(before_file).unwrap_or_default());
    let mut whose = Whose::of(&subject, &given, &hints, input, setting);
    if let (Err(Trouble::Upload(FormTrouble::Whose(_))), Ok(read)) = (&whose, &read) {
        // A signature behind the file is none, and tells whose it was to be.
        whose = Whose::of(&read.form().into(), &given, &hints, input, setting).map(Whose::without_claim);
    }
    let whose = whose?;
    if whose.provider == "kodo" {
        return match &read {
            Ok(read) => {
                let is_sized = matches!(given, Given::Request(_)) || args.file_size.is_some();
                let file = read.file_part();
                let upload = put::Form { subject: &subject, file, size: file.map(|file| file.size).filter(|_| is_sized) };
                put::check(&upload, &whose, args, input, setting)
            }
            Err(refusal) => Ok(put::check_none(refusal, &whose, setting)),
        };
    }
    let dialect = Dialect::of_provider(whose.provider).ok_or(FormTrouble::Whose(input.source.clone()))?;
    let (signature, id) = whose.signature(&subject, args, input, setting)?;
    let policy = subject.form().and_then(|form| form.value("policy")).and_then(|text| Policy::decode(text, dialect).ok());
    let known = match &given {
        Given::Request(request) => providers::bucket(request, &hints).map(|bucket| bucket.name.to_str().into_owned()),
        Given::Fields(_) => setting.common.bucket.clone(),
    };
    let bucket = known.or_else(|| assumed_bucket(policy.as_ref()?, setting)).unwrap_or_default();
    let submission = match &given {
        Given::Request(request) => input::submission(request, &bucket, dialect),
        Given::Fields(form) => {
            let submission = fields_and_file(form, &bucket, args, policy.as_ref(), setting);
            let length = sent_length(&submission, form);
            Ok(if dialect.form_overhead() > 0 { submission.content_length(length) } else { submission })
        }
    };
    let mut checked = whose.checked(setting);
    checked.access_key_id = id;
    checked.bucket = Some(bucket.clone()).filter(|bucket| !bucket.is_empty());
    let submission = match submission {
        Ok(submission) => submission,
        // Nobody looks for a signature in what is no form.
        Err(refusal) => {
            checked.refusals = vec![shown(&refusal, None, setting)];
            checked.verdict = verdict(&checked.refusals);
            return Ok(checked);
        }
    };
    checked.signature = Some(signature);
    checked.file = submission.file_part().map(|file| File {
        name: file.filename.map(str::to_owned),
        size: file.size,
        content_type: file.content_type.map(str::to_owned),
        is_assumed: matches!(given, Given::Fields(_)) && args.file_size.is_none(),
    });
    let judgement = judge(&submission, dialect, signed(signature), setting.at);
    conclude(&mut checked, &judgement, &whose, &submission.form(), setting);
    Ok(checked)
}

/// The fields that a server sees.
fn before_file<'a>(submission: &Submission<'a>) -> Form<'a> {
    submission.fields().fold(Form::new(), |form, (name, value)| form.field(name, value))
}

fn option_file(args: &PolicyCheck, otherwise: u64) -> FilePart<'_> {
    let size = args.file_size.and_then(|size| u64::try_from(size).ok()).unwrap_or(otherwise);
    let file = FilePart::new(size);
    let file = args.file_name.as_deref().map_or(file, |name| file.named(name));
    args.content_type.as_deref().map_or(file, |content_type| file.content_type(content_type))
}

/// The fields with the file that the options tell. Without a size, one that the policy allows.
fn fields_and_file<'a>(
    form: &Form<'a>,
    bucket: &'a str,
    args: &'a PolicyCheck,
    policy: Option<&Policy>,
    setting: &Setting<'_>,
) -> Submission<'a> {
    let ranges = policy.into_iter().flat_map(|policy| &policy.conditions).filter_map(|condition| match &condition.test {
        Test::Length(Some(range)) => Some(*range.start()),
        _ => None,
    });
    let smallest = ranges.max();
    if args.file_size.is_none() {
        setting.note(&Note::FileUnknown);
    }
    let file = option_file(args, smallest.unwrap_or(1));
    with_file(form, bucket, file)
}

/// How long the content is with these parts, if a browser sends them: Chromium, of whose boundaries the lines have 38 characters.
fn sent_length(submission: &Submission<'_>, form: &Form<'_>) -> u64 {
    const BOUNDARY: usize = "--".len() + 38 + "\r\n".len();
    const NAME: usize = "Content-Disposition: form-data; name=\"\"\r\n\r\n".len() + "\r\n".len();
    let fields = form.fields().filter(|(name, _)| *name != "file");
    let fields: usize = fields.map(|(name, value)| BOUNDARY + NAME + name.len() + value.len()).sum();
    let Some(file) = submission.file_part() else { return 0 };
    let texts = file.filename.map_or(0, str::len) + file.content_type.unwrap_or("application/octet-stream").len();
    let head = BOUNDARY + NAME + "file; filename=\"\"\r\nContent-Type: ".len() + texts;
    (fields + head + BOUNDARY + "--".len()) as u64 + file.size
}

/// The fields with this file: where a field `file` stands for it, else last.
fn with_file<'a>(form: &Form<'a>, bucket: &'a str, file: FilePart<'a>) -> Submission<'a> {
    let mut has_file = false;
    let submission = form.fields().fold(Submission::to(bucket), |submission, (name, value)| {
        if name == "file" {
            has_file = true;
            return submission.file(file);
        }
        submission.field(name, value)
    });
    if has_file { submission } else { submission.file(file) }
}

/// The bucket the policy wants, where nothing tells which it is.
fn assumed_bucket(policy: &Policy, setting: &Setting<'_>) -> Option<String> {
    let wanted = policy.conditions_on("bucket").find_map(|condition| match &condition.test {
        Test::Equals(bucket) | Test::StartsWith(bucket) => Some(bucket.clone()),
        _ => None,
    })?;
    setting.note(&Note::BucketAssumed(wanted.clone()));
    Some(wanted)
}

const fn signed(state: SignatureState) -> Signed {
    match state {
        SignatureState::Right => Signed::Right,
        SignatureState::Wrong => Signed::Wrong,
        SignatureState::Unchecked | SignatureState::Missing => Signed::Unknown,
    }
}

/// Fills in what the judgement says.
fn conclude(checked: &mut Checked, judgement: &Judgement, whose: &Whose<'_>, form: &Form<'_>, setting: &Setting<'_>) {
    let policy = judgement.policy.as_ref();
    checked.refusals = judgement.refusals.iter().map(|refusal| shown(refusal, policy, setting)).collect();
    // What no server can read as a signature, it does not take for one.
    if checked.refusals.is_empty()
        && let Some(error) = &whose.damage
    {
        checked.refusals.push(Fault::new("signature-malformed", error.clone(), None));
    }
    checked.policy_expires_at = policy.map(|policy| policy.expiration.time);
    if let Some(policy) = policy {
        let lints = lint(policy, Some(form), setting.at);
        checked.lints = super::unsaid(&lints, &judgement.refusals, setting);
    }
    checked.verdict = match checked.signature {
        Some(SignatureState::Missing) if checked.refusals.is_empty() => Verdict::Undecided,
        _ => verdict(&checked.refusals),
    };
}

/// What refusals come to: behind a limit of ours, nobody knows.
fn verdict(refusals: &[Fault]) -> Verdict {
    match refusals {
        [] => Verdict::Accepted,
        all if all.iter().all(|fault| fault.is_own_limit) => Verdict::Undecided,
        _ => Verdict::Refused,
    }
}

/// A refusal with its sentences, and the place of the condition in the policy.
pub fn shown(refusal: &Refusal, policy: Option<&Policy>, setting: &Setting<'_>) -> Fault {
    let words = setting.words;
    let mut fault = Fault::new(refusal.reason.code(), words.language().tell(refusal), words.refusal_help(&refusal.reason));
    fault.field = refusal.reason.field().map(str::to_owned);
    fault.answer = (*refusal.answer).clone();
    fault.is_own_limit = refusal.reason.is_own_limit();
    match &refusal.reason {
        Reason::ConditionFailed { quoted, found, .. } => {
            let condition = policy.into_iter().flat_map(|policy| &policy.conditions).find(|own| own.quoted() == *quoted);
            fault.at = condition.map(|condition| condition.at);
            fault.condition = Some(quoted.clone());
            fault.sent.clone_from(found);
        }
        Reason::Malformed { at, .. } => fault.at = Some(*at),
        Reason::PolicyUnreadable(problem) => fault.at = Some(problem.at),
        _ => {}
    }
    fault
}

/// Whose form it is, as its fields, the options or the host tell.
pub struct Whose<'a> {
    pub provider: &'static str,
    scheme: Option<&'static dyn Scheme>,
    claim: Option<Claim<'a>>,
    /// Why there is no claim, although there is something like one.
    damage: Option<String>,
}

impl<'a> Whose<'a> {
    fn of(
        subject: &Subject<'a>,
        given: &Given<'_>,
        hints: &Hints<'a>,
        input: &Input,
        setting: &Setting<'_>,
    ) -> Result<Self, Trouble> {
        let damage = match setting.claim(subject, hints, &input.source) {
            Ok(claim) => {
                let scheme = claim.scheme;
                return Ok(Self { provider: scheme.provider(), scheme: Some(scheme), claim: Some(claim), damage: None });
            }
            Err(error @ Trouble::Claim(_)) => Some(setting.words.trouble(&error)),
            Err(Trouble::NoSignature(_) | Trouble::NoScheme | Trouble::Callback(_)) => None,
            Err(other) => return Err(other),
        };
        let common = setting.common;
        let asked = common.scheme.as_deref().and_then(providers::scheme);
        let is_of_forms = |scheme: &&dyn Scheme| matches!(scheme.carrier(), Carrier::Field(_) | Carrier::Token);
        let has_some = |scheme: &&'static dyn Scheme| {
            common.provider.as_deref().is_none_or(|id| id == scheme.provider()) && scheme.read(subject, hints).is_err()
        };
        let scheme = asked.or_else(|| providers::schemes().filter(is_of_forms).find(has_some));
        let of_host = || match given {
            Given::Request(request) => providers::provider(providers::vendor(request)?),
            Given::Fields(_) => None,
        };
        let provider = scheme.map(|scheme| scheme.provider()).or(common.provider.as_deref());
        let provider = provider.and_then(providers::provider).or_else(of_host);
        let provider = provider.ok_or_else(|| FormTrouble::Whose(input.source.clone()))?;
        Ok(Self { provider: provider.id, scheme, claim: None, damage })
    }

    /// Says whose form it is, and that its signature is none.
    fn without_claim(self) -> Whose<'static> {
        Whose { provider: self.provider, scheme: self.scheme, claim: None, damage: None }
    }

    /// Whether the signature is right, for one of the secrets; and the id as it may be shown, which none of them is.
    pub fn signature(
        &self,
        subject: &Subject<'_>,
        args: &PolicyCheck,
        input: &Input,
        setting: &Setting<'_>,
    ) -> Result<(SignatureState, Option<String>), Trouble> {
        let Some(claim) = &self.claim else { return Ok((SignatureState::Missing, None)) };
        let id = claim.access_key_id.to_str();
        let compare = |secret: &SecretKey| verify_claim(subject, claim.clone(), secret);
        let is_right = |secret: &SecretKey| matches!(compare(secret), Ok(Verification::Matches(_)));
        let found = setting.secrets(&args.secret, &input.source, self.provider, Some(&id), Need::Optional, &is_right)?;
        let state = match found.first() {
            None => SignatureState::Unchecked,
            Some(_) if found.iter().any(|found| is_right(&found.secret)) => SignatureState::Right,
            Some(first) => compare(&first.secret).map(|_| SignatureState::Wrong).map_err(Trouble::Claim)?,
        };
        let secrets: Vec<_> = found.into_iter().map(|found| found.secret).collect();
        Ok((state, Some(covered(&id, &secrets))))
    }

    /// A report that says whose form it is, and nothing yet of what becomes of it.
    pub fn checked(&self, setting: &Setting<'_>) -> Checked {
        let mut checked = Checked::of(self.provider, setting.at);
        checked.scheme = self.scheme.map(|scheme| scheme.id());
        checked
    }
}

#[cfg(test)]
mod tests {
    use super::is_policy;

    #[test]
    fn a_policy_is_told_from_fields() {
        for policy in [
            &br#"{"expiration":"x","conditions":[]}"#[..],
            br#" {expiration": 1}"#,
            b"\xef\xbb\xbf{\"conditions\":[]}",
            br#"{"scope":"b","deadline":1}"#,
        ] {
            assert!(is_policy(policy), "{}", policy.escape_ascii());
        }
        for fields in [&br#"{"key":"a","policy":"e30="}"#[..], b"POST / HTTP/1.1\n\n{\"conditions\"", b"", b"[]"] {
            assert!(!is_policy(fields), "{}", fields.escape_ascii());
        }
    }
}

//! Forms and policies, judged.

use super::{
    ask::{Fault, Question, form, wrong},
    words::language,
};
use countersign::{
    Form, Hints, Phrase, Subject, Timestamp,
    explain::Language,
    policy::{Dialect, FilePart, Lint, Policy, Reason, Refusal, Signed, Submission, Test, judge, lint},
    providers::{self, Among, kodo},
    wire::json::Json,
};
use serde::Serialize;

/// The question.
struct Ask {
    fields: Vec<(String, String)>,
    provider: Option<String>,
    bucket: Option<String>,
    file: Option<File>,
    /// A policy alone.
    policy: Option<String>,
    at: i64,
    lang: Option<String>,
}

struct File {
    name: Option<String>,
    size: Option<u64>,
    r#type: Option<String>,
}

impl Ask {
    fn read(json: &str) -> Result<Self, Fault> {
        let question = Question::read(json)?;
        let pair = |pair: &Json<'_>| match pair.items()?.as_slice() {
            [name, value] => Some((name.text()?, value.text()?)),
            _ => None,
        };
        let fields = question.get("fields").map_or_else(|| Some(Vec::new()), |fields| fields.items()?.iter().map(pair).collect());
        let file = |file: Json<'_>| {
            let file = Question::read(file.as_str())?;
            Ok(File { name: file.text("name")?, size: file.number("size")?, r#type: file.text("type")? })
        };
        Ok(Self {
            fields: fields.ok_or_else(|| wrong("fields", "pairs of strings"))?,
            provider: question.text("provider")?,
            bucket: question.text("bucket")?,
            file: question.get("file").map(file).transpose()?,
            policy: question.text("policy")?,
            at: question.number("at")?.unwrap_or_default(),
            lang: question.text("lang")?,
        })
    }
}

#[derive(Serialize)]
pub struct Judged {
    verdict: &'static str,
    refusals: Vec<Refused>,
    lints: Vec<Problem>,
}

/// What is wrong, or worth changing.
#[derive(Serialize)]
pub struct Problem {
    pub code: String,
    pub title: String,
    pub help: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
}

#[derive(Serialize)]
struct Refused {
    #[serde(flatten)]
    problem: Problem,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
}

/// What the server would answer.
#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl From<countersign::VendorAnswer> for Answer {
    fn from(answer: countersign::VendorAnswer) -> Self {
        Self { status: answer.status, code: answer.code, message: answer.message }
    }
}

pub fn problem(problem: &kodo::Problem, language: Language) -> Problem {
    Problem { code: problem.field().unwrap_or("token").into(), title: language.tell(problem), help: String::new(), at: None }
}

pub fn lints(policy: &Policy, form: Option<&Form<'_>>, now: Timestamp, language: Language) -> Vec<Problem> {
    worth_changing(lint(policy, form, now), language).collect()
}

fn worth_changing(lints: Vec<Lint>, language: Language) -> impl Iterator<Item = Problem> {
    let told = move |phrase: Phrase| language.tell(&phrase);
    let shown =
        move |lint: Lint| Problem { code: lint.code.into(), title: told(lint.why()), help: told(lint.mend()), at: lint.at };
    lints.into_iter().map(shown)
}

pub fn checked(question: &str) -> Result<Judged, Fault> {
    let question = Ask::read(question)?;
    let language = language(question.lang.as_deref())?;
    let now = Timestamp::from_unix(question.at);
    let form = form(&question.fields);
    let subject = Subject::from(form.clone());
    let claim = providers::read(&subject, &Hints::NONE, Among::All).ok().flatten();
    let provider = question.provider.as_deref().or(claim.as_ref().map(|claim| claim.scheme.provider()));
    let provider =
        provider.ok_or_else(|| Fault::new("terms-missing", "the form does not tell whose it is; name the provider"))?;
    if providers::provider(provider).is_none() {
        return Err(Fault::new("bad-argument", "`provider` is not known"));
    }
    let Some(dialect) = Dialect::of_provider(provider) else { return upload(&question, &form, now, language) };

    if let Some(text) = &question.policy {
        let read = if text.trim_start().starts_with('{') {
            Policy::parse(text.as_bytes(), dialect)
        } else {
            Policy::decode(text.trim().as_bytes(), dialect)
        };
        let with = (!question.fields.is_empty()).then_some(&form);
        return Ok(match read {
            Ok(policy) => Judged { verdict: "accepted", refusals: Vec::new(), lints: lints(&policy, with, now, language) },
            Err(fault) => {
                let refusal = Refusal::new(dialect, Reason::PolicyUnreadable(fault));
                Judged { verdict: "refused", refusals: vec![refused(refusal, language)], lints: Vec::new() }
            }
        });
    }

    let policy = form.value("policy").and_then(|text| Policy::decode(text, dialect).ok());
    let named = policy.iter().flat_map(|policy| policy.conditions_on("bucket")).find_map(|condition| match &condition.test {
        Test::Equals(bucket) => Some(bucket.clone()),
        _ => None,
    });
    let bucket = question.bucket.clone().or(named).unwrap_or_default();
    let mut submission = Submission::of(&form, &bucket);
    let size = question.file.as_ref().and_then(|file| file.size);
    if let Some(file) = &question.file {
        submission = submission.file(part(file));
    }
    let judgement = judge(&submission, dialect, Signed::Unknown, now);
    let is_about_file =
        |refusal: &Refusal| matches!(refusal.reason, Reason::FileCount(0) | Reason::TooSmall { .. } | Reason::TooLarge { .. });
    // Of a file that is not known nothing is said.
    let known = |refusal: &Refusal| !(is_about_file(refusal) && size.is_none());
    let refusals: Vec<_> = judgement.refusals.into_iter().filter(known).map(|refusal| refused(refusal, language)).collect();
    let verdict = match (refusals.is_empty(), size) {
        (false, _) => "refused",
        (true, None) => "undecided",
        (true, Some(_)) => "accepted",
    };
    let lints = judgement.policy.map(|policy| lints(&policy, Some(&form), now, language)).unwrap_or_default();
    Ok(Judged { verdict, refusals, lints })
}

fn part(file: &File) -> FilePart<'_> {
    let part = FilePart::new(file.size.unwrap_or_default());
    let part = file.name.as_deref().map_or(part, |name| part.named(name));
    file.r#type.as_deref().map_or(part, |media_type| part.content_type(media_type))
}

fn refused(refusal: Refusal, language: Language) -> Refused {
    let at = match &refusal.reason {
        Reason::Malformed { at, .. } => Some(*at),
        Reason::PolicyUnreadable(fault) => Some(fault.at),
        _ => None,
    };
    let (condition, sent) = match &refusal.reason {
        Reason::ConditionFailed { quoted, found, .. } => (Some(quoted.clone()), found.clone()),
        _ => (None, None),
    };
    Refused {
        problem: Problem { code: refusal.reason.code().into(), title: language.tell(&refusal), help: String::new(), at },
        field: refusal.reason.field().map(str::to_owned),
        condition,
        sent,
        answer: Some((*refusal.answer).into()),
    }
}

/// An upload to Kodo: its policy is in the token.
fn upload(question: &Ask, form: &Form<'_>, now: Timestamp, language: Language) -> Result<Judged, Fault> {
    let given = question.policy.as_deref().map(kodo::PutPolicy::parse);
    let token = form.value("token").map(|token| String::from_utf8_lossy(token).into_owned());
    let (policy, problems) = match (given, &token) {
        (Some(Ok(policy)), _) => (Some(policy.fields().clone()), Vec::new()),
        (Some(Err(error)), _) => (None, error.problems().to_vec()),
        (None, Some(token)) => {
            let token = kodo::UploadToken::decode(token);
            (token.policy, token.problems)
        }
        (None, None) => return Err(Fault::new("bad-argument", "the form has no `token`")),
    };
    let mut refusals: Vec<_> = Vec::new();
    let mut verdict = if problems.is_empty() { "accepted" } else { "refused" };
    let mut lints: Vec<_> = problems.iter().map(|one| problem(one, language)).collect();
    lints.extend(policy.iter().flat_map(|policy| worth_changing(kodo::lint(policy, now), language)));
    if let Some(policy) = policy.filter(|_| question.policy.is_none()) {
        let key = form.value("key").map(|key| String::from_utf8_lossy(key).into_owned());
        let mut upload = kodo::Upload::new();
        if let Some(key) = &key {
            upload = upload.key(key);
        }
        if let Some(size) = question.file.as_ref().and_then(|file| file.size) {
            upload = upload.size(size);
        }
        let judged = kodo::evaluate(&policy, &upload, now);
        verdict = match judged.ruling() {
            kodo::Ruling::Accepted => verdict,
            kodo::Ruling::Refused => "refused",
            kodo::Ruling::Undecided if verdict == "refused" => verdict,
            kodo::Ruling::Undecided => "undecided",
        };
        refusals = judged
            .refusals
            .into_iter()
            .map(|refusal| Refused {
                problem: Problem {
                    code: refusal.reason.code().into(),
                    title: language.tell(&refusal),
                    help: String::new(),
                    at: None,
                },
                field: None,
                condition: None,
                sent: None,
                answer: Some(refusal.answer.into()),
            })
            .collect();
    }
    Ok(Judged { verdict, refusals, lints })
}

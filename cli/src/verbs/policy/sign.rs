//! `policy sign`: all fields of a form, as a list, an HTML form or a command.

use super::{ShownLint, build, check, put, warn};
use crate::{
    args::{Format, PolicySign},
    input::Source,
    report::{curl::Curl, forms::Fault, html_form, json, visible::on_one_line, wrap::padded},
    secrets::Need,
    trouble::{FormTrouble, Note, Placeholder, Trouble},
    verbs::{Answer, Outcome, setting::Setting, sign::credentials},
};
use countersign::{
    Encoding, Form,
    policy::{Dialect, FilePart, Policy, Refusal, Signed, Submission, Test, form_fields, judge, lint},
    sign_form,
};
use serde::Serialize;
use serde_json::value::RawValue;
use unicode_width::UnicodeWidthStr;

pub fn run(args: &PolicySign, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let scheme = super::scheme(setting)?;
    if scheme.id() == put::SCHEME {
        return put::sign(args, scheme, setting);
    }
    let dialect = build::dialect(scheme)?;
    let make = &args.make;
    let ready = if make.changes() { None } else { build::read(make, dialect)? };
    let reads_input = make.policy.as_ref().is_some_and(|path| path.as_os_str() == "-");
    let source = if reads_input { Source::StandardInput } else { Source::Argument };
    let id = make.access_key_id.as_deref();
    let found = setting.secrets(&args.secret, &source, scheme.provider(), id, Need::Required, &|_| true)?;
    let who = credentials(found, id)?;
    let (json, policy) = match ready {
        Some((bytes, policy, _)) => (String::from_utf8_lossy(&bytes).into_owned(), policy),
        None => {
            let made = build::make(make, scheme, dialect, Some(&who), setting)?;
            (made.json, made.policy)
        }
    };
    let file = file_part(args.file.as_deref(), &policy);
    let given: Vec<_> = args.field.iter().map(|(name, value)| (&**name, &**value)).collect();
    let mut fields = form_fields(&policy, &given, Some(&file)).map_err(FormTrouble::FieldNeeded)?;
    fields.push(("policy".to_owned(), Encoding::Base64.encode(json.as_bytes())));
    let terms = build::terms(policy.expiration.time, setting);
    let signed = sign_form(scheme, &form(&fields), &who, &terms).map_err(Trouble::Sign)?;
    fields.extend(signed.fields.clone());

    let refusals = refusals(&fields, &policy, file, dialect, setting);
    let lints = super::unsaid(&lint(&policy, Some(&form(&fields)), setting.at), &refusals, setting);
    let refusals: Vec<_> = refusals.iter().map(|refusal| check::shown(refusal, Some(&policy), setting)).collect();
    let action = Action::of_bucket(setting);
    let page = Page {
        scheme: scheme.id(),
        policy: &json,
        signature: &signed.signature.text(),
        curl: args.curl.then(|| command(&fields, args.file.as_deref(), &action)),
        fields: &fields,
        action,
        html: args.html,
        placeholders: Vec::new(),
        refusals: &refusals,
        lints: &lints,
    };
    Ok(page.answer(setting))
}

fn form(fields: &[(String, String)]) -> Form<'_> {
    fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value))
}

/// The file to come, as the policy wants it where nothing is known of it.
fn file_part<'f>(path: Option<&'f str>, policy: &Policy) -> FilePart<'f> {
    let smallest = policy.conditions.iter().filter_map(|condition| match &condition.test {
        Test::Length(Some(range)) => Some(*range.start()),
        _ => None,
    });
    let file = FilePart::new(smallest.max().unwrap_or(1));
    path.map_or(file, |path| file.named(path))
}

/// Why the server would refuse the form.
fn refusals(
    fields: &[(String, String)],
    policy: &Policy,
    file: FilePart<'_>,
    dialect: Dialect,
    setting: &Setting<'_>,
) -> Vec<Refusal> {
    let named = policy.conditions_on("bucket").find_map(|condition| match &condition.test {
        Test::Equals(bucket) => Some(bucket.as_str()),
        _ => None,
    });
    let bucket = setting.common.bucket.as_deref().or(named).unwrap_or_default();
    let submission = fields.iter().fold(Submission::to(bucket), |form, (name, value)| form.field(name, value)).file(file);
    judge(&submission, dialect, Signed::Right, setting.at).refusals
}

/// Where a form goes.
pub struct Action {
    url: String,
    placeholder: Option<Placeholder>,
}

impl Action {
    pub fn to(host: &str) -> Self {
        Self { url: format!("https://{host}/"), placeholder: None }
    }

    /// To the host that is given, or to the bucket at the endpoint.
    fn of_bucket(setting: &Setting<'_>) -> Self {
        let common = setting.common;
        match (&common.host, &common.bucket, &common.endpoint) {
            (Some(host), ..) => Self::to(host),
            (None, Some(bucket), Some(endpoint)) => Self::to(&format!("{bucket}.{endpoint}")),
            _ => Self::stands(Placeholder::Bucket),
        }
    }

    pub fn unknown(setting: &Setting<'_>) -> Self {
        setting.common.host.as_deref().map_or_else(|| Self::stands(Placeholder::UploadHost), Self::to)
    }

    fn stands(placeholder: Placeholder) -> Self {
        Self { url: format!("https://{}/", placeholder.as_str()), placeholder: Some(placeholder) }
    }
}

fn command(fields: &[(String, String)], file: Option<&str>, action: &Action) -> Curl {
    let plain: Vec<_> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let named = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type")).map(|(_, value)| &**value);
    let curl = Curl::form(&action.url, &plain).file("file", file, named);
    match action.placeholder {
        Some(placeholder) => curl.stands_for(placeholder),
        None => curl,
    }
}

/// A signed form, ready to be shown.
pub struct Page<'p> {
    pub scheme: &'static str,
    pub policy: &'p str,
    pub signature: &'p str,
    pub fields: &'p [(String, String)],
    pub action: Action,
    pub html: bool,
    /// Words in the fields that stand for something else.
    pub placeholders: Vec<Placeholder>,
    pub curl: Option<Curl>,
    /// Why the server would refuse it.
    pub refusals: &'p [Fault],
    pub lints: &'p [ShownLint],
}

#[derive(Serialize)]
struct Output<'p> {
    scheme: &'static str,
    policy: Option<Box<RawValue>>,
    signature: &'p str,
    url: Option<&'p str>,
    fields: &'p [(String, String)],
    refusals: &'p [Fault],
    lints: &'p [ShownLint],
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    curl: Option<String>,
}

impl Page<'_> {
    pub fn answer(&self, setting: &Setting<'_>) -> Answer {
        self.curl.iter().for_each(|curl| setting.placeholders(curl));
        if self.curl.is_none() {
            let action = self.action.placeholder.filter(|_| self.html);
            self.placeholders.iter().chain(&action).for_each(|placeholder| setting.note(&Note::StandsFor(*placeholder)));
        }
        let html = self.html.then(|| html_form::form(&self.action.url, self.fields, setting.words.upload_button()));
        let text = match (setting.common.format, &self.curl, &html) {
            (Format::Json, ..) => json::write(&Output {
                scheme: self.scheme,
                policy: serde_json::from_str(self.policy).ok(),
                signature: self.signature,
                url: Some(&*self.action.url).filter(|_| self.action.placeholder.is_none()),
                fields: self.fields,
                refusals: self.refusals,
                lints: self.lints,
                html: html.clone(),
                curl: self.curl.as_ref().map(Curl::text),
            }),
            (_, Some(curl), _) => curl.line(),
            (_, None, Some(html)) => html.clone().into_bytes(),
            (_, None, None) => self.list(setting).into_bytes(),
        };
        if setting.common.format == Format::Text {
            for refusal in self.refusals {
                setting.warn(&setting.words.would_be_refused(&refusal.title), refusal.help.as_deref().unwrap_or_default());
            }
            warn(self.lints, setting);
        }
        let outcome = if self.refusals.is_empty() { Outcome::Yes } else { Outcome::No };
        Answer { text, outcome }
    }

    /// A field on each line.
    fn list(&self, setting: &Setting<'_>) -> String {
        let last = ("file", setting.words.last_field());
        let all = self.fields.iter().map(|(name, value)| (&**name, &**value)).chain([last]);
        let width = all.clone().map(|(name, _)| name.width()).max().unwrap_or_default();
        all.map(|(name, value)| format!("{}  {}\n", padded(name, width), on_one_line(value))).collect()
    }
}

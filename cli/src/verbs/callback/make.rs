//! `callback make`: what an upload says to get a callback, and what will be posted.

use crate::{
    args::{CallbackMake, Format},
    input,
    report::{forms, json, visible::on_one_line, wrap::padded},
    trouble::{FormTrouble, Note, Trouble},
    verbs::{Answer, Outcome, setting::Setting},
};
use countersign::{
    Encoding, Timestamp, VendorAnswer,
    providers::{
        kodo::{CallbackBodyType, PutPolicy},
        oss::callback::{BodyType, Callback, CallbackError, Given, MissingVariable, Problem, Value},
    },
};
use serde::Serialize;
use serde_json::{Map, value::RawValue};
use unicode_width::UnicodeWidthStr;

/// No callback is longer.
const LIMIT: usize = 64 << 10;

pub fn run(args: &CallbackMake, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    match setting.common.provider.as_deref() {
        None | Some("oss") => oss(args, setting),
        Some("kodo") => kodo(args, setting),
        Some(other) => Err(FormTrouble::NoCallbacks(other.to_owned()).into()),
    }
}

fn needed<'o>(option: &'o Option<String>, name: &'static str) -> Result<&'o str, Trouble> {
    option.as_deref().ok_or(FormTrouble::OptionNeeded(name).into())
}

fn oss(args: &CallbackMake, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let made = match &args.callback {
        Some(file) => {
            let (bytes, _) = input::contents(file, LIMIT)?;
            given(bytes.trim_ascii(), &args.var)
        }
        None => built(args)?,
    };
    let callback = match made {
        Ok(callback) => callback,
        Err(error) => return Ok(refused(error.problems(), setting)),
    };
    let preview = Preview::of(&callback, &args.set, setting)?;
    let problems = shown(callback.advice(), setting);
    let made = Made {
        schema: "countersign.callback/1",
        provider: "oss",
        callback: serde_json::from_str(&callback.to_json()).ok(),
        callback_var: callback.variables_to_json().and_then(|json| serde_json::from_str(&json).ok()),
        headers: callback.headers(),
        query: callback.query(),
        fields: callback.form_fields(),
        preview,
        problems,
    };
    let text = match setting.common.format {
        Format::Json => json::write(&made),
        Format::Text => {
            for problem in made.problems {
                setting.note(&Note::CallbackProblem(problem.title));
            }
            let labels = setting.words.form_labels();
            let pairs = |pairs: &[(&str, &str)], between: &str| {
                pairs.iter().map(|(name, value)| format!("{name}{between}{value}")).collect::<Vec<_>>()
            };
            let headers: Vec<_> = made.headers.iter().map(|(name, value)| (*name, &**value)).collect();
            let fields: Vec<_> = made.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
            let posts = setting.words.posts(&made.preview.url, made.preview.content_type);
            rows(&[
                (labels.header, pairs(&headers, ": ")),
                (labels.query, vec![made.query]),
                (labels.form, pairs(&fields, "=")),
                (labels.preview, vec![posts, made.preview.body]),
            ])
        }
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

/// The callback of the options.
fn built(args: &CallbackMake) -> Result<Result<Callback<'_>, CallbackError>, Trouble> {
    let (first, others) = args.url.split_first().ok_or(FormTrouble::OptionNeeded("--url"))?;
    let body = needed(&args.body, "--body")?;
    let mut builder = match args.body_type.map(|kind| kind.0) {
        Some(CallbackBodyType::Json) => Callback::json(&**first, body),
        _ => Callback::form(&**first, body),
    };
    for url in others {
        builder = builder.or_url(url);
    }
    if let Some(host) = &args.callback_host {
        builder = builder.host(&**host);
    }
    if args.sni {
        builder = builder.sni();
    }
    for (name, value) in &args.var {
        builder = builder.variable(&**name, &**value);
    }
    Ok(builder.build())
}

/// The callback in a file, as an upload would carry it.
fn given(json: &[u8], variables: &[(String, String)]) -> Result<Callback<'static>, CallbackError> {
    let texts: Map<_, _> = variables.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let encode = |json: &[u8]| Encoding::Base64.encode(json);
    let variables = (!texts.is_empty()).then(|| serde_json::to_vec(&texts).unwrap_or_default());
    let variables = variables.map(|json| encode(&json));
    Given::read(encode(json).as_bytes(), variables.as_deref().map(str::as_bytes)).into_callback()
}

/// A callback as JSON.
#[derive(Serialize)]
struct Made {
    schema: &'static str,
    provider: &'static str,
    callback: Option<Box<RawValue>>,
    callback_var: Option<Box<RawValue>>,
    headers: Vec<(&'static str, String)>,
    query: String,
    fields: Vec<(String, String)>,
    preview: Preview,
    problems: Vec<ShownProblem>,
}

/// What the service will post.
#[derive(Serialize)]
struct Preview {
    url: String,
    content_type: &'static str,
    body: String,
}

impl Preview {
    fn of(callback: &Callback<'_>, set: &[(String, String)], setting: &Setting<'_>) -> Result<Self, Trouble> {
        let mut values: Vec<(&str, Value<'_>)> = set.iter().map(|(name, text)| (&**name, value(name, text))).collect();
        let mut samples = Vec::new();
        let body = loop {
            match callback.render(&values) {
                Ok(body) => break body,
                Err(MissingVariable(name)) => match SAMPLES.iter().find(|(own, _)| *own == name) {
                    Some((own, text)) => {
                        values.push((own, value(own, text)));
                        samples.push(*own);
                    }
                    None => return Err(FormTrouble::Variable(MissingVariable(name)).into()),
                },
            }
        };
        if !samples.is_empty() {
            setting.note(&Note::Samples(samples));
        }
        let content_type = match callback.body_type() {
            BodyType::Form => "application/x-www-form-urlencoded",
            BodyType::Json => "application/json",
        };
        Ok(Self { url: callback.fields().url.as_deref().unwrap_or_default().to_owned(), content_type, body })
    }
}

/// Those of the service's variables that are numbers are written as such.
fn value<'v>(name: &str, text: &'v str) -> Value<'v> {
    match text.parse() {
        Ok(number) if matches!(name, "size" | "imageInfo.height" | "imageInfo.width") => Value::Number(number),
        _ => Value::Text(text),
    }
}

/// What stands for the service's variables where nobody says their values.
const SAMPLES: [(&str, &str); 14] = [
    ("bucket", "photos"),
    ("object", "2026/a b.jpg"),
    ("etag", "5B3C1A2E053D763E1B002CC607C5A0FE"),
    ("size", "1024"),
    ("mimeType", "image/jpeg"),
    ("imageInfo.height", "1080"),
    ("imageInfo.width", "1920"),
    ("imageInfo.format", "jpg"),
    ("crc64", "9548687815775124833"),
    ("contentMd5", "WzwaLgU9dj4bACzGB8Wg/g=="),
    ("vpcId", ""),
    ("clientIp", "203.0.113.7"),
    ("reqId", "5CAC0E7F1A2B3C4D5E6F7081"),
    ("operation", "PutObject"),
];

/// A problem with its sentence.
#[derive(Serialize)]
struct ShownProblem {
    weight: &'static str,
    title: String,
    #[serde(serialize_with = "maybe_answer")]
    answer: Option<VendorAnswer>,
}

fn maybe_answer<S: serde::Serializer>(answer: &Option<VendorAnswer>, writer: S) -> Result<S::Ok, S::Error> {
    match answer {
        Some(answer) => forms::answer(answer, writer),
        None => writer.serialize_none(),
    }
}

fn shown(problems: &[Problem], setting: &Setting<'_>) -> Vec<ShownProblem> {
    let words = setting.words;
    let shown = problems.iter().map(|problem| ShownProblem {
        weight: problem.weight().as_str(),
        title: words.language().tell(problem),
        answer: problem.outcome(),
    });
    shown.collect()
}

/// What is wrong with a callback that is not made.
#[derive(Serialize)]
struct Refused {
    schema: &'static str,
    provider: &'static str,
    callback: Option<()>,
    problems: Vec<ShownProblem>,
}

fn refused(problems: &[Problem], setting: &Setting<'_>) -> Answer {
    let mut worst_first: Vec<_> = problems.to_vec();
    worst_first.sort_by_key(|problem| std::cmp::Reverse(problem.weight()));
    let refused =
        Refused { schema: "countersign.callback/1", provider: "oss", callback: None, problems: shown(&worst_first, setting) };
    let text = match setting.common.format {
        Format::Json => json::write(&refused),
        Format::Text => forms::callback_problems(&worst_first, setting.canvas()).into_bytes(),
    };
    Answer { text, outcome: Outcome::No }
}

/// The members of a put policy.
#[derive(Serialize)]
struct Members<'m> {
    schema: &'static str,
    provider: &'static str,
    policy: json::Members<'m>,
}

fn kodo(args: &CallbackMake, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let foreign = [
        ("CALLBACK", args.callback.is_some()),
        ("--sni", args.sni),
        ("--var", !args.var.is_empty()),
        ("--set", !args.set.is_empty()),
    ];
    if let Some((option, _)) = foreign.into_iter().find(|(_, given)| *given) {
        return Err(Trouble::ForeignOption { option, scheme: "kodo" });
    }
    let (url, body) = (args.url.join(";"), needed(&args.body, "--body")?);
    if url.is_empty() {
        return Err(FormTrouble::OptionNeeded("--url").into());
    }
    // Of the policy only these members are shown: its bucket and end are others'.
    let mut policy = PutPolicy::for_bucket("bucket", Timestamp::from_unix(i64::from(u32::MAX))).callback(url, body);
    if let Some(host) = &args.callback_host {
        policy = policy.callback_host(&**host);
    }
    if let Some(kind) = args.body_type {
        policy = policy.callback_body_type(kind.0);
    }
    let policy = policy.build().map_err(|error| Trouble::Policy(None, error.problems().to_vec()))?;
    let members = policy.fields().members().into_iter().filter(|(name, _)| name.starts_with("callback"));
    // All of them are texts.
    let members: Vec<(&str, String)> =
        members.filter_map(|(name, json)| Some((name, serde_json::from_str(&json).ok()?))).collect();
    let members: Vec<_> = members.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let policy = json::Members(&members);
    let text = match setting.common.format {
        Format::Json => json::write(&Members { schema: "countersign.callback/1", provider: "kodo", policy }),
        Format::Text => json::write(&policy),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

/// A label, and texts under one another beside it. They are there to be copied, and stay whole.
fn rows(rows: &[(&str, Vec<String>)]) -> Vec<u8> {
    let width = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
    let mut out = String::new();
    for (label, texts) in rows {
        for (index, text) in texts.iter().enumerate() {
            let label = padded(if index == 0 { label } else { "" }, width);
            out.push_str(&format!("{label}  {}\n", on_one_line(text)));
        }
    }
    out.into_bytes()
}

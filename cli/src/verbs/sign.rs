//! `sign` completes a request or a form, `presign` makes a signed URL.

use super::{Answer, Outcome, setting::Setting};
use crate::{
    args::{self, Format, Presign, Sign},
    input::{Held, Input, Kind},
    report::{
        curl::Curl,
        json::{self, Document},
    },
    secrets::{Found, NO_SALT, Need},
    trouble::{Note, Placeholder, Trouble},
};
use countersign::{
    Carrier, Claim, Credentials, Form, Hints, Inquiry, Link, Origin, Request, Role, Scheme, SecretKey, SignError, Signed,
    SignedHeaders, SignedParams, Subject, Terms,
    explain::{Matter, matter},
    providers::{self, Among},
    transcript,
};
use serde::Serialize;
use std::path::Path;

/// What both verbs are told.
struct Job<'a> {
    input: &'a Path,
    expires: Option<u64>,
    curl: bool,
    url: &'a args::Url,
    secret: &'a args::Secret,
    signer: &'a args::Signer,
    /// Which schemes will do.
    suits: fn(&dyn Scheme) -> bool,
    /// Which schemes sign a URL as it is given, even if no client sends it so.
    keeps: fn(&dyn Scheme) -> bool,
}

pub fn sign(args: &Sign, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let job = Job {
        input: &args.input.input,
        expires: args.expires,
        curl: args.curl,
        url: &args.url,
        secret: &args.secret,
        signer: &args.signer,
        suits: |scheme| scheme.carrier() != Carrier::Token,
        // The one signs the URL itself, the other escapes it once more.
        keeps: |scheme| scheme.link() == Link::AsIs || scheme.id() == "aws-v4-generic",
    };
    run(&job, setting)
}

pub fn presign(args: &Presign, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let job = Job {
        input: &args.target,
        expires: Some(args.expires),
        curl: args.curl,
        url: &args.url,
        secret: &args.secret,
        signer: &args.signer,
        suits: |scheme| matches!(scheme.carrier(), Carrier::Param(_) | Carrier::Either(_)),
        keeps: |_| false,
    };
    run(&job, setting)
}

fn run(job: &Job<'_>, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let scheme = scheme(job, setting)?;
    let mut read = setting.inputs(job.input, Some(job.url), &args::Pick { request: None })?;
    let mut own = std::mem::take(&mut read.secrets);
    let mut input = read.only()?;
    match input.as_sent() {
        Some(_) if (job.keeps)(scheme) => setting.note(&Note::Unescaped),
        Some(sent) => {
            setting.note(&Note::Escaped);
            input = input.with_text(sent);
        }
        None => {}
    }
    let is_form = matches!(scheme.carrier(), Carrier::Field(_));
    match input.kind {
        Kind::Form if is_form => {}
        Kind::Request | Kind::Url if !is_form => {}
        _ if is_form => return Err(Trouble::NoForm(scheme.id(), input.source)),
        _ => return Err(Trouble::NoRequest(input.source)),
    }
    let place = setting.place(&input)?;
    let hints = setting.hints(&place);
    let id = job.signer.access_key_id.as_deref();
    let found = setting.secrets_beside(job.secret, &input.source, scheme.provider(), id, Need::Required, &|_| true, &mut own)?;
    let lower = |names: &Vec<String>| names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let headers: Option<Vec<String>> = job.signer.signed_headers.as_ref().map(lower);
    let (headers, params) = (names(&headers), names(&job.signer.signed_params));
    let mut terms = terms(job, setting, &hints);
    if job.signer.signed_headers.is_some() {
        terms.signed_headers = SignedHeaders::Only(&headers);
    }
    if job.signer.signed_params.is_some() {
        terms.signed_params = SignedParams::Only(&params);
    }
    if is_form {
        let who = credentials(found, id)?;
        return form(job, &input, scheme, &who, &terms, setting);
    }
    let request = input.request()?;
    let who = credentials(found, if scheme.names_nobody() { Some(NOBODY) } else { id })?;
    let signed = countersign::sign(scheme, &request, &who, &terms).map_err(Trouble::Sign)?;
    let complete = completed(&request, &signed)?;
    are_there(&complete, scheme, &headers, &params)?;
    if scheme.provider() == "ks3" && request.path().windows(2).any(|pair| pair == b"//") {
        setting.note(&Note::DoubleSlash);
    }
    check(&complete, &signed, &who, &hints, setting);
    let curl = job.curl.then(|| Curl::request(&request, &signed));
    curl.iter().for_each(|curl| setting.placeholders(curl));
    let text = match (setting.common.format, &curl) {
        (Format::Json, _) => json(&signed, written(&complete.into(), scheme, &hints)?, curl.as_ref()),
        (Format::Text, Some(curl)) => curl.line(),
        (Format::Text, None) => text(&input, &request, &signed, setting),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

/// Refuses names to sign that stand for nothing: a server would find the signature wrong, or have no use for it.
fn are_there(complete: &Request<'_>, scheme: &dyn Scheme, headers: &[&str], params: &[&str]) -> Result<(), Trouble> {
    const HEADERS: &str = "--signed-headers";
    const PARAMS: &str = "--signed-params";
    if let Some(name) = headers.iter().find(|name| **name != "host" && complete.header_value(name).is_none()) {
        return Err(Trouble::NothingToSign { option: HEADERS, name: (*name).to_owned() });
    }
    match params.iter().find(|name| !complete.params().any(|param| *param.name() == *name.as_bytes())) {
        Some(name) => Err(Trouble::NothingToSign { option: PARAMS, name: (*name).to_owned() }),
        None if !params.is_empty() && scheme.provider() != "cos" => {
            Err(Trouble::NoMeaning { option: PARAMS, scheme: scheme.id() })
        }
        None => Ok(()),
    }
}

/// The names an option lists, which may be none at all.
fn names(option: &Option<Vec<String>>) -> Vec<&str> {
    option.iter().flatten().map(String::as_str).filter(|name| !name.is_empty()).collect()
}

/// Signs the fields of a form.
fn form(
    job: &Job<'_>,
    input: &Input,
    scheme: &'static dyn Scheme,
    who: &Credentials,
    terms: &Terms<'_>,
    setting: &Setting<'_>,
) -> Result<Answer, Trouble> {
    let signed = countersign::sign_form(scheme, &input.form(), who, terms).map_err(Trouble::Sign)?;
    let complete: Vec<_> = input.fields().iter().map(|(name, value)| (&**name, &**value)).chain(&signed.fields).collect();
    let curl = job.curl.then(|| form_command(&complete, setting));
    curl.iter().for_each(|curl| setting.placeholders(curl));
    let text = match (setting.common.format, &curl) {
        (Format::Json, _) => {
            let subject = complete.iter().fold(Form::new(), |form, (name, value)| form.field(name, *value)).into();
            json(&signed, written(&subject, scheme, &Hints::NONE)?, curl.as_ref())
        }
        (Format::Text, Some(curl)) => curl.line(),
        (Format::Text, None) => json::write(&json::Members(&complete)),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
}

/// The form as a command. Its fields do not say where it goes.
fn form_command(fields: &[(&str, &str)], setting: &Setting<'_>) -> Curl {
    let to = |host: &str| Curl::form(&format!("https://{host}/"), fields).file("file", None, None);
    match &setting.common.host {
        Some(host) => to(host),
        None => to(Placeholder::Bucket.as_str()).stands_for(Placeholder::Bucket),
    }
}

/// The scheme to sign with. It is never guessed.
fn scheme(job: &Job<'_>, setting: &Setting<'_>) -> Result<&'static dyn Scheme, Trouble> {
    setting.among()?;
    let provider = setting.common.provider.as_deref();
    let suitable = providers::schemes().filter(|scheme| (job.suits)(*scheme));
    let known = suitable.filter(|scheme| provider.is_none_or(|id| scheme.provider() == id)).map(|scheme| scheme.id()).collect();
    match setting.common.scheme.as_deref().and_then(providers::scheme) {
        None => Err(Trouble::SchemeNeeded(known)),
        Some(scheme) if !(job.suits)(scheme) => {
            Err(Trouble::UnsuitableScheme { scheme: scheme.id(), carrier: scheme.carrier(), known })
        }
        Some(scheme) => Ok(scheme),
    }
}

/// The id of a key whose signatures name nobody.
const NOBODY: &str = "nobody";

/// A secret that is no vendor's may be the id as well, as servers for trying things out have it.
const SHORTEST: usize = 16;

/// Who makes an upload token, which has no place for a session token.
pub fn tokenless(who: Credentials) -> Result<Credentials, Trouble> {
    match who.token() {
        Some(_) => Err(Trouble::Sign(SignError::Terms("a long-lived key, as no place for a session token is documented,"))),
        None => Ok(who),
    }
}

/// Who signs: the first secret found, with the id given or found beside it.
pub fn credentials(found: Vec<Found>, id: Option<&str>) -> Result<Credentials, Trouble> {
    let found = found.into_iter().next().ok_or(Trouble::NoSecret(Vec::new()))?;
    let id = id.map(str::to_owned).or(found.id).filter(|id| !id.is_empty()).ok_or(Trouble::NoId)?;
    if found.secret.len() >= SHORTEST && SecretKey::new(&*id).fingerprint(NO_SALT) == found.secret.fingerprint(NO_SALT) {
        return Err(Trouble::IdIsSecret);
    }
    let who = Credentials::new(id, found.secret);
    Ok(match found.token {
        Some(token) => who.with_token(token.as_str()),
        None => who,
    })
}

fn terms<'a>(job: &Job<'_>, setting: &Setting<'_>, hints: &Hints<'a>) -> Terms<'a> {
    let mut terms = Terms::at(setting.at);
    terms.expires_in = job.expires;
    terms.region = hints.region;
    terms.service = hints.service;
    terms.bucket = hints.bucket;
    terms.addressing = hints.addressing;
    terms
}

/// The signed URL; the whole request, if it was given whole; else the header lines to send with the URL.
fn text(input: &Input, request: &Request<'_>, signed: &Signed, setting: &Setting<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(url) = &signed.url {
        out.extend_from_slice(url.as_bytes());
        out.push(b'\n');
        return out;
    }
    let is_whole = input.kind == Kind::Request;
    let first = input.text().split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    let line_end: &[u8] = if is_whole && first.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
    let mut line = |pieces: &[&[u8]]| {
        out.extend(pieces.iter().copied().flatten());
        out.extend_from_slice(line_end);
    };
    if is_whole {
        line(&[first.trim_ascii_end()]);
        for field in request.headers() {
            line(&[field.name.as_bytes(), b": ", field.value]);
        }
    }
    for (name, value) in &signed.headers {
        line(&[name.as_bytes(), b": ", value.as_bytes()]);
    }
    if is_whole {
        match input.held() {
            Held::Unknown => {}
            Held::Bytes(body) => {
                line(&[]);
                out.extend_from_slice(body);
            }
            Held::Digest(digest) => {
                line(&[]);
                setting.note(&Note::BodyLeftOut(digest.len));
            }
        }
    }
    out
}

/// What was signed and what goes with the request.
#[derive(Serialize)]
struct Output<'s> {
    scheme: &'static str,
    documents: Vec<Document>,
    signature: String,
    headers: Vec<(&'s str, &'s str)>,
    url: Option<&'s str>,
    /// What goes into a form; a request has none.
    fields: Option<Vec<(&'s str, &'s str)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    curl: Option<String>,
}

fn json(signed: &Signed, documents: Vec<Document>, curl: Option<&Curl>) -> Vec<u8> {
    json::write(&Output {
        scheme: signed.scheme.id(),
        documents,
        signature: signed.signature.text(),
        headers: signed.headers.iter().collect(),
        url: signed.url.as_deref(),
        fields: Some(signed.fields.iter().collect()).filter(|fields: &Vec<_>| !fields.is_empty()),
        curl: curl.map(Curl::text),
    })
}

/// The request as it will be sent.
fn completed<'a>(request: &Request<'a>, signed: &'a Signed) -> Result<Request<'a>, Trouble> {
    Ok(match &signed.url {
        Some(url) => {
            let fresh = Request::new(request.method(), url).map_err(|_| Trouble::NoSignature(None))?;
            let fields = request.headers().filter(|field| !field.is("host"));
            fields.fold(fresh, |fresh, field| fresh.header(field.name, field.value)).with_body(request.body())
        }
        None => signed.headers.iter().fold(request.clone(), |request, (name, value)| request.header(name, value)),
    })
}

/// Judges what was signed as `explain` will, and tells what was assumed and why a server would refuse it.
fn check(complete: &Request<'_>, signed: &Signed, who: &Credentials, hints: &Hints<'_>, setting: &Setting<'_>) {
    let mut inquiry = Inquiry::new(complete.clone().into());
    // The region that was asked for is what is judged, by the host.
    inquiry.hints = Hints { region: None, ..*hints };
    inquiry.among = Among::Scheme(signed.scheme.id());
    inquiry.secrets = std::slice::from_ref(who.secret());
    inquiry.at = Some(setting.at);
    inquiry.depth = 0;
    let Ok(report) = countersign::explain(&inquiry) else { return };
    for written in &report.documents {
        if let Some(part) = written.part(Role::Bucket).filter(|part| part.origin == Origin::Assumed) {
            let bucket = String::from_utf8_lossy(written.bytes(part));
            setting.note(&Note::BucketInPath(bucket.trim_start_matches('/').to_owned()));
        }
    }
    let language = setting.words.language();
    // Whoever signs knows for what time.
    for finding in report.findings.iter().filter(|finding| finding.refusal && matter(finding.code) != Matter::Time) {
        setting.warn(&language.title(finding), &language.help(finding));
    }
}

/// The texts that a signed subject says were signed.
fn written(subject: &Subject<'_>, scheme: &'static dyn Scheme, hints: &Hints<'_>) -> Result<Vec<Document>, Trouble> {
    let claim: Claim<'_> = providers::read(subject, hints, Among::Scheme(scheme.id()))
        .map_err(|error| Trouble::Claim(error.into()))?
        .ok_or(Trouble::NoSignature(None))?;
    let written = transcript(subject, &claim).map_err(|error| Trouble::Claim(error.into()))?;
    Ok(json::documents(&written.documents))
}

//! `sign` completes a request, `presign` makes a signed URL.

use super::{Answer, Outcome, setting::Setting};
use crate::{
    args::{self, Format, Presign, Sign},
    input::{Held, Input, Kind},
    report::json::{self, Document},
    secrets::{Found, Need},
    trouble::{Note, Trouble},
};
use countersign::{
    Carrier, Claim, Credentials, Hints, Request, Scheme, Signed, SignedHeaders, Subject, Terms,
    providers::{self, Among},
    transcript,
};
use serde::Serialize;
use std::path::Path;

/// What both verbs are told.
struct Job<'a> {
    input: &'a Path,
    expires: Option<u64>,
    url: &'a args::Url,
    secret: &'a args::Secret,
    signer: &'a args::Signer,
    /// Which schemes will do.
    suits: fn(&dyn Scheme) -> bool,
}

pub fn sign(args: &Sign, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let job = Job {
        input: &args.input.input,
        expires: args.expires,
        url: &args.url,
        secret: &args.secret,
        signer: &args.signer,
        suits: |scheme| matches!(scheme.carrier(), Carrier::Authorization | Carrier::Param(_) | Carrier::Either(_)),
    };
    run(&job, setting)
}

pub fn presign(args: &Presign, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let job = Job {
        input: &args.target,
        expires: Some(args.expires),
        url: &args.url,
        secret: &args.secret,
        signer: &args.signer,
        suits: |scheme| matches!(scheme.carrier(), Carrier::Param(_) | Carrier::Either(_)),
    };
    run(&job, setting)
}

fn run(job: &Job<'_>, setting: &Setting<'_>) -> Result<Answer, Trouble> {
    let scheme = scheme(job, setting)?;
    let input = setting.input(job.input, Some(job.url))?;
    if !matches!(input.kind, Kind::Request | Kind::Url) {
        return Err(Trouble::NoRequest(input.source));
    }
    let place = setting.place(&input)?;
    let hints = setting.hints(&place);
    let found = setting.secrets(job.secret, &input, scheme.provider(), job.signer.access_key_id.as_deref(), Need::Required)?;
    let who = credentials(found, job.signer)?;
    let request = input.request()?;
    let names: Vec<String> = job.signer.signed_headers.iter().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut terms = terms(job, setting, &hints);
    if job.signer.signed_headers.is_some() {
        terms.signed_headers = SignedHeaders::Only(&names);
    }
    let signed = countersign::sign(scheme, &request, &who, &terms).map_err(Trouble::Sign)?;
    let text = match setting.common.format {
        Format::Json => json(&request, &signed, &hints)?,
        Format::Text => text(&input, &request, &signed, setting),
    };
    Ok(Answer { text, outcome: Outcome::Yes })
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
            Err(Trouble::UnsuitableScheme { scheme: scheme.id(), place: scheme.carrier().as_str(), known })
        }
        Some(scheme) => Ok(scheme),
    }
}

/// Who signs: the first secret found, with the id given or found beside it.
fn credentials(found: Vec<Found>, signer: &args::Signer) -> Result<Credentials, Trouble> {
    let found = found.into_iter().next().ok_or(Trouble::NoSecret(Vec::new()))?;
    let id = signer.access_key_id.clone().or(found.id).ok_or(Trouble::NoId)?;
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
    let first = input.head().split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
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
    headers: &'s [(String, String)],
    url: Option<&'s str>,
    /// What goes into a form; a request has none.
    fields: Option<&'s [(String, String)]>,
}

fn json(request: &Request<'_>, signed: &Signed, hints: &Hints<'_>) -> Result<Vec<u8>, Trouble> {
    let output = Output {
        scheme: signed.scheme.id(),
        documents: documents(request, signed, hints)?,
        signature: signed.signature.text(),
        headers: &signed.headers,
        url: signed.url.as_deref(),
        fields: Some(signed.fields.as_slice()).filter(|fields| !fields.is_empty()),
    };
    Ok(json::write(&output))
}

/// The texts that were signed, read back from the completed request.
fn documents(request: &Request<'_>, signed: &Signed, hints: &Hints<'_>) -> Result<Vec<Document>, Trouble> {
    let complete = match &signed.url {
        Some(url) => {
            let fresh = Request::new(request.method(), url).map_err(|_| Trouble::NoSignature(None))?;
            let fields = request.headers().filter(|field| !field.is("host"));
            fields.fold(fresh, |fresh, field| fresh.header(field.name, field.value)).with_body(request.body())
        }
        None => signed.headers.iter().fold(request.clone(), |request, (name, value)| request.header(name, value)),
    };
    let subject = Subject::from(complete);
    let claim: Claim<'_> = providers::read(&subject, hints, Among::Scheme(signed.scheme.id()))
        .map_err(|error| Trouble::Claim(error.into()))?
        .ok_or(Trouble::NoSignature(None))?;
    let written = transcript(&subject, &claim).map_err(|error| Trouble::Claim(error.into()))?;
    Ok(json::documents(&written.documents))
}

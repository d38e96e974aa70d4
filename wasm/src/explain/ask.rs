//! What is asked, and what is read of the input.

use super::words::language;
use countersign::{
    Addressing, Body, Claim, Form, Hints, Request, Subject, Timestamp, VerifyError,
    explain::{Language, ServerAnswer},
    policy::{Dialect, Submission},
    providers::{self, Among},
    wire::{header::Header, json::Json, url::Url},
};
use countersign_capture::{Candidate, Found, Note, Thing, read};
use countersign_stacks::Stack;
use serde::Serialize;
use std::str::FromStr;

/// The options of JavaScript.
#[derive(Debug, Default)]
pub struct Ask {
    pub pick: Option<usize>,
    pub provider: Option<String>,
    pub scheme: Option<String>,
    pub region: Option<String>,
    pub bucket: Option<String>,
    pub endpoint: Option<String>,
    pub addressing: Option<String>,
    pub host: Option<String>,
    pub method: Option<String>,
    /// The clock that was asked for, in Unix seconds.
    pub at: Option<i64>,
    /// The clock of the machine.
    pub now: i64,
    pub lang: Option<String>,
    /// What the request is made with and goes through.
    pub stack: Vec<Stack>,
    pub depth: u8,
    pub budget: Option<u64>,
    pub redact: bool,
}

/// Why there is no answer.
#[derive(Debug, Serialize)]
pub struct Fault {
    /// The code of the error.
    error: &'static str,
    message: String,
}

impl Fault {
    pub fn new(error: &'static str, message: &str) -> Self {
        Self { error, message: message.to_owned() }
    }

    /// Why nothing can be said of a signature.
    pub fn of(error: &VerifyError, ask: &Ask) -> Self {
        let code = if matches!(error, VerifyError::Draft(_)) { "terms-missing" } else { "no-signature" };
        Self { error: code, message: lang(ask).tell(error) }
    }
}

/// A question as JavaScript asks it: an object with named values.
pub struct Question<'j>(Vec<(String, Json<'j>)>);

impl<'j> Question<'j> {
    pub fn read(json: &'j str) -> Result<Self, Fault> {
        let bad = |said: &str| Fault::new("bad-argument", said);
        let json = Json::read(json).map_err(|said| bad(&said))?;
        json.members().map(Self).ok_or_else(|| bad("the options are no object"))
    }

    /// A value; what is `null` is not there.
    pub fn get(&self, name: &str) -> Option<Json<'j>> {
        let (_, value) = self.0.iter().find(|(own, _)| own == name)?;
        Some(*value).filter(|value| value.as_str() != "null")
    }

    pub fn text(&self, name: &str) -> Result<Option<String>, Fault> {
        self.get(name).map(|value| value.text().ok_or_else(|| wrong(name, "a string"))).transpose()
    }

    /// A whole number that the type holds.
    pub fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, Fault> {
        self.get(name).map(|value| value.parse().ok_or_else(|| wrong(name, "a whole number in its range"))).transpose()
    }

    pub fn truth(&self, name: &str) -> Result<Option<bool>, Fault> {
        self.get(name).map(|value| value.parse().ok_or_else(|| wrong(name, "true or false"))).transpose()
    }
}

pub fn wrong(name: &str, expected: &str) -> Fault {
    Fault::new("bad-argument", &format!("`{name}` must be {expected}"))
}

/// The language of an answer; [`Ask::read`] sees to it that it is loaded.
pub fn lang(ask: &Ask) -> Language {
    language(ask.lang.as_deref()).unwrap_or_default()
}

impl Ask {
    pub fn read(json: &str) -> Result<Self, Fault> {
        let question = Question::read(json)?;
        let text = |name| question.text(name);
        let ask = Self {
            pick: question.number("pick")?,
            provider: text("provider")?,
            scheme: text("scheme")?,
            region: text("region")?,
            bucket: text("bucket")?,
            endpoint: text("endpoint")?,
            addressing: text("addressing")?,
            host: text("host")?,
            method: text("method")?,
            at: question.number("at")?,
            now: question.number("now")?.unwrap_or_default(),
            lang: text("lang")?,
            stack: stacks(&question)?,
            depth: question.number("depth")?.unwrap_or_default(),
            budget: question.number("budget")?,
            redact: question.truth("redact")?.unwrap_or_default(),
        };
        let known = |given: &Option<String>, known: &dyn Fn(&str) -> bool| given.as_deref().is_none_or(known);
        if !known(&ask.scheme, &|id| providers::scheme(id).is_some()) {
            return Err(Fault::new("bad-argument", "`scheme` is not known"));
        }
        if !known(&ask.provider, &|id| providers::provider(id).is_some()) {
            return Err(Fault::new("bad-argument", "`provider` is not known"));
        }
        if !known(&ask.addressing, &|name| addressing(name).is_some()) {
            return Err(Fault::new("bad-argument", "`addressing` must be `virtual-host`, `path` or `custom-domain`"));
        }
        language(ask.lang.as_deref())?;
        Ok(ask)
    }

    /// The schemes to look for.
    pub fn among(&self) -> Among<'_> {
        match (&self.scheme, &self.provider) {
            (Some(scheme), _) => Among::Scheme(scheme),
            (None, Some(provider)) => Among::Provider(provider),
            (None, None) => Among::All,
        }
    }
}

/// The stacks that are named.
fn stacks(question: &Question<'_>) -> Result<Vec<Stack>, Fault> {
    let named = |name: Json<'_>| Stack::named(&name.text()?);
    let Some(all) = question.get("stack") else { return Ok(Vec::new()) };
    let all = all.items().and_then(|names| names.into_iter().map(named).collect());
    all.ok_or_else(|| Fault::new("bad-argument", "`stack` must be one of what `stacks()` lists, or several of them"))
}

/// Where a bucket stands, by its name.
fn addressing(name: &str) -> Option<Addressing> {
    match name {
        "virtual-host" => Some(Addressing::VirtualHost),
        "path" => Some(Addressing::Path),
        "custom-domain" => Some(Addressing::CustomDomain),
        _ => None,
    }
}

/// Stands in for the request a lone header value was taken from.
const NO_REQUEST: &[u8] = b"GET / HTTP/1.1\n";

/// An input with what was asked of it.
pub struct Reading<'a> {
    pub ask: &'a Ask,
    pub all: Vec<Found>,
    pub secrets: Vec<Candidate>,
    pub notes: Vec<Note>,
}

/// What is known of the bucket beside the request.
#[derive(Default)]
pub struct Place {
    bucket: Option<String>,
    addressing: Option<Addressing>,
}

impl<'a> Reading<'a> {
    pub fn of(ask: &'a Ask, input: &[u8]) -> Result<Self, Fault> {
        let capture = read(input).map_err(|error| Fault::new("not-recognised", &error.to_string()))?;
        Ok(Self { ask, all: capture.found, secrets: capture.secrets, notes: capture.notes })
    }

    /// The number of what is looked at.
    pub fn pick(&self) -> usize {
        self.ask.pick.unwrap_or_default()
    }

    pub fn picked(&self) -> Result<&Found, Fault> {
        self.all.get(self.pick()).ok_or_else(|| Fault::new("bad-argument", "`pick` is beyond the last request of the input"))
    }

    /// The clock to judge by: the one asked for, the server's, the client's, the machine's.
    pub fn clock(&self, found: &Found, given: Option<&ServerAnswer>) -> Timestamp {
        let asked = self.ask.at.map(Timestamp::from_unix);
        let answered = given.and_then(|answer| answer.date).or(found.answer.as_ref().and_then(|answer| answer.date));
        asked.or(answered).or(found.sent).unwrap_or(Timestamp::from_unix(self.ask.now))
    }

    /// What the signature is about.
    pub fn subject<'f>(&'f self, found: &'f Found) -> Result<Subject<'f>, Fault> {
        match &found.thing {
            Thing::Token(token) => Ok(Subject::Token(token)),
            Thing::Form(fields) => Ok(form(fields).into()),
            _ => {
                let request = self.request(found)?;
                Ok(match form_in_body(&request) {
                    Some(form) => form.into(),
                    None => request.into(),
                })
            }
        }
    }

    /// The request, with what was asked added to it.
    pub fn request<'f>(&'f self, found: &'f Found) -> Result<Request<'f>, Fault> {
        let unreadable = |error: countersign::RequestError| Fault::new("not-recognised", &error.to_string());
        let request = match &found.thing {
            Thing::Request(request) => request.parse().map_err(unreadable)?,
            Thing::Url(url) => {
                let method = self.ask.method.as_deref().unwrap_or("GET");
                let request = Request::new(method, url).map_err(unreadable)?;
                // A URL says nothing of the body that goes with it.
                let bodiless = matches!(method, "GET" | "HEAD" | "DELETE" | "OPTIONS");
                if bodiless { request } else { request.with_body(Body::Unknown) }
            }
            Thing::Header(value) => Request::parse_head(NO_REQUEST).map_err(unreadable)?.header("Authorization", value),
            _ => return Err(Fault::new("no-signature", "there is an answer of a server in it, and no request")),
        };
        let Some(host) = &self.ask.host else { return Ok(request) };
        let fields: Vec<Header<'_>> = request.headers().filter(|field| !field.is("host")).copied().collect();
        let bare = request.with_headers(&[]).header("Host", host);
        Ok(fields.into_iter().fold(bare, |request, field| request.header(field.name, field.value)))
    }

    /// The headers of a call whose values are not told.
    pub fn unknown(&self) -> Vec<&str> {
        let notes = if self.all.len() == 1 { self.notes.as_slice() } else { &[] };
        notes.iter().filter_map(Note::unknown).collect()
    }

    /// What is known of the bucket beside the request.
    pub fn place(&self, found: &Found) -> Result<Place, Fault> {
        let named = self.ask.addressing.as_deref().and_then(addressing);
        let mut place = Place { bucket: self.ask.bucket.clone(), addressing: named };
        let (Thing::Request(_) | Thing::Url(_)) = &found.thing else { return Ok(place) };
        let request = self.request(found)?;
        if let Some(endpoint) = &self.ask.endpoint {
            let host = host_name(&String::from_utf8_lossy(&request.host().unwrap_or_default())).to_ascii_lowercase();
            let endpoint = host_name(endpoint).to_ascii_lowercase();
            let (bucket, addressing) = if host == endpoint {
                let segment = request.path().split(|byte| *byte == b'/').nth(1).unwrap_or_default();
                (String::from_utf8_lossy(segment).into_owned(), Addressing::Path)
            } else if let Some(bucket) = host.strip_suffix(&endpoint).and_then(|front| front.strip_suffix('.')) {
                (bucket.to_owned(), Addressing::VirtualHost)
            } else {
                (String::new(), Addressing::CustomDomain)
            };
            place.addressing = named.or(Some(addressing));
            place.bucket = place.bucket.or(Some(bucket).filter(|bucket| !bucket.is_empty()));
        }
        // A form says nothing of where it goes; the request it came in does.
        if place.bucket.is_none() && form_in_body(&request).is_some() {
            place.bucket = providers::bucket(&request, &Hints::NONE).map(|bucket| bucket.name.to_str().into_owned());
        }
        Ok(place)
    }

    /// What the request does not say.
    pub fn hints<'h>(&'h self, place: &'h Place) -> Hints<'h> {
        Hints {
            bucket: place.bucket.as_deref(),
            addressing: place.addressing,
            region: self.ask.region.as_deref(),
            endpoint: self.ask.endpoint.as_deref(),
            ..Hints::NONE
        }
    }

    /// The claim a subject carries.
    pub fn claim<'s>(&self, subject: &Subject<'s>, hints: &Hints<'s>) -> Result<Claim<'s>, Fault> {
        let claim = providers::read(subject, hints, self.ask.among()).map_err(VerifyError::from);
        claim.and_then(|claim| claim.ok_or(VerifyError::NoClaim)).map_err(|error| Fault::of(&error, self.ask))
    }
}

pub fn form(fields: &[(String, String)]) -> Form<'_> {
    fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value))
}

/// The form in the body of a request that carries its signature nowhere else.
fn form_in_body<'r>(request: &Request<'r>) -> Option<Form<'r>> {
    let media_type = request.header_value("content-type").unwrap_or_default();
    let is_form = request.method() == "POST" && media_type.to_ascii_lowercase().starts_with(b"multipart/form-data");
    if !is_form || !matches!(providers::read(&request.clone().into(), &Hints::NONE, Among::All), Ok(None)) {
        return None;
    }
    // By the rules of nobody: it is not known yet whose it is.
    let submission = Submission::parse(media_type, request.body().bytes()?, "", Dialect::Cos);
    let form = submission.ok()?.form();
    let host = request.header_value("host").and_then(|host| core::str::from_utf8(host).ok()).or_else(|| request.authority());
    Some(host.into_iter().fold(form, Form::sent_to))
}

/// A host name without transport, port and final slash.
fn host_name(text: &str) -> &str {
    let text = text.trim();
    let authority = match Url::parse(text.as_bytes()) {
        Ok(url) => url.authority,
        Err(_) => text.trim_end_matches('/'),
    };
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

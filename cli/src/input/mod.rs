//! Reads INPUT; what it holds, the capture crate recognises by its content.

mod multipart;
mod policy;
mod read;

pub use countersign_capture::{FormFault, token_lines, token_scheme};
pub use multipart::submission;
pub use read::{MAX_BODY, contents, file_error, from_bytes, read, start_of};

use crate::{args, trouble::Trouble};
use countersign::{
    Body, BodyDigest, Form, Request, Subject, Timestamp,
    explain::ClientTexts,
    wire::{
        header::Header,
        http,
        percent::{self, Kept},
        url::Transport,
    },
};
use countersign_capture::{Answer, Candidate, Capture, Found, Note, Thing};

pub use crate::trouble::Source;

/// What an input turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A raw HTTP request.
    Request,
    Url,
    /// The value of an `Authorization` header, alone.
    Header,
    /// A token that says all of itself.
    Token,
    /// Several tokens, one on each line.
    Tokens,
    /// The fields of a form.
    Form,
    /// A policy without the form or token it is for, in Base64 or not.
    Policy,
    /// A server's answer without its request.
    Answer,
}

/// Everything an input holds.
#[derive(Debug)]
pub struct Read {
    /// What can be judged: one, as a rule. Never none.
    pub inputs: Vec<Input>,
    /// Secrets that stand in a command line.
    pub secrets: Vec<Candidate>,
    pub notes: Vec<Note>,
}

/// One thing of an input, held as it was read; requests borrow from it.
#[derive(Debug)]
pub struct Input {
    pub kind: Kind,
    pub source: Source,
    /// The head of the request, the URL, the value, the token or the tokens.
    text: Vec<u8>,
    fields: Vec<(String, String)>,
    body: Held,
    /// What the server answered, if that stands beside it.
    pub answer: Option<Answer>,
    /// When it was sent by the clock of the client.
    pub sent: Option<Timestamp>,
    /// What the client printed of its own signing.
    pub client: Option<ClientTexts>,
    /// The path as it was written, where the client resolves its dots.
    pub given_path: Option<Vec<u8>>,
    /// Whether the body is a form with a file that was not read.
    is_without_file: bool,
    method: Option<String>,
    transport: Option<Transport>,
    headers: Vec<(String, String)>,
    host: Option<String>,
}

/// A body as far as it was kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Held {
    /// The message ends with its head.
    Unknown,
    Bytes(Vec<u8>),
    /// It was too long to keep.
    Digest(BodyDigest),
}

/// What a URL may hold, beside letters and digits.
static OF_URLS: Kept = Kept::alphanumeric_and(b"-._~:/?#[]@!$&'()*+,;=%");

/// Stands in for the request a lone header value was taken from.
const NO_REQUEST: &[u8] = b"GET / HTTP/1.1\n";

impl Read {
    /// What was captured. Tokens and nothing else are a list.
    fn new(capture: Capture, source: Source) -> Self {
        let Capture { found, secrets, notes } = capture;
        let lines: Option<Vec<&[u8]>> = found
            .iter()
            .map(|found| match &found.thing {
                Thing::Token(token) if found.answer.is_none() => Some(token.as_slice()),
                _ => None,
            })
            .collect();
        let inputs = match lines {
            Some(lines) => vec![tokens(&lines, source)],
            None => {
                let is_without_file = notes.iter().any(|note| matches!(note, Note::FileInForm { .. }));
                let input = |found| Input { is_without_file, ..Input::of(found, source.clone()) };
                found.into_iter().map(input).collect()
            }
        };
        Self { inputs, secrets, notes }
    }

    /// The one thing there is.
    pub fn only(self) -> Result<Input, Trouble> {
        let mut inputs = self.inputs.into_iter();
        match (inputs.next(), inputs.next()) {
            (Some(only), None) => Ok(only),
            (Some(first), Some(_)) => Err(Trouble::MoreThanOne(first.source)),
            (None, _) => Err(Trouble::Empty(Source::Argument)),
        }
    }
}

impl From<Input> for Read {
    fn from(input: Input) -> Self {
        Self { inputs: vec![input], secrets: Vec::new(), notes: Vec::new() }
    }
}

/// A token, or a list of them.
fn tokens(lines: &[&[u8]], source: Source) -> Input {
    let kind = if lines.len() == 1 { Kind::Token } else { Kind::Tokens };
    Input::new(kind, source, lines.join(&b'\n'))
}

impl Input {
    fn new(kind: Kind, source: Source, text: Vec<u8>) -> Self {
        Self {
            kind,
            source,
            text,
            fields: Vec::new(),
            body: Held::Unknown,
            answer: None,
            sent: None,
            client: None,
            given_path: None,
            is_without_file: false,
            method: None,
            transport: None,
            headers: Vec::new(),
            host: None,
        }
    }

    fn of(found: Found, source: Source) -> Self {
        let mut input = match found.thing {
            Thing::Request(request) => {
                let body = match request.body {
                    countersign_capture::Body::Unknown => Held::Unknown,
                    countersign_capture::Body::Bytes(bytes) => Held::Bytes(bytes),
                };
                Self { body, transport: request.transport, ..Self::new(Kind::Request, source, request.head) }
            }
            Thing::Url(url) => Self::new(Kind::Url, source, url),
            Thing::Header(value) => Self::new(Kind::Header, source, value),
            Thing::Token(token) => Self::new(Kind::Token, source, token),
            Thing::Form(fields) => Self { fields, ..Self::new(Kind::Form, source, Vec::new()) },
            _ => Self::new(Kind::Answer, source, Vec::new()),
        };
        (input.answer, input.sent, input.client) = (found.answer, found.sent, found.texts);
        input.given_path = found.given;
        input
    }

    /// Adds what the options say of the request.
    pub fn with(mut self, url: Option<&args::Url>, host: Option<&str>) -> Result<Self, Trouble> {
        if let Some(url) = url {
            if url.method.is_some() && self.kind != Kind::Url {
                return Err(Trouble::MethodTwice(self.source));
            }
            if url.transport.is_some() && self.kind != Kind::Request {
                return Err(Trouble::TransportTwice(self.source));
            }
            self.method.clone_from(&url.method);
            self.transport = url.transport.map(Into::into).or(self.transport);
            self.headers.clone_from(&url.header);
        }
        self.host = host.map(str::to_owned);
        Ok(self)
    }

    /// The text as a client sends it, if that is another one: in a URL, what none may hold is escaped. A push goes to
    /// its server as it is.
    pub fn as_sent(&self) -> Option<Vec<u8>> {
        if self.kind != Kind::Url || self.text.starts_with(b"rtmp") {
            return None;
        }
        // A host is no text to escape.
        let host = self.text.windows(3).position(|piece| piece == b"://").map_or(0, |at| at + 3);
        let end = self.text.iter().skip(host).position(|byte| b"/?#".contains(byte)).map_or(self.text.len(), |at| host + at);
        let (front, rest) = self.text.split_at(end);
        let text = [front, &percent::encoded(rest, &OF_URLS)].concat();
        (text != self.text).then_some(text)
    }

    /// The same with another text.
    pub fn with_text(self, text: Vec<u8>) -> Self {
        Self { text, ..self }
    }

    /// Whether nobody told its verb.
    pub fn is_of_any_verb(&self) -> bool {
        self.kind == Kind::Url && self.method.is_none()
    }

    /// What the signature is about.
    pub fn subject(&self) -> Result<Subject<'_>, Trouble> {
        match self.kind {
            Kind::Token => Ok(Subject::Token(&self.text)),
            Kind::Tokens => Err(Trouble::MoreThanOne(self.source.clone())),
            Kind::Answer => Err(Trouble::AnswerAlone(self.source.clone())),
            Kind::Form => Ok(self.form().into()),
            Kind::Policy => Err(Trouble::PolicyAlone(self.source.clone())),
            _ => {
                let request = self.request()?;
                Ok(match self.form_in_body(&request)? {
                    Some(form) => form.into(),
                    None => request.into(),
                })
            }
        }
    }

    /// The request, with what the options add to it.
    pub fn request(&self) -> Result<Request<'_>, Trouble> {
        let http = |error| request_error(self.source.clone(), error);
        let mut request = match self.kind {
            Kind::Request => Request::parse_head(&self.text).map_err(http)?.with_body(self.body()),
            Kind::Url => {
                let method = self.method.as_deref().unwrap_or("GET");
                let request = Request::new(method, &self.text).map_err(http)?;
                // A URL says nothing of the body that goes with it.
                let bodiless = matches!(method, "GET" | "HEAD" | "DELETE" | "OPTIONS");
                if bodiless { request } else { request.with_body(Body::Unknown) }
            }
            Kind::Tokens | Kind::Form | Kind::Policy | Kind::Answer => return Err(Trouble::NoRequest(self.source.clone())),
            Kind::Header | Kind::Token => Request::parse_head(NO_REQUEST).map_err(http)?.header("Authorization", &self.text),
        };
        if let Some(transport) = self.transport {
            request = request.with_transport(transport);
        }
        if let Some(host) = &self.host {
            let fields: Vec<Header<'_>> = request.headers().filter(|field| !field.is("host")).copied().collect();
            let bare = request.with_headers(&[]).header("Host", host);
            request = fields.into_iter().fold(bare, |request, field| request.header(field.name, field.value));
        }
        Ok(self.headers.iter().fold(request, |request, (name, value)| request.header(name, value)))
    }

    /// The form, for the schemes that sign one.
    pub fn form(&self) -> Form<'_> {
        self.fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value))
    }

    /// The JSON of a policy, if it stands in Base64.
    pub fn policy(&self) -> Option<String> {
        policy::decoded(&self.text)
    }

    /// The fields of the form in order.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The text as it was read: of a raw request the head, with its last line end.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The body as it was read.
    pub fn held(&self) -> &Held {
        &self.body
    }

    fn body(&self) -> Body<'_> {
        match &self.body {
            Held::Unknown => Body::Unknown,
            Held::Bytes(bytes) => Body::Bytes(bytes),
            Held::Digest(digest) => Body::Digest(*digest),
        }
    }
}

fn request_error(source: Source, error: countersign::RequestError) -> Trouble {
    match error {
        countersign::RequestError::Url(error) => Trouble::Url(source, error),
        countersign::RequestError::Http(error) => Trouble::Http(source, error),
        // The enum may grow; what is neither of these is at least not HTTP.
        _ => Trouble::Http(source, http::HttpError::RequestLine),
    }
}

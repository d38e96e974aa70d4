//! Brings together what belongs together: a request with its answer, and the same request shown twice.

use crate::{
    Answer, Capture, Found, Note, Origin, Thing, claim, http, own,
    request::{Body, Request, split_url},
    walk::{Out, Piece},
};
use countersign::{Form, Request as Parsed, Subject, explain::ClientTexts};

/// Makes a capture of the pieces; an empty one when there are none.
pub(crate) fn capture(out: Out) -> Capture {
    let mut found: Vec<Found> = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    let mut texts = ClientTexts::default();
    let mut early = None;
    for piece in out.pieces {
        match piece {
            Piece::Thing { thing, origin, sent } => {
                let mark = Mark::of(&thing);
                let known = marks.iter().position(|own| own.is_same(&mark));
                match known.and_then(|at| found.get_mut(at).zip(marks.get_mut(at))) {
                    Some((known, own)) => {
                        merge(known, thing, origin);
                        *own = Mark::of(&known.thing);
                    }
                    None => {
                        found.push(Found { thing, origin, answer: None, sent, texts: None, given: None });
                        marks.push(mark);
                    }
                }
                if let Some(own) = found.last_mut().filter(|_| !is_empty(&texts)) {
                    own.texts = Some(std::mem::take(&mut texts));
                }
            }
            Piece::Answer(answer) => match found.last_mut() {
                Some(own) => join(&mut own.answer, answer),
                None => join(&mut early, answer),
            },
            Piece::Text(own::Kind::Canonical, text) => texts.canonical_request = Some(text),
            Piece::Text(own::Kind::ToSign, text) => texts.string_to_sign = Some(text),
        }
    }
    if let Some(last) = found.last_mut().filter(|last| last.texts.is_none() && !is_empty(&texts)) {
        last.texts = Some(texts);
    }
    for found in &mut found {
        let Thing::Request(request) = &found.thing else { continue };
        let Some(line) = http::request_line(http::line(&request.head).0) else { continue };
        let path = line.target.split(|byte| *byte == b'?').next().unwrap_or_default();
        found.given = out.resolved.iter().find(|(sent, _)| sent == path).map(|(_, given)| given.clone());
    }
    let mut capture = Capture { found, secrets: out.secrets, notes: out.notes };
    tidy(&mut capture);
    let is_alone = |own: &Found| matches!(&own.thing, Thing::Url(url) if own.origin == Origin::Text && out.alone.contains(url));
    // What is read of the code tells why there is no request.
    let is_told = capture.notes.iter().any(|note| matches!(note, Note::Expression(_)));
    if !is_told && capture.found.iter().any(is_alone) {
        capture.notes.push(Note::UrlAlone);
    }
    match (capture.found.first_mut(), early) {
        (Some(first), Some(early)) if first.answer.is_none() => first.answer = Some(early),
        (None, Some(early)) if !early.bytes.is_empty() => {
            capture.found.push(Found {
                thing: Thing::Missing,
                origin: Origin::Text,
                answer: Some(early),
                sent: None,
                texts: None,
                given: None,
            });
        }
        _ => {}
    }
    if let Some(url) = out.url.filter(|_| capture.found.is_empty()) {
        capture.found.push(Found {
            thing: Thing::Url(url),
            origin: Origin::Text,
            answer: None,
            sent: None,
            texts: None,
            given: None,
        });
    }
    if capture.found.iter().any(|own| own.texts.is_some()) {
        capture.notes.push(Note::ClientText);
    }
    capture
}

fn is_empty(texts: &ClientTexts) -> bool {
    texts.canonical_request.is_none() && texts.string_to_sign.is_none()
}

/// Leaves out what carries no signature where something else does, and what only repeats a part of a request.
pub(crate) fn tidy(capture: &mut Capture) {
    let found = &mut capture.found;
    let requests: Vec<Vec<u8>> = found
        .iter()
        .filter_map(|own| match &own.thing {
            Thing::Request(request) => Some(request.to_bytes()),
            _ => None,
        })
        .collect();
    let holds = |part: &[u8]| requests.iter().any(|request| http::find(request, part).is_some());
    found.retain(|own| !matches!(&own.thing, Thing::Header(value) | Thing::Token(value) if holds(value)));
    let all = found.len();
    if all > 1 && found.iter().any(|own| !is_preflight(&own.thing)) {
        found.retain(|own| !is_preflight(&own.thing));
        capture.notes.extend((found.len() < all).then_some(Note::Preflights(all - found.len())));
    }
    let signed: Vec<bool> = found.iter().map(|own| is_signed(&own.thing)).collect();
    let without = signed.iter().filter(|signed| !**signed).count();
    if without > 0 && without < signed.len() {
        let mut signed = signed.into_iter();
        found.retain(|_| signed.next().unwrap_or_default());
        capture.notes.push(Note::Unsigned(without));
    }
    // A body that one log lacks may stand in another, or in the command.
    if !found.iter().any(|own| matches!(&own.thing, Thing::Request(request) if request.body == Body::Unknown)) {
        capture.notes.retain(|note| !matches!(note, Note::BodyMissing(_)));
    }
}

/// Whether a thing carries a signature, sound or damaged.
pub(crate) fn is_signed(thing: &Thing) -> bool {
    match thing {
        // A head that cannot be parsed is a fault to be told.
        Thing::Request(request) => {
            is_signed_upload(request) || request.parse().map_or(true, |request| claim::is_claim(&request.into()))
        }
        Thing::Url(url) => claim::is_signed_url(url),
        Thing::Form(fields) => is_signed_form(fields),
        Thing::Header(_) | Thing::Token(_) => true,
        Thing::Missing => false,
    }
}

/// Whether a request sends a form that carries a policy or a token.
fn is_signed_upload(request: &Request) -> bool {
    const FIELDS: [&str; 4] = ["name=\"policy\"", "name=\"Policy\"", "name=\"token\"", "name=\"Signature\""];
    let is_form = request.header("content-type").is_some_and(|value| http::starts_with(value, "multipart/form-data"));
    match &request.body {
        Body::Bytes(body) if is_form => FIELDS.iter().any(|field| http::find(body, field.as_bytes()).is_some()),
        _ => false,
    }
}

pub(crate) fn is_signed_form(fields: &[(String, String)]) -> bool {
    let form = fields.iter().fold(Form::new(), |form, (name, value)| form.field(name, value));
    claim::is_claim(&Subject::from(form))
}

/// Whether a browser asks with it whether it may send another request.
fn is_preflight(thing: &Thing) -> bool {
    matches!(thing, Thing::Request(request)
        if request.head.starts_with(b"OPTIONS ") && request.header("access-control-request-method").is_some())
}

/// What tells things apart. Two requests to different hosts may carry one signature: then they were mixed up.
enum Mark {
    /// Verb, the signature in the header, and the place.
    Request(String, Option<Vec<u8>>, Place),
    Url(Place),
    /// All of it.
    Other(Thing),
}

/// The host, if it is shown, and path with query.
struct Place {
    host: Option<Vec<u8>>,
    target: Vec<u8>,
}

impl Place {
    /// Whether both may be the same: where one shows no host, the rest decides.
    fn fits(&self, other: &Self) -> bool {
        let hosts = self.host.as_ref().zip(other.host.as_ref());
        self.target == other.target && hosts.is_none_or(|(a, b)| a.eq_ignore_ascii_case(b))
    }
}

impl Mark {
    fn of(thing: &Thing) -> Self {
        match thing {
            Thing::Request(request) => match request.parse() {
                Ok(request) => {
                    let authorization = request.header_value("authorization").map(<[u8]>::to_vec);
                    Self::Request(request.method().to_owned(), authorization, place(&request))
                }
                Err(_) => Self::Other(thing.clone()),
            },
            Thing::Url(url) => match split_url(url) {
                Some((target, host, _)) => Self::Url(Place { host: Some(host.into_bytes()), target }),
                None => Self::Other(thing.clone()),
            },
            other => Self::Other(other.clone()),
        }
    }

    /// Whether both are of one request, one of which may show its URL alone.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Request(_, _, a), Self::Url(b)) | (Self::Url(a), Self::Request(_, _, b)) | (Self::Url(a), Self::Url(b)) => {
                a.fits(b)
            }
            (Self::Request(a_verb, a_signature, a), Self::Request(b_verb, b_signature, b)) => {
                a_verb == b_verb && a_signature == b_signature && a.fits(b)
            }
            (Self::Other(a), Self::Other(b)) => a == b,
            _ => false,
        }
    }
}

fn place(request: &Parsed<'_>) -> Place {
    let mut target = if request.path().is_empty() { b"/".to_vec() } else { request.path().to_vec() };
    if let Some(query) = request.query() {
        target.push(b'?');
        target.extend_from_slice(query);
    }
    Place { host: request.host().map(|host| host.into_owned()), target }
}

/// Takes from the second showing of a request what it shows better.
fn merge(known: &mut Found, new: Thing, origin: Origin) {
    match (&mut known.thing, new) {
        (Thing::Request(a), Thing::Request(b)) => {
            let is_command = matches!(known.origin, Origin::Curl | Origin::Code);
            let Request { head, body, transport } = b;
            // What was sent counts, not what was to be sent; what the client itself says of the body is known best.
            let fits = http::content_length(&head)
                .is_none_or(|length| matches!(&a.body, Body::Bytes(own) if own.len() as u64 == length));
            if is_command || fields(&head) > fields(&a.head) {
                a.head = head;
                known.origin = origin;
            }
            if a.body == Body::Unknown || !fits {
                a.body = body;
            }
            a.transport = a.transport.or(transport);
        }
        (thing @ Thing::Url(_), request @ Thing::Request(_)) => {
            *thing = request;
            known.origin = origin;
        }
        // A call that says nothing but the URL is known all the same.
        (Thing::Url(_), Thing::Url(_)) if origin == Origin::Code => known.origin = origin,
        _ => {}
    }
}

fn fields(head: &[u8]) -> usize {
    http::lines(head).count()
}

/// Adds an answer to another: its body to a head, a refusal in place of what is none.
fn join(known: &mut Option<Answer>, new: Answer) {
    let Some(own) = known else {
        *known = Some(new);
        return;
    };
    let date = own.date.or(new.date);
    let has_body = |answer: &Answer| {
        let head = http::status_line(http::line(&answer.bytes).0).is_some();
        let (_, body) = countersign::wire::http::split_head(&answer.bytes);
        if head { body.is_some_and(|body| !body.trim_ascii().is_empty()) } else { !answer.bytes.is_empty() }
    };
    let has_head = http::status_line(http::line(&new.bytes).0).is_some();
    if own.bytes.is_empty() {
        own.bytes = new.bytes;
    } else if !has_body(own) && has_body(&new) {
        own.bytes = if has_head { new.bytes } else { [own.bytes.trim_ascii_end(), b"\r\n\r\n", &new.bytes].concat() };
    } else if !own.is_refusal() && new.is_refusal() {
        own.bytes = new.bytes;
    }
    own.date = date;
}

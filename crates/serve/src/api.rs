//! The requests. Their contract is in the documentation of this crate.

use crate::{
    error::{Code, Refused, Said},
    fault::PolicyFault,
    key::Filling,
    pages,
    service::{Event, PARTS_AT_ONCE, Service},
    storage::{Answers, Grant, SignedRequest, Step, UploadForm},
    ticket::{Ticket, TicketFault},
};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Request, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};
use tower_http::{
    cors::{AllowOrigin, CorsLayer},
    timeout::TimeoutLayer,
};
use uuid::Uuid;

/// Bytes of a request's body at most.
const MAX_BODY: usize = 16 << 10;
/// How long a request may take to arrive and be answered.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a file's name at most; no system has longer ones.
const MAX_NAME: usize = 1024;

type Shared = Arc<Service>;

pub fn router(service: Shared) -> Router {
    let origins: Vec<_> = service.policy.origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(600));
    Router::new()
        .route("/limits", get(limits))
        .route("/token", post(token))
        .route("/multipart/parts", post(multipart_parts))
        .route("/multipart/control", post(multipart_control))
        .merge(pages::router(&service))
        .fallback(|| async { Refused::from(Code::NotFound) })
        .method_not_allowed_fallback(|| async { Refused::from(Code::MethodNotAllowed) })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(cors)
        .layer(middleware::from_fn_with_state(service.clone(), check_origin))
        .layer(middleware::map_response(late))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(middleware::from_fn_with_state(service.clone(), tell))
        .with_state(service)
}

/// Who asks and what is issued, for the log.
#[derive(Clone, Default)]
struct Trace {
    user: Arc<OnceLock<String>>,
    key: Arc<OnceLock<String>>,
}

/// Tells the operator what was answered.
async fn tell(State(service): State<Shared>, mut request: Request, next: Next) -> Response {
    let (method, path, start) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let trace = Trace::default();
    request.extensions_mut().insert(trace.clone());
    let response = next.run(request).await;
    service.tell(&Event {
        method: method.as_str(),
        path: &path,
        status: response.status().as_u16(),
        code: response.extensions().get::<Said>().map(|said| said.0.as_str()),
        user: trace.user.get().map(String::as_str),
        key: trace.key.get().map(String::as_str),
        elapsed: start.elapsed(),
    });
    response
}

/// Says why nothing came of a request that took too long.
async fn late(response: Response) -> Response {
    match response.status() {
        StatusCode::REQUEST_TIMEOUT => Refused::from(Code::TooSlow).into_response(),
        _ => response,
    }
}

/// Turns away pages of other sites than those allowed, and says so: a browser would only hide the answer from them.
async fn check_origin(State(service): State<Shared>, request: Request, next: Next) -> Response {
    if is_allowed(request.headers(), &service.policy.origins) {
        next.run(request).await
    } else {
        Refused::from(Code::OriginNotAllowed).into_response()
    }
}

/// Whether a request comes from no page, from a page of this service, or from one of an allowed site.
fn is_allowed(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let own = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    // The scheme is not compared: a proxy that speaks TLS may stand between.
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == own || allowed.iter().any(|allowed| allowed == origin)
}

/// Whoever asks, known by the token.
struct Caller {
    user: String,
    trace: Trace,
}

impl Caller {
    /// Notes for the log that a request for this key is answered.
    fn asks_for(&self, key: &str) {
        self.trace.key.get_or_init(|| key.to_owned());
    }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Refused> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| value.split_once(' ')).filter(|(word, _)| word.eq_ignore_ascii_case("bearer"));
        let token = token.map(|(_, token)| token.trim()).filter(|token| !token.is_empty()).ok_or(Code::BearerMissing)?;
        match service.admit(token) {
            Ok(Some(user)) => {
                let trace = parts.extensions.get::<Trace>().cloned().unwrap_or_default();
                trace.user.get_or_init(|| user.clone());
                Ok(Self { user, trace })
            }
            Ok(None) => Err(Code::BearerUnknown.into()),
            Err(seconds) => Err(Refused::for_seconds(Code::TooFast, seconds)),
        }
    }
}

/// The body of a request, strictly as it is documented.
struct Asked<T>(T);

impl<T: DeserializeOwned> FromRequest<Shared> for Asked<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, service: &Shared) -> Result<Self, Refused> {
        match Json::<T>::from_request(request, service).await {
            Ok(Json(asked)) => Ok(Self(asked)),
            Err(JsonRejection::BytesRejection(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Code::BodyTooLarge.into())
            }
            Err(rejection) => Err(Refused::saying(Code::BodyNotUnderstood, fault_of_body(&rejection))),
        }
    }
}

/// Why a body cannot be read, without the names of our types.
fn fault_of_body(rejection: &JsonRejection) -> String {
    let whole = rejection.body_text();
    match rejection {
        JsonRejection::MissingJsonContentType(_) => "expected the content type `application/json`".to_owned(),
        JsonRejection::JsonSyntaxError(_) => "expected JSON".to_owned(),
        JsonRejection::JsonDataError(_) => match whole.split_once("target type: ") {
            Some((_, fault)) if !fault.contains("struct ") => fault.to_owned(),
            _ => "expected a JSON object".to_owned(),
        },
        _ => whole,
    }
}

/// An answer that nobody keeps.
struct Given<T>(T);

impl<T: Serialize> IntoResponse for Given<T> {
    fn into_response(self) -> Response {
        ([(header::CACHE_CONTROL, "no-store")], Json(self.0)).into_response()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    user: String,
    provider: &'static str,
    types: Vec<String>,
    max_size: u64,
    parts_from: Option<u64>,
}

async fn limits(State(service): State<Shared>, caller: Caller) -> Given<Limits> {
    let policy = &service.policy;
    Given(Limits {
        user: caller.user,
        provider: policy.provider(),
        types: policy.types.list().to_vec(),
        max_size: policy.max_size,
        parts_from: policy.parts.map(|parts| parts.from),
    })
}

/// A file somebody wants to upload.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    size: u64,
    #[serde(rename = "type")]
    content_type: String,
}

/// How a file is to be uploaded.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Upload {
    key: String,
    expires_at: String,
    #[serde(flatten)]
    way: Way,
}

#[derive(Serialize)]
#[serde(tag = "way", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Way {
    Form { form: UploadForm },
    Parts { ticket: String, part_size: u64, parts: u64, answers: Answers, create: SignedRequest },
}

async fn token(State(service): State<Shared>, caller: Caller, Asked(file): Asked<File>) -> Result<Given<Upload>, Refused> {
    let policy = &service.policy;
    if file.name.len() > MAX_NAME {
        return Err(Code::BodyNotUnderstood.into());
    }
    if !policy.types.allow(&file.content_type) {
        return Err(Code::TypeNotAllowed.into());
    }
    if file.size > policy.max_size {
        return Err(Refused::saying(Code::SizeNotAllowed, format!("expected {} bytes at most", policy.max_size)));
    }
    let signing = service.signing();
    let time = signing.at.to_string();
    let date = time.split('T').next().unwrap_or_default();
    let key = policy.key.fill(&Filling { user: &caller.user, date, uuid: Uuid::new_v4(), name: &file.name });
    let grant = Grant { key: &key, size: file.size, content_type: &file.content_type };
    let way = match (policy.part_size(file.size), policy.parts) {
        (Some(part_size), Some(parts)) => {
            let ends = signing.at.plus(i64::try_from(parts.life).unwrap_or(i64::MAX)).unix();
            let content_type = file.content_type.clone();
            let ticket = Ticket { user: caller.user.clone(), key: key.clone(), size: file.size, part_size, content_type, ends };
            Way::Parts {
                part_size,
                parts: ticket.parts(),
                answers: policy.storage.answers(),
                create: policy.storage.step(&grant, Step::Create, &signing).map_err(internal)?,
                ticket: service.seal(&ticket),
            }
        }
        _ => Way::Form { form: policy.storage.form(&grant, &signing).map_err(internal)? },
    };
    caller.asks_for(&key);
    Ok(Given(Upload { key, expires_at: signing.ends().to_string(), way }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct AskedParts {
    ticket: String,
    upload_id: String,
    part_numbers: Vec<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartRequest {
    part_number: u64,
    size: u64,
    request: SignedRequest,
}

#[derive(Serialize)]
struct PartRequests {
    parts: Vec<PartRequest>,
}

async fn multipart_parts(
    State(service): State<Shared>,
    caller: Caller,
    Asked(asked): Asked<AskedParts>,
) -> Result<Given<PartRequests>, Refused> {
    let ticket = opened(&service, &asked.ticket, &caller)?;
    let upload_id = checked_id(&asked.upload_id)?;
    if asked.part_numbers.len() > PARTS_AT_ONCE {
        return Err(Code::PartsNotThere.into());
    }
    let (grant, signing) = (ticket.grant(), service.signing());
    let part = |number: &u64| {
        let size = ticket.size_of(*number).ok_or(Code::PartsNotThere)?;
        let step = Step::Part { upload_id, number: *number, size };
        let request = service.policy.storage.step(&grant, step, &signing).map_err(internal)?;
        Ok::<_, Refused>(PartRequest { part_number: *number, size, request })
    };
    let parts = asked.part_numbers.iter().map(part).collect::<Result<_, _>>()?;
    Ok(Given(PartRequests { parts }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct AskedControl {
    ticket: String,
    upload_id: String,
}

#[derive(Serialize)]
struct Control {
    list: SignedRequest,
    complete: SignedRequest,
    abort: SignedRequest,
}

async fn multipart_control(
    State(service): State<Shared>,
    caller: Caller,
    Asked(asked): Asked<AskedControl>,
) -> Result<Given<Control>, Refused> {
    let ticket = opened(&service, &asked.ticket, &caller)?;
    let upload_id = checked_id(&asked.upload_id)?;
    let (grant, signing) = (ticket.grant(), service.signing());
    let step = |step| service.policy.storage.step(&grant, step, &signing).map_err(internal);
    Ok(Given(Control {
        list: step(Step::List { upload_id })?,
        complete: step(Step::Complete { upload_id })?,
        abort: step(Step::Abort { upload_id })?,
    }))
}

fn opened(service: &Service, text: &str, caller: &Caller) -> Result<Ticket, Refused> {
    let ticket = service.open(text, &caller.user).map_err(|fault| match fault {
        TicketFault::Unknown => Code::TicketUnknown,
        TicketFault::Expired => Code::TicketExpired,
        TicketFault::NotYours => Code::TicketNotYours,
    })?;
    caller.asks_for(&ticket.key);
    Ok(ticket)
}

/// An upload id as vendors make them. It becomes a segment of a path, and must not become more.
fn checked_id(text: &str) -> Result<&str, Code> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'.' | b'=' | b'+');
    let is_id = (1..=1024).contains(&text.len()) && text.bytes().all(is_plain) && !text.bytes().all(|byte| byte == b'.');
    if is_id { Ok(text) } else { Err(Code::UploadIdNotUnderstood) }
}

/// Nothing of this kind is left once the policy was read.
fn internal(_: PolicyFault) -> Refused {
    Code::Internal.into()
}

//! What callers are told when they are refused.

use axum::{
    Json,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Why a request is refused. The text of a code is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Code {
    /// There is no `Authorization: Bearer TOKEN`.
    BearerMissing,
    /// The token belongs to nobody.
    BearerUnknown,
    /// The page that asks is of a site that is not listed.
    OriginNotAllowed,
    /// More requests than are allowed in a minute.
    TooFast,
    /// The body is not JSON, or not what this request takes.
    BodyNotUnderstood,
    /// The body is longer than any request needs.
    BodyTooLarge,
    /// This type may not be uploaded.
    TypeNotAllowed,
    /// A file of this size may not be uploaded.
    SizeNotAllowed,
    /// The ticket was not issued here, or was changed.
    TicketUnknown,
    /// The upload can no longer be resumed.
    TicketExpired,
    /// The ticket was issued to another user.
    TicketNotYours,
    /// The upload id is none.
    UploadIdNotUnderstood,
    /// There is no such part, or too many are asked for.
    PartsNotThere,
    /// There is nothing at this address.
    NotFound,
    /// The address takes other methods.
    MethodNotAllowed,
    /// The request took too long to arrive.
    TooSlow,
    /// A fault of this service.
    Internal,
}

impl Code {
    /// The code as it is written in answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.facts().0
    }

    /// The code as text, the status it comes with, and a sentence.
    const fn facts(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::BearerMissing => {
                ("bearer_missing", StatusCode::UNAUTHORIZED, "the request names nobody; send `Authorization: Bearer TOKEN`")
            }
            Self::BearerUnknown => ("bearer_unknown", StatusCode::UNAUTHORIZED, "the access token is not known here"),
            Self::OriginNotAllowed => (
                "origin_not_allowed",
                StatusCode::FORBIDDEN,
                "pages of this site may not ask here; its origin is not in `access.origins`",
            ),
            Self::TooFast => ("too_fast", StatusCode::TOO_MANY_REQUESTS, "too many requests; wait and try again"),
            Self::BodyNotUnderstood => {
                ("body_not_understood", StatusCode::BAD_REQUEST, "the body is not what this request takes")
            }
            Self::BodyTooLarge => ("body_too_large", StatusCode::PAYLOAD_TOO_LARGE, "the body is longer than any request needs"),
            Self::TypeNotAllowed => {
                ("type_not_allowed", StatusCode::UNSUPPORTED_MEDIA_TYPE, "files of this type may not be uploaded")
            }
            Self::SizeNotAllowed => ("size_not_allowed", StatusCode::PAYLOAD_TOO_LARGE, "files of this size may not be uploaded"),
            Self::TicketUnknown => {
                ("ticket_unknown", StatusCode::BAD_REQUEST, "the ticket was not issued here; begin the upload again")
            }
            Self::TicketExpired => ("ticket_expired", StatusCode::GONE, "the upload can no longer be resumed; begin it again"),
            Self::TicketNotYours => ("ticket_not_yours", StatusCode::FORBIDDEN, "the upload belongs to somebody else"),
            Self::UploadIdNotUnderstood => {
                ("upload_id_not_understood", StatusCode::BAD_REQUEST, "the upload id is none; expected the one the storage gave")
            }
            Self::PartsNotThere => {
                ("parts_not_there", StatusCode::BAD_REQUEST, "there are no such parts, or too many are asked for at once")
            }
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND, "there is nothing at this address"),
            Self::MethodNotAllowed => ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED, "this address takes other methods"),
            Self::TooSlow => ("too_slow", StatusCode::REQUEST_TIMEOUT, "the request took too long to arrive"),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "a fault of this service"),
        }
    }
}

/// A refusal.
#[derive(Debug)]
pub struct Refused {
    code: Code,
    /// What is said beyond the message of the code.
    detail: Option<String>,
    retry_after: Option<u64>,
}

#[derive(Serialize)]
struct Body {
    code: &'static str,
    message: String,
    #[serde(rename = "retryAfter", skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
}

/// The code of an answer, for the log.
#[derive(Clone, Copy)]
pub struct Said(pub Code);

impl From<Code> for Refused {
    fn from(code: Code) -> Self {
        Self { code, detail: None, retry_after: None }
    }
}

impl Refused {
    pub fn saying(code: Code, detail: String) -> Self {
        Self { detail: Some(detail), ..Self::from(code) }
    }

    pub fn for_seconds(code: Code, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..Self::from(code) }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (code, status, sentence) = self.code.facts();
        let message = match self.detail {
            Some(detail) => format!("{sentence}: {detail}"),
            None => sentence.to_owned(),
        };
        let mut response = (status, Json(Body { code, message, retry_after: self.retry_after })).into_response();
        response.extensions_mut().insert(Said(self.code));
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        headers.insert(HeaderName::from_static("cache-control"), HeaderValue::from_static("no-store"));
        response
    }
}

//! A service that issues what a browser needs to upload to object storage without holding a secret: complete forms,
//! upload tokens, and presigned requests for uploads in parts. It serves the upload page and the playground, too.
//!
//! What may be uploaded, by whom and where to stands in a small file, read by [`UploadPolicy::parse`]; the secret comes
//! beside it. The service holds no state: whatever it must remember of an upload in parts travels in a sealed ticket.
//!
//! # The requests
//!
//! Bodies and answers are JSON. Every request but those for pages carries `Authorization: Bearer TOKEN`; the file lists
//! the SHA-256 of the tokens of each user. Times are RFC 3339.
//!
//! **`GET /limits`** says what the caller may upload: `user`, `provider`, `types`, `maxSize`, `partsFrom` (the size from which files go
//! in parts, or `null`).
//!
//! **`POST /token`** with `{"name": "cat.jpg", "size": 48213, "type": "image/jpeg"}` issues one upload. The key is the
//! service's choice, from the template in the file; a caller cannot name one. The answer has `key`, `expiresAt`, and
//!
//! - for a file in one piece `"way": "form"` and `form`, the `UploadForm` of the npm package: `method`, `url`, `fields` (pairs, in the order
//!   to send them), `fileField`, the name of the last field, which holds the file, and `limits`;
//! - for a file in parts `"way": "parts"`, `ticket`, `partSize`, `parts` (how many), `answers` (`xml`, or `json` for Kodo)
//!   and `create`, the request that begins the upload.
//!
//! A request to send is the `SignedRequest` of the npm package: `method`, `url` and `headers` to send as they are.
//!
//! **`POST /multipart/parts`** with `{"ticket": ..., "uploadId": ..., "partNumbers": [1, 2]}` gives `parts`, each with
//! `partNumber`, `request` and the `size` the part must have. Where the scheme can sign `Content-Length` (S3, OSS, COS) the storage
//! refuses any other size. At most [`PARTS_AT_ONCE`] are given at once.
//!
//! **`POST /multipart/control`** with `{"ticket": ..., "uploadId": ...}` gives the requests `list`, `complete` and `abort`.
//!
//! Errors are `{"code": ..., "message": ...}`, of [`Code`]; `too_fast` has `retryAfter` in seconds.
//!
//! # What keeps users apart
//!
//! The template of keys must hold `{user}` as a segment of its own, ids of users are letters, digits, `-` and `_`, names of
//! files are reduced to letters, digits and a few signs after Unicode normalisation, and nothing that was filled in is
//! looked at again. Conditions of a form are exact: this key, this type, this size.
//!
//! ```
//! use countersign::{Credentials, SecretKey};
//! use countersign_serve::{Service, TicketKey, UploadPolicy};
//!
//! let policy = UploadPolicy::parse(r#"
//!     [storage]
//!     provider = "oss"
//!     bucket = "photos"
//!     region = "cn-hangzhou"
//!
//!     [upload]
//!     key = "user/{user}/{date}/{uuid}{ext}"
//!     types = ["image/*"]
//!     max_size = "10MiB"
//!     life = "15m"
//!
//!     [users]
//!     alice = "sha256:8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92"
//! "#)?;
//! let who = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretOnlyForThisExample"));
//! let router = Service::new(policy, who, TicketKey::random()?).router();
//! # let _ = router;
//!
//! let refused = UploadPolicy::parse("[storage]\nprovider = \"floppy\"").unwrap_err();
//! assert!(refused.to_string().contains("bucket"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may stop at a fault"))]

mod api;
mod error;
mod fault;
mod file;
mod key;
mod misread;
mod pages;
mod policy;
mod server;
mod service;
mod storage;
mod ticket;
mod users;

/// What answers requests.
pub use axum::Router;
pub use error::Code;
pub use fault::{ListenFault, PolicyFault};
pub use misread::{Kind, Misread};
pub use pages::playground;
pub use policy::UploadPolicy;
pub use server::{check_address, run};
pub use service::{Event, PARTS_AT_ONCE, Service};
pub use ticket::TicketKey;
pub use users::{FreshToken, MIN_TOKEN};

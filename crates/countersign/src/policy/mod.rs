//! POST policies: what a browser may upload without holding a key.
//!
//! A server signs a policy, a page sends it along with the form, and the vendor's server compares the two.
//! Here a policy is read ([`Policy::parse`]), held against a form as the vendor's server does it
//! ([`evaluate`]), looked through for what will hurt later ([`lint`]) and built ([`PolicyBuilder`]). A
//! captured form is read with [`Submission::parse`].
//!
//! ```
//! use countersign::{Timestamp, policy::{Dialect, FilePart, Policy, Submission, evaluate}};
//!
//! let policy = br#"{"expiration": "2026-03-14T16:00:00.000Z",
//!     "conditions": [{"bucket": "photos"}, ["starts-with", "$key", "user/eric/"]]}"#;
//! let policy = Policy::parse(policy, Dialect::Oss)?;
//! let now = Timestamp::from_unix(1_773_500_966);
//!
//! let form = |key| Submission::to("photos").field("key", key).file(FilePart::new(1024).named("cat.jpg"));
//! assert!(evaluate(&policy, &form("user/eric/cat.jpg"), now).is_ok());
//!
//! let refusal = evaluate(&policy, &form("user/anna/cat.jpg"), now).unwrap_err();
//! assert_eq!((refusal.answer.status, refusal.answer.code), (Some(403), Some("AccessDenied")));
//! assert_eq!(
//!     refusal.answer.message.as_deref(),
//!     Some(r#"Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/eric/"]"#),
//! );
//! # Ok::<(), countersign::policy::PolicyFault>(())
//! ```

mod build;
mod condition;
mod dialect;
mod evaluate;
mod fault;
mod fields;
mod lint;
mod multipart;
mod parse;
mod refusal;
mod sentences;
mod submission;
mod text;

pub use build::{BuildError, PolicyBuilder};
pub use condition::{Condition, FieldName, Test};
pub use dialect::Dialect;
pub use evaluate::{Judgement, Signed, evaluate, judge};
pub use fault::{FaultKind, PolicyFault};
pub use fields::{FieldNeeded, form_fields};
pub(crate) use lint::DAY;
pub use lint::{Lint, lint};
pub use multipart::MAX_PARTS;
pub use parse::{Expiration, Policy, Zone};
pub use refusal::{Reason, Refusal};
pub use submission::Submission;

pub use crate::subject::FilePart;
pub use text::{Expected, MAX_DEPTH, MAX_SIZE};

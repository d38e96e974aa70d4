//! Other signers, each used as its documentation shows, with all that can be kept between calls kept.
//!
//! Everything here gives a closure that signs or verifies once. `tests/agreement.rs` shows that they come to the same
//! signatures as Countersign does, so that nobody is timed for a wrong answer.

mod aws;
mod cos;
mod qiniu;
mod reqsign;
mod s3s;

pub use aws::{Place, aws_sign_v4, aws_sigv4, object_store, rusty_s3};
pub use cos::qcos;
pub use qiniu::{qiniu_built, qiniu_decoded, qiniu_many, qiniu_private_url, qiniu_ready};
pub use reqsign::{reqsign_cos, reqsign_oss_v1, reqsign_oss_v4, reqsign_s3_v4};
pub use s3s::{s3s_policy, s3s_verify};

use std::time::Duration;

/// How long URLs live.
pub const LIFE: Duration = Duration::from_secs(countersign_bench::inputs::LIFE);

/// The headers of a request.
pub type Headers = &'static [(&'static str, &'static str)];

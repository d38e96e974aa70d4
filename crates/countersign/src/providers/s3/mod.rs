//! Amazon S3 and everything that speaks its protocol.

#[cfg(feature = "verify")]
mod causes;
#[cfg(feature = "verify")]
pub mod chunked;
mod hosts;
mod post;
mod v2;
mod v4;

#[cfg(feature = "verify")]
pub(crate) use causes::{CAUSES, EXPLAIN_BODY, IDS, SAYINGS};
#[cfg(any(feature = "verify", not(feature = "compact")))]
pub(crate) use hosts::COMPATIBLE;
pub(crate) use hosts::HOSTS;
pub use post::{V2_POST, V4_POST};
pub use v2::{V2_HEADER, V2_URL};
pub use v4::{GENERIC, V4_HEADER, V4_URL};

use super::Provider;
use crate::phrase::words;

/// Amazon S3 and compatibles.
pub static PROVIDER: Provider = Provider {
    id: "s3",
    name: words!("Amazon S3"),
    schemes: &[
        &V4_HEADER,
        &V4_URL,
        #[cfg(feature = "verify")]
        &chunked::V4_CHUNKED,
        &V4_POST,
        &V2_HEADER,
        &V2_URL,
        &V2_POST,
        &GENERIC,
    ],
    regions: &[
        "us-east-1",
        "auto",
        "us-east-2",
        "us-west-1",
        "us-west-2",
        "eu-central-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "eu-north-1",
        "eu-south-1",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-south-1",
        "ap-east-1",
        "ca-central-1",
        "sa-east-1",
        "me-south-1",
        "af-south-1",
        "cn-north-1",
        "cn-northwest-1",
        "us-gov-west-1",
        "us-gov-east-1",
    ],
};

//! Kingsoft KS3.
//!
//! KS3 takes two namings. Its own (`KSS`, `x-kss-*`) is read here. The AWS naming (`AWS`,
//! `AWS4-HMAC-SHA256`, `x-amz-*`, `AWSAccessKeyId`) is read by the `s3` schemes, on hosts of KS3 as
//! elsewhere; the region of a V4 scope is KS3's own name (`BEIJING`) in both.
//!
//! Neither the documents nor the SDKs establish the following, and nothing here pretends to know it:
//!
//! - how KS3 signs the callback it sends after an upload (`x-kss-callbackauth: 1`): such a callback
//!   cannot be judged. The `x-kss-callback*` headers of the upload itself are signed like all others;
//! - what `x-kss-date` does beside a `Date` header: SDKs sign both, one document leaves the date line
//!   empty. Signing follows the SDKs, verification tries the document's way second and says so;
//! - which of several headers of one name counts in V2: the first is taken, as the Go SDK does;
//! - what the `KS32` header of one version of the Go SDK is for: it seems a leftover of the SDK that one
//!   was made from, and is not read;
//! - whether the service accepts `! ' ( ) *` bare in a signed key, as the Node.js SDK writes them.

mod callback;
#[cfg(feature = "verify")]
mod causes;
mod hosts;
mod post;
mod v2;
mod v4;

pub use callback::{CALLBACK_AUTHORIZATION, check_callback_answer};
#[cfg(feature = "verify")]
pub(crate) use causes::{CAUSES, EXPLAIN_BODY, IDS, SAYINGS};
pub(crate) use hosts::HOSTS;
pub use post::POST;
pub use v2::{V2_HEADER, V2_URL};
pub use v4::{V4_HEADER, V4_URL};

use super::Provider;
use crate::phrase::words;

/// Kingsoft KS3.
pub static PROVIDER: Provider = Provider {
    id: "ks3",
    name: words!("Kingsoft KS3"),
    schemes: &[&V2_HEADER, &V2_URL, &V4_HEADER, &V4_URL, &POST],
    regions: &[
        "BEIJING",
        "SHANGHAI",
        "GUANGZHOU",
        "QINGYANG",
        "HONGKONG",
        "RUSSIA",
        "SINGAPORE",
        "JR_BEIJING",
        "JR_SHANGHAI",
        "GOV_BEIJING",
        "HANGZHOU",
        "AMERICA",
        "TAIWAN",
        "QINGDAO",
        "INDIA",
    ],
};

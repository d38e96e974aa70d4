//! Tencent Cloud Object Storage (COS).
//!
//! Two unrelated signatures live under one name: the XML API ("v5") signs the request, the older
//! JSON API ("v4") signs a text that travels inside the signature.

#[cfg(feature = "verify")]
mod causes;
mod hosts;
pub mod json;
mod pairs;
mod post;
mod rtmp;
mod xml;

#[cfg(feature = "verify")]
pub(crate) use causes::{CAUSES, EXPLAIN_BODY, IDS, SAYINGS};
pub(crate) use hosts::HOSTS;
pub use json::{JSON_MULTI, JSON_ONCE};
pub use pairs::interval;
pub use post::POST;
pub use rtmp::RTMP_URL;
pub use xml::{XML_HEADER, XML_URL};

use super::Provider;
use crate::phrase::words;

/// Tencent COS. No signature of it names a region.
pub static PROVIDER: Provider = Provider {
    id: "cos",
    name: words!("Tencent COS"),
    schemes: &[&XML_HEADER, &XML_URL, &JSON_MULTI, &JSON_ONCE, &POST, &RTMP_URL],
    regions: &[],
};

//! English, one file per topic of the catalogue.

mod answer;
mod body;
mod chunks;
mod header;
mod host;
mod id;
mod key;
mod method;
mod path;
mod policy;
mod query;
mod scope;
mod text;
mod time;
mod url;
mod vendor;

use super::{CauseText, text};

/// All sentences about causes.
pub(super) static TOPICS: &[&[CauseText]] = &[
    answer::CAUSES,
    key::CAUSES,
    id::CAUSES,
    time::CAUSES,
    method::CAUSES,
    path::CAUSES,
    host::CAUSES,
    query::CAUSES,
    url::CAUSES,
    header::CAUSES,
    body::CAUSES,
    scope::CAUSES,
    text::CAUSES,
    policy::CAUSES,
    vendor::CAUSES,
    chunks::CAUSES,
];

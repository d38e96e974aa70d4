//! The catalogue of causes, one file per topic.
//!
//! Adding a cause: one entry in its topic, its sentences in every language, a planted case in the tests.

pub(super) mod answer;
mod body;
pub(in crate::explain) mod header;
mod host;
pub(in crate::explain) mod id;
mod key;
pub(in crate::explain) mod method;
mod path;
pub(super) mod policy;
pub(super) mod query;
pub(super) mod scope;
pub(in crate::explain) mod text;
mod time;
mod url;

use super::cause::Cause;
use crate::providers;

/// All causes: those of every topic, and those that only one vendor can have.
pub(crate) fn causes() -> impl Iterator<Item = &'static Cause> {
    let topics = [
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
    ];
    topics.into_iter().flatten().chain(providers::causes())
}

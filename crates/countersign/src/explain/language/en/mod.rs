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

use super::CauseText;

const fn text(code: &'static str, title: &'static str, help: &'static str) -> CauseText {
    CauseText { code, title, help }
}

/// All sentences about causes.
pub(super) fn causes() -> impl Iterator<Item = &'static CauseText> {
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
        vendor::CAUSES,
        chunks::CAUSES,
    ];
    topics.into_iter().flatten()
}

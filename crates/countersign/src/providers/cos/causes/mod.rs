//! Causes that only COS can have.

mod answers;
mod headers;
mod json;
mod upload;
mod xml;

use crate::{
    explain::{Cause, IdForm, Slot},
    phrase::phrase,
    providers::ExplainBody,
};

pub(crate) use answers::SAYINGS;

pub(crate) static IDS: &[IdForm] = &[IdForm {
    vendor: "cos",
    product: phrase!("an id of Tencent Cloud"),
    temporary: None,
    fits: |id| id.starts_with("AKID") && id.len() == 36,
}];

pub(crate) static CAUSES: &[Cause] = &[
    Cause::tried("cos-appid-wrong", 1, Slot::Id, json::appid).or_seen(json::seen),
    Cause::tried("cos-bucket-wrong", 0, Slot::Resource, json::bucket).or_seen_elsewhere(),
    Cause::tried("cos-file-wrong", 0, Slot::Path, json::file).or_seen_elsewhere(),
    Cause::tried("cos-once-multi-confused", 1, Slot::Time, json::kind).or_seen_elsewhere(),
    Cause::seen("header-sort-wrong", 7, Slot::Header, headers::unsorted),
    Cause::tried("key-encode-set-wrong", 4, Slot::Header, headers::values),
    Cause::tried("cos-key-time-mismatch", 0, Slot::Time, xml::key_time).or_seen(xml::key_time_seen),
];

pub(crate) const EXPLAIN_BODY: Option<ExplainBody> = None;

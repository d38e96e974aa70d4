//! Causes that only Kodo can have.

mod answers;
mod link;
mod manage;
mod token;

use crate::{
    explain::{Cause, IdForm, Slot},
    providers::ExplainBody,
};

pub(crate) use answers::SAYINGS;

pub(crate) static IDS: &[IdForm] = &[];

pub(crate) static CAUSES: &[Cause] = &[
    Cause::tried("kodo-manage-absolute-url", 1, Slot::Path, manage::target),
    Cause::tried("kodo-manage-body-not-signed", 1, Slot::Payload, manage::body).or_seen(manage::body_seen),
    Cause::tried("content-type-added-by-client", 20, Slot::ContentType, manage::type_added),
    Cause::tried("kodo-download-url-differs", 3, Slot::Query, link::differs).or_seen(link::seen),
    Cause::tried("kodo-antileech-text-differs", 0, Slot::Query, link::antileech).or_seen(link::antileech_seen),
    Cause::seen("signature-version-wrong", 9, Slot::Scheme, manage::upload_token),
    Cause::seen("url-truncated", 3, Slot::Query, link::antileech_cut),
    Cause::seen("deadline-default-3600", 2, Slot::Time, token::default_life),
    Cause::seen("policy-condition-failed", 9, Slot::Payload, token::upload),
    Cause::seen("policy-type-wrong", 0, Slot::Payload, token::problems),
];

pub(crate) const EXPLAIN_BODY: Option<ExplainBody> = None;

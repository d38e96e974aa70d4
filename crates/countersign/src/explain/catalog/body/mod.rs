//! Content type, Content-MD5 and the payload hash.

mod changed;
mod content_type;
mod md5;
mod payload;

pub(super) use content_type::usual_types;

use crate::explain::cause::{Cause, Slot};

pub(super) static CAUSES: &[Cause] = &[
    Cause::tried("content-type-added-by-client", 20, Slot::ContentType, content_type::added),
    Cause::tried("content-type-charset-appended", 7, Slot::ContentType, content_type::parameters),
    Cause::tried("content-md5-hex", 3, Slot::ContentMd5, md5::spelled).or_seen(md5::misspelled),
    Cause::tried("payload-hash-of-empty-body", 4, Slot::Payload, payload::of_empty_body).or_seen(payload::says_empty),
    Cause::tried("payload-changed-after-hashing", 2, Slot::Payload, changed::tried).or_seen(changed::seen),
    Cause::tried("payload-hash-encoding", 1, Slot::Payload, payload::encoded).or_seen(payload::badly_encoded),
    Cause::tried("payload-hash-literal-wrong", 3, Slot::Payload, payload::literals).or_seen(payload::unknown_literal),
    Cause::tried("x-amz-content-sha256-missing", 1, Slot::Header, payload::header_missing).or_seen(payload::header_not_sent),
    Cause::seen("sdk-default-checksum", 3, Slot::Payload, payload::default_checksum),
];

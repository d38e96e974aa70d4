//! Upload forms of OSS (PostObject), in signature versions 1 and 4.
//!
//! Follows "PostObject" (Alibaba Cloud OSS, API Reference, 2021 edition) and "POST V4 signature" of the
//! current help, read 2026-11. One document says that case matters in the names of fields, another that it
//! does not: names are written as documented and read in any case.

use super::v4::RULES;
use crate::family::form::{IdForm, V4Fields, V4Form};

/// The field with a session token, in both versions.
const TOKEN: &str = "x-oss-security-token";

/// `oss-post-v1`: fields `OSSAccessKeyId`, `policy` and `Signature`.
pub static POST_V1: IdForm = IdForm {
    id: "oss-post-v1",
    provider: "oss",
    key_id: "OSSAccessKeyId",
    is_key_id_exact: false,
    token: Some(TOKEN),
    signature: "Signature",
};

/// `oss-post-v4`: fields `x-oss-signature-version` to `x-oss-signature`.
pub static POST_V4: V4Form = V4Form {
    id: "oss-post-v4",
    provider: "oss",
    rules: &RULES,
    fields: V4Fields {
        algorithm: "x-oss-signature-version",
        credential: "x-oss-credential",
        date: "x-oss-date",
        token: TOKEN,
        signature: "x-oss-signature",
    },
};

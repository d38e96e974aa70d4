//! Signature Version 2 of S3, in headers and URLs. Off at Amazon for newer regions, alive elsewhere.
//!
//! Follows "Signing and Authenticating REST Requests", S3 Developer Guide (RESTAuthentication),
//! read 2026-11. The key is signed as it stands in the request line, escapes and all; values of
//! sub-resources are signed without escapes.

use crate::family::lines::{HeaderScheme, HeadersInQuery, KeyRule, OwnDate, OwnValues, Plus, Rules, UrlScheme};

/// `s3-v2-header`: `Authorization: AWS id:signature`.
pub static V2_HEADER: HeaderScheme = HeaderScheme { id: "s3-v2-header", provider: "s3", rules: &RULES };
/// `s3-v2-url`: parameters `AWSAccessKeyId`, `Expires` and `Signature`.
pub static V2_URL: UrlScheme = UrlScheme { id: "s3-v2-url", provider: "s3", rules: &RULES };

static RULES: Rules = Rules {
    word: "AWS",
    own_prefix: "x-amz-",
    date_header: "x-amz-date",
    own_date: OwnDate::Empties,
    token_header: "x-amz-security-token",
    token_param: "x-amz-security-token",
    id_params: &["AWSAccessKeyId"],
    sub_resources: SUB_RESOURCES,
    sub_resource_prefix: None,
    key: KeyRule::AsSent,
    headers_in_query: HeadersInQuery::Yes,
    own_values: OwnValues::Joined,
    plus: Plus::Itself,
    // "Virtual hosting of buckets", Customizing Amazon S3 URLs with CNAMEs.
    is_domain_bucket: true,
};

/// The union of what the documentation and the SDKs list, sorted.
static SUB_RESOURCES: &[&str] = &[
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "defaultObjectAcl",
    "delete",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "partNumber",
    "policy",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "select",
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

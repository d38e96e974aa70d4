//! Scope, algorithm and signature version.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "region-wrong",
        "{place|the signature} was made for the region {signed|of another endpoint}, and {other|the server wants its own}",
        "{do|give the signer the region of the bucket's endpoint}{right|}{names|; OSS wants it without `oss-` and `-internal`, many \
         compatible servers want `us-east-1`, R2 wants `auto`}",
    ),
    text(
        "service-wrong",
        "{place|the signature} was made for the service {signed|of another endpoint}, and {other|the server wants its own}",
        "give the signer the service of the endpoint{right|}; it is `s3` for Amazon S3 and its compatibles, `oss` for OSS",
    ),
    text(
        "scope-date-mismatch",
        "{place|the signature} was made for the day {signed|of another time}, and {other|the server wants that of the date header}",
        "take the time once, in UTC, and use it for the scope, for the key and for the date header",
    ),
    text(
        "signature-version-wrong",
        "the request was signed by the rules of {signed|one scheme}, and {other|the server verified it by another}",
        "{do|use the signer of the service you call: set the SDK's signature version (`signature_version`, `SignVersion`) and its endpoint so \
         that both belong together}",
    ),
    text(
        "server-side-condition-not-visible",
        "the server refused the request because of {what|who sent it or from where}, not because of its signature",
        "{look|look at the conditions of the bucket: IP addresses, VPC, `Referer`, policies; a signed URL may be bound to another network}",
    ),
];

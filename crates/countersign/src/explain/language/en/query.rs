//! The parameters.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "subresource-not-signed",
        "the resource was signed without `{name}`, which belongs to it",
        "put `{name}` into the signed resource: `?name=value`, sorted by name, values without escapes",
    ),
    text(
        "non-subresource-signed",
        "the resource was signed with `{name}`, which does not belong to it",
        "leave `{name}` out of the string to sign: only the vendor's sub-resources (`acl`, `uploads`, `partNumber`, `response-...`) are part of the resource",
    ),
    text(
        "subresource-value-encoded",
        "a value was signed {what|with other escapes than the server has}: `{name}`",
        "sign the plain value and escape it in the URL alone",
    ),
    text(
        "query-added-after-signing",
        "the URL was signed without `{name}`, which was added afterwards",
        "add `{name}` before signing; nothing can be hung on a signed URL (cache busters, tracking and resize parameters included)",
    ),
    text(
        "query-dropped-after-signing",
        "`{value}` was signed and is no longer in the URL",
        "send the URL with every parameter it was signed with; look for a router, a CDN rule or a log that drops `{name}`",
    ),
    text(
        "query-not-signed",
        "the query was left out of the canonical request",
        "sign all parameters: `name=value`, escaped, sorted by name, joined with `&`, in the third line of the canonical request",
    ),
    text(
        "query-not-sorted",
        "the parameters were signed {order|in another order}",
        "sort the parameters by their escaped names in byte order, upper case before lower case; no collation of a language",
    ),
    text(
        "query-sorted-by-pair",
        "the parameters were signed {order}",
        "sort by escaped name first and by escaped value among equal names; `=` takes no part in the order",
    ),
    text(
        "query-empty-value-no-equals",
        "parameters without a value were signed {what|in the other form}: `{name}`",
        "S3 signs `?acl` as `acl=`; OSS, and every scheme of version 1 or 2, as `acl`",
    ),
    text(
        "query-space-as-plus",
        "parameters were signed with {what|a blank and `+` in each other's place}",
        "write a blank as `%20` and a plus sign as `%2B`, in the URL and in the canonical query: Python `urlencode(..., quote_via=quote)`, Java `URLEncoder` and then `+` to `%20`",
    ),
    text(
        "query-double-encoded",
        "a value was signed {what|escaped once more or once less than it was sent}: `{name}`",
        "escape each value once, from its plain form, for the canonical query and for the URL alike",
    ),
    text(
        "query-renormalised",
        "the query was {what} before it was signed",
        "cut the query at `&` and `=` first and undo escapes afterwards; keep parameters that stand twice, or better send each once",
    ),
];

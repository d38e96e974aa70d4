//! Tokens and policies that carry their own signed text.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "policy-bytes-reserialised",
        "the policy was signed in other bytes than it was sent in: {what}",
        "write the policy once and encode it once, then sign and send that very text: JSON that is parsed and written again is another text",
    ),
    text("policy-not-base64", "the policy was sent {what}", "send the policy as {wants}, and sign exactly the text that is sent"),
    text(
        "token-malformed",
        "{thing|the token} is not of the form that the service reads: {what}",
        "{do|take it whole, as it came from the signer}; make {thing|the token} with an SDK of the vendor, or after its page, byte for byte",
    ),
    text(
        "policy-condition-failed",
        "the policy does not allow this upload: {what}",
        "the server answers {answer|with a refusal}: send what the policy demands, or have a policy signed that allows it. A form needs a \
         condition with the value it sends or with a prefix of it; an upload token needs `bucket:key` as its `scope`, `bucket:prefix` with \
         `isPrefixalScope` 1, or the bucket alone",
    ),
    text(
        "policy-extra-field",
        "the form has fields that the policy does not name: {fields|what the server says}",
        "the server answers {answer|with a refusal}: add a condition for each field before the policy is signed, \
         `[\"starts-with\", \"${field|name}\", \"\"]` or one with the value, or do not send the field",
    ),
    text(
        "policy-expired",
        "the `expiration` of the policy does not cover this upload: {what}",
        "the server answers {answer|with a refusal}: have a policy signed for each upload shortly before it, check the clock of the \
         machine that signs, and write the end in UTC, as `2026-03-14T16:00:00Z`",
    ),
    text(
        "policy-field-order",
        "the fields of the form do not stand where the server looks for them: {what}",
        "the server answers {answer|with a refusal}: put `key`, `policy` and the fields of the signature first and `file` last, and spell \
         the names as the policy does",
    ),
    text(
        "policy-type-wrong",
        "the policy says what the server does not take: {what}",
        "the server answers {answer|with a refusal}: write `expiration` and a list of `conditions` for a form; in a put policy write \
         numbers without quotes, and give it a `scope` and a `deadline` in seconds",
    ),
    text(
        "form-malformed",
        "the form is not one that the server takes: {what}",
        "the server answers {answer|with a refusal}: send one file, and keep to the vendor's limits for fields and files",
    ),
];

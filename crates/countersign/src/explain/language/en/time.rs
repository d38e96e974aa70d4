//! Times: the clock of the signer, the life of the signature, and the spelling of dates.

use super::text;
use crate::explain::language::CauseText;

pub(super) static CAUSES: &[CauseText] = &[
    text(
        "clock-skew",
        "the time of signing is {size}; servers allow 15 minutes{zone|}",
        "judge a request that was captured earlier by its own time; else set the clock of the signing machine with NTP, and sign GMT, not local time; virtual machines and WSL lose their clock in sleep",
    ),
    text(
        "expired",
        "the {what} ended{ago|}",
        "issue a new one, and ask for a longer life if it is used later; a URL never outlives the session token it was made with",
    ),
    text(
        "token-cached-past-deadline",
        "one signature was used again after its end: {count} of this capture carry it, too",
        "keep a token or signed URL no longer than its life: make a new one some minutes before its end",
    ),
    text(
        "deadline-default-3600",
        "the life is {life}{left|}, {whose}{asked|}",
        "pass the life that is needed to the signing call, in seconds; for Kodo, the Node SDK takes `expires` and overwrites \
         `deadline`, and the SDKs for Python, Java and PHP take it as an argument and drop a `deadline` in the policy",
    ),
    text("expiry-argument-misread", "`{name}` is {value}: {what}", "`{name}` takes {want}"),
    text("expires-in-milliseconds", "`{name}={value}` {what}", "`{name}` is in seconds: divide by 1000 where it is made"),
    text("date-not-gmt", "the date that was {side} is not in GMT: {what}", "write the date in GMT, like `{form}`"),
    text(
        "date-localised",
        "the date that was {side} has names in {language}",
        "format the date with a fixed English locale (`Locale.US`, `InvariantCulture`, `LC_TIME=C`), like `{form}`",
    ),
    text(
        "date-format-invalid",
        "the date that was {side} does not have the form that servers read: {what}",
        "write it like `{form}`",
    ),
    text(
        "date-signed-not-date-sent",
        "the date that was signed is not the one that was sent{how|}",
        "take the time once, and sign the very text that is sent",
    ),
];

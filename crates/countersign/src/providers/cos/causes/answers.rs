//! What the JSON API says when it refuses: numbers.
//!
//! Follows the list of return codes of the COS JSON API product document (2016).

use crate::explain::{About, Context, Said, Saying, ServerAnswer};
use alloc::{format, string::String, vec, vec::Vec};

type Facts = Vec<(&'static str, String)>;

const fn saying(code: &'static str, cause: &'static str, facts: fn(&Context<'_>, &ServerAnswer) -> Facts) -> Saying {
    Saying { schemes: "cos-json-", about: About::All, said: Said::Code(code), cause, facts }
}

/// A saying whose meaning fills `{what}`.
macro_rules! meaning {
    ($code:literal, $cause:literal, $what:literal) => {
        saying($code, $cause, |_, _| vec![("what", concat!("the server says ", $code, ": ", $what).into())])
    };
}

pub(crate) static SAYINGS: &[Saying] = &[
    Saying::of_form("cos-post", Said::Words("doesn't match the value"), "policy-condition-failed"),
    Saying::of_form("cos-post", Said::Words("you post object request has been expired"), "policy-expired"),
    saying("-97", "secret-wrong", |_, _| Vec::new()),
    saying("-96", "expired", expired),
    meaning!("-83", "token-malformed", "it could not take the signature apart"),
    meaning!("-81", "token-malformed", "the signature is empty"),
    meaning!("-60", "token-malformed", "the value of the signature is not allowed"),
    meaning!("-5998", "token-malformed", "the signature is missing or has another form"),
    meaning!("-82", "cos-appid-wrong", "there is no account with the number in `a`"),
    meaning!("-80", "cos-appid-wrong", "the number in `a` is not allowed"),
    meaning!("-70", "cos-appid-wrong", "`a` is not the account of the request"),
    meaning!("-62", "cos-appid-wrong", "`a` and `k` belong to different accounts"),
    meaning!("-61", "cos-bucket-wrong", "`b` is not the bucket of the request"),
    meaning!("-63", "cos-file-wrong", "`f` is not the file of the request"),
    meaning!("-73", "cos-once-multi-confused", "the operation needs a signature for one use, and `e` is not 0"),
    meaning!("-74", "cos-once-multi-confused", "the operation needs a signature for several uses, and `e` is 0"),
    meaning!("-75", "cos-once-multi-confused", "the operation is not allowed with this kind of signature"),
    meaning!("-76", "cos-once-multi-confused", "a signature for one use needs its file, and `f` is empty"),
    meaning!("-77", "cos-once-multi-confused", "this signature for one use was used before"),
];

fn expired(context: &Context<'_>, _: &ServerAnswer) -> Facts {
    let ago = context.now().zip(context.claim.expires_at).map(|(now, end)| now.since(end)).filter(|ago| *ago > 0);
    vec![("what", "signature".into()), ("ago", ago.map_or(String::new(), |ago| format!(" {ago} seconds ago")))]
}

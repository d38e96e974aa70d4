//! What the JSON API says when it refuses: numbers.
//!
//! Follows the list of return codes of the COS JSON API product document (2016).

use crate::{
    explain::{About, Context, Said, Saying, ServerAnswer},
    phrase::{Facts, Value, phrase},
};
use alloc::{vec, vec::Vec};

const fn saying(code: &'static str, cause: &'static str, facts: fn(&Context<'_>, &ServerAnswer) -> Facts) -> Saying {
    Saying { schemes: "cos-json-", about: About::All, said: Said::Code(code), cause, facts }
}

/// A saying whose meaning fills `{what}`.
macro_rules! meaning {
    ($code:literal, $cause:literal, $meaning:expr) => {
        saying($code, $cause, |_, _| {
            let what = phrase!("the server says {code}: {meaning}").data("code", $code).with("meaning", $meaning);
            vec![("what", what.into())]
        })
    };
}

pub(crate) static SAYINGS: &[Saying] = &[
    Saying::of_form("cos-post", Said::Words("doesn't match the value"), "policy-condition-failed"),
    Saying::of_form("cos-post", Said::Words("you post object request has been expired"), "policy-expired"),
    saying("-97", "secret-wrong", |_, _| Vec::new()),
    saying("-96", "expired", expired),
    meaning!("-83", "token-malformed", phrase!("it could not take the signature apart")),
    meaning!("-81", "token-malformed", phrase!("the signature is empty")),
    meaning!("-60", "token-malformed", phrase!("the value of the signature is not allowed")),
    meaning!("-5998", "token-malformed", phrase!("the signature is missing or has another form")),
    meaning!("-82", "cos-appid-wrong", phrase!("there is no account with the number in `a`")),
    meaning!("-80", "cos-appid-wrong", phrase!("the number in `a` is not allowed")),
    meaning!("-70", "cos-appid-wrong", phrase!("`a` is not the account of the request")),
    meaning!("-62", "cos-appid-wrong", phrase!("`a` and `k` belong to different accounts")),
    meaning!("-61", "cos-bucket-wrong", phrase!("`b` is not the bucket of the request")),
    meaning!("-63", "cos-file-wrong", phrase!("`f` is not the file of the request")),
    meaning!("-73", "cos-once-multi-confused", phrase!("the operation needs a signature for one use, and `e` is not 0")),
    meaning!("-74", "cos-once-multi-confused", phrase!("the operation needs a signature for several uses, and `e` is 0")),
    meaning!("-75", "cos-once-multi-confused", phrase!("the operation is not allowed with this kind of signature")),
    meaning!("-76", "cos-once-multi-confused", phrase!("a signature for one use needs its file, and `f` is empty")),
    meaning!("-77", "cos-once-multi-confused", phrase!("this signature for one use was used before")),
];

fn expired(context: &Context<'_>, _: &ServerAnswer) -> Facts {
    let ago = context.now().zip(context.claim.expires_at).map(|(now, end)| now.since(end)).filter(|ago| *ago > 0);
    let ago = ago.map(|ago| ("ago", phrase!(" {span} ago").with("span", Value::span(ago)).into()));
    core::iter::once(("what", phrase!("signature").into())).chain(ago).collect()
}

//! What Kodo says when it refuses.
//!
//! Follows "Error responses" (developer.qiniu.com, Kodo, 3928) and reports of users.

use super::token;
use crate::{
    explain::{About, Context, Said, Saying, ServerAnswer},
    phrase::{Facts, Phrase, phrase},
};
use alloc::vec;

const fn saying(schemes: &'static str, words: &'static str, cause: &'static str, facts: Reading) -> Saying {
    Saying { schemes, about: About::All, said: Said::Words(words), cause, facts }
}

type Reading = fn(&Context<'_>, &ServerAnswer) -> Facts;

pub(crate) static SAYINGS: &[Saying] = &[
    saying("kodo-upload-token", "bad token", "secret-wrong", quoted),
    saying("kodo-mac", "bad token", "secret-wrong", quoted),
    saying("kodo-qbox", "bad token", "secret-wrong", quoted),
    saying("kodo", "expired token", "expired", expired),
    saying("kodo", "token out of date", "expired", expired),
    saying("kodo", "token expired", "expired", expired),
    saying("kodo-private-url", "download token auth failed", "kodo-download-url-differs", quoted),
    saying("kodo-upload-token", "key doesn't match", "policy-condition-failed", scope),
    saying("kodo-upload-token", "exceed fsizelimit", "policy-condition-failed", scope),
    saying("kodo-upload-token", "limited mimetype", "policy-condition-failed", scope),
    saying("kodo-upload-token", "file exists", "policy-condition-failed", scope),
    saying("kodo-upload-token", "invalid put policy encoding", "policy-type-wrong", quoted),
    saying("kodo-mac", "request time too skewed", "clock-skew", skewed),
];

fn quoted(_: &Context<'_>, answer: &ServerAnswer) -> Facts {
    let what = phrase!("the service says `{said}`").data("said", answer.message.as_deref().unwrap_or_default());
    vec![("what", what.into())]
}

/// Hours that a clock, or a computation with local time, is off in China, with a life of one hour or none.
static ZONE: [(i64, Phrase); 2] = [
    (
        25_200,
        phrase!(" {count} seconds ago, which is 8 hours less the usual life of one hour: the deadline was made from local time"),
    ),
    (28_800, phrase!(" {count} seconds ago, which is 8 hours: the deadline was made from local time")),
];
/// How long after the deadline a request may come and still show the zone.
const MINUTES: i64 = 600;

fn expired(context: &Context<'_>, answer: &ServerAnswer) -> Facts {
    let counted = answer.message.as_deref().and_then(seconds_ago);
    let ago = counted.or_else(|| Some(context.now()?.since(context.claim.expires_at?)).filter(|ago| *ago > 0));
    let ago = ago.map(|ago| {
        let zone = ZONE.iter().find(|(hours, _)| (0..MINUTES).contains(&(ago - hours)));
        let told = zone.map_or(phrase!(" {count} seconds ago"), |(_, zone)| zone.clone());
        ("ago", told.with("count", ago.unsigned_abs()).into())
    });
    let what = if context.scheme_is("kodo-upload-token") { phrase!("upload token") } else { phrase!("signature") };
    core::iter::once(("what", what.into())).chain(ago).collect()
}

/// `token expired 25201 seconds ago`
fn seconds_ago(message: &str) -> Option<i64> {
    let (front, _) = message.split_once(" seconds ago")?;
    front.rsplit(' ').next()?.parse().ok()
}

fn scope(context: &Context<'_>, answer: &ServerAnswer) -> Facts {
    let what = token::mismatch(context);
    let general = || {
        let scope = token::scope_text(context).unwrap_or_default();
        let said = answer.message.as_deref().unwrap_or_default();
        phrase!("the token is for `{scope}`, and the service says `{said}`").data("scope", scope).data("said", said)
    };
    vec![("what", what.unwrap_or_else(general).into())]
}

fn skewed(_: &Context<'_>, _: &ServerAnswer) -> Facts {
    vec![("size", phrase!("more than 15 minutes away from the clock of the server").into())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Inquiry, Request, SecretKey, explain, explain::Certainty};

    #[test]
    fn the_number_of_seconds_is_found() {
        assert_eq!(seconds_ago("token expired 25201 seconds ago"), Some(25_201));
        assert_eq!(seconds_ago("expired token"), None);
    }

    /// The signatures are made with Python's hmac.
    #[test]
    fn a_bad_token_is_the_signature_that_the_service_refuses() {
        let answer = ServerAnswer::parse(br#"{"error":"bad token"}"#).unwrap();
        for (url, authorization) in [
            ("https://rs.qiniuapi.com/stat/cGhvdG9zOmEuanBn", "QBox CSIDEXAMPLE0001:eb3X1RIibL6gO-01S1a2BC0_2cM="),
            ("https://api.qiniu.com/sslcert", "Qiniu CSIDEXAMPLE0001:ovkKLLnkx_0OOAGsY7rVII85NLo="),
        ] {
            let secrets = [SecretKey::new("cs7EXAMPLEsecretKEY/with+signs0123456789")];
            let mut inquiry = Inquiry::new(Request::new("GET", url).unwrap().header("Authorization", authorization).into());
            (inquiry.secrets, inquiry.answer) = (&secrets, Some(&answer));
            let report = explain(&inquiry).unwrap();
            let first = report.findings.first().map(|finding| (finding.code, finding.certainty));
            assert_eq!(first, Some(("secret-wrong", Certainty::Likely)), "{:?}", report.findings);
        }
    }
}

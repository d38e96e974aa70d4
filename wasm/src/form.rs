//! Upload forms with a policy of conditions.

use crate::{
    desk::{answered, text},
    reply::{Refused, field},
};
use countersign::{Credentials, SignError, TakeField, Terms, Timestamp, UploadScheme, providers};
use wasm_bindgen::prelude::wasm_bindgen;

type SignPolicy = fn(&[u8], &Credentials, &Terms<'_>, &mut TakeField<'_>) -> Result<(), SignError>;

/// Each scheme gets a function of its own: the compiler then folds the scheme's constants into it.
macro_rules! of {
    ($scheme:expr) => {
        |policy, who, terms, take| $scheme.sign_policy(policy, who, terms, take)
    };
}

/// What this file of WebAssembly signs forms with.
static SCHEMES: &[(&str, SignPolicy)] = &[
    #[cfg(feature = "cos")]
    ("cos-post", of!(providers::cos::POST)),
    #[cfg(feature = "ks3")]
    ("ks3-post", of!(providers::ks3::POST)),
    #[cfg(feature = "oss")]
    ("oss-post-v1", of!(providers::oss::POST_V1)),
    #[cfg(feature = "oss")]
    ("oss-post-v4", of!(providers::oss::POST_V4)),
    #[cfg(feature = "s3")]
    ("s3-v4-post", of!(providers::s3::V4_POST)),
];

/// Signs a form with a ready policy. Clock and life are in seconds. The question has the fields scheme, region, and the JSON
/// of the policy, which is signed byte for byte; the answer names and values of the fields that carry it.
#[wasm_bindgen]
#[must_use]
pub fn form(key: usize, question: usize, clock: f64, life: f64) -> usize {
    answered(key, question, |who, question, answer| {
        let mut fields = question.splitn(3, |byte| *byte == 0);
        let mut next = || fields.next().unwrap_or_default();
        let (id, region, policy) = (next(), next(), next());
        let mut terms = Terms::at(Timestamp::from_unix(clock as i64));
        terms.expires_in = Some(life as u64);
        terms.region = Some(text(region)).filter(|region| !region.is_empty());
        let Some((_, sign_policy)) = SCHEMES.iter().find(|(own, _)| own.as_bytes() == id) else {
            return Refused::INTERNAL.write(answer);
        };
        let signed = sign_policy(policy, who, &terms, &mut |name, value| {
            field(answer, &[name.as_bytes()]);
            field(answer, value);
        });
        if let Err(error) = signed {
            Refused::from(error).write(answer);
        }
    })
}

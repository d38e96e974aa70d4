//! Upload forms with a policy of conditions.

use crate::{
    desk::{answered, text},
    reply::{Refused, field},
};
use countersign::{Terms, Timestamp, UploadScheme, providers};
use wasm_bindgen::prelude::wasm_bindgen;

/// What this file of WebAssembly signs forms with.
static SCHEMES: &[(&str, &dyn UploadScheme)] = &[
    #[cfg(feature = "cos")]
    ("cos-post", &providers::cos::POST),
    #[cfg(feature = "ks3")]
    ("ks3-post", &providers::ks3::POST),
    #[cfg(feature = "oss")]
    ("oss-post-v1", &providers::oss::POST_V1),
    #[cfg(feature = "oss")]
    ("oss-post-v4", &providers::oss::POST_V4),
    #[cfg(feature = "s3")]
    ("s3-v4-post", &providers::s3::V4_POST),
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
        let Some((_, scheme)) = SCHEMES.iter().find(|(own, _)| own.as_bytes() == id) else {
            return Refused::INTERNAL.write(answer);
        };
        let signed = scheme.sign_policy(policy, who, &terms, &mut |name, value| {
            field(answer, &[name.as_bytes()]);
            field(answer, value);
        });
        if let Err(error) = signed {
            Refused::from(error).write(answer);
        }
    })
}

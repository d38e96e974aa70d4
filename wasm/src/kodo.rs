//! Upload tokens of Kodo, and where they are sent.

use crate::desk::answered;
use countersign::providers::kodo;
use wasm_bindgen::prelude::wasm_bindgen;

/// Signs a ready policy, byte for byte. The answer is the token.
#[wasm_bindgen]
#[must_use]
pub fn token(key: usize, policy: usize) -> usize {
    answered(key, policy, |who, policy, answer| {
        answer.resize(kodo::upload_token_len(policy.len(), who), 0);
        if kodo::upload_token_into(policy, who, answer).is_err() {
            // The length is that of the token, so that there is room.
            answer.clear();
        }
    })
}

/// The host that uploads to a region of Kodo go to. The answer is empty for a region that is not known.
#[wasm_bindgen]
#[must_use]
pub fn upload_host(region: usize) -> usize {
    crate::desk::looked_up(region, |region| kodo::upload_host(region).unwrap_or_default())
}

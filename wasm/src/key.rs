//! Secrets that stay in the memory of WebAssembly.

use alloc::{string::String, vec::Vec};
use countersign::{Credentials, SecretKey};
use wasm_bindgen::prelude::wasm_bindgen;

/// An access key. It is wiped when it is freed.
#[wasm_bindgen]
pub struct Key(Credentials);

#[wasm_bindgen]
impl Key {
    /// Takes the bytes of the secret; an empty token is none.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(id: String, secret: Vec<u8>, token: String) -> Self {
        let credentials = Credentials::new(id, SecretKey::new(secret));
        Self(if token.is_empty() { credentials } else { credentials.with_token(token) })
    }
}

impl Key {
    pub(crate) fn credentials(&self) -> &Credentials {
        &self.0
    }
}

//! Countersign for JavaScript: the functions that the modules of the npm package `countersign` call.
//!
//! Glue code costs more than signing does, so that there is little of it: a call takes one text and gives one,
//! each a list of fields separated by NUL, which no URL, header, key or policy may hold. The modules in `npm`
//! make plain objects of them. One feature for each provider keeps the others out of the file.

extern crate alloc;

#[cfg(feature = "explain")]
mod explain;
#[cfg(feature = "forms")]
mod form;
#[cfg(feature = "signing")]
mod key;
#[cfg(any(feature = "forms", feature = "requests"))]
mod reply;
#[cfg(feature = "requests")]
mod request;

#[cfg(feature = "signing")]
pub use key::Key;

/// Small; explaining asks for much memory, and has the usual allocator.
#[cfg(all(target_arch = "wasm32", not(feature = "explain")))]
#[global_allocator]
// SAFETY: no threads are made of this module.
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

#[cfg(any(feature = "forms", feature = "requests"))]
use reply::reply;
#[cfg(feature = "signing")]
use {alloc::string::String, wasm_bindgen::prelude::wasm_bindgen};

/// Completes a request, or makes a signed URL.
#[cfg(feature = "requests")]
#[wasm_bindgen]
#[must_use]
pub fn sign(key: &Key, fields: &str, body: &[u8]) -> String {
    reply(request::sign(key.credentials(), fields, body))
}

/// Signs a form with a ready policy.
#[cfg(feature = "forms")]
#[wasm_bindgen]
#[must_use]
pub fn form(key: &Key, fields: &str) -> String {
    reply(form::sign(key.credentials(), fields))
}

/// Signs a ready policy, byte for byte.
#[cfg(feature = "kodo")]
#[wasm_bindgen]
#[must_use]
pub fn token(key: &Key, policy: &str) -> String {
    countersign::providers::kodo::sign_policy(policy.as_bytes(), key.credentials())
}

/// The host uploads to a region of Kodo go to; empty for a region that is not known.
#[cfg(feature = "kodo")]
#[wasm_bindgen]
#[must_use]
pub fn upload_host(region: &str) -> String {
    countersign::providers::kodo::upload_host(region).unwrap_or_default().into()
}

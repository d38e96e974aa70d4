//! Secrets and who they belong to. They are wiped on drop and never printed.

use alloc::{string::String, vec::Vec};
use core::fmt;
use zeroize::Zeroizing;

/// A secret access key: the bytes that key the HMAC.
///
/// There is no `Display`, `Clone`, `==` or serialisation, and `Debug` shows nothing of it.
pub struct SecretKey(Zeroizing<Vec<u8>>);

impl SecretKey {
    /// Takes the bytes of the secret exactly as they are.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(bytes.into()))
    }

    /// The bytes. Visible in this crate only, to key a MAC and to try damaged forms.
    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// An access key id with its secret, and the session token of a temporary pair.
pub struct Credentials {
    access_key_id: String,
    secret: SecretKey,
    token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// A long-lived pair.
    #[must_use]
    pub fn new(access_key_id: impl Into<String>, secret: SecretKey) -> Self {
        Self { access_key_id: access_key_id.into(), secret, token: None }
    }

    /// The session token that came with a temporary pair.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Zeroizing::new(token.into()));
        self
    }

    /// The public half.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret half.
    #[must_use]
    pub fn secret(&self) -> &SecretKey {
        &self.secret
    }

    /// The session token, if the pair is temporary. It travels in the request.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_ref().map(|token| token.as_str())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let credentials = Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecret")).with_token("madeUpToken");
        let text = alloc::format!("{credentials:?} {:?}", credentials.secret());
        assert!(text.contains("CSIDEXAMPLE0001") && !text.contains("madeUp"), "{text}");
    }
}

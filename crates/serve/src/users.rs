//! Who may ask: bearer tokens, of which only hashes are kept.

use crate::fault::PolicyFault;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Users and the hashes of their tokens. Tokens are long and random, so that a plain hash is enough.
#[derive(Clone, Debug, Default)]
pub struct Users {
    entries: Vec<(String, [u8; 32])>,
}

/// Characters a token needs at least: fewer could be guessed.
pub const MIN_TOKEN: usize = 24;
/// A longer one is not looked at.
const MAX_TOKEN: usize = 512;
const HASH_MARK: &str = "sha256:";

impl Users {
    /// Adds a user by the hash of a token, as it stands in the file.
    pub fn add_hashed(&mut self, user: &str, hash: &str) -> Result<(), PolicyFault> {
        let fault = || PolicyFault::TokenNotHashed(user.to_owned());
        let digits = hash.strip_prefix(HASH_MARK).filter(|digits| digits.len() == 64).ok_or_else(fault)?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()));
            *byte = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or_else(fault)?;
        }
        self.add(user, bytes)
    }

    /// Adds a user by a token.
    pub fn add_token(&mut self, user: &str, token: &str) -> Result<(), PolicyFault> {
        if token.len() < MIN_TOKEN || token.len() > MAX_TOKEN || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(PolicyFault::TokenTooShort(user.to_owned()));
        }
        self.add(user, hash(token))
    }

    fn add(&mut self, user: &str, hash: [u8; 32]) -> Result<(), PolicyFault> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !(1..=64).contains(&user.len()) || !user.bytes().all(is_plain) {
            return Err(PolicyFault::UserForm(user.to_owned()));
        }
        match self.entries.iter().find(|(own, known)| own != user && *known == hash) {
            Some((other, _)) => Err(PolicyFault::TokenTwice(other.clone(), user.to_owned())),
            None => {
                self.entries.push((user.to_owned(), hash));
                Ok(())
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whose token it is. All are looked at, each in the same time.
    pub fn find(&self, token: &str) -> Option<&str> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let presented = hash(token);
        self.entries.iter().fold(None, |found, (user, known)| {
            let is_same = bool::from(known.ct_eq(&presented));
            if is_same { Some(user.as_str()) } else { found }
        })
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A new token, and what the file keeps of it.
pub struct FreshToken {
    /// For the user.
    pub token: String,
    /// For the file: `sha256:...`.
    pub hash: String,
}

impl FreshToken {
    /// Makes a token of 256 random bits.
    ///
    /// # Errors
    ///
    /// When the system gives no random numbers.
    pub fn make() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        let token = URL_SAFE_NO_PAD.encode(bytes);
        let digits: String = hash(&token).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { hash: format!("{HASH_MARK}{digits}"), token })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: &str = "made-up-token-of-alice-for-tests";

    #[test]
    fn a_token_names_its_user_and_no_other() {
        let fresh = FreshToken::make().unwrap();
        let mut users = Users::default();
        users.add_token("alice", ALICE).unwrap();
        users.add_hashed("bob", &fresh.hash).unwrap();
        assert_eq!(users.find(ALICE), Some("alice"));
        assert_eq!(users.find(&fresh.token), Some("bob"));
        for wrong in ["", "alice", &ALICE[1..], &fresh.hash, &ALICE.to_uppercase(), &"x".repeat(100_000)] {
            assert_eq!(users.find(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_could_be_guessed_or_confused_is_refused() {
        let mut users = Users::default();
        assert!(matches!(users.add_token("alice", "short"), Err(PolicyFault::TokenTooShort(_))));
        assert!(matches!(users.add_hashed("alice", ALICE), Err(PolicyFault::TokenNotHashed(_))));
        assert!(matches!(users.add_hashed("alice", &format!("sha256:{}", "+1".repeat(32))), Err(PolicyFault::TokenNotHashed(_))));
        users.add_token("alice", ALICE).unwrap();
        assert!(matches!(users.add_token("bob", ALICE), Err(PolicyFault::TokenTwice(..))));
        for user in ["", "..", "a/b", "a.b", "a b", "\u{e4}", "a%2fb", "a\\b", &"x".repeat(65)] {
            assert!(matches!(users.add_token(user, &format!("{ALICE}2")), Err(PolicyFault::UserForm(_))), "{user}");
        }
    }
}

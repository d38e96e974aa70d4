//! From a string to a signature, the right way and the wrong ways.

use crate::{
    crypto::{Hash, HashName, Key, MacBytes, Seal},
    wire::hex,
};
use alloc::vec::Vec;

/// A hash function a client may have used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnyHash {
    Md5,
    /// MD5 over key and text, which CDN links take for a MAC.
    Md5AfterKey,
    Sha1,
    Sha256,
    Sha512,
}

/// Runs `$body` with `$H` as the hash function.
macro_rules! with_hash {
    ($hash:expr, $H:ident => $body:expr) => {
        match $hash {
            $crate::explain::sealing::AnyHash::Md5 => {
                type $H = $crate::crypto::Md5Hash;
                $body
            }
            $crate::explain::sealing::AnyHash::Md5AfterKey => {
                type $H = $crate::crypto::Md5Link;
                $body
            }
            $crate::explain::sealing::AnyHash::Sha1 => {
                type $H = $crate::crypto::Sha1Hash;
                $body
            }
            $crate::explain::sealing::AnyHash::Sha256 => {
                type $H = $crate::crypto::Sha256Hash;
                $body
            }
            $crate::explain::sealing::AnyHash::Sha512 => {
                type $H = $crate::crypto::Sha512Hash;
                $body
            }
        }
    };
}
pub(crate) use with_hash;

/// How the key is made from the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyMaking {
    /// The bytes of the secret.
    Secret,
    /// A chain of MACs over the steps, started by prefix and secret.
    Chain { prefix: Vec<u8>, steps: Vec<Vec<u8>>, links: Links },
    /// The hexadecimal text of the MAC of this text.
    HexOf(Vec<u8>),
    /// The MAC of this text, as bytes: COS with its key left raw.
    RawOf(Vec<u8>),
}

/// How a chain goes from one step to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// The bytes of a step are the next key.
    Raw,
    /// The hexadecimal text of a step is the next key.
    Hex,
    /// Key and text change places in this step.
    SwappedAt(usize),
    /// Key and text change places in every step.
    Swapped,
}

/// What is done with key and string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// HMAC of the string.
    Mac,
    /// HMAC with key and string in each other's place.
    SwappedMac,
    /// A plain hash of key and string, one after the other.
    HashOfKeyAndText,
    /// A plain hash of string and key.
    HashOfTextAndKey,
}

/// A way from a string to a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealing {
    pub(crate) hash: AnyHash,
    pub(crate) key: KeyMaking,
    pub(crate) how: How,
}

impl Sealing {
    /// The right way, as the scheme says.
    pub(crate) fn of(seal: &Seal<'_>) -> Self {
        let key = match &seal.key {
            Key::Secret => KeyMaking::Secret,
            Key::Chain { prefix, steps } => {
                let steps = steps.iter().map(|step| step.to_vec()).collect();
                KeyMaking::Chain { prefix: prefix.as_bytes().to_vec(), steps, links: Links::Raw }
            }
            Key::HexOf(text) => KeyMaking::HexOf(text.to_vec()),
            Key::Before => KeyMaking::Secret,
        };
        let hash = match seal.hash {
            HashName::Md5 => AnyHash::Md5AfterKey,
            HashName::Sha1 => AnyHash::Sha1,
            HashName::Sha256 => AnyHash::Sha256,
        };
        Self { hash, key, how: How::Mac }
    }

    /// The signature's bytes.
    pub(crate) fn mac(&self, secret: &[u8], text: &[u8]) -> MacBytes {
        with_hash!(self.hash, H => self.mac_with::<H>(secret, text))
    }

    fn mac_with<H: Hash>(&self, secret: &[u8], text: &[u8]) -> MacBytes {
        let key = self.key_with::<H>(secret);
        let hash = |first: &[u8], second: &[u8]| {
            let mut digest = H::digest();
            H::feed(&mut digest, first);
            H::feed(&mut digest, second);
            H::end(digest)
        };
        match self.how {
            How::Mac => H::mac_of(&key, text),
            How::SwappedMac => H::mac_of(text, &key),
            How::HashOfKeyAndText => hash(&key, text),
            How::HashOfTextAndKey => hash(text, &key),
        }
    }

    /// The key of the MAC.
    pub(crate) fn key_with<H: Hash>(&self, secret: &[u8]) -> Vec<u8> {
        match &self.key {
            KeyMaking::Secret => secret.to_vec(),
            KeyMaking::HexOf(text) => hexed(&H::mac_of(secret, text)),
            KeyMaking::RawOf(text) => H::mac_of(secret, text).to_vec(),
            KeyMaking::Chain { prefix, steps, links } => {
                let mut key = [prefix, secret].concat();
                for (number, step) in steps.iter().enumerate() {
                    let swapped = matches!(links, Links::Swapped) || *links == Links::SwappedAt(number);
                    let next = if swapped { H::mac_of(step, &key) } else { H::mac_of(&key, step) };
                    key = if *links == Links::Hex { hexed(&next) } else { next.to_vec() };
                }
                key
            }
        }
    }
}

fn hexed(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len() * 2);
    hex::encode(bytes, &mut text);
    text
}

//! From a string to a signature, the right way and the wrong ways.

use crate::{
    crypto::{
        self, HashName, Key, MacBytes, Seal,
        resumed::{Hasher, Keyed},
    },
    wire::hex,
};
use alloc::vec::Vec;
use zeroize::Zeroizing;

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

impl AnyHash {
    /// The function that is computed block by block; `None` for the one whose blocks are of another size.
    fn blocks(self) -> Option<HashName> {
        match self {
            Self::Md5 | Self::Md5AfterKey => Some(HashName::Md5),
            Self::Sha1 => Some(HashName::Sha1),
            Self::Sha256 => Some(HashName::Sha256),
            Self::Sha512 => None,
        }
    }

    /// A hasher for it.
    pub(crate) fn hasher(self) -> Option<Hasher> {
        self.blocks().map(Hasher::new)
    }

    /// The digest of the pieces, one after the other.
    pub(crate) fn digest(self, pieces: &[&[u8]]) -> MacBytes {
        match self.hasher() {
            Some(mut hasher) => {
                let start = hasher.start();
                let digest = hasher.digest(&start, pieces);
                hasher.bytes(&digest)
            }
            None => crypto::sha512(pieces),
        }
    }

    /// The MAC of the text, or what is taken for one. The hasher is one for this function.
    fn mac(self, hasher: Option<&mut Hasher>, key: &[u8], text: &[u8]) -> MacBytes {
        let Some(hasher) = hasher else { return crypto::hmac_sha512(key, text) };
        let mac = match self {
            Self::Md5AfterKey => hasher.digest(&hasher.start(), &[key, text]),
            _ => hasher.mac(key, text),
        };
        hasher.bytes(&mac)
    }

    /// A MAC under way. The hasher is one for this function.
    pub(crate) fn keyed(self, hasher: &mut Hasher, key: &[u8]) -> Keyed {
        if self == Self::Md5AfterKey { hasher.key_before(key) } else { hasher.keyed(key) }
    }
}

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

/// Hexadecimal digits of the longest MAC.
const LONGEST: usize = 128;

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
        self.mac_by(self.hash.hasher().as_mut(), secret, text)
    }

    /// The same with a hasher that counts the blocks. It is one for the hash function.
    pub(crate) fn mac_by(&self, mut hasher: Option<&mut Hasher>, secret: &[u8], text: &[u8]) -> MacBytes {
        let key = self.key(secret, hasher.as_deref_mut());
        match self.how {
            How::Mac => self.hash.mac(hasher, &key, text),
            How::SwappedMac => self.hash.mac(hasher, text, &key),
            How::HashOfKeyAndText => self.hash.digest(&[&key, text]),
            How::HashOfTextAndKey => self.hash.digest(&[text, &key]),
        }
    }

    /// The key of the MAC. The hasher is one for the hash function.
    pub(crate) fn key(&self, secret: &[u8], mut hasher: Option<&mut Hasher>) -> Zeroizing<Vec<u8>> {
        let mut mac = |key: &[u8], text: &[u8]| self.hash.mac(hasher.as_deref_mut(), key, text);
        Zeroizing::new(match &self.key {
            KeyMaking::Secret => secret.to_vec(),
            KeyMaking::HexOf(text) => hexed(&mac(secret, text)),
            KeyMaking::RawOf(text) => mac(secret, text).to_vec(),
            KeyMaking::Chain { prefix, steps, links } => {
                // As long as the longest it becomes, so that nothing of it is left behind elsewhere.
                let mut key = Zeroizing::new(Vec::with_capacity((prefix.len() + secret.len()).max(LONGEST)));
                key.extend_from_slice(prefix);
                key.extend_from_slice(secret);
                for (number, step) in steps.iter().enumerate() {
                    let swapped = matches!(links, Links::Swapped) || *links == Links::SwappedAt(number);
                    let next = if swapped { mac(step, &key) } else { mac(&key, step) };
                    key.clear();
                    match links {
                        Links::Hex => hex::encode(&next, &mut *key),
                        _ => key.extend_from_slice(&next),
                    }
                }
                core::mem::take(&mut *key)
            }
        })
    }
}

fn hexed(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len() * 2);
    hex::encode(bytes, &mut text);
    text
}

//! Keys and hashes. The only file that names a hash function.
//!
//! A scheme is compiled against one [`Hash`], so that a program which signs for one provider does
//! not carry the hash functions of the others.

mod blocks;

pub(crate) use blocks::{Digested, Hasher, Keyed, Taken};

use crate::{
    pen::{Document, Pen},
    wire::{Ink, hex},
};
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use smallvec::SmallVec;
use zeroize::Zeroize;

/// Which hash function a scheme uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashName {
    /// MD5, 16 bytes.
    Md5,
    /// SHA-1, 20 bytes.
    Sha1,
    /// SHA-256, 32 bytes.
    Sha256,
}

/// How the key of the MAC is made from the secret.
#[derive(Clone, Debug)]
pub enum Key<'a> {
    /// The bytes of the secret.
    Secret,
    /// V4: a chain of MACs, started by `prefix` + secret, over the four parts of the scope.
    Chain {
        /// `AWS4`, `aliyun_v4`, ...
        prefix: &'static str,
        /// Date, region, service and terminator.
        steps: [&'a [u8]; 4],
    },
    /// COS: the hexadecimal text of the MAC of this text.
    HexOf(&'a [u8]),
    /// CDN links: no MAC. The secret is written before the text, and all of it is hashed.
    Before,
}

/// How a string to sign becomes a signature.
#[derive(Clone, Debug)]
pub struct Seal<'a> {
    /// The hash function of MAC and digest.
    pub hash: HashName,
    /// How the key is made.
    pub key: Key<'a>,
    /// How the result is written.
    pub encoding: crate::signature::Encoding,
}

/// A MAC's bytes.
pub(crate) type MacBytes = SmallVec<[u8; 32]>;

/// A hash function with its HMAC.
pub(crate) trait Hash {
    type Digest: Clone;
    type Mac: Clone;
    fn digest() -> Self::Digest;
    fn feed(digest: &mut Self::Digest, bytes: &[u8]);
    fn end(digest: Self::Digest) -> MacBytes;
    fn mac(key: &[u8]) -> Self::Mac;
    fn feed_mac(mac: &mut Self::Mac, bytes: &[u8]);
    fn end_mac(mac: Self::Mac) -> MacBytes;

    fn mac_of(key: &[u8], bytes: &[u8]) -> MacBytes {
        let mut mac = Self::mac(key);
        Self::feed_mac(&mut mac, bytes);
        Self::end_mac(mac)
    }
}

macro_rules! hash {
    ($name:ident) => {
        impl Hash for $name {
            type Digest = $name;
            type Mac = Hmac<$name>;
            fn digest() -> Self::Digest {
                <$name as Digest>::new()
            }
            fn feed(digest: &mut Self::Digest, bytes: &[u8]) {
                Digest::update(digest, bytes);
            }
            fn end(digest: Self::Digest) -> MacBytes {
                SmallVec::from_slice(&digest.finalize())
            }
            fn mac(key: &[u8]) -> Self::Mac {
                // HMAC takes keys of every length: the error cannot happen.
                <Hmac<$name> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of every length")
            }
            fn feed_mac(mac: &mut Self::Mac, bytes: &[u8]) {
                Mac::update(mac, bytes);
            }
            fn end_mac(mac: Self::Mac) -> MacBytes {
                SmallVec::from_slice(&mac.finalize().into_bytes())
            }
        }
    };
}

hash!(Md5);
hash!(Sha1);
hash!(Sha256);
hash!(Sha512);

/// MD5 over key and text, which CDN links take for a MAC. No vendor here uses HMAC-MD5.
pub(crate) struct Md5Link;

impl Hash for Md5Link {
    type Digest = Md5;
    type Mac = Md5;
    fn digest() -> Self::Digest {
        Digest::new()
    }
    fn feed(digest: &mut Self::Digest, bytes: &[u8]) {
        Digest::update(digest, bytes);
    }
    fn end(digest: Self::Digest) -> MacBytes {
        SmallVec::from_slice(&digest.finalize())
    }
    fn mac(key: &[u8]) -> Self::Mac {
        Digest::new_with_prefix(key)
    }
    fn feed_mac(mac: &mut Self::Mac, bytes: &[u8]) {
        Self::feed(mac, bytes);
    }
    fn end_mac(mac: Self::Mac) -> MacBytes {
        Self::end(mac)
    }
}

pub(crate) use md5::Md5 as Md5Hash;
pub(crate) use sha1::Sha1 as Sha1Hash;
pub(crate) use sha2::Sha256 as Sha256Hash;

/// SHA-512 of the pieces, one after the other. No scheme uses it; a client may.
pub(crate) fn sha512(pieces: &[&[u8]]) -> MacBytes {
    let mut digest = <Sha512 as Hash>::digest();
    pieces.iter().for_each(|piece| Sha512::feed(&mut digest, piece));
    Sha512::end(digest)
}

/// HMAC-SHA-512, for the same reason.
pub(crate) fn hmac_sha512(key: &[u8], text: &[u8]) -> MacBytes {
    Sha512::mac_of(key, text)
}

/// The keyed MAC of a seal, ready for the string to sign.
pub(crate) fn keyed<H: Hash>(key: &Key<'_>, secret: &[u8]) -> H::Mac {
    match key {
        Key::Secret | Key::Before => H::mac(secret),
        Key::Chain { prefix, steps } => {
            let mut start: SmallVec<[u8; 128]> = SmallVec::from_slice(prefix.as_bytes());
            start.extend_from_slice(secret);
            let mut link = start;
            for step in steps {
                let next = H::mac_of(&link, step);
                link.zeroize();
                link = SmallVec::from_slice(&next);
            }
            let mac = H::mac(&link);
            link.zeroize();
            mac
        }
        Key::HexOf(text) => {
            let mut hexed = alloc::vec::Vec::with_capacity(64);
            hex::encode(&H::mac_of(secret, text), &mut hexed);
            let mac = H::mac(&hexed);
            hexed.zeroize();
            mac
        }
    }
}

/// The pen that signs and verifies: bytes go straight into the hash, nothing is kept.
pub(crate) struct HashingPen<H: Hash> {
    mac: H::Mac,
    digest: Option<H::Digest>,
    open: Document,
}

impl<H: Hash> HashingPen<H> {
    pub(crate) fn new(mac: H::Mac) -> Self {
        Self { mac, digest: None, open: Document::StringToSign }
    }

    pub(crate) fn finish(self) -> MacBytes {
        H::end_mac(self.mac)
    }
}

impl<H: Hash> Ink for HashingPen<H> {
    fn write(&mut self, bytes: &[u8]) {
        match (self.open, &mut self.digest) {
            (Document::CanonicalRequest, Some(digest)) => H::feed(digest, bytes),
            _ => H::feed_mac(&mut self.mac, bytes),
        }
    }
}

impl<H: Hash> Pen for HashingPen<H> {
    fn open(&mut self, document: Document) {
        self.open = document;
        if document == Document::CanonicalRequest {
            self.digest = Some(H::digest());
        }
    }

    fn close_digest(&mut self) {
        if let Some(digest) = self.digest.take() {
            let mut text = Ends(&mut self.mac, H::feed_mac);
            hex::encode(&H::end(digest), &mut text);
        }
    }
}

/// Writes into a MAC.
struct Ends<'a, M>(&'a mut M, fn(&mut M, &[u8]));

impl<M> Ink for Ends<'_, M> {
    fn write(&mut self, bytes: &[u8]) {
        self.1(self.0, bytes);
    }
}

/// Five bytes that tell secrets apart: enough for that, and next to nothing of a secret of thirty.
pub(crate) fn fingerprint(secret: &[u8], salt: &[u8]) -> [u8; 5] {
    let mut mac = Sha256::mac(b"countersign fingerprint 1");
    Sha256::feed_mac(&mut mac, &u64::try_from(salt.len()).unwrap_or(u64::MAX).to_be_bytes());
    Sha256::feed_mac(&mut mac, salt);
    Sha256::feed_mac(&mut mac, secret);
    let mac = Sha256::end_mac(mac);
    mac.first_chunk().copied().unwrap_or_default()
}

/// SHA-256 of `bytes`.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    <Sha256 as Digest>::digest(bytes).into()
}

/// MD5 of `bytes`, for `Content-MD5`.
pub(crate) fn md5(bytes: &[u8]) -> [u8; 16] {
    <Md5 as Digest>::digest(bytes).into()
}

/// The digests of a body, computed while it streams by.
#[derive(Clone)]
pub struct BodyHasher {
    sha256: Sha256,
    md5: Md5,
    len: u64,
}

impl Default for BodyHasher {
    fn default() -> Self {
        Self { sha256: Digest::new(), md5: Digest::new(), len: 0 }
    }
}

impl BodyHasher {
    /// Takes the next bytes of the body.
    pub fn update(&mut self, bytes: &[u8]) {
        Digest::update(&mut self.sha256, bytes);
        Digest::update(&mut self.md5, bytes);
        self.len = self.len.saturating_add(bytes.len() as u64);
    }

    /// The digests of all bytes taken.
    #[must_use]
    pub fn finish(self) -> crate::subject::BodyDigest {
        crate::subject::BodyDigest { sha256: self.sha256.finalize().into(), md5: self.md5.finalize().into(), len: self.len }
    }
}

impl core::fmt::Debug for BodyHasher {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("BodyHasher").field("len", &self.len).finish_non_exhaustive()
    }
}

/// The digest of `bytes` with a hash function known by name.
pub(crate) fn digest(hash: HashName, bytes: &[u8]) -> MacBytes {
    fn of<H: Hash>(bytes: &[u8]) -> MacBytes {
        let mut digest = H::digest();
        H::feed(&mut digest, bytes);
        H::end(digest)
    }
    match hash {
        HashName::Md5 => of::<Md5Hash>(bytes),
        HashName::Sha1 => of::<Sha1>(bytes),
        HashName::Sha256 => of::<Sha256>(bytes),
    }
}

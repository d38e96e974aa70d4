//! Keys and hashes. The only file that names a hash function.
//!
//! A scheme is compiled against one [`Hash`], so that a program which signs for one provider does
//! not carry the hash functions of the others.

mod block;
#[cfg(any(all(feature = "compact", not(feature = "verify")), test))]
mod compact;
mod kept;
pub(crate) mod resumed;
mod sealer;

use crate::{
    pen::{Document, Page, Pen, Reader},
    secret::SecretKey,
    wire::hex,
};
use block::{Blocks, Keyed, Stream};
use core::ops::Deref;
use hmac::{Hmac, KeyInit, Mac};
use kept::Name;
use md5::Md5;
use resumed::BlockHash;
use sealer::Sealer;
use sha2::{Digest, Sha512};
use zeroize::Zeroize;

pub(crate) use kept::Kept;
pub(crate) use resumed::{SHA1, SHA256};

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

/// The bytes of a MAC or a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MacBytes {
    bytes: [u8; LONGEST],
    len: usize,
}

/// Bytes of the longest of them, which are those of SHA-512.
const LONGEST: usize = 64;

impl MacBytes {
    /// None.
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; LONGEST], len: 0 }
    }

    /// A copy of `bytes`, of which no more are kept than a MAC can have.
    pub(crate) fn from_slice(bytes: &[u8]) -> Self {
        let mut own = Self { bytes: [0; LONGEST], len: bytes.len().min(LONGEST) };
        own.bytes.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        own
    }

    /// Takes words, written big-endian.
    fn set(&mut self, words: &[u32]) {
        for (place, word) in self.bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *place = word.to_be_bytes();
        }
        self.len = words.len() * 4;
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

impl Zeroize for MacBytes {
    fn zeroize(&mut self) {
        self.bytes.zeroize();
        self.len = 0;
    }
}

impl Deref for MacBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}

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

/// A hash function that seals what a pen writes.
pub(crate) trait Signs {
    type Sealer: Seals;
    /// One that has no key yet.
    fn without_key() -> Self::Sealer;
    /// Gives it the key of a seal, from what `secret` keeps where it keeps something. The key is read where it stays: each
    /// move of one is a copy.
    fn read_key(sealer: &mut Self::Sealer, key: &Key<'_>, secret: &SecretKey);
    /// One that has the key of a seal.
    fn sealer(key: &Key<'_>, secret: &SecretKey) -> Self::Sealer {
        let mut sealer = Self::without_key();
        Self::read_key(&mut sealer, key, secret);
        sealer
    }
}

/// Reads what a pen writes, and seals it.
pub(crate) trait Seals: Reader {
    /// Fills in the MAC of all that was read, at the end.
    fn seal(&self, mac: &mut MacBytes);
}

/// MD5 with its HMAC, which no vendor uses, but some clients did.
#[cfg(test)]
pub(crate) use md5::Md5 as Md5Hash;

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
                MacBytes::from_slice(&digest.finalize())
            }
            fn mac(key: &[u8]) -> Self::Mac {
                // HMAC takes keys of every length: the error cannot happen.
                <Hmac<$name> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of every length")
            }
            fn feed_mac(mac: &mut Self::Mac, bytes: &[u8]) {
                Mac::update(mac, bytes);
            }
            fn end_mac(mac: Self::Mac) -> MacBytes {
                MacBytes::from_slice(&mac.finalize().into_bytes())
            }
        }
    };
}

#[cfg(test)]
hash!(Md5);
hash!(Sha512);

/// A hash function that signs: its keys are worth keeping.
macro_rules! signing_hash {
    ($(#[$doc:meta])* $name:ident, $engine:ident = $of:expr, $number:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) struct $name;

        impl Hash for $name {
            type Digest = Stream<$engine>;
            type Mac = block::Mac<$engine>;
            fn digest() -> Self::Digest {
                Stream::new($of)
            }
            #[inline]
            fn feed(digest: &mut Self::Digest, bytes: &[u8]) {
                digest.write(bytes);
            }
            fn end(digest: Self::Digest) -> MacBytes {
                block::bytes($of, &digest.finish())
            }
            fn mac(key: &[u8]) -> Self::Mac {
                Keyed::new($of, key).start()
            }
            #[inline]
            fn feed_mac(mac: &mut Self::Mac, bytes: &[u8]) {
                mac.write(bytes);
            }
            fn end_mac(mac: Self::Mac) -> MacBytes {
                block::bytes($of, &mac.finish())
            }
            fn mac_of(key: &[u8], bytes: &[u8]) -> MacBytes {
                block::bytes($of, &Keyed::new($of, key).mac(bytes))
            }
        }

        impl $name {
            /// The digest of a whole text.
            fn of(text: &[u8]) -> MacBytes {
                block::bytes($of, &block::hash($of, text))
            }
        }

        impl Signs for $name {
            type Sealer = Sealer<$engine>;
            #[inline]
            fn without_key() -> Self::Sealer {
                Sealer::without_key($of)
            }
            fn read_key(sealer: &mut Self::Sealer, key: &Key<'_>, secret: &SecretKey) {
                read_key($of, key, secret, $number, &mut sealer.key);
            }
        }
    };
}

#[cfg(all(feature = "compact", not(feature = "verify")))]
use compact::sha1 as sha1_compress;
#[cfg(any(not(feature = "compact"), feature = "verify"))]
use sha1::block_api::compress as sha1_compress;

#[cfg(not(feature = "compact"))]
signing_hash! {
    /// SHA-1.
    Sha1Hash, Self = Self, 0
}
#[cfg(not(feature = "compact"))]
signing_hash! {
    /// SHA-256.
    Sha256Hash, Self = Self, 1
}

/// What hashes is looked up: the code around it is there once for all hash functions.
#[cfg(feature = "compact")]
type Looked = &'static BlockHash;

#[cfg(feature = "compact")]
signing_hash! {
    /// SHA-1.
    Sha1Hash, Looked = &SHA1, 0
}
#[cfg(feature = "compact")]
signing_hash! {
    /// SHA-256.
    Sha256Hash, Looked = &SHA256, 1
}

#[cfg(not(feature = "compact"))]
impl Blocks for Sha1Hash {
    type State = [u32; 5];
    fn start(self) -> Self::State {
        [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    }
    fn compress(self, state: &mut Self::State, blocks: &[[u8; 64]]) {
        sha1_compress(state, blocks);
    }
}

#[cfg(not(feature = "compact"))]
impl Blocks for Sha256Hash {
    type State = [u32; 8];
    fn start(self) -> Self::State {
        [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19]
    }
    fn compress(self, state: &mut Self::State, blocks: &[[u8; 64]]) {
        sha2::block_api::compress256(state, blocks);
    }
}

impl Signs for Md5Link {
    type Sealer = Md5;
    fn without_key() -> Md5 {
        <Md5 as Digest>::new()
    }
    fn read_key(sealer: &mut Md5, _: &Key<'_>, secret: &SecretKey) {
        Digest::update(sealer, secret.expose());
    }
}

impl Seals for Md5 {
    fn seal(&self, mac: &mut MacBytes) {
        *mac = Md5Link::end(self.clone());
    }
}

impl Reader for Md5 {
    fn read(&mut self, bytes: &[u8]) {
        Digest::update(self, bytes);
    }
    fn open(&mut self, _: Document, page: &mut Page, filled: usize) {
        self.end(page, filled);
    }
    fn end(&mut self, page: &mut Page, filled: usize) {
        self.read(page.get(..filled).unwrap_or_default());
    }
    /// These links have one document.
    fn digest(&self, _: &mut MacBytes) {}
}

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
        MacBytes::from_slice(&digest.finalize())
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

/// Fills in the MAC of what `draft` writes; gives what it says.
pub(crate) fn sealed<H: Signs, R>(
    key: &Key<'_>,
    secret: &SecretKey,
    mac: &mut MacBytes,
    draft: impl FnOnce(&mut Pen<'_>) -> R,
) -> R {
    sealed_by(&mut H::sealer(key, secret), mac, draft)
}

/// The same with the key of a seal that was made before.
#[inline]
pub(crate) fn sealed_by<S: Seals, R>(sealer: &mut S, mac: &mut MacBytes, draft: impl FnOnce(&mut Pen<'_>) -> R) -> R {
    let mut pen = Pen::new(sealer);
    let said = draft(&mut pen);
    pen.end();
    sealer.seal(mac);
    said
}

/// Fills in the key of a seal; `number` is that of the hash function among what the secret keeps.
fn read_key<B: Blocks>(hash: B, key: &Key<'_>, secret: &SecretKey, number: usize, place: &mut Keyed<B>) {
    match secret.kept() {
        Some(kept) => read_kept(key, secret.expose(), kept, number, place),
        None => place.set(&key_of(hash, key, secret.expose())),
    }
}

/// The key of a seal.
fn key_of<B: Blocks>(hash: B, key: &Key<'_>, secret: &[u8]) -> Keyed<B> {
    match key {
        Key::Secret | Key::Before => Keyed::new(hash, secret),
        Key::Chain { prefix, steps } => chained(hash, prefix, secret, steps),
        Key::HexOf(text) => hexed(&Keyed::new(hash, secret), text),
    }
}

/// The MAC of a whole text. What a secret keeps is left alone.
///
/// Here and below all hash functions share the code: a program that signs forms of one vendor carries little.
pub(crate) fn mac_of(hash: &'static BlockHash, key: &[u8], text: &[u8]) -> MacBytes {
    block::bytes(hash, &Keyed::new(hash, key).mac(text))
}

/// The same with the key at the end of a chain: see [`Key::Chain`].
pub(crate) fn chain_mac(hash: &'static BlockHash, prefix: &str, secret: &SecretKey, steps: [&[u8]; 4], text: &[u8]) -> MacBytes {
    block::bytes(hash, &chained(hash, prefix, secret.expose(), &steps).mac(text))
}

/// The digest of a whole text.
pub(crate) fn digest_of(hash: &'static BlockHash, text: &[u8]) -> MacBytes {
    block::bytes(hash, &block::hash(hash, text))
}

/// A key on the way from a secret to a signature, wiped where it was.
fn linked<B: Blocks>(hash: B, mut mac: B::State, make: impl FnOnce(&[u8]) -> Keyed<B>) -> Keyed<B> {
    let mut link = block::bytes(hash, &mac);
    let key = make(&link);
    link.zeroize();
    mac.zeroize();
    key
}

fn chained<B: Blocks>(hash: B, prefix: &str, secret: &[u8], steps: &[&[u8]]) -> Keyed<B> {
    let first = Keyed::of(hash, &[prefix.as_bytes(), secret]);
    steps.iter().fold(first, |key, step| linked(hash, key.mac(step), |mac| Keyed::new(hash, mac)))
}

fn hexed<B: Blocks>(secret: &Keyed<B>, text: &[u8]) -> Keyed<B> {
    linked(secret.hash, secret.mac(text), |mac| {
        let mut digits = [0; 64];
        hex::fill(mac, &mut digits);
        let key = Keyed::new(secret.hash, digits.get(..2 * mac.len()).unwrap_or_default());
        digits.zeroize();
        key
    })
}

/// The same key, from what is kept if it is there, and kept if it is not.
fn read_kept<B: Blocks>(key: &Key<'_>, secret: &[u8], kept: &Kept, number: usize, place: &mut Keyed<B>) {
    let hash = place.hash;
    let read_own = |place: &mut Keyed<B>| {
        let entry = kept.secret.get(number);
        if !entry.is_some_and(|entry| entry.read(None, place.states_mut())) {
            place.set(&Keyed::new(hash, secret));
            entry.into_iter().for_each(|entry| entry.write(None, place.states()));
        }
    };
    let read_derived = |name: Option<Name>, place: &mut Keyed<B>, derive: &dyn Fn() -> Keyed<B>| {
        if !name.as_ref().is_some_and(|name| kept.derived(name, place.states_mut())) {
            place.set(&derive());
            name.iter().for_each(|name| kept.keep(name, place.states()));
        }
    };
    // A letter for the way, small or large for the hash function.
    let way = |letter: u8| if number == 0 { letter } else { letter.to_ascii_uppercase() };
    match key {
        Key::Secret | Key::Before => read_own(place),
        Key::Chain { prefix, steps } => {
            // The region first: entries differ in it more often than in the date.
            let [date, region, service, terminator] = steps;
            let name = Name::of(way(b'c'), [region, date, service, terminator, prefix.as_bytes()]);
            read_derived(name, place, &|| chained(hash, prefix, secret, steps));
        }
        Key::HexOf(text) => {
            let name = Name::of(way(b'h'), [text]);
            read_derived(name, place, &|| {
                let mut own = Keyed::empty(hash);
                read_own(&mut own);
                hexed(&own, text)
            });
        }
    }
}

/// Five bytes that tell secrets apart: enough for that, and next to nothing of a secret of thirty.
pub(crate) fn fingerprint(secret: &[u8], salt: &[u8]) -> [u8; 5] {
    let mut mac = Sha256Hash::mac(b"countersign fingerprint 1");
    Sha256Hash::feed_mac(&mut mac, &u64::try_from(salt.len()).unwrap_or(u64::MAX).to_be_bytes());
    Sha256Hash::feed_mac(&mut mac, salt);
    Sha256Hash::feed_mac(&mut mac, secret);
    let mac = Sha256Hash::end_mac(mac);
    mac.first_chunk().copied().unwrap_or_default()
}

/// SHA-256 of `bytes`.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    <sha2::Sha256 as Digest>::digest(bytes).into()
}

/// SHA-256 of nothing, which is what most requests have for a body.
pub(crate) const EMPTY_SHA256: [u8; 32] = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64,
    0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// MD5 of `bytes`, for `Content-MD5`.
pub(crate) fn md5(bytes: &[u8]) -> [u8; 16] {
    <Md5 as Digest>::digest(bytes).into()
}

/// The digests of a body, computed while it streams by.
#[derive(Clone)]
pub struct BodyHasher {
    sha256: sha2::Sha256,
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
    match hash {
        HashName::Md5 => MacBytes::from_slice(&md5(bytes)),
        HashName::Sha1 => Sha1Hash::of(bytes),
        HashName::Sha256 => Sha256Hash::of(bytes),
    }
}

#[cfg(test)]
mod tests;

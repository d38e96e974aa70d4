//! Hashing that is resumed: thousands of texts share a beginning, and the state behind it is gone on from many times.
//!
//! Signing is compiled for one hash function, each with its own code. A search meets all of them, and one engine serves
//! MD5, SHA-1 and SHA-256, whose blocks are alike. A test compares it with the others for texts of every length.

use crate::crypto::HashName;
use alloc::vec::Vec;
use zeroize::{Zeroize, Zeroizing};

const BLOCK: usize = 64;

/// The state between two blocks, in as many words as the hash function has.
type Words = [u32; 8];

/// What tells hash functions apart.
struct BlockHash {
    start: Words,
    compress: fn(&mut Words, &[[u8; BLOCK]]),
    /// Bytes of a digest.
    digest: usize,
    word: fn(u32) -> [u8; 4],
    length: fn(u64) -> [u8; 8],
}

/// RFC 1321.
static MD5: BlockHash = BlockHash {
    start: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0, 0, 0, 0],
    compress: |words, blocks| {
        if let Some(state) = words.first_chunk_mut() {
            md5::block_api::compress(state, blocks);
        }
    },
    digest: 16,
    word: u32::to_le_bytes,
    length: u64::to_le_bytes,
};

/// FIPS 180-4.
static SHA1: BlockHash = BlockHash {
    start: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0, 0, 0, 0],
    compress: |words, blocks| {
        if let Some(state) = words.first_chunk_mut() {
            super::sha1_compress(state, blocks);
        }
    },
    digest: 20,
    word: u32::to_be_bytes,
    length: u64::to_be_bytes,
};

/// FIPS 180-4.
static SHA256: BlockHash = BlockHash {
    start: [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19],
    compress: sha2::block_api::compress256,
    digest: 32,
    word: u32::to_be_bytes,
    length: u64::to_be_bytes,
};

/// Hashing under way: everything before some byte is taken.
#[derive(Clone)]
pub(crate) struct Taken {
    words: Words,
    /// The bytes behind the last whole block.
    pending: [u8; BLOCK],
    len: u64,
}

impl Taken {
    fn pending(&self) -> &[u8] {
        self.pending.get(..count(self.len)).unwrap_or_default()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.words.zeroize();
        self.pending.zeroize();
    }
}

/// Bytes behind the last whole block.
const fn count(len: u64) -> usize {
    (len % BLOCK as u64) as usize
}

/// A MAC under way, and what closes it.
#[derive(Clone)]
pub(crate) struct Keyed {
    pub(crate) taken: Taken,
    pub(crate) outer: Outer,
}

/// The other half of a key: the state it gives the outer hash of HMAC. None where the key is just written before the text.
#[derive(Clone)]
pub(crate) struct Outer(Option<Words>);

impl Drop for Outer {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A digest or MAC, worked out.
#[derive(Clone, Copy)]
pub(crate) struct Digested {
    bytes: [u8; 32],
    len: usize,
}

impl Digested {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// Hashes, and counts the blocks.
pub(crate) struct Hasher {
    hash: &'static BlockHash,
    /// The text from the last kept state on.
    rest: Zeroizing<Vec<u8>>,
    pub(crate) blocks: u64,
}

impl Hasher {
    pub(crate) fn new(hash: HashName) -> Self {
        let hash = match hash {
            HashName::Md5 => &MD5,
            HashName::Sha1 => &SHA1,
            HashName::Sha256 => &SHA256,
        };
        Self { hash, rest: Zeroizing::new(Vec::new()), blocks: 0 }
    }

    /// Nothing taken yet.
    pub(crate) fn start(&self) -> Taken {
        Taken { words: self.hash.start, pending: [0; BLOCK], len: 0 }
    }

    /// A MAC with this key.
    pub(crate) fn keyed(&mut self, key: &[u8]) -> Keyed {
        let mut block = Zeroizing::new([0; BLOCK]);
        match block.get_mut(..key.len()) {
            Some(front) => front.copy_from_slice(key),
            None => {
                let digest = self.digest(&self.start(), &[key]);
                block.iter_mut().zip(digest.as_bytes()).for_each(|(to, from)| *to = *from);
            }
        }
        let mut padded = |pad: u8| {
            let mut words = self.hash.start;
            block.iter_mut().for_each(|byte| *byte ^= pad);
            self.compress(&mut words, core::slice::from_ref(&*block));
            words
        };
        let inner = padded(0x36);
        let outer = padded(0x36 ^ 0x5c);
        Keyed { taken: Taken { words: inner, pending: [0; BLOCK], len: BLOCK as u64 }, outer: Outer(Some(outer)) }
    }

    /// No MAC: a key that is written before the text.
    pub(crate) fn key_before(&mut self, key: &[u8]) -> Keyed {
        let mut taken = self.start();
        self.take(&mut taken, key);
        Keyed { taken, outer: Outer(None) }
    }

    /// Goes on by `bytes`.
    pub(crate) fn take(&mut self, taken: &mut Taken, mut bytes: &[u8]) {
        let pending = count(taken.len);
        taken.len += bytes.len() as u64;
        if pending > 0 {
            let room = taken.pending.get_mut(pending..).unwrap_or_default();
            let Some((front, rest)) = bytes.split_at_checked(room.len()) else {
                room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
                return;
            };
            room.copy_from_slice(front);
            self.compress(&mut taken.words, core::slice::from_ref(&taken.pending));
            bytes = rest;
        }
        let (blocks, rest) = bytes.as_chunks();
        self.compress(&mut taken.words, blocks);
        taken.pending.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    }

    /// The digest of what is taken and the pieces behind it.
    pub(crate) fn digest(&mut self, taken: &Taken, pieces: &[&[u8]]) -> Digested {
        self.go_on(taken);
        pieces.iter().for_each(|piece| self.write(piece));
        self.finish(taken)
    }

    /// Starts to put together what stands behind a kept state.
    pub(crate) fn go_on(&mut self, taken: &Taken) {
        self.rest.clear();
        self.rest.extend_from_slice(taken.pending());
    }

    /// Adds a piece of the text.
    pub(crate) fn write(&mut self, piece: &[u8]) {
        self.rest.extend_from_slice(piece);
    }

    /// The digest of what is taken and all that was written behind it.
    pub(crate) fn finish(&mut self, taken: &Taken) -> Digested {
        let bits = (taken.len - taken.pending().len() as u64 + self.rest.len() as u64) * 8;
        self.rest.push(0x80);
        let whole = (self.rest.len() + 8).next_multiple_of(BLOCK);
        self.rest.resize(whole - 8, 0);
        self.rest.extend_from_slice(&(self.hash.length)(bits));
        let mut words = taken.words;
        let (blocks, _) = self.rest.as_chunks();
        self.blocks += blocks.len() as u64;
        (self.hash.compress)(&mut words, blocks);
        self.written(&words)
    }

    /// The MAC whose inner digest this is.
    pub(crate) fn close(&mut self, outer: &Outer, inner: Digested) -> Digested {
        let Outer(Some(mut words)) = *outer else { return inner };
        let mut block = [0; BLOCK];
        let len = self.hash.digest;
        block.iter_mut().zip(inner.as_bytes()).for_each(|(to, from)| *to = *from);
        if let Some(end) = block.get_mut(len) {
            *end = 0x80;
        }
        if let Some(length) = block.last_chunk_mut() {
            *length = (self.hash.length)((BLOCK + len) as u64 * 8);
        }
        self.compress(&mut words, core::slice::from_ref(&block));
        self.written(&words)
    }

    fn compress(&mut self, words: &mut Words, blocks: &[[u8; BLOCK]]) {
        self.blocks += blocks.len() as u64;
        (self.hash.compress)(words, blocks);
    }

    fn written(&self, words: &Words) -> Digested {
        let mut bytes = [0; 32];
        for (four, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *four = (self.hash.word)(*word);
        }
        Digested { bytes, len: self.hash.digest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{Hash, Md5Hash, Md5Link, Sha1Hash, Sha256Hash};

    /// Texts and keys around the lengths of one and two blocks, against the hash functions in one piece.
    fn agrees<H: Hash>(name: HashName, keyed: fn(&mut Hasher, &[u8]) -> Keyed) {
        let text: Vec<u8> = (0..=255).cycle().take(300).collect();
        for len in (0..140).chain([191, 192, 193, 300]) {
            let text = &text[..len];
            for cut in [0, len / 3, len.saturating_sub(1), len] {
                let mut hasher = Hasher::new(name);
                let mut taken = hasher.start();
                hasher.take(&mut taken, &text[..cut / 2]);
                hasher.take(&mut taken, &text[cut / 2..cut]);
                let mut whole = H::digest();
                H::feed(&mut whole, text);
                assert_eq!(hasher.digest(&taken, &[&text[cut..]]).as_bytes(), &*H::end(whole), "{name:?} {len} {cut}");
                let mut mac = keyed(&mut hasher, text);
                hasher.take(&mut mac.taken, &text[..cut]);
                let inner = hasher.digest(&mac.taken, &[&text[cut..]]);
                assert_eq!(hasher.close(&mac.outer, inner).as_bytes(), &*H::mac_of(text, text), "{name:?} {len} {cut}");
            }
        }
    }

    #[test]
    fn any_cut_gives_the_digest_and_the_mac_of_the_whole() {
        agrees::<Md5Hash>(HashName::Md5, Hasher::keyed);
        agrees::<Md5Link>(HashName::Md5, Hasher::key_before);
        agrees::<Sha1Hash>(HashName::Sha1, Hasher::keyed);
        agrees::<Sha256Hash>(HashName::Sha256, Hasher::keyed);
    }

    #[test]
    fn every_block_is_counted() {
        let mut hasher = Hasher::new(HashName::Sha256);
        let mut key = hasher.keyed(b"key");
        hasher.take(&mut key.taken, &[0; 100]);
        // One block of the text is whole, and the padding of the rest needs no further one.
        let inner = hasher.digest(&key.taken, &[&[0; 10]]);
        hasher.close(&key.outer, inner);
        assert_eq!(hasher.blocks, 2 + 1 + 1 + 1);
    }
}

//! Hashing that is resumed: thousands of texts share a beginning, and the state behind it is gone on from many times.
//!
//! Signing requests is compiled for one hash function, each with its own code. A search meets all of them, and one engine
//! serves MD5, SHA-1 and SHA-256, whose blocks are alike. A test compares it with the others for texts of every length.

use crate::{
    crypto::{HashName, MacBytes},
    wire::hex,
};
use alloc::vec::Vec;
use zeroize::{Zeroize, Zeroizing};

const BLOCK: usize = 64;
/// What stands behind a text, and zeros after it.
const END: [u8; 4] = [0x80, 0, 0, 0];
/// The same with as many zeros as may be needed.
static PADDING: [u8; BLOCK + 8] = {
    let mut padding = [0; BLOCK + 8];
    if let Some((end, _)) = padding.split_first_chunk_mut() {
        *end = END;
    }
    padding
};

/// The state between two blocks, in as many words as the hash function has.
type Words = [u32; 8];

/// What tells hash functions apart.
pub(crate) struct BlockHash {
    start: Words,
    compress: fn(&mut Words, &[[u8; BLOCK]]),
    /// Bytes of a digest.
    digest: usize,
    /// How words and lengths are written.
    order: Order,
}

/// For those whose words are big-endian.
impl super::block::Blocks for &'static BlockHash {
    type State = Words;

    fn start(self) -> Words {
        self.start
    }

    fn compress(self, state: &mut Words, blocks: &[[u8; BLOCK]]) {
        (self.compress)(state, blocks);
    }

    fn hash(self, state: &Words) -> &[u32] {
        state.get(..self.digest / 4).unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
enum Order {
    BigEndian,
    LittleEndian,
}

impl Order {
    fn bytes(self, words: &Words) -> [u8; 32] {
        let mut bytes = [0; 32];
        let (places, _) = bytes.as_chunks_mut();
        // A loop for each, so that neither asks which it is for every word.
        match self {
            Self::BigEndian => places.iter_mut().zip(words).for_each(|(place, word)| *place = word.to_be_bytes()),
            Self::LittleEndian => places.iter_mut().zip(words).for_each(|(place, word)| *place = word.to_le_bytes()),
        }
        bytes
    }

    const fn word(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::BigEndian => u32::from_be_bytes(bytes),
            Self::LittleEndian => u32::from_le_bytes(bytes),
        }
    }

    const fn length(self, bits: u64) -> [u8; 8] {
        match self {
            Self::BigEndian => bits.to_be_bytes(),
            Self::LittleEndian => bits.to_le_bytes(),
        }
    }
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
    order: Order::LittleEndian,
};

/// FIPS 180-4.
pub(crate) static SHA1: BlockHash = BlockHash {
    start: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0, 0, 0, 0],
    compress: |words, blocks| {
        if let Some(state) = words.first_chunk_mut() {
            super::sha1_compress(state, blocks);
        }
    },
    digest: 20,
    order: Order::BigEndian,
};

/// FIPS 180-4.
pub(crate) static SHA256: BlockHash = BlockHash {
    start: [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19],
    compress: sha2::block_api::compress256,
    digest: 32,
    order: Order::BigEndian,
};

/// Hashing under way: everything before some byte is taken.
#[derive(Clone)]
pub(crate) struct Taken {
    words: Words,
    /// The bytes behind the last whole block.
    pending: [u8; BLOCK],
    len: u64,
    /// Whether the key is written as a part of the text.
    holds_key: bool,
}

impl Taken {
    fn pending(&self) -> &[u8] {
        self.pending.get(..count(self.len)).unwrap_or_default()
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.words.zeroize();
        // The text is no secret, and clearing it byte by byte takes as long as hashing it.
        if self.holds_key {
            self.pending.zeroize();
        }
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

/// The end of a text that is signed, but for a gap in it, laid out in blocks.
pub(crate) struct Ending {
    words: Words,
    blocks: Vec<u8>,
    /// Where the gap begins.
    gap: usize,
    outer: Outer,
    holds_key: bool,
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.words.zeroize();
        if self.holds_key {
            self.blocks.zeroize();
        }
    }
}

/// A digest or MAC, worked out. Most are compared with another one and never written, for which words do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digested(Words);

impl Zeroize for Digested {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// Hashes, and counts the blocks.
pub(crate) struct Hasher {
    hash: &'static BlockHash,
    /// The text from the last kept state on.
    rest: Zeroizing<Vec<u8>>,
    /// The block behind the key in the outer hash of HMAC, but for the digest in front.
    outer: [u8; BLOCK],
    /// What that block has behind the digest, in the words of a state.
    end: Words,
    pub(crate) blocks: u64,
}

impl Hasher {
    pub(crate) fn new(hash: HashName) -> Self {
        Self::of(match hash {
            HashName::Md5 => &MD5,
            HashName::Sha1 => &SHA1,
            HashName::Sha256 => &SHA256,
        })
    }

    /// The same for a hash function that is known: no other one is carried along.
    pub(crate) fn of(hash: &'static BlockHash) -> Self {
        let mut outer = [0; BLOCK];
        if let Some((end, _)) = outer.get_mut(hash.digest..).and_then(<[u8]>::split_first_chunk_mut) {
            *end = END;
        }
        if let Some(length) = outer.last_chunk_mut() {
            *length = hash.order.length((BLOCK + hash.digest) as u64 * 8);
        }
        let mut end = Words::default();
        if let Some(word) = end.get_mut(hash.digest / 4) {
            *word = hash.order.word(END);
        }
        Self { hash, rest: Zeroizing::new(Vec::new()), outer, end, blocks: 0 }
    }

    /// The bytes of a digest, as it is written.
    pub(crate) fn bytes(&self, digested: &Digested) -> MacBytes {
        let bytes = Zeroizing::new(self.hash.order.bytes(&digested.0));
        MacBytes::from_slice(bytes.get(..self.hash.digest).unwrap_or_default())
    }

    /// The hexadecimal digits of a digest, with others behind them where it is short.
    pub(crate) fn hex(&self, digested: &Digested) -> [u8; 64] {
        let mut digits = [0; 64];
        hex::fill(&self.hash.order.bytes(&digested.0), &mut digits);
        digits
    }

    /// The digest that is written like this; `None` for what has another length.
    pub(crate) fn read(&self, bytes: &[u8]) -> Option<Digested> {
        let mut words = Words::default();
        let (chunks, _) = bytes.as_chunks();
        words.iter_mut().zip(chunks).for_each(|(word, bytes)| *word = self.hash.order.word(*bytes));
        (bytes.len() == self.hash.digest).then_some(Digested(words))
    }

    /// How many hexadecimal digits a digest has.
    pub(crate) const fn digits(&self) -> usize {
        self.hash.digest * 2
    }

    /// Nothing taken yet.
    pub(crate) fn start(&self) -> Taken {
        Taken { words: self.hash.start, pending: [0; BLOCK], len: 0, holds_key: false }
    }

    /// A MAC with this key.
    pub(crate) fn keyed(&mut self, key: &[u8]) -> Keyed {
        let states = self.states(key);
        let [inner, outer] = *states;
        let taken = Taken { words: inner, pending: [0; BLOCK], len: BLOCK as u64, holds_key: false };
        Keyed { taken, outer: Outer(Some(outer)) }
    }

    /// The MAC of a text.
    pub(crate) fn mac(&mut self, key: &[u8], text: &[u8]) -> Digested {
        let states = self.states(key);
        let [inner, outer] = *states;
        self.rest.clear();
        self.write(text);
        self.pad(BLOCK as u64);
        let inner = self.end(inner);
        self.close_with(outer, inner)
    }

    /// The states of HMAC behind its two padded blocks.
    fn states(&mut self, key: &[u8]) -> Zeroizing<[Words; 2]> {
        let mut block = Zeroizing::new([0; BLOCK]);
        match block.get_mut(..key.len()) {
            Some(front) => front.copy_from_slice(key),
            None => {
                // Put together like a text, in one place, and wiped there: what moves leaves a copy behind.
                self.rest.reserve(key.len() + 2 * BLOCK);
                let digest = Zeroizing::new(self.digest(&self.start(), &[key]));
                let digest = Zeroizing::new(self.bytes(&digest));
                block.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
                self.rest.zeroize();
            }
        }
        let mut states = Zeroizing::new([self.hash.start; 2]);
        // The second pad undoes the first.
        for (words, pad) in states.iter_mut().zip([0x36, 0x36 ^ 0x5c]) {
            block.iter_mut().for_each(|byte| *byte ^= pad);
            self.compress(words, core::slice::from_ref(&*block));
        }
        states
    }

    /// No MAC: a key that is written before the text.
    pub(crate) fn key_before(&mut self, key: &[u8]) -> Keyed {
        let mut taken = self.start();
        taken.holds_key = true;
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
        // All of it, for which no length is to be asked.
        self.rest.extend_from_slice(&taken.pending);
        self.rest.truncate(count(taken.len));
    }

    /// Adds a piece of the text.
    pub(crate) fn write(&mut self, piece: &[u8]) {
        self.rest.extend_from_slice(piece);
    }

    /// The digest of what is taken and all that was written behind it.
    pub(crate) fn finish(&mut self, taken: &Taken) -> Digested {
        self.pad(taken.len - taken.pending().len() as u64);
        self.end(taken.words)
    }

    /// Ends a text of which so many bytes stand before those put together.
    fn pad(&mut self, before: u64) {
        let len = self.rest.len();
        let bits = (before + len as u64) * 8;
        let whole = (len + 1 + 8).next_multiple_of(BLOCK);
        self.rest.extend_from_slice(&PADDING);
        self.rest.truncate(whole);
        if let Some(length) = self.rest.last_chunk_mut() {
            *length = self.hash.order.length(bits);
        }
    }

    /// The digest that the blocks put together give.
    fn end(&mut self, mut words: Words) -> Digested {
        let (blocks, _) = self.rest.as_chunks();
        self.blocks += blocks.len() as u64;
        (self.hash.compress)(&mut words, blocks);
        Digested(words)
    }

    /// Lays out what was put together behind a MAC under way, which begins with a gap.
    pub(crate) fn ending(&mut self, keyed: &Keyed) -> Ending {
        let taken = &keyed.taken;
        let gap = taken.pending().len();
        self.pad(taken.len - gap as u64);
        let (blocks, outer) = (self.rest.to_vec(), keyed.outer.clone());
        Ending { words: taken.words, blocks, gap, outer, holds_key: taken.holds_key }
    }

    /// The MAC with these bytes in the gap.
    pub(crate) fn fill(&mut self, ending: &Ending, bytes: &[u8]) -> Digested {
        self.rest.clear();
        self.rest.extend_from_slice(&ending.blocks);
        if let Some(gap) = self.rest.get_mut(ending.gap..ending.gap + bytes.len()) {
            gap.copy_from_slice(bytes);
        }
        let inner = self.end(ending.words);
        self.close(&ending.outer, inner)
    }

    /// The MAC whose inner digest this is.
    pub(crate) fn close(&mut self, outer: &Outer, inner: Digested) -> Digested {
        match *outer {
            Outer(Some(words)) => self.close_with(words, inner),
            Outer(None) => inner,
        }
    }

    fn close_with(&mut self, mut words: Words, Digested(inner): Digested) -> Digested {
        let mut block = self.outer;
        // Words that no digest has are zero. What is written in one place and read in another size has to be waited for.
        let mut front = self.end;
        front.iter_mut().zip(inner).for_each(|(end, word)| *end |= word);
        if let Some((place, _)) = block.split_first_chunk_mut() {
            *place = self.hash.order.bytes(&front);
        }
        self.compress(&mut words, core::slice::from_ref(&block));
        Digested(words)
    }

    fn compress(&mut self, words: &mut Words, blocks: &[[u8; BLOCK]]) {
        self.blocks += blocks.len() as u64;
        (self.hash.compress)(words, blocks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{Hash, Md5Hash, Md5Link, Sha1Hash, Sha256Hash};
    use alloc::vec;

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
                let digest = hasher.digest(&taken, &[&text[cut..]]);
                assert_eq!(*hasher.bytes(&digest), *H::end(whole), "{name:?} {len} {cut}");
                let mut mac = keyed(&mut hasher, text);
                hasher.take(&mut mac.taken, &text[..cut]);
                let inner = hasher.digest(&mac.taken, &[&text[cut..]]);
                let right = H::mac_of(text, text);
                let closed = hasher.close(&mac.outer, inner);
                assert_eq!(*hasher.bytes(&closed), *right, "{name:?} {len} {cut}");
                let (gap, after) = text[cut..].split_at((len - cut) / 2);
                hasher.go_on(&mac.taken);
                hasher.write(&vec![0; gap.len()]);
                hasher.write(after);
                let ending = hasher.ending(&mac);
                let filled = hasher.fill(&ending, gap);
                assert_eq!(*hasher.bytes(&filled), *right, "{name:?} {len} {cut}");
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
    fn a_mac_in_one_piece_is_the_same() {
        let text: Vec<u8> = (0..=255).collect();
        for len in [0, 1, 55, 56, 63, 64, 65, 200] {
            let mut hasher = Hasher::new(HashName::Sha256);
            let right = Sha256Hash::mac_of(&text[..len], &text[len..]);
            let mac = hasher.mac(&text[..len], &text[len..]);
            assert_eq!(*hasher.bytes(&mac), *right, "{len}");
            assert!(hasher.read(&right) == Some(mac) && hasher.read(&right[1..]).is_none());
        }
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

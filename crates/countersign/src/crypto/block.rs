//! Hashing and HMAC over a block function, with the states of a key kept.
//!
//! The `hmac` crate wraps each state into its own block buffer and clears both of them: for the short texts of
//! signatures that costs as much as half a block. Here a text is gathered in one buffer of several blocks, so that
//! the block function runs once over all of them. Tests compare every length with the `hmac` crate.

use super::{MacBytes, kept::States};
use crate::pen::{PAGE, Page};
use zeroize::{Zeroize, Zeroizing};

/// Bytes of a block, for SHA-1 and SHA-256 alike.
pub(super) const BLOCK: usize = 64;
/// Bytes gathered before the block function runs.
const GATHERED: usize = PAGE;
/// Bytes of the length at the end of a text.
const LENGTH: usize = 8;

/// A hash function that is given by its block function. Mostly its type says all: each has code of its own then.
pub(crate) trait Blocks: Copy {
    /// The chaining value: 32-bit words, written big-endian.
    type State: Copy + AsRef<[u32]> + AsMut<[u32]> + Zeroize;
    /// Before the first block.
    fn start(self) -> Self::State;
    /// Takes whole blocks.
    fn compress(self, state: &mut Self::State, blocks: &[[u8; BLOCK]]);
    /// The words of a state that are the hash: all of them, if nothing else is said.
    fn hash(self, state: &Self::State) -> &[u32] {
        state.as_ref()
    }
}

/// A hash that takes its text in pieces.
pub(crate) struct Stream<B: Blocks> {
    hash: B,
    state: B::State,
    gathered: Page,
    /// How many bytes of `gathered` are taken: less than all of them.
    filled: usize,
    /// Bytes before those in `gathered`.
    taken: u64,
}

impl<B: Blocks> Clone for Stream<B> {
    fn clone(&self) -> Self {
        Self { gathered: self.gathered, ..*self }
    }
}

impl<B: Blocks> Stream<B> {
    /// A text from its beginning.
    pub(crate) fn new(hash: B) -> Self {
        Self::behind(hash, hash.start(), 0)
    }

    fn behind(hash: B, state: B::State, taken: u64) -> Self {
        Self { hash, state, gathered: [0; GATHERED], filled: 0, taken }
    }

    /// Takes the next bytes.
    #[inline]
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        // Most pieces are shorter than what is left, and many are a single byte.
        let end = self.filled + bytes.len();
        if end < GATHERED {
            match (bytes, self.gathered.get_mut(self.filled..end)) {
                ([byte], Some([place])) => *place = *byte,
                (_, Some(place)) => place.copy_from_slice(bytes),
                (_, None) => {}
            }
            self.filled = end;
        } else {
            self.write_over(bytes);
        }
    }

    fn write_over(&mut self, bytes: &[u8]) {
        let (head, rest) = bytes.split_at_checked(GATHERED - self.filled).unwrap_or_default();
        if let Some(place) = self.gathered.get_mut(self.filled..) {
            place.copy_from_slice(head);
        }
        self.hash.compress(&mut self.state, self.gathered.as_chunks().0);
        // What is left of a long text need not be gathered: bodies come this way, too.
        let (blocks, rest) = rest.as_chunks();
        if !blocks.is_empty() {
            self.hash.compress(&mut self.state, blocks);
        }
        let taken = GATHERED + blocks.len() * BLOCK;
        self.taken = self.taken.wrapping_add(taken as u64);
        if let Some(place) = self.gathered.get_mut(..rest.len()) {
            place.copy_from_slice(rest);
        }
        self.filled = rest.len();
    }

    /// The hash of all that was taken.
    pub(crate) fn finish(mut self) -> B::State {
        finish(self.hash, self.state, self.taken, &mut self.gathered, self.filled)
    }
}

/// The hash of a whole text.
pub(super) fn hash<B: Blocks>(hash: B, text: &[u8]) -> B::State {
    hash_behind(hash, hash.start(), 0, text)
}

fn hash_behind<B: Blocks>(hash: B, state: B::State, taken: u64, text: &[u8]) -> B::State {
    hash_over(hash, state, taken, text, &mut [0; GATHERED])
}

fn hash_over<B: Blocks>(hash: B, mut state: B::State, taken: u64, text: &[u8], page: &mut Page) -> B::State {
    let (blocks, rest) = text.as_chunks();
    hash.compress(&mut state, blocks);
    if let Some(place) = page.get_mut(..rest.len()) {
        place.copy_from_slice(rest);
    }
    finish(hash, state, taken.wrapping_add((blocks.len() * BLOCK) as u64), page, rest.len())
}

/// The hash of a text: `state` is behind `taken` bytes of it, and so much of `gathered` follows.
pub(super) fn finish<B: Blocks>(hash: B, mut state: B::State, taken: u64, gathered: &mut Page, mut filled: usize) -> B::State {
    let bits = taken.wrapping_add(filled as u64).wrapping_mul(8);
    if filled == GATHERED {
        hash.compress(&mut state, gathered.as_chunks().0);
        filled = 0;
    }
    // A one and zeros up to the length, which ends a block.
    let mut end = (filled + 1 + LENGTH).next_multiple_of(BLOCK);
    if end > GATHERED {
        // Too close to the end of the page: the length goes into a block of its own.
        write_padding(gathered, filled, GATHERED);
        hash.compress(&mut state, gathered.as_chunks().0);
        gathered.fill(0);
        end = BLOCK;
    } else {
        write_padding(gathered, filled, end);
    }
    let (blocks, _) = gathered.as_chunks_mut();
    let blocks = blocks.get_mut(..end / BLOCK).unwrap_or_default();
    if let Some(last) = blocks.last_mut() {
        write_length(last, bits);
    }
    hash.compress(&mut state, blocks);
    state
}

fn write_padding(gathered: &mut Page, filled: usize, end: usize) {
    if let Some([one, zeros @ ..]) = gathered.get_mut(filled..end) {
        *one = 0x80;
        zeros.fill(0);
    }
}

fn write_length(block: &mut [u8; BLOCK], bits: u64) {
    if let Some(place) = block.last_chunk_mut() {
        *place = bits.to_be_bytes();
    }
}

/// A key of an HMAC, ready for texts: the states behind its two padded blocks.
pub(crate) struct Keyed<B: Blocks> {
    states: States,
    pub(super) hash: B,
}

impl<B: Blocks> Clone for Keyed<B> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<B: Blocks> Drop for Keyed<B> {
    fn drop(&mut self) {
        self.states.zeroize();
    }
}

impl<B: Blocks> Keyed<B> {
    /// Sets up a key of any length.
    pub(crate) fn new(hash: B, key: &[u8]) -> Self {
        Self::of(hash, &[key])
    }

    /// Sets up a key that comes in pieces.
    pub(crate) fn of(hash: B, pieces: &[&[u8]]) -> Self {
        let mut block = [0; BLOCK];
        let mut rest = &mut block[..];
        let mut is_long = false;
        for piece in pieces {
            match rest.split_at_mut_checked(piece.len()) {
                Some((place, behind)) => {
                    place.copy_from_slice(piece);
                    rest = behind;
                }
                None => {
                    is_long = true;
                    break;
                }
            }
        }
        if is_long {
            let whole = Zeroizing::new(pieces.concat());
            block = [0; BLOCK];
            let mut page = Zeroizing::new([0; GATHERED]);
            write_words(hash.hash(&hash_over(hash, hash.start(), 0, &whole, &mut page)), &mut block);
        }
        let mut own = Self { states: [[0; 8]; 2], hash };
        // The second pad undoes the first.
        for (state, pad) in own.states.iter_mut().zip([0x36, 0x36 ^ 0x5c]) {
            block.iter_mut().for_each(|byte| *byte ^= pad);
            let mut padded = hash.start();
            hash.compress(&mut padded, &[block]);
            state.iter_mut().zip(padded.as_ref()).for_each(|(to, from)| *to = *from);
            padded.zeroize();
        }
        block.zeroize();
        own
    }

    /// A place for a key.
    pub(super) const fn empty(hash: B) -> Self {
        Self { states: [[0; 8]; 2], hash }
    }

    /// Becomes another key.
    pub(super) const fn set(&mut self, other: &Self) {
        self.states = other.states;
    }

    /// Both states, to be filled in.
    pub(super) const fn states_mut(&mut self) -> &mut States {
        &mut self.states
    }

    /// Both states, as they are kept.
    pub(crate) const fn states(&self) -> &States {
        &self.states
    }

    fn state(&self, of: usize) -> B::State {
        let mut state = self.hash.start();
        let words = self.states.get(of).into_iter().flatten();
        state.as_mut().iter_mut().zip(words).for_each(|(to, from)| *to = *from);
        state
    }

    /// Before the first block of a text.
    pub(super) fn inner(&self) -> B::State {
        self.state(0)
    }

    /// Starts a text.
    pub(crate) fn start(self) -> Mac<B> {
        Mac { text: Stream::behind(self.hash, self.inner(), BLOCK as u64), key: self }
    }

    /// The MAC of a whole text.
    pub(crate) fn mac(&self, text: &[u8]) -> B::State {
        self.seal(&hash_behind(self.hash, self.inner(), BLOCK as u64, text))
    }

    /// The outer hash: one block, which the inner one always fits into.
    pub(super) fn seal(&self, inner: &B::State) -> B::State {
        let mut block = [0; BLOCK];
        let len = write_words(self.hash.hash(inner), &mut block);
        if let Some(one) = block.get_mut(len) {
            *one = 0x80;
        }
        write_length(&mut block, ((BLOCK + len) * 8) as u64);
        let mut state = self.state(1);
        self.hash.compress(&mut state, &[block]);
        state
    }
}

/// An HMAC that takes its text in pieces.
pub(crate) struct Mac<B: Blocks> {
    text: Stream<B>,
    key: Keyed<B>,
}

impl<B: Blocks> Clone for Mac<B> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), key: self.key.clone() }
    }
}

impl<B: Blocks> Mac<B> {
    /// Takes the next bytes.
    #[inline]
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.text.write(bytes);
    }

    /// The MAC of all that was taken.
    pub(crate) fn finish(self) -> B::State {
        let Self { text, key } = self;
        key.seal(&text.finish())
    }
}

/// Writes the words of a state big-endian; how many bytes that makes.
fn write_words(words: &[u32], out: &mut [u8; BLOCK]) -> usize {
    let (places, _) = out.as_chunks_mut();
    for (place, word) in places.iter_mut().zip(words) {
        *place = word.to_be_bytes();
    }
    words.len() * 4
}

/// The bytes of a state.
pub(crate) fn bytes<B: Blocks>(hash: B, state: &B::State) -> MacBytes {
    let mut bytes = MacBytes::new();
    bytes.set(hash.hash(state));
    bytes
}

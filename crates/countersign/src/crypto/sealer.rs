//! Hashes what a pen writes: nothing of it is kept.

use super::{
    MacBytes, Seals,
    block::{self, BLOCK, Blocks, Keyed},
};
use crate::pen::{Document, Page, Reader};
use zeroize::Zeroize;

/// Signs and verifies: gives the MAC of the string to sign, and the digest of the document before to be written into it.
pub(crate) struct Sealer<B: Blocks> {
    pub(super) key: Keyed<B>,
    /// Behind the bytes taken of the document that is open.
    state: B::State,
    taken: u64,
    open: Document,
    /// Of the document that was closed last.
    digest: B::State,
}

impl<B: Blocks> Clone for Sealer<B> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), ..*self }
    }
}

impl<B: Blocks> Drop for Sealer<B> {
    /// Behind a text that fits on the page, the state is still that of the key.
    fn drop(&mut self) {
        self.state.zeroize();
    }
}

impl<B: Blocks> Sealer<B> {
    /// One whose key is still to be filled in. Each document begins with a state of its own when it is opened.
    pub(super) fn without_key(hash: B) -> Self {
        Self { key: Keyed::empty(hash), state: hash.start(), taken: 0, open: Document::StringToSign, digest: hash.start() }
    }
}

impl<B: Blocks> Seals for Sealer<B> {
    fn seal(&self, mac: &mut MacBytes) {
        mac.set(self.key.hash.hash(&self.key.seal(&self.digest)));
    }
}

impl<B: Blocks> Reader for Sealer<B> {
    fn read(&mut self, bytes: &[u8]) {
        self.key.hash.compress(&mut self.state, bytes.as_chunks().0);
        self.taken = self.taken.wrapping_add(bytes.len() as u64);
    }

    fn open(&mut self, document: Document, page: &mut Page, filled: usize) {
        if self.open == Document::CanonicalRequest {
            self.end(page, filled);
        }
        self.open = document;
        (self.state, self.taken) = match document {
            Document::CanonicalRequest => (self.key.hash.start(), 0),
            // Behind the block of the key.
            Document::StringToSign => (self.key.inner(), BLOCK as u64),
        };
    }

    fn end(&mut self, page: &mut Page, filled: usize) {
        self.digest = block::finish(self.key.hash, self.state, self.taken, page, filled);
    }

    fn digest(&self, digest: &mut MacBytes) {
        digest.set(self.key.hash.hash(&self.digest));
    }
}

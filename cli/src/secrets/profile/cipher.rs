//! What coscli and qshell hide keys with: AES-128 with a key everybody can work out.

use aes::{
    Aes128,
    cipher::{Block, BlockCipherDecrypt, KeyInit},
};
use zeroize::Zeroizing;

const BLOCK: usize = 16;

/// How blocks hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Each by itself.
    Ecb,
    /// Each with the one before; the first with the key.
    CbcAfterKey,
}

/// Undoes AES-128; `None` for what is not whole blocks.
pub fn decrypted(text: &[u8], key: &[u8; BLOCK], mode: Mode) -> Option<Zeroizing<Vec<u8>>> {
    if text.is_empty() || !text.len().is_multiple_of(BLOCK) {
        return None;
    }
    let cipher = Aes128::new(key.into());
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut before: &[u8] = key;
    for chunk in text.chunks_exact(BLOCK) {
        let mut block = Block::<Aes128>::default();
        block.copy_from_slice(chunk);
        cipher.decrypt_block(&mut block);
        match mode {
            Mode::Ecb => out.extend_from_slice(&block),
            Mode::CbcAfterKey => out.extend(block.iter().zip(before).map(|(a, b)| a ^ b)),
        }
        before = chunk;
    }
    Some(out)
}

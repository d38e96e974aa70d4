//! The hashing that an operation cannot do without, and nothing else.

use crate::inputs::SECRET;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::hint::black_box;

/// HMAC-SHA1 over `len` bytes with a key that is set up already.
pub fn sha1_kept(len: usize) -> impl FnMut() -> [u8; 20] {
    let keyed = Hmac::<Sha1>::new_from_slice(SECRET.as_bytes()).expect("any length will do");
    let text = vec![b'a'; len];
    move || keyed.clone().chain_update(&text).finalize().into_bytes().into()
}

/// The same with the key set up each time.
pub fn sha1_derived(len: usize) -> impl FnMut() -> [u8; 20] {
    let text = vec![b'a'; len];
    move || {
        let keyed = Hmac::<Sha1>::new_from_slice(SECRET.as_bytes()).expect("any length will do");
        keyed.chain_update(&text).finalize().into_bytes().into()
    }
}

/// HMAC-SHA256 over `len` bytes with the derived key of V4 kept.
pub fn sha256_kept(len: usize) -> impl FnMut() -> [u8; 32] {
    let keyed = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("any length will do");
    let text = vec![b'a'; len];
    move || keyed.clone().chain_update(&text).finalize().into_bytes().into()
}

/// The same with the key derived each time: four more HMACs.
pub fn sha256_derived(len: usize) -> impl FnMut() -> [u8; 32] {
    let text = vec![b'a'; len];
    move || v4_key().chain_update(&text).finalize().into_bytes().into()
}

/// The key of V4, derived.
fn v4_key() -> Hmac<Sha256> {
    let mac = |key: &[u8]| Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
    let start = b"AWS4madeUpSecretOnlyForThisBenchmark";
    let date = mac(start).chain_update(b"20260314").finalize().into_bytes();
    let region = mac(&date).chain_update(b"us-east-1").finalize().into_bytes();
    let service = mac(&region).chain_update(b"s3").finalize().into_bytes();
    mac(&mac(&service).chain_update(b"aws4_request").finalize().into_bytes())
}

/// V4 with the derived key kept: the digest of the canonical request and one HMAC.
pub fn v4_kept(canonical: usize, to_sign: usize) -> impl FnMut() -> [u8; 32] {
    let keyed = Hmac::<Sha256>::new_from_slice(&[7; 32]).expect("any length will do");
    let (canonical, to_sign) = (vec![b'a'; canonical], vec![b'a'; to_sign.saturating_sub(64)]);
    move || {
        let digest = Sha256::digest(&canonical);
        // As many bytes as the digest has hexadecimal digits.
        keyed.clone().chain_update(&to_sign).chain_update(digest).chain_update(digest).finalize().into_bytes().into()
    }
}

/// V4 with the key derived each time: four more HMACs.
pub fn v4_derived(canonical: usize, to_sign: usize) -> impl FnMut() -> [u8; 32] {
    let (canonical, to_sign) = (vec![b'a'; canonical], vec![b'a'; to_sign.saturating_sub(64)]);
    move || {
        let digest = Sha256::digest(&canonical);
        v4_key().chain_update(&to_sign).chain_update(digest).chain_update(digest).finalize().into_bytes().into()
    }
}

/// COS with the key of the interval kept: the digest of the canonical request and one HMAC.
pub fn cos_kept(canonical: usize, to_sign: usize) -> impl FnMut() -> [u8; 20] {
    let keyed = Hmac::<Sha1>::new_from_slice(&[b'7'; 40]).expect("any length will do");
    let (canonical, to_sign) = (vec![b'a'; canonical], vec![b'a'; to_sign.saturating_sub(40)]);
    move || {
        let digest = Sha1::digest(&canonical);
        keyed.clone().chain_update(&to_sign).chain_update(digest).chain_update(digest).finalize().into_bytes().into()
    }
}

/// COS with the key of the interval made each time: its hexadecimal digits are the key.
pub fn cos_derived(canonical: usize, to_sign: usize) -> impl FnMut() -> [u8; 20] {
    let (canonical, to_sign) = (vec![b'a'; canonical], vec![b'a'; to_sign.saturating_sub(40)]);
    let mac = |key: &[u8]| Hmac::<Sha1>::new_from_slice(key).expect("any length will do");
    move || {
        let key = mac(SECRET.as_bytes()).chain_update(b"1773500966;1773501866").finalize().into_bytes();
        let mut digits = [0; 40];
        digits[..20].copy_from_slice(&key);
        let digest = Sha1::digest(&canonical);
        mac(&digits).chain_update(&to_sign).chain_update(digest).chain_update(digest).finalize().into_bytes().into()
    }
}

/// Compresses so many blocks, one after the other, eight at a time as in a text of ordinary length.
pub fn compress(blocks: u64, sha256: bool) {
    let text = black_box([[0x5a; 64]; 8]);
    let (mut of_sha1, mut of_sha256) = ([0; 5], [0; 8]);
    for _ in 0..blocks.div_ceil(8) {
        if sha256 {
            sha2::block_api::compress256(&mut of_sha256, &text);
        } else {
            sha1::block_api::compress(&mut of_sha1, &text);
        }
    }
    black_box((of_sha1, of_sha256));
}

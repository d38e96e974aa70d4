//! The hashes and the pen against the crates that are known to be right.

use super::*;
use alloc::vec::Vec;

/// Every length over three buffers, in pieces of several sizes: the ends of blocks and buffers are all met.
fn agrees_with_hmac<H: Hash, M: Mac + KeyInit>() {
    let text: Vec<u8> = (0..800_u32).map(|number| (number % 251) as u8).collect();
    for key_len in [0, 1, 20, 32, 40, 63, 64, 65, 128, 200] {
        let key = &text[..key_len];
        for len in 0..text.len() {
            let theirs = <M as KeyInit>::new_from_slice(key).unwrap().chain_update(&text[..len]).finalize().into_bytes();
            let mut mac = H::mac(key);
            let piece = 1 + (len * 7 + key_len) % 300;
            text[..len].chunks(piece).for_each(|piece| H::feed_mac(&mut mac, piece));
            assert_eq!(H::end_mac(mac).as_slice(), theirs.as_slice(), "{key_len} {len} in pieces of {piece}");
            assert_eq!(H::mac_of(key, &text[..len]).as_slice(), theirs.as_slice(), "{key_len} {len}");
        }
    }
}

fn agrees_with_digest<H: Hash, D: Digest>() {
    let text: Vec<u8> = (0..800_u32).map(|number| (number % 253) as u8).collect();
    for len in 0..text.len() {
        for piece in [1, 13, 64, 256, 800] {
            let mut digest = H::digest();
            text[..len].chunks(piece).for_each(|piece| H::feed(&mut digest, piece));
            assert_eq!(H::end(digest).as_slice(), D::digest(&text[..len]).as_slice(), "{len} in pieces of {piece}");
        }
    }
}

#[test]
fn hashes_and_macs_are_those_of_the_crates() {
    assert_eq!(EMPTY_SHA256, sha256(b""));
    agrees_with_digest::<Sha1Hash, sha1::Sha1>();
    agrees_with_digest::<Sha256Hash, sha2::Sha256>();
    agrees_with_hmac::<Sha1Hash, Hmac<sha1::Sha1>>();
    agrees_with_hmac::<Sha256Hash, Hmac<sha2::Sha256>>();
}

/// What signs: every length of both documents over more than two pages, in pieces of several sizes.
fn a_pen_agrees_with_hmac<H: Signs, D: Digest, M: Mac + KeyInit>() {
    let text: Vec<u8> = (0..600_u32).map(|number| (number % 251) as u8).collect();
    let (key, secret) = (b"madeUpSecretOnlyForThisExample", SecretKey::new("madeUpSecretOnlyForThisExample"));
    let theirs = |text: &[u8]| <M as KeyInit>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes();
    let ours = |draft: &dyn Fn(&mut Pen<'_>)| {
        let mut mac = MacBytes::new();
        sealed::<H, _>(&Key::Secret, &secret, &mut mac, |pen| draft(pen));
        mac
    };
    for len in 0..text.len() {
        let text = &text[..len];
        for piece in [1, 13, 64, 256, 600] {
            let mac = ours(&|pen| {
                pen.open(Document::StringToSign);
                text.chunks(piece).for_each(|piece| pen.write(piece));
            });
            assert_eq!(mac.as_slice(), theirs(text).as_slice(), "{len} in pieces of {piece}");
            let mac = ours(&|pen| {
                pen.open(Document::CanonicalRequest);
                text.chunks(piece).for_each(|piece| pen.write(piece));
                pen.open(Document::StringToSign);
                pen.write(text);
                pen.close_digest();
            });
            let whole = [text, alloc::format!("{:x}", HexOf(&D::digest(text))).as_bytes()].concat();
            assert_eq!(mac.as_slice(), theirs(&whole).as_slice(), "a canonical request of {len} in pieces of {piece}");
        }
    }
}

struct HexOf<'b>(&'b [u8]);

impl core::fmt::LowerHex for HexOf<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[test]
fn signatures_are_those_of_the_crates() {
    a_pen_agrees_with_hmac::<Sha1Hash, sha1::Sha1, Hmac<sha1::Sha1>>();
    a_pen_agrees_with_hmac::<Sha256Hash, sha2::Sha256, Hmac<sha2::Sha256>>();
}

#[test]
fn a_kept_key_is_the_derived_one() {
    let plain = SecretKey::new("madeUpSecretOnlyForThisExample");
    let kept = SecretKey::new("madeUpSecretOnlyForThisExample").prepared();
    let steps = [&b"20260314"[..], b"us-east-1", b"s3", b"aws4_request"];
    let other = [&b"20260315"[..], b"us-east-1", b"s3", b"aws4_request"];
    let long = "x".repeat(200);
    let keys = [
        Key::Secret,
        Key::HexOf(b"1773500966;1773501866"),
        Key::Chain { prefix: "AWS4", steps },
        Key::Chain { prefix: "AWS4", steps: other },
        Key::Chain { prefix: "KSS4", steps },
        Key::HexOf(b"1773500967;1773501866"),
        Key::HexOf(long.as_bytes()),
    ];
    fn mac<H: Signs>(key: &Key<'_>, secret: &SecretKey) -> MacBytes {
        let mut mac = MacBytes::new();
        sealed::<H, _>(key, secret, &mut mac, |pen| {
            pen.open(Document::StringToSign);
            pen.write(b"text");
        });
        mac
    }
    // The second time it is what the first one kept.
    for _ in 0..2 {
        for key in &keys {
            assert_eq!(mac::<Sha1Hash>(key, &kept), mac::<Sha1Hash>(key, &plain), "{key:?}");
            assert_eq!(mac::<Sha256Hash>(key, &kept), mac::<Sha256Hash>(key, &plain), "{key:?}");
        }
    }
}

//! The checksums that travel in trailers.
//!
//! Follows "Checking object integrity in Amazon S3", S3 User Guide, read 2026-11, and for the CRCs
//! the catalogue of parametrised CRC algorithms. One function computes all three, in blocks, from
//! tables that are made when they are needed: as data they would be 96 kB of every program.

use crate::{
    crypto::{Hash, Sha1Hash, Sha256Hash},
    signature::Encoding,
};
use alloc::{boxed::Box, string::String, vec::Vec};

/// A checksum S3 knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChecksumKind {
    /// CRC-32, as in zip and Ethernet.
    Crc32,
    /// CRC-32C, Castagnoli's.
    Crc32c,
    /// CRC-64/NVME.
    Crc64Nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl ChecksumKind {
    const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// The trailer that carries it.
    #[must_use]
    pub const fn trailer(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        }
    }

    /// The checksum that a trailer with this name carries; case does not matter.
    #[must_use]
    pub fn from_trailer(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.trailer().eq_ignore_ascii_case(name))
    }

    /// Length of the value in the trailer, which is Base64.
    #[must_use]
    pub const fn text_len(self) -> usize {
        let bytes: usize = match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        };
        bytes.div_ceil(3) * 4
    }
}

/// A checksum, computed while the data streams by.
///
/// ```
/// use countersign::providers::s3::chunked::{Checksum, ChecksumKind};
///
/// let mut checksum = Checksum::new(ChecksumKind::Crc32);
/// checksum.update(b"hello ");
/// checksum.update(b"world");
/// assert_eq!(checksum.text(), "DUoRhQ==");
/// ```
#[derive(Clone, Debug)]
pub struct Checksum {
    kind: ChecksumKind,
    state: State,
}

#[derive(Clone)]
enum State {
    Crc(Crc),
    Sha1(<Sha1Hash as Hash>::Digest),
    Sha256(<Sha256Hash as Hash>::Digest),
}

impl core::fmt::Debug for State {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("State(..)")
    }
}

impl Checksum {
    /// The checksum of no data yet.
    #[must_use]
    pub fn new(kind: ChecksumKind) -> Self {
        let state = match kind {
            ChecksumKind::Crc32 => State::Crc(Crc::new(0xedb8_8320, 32)),
            ChecksumKind::Crc32c => State::Crc(Crc::new(0x82f6_3b78, 32)),
            ChecksumKind::Crc64Nvme => State::Crc(Crc::new(0x9a6c_9329_ac4b_c9b5, 64)),
            ChecksumKind::Sha1 => State::Sha1(Sha1Hash::digest()),
            ChecksumKind::Sha256 => State::Sha256(Sha256Hash::digest()),
        };
        Self { kind, state }
    }

    /// Which one it is.
    #[must_use]
    pub fn kind(&self) -> ChecksumKind {
        self.kind
    }

    /// Takes the next bytes of the data.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Crc(crc) => crc.update(bytes),
            State::Sha1(digest) => Sha1Hash::feed(digest, bytes),
            State::Sha256(digest) => Sha256Hash::feed(digest, bytes),
        }
    }

    /// The value of the trailer for the data taken so far.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes: Vec<u8> = match &self.state {
            State::Crc(crc) => crc.bytes(),
            State::Sha1(digest) => Sha1Hash::end(digest.clone()).to_vec(),
            State::Sha256(digest) => Sha256Hash::end(digest.clone()).to_vec(),
        };
        Encoding::Base64.encode(&bytes)
    }
}

/// A CRC that starts from ones, takes the lowest bit first and is inverted at the end.
#[derive(Clone)]
struct Crc {
    /// What a byte does to the state when so many others follow it in a block.
    tables: Box<[[u64; 256]; BLOCK]>,
    state: u64,
    bits: u32,
}

/// Bytes taken at once.
const BLOCK: usize = 16;

impl Crc {
    fn new(polynomial: u64, bits: u32) -> Self {
        let bit = |crc: u64, _| if crc & 1 == 1 { crc >> 1 ^ polynomial } else { crc >> 1 };
        let mut last = [0; 256];
        for (byte, entry) in (0..).zip(&mut last) {
            *entry = (0..8).fold(byte, bit);
        }
        let mut tables = Box::new([last; BLOCK]);
        let mut before = last;
        for table in tables.iter_mut().skip(1) {
            for entry in &mut before {
                *entry = step(&last, *entry, 0);
            }
            *table = before;
        }
        Self { tables, state: u64::MAX >> (64 - bits), bits }
    }

    fn update(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for block in blocks {
            let mut block = *block;
            for (byte, state) in block.iter_mut().zip(self.state.to_le_bytes()) {
                *byte ^= state;
            }
            // The last bytes come first: they need not wait for the state.
            self.state = self.tables.iter().zip(block.into_iter().rev()).fold(0, |crc, (table, byte)| crc ^ at(table, byte));
        }
        let [last, ..] = &*self.tables;
        self.state = rest.iter().fold(self.state, |crc, byte| step(last, crc, *byte));
    }

    fn bytes(&self) -> Vec<u8> {
        let value = !self.state << (64 - self.bits);
        value.to_be_bytes().into_iter().take(if self.bits == 32 { 4 } else { 8 }).collect()
    }
}

/// The state after one more byte.
fn step(last: &[u64; 256], crc: u64, byte: u8) -> u64 {
    let [low, ..] = crc.to_le_bytes();
    at(last, low ^ byte) ^ crc >> 8
}

#[expect(clippy::indexing_slicing, reason = "a byte is less than 256")]
fn at(table: &[u64; 256], byte: u8) -> u64 {
    table[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::hex;

    /// The check values of the catalogue: each CRC of the digits 1 to 9.
    #[test]
    fn check_values_are_those_of_the_catalogue() {
        for (kind, check) in [
            (ChecksumKind::Crc32, "cbf43926"),
            (ChecksumKind::Crc32c, "e3069283"),
            (ChecksumKind::Crc64Nvme, "ae8b14860a799888"),
            (ChecksumKind::Sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
            (ChecksumKind::Sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
        ] {
            let expected = Encoding::Base64.encode(&hex::decode(check.as_bytes()).unwrap());
            for cut in 0..9 {
                let mut checksum = Checksum::new(kind);
                checksum.update(&b"123456789"[..cut]);
                checksum.update(&b"123456789"[cut..]);
                assert_eq!(checksum.text(), expected, "{kind:?} cut at {cut}");
                assert_eq!(checksum.text().len(), kind.text_len());
            }
            assert_eq!(ChecksumKind::from_trailer(kind.trailer()), Some(kind));
        }
        assert_eq!(ChecksumKind::from_trailer("x-amz-checksum-md5"), None);
    }
}

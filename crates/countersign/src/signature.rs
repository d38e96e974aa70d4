//! A computed signature and its comparison with one that was sent.

use crate::{
    crypto::MacBytes,
    wire::{Ink, base64, hex},
};
use ::base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use alloc::{string::String, vec, vec::Vec};
use core::fmt;
use smallvec::SmallVec;
use subtle::{Choice, ConstantTimeEq};

/// How the bytes of a MAC are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Base64 with `+` and `/`, padded.
    Base64,
    /// Base64 with `-` and `_`, padded.
    Base64Url,
    /// Lower-case hexadecimal.
    Hex,
}

/// What is decoded without an allocation, in bytes.
const SHORT: usize = 512;

/// Takes what vendors' decoders take: missing padding and stray last bits.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true);
static LENIENT_BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
static LENIENT_BASE64_URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

impl Encoding {
    /// The text of `mac` in this encoding.
    #[must_use]
    pub fn encode(self, mac: &[u8]) -> String {
        let mut text = Vec::with_capacity(mac.len() * 2);
        self.write(mac, &mut text);
        String::from_utf8(text).unwrap_or_default()
    }

    const fn encoded_len(self, len: usize) -> usize {
        match self {
            Self::Base64 | Self::Base64Url => base64::encoded_len(len),
            Self::Hex => 2 * len,
        }
    }

    /// Writes `mac` in this encoding.
    pub(crate) fn write(self, mac: &[u8], ink: &mut dyn Ink) {
        match self {
            Self::Base64 => base64::encode(mac, &base64::STANDARD, ink),
            Self::Base64Url => base64::encode(mac, &base64::URL_SAFE, ink),
            Self::Hex => hex::encode(mac, ink),
        }
    }

    /// Reads text in this encoding; padding and stray last bits of Base64 are not insisted on.
    #[must_use]
    pub fn decode(self, text: &[u8]) -> Option<Vec<u8>> {
        let Some(engine) = self.engine() else { return hex::decode(text) };
        let mut bytes = vec![0; ::base64::decoded_len_estimate(text.len())];
        let len = engine.decode_slice(text, &mut bytes).ok()?;
        bytes.truncate(len);
        Some(bytes)
    }

    /// The same, without an allocation for what is not long.
    pub(crate) fn decode_short(self, text: &[u8]) -> Option<SmallVec<[u8; SHORT]>> {
        match self.engine() {
            Some(engine) if ::base64::decoded_len_estimate(text.len()) <= SHORT => {
                let mut bytes = [0; SHORT];
                let len = engine.decode_slice(text, &mut bytes).ok()?;
                Some(SmallVec::from_buf_and_len(bytes, len))
            }
            _ => self.decode(text).map(SmallVec::from_vec),
        }
    }

    fn engine(self) -> Option<&'static GeneralPurpose> {
        match self {
            Self::Base64 => Some(&LENIENT_BASE64),
            Self::Base64Url => Some(&LENIENT_BASE64_URL),
            Self::Hex => None,
        }
    }
}

/// A computed MAC and its spelling.
///
/// There is no `==`: use [`Signature::check`], which takes the same time whatever differs.
#[derive(Clone)]
pub struct Signature {
    mac: MacBytes,
    encoding: Encoding,
}

/// Room for the text of a MAC: of 64 bytes in hexadecimal digits, and none is longer.
pub(crate) struct Encoded([u8; 128]);

impl Encoded {
    pub(crate) const fn new() -> Self {
        Self([0; 128])
    }
}

/// What comparing a sent signature with the computed one gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The same text.
    Exact,
    /// Another spelling of the same bytes (case of hex digits, padding, stray last bits of Base64).
    SameBytes,
    /// Other bytes.
    Different,
}

impl Signature {
    /// A place for one.
    pub(crate) const fn empty() -> Self {
        Self { mac: MacBytes::new(), encoding: Encoding::Hex }
    }

    /// Lets `fill` fill in the MAC.
    pub(crate) fn fill<R>(&mut self, encoding: Encoding, fill: impl FnOnce(&mut MacBytes) -> R) -> R {
        self.encoding = encoding;
        fill(&mut self.mac)
    }

    pub(crate) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The raw bytes of the MAC.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.mac
    }

    /// The text that travels.
    #[must_use]
    pub fn text(&self) -> String {
        self.encoding.encode(&self.mac)
    }

    /// The same, in place.
    pub(crate) fn encoded<'t>(&self, place: &'t mut Encoded) -> &'t [u8] {
        let Encoded(text) = place;
        match self.encoding {
            Encoding::Base64 => base64::fill(&self.mac, &base64::STANDARD, text),
            Encoding::Base64Url => base64::fill(&self.mac, &base64::URL_SAFE, text),
            Encoding::Hex => hex::fill(&self.mac, text),
        }
        text.get(..self.encoding.encoded_len(self.mac.len())).unwrap_or_default()
    }

    /// Compares with the text a client sent, in constant time.
    #[must_use]
    pub fn check(&self, sent: &[u8]) -> Match {
        if bool::from(are_equal(self.encoded(&mut Encoded::new()), sent)) {
            return Match::Exact;
        }
        match self.encoding.decode(sent) {
            Some(bytes) if bool::from(self.mac.ct_eq(&bytes)) => Match::SameBytes,
            _ => Match::Different,
        }
    }
}

/// Compares in constant time, a word at a time.
fn are_equal(a: &[u8], b: &[u8]) -> Choice {
    if a.len() != b.len() {
        return Choice::from(0);
    }
    let ((words, rest), (others, end)) = (a.as_chunks(), b.as_chunks());
    let pairs = words.iter().zip(others);
    let same = pairs.map(|(word, other)| u64::from_ne_bytes(*word).ct_eq(&u64::from_ne_bytes(*other)));
    same.fold(rest.ct_eq(end), |all, same| all & same)
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Signature").field(&self.text()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_and_bytes_are_told_apart() {
        let signature = Signature { mac: MacBytes::from_slice(&[0xab; 20]), encoding: Encoding::Base64 };
        let text = signature.text();
        assert_eq!(signature.check(text.as_bytes()), Match::Exact);
        assert_eq!(signature.check(text.trim_end_matches('=').as_bytes()), Match::SameBytes);
        let stray = text.replace("s=", "t=");
        assert_eq!(signature.check(stray.as_bytes()), Match::SameBytes);
        assert_eq!(signature.check(&text.as_bytes()[..20]), Match::Different);
        assert_eq!(signature.check(b""), Match::Different);
        for at in 0..text.len() {
            let mut other = text.clone().into_bytes();
            other[at] = if other[at] == b'z' { b'y' } else { b'z' };
            assert_ne!(signature.check(&other), Match::Exact, "{at}");
        }
    }
}

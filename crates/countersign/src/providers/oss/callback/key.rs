//! The RSA key of OSS and what a signature holds. Everything here is public: there is no secret to guard.
//!
//! The crate `rsa` does not fit: its version 0.9 brings an older generation of the hash crates along, 0.10 is
//! not finished and refuses keys below 1024 bits, and the one OSS publishes has 512. What is needed is small:
//! reading the one structure in which such a key comes (RFC 5280, section 4.1.2.7), raising a number to a
//! power, and comparing the result with what a right signature holds (RFC 8017, section 8.2.2).

use crate::{
    crypto,
    phrase::{Phrase, Told, phrase, tell_in_english},
    signature::Encoding,
};
use alloc::{string::String, vec, vec::Vec};
use crypto_bigint::{
    BoxedUint, Odd,
    modular::{BoxedMontyForm, BoxedMontyParams},
};

/// The public key OSS signs callbacks with.
///
/// It is published at the URL that [`public_key_url`](super::public_key_url) reads from a callback.
/// Fetching it, and keeping it, is up to the caller.
#[derive(Clone)]
pub struct PublicKey {
    modulus: BoxedMontyParams,
    /// The same number, most significant byte first and without leading zeros.
    modulus_bytes: Vec<u8>,
    exponent: u64,
}

/// Why a text is no public key that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKeyError {
    /// There is no `-----BEGIN PUBLIC KEY-----`, or no end to it.
    NoPem,
    /// There is something else, named here.
    OtherPem(String),
    /// What stands between the lines is not Base64.
    NotBase64,
    /// What stands between the lines is no RSA public key.
    NotRsa,
    /// The key has another number of bits than 512 to 8192.
    Size(u32),
    /// The public exponent is none that can be used: even, below 3 or above 33 bits.
    Exponent,
}

impl Told for PublicKeyError {
    fn told(&self) -> Phrase {
        match self {
            Self::NoPem => phrase!("no key found; expected `-----BEGIN PUBLIC KEY-----` and its end"),
            Self::OtherPem(label) => {
                phrase!("found a `{label}`; expected a `PUBLIC KEY`, as OSS publishes it").shown("label", label)
            }
            Self::NotBase64 => phrase!("the key is not Base64 between its first and last line"),
            Self::NotRsa => phrase!("the key is no RSA public key in DER"),
            Self::Size(bits) => phrase!("the key has {bits} bits; expected 512 to 8192").shown("bits", bits),
            Self::Exponent => phrase!("the public exponent of the key is even or out of range; expected 65537 or the like"),
        }
    }
}

tell_in_english!(PublicKeyError);
impl core::error::Error for PublicKeyError {}

impl PublicKey {
    /// Reads a key in PEM. Text before and behind it does not matter.
    ///
    /// ```
    /// use countersign::providers::oss::callback::{PublicKey, PublicKeyError};
    ///
    /// // The key OSS publishes as `callback_pub_key_v1.pem`.
    /// let key = PublicKey::from_pem(
    ///     "-----BEGIN PUBLIC KEY-----\n\
    ///      MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKs/JBGzwUB2aVht4crBx3oIPBLNsjGs\n\
    ///      C0fTXv+nvlmklvkcolvpvXLTjaxUHR3W9LXxQ2EHXAJfCB+6H2YF1k8CAwEAAQ==\n\
    ///      -----END PUBLIC KEY-----\n",
    /// )?;
    /// assert_eq!(key.bits(), 512);
    ///
    /// let error = PublicKey::from_pem("-----BEGIN CERTIFICATE-----\n").unwrap_err();
    /// assert_eq!(error, PublicKeyError::OtherPem("CERTIFICATE".into()));
    /// # Ok::<(), PublicKeyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no such key, or it is damaged.
    pub fn from_pem(pem: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PublicKeyError> {
        let mut base64 = between(pem.as_ref(), BEGIN, END).ok_or_else(|| no_key(pem.as_ref()))?.to_vec();
        base64.retain(|byte| !byte.is_ascii_whitespace());
        let der = Encoding::Base64.decode(&base64).ok_or(PublicKeyError::NotBase64)?;
        let (modulus, exponent) = public_key_info(&der).ok_or(PublicKeyError::NotRsa)?;
        Self::new(modulus, exponent)
    }

    fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, PublicKeyError> {
        let number = BoxedUint::from_be_slice_vartime(modulus);
        let bits = number.bit_width_vartime();
        if !(512..=8192).contains(&bits) {
            return Err(PublicKeyError::Size(bits));
        }
        // As `rsa` and others: larger ones serve nobody and cost time.
        let exponent = exponent.iter().try_fold(0_u64, |value, byte| value.checked_mul(256)?.checked_add((*byte).into()));
        let usable = |value: &u64| (3..1 << 33).contains(value) && value % 2 == 1;
        let exponent = exponent.filter(usable).ok_or(PublicKeyError::Exponent)?;
        let odd = Odd::new(number).into_option().ok_or(PublicKeyError::NotRsa)?;
        Ok(Self { modulus: BoxedMontyParams::new_vartime(odd), modulus_bytes: modulus.to_vec(), exponent })
    }

    /// How many bits the modulus has.
    #[must_use]
    pub fn bits(&self) -> u32 {
        self.modulus.modulus().bit_width_vartime()
    }

    /// How many bytes the modulus has, and a signature.
    pub(super) fn len(&self) -> usize {
        self.modulus_bytes.len()
    }

    /// What the signature holds (RSAVP1), as many bytes as the key has; `None` if no signature of this key
    /// can have its length or value.
    pub(super) fn open(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let len = self.len();
        if signature.len() != len || signature >= self.modulus_bytes.as_slice() {
            return None;
        }
        let number = BoxedUint::from_be_slice(signature, self.modulus.bits_precision()).ok()?;
        let power = BoxedMontyForm::new(number, &self.modulus).pow_bounded_exp(&BoxedUint::from(self.exponent), 33);
        let bytes = power.retrieve().to_be_bytes();
        // The number fills whole words; what is above the modulus is zero.
        bytes.len().checked_sub(len).and_then(|start| bytes.get(start..)).map(<[u8]>::to_vec)
    }

    /// What a right signature of this text holds: EMSA-PKCS1-v1_5 with MD5.
    pub(super) fn sealed(&self, text: &[u8]) -> Vec<u8> {
        let end = [&[0][..], MD5_INFO, &crypto::md5(text)].concat();
        // A key of 512 bits, the smallest, leaves room for 27 of these bytes; 8 are demanded.
        let filling = vec![0xff; self.len().saturating_sub(2 + end.len())];
        [&[0, 1], filling.as_slice(), &end].concat()
    }
}

impl core::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "PublicKey({} bits)", self.bits())
    }
}

const BEGIN: &[u8] = b"-----BEGIN PUBLIC KEY-----";
const END: &[u8] = b"-----END PUBLIC KEY-----";

/// What stands between `begin` and the first `end` behind it.
fn between<'t>(text: &'t [u8], begin: &[u8], end: &[u8]) -> Option<&'t [u8]> {
    let (_, behind) = split(text, begin)?;
    split(behind, end).map(|(inner, _)| inner)
}

/// What stands before and behind the first `mark`.
fn split<'t>(text: &'t [u8], mark: &[u8]) -> Option<(&'t [u8], &'t [u8])> {
    let at = text.windows(mark.len()).position(|window| window == mark)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Tells what is there instead, by its label alone: it may be a private key.
fn no_key(pem: &[u8]) -> PublicKeyError {
    let label = between(pem, b"-----BEGIN ", b"-----").filter(|label| label.len() <= 40 && label.is_ascii());
    match label.and_then(|label| core::str::from_utf8(label).ok()) {
        Some(label) if label != "PUBLIC KEY" => PublicKeyError::OtherPem(label.into()),
        _ => PublicKeyError::NoPem,
    }
}

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;
const INTEGER: u8 = 0x02;
/// The algorithm `rsaEncryption`, 1.2.840.113549.1.1.1, with its empty parameters.
const RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// What stands before an MD5 in a signature: the structure `DigestInfo`.
pub(super) const MD5_INFO: &[u8] =
    &[0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05, 0x05, 0x00, 0x04, 0x10];

/// Modulus and exponent of a `SubjectPublicKeyInfo`, without leading zeros.
fn public_key_info(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut info = only(der, SEQUENCE)?;
    let algorithm = take(&mut info, SEQUENCE)?;
    // The first byte counts unused bits.
    let key = only(info, BIT_STRING)?.strip_prefix(&[0])?;
    let mut numbers = only(key, SEQUENCE)?;
    let modulus = positive(take(&mut numbers, INTEGER)?)?;
    let exponent = positive(only(numbers, INTEGER)?)?;
    (algorithm == RSA).then_some((modulus, exponent))
}

/// The contents of the one value there is.
fn only(der: &[u8], tag: u8) -> Option<&[u8]> {
    let mut rest = der;
    let contents = take(&mut rest, tag)?;
    rest.is_empty().then_some(contents)
}

/// The contents of the next value. Lengths are written in as few bytes as can be, at most two.
fn take<'d>(der: &mut &'d [u8], tag: u8) -> Option<&'d [u8]> {
    let (len, rest) = match der.strip_prefix(&[tag])? {
        [len @ ..=0x7f, rest @ ..] => (usize::from(*len), rest),
        [0x81, len @ 0x80..=0xff, rest @ ..] => (usize::from(*len), rest),
        [0x82, high @ 1..=0xff, low, rest @ ..] => (usize::from(*high) << 8 | usize::from(*low), rest),
        _ => return None,
    };
    let (contents, rest) = rest.split_at_checked(len)?;
    *der = rest;
    Some(contents)
}

/// A positive number in as few bytes as can be, without the zero that keeps it from being negative.
fn positive(contents: &[u8]) -> Option<&[u8]> {
    match contents {
        [0, rest @ ..] if rest.first().is_some_and(|first| *first > 0x7f) => Some(rest),
        [1..=0x7f, ..] => Some(contents),
        _ => None,
    }
}

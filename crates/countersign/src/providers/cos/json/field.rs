//! The seven fields of the signed text.

use super::{JSON_MULTI, JSON_ONCE};
use crate::scheme::Scheme;
use core::fmt;

/// A field of the signed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `a`: the number of the account.
    Appid,
    /// `b`: the bucket without the appid behind it.
    Bucket,
    /// `k`: the public id of the key.
    SecretId,
    /// `e`: the end of validity, or 0 for a signature that can be used once.
    Expiry,
    /// `t`: the time of signing.
    Issued,
    /// `r`: a random number.
    Random,
    /// `f`: the file the signature is for; may be empty.
    File,
}

impl Field {
    /// All fields, in the order of the formula.
    pub const ALL: [Self; 7] = [Self::Appid, Self::Bucket, Self::SecretId, Self::Expiry, Self::Issued, Self::Random, Self::File];

    /// The letter it is written with.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Appid => "a",
            Self::Bucket => "b",
            Self::SecretId => "k",
            Self::Expiry => "e",
            Self::Issued => "t",
            Self::Random => "r",
            Self::File => "f",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letter())
    }
}

/// In which order the fields are written. The server takes any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// `a b k e t r f`: the formula of the document and the PHP SDK.
    #[default]
    Formula,
    /// `a k e t r f b`: the Python and Java SDKs and the samples of the document.
    Python,
    /// `a b k t e r f`: the JavaScript SDK.
    JavaScript,
}

impl Order {
    /// The fields in this order.
    #[must_use]
    pub const fn fields(self) -> [Field; 7] {
        use Field::{Appid, Bucket, Expiry, File, Issued, Random, SecretId};
        match self {
            Self::Formula => Field::ALL,
            Self::Python => [Appid, SecretId, Expiry, Issued, Random, File, Bucket],
            Self::JavaScript => [Appid, Bucket, SecretId, Issued, Expiry, Random, File],
        }
    }
}

/// How often a signature can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any number of times until it expires.
    Multi,
    /// One single time, for one file.
    Once,
}

impl Kind {
    /// The kind an expiry makes.
    pub(super) fn of(expiry: &[u8]) -> Self {
        if expiry == b"0" { Self::Once } else { Self::Multi }
    }

    pub(super) fn scheme(self) -> &'static dyn Scheme {
        match self {
            Self::Multi => &JSON_MULTI,
            Self::Once => &JSON_ONCE,
        }
    }
}
